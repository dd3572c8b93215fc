// What if: a slider writes into the figure beside it, and the figure moves the slider.
(() => {
  "use strict";
  for (const range of document.querySelectorAll("input[type=range][data-for]")) {
    const figure = document.getElementById(range.dataset.for);
    range.addEventListener("input", () => { figure.value = range.value; });
    figure.addEventListener("input", () => { if (figure.value !== "") range.value = figure.value; });
  }
})();
