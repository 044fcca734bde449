"""Rules on single claims: speakers, dates, numbers, places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from math import asin, cos, radians, sin, sqrt
from typing import Any

from ..model.claims import Actor, Claim, Evidence, Name, Number, Response, statement_id
from ..model.corpus import Corpus, Entry, Loc
from ..model.fold import fold
from ..model.problem import Problem
from ..model.records import Allegation, Event, Named, Place
from .rule import claims, rule


@rule
def value_or_described(corpus: Corpus) -> Iterator[Problem]:
    for entry, loc, claim in claims(corpus):
        if isinstance(claim, Actor) and bool(claim.value) == bool(claim.described):
            yield entry.problem(loc, "value-or-described", "needs one of value and described", "give exactly one")
        if isinstance(claim, Response) and bool(claim.by) == bool(claim.described):
            yield entry.problem(loc, "value-or-described", "needs one of by and described", "give exactly one")


@rule
def two_speakers(corpus: Corpus) -> Iterator[Problem]:
    for entry, loc, claim in claims(corpus):
        if isinstance(claim, Claim) and claim.said_by and claim.speaker:
            yield entry.problem(
                (*loc, "speaker"), "two-speakers", "said_by and speaker", "keep said_by, put the rest in note"
            )


@rule
def claimed_without_speaker(corpus: Corpus) -> Iterator[Problem]:
    for entry, loc, claim in claims(corpus):
        if isinstance(claim, Claim) and claim.standing == "claimed" and not (claim.said_by or claim.speaker):
            yield entry.problem(loc, "claimed-without-speaker", "nobody claims it", "add said_by or speaker")


@rule
def denied_without_speaker(corpus: Corpus) -> Iterator[Problem]:
    for entry, loc, claim in claims(corpus):
        if isinstance(claim, Claim) and claim.standing == "denied" and not (claim.said_by or claim.speaker):
            yield entry.problem(loc, "denied-without-speaker", "nobody denies it", "add said_by, or write refuted")


@rule
def reported_without_hedge(corpus: Corpus) -> Iterator[Problem]:
    for entry, loc, claim in claims(corpus):
        if isinstance(claim, Claim) and claim.standing == "reported" and not claim.hedge:
            yield entry.problem(loc, "reported-without-hedge", "no hedge", "add hedge: the word of the text")


@rule
def epithet_without_speaker(corpus: Corpus) -> Iterator[Problem]:
    for entry, loc, claim in claims(corpus):
        if isinstance(claim, Name) and claim.role == "epithet" and not (claim.said_by or claim.speaker):
            yield entry.problem(loc, "epithet-without-speaker", f"nobody says {claim.value}", "add said_by or speaker")


@rule
def speaker_is_publisher(corpus: Corpus) -> Iterator[Problem]:
    sources = corpus.sources
    for entry, loc, claim in claims(corpus):
        for index, speaker in enumerate(claim.said_by if isinstance(claim, Claim) else []):
            found = corpus.entries.get(speaker)
            if not found or not isinstance(found.record, Named):
                continue
            names = {fold(name.value) for name in found.record.names}
            cited = {passage.split(":")[0] for passage in claim.cite}
            publishers = {fold(sources[key].publisher or "") for key in cited if key in sources}
            if names & (publishers - {""}):
                what = f"{speaker} publishes the source"
                yield entry.problem(
                    (*loc, "said_by", index), "speaker-is-publisher", what, "leave said_by out: the source speaks"
                )


@rule
def said_in_is_no_statement(corpus: Corpus) -> Iterator[Problem]:
    for entry, loc, claim in claims(corpus):
        found = corpus.entries.get(claim.said_in or "")
        if found and isinstance(found.record, Event) and found.record.kind != "statement":
            what = f"{claim.said_in} is of type {found.record.kind}"
            yield entry.problem(
                (*loc, "said_in"), "said-in-is-no-statement", what, "name the event in which it was said"
            )


@rule
def value_twice(corpus: Corpus) -> Iterator[Problem]:
    for entry in corpus.entries.values():
        lists: list[tuple[Loc, list[str]]] = []
        if isinstance(entry.record, Allegation):
            lists.append((("acts",), entry.record.acts))
        for name, index, claim in entry.record.evidence():
            lists.append(((name, index, "via"), claim.via))
            if isinstance(claim, Claim):
                lists.append(((name, index, "said_by"), claim.said_by))
            if isinstance(claim, Response):
                lists.append(((name, index, "covers"), list(claim.covers or ())))
        for loc, values in lists:
            for i, value in enumerate(values):
                if value in values[:i]:
                    yield entry.problem((*loc, i), "value-twice", f"{value} stands twice", "delete one of the two")


@rule
def delimiter_in_text(corpus: Corpus) -> Iterator[Problem]:
    """Labels, descriptions, answers, hedges and identifiers become items of lists."""
    fix = "use a comma or a dash"
    for entry in corpus.entries.values():
        if isinstance(entry.record, Event) and ";" in entry.record.title:
            yield entry.problem(("title",), "delimiter-in-text", "title holds a semicolon", fix)
        for i, each in enumerate(vars(entry.record).get("identifiers", ())):
            if ";" in each.value:
                loc = ("identifiers", i, "value")
                yield entry.problem(loc, "delimiter-in-text", "identifier holds a semicolon", fix)
        for name, index, claim in entry.record.evidence():
            keys = ["described", "speaker", "part", "hedge"] + ["value"] * isinstance(claim, Name)
            for key in keys:
                if ";" in (vars(claim).get(key) or ""):
                    yield entry.problem((name, index, key), "delimiter-in-text", f"{key} holds a semicolon", fix)


@rule
def duplicate_statement(corpus: Corpus) -> Iterator[Problem]:
    for entry in corpus.entries.values():
        alike: dict[Any, list[tuple[str, int, Evidence]]] = defaultdict(list)  # the others need no hash
        for name, index, claim in entry.record.evidence():
            alike[name, vars(claim).get("value"), vars(claim).get("low")].append((name, index, claim))
        for found in alike.values():
            yield from _twice(entry, found) if len(found) > 1 else ()


def _twice(entry: Entry, found: list[tuple[str, int, Evidence]]) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for name, index, claim in found:
        for said_by, speaker in claim.speakers:
            key = statement_id(entry.record.id, name, claim, said_by, speaker)
            if key in first:
                what = f"the same claim stands at line {first[key]}"
                yield entry.problem((name, index), "duplicate-statement", what, "join the two and keep all citations")
                break
            first[key] = entry.place((name, index))[0]


@rule
def uncoded_value(corpus: Corpus) -> Iterator[Problem]:
    for entry, loc, claim in claims(corpus):
        codes = corpus.vocabulary.codes(str(loc[0]))
        if codes and isinstance(claim, Claim) and claim.text not in codes:
            yield entry.problem(
                (*loc, "value"), "uncoded-value", f"{claim.text} is no code", f"use one of {', '.join(codes)}"
            )


@rule
def low_above_high(corpus: Corpus) -> Iterator[Problem]:
    for entry, loc, claim in claims(corpus):
        if isinstance(claim, Number) and claim.low is not None and claim.high is not None and claim.low > claim.high:
            yield entry.problem((*loc, "low"), "low-above-high", f"{claim.low} > {claim.high}", "exchange them")


@rule
def number_without_value(corpus: Corpus) -> Iterator[Problem]:
    needs = {"at-least": "low", "more-than": "low", "up-to": "high", "fewer-than": "high"}
    for entry, loc, claim in claims(corpus):
        if not isinstance(claim, Number):
            continue
        missing = [key for key in ("low", "high") if getattr(claim, key) is None]
        needed = needs.get(claim.qualifier)
        what = None
        if claim.qualifier == "worded":
            what = None if claim.words else "worded, and no words"
        elif needed:
            other = "high" if needed == "low" else "low"
            if needed in missing:
                what = f"{claim.qualifier} needs {needed}"
            elif other not in missing:
                what = f"{claim.qualifier} takes no {other}"
        elif missing:
            what = f"{claim.qualifier} needs low and high"
        if not what and claim.qualifier in ("exact", "about") and claim.low != claim.high:
            what = f"{claim.qualifier} needs low and high to be equal"
        if what:
            yield entry.problem(loc, "number-without-value", what, "see the ruling on numbers in raw/README.md")


_CASUALTIES = frozenset({"killed", "injured", "casualties", "captured", "missing", "affected"})


@rule
def casualty_without_class(corpus: Corpus) -> Iterator[Problem]:
    for entry, loc, claim in claims(corpus):
        if loc[0] in _CASUALTIES and isinstance(claim, Number) and not claim.class_:
            fix = "add class, unspecified where the text does not say"
            yield entry.problem(loc, "casualty-without-class", f"{loc[0]} of whom", fix)


@rule
def number_on_allegation(corpus: Corpus) -> Iterator[Problem]:
    for entry, loc, claim in claims(corpus):
        record = entry.record
        if isinstance(claim, Number) and isinstance(record, Allegation) and record.event:
            yield entry.problem(loc, "number-on-allegation", f"{loc[0]} stands here", f"move it to {record.event}")


@rule
def subtype_of_other_type(corpus: Corpus) -> Iterator[Problem]:
    for entry in corpus.of(Event):
        assert isinstance(entry.record, Event)
        terms = corpus.vocabulary.subtypes[entry.record.kind]
        if entry.record.subtype not in terms:
            what = f"{entry.record.subtype} is none of {entry.record.kind}"
            yield entry.problem(("subtype",), "subtype-of-other-type", what, f"use one of {', '.join(terms)}")


@rule
def accuser_is_accused(corpus: Corpus) -> Iterator[Problem]:
    for entry in corpus.of(Allegation):
        assert isinstance(entry.record, Allegation)
        for index, claim in enumerate(entry.record.accused):
            if claim.value and claim.value in claim.said_by:
                fix = "a claim of responsibility is a response, or an event"
                yield entry.problem(("accused", index), "accuser-is-accused", f"{claim.value} accuses itself", fix)


@rule
def accused_is_participant(corpus: Corpus) -> Iterator[Problem]:
    accused: dict[str, set[str]] = defaultdict(set)
    for entry in corpus.of(Allegation):
        assert isinstance(entry.record, Allegation)
        if entry.record.event:
            accused[entry.record.event] |= {claim.value for claim in entry.record.accused if claim.value}
    for entry in corpus.of(Event):
        assert isinstance(entry.record, Event)
        for index, claim in enumerate(entry.record.participants):
            doer = claim.role in ("agent", "partner", "commander", "organiser")
            if (
                doer
                and claim.value in accused[entry.record.id]
                and claim.standing not in ("asserted", "claimed", "denied", "refuted")
            ):
                what = f"{claim.value} is accused of it and stands as {claim.role}, {claim.standing}"
                yield entry.problem(
                    ("participants", index), "accused-is-participant", what, "leave it to the allegation"
                )


@rule
def place_without_gazetteer(corpus: Corpus) -> Iterator[Problem]:
    together = "give latitude, longitude, precision and gazetteer together"
    for entry in corpus.of(Place):
        place: Any = entry.record
        located = place.latitude is not None
        given = [key for key in ("parent", "iso_3166_2", "geonames_id", "latitude") if getattr(place, key) is not None]
        if located != (place.longitude is not None):
            key = "latitude" if located else "longitude"
            yield entry.problem((key,), "place-without-gazetteer", "one coordinate alone", together)
        elif located and place.precision == "none":
            yield entry.problem(("latitude",), "place-without-gazetteer", "coordinates with precision none", together)
        elif not located and place.precision != "none":
            what = f"precision {place.precision} without coordinates"
            yield entry.problem(("precision",), "place-without-gazetteer", what, together)
        elif given and not place.gazetteer:
            what = "reference data without gazetteer"
            yield entry.problem((given[0],), "place-without-gazetteer", what, "add gazetteer")


@rule
def place_outside_parent(corpus: Corpus) -> Iterator[Problem]:
    limit = corpus.project.limits.place_to_parent_km
    if limit is None:
        return
    for entry in corpus.of(Place):
        place: Any = entry.record
        found = corpus.entries.get(place.parent or "")
        parent: Any = found.record if found else None
        if not isinstance(parent, Place) or parent.kind == "country":
            continue
        if None not in (place.latitude, place.longitude, parent.latitude, parent.longitude):
            far = _km(place, parent)
            if far > limit:
                what = f"{far:.0f} km from {place.parent}"
                yield entry.problem(("latitude",), "place-outside-parent", what, "check for a namesake")


def _km(a: Any, b: Any) -> float:
    """Distance between two places along a great circle, in kilometres."""
    north, east = radians(b.latitude - a.latitude), radians(b.longitude - a.longitude)
    inner = sin(north / 2) ** 2 + cos(radians(a.latitude)) * cos(radians(b.latitude)) * sin(east / 2) ** 2
    return 2 * 6371 * asin(sqrt(min(1.0, inner)))
