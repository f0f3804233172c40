// Every page: theme, menus, toasts, offline, dialogs. Pages work without it.
const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

// htmx parses the fragments of this server only; everything else is refused by the content policy
if (window.trustedTypes?.createPolicy && !trustedTypes.defaultPolicy) {
  const own = (url) => (new URL(url, location.href).origin === location.origin ? url : null);
  const none = (code) => (code.trim() ? null : code);
  trustedTypes.createPolicy("default", { createHTML: (html) => html, createScript: none, createScriptURL: own });
}

// menus close on Escape, on a click elsewhere, and when the focus leaves them
const openMenus = () => $$("details[data-menu][open]");
document.addEventListener("click", (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    menu.open = false;
    $("summary", menu).focus();
  }
});
document.addEventListener("focusin", (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
});

// toasts stay ten seconds, longer while they are being read
function watchToast(toast) {
  let timer;
  const start = () => { timer = setTimeout(() => toast.remove(), 10_000); };
  const stop = () => clearTimeout(timer);
  toast.addEventListener("pointerenter", stop);
  toast.addEventListener("focusin", stop);
  toast.addEventListener("pointerleave", start);
  toast.addEventListener("focusout", start);
  start();
}
$$("[data-toast]").forEach(watchToast);
const toasts = $("#toasts");
if (toasts) {
  new MutationObserver((changes) => {
    for (const node of changes.flatMap((change) => [...change.addedNodes])) {
      if (node.matches?.("[data-toast]")) watchToast(node);
    }
  }).observe(toasts, { childList: true });
}

// offline: what was typed stays on the screen
const banner = $("[data-offline]");
const tellOffline = () => { if (banner) banner.hidden = navigator.onLine; };
addEventListener("online", tellOffline);
addEventListener("offline", tellOffline);
tellOffline();

// after a refused form, the summary takes the focus
$("[data-autofocus]")?.focus();

// the theme changes at once; the form still tells the server
document.addEventListener("submit", (event) => {
  const chosen = event.submitter;
  if (!event.target.matches("[data-preferences]") || !chosen) return;
  if (chosen.name === "theme") document.documentElement.dataset.theme = chosen.value;
  if (chosen.name === "density") document.documentElement.dataset.density = chosen.value;
});

// help and palette; the palette is fetched the first time it is asked for
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-help]")) $("[data-help-dialog]")?.showModal();
  const dialog = event.target.closest("dialog");
  if (dialog && event.target === dialog) dialog.close();
});
export async function openPalette(button) {
  const palette = await import(button.dataset.src);
  palette.open();
}
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-palette]");
  if (!button) return;
  event.preventDefault();
  openPalette(button);
});
