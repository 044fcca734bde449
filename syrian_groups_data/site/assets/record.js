/* The filter by work on a record's page; the address keeps what is chosen. */
"use strict";
(() => {
  const select = document.getElementById("only");
  if (!select) return;
  const items = [...document.querySelectorAll("[data-w]")];
  const own = items.filter(item => item.classList.contains("st"));
  const works = new Map();
  for (const item of own) {
    const found = item.dataset.w.split(" ");
    for (const work of found) {
      const counts = works.get(work) || [0, 0];
      counts[0] += 1;
      if (found.length === 1) counts[1] += 1;
      works.set(work, counts);
    }
  }
  const add = (value, text) => select.append(new Option(text, value));
  for (const [work, [all, alone]] of [...works].sort((a, b) => b[1][0] - a[1][0])) {
    add("only=" + work, `what rests on ${work} alone (${alone})`);
    add("with=" + work, `what ${work} carries (${all})`);
  }
  select.form.hidden = false;
  const fold = [...document.querySelectorAll("details.more, #mentioned details")];
  const before = fold.map(each => each.open);
  function show(wanted) {
    const [how, work] = wanted.split("=");
    for (const item of items) {
      const found = item.dataset.w.split(" ");
      item.hidden = Boolean(work) && !(how === "only" ? found.length === 1 && found[0] === work : found.includes(work));
    }
    fold.forEach((each, i) => { each.open = work ? true : before[i]; });
    for (const part of document.querySelectorAll(".prop")) part.hidden = !part.querySelector("[data-w]:not([hidden])");
    const left = own.filter(item => !item.hidden).length;
    document.getElementById("shown").textContent = work ? `${left} of ${own.length} statements are shown.` : "";
  }
  function read(jump) {
    const said = decodeURIComponent(location.hash.slice(1));
    if (/^(only|with)=/.test(said)) {
      select.value = said;
      show(select.value);
      if (jump) document.getElementById("statements").scrollIntoView();
      return;
    }
    // A statement that is folded away, or hidden by the filter, comes to light when an address names it.
    const target = said && document.getElementById(said);
    if (!target) return;
    if (target.hidden || target.closest("[hidden]")) { select.value = ""; show(""); }
    for (let up = target.closest("details"); up; up = up.parentElement.closest("details")) up.open = true;
    target.scrollIntoView();
  }
  select.addEventListener("change", () => { history.replaceState(null, "", "#" + (select.value || "statements")); show(select.value); });
  addEventListener("beforeprint", () => { for (const each of document.querySelectorAll("details")) each.open = true; });
  addEventListener("hashchange", () => read(true));
  read(true);
})();
