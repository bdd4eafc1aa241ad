/* Narrows the list of commitments. The page works without it: its links lead to a page for each value.
   All words come from the page; the state stands in the address. */
"use strict";
(function () {
  const box = document.querySelector(".narrow");
  if (!box || !window.URLSearchParams) return;
  const field = box.querySelector("input");
  const folds = box.querySelector("details");
  const said = box.querySelector("[role=status]");
  const clear = box.querySelector("button");
  const plans = document.querySelector(".title nav");
  const sections = Array.from(document.querySelectorAll("main section"));
  const languages = Array.from(document.querySelectorAll(".langs a"), (link) => [link, link.getAttribute("href")]);

  const fold = (text) => text.toLowerCase().replace(/ё/g, "е");
  const items = Array.from(document.querySelectorAll("li[data-is]"), (item) => ({
    item,
    is: item.dataset.is.split(" "),
    key: fold(Array.from(item.querySelectorAll("h3, .meta"), (part) => part.textContent).join(" ")),
  }));

  // the links of a facet become the options of a choice
  const choices = Array.from(folds.querySelectorAll("[data-facet]"), (facet, place) => {
    const label = document.createElement("label");
    const choice = document.createElement("select");
    choice.name = facet.dataset.facet;
    choice.id = label.htmlFor = "narrow-" + choice.name;
    choice.autocomplete = "off";
    label.textContent = facet.querySelector("summary").textContent;
    choice.add(new Option(box.dataset.any, ""));
    facet.querySelectorAll("a").forEach((link, number) => {
      const option = new Option(link.parentNode.textContent.trim(), link.getAttribute("href").split("/").slice(-2)[0]);
      option.dataset.is = place + "." + number;
      choice.add(option);
    });
    const line = document.createElement("p");
    line.append(label, choice);
    facet.replaceWith(line);
    return choice;
  });
  const controls = [field, ...choices];

  let count = items.length;

  function narrow() {
    const words = fold(field.value).split(/\s+/).filter(Boolean);
    const chosen = choices.filter((choice) => choice.value).map((choice) => choice.selectedOptions[0].dataset.is);
    count = 0;
    for (const { item, is, key } of items) {
      const fits = chosen.every((one) => is.includes(one)) && words.every((word) => key.includes(word));
      item.hidden = !fits;
      count += fits;
    }
    for (const section of sections) section.hidden = !section.querySelector("li:not([hidden])");
    clear.hidden = !controls.some((control) => control.value);
    if (plans) plans.hidden = !clear.hidden;
  }

  function tell() {
    let form = "other";
    try {
      form = new Intl.PluralRules(document.documentElement.lang).select(count);
    } catch (error) {
      // an old browser, or a language that it does not know
    }
    said.textContent = count ? (box.dataset[form] || box.dataset.other).replace("#", count) : box.dataset.none;
  }

  function keep() {
    const state = new URLSearchParams(location.search);
    for (const { name, value } of controls) {
      if (value) state.set(name, value);
      else state.delete(name);
    }
    const query = String(state) && "?" + state;
    for (const [link, href] of languages) link.setAttribute("href", href + query);
    try {
      history.replaceState(history.state, "", location.pathname + query + location.hash);
    } catch (error) {
      // a browser may refuse many changes in a short time: the next one keeps them
    }
  }

  function restore() {
    const state = new URLSearchParams(location.search);
    for (const control of controls) {
      control.value = state.get(control.name) || "";
      if (control.selectedIndex < 0) control.value = "";
    }
    if (choices.some((choice) => choice.value)) folds.open = true;
    narrow();
    keep();
    if (!clear.hidden) tell();
  }

  let waiting = 0;
  function change() {
    narrow();
    keep();
    clearTimeout(waiting);
    waiting = setTimeout(tell, 250);
  }

  for (const part of box.querySelectorAll("[hidden]")) part.hidden = false;
  box.addEventListener("input", change);
  clear.addEventListener("click", () => {
    for (const control of controls) control.value = "";
    change();
    field.focus();
  });
  window.addEventListener("pageshow", restore);
  window.addEventListener("popstate", restore);
  restore();
})();
