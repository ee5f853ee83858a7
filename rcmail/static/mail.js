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

  // A draft saves itself while it is typed. What is not saved yet is saved before the column is swapped away.
  const draft = () => document.querySelector("textarea#draft-text");
  let [saved, sending, waiting] = [null, null, []];
  const stored = () => (draft() && saved?.of === draft() ? saved.text : draft()?.defaultValue);
  const isDraftTyped = () => Boolean(draft()) && draft().value !== stored();
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.elt === draft()) sending = { of: draft(), text: draft().value };
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (!sending || event.detail.elt !== sending.of) return;
    if (event.detail.xhr.status === 200) saved = sending;
    sending = null;
    const resumed = waiting;
    waiting = [];
    for (const resume of resumed) setTimeout(resume);
  });
  document.addEventListener("htmx:confirm", (event) => {
    const { elt, target, issueRequest } = event.detail;
    if (target?.id !== "open" || elt.closest("#draft-form") || !isDraftTyped()) return;
    event.preventDefault();
    waiting.push(() => {
      if (!isDraftTyped() || confirm("The draft is not saved. Leave it?")) issueRequest(true);
    });
    draft().dispatchEvent(new Event("save-now"));
  });
  // A hint that is typed is not swapped away by a draft that comes.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const hint = document.getElementById("hint");
    if (event.detail.target.id === "draft" && document.activeElement === hint && hint?.value) {
      event.detail.shouldSwap = false;
    }
  });
  // A phone may end the page once another one is in front of it.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && isDraftTyped()) draft().dispatchEvent(new Event("save-now"));
  });
  let isSubmitting = false;
  document.addEventListener("submit", () => {
    isSubmitting = true;
    setTimeout(() => {
      isSubmitting = false;
    }, 1000);
  });
  window.addEventListener("beforeunload", (event) => {
    if (isDraftTyped() && !isSubmitting) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    const place = event.target.closest(".to-place");
    if (!place) return;
    const [start, end] = [Number(place.dataset.start), Number(place.dataset.end)];
    draft().focus();
    draft().setSelectionRange(start, end);
    draft().scrollTop = (draft().scrollHeight * draft().value.slice(0, start).split("\n").length) / (draft().value.split("\n").length + 1) - 60;
  });
  const reply = () => {
    const column = document.querySelector(".reply-column");
    if (!column || column.offsetParent) return Boolean(column);
    document.querySelector(".to-reply a").click(); // on a phone it is a page of its own
    return false;
  };
  const edit = () => {
    if (!reply()) return;
    if (draft()) draft().focus();
    else document.getElementById("edit-again")?.click();
  };
  const approve = () => {
    if (reply()) document.getElementById("approve")?.click();
  };

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
    e: edit,
    a: approve,
    "/": () => document.getElementById("q")?.focus(),
    "?": () => keys.showModal(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target === draft()) {
      event.preventDefault();
      approve();
      return;
    }
    if (event.key === "Escape" && event.target === draft()) draft().blur(); // to the other keys
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
