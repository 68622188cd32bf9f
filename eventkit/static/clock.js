// Time by the server's clock: counts the room's timer down, and on the console asks now and then how the day stands.
"use strict";

(() => {
  const find = (id) => document.getElementById(id);
  const MINUTE = 60000;
  let offset = null; // server's clock minus this browser's, in milliseconds
  let before = null; // what was left of the timer when last looked at; null: there was none
  let looked = false;

  // What comes late, or was cut to the second, only makes the server seem slower: the fastest is the truest. One that
  // is seconds off says that this browser's own clock was set anew.
  document.addEventListener("eventkit:heard", (event) => {
    const heard = Date.parse(event.detail ?? "") - Date.now();
    if (Number.isNaN(heard)) return;
    if (offset === null || heard > offset || offset - heard > 3000) offset = heard;
    tick();
  });

  function tick() {
    if (offset === null) return;
    const timer = find("time-left");
    const left = timer ? Date.parse(timer.dataset.until) - Date.now() - offset : null;
    if (timer) {
      const words = left > 0 ? timer.dataset.running.replace("{time}", written(left)) : timer.dataset.over;
      if (timer.textContent !== words) timer.textContent = words;
      timer.classList.toggle("over", left <= 0);
    }
    const news = looked && timer && worthSaying(left);
    if (news) find("announce").textContent = timer.dataset[news];
    before = left;
    looked = true;
  }

  // Heard three times by those who do not see it: when it starts, at one minute, and at the end.
  function worthSaying(left) {
    if (left <= 0) return before > 0 ? "over" : "";
    if (before === null || before <= 0) return "started";
    return left <= MINUTE && before > MINUTE ? "nearly" : "";
  }

  function written(milliseconds) {
    const seconds = Math.floor(milliseconds / 1000); // the offset can only say that too much is left
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  }

  async function askDay() {
    const day = document.querySelector("[data-mine=clock]");
    if (!day || document.visibilityState === "hidden") return;
    try {
      const answer = await fetch(day.dataset.src, { headers: { "HX-Request": "true" }, cache: "no-store" });
      if (answer.ok) day.innerHTML = await answer.text();
    } catch {
      // No network: the page says so, and this asks again.
    }
  }

  document.addEventListener("eventkit:frame", tick);
  document.addEventListener("visibilitychange", askDay);
  setInterval(tick, 250);
  setInterval(askDay, 10000);
  askDay();
})();
