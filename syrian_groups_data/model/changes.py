"""What became of statements whose ids were given up: the ledger that keeps a cited id from dying in silence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

# An id of 1.0.0 had 12 digits and no `s`; it stands here with one, which no spreadsheet reads as a number.
FORMER_PATTERN = r"^s[0-9a-f]{12}(?:[0-9a-f]{8})?$"
SHORT = 13  # letters of such a one


def full(key: str) -> str:
    """A statement's id as it stands today: one of 1.0.0 is given its `s`."""
    return key if key.startswith("s") else f"s{key}"


def short(key: str) -> str:
    """The part of a statement's id by which releases know it, those of 1.0.0 too."""
    return full(key)[:SHORT]


class Change(NamedTuple):
    """One row of the ledger: `new` is empty where the statement was withdrawn."""

    old: str
    new: str
    kind: str
    reason: str
    since: str


def lost(former: Iterable[str], ids: Iterable[str], changes: Iterable[Change]) -> list[str]:
    """Ids of a former build that no statement has and no change names, sorted; those of 1.0.0 are given an `s`."""
    old = set(map(full, former))
    kept = {found for each in ids for found in (each, each[:SHORT])}
    named = {change.old for change in changes}
    return sorted(each for each in old - kept - named if each[:SHORT] not in named)
