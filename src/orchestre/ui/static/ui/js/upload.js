// A file dropped or chosen is sent with its progress; without JavaScript the form is a plain one.
for (const form of document.querySelectorAll("form[data-upload]")) {
  const zone = form.querySelector(".drop");
  const field = form.querySelector("[type=file]");
  const bar = form.querySelector("progress");
  const words = form.querySelector("[data-upload-text]");

  const over = (is) => (event) => { event.preventDefault(); zone.classList.toggle("is-over", is); };
  zone?.addEventListener("dragover", over(true));
  zone?.addEventListener("dragleave", over(false));
  zone?.addEventListener("drop", (event) => {
    over(false)(event);
    if (!event.dataTransfer.files.length) return;
    field.files = event.dataTransfer.files;
    form.requestSubmit();
  });
  field.addEventListener("change", () => { if (field.files.length) form.requestSubmit(); });

  form.addEventListener("submit", (event) => {
    if (!field.files.length) return;
    event.preventDefault();
    send(form, bar, words);
  });
}

function send(form, bar, words) {
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.setRequestHeader("X-Requested-With", "XMLHttpRequest");
  if (bar) bar.hidden = false;
  request.upload.addEventListener("progress", (event) => {
    if (!bar || !event.lengthComputable) return;
    bar.max = event.total;
    bar.value = event.loaded;
    if (event.loaded === event.total) bar.removeAttribute("value"); // now the server reads it
  });
  request.addEventListener("load", () => {
    if (request.status < 400 && request.responseURL !== form.action) return location.assign(request.responseURL);
    form.removeAttribute("data-upload");
    form.submit(); // the plain way shows the server's own words
  });
  request.addEventListener("error", () => {
    if (bar) bar.hidden = true;
    if (words) words.textContent = form.dataset.uploadFailed ?? "";
  });
  request.send(new FormData(form));
}
