"""A vocabulary: every closed list of a package, ours and what a project adds, and what code must know of the terms."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from . import event_types, languages, vocab
from .vocab import Relation

Definitions = Mapping[str, str]


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """Terms by the name of their list. Two that say the same are equal, so that models are made once of each.

    `lists` holds definitions by term. The lists `relations`, `event_subtypes` and `properties` follow from the
    other fields. `second_name` is the language of the column with a second name; None: there is no such column.
    """

    lists: Mapping[str, Definitions]
    relations: Mapping[str, Relation]
    subtypes: Mapping[str, Definitions]
    single_valued: frozenset[str]
    first_level: frozenset[str]
    second_name: str | None

    @cached_property
    def _key(self) -> str:
        flags = sorted(self.single_valued), sorted(self.first_level), self.second_name
        return json.dumps([self.lists, self.relations, self.subtypes, *flags])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Vocabulary) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)

    @cached_property
    def _all(self) -> dict[str, Definitions]:
        ties = {name: relation.definition for name, relation in self.relations.items()}
        valued = [self.lists[name] for name in ("attributes", "dates", "measures")]
        properties: dict[str, str] = {"names": "name"}
        for each in (ties, *valued, vocab.OTHER_PROPERTIES):
            properties |= each
        subtypes = {sub: text for subs in self.subtypes.values() for sub, text in subs.items()}
        subtypes["other"] = "fits no other sub-type of its type"
        derived = {"relations": ties, "properties": properties, "event_subtypes": subtypes}
        return {name: derived.get(name, self.lists.get(name, {})) for name in (*TITLES, *self.lists)}

    def terms(self, name: str) -> Definitions:
        """Definitions of a list, by term. Raises KeyError for a list that does not exist."""
        return self._all[name]

    def codes(self, attribute: str) -> Definitions | None:
        """Values that an attribute may have, if it has a closed list of them."""
        name = vocab.CODED.get(attribute)
        return self.terms(name) if name else None


# Every list, in the order of the codebook, and what it is called there.
TITLES = {
    "entity_types": "entity types",
    "properties": "properties",
    "standings": "standings",
    "relations": "relations",
    "measures": "measures",
    "qualifiers": "qualifiers",
    "units": "units",
    "classes": "classes",
    "event_types": "event types",
    "event_subtypes": "event sub-types",
    "participant_roles": "participant roles",
    "harms": "harms",
    "acts": "acts",
    "party_roles": "party roles",
    "stances": "stances",
    "outcomes": "outcomes",
    "covered": "covered properties",
    "citation_roles": "citation roles",
    "passage_uses": "passage uses",
    "passage_states": "passage states",
    "passage_links": "passage links",
    "cut_options": "cut options",
    "change_kinds": "kinds of change",
    "sort_bases": "sort bases",
    "set_aside": "set-aside reasons",
    "group_kinds": "group kinds",
    "bases": "bases",
    "name_roles": "name roles",
    "source_kinds": "source kinds",
    "place_kinds": "place kinds",
    "place_precisions": "place precisions",
    "event_precisions": "event precisions",
    "date_precisions": "date precisions",
    "positions": "positions",
    "commands": "commands",
    "statuses": "statuses",
    "identifier_schemes": "identifier schemes",
    "languages": "languages",
    "scripts": "scripts",
}

DEFAULT = Vocabulary(
    lists={
        "entity_types": vocab.ENTITY_TYPES,
        "standings": vocab.STANDINGS,
        "attributes": vocab.ATTRIBUTES,
        "dates": vocab.DATES,
        "measures": vocab.MEASURES,
        "qualifiers": vocab.QUALIFIERS,
        "units": vocab.UNITS,
        "classes": vocab.CLASSES,
        "event_types": event_types.EVENT_TYPE_DEFINITIONS,
        "participant_roles": vocab.PARTICIPANT_ROLES,
        "harms": vocab.HARMS,
        "acts": vocab.ACTS,
        "party_roles": vocab.PARTY_ROLES,
        "stances": vocab.STANCES,
        "outcomes": vocab.OUTCOMES,
        "covered": vocab.COVERED,
        "citation_roles": vocab.CITATION_ROLES,
        "passage_uses": vocab.PASSAGE_USES,
        "passage_states": vocab.PASSAGE_STATES,
        "passage_links": vocab.PASSAGE_LINKS,
        "cut_options": vocab.CUT_OPTIONS,
        "change_kinds": vocab.CHANGE_KINDS,
        "sort_bases": vocab.SORT_BASES,
        "set_aside": vocab.SET_ASIDE,
        "group_kinds": vocab.GROUP_KINDS,
        "bases": vocab.BASES,
        "name_roles": vocab.NAME_ROLES,
        "source_kinds": vocab.SOURCE_KINDS,
        "place_kinds": vocab.PLACE_KINDS,
        "place_precisions": vocab.PLACE_PRECISIONS,
        "event_precisions": vocab.EVENT_PRECISIONS,
        "date_precisions": vocab.DATE_PRECISIONS,
        "positions": vocab.POSITIONS,
        "commands": vocab.COMMANDS,
        "statuses": vocab.STATUSES,
        "identifier_schemes": vocab.IDENTIFIER_SCHEMES,
        "languages": languages.LANGUAGES,
        "scripts": languages.SCRIPTS,
        "supplied_fields": vocab.SUPPLIED_FIELDS,
    },
    relations=vocab.RELATIONS,
    subtypes=event_types.EVENT_TYPES,
    single_valued=vocab.SINGLE_VALUED,
    first_level=vocab.FIRST_LEVEL,
    second_name="ar",
)


class Terms:
    """Pydantic annotation: a text that is one of the terms of a list, which is known by its name."""

    def __init__(self, name: str, vocabulary: Vocabulary = DEFAULT) -> None:
        self.name = name
        self.terms = vocabulary.terms(name)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.literal_schema(list(self.terms))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        # What editors show beside each term.
        return handler(schema) | {"enumDescriptions": list(self.terms.values())}
