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

  // A button with data-copy copies the text that stands there.
  const copy = async (text) => {
    // Plain http in the home network: there is no navigator.clipboard there.
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const field = document.createElement("textarea");
    field.value = text;
    field.setAttribute("readonly", "");
    field.className = "copying";
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    if (!done) throw new Error("refused");
  };
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    button.dataset.label ??= button.textContent;
    try {
      await copy(button.dataset.copy);
      button.textContent = "Copied";
    } catch {
      button.textContent = "The browser does not let us copy";
    }
    button.focus();
    setTimeout(() => {
      button.textContent = button.dataset.label;
    }, 2000);
  });
  document.documentElement.classList.add("can-copy");
})();
