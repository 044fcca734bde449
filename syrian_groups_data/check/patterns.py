"""Rules on claims read together: what readings from outside found more than once."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model.claims import Accused, Attribute, Claim, Location, Name, Tie
from ..model.corpus import Corpus
from ..model.fold import fold
from ..model.problem import Problem
from ..model.records import Allegation, Answered, Event, Group, Place
from .rule import claims, rule

_BYNAMES = ("banner", "epithet")


@rule
def title_or_name(corpus: Corpus) -> Iterator[Problem]:
    for entry in corpus.of(Group):
        group = entry.record
        assert isinstance(group, Group)
        fix = "give names, or a title where the texts only describe it"
        named = [index for index, name in enumerate(group.names) if name.role not in _BYNAMES]
        if not named and not group.title:
            yield entry.problem((), "title-or-name", "neither names nor title", fix)
        if named and (group.title or group.kind == "described"):
            what = f"{group.names[named[0]].value} is a description, or the title is needless"
            yield entry.problem(("names", named[0]), "title-or-name", what, fix)


# Words of which raw/README.md says that they are never ours.
_LABELS = re.compile(r"\b(?:regime|terrorist|butcher|martyr)s?\b", re.IGNORECASE)


@rule
def label_without_speaker(corpus: Corpus) -> Iterator[Problem]:
    for entry, loc, claim in claims(corpus):
        if isinstance(claim, Name) and not (claim.said_by or claim.speaker) and (found := _LABELS.search(claim.value)):
            what = f"{claim.value} takes sides ({found[0]}) and nobody says it"
            yield entry.problem(loc, "label-without-speaker", what, "add said_by or speaker, or leave the name out")


# A genitive before a common noun says whose a thing is (the ruler's army); before a proper one it is part of a name.
_WHOSE = re.compile(r"['\u2019]s (?:.* )?[a-z]\S*$")


@rule
def made_up_name(corpus: Corpus) -> Iterator[Problem]:
    for entry, loc, claim in claims(corpus):
        if not isinstance(claim, Name) or claim.lang != "en" or claim.role in _BYNAMES or claim.note:
            continue
        if _WHOSE.search(claim.value):
            what = f"{claim.value} says whose it is, not what it is called"
            fix = "leave it out, or say in a note that it is a fixed designation"
            yield entry.problem(loc, "made-up-name", what, fix)


_SETTLEMENTS = frozenset({"city", "town", "village", "neighbourhood"})
_DIVISIONS = frozenset({"governorate", "district"})


@rule
def ambiguous_toponym(corpus: Corpus) -> Iterator[Problem]:
    places = [(entry, entry.record) for entry in corpus.of(Place) if isinstance(entry.record, Place)]
    towns: dict[tuple[str, str], str] = {}  # name of a settlement, and what it lies in -> the settlement
    divisions = {fold(name.value) for _, place in places if place.kind in _DIVISIONS for name in place.names}
    for _, place in places:
        shared = {fold(name.value) for name in place.names} & divisions if place.kind in _SETTLEMENTS else set()
        for above in _above(corpus, place) if shared else ():
            towns |= {(name, above): place.id for name in shared}
    for entry, place in places:
        for index, name in enumerate(place.names if place.kind in _DIVISIONS else ()):
            town = towns.get((fold(name.value), place.id))
            if town and not name.note:
                what = f"{name.value} is a name of {town} too"
                fix = "say in a note how the passages show which of the two they mean"
                yield entry.problem(("names", index), "ambiguous-toponym", what, fix)


def _above(corpus: Corpus, place: Place) -> Iterator[str]:
    """Ids of the places in which one lies, by the gazetteer."""
    seen: set[str] = set()
    while place.parent and place.parent not in seen:
        seen.add(place.parent)
        yield place.parent
        found = corpus.entries.get(place.parent)
        if not found or not isinstance(found.record, Place):
            return
        place = found.record


@rule
def precision_left_out(corpus: Corpus) -> Iterator[Problem]:
    for entry, loc, claim in claims(corpus):
        found = corpus.entries.get(claim.value) if isinstance(claim, Location) else None
        place = found.record if found else None
        if isinstance(place, Place) and place.kind in _SETTLEMENTS and "precision" not in claim.model_fields_set:
            what = f"at, in or near {place.id}"
            yield entry.problem(loc, "precision-left-out", what, "write precision as the text has it")


@rule
def part_of_description(corpus: Corpus) -> Iterator[Problem]:
    for entry, loc, claim in claims(corpus):
        if loc[0] == "part_of" and isinstance(claim, Tie) and claim.value:
            found = corpus.entries.get(claim.value)
            if found and isinstance(found.record, Group) and found.record.kind == "described":
                what = f"{claim.value} is no body of which something is a part"
                yield entry.problem(loc, "part-of-description", what, "write affiliated_with, or a banner of it")


@rule
def judgement_as_fact(corpus: Corpus) -> Iterator[Problem]:
    for entry, loc, claim in claims(corpus):
        if isinstance(claim, Claim) and claim.standing == "judged" and not isinstance(claim, Attribute):
            what = f"{loc[0]} is judged"
            yield entry.problem(loc, "judgement-as-fact", what, "make it an assessment of the record that it is about")


@rule
def alleged_without_accuser(corpus: Corpus) -> Iterator[Problem]:
    for entry, loc, claim in claims(corpus):
        if isinstance(claim, Accused) or not isinstance(claim, Claim):
            continue
        if claim.standing == "alleged" and not (claim.said_by or claim.speaker):
            fix = "name the accuser; the source's own words are asserted, or reported where it hedges"
            yield entry.problem(loc, "alleged-without-accuser", "nobody alleges it", fix)


@rule
def surer_than_accusation(corpus: Corpus) -> Iterator[Problem]:
    for entry in corpus.of(Allegation):
        record = entry.record
        assert isinstance(record, Allegation)
        plain = {p for claim in record.accused if _plain(claim, "alleged") for p in claim.cite}
        hung = {p for claim in record.accused for p in claim.cite} - plain
        for index, date in enumerate(record.date):
            if _plain(date, "asserted") and set(date.cite) <= hung:
                what = f"{date.value} is asserted, the accusation of {date.cite[0]} is somebody's or hedged"
                yield entry.problem(
                    ("date", index), "surer-than-accusation", what, "give it speaker, standing and hedge"
                )


def _plain(claim: Claim, standing: str) -> bool:
    """Whether a claim is the source's own and has that standing, without a hedge."""
    return claim.standing == standing and not (claim.said_by or claim.speaker or claim.hedge)


@rule
def answer_from_elsewhere(corpus: Corpus) -> Iterator[Problem]:
    sections = {
        f"{key}:{passage.number}": (key, passage.section) for key, found in corpus.passages.items() for passage in found
    }
    for entry in corpus.of(Answered):
        record = entry.record
        assert isinstance(record, Allegation | Event)
        said = record.accused if isinstance(record, Allegation) else record.occurred
        answered = {sections.get(passage) for claim in said for passage in claim.cite}
        for index, response in enumerate(record.responses):
            if not response.note and answered.isdisjoint(sections.get(passage) for passage in response.cite):
                what = f"{response.cite[0]} stands in another section than what it answers"
                fix = "leave it out, or say in a note why it answers this"
                yield entry.problem(("responses", index), "answer-from-elsewhere", what, fix)


# Beginnings of English words that weaken what is said, or leave it to somebody.
_HEDGES = re.compile(
    r"\b(?:accus|alleg|almost|appar|appear|assum|attribut|believ|blam|circumstan|claim|consider|could|effectiv|estimat|expect"
    r"|fals|identif|implic|indicat|likel|may|might|ostensib|perceiv|perhaps|portray|possib|presum|probab|purport|record|report"
    r"|reput|rumou?r|said|seem|so-called|speculat|suggest|suppos|suspec|think|thought|tradition|un(?:clear|confirm|likel)"
    r"|virtual|would)",
    re.IGNORECASE,
)


@rule
def no_hedge_word(corpus: Corpus) -> Iterator[Problem]:
    english = {key for key, source in corpus.sources.items() if source.language == "en"}
    for entry, loc, claim in claims(corpus):
        told = claim.hedge and not claim.note and english.issuperset(passage.split(":")[0] for passage in claim.cite)
        if told and not _HEDGES.search(claim.hedge or ""):
            what = f"“{claim.hedge}” does not weaken"
            fix = "say it in the value or its role, or in a note what it leaves open"
            yield entry.problem((*loc, "hedge"), "no-hedge-word", what, fix)
