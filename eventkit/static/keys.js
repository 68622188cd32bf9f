// Clicker and keyboard. The console acts on a key; the screen hands its keys to the console of the same browser and
// has no rights of its own. Nobody skips a step by holding a key or pressing twice.
"use strict";

(() => {
  const body = document.body;
  const onConsole = body.classList.contains("console");
  const channel = window.BroadcastChannel ? new BroadcastChannel(`eventkit:${body.dataset.code}`) : null;
  const find = (id) => document.getElementById(id);
  const STEPS = { PageDown: "forward", ArrowRight: "forward", " ": "forward", PageUp: "back", ArrowLeft: "back" };
  const PAGES = { ArrowDown: "page-on", ArrowUp: "page-back" }; // where the screen has pages; else they scroll
  const LETTERS = { q: "join-code", t: "timer", b: "blank", r: "again", f: "full", "?": "help" };
  const SIGNS = { "+": "larger", "=": "larger", "-": "smaller", "−": "smaller" };
  const ANSWERS = { forward: "[data-answer=yes]", back: "[data-answer=no]" };
  const CONTROLS = "button, a, summary, input, select, textarea, dialog, [contenteditable]";
  let last = 0;
  let unanswered = false;

  // A press shows at once that it was taken, also where the network is slow.
  function awaitAnswer(waiting) {
    unanswered = waiting;
    body.toggleAttribute("data-pressed", waiting);
  }

  function lettersOn() {
    try {
      return localStorage.getItem("eventkit:letters") !== "off";
    } catch {
      return true;
    }
  }

  function commandOf(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return "";
    const target = event.target;
    if (target.matches("input:not([type=checkbox]), select, textarea, [contenteditable]")) return "";
    if ((event.key === " " || event.key === "Enter") && target.closest(CONTROLS)) return "";
    const page = PAGES[event.key];
    if (page) return !onConsole || find(page) ? page : "";
    return STEPS[event.key] || (lettersOn() && (LETTERS[event.key.toLowerCase()] || SIGNS[event.key])) || "";
  }

  function fullScreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen?.().catch(() => {});
  }

  const tooSoon = () => unanswered || Date.now() - last < 400;

  function press(command) {
    if (!onConsole) return channel?.postMessage(command);
    if (tooSoon()) return;
    if (command === "help") return find("help").open ? find("help").close() : find("help").showModal();
    if (find("help").open) return;
    const asked = find("ask").querySelector(".question");
    if (asked && !ANSWERS[command]) return;
    const button = asked || find(command);
    button?.querySelector(asked ? ANSWERS[command] : "button:not(:disabled)")?.click();
  }

  document.addEventListener("keydown", (event) => {
    const command = commandOf(event);
    if (!command) return;
    event.preventDefault();
    if (event.repeat) return;
    if (command === "full") fullScreen();
    else press(command);
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-full]")) fullScreen();
    if (event.target.closest("[data-help]")) find("help").showModal();
    if (event.target.closest("[data-answer=no]")) {
      event.preventDefault();
      settleQuestion(true);
    }
  });

  if (!onConsole) return;
  if (channel) channel.onmessage = (event) => press(event.data);

  // One guard for keys, clicks and the screen's keys alike.
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-command]")) return;
    if (tooSoon()) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    last = Date.now();
  }, true);
  document.addEventListener("htmx:beforeSend", ({ target, detail }) => {
    if (!target.matches("[data-command]")) return;
    awaitAnswer(true);
    // The request itself says that it has ended: a frame may take its form away before, and htmx would tell nobody.
    detail.xhr.addEventListener("loadend", () => awaitAnswer(false));
  });
  document.addEventListener("htmx:afterRequest", () => settleQuestion(false));

  // A press that came to nothing must not look like one that worked.
  for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(failure, () => find("ask").replaceChildren(find("failed").content.cloneNode(true)));
  }

  // A question makes everything behind it inert, and its safe answer has the focus.
  function settleQuestion(empty) {
    const ask = find("ask");
    if (empty) {
      ask.replaceChildren();
      last = Date.now();
    }
    const question = ask.querySelector(".question");
    const had = find("frame").inert;
    find("frame").inert = Boolean(question);
    if (question) question.querySelector("[data-answer=no]").focus();
    else if (had) find("forward")?.querySelector("button").focus();
  }

  // A question about a step that the room has left is no longer a question.
  document.addEventListener("eventkit:frame", () => {
    const asked = find("ask").querySelector("[name=version]");
    if (asked && asked.value !== find("forward")?.querySelector("[name=version]").value) settleQuestion(true);
  });

  // The programme is longer than its place: the step that is on stays in sight.
  let shown = null;
  function inSight() {
    const step = document.querySelector(".programme [aria-current]");
    if (step === shown || getComputedStyle(step.closest("nav")).overflowY !== "auto") return;
    shown = step;
    step.scrollIntoView({ block: "nearest" });
  }
  document.addEventListener("eventkit:frame", inSight);
  inSight();

  const letters = find("letters");
  letters.checked = lettersOn();
  letters.addEventListener("change", () => {
    try {
      localStorage.setItem("eventkit:letters", letters.checked ? "on" : "off");
    } catch {
      // It stays on: this browser keeps nothing.
    }
  });
})();
