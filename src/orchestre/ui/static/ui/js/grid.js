// The load map: one tab stop, arrows, Home/End, [ ] for the period, + - to unfold.
const grids = () => document.querySelectorAll("[data-grid]");
const target = (cell) => cell?.querySelector(":scope > a") ?? cell;

function rows(grid) {
  return [...grid.tBodies[0].rows, ...(grid.tFoot?.rows ?? [])].map((row) =>
    [...row.cells].filter((cell) => cell.getAttribute("role") === "gridcell"),
  );
}

function settle(grid, chosen) {
  const cells = rows(grid).flat().map(target);
  const stop = chosen ?? cells.find((cell) => cell.tabIndex === 0 && cell.hasAttribute("tabindex")) ?? cells[0];
  for (const cell of cells) cell.tabIndex = cell === stop ? 0 : -1;
  for (const link of grid.querySelectorAll("tbody th a")) link.tabIndex = -1;
  grid.dataset.ready = "";
}

const prepare = () => grids().forEach((grid) => { if (!("ready" in grid.dataset)) settle(grid); });
prepare();
new MutationObserver(prepare).observe(document.body, { childList: true, subtree: true });

function place(table, cell) {
  const y = table.findIndex((row) => row.includes(cell));
  return [table[y]?.indexOf(cell) ?? -1, y];
}

function next(event, table, x, y) {
  const lastRow = table.length - 1;
  const lastCell = table[y].length - 1;
  switch (event.key) {
    case "ArrowRight": return [x + 1, y];
    case "ArrowLeft": return [x - 1, y];
    case "ArrowDown": return [x, y + 1];
    case "ArrowUp": return [x, y - 1];
    case "Home": return event.ctrlKey ? [0, 0] : [0, y];
    case "End": return event.ctrlKey ? [lastCell, lastRow] : [lastCell, y];
    case "PageDown": return [x, Math.min(y + 8, lastRow)];
    case "PageUp": return [x, Math.max(y - 8, 0)];
    default: return null;
  }
}

function fold(row, key) {
  const link = row.querySelector(".fold");
  const wanted = key === "-" ? "true" : "false";
  if (link?.getAttribute("aria-expanded") === wanted) link.click();
}

function act(event, grid, cell) {
  if (event.key === " ") cell.querySelector("a")?.click();
  else if (event.key === "[" && grid.dataset.previous) location.assign(grid.dataset.previous);
  else if (event.key === "]" && grid.dataset.next) location.assign(grid.dataset.next);
  else if ("+-=".includes(event.key)) fold(cell.parentElement, event.key);
  else return;
  event.preventDefault();
}

document.addEventListener("keydown", (event) => {
  const cell = event.target.closest?.("[data-grid] td");
  if (!cell || event.altKey || event.metaKey) return;
  const grid = cell.closest("[data-grid]");
  const table = rows(grid);
  const [x, y] = place(table, cell);
  const to = next(event, table, x, y);
  if (!to) return act(event, grid, cell);
  event.preventDefault();
  const found = target(table[to[1]]?.[to[0]]);
  if (!found) return;
  settle(grid, found);
  found.focus();
});

// the cell whose panel is open stays marked
document.addEventListener("click", (event) => {
  const cell = event.target.closest?.("[data-grid] td");
  if (!cell) return;
  const grid = cell.closest("[data-grid]");
  grid.querySelector("[aria-selected]")?.removeAttribute("aria-selected");
  cell.setAttribute("aria-selected", "true");
  settle(grid, target(cell));
});

// Escape leaves the panel for the cell that opened it
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !event.target.closest?.("#panel")) return;
  target(document.querySelector("[data-grid] [aria-selected]"))?.focus();
});
