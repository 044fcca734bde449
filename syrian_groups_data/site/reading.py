"""The tables of a package, read once: rows by what pages ask for."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any, Protocol

from ..model.problem import Problem, Problems
from ..model.values import ID_PATTERN, SECOND_PATTERN
from .words import DEFINITIONS

Row = dict[str, Any]


class Tables(Protocol):
    """A package of this schema: its descriptor, and its tables by name."""

    @property
    def descriptor(self) -> dict[str, Any]:
        """The parsed `datapackage.json`."""

    def table(self, name: str) -> Any:
        """One table as a `pyarrow.Table`."""


TABLE_OF = {"group": "groups", "person": "people", "place": "places", "event": "events", "allegation": "allegations"}
_NEGATIVE = ("denied", "refuted")
# What a statement's row leaves to the table of its kind.
_DETAIL = ("harm", "side", "words", "unit", "covers")


class _Wide(dict[str, dict[str, Row]]):
    """The table of each type of record, by id; read when it is first asked for."""

    def __init__(self, rows: Callable[[str], list[Row]]) -> None:
        self._rows = rows

    def __missing__(self, type: str) -> dict[str, Row]:
        found = self[type] = {row[f"{type}_id"]: row for row in self._rows(TABLE_OF[type])}
        return found


class Reading:
    """Every row that the site shows, by record, statement, passage and source. A table is read when it is first asked for:
    a picture needs few of them."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self.descriptor = tables.descriptor
        self.wide = _Wide(self._rows)
        self.sources: dict[str, Row] = {row["source_id"]: row for row in self._rows("sources")}
        self.entities: dict[str, Row] = {row["entity_id"]: row for row in self._rows("entities")}
        _safe([*self.sources, *self.entities])

    def _rows(self, name: str) -> list[Row]:
        found: list[Row] = self._tables.table(name).to_pylist()
        return found

    @cached_property
    def passages(self) -> dict[str, Row]:
        """Passages by id."""
        return {row["passage_id"]: row for row in self._rows("passages")}

    @cached_property
    def citations(self) -> dict[str, list[Row]]:
        """Citations by statement, in the order of reading."""
        found = sorted(self._rows("citations"), key=lambda row: in_order(self.passages[row["passage_id"]]))
        return _by(found, "statement_id")

    @cached_property
    def names(self) -> dict[str, list[Row]]:
        """Names by record."""
        return _by(self._rows("names"), "entity_id")

    @cached_property
    def second(self) -> str:
        """The column of names in a second language, which a package chooses: name_ar, name_uk; empty where it has none."""
        columns = {name for kind in ("groups", "people", "places") for name in self._tables.table(kind).column_names}
        return min((name for name in columns if _SECOND.fullmatch(name)), default="")

    @cached_property
    def relations(self) -> list[Row]:
        """Ties."""
        return self._rows("relations")

    @cached_property
    def timeline(self) -> list[Row]:
        """Events, ready to plot."""
        return self._rows("timeline")

    @cached_property
    def ledger(self) -> dict[str, Row]:
        """Allegations, ready to read."""
        return {row["allegation_id"]: row for row in self._rows("ledger")}

    @cached_property
    def parties(self) -> dict[str, list[Row]]:
        """Who accuses and who is accused, by allegation."""
        return _by(self._rows("parties"), "allegation_id")

    @cached_property
    def _responses(self) -> list[Row]:
        return self._rows("responses")

    @cached_property
    def answers(self) -> dict[str, list[Row]]:
        """Responses by allegation."""
        return _by(self._responses, "allegation_id")

    @cached_property
    def participants(self) -> dict[str, list[Row]]:
        """Who took part, by event."""
        return _by(self._rows("participants"), "event_id")

    @cached_property
    def changes(self) -> list[Row]:
        """Ids that were given up."""
        return self._rows("changes")

    @cached_property
    def statements(self) -> list[Row]:
        """All statements, each with what the table of its kind adds under `detail`."""
        taken = (row for found in self.participants.values() for row in found)
        details = {row["statement_id"]: row for row in [*taken, *self._rows("estimates"), *self._responses]}
        found = self._rows("statements")
        for row in found:
            more = details.get(row["statement_id"], {})
            row["detail"] = {name: more.get(name) for name in _DETAIL}
            row["affirmed"] = row["standing"] not in _NEGATIVE
            who = row["value_entity_id"] or row["value"]
            row["accused"] = row["property"] == "participants" and who in self.accused.get(row["entity_id"], ())
        return found

    @cached_property
    def about(self) -> dict[str, list[Row]]:
        """Statements by the record that they are about."""
        return _by(self.statements, "entity_id")

    @cached_property
    def mentions(self) -> dict[str, list[Row]]:
        """Statements by the record that is their value."""
        return _by(self.statements, "value_entity_id")

    @cached_property
    def by_id(self) -> dict[str, Row]:
        """Statements by id."""
        return {row["statement_id"]: row for row in self.statements}

    @cached_property
    def resting(self) -> dict[str, list[tuple[Row, str]]]:
        """Statements that a passage carries, by passage, each with what the passage does for it."""
        found: dict[str, list[tuple[Row, str]]] = defaultdict(list)
        for key, cited in self.citations.items():
            for row in cited:
                found[row["passage_id"]].append((self.by_id[key], row["role"]))
        return found

    @cached_property
    def definitions(self) -> dict[str, dict[str, str]]:
        """Terms with their meanings, by what their list is called: ours, and those that the descriptor adds."""
        fields = {
            (resource.get("name"), field.get("name")): field.get("categories") or ()
            for resource in self.descriptor.get("resources") or ()
            for field in (resource.get("schema") or {}).get("fields") or ()
        }
        return {
            name: ours | {each["value"]: str(each.get("label", "")) for each in fields.get(column, ())}
            for name, (ours, column) in DEFINITIONS.items()
        }

    @cached_property
    def machine(self) -> frozenset[str]:
        """Works that a language model wrote."""
        return frozenset(key for key, row in self.sources.items() if row["kind"] == "ai-encyclopedia")

    @cached_property
    def compared(self) -> tuple[str, str] | tuple[()]:
        """The two groups that are most spoken of, or those that the descriptor names under `compare`; none where there are not two."""
        named = [key for key in self.descriptor.get("compare") or () if key in self.wide["group"]]
        most = sorted(self.wide["group"], key=lambda key: (-self.entities[key]["statements"], key))
        found = named if len(named) > 1 else most
        return (found[0], found[1]) if len(found) > 1 else ()

    @cached_property
    def alleged(self) -> dict[str, list[str]]:
        """Allegations about an event, by event."""
        found: dict[str, list[str]] = defaultdict(list)
        for key, row in sorted(self.wide["allegation"].items()):
            if row["event_id"]:
                found[row["event_id"]].append(key)
        return found

    @cached_property
    def blamed(self) -> dict[str, list[str]]:
        """Allegations in which a record is accused, by record."""
        return self._in_parties("accused")

    @cached_property
    def accused(self) -> dict[str, set[str]]:
        """Who is accused over an event, by id or description, by event: what they took part in is shown with that mark."""
        return {
            event: {row["entity_id"] or row["described"] for row in self._accused(keys)}
            for event, keys in self.alleged.items()
        }

    def _accused(self, keys: list[str]) -> list[Row]:
        return [row for key in keys for row in self.parties.get(key, []) if row["role"] == "accused"]

    @cached_property
    def accusing(self) -> dict[str, list[str]]:
        """Allegations that a record makes, by record."""
        return self._in_parties("accuser")

    def _in_parties(self, role: str) -> dict[str, list[str]]:
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for key, rows in self.parties.items():
            for row in rows:
                if row["role"] == role and row["entity_id"]:
                    found[row["entity_id"]][key] = None
        return {key: sorted(each) for key, each in found.items()}

    @cached_property
    def works(self) -> dict[str, list[str]]:
        """Works that tell of a record, by record."""
        return {
            key: self.distinct(work for row in self.about.get(key, []) for work in row["works"])
            for key in self.entities
        }

    @cached_property
    def parts(self) -> dict[str, list[str]]:
        """Events that are part of another, by that one, in the order of time."""
        found: dict[str, list[str]] = defaultdict(list)
        for row in self.timeline:
            if whole := self.wide["event"][row["event_id"]]["part_of"]:
                found[whole].append(row["event_id"])
        return found

    @cached_property
    def happened(self) -> dict[str, list[tuple[str, str]]]:
        """Events by record that takes part in them or at which they lie, each with its roles."""
        found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for key, rows in self.participants.items():
            for row in rows:
                if row["entity_id"] and row["role"] not in found[row["entity_id"]][key]:
                    found[row["entity_id"]][key].append(row["role"])
        for row in self.wide["event"].values():
            for column, role in (("place_id", "here"), ("part_of", "part of it")):
                if row[column]:
                    found[row[column]][row["event_id"]].append(role)
        order = {row["event_id"]: place for place, row in enumerate(self.timeline)}
        return {
            key: [(event, ", ".join(roles)) for event, roles in sorted(each.items(), key=lambda one: order[one[0]])]
            for key, each in found.items()
        }

    def label(self, key: str | None) -> str:
        """What to call a record or a source."""
        if key in self.entities:
            return str(self.entities[key or ""]["label"])
        if key in self.sources:
            return self.source_name(key or "")
        return key or ""

    def choices(self, keys: Iterable[str]) -> list[tuple[str, str]]:
        """Records or sources to choose from, by name; those of one name are told apart by their ids."""
        named = sorted(((key, self.label(key)) for key in keys), key=lambda one: (one[1].casefold(), one[0]))
        alike = Counter(label for _, label in named)
        return [(key, f"{label} ({key})" if alike[label] > 1 else label) for key, label in named]

    def distinct(self, works: Iterable[str]) -> list[str]:
        """Works, sorted, without those that only repeat another of them: as the tables count them."""
        found: dict[str, str] = {}
        for work in sorted(set(works), key=lambda work: (len(self._line(work)), work)):
            found.setdefault(str(self.sources[work]["work"]), work)
        return sorted(found.values())

    def _line(self, source: str | None) -> list[str]:
        """A source, what it copies, and so on."""
        found: list[str] = []
        while source in self.sources and source not in found:
            found.append(source)
            source = self.sources[source]["derived_from"]
        return found

    def work_of(self, passage: str) -> str:
        """The work whose text a passage is: of a copy or another version, what it repeats."""
        source: str = self.passages[passage]["source_id"]
        return str(self.sources[source]["work"])

    def second_name(self, key: str) -> str | None:
        """A record's name in the second language of the package, where it has one."""
        name: str | None = self.wide[self.entities[key]["type"]][key].get(self.second)
        return name

    def source_name(self, key: str) -> str:
        """What to call a source: its publisher, told apart by its title."""
        row = self.sources[key]
        if not row["publisher"]:
            return f"“{row['title']}”" if row["title"] else key
        alike = sum(each["publisher"] == row["publisher"] for each in self.sources.values())
        return f"{row['publisher']}, “{row['title']}”" if alike > 1 and row["title"] else str(row["publisher"])

    def chain(self, place: str | None) -> list[str]:
        """A place, what it lies in, and so on outwards."""
        found: list[str] = []
        while place and place not in found:
            found.append(place)
            place = self.wide["place"].get(place, {}).get("parent_id")
        return found


_ID = re.compile(ID_PATTERN)
_SECOND = re.compile(SECOND_PATTERN)


def _safe(ids: list[str]) -> None:
    """Raise Problems where an id is none: files are named after them."""
    wrong = [key for key in ids if not (isinstance(key, str) and _ID.fullmatch(key))]
    if wrong:
        fix = "build the package again, or run syrian-groups-data validate"
        raise Problems(
            [Problem("tables/entities.csv", 1, 1, "malformed-value", f"{key!r} is no id", fix) for key in wrong]
        )


def in_order(passage: Row) -> tuple[str, bool, int, int]:
    """Where a passage stands: by source, in reading order; those that are gone come last."""
    number = int(passage["passage_id"].rpartition(":")[2])
    return passage["source_id"], passage["ordinal"] is None, passage["ordinal"] or 0, number


def _by(rows: list[Row], column: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row[column] is not None:
            found[row[column]].append(row)
    return dict(found)
