"""Rules on sources, passages and citations."""

from __future__ import annotations

from collections.abc import Iterator

from ..model.corpus import Corpus, Entry
from ..model.problem import Problem
from ..model.records import SetAside, Source
from .rule import claims, rule


def _ledgers(corpus: Corpus) -> Iterator[tuple[Entry, int, SetAside]]:
    """Every item of the ledger of every source, and its place in the list."""
    for entry in corpus.of(Source):
        for index, ledger in enumerate(getattr(entry.record, "set_aside", [])):
            yield entry, index, ledger


@rule
def no_passages(corpus: Corpus) -> Iterator[Problem]:
    for entry in corpus.of(Source):
        if entry.record.id not in corpus.passages and not corpus.failed(entry.record.id, ".csv"):
            yield entry.problem((), "no-passages", f"no {entry.record.id}.csv", "run syrian-groups-data segment")
    sources = corpus.sources
    for key in corpus.passages:
        if key not in sources and not corpus.failed(key):
            fix = f"add raw/sources/{key}.yml"
            yield Problem(f"raw/sources/{key}.csv", 1, 1, "no-passages", "no source of that name", fix)


@rule
def unknown_passage(corpus: Corpus) -> Iterator[Problem]:
    known = {f"{key}:{passage.ordinal}" for key, passages in corpus.passages.items() for passage in passages}
    for entry, loc, claim in claims(corpus):
        for key in ("cite", "context", "disputed_by"):
            for index, passage in enumerate(getattr(claim, key)):
                if passage not in known and not corpus.failed(passage.split(":")[0], ".csv"):
                    what = f"no passage {passage}"
                    yield entry.problem((*loc, key, index), "unknown-passage", what, "see the ordinals in raw/sources")
    for entry, index, ledger in _ledgers(corpus):
        count = len(corpus.passages.get(entry.record.id, ()))
        for first, last in ledger.ranges():
            what = (
                "a range that ends before it starts" if last < first else f"no passage {last}" if last > count else ""
            )
            if what and not corpus.failed(entry.record.id, ".csv"):
                yield entry.problem(("set_aside", index), "unknown-passage", what, "correct the ordinals")


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
def passage_order(corpus: Corpus) -> Iterator[Problem]:
    for key, passages in corpus.passages.items():
        end = 0
        for number, passage in enumerate(passages, 1):
            if passage.ordinal != number or passage.start < end or passage.end <= passage.start:
                what = f"passage {passage.ordinal} is out of order"
                path = f"raw/sources/{key}.csv"
                yield Problem(path, number + 1, 1, "passage-order", what, "write it again with segment")
                break
            end = passage.end


@rule
def span_beyond_snapshot(corpus: Corpus) -> Iterator[Problem]:
    for key, source in corpus.sources.items():
        span = source.snapshot.span
        first, last = (span.start, span.end) if span else (0, source.snapshot.characters)
        if last > source.snapshot.characters or first >= last:
            entry = corpus.entries[key]
            what = f"{first}-{last} is no part of {source.snapshot.characters} characters"
            yield entry.problem(("snapshot", "span"), "span-beyond-snapshot", what, "correct the span")
        for number, passage in enumerate(corpus.passages.get(key, ()), 2):
            if passage.start < first or passage.end > last:
                what = f"passage {passage.ordinal} lies outside {first}-{last}"
                path = f"raw/sources/{key}.csv"
                yield Problem(path, number, 1, "span-beyond-snapshot", what, "write it again with segment")


@rule
def cited_and_set_aside(corpus: Corpus) -> Iterator[Problem]:
    cited = {passage for _, _, claim in claims(corpus) for passage in (*claim.cite, *claim.context, *claim.disputed_by)}
    seen: set[str] = set()
    for entry, index, ledger in _ledgers(corpus):
        for ordinal in ledger.ordinals(len(corpus.passages.get(entry.record.id, ()))):
            passage = f"{entry.record.id}:{ordinal}"
            twice = passage in seen
            seen.add(passage)
            if twice or passage in cited:
                what = f"passage {ordinal} is {'set aside twice' if twice else 'cited too'}"
                yield entry.problem(("set_aside", index), "cited-and-set-aside", what, "take it out of set_aside")
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
