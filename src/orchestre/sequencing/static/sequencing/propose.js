// The figure beside each slider follows it.
for (const slider of document.querySelectorAll(".pr-slider input")) {
  const shown = slider.parentElement.querySelector("output");
  slider.addEventListener("input", () => { shown.textContent = slider.value; });
}
