// The page filters without this file; it adds following, copying, and times that keep up.
"use strict";
(() => {
  const KEPT = 500;
  const list = document.getElementById("entries");
  const button = document.getElementById("follow");
  const state = document.getElementById("follow-state");
  const isShown = new Set([...list.children].map((entry) => entry.dataset.id));
  let source = null;
  let last = "";
  let arrived = 0;

  const say = (text) => {
    state.textContent = text;
  };

  const ago = (moment) => {
    const seconds = Math.floor((Date.now() - moment) / 1000);
    if (Number.isNaN(seconds)) return "";
    if (seconds < 10) return "just now";
    for (const [size, unit] of [[86400, "day"], [3600, "hour"], [60, "minute"]]) {
      const count = Math.floor(seconds / size);
      if (count) return `${count} ${unit}${count === 1 ? "" : "s"} ago`;
    }
    return `${seconds} seconds ago`;
  };

  const keepUp = () => {
    for (const time of list.querySelectorAll("time")) {
      const text = ago(Date.parse(time.dateTime));
      if (time.textContent !== text) time.textContent = text;
    }
  };

  const insert = (event) => {
    last = event.lastEventId;
    if (isShown.has(last)) return;
    isShown.add(last);
    // Made by the server from the same template as the page, everything in it escaped.
    list.insertAdjacentHTML("afterbegin", event.data);
    list.firstElementChild.classList.add("new");
    document.getElementById("no-entries").hidden = true;
    arrived += 1;
    while (list.children.length > KEPT && !list.lastElementChild.querySelector("details").open) {
      isShown.delete(list.lastElementChild.dataset.id);
      list.lastElementChild.remove();
    }
  };

  const connect = () => {
    const address = new URL(button.dataset.stream, location.href);
    if (last) address.searchParams.set("after", last);
    source = new EventSource(address);
    source.addEventListener("open", () => say("Following: new entries appear at the top."));
    source.addEventListener("entry", insert);
    source.addEventListener("skipped", () => say("There was too much at once; reload the page to see all of it."));
    source.addEventListener("error", () => {
      say("rcmail does not answer; it is asked again by itself.");
      // The browser comes back by itself after a break, but not after an answer that is an error.
      if (source && source.readyState === EventSource.CLOSED) {
        source = null;
        setTimeout(() => button.getAttribute("aria-pressed") === "true" && !source && connect(), 3000);
      }
    });
  };

  const stop = () => {
    if (source) source.close();
    source = null;
    say(arrived ? `Stopped; ${arrived} new ${arrived === 1 ? "entry" : "entries"} came in.` : "Stopped.");
  };

  button.addEventListener("click", () => {
    const follow = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(follow));
    if (follow) {
      arrived = 0;
      say("Connecting …");
      connect();
    } else {
      stop();
    }
  });

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

  list.addEventListener("click", async (event) => {
    const pressed = event.target.closest("button.copy");
    if (!pressed) return;
    try {
      await copy(pressed.dataset.json);
      pressed.textContent = "Copied";
    } catch {
      pressed.textContent = "The browser does not let us copy";
    }
    pressed.focus();
    setTimeout(() => {
      pressed.textContent = "Copy as JSON";
    }, 2000);
  });

  button.hidden = false;
  list.classList.add("can-copy");
  setInterval(keepUp, 10000);
})();
