"""What a reader holds: entities, their statements, and the passages that these rest on."""

from __future__ import annotations

import builtins
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from ..model.values import bounds

if TYPE_CHECKING:
    from .data import Data


class Contested(ValueError):
    """A property has several values and none is preferred; `statements` holds them."""

    def __init__(self, entity: str, property: str, statements: list[Statement]) -> None:
        self.statements = statements
        values = "; ".join(f"{s.qualified} ({s.voice}, {s.standing})" for s in statements)
        super().__init__(f"{property} of {entity} has no preferred value: {values}")


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence or infobox line of a source: offsets (code points) and digests, not its text.

    `id` names the sentence, whatever its place. One that is gone from the source has no `ordinal`; `became` names
    those that took its place, and `snapshot_sha256` the file that its offsets are of.
    """

    id: str
    source_id: str
    ordinal: int | None
    section: str | None
    start: int
    end: int
    snapshot_sha256: str
    sha256: str
    words_sha256: str
    letters: int
    opens: str | None
    closes: str | None
    url: str | None
    use: str
    reason: str | None
    became: tuple[str, ...]
    gone_since: str | None
    earlier: tuple[str, ...]
    note: str | None

    def __repr__(self) -> str:
        words = f" “{self.opens} … {self.closes}”" if self.opens else ""
        return f"<Passage {self.id}{words}>"


@dataclass(frozen=True, slots=True)
class Citation:
    """A passage on which a statement rests; `origin` is whose voice it is, `work` the source that a mirror copies."""

    passage: Passage
    role: str
    origin: str
    work: str

    def __repr__(self) -> str:
        return f"<Citation {self.passage.id} {self.role}, origin {self.origin}>"


@dataclass(frozen=True, slots=True)
class Statement:
    """One claim about one entity. Dates are EDTF texts.

    Of a number: `low` and `high` are its bounds (people unless `unit` says otherwise), `counted` is the class of
    the people counted (the column `class`), `of` their party. Of a participant: `harm` and `side`.
    """

    id: str
    entity_id: str
    property: str
    value: str
    value_id: str | None
    role: str | None
    since: str | None
    until: str | None
    as_of: str | None
    said_by: str | None
    speaker: str | None
    via: tuple[str, ...]
    said_in: str | None
    standing: str
    hedge: str | None
    contested: bool
    preferred_because: str | None
    origins: int
    note: str | None
    low: int | None
    high: int | None
    qualifier: str | None
    words: str | None
    unit: str | None
    counted: str | None
    of: str | None
    harm: str | None
    side: str | None
    since_earliest: date | None = field(repr=False)
    until_latest: date | None = field(repr=False)
    citations: tuple[Citation, ...] = field(repr=False)

    @builtins.property
    def voice(self) -> str:
        """Who says so: an id, a description, or the sources; of a refuted claim the sources that refute it."""
        named = self.said_by or self.speaker
        if self.standing == "refuted":
            own = {c.work for c in self.citations if c.role == "supports"}
            return f"{', '.join(sorted(own))}{f' (said by {named})' if named else ''}"
        return named or ", ".join(sorted({c.origin for c in self.citations if c.role == "supports"}))

    @builtins.property
    def affirmative(self) -> bool:
        """Whether it says that something is so: it is neither denied nor refuted."""
        return self.standing not in ("denied", "refuted")

    def holds(self, first: date, last: date) -> bool:
        """Whether its validity may cover a day from `first` to `last`; without dates it always may."""
        return (self.since_earliest is None or self.since_earliest <= last) and (
            self.until_latest is None or first <= self.until_latest
        )

    @builtins.property
    def qualified(self) -> str:
        """The value with what qualifies it: class and party of people counted, role, harm, side, dates."""
        counted = (
            f" {self.counted.replace('-', ' ')}" if self.counted and self.counted not in ("all", "unspecified") else ""
        )
        party = f" of {self.of}" if self.of else ""
        parts = [self.role if self.role != "primary" else None, self.harm, self.side and f"side: {self.side}"]
        role = ", ".join(part for part in parts if part)
        period = f" [{self.since or '..'} – {self.until or '..'}]" if self.since or self.until else ""
        when = f" as of {self.as_of}" if self.as_of else ""
        return f"{self.value}{counted}{party}{f' ({role})' if role else ''}{period}{when}"

    def __repr__(self) -> str:
        hedge = f" “{self.hedge}”" if self.hedge else ""
        origins = f"{self.origins} origin{'' if self.origins == 1 else 's'}"
        mark = ", contested" if self.contested else ""
        told = f"{self.standing}{hedge} by {self.voice}, {origins}{mark}"
        return f"<{self.entity_id} {self.property} = {self.qualified}: {told}>"


@dataclass(frozen=True, repr=False, eq=False)
class Entity:
    """Anything with an id. Fields hold only what is undisputed; `statements` holds every claim."""

    data: Data
    id: str
    label: str

    @property
    def type(self) -> str:
        """group, person, place, event or allegation."""
        return type(self).__name__.lower()

    @property
    def names(self) -> list[str]:
        """Every name, the primary one first. Epithets are what somebody calls it: see `statements("names")`."""
        return self.data._names.get(self.id, [self.label])

    def statements(self, property: str | None = None) -> list[Statement]:
        """Statements about it, all or those on one property, contested ones side by side.

        Raises LookupError for a property that does not exist.
        """
        found = self.data._statements.get(self.id, [])
        if property is None:
            return list(found)
        self.data._known(property)
        return [each for each in found if each.property == property]

    def preferred(self, property: str) -> Statement | None:
        """The value marked as preferred, else the one value; None where no statement affirms any.

        Raises Contested, listing the values, where there are several and none is preferred, and
        LookupError for a property that does not exist.
        """
        found = [each for each in self.statements(property) if each.affirmative]
        for each in found:
            if each.preferred_because:
                return each
        if not found:
            return None
        if any(each.contested for each in found) or len({each.qualified for each in found}) > 1:
            raise Contested(self.id, property, found)
        return found[0]

    @property
    def mentions(self) -> list[Statement]:
        """Statements about others whose value it is: who it leads, which groups are part of it, what it did."""
        return list(self.data._mentions.get(self.id, ()))

    def as_of(self, when: date | str) -> list[Statement]:
        """Ties that may hold on a day or in a period, its own and those of others to it, affirmative ones only.

        `when` is a date, or EDTF text such as 2016-07-30, 2016-07 or 2016; other text raises ValueError. A tie
        that no text dates may hold at any time: `since` and `until` tell which are dated.
        """
        span = bounds(when if isinstance(when, str) else f"{when:%Y-%m-%d}")
        first, last = span.earliest or date.min, span.latest or date.max
        ties = self.data._ties
        both = (*self.statements(), *self.mentions)
        return [s for s in both if s.id in ties and s.affirmative and s.holds(first, last)]

    @property
    def events(self) -> list[Event]:
        """Events in which it takes part, or that lie at it."""
        return [self.data.events[key] for key in self.data._involved.get(self.id, ())]

    @property
    def allegations(self) -> list[Allegation]:
        """Allegations in which it is accused, accuses or answers; for an event, those about it."""
        return [self.data.allegations[key] for key in self.data._blamed.get(self.id, ())]

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id}: {self.label}; {len(self.statements())} statements>"


@dataclass(frozen=True, repr=False, eq=False)
class Named(Entity):
    """An entity that has names; the second one is in the language that its package has chosen."""

    second_name: str | None

    @property
    def name_ar(self) -> str | None:
        """Arabic name, where that is the language of the second names."""
        return self.second_name if self.data.second_language == "ar" else None


@dataclass(frozen=True, repr=False, eq=False)
class Group(Named):
    """An organisation of any kind."""

    kind: str
    founded: str | None
    dissolved: str | None
    status: str | None
    headquarters_id: str | None
    parent_id: str | None
    strength_low: int | None
    strength_high: int | None
    contested: tuple[str, ...]

    @property
    def people(self) -> list[Person]:
        """People who lead it or belong to it, as a text says."""
        return [person for person in self.data.people.values() if self.id in person.group_ids]

    def __repr__(self) -> str:
        rows = self.data._statements.get(self.id, [])
        mark = f"; contested: {', '.join(self.contested)}" if self.contested else ""
        return f"<Group {self.id}: {self.label} ({self.kind}); {len(rows)} statements{mark}>"


@dataclass(frozen=True, repr=False, eq=False)
class Person(Named):
    """A person with a public role; `basis` is that role."""

    born: str | None
    died: str | None
    basis: str
    born_in_id: str | None
    group_ids: tuple[str, ...]
    contested: tuple[str, ...]

    @property
    def groups(self) -> list[Group]:
        """Groups that they lead or belong to, as a text says."""
        return [self.data.groups[key] for key in self.group_ids if key in self.data.groups]


@dataclass(frozen=True, repr=False, eq=False)
class Place(Named):
    """A place; coordinates (degrees, WGS 84) and parent are the gazetteer's."""

    kind: str
    parent_id: str | None
    admin1_id: str | None
    iso_3166_2: str | None
    geonames_id: int | None
    latitude: float | None
    longitude: float | None
    precision: str
    gazetteer: str | None


@dataclass(frozen=True, repr=False, eq=False)
class Event(Entity):
    """Something that happened or is said to have happened; `standing` says which."""

    kind: str
    subtype: str
    date: str | None
    place_id: str | None
    place_precision: str | None
    admin1_id: str | None
    part_of: str | None
    standing: str
    killed_low: int | None
    killed_high: int | None
    injured_low: int | None
    injured_high: int | None
    contested: tuple[str, ...]
    summary: str | None

    @property
    def place(self) -> Place | None:
        """Where it happened, if that is undisputed."""
        return self.data.places[self.place_id] if self.place_id else None

    @property
    def participants(self) -> list[Statement]:
        """Who took part; `role` says how, `value_id` leads to the record."""
        return self.statements("participants")

    def __repr__(self) -> str:
        return f"<Event {self.id}: {self.label}; {self.date or 'undated'}, {self.standing}>"


@dataclass(frozen=True, repr=False, eq=False)
class Allegation(Entity):
    """Somebody accuses somebody. It is not a fact; `outcome` is what these sources answer."""

    acts: tuple[str, ...]
    event_id: str | None
    date: str | None
    outcome: str
    accusers: tuple[str, ...]
    origins: int

    @property
    def summary(self) -> str:
        """Who is accused of what, in our words."""
        return self.label

    @property
    def event(self) -> Event | None:
        """The event that it is about, if there is one."""
        return self.data.events[self.event_id] if self.event_id else None

    @property
    def accused(self) -> list[Statement]:
        """Who is accused, by whom; refuted accusations included."""
        return self.statements("accused")

    @property
    def responses(self) -> list[Statement]:
        """What anybody answers; `value` is stance and part."""
        return self.statements("responses")

    def __repr__(self) -> str:
        return f"<Allegation {self.id}: {', '.join(self.accusers)} accuse; {self.outcome}; {self.summary}>"
