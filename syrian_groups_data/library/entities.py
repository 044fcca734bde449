"""What a reader holds of groups, people, places, events and allegations; and what each of them asks of the release."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date as Day
from typing import Any, ClassVar, Protocol, TypeVar, overload

from ..model.values import bounds
from .columns import column
from .names import PropertyName, StandingName
from .notebook import card, grid
from .statements import Statement, preferred

E = TypeVar("E", bound="Entity")


class Library(Protocol):
    """What a record asks of the release that it belongs to; all but `records` by its id."""

    @property
    def second_language(self) -> str:
        """Language of the second names."""

    def records(self, kind: type[E], keys: Sequence[str]) -> list[E]:
        """Records by their ids, those that there are of that kind."""

    def record(self, kind: type[E], key: str) -> E:
        """A record that another one names. Raises Damaged where it is not there."""

    def names(self, key: str) -> Sequence[str]:
        """Names of a record, epithets left out."""

    def statements(self, key: str) -> Sequence[Statement]:
        """Statements about it."""

    def mentions(self, key: str) -> Sequence[Statement]:
        """Statements about others whose value it is."""

    def said_in(self, key: str) -> Sequence[Statement]:
        """Statements that were made in an event of type statement."""

    def ties(self, statements: Iterable[Statement]) -> set[str]:
        """Ids of those statements that are ties."""

    def involved(self, key: str) -> Sequence[str]:
        """Ids of events in which it takes part, or that lie at it."""

    def blamed(self, key: str) -> Sequence[str]:
        """Ids of allegations that name it."""

    def people_of(self, key: str) -> Sequence[str]:
        """Ids of people who lead or belong to a group."""

    def known(self, property: str) -> None:
        """Raises LookupError, with the nearest names, for a property that does not exist."""


def restored(library: Library, kind: type[E], key: str) -> E:
    """A record again, after it was pickled as its id and the release that it belongs to."""
    return library.record(kind, key)


@dataclass(frozen=True, repr=False, eq=False, kw_only=True)
class Entity:
    """Anything with an id. Fields hold only what is undisputed; `statements` holds every claim.

    Records are equal where all that is said of them is; they are hashed by type and id.
    """

    _table: ClassVar[str] = ""
    id: str
    label: str

    @property
    def _library(self) -> Library:
        # No field: copying and comparing fields, as pandas and dataclasses do, must not take the release along.
        library: Library = self.__dict__["_library"]
        return library

    @property
    def _count(self) -> str:
        count = len(self.statements())
        return f"{count} statement{'' if count == 1 else 's'}"

    @property
    def type(self) -> str:
        """group, person, place, event or allegation."""
        return type(self).__name__.lower()

    @property
    def names(self) -> list[str]:
        """Every name, the primary one first. Epithets are what somebody calls it: see `statements("names")`."""
        return list(dict.fromkeys([self.label, *self._library.names(self.id)]))

    @overload
    def statements(self, property: PropertyName | None = None) -> list[Statement]: ...
    @overload
    def statements(self, property: str) -> list[Statement]: ...
    def statements(self, property: str | None = None) -> list[Statement]:
        """Statements about it, all or those on one property, contested ones side by side.

        Raises LookupError for a property that does not exist.
        """
        if property is not None:
            self._library.known(property)
        return [each for each in self._library.statements(self.id) if property in (None, each.property)]

    @overload
    def preferred(self, property: PropertyName) -> Statement | None: ...
    @overload
    def preferred(self, property: str) -> Statement | None: ...
    def preferred(self, property: str) -> Statement | None:
        """The one statement to show: the one marked as preferred, else the plainest of those that agree.

        None where no statement affirms any, or where a property that may have several values, such as `part_of`, has
        several side by side: none of them is the value, and `statements` has them all. Raises Contested, listing the
        values, where they speak against each other, and LookupError for a property that does not exist.
        """
        return preferred(self.statements(property))

    @property
    def mentions(self) -> list[Statement]:
        """Statements about others whose value it is: who it leads, which groups are part of it, what it did."""
        return list(self._library.mentions(self.id))

    def as_of(self, when: Day | str | int) -> list[Statement]:
        """Ties that may hold on a day or in a period, its own and those of others to it, affirmative ones only.

        `when` is a date, a year, or EDTF text such as 2016-07-30, 2016-07 or 2016; other text raises ValueError. A
        tie that no text dates may hold at any time: `since` and `until` tell which are dated.
        """
        if not isinstance(when, Day | str | int):
            raise TypeError(f"as_of takes a date, a year or text such as 2016-07, not {when!r}")
        span = bounds(f"{when:%Y-%m-%d}" if isinstance(when, Day) else f"{when:04}" if isinstance(when, int) else when)
        first, last = span.earliest or Day.min, span.latest or Day.max
        both = [*self.statements(), *self.mentions]
        ties = self._library.ties(both)
        return [s for s in both if s.id in ties and s.affirmative and s.holds(first, last)]

    @property
    def events(self) -> list[Event]:
        """Events in which it takes part, or that lie at it."""
        return self._library.records(Event, self._library.involved(self.id))

    @property
    def allegations(self) -> list[Allegation]:
        """Allegations in which it is accused, accuses or answers; for an event, those about it."""
        return self._library.records(Allegation, self._library.blamed(self.id))

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id}: {self.label}; {self._count}>"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Entity) or type(self) is not type(other):
            return NotImplemented
        mine, theirs = ([getattr(each, f.name) for f in fields(each)] for each in (self, other))
        return mine == theirs and (self._library is other._library or self.statements() == other.statements())

    def __hash__(self) -> int:
        return hash((self.type, self.id))

    def __copy__(self) -> Entity:
        return self

    def __deepcopy__(self, memo: object) -> Entity:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return restored, (self._library, type(self), self.id)

    def _repr_html_(self) -> str:
        facts = [(f.name, value) for f in fields(self) if (value := getattr(self, f.name)) not in (None, ())]
        found = self.statements()
        rows = (
            (s.property, s.qualified, s.standing, s.hedge, s.voice, "contested" if s.contested else "") for s in found
        )
        columns = ("property", "value", "standing", "hedge", "who says so", "")
        return card(f"{self.type} {self.id}", facts, grid("statements", columns, rows, len(found)))


@dataclass(frozen=True, repr=False, eq=False, kw_only=True)
class Named(Entity):
    """An entity that has names; the second one is in the language that its package has chosen."""

    second_name: str | None = column("name_*")

    @property
    def name_ar(self) -> str | None:
        """Arabic name, where that is the language of the second names."""
        return self.second_name if self._library.second_language == "ar" else None


@dataclass(frozen=True, repr=False, eq=False, kw_only=True)
class Group(Named):
    """An organisation of any kind."""

    _table = "groups"
    id: str = column("group_id")
    label: str = column("name")
    kind: str = column()
    founded: str | None = column()
    dissolved: str | None = column()
    status: str | None = column()
    headquarters_id: str | None = column()
    parent_id: str | None = column()
    strength_low: int | None = column()
    strength_high: int | None = column()
    contested: tuple[str, ...] = column()

    @property
    def people(self) -> list[Person]:
        """People who lead it or belong to it, as a text says."""
        return self._library.records(Person, self._library.people_of(self.id))

    def __repr__(self) -> str:
        mark = f"; contested: {', '.join(self.contested)}" if self.contested else ""
        return f"<Group {self.id}: {self.label} ({self.kind}); {self._count}{mark}>"


@dataclass(frozen=True, repr=False, eq=False, kw_only=True)
class Person(Named):
    """A person with a public role; `basis` is that role."""

    _table = "people"
    id: str = column("person_id")
    label: str = column("name")
    born: str | None = column()
    died: str | None = column()
    basis: str = column()
    born_in_id: str | None = column()
    group_ids: tuple[str, ...] = column("groups")
    contested: tuple[str, ...] = column()

    @property
    def groups(self) -> list[Group]:
        """Groups that they lead or belong to, as a text says."""
        return self._library.records(Group, self.group_ids)


@dataclass(frozen=True, repr=False, eq=False, kw_only=True)
class Place(Named):
    """A place; coordinates (degrees, WGS 84) and parent are the gazetteer's."""

    _table = "places"
    id: str = column("place_id")
    label: str = column("name")
    kind: str = column()
    parent_id: str | None = column()
    admin1_id: str | None = column()
    iso_3166_2: str | None = column()
    geonames_id: int | None = column()
    latitude: float | None = column()
    longitude: float | None = column()
    precision: str = column()
    gazetteer: str | None = column()


@dataclass(frozen=True, repr=False, eq=False, kw_only=True)
class Event(Entity):
    """Something that happened or is said to have happened; `standing` says which."""

    _table = "events"
    id: str = column("event_id")
    label: str = column("title")
    kind: str = column("type")
    subtype: str = column()
    date: str | None = column()
    date_earliest: Day | None = column()
    date_latest: Day | None = column()
    place_id: str | None = column()
    place_precision: str | None = column()
    admin1_id: str | None = column()
    part_of: str | None = column()
    standing: StandingName = column()
    killed_low: int | None = column()
    killed_high: int | None = column()
    killed_standing: StandingName | None = column()
    injured_low: int | None = column()
    injured_high: int | None = column()
    injured_standing: StandingName | None = column()
    contested: tuple[str, ...] = column()
    summary: str | None = column()

    @property
    def place(self) -> Place | None:
        """Where it happened, if that is undisputed."""
        return self._library.record(Place, self.place_id) if self.place_id else None

    @property
    def participants(self) -> list[Statement]:
        """Who took part; `role` says how, `value_id` leads to the record."""
        return self.statements("participants")

    @property
    def said(self) -> list[Statement]:
        """What was said in it, about whomever, where it is a statement."""
        return list(self._library.said_in(self.id)) if self.kind == "statement" else []

    def __repr__(self) -> str:
        return f"<Event {self.id}: {self.label}; {self.date or 'undated'}, {self.standing}>"


@dataclass(frozen=True, repr=False, eq=False, kw_only=True)
class Allegation(Entity):
    """Somebody accuses somebody. It is not a fact; `outcome` is what these sources answer."""

    _table = "allegations"
    id: str = column("allegation_id")
    label: str = column("summary")
    acts: tuple[str, ...] = column()
    event_id: str | None = column()
    date: str | None = column()
    date_earliest: Day | None = column()
    date_latest: Day | None = column()
    outcome: str = column()
    accusers: tuple[str, ...] = column()
    origins: int = column()

    @property
    def summary(self) -> str:
        """Who is accused of what, in our words."""
        return self.label

    @property
    def event(self) -> Event | None:
        """The event that it is about, if there is one."""
        return self._library.record(Event, self.event_id) if self.event_id else None

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


KINDS: Mapping[str, type[Entity]] = {
    each.__name__.lower(): each for each in (Group, Person, Place, Event, Allegation)
}  # fmt: skip
