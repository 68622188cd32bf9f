// A recording goes to the server part by part while it is made. Each part waits in this browser's IndexedDB until the
// server has it: a lost network or a reloaded page loses none, only the last seconds that were no part yet. Where
// IndexedDB is closed to us (private windows) parts wait in memory, and the page says so.
"use strict";

(() => {
  const PART_MS = 5000;
  const DISCARD_MS = 5 * 60 * 1000;
  const TYPES = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];
  // What was recorded in a rehearsal must never be sent to the event itself.
  const STORE = `eventkit-recordings${document.body.dataset.rehearsal ? "-rehearsal" : ""}`;
  const box = () => document.getElementById("recorder");
  const part = (name) => box()?.querySelector(`[data-part="${name}"]`);
  const press = (name) => box()?.querySelector(`[data-press="${name}"]`);
  const show = (node, shown) => { if (node) node.hidden = !shown; };
  const newId = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const able = () => Boolean(navigator.mediaDevices?.getUserMedia && window.MediaRecorder && TYPES.some((type) => MediaRecorder.isTypeSupported(type)));
  const ours = location.pathname.replace(/\/$/, "");

  let now = null; // what this window records: { id, story, base, recorder, stream, ends, before, since, dropped }
  let notice = ""; // the part that says how the last one ended
  let ended = ""; // a sentence of the server
  let asking = false;
  let waiting = false;
  let busy = false;
  let timer = 0;
  let fragile = false;

  // ---- What waits: recordings { id, base, story, count, end } and parts { id, number, blob }

  const memory = { recordings: new Map(), parts: new Map() };
  const known = new Set(); // recordings of this browser

  const opened = new Promise((done) => {
    let asked = null;
    try {
      asked = indexedDB.open(STORE, 1);
    } catch {
      return done(null);
    }
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("recordings", { keyPath: "id" });
      asked.result.createObjectStore("parts", { keyPath: ["id", "number"] });
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = asked.onblocked = () => done(null);
  });

  async function store(name, mode, act) {
    const base = await opened;
    if (!base) throw new Error("no store");
    return new Promise((done, failed) => {
      const change = base.transaction(name, mode);
      const asked = act(change.objectStore(name));
      change.oncomplete = () => done(asked.result);
      change.onerror = change.onabort = () => failed(change.error);
    });
  }

  const keyOf = (name, value) => (name === "parts" ? `${value.id} ${value.number}` : value.id);

  async function put(name, value) {
    try {
      await store(name, "readwrite", (box) => box.put(value));
    } catch {
      fragile = true; // a full disk, or a private window
      memory[name].set(keyOf(name, value), value);
    }
  }

  async function drop(name, value) {
    memory[name].delete(keyOf(name, value));
    await store(name, "readwrite", (box) => box.delete(name === "parts" ? [value.id, value.number] : value.id)).catch(() => {});
  }

  async function every(name, range) {
    const stored = await store(name, "readonly", (box) => box.getAll(range)).catch(() => []);
    return [...stored, ...memory[name].values()];
  }

  const partsOf = async (id) => (await every("parts", window.IDBKeyRange?.bound([id, 0], [id, Infinity]))).filter((one) => one.id === id).sort((a, b) => a.number - b.number);
  const recordings = async () => (await every("recordings")).filter((one) => one.base.startsWith(`${ours}/`));

  async function forget(recording) {
    for (const one of await partsOf(recording.id)) await drop("parts", one);
    await drop("recordings", recording);
  }

  // ---- Sending, one part after another

  function pump(wait) {
    clearTimeout(timer);
    timer = setTimeout(send, wait);
  }

  async function send() {
    if (busy) return;
    busy = true;
    let again = 0;
    try {
      for (const recording of await recordings()) if (!(await sent(recording))) again = 3000 + Math.random() * 3000;
    } finally {
      busy = false;
      waiting = again > 0;
      draw();
      if (again) pump(again);
    }
  }

  // Whether the server has everything that there is of a recording now.
  async function sent(recording) {
    for (const one of await partsOf(recording.id)) {
      const answer = await ask(`${recording.base}/${one.id}/parts/${one.number}?story=${encodeURIComponent(recording.story)}`, "PUT", one.blob);
      if (answer === null) return false;
      if (answer) return refused(recording, one.number, answer);
      await drop("parts", one);
    }
    const newest = (await recordings()).find(({ id }) => id === recording.id);
    if (!newest || newest.end === null) return true;
    if ((await partsOf(recording.id)).length) return sent(newest);
    const body = new URLSearchParams({ story: recording.story, parts: String(newest.end) });
    const answer = await ask(`${recording.base}/${recording.id}/finish`, "POST", body);
    if (answer === null) return false;
    await forget(newest);
    // Nothing of it came to the server, or it is gone there: either way nothing is left to finish.
    if (answer && newest.end) say(answer);
    return true;
  }

  // "" for done, a sentence for a refusal that stays, null for one that may pass.
  async function ask(address, method, body) {
    const patience = new AbortController();
    const limit = setTimeout(() => patience.abort(), 30000);
    try {
      const answer = await fetch(address, { method, body, headers: { "HX-Request": "true" }, signal: patience.signal });
      if (answer.ok) return "";
      if (![400, 404, 409, 410, 413].includes(answer.status)) return null;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      return (fresh.querySelector(".problem") ?? fresh.body).textContent.trim() || answer.statusText;
    } catch {
      return null;
    } finally {
      clearTimeout(limit);
    }
  }

  async function refused(recording, number, sentence) {
    const mine = now?.id === recording.id ? now : null;
    if (mine) {
      mine.dropped = true;
      stop();
    }
    for (const one of await partsOf(recording.id)) await drop("parts", one);
    const newest = (await recordings()).find(({ id }) => id === recording.id);
    let done = true;
    if (newest && newest.end !== null) {
      // What is to be discarded must go on the server, too, whoever agrees to what by now.
      newest.end = Math.min(newest.end, number);
      await put("recordings", newest);
      done = await sent(newest);
    } else if (!mine?.cut) await forget(recording); // else the discard is just about to say where it ends
    say(sentence);
    return done;
  }

  function say(sentence) {
    ended = sentence;
    notice = "ended";
    draw();
  }

  // ---- Recording

  const elapsed = () => now.before + (now.since === null ? 0 : performance.now() - now.since);

  async function begin(stream) {
    const type = TYPES.find((each) => MediaRecorder.isTypeSupported(each));
    const { base, story } = box().dataset;
    const mine = { id: newId(), base, story, stream, recorder: new MediaRecorder(stream, { mimeType: type }), ends: [], before: 0, since: performance.now(), dropped: false };
    mine.row = { id: mine.id, base, story, count: 0, end: null };
    known.add(mine.id);
    // Held as long as this window lives, so that no other takes this recording for a lost one.
    mine.held = new Promise((done) => { mine.release = done; });
    navigator.locks?.request(`recording ${mine.id}`, () => mine.held);
    mine.last = Promise.resolve();
    mine.recorder.addEventListener("dataavailable", ({ data }) => {
      if (data.size && !mine.dropped) mine.last = mine.last.then(() => keepPart(mine, data));
    });
    mine.recorder.addEventListener("stop", () => close(mine));
    stream.getAudioTracks()[0].addEventListener("ended", () => now?.stream === stream && (stop(), (notice = "lost"), draw()));
    await put("recordings", mine.row);
    now = mine;
    mine.since = performance.now();
    mine.recorder.start(PART_MS);
    draw();
  }

  async function keepPart(mine, blob) {
    const number = mine.row.count;
    mine.ends.push(now === mine ? elapsed() : mine.before);
    await put("parts", { id: mine.id, number, blob });
    mine.row.count += 1;
    await put("recordings", mine.row);
    pump(0);
  }

  async function close(mine) {
    await mine.last;
    if (mine.row.end === null) mine.row.end = mine.row.count;
    // What the server refused is forgotten; else it would be taken up again.
    if (!mine.dropped || mine.cut) await put("recordings", mine.row);
    mine.release();
    pump(0);
  }

  function stop(keepStream = false) {
    const mine = now;
    if (!mine) return;
    mine.before = elapsed();
    mine.since = null;
    now = null;
    asking = false;
    if (mine.recorder.state !== "inactive") mine.recorder.stop();
    if (!keepStream) for (const track of mine.stream.getTracks()) track.stop();
    draw();
  }

  async function record() {
    notice = "";
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      if (!box()?.dataset.open) return stream.getTracks().forEach((track) => track.stop());
      await begin(stream);
    } catch {
      notice = "refused";
      draw();
    }
  }

  // What was said in the last five minutes goes from here and from the server; the recording goes on as a new one.
  async function discard() {
    const mine = now;
    const paused = mine.since === null;
    asking = false;
    mine.dropped = mine.cut = true;
    draw();
    await mine.last;
    const from = elapsed() - DISCARD_MS;
    mine.row.end = mine.ends.filter((end) => end <= from).length;
    await put("recordings", mine.row);
    for (const one of await partsOf(mine.id)) if (one.number >= mine.row.end) await drop("parts", one);
    if (now !== mine) return; // the discussion ended meanwhile
    stop(true);
    await begin(mine.stream);
    if (paused) pause();
    notice = "discarded";
    draw();
  }

  function pause() {
    now.recorder.pause();
    now.before = elapsed();
    now.since = null;
    draw();
  }

  function resume() {
    now.recorder.resume();
    now.since = performance.now();
    draw();
  }

  // ---- What stands on the page

  function draw() {
    if (!box()) return;
    const secure = window.isSecureContext;
    const paused = now?.since === null;
    show(part("plain"), !secure);
    show(part("unable"), secure && !able());
    for (const name of ["refused", "lost", "ended", "discarded"]) show(part(name), notice === name);
    part("ended").textContent = ended;
    show(part("now"), now);
    show(part("on"), now && !paused);
    show(part("paused"), now && paused);
    part("now").querySelector(".sign").classList.toggle("paused", Boolean(paused));
    show(press("pause"), now && !paused);
    show(press("resume"), now && paused);
    show(part("question"), now && asking);
    show(press("record"), secure && able() && !now && box().dataset.open);
    show(part("waiting"), waiting);
    show(part("fragile"), fragile && (now || waiting));
    tick();
    for (const form of document.querySelectorAll("[data-coming]")) show(form, !known.has(form.dataset.coming));
  }

  function tick() {
    const time = part("time");
    if (!time || !now) return;
    const seconds = Math.floor(elapsed() / 1000);
    const words = `${String(Math.floor(seconds / 60)).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")}`;
    if (time.textContent !== words) time.textContent = words;
  }

  // The next story is another discussion, with another consent.
  function settle() {
    if (now && (!box() || box().dataset.story !== now.story || !box().dataset.open)) stop();
    draw();
  }

  const acts = {
    record,
    discard,
    pause,
    resume,
    finish: () => { notice = ""; stop(); press("record")?.focus(); },
    ask: () => { asking = true; draw(); press("keep")?.focus(); },
    keep: () => { asking = false; draw(); press("ask")?.focus(); },
  };

  document.addEventListener("click", ({ target }) => {
    const name = target.closest?.("#recorder [data-press]")?.dataset.press;
    if (name && (now || name === "record")) acts[name]();
  });
  addEventListener("beforeunload", (event) => { if (now || fragile && waiting) event.preventDefault(); });
  document.addEventListener("eventkit:frame", settle);
  document.addEventListener("eventkit:heard", () => waiting && pump(Math.random() * 1000));
  addEventListener("online", () => pump(0));
  setInterval(tick, 500);

  // What a window left behind that was closed or reloaded while it recorded ends with what is there of it.
  async function takeUp() {
    for (const recording of await recordings()) {
      known.add(recording.id);
      if (recording.end !== null || recording.id === now?.id) continue;
      const end = async (free) => { if (free) await put("recordings", { ...recording, end: recording.count }); };
      if (navigator.locks) await navigator.locks.request(`recording ${recording.id}`, { ifAvailable: true }, end);
      else await end(true);
    }
    pump(0);
  }

  draw();
  if (window.isSecureContext) takeUp();
})();
