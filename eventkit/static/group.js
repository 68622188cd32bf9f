// Grouping notes into themes: choosing, moving by key, menu or drag, and undoing. The server has the notes; this file
// keeps which of them are chosen and where the focus is, by the note's id, while frames come and go.
"use strict";

(() => {
  const find = (id) => document.getElementById(id);
  const root = () => find("sorting");
  if (!root()) return;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const NOTE = ".sort-note";
  const idOf = (note) => note.dataset.key;
  const boxOf = (note) => note.querySelector("input[name=note]");
  const notes = () => all(NOTE, root());
  const noteOf = (id) => id && root().querySelector(`${NOTE}[data-key="${CSS.escape(id)}"]`);
  const listOf = (note) => note.closest("[data-list]");
  const lists = () => all("[data-list]", root());
  const inList = (list) => all(NOTE, list).filter((note) => !note.hidden && !note.classList.contains("going"));

  const chosen = new Set();
  const going = new Map(); // notes on their way, and the list that they leave
  const mine = []; // what this page did and can undo: [when it was pressed, batch], the newest last
  let at = { id: "", list: "", index: 0, focused: false }; // the note that has, or had last, the focus
  let anchor = "";
  let presses = 0;
  const waiting = new Set(); // what the server has not answered: {ids, answered}

  // ---- Choosing

  function choose(note, on) {
    if (on) chosen.add(idOf(note));
    else chosen.delete(idOf(note));
  }

  function chooseTo(note) {
    const list = inList(listOf(note));
    const ends = [list.indexOf(noteOf(anchor)), list.indexOf(note)].sort((a, b) => a - b);
    if (ends[0] < 0) return choose(note, true);
    list.slice(ends[0], ends[1] + 1).forEach((each) => choose(each, true));
  }

  const words = (node, count, name = "many") => node.dataset[count === 1 ? "one" : count ? name : "none"].replace("{n}", count);

  // The page says again what a frame does not know: which notes are chosen, on their way, or not found.
  function draw() {
    const here = new Set(notes().map(idOf));
    [...chosen].filter((id) => !here.has(id)).forEach((id) => chosen.delete(id));
    const sought = find("search").value.trim().toLocaleLowerCase();
    for (const note of notes()) {
      const box = boxOf(note);
      box.checked = chosen.has(idOf(note));
      note.classList.toggle("chosen", box.checked);
      note.classList.toggle("going", going.has(idOf(note)));
      note.hidden = Boolean(sought) && Boolean(note.closest("#loose")) && !note.textContent.toLocaleLowerCase().includes(sought);
    }
    drawStops();
    find("chosen").textContent = words(find("chosen"), chosen.size);
    find("chosen").parentElement.hidden = false;
    root().classList.toggle("choosing", chosen.size > 0);
    const loose = all(NOTE, find("loose"));
    const found = find("found");
    found.textContent = sought ? found.dataset.words.replace("{found}", loose.filter((note) => !note.hidden).length).replace("{all}", loose.length) : "";
  }

  // One stop of the Tab key in each list: two hundred would keep everybody from what comes behind them.
  function drawStops() {
    for (const list of lists()) {
      const own = inList(list);
      const stop = own.find((note) => idOf(note) === at.id) || own[0];
      for (const note of all(NOTE, list)) {
        boxOf(note).tabIndex = note === stop ? 0 : -1;
        note.querySelector("summary").tabIndex = note === stop ? 0 : -1;
      }
    }
  }

  // ---- Focus

  function remember(note) {
    const list = listOf(note);
    at = { id: idOf(note), list: list.closest("[data-theme]").dataset.theme, index: inList(list).indexOf(note), focused: true };
  }

  function focus(note) {
    if (!note) return;
    boxOf(note).focus();
    note.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  const current = () => document.activeElement.closest?.(NOTE);

  // Where the focus goes when its note has gone: to the one that took its place, or to the next list that has any.
  function focusPlace() {
    const same = noteOf(at.id);
    if (same && !same.hidden && !going.has(at.id) && listOf(same).closest("[data-theme]").dataset.theme === at.list) return focus(same);
    const list = lists().find((each) => each.closest("[data-theme]").dataset.theme === at.list) || lists()[0];
    const own = inList(list);
    const next = own[Math.min(at.index, own.length - 1)] || lists().map((each) => inList(each)[0]).find(Boolean);
    focus(next);
  }

  function step(note, key) {
    const own = inList(listOf(note));
    const place = own.indexOf(note);
    if (key === "ArrowDown" || key === "ArrowUp") return focus(own[place + (key === "ArrowDown" ? 1 : -1)]);
    if (key === "Home" || key === "End") return focus(own.at(key === "Home" ? 0 : -1));
    const full = lists().filter((list) => inList(list).length);
    const forth = (key === "ArrowRight") === (document.documentElement.dir !== "rtl");
    const list = full[full.indexOf(listOf(note)) + (forth ? 1 : -1)];
    if (list) focus(inList(list)[Math.min(place, inList(list).length - 1)]);
  }

  // ---- Sending

  function say(html, number = 0) {
    const saying = find("saying");
    saying.innerHTML = html;
    const batch = saying.querySelector("button[name=batch]")?.value;
    if (batch) mine.push([number, batch]);
    mine.sort((a, b) => a[0] - b[0]);
  }

  const sayOwn = (id) => say(`<p>${find(id).textContent}</p>`);

  function leave(ids) {
    for (const id of ids) if (noteOf(id)) going.set(id, listOf(noteOf(id)));
  }

  async function post(action, fields, ids, number) {
    try {
      const answer = await fetch(action, { method: "POST", body: fields, headers: { "HX-Request": "true" } });
      say(await answer.text(), number);
      if (!answer.ok) ids.forEach((id) => going.delete(id));
      return answer.ok;
    } catch {
      ids.forEach((id) => going.delete(id));
      sayOwn("sort-failed");
      return false;
    } finally {
      // Its frame is on the way; where none comes, nothing had changed.
      setTimeout(() => {
        ids.forEach((id) => going.delete(id));
        draw();
      }, 5000);
    }
  }

  // Moves of different notes share a commit. Of two moves of one note the later must stand, so it waits for the
  // earlier; whatever else is pressed waits for all of them.
  function send(action, fields, ids = []) {
    const before = [...waiting].filter((each) => !ids.length || !each.ids.length || each.ids.some((id) => ids.includes(id)));
    presses += 1;
    const number = presses;
    leave(ids);
    draw();
    const sent = { ids, answered: Promise.all(before.map((each) => each.answered)).then(() => post(action, fields(), ids, number)) };
    waiting.add(sent);
    sent.answered.then(() => waiting.delete(sent));
    return sent.answered;
  }

  function move(ids, theme, label = "") {
    if (!ids.length) return;
    const fields = new URLSearchParams({ theme, label });
    ids.forEach((id) => fields.append("note", id));
    const note = noteOf(at.id);
    const own = note ? inList(listOf(note)) : [];
    const after = own.slice(own.indexOf(note) + 1).find((each) => !ids.includes(idOf(each)));
    const before = own.slice(0, Math.max(0, own.indexOf(note))).reverse().find((each) => !ids.includes(idOf(each)));
    ids.forEach((id) => chosen.delete(id));
    send(`${root().dataset.base}/move`, () => fields, ids);
    if (after || before) focus(after || before);
    else focusPlace();
  }

  const subject = () => (chosen.size ? notes().map(idOf).filter((id) => chosen.has(id)) : current() ? [idOf(current())] : []);

  async function undo() {
    await Promise.all([...waiting].map((each) => each.answered));
    const last = mine.pop();
    if (last) send(`${root().dataset.base}/undo`, () => new URLSearchParams({ batch: last[1] }));
    else sayOwn("nothing-to-undo");
  }

  // ---- "Move to…"

  const dialog = () => find("move-to");
  const field = () => find("move-to-field");
  let moving = [];

  function openMenu() {
    moving = subject();
    if (!moving.length && noteOf(at.id)) moving = [at.id];
    if (!moving.length) return;
    field().value = "";
    fillMenu();
    dialog().showModal();
    field().focus();
  }

  function option(words, theme, label, dir) {
    const made = document.createElement("li");
    made.setAttribute("role", "option");
    made.id = `move-to-${find("move-to-list").childElementCount}`;
    Object.assign(made.dataset, { theme, label });
    made.textContent = words;
    if (dir) made.dir = dir;
    find("move-to-list").append(made);
  }

  function fillMenu() {
    const list = find("move-to-list");
    const typed = field().value.trim();
    const like = (label) => label.toLocaleLowerCase().includes(typed.toLocaleLowerCase());
    const themes = all("#move-theme option").map((each) => [each.textContent, each.value]);
    list.replaceChildren();
    themes.filter(([label, theme]) => theme && like(label)).forEach(([label, theme]) => option(label, theme, "", "auto"));
    const known = themes.some(([label]) => label.toLocaleLowerCase() === typed.toLocaleLowerCase());
    if (typed && !known) option(list.dataset.new.replace("{label}", typed), "", typed, "");
    if (!typed || like(list.dataset.none)) option(list.dataset.none, "", "", "");
    mark(0);
  }

  function mark(place) {
    const options = all("[role=option]", find("move-to-list"));
    const wanted = options[(place + options.length) % (options.length || 1)];
    options.forEach((each) => each.setAttribute("aria-selected", each === wanted));
    if (wanted) field().setAttribute("aria-activedescendant", wanted.id);
    else field().removeAttribute("aria-activedescendant");
    wanted?.scrollIntoView({ block: "nearest" });
  }

  function take(made) {
    if (!made) return;
    dialog().close();
    move(moving, made.dataset.theme, made.dataset.label);
  }

  function menuKey(event) {
    const options = all("[role=option]", find("move-to-list"));
    const place = options.findIndex((each) => each.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown") mark(place + 1);
    else if (event.key === "ArrowUp") mark(place - 1);
    else if (event.key === "Enter") take(options[place]);
    else return;
    event.preventDefault();
  }

  // ---- Keys

  function letters() {
    try {
      return localStorage.getItem("eventkit:letters") !== "off";
    } catch {
      return true;
    }
  }

  function press(event) {
    if (event.target === field()) return menuKey(event);
    if (event.defaultPrevented || dialog().open) return undefined;
    const typing = event.target.matches("input:not([type=checkbox]), select, textarea");
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !typing) return act(event, undo);
    if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
    if (typing) {
      if (event.target.id === "search" && event.key === "ArrowDown") act(event, () => focus(inList(find("loose").querySelector("[data-list]"))[0]));
      return undefined;
    }
    const note = current();
    if (note && /^(Arrow|Home$|End$)/.test(event.key)) return act(event, () => step(note, event.key));
    if (!letters()) return undefined;
    const theme = /^[0-9]$/.test(event.key) && root().querySelector(`[data-number="${event.key}"]`);
    if (theme) return act(event, () => move(subject(), theme.dataset.theme));
    const keys = { m: openMenu, "/": () => find("search").focus(), u: undo, x: () => note && boxOf(note).click() };
    return keys[event.key] && act(event, keys[event.key]);
  }

  function act(event, verb) {
    event.preventDefault();
    if (!event.repeat || event.key.startsWith("Arrow")) verb();
  }

  // Before the console's own keys, to which the arrows and letters are steps of the programme.
  document.addEventListener("keydown", press, true);

  // ---- Pointer and forms

  let shifted = false;
  document.addEventListener("mousedown", (event) => {
    shifted = event.shiftKey;
    if (event.shiftKey && event.target.closest(NOTE)) event.preventDefault();
  });

  document.addEventListener("change", (event) => {
    const note = event.target.matches("input[name=note]") && event.target.closest(NOTE);
    if (!note) return;
    if (shifted && anchor) chooseTo(note);
    else choose(note, event.target.checked);
    shifted = false;
    anchor = idOf(note);
    remember(note);
    draw();
  });

  document.addEventListener("focusin", (event) => {
    const note = event.target.closest(NOTE);
    if (note) remember(note);
    else if (event.target !== document.body && !event.target.closest("dialog")) at.focused = false;
    if (note) drawStops();
  });

  document.addEventListener("click", (event) => {
    const made = event.target.closest("#move-to [role=option]");
    if (made) take(made);
    if (event.target.closest("[data-close]")) dialog().close();
    if (event.target.closest("[data-move-to]")) openMenu();
    if (event.target.closest("[data-clear]")) chosen.clear();
    if (event.target.closest("[data-select-found]")) inList(find("loose").querySelector("[data-list]")).forEach((note) => choose(note, true));
    if (event.target.closest("[data-clear], [data-select-found]")) draw();
    for (const more of all("details.more[open]")) if (!more.contains(event.target)) more.open = false;
  });

  document.addEventListener("input", (event) => {
    if (event.target.id === "search") draw();
    if (event.target === field()) fillMenu();
  });

  document.addEventListener("submit", (event) => {
    const form = event.target.closest("[data-press]");
    if (!form) return;
    event.preventDefault();
    const button = event.submitter;
    const fields = new URLSearchParams(new FormData(form, button));
    const undone = mine.findIndex((each) => each[1] === fields.get("batch"));
    if (undone >= 0) mine.splice(undone, 1);
    send(button?.getAttribute("formaction") || form.getAttribute("action"), () => fields).then((done) => done && settle(form));
  });

  function settle(form) {
    for (const more of [form.closest("details.more"), ...all("details.more[open]")]) if (more) more.open = false;
    if (form.id === "group") chosen.clear();
    if (form.id === "new-theme") form.reset();
    draw();
  }

  // ---- Drag, the third way

  let dragged = [];
  document.addEventListener("dragstart", (event) => {
    const note = event.target.closest?.(NOTE);
    if (!note) return;
    dragged = chosen.has(idOf(note)) ? subject() : [idOf(note)];
    event.dataTransfer.setData("text/plain", note.textContent.trim());
    event.dataTransfer.effectAllowed = "move";
  });
  const over = (event) => dragged.length && event.target.closest?.("[data-theme]");
  document.addEventListener("dragover", (event) => {
    const pile = over(event);
    all(".over", root()).forEach((each) => each !== pile && each.classList.remove("over"));
    if (!pile) return;
    pile.classList.add("over");
    event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    const pile = over(event);
    if (pile) event.preventDefault();
    if (pile) move(dragged, pile.dataset.theme);
  });
  document.addEventListener("dragend", () => {
    dragged = [];
    all(".over", root()).forEach((each) => each.classList.remove("over"));
  });

  document.addEventListener("eventkit:frame", () => {
    if (!root()) return;
    const lost = at.focused && (document.activeElement === document.body || !document.activeElement.isConnected);
    for (const [id, list] of [...going]) if (!noteOf(id) || listOf(noteOf(id)) !== list) going.delete(id);
    draw();
    if (lost && !dialog().open) focusPlace();
  });

  find("search").closest("[data-mine]").hidden = false;
  draw();
})();
