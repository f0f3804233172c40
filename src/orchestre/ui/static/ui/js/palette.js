// The command palette: a combobox whose list is written by the server at /palette?q=
const dialog = document.querySelector("[data-palette-dialog]");
const input = dialog.querySelector("[role=combobox]");
const list = dialog.querySelector("[role=listbox]");
const options = () => [...list.querySelectorAll("[role=option]")];

export function open() {
  if (dialog.open) return;
  input.value = "";
  dialog.showModal();
  input.focus();
  input.dispatchEvent(new Event("palette-open", { bubbles: true }));
}

function choose(option) {
  for (const other of options()) other.setAttribute("aria-selected", String(other === option));
  if (!option) return input.removeAttribute("aria-activedescendant");
  option.id ||= `palette-option-${options().indexOf(option)}`;
  input.setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
}

const current = () => options().find((option) => option.getAttribute("aria-selected") === "true");

function follow(option) {
  const act = option?.querySelector("a, button") ?? option;
  dialog.close();
  act?.click();
}

input.addEventListener("keydown", (event) => {
  const all = options();
  const here = all.indexOf(current());
  const steps = { ArrowDown: here + 1, ArrowUp: here - 1 };
  if (event.key in steps) {
    event.preventDefault();
    choose(all.at(steps[event.key] % all.length));
  } else if (event.key === "Enter") {
    event.preventDefault();
    follow(current() ?? all[0]);
  }
});

list.addEventListener("click", (event) => {
  if (event.target.closest("a, button")) return dialog.close();
  const option = event.target.closest("[role=option]");
  if (option) follow(option);
});

// a new list: its first line is chosen
new MutationObserver(() => choose(options()[0])).observe(list, { childList: true });
