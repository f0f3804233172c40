// A scenario: what was dropped keeps the focus, what is taken back restores the gauges.
document.addEventListener("roadmap:cancel", () => {
  window.htmx?.ajax("GET", location.href, { target: "#gauges", select: "#gauges", swap: "outerHTML" });
});

// the roadmap is drawn again after a drop: the bar that moved takes the focus back
new MutationObserver(() => {
  const body = document.querySelector("#scenario-body[data-moved]");
  if (!body) return;
  const moved = body.dataset.moved;
  delete body.dataset.moved;
  body.querySelector(`[data-bar="${moved}"]`)?.focus({ preventScroll: true });
}).observe(document.querySelector(".page-content"), { childList: true, subtree: true });
