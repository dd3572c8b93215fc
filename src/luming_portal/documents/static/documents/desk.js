// The keyboard of the desk. Everything here presses a button or follows a link that is on the page for everybody.
(() => {
  "use strict";
  const rows = () => Array.from(document.querySelectorAll("article.sentence"));
  let start = null;

  // New content listens to its buttons at once, not 20 ms later: a fast typist would fall through to the plain page.
  if (window.htmx) window.htmx.config.defaultSettleDelay = 0;

  const current = () => document.querySelector("article.sentence.current") || (start && document.getElementById(`s-${start}`));

  const choose = (row, scroll = true) => {
    if (!row) return;
    for (const other of document.querySelectorAll("article.sentence.current")) other.classList.remove("current");
    row.classList.add("current");
    start = row.dataset.start;
    row.focus({ preventScroll: true });
    if (!scroll) return;
    const bar = document.getElementById("desk-progress");
    const top = (bar ? bar.offsetHeight : 0) + 12;
    const box = row.getBoundingClientRect();
    if (box.top < top || box.bottom > window.innerHeight) {
      window.scrollTo({ top: window.scrollY + box.top - top - 40 });
    }
  };

  const step = (by) => {
    const all = rows();
    const at = all.indexOf(current());
    choose(all[Math.min(Math.max(at + by, 0), all.length - 1)]);
  };

  const nextOpen = () => {
    const all = rows();
    const at = all.indexOf(current());
    const found = all.slice(at + 1).find((row) => row.classList.contains("open")) || all.find((row) => row.classList.contains("open"));
    if (found) choose(found);
    return Boolean(found);
  };

  // How many code points of the sentence lie before the caret; -1 when it is not in the sentence's words.
  const caret = (row) => {
    const chosen = window.getSelection();
    const words = row.querySelector("[data-words]");
    if (!chosen.rangeCount || !words || !words.contains(chosen.anchorNode)) return -1;
    const range = document.createRange();
    range.setStart(words, 0);
    range.setEnd(chosen.anchorNode, chosen.anchorOffset);
    return Array.from(range.toString()).length;
  };

  const press = (row, key) => {
    const button = row && row.querySelector(`[data-key="${key}"]`);
    if (button) button.click();
    return Boolean(button);
  };

  const splitAtCaret = (row) => {
    const at = caret(row);
    const form = row.querySelector("form");
    if (at < 1 || !form) return press(row, "s");
    const button = document.createElement("button");
    button.name = "do";
    button.value = `split:${Number(row.dataset.start) + at}`;
    button.hidden = true;
    form.append(button);
    button.click();
    button.remove();
    return true;
  };

  const deeds = {
    j: () => step(1), ArrowDown: () => step(1),
    k: () => step(-1), ArrowUp: () => step(-1),
    n: nextOpen,
    a: (row) => press(row, "a"),
    e: (row) => press(row, "e"),
    r: (row) => press(row, "r"),
    s: (row) => row && splitAtCaret(row),
    m: (row) => press(row, "m"),
    b: (row) => press(row, "b"),
    u: () => press(document, "u"),
    "?": () => press(document, "?"),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape") {
      const panel = current() && current().querySelector("[data-close]");
      if (panel) { event.preventDefault(); panel.click(); }
      return;
    }
    if (event.target.closest("input, textarea, select, summary, [contenteditable]")) return;
    const deed = deeds[event.key] || deeds[event.key.toLowerCase()];
    if (!deed || event.repeat && !event.key.startsWith("Arrow") && !"jk".includes(event.key)) return;
    event.preventDefault();
    deed(current());
  });

  document.addEventListener("click", (event) => {
    const row = event.target.closest("article.sentence");
    if (row && row !== current()) {
      const typing = event.target.closest("a, button, input, textarea, select, label");
      if (typing) {
        for (const other of document.querySelectorAll("article.sentence.current")) other.classList.remove("current");
        row.classList.add("current");
        start = row.dataset.start;
      } else {
        row.classList.add("current");
        for (const other of rows()) if (other !== row) other.classList.remove("current");
        start = row.dataset.start;
      }
    }
    if (event.target.closest("[data-next-open]") && nextOpen()) event.preventDefault();
  });

  // Known units: each click adds one to the field of the form that was used last, the lead when none was.
  const offerUnits = () => { for (const line of document.querySelectorAll("[data-units][hidden]")) line.hidden = false; };
  offerUnits();
  document.addEventListener("htmx:afterSettle", offerUnits);
  document.addEventListener("focusin", (event) => {
    if (event.target.matches('[name="lead"], [name="support"]')) event.target.form.dataset.unitField = event.target.name;
  });
  document.addEventListener("click", (event) => {
    const chip = event.target.closest("[data-unit]");
    if (!chip) return;
    const form = chip.closest("form");
    const field = form.elements[form.dataset.unitField || "lead"];
    const names = field.value.split("、").map((name) => name.trim()).filter(Boolean);
    if (!names.includes(chip.dataset.unit)) field.value = [...names, chip.dataset.unit].join("、");
  });

  // An answer that refuses (422, 409) is shown in its place like any other.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if ([409, 422].includes(event.detail.xhr.status)) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });
  document.addEventListener("htmx:responseError", () => tell(said("没有保存:服务器没有给出正常的回答。请刷新页面后再试。", "Not saved: the server gave no proper answer. Refresh the page and try again.")));
  document.addEventListener("htmx:sendError", () => tell(said("没有保存:连不上服务器。请检查网络后再试。", "Not saved: cannot reach the server. Check the network and try again.")));

  document.addEventListener("htmx:afterSettle", () => {
    const row = start && document.getElementById(`s-${start}`);
    if (!row || row.classList.contains("current")) return;
    const active = document.activeElement;
    if (active && active !== document.body && !row.contains(active) && active.closest("input, textarea, select")) {
      row.classList.add("current");  // somebody is typing elsewhere by now
      return;
    }
    choose(row, false);
    const first = row.querySelector("[data-panel] [data-first], [data-panel] input:not([type=hidden]), [data-panel] button");
    if (first) { first.focus(); if (first.select && first.type === "text") first.select(); }
  });

  const said = (chinese, english) => document.documentElement.lang === "en" ? english : chinese;

  const tell = (sentence) => {
    let place = document.getElementById("desk-told");
    if (!place) {
      place = document.createElement("p");
      place.id = "desk-told";
      place.className = "alert alert-error";
      place.setAttribute("role", "alert");
      document.getElementById("desk-progress").append(place);
    }
    place.textContent = sentence;
  };

  const marked = location.hash.startsWith("#s-") && document.getElementById(location.hash.slice(1));
  if (marked) choose(marked, false);
  else if (rows().length) { rows()[0].classList.add("current"); start = rows()[0].dataset.start; }
})();
