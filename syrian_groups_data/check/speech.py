"""Rules on who says what, and what an answer reaches."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import vocab
from ..model.claims import Claim, Response
from ..model.corpus import Corpus
from ..model.problem import Problem
from ..model.records import Event
from .rule import claims, rule


@rule
def via_without_speaker(corpus: Corpus) -> Iterator[Problem]:
    for entry, loc, claim in claims(corpus):
        if isinstance(claim, Claim) and claim.via and not (claim.said_by or claim.speaker):
            fix = "add said_by or speaker, or move the relay there"
            yield entry.problem((*loc, "via"), "via-without-speaker", "nobody speaks through the relays", fix)


@rule
def covers_nothing(corpus: Corpus) -> Iterator[Problem]:
    for entry, loc, claim in claims(corpus):
        if not isinstance(claim, Response) or not claim.covers:
            continue
        if claim.stance not in vocab.CONTESTING_STANCES:
            what, fix = f"{claim.stance} disputes nothing", "leave covers out"
            yield entry.problem((*loc, "covers"), "covers-nothing", what, fix)
            continue
        affirmed = {
            name
            for name, _, each in entry.record.evidence()
            if isinstance(each, Claim) and each.standing not in vocab.NEGATIVE
        }
        for index, name in enumerate(claim.covers):
            if name not in affirmed:
                what = f"{entry.record.id} has no {name}"
                yield entry.problem((*loc, "covers", index), "covers-nothing", what, "name a property of the record")


@rule
def denial_without_reach(corpus: Corpus) -> Iterator[Problem]:
    for entry, loc, claim in claims(corpus):
        if not isinstance(claim, Response) or not isinstance(entry.record, Event) or claim.standing in vocab.NEGATIVE:
            continue
        if claim.stance in ("denies", "partly-denies") and claim.covers is None:
            what = f"nothing says what {claim.by or claim.described} disputes"
            fix = "list in covers the properties that are disputed as a whole, [] where none is"
            yield entry.problem(loc, "denial-without-reach", what, fix)
