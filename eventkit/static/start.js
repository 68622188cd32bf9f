// Presses the one button of a page that exists only to exchange a link for a cookie. Without JavaScript the reader
// presses it: a link that a messenger or a scanner opens in passing must not use the link up.
"use strict";

const start = document.querySelector("form[data-start]");
if (start) start.submit();
