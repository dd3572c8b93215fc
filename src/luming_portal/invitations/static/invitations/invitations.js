// "As last time" fills its figure in; typing another one unticks it.
(() => {
  "use strict";
  for (const box of document.querySelectorAll("[data-fills]")) {
    const figure = document.getElementById(box.dataset.fills);
    box.addEventListener("change", () => { if (box.checked) figure.value = box.dataset.same; });
    figure.addEventListener("input", () => { box.checked = false; });
  }
  const problem = document.querySelector(".error-summary");
  if (problem) problem.focus();
})();
