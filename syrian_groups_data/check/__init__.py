"""Records -> problems. One function a rule, named after the code that it reports."""

from . import claims, evidence, patterns, references
from .rule import RULES, check

__all__ = ["RULES", "check", "claims", "evidence", "patterns", "references"]
