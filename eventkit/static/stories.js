// A note to the table's record that did not reach the server stays in its field, and says so.
"use strict";

for (const failure of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.addEventListener(failure, (event) => {
    const form = event.target.closest?.(".story-note");
    if (!form) return;
    for (const said of form.querySelectorAll(".problem, .sent")) said.hidden = !said.matches(".not-sent");
  });
}
