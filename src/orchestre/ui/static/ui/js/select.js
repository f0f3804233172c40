// Rows ticked with the mouse, x or Shift x; the bar of bulk acts shows how many.
const boxes = (table) => [...table.querySelectorAll("tbody [type=checkbox]")];
let last = null;

function tell(table) {
  const all = boxes(table);
  const ticked = all.filter((box) => box.checked);
  const whole = table.querySelector("[data-select-all]");
  if (whole) {
    whole.hidden = false;
    whole.checked = ticked.length === all.length && all.length > 0;
    whole.indeterminate = ticked.length > 0 && !whole.checked;
  }
  const bar = (table.closest("form") ?? document).querySelector("[data-bulk]");
  if (!bar) return;
  bar.hidden = ticked.length === 0;
  for (const count of bar.querySelectorAll("[data-bulk-count]")) count.textContent = ticked.length;
}

function range(table, from, to, checked) {
  const all = boxes(table);
  const [a, b] = [all.indexOf(from), all.indexOf(to)].sort((m, n) => m - n);
  if (a < 0) return;
  for (const box of all.slice(a, b + 1)) box.checked = checked;
}

document.addEventListener("click", (event) => {
  const box = event.target.closest?.("[data-select] [type=checkbox]");
  if (!box) return;
  const table = box.closest("table");
  if (box.matches("[data-select-all]")) for (const one of boxes(table)) one.checked = box.checked;
  else if (event.shiftKey && last) range(table, last, box, box.checked);
  if (!box.matches("[data-select-all]")) last = box;
  tell(table);
});

document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "x" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (document.body.dataset.shortcuts === "off") return;
  if (event.target.closest?.("input:not([type=checkbox]), textarea, select, dialog")) return;
  const row = event.target.closest?.("[data-select] tr") ?? document.querySelector("[data-select] tr:hover");
  const box = row?.querySelector("[type=checkbox]");
  if (!box) return;
  event.preventDefault();
  box.checked = !box.checked;
  if (event.shiftKey && last) range(row.closest("table"), last, box, box.checked);
  last = box;
  tell(row.closest("table"));
});

for (const table of document.querySelectorAll("[data-select]")) tell(table);
