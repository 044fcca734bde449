"""FollowTheMoney entities and statements, with provenance.

FollowTheMoney has no schema for an armed group, an incident or an allegation. A group is an Organization (a militia
with the topic `mil`), a tie a Membership, Directorship, Family, Succession or UnknownLink, an event an Event. An allegation travels
as an Article-like Note: text that somebody said, never a topic of the accused, and never `crime`.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from typing import Any

from .source import NEGATIVE, PLAIN, Row, Source

_COUNTRY = re.compile(r"[A-Z]{2}")
# Relation -> schema, property of the subject, property of the object; Membership is written from the member's side.
_TIES = {
    "member_of": ("Membership", "member", "organization"),
    "part_of": ("Membership", "member", "organization"),
    "led_by": ("Directorship", "organization", "director"),
    "kin_of": ("Family", "person", "relative"),
    "successor_of": ("Succession", "successor", "predecessor"),
}
_SCHEMAS = {"group": "Organization", "person": "Person", "place": "Address", "event": "Event", "allegation": "Note"}


def export(source: Source) -> dict[str, bytes]:
    """`entities.ftm.json` (an entity a line) and `statements.ftm.json` (a value a line, with the sources that give it)."""
    entities = sorted(_entities(source), key=lambda each: str(each["id"]))
    return {
        "entities.ftm.json": b"".join(_line(each) for each in entities),
        "statements.ftm.json": b"".join(_line(each) for each in _statements(source, entities)),
    }


def _line(content: Any) -> bytes:
    return (json.dumps(content, ensure_ascii=False, sort_keys=True) + "\n").encode()


def prefix_date(text: str | None) -> list[str]:
    """A date as FollowTheMoney takes it: year, month or day. What is approximate, open or an interval stays out."""
    return [text] if text and re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", text) else []


def _entity(key: str, schema: str, **properties: list[str]) -> dict[str, Any]:
    return {"id": key, "schema": schema, "properties": {name: values for name, values in properties.items() if values}}


def _entities(source: Source) -> Iterator[dict[str, Any]]:
    names = _names(source)
    places = {row["place_id"]: row for row in source.rows("places")}
    for row in source.rows("groups"):
        key = row["group_id"]
        yield _entity(
            key,
            "Organization",
            name=[row["name"]],
            alias=sorted(names.get(key, set()) - {row["name"]}),
            topics=["mil"] if row["kind"] in ("militia", "unit", "coalition") else [],
            legalForm=[],
            incorporationDate=prefix_date(row["founded"]),
            dissolutionDate=prefix_date(row["dissolved"]),
            sourceUrl=_urls(source, key),
        )
    for row in source.rows("people"):
        key = row["person_id"]
        yield _entity(
            key,
            "Person",
            name=[row["name"]],
            alias=sorted(names.get(key, set()) - {row["name"]}),
            birthDate=prefix_date(row["born"]),
            deathDate=prefix_date(row["died"]),
            position=[row["basis"]],
            sourceUrl=_urls(source, key),
        )
    for row in places.values():
        point = row["latitude"] is not None
        yield _entity(
            row["place_id"],
            "Address",
            full=[row["name"]],
            latitude=[f"{row['latitude']:.5f}"] if point else [],
            longitude=[f"{row['longitude']:.5f}"] if point else [],
        )
    for row in source.rows("timeline"):
        if row["standing"] in NEGATIVE or not (source.everything or row["standing"] in PLAIN):
            continue
        mark = "" if row["standing"] in PLAIN else f" [{row['standing']}]"
        yield _entity(
            row["event_id"],
            "Event",
            name=[row["title"] + mark],
            startDate=prefix_date(row["date"]),
            summary=[row["summary"]] if row["summary"] else [],
            location=[row["place"]] if row["place"] else [],
            notes=[f"standing: {row['standing']}; passages: {', '.join(row.get('passages') or [])}"],
            sourceUrl=_urls(source, row["event_id"]),
        )
    if source.everything:
        yield from _allegations(source)
    yield from _ties(source)


def _allegations(source: Source) -> Iterator[dict[str, Any]]:
    """What is alleged, as a note of who says it; it names the accused in its text and marks nobody."""
    for row in source.rows("ledger"):
        text = "; ".join(row["accusations"])
        answers = "; ".join(row["responses"]) or "none in these sources"
        yield _entity(
            row["allegation_id"],
            "Note",
            name=[f"Allegation, {row['outcome']}: {row['summary']}"],
            description=[f"An allegation is not a fact. {text}. Answers: {answers}."],
        )


def _names(source: Source) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in source.rows("names"):
        if row["role"] != "epithet" and row["standing"] in PLAIN:
            found.setdefault(row["entity_id"], set()).add(row["name"])
    return found


def _urls(source: Source, key: str) -> list[str]:
    works = {work for row in source.about.get(key, []) for work in row["works"]}
    return sorted({source.sources[work]["url"] for work in works if source.sources[work]["url"]})


def _ties(source: Source) -> Iterator[dict[str, Any]]:
    for row, statement in source.ties():
        types = source.types[row["subject_id"]], source.types[row["object_id"]]
        if not set(types) <= {"group", "person"}:
            continue
        schema, left, right = _TIES.get(row["relation"], ("UnknownLink", "subject", "object"))
        if schema == "Directorship" and types != ("group", "person"):
            schema, left, right = "UnknownLink", "subject", "object"
        if schema == "Family" and types != ("person", "person"):
            schema, left, right = "UnknownLink", "subject", "object"
        role = " ".join(filter(None, [row["relation"].replace("_", " "), row["role"]]))
        if not source.plain(statement):
            role = f"{role} [{source.marked(statement)}]"
        yield _entity(
            row["statement_id"],
            schema,
            **{
                left: [row["subject_id"]],
                right: [row["object_id"]],
                "role"
                if schema in ("Membership", "Directorship", "UnknownLink")
                else "relationship"
                if schema == "Family"
                else "summary": [role],
                "startDate": prefix_date(row["since"]),
                "endDate": prefix_date(row["until"]),
            },
            summary=[f"{source.marked(statement)}; passages: {_passages(source, row['statement_id'])}"],
        )


def _passages(source: Source, key: str) -> str:
    return ", ".join(row["passage_id"] for row in source.cited[key] if row["role"] == "supports")


def _statements(source: Source, entities: list[dict[str, Any]]) -> Iterator[Row]:
    """A value a line: `origin` is the works that give it, `external` never set."""
    for entity in entities:
        works = sorted({w for row in source.about.get(entity["id"], []) for w in row["works"]})
        statement = source.statements.get(entity["id"])
        origin = ",".join(statement["works"] if statement else works)
        for name, values in sorted(entity["properties"].items()):
            for value in values:
                content = f"{source.name}.{entity['id']}.{name}.{value}"
                yield {
                    "id": hashlib.sha1(content.encode(), usedforsecurity=False).hexdigest(),
                    "entity_id": entity["id"],
                    "canonical_id": entity["id"],
                    "schema": entity["schema"],
                    "prop": name,
                    "value": value,
                    "dataset": source.name,
                    "origin": origin,
                }
