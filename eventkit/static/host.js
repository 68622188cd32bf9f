// A point is never lost between the key and the server's disk: it is kept on this device with every letter, sent when
// the typing pauses, and sent again when the network is back. Plain forms do without this.
"use strict";

(() => {
  // What was written in a rehearsal must never be sent to the event itself.
  const base = document.body.dataset.live;
  const shelf = `points:${base}${document.body.dataset.rehearsal ? ":rehearsal" : ""}`;
  const writing = new Map(); // the point in each field, by the field's id
  const said = document.getElementById("kept").dataset;
  const stopped = { why: "" }; // this device was let go
  let memory = []; // where localStorage is closed to us (private windows)
  let unheard = false;
  let busy = false;
  let timer = 0;

  const newId = () => [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const announce = (words) => { document.getElementById("announce").textContent = words; };
  const partOf = (node) => node.closest(".writing");
  const parts = () => [...document.querySelectorAll(".writing")];
  const fieldOf = (part) => part.querySelector("textarea");
  const inField = (id) => [...writing].some(([field, point]) => point === id && document.getElementById(field));

  // ---- What waits

  function waiting() {
    try {
      return JSON.parse(localStorage.getItem(shelf)) ?? memory;
    } catch {
      return memory;
    }
  }

  function store(points) {
    memory = points;
    try {
      if (points.length) localStorage.setItem(shelf, JSON.stringify(points));
      else localStorage.removeItem(shelf);
    } catch {
      // Kept in memory: it lasts as long as this page.
    }
  }

  function keep(point) {
    const points = waiting();
    const at = points.findIndex(({ id }) => id === point.id);
    if (at < 0) points.push(point);
    else points[at] = point;
    store(points);
  }

  const forget = (id) => store(waiting().filter((point) => point.id !== id));

  // ---- Sending, one after another

  function pump(wait) {
    clearTimeout(timer);
    timer = setTimeout(send, wait);
  }

  async function send() {
    const point = waiting().find(({ why }) => why === undefined);
    if (busy || stopped.why || !point) return;
    busy = true;
    const patience = new AbortController();
    const limit = setTimeout(() => patience.abort(), 10000);
    try {
      const { id, vignette, prompt, text } = point;
      const body = new URLSearchParams({ vignette_id: vignette, prompt_id: prompt, text });
      const address = `${base}/points/${id}${text ? "" : "/delete"}`;
      const answer = await fetch(address, { method: "POST", headers: { "HX-Request": "true" }, body, signal: patience.signal });
      hear(point, answer, await answer.text());
    } catch {
      wait();
    } finally {
      clearTimeout(limit);
      busy = false;
    }
  }

  function hear(point, answer, html) {
    if (answer.status >= 500 || answer.status === 429) return wait();
    unheard = false;
    const now = waiting().find(({ id }) => id === point.id);
    const fresh = now?.text === point.text; // else more was typed meanwhile, which goes next
    if (answer.ok) {
      if (fresh) forget(point.id);
    } else {
      const why = new DOMParser().parseFromString(html, "text/html").body.textContent.trim();
      // Whoever is let in again sends what is kept.
      if (answer.status === 403) stopped.why = why;
      else if (fresh) keep({ ...point, why });
      announce(why);
    }
    draw();
    pump(0);
  }

  function wait() {
    if (!unheard) announce(said.kept);
    unheard = true;
    draw();
    pump(3000 + Math.random() * 3000);
  }

  // ---- What stands on the page

  function stateOf(point) {
    if (stopped.why || point.why !== undefined) return ["refused", stopped.why || point.why];
    return unheard ? ["waiting", said.kept] : ["sending", said.saving];
  }

  function row(point) {
    const item = document.getElementById("unsent").content.cloneNode(true).querySelector("li");
    const [state, words] = stateOf(point);
    item.dataset.state = state;
    item.querySelector(".words").textContent = point.text;
    item.querySelector(".state").textContent = words;
    item.querySelector(".changes").hidden = point.why === undefined;
    item.querySelector(".again").addEventListener("click", () => {
      keep({ ...point, why: undefined });
      draw();
      pump(0);
    });
    item.querySelector(".drop").addEventListener("click", () => {
      forget(point.id);
      draw();
    });
    return item;
  }

  function fill(list, points) {
    const drawn = JSON.stringify(points.map((point) => [point, stateOf(point)]));
    if (list.dataset.drawn === drawn) return;
    list.dataset.drawn = drawn;
    list.replaceChildren(...points.map(row));
    list.hidden = !points.length;
  }

  function sayState(part, points) {
    const field = fieldOf(part);
    const point = writing.get(field.id);
    const found = points.find(({ id }) => id === point);
    const [state, words] = found ? stateOf(found) : point && field.value.trim() ? ["saved", said.saved] : ["", ""];
    const place = part.querySelector("form .state");
    if (place.textContent !== words) place.textContent = words;
    place.dataset.state = state;
  }

  function draw() {
    const points = waiting();
    const loose = points.filter(({ id, text }) => text && !inField(id));
    const here = parts();
    for (const part of here) {
      const { vignette, prompt } = part.dataset;
      fill(part.querySelector(".unsent"), loose.filter((point) => point.vignette === vignette && point.prompt === prompt));
      sayState(part, points);
    }
    const elsewhere = loose.filter((point) => !here.some(({ dataset }) => dataset.vignette === point.vignette && dataset.prompt === point.prompt));
    fill(document.querySelector("#kept ul"), elsewhere);
    document.getElementById("kept").hidden = !elsewhere.length;
    settle(new Set(points.map(({ id }) => id)));
  }

  // A point that is being written stands in its field, not in the list as well; others' words are changed elsewhere.
  function settle(kept) {
    const own = document.getElementById("device")?.dataset.device;
    for (const item of document.querySelectorAll("[data-point]")) {
      const id = item.dataset.point;
      const field = [...writing].find(([, point]) => point === id)?.[0];
      item.hidden = kept.has(id) || Boolean(field && document.getElementById(field)?.value.trim());
      const change = item.querySelector(".change");
      if (change) change.hidden = item.dataset.device !== own;
    }
  }

  // ---- What the host does

  function typed(field) {
    const part = partOf(field);
    const text = field.value.trim();
    const known = writing.get(field.id);
    if (!text && !known) return;
    const id = known ?? newId();
    writing.set(field.id, id);
    keep({ id, vignette: part.dataset.vignette, prompt: part.dataset.prompt, text });
    field.defaultValue = field.value; // it is kept here: a new frame need not wait for it
    draw();
    pump(500);
  }

  function finish(field) {
    if (!writing.has(field.id)) return;
    writing.delete(field.id);
    field.value = field.defaultValue = "";
    draw();
    pump(0);
  }

  document.addEventListener("input", ({ target }) => target.matches(".writing textarea") && typed(target));
  document.addEventListener("submit", (event) => {
    if (!event.target.matches(".writing form")) return;
    event.preventDefault();
    const field = event.target.elements.text;
    finish(field);
    field.focus();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || !event.target.matches(".writing textarea")) return;
    event.preventDefault();
    finish(event.target);
  });
  document.addEventListener("click", (event) => {
    const change = event.target.closest("[data-point] .change");
    const field = change?.closest(".points").querySelector(".writing textarea");
    if (!field) return;
    event.preventDefault();
    finish(field);
    const item = change.closest("[data-point]");
    writing.set(field.id, item.dataset.point);
    field.value = field.defaultValue = item.querySelector(".words").textContent;
    field.focus();
    draw();
  });

  document.addEventListener("eventkit:frame", draw);
  for (const name of ["eventkit:heard", "online", "pageshow"]) {
    (name.includes(":") ? document : window).addEventListener(name, () => unheard && pump(Math.random() * 1000));
  }
  draw();
  pump(Math.random() * 1000);
})();
