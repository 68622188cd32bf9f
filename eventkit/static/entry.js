// Fast entry: the count of the characters while they are typed, and the cursor behind words that came back.
"use strict";

(() => {
  const form = document.querySelector("form.entry");
  const field = form?.elements.text;
  if (!field) return;
  const counter = document.getElementById("count");

  function count() {
    const found = [...field.value.normalize("NFC").trim()].length;
    counter.textContent = form.dataset.counter.replace("{found}", found).replace("{most}", form.dataset.most);
    counter.classList.toggle("over", found > Number(form.dataset.most));
  }

  field.addEventListener("input", count);
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
  if (field.value) count();
})();
