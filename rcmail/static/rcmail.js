// Everything works without this file; it tells when rcmail has gone quiet or refuses something.
"use strict";
(() => {
  const quiet = (hidden) => {
    document.getElementById("no-answer").hidden = hidden;
  };
  document.addEventListener("htmx:sendError", () => quiet(false));
  document.addEventListener("htmx:afterOnLoad", () => quiet(true));
  document.addEventListener("htmx:responseError", (event) => {
    const status = event.detail.xhr.status;
    event.detail.target.textContent = `rcmail could not do that (status ${status}). Reload the page and try again.`;
  });
})();
