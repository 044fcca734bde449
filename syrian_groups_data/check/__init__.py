"""Records -> problems. One function a rule, named after the code that it reports."""

from __future__ import annotations

from ..author import Corpus
from ..model.problem import Problem
from . import claims, evidence, references
from .rule import RULES

__all__ = ["RULES", "check", "claims", "evidence", "references"]


def check(corpus: Corpus) -> list[Problem]:
    """All problems of a corpus, those of reading included, sorted by place."""
    found = set(corpus.problems)
    for rule in RULES:
        found.update(rule(corpus))
    return sorted(found)
