// Comforts of the sheet: "as last time" fills the figure in, a button copies a text, and what was typed a moment ago is
// saved before anything is handed in. Saving as one types is htmx's.
(() => {
  "use strict";
  document.documentElement.classList.add("scripted");
  for (const box of document.querySelectorAll("[data-same]")) {
    const figure = box.form.elements.value;
    box.addEventListener("change", () => { if (box.checked) figure.value = box.dataset.same; });
    figure.addEventListener("input", () => { box.checked = false; });
  }
  for (const box of document.querySelectorAll("[data-same-told]")) {
    const told = box.form.elements.narrative;
    box.addEventListener("change", () => { if (box.checked) told.value = box.dataset.sameTold; });
    told.addEventListener("input", () => { box.checked = false; });
  }
  const typed = new Set();
  const saving = new Set();
  document.addEventListener("input", (event) => {
    const form = event.target.closest(".report-form");
    if (form) typed.add(form);
  });
  document.addEventListener("htmx:beforeRequest", (event) => { typed.delete(event.detail.elt); saving.add(event.detail.elt); });
  document.addEventListener("htmx:afterRequest", (event) => {
    saving.delete(event.detail.elt);
    if (!event.detail.successful && event.detail.elt.matches(".report-form")) typed.add(event.detail.elt);
  });
  const refused = () => document.querySelector(".report-form .saved .field-error");
  const show = (place) => place.scrollIntoView({ block: "center" });
  const moving = document.getElementById("moving");
  if (moving && window.htmx) {
    moving.addEventListener("submit", (event) => {
      if (!typed.size && !saving.size && !refused()) return;
      event.preventDefault();
      const last = Date.now() + 8000;
      for (const form of typed) window.htmx.trigger(form, "change");
      const wait = window.setInterval(() => {
        if ((typed.size || saving.size) && Date.now() < last) return;
        window.clearInterval(wait);
        if (refused()) return show(refused());
        if (!typed.size && !saving.size) return moving.requestSubmit(event.submitter);
        const [form] = [...typed, ...saving];
        form.querySelector(".saved").textContent = document.documentElement.lang === "en" ? "Not saved yet. Check the network and press again." : "还没有保存。请检查网络,稍后再按一次。";
        show(form);
      }, 50);
    });
  }
  for (const button of document.querySelectorAll("[data-copies]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const text = document.querySelector(button.dataset.copies);
      text.select();
      try { await navigator.clipboard.writeText(text.value); } catch { document.execCommand("copy"); }
    });
  }
})();
