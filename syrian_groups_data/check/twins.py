"""Records that may be one: what `near` lists, and of what `check` warns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from ..model.claims import Tie
from ..model.corpus import Corpus
from ..model.fold import fold, heard
from ..model.problem import Problem
from ..model.records import Allegation, Event, Named, Place
from .references import parted
from .rule import claims, rule

Twin = tuple[str, str, str]
_MOST = 50  # records that share one thing: beyond it is no sign of anything


def twins(corpus: Corpus) -> Iterator[Twin]:
    """Pairs of ids, each with what the two share; pairs of which one names the other in `distinct_from` are left out."""
    seen: set[tuple[str, str]] = set()
    for one, other, why in (*_names(corpus), *_events(corpus), *_ties(corpus), *_allegations(corpus)):
        pair = (min(one, other), max(one, other))
        if pair not in seen and not parted(corpus, *pair) and not _whole(corpus, *pair):
            seen.add(pair)
            yield (*pair, why)


def _whole(corpus: Corpus, one: str, other: str) -> bool:
    """Whether one of two records is a part of the other."""
    records = [corpus.entries[key].record for key in (one, other)]
    ties = [{tie.value for tie in vars(record).get("part_of", ())} for record in records]
    return other in ties[0] or one in ties[1]


def _pairs(groups: dict[tuple[str, ...], list[str]], why: str) -> Iterator[Twin]:
    for shared, keys in sorted(groups.items()):
        unique = sorted(set(keys))
        for i, one in enumerate(unique[:_MOST]):
            for other in unique[i + 1 : _MOST]:
                yield one, other, f"{why} {', '.join(shared)}"


def _names(corpus: Corpus) -> Iterator[Twin]:
    same: dict[tuple[str, ...], list[str]] = defaultdict(list)
    alike: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for entry in corpus.of(Named):
        record = entry.record
        kind = record.kind if isinstance(record, Place) else record.type
        for name in vars(record).get("names", ()):
            same[kind, fold(name.value)].append(record.id)
            alike[kind, " ".join(heard(name.value))].append(record.id)
    yield from _pairs(same, "one name:")
    yield from _pairs(alike, "names that sound alike:")


def _days(event: Event) -> Iterable[str]:
    return {each.value for each in event.date}


def _events(corpus: Corpus) -> Iterator[Twin]:
    groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for entry in corpus.of(Event):
        event = entry.record
        assert isinstance(event, Event)
        actors = {each.value for each in event.participants if each.value}
        for day in _days(event):
            for place in {each.value for each in event.place}:
                for actor in actors:
                    groups[day, place, actor].append(event.id)
    yield from _pairs(groups, "one day, place and actor:")


def _ties(corpus: Corpus) -> Iterator[Twin]:
    """Ties that may be one: written from both sides, such as led_by in the one file and member_of in the other."""
    sides: dict[tuple[str, str], set[str]] = defaultdict(set)
    for entry, loc, claim in claims(corpus):
        if isinstance(claim, Tie) and claim.value:
            sides[entry.record.id, claim.value].add(str(loc[0]))
    for (one, other), names in sorted(sides.items()):
        if one < other and (back := sides.get((other, one))):
            yield one, other, f"a tie in each file: {', '.join(sorted(names))}; {', '.join(sorted(back))}"


def _allegations(corpus: Corpus) -> Iterator[Twin]:
    groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for entry in corpus.of(Allegation):
        record = entry.record
        assert isinstance(record, Allegation)
        for accused in {each.value for each in record.accused if each.value}:
            if record.event:
                groups[record.event, accused, *sorted(record.acts)].append(record.id)
    yield from _pairs(groups, "one event, accused and acts:")


@rule
def event_twice(corpus: Corpus) -> Iterator[Problem]:
    told: set[tuple[str, str]] = set()
    for one, other, why in _events(corpus):
        if (one, other) in told:
            continue
        told.add((one, other))
        if not parted(corpus, one, other) and not _whole(corpus, one, other):
            entry = corpus.entries[other]
            fix = "merge the two, or add distinct_from: [id] to one of them"
            yield entry.problem(("date",), "event-twice", f"{one} has {why}", fix)
