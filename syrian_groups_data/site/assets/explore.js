/* Filters of the explore page: rows of time, map and table follow one choice, which the address keeps. */
"use strict";
(() => {
  const { columns, rows, more, periods, spots, first, most, chart: [left, span] } = window.EXPLORE;
  const at = Object.fromEntries(columns.map((name, i) => [name, i]));
  const [WHEN, WHERE, BIN, SPOT, KIND, INVOLVED, ACCUSED, CHAIN, PAGE, HARMED] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
  const form = document.getElementById("filters");
  const names = ["who", "blame", "type", "standing", "place", "source", "from", "to"];
  const body = document.querySelector("#events tbody"), beside = document.getElementById("beside");
  const plain = term => term.replace(/[-_]/g, " "), types = Object.fromEntries([...form.elements.type.options].map(each => [each.value, each.text]));
  let found = [], shown = first;
  form.hidden = false;
  document.documentElement.classList.add("js");

  const value = name => { const field = form.elements[name]; return field.type === "checkbox" ? (field.checked ? "1" : "") : field.value; };
  function set(name, to) {
    const field = form.elements[name];
    if (field.type === "checkbox") field.checked = to === "1";
    else field.value = [...field.options].some(option => option.value === to) ? to : "";
  }
  function fits(i, wanted) {
    const row = rows[i], extra = more[i], day = row[at.sort_date];
    return (!wanted.who || extra[INVOLVED].includes(wanted.who) || (wanted.blame && extra[ACCUSED].includes(wanted.who)))
      && (!wanted.type || row[at.type] === wanted.type)
      && (!wanted.standing || row[at.standing] === wanted.standing)
      && (!wanted.place || extra[CHAIN].includes(wanted.place))
      && (!wanted.source || row[at.sources].includes(wanted.source))
      && (!wanted.from || (day && day >= wanted.from))
      && (!wanted.to || (day && day <= wanted.to));
  }
  function update() {
    const wanted = Object.fromEntries(names.map(name => [name, value(name)]));
    found = rows.map((_, i) => i).filter(i => fits(i, wanted));
    shown = first;
    const said = new URLSearchParams(names.filter(name => wanted[name]).map(name => [name, wanted[name]])).toString();
    history.replaceState(null, "", said ? "#" + said : location.pathname + location.search);
    chart(); map(); table();
    if (beside) beside.open = found.length < rows.length;
    const undated = found.filter(i => more[i][BIN] < 0).length;
    const all = rows.length.toLocaleString("en"), some = found.length.toLocaleString("en");
    document.getElementById("found").textContent =
      (found.length === rows.length ? `${all} events` : `${some} of ${all} events`) + (undated ? `, ${undated} of them without a date` : "");
  }
  function chart() {
    const counts = periods.map(() => []);
    for (const i of found) if (more[i][BIN] >= 0) counts[more[i][BIN]][more[i][KIND]] = (counts[more[i][BIN]][more[i][KIND]] || 0) + 1;
    const sums = counts.map(row => row.reduce((a, b) => a + (b || 0), 0));
    const scale = span / Math.max(1, ...sums), x = periods.map(() => left);
    for (const part of document.querySelectorAll("[data-bin]")) {
      const bin = part.dataset.bin, width = (counts[bin][part.dataset.kind] || 0) * scale;
      part.setAttribute("x", x[bin]); part.setAttribute("width", width);
      x[bin] += width;
    }
    for (const part of document.querySelectorAll("[data-total]")) {
      part.textContent = sums[part.dataset.total] || "";
      part.setAttribute("x", x[part.dataset.total] + 5);
    }
  }
  function map() {
    const counts = spots.map(() => 0);
    for (const i of found) counts[more[i][SPOT]] += 1;
    for (const part of document.querySelectorAll("[data-spot]")) {
      const spot = part.dataset.spot, number = counts[spot], [kind, label] = spots[spot];
      const title = part.querySelector("title");
      if (part.tagName === "circle") {
        part.setAttribute("r", number ? 3.5 + 2.2 * Math.sqrt(number) : 0);
        title.textContent = `${label}: ${number}${kind === "point" ? "" : ", roughly here"}`;
      } else if (part.tagName === "path") {
        part.setAttribute("class", "area s" + (number ? Math.min(4, 1 + Math.floor(Math.floor(Math.log2(number)) / 2)) : 0));
        title.textContent = `${label}: ${number}, somewhere in it`;
      } else if (part.tagName === "text") part.setAttribute("visibility", number ? "visible" : "hidden");
      else { part.hidden = !number; part.querySelector("b").textContent = number; }
    }
  }
  const element = (name, text, kind) => { const made = document.createElement(name); if (text) made.textContent = text; if (kind) made.className = kind; return made; };
  function line(i) {
    const row = rows[i], extra = more[i], made = element("tr");
    const what = element("th"); what.scope = "row";
    const link = element("a"); link.href = extra[PAGE]; link.append(element("bdi", row[at.title]));
    what.append(link, element("br"), element("span", types[row[at.type]], "q"));
    const who = element("td");
    row[at.actors].slice(0, 5).forEach((actor, n) => { if (n) who.append("; "); who.append(element("bdi", actor)); });
    if (row[at.actors].length > 5) who.append(" …");
    const harmed = element("td");
    for (const [said, works, id, contested] of extra[HARMED].slice(0, most)) {
      const part = element("div", "", "harm"), there = element("a", said);
      there.href = `${extra[PAGE]}#${id}`;
      part.append(there, " ", element("span", works.join(", "), "q"));
      if (contested) part.append(" ", element("span", "contested", "x"));
      harmed.append(part);
    }
    if (extra[HARMED].length > most) {
      const rest = element("a", `${extra[HARMED].length - most} more`);
      rest.href = `${extra[PAGE]}#tolls`;
      harmed.append(rest);
    }
    const standing = element("td"); standing.append(element("span", row[at.standing], "chip " + row[at.standing]));
    if (row[at.contested].length) standing.append(" ", element("span", `contested: ${row[at.contested].map(plain).join(", ")}`, "x"));
    made.append(element("td", extra[WHEN] || "undated", "d"), what, element("td", extra[WHERE]), who, harmed, standing, element("td", row[at.works].join(", ")));
    return made;
  }
  function table() {
    body.replaceChildren(...found.slice(0, shown).map(line));
    const rest = found.length - shown;
    document.getElementById("rest").textContent = rest > 0 ? `The first ${shown} of ${found.length.toLocaleString("en")} events.` : found.length ? "" : "No event fits. Clear a filter.";
    document.getElementById("more").hidden = rest <= 0;
  }
  function csv() {
    const cell = value => {
      let text = value === null ? "" : Array.isArray(value) ? value.join(";") : String(value);
      if (/^[=+\-@\t\r]/.test(text) && typeof value !== "number") text = "'" + text; // no formula for a spreadsheet
      return /[",\n\r]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
    };
    const lines = [columns, ...found.map(i => rows[i])].map(row => row.map(cell).join(","));
    const link = element("a");
    link.href = URL.createObjectURL(new Blob(["\ufeff", lines.join("\n"), "\n"], { type: "text/csv" }));
    link.download = "events.csv";
    document.body.append(link); link.click(); link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }
  function read() {
    const said = new URLSearchParams(location.hash.slice(1));
    for (const name of names) set(name, said.get(name) || "");
    update();
  }
  form.addEventListener("change", update);
  form.addEventListener("submit", event => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(update));
  document.getElementById("csv").addEventListener("click", csv);
  document.getElementById("more").addEventListener("click", () => { shown += first; table(); });
  for (const part of document.querySelectorAll("[data-row]")) part.addEventListener("click", () => {
    const [from, to] = periods[part.dataset.row];
    const same = value("from") === from && value("to") === to;
    set("from", same ? "" : from); set("to", same ? "" : to); update();
  });
  for (const part of document.querySelectorAll(".map [data-spot]")) part.addEventListener("click", event => {
    const place = spots[part.dataset.spot][2];
    if (!place) return;
    event.preventDefault();
    set("place", value("place") === place ? "" : place); update();
  });
  addEventListener("hashchange", () => { if (location.hash.includes("=") || !location.hash) read(); });
  if (location.hash.includes("=")) read(); else { found = rows.map((_, i) => i); document.getElementById("more").hidden = rows.length <= first; }
})();
