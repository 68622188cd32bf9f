// What the form of a ballot holds, whatever its format: its named fields, apart from the key and the number of the vote.
// An answer is a plain object of them, so that it can wait in this browser and be put back as it was.
"use strict";

const Answer = (() => {
  const apart = ["epoch", "seq"];
  const fields = (form) => [...form.elements].filter((field) => field.name && !apart.includes(field.name));
  const ticks = (field) => ["radio", "checkbox"].includes(field.type);
  const isDots = (name) => name.startsWith("dots-"); // how many a note got; "0" is as good as not said
  const places = (form) => fields(form).filter((field) => field.name.startsWith("place-"));

  function of(form) {
    const answer = {};
    for (const field of fields(form)) if (!ticks(field) || field.checked) answer[field.name] = field.value;
    for (const [name, value] of Object.entries(answer)) if (isDots(name) && value === "0") delete answer[name];
    return answer;
  }

  // False where the form has no such answer, because the question was corrected meanwhile.
  function put(form, answer) {
    const holds = ([name, value]) =>
      fields(form).some((field) => field.name === name && (!ticks(field) || field.value === value));
    if (!Object.entries(answer).every(holds)) return false;
    for (const field of fields(form)) {
      if (ticks(field)) field.checked = answer[field.name] === field.value;
      else field.value = answer[field.name] ?? (isDots(field.name) ? "0" : "");
    }
    return true;
  }

  // The number that was typed, NaN if it is none; the server reads more, and decides.
  function number(typed) {
    const plain = typed.replace(/[\s,£%]/g, "").replace("−", "-");
    return plain ? Number(plain) : NaN;
  }

  // Thousands parted, as the server writes them.
  const grouped = (value) => String(value).replace(/\B(?<!\.\d*)(?=(\d{3})+(?!\d))/g, ",");

  // The notes that got dots, 16 digits each, once for every dot.
  function given(choice) {
    const answer = {};
    for (const id of choice.match(/.{16}/g)) answer[`dots-${id}`] = String(Number(answer[`dots-${id}`] ?? 0) + 1);
    return answer;
  }

  // What the server has on disk for this phone, as the answer that it was; null if nothing.
  function recorded(form) {
    const choice = form.dataset.recorded;
    if (!choice) return null;
    if (form.dataset.dots) return given(choice);
    const order = places(form);
    if (choice === "not_sure" || (!order.length && !form.elements.number)) return { option: choice };
    if (!order.length) return { number: grouped(choice) };
    return Object.fromEntries(order.map(({ name }) => [name, String(choice.indexOf(name.slice("place-".length)) + 1)]));
  }

  // As the server would keep it, if it took it as it stands.
  function meaning(form, answer) {
    if (answer.option) return answer.option;
    if (form.dataset.dots) return Object.entries(answer).map((pair) => pair.join()).sort().join();
    if (answer.number !== undefined) return String(number(answer.number));
    const ids = places(form).map(({ name }) => name);
    return ids.map((name, i) => ids.find((id) => answer[id] === String(i + 1))?.slice("place-".length)).join("");
  }

  function same(form, answer) {
    const mine = recorded(form);
    return Boolean(mine && answer) && meaning(form, answer) === meaning(form, mine);
  }

  // The same, or what the server makes of it: it rounds a number to the poll's step.
  function covers(form, answer) {
    if (same(form, answer)) return true;
    const step = Number(form.querySelector("[data-step]")?.dataset.step);
    if (!step || !answer || answer.option || form.dataset.recorded === "not_sure") return false;
    return Math.abs(number(answer.number) - Number(form.dataset.recorded)) <= step * 0.5000001;
  }

  return { of, put, number, grouped, recorded, same, covers };
})();
