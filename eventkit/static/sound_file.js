// A file that is too large is refused before hundreds of megabytes were sent. The server refuses it too.
"use strict";

(() => {
  const form = document.querySelector("form[data-most]");
  const part = (name) => form.querySelector(`[data-part="${name}"]`);
  const tooLarge = () => (form.elements.file.files[0]?.size ?? 0) > Number(form.dataset.most) * 1e6;

  form.elements.file.addEventListener("change", () => { part("large").hidden = !tooLarge(); });
  form.addEventListener("submit", (event) => {
    part("large").hidden = !tooLarge();
    part("sending").hidden = tooLarge();
    if (tooLarge()) event.preventDefault();
  });
  addEventListener("pageshow", () => { part("sending").hidden = true; });
})();
