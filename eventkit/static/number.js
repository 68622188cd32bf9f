// The slider beside a number field. It shows no place until there is a number, so that nobody's answer starts from it.
"use strict";

(() => {
  const down = ["Home", "ArrowLeft", "ArrowDown", "PageDown"]; // at the low end these change nothing, yet choose it
  const sliderOf = (form) => form?.elements.number && form.querySelector(".slider");

  function draw(form) {
    const slider = sliderOf(form);
    if (!slider) return;
    const value = Answer.number(form.elements.number.value);
    const set = value >= Number(slider.min) && value <= Number(slider.max);
    slider.value = set ? value : slider.min;
    slider.classList.toggle("unset", !set);
    const words = slider.dataset.words.replace("{number}", Answer.grouped(slider.value));
    slider.setAttribute("aria-valuetext", set ? words : slider.dataset.unset);
  }

  function take(form, slider) {
    form.elements.number.value = Answer.grouped(slider.value);
    form.elements.number.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function takeUnset(event) {
    const form = event.target.closest?.("form[data-vote]");
    const slider = sliderOf(form);
    if (slider !== event.target || !slider?.classList.contains("unset")) return;
    if (event.type === "pointerup" || down.includes(event.key)) take(form, slider);
  }

  // Whoever gives a number is no longer unsure; whoever is unsure keeps the number in sight.
  function beSure(form) {
    const unsure = form.querySelector("input[type=checkbox][name=option]");
    if (unsure && form.elements.number.value) unsure.checked = false;
  }

  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-vote]");
    const slider = sliderOf(form);
    if (slider && event.target === slider) return take(form, slider);
    if (!form?.elements.number) return;
    if (event.target === form.elements.number) beSure(form);
    draw(form);
  });
  document.addEventListener("pointerup", takeUnset);
  document.addEventListener("keyup", takeUnset);
  document.addEventListener("eventkit:answer", ({ target: form }) => draw(form));
})();
