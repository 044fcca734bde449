"""Records -> problems. One function a rule, named after the code that it reports."""

from . import claims, evidence, references
from .rule import RULES, check

__all__ = ["RULES", "check", "claims", "evidence", "references"]
