// Moving people without leaving the place on the page, and by dragging. Links and forms do the same without this
// script; dragging only presses what the person's line offers for the table.
"use strict";

(() => {
  const find = (id) => document.getElementById(id);
  const hand = () => find("hand");
  if (!hand()) return;
  const FRAGMENT = { headers: { "HX-Request": "true" } };
  let asked = 0; // of two answers the one that was asked for later stands

  // ---- The page in parts

  async function load(address, options, focus) {
    asked += 1;
    const mine = asked;
    let answer;
    try {
      answer = await fetch(address, options);
    } catch {
      return undefined;
    }
    const made = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("hand");
    if (mine !== asked) return true;
    if (!made) return undefined;
    const top = document.querySelector(".hand-tables > aside")?.scrollTop;
    hand().replaceWith(made);
    if (!answer.redirected && options?.method !== "POST") history.replaceState(null, "", address);
    else if (answer.redirected) history.replaceState(null, "", answer.url);
    settle(focus, top);
    return true;
  }

  // A question or a refusal has the focus; otherwise it stays where it was, if that is still there.
  function settle(focus, top) {
    const urgent = find("problem") || find("overrule");
    const target = urgent || (focus && find(focus)) || find("person");
    if (!urgent && top && focus) document.querySelector(".hand-tables > aside").scrollTop = top;
    target?.focus({ preventScroll: !urgent && target.id !== "person" });
    if (target) target.scrollIntoView({ block: "nearest" });
    find("said").textContent = hand().dataset.said;
  }

  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[data-go]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    const wide = matchMedia("(min-width: 861px)").matches;
    if (!(await load(link.href, undefined, link.dataset.person && wide ? link.id : ""))) location.assign(link.href);
  });

  document.addEventListener("submit", async (event) => {
    const form = event.target.closest("form[data-press]");
    if (!form || event.submitter?.hasAttribute("data-leave")) return;
    event.preventDefault();
    press(form);
  });

  async function press(form) {
    const person = form.elements.person?.value;
    const focus = document.activeElement?.id === "pin" ? "pin" : person ? `at-${person}` : "";
    const body = new URLSearchParams(new FormData(form));
    if (await load(form.getAttribute("action"), { method: "POST", body }, focus)) return;
    if (!form.isConnected) {
      form.hidden = true;
      document.body.append(form);
    }
    form.submit();
  }

  // ---- Drag

  let dragged = null; // {link, line: a promise of the person's line}

  document.addEventListener("dragstart", (event) => {
    const link = event.target.closest?.("a[data-person][draggable=true]");
    if (!link) return;
    event.dataTransfer.setData("text/plain", link.textContent.trim());
    event.dataTransfer.effectAllowed = "move";
    link.classList.add("dragged");
    const drag = { link, line: null, over: null };
    drag.asked = fetch(link.href, FRAGMENT)
      .then((answer) => answer.text())
      .then((html) => {
        drag.line = new DOMParser().parseFromString(html, "text/html").getElementById("person");
        if (dragged === drag) hover(drag, drag.over);
      })
      .catch(() => {});
    dragged = drag;
  });

  const columnOf = (event) => event.target.closest?.(".column[data-table]");
  const wayTo = (drag, column) =>
    drag.line && column?.dataset.table ? drag.line.querySelector(`[data-table="${CSS.escape(column.dataset.table)}"]`) : null;

  // The table under the pointer says what a seat there would cost, before and after.
  function hover(drag, column) {
    for (const each of document.querySelectorAll(".column.over")) if (each !== column) leave(each);
    drag.over = column;
    const way = wayTo(drag, column);
    if (!column || column === drag.link.closest(".column")) return;
    column.classList.add("over");
    if (way && !column.querySelector(":scope > .effect")) column.querySelector("h3").after(way.querySelector(".effect").cloneNode(true));
  }

  function leave(column) {
    column.classList.remove("over");
    column.querySelector(":scope > .effect")?.remove();
  }

  function over(event) {
    if (!dragged) return;
    const column = columnOf(event);
    if (column !== dragged.over) hover(dragged, column);
    if (column?.dataset.table && column !== dragged.link.closest(".column")) event.preventDefault();
  }
  document.addEventListener("dragenter", over);
  document.addEventListener("dragover", over);

  document.addEventListener("drop", async (event) => {
    const drag = dragged;
    const column = drag && columnOf(event);
    if (!column) return;
    event.preventDefault();
    await drag.asked;
    const form = wayTo(drag, column)?.querySelector("form");
    if (form) press(form);
    else location.assign(drag.link.href);
  });

  document.addEventListener("dragend", () => {
    if (!dragged) return;
    dragged.link.classList.remove("dragged");
    for (const each of document.querySelectorAll(".column.over")) leave(each);
    dragged = null;
  });
})();
