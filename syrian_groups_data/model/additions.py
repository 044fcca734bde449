"""What a project adds to the vocabularies: `raw/vocabulary.yml`, and the descriptor of what was built with it."""

from __future__ import annotations

import json
import keyword
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Annotated, Any

from pydantic import Field

from .claims import Base
from .records import RECORDS
from .values import CELL_PATTERN, ID_PATTERN
from .vocab import Relation
from .vocabulary import DEFAULT, Definitions, Terms, Vocabulary

PROPERTY_PATTERN = r"^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$"
LANGUAGE_PATTERN = r"^[a-z]{2,3}$"

Definition = Annotated[str, Field(pattern=CELL_PATTERN, max_length=200)]
Term = Annotated[str, Field(pattern=ID_PATTERN, max_length=40)]
Property = Annotated[str, Field(pattern=PROPERTY_PATTERN, max_length=40)]
Language = Annotated[str, Field(pattern=LANGUAGE_PATTERN)]
MOST = Field(max_length=1000)
Added = Annotated[dict[Term, Definition], MOST]
Properties = Annotated[dict[Property, Definition], MOST]


def _added(what: str, term: str, definition: str) -> Any:
    return Field(default={}, description=what, examples=[{term: definition}])


class Tied(Base):
    """A relation, and what it may stand between."""

    definition: Definition = Field(description="what it means, of the subject", examples=["gives it training"])
    subjects: Annotated[list[Annotated[str, Terms("entity_types")]], Field(min_length=1)] = Field(
        default=["group", "person"], description="types of record that may have it", examples=[["group"]]
    )
    objects: Annotated[list[Annotated[str, Terms("entity_types")]], Field(min_length=1)] = Field(
        default=["group", "person"], description="types of record that it may lead to", examples=[["group", "person"]]
    )


class Additions(Base):
    """Terms of a project's own, each with its definition. Ours cannot be defined anew."""

    languages: Annotated[dict[Language, Definition], MOST] = _added("languages, by ISO 639 code", "qu", "Quechua")
    source_kinds: Added = _added("kinds of source", "radio", "broadcast, written down")
    group_kinds: Added = _added("kinds of group", "cooperative", "farmers or miners who work together")
    place_kinds: Added = _added("kinds of place", "department", "first-level division")
    place_precisions: Added = _added("what coordinates stand for", "department", "of the department's seat")
    bases: Added = _added("public roles that allow a record of a person", "mayor", "heads a municipality")
    name_roles: Added = _added("kinds of name", "call-sign", "name used on the radio")
    acts: Added = _added("acts of which somebody is accused", "poaching", "hunting that is forbidden")
    participant_roles: Added = _added("parts in an event", "mediator", "stood between the sides")
    harms: Added = _added("harm that somebody came to", "displaced", "driven from home")
    units: Added = _added("what a number counts", "hectares", "hectares")
    classes: Added = _added("classes of people counted", "miners", "miners")
    set_aside: Added = _added("reasons for setting a passage aside", "advertisement", "advertisement")
    event_types: Added = _added("types of event; each has the sub-type other", "elections", "vote and count")
    event_subtypes: Annotated[dict[Term, Added], MOST] = Field(
        default={},
        description="sub-types by type of event, of ours too",
        examples=[{"elections": {"vote": "a vote is held"}}],
    )
    relations: Annotated[dict[Property, Tied], MOST] = Field(
        default={},
        description="relations of one record to another",
        examples=[{"trains": {"definition": "gives it training", "subjects": ["group"]}}],
    )
    attributes: Properties = _added("properties in words", "insignia", "what it wears or flies")
    measures: Properties = _added("properties in numbers", "hostages", "people held for ransom")
    single_valued: list[Property] = Field(
        default=[],
        description="attributes and measures, of those added, with one value at a time: others are contested",
        examples=[["insignia"]],
    )
    symmetric: list[Property] = Field(
        default=[], description="relations, of those added, that are written once for both", examples=[["twinned_with"]]
    )
    first_level: list[Term] = Field(
        default=[], description="kinds of place that are a country's first-level division", examples=[["department"]]
    )


class Described(Additions):
    """How the vocabulary of a package differs from ours, as its descriptor says."""

    only_languages: list[Language] | None = Field(default=None, description="languages in use; null: all")
    second_name: Language | None = Field(default=None, description="language of the second name")


_PLAIN = (
    "languages", "source_kinds", "group_kinds", "place_kinds", "place_precisions", "bases", "name_roles", "acts",
    "participant_roles", "harms", "units", "classes", "set_aside", "event_types", "attributes", "measures",
)  # fmt: skip
_PROPERTIES = ("relations", "attributes", "measures")
_KEYS = frozenset(
    key
    for kind in RECORDS
    for key in (*dir(kind), *kind.model_fields, *(field.alias for field in kind.model_fields.values() if field.alias))
)

Clash = tuple[tuple[str, ...], str, str, str]


def clashes(added: Additions) -> Iterator[Clash]:
    """What cannot be added: the way to it, code, what, fix."""
    for name in (*_PLAIN, "relations"):
        for term in getattr(added, name):
            if term in DEFAULT.terms(name):
                yield (name, term), "term-taken", f"{term} is a term of ours", "choose another, or use ours as it is"
    properties = [(name, term) for name in _PROPERTIES for term in getattr(added, name)]
    for i, (name, term) in enumerate(properties):
        if term not in DEFAULT.terms(name) and _reserved(term):
            yield (name, term), "term-taken", f"{term} is a key of records", "choose another"
        if term in [other for _, other in properties[:i]]:
            yield (name, term), "term-taken", f"{term} stands in two lists", "keep it in one"
    for name, tie in added.relations.items():
        if "allegation" in tie.subjects:
            what = "an allegation has no relations"
            yield ("relations", name, "subjects"), "not-in-vocabulary", what, "take it out of subjects"
    seen = set(DEFAULT.terms("event_subtypes"))
    for kind, subtypes in added.event_subtypes.items():
        if kind not in DEFAULT.subtypes and kind not in added.event_types:
            what = f"{kind} is no type of event"
            yield ("event_subtypes", kind), "not-in-vocabulary", what, "add it to event_types"
        for term in subtypes:
            if term in seen:
                what = f"{term} is a sub-type already"
                yield ("event_subtypes", kind, term), "term-taken", what, "choose another"
            seen.add(term)
    flags: tuple[tuple[str, Mapping[str, Any]], ...] = (
        ("single_valued", {**added.attributes, **added.measures}),
        ("symmetric", added.relations),
        ("first_level", added.place_kinds),
    )
    for name, known in flags:
        for i, term in enumerate(getattr(added, name)):
            if term not in known:
                what = f"{term} is not among the terms that are added"
                yield (name, str(i)), "not-in-vocabulary", what, "add it with its definition, or take it out"


def _reserved(name: str) -> bool:
    """Whether a property cannot have that name: it would hide a key, or something of a record's class."""
    return name in _KEYS or name.startswith("model_") or keyword.iskeyword(name) or name in DEFAULT.terms("properties")


def extended(added: Additions, only_languages: list[str] | None = None, second_name: str | None = None) -> Vocabulary:
    """Our vocabulary with what a project adds, in its languages. What clashes is left out: see `clashes`."""
    lists: dict[str, Definitions] = dict(DEFAULT.lists)
    for name in _PLAIN:
        new = getattr(added, name)
        if name in _PROPERTIES:
            earlier = {term for other in _PROPERTIES[: _PROPERTIES.index(name)] for term in getattr(added, other)}
            new = {term: text for term, text in new.items() if not _reserved(term) and term not in earlier}
        lists[name] = {**lists[name], **new, **lists[name]}
    if only_languages is not None:
        lists["languages"] = {code: lists["languages"][code] for code in only_languages}
    subtypes = {
        kind: {**DEFAULT.subtypes.get(kind, {"other": "another one"}), **added.event_subtypes.get(kind, {})}
        for kind in lists["event_types"]
    }
    ties = {
        name: Relation(tie.definition, " ".join(tie.subjects), " ".join(tie.objects), name in added.symmetric)
        for name, tie in added.relations.items()
        if not _reserved(name)
    }
    return replace(
        DEFAULT,
        lists=lists,
        subtypes=subtypes,
        relations={**DEFAULT.relations, **ties},
        single_valued=DEFAULT.single_valued | set(added.single_valued),
        first_level=DEFAULT.first_level | set(added.first_level),
        second_name=second_name,
    )


# --- in the descriptor ----------------------------------------------------------------------------


def described(vocabulary: Vocabulary) -> dict[str, Any] | None:
    """How a vocabulary differs from ours, for the descriptor of a package; None where it does not."""
    if vocabulary == DEFAULT:
        return None
    found: dict[str, Any] = {name: _new(vocabulary.lists[name], DEFAULT.lists[name]) for name in _PLAIN}
    found["event_subtypes"] = {
        kind: _new(subtypes, DEFAULT.subtypes.get(kind, {"other": ""}))
        for kind, subtypes in vocabulary.subtypes.items()
    }
    ties = _new(vocabulary.relations, DEFAULT.relations)
    found["relations"] = {
        name: {"definition": tie.definition, "subjects": tie.subjects.split(), "objects": tie.objects.split()}
        for name, tie in ties.items()
    }
    found["symmetric"] = sorted(name for name, tie in ties.items() if tie.symmetric)
    found["single_valued"] = sorted(vocabulary.single_valued - DEFAULT.single_valued)
    found["first_level"] = sorted(vocabulary.first_level - DEFAULT.first_level)
    languages = list(vocabulary.lists["languages"])
    every = [*DEFAULT.lists["languages"], *found["languages"]]
    found["only_languages"] = None if languages == every else languages
    found["second_name"] = vocabulary.second_name
    found["event_subtypes"] = {kind: subtypes for kind, subtypes in found["event_subtypes"].items() if subtypes}
    return {key: value for key, value in found.items() if value}


def _new(terms: Mapping[str, Any], ours: Mapping[str, Any]) -> dict[str, Any]:
    return {term: value for term, value in terms.items() if term not in ours}


def vocabulary_of(package: Mapping[str, Any]) -> Vocabulary:
    """The vocabulary of a built package, from its descriptor. Raises ValueError where that does not hold together."""
    if "vocabulary" not in package:
        return DEFAULT
    found = Described.model_validate_json(json.dumps(package["vocabulary"]))
    for way, _, what, _ in clashes(found):
        raise ValueError(f"vocabulary.{'.'.join(way)}: {what}")
    known = DEFAULT.lists["languages"].keys() | found.languages.keys()
    for code in (*(found.only_languages or ()), *filter(None, [found.second_name])):
        if code not in known:
            raise ValueError(f"vocabulary: {code} is no language that is defined")
    return extended(found, found.only_languages, found.second_name)
