"""Two releases -> what is new, changed or gone, record by record and statement by statement, with the cause on record."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from ..model.changes import full, short

Row = Mapping[str, Any]


# What a record says beside its statements, by table, after its id: our classification, reference data, our words.
_OURS = {
    "groups": ("group_id", "kind", "identifiers"),
    "people": ("person_id", "basis", "identifiers"),
    "places": (
        "place_id", "kind", "parent_id", "iso_3166_2", "geonames_id", "latitude", "longitude", "precision", "gazetteer",
        "identifiers",
    ),
    "events": ("event_id", "type", "subtype", "summary"),
    "allegations": ("allegation_id", "acts", "event_id"),  # its summary is its label
}  # fmt: skip
_SOURCE = (
    "author", "kind", "language", "published", "url", "licence", "derived_from", "snapshot_sha256",
    "retrieved", "revision", "archive",
)  # fmt: skip
# Columns that are compared, by table, of which every release has these: whatever else there is, some releases lack.
CORE = {
    "entities": ("entity_id", "type", "label"),
    "statements": (
        "statement_id", "entity_id", "property", "value", "value_entity_id", "role", "class", "of", "as_of", "since",
        "until", "said_by", "speaker", "via", "said_in", "standing", "hedge", "contested",
    ),
    "citations": ("statement_id", "passage_id", "role"),
    "changes": ("old_id", "new_id", "kind", "reason"),
    "sources": ("source_id",),
    **{table: names[:1] for table, names in _OURS.items()},
}  # fmt: skip


class Tables(Protocol):
    """A release, as far as it is compared."""

    @property
    def descriptor(self) -> Mapping[str, Any]:
        """Of its data package: here its redirects."""

    def table(self, name: str) -> Any:
        """A `pyarrow.Table`; KeyError for one that is not there."""


class Difference(NamedTuple):
    """One thing that differs: what it is (record, source, statement, citation), its id, and its two states as text.

    `new_id` is that of what took its place, where it has another now.
    """

    what: str
    change: str  # added, changed, removed
    id: str
    about: str
    old: str | None
    new: str | None
    cause: str | None
    new_id: str | None = None


def changes(old: Tables, new: Tables) -> list[Difference]:
    """Every difference of two releases; nothing where nothing changed.

    A statement that has a successor on record is one difference, with the old and the new state.
    """
    before, after = _Release(old), _Release(new)
    return [
        *_records(before, after),
        *_sources(before, after),
        *_statements(before, after),
        *_citations(before, after),
    ]


# What may become another of a statement that keeps its id.
_MARKS = ("contested", "preferred", "said_in", "note")
_REFERENCES = ("parent_id", "event_id", "derived_from", "said_in")


class _Release:
    def __init__(self, tables: Tables) -> None:
        self.entities = {row["entity_id"]: row for row in _rows(tables, "entities")}
        self.ours = {
            row[key]: {name: row[name] for name in names if name in row}
            for table, (key, *names) in _OURS.items()
            for row in _rows(tables, table)
        }
        self.sources = {row["source_id"]: row for row in _rows(tables, "sources")}
        self.statements = {short(row["statement_id"]): row for row in _rows(tables, "statements")}
        self.redirects: Mapping[str, str] = tables.descriptor.get("redirects", {})
        self.ledger = {short(row["old_id"]): row for row in _rows(tables, "changes")}
        self.cited: dict[str, set[str]] = {}
        for row in _rows(tables, "citations"):
            key = short(row["statement_id"])
            self.cited.setdefault(key, set()).add(f"{row['passage_id']} {row['role']}")

    def moved(self, row: Row, names: Iterable[str]) -> Row:
        """Some columns of an earlier row, ids as those records have them now."""
        return {
            name: self.redirects.get(row[name], row[name]) if name in _REFERENCES else row[name]
            for name in names
            if name in row
        }

    def led(self, cited: str) -> str:
        """A passage by the id that its source has now."""
        source, colon, rest = cited.partition(":")
        return f"{self.redirects.get(source, source)}{colon}{rest}"


def _rows(tables: Tables, name: str) -> list[dict[str, Any]]:
    try:
        found: list[dict[str, Any]] = tables.table(name).to_pylist()
    except KeyError:
        return []  # a former release may lack a table
    return found


def _records(before: _Release, after: _Release) -> Iterator[Difference]:
    taken = {after.redirects.get(key) for key in before.entities.keys() - after.entities.keys()}
    for key in sorted(before.entities.keys() | after.entities.keys()):
        heir = key if key in after.entities else after.redirects.get(key, "")
        old, new = before.entities.get(key), after.entities.get(heir)
        if old is None and key in taken:
            continue
        was, now = (f"{row['type']} {row['label']}" if row else None for row in (old, new))
        if old and new:
            ours = before.ours.get(key, {})
            was, now = _beside((was, now), after.moved(ours, ours), after.ours.get(heir, {}))
        change = "added" if old is None else "removed" if new is None else "changed"
        if new and heir != key:
            yield Difference("record", change, key, key, was, now, f"it is {heir} now", heir)
        elif was != now:
            yield Difference("record", change, key, key, was, now, None)


def _beside(states: Sequence[str | None], old: Row, new: Row) -> tuple[str | None, str | None]:
    """Two states, each with what is not the same in both."""
    differ = [name for name in old if name in new and old[name] != new[name]]
    was, now = (
        "; ".join(filter(None, (state, *(f"{name}: {_text(row[name])}" for name in differ))))
        for state, row in zip(states, (old, new), strict=True)
    )
    return was, now


def _text(value: Any) -> str:
    return "; ".join(value) or "none" if isinstance(value, list) else "none" if value is None else str(value)


def _sources(before: _Release, after: _Release) -> Iterator[Difference]:
    old = {after.redirects.get(key, key): row for key, row in before.sources.items()}
    for key in sorted(old.keys() | after.sources.keys()):
        one, other = old.get(key), after.sources.get(key)
        was, now = (_named(row) if row else None for row in (one, other))
        if one and other:
            was, now = _beside((was, now), after.moved(one, _SOURCE), other)
        if was != now:
            change = "added" if one is None else "removed" if other is None else "changed"
            yield Difference("source", change, key, key, was, now, None)


def _named(row: Row) -> str:
    return ", ".join(filter(None, (row.get("title"), row.get("publisher")))) or "untitled"


def _statements(before: _Release, after: _Release) -> Iterator[Difference]:
    gone = before.statements.keys() - after.statements.keys()
    made = after.statements.keys() - before.statements.keys()
    succeeded: set[str] = set()
    found: list[Difference] = []
    for key in gone:
        old = before.statements[key]
        row = after.ledger.get(key)
        cause = f"{row['kind']}: {row['reason'] or 'no reason given'}" if row else None
        successor = short(row["new_id"]) if row and row["new_id"] else None
        new = after.statements.get(successor) if successor else None
        if new is not None and successor in made:
            succeeded.add(successor or "")
        change = "changed" if new is not None else "removed"
        found.append(
            Difference(
                "statement", change, full(old["statement_id"]), old["entity_id"], _said(old), _said(new) if new else None, cause,
                full(new["statement_id"]) if new else None,
            )
        )  # fmt: skip
    for key in made - succeeded:
        new = after.statements[key]
        found.append(
            Difference("statement", "added", full(new["statement_id"]), new["entity_id"], None, _said(new), None)
        )
    for key in before.statements.keys() & after.statements.keys():
        old, new = before.statements[key], after.statements[key]
        was, now = _beside((_said(old), _said(new)), after.moved(old, _MARKS), new)
        if was != now:
            key = full(new["statement_id"])
            found.append(Difference("statement", "changed", key, new["entity_id"], was, now, None))
    yield from sorted(found, key=lambda each: (each.about, each.old or "", each.new or "", each.id))


def _said(row: Row) -> str:
    """A statement in a line: value, qualifiers, who says so and how."""
    keys = ("role", "class", "of", "as_of", "since", "until")
    qualifiers = ", ".join(f"{key} {row[key]}" for key in keys if row.get(key))
    voice = row["said_by"] or row["speaker"]
    hedge = f" “{row['hedge']}”" if row["hedge"] else ""
    by = f" by {voice}" if voice else ""
    return f"{row['property']}: {row['value']}{f' ({qualifiers})' if qualifiers else ''} [{row['standing']}{hedge}{by}]"


def _citations(before: _Release, after: _Release) -> Iterator[Difference]:
    for key in sorted(before.statements.keys() & after.statements.keys()):
        old, new = {after.led(cited) for cited in before.cited.get(key, ())}, after.cited.get(key, set())
        row = after.statements[key]
        about = f"{row['entity_id']}, {row['property']}: {row['value']}"
        for cited in sorted(new - old):
            yield Difference("citation", "added", full(row["statement_id"]), about, None, cited, None)
        for cited in sorted(old - new):
            yield Difference("citation", "removed", full(row["statement_id"]), about, cited, None, None)


_SIGNS = {"added": "+", "changed": "~", "removed": "-"}


def told(found: Sequence[Difference], form: str) -> Iterator[str]:
    """Differences as lines: `text`, `markdown` (for a changelog) or `jsonl`."""
    if form == "jsonl":
        for each in found:
            yield json.dumps(each._asdict(), ensure_ascii=False)
        return
    counts: dict[tuple[str, str], int] = {}
    for each in found:
        counts[each.what, each.change] = counts.get((each.what, each.change), 0) + 1
    summary = ", ".join(
        f"{number:,} {what}{'' if number == 1 else 's'} {change}" for (what, change), number in sorted(counts.items())
    )
    if form == "markdown":
        yield from [f"- {part}" for part in summary.split(", ") if part]
        for each in found:
            if each.what == "statement":
                yield f"- {_line(each)}"
        return
    for each in found:
        yield _line(each)
    if summary:
        yield summary


def _line(each: Difference) -> str:
    states = " → ".join(part for part in (each.old, each.new) if part)
    cause = f" ({each.cause})" if each.cause else ""
    about = f" {each.about}" if each.about != each.id else ""  # a record is about itself
    return f"{_SIGNS[each.change]} {each.what} {each.id}{about}: {states}{cause}"
