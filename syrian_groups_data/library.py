"""Typed records over the published tables: every value with its speaker, standing and passages."""

from __future__ import annotations

import builtins
import difflib
import io
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

from .model.values import fold, sound
from .release import _base, verified

_TABLES = (
    "sources", "passages", "entities", "statements", "citations", "names", "groups", "people", "places",
    "relations", "estimates", "events", "participants", "allegations", "parties", "responses",
)  # fmt: skip


class Contested(LookupError):
    """A property has several values and none is preferred; `statements` holds them."""

    def __init__(self, entity: str, property: str, statements: list[Statement]) -> None:
        self.statements = statements
        values = "; ".join(f"{s.value} ({s.voice}, {s.standing})" for s in statements)
        super().__init__(f"{property} of {entity} has no preferred value: {values}")


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence or infobox line of a source: offsets (code points) and digest, not its text."""

    id: str
    source_id: str
    ordinal: int
    section: str | None
    start: int
    end: int
    sha256: str
    opens: str | None
    closes: str | None
    url: str | None
    use: str
    reason: str | None
    note: str | None

    def __repr__(self) -> str:
        words = f" “{self.opens} … {self.closes}”" if self.opens else ""
        return f"<Passage {self.id}{words}>"


@dataclass(frozen=True, slots=True)
class Citation:
    """A passage on which a statement rests; `origin` is whose voice it is."""

    passage: Passage
    role: str
    origin: str

    def __repr__(self) -> str:
        return f"<Citation {self.passage.id} {self.role}, origin {self.origin}>"


@dataclass(frozen=True, slots=True)
class Statement:
    """One claim about one entity. Dates are EDTF texts; `low` and `high` are the bounds of a number."""

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
    since_earliest: date | None = field(repr=False)
    until_latest: date | None = field(repr=False)
    citations: tuple[Citation, ...] = field(repr=False)

    @builtins.property
    def voice(self) -> str:
        """Who says so: an id, a description, or the sources themselves."""
        own = sorted({c.origin for c in self.citations if c.role == "supports"})
        return self.said_by or self.speaker or ", ".join(own)

    @builtins.property
    def affirmative(self) -> bool:
        """Whether it says that something is so: it is neither denied nor refuted."""
        return self.standing not in ("denied", "refuted")

    def holds(self, day: date) -> bool:
        """Whether its validity may cover a day; without dates it always may."""
        return (self.since_earliest is None or self.since_earliest <= day) and (
            self.until_latest is None or day <= self.until_latest
        )

    def __repr__(self) -> str:
        period = f" [{self.since or '..'} – {self.until or '..'}]" if self.since or self.until else ""
        role = f" ({self.role})" if self.role else ""
        hedge = f" “{self.hedge}”" if self.hedge else ""
        origins = f"{self.origins} origin{'' if self.origins == 1 else 's'}"
        mark = ", contested" if self.contested else ""
        return f"<{self.property} = {self.value}{role}{period}: {self.standing}{hedge} by {self.voice}, {origins}{mark}>"


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
        """Every name, the primary one first."""
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
        if any(each.contested for each in found) or len({(each.value, each.role) for each in found}) > 1:
            raise Contested(self.id, property, found)
        return found[0]

    def as_of(self, day: date | str) -> list[Statement]:
        """Ties to other entities that may hold on a day (a date, or ISO text); affirmative ones only."""
        when = date.fromisoformat(day) if isinstance(day, str) else day
        ties = self.data._ties
        return [s for s in self.statements() if s.id in ties and s.affirmative and s.holds(when)]

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
class Group(Entity):
    """An organisation of any kind."""

    name_ar: str | None
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
class Person(Entity):
    """A person with a public role; `basis` is that role."""

    name_ar: str | None
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
class Place(Entity):
    """A place; coordinates (degrees, WGS 84) and parent are the gazetteer's."""

    name_ar: str | None
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


T = TypeVar("T", bound=Entity)


class Collection(Mapping[str, T], Generic[T]):
    """Records by id. A former id leads to its record; a wrong one raises KeyError with the nearest ids."""

    def __init__(self, name: str, items: dict[str, T], redirects: dict[str, str]) -> None:
        self._name, self._items, self._redirects = name, items, redirects

    def __getitem__(self, key: str) -> T:
        found = self._items.get(key) or self._items.get(self._redirects.get(key, ""))
        if found is None:
            words = fold(key).split()
            close = difflib.get_close_matches(key, self._items, 3, 0.6)
            close += [each for each in self._items if all(word in each for word in words) and each not in close][:3]
            hint = f"; near: {', '.join(close)}" if close else ""
            raise KeyError(f"no {self._name} {key!r}{hint}")
        return found

    def __contains__(self, key: object) -> bool:
        return key in self._items or self._redirects.get(str(key)) in self._items

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __repr__(self) -> str:
        return f"<{len(self)} {self._name}s: {', '.join(list(self._items)[:4])}, …>"


class Data:
    """A whole release in memory."""

    def __init__(self, tables: dict[str, list[dict[str, Any]]], package: dict[str, Any]) -> None:
        self.version: str = package.get("version", "")
        redirects: dict[str, str] = package.get("redirects", {})
        self.sources: dict[str, dict[str, Any]] = {row["source_id"]: row for row in tables["sources"]}
        self.passages = {row["passage_id"]: _passage(row) for row in tables["passages"]}
        labels = {row["entity_id"]: row["label"] for row in tables["entities"]}
        self._statements = self._read_statements(tables)
        self._ties = {row["statement_id"] for row in tables["relations"]}
        self._properties = {each.property for found in self._statements.values() for each in found}
        self._names = _names(tables["names"], labels)

        def collect(kind: type[T], table: str) -> Collection[T]:
            key = f"{kind.__name__.lower()}_id"
            items = {row[key]: _make(kind, self, labels[row[key]], row, key) for row in tables[table]}
            return Collection(kind.__name__.lower(), items, redirects)

        self.groups: Collection[Group] = collect(Group, "groups")
        self.people: Collection[Person] = collect(Person, "people")
        self.places: Collection[Place] = collect(Place, "places")
        self.events: Collection[Event] = collect(Event, "events")
        self.allegations: Collection[Allegation] = collect(Allegation, "allegations")
        self._involved = _involved(tables)
        self._blamed = _blamed(tables)

    def _read_statements(self, tables: dict[str, list[dict[str, Any]]]) -> dict[str, list[Statement]]:
        cited: dict[str, list[Citation]] = defaultdict(list)
        for row in tables["citations"]:
            cited[row["statement_id"]].append(Citation(self.passages[row["passage_id"]], row["role"], row["origin"]))
        numbers = {row["statement_id"]: (row["low"], row["high"]) for row in tables["estimates"]}
        found: dict[str, list[Statement]] = defaultdict(list)
        for row in tables["statements"]:
            key = row["statement_id"]
            low, high = numbers.get(key, (None, None))
            same = {name: row[name] for name in _SAME}
            found[row["entity_id"]].append(
                Statement(
                    id=key, value_id=row["value_entity_id"], via=tuple(row["via"]), preferred_because=row["preferred"],
                    low=low, high=high, citations=tuple(cited[key]), **same,
                )
            )
        return dict(found)

    def _known(self, property: str) -> None:
        if property in self._properties:
            return
        from .model.rows import PROPERTIES

        if property not in PROPERTIES:
            close = difflib.get_close_matches(property, PROPERTIES, 3, 0.5) or sorted(self._properties)
            raise LookupError(f"no property {property!r}; near: {', '.join(close)}")

    def __getitem__(self, key: str) -> Entity:
        """Any record by its id, of whatever type."""
        for records in self._collections:
            if key in records:
                return cast(Entity, records[key])
        everything = [each for records in self._collections for each in records]
        close = difflib.get_close_matches(key, everything, 3, 0.6)
        raise KeyError(f"no record {key!r}{f'; near: {chr(44).join(close)}' if close else ''}")

    @property
    def _collections(self) -> tuple[Collection[Any], ...]:
        return self.groups, self.people, self.places, self.events, self.allegations

    @cached_property
    def _index(self) -> list[tuple[Entity, str, set[str], set[str]]]:
        """Names, folded and by sound, of every entity."""
        return [
            (entity, fold(name), set(fold(name).split()), set(sound(name).split()))
            for records in self._collections
            for entity in records.values()
            for name in (entity.names if records is not self.events else [entity.label])
        ]

    def find(self, text: str) -> list[Entity]:
        """Entities that have all words of a text in one of their names, best first.

        Case, diacritics, Arabic letter variants and common romanisations do not matter. A whole name
        comes before words of one, the same spelling before the same sound, short names before long.
        """
        whole, words, sounds = fold(text), set(fold(text).split()), set(sound(text).split())
        if not words:
            return []
        best: dict[str, tuple[int, int, str]] = {}
        for entity, name, parts, heard in self._index:
            if name == whole:
                rank = 0
            elif words <= parts:
                rank = 1
            elif all(any(part.startswith(word) for part in parts) for word in words):
                rank = 2
            elif sounds and sounds <= heard:
                rank = 3
            else:
                continue
            place = (rank, len(name), entity.id)
            best[entity.id] = min(best.get(entity.id, place), place)
        return [self[key] for key in sorted(best, key=best.__getitem__)]

    def __repr__(self) -> str:
        counts = ", ".join(f"{len(records)} {records._name}s" for records in self._collections)
        return f"<syrian-groups-data {self.version}: {counts}, {sum(map(len, self._statements.values()))} statements>"


_SAME = (
    "entity_id", "property", "value", "role", "since", "until", "as_of", "said_by", "speaker", "said_in", "standing",
    "hedge", "contested", "origins", "note", "since_earliest", "until_latest",
)  # fmt: skip
_RENAMED = {"groups": "group_ids", "type": "kind"}


def _passage(row: dict[str, Any]) -> Passage:
    return Passage(id=row["passage_id"], **{k: v for k, v in row.items() if k != "passage_id"})


def _make(kind: type[T], data: Data, label: str, row: dict[str, Any], key: str) -> T:
    known = kind.__dataclass_fields__
    values = {_RENAMED.get(name, name): tuple(value) if isinstance(value, list) else value for name, value in row.items()}
    return kind(data=data, id=row[key], label=label, **{name: value for name, value in values.items() if name in known})


def _names(rows: list[dict[str, Any]], labels: dict[str, str]) -> dict[str, list[str]]:
    names: dict[str, dict[str, None]] = {key: {label: None} for key, label in labels.items()}
    for row in rows:
        names[row["entity_id"]][row["name"]] = None
    return {key: list(found) for key, found in names.items()}


def _involved(tables: dict[str, list[dict[str, Any]]]) -> dict[str, list[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in tables["participants"]:
        found[row["entity_id"]].add(row["event_id"])
    for row in tables["events"]:
        found[row["place_id"]].add(row["event_id"])
        found[row["part_of"]].add(row["event_id"])
    return {key: sorted(events) for key, events in found.items() if key}


def _blamed(tables: dict[str, list[dict[str, Any]]]) -> dict[str, list[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in (*tables["parties"], *tables["responses"]):
        if row["allegation_id"]:
            found[row["entity_id"]].add(row["allegation_id"])
    for row in tables["allegations"]:
        found[row["event_id"]].add(row["allegation_id"])
    return {key: sorted(each) for key, each in found.items() if key}


def load(base: Path | None = None) -> Data:
    """A whole release as typed records, without network; every file's hash is compared first.

    `base` is a folder with `datapackage.json` and `tables/`; without it, the installed release.
    Raises Damaged where a file is missing or is not the one that the descriptor names.
    """
    from pyarrow.parquet import ParquetFile

    package, files = verified(base or _base(), _TABLES)
    return Data({name: ParquetFile(io.BytesIO(data)).read().to_pylist() for name, data in files.items()}, package)
