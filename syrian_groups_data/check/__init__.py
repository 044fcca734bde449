"""Records -> problems. One function a rule, named after the code that it reports."""

from . import changes, claims, evidence, passages, patterns, references, speech, ties
from .rule import RULES, check

__all__ = [
    "RULES", "changes", "check", "claims", "evidence", "passages", "patterns", "references", "speech", "ties",
]  # fmt: skip
