"""The part of raw/ that can be read while somebody is still writing: without the claims and records that have problems."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import NamedTuple

from ..model.claims import Evidence
from ..model.corpus import Corpus, Entry, Place
from ..model.problem import Problem
from ..model.records import AnyRecord

# What is wrong with lists and citations stops nobody from reading them.
_HARMLESS = {
    "passage-gone", "list-not-bound", "list-of-another-document", "list-made-again", "list-changed", "kept-not-gone",
    "cited-and-set-aside", "set-aside-without-note",
}  # fmt: skip


class Sound(NamedTuple):
    """A corpus that makes tables, the problems for which something of it is left out, and those that stop no reader."""

    corpus: Corpus
    left_out: list[Problem]
    harmless: list[Problem]


def sound(corpus: Corpus) -> Sound:
    """The part of a corpus that can be read."""
    from ..check import check

    told = [each for each in corpus.problems if not each.warning]
    corpus = corpus._replace(problems=[], unread=set())
    while True:
        found = [each for each in check(corpus) if not each.warning]
        wrong = [each for each in found if each.code not in _HARMLESS]
        told += wrong
        places: dict[str, set[Place]] = defaultdict(set)
        for each in wrong:
            places[each.path].add((each.line, each.column))
        entries = {}
        for key, entry in corpus.entries.items():
            if kept := _without(entry, places[entry.path]) if entry.path in places else entry:
                entries[key] = kept
        lists = {
            key: rows
            for key, rows in corpus.passages.items()
            if f"raw/sources/{key}.csv" not in places and key in entries
        }
        redirects = {} if "raw/redirects.yml" in places else corpus.redirects
        if (entries, lists, redirects) == (corpus.entries, corpus.passages, corpus.redirects):
            break  # nothing is wrong, or it lies in a file that makes no rows
        corpus = corpus._replace(entries=entries, passages=lists, redirects=redirects)
    return Sound(corpus, told, [each for each in found if each.code in _HARMLESS])


def _without(entry: Entry, places: Collection[Place]) -> Entry | None:
    """A record without the claims that have a problem; None where the problem is its own, or too little is left."""
    record: AnyRecord = entry.record
    bad: dict[str, set[int]] = defaultdict(set)
    claims = {(name, index) for name, index, _ in record.evidence()}
    left = set(places)
    for loc, place in entry.marks.items():
        if place in places and loc[:2] in claims:
            bad[str(loc[0])].add(int(loc[1]))
            left.discard(place)
    if left:
        return None
    values: dict[str, list[Evidence]] = {
        name: [each for index, each in enumerate(getattr(record, name)) if index not in wrong]
        for name, wrong in bad.items()
    }
    needed = ("names", "occurred", "accused")
    if any(not kept for name, kept in values.items() if name in needed):
        return None
    return Entry(record.model_copy(update=values), entry.path, _moved(entry, bad))


def _moved(entry: Entry, bad: dict[str, set[int]]) -> dict[tuple[str | int, ...], Place]:
    """Places of the values of a record after some items of its lists were taken out."""
    found = {}
    for loc, place in entry.marks.items():
        if len(loc) > 1 and loc[0] in bad:
            index = int(loc[1])
            wrong = bad[str(loc[0])]
            if index in wrong:
                continue
            loc = (loc[0], index - sum(each < index for each in wrong), *loc[2:])
        found[loc] = place
    return found
