"""Records -> problems. One function a rule, named after the code that it reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from math import hypot
from typing import Any

from .author import Corpus, Entry, Loc
from .model import vocab
from .model.problem import CODES, Problem, near
from .model.records import (
    Actor,
    Allegation,
    Claim,
    Event,
    Evidence,
    Location,
    Name,
    Named,
    Number,
    Place,
    Response,
    Source,
    Tie,
)
from .model.values import MISSING_WORDS, bounds, fold

Rule = Callable[[Corpus], Iterator[Problem]]
RULES: list[Rule] = []


def rule(function: Rule) -> Rule:
    """Register a rule; its name, with hyphens, is its code."""
    assert function.__name__.replace("_", "-") in CODES
    RULES.append(function)
    return function


def check(corpus: Corpus) -> list[Problem]:
    """All problems of a corpus, those of reading included, sorted by place."""
    found = set(corpus.problems)
    for each in RULES:
        found.update(each(corpus))
    return sorted(found)


def _claims(corpus: Corpus) -> Iterator[tuple[Entry, Loc, Evidence]]:
    for entry in corpus.entries.values():
        for name, index, claim in entry.record.evidence():
            yield entry, (name, index), claim


# --- ids and references ---------------------------------------------------------------------------


@rule
def reserved_id(corpus: Corpus) -> Iterator[Problem]:
    for entry in corpus.entries.values():
        if entry.record.id in MISSING_WORDS:
            yield entry.problem(("id",), "reserved-id", f"{entry.record.id} reads as a missing value", "mint another id")


def _references(entry: Entry) -> Iterator[tuple[Loc, str, tuple[str, ...]]]:
    """Every id in a record, where it stands, and the types of record that it may name."""
    record = entry.record
    actors = ("group", "person")
    if isinstance(record, Place) and record.parent:
        yield ("parent",), record.parent, ("place",)
    if isinstance(record, Allegation) and record.event:
        yield ("event",), record.event, ("event",)
    if isinstance(record, Source) and record.derived_from:
        yield ("derived_from",), record.derived_from, ("source",)
    for name, index, claim in record.evidence():
        loc = (name, index)
        for i, relay in enumerate(claim.via):
            yield (*loc, "via", i), relay, (*actors, "source")
        if claim.said_in:
            yield (*loc, "said_in"), claim.said_in, ("event",)
        if isinstance(claim, Response):
            if claim.by:
                yield (*loc, "by"), claim.by, actors
            continue
        if isinstance(claim, Claim):
            for i, speaker in enumerate(claim.said_by):
                yield (*loc, "said_by", i), speaker, (*actors, "source")
        if isinstance(claim, Number) and claim.of:
            yield (*loc, "of"), claim.of, actors
        if isinstance(claim, Location):
            yield (*loc, "value"), claim.value, ("place",)
        elif isinstance(claim, Tie) and claim.value:
            yield (*loc, "value"), claim.value, tuple(vocab.RELATIONS[name].objects.split())
        elif isinstance(claim, Actor) and claim.value:
            yield (*loc, "value"), claim.value, (*actors, "place") if name == "participants" else actors


@rule
def dangling_reference(corpus: Corpus) -> Iterator[Problem]:
    for entry in corpus.entries.values():
        for loc, target, _ in _references(entry):
            if target not in corpus.entries:
                hint = near(target, corpus.entries)
                if target in corpus.redirects:
                    hint = f" (it became {corpus.redirects[target]})"
                yield entry.problem(loc, "dangling-reference", f"no record {target}{hint}", "add the record, or correct the id")


@rule
def wrong_type_reference(corpus: Corpus) -> Iterator[Problem]:
    for entry in corpus.entries.values():
        for loc, target, types in _references(entry):
            found = corpus.entries.get(target)
            if found and found.record.type not in types:
                what = f"{target} is a {found.record.type}, not a {' or '.join(types)}"
                yield entry.problem(loc, "wrong-type-reference", what, "name a record of that type")


@rule
def relation_not_allowed(corpus: Corpus) -> Iterator[Problem]:
    for entry, loc, claim in _claims(corpus):
        name = str(loc[0])
        if isinstance(claim, Tie) and entry.record.type not in vocab.RELATIONS[name].subjects.split():
            what = f"a {entry.record.type} has no {name}"
            yield entry.problem(loc, "relation-not-allowed", what, f"it is for a {vocab.RELATIONS[name].subjects}")


@rule
def tie_to_itself(corpus: Corpus) -> Iterator[Problem]:
    for entry in corpus.entries.values():
        for loc, target, _ in _references(entry):
            own = loc[-1] in ("value", "parent", "derived_from") and loc[0] != "participants"
            if own and target == entry.record.id:
                yield entry.problem(loc, "tie-to-itself", f"{target} is tied to itself", "name the other one")


@rule
def circular_tie(corpus: Corpus) -> Iterator[Problem]:
    up: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for entry in corpus.entries.values():
        record = entry.record
        if isinstance(record, Place) and record.parent:
            up["parent"][record.id].add(record.parent)
        if isinstance(record, Source) and record.derived_from:
            up["derived_from"][record.id].add(record.derived_from)
        for name, _, claim in record.evidence():
            if name == "part_of" and isinstance(claim, Tie) and claim.value and claim.standing not in vocab.NEGATIVE:
                up[name][record.id].add(claim.value)
    for name, graph in up.items():
        for start in sorted(graph):
            seen, todo = set(), set(graph[start]) - {start}
            while todo and start not in seen:
                seen |= todo
                todo = {parent for node in todo for parent in graph.get(node, ())} - (seen - {start})
            if start in seen:
                yield corpus.entries[start].problem((name,), "circular-tie", f"{name} leads back to {start}", "cut the circle")


@rule
def name_shared(corpus: Corpus) -> Iterator[Problem]:
    first: dict[tuple[str, str], str] = {}
    for entry in corpus.of(Named):
        assert isinstance(entry.record, Named)
        for index, name in enumerate(entry.record.names):
            key = (entry.record.type, fold(name.value))
            other = first.setdefault(key, entry.record.id)
            if other != entry.record.id:
                what = f"{name.value} is a name of {other} too"
                yield entry.problem(("names", index), "name-shared", what, "see whether the two are one, or add a note")


@rule
def bad_redirect(corpus: Corpus) -> Iterator[Problem]:
    for old, new in corpus.redirects.items():
        what = None
        if old in corpus.entries:
            what = f"{old} is in use"
        elif new in corpus.redirects:
            what = f"{old} leads to {new}, which is a redirect itself"
        elif new not in corpus.entries:
            what = f"{old} leads to {new}, which does not exist"
        if what:
            yield Problem("raw/redirects.yml", 1, 1, "bad-redirect", what, "lead each old id straight to a record")


# --- claims ---------------------------------------------------------------------------------------


@rule
def value_or_described(corpus: Corpus) -> Iterator[Problem]:
    for entry, loc, claim in _claims(corpus):
        if isinstance(claim, Actor) and bool(claim.value) == bool(claim.described):
            yield entry.problem(loc, "value-or-described", "needs one of value and described", "give exactly one")
        if isinstance(claim, Response) and bool(claim.by) == bool(claim.described):
            yield entry.problem(loc, "value-or-described", "needs one of by and described", "give exactly one")


@rule
def two_speakers(corpus: Corpus) -> Iterator[Problem]:
    for entry, loc, claim in _claims(corpus):
        if isinstance(claim, Claim) and claim.said_by and claim.speaker:
            yield entry.problem((*loc, "speaker"), "two-speakers", "said_by and speaker", "keep said_by, put the rest in note")


@rule
def denied_without_speaker(corpus: Corpus) -> Iterator[Problem]:
    for entry, loc, claim in _claims(corpus):
        if isinstance(claim, Claim) and claim.standing == "denied" and not (claim.said_by or claim.speaker):
            yield entry.problem(loc, "denied-without-speaker", "nobody denies it", "add said_by, or write refuted")


@rule
def reported_without_hedge(corpus: Corpus) -> Iterator[Problem]:
    for entry, loc, claim in _claims(corpus):
        if isinstance(claim, Claim) and claim.standing == "reported" and not claim.hedge:
            yield entry.problem(loc, "reported-without-hedge", "no hedge", "add hedge: the word of the text")


@rule
def epithet_without_speaker(corpus: Corpus) -> Iterator[Problem]:
    for entry, loc, claim in _claims(corpus):
        if isinstance(claim, Name) and claim.role == "epithet" and not (claim.said_by or claim.speaker):
            yield entry.problem(loc, "epithet-without-speaker", f"nobody says {claim.value}", "add said_by or speaker")


@rule
def speaker_is_publisher(corpus: Corpus) -> Iterator[Problem]:
    sources = corpus.sources
    for entry, loc, claim in _claims(corpus):
        for speaker in claim.said_by if isinstance(claim, Claim) else []:
            cited = {passage.split(":")[0] for passage in claim.cite}
            found = corpus.entries.get(speaker)
            names = {fold(name.value) for name in found.record.names} if found and isinstance(found.record, Named) else set()
            publishers = {fold(sources[key].publisher or "") for key in cited if key in sources}
            if speaker in cited or names & (publishers - {""}):
                what = f"{speaker} publishes the source"
                yield entry.problem((*loc, "said_by"), "speaker-is-publisher", what, "leave said_by out: the source speaks")


@rule
def said_in_is_no_statement(corpus: Corpus) -> Iterator[Problem]:
    for entry, loc, claim in _claims(corpus):
        found = corpus.entries.get(claim.said_in or "")
        if found and isinstance(found.record, Event) and found.record.kind != "statement":
            what = f"{claim.said_in} is of type {found.record.kind}"
            yield entry.problem((*loc, "said_in"), "said-in-is-no-statement", what, "name the event in which it was said")


@rule
def duplicate_statement(corpus: Corpus) -> Iterator[Problem]:
    free = {"cite", "context", "disputed_by", "note", "preferred", "hedge", "said_in"}
    for entry in corpus.entries.values():
        seen: dict[tuple[str, str], Loc] = {}
        for name, index, claim in entry.record.evidence():
            key = (name, claim.model_dump_json(exclude=free))
            if key in seen:
                first = entry.marks.get(seen[key], (0, 0))[0]
                what = f"the same claim stands at line {first}"
                yield entry.problem((name, index), "duplicate-statement", what, "join the two and keep all citations")
            seen.setdefault(key, (name, index))


@rule
def uncoded_value(corpus: Corpus) -> Iterator[Problem]:
    for entry, loc, claim in _claims(corpus):
        codes = vocab.CODED.get(str(loc[0]))
        if codes and isinstance(claim, Claim) and claim.text not in codes:
            yield entry.problem((*loc, "value"), "uncoded-value", f"{claim.text} is no code", f"use one of {', '.join(codes)}")


_DATE_KEYS = ("since", "until", "as_of", "date")


@rule
def impossible_date(corpus: Corpus) -> Iterator[Problem]:
    for entry, loc, claim in _claims(corpus):
        keys = (*_DATE_KEYS, "value") if loc[0] in vocab.DATES else _DATE_KEYS
        for key in keys:
            if problem := _bad_date(entry, (*loc, key), getattr(claim, key, None)):
                yield problem
    for entry in corpus.of(Source):
        if problem := _bad_date(entry, ("published",), getattr(entry.record, "published", None)):
            yield problem


def _bad_date(entry: Entry, loc: Loc, text: str | None) -> Problem | None:
    try:
        bounds(text)
    except ValueError as error:
        return entry.problem(loc, "impossible-date", str(error), "correct the date")
    return None


def _days(text: str | None) -> tuple[date | None, date | None]:
    try:
        return bounds(text)[:2]
    except ValueError:
        return None, None


@rule
def end_before_start(corpus: Corpus) -> Iterator[Problem]:
    for entry, loc, claim in _claims(corpus):
        if isinstance(claim, Claim) and claim.since and claim.until:
            start, end = _days(claim.since)[0], _days(claim.until)[1]
            if start and end and end < start:
                what = f"until {claim.until} lies before since {claim.since}"
                yield entry.problem((*loc, "until"), "end-before-start", what, "correct one of the two")


@rule
def low_above_high(corpus: Corpus) -> Iterator[Problem]:
    for entry, loc, claim in _claims(corpus):
        if isinstance(claim, Number) and claim.low is not None and claim.high is not None and claim.low > claim.high:
            yield entry.problem((*loc, "low"), "low-above-high", f"{claim.low} > {claim.high}", "exchange them")


@rule
def number_without_value(corpus: Corpus) -> Iterator[Problem]:
    needs = {"at-least": "low", "more-than": "low", "up-to": "high", "fewer-than": "high"}
    for entry, loc, claim in _claims(corpus):
        if not isinstance(claim, Number):
            continue
        missing = [key for key in ("low", "high") if getattr(claim, key) is None]
        what = None
        if claim.qualifier == "worded":
            what = None if claim.words else "worded, and no words"
        elif claim.qualifier in needs:
            what = f"{claim.qualifier} needs {needs[claim.qualifier]}" if needs[claim.qualifier] in missing else None
        elif missing:
            what = f"{claim.qualifier} needs low and high"
        if not what and claim.qualifier in ("exact", "about") and claim.low != claim.high:
            what = f"{claim.qualifier} needs low and high to be equal"
        if what:
            yield entry.problem(loc, "number-without-value", what, "see the ruling on numbers in raw/README.md")


_CASUALTIES = frozenset({"killed", "injured", "casualties", "captured", "missing", "affected"})


@rule
def casualty_without_class(corpus: Corpus) -> Iterator[Problem]:
    for entry, loc, claim in _claims(corpus):
        if loc[0] in _CASUALTIES and isinstance(claim, Number) and not claim.class_:
            fix = "add class, unspecified where the text does not say"
            yield entry.problem(loc, "casualty-without-class", f"{loc[0]} of whom", fix)


@rule
def number_on_allegation(corpus: Corpus) -> Iterator[Problem]:
    for entry, loc, claim in _claims(corpus):
        record = entry.record
        if isinstance(claim, Number) and isinstance(record, Allegation) and record.event:
            yield entry.problem(loc, "number-on-allegation", f"{loc[0]} stands here", f"move it to {record.event}")


@rule
def subtype_of_other_type(corpus: Corpus) -> Iterator[Problem]:
    for entry in corpus.of(Event):
        assert isinstance(entry.record, Event)
        terms = vocab.EVENT_TYPES[entry.record.kind]
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
            if doer and claim.value in accused[entry.record.id] and claim.standing not in ("asserted", "claimed", "denied", "refuted"):
                what = f"{claim.value} is accused of it and stands as {claim.role}, {claim.standing}"
                yield entry.problem(("participants", index), "accused-is-participant", what, "leave it to the allegation")


# --- dates and places -----------------------------------------------------------------------------


@rule
def event_after_source(corpus: Corpus) -> Iterator[Problem]:
    published = {key: _days(source.published)[1] for key, source in corpus.sources.items()}
    for entry in corpus.of(Event):
        assert isinstance(entry.record, Event)
        for index, claim in enumerate(entry.record.date):
            start = _days(claim.value)[0]
            for passage in claim.cite:
                last = published.get(passage.split(":")[0])
                if start and last and start > last:
                    what = f"{claim.value} lies after {passage} was published ({last})"
                    yield entry.problem(("date", index), "event-after-source", what, "check year and source")


@rule
def date_too_wide(corpus: Corpus) -> Iterator[Problem]:
    for entry in corpus.of(Event):
        assert isinstance(entry.record, Event)
        for index, claim in enumerate(entry.record.date):
            start, end = _days(claim.value)
            if entry.record.kind != "campaign" and start and end and (end - start).days > 366 and "/" in claim.value:
                what = f"{claim.value} is longer than a year"
                yield entry.problem(("date", index), "date-too-wide", what, "give no more than the text supports")


@rule
def place_without_gazetteer(corpus: Corpus) -> Iterator[Problem]:
    for entry in corpus.of(Place):
        place: Any = entry.record
        what = None
        if (place.latitude is None) != (place.longitude is None):
            what = "one coordinate alone"
        elif (place.latitude is None) != (place.precision == "none"):
            what = f"precision {place.precision}"
        elif not place.gazetteer and (place.parent or place.latitude is not None or place.geonames_id or place.iso_3166_2):
            what = "reference data without gazetteer"
        if what:
            fix = "give latitude, longitude, precision and gazetteer together"
            yield entry.problem(("latitude",), "place-without-gazetteer", what, fix)


@rule
def place_outside_parent(corpus: Corpus) -> Iterator[Problem]:
    for entry in corpus.of(Place):
        place: Any = entry.record
        found = corpus.entries.get(place.parent or "")
        parent: Any = found.record if found else None
        if parent and parent.kind != "country" and None not in (place.latitude, getattr(parent, "latitude", None)):
            # About 150 km: no governorate of the coast is wider.
            far = hypot(place.latitude - parent.latitude, (place.longitude - parent.longitude) * 0.82)
            if far > 1.35:
                what = f"{far * 111:.0f} km from {place.parent}"
                yield entry.problem(("latitude",), "place-outside-parent", what, "check for a namesake")


# --- evidence -------------------------------------------------------------------------------------


@rule
def no_passages(corpus: Corpus) -> Iterator[Problem]:
    for entry in corpus.of(Source):
        if entry.record.id not in corpus.passages:
            yield entry.problem((), "no-passages", f"no {entry.record.id}.csv", "run syrian-groups-data segment")
    for key in corpus.passages:
        if key not in corpus.sources:
            fix = f"add raw/sources/{key}.yml"
            yield Problem(f"raw/sources/{key}.csv", 1, 1, "no-passages", "no source of that name", fix)


@rule
def unknown_passage(corpus: Corpus) -> Iterator[Problem]:
    known = {f"{key}:{passage.ordinal}" for key, passages in corpus.passages.items() for passage in passages}
    for entry, loc, claim in _claims(corpus):
        for key in ("cite", "context", "disputed_by"):
            for index, passage in enumerate(getattr(claim, key)):
                if passage not in known:
                    what = f"no passage {passage}"
                    yield entry.problem((*loc, key, index), "unknown-passage", what, "see the ordinals in raw/sources")
    for entry in corpus.of(Source):
        for index, ledger in enumerate(getattr(entry.record, "set_aside", [])):
            for ordinal in ledger.ordinals():
                if f"{entry.record.id}:{ordinal}" not in known:
                    what = f"no passage {ordinal}"
                    yield entry.problem(("set_aside", index), "unknown-passage", what, "correct the ordinals")
                    break


@rule
def passage_order(corpus: Corpus) -> Iterator[Problem]:
    for key, passages in corpus.passages.items():
        end = 0
        for number, passage in enumerate(passages, 1):
            if passage.ordinal != number or passage.start < end or passage.end <= passage.start:
                what = f"passage {passage.ordinal} is out of order"
                path = f"raw/sources/{key}.csv"
                yield Problem(path, number + 1, 1, "passage-order", what, "write it again with segment")
                break
            end = passage.end


@rule
def span_beyond_snapshot(corpus: Corpus) -> Iterator[Problem]:
    for key, source in corpus.sources.items():
        span = source.snapshot.span
        first, last = (span.start, span.end) if span else (0, source.snapshot.characters)
        if last > source.snapshot.characters or first >= last:
            entry = corpus.entries[key]
            what = f"{first}-{last} is no part of {source.snapshot.characters} characters"
            yield entry.problem(("snapshot", "span"), "span-beyond-snapshot", what, "correct the span")
        for number, passage in enumerate(corpus.passages.get(key, ()), 2):
            if passage.start < first or passage.end > last:
                what = f"passage {passage.ordinal} lies outside {first}-{last}"
                path = f"raw/sources/{key}.csv"
                yield Problem(path, number, 1, "span-beyond-snapshot", what, "write it again with segment")


@rule
def cited_and_set_aside(corpus: Corpus) -> Iterator[Problem]:
    cited = {
        passage
        for _, _, claim in _claims(corpus)
        for passage in (*claim.cite, *claim.context, *claim.disputed_by)
    }
    for entry in corpus.of(Source):
        seen: set[int] = set()
        for index, ledger in enumerate(getattr(entry.record, "set_aside", [])):
            for ordinal in ledger.ordinals():
                twice = ordinal in seen
                seen.add(ordinal)
                if twice or f"{entry.record.id}:{ordinal}" in cited:
                    what = f"passage {ordinal} is {'set aside twice' if twice else 'cited too'}"
                    yield entry.problem(("set_aside", index), "cited-and-set-aside", what, "take it out of set_aside")


@rule
def set_aside_without_note(corpus: Corpus) -> Iterator[Problem]:
    for entry in corpus.of(Source):
        for index, ledger in enumerate(getattr(entry.record, "set_aside", [])):
            if ledger.reason == "out-of-scope" and not ledger.note:
                what = "out-of-scope without a note"
                yield entry.problem(("set_aside", index), "set-aside-without-note", what, "say what it is about")


@rule
def mirror_without_origin(corpus: Corpus) -> Iterator[Problem]:
    for key, source in corpus.sources.items():
        if (source.kind == "mirror") != bool(source.derived_from):
            what = "a mirror names its origin, and no other source has one"
            yield corpus.entries[key].problem(("derived_from",), "mirror-without-origin", what, "set kind or derived_from")


@rule
def supplied_without_value(corpus: Corpus) -> Iterator[Problem]:
    for key, source in corpus.sources.items():
        for index, field in enumerate(source.supplied):
            if getattr(source, field) is None:
                what = f"{field} has no value"
                loc = ("supplied", index)
                yield corpus.entries[key].problem(loc, "supplied-without-value", what, f"give {field}, or take it out")
