// Moving a bar: by pointer, or Alt + arrows by a week. Nothing is written before the person agrees:
// the preview (GET data-preview?shift=weeks) carries its own form.
const bars = (target) => target.closest?.("[data-roadmap] [data-movable]");
let held = null; // { bar, svg, from, x, y, weeks }
let moved = false;

function origin(bar) {
  const { e, f } = bar.transform.baseVal.getItem(0).matrix;
  return [e, f];
}

function show(bar, x, y) {
  bar.setAttribute("transform", `translate(${x.toFixed(1)} ${y})`);
}

function at(svg, event) {
  return new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse()).x;
}

function hold(bar, from) {
  const [x, y] = origin(bar);
  const svg = bar.ownerSVGElement;
  const waves = [...svg.querySelectorAll("[data-movable][data-with]")]
    .filter((one) => one.dataset.with === bar.dataset.bar)
    .map((one) => [one, ...origin(one)]);
  held = { bar, svg, from, x, y, waves, weeks: 0 };
}

// a bar, and its waves with it
function place(weeks) {
  const px = weeks * Number(held.svg.dataset.weekPx);
  show(held.bar, held.x + px, held.y);
  for (const [wave, x, y] of held.waves) show(wave, x + px, y);
}

let waiting;
function preview() {
  clearTimeout(waiting);
  waiting = setTimeout(ask, isLive() ? 0 : 150);
}

// one question at a time: while an answer is awaited, only the last place of the bar is kept
const isLive = () => Boolean(held?.bar.closest("[data-live]"));
let asking = false;
async function ask() {
  if (asking || !held) return;
  const { bar, weeks } = held;
  const target = bar.closest(".roadmap").querySelector("[data-roadmap-preview]");
  const url = new URL(bar.dataset.preview, location.href);
  url.searchParams.set("shift", weeks);
  asking = true;
  held.asked = undefined;
  try {
    await window.htmx?.ajax("GET", url.pathname + url.search, { target });
  } finally {
    asking = false;
  }
  if (held?.bar !== bar) { // taken back while the answer was awaited
    restore(target.closest(".roadmap"));
    return ask();
  }
  if (held.weeks !== weeks) return ask();
  held.asked = weeks;
  if (held.dropped) write();
}

// a live roadmap writes when the bar is dropped, or on Enter; the form of the preview does it.
// Without a form the move is refused: the bar goes back, the sentence that says why stays.
function write() {
  const form = held.bar.closest(".roadmap").querySelector("[data-roadmap-preview] form");
  if (!form) return cancel(false);
  if (held.weeks) form.requestSubmit();
  held = null;
}

function shift(weeks) {
  if (weeks === held.weeks) return;
  held.weeks = weeks;
  place(weeks);
  held.bar.classList.add("is-moving");
  preview();
}

function restore(roadmap, emptied = true) {
  if (emptied) roadmap?.querySelector("[data-roadmap-preview]").replaceChildren();
  roadmap?.dispatchEvent(new Event("roadmap:cancel", { bubbles: true }));
}

function cancel(emptied = true) {
  if (!held) return;
  clearTimeout(waiting);
  place(0);
  held.bar.classList.remove("is-moving");
  const roadmap = held.bar.closest(".roadmap");
  held = null;
  restore(roadmap, emptied);
}

document.addEventListener("pointerdown", (event) => {
  const bar = bars(event.target);
  moved = false;
  if (!bar || event.button !== 0) return;
  if (held?.bar !== bar) cancel();
  if (!held) hold(bar, 0);
  held.from = at(held.svg, event) - held.weeks * Number(held.svg.dataset.weekPx);
  held.dragging = true;
});
document.addEventListener("pointermove", (event) => {
  if (!held?.dragging) return;
  const weeks = Math.round((at(held.svg, event) - held.from) / Number(held.svg.dataset.weekPx));
  if (weeks !== 0) moved = true;
  if (moved) shift(weeks);
});
document.addEventListener("pointerup", () => {
  if (!held) return;
  held.dragging = false;
  if (moved && isLive()) drop();
});
function drop() {
  if (!held.weeks) return cancel();
  held.dropped = true;
  if (!asking && held.asked === held.weeks) write();
}
document.addEventListener("pointercancel", () => { if (held?.dragging) cancel(); });
document.addEventListener("dragstart", (event) => { if (bars(event.target)) event.preventDefault(); });
document.addEventListener("click", (event) => {
  if (moved && bars(event.target)) event.preventDefault(); // it was a move, not a visit
  if (event.target.closest?.("[data-roadmap-cancel]")) cancel();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && held) return cancel();
  const bar = bars(event.target);
  if (event.key === "Enter" && bar && held?.bar === bar && isLive()) {
    event.preventDefault();
    return drop();
  }
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (!bar || !step || !event.altKey) return;
  event.preventDefault();
  if (held?.bar !== bar) { cancel(); hold(bar, 0); }
  shift(held.weeks + step);
});
