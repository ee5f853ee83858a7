// Everything works without this file; it tells when rcmail has gone quiet or refuses something.
"use strict";
(() => {
  const quiet = (hidden) => {
    document.getElementById("no-answer").hidden = hidden;
  };
  document.addEventListener("htmx:sendError", () => quiet(false));
  document.addEventListener("htmx:afterOnLoad", () => quiet(true));
  // A button that is disabled while its request runs loses the focus: who works by keyboard gets it back.
  let focused = null;
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.elt === document.activeElement) focused = event.detail.elt;
  });
  document.addEventListener("htmx:afterOnLoad", (event) => {
    if (event.detail.elt !== focused) return;
    focused = null;
    setTimeout(() => document.activeElement === document.body && event.detail.elt.focus());
  });
  document.addEventListener("htmx:responseError", (event) => {
    const status = event.detail.xhr.status;
    event.detail.target.textContent = `rcmail could not do that (status ${status}). Reload the page and try again.`;
  });
})();
