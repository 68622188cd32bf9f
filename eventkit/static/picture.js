// A button with data-picture (the address of an SVG) downloads that picture as a PNG named data-name, twice as large.
// It stays hidden without this script. What it says when it cannot stands in data-failed, and goes into its neighbour.
"use strict";
const SCALE = 2;

const load = (address) => new Promise((resolve, reject) => {
  const image = new Image();
  image.onload = () => resolve(image);
  image.onerror = reject;
  image.src = address;  // by its own address: our policy lets no picture come from a blob
});

const png = (image) => new Promise((resolve, reject) => {
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth * SCALE;
  canvas.height = image.naturalHeight * SCALE;
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/png");
});

const save = (blob, name) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
};

for (const button of document.querySelectorAll("button[data-picture]")) {
  const says = button.nextElementSibling;
  button.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    says.textContent = "";
    try {
      save(await png(await load(button.dataset.picture)), button.dataset.name);
    } catch {
      says.textContent = button.dataset.failed;
    }
    button.disabled = false;
  });
}
