// An answer is never lost between the press and the server's disk: it stays in this browser until the server has
// recorded it, goes again when the network returns, and again under a new key when the server lost the old one.
"use strict";

(() => {
  // What was answered in a rehearsal must never be sent again to the event itself.
  const shelf = `vote:${document.body.dataset.live}:${document.body.dataset.rehearsal ? "rehearsal:" : ""}`;
  const memory = new Map(); // where localStorage is closed to us (private windows)
  const picked = new Map(); // chosen but not sent, by the name of the vote
  const again = new Map(); // timers of the next attempt
  const closed = () => document.getElementById("stage").classList.contains("closed");
  const ballots = () => document.querySelectorAll("form[data-vote]");

  function read(name) {
    try {
      const kept = JSON.parse(localStorage.getItem(shelf + name));
      return kept?.answer ? kept : memory.get(name);
    } catch {
      return memory.get(name);
    }
  }

  function keep(name, vote) {
    memory.set(name, vote);
    try {
      localStorage.setItem(shelf + name, JSON.stringify(vote));
    } catch {
      // Kept in memory: it lasts as long as this page.
    }
  }

  function forget(name) {
    memory.delete(name);
    try {
      localStorage.removeItem(shelf + name);
    } catch {
      // Nothing was kept there.
    }
  }

  // What the room has left behind is not kept on anybody's phone.
  function tidy() {
    const names = [...memory.keys()];
    try {
      names.push(...Object.keys(localStorage).filter((k) => k.startsWith(shelf)).map((k) => k.slice(shelf.length)));
    } catch {
      // Only memory, then.
    }
    const here = [...document.querySelectorAll("[data-mine]")].map((node) => node.dataset.mine);
    for (const name of names) if (!here.some((mine) => mine.startsWith(`${name}-e`))) forget(name);
  }

  function state(form, word) {
    form.dataset.state = word;
  }

  // Told once, in the page's own status line: the ballot is replaced, so it cannot speak for itself.
  function say(form) {
    const receipt = form.querySelector(`.receipt.${form.dataset.state} p`);
    if (receipt) document.getElementById("announce").textContent = receipt.innerText;
  }

  function send(form, wait) {
    const name = form.dataset.vote;
    clearTimeout(again.get(name));
    again.set(name, setTimeout(() => resend(name), wait));
  }

  function resend(name) {
    const form = document.querySelector(`form[data-vote="${CSS.escape(name)}"]`);
    const vote = read(name);
    if (!form || !vote || !["waiting", "again"].includes(form.dataset.state) || !Answer.put(form, vote.answer)) return;
    form.querySelector(".send").click();
  }

  function choose(form, answer, word) {
    if (!Answer.put(form, answer)) return false;
    state(form, word);
    return true;
  }

  // Refused stays on the page until voting opens again; then the person decides, not this script.
  function refuse(form) {
    form.querySelector("fieldset").disabled = true;
    if (closed()) form.dataset.seen = "closed";
    if (closed() || !form.dataset.seen) return forget(form.dataset.vote);
    delete form.dataset.seen;
    form.querySelector("fieldset").disabled = false;
    state(form, "open");
  }

  // The server wants a word from the person: nothing goes by itself until they send again.
  function hold(form) {
    const vote = read(form.dataset.vote);
    if (vote && !vote.sent) keep(form.dataset.vote, { ...vote, held: true });
  }

  // Brings a ballot to what this browser knows of it: after loading, after each answer, after each frame.
  function settle(form) {
    settleState(form);
    form.dispatchEvent(new Event("eventkit:answer", { bubbles: true }));
  }

  function settleState(form) {
    if (form.dataset.state === "refused") return refuse(form);
    if (["asked", "problem"].includes(form.dataset.state)) {
      hold(form);
      if (!closed()) return;
      state(form, "open");
    }
    const busy = ["sending", "waiting"].includes(form.dataset.state);
    form.querySelector("fieldset").disabled = closed() && !busy;
    if (busy) return;
    const name = form.dataset.vote;
    const mine = Answer.recorded(form);
    let vote = read(name);
    if (mine && (!vote || vote.sent || vote.heard > 1 || Answer.covers(form, vote.answer))) {
      vote = { epoch: form.dataset.epoch, answer: mine, sent: true };
      keep(name, vote);
    }
    if (closed()) settleClosed(form, mine, vote);
    else settleOpen(form, mine, vote);
  }

  function settleClosed(form, mine, vote) {
    if (mine) choose(form, mine, "recorded");
    else if (vote && !vote.sent && choose(form, vote.answer, "refused")) refuse(form);
  }

  function settleOpen(form, mine, vote) {
    const wish = picked.get(form.dataset.vote);
    if (wish && !Answer.same(form, wish) && choose(form, wish, "open")) return;
    const unheard = vote && (!vote.sent || (!mine && vote.epoch !== form.dataset.epoch));
    if (unheard && vote.held) return choose(form, vote.answer, "open");
    const word = form.dataset.state === "again" ? "again" : "waiting";
    if (unheard && choose(form, vote.answer, word)) return send(form, Math.random() * 2000);
    if (form.dataset.state === "again") state(form, "open");
  }

  function settleAll() {
    for (const form of ballots()) settle(form);
    tidy();
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.dataset.vote) return;
    const { heard } = read(form.dataset.vote) ?? {};
    picked.delete(form.dataset.vote);
    keep(form.dataset.vote, { epoch: form.dataset.epoch, answer: Answer.of(form), sent: false, heard });
    if (form.dataset.state !== "waiting") state(form, "sending");
  }, true);

  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-vote]");
    if (!form) return;
    const answer = Answer.of(form);
    if (read(form.dataset.vote)?.held) forget(form.dataset.vote);
    picked.set(form.dataset.vote, answer);
    if (form.dataset.state === "sending") return;
    state(form, Answer.same(form, answer) ? "recorded" : "open");
  });

  document.addEventListener("htmx:load", (event) => {
    const form = event.detail.elt.closest?.("form[data-vote]");
    if (!form) return;
    hear(form);
    settle(form);
    say(form);
  });

  // Asked twice, the server has recorded something else twice: then what it has is what counts.
  function hear(form) {
    const vote = read(form.dataset.vote);
    if (form.dataset.state === "recorded" && vote && !vote.sent) keep(form.dataset.vote, { ...vote, heard: (vote.heard ?? 0) + 1 });
  }

  // No answer, or one that says "not now": the phone keeps the answer and tries again.
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.elt;
    if (!form.dataset?.vote || !form.isConnected) return;
    const status = event.detail.xhr.status;
    if (status !== 0 && status !== 429 && status < 500) return;
    const news = form.dataset.state !== "waiting";
    state(form, "waiting");
    if (news) say(form);
    send(form, 3000 + Math.random() * 3000);
  });

  document.addEventListener("eventkit:frame", settleAll);
  document.addEventListener("eventkit:heard", () => {
    for (const form of ballots()) if (form.dataset.state === "waiting") send(form, Math.random() * 1000);
  });
  settleAll();
})();
