"""Rules on ties: where they stand, and whether they go on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import vocab
from ..model.claims import Tie
from ..model.corpus import Corpus
from ..model.problem import Problem
from .rule import claims, rule


@rule
def tie_in_both_files(corpus: Corpus) -> Iterator[Problem]:
    known: set[tuple[str, str, str]] = set()
    for entry, loc, claim in sorted(claims(corpus), key=lambda each: each[0].record.id):
        name, own = str(loc[0]), entry.record.id
        if isinstance(claim, Tie) and claim.value and corpus.vocabulary.relations[name].symmetric:
            known.add((name, own, claim.value))
            if (name, claim.value, own) in known and claim.value != own:
                what = f"{name} {claim.value} stands in the file of {claim.value} too"
                fix = "move all that is said of the tie to one of the two files"
                yield entry.problem(loc, "tie-in-both-files", what, fix)


# Values are in our words; a wide table shows the tie unless it has an end.
_FORMER = re.compile(r"(?:former|formerly|ex|deposed|ousted|erstwhile|previous|previously|one-time)\b", re.IGNORECASE)


@rule
def former_without_until(corpus: Corpus) -> Iterator[Problem]:
    for entry, loc, claim in claims(corpus):
        if not isinstance(claim, Tie) or claim.until or claim.standing in vocab.NEGATIVE:
            continue
        if _FORMER.match(claim.role or ""):
            fix = "add until: by the date of the source where no other is given, ../2013"
            yield entry.problem((*loc, "role"), "former-without-until", f"{claim.role} without an end", fix)
