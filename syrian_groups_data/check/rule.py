"""What a rule is: a function that yields problems, named after the code that it reports."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..model.claims import Evidence
from ..model.corpus import Corpus, Entry, Loc
from ..model.problem import CODES, Problem
from ..model.watch import Watch, unwatched

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


def check(corpus: Corpus, watch: Watch = unwatched) -> list[Problem]:
    """All problems of a corpus, those of reading included, sorted by place."""
    found = set(corpus.problems)
    for each in watch(RULES, "rules"):
        found.update(each(corpus))
    return sorted(found)
