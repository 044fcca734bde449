"""Records -> problems. One function a rule, named after the code that it reports."""

from . import claims, evidence, passages, references
from .rule import RULES, check

__all__ = ["RULES", "check", "claims", "evidence", "passages", "references"]
