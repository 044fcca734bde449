"""Typed records over the published tables: a whole release in memory."""

from __future__ import annotations

import difflib
import io
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

from ..model.values import fold, sound
from .entities import Allegation, Citation, Entity, Event, Group, Passage, Person, Place, Statement
from .release import Damaged, _base, arrow, second_name, terms, verified

_TABLES = (
    "sources", "passages", "entities", "statements", "citations", "names", "groups", "people", "places",
    "relations", "estimates", "events", "participants", "allegations", "parties", "responses",
)  # fmt: skip


T = TypeVar("T")
E = TypeVar("E", bound=Entity)


class Unknown(KeyError):
    """An id that no record has; the message offers the nearest ones."""

    def __str__(self) -> str:
        return str(self.args[0])


class Collection(Mapping[str, T], Generic[T]):
    """Records by id. A former id leads to its record; a wrong one raises KeyError with the nearest ids."""

    def __init__(
        self, name: str, items: dict[str, T], redirects: dict[str, str], find: Callable[[str], list[Entity]]
    ) -> None:
        self._name, self._items, self._redirects, self._find = name, items, redirects, find
        self._plural = "people" if name == "person" else f"{name}s"

    def __getitem__(self, key: str) -> T:
        found = self._items.get(key) or self._items.get(self._redirects.get(key, "")) if isinstance(key, str) else None
        if found is None:
            raise Unknown(f"no {self._name} {key!r}{near_ids(key, self._items, self._find)}")
        return found

    def __contains__(self, key: object) -> bool:
        return key in self._items or self._redirects.get(str(key)) in self._items

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __repr__(self) -> str:
        return f"<{len(self)} {self._plural}: {', '.join(list(self._items)[:4])}, …>"


def near_ids(key: str, ids: Iterable[str], find: Callable[[str], list[Entity]]) -> str:
    """`; near: …`: ids that are spelled alike, and records of whatever type that have such a name."""
    named = [entity.id for entity in find(str(key))[:3]]
    alike = difflib.get_close_matches(str(key), list(ids), 3, 0.6)
    found = list(dict.fromkeys([*named, *alike]))[:4]
    return f"; near: {', '.join(found)}" if found else ""


class Data:
    """A whole release in memory."""

    def __init__(self, tables: dict[str, list[dict[str, Any]]], package: dict[str, Any]) -> None:
        self.name: str = package.get("name", "")
        self.version: str = package.get("version", "")
        self.second_language = second_name(package)
        self._terms = terms(package, "statements", "property")
        redirects: dict[str, str] = package.get("redirects", {})
        sources = {row["source_id"]: row for row in tables["sources"]}
        self.sources: Collection[dict[str, Any]] = Collection("source", sources, {}, self.find)
        passages = {row["passage_id"]: _passage(row) for row in tables["passages"]}
        self.passages: Collection[Passage] = Collection("passage", passages, {}, self.find)
        labels = {row["entity_id"]: row["label"] for row in tables["entities"]}
        works = {key: source["derived_from"] or key for key, source in sources.items()}
        self._statements = _statements(tables, passages, works)
        self._ties = {row["statement_id"] for row in tables["relations"]}
        self._properties = {each.property for found in self._statements.values() for each in found}
        self._mentions: dict[str, list[Statement]] = defaultdict(list)
        for found in self._statements.values():
            for each in found:
                if each.value_id:
                    self._mentions[each.value_id].append(each)
        self._names = _names([row for row in tables["names"] if row["role"] != "epithet"], labels)
        self._epithets = _names([row for row in tables["names"] if row["role"] == "epithet"], {})

        def collect(kind: type[E], table: str) -> Collection[E]:
            key = f"{kind.__name__.lower()}_id"
            items = {row[key]: _make(kind, self, labels[row[key]], row, key) for row in tables[table]}
            return Collection(kind.__name__.lower(), items, redirects, self.find)

        self.groups: Collection[Group] = collect(Group, "groups")
        self.people: Collection[Person] = collect(Person, "people")
        self.places: Collection[Place] = collect(Place, "places")
        self.events: Collection[Event] = collect(Event, "events")
        self.allegations: Collection[Allegation] = collect(Allegation, "allegations")
        self._involved = _involved(tables)
        self._blamed = _blamed(tables)

    def _known(self, property: str) -> None:
        if property not in self._properties and property not in self._terms:
            close = difflib.get_close_matches(property, self._terms, 3, 0.5)
            hint = f"near: {', '.join(close)}" if close else f"there are {', '.join(sorted(self._properties))}"
            raise LookupError(f"no property {property!r}; {hint}")

    def __getitem__(self, key: str) -> Entity:
        """Any record by its id, of whatever type."""
        for records in self._collections:
            if key in records:
                return cast(Entity, records[key])
        raise Unknown(f"no record {key!r}{near_ids(key, self, self.find)}")

    def __contains__(self, key: object) -> bool:
        return any(key in records for records in self._collections)

    def __iter__(self) -> Iterator[str]:
        for records in self._collections:
            yield from records

    def resting_on(self, passage: str) -> list[tuple[Entity, list[Statement]]]:
        """Every statement that rests on a passage, or names it as context or dispute, by entity.

        Raises KeyError for a passage that does not exist.
        """
        passage = self.passages[passage].id
        found = []
        for key, statements in sorted(self._statements.items()):
            if cited := [s for s in statements if any(c.passage.id == passage for c in s.citations)]:
                found.append((self[key], cited))
        return found

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
            for name in dict.fromkeys(
                [
                    *entity.names,
                    *self._epithets.get(entity.id, ()),
                    *filter(None, [getattr(entity, "second_name", None)]),
                ]
            )
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
        counts = ", ".join(f"{len(records)} {records._plural}" for records in self._collections)
        return f"<{self.name} {self.version}: {counts}, {sum(map(len, self._statements.values()))} statements>"


_SAME = (
    "entity_id", "property", "value", "role", "of", "since", "until", "as_of", "said_by", "speaker", "said_in", "standing",
    "hedge", "contested", "origins", "note", "since_earliest", "until_latest",
)  # fmt: skip
_NUMBER, _PART = ("low", "high", "qualifier", "words", "unit"), ("harm", "side")
_RENAMED = {"groups": "group_ids", "type": "kind"}


def _passage(row: dict[str, Any]) -> Passage:
    return Passage(id=row["passage_id"], **{k: v for k, v in row.items() if k != "passage_id"})


def _make(kind: type[E], data: Data, label: str, row: dict[str, Any], key: str) -> E:
    known = kind.__dataclass_fields__
    renamed = _RENAMED | {f"name_{data.second_language}": "second_name"}
    values: dict[str, Any] = {"second_name": None} | {
        renamed.get(name, name): tuple(value) if isinstance(value, list) else value for name, value in row.items()
    }
    return kind(data=data, id=row[key], label=label, **{name: value for name, value in values.items() if name in known})


def _statements(
    tables: dict[str, list[dict[str, Any]]], passages: dict[str, Passage], works: dict[str, str]
) -> dict[str, list[Statement]]:
    """Statements by entity. `works` leads from a source to the one that it copies."""
    cited: dict[str, list[Citation]] = defaultdict(list)
    for row in tables["citations"]:
        passage = passages[row["passage_id"]]
        cited[row["statement_id"]].append(Citation(passage, row["role"], row["origin"], works[passage.source_id]))
    # What a statement's row leaves to the table of its kind.
    details = {
        row["statement_id"]: {name: row[name] for name in names}
        for table, names in (("estimates", _NUMBER), ("participants", _PART))
        for row in tables[table]
    }
    found: dict[str, list[Statement]] = defaultdict(list)
    for row in tables["statements"]:
        key = row["statement_id"]
        detail: dict[str, Any] = dict.fromkeys((*_NUMBER, *_PART)) | details.get(key, {})
        same = {name: row[name] for name in _SAME}
        found[row["entity_id"]].append(
            Statement(
                id=key,
                value_id=row["value_entity_id"],
                via=tuple(row["via"]),
                preferred_because=row["preferred"],
                counted=row["class"],
                citations=tuple(cited[key]),
                **detail,
                **same,
            )
        )
    return dict(found)


def _names(rows: list[dict[str, Any]], labels: dict[str, str]) -> dict[str, list[str]]:
    names: dict[str, dict[str, None]] = defaultdict(dict, {key: {label: None} for key, label in labels.items()})
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


def load(base: Path | str | None = None) -> Data:
    """A whole release as typed records, without network; every file's hash is compared first.

    `base` is a folder with `datapackage.json` and `tables/`; without it, the installed release.
    Raises Damaged where a file is missing or is not the one that the descriptor names.
    """
    folder = Path(base) if base else _base()
    package, files = verified(folder, _TABLES)
    try:
        return Data({name: arrow(io.BytesIO(data)).to_pylist() for name, data in files.items()}, package)
    except (KeyError, TypeError) as error:
        what = f"{folder}: its tables are not those of this version of the package ({error!r})"
        raise Damaged(f"{what}; load it with the version that built it") from None
