// Everything works without this file; it tells when rcmail has gone quiet or refuses something.
"use strict";
(() => {
  const quiet = (hidden) => {
    document.getElementById("no-answer").hidden = hidden;
  };
  document.addEventListener("htmx:sendError", () => quiet(false));
  document.addEventListener("htmx:afterOnLoad", () => quiet(true));
  // Busy, not disabled: a disabled button would lose the focus of who works by keyboard.
  document.addEventListener("htmx:beforeRequest", (event) => event.detail.elt.setAttribute("aria-busy", "true"));
  document.addEventListener("htmx:afterRequest", (event) => event.detail.elt.removeAttribute("aria-busy"));
  document.addEventListener("htmx:responseError", (event) => {
    const status = event.detail.xhr.status;
    event.detail.target.textContent = `rcmail could not do that (status ${status}). Reload the page and try again.`;
  });
})();
