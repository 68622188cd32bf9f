// A note is never lost between the press and the server's disk: it waits in this browser until the server has it, and
// goes out by itself when the network is back, from whatever page of the event is open. Plain forms do without this.
"use strict";

(() => {
  const root = `notes:/e/${document.body.dataset.code}/walls/`;
  // What was written in a rehearsal must never be sent to the event itself.
  const tail = document.body.dataset.rehearsal ? ":rehearsal" : "";
  const memory = new Map(); // where localStorage is closed to us (private windows)
  const tried = new Set(); // notes that could not go at once
  let order = []; // of the own notes on this page
  let busy = false;
  let timer = 0;

  const part = () => document.querySelector("[data-notes]");
  const closed = () => document.getElementById("stage").classList.contains("closed");
  const say = (words) => { document.getElementById("announce").textContent = words; };
  const newId = () => [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const length = (text) => [...text.replace(/\r\n?/g, "\n").normalize("NFC").trim()].length;
  const shelfOf = (base) => `notes:${base}${tail}`;

  // ---- What waits, by wall

  function read(shelf) {
    try {
      return JSON.parse(localStorage.getItem(shelf)) ?? memory.get(shelf) ?? [];
    } catch {
      return memory.get(shelf) ?? [];
    }
  }

  function keep(shelf, notes) {
    memory.set(shelf, notes);
    try {
      if (notes.length) localStorage.setItem(shelf, JSON.stringify(notes));
      else localStorage.removeItem(shelf);
    } catch {
      // Kept in memory: it lasts as long as this page.
    }
    draw();
  }

  const change = (shelf, id, more) => keep(shelf, read(shelf).map((note) => (note.id === id ? { ...note, ...more } : note)));
  const forget = (shelf, id) => keep(shelf, read(shelf).filter((note) => note.id !== id));

  function shelves() {
    const found = new Set(memory.keys());
    try {
      for (const name of Object.keys(localStorage)) found.add(name);
    } catch {
      // Only memory, then.
    }
    return [...found].filter((name) => name.startsWith(root) && name.endsWith(":rehearsal") === Boolean(tail));
  }

  // ---- Sending, one after another

  function next() {
    for (const shelf of shelves()) {
      const note = read(shelf).find(({ why }) => why === undefined);
      if (note) return { shelf, note };
    }
    return null;
  }

  function pump(wait) {
    clearTimeout(timer);
    timer = setTimeout(send, wait);
  }

  async function send() {
    const { shelf, note } = next() ?? {};
    if (busy || !note) return;
    busy = true;
    const patience = new AbortController();
    const limit = setTimeout(() => patience.abort(), 10000);
    try {
      const base = shelf.slice("notes:".length, shelf.length - tail.length);
      const body = new URLSearchParams({ note: note.id, text: note.text });
      const answer = await fetch(`${base}/notes`, { method: "POST", headers: { "HX-Request": "true" }, body, signal: patience.signal });
      hear(shelf, note, answer, await answer.text());
    } catch {
      unheard(3000 + Math.random() * 3000);
    } finally {
      clearTimeout(limit);
      busy = false;
    }
  }

  function hear(shelf, note, answer, html) {
    const pause = Number(answer.headers.get("Retry-After"));
    if (answer.status >= 500 || pause) return unheard(pause ? pause * 1000 : 3000 + Math.random() * 3000);
    const fresh = new DOMParser().parseFromString(html, "text/html");
    if (answer.ok) {
      forget(shelf, note.id);
      if (here(shelf)) say(part().dataset.posted);
    } else {
      const why = fresh.querySelector(".wrong")?.textContent.trim() || fresh.body.textContent.trim();
      change(shelf, note.id, { why });
      if (here(shelf)) say(why);
    }
    if (here(shelf)) showOwn(fresh);
    pump(0);
  }

  // What could not go now waits behind the first, and says so as well.
  function unheard(wait) {
    for (const shelf of shelves()) for (const { id } of read(shelf)) tried.add(id);
    draw();
    pump(wait);
  }

  const here = (shelf) => part() && shelf === shelfOf(part().dataset.notes);

  // ---- What stands on this page

  // Own notes have no order on the server, so this page keeps the one that it has, the newest first.
  function arrange(own) {
    const rows = [...own.querySelectorAll("li")];
    rows.sort((a, b) => order.indexOf(a.dataset.key) - order.indexOf(b.dataset.key));
    own.querySelector("ul")?.append(...rows);
    order = rows.map(({ dataset }) => dataset.key);
  }

  // A note that is being changed here stays as it is.
  function showOwn(fresh) {
    const old = part().querySelector(".mine");
    const own = fresh.querySelector(".mine");
    if (!own) return;
    for (const row of own.querySelectorAll("li")) {
      const twin = old.querySelector(`[data-key="${row.dataset.key}"]:has(details[open])`);
      if (twin) row.replaceWith(twin);
    }
    const focused = document.activeElement;
    own.hidden = false;
    old.replaceWith(own);
    arrange(own);
    if (own.contains(focused)) focused.focus();
    window.htmx?.process(own);
  }

  async function fetchOwn() {
    try {
      const answer = await fetch(`${part().dataset.notes}/mine`, { headers: { "HX-Request": "true" }, cache: "no-store" });
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!answer.ok || !part()) return;
      if (part().querySelector(".post")) return showOwn(fresh);
      part().replaceWith(fresh.querySelector("[data-notes]"));
      window.htmx?.process(part());
      settle();
    } catch {
      // The list stays as it is; what is on the wall is there all the same.
    }
  }

  function row(note) {
    const item = part().querySelector("template").content.cloneNode(true).querySelector("li");
    item.dataset.key = `unsent-${note.id}`;
    item.dataset.state = note.why !== undefined ? "refused" : tried.has(note.id) ? "waiting" : "sending";
    item.querySelector(".words").textContent = note.text;
    item.querySelector(".why").textContent = note.why ?? "";
    item.querySelector(".drop").addEventListener("click", () => {
      forget(shelfOf(part().dataset.notes), note.id);
      part().querySelector("textarea")?.focus();
    });
    return item;
  }

  function draw() {
    const list = part()?.querySelector(".unsent");
    if (!list) return;
    const notes = read(shelfOf(part().dataset.notes));
    const drawn = JSON.stringify(notes.map((note) => [note, tried.has(note.id)]));
    if (list.dataset.drawn === drawn) return;
    list.dataset.drawn = drawn;
    list.replaceChildren(...notes.toReversed().map(row));
    list.hidden = !notes.length;
  }

  const fill = (words, found) => words.replace("{found}", found).replace("{most}", part().dataset.most).replace("{over}", found - part().dataset.most);

  function wrong(words) {
    const place = part().querySelector(".post .wrong");
    if (!place) return;
    place.textContent = words;
    place.hidden = !words;
  }

  function countUp(field) {
    const found = length(field.value);
    const over = found > Number(part().dataset.most);
    const counter = field.form.querySelector(".counter");
    if (counter) counter.textContent = fill(over ? part().dataset.over : part().dataset.counter, found);
    counter?.classList.toggle("over", over);
  }

  // After each frame: a wall that has closed takes nothing more, and one that opens again has forgotten whose notes
  // were whose.
  function settle() {
    if (!part()) return;
    const field = part().querySelector(".post textarea");
    if (field) {
      field.form.noValidate = true; // the page's own sentences say it
      field.readOnly = closed();
      part().classList.toggle("typed", Boolean(field.value.trim()));
    }
    if (closed()) part().dataset.shut = "yes";
    if (part().dataset.partial || (part().dataset.shut && !closed())) {
      part().dataset.partial = part().dataset.shut = "";
      setTimeout(() => part() && fetchOwn(), Math.random() * 1000);
    }
    if (!order.length) arrange(part().querySelector(".mine"));
    draw();
  }

  // ---- What the person does

  let last = 0;
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-notes] .post")) return;
    event.preventDefault();
    const field = form.elements.text;
    const found = length(field.value);
    field.focus();
    if (!found && Date.now() - last < 1000) return; // the second tap of a double tap
    if (!found) return wrong(part().dataset.empty);
    if (found > Number(part().dataset.most)) return wrong(fill(part().dataset.long, found));
    wrong("");
    last = Date.now();
    const shelf = shelfOf(part().dataset.notes);
    const text = field.value;
    field.value = "";
    countUp(field);
    keep(shelf, [...read(shelf), { id: newId(), text }]);
    pump(0);
  });

  document.addEventListener("input", ({ target }) => {
    if (!target.matches("[data-notes] textarea")) return;
    if (target.form.matches(".post")) {
      wrong("");
      countUp(target);
    }
  });

  // A change that no server heard stays in its form, and says so.
  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    const words = detail.elt.matches?.(".change") && detail.elt.querySelector(".unheard");
    if (words) words.hidden = detail.xhr.status !== 0 && detail.xhr.status < 500;
  });
  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    if (!detail.elt.matches?.(".mine")) return;
    arrange(detail.elt);
    part()?.querySelector(".problem:not([hidden]) ~ button, .post textarea")?.focus();
  });

  document.addEventListener("eventkit:frame", settle);
  for (const name of ["eventkit:heard", "online", "pageshow"]) {
    (name.includes(":") ? document : window).addEventListener(name, () => next() && pump(Math.random() * 1000));
  }
  settle();
  if (next()) pump(Math.random() * 1000);
})();
