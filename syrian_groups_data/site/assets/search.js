/* The search page: records by any spelling of a name, then by words of what is said. */
"use strict";
(() => {
  const { fold, records, names, texts } = window.SEARCH;
  const MOST = 100;
  const byName = NAMES.index(fold, names);
  let byWord = null, latest = 0;
  const folded = new Map();
  function words(text) {
    return text.split(/\s+/).flatMap(word => {
      if (!folded.has(word)) folded.set(word, byName.fold(word).split(" ").filter(Boolean));
      return folded.get(word);
    });
  }
  function worded(said) {
    if (!byWord) {
      byWord = new MiniSearch({
        idField: "id", fields: ["label", "about", "said"], processTerm: term => term,
        tokenize: words,
        searchOptions: { combineWith: "AND", prefix: term => term.length > 3, boost: { label: 3, about: 2 } },
      });
      byWord.addAll(records.map((each, id) => ({ id, label: each[2], about: each[5], said: texts[id] })));
    }
    return byWord.search(said).map(hit => hit.id);
  }
  const element = (name, text, kind) => { const made = document.createElement(name); if (text) made.textContent = text; if (kind) made.className = kind; return made; };
  function item(id, name) {
    const [key, type, label, page, count, about] = records[id], made = element("li"), link = element("a");
    link.href = page; link.append(element("bdi", label));
    made.dataset.key = key;
    made.append(link, " ", element("span", type === "allegation" ? "allegation, not a finding" : type, "q"));
    if (name && name[1] !== label) {
      const note = element("span", "found as ", "q");
      note.append(element("bdi", name[1]));
      if (name[2] === "epithet" || (name[3] && name[3] !== "asserted")) note.append(` (${[name[2], name[3] !== "asserted" && name[3], name[4] && "by " + name[4]].filter(Boolean).join(", ")})`);
      made.append(" ", note);
    }
    made.append(" ", element("span", `${count} statement${count === 1 ? "" : "s"}`, "q"));
    if (type !== "allegation" && about.length > 20) made.append(element("div", about, "n"));
    return made;
  }
  function fill(where, items) {
    const part = document.getElementById(where);
    part.hidden = !items.length;
    part.querySelector("ol").replaceChildren(...items);
  }
  function show(said) {
    said = said.trim();
    const named = said ? byName.find(said) : [];
    const seen = new Set(named.map(([name]) => name[0])), mine = ++latest;
    fill("named", named.slice(0, MOST).map(([name]) => item(name[0], name)));
    if (!said) { fill("worded", []); document.getElementById("told").textContent = ""; return; }
    setTimeout(() => { // names are shown first: the index of words takes a moment when it is first used
      if (mine !== latest) return;
      const others = worded(said).filter(id => !seen.has(id));
      fill("worded", others.slice(0, MOST).map(id => item(id)));
      const more = Math.max(named.length, others.length) > MOST ? `; the first ${MOST} of each are shown` : "";
      document.getElementById("told").textContent = named.length + others.length
        ? `${named.length} by name, ${others.length} by what is said${more}` : "Nothing found. Try fewer words or another spelling.";
    });
  }
  const field = document.getElementById("q");
  field.value = new URLSearchParams(location.search).get("q") || new URLSearchParams(location.hash.slice(1)).get("q") || "";
  show(field.value);
  field.addEventListener("input", () => { history.replaceState(null, "", field.value ? "#" + new URLSearchParams({ q: field.value }) : "#"); show(field.value); });
  field.form.addEventListener("submit", event => { event.preventDefault(); show(field.value); });
})();
