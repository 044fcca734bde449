/* Ties as of a day: table, network and lanes follow one choice, which the address keeps. */
"use strict";
(() => {
  const { spans, dated, lanes } = window.TIES;
  const form = document.getElementById("asof");
  const lines = [...document.querySelectorAll("#ties tbody tr")];
  const drawn = [...document.querySelectorAll("[data-rows]")];
  const cursor = document.getElementById("cursor");
  form.hidden = false;
  const last = month => month + "-31";
  function holds(i, month) {
    const [since, until] = spans[i];
    return (!since || since <= last(month)) && (!until || until >= month + "-01");
  }
  function update() {
    const month = form.elements.day.value, undated = form.elements.undated.checked, family = form.elements.family.value;
    const kept = lines.map((line, i) => (!family || line.dataset.f === family) && (dated[i] ? !month || holds(i, month) : undated));
    lines.forEach((line, i) => { line.hidden = !kept[i]; });
    for (const path of drawn) path.classList.toggle("off", !path.dataset.rows.split(" ").some(i => kept[i]));
    const sure = kept.filter((keep, i) => keep && dated[i]).length, all = kept.filter(Boolean).length;
    document.getElementById("found").textContent =
      month ? `${all} claims: ${sure} that may hold then, ${all - sure} undated` : `${all} of ${lines.length} claims`;
    if (cursor && lanes) {
      const [from, to, left, scale] = lanes, year = month ? Number(month.slice(0, 4)) + (Number(month.slice(5)) - 0.5) / 12 : -1;
      const x = year >= from && year <= to ? left + (year - from) * scale : -10;
      cursor.setAttribute("x1", x); cursor.setAttribute("x2", x);
    }
    const said = new URLSearchParams();
    if (month) said.set("day", month);
    if (!undated) said.set("undated", "0");
    if (family) said.set("family", family);
    history.replaceState(null, "", String(said) ? "#" + said : location.pathname + location.search);
  }
  function read() {
    const said = new URLSearchParams(location.hash.slice(1));
    form.elements.day.value = [...form.elements.day.options].some(each => each.value === said.get("day")) ? said.get("day") : "";
    form.elements.family.value = [...form.elements.family.options].some(each => each.value === said.get("family")) ? said.get("family") : "";
    form.elements.undated.checked = said.get("undated") !== "0";
    update();
  }
  form.addEventListener("change", update);
  form.addEventListener("submit", event => event.preventDefault());
  addEventListener("hashchange", () => { if (location.hash.includes("=")) read(); });
  if (location.hash.includes("=")) read();
})();
