// The mail page by keyboard, and what is to be right after htmx has swapped a column. Everything works without it.
"use strict";
(() => {
  const mail = document.getElementById("mail");
  const open = () => document.getElementById("open");
  const rows = () => [...document.querySelectorAll("#rows .row a")];

  // The column of a phone, and the mark in the list: both follow the conversation that is open.
  const follow = () => {
    mail.dataset.view = open().dataset.view;
    const current = open().dataset.id;
    for (const row of rows()) {
      if (row.id === `c${current}`) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
    }
    const list = document.getElementById("list");
    const row = document.getElementById(`c${current}`);
    if (!row || list.scrollHeight <= list.clientHeight) return;
    const [inner, outer] = [row.getBoundingClientRect(), list.getBoundingClientRect()];
    if (inner.top < outer.top || inner.bottom > outer.bottom) list.scrollTop += inner.top - outer.top - 80;
  };
  follow();
  document.addEventListener("htmx:afterSettle", (event) => {
    if (mail.contains(event.target)) document.getElementById("refused").hidden = true;
    follow();
    const said = document.getElementById("said");
    if (event.target.matches(".message")) event.target.focus({ preventScroll: true });
    else if (event.target.id !== "open") return;
    else if (said) said.focus();
    else document.getElementById("open-title")?.focus({ preventScroll: true });
  });
  document.addEventListener("htmx:historyRestore", () => {
    follow();
    (document.getElementById("open-title") ?? document.getElementById("content")).focus({ preventScroll: true });
  });
  document.addEventListener("htmx:historyCacheMissLoadError", () => location.reload());

  // A note that is typed and not saved is not swapped away without a word.
  const note = () => document.getElementById("note");
  const isTyped = () => note() && note().value !== note().form.elements.seen_note.value;
  document.addEventListener("htmx:beforeRequest", (event) => {
    const { elt, target } = event.detail;
    if (target.id !== "open" || elt.id === "decide" || !isTyped()) return;
    if (!confirm("The note is not saved. Leave it?")) event.preventDefault();
  });
  window.addEventListener("beforeunload", (event) => {
    if (isTyped()) event.preventDefault();
  });

  const keys = document.getElementById("keys");
  const step = (by) => {
    const all = rows();
    const from = all.indexOf(document.activeElement);
    const current = from >= 0 ? from : all.findIndex((row) => row.hasAttribute("aria-current"));
    const next = all[current < 0 ? 0 : current + by];
    if (!next) return;
    // On a phone, with a conversation open, the list is not there to be moved in.
    if (next.offsetParent) next.focus();
    else next.click();
  };
  const actions = {
    j: () => step(1),
    k: () => step(-1),
    "/": () => document.getElementById("q")?.focus(),
    "?": () => keys.showModal(),
  };
  document.addEventListener("keydown", (event) => {
    const action = actions[event.key];
    const isTyping = event.target.closest("input, textarea, select, [contenteditable]");
    if (!action || isTyping || keys.open || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    action();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("#show-keys")) keys.showModal();
    else if (event.target.closest("#close-keys")) keys.close();
  });
  document.documentElement.classList.add("has-keys");
})();
