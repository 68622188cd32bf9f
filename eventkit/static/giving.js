// How many dots are left to give, said while somebody chooses.
"use strict";

(() => {
  function draw(form) {
    const most = Number(form.dataset.dots);
    const spent = Object.values(Answer.of(form)).reduce((sum, number) => sum + Number(number), 0);
    const words = spent > most ? form.dataset.over.replace("{over}", spent - most) : form.dataset.left.replace("{left}", most - spent).replace("{most}", most);
    const place = form.querySelector(".left");
    if (place.textContent !== words) place.textContent = words;
    for (const row of form.querySelectorAll(".choices li")) row.classList.toggle("given", row.querySelector("select").value !== "0");
  }

  const drawIf = ({ target }) => target.closest?.("form[data-dots]") && draw(target.closest("form[data-dots]"));
  document.addEventListener("input", drawIf);
  document.addEventListener("eventkit:answer", drawIf);
})();
