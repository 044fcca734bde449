"""What `show` and `search` say to programs: the same content as they print, as plain data."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from .data import Data
from .entities import Entity, Event
from .search import Match
from .statements import Citation, Passage, Source, Statement

Texts = dict[str, str]


def as_data(data: Data, found: Entity | Source | Passage | Statement, texts: Texts, only: str | None = None) -> Any:
    """Whatever has an id, or one property of a record. `texts` holds the text of passages."""
    if isinstance(found, Entity):
        return _record(data, found, texts, only)
    if isinstance(found, Passage):
        resting = [each for _, statements in data.resting_on(found.id) for each in statements]
        return {**_passage(found, texts), "statements": [_statement(each, texts) for each in resting]}
    if isinstance(found, Statement):
        return _statement(found, texts)
    return _own(found)


def match(found: Match) -> dict[str, Any]:
    """A record that was found, and the name by which."""
    entity, name = found.entity, _own(found.name)
    del name["entity_id"]
    own = {"id": entity.id, "type": entity.type, "label": entity.label, "names": entity.names}
    return own | {"matched": name | {"closeness": found.closeness}}


def _record(data: Data, entity: Entity, texts: Texts, only: str | None) -> dict[str, Any]:
    own = _own(entity)
    if not data.second_language:
        own.pop("second_name", None)
    own = {f"name_{data.second_language}" if name == "second_name" else name: value for name, value in own.items()}
    return {
        "type": entity.type,
        **own,
        "names": entity.names,
        "statements": [_statement(each, texts) for each in entity.statements(only)],
        "mentions": [_statement(each, texts) for each in entity.mentions if only in (None, each.property)],
        "events": [e.id for e in entity.events],
        "allegations": [a.id for a in entity.allegations],
        **({"said": [_statement(each, texts) for each in entity.said]} if isinstance(entity, Event) else {}),
    }


def _passage(passage: Passage, texts: Texts) -> dict[str, Any]:
    return _own(passage) | ({"text": texts[passage.id]} if passage.id in texts else {})


def _statement(statement: Statement, texts: Texts) -> dict[str, Any]:
    def cited(citation: Citation) -> dict[str, Any]:
        return {"role": citation.role, "origin": citation.origin, **_passage(citation.passage, texts)}

    return _own(statement) | {"citations": [cited(each) for each in statement.citations]}


def _own(record: Any) -> dict[str, Any]:
    """Fields of a record; days as ISO 8601 has them."""
    found = {each.name: getattr(record, each.name) for each in fields(record)}
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in found.items()}
