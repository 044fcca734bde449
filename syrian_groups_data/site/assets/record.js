/* The filter by work on a record's page; the address keeps what is chosen. */
"use strict";
(() => {
  const select = document.getElementById("only");
  if (!select) return;
  const items = [...document.querySelectorAll("[data-w]")];
  const own = items.filter(item => item.classList.contains("st"));
  const others = items.filter(item => !own.includes(item));
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
    const left = all => all.filter(item => !item.hidden).length;
    document.getElementById("shown").textContent = !work ? "" : `${left(own)} of ${own.length} statements are shown`
      + (others.length ? `, and ${left(others)} of ${others.length} lines on what other records say of it.` : ".");
  }
  function read(jump) {
    let said = location.hash.slice(1);
    try { said = decodeURIComponent(said); } catch { /* an address that somebody mistyped */ }
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
