"""What a rule is: a function that yields problems, named after the code that it reports."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..author import Corpus, Entry
from ..model.claims import Evidence
from ..model.problem import CODES, Problem
from ..yaml12 import Loc

Rule = Callable[[Corpus], Iterator[Problem]]
RULES: list[Rule] = []


def rule(function: Rule) -> Rule:
    """Register a rule; its name, with hyphens, is its code."""
    assert function.__name__.replace("_", "-") in CODES
    RULES.append(function)
    return function


def claims(corpus: Corpus) -> Iterator[tuple[Entry, Loc, Evidence]]:
    """Every claim of every record, and where it stands."""
    for entry in corpus.entries.values():
        for name, index, claim in entry.record.evidence():
            yield entry, (name, index), claim
