// Keeps a page equal to the frame of its view. The server sends whole frames, {run, version, html}; this file puts them
// in place without disturbing what the reader is doing, and finds its way back after any break in the network.
"use strict";

(() => {
  const body = document.body;
  const prefix = body.dataset.live;
  const frame = document.getElementById("frame");
  if (!prefix || !frame) return;
  const find = (id) => document.getElementById(id);
  const stage = () => find("stage");
  const chance = (most) => Math.random() * most;

  let run = body.dataset.run;
  let version = body.dataset.version;
  let socket = null;
  let connecting = false;
  let failures = 0;
  let timer = 0;
  let deadline = 0;
  let lively = false; // this socket has brought something
  let goodUntil = Date.now() + 5000; // until then a break is not worth a word
  let held = "";
  const asked = new WeakSet();

  // ---- Frames

  // What is this browser's own keeps its node, also when only the vote around it closes or opens again.
  const mineOf = (node) => node.dataset?.mine?.replace(/-closed$/, "");
  const key = (node) => mineOf(node) || node.id || node.dataset?.key || "";

  function merge(old, fresh) {
    if (old.nodeType !== Node.ELEMENT_NODE) {
      if (old.data !== fresh.data) old.data = fresh.data;
      return;
    }
    if (old.dataset.mine) {
      Object.assign(old.dataset, fresh.dataset);
      return;
    }
    if (old.isEqualNode(fresh)) return;
    for (const { name } of [...old.attributes]) {
      if (!fresh.hasAttribute(name) && name !== "open") old.removeAttribute(name);
    }
    for (const { name, value } of [...fresh.attributes]) {
      if (old.getAttribute(name) !== value) old.setAttribute(name, value);
    }
    mergeChildren(old, fresh);
  }

  function mergeChildren(old, fresh) {
    const wanted = new Set([...fresh.children].map(key).filter(Boolean));
    for (const node of [...old.children]) if (key(node) && !wanted.has(key(node))) node.remove();
    const kept = new Map([...old.children].filter(key).map((node) => [key(node), node]));
    let at = old.firstChild;
    for (const node of [...fresh.childNodes]) {
      const twin = key(node) ? kept.get(key(node)) : at && !key(at) ? at : null;
      if (!twin || twin.nodeName !== node.nodeName) {
        old.insertBefore(node, at);
        continue;
      }
      if (twin === at) at = at.nextSibling;
      else old.insertBefore(twin, at);
      merge(twin, node);
    }
    while (at) {
      const next = at.nextSibling;
      at.remove();
      at = next;
    }
  }

  // A text field that the new frame does not have, with something in it that was not sent. A ballot looks after itself.
  function wouldLose(fresh) {
    return [...frame.querySelectorAll("textarea, input[type=text], input:not([type])")].some((field) => {
      if (field.closest("[data-vote]")) return false;
      const mine = field.closest("[data-mine]");
      const stays = mine
        ? [...fresh.querySelectorAll("[data-mine]")].some((node) => mineOf(node) === mineOf(mine))
        : field.id && fresh.querySelector(`#${CSS.escape(field.id)}`);
      return field.value !== field.defaultValue && !stays;
    });
  }

  function show(html, anyway) {
    const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("stage");
    if (!fresh) return;
    held = !anyway && wouldLose(fresh) ? html : "";
    if (find("held")) find("held").hidden = !held;
    if (held) return;
    const said = stage().dataset.announce;
    merge(stage(), fresh);
    window.htmx?.process(stage());
    fill();
    if (stage().dataset.announce !== said) find("announce").textContent = stage().dataset.announce;
    document.dispatchEvent(new Event("eventkit:frame"));
  }

  // What is this browser's own never travels in a frame. Everybody needs it at once, so each waits a random moment.
  function fill() {
    for (const mine of frame.querySelectorAll("[data-mine][data-src]")) {
      if (mine.childElementCount || asked.has(mine)) continue;
      asked.add(mine);
      setTimeout(() => fetchMine(mine), chance(2000));
    }
  }

  async function fetchMine(mine) {
    try {
      const answer = await fetch(mine.dataset.src, { headers: { "HX-Request": "true" }, cache: "no-store" });
      if (!answer.ok) throw new Error(answer.statusText);
      if (mine.childElementCount) return;
      mine.innerHTML = await answer.text();
      window.htmx?.process(mine);
      document.dispatchEvent(new Event("eventkit:frame"));
    } catch {
      setTimeout(() => mine.isConnected && fetchMine(mine), 2000 + chance(3000));
    }
  }

  // ---- Connection

  function receive(message) {
    run = message.run;
    version = message.version;
    if (message.html !== undefined) show(message.html);
    // The `now` of a frame may be old: it is of the moment when the frame was made.
    heard(message.html === undefined ? message.now : undefined);
  }

  function heard(now) {
    document.dispatchEvent(new CustomEvent("eventkit:heard", { detail: now }));
  }

  const since = () => `since=${encodeURIComponent(`${run}:${version}`)}`;

  async function connect() {
    if (socket || connecting) return;
    clearTimeout(timer);
    connecting = true;
    if (failures >= 3 || !window.WebSocket) await poll();
    connecting = false;
    if (!window.WebSocket) return later();
    const mine = new WebSocket(`${location.origin.replace(/^http/, "ws")}${prefix}/live?${since()}`);
    socket = mine;
    deadline = Date.now() + 10000;
    mine.onclose = () => mine === socket && drop();
    mine.onmessage = (event) => {
      if (mine !== socket) return;
      failures = 0;
      lively = true;
      deadline = Date.now() + 40000;
      receive(JSON.parse(event.data));
    };
  }

  function drop() {
    const old = socket;
    socket = null;
    old?.close();
    if (lively) goodUntil = Date.now() + 3000;
    lively = false;
    later();
  }

  // Full jitter: after a break of the whole room's wifi nobody returns in step.
  function later() {
    failures += 1;
    const wait = failures > 3 || !window.WebSocket ? 3000 + chance(3000) : chance(Math.min(5000, 1000 * 2 ** failures));
    clearTimeout(timer);
    timer = setTimeout(connect, wait);
  }

  async function poll() {
    const patience = new AbortController();
    const limit = setTimeout(() => patience.abort(), 10000);
    try {
      const answer = await fetch(`${prefix}/frame?${since()}`, { cache: "no-store", signal: patience.signal });
      if (answer.status === 200) receive(await answer.json());
      if (answer.status === 200 || answer.status === 304) heard(answer.headers.get("Date"));
      else if ([401, 403, 404, 410].includes(answer.status) && !wouldLose(document.createElement("div"))) location.reload();
      if (answer.status === 200 || answer.status === 304) goodUntil = Date.now() + 10000;
    } catch {
      // No network: the next attempt is on its way, and the banner says so.
    } finally {
      clearTimeout(limit);
    }
  }

  function wake() {
    if (document.visibilityState === "hidden") return;
    if (socket && Date.now() > deadline - 20000 && socket.readyState === WebSocket.OPEN) drop();
    if (socket || connecting) return;
    clearTimeout(timer);
    timer = setTimeout(connect, chance(1000));
  }

  setInterval(() => {
    if (socket && Date.now() > deadline) drop();
    const connected = socket?.readyState === 1;
    find("connection").hidden = connected || Date.now() < goodUntil;
  }, 1000);

  addEventListener("online", wake);
  addEventListener("offline", () => socket && drop());
  addEventListener("pageshow", wake);
  document.addEventListener("visibilitychange", wake);
  // A command was answered while there is no socket: do not wait for the next round of polling.
  document.addEventListener("htmx:afterRequest", () => socket?.readyState !== 1 && failures >= 3 && poll());
  find("held")?.querySelector("button").addEventListener("click", () => show(held, true));

  document.documentElement.classList.add("js");
  fill();
  connect();
})();
