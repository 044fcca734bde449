"""Rules on lists of passages: that each is the one that its record is sealed with, and is whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from ..model.corpus import Corpus, Entry
from ..model.passages import Passage, by_number, ranges
from ..model.problem import Problem
from ..model.records import Source
from ..model.sources import seal
from .rule import rule

_RESTORE = "restore record and list together from the version before; only segment writes them"


def _sources(corpus: Corpus) -> Iterator[tuple[Entry, Source, list[Passage]]]:
    """Every source that has a list of passages, with it."""
    for entry in corpus.of(Source):
        if isinstance(entry.record, Source) and entry.record.id in corpus.passages:
            yield entry, entry.record, corpus.passages[entry.record.id]


def _file(key: str) -> str:
    return f"raw/sources/{key}.csv"


@rule
def no_passages(corpus: Corpus) -> Iterator[Problem]:
    for entry in corpus.of(Source):
        key = entry.record.id
        if key not in corpus.passages and not corpus.failed(key, ".csv"):
            bound = isinstance(entry.record, Source) and entry.record.cut
            fix = "restore it from the version before" if bound else "run syrian-groups-data segment"
            yield entry.problem((), "no-passages", f"no {key}.csv", fix)
    sources = corpus.sources
    for key in corpus.passages:
        if key not in sources and not corpus.failed(key):
            yield Problem(_file(key), 1, 1, "no-passages", "no source of that name", f"restore raw/sources/{key}.yml")


@rule
def list_not_bound(corpus: Corpus) -> Iterator[Problem]:
    for entry, source, _ in _sources(corpus):
        if source.cut is None:
            what = f"nothing says how {source.id}.csv was made"
            yield entry.problem((), "list-not-bound", what, _RESTORE)


@rule
def list_of_another_document(corpus: Corpus) -> Iterator[Problem]:
    for entry, source, passages in _sources(corpus):
        if source.cut is None:
            continue
        if source.cut.snapshot != source.snapshot.sha256:
            what = "the passages are those of another snapshot"
            fix = f"give it back its digest, then run segment with the new document and --key {source.id}"
            yield entry.problem(("snapshot", "sha256"), "list-of-another-document", what, fix)
        elif owner := _owner(corpus, source, passages):
            what = f"it holds the passages of {owner}"
            yield Problem(_file(source.id), 1, 1, "list-of-another-document", what, _RESTORE)


def _owner(corpus: Corpus, source: Source, passages: list[Passage]) -> str | None:
    """The other source whose list stands in the place of a source's own."""
    if _sealed(source, passages):
        return None
    return next((key for key, other in corpus.sources.items() if key != source.id and _sealed(other, passages)), None)


def _sealed(source: Source, passages: list[Passage]) -> bool:
    return source.cut is not None and seal(source.cut.model_dump(), passages) == source.cut.digest


@rule
def list_made_again(corpus: Corpus) -> Iterator[Problem]:
    for _, source, passages in _sources(corpus):
        if _other(corpus, source, passages) and not _complete(source, passages):
            assert source.cut is not None
            wrong = min(set(by_number(passages)) ^ set(range(1, source.cut.highest + 1)))
            told = "is missing" if wrong <= source.cut.highest else "was never minted"
            what = f"1 to {source.cut.highest} were minted, and {wrong} {told}"
            yield Problem(_file(source.id), 1, 1, "list-made-again", what, _RESTORE)


@rule
def list_changed(corpus: Corpus) -> Iterator[Problem]:
    for _, source, passages in _sources(corpus):
        if _other(corpus, source, passages) and _complete(source, passages):
            what = "it, or cut in its record, was changed by hand"
            yield Problem(_file(source.id), 1, 1, "list-changed", what, _RESTORE)


def _other(corpus: Corpus, source: Source, passages: list[Passage]) -> bool:
    """Whether a list is not the one that its record is sealed with, and no other source's either."""
    return source.cut is not None and not _sealed(source, passages) and not _owner(corpus, source, passages)


def _complete(source: Source, passages: list[Passage]) -> bool:
    """Whether a list holds every number that was minted, and no other."""
    return source.cut is not None and sorted(by_number(passages)) == list(range(1, source.cut.highest + 1))


@rule
def passage_order(corpus: Corpus) -> Iterator[Problem]:
    for key, passages in corpus.passages.items():
        end, gone, seen = 0, False, set[int]()
        for line, passage in enumerate(passages, 2):
            wrong = passage.live and (gone or passage.start < end)
            twice = passage.number in seen and passage.state != "earlier"
            if wrong or twice or not passage.number or passage.end <= passage.start:
                what = f"passage {passage.number} {'stands twice' if twice else 'is out of order'}"
                yield Problem(_file(key), line, 1, "passage-order", what, _RESTORE)
                break
            gone = not passage.live
            end = passage.end if passage.live else end
            seen |= {passage.number} if passage.state != "earlier" else set()


@rule
def span_beyond_snapshot(corpus: Corpus) -> Iterator[Problem]:
    for key, source in corpus.sources.items():
        first, last = source.part
        if last > source.snapshot.characters or first >= last:
            what = f"{first}-{last} is no part of {source.snapshot.characters} characters"
            yield corpus.entries[key].problem(("snapshot", "span"), "span-beyond-snapshot", what, "correct the span")
        for line, passage in enumerate(corpus.passages.get(key, ()), 2):
            if passage.live and (passage.start < first or passage.end > last):
                what = f"passage {passage.number} lies outside {first}-{last}"
                yield Problem(_file(key), line, 1, "span-beyond-snapshot", what, _RESTORE)


def _by_snapshot(corpus: Corpus) -> dict[str, list[Source]]:
    """Sources by the snapshot that they are read from."""
    found: dict[str, list[Source]] = defaultdict(list)
    for source in corpus.sources.values():
        found[source.snapshot.sha256].append(source)
    return found


@rule
def spans_overlap(corpus: Corpus) -> Iterator[Problem]:
    for shared in _by_snapshot(corpus).values():
        parts = sorted((source.part, source.id) for source in shared)
        for ((first, last), key), ((start, end), other) in pairwise(parts):
            if start < last:
                what = f"{start}-{end} of {other} lies over {first}-{last} of {key}"
                fix = "part the snapshot between them"
                yield corpus.entries[other].problem(("snapshot", "span"), "spans-overlap", what, fix)


@rule
def snapshot_parted(corpus: Corpus) -> Iterator[Problem]:
    shared = _by_snapshot(corpus)
    for key, source in corpus.sources.items():
        for before in {each.sha256: None for each in source.earlier if each.sha256 != source.snapshot.sha256}:
            for other in (each for each in shared.get(before, ()) if each.id != key):
                what = f"{key}, which was part of the same snapshot, is read from a later one"
                fix = f"run segment with that one and --key {other.id} too"
                yield corpus.entries[other.id].problem(("snapshot", "sha256"), "snapshot-parted", what, fix)


@rule
def kept_not_gone(corpus: Corpus) -> Iterator[Problem]:
    for entry, source, passages in _sources(corpus):
        known = by_number(passages)
        for index, kept in enumerate(source.kept):
            for first, last in ranges(kept.passages):
                wrong = [
                    n for n in range(first, min(last, first + 1000) + 1) if n not in known or known[n].state != "gone"
                ]
                if wrong:
                    what = f"passage {wrong[0]} is not gone"
                    yield entry.problem(("kept", index), "kept-not-gone", what, "take it out of kept")
