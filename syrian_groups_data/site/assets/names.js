/* Names in any spelling, as the terminal finds them: the rule is data (SEARCH.fold), only its steps stand here. */
"use strict";
window.NAMES = (() => {
  const LETTER = /[\p{L}\p{N}]+/gu, MARK = /[\p{Mn}\p{Me}\p{Cf}]/u;
  const SMALL = new Set(["of", "the", "and", "for", "in"]);
  const LONG = 4, MOST = 8, FEW = 3, READINGS = 48;

  function rule(table) {
    const dropped = new Set(table.dropped), letters = table.letters, heardAs = table.sounds;
    const marked = new Set([...Object.keys(heardAs).join("")].filter(c => c > "\x7f"));
    const particles = new Set(table.particles);
    const attached = new RegExp(table.attached, "u"), joined = new RegExp(table.joined, "u");
    const parts = Object.keys(heardAs).sort((a, b) => [...b].length - [...a].length).map(each => each.replace(/[\^$.*+?()[\]{}|\\/]/g, "\\$&"));
    const split = new RegExp(parts.join("|") + "|.", "gu");
    const lower = text => text.toLowerCase().replace(/ß/g, "ss").replace(/ς/g, "σ"); // what case folding does beyond
    const memory = new Map();

    function bare(text) {
      const plain = [...text.normalize("NFKD")].filter(c => !/\p{M}/u.test(c)).join("").normalize("NFC");
      return [...plain].map(c => letters[c] ?? c).join("");
    }
    function words(text) {
      text = [...lower(text)].filter(c => !dropped.has(c)).join("").normalize("NFC");
      text = [...text].filter(c => !MARK.test(c)).join("");
      return (text.match(LETTER) || []).map(word => [bare(word), [...word].map(c => marked.has(c) ? c : bare(c)).join("")]).filter(pair => pair[0]);
    }
    function shortened(reading) {
      const once = reading.replace(/(.)\1+/gu, "$1");
      return once.replace(/a+$/, "") || once;
    }
    function readings(word) {
      const all = [...word];
      if (all.length > 2 && all.at(-1) === "h" && "aeiouy".includes(all.at(-2))) word = all.slice(0, -1).join("");
      let found = [""];
      for (const part of `^${word}$`.match(split)) {
        const heard = heardAs[part] ?? [part.replace(/^[\^$]+|[\^$]+$/g, "")];
        found = found.flatMap(before => heard.slice(0, found.length >= READINGS ? 1 : undefined).map(each => before + each));
      }
      return found.map(shortened);
    }
    function sounds(word) {
      if (!memory.has(word)) {
        const spellings = new Set([word, word.replace(attached, ""), word.replace(joined, "$1")]);
        memory.set(word, /^\p{Nd}+$/u.test(word) ? new Set([word]) : new Set([...spellings].flatMap(readings).filter(Boolean)));
      }
      return memory.get(word);
    }
    function together(all) {
      const content = all.map((_, i) => i).filter(i => !particles.has(all[i]));
      return content.map((i, n) => {
        const j = content[n + 1];
        const article = j ? all.slice(i + 1, j).join("") : "";
        const middles = [...new Set(article ? ["", article, "a"] : [""])];
        return [all[i], j ? middles.map(middle => all[i] + middle + all[j]) : []];
      });
    }
    const bones = found => new Set([...found].map(each => (each.slice(0, 1) + each.slice(1).replace(/a/g, "")).replace(/[xcz]/g, "s")));
    const fold = text => words(text).map(pair => pair[0]).join(" ");
    return { fold, heard: text => words(text).map(pair => pair[1]), sounds, bones, together };
  }

  function index(table, names) {
    const by = rule(table);
    const size = each => [...each].length;
    const longer = (readings, least) => new Set([...readings].filter(each => size(each) >= least));
    const told = readings => longer(readings, 2).size ? longer(readings, 2) : readings;
    const union = sets => new Set(sets.flatMap(each => [...each]));
    const lazy = (thing, name, make) => Object.defineProperty(thing, name, { configurable: true, get() { const value = make(); Object.defineProperty(thing, name, { value }); return value; } });
    function text(said, prose = false) {
      const made = { whole: by.fold(said), prose };
      const all = made.whole ? made.whole.split(" ") : [], few = all.filter(word => !SMALL.has(word));
      made.words = new Set(few.length ? few : all);
      made.joined = made.whole.replaceAll(" ", "");
      lazy(made, "content", () => by.together(by.heard(said)));
      lazy(made, "sounds", () => made.content.map(([word]) => told(by.sounds(word))));
      lazy(made, "letters", () => made.sounds.map(by.bones));
      made.pair = place => told(union(made.content[place][1].map(by.sounds)));
      return made;
    }
    const meets = (one, two) => { for (const each of one) if (two.has(each)) return true; return false; };
    function alike(asked, name, mine, theirs, as) {
      function* spans(word) {
        for (let place = 0; place < theirs.length; place++) {
          if (meets(word, theirs[place])) yield [place];
          else if (place + 1 < theirs.length && meets(word, as(name.pair(place)))) yield [place, place + 1];
        }
      }
      function rest(place, used) {
        if (place === mine.length) return true;
        const words = [[place + 1, mine[place]]];
        if (place + 1 < mine.length) words.push([place + 2, as(asked.pair(place))]);
        return words.some(([end, word]) => {
          for (const span of spans(word)) if (!span.some(i => used.has(i))) return rest(end, new Set([...used, ...span]));
          return false;
        });
      }
      return mine.length && mine.length <= MOST && rest(0, new Set()) ? mine.length === theirs.length : null;
    }
    const closeness = {
      name: (asked, name) => asked.joined === name.joined ? true : null,
      words: (asked, name) => [...asked.words].every(word => name.words.has(word)) ? false : null,
      initials(asked, name) {
        const all = name.whole.split(" "), few = all.filter(word => !SMALL.has(word));
        return all.length > 1 && [all, few].some(each => each.map(word => [...word][0]).join("") === asked.whole) ? true : null;
      },
      beginnings: (asked, name) => [...asked.words].every(each => size(each) >= FEW && [...name.words].some(word => word.startsWith(each))) ? false : null,
      sound(asked, name) {
        if (name.prose && Math.min(...asked.sounds.flatMap(word => [...word].map(size)), Infinity) < LONG) return null;
        if (asked.sounds.every(word => Math.max(0, ...[...word].map(size)) < 2)) return null;
        return alike(asked, name, asked.sounds, name.sounds, each => each);
      },
      letters(asked, name) {
        const mine = asked.letters.map(word => longer(word, asked.letters.length === 1 ? 3 : 2));
        if (name.prose || !mine.length || mine.some(word => !word.size)) return null;
        return alike(asked, name, mine, name.letters, by.bones);
      },
    };
    // names: [record, text, role, standing, speaker]
    const held = new Map();
    for (const name of names) { if (!held.has(name[1])) held.set(name[1], []); held.get(name[1]).push(name); }
    const texts = [...held].map(([said, all]) => [all, text(said, all.every(name => name[2] === null || name[2] === "epithet"))]);
    const roles = role => role === null || role === "primary" ? 0 : role === "epithet" ? 2 : 1;
    const before = (a, b) => { for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i] < b[i]; return false; };
    function find(said) {
      const asked = text(said), best = new Map();
      if (!asked.words.size) return [];
      Object.entries(closeness).forEach(([kind, matches], rank) => {
        const last = kind === "letters" && best.size > 0;
        for (const [all, known] of texts) {
          const whole = matches(asked, known);
          if (whole === null || (last && !whole)) continue;
          for (const name of all) {
            const place = [rank, whole ? 0 : 1, roles(name[2]), size(known.whole), name[0]];
            if (!best.has(name[0]) || before(place, best.get(name[0])[0])) best.set(name[0], [place, name, kind]);
          }
        }
      });
      return [...best.values()].sort((a, b) => before(a[0], b[0]) ? -1 : 1).map(([, name, kind]) => [name, kind]);
    }
    return { find, fold: by.fold };
  }
  return { index };
})();
