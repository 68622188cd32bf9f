// Ordering by tapping and by dragging. The menus hold the truth: both ways only change them, and the rows follow them.
"use strict";

(() => {
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const rowsOf = (list) => [...list.querySelectorAll(".item")];
  const menu = (row) => row.querySelector("select");
  let dragged = null; // {row, list, rows, tops, from, to, y, moved}
  let swallow = false; // the click that ends a drag is no tap

  const inBallotOrder = (list) => rowsOf(list).sort((a, b) => menu(a).name.localeCompare(menu(b).name));

  // A row with a place stands in that place; the others fill what is left, in ballot order.
  function slots(list) {
    const rows = inBallotOrder(list);
    const placed = new Map(rows.filter((row) => menu(row).value).map((row) => [Number(menu(row).value), row]));
    const rest = rows.filter((row) => placed.get(Number(menu(row).value)) !== row);
    return rows.map((_row, i) => placed.get(i + 1) ?? rest.shift());
  }

  function draw(list, moving) {
    if (dragged) return;
    const focused = document.activeElement;
    const before = new Map(rowsOf(list).map((row) => [row, row.getBoundingClientRect().top]));
    const wanted = slots(list);
    if (rowsOf(list).some((row, i) => row !== wanted[i])) list.append(...wanted);
    for (const row of wanted) {
      row.querySelector(".place").textContent = menu(row).value;
      row.classList.toggle("placed", Boolean(menu(row).value));
    }
    if (list.contains(focused) && focused !== document.activeElement) focused.focus({ preventScroll: true });
    if (moving && !still.matches) for (const row of wanted) slide(row, before.get(row) - row.getBoundingClientRect().top);
  }

  function slide(row, from) {
    if (from) row.animate([{ transform: `translateY(${from}px)` }, { transform: "none" }], { duration: 180, easing: "ease-out" });
  }

  function changed(list, row) {
    const form = list.closest("form");
    const unsure = form.querySelector("input[type=checkbox][name=option]");
    if (unsure && menu(row).value) unsure.checked = false;
    draw(list, true);
    const said = menu(row).value ? list.dataset.placed : list.dataset.taken;
    const item = row.querySelector(".tap b").textContent;
    document.getElementById("announce").textContent = said.replace("{item}", item).replace("{place}", menu(row).value);
    form.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function tap(list, row) {
    const taken = rowsOf(list).map((other) => menu(other).value);
    const free = taken.map((_value, i) => String(i + 1)).find((number) => !taken.includes(number));
    menu(row).value = menu(row).value ? "" : free;
    changed(list, row);
  }

  // Two items never share a place: the one that had it gets the place that this one leaves.
  function swap(list, row, left) {
    const other = rowsOf(list).find((each) => each !== row && menu(each).value && menu(each).value === menu(row).value);
    if (other) menu(other).value = left;
    changed(list, row);
  }

  function startAgain(list) {
    for (const row of rowsOf(list)) menu(row).value = "";
    changed(list, inBallotOrder(list)[0]);
  }

  // ---- Dragging: by the number with a finger, anywhere with a mouse.

  function lift(event) {
    const row = event.target.closest?.(".ballot .item .tap")?.parentElement;
    if (!row || event.button || row.closest("fieldset").disabled) return;
    if (event.pointerType === "touch" && !event.target.closest(".place")) return;
    const rows = rowsOf(row.parentElement);
    const tops = rows.map((each) => each.offsetTop);
    dragged = { row, list: row.parentElement, rows, tops, from: rows.indexOf(row), to: rows.indexOf(row), y: event.clientY };
  }

  function drag(event) {
    if (!dragged) return;
    if (!event.buttons) return drop({ type: "pointercancel" }); // let go outside the window
    const { row, rows, tops, from, y } = dragged;
    const by = event.clientY - y;
    if (!dragged.moved && Math.abs(by) < 6) return;
    dragged.moved = true;
    row.classList.add("lifted");
    const middle = tops[from] + by + row.offsetHeight / 2;
    dragged.to = rows.filter((each, i) => i !== from && tops[i] + each.offsetHeight / 2 < middle).length;
    const space = row.offsetHeight + (tops[1] - tops[0] - rows[0].offsetHeight);
    rows.forEach((each, i) => {
      const makesRoom = i > from && i <= dragged.to ? -space : i < from && i >= dragged.to ? space : 0;
      each.style.transform = `translateY(${i === from ? by : makesRoom}px)`;
    });
  }

  // Every item that had a place takes the place where it now stands, and so does the one that was dragged.
  function drop(event) {
    if (!dragged) return;
    const { row, list, rows, from, to, moved } = dragged;
    dragged = null;
    for (const each of rows) each.style.transform = "";
    row.classList.remove("lifted");
    if (!moved || event.type === "pointercancel") return;
    swallow = true;
    setTimeout(() => (swallow = false), 50);
    rows.splice(to, 0, ...rows.splice(from, 1));
    rows.forEach((each, i) => (menu(each).value = each === row || menu(each).value ? String(i + 1) : ""));
    changed(list, row);
  }

  document.addEventListener("pointerdown", lift);
  document.addEventListener("pointermove", drag);
  document.addEventListener("pointerup", drop);
  document.addEventListener("pointercancel", drop);

  document.addEventListener("click", (event) => {
    const label = event.target.closest?.(".ballot .item .tap");
    const list = event.target.closest?.("fieldset:not(:disabled)")?.querySelector(".items");
    if (label) event.preventDefault();
    if (!list || swallow) return;
    if (label) tap(list, label.parentElement);
    if (event.target.closest(".start-again")) startAgain(list);
  });

  document.addEventListener("change", ({ target }) => {
    if (!target.matches(".item select")) return;
    const left = target.closest(".item").querySelector(".place").textContent;
    swap(target.closest(".items"), target.closest(".item"), left);
  });
  document.addEventListener("eventkit:answer", ({ target: form }) => {
    const list = form.querySelector(".items");
    if (list) draw(list);
  });
})();
