"""Rules on the ledger of statement ids that were given up: a cited id leads to what became of it, in one step."""

from __future__ import annotations

from collections.abc import Iterator

from ..model.changes import SHORT
from ..model.claims import statement_id
from ..model.corpus import Corpus
from ..model.problem import Problem
from .rule import claims, rule

_PATH, _FIX = "raw/changes.csv", "run syrian-groups-data changes, or correct the row"


def _ids(corpus: Corpus) -> set[str]:
    """Ids of all statements, where there is a ledger to be held against them."""
    if not corpus.changes:
        return set()
    return {
        statement_id(entry.record.id, str(loc[0]), claim, said_by, speaker)
        for entry, loc, claim in claims(corpus)
        for said_by, speaker in claim.speakers
    }


@rule
def change_in_use(corpus: Corpus) -> Iterator[Problem]:
    used = {found for each in _ids(corpus) for found in (each, each[:SHORT])}
    for change, at in corpus.changes:
        if change.old in used:
            yield Problem(_PATH, *at, "change-in-use", f"{change.old} is in use", _FIX)


@rule
def change_nowhere(corpus: Corpus) -> Iterator[Problem]:
    if corpus.unread:  # what a file that cannot be read says is not known to be missing
        return
    ids = _ids(corpus) | {change.old for change, _ in corpus.changes}
    for change, at in corpus.changes:
        if change.new and change.new not in ids:
            what = f"{change.old} leads to {change.new}, which does not exist"
            yield Problem(_PATH, *at, "change-nowhere", what, _FIX)


@rule
def change_chain(corpus: Corpus) -> Iterator[Problem]:
    gone = {change.old for change, _ in corpus.changes}
    for change, at in corpus.changes:
        if change.new in gone or change.new[:SHORT] in gone:
            what = f"{change.old} leads to {change.new}, which was given up itself"
            yield Problem(_PATH, *at, "change-chain", what, _FIX)


@rule
def change_twice(corpus: Corpus) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for change, at in corpus.changes:
        line = first.setdefault(change.old, at[0])
        if line != at[0]:
            yield Problem(
                _PATH, *at, "change-twice", f"{change.old} stands at line {line} too", "delete one of the two"
            )
