// Single keys, off inside fields and when the person switched them off (WCAG 2.1.4).
const on = () => document.body.dataset.shortcuts !== "off";
const typing = (target) => target.closest?.("input, textarea, select, [contenteditable], dialog");
let prefix = "";
let timer;

function go(key) {
  document.querySelector(`[data-keys] [data-key="${key}"]`)?.click();
}

const acts = {
  "?": () => document.querySelector("[data-help-dialog]")?.showModal(),
  "/": () => document.querySelector("[data-palette]")?.click(),
  u: () => [...document.querySelectorAll("[data-undo]")].at(-1)?.click(),
  c: () => go("c"),
};

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    event.preventDefault();
    document.querySelector("[data-palette]")?.click();
    return;
  }
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
    const form = event.target.closest?.("form");
    if (form) form.requestSubmit();
    return;
  }
  if (!on() || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  clearTimeout(timer);
  if (prefix === "g" && /^[a-z]$/.test(event.key)) {
    prefix = "";
    event.preventDefault();
    go(`g${event.key}`);
    return;
  }
  prefix = event.key === "g" ? "g" : "";
  timer = setTimeout(() => { prefix = ""; }, 1200);
  if (event.key in acts) {
    event.preventDefault();
    acts[event.key]();
  }
});
