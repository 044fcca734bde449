"""Records -> problems. One function a rule, named after the code that it reports."""

from . import changes, claims, evidence, patterns, references, speech, ties
from .rule import RULES, check

__all__ = ["RULES", "changes", "check", "claims", "evidence", "patterns", "references", "speech", "ties"]
