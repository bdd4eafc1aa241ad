"use strict";
/* The script of every page; the build puts it before each other script, so that a page loads one. */

/* What the calendar says was computed on a day; of a page that nobody has computed anew for long, this is said. */
(function () {
  const notice = document.querySelector("[data-old]");
  const day = notice && notice.querySelector("time");
  if (!day || Date.now() - Date.parse(day.dateTime) < 40 * 24 * 3600 * 1000) return;
  const told = document.createElement("b");
  told.className = "due";
  told.textContent = notice.dataset.old;
  notice.append(" ", told);
})();

/* Offers to copy the address of the page; without it the address stands there to be copied by hand. */
(function () {
  const line = document.querySelector("[data-copy]");
  if (!line || line.querySelector("button")) return;
  const link = line.querySelector("a");
  const button = document.createElement("button");
  const told = document.createElement("span");
  button.type = "button";
  button.textContent = line.dataset.copy;
  told.setAttribute("role", "status");
  line.append(" ", button, " ", told);

  function address() {
    const shown = link.textContent;
    return shown.includes("://") ? shown : link.href.replace(/^(https?:.*\/)index\.html$/, "$1");
  }

  /* Older way, and the only one on a page without https: copies what is selected. */
  function byHand() {
    const text = document.createElement("textarea");
    text.value = address();
    text.readOnly = true;
    line.append(text);
    text.select();
    const done = document.execCommand("copy");
    text.remove();
    if (!done) getSelection().selectAllChildren(link);
    button.focus();
    told.textContent = done ? line.dataset.copied : line.dataset.selected;
  }

  button.addEventListener("click", function () {
    told.textContent = "";
    if (!navigator.clipboard) return byHand();
    navigator.clipboard.writeText(address()).then(function () {
      told.textContent = line.dataset.copied;
    }, byHand);
  });
})();
