/* Any two records of a type side by side: their data come when the type is chosen. */
"use strict";
(() => {
  const form = document.getElementById("pair"), table = document.getElementById("two"), told = document.getElementById("told");
  const folder = { group: "groups", person: "people", place: "places", event: "events" };
  const held = {};
  const field = form.elements;
  form.hidden = false;
  const element = (name, text, kind) => { const made = document.createElement(name); if (text) made.textContent = text; if (kind) made.className = kind; return made; };
  const names = type => new Map([...document.querySelectorAll(`#of-${type} option`)].map(option => [option.value, option.textContent]));

  function offer(type, a, b) {
    const known = names(type), keys = [...known.keys()];
    field.type.value = type;
    for (const select of [field.a, field.b]) select.replaceChildren(...keys.map(key => new Option(known.get(key), key)));
    field.a.value = known.has(a) ? a : keys[0];
    field.b.value = known.has(b) ? b : keys[1];
  }
  function load(type, then) {
    if (held[type]) return then();
    const script = element("script");
    script.src = `data/compare-${type}.js`;
    script.onload = () => { held[type] = window.COMPARE; then(); };
    script.onerror = () => { told.textContent = "The data for this comparison could not be loaded."; };
    document.head.append(script);
  }
  function cell(type, key, statements) {
    const made = element("td");
    made.dataset.of = names(type).get(key);
    if (!statements.length) { made.append(element("span", "not said", "none")); return made; }
    const list = element("ul", "", "plain");
    for (const [, value, more, standings, works, contested, affirmed, id] of statements) {
      const item = element("li", "", affirmed ? "" : "neg"), link = element("a", "", "v");
      link.href = `${folder[type]}/${encodeURIComponent(key)}.html#${id}`;
      link.append(element("bdi", value));
      item.append(link, " ", element("span", [more, standings.join(", "), works.join(", ")].filter(Boolean).join(" · "), "q"));
      if (contested) item.append(" ", element("span", "contested", "x"));
      list.append(item);
    }
    made.append(list);
    return made;
  }
  function show() {
    const type = field.type.value, pair = [field.a.value, field.b.value], known = names(type);
    load(type, () => {
      const two = pair.map(key => held[type][key] || []);
      const properties = [...new Set(two.flat().map(each => each[0]))];
      const head = element("tr"), body = element("tbody"), top = element("thead");
      head.append(element("th", "Property"));
      pair.forEach(key => { const th = element("th"), link = element("a"); th.scope = "col"; link.href = `${folder[type]}/${encodeURIComponent(key)}.html`; link.append(element("bdi", known.get(key))); th.append(link); head.append(th); });
      for (const property of properties) {
        const row = element("tr"), name = element("th", property);
        name.scope = "row";
        row.append(name, ...two.map((found, i) => cell(type, pair[i], found.filter(each => each[0] === property))));
        body.append(row);
      }
      top.append(head);
      table.replaceChildren(top, body);
      told.textContent = pair[0] === pair[1] ? "Choose two different records." : "";
      history.replaceState(null, "", "#" + new URLSearchParams({ type, a: pair[0], b: pair[1] }));
    });
  }
  function read() {
    const said = new URLSearchParams(location.hash.slice(1));
    const type = folder[said.get("type")] && document.getElementById("of-" + said.get("type")) ? said.get("type") : null;
    if (type) { offer(type, said.get("a"), said.get("b")); show(); return true; }
    return false;
  }
  if (!read()) { if (document.getElementById("of-group")) offer("group", table.dataset.a, table.dataset.b); else { offer(field.type.value); show(); } }
  form.addEventListener("change", event => { if (event.target === field.type) offer(field.type.value); show(); });
  form.addEventListener("submit", event => event.preventDefault());
  addEventListener("hashchange", read);
})();
