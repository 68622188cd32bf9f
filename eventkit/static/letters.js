// The facilitator's text size on the screen: the page grows as far as everything on it still stands in its place.
// Without this script it keeps its usual size, at which nothing is ever cut off.
"use strict";

(() => {
  const SIZES = { "-1": 0.9, 0: 1, 1: 1.12, 2: 1.25, 3: 1.4 };
  const STEP = 0.03;
  const REVEAL = 1.12; // at most: from one figure to the next the picture should hardly move
  const AIR = 0.02; // of the projection's height, between what stands apart
  const EDGE = 12; // a marked row's frame stands out over it
  const SHORTEST_PLOT = 0.15; // of the projection's height: below, bars no longer tell their story
  const ROOMS = ".rows li, .choice-rows li, .choices li, .tag, .figure-line";

  function fit() {
    const stage = document.getElementById("stage");
    const wanted = SIZES[stage.dataset.letters] ?? 1;
    let size = stage.matches(".reveal") ? Math.min(wanted, REVEAL) : wanted;
    stage.style.zoom = size;
    while (size > 1 && !holds(stage)) {
      size = Math.max(1, size - STEP);
      stage.style.zoom = size;
    }
  }

  function holds(stage) {
    // Older browsers measure within a page that has grown as if it had not.
    const scale = innerHeight / stage.getBoundingClientRect().height;
    const parts = [...stage.children].filter((part) => !part.matches(".visually-hidden"));
    const filled = parts.map((part) => ({ over: part.matches("aside"), ...extent(part, scale) }));
    const inside = filled.every((box) => box.top > innerHeight * AIR && box.bottom < innerHeight && box.right < innerWidth + 1);
    const plots = [...stage.querySelectorAll(".plot .field")];
    return (
      inside &&
      !filled.some((one, at) => filled.slice(at + 1).some((other) => !one.over && !other.over && meet(one, other))) &&
      [...stage.querySelectorAll(ROOMS)].every(roomy) &&
      plots.every((plot) => plot.getBoundingClientRect().height * scale > innerHeight * SHORTEST_PLOT)
    );
  }

  const roomy = (room) => room.scrollHeight <= room.clientHeight + EDGE && room.scrollWidth <= room.clientWidth + EDGE;

  // Where the words and drawings of a part stand, whatever its own box says.
  function extent(part, scale) {
    const box = { top: Infinity, bottom: 0, left: Infinity, right: 0 };
    const grow = (rect) => {
      if (rect.width < 2) return;
      box.top = Math.min(box.top, rect.top * scale);
      box.bottom = Math.max(box.bottom, rect.bottom * scale);
      box.left = Math.min(box.left, rect.left * scale);
      box.right = Math.max(box.right, rect.right * scale);
    };
    const words = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    while (words.nextNode()) {
      if (!words.currentNode.data.trim() || words.currentNode.parentElement.closest(".visually-hidden, .corner .timer, .timed")) continue;
      const range = document.createRange();
      range.selectNodeContents(words.currentNode);
      [...range.getClientRects()].forEach(grow);
    }
    for (const drawing of part.querySelectorAll("svg, .tag, .figure-line")) grow(drawing.getBoundingClientRect());
    if (part.matches(".promise")) grow(part.getBoundingClientRect()); // it has a line above its words
    return box;
  }

  function meet(one, other) {
    const air = innerHeight * AIR;
    const beside = one.left > other.right - 2 || other.left > one.right - 2;
    return !beside && one.top < other.bottom + air && other.top < one.bottom + air;
  }

  document.addEventListener("eventkit:frame", fit);
  addEventListener("resize", fit);
  fit();
})();
