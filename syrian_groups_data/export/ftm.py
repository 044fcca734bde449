"""FollowTheMoney entities and statements, each value with the statements of ours that give it.

FollowTheMoney has no schema for an armed group, an incident or an allegation. A group is an Organization (armed ones with
the topic `mil`), a tie a Membership, Directorship, Family, Succession or UnknownLink, an event an Event. An allegation
travels only with everything, as a Note: text that says who accuses whom, with which standing, and what was answered. It
refers to nobody, gives nobody a topic, and is never `crime`.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from .source import NEGATIVE, Row, Source

# Relation -> schema, property of the subject, property of the object, types that it takes.
_Schema = tuple[str, str, str, tuple[str, ...]]
_TIES: dict[str, _Schema] = {
    "member_of": ("Membership", "member", "organization", ("person", "group")),
    "part_of": ("Membership", "member", "organization", ("group", "group")),
    "led_by": ("Directorship", "organization", "director", ("group", "person")),
    "kin_of": ("Family", "person", "relative", ("person", "person")),
    "successor_of": ("Succession", "successor", "predecessor", ("group", "group")),
}
_OTHER: _Schema = ("UnknownLink", "subject", "object", ())
_ARMED = ("militia", "unit", "coalition", "state-force")
# Where a value comes from that no text gives.
_OURS, _GAZETTEER = "classification", "gazetteer"


class _Entity:
    """An entity in the making: its values, each with where it comes from."""

    def __init__(self, key: str, schema: str) -> None:
        self.key, self.schema = key, schema
        self.values: dict[str, dict[str, set[str]]] = {}

    def add(self, name: str, values: Iterable[str | None], *origins: str) -> None:
        """Values of a property; None is none."""
        for value in values:
            if value:
                self.values.setdefault(name, {}).setdefault(value, set()).update(origins)


def export(source: Source) -> dict[str, bytes]:
    """`entities.ftm.json` (an entity a line) and `statements.ftm.json` (a value a line; `origin`: whence it comes)."""
    entities = sorted(_entities(source), key=lambda each: each.key)
    lines = [_line(_as_entity(each)) for each in entities]
    statements = [_line(each) for entity in entities for each in _statements(source.name, entity)]
    return {"entities.ftm.json": b"".join(lines), "statements.ftm.json": b"".join(statements)}


def _line(content: Any) -> bytes:
    return (json.dumps(content, ensure_ascii=False, sort_keys=True) + "\n").encode()


def _as_entity(entity: _Entity) -> dict[str, Any]:
    properties = {name: sorted(values) for name, values in entity.values.items()}
    return {"id": entity.key, "schema": entity.schema, "properties": properties}


def _statements(dataset: str, entity: _Entity) -> Iterator[Row]:
    for name, values in sorted(entity.values.items()):
        for value, origins in sorted(values.items()):
            content = f"{dataset}.{entity.key}.{name}.{value}"  # as FollowTheMoney makes its ids
            yield {
                "id": hashlib.sha1(content.encode(), usedforsecurity=False).hexdigest(),
                "entity_id": entity.key,
                "canonical_id": entity.key,
                "schema": entity.schema,
                "prop": name,
                "value": value,
                "dataset": dataset,
                "origin": ",".join(sorted(origins)),
                "external": False,
            }


def prefix_date(text: str | None) -> str | None:
    """A date as FollowTheMoney takes it: year, month or day. What is approximate, open or an interval stays out."""
    return text if text and re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", text) else None


def _entities(source: Source) -> Iterator[_Entity]:
    for row in source.rows("groups"):
        group = _named(source, row["group_id"], "Organization", row["name"])
        if row["kind"] in _ARMED:
            group.add("topics", ["mil"], _OURS)
        group.add(
            "incorporationDate",
            [prefix_date(row["founded"])],
            *_given(source, row["group_id"], "founded", row["founded"]),
        )
        group.add(
            "dissolutionDate",
            [prefix_date(row["dissolved"])],
            *_given(source, row["group_id"], "dissolved", row["dissolved"]),
        )
        yield group
    for row in source.rows("people"):
        person = _named(source, row["person_id"], "Person", row["name"])
        person.add("position", [row["basis"]], _OURS)
        person.add("birthDate", [prefix_date(row["born"])], *_given(source, row["person_id"], "born", row["born"]))
        person.add("deathDate", [prefix_date(row["died"])], *_given(source, row["person_id"], "died", row["died"]))
        yield person
    for row in source.rows("places"):
        place = _named(source, row["place_id"], "Address", row["name"])
        place.add("full", [row["name"]], _OURS)
        for axis in ("latitude", "longitude"):
            if row[axis] is not None:
                place.add(axis, [f"{row[axis]:.5f}"], row["gazetteer"] or _GAZETTEER)
        yield place
    yield from _events(source)
    if source.everything:
        yield from _allegations(source)
    yield from _ties(source)


def _named(source: Source, key: str, schema: str, label: str) -> _Entity:
    """An entity with its names as texts plainly give them, and the addresses of the sources on it."""
    entity = _Entity(key, schema)
    entity.add("name", [label], _OURS)
    for row in source.names_of.get(key, []):
        if row["role"] != "epithet" and source.plain(source.statements[row["statement_id"]]):
            entity.add("name" if row["name"] == label else "alias", [row["name"]], row["statement_id"])
    _addresses(source, entity)
    return entity


def _addresses(source: Source, entity: _Entity) -> None:
    for work in sorted({work for row in source.about.get(entity.key, []) for work in row["works"]}):
        entity.add("sourceUrl", [source.sources.get(work, {}).get("url")], work)


def _given(source: Source, key: str, name: str, value: str | None = None) -> list[str]:
    """Statements that give a property: those with the value, where there are such."""
    rows = [r for r in source.about.get(key, []) if r["property"] == name and r["standing"] not in NEGATIVE]
    exact = [row for row in rows if value and value in (row["value"], row["value_entity_id"])]
    return [row["statement_id"] for row in exact or rows]


def _events(source: Source) -> Iterator[_Entity]:
    for row, title in source.events():
        key = row["event_id"]
        event = _Entity(key, "Event")
        event.add("name", [title], _OURS)
        event.add("summary", [row["summary"]], _OURS)
        event.add("startDate", [prefix_date(row["date"])], *_given(source, key, "date", row["date"]))
        event.add("location", [row["place"]], *_given(source, key, "place", row["place_id"]))
        event.add("addressEntity", [row["place_id"]], *_given(source, key, "place", row["place_id"]))
        taking_part = [actor for actor in row["actor_ids"] if source.types.get(actor) in ("group", "person")]
        for actor in taking_part:
            event.add("involved", [actor], *_given(source, key, "participants", actor))
        notes = f"how the texts present that it happened: {row['standing']}; passages: {', '.join(row['passages'])}"
        event.add("notes", [notes], *_given(source, key, "occurred"))
        roles = "; ".join(source.took_part(row))  # `involved` does not tell who suffered from who acted
        event.add("notes", [roles and f"who took part: {roles}"], *_given(source, key, "participants"))
        _addresses(source, event)
        yield event


def _allegations(source: Source) -> Iterator[_Entity]:
    for row in source.rows("ledger"):
        note = _Entity(row["allegation_id"], "Note")
        said = [each["statement_id"] for each in source.about[note.key] if each["property"] in ("accused", "responses")]
        answers = "; ".join(row["responses"]) or "none in these sources"
        note.add("name", [f"Allegation, {row['outcome']}: {row['summary']}"], _OURS)
        text = f"An allegation is not a fact. {'; '.join(row['accusations'])}. Answers: {answers}."
        note.add("description", [text], *said)
        _addresses(source, note)
        yield note


def _ties(source: Source) -> Iterator[_Entity]:
    for row, statement, mark in source.ties():
        types = source.types[row["subject_id"]], source.types[row["object_id"]]
        if not set(types) <= {"group", "person"}:
            continue  # a tie to a place or an event has no schema
        schema, subject, other, takes = _TIES.get(row["relation"], _OTHER)
        if takes != types:
            schema, subject, other, _ = _OTHER
        key = row["statement_id"]
        words = filter(None, [row["relation"].replace("_", " "), row["role"], mark])
        tie = _Entity(key, schema)
        tie.add(subject, [row["subject_id"]], key)
        tie.add(other, [row["object_id"]], key)
        tie.add("relationship" if schema == "Family" else "role", [" ".join(words)], key)
        tie.add("startDate", [prefix_date(row["since"])], key)
        tie.add("endDate", [prefix_date(row["until"])], key)
        tie.add("summary", [f"{source.marked(statement)}; passages: {', '.join(source.supports(key))}"], key)
        yield tie
