"""Rules on dates: each by itself, with another of its record, and with the source that gives it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..model import vocab
from ..model.claims import Claim, Evidence
from ..model.corpus import Corpus, Entry, Loc
from ..model.problem import Problem
from ..model.records import Event, Source
from ..model.values import bounds
from .rule import claims, rule

_DATE_KEYS = ("since", "until", "as_of", "date")


def _dates(loc: Loc, claim: Evidence) -> Iterator[tuple[str, str]]:
    """Every date of a claim, and the key that holds it."""
    said = vars(claim)
    for key in (*_DATE_KEYS, "value") if loc[0] in vocab.DATES else _DATE_KEYS:
        if text := said.get(key):
            yield key, text


@rule
def impossible_date(corpus: Corpus) -> Iterator[Problem]:
    for entry, loc, claim in claims(corpus):
        for key, text in _dates(loc, claim):
            if problem := _bad_date(entry, (*loc, key), text):
                yield problem
    for entry in corpus.of(Source):
        published = vars(entry.record).get("published")
        if published and (problem := _bad_date(entry, ("published",), published)):
            yield problem


LAST_YEAR = 2100  # no source knows what comes later: a slip of the hand


def _bad_date(entry: Entry, loc: Loc, text: str) -> Problem | None:
    try:
        span = bounds(text)
    except ValueError as error:
        return entry.problem(loc, "impossible-date", str(error), "correct the date")
    if any(day and day.year > LAST_YEAR for day in span[:2]):
        return entry.problem(loc, "impossible-date", f"{text} lies after {LAST_YEAR}", "correct the year")
    return None


def _days(text: str | None) -> tuple[date | None, date | None]:
    try:
        return bounds(text)[:2]
    except ValueError:
        return None, None


@rule
def end_before_start(corpus: Corpus) -> Iterator[Problem]:
    for entry, loc, claim in claims(corpus):
        if isinstance(claim, Claim) and claim.since and claim.until:
            start, end = _days(claim.since)[0], _days(claim.until)[1]
            if start and end and end < start:
                what = f"until {claim.until} lies before since {claim.since}"
                yield entry.problem((*loc, "until"), "end-before-start", what, "correct one of the two")


@rule
def died_before_born(corpus: Corpus) -> Iterator[Problem]:
    for entry in corpus.entries.values():
        for begun, ended in (("born", "died"), ("founded", "dissolved")):
            starts = [start for start, _ in _affirmed(entry, begun) if start]
            for index, claim in enumerate(vars(entry.record).get(ended, ())):
                last = _days(claim.value)[1]
                if starts and last and last < min(starts) and claim.standing not in vocab.NEGATIVE:
                    what = f"{ended} {claim.value} lies before {begun}"
                    yield entry.problem((ended, index), "died-before-born", what, "check both years")


def _affirmed(entry: Entry, name: str) -> list[tuple[date | None, date | None]]:
    """Days of the dates that somebody affirms."""
    claims = vars(entry.record).get(name, ())
    return [_days(claim.value) for claim in claims if claim.standing not in vocab.NEGATIVE]


@rule
def event_after_source(corpus: Corpus) -> Iterator[Problem]:
    ends = {key: _end(source) for key, source in corpus.sources.items()}
    for entry, loc, claim in claims(corpus):
        for key, text in _dates(loc, claim):
            start = _days(text)[0] if key != "until" else None  # an end may lie ahead
            for passage in claim.cite if start and not _foreseen(loc, claim) else ():
                last, then = ends.get(passage.split(":")[0], (None, ""))
                if start and last and start > last:
                    what = f"{text} lies after {passage} was {then} ({last})"
                    place = loc if key == "value" else (*loc, key)
                    yield entry.problem(place, "event-after-source", what, "check year and source")


def _foreseen(loc: Loc, claim: Evidence) -> bool:
    """Whether a claim may speak of what is to come: as somebody judges, or as a note says. An event has happened."""
    return loc[0] != "date" and bool(claim.note or vars(claim).get("standing") in (*vocab.NEGATIVE, "judged"))


def _end(source: Source) -> tuple[date | None, str]:
    """The last day that a source can tell of, and what was done on it."""
    if day := _days(source.published)[1]:
        return day, "published"
    return _days(source.snapshot.retrieved)[1], "retrieved"


@rule
def date_too_wide(corpus: Corpus) -> Iterator[Problem]:
    for entry in corpus.of(Event):
        assert isinstance(entry.record, Event)
        for index, claim in enumerate(entry.record.date):
            start, end = _days(claim.value)
            # A note says that the text gives no less.
            if (
                entry.record.kind != "campaign"
                and not claim.note
                and start
                and end
                and (end - start).days > 366
                and "/" in claim.value
            ):
                what = f"{claim.value} is longer than a year"
                yield entry.problem(("date", index), "date-too-wide", what, "give no more than the text supports")
