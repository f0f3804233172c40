// Escape leaves a cell being changed; a grouping applies when chosen.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  event.target.closest?.("[data-cell]")?.querySelector("[data-cancel]")?.click();
});
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-autosubmit]")) event.target.form.requestSubmit();
});
// the field of a cell that opens takes the focus
document.addEventListener("htmx:after:swap", () => {
  document.querySelector("[data-cell] :is(input:not([type=hidden]), select)")?.focus();
});
