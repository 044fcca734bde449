"""Rules on sources and on what is cited, set aside and spoken of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from ..model.corpus import Corpus, Entry
from ..model.passages import Passage, by_number, extent, heirs, numbers, ranges
from ..model.problem import Nearest, Problem
from ..model.records import Source
from ..model.sources import SetAside
from ..model.uses import uses
from .rule import claims, rule


def _ledgers(corpus: Corpus) -> Iterator[tuple[Entry, int, SetAside]]:
    """Every item of the ledger of every source, and its place in the list."""
    for entry in corpus.of(Source):
        for index, ledger in enumerate(vars(entry.record).get("set_aside", [])):
            yield entry, index, ledger


@rule
def unknown_passage(corpus: Corpus) -> Iterator[Problem]:
    known = {f"{key}:{passage.number}" for key, passages in corpus.passages.items() for passage in passages}
    sources = corpus.sources
    hint = Nearest(sources.keys(), cutoff=0.8)
    there = cache(lambda key: extent(key, (passage.number for passage in corpus.passages.get(key, ()))))
    for entry, loc, passage, role in uses(corpus):
        key = passage.partition(":")[0]
        if passage in known or corpus.failed(key, ".csv") or (key in sources and key not in corpus.passages):
            continue
        # In prose, what looks like a passage of no source may be something else.
        if role != "mention" or key in sources:
            missing = f": there is no source {key}{hint(key)}" if key not in sources else ""
            fix = "correct it, or read the source first" if missing else there(key)
            yield entry.problem(loc, "unknown-passage", f"no passage {passage}{missing}", fix)
        elif close := hint(key):
            yield entry.problem(loc, "unknown-passage", f"no source {key}{close}", "correct the passage")
    for entry, index, ledger in _ledgers(corpus):
        numbers = {passage.number for passage in corpus.passages.get(entry.record.id, ())}
        for first, last in ranges(ledger.passages):
            highest = max(numbers, default=0)
            what = (
                "a range that ends before it starts" if last < first else f"no passage {last}" if last > highest else ""
            )
            if what and not corpus.failed(entry.record.id, ".csv"):
                yield entry.problem(("set_aside", index), "unknown-passage", what, there(entry.record.id))


@rule
def passage_gone(corpus: Corpus) -> Iterator[Problem]:
    rows = {key: by_number(passages) for key, passages in corpus.passages.items()}
    kept = {key: set(source.kept_numbers) for key, source in corpus.sources.items()}
    lost = {key: known for key, known in rows.items() if not all(row.live for row in known.values())}
    said: dict[tuple[str, str], list[int]] = defaultdict(list)
    for key, known in lost.items():
        for row in known.values():
            if row.live:
                said[key, row.words_sha256].append(row.number)
    for entry, loc, passage, _ in uses(corpus) if lost else ():
        key, _, number = passage.partition(":")
        cited = lost.get(key, {}).get(int(number))
        if cited and not cited.live and cited.number not in kept.get(key, ()):
            what, fix = _decision(key, cited, heirs(lost[key], cited.number), said[key, cited.words_sha256])
            yield entry.problem(loc, "passage-gone", what, fix)


def _decision(key: str, row: Passage, became: list[int], equal: list[int]) -> tuple[str, str]:
    """What happened to a passage, and what a person may decide; `became` are those that took its place, `equal` those
    of the snapshot that say the same."""
    after = " and ".join(f"{key}:{number}" for number in became)
    if row.state in ("mended", "burnt"):
        return f"{key}:{row.number} was {row.state}", f"cite {after or 'another passage'}"
    choice = f"give segment --keep {row.number} where the claim stands as it was read"
    if len(became) == 1:
        return f"{key}:{row.number} changed", f"cite {after}, or give segment --accept {row.number}, or {choice}"
    if after:
        return f"{key}:{row.number} changed", f"cite {after}, or {choice}"
    if equal:
        others = " or ".join(f"{key}:{number}" for number in equal)
        what = f"{key}:{row.number} was one of several equal sentences, and it is not sure which"
        return what, f"cite {others}, or {choice}"
    return f"{key}:{row.number} is not in the snapshot any more", f"cite another passage, or {choice}"


@rule
def passage_twice(corpus: Corpus) -> Iterator[Problem]:
    for entry, loc, claim in claims(corpus):
        seen: set[str] = set()
        for key in ("cite", "disputed_by", "context"):
            for index, passage in enumerate(getattr(claim, key)):
                if passage in seen:
                    what = f"{passage} stands twice"
                    yield entry.problem((*loc, key, index), "passage-twice", what, "keep it in its strongest role")
                seen.add(passage)


@rule
def cited_and_set_aside(corpus: Corpus) -> Iterator[Problem]:
    cited = {passage for _, _, claim in claims(corpus) for passage in (*claim.cite, *claim.context, *claim.disputed_by)}
    seen: set[str] = set()
    for entry, index, ledger in _ledgers(corpus):
        highest = max((passage.number for passage in corpus.passages.get(entry.record.id, ())), default=0)
        for number in numbers(ledger.passages, highest):
            passage = f"{entry.record.id}:{number}"
            twice = passage in seen
            seen.add(passage)
            if twice or passage in cited:
                what = f"passage {number} is {'set aside twice' if twice else 'cited too'}"
                out = f"take it out: syrian-groups-data cite {entry.record.id} set_aside unread {passage}"
                fix = "keep it under one reason" if twice else out
                yield entry.problem(("set_aside", index), "cited-and-set-aside", what, fix)
                if twice:
                    break


@rule
def set_aside_without_note(corpus: Corpus) -> Iterator[Problem]:
    for entry, index, ledger in _ledgers(corpus):
        if ledger.reason == "out-of-scope" and not ledger.note:
            what = "out-of-scope without a note"
            yield entry.problem(("set_aside", index), "set-aside-without-note", what, "say what it is about")


@rule
def mirror_without_origin(corpus: Corpus) -> Iterator[Problem]:
    for key, source in corpus.sources.items():
        if (source.kind == "mirror") != bool(source.derived_from):
            what = "a mirror names its origin, and no other source has one"
            yield corpus.entries[key].problem(
                ("derived_from",), "mirror-without-origin", what, "set kind or derived_from"
            )
        elif source.derived_from and source.version_of:
            what = "a mirror is no version of another source"
            yield corpus.entries[key].problem(("version_of",), "mirror-without-origin", what, "delete version_of")


@rule
def supplied_without_value(corpus: Corpus) -> Iterator[Problem]:
    for key, source in corpus.sources.items():
        for index, field in enumerate(source.supplied):
            if getattr(source, field) is None:
                what = f"{field} has no value"
                loc = ("supplied", index)
                yield corpus.entries[key].problem(loc, "supplied-without-value", what, f"give {field}, or take it out")
