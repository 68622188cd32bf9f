// Presses the one button of a page that exists only to exchange a link for a cookie. Without JavaScript the reader
// presses it: a link that a messenger or a scanner opens in passing must not use the link up.
"use strict";

const start = document.querySelector("form[data-start]");
// Without cookies the page that follows would lead back here, and in again, for ever.
if (start && navigator.cookieEnabled) start.submit();
if (start && !navigator.cookieEnabled) document.getElementById("no-cookies").hidden = false;
