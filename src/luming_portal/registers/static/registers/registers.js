// Comforts of the register pages, all of which work without script: rows by keyboard, ticks, the filter panel in place.
(() => {
  "use strict";
  const table = document.querySelector("[data-rows]");
  const lines = table ? [...table.tBodies[0].rows] : [];
  let at = -1;
  const go = (to) => {
    if (!lines.length) return;
    lines[at]?.classList.remove("at");
    at = Math.max(0, Math.min(lines.length - 1, to));
    lines[at].classList.add("at");
    const link = lines[at].querySelector("a.row-link");
    if (link) link.focus({ preventScroll: true });
    lines[at].scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, button, summary, [contenteditable]")) return;
    if (event.key === "j") { event.preventDefault(); go(at + 1); }
    if (event.key === "k") { event.preventDefault(); go(at - 1); }
    if (event.key === "x" && at >= 0) lines[at].querySelector("[name=record]")?.click();
    if (event.key === "Enter" && at >= 0 && !event.target.closest("a")) lines[at].querySelector("a.row-link")?.click();
  });

  const all = document.querySelector("[data-tick-all]");
  const told = document.querySelector("[data-ticked]");
  const ticks = () => [...document.querySelectorAll("[name=record]")];
  const tell = () => {
    if (!told) return;
    const count = ticks().filter((tick) => tick.checked).length;
    told.hidden = !count;
    told.textContent = document.documentElement.lang === "en" ? `${count} selected` : `已选 ${count} 条`;
    if (all) all.indeterminate = count > 0 && count < ticks().length;
  };
  all?.addEventListener("change", () => { for (const tick of ticks()) tick.checked = all.checked; tell(); });
  document.getElementById("bulk")?.addEventListener("change", tell);

  document.addEventListener("click", (event) => {
    const head = event.target.closest("a[data-also]");
    if (head && event.shiftKey) { event.preventDefault(); window.location.href = head.dataset.also; }
  });

  // The panel opens and closes in place; what was fetched once is kept.
  const opener = document.querySelector("[data-panel=filters]");
  const panel = document.getElementById("filters");
  if (opener && panel) {
    opener.setAttribute("role", "button");
    opener.addEventListener("htmx:beforeRequest", (event) => {
      if (panel.childElementCount) { event.preventDefault(); panel.hidden = !panel.hidden; }
      opener.setAttribute("aria-expanded", String(!panel.hidden));
    });
    opener.addEventListener("htmx:afterSwap", () => opener.setAttribute("aria-expanded", "true"));
    panel.addEventListener("htmx:afterSwap", () => { panel.querySelector("summary")?.focus(); });
  }
  // Blank fields do not go into the address.
  document.addEventListener("submit", (event) => {
    if (event.target.method !== "get") return;
    for (const field of event.target.querySelectorAll("input, select")) {
      if (field.name && field.name !== "q" && !field.value) field.disabled = true;
    }
  });
  window.addEventListener("pageshow", () => {
    for (const field of document.querySelectorAll("form[method=get] :disabled")) field.disabled = false;
  });
  document.querySelector(".error-summary")?.focus();
})();
