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
  // What stands in a data-keep is not swapped away by an answer that is an error: it is told above.
  document.addEventListener("htmx:responseError", (event) => {
    const status = event.detail.xhr.status;
    const refused = event.detail.target.closest("[data-keep]") && document.getElementById("refused");
    const place = refused || event.detail.target;
    place.textContent =
      refused && status === 503
        ? "The database does not answer just now, so nothing was changed. What you see is from before."
        : `rcmail could not do that (status ${status}). Reload the page and try again.`;
    place.hidden = false;
  });

  // A button with data-copy copies the text that stands there, one with data-copy-from what the element of that id has.
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
    const button = event.target.closest("[data-copy], [data-copy-from]");
    if (!button) return;
    button.dataset.label ??= button.textContent;
    const source = document.getElementById(button.dataset.copyFrom);
    try {
      await copy(source ? (source.value ?? source.textContent) : button.dataset.copy);
      button.textContent = "Copied";
    } catch {
      button.textContent = "The browser does not let us copy";
      if (source) {
        if (source.select) source.select();
        else getSelection().selectAllChildren(source);
        button.textContent = "Marked: copy it with Ctrl+C";
      }
    }
    button.focus();
    setTimeout(() => {
      button.textContent = button.dataset.label;
    }, 2000);
  });
  document.documentElement.classList.add("can-copy");

  // What was typed into a form with data-unsaved, and is not saved yet, is not dropped without a word.
  for (const form of document.querySelectorAll("form[data-unsaved]")) {
    const typed = () => new URLSearchParams(new FormData(form)).toString();
    const atFirst = form.dataset.unsaved === "yes" ? null : typed();
    let isSending = false;
    form.addEventListener("submit", () => {
      isSending = true;
    });
    window.addEventListener("beforeunload", (event) => {
      if (!isSending && typed() !== atFirst) event.preventDefault();
    });
  }
})();
