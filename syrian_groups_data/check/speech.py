"""Rules on who says what, and what an answer reaches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ..model import vocab
from ..model.claims import Attribute, Claim, Name, Response, Tie
from ..model.corpus import Corpus
from ..model.denial import reached
from ..model.problem import Problem
from ..model.records import Allegation, Event, Record
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


# A doubt is a third party's, and may be of another accuser's words.
_ANSWERS = vocab.CONTESTING_STANCES - {"doubts"}

Said = tuple[str, tuple[str, ...], str | None]  # a passage, and who says so in it


@rule
def answer_not_carried(corpus: Corpus) -> Iterator[Problem]:
    answered = _answered(corpus)
    for entry, loc, claim in claims(corpus) if answered else ():
        if not isinstance(claim, Attribute | Name | Tie) or claim.standing != "alleged" or claim.disputed_by:
            continue
        answers = {each for said in _said(claim) for each in answered.get(said, ()) if _one_source(each, said[0])}
        if answers and not any(each in (claim.note or "") for each in answers) and not _reached(entry.record, claim):
            what = f"the accusation of {claim.cite[0]} is answered in {', '.join(sorted(answers))}"
            fix = "add it to disputed_by, or say in a note that names it why it does not answer this"
            yield entry.problem(loc, "answer-not-carried", what, fix)


def _answered(corpus: Corpus) -> dict[Said, set[str]]:
    """Accusations as they are cited, and the passages in which somebody answers them."""
    found: dict[Said, set[str]] = defaultdict(set)
    for entry in corpus.of(Allegation):
        record = entry.record
        assert isinstance(record, Allegation)
        given = [each for each in record.responses if each.stance in _ANSWERS and each.standing not in vocab.NEGATIVE]
        answers = {passage for each in given for passage in each.cite}
        for accused in record.accused if answers else ():
            for said in _said(accused):
                found[said] |= answers
    return found


def _one_source(*passages: str) -> bool:
    return len({passage.partition(":")[0] for passage in passages}) == 1


def _said(claim: Claim) -> Iterator[Said]:
    for passage in claim.cite:
        yield passage, tuple(claim.said_by), claim.speaker


def _reached(record: Record, claim: Claim) -> bool:
    """Whether a denial on the record itself reaches a claim."""
    evidence = [(name, each) for name, _, each in record.evidence()]
    return any(evidence[i][1] is claim for i in reached(evidence, lambda place: (place,)))
