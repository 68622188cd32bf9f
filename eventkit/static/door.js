// The door: a tap goes out without leaving the page, typing filters the list, and every quarter of a minute the page
// takes up what others have pressed. Without this file the same forms and links do it all.
"use strict";

(() => {
  const REFRESH = 15_000;
  const find = (id) => document.getElementById(id);

  // ---- Waiting for the menu of repairs

  if (document.querySelector("[data-waiting]")) {
    const look = async () => {
      const answer = await fetch(location.href).then((found) => found.text(), () => "data-waiting");
      if (answer.includes("data-waiting")) setTimeout(look, 1000);
      else location.reload();
    };
    setTimeout(look, 1000);
  }

  const door = document.querySelector("[data-door]");
  if (!door) return;
  const list = find("list");
  const field = find("q");
  const rows = () => [...list.querySelectorAll("li")];
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase();
  const words = new WeakMap(); // what a row is found by
  const served = new WeakMap(); // a row as the server sent it, whatever is hidden since
  let shown = list.elements.show.value;

  // ---- Filtering

  function known(row) {
    if (!words.has(row)) {
      served.set(row, row.outerHTML);
      words.set(row, `${row.dataset.plain} ${fold(row.querySelector(".who").textContent)}`);
    }
    return words.get(row);
  }

  function filter() {
    const sought = fold(field.value).split(/\s+/).filter(Boolean);
    let count = 0;
    for (const row of rows()) {
      const text = known(row);
      row.hidden = !(sought.every((word) => text.includes(word)) && (!shown || row.dataset.state === shown));
      count += row.hidden ? 0 : 1;
    }
    find("nobody").hidden = count > 0 || !rows().length;
    for (const link of find("tally").querySelectorAll("a")) {
      if (link.dataset.show === shown) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }

  // A list that the server has filtered holds not everybody, so its own links lead on.
  const whole = door.dataset.whole === "yes";
  door.addEventListener("click", (event) => {
    const link = whole && event.target.closest("#tally a");
    if (!link) return;
    event.preventDefault();
    shown = link.dataset.show;
    filter();
  });
  if (whole) field.addEventListener("input", filter);
  field.form.addEventListener("submit", (event) => {
    if (!whole) return;
    event.preventDefault();
    const left = rows().filter((row) => !row.hidden);
    const here = left.length === 1 && left[0].querySelector("button[name=here]");
    if (here && field.value.trim()) here.click();
  });

  // ---- Taps

  function say(text, wrong = false) {
    const said = find("said");
    said.textContent = text;
    said.classList.toggle("wrong", wrong);
  }

  function put(row) {
    const old = find(row.id);
    const focused = old?.contains(document.activeElement);
    if (old) old.replaceWith(row);
    else list.querySelector("ul").append(row);
    if (focused) row.querySelector("button")?.focus({ preventScroll: true });
  }

  function take(html) {
    const page = new DOMParser().parseFromString(html, "text/html");
    find("tally").replaceWith(page.getElementById("tally"));
    page.querySelectorAll("li[id^='person-']").forEach(put);
    say(page.getElementById("said")?.textContent || "");
    filter();
  }

  list.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = event.submitter;
    const row = button.closest("li");
    if (row.getAttribute("aria-busy")) return;
    row.setAttribute("aria-busy", "true");
    try {
      const body = new URLSearchParams([[button.name, button.value]]);
      const answer = await fetch(door.dataset.door, { method: "POST", body, headers: { "HX-Request": "true" } });
      const html = await answer.text();
      if (answer.ok) take(html);
      else say(new DOMParser().parseFromString(html, "text/html").body.textContent.trim(), true);
      if (answer.ok && field.value && matchMedia("(pointer: fine)").matches) field.select();
    } catch {
      say(find("said").dataset.offline, true);
    }
    row.removeAttribute("aria-busy");
  });

  // ---- What others press

  async function refresh() {
    if (document.hidden) return;
    const since = new URLSearchParams({ since: door.dataset.digest });
    const answer = await fetch(`${door.dataset.door}?${since}`).catch(() => null);
    if (answer?.status !== 200) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-door]");
    if (!fresh || document.querySelector("li[aria-busy]")) return;
    door.dataset.digest = fresh.dataset.digest;
    find("tally").replaceWith(page.getElementById("tally"));
    rows().forEach((row) => known(row) && !page.getElementById(row.id) && row.remove());
    let before = null;
    for (const row of [...page.querySelectorAll("#list li")].reverse()) {
      if (served.get(find(row.id)) !== row.outerHTML) put(row);
      const own = find(row.id);
      if (own.nextElementSibling !== before) list.querySelector("ul").insertBefore(own, before);
      before = own;
    }
    filter();
  }

  if (whole) setInterval(refresh, REFRESH);
  document.addEventListener("visibilitychange", () => whole && refresh());
  if (field.value || shown) filter();
  else rows().forEach(known);
})();
