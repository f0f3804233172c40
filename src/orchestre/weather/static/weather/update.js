// The update: in an axis, 1 to 4 answer and go to the next one.
const axes = () => [...document.querySelectorAll("[data-weather]")];

document.addEventListener("keydown", (event) => {
  const axis = event.target.closest?.("[data-weather]");
  if (!axis || event.ctrlKey || event.metaKey || event.altKey || event.target.type !== "radio") return;
  const answer = axis.querySelector(`input[data-digit="${event.key}"]`);
  if (!answer) return;
  event.preventDefault();
  answer.click();
  const why = axis.querySelector(".wx-better");
  const reason = why && getComputedStyle(why).display !== "none" ? why.querySelector("input") : null;
  const next = axes()[axes().indexOf(axis) + 1];
  if (reason && !reason.value) reason.focus();
  else (next?.querySelector("input:checked") ?? next?.querySelector("input") ?? answer).focus();
});

// ready to answer at once, unless something is to be mended first
const first = axes()[0];
if (first && !document.querySelector(".error-summary")) (first.querySelector("input:checked") ?? first.querySelector("input")).focus();
