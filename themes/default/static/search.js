/* Searches the index of one language, which it loads when the first word is asked for. No word and no language
   stands here: words come from the page, what is known of the language from the index (writers/search_index.py).
   The key of a word is that of site_builder/derive/search_key.py. What a reader types is only ever put as text. */
"use strict";
const siteSearch = (() => {
  const AT_ONCE = 20, MOST_WORDS = 8, SHORTEST = 3, LONGEST_TAIL = 4, IN_NAME = 3, A_WORD = 100;
  const files = {}, loading = {};

  const wordsOf = (text) => text.normalize("NFC").toLowerCase().match(/[\p{L}\p{N}]+/gu) || [];

  /* The words of a question; an ending joined by a hyphen or an apostrophe is no word of its own. */
  const asked = (text) => {
    const plain = text.normalize("NFC").replace(/([\p{L}\p{N}])['’‑-]\p{L}{1,4}(?![\p{L}\p{N}])/gu, "$1");
    return [...new Set(wordsOf(plain))].slice(0, MOST_WORDS);
  };

  const keyOf = (word, { alike, dropped, endings }) => {
    const read = Object.fromEntries(alike.split(" ").filter(Boolean).map((pair) => [...pair]));
    word = [...word].map((letter) => read[letter] || letter).join("");
    for (const [ending, instead] of endings.split(" ").filter(Boolean).map((rule) => rule.split("="))) {
      if (word.endsWith(ending) && [...word].length - [...ending].length >= SHORTEST) {
        word = word.slice(0, word.length - ending.length) + instead;
        break;
      }
    }
    const letters = [...word], falls = (letter) => dropped.includes(letter);
    let kept = 0;
    while (kept < letters.length && !falls(letters[kept])) kept += 1;
    while (kept < letters.length && falls(letters[kept])) kept += 1;
    return letters.slice(0, kept).join("") + letters.slice(kept).filter((letter) => !falls(letter)).join("");
  };

  /* 3: the word itself, 2: its beginning, 1: kin by the key, 0: another word. */
  const rank = (word, key, other, otherKey) => {
    if (word === other) return 3;
    if ([...word].length > 1 && other.startsWith(word)) return 2;
    if (key.length >= SHORTEST && otherKey.startsWith(key)) return 1;
    const tail = key.length - otherKey.length;
    return otherKey.length >= SHORTEST && tail <= LONGEST_TAIL && key.startsWith(otherKey) ? 1 : 0;
  };

  /* Loads a file of the index beside the page, as a script: a page opened from a disk may fetch nothing else. */
  const load = (name, version) => loading[name] ||= new Promise((done, fail) => {
    const script = document.createElement("script");
    script.src = version ? `${name}?v=${version}` : name;
    script.onload = () => files[name] && (!version || files[name].version === version) ? done(files[name]) : fail();
    script.onerror = () => { delete loading[name]; fail(); };
    document.head.append(script);
  });

  const partOf = (word, { parts, inflection }) => {
    const [first, second] = [...keyOf(word, inflection)];
    return (first.codePointAt(0) * 31 + (second ? second.codePointAt(0) : 0)) % parts;
  };

  /* The entries that one word finds, each with how well: its rank, and whether it stands in a name. */
  const found = async (word, index) => {
    const part = index.parts ? await load(`words-${partOf(word, index)}.js`, index.version) : index;
    const key = keyOf(word, index.inflection), scores = new Map();
    part.keys ||= Object.keys(part.words).map((other) => [other, keyOf(other, index.inflection)]);
    for (const [other, otherKey] of part.keys) {
      const near = rank(word, key, other, otherKey);
      let place = 0;
      for (const step of near ? part.words[other] : []) {
        place += step;
        const entry = place >> 1, score = near + (place & 1) * IN_NAME;
        if (score > (scores.get(entry) || 0)) scores.set(entry, score);
      }
    }
    return scores;
  };

  /* The entries with the most of the words, the best first, and whether they have all of them. */
  const find = async (words, index) => {
    const totals = new Map();
    for (const scores of await Promise.all(words.map((word) => found(word, index)))) {
      for (const [entry, score] of scores) totals.set(entry, (totals.get(entry) || 0) + A_WORD + score);
    }
    const most = Math.floor(Math.max(0, ...totals.values()) / A_WORD);
    const best = [...totals].filter(([, total]) => total >= most * A_WORD);
    best.sort((one, other) => other[1] - one[1] || one[0] - other[0]);
    return { numbers: best.map(([entry]) => entry), all: most === words.length };
  };

  const entryOf = async (number, { parts, version, size, entries }) => {
    const held = parts ? (await load(`entries-${Math.floor(number / size)}.js`, version)).entries : entries;
    return held[parts ? number % size : number];
  };

  const start = (section) => {
    const part = (name) => section.querySelector(`[data-part=${name}]`);
    section.append(part("live").content);
    part("still").remove();
    const [form, state, list, more, advice] = ["form", "state", "list", "more", "advice"].map(part);
    const field = form.querySelector("input");
    let turn = 0, numbers = [];

    const show = async (index, mine) => {
      const from = list.children.length;
      const entries = await Promise.all(numbers.slice(from, from + AT_ONCE).map((number) => entryOf(number, index)));
      if (mine !== turn) return;
      for (const [kind, title, line, address, language] of entries) {
        const item = part("result").content.cloneNode(true);
        const link = item.querySelector("a");
        link.textContent = title;
        link.href = `../${address}`;
        if (language) link.lang = language;
        item.querySelector("b").textContent = index.kinds[kind];
        item.querySelector("span").textContent = line;
        list.append(item);
      }
      more.hidden = list.children.length >= numbers.length;
    };

    const run = async () => {
      const mine = turn += 1, text = field.value.trim(), words = asked(text);
      try {
        history.replaceState(null, "", text ? `?q=${encodeURIComponent(text)}` : location.pathname);
      } catch { /* a browser that lets no page from a disk change its address: the search works all the same */ }
      try {
        const index = words.length ? await load("index.js") : null;
        const best = index ? await find(words, index) : { numbers: [] };
        if (mine !== turn) return;
        numbers = best.numbers;
        list.replaceChildren();
        await show(index || {}, mine);
        if (mine !== turn) return;
        const { found, some, nothing } = section.dataset;
        const said = numbers.length ? (best.all ? found : some).replace("#", numbers.length) : nothing;
        state.textContent = words.length ? said : "";
        advice.hidden = !words.length || numbers.length > 0;
      } catch {
        if (mine === turn) state.textContent = section.dataset.failed;
        advice.hidden = false;
      }
    };

    let pause;
    field.addEventListener("focus", () => load("index.js").catch(() => {}), { once: true });
    field.addEventListener("input", () => { clearTimeout(pause); pause = setTimeout(run, 200); });
    form.addEventListener("submit", (event) => { event.preventDefault(); clearTimeout(pause); run(); });
    more.addEventListener("click", async () => {
      const next = list.children.length;
      await show(await load("index.js"), turn);
      list.children[next]?.querySelector("a").focus();
    });
    field.value = new URLSearchParams(location.search).get("q") || "";
    if (field.value) run();
  };

  const section = document.getElementById("search");
  if (section) start(section);
  return { take: (data) => { files[data.name] = data; }, wordsOf, asked, keyOf, rank };
})();
