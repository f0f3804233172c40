// The screen of a meeting: arrows go from item to item, the clock follows the server's.
const typing = (target) => target.closest("input:not([type=radio]), textarea, select");

addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || typing(event.target)) return;
  if (event.target.matches("[type=radio]")) return; // arrows choose an option there
  const wanted = { ArrowLeft: "[data-previous]", PageUp: "[data-previous]", ArrowRight: "[data-next]", PageDown: "[data-next]" }[event.key];
  const link = wanted && document.querySelector(wanted);
  if (!link) return;
  event.preventDefault();
  location.assign(link.href);
});

const clock = document.querySelector("[data-elapsed]");
if (clock) {
  const began = performance.now();
  const two = (value) => String(value).padStart(2, "0");
  const words = (seconds) => `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
  const planned = Number(clock.dataset.planned);
  const tick = () => {
    const ran = "running" in clock.dataset ? (performance.now() - began) / 1000 : 0;
    const elapsed = Number(clock.dataset.elapsed) + Math.floor(ran);
    clock.textContent = `${words(elapsed)} / ${words(planned)}`;
    clock.parentElement.classList.toggle("screen-over", elapsed > planned);
  };
  tick();
  setInterval(tick, 1000);
}
