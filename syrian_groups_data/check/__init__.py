"""Records -> problems. One function a rule, named after the code that it reports."""

from . import changes, claims, dates, evidence, passages, patterns, references, speech, ties, twins
from .rule import RULES, check

__all__ = [
    "RULES", "changes", "check", "claims", "dates", "evidence", "passages", "patterns", "references", "speech", "ties", "twins",
]  # fmt: skip
