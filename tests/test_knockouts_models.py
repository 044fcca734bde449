"""Each constraint of the models is taken away in turn: the samples must notice that it is gone."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest
from pydantic import BaseModel, ValidationError
from pydantic_core import SchemaValidator

from syrian_groups_data.author.read import Redirect, Redirects
from syrian_groups_data.model import claims, records, sources, vocab

NOTICED = 0.95

# --- what the model must refuse ------------------------------------------------------------------

MALFORMED, LONG, TERM = "string_pattern_mismatch", "string_too_long", "literal_error"
Bad = tuple[Any, str]

BAD: dict[str, list[Bad]] = {
    "id": [("Valley_Front", MALFORMED), ("a" * 61, LONG), (7, "string_type")],
    "passage": [("report", MALFORMED), ("a" * 79 + ":1", LONG), (7, "string_type")],
    "edtf": [("2 March 2014", MALFORMED), (2014, "string_type")],
    "text": [
        ("=1+1", MALFORMED),
        ("two  spaces", MALFORMED),
        ("a space ", MALFORMED),
        ("x" * 201, LONG),
        (7, "string_type"),
    ],
    "prose": [("=1+1", MALFORMED), ("x" * 301, LONG), (7, "string_type")],
    "words3": [("as it is said", MALFORMED), ("x" * 61, LONG), (7, "string_type")],
    "words8": [("one two three four five six seven eight nine", MALFORMED), ("x" * 121, LONG), (7, "string_type")],
    "term": [("no-such-term", TERM)],
    "numbers": [("4-", MALFORMED), (4, "string_type")],
    "digest": [("0" * 63, MALFORMED), (7, "string_type")],
    "url": [("ftp://example.org", MALFORMED), ("https://example.org/" + "x" * 300, LONG), (7, "string_type")],
    "division": [("Tartus", MALFORMED), (7, "string_type")],
    "count": [(-1, "greater_than_equal"), (10**10 + 1, "less_than_equal"), ("3", "int_type"), ("x", "int_type")],
    "geonames": [(0, "greater_than"), (10**9, "less_than"), ("3", "int_type"), ("x", "int_type")],
    "from": [(-1, "greater_than_equal"), ("3", "int_type"), ("x", "int_type")],
    "size": [(0, "greater_than"), ("3", "int_type"), ("x", "int_type")],
    "latitude": [(-90.5, "greater_than_equal"), (90.5, "less_than_equal"), ("3.5", "float_type"), ("x", "float_type")],
    "longitude": [(-181, "greater_than_equal"), (181, "less_than_equal"), ("3.5", "float_type"), ("x", "float_type")],
    "model": [("words", "model_type")],
}

_EVIDENCE = {
    "cite": "passage+!",
    "context": "passage*",
    "disputed_by": "passage*",
    "via": "id*",
    "hedge": "words3",
    "said_in": "id",
    "preferred": "prose",
    "note": "prose",
}
_CLAIM = _EVIDENCE | {"said_by": "id*", "speaker": "words8", "standing": "term", "since": "edtf", "until": "edtf"}
_ACTOR = _CLAIM | {"value": "id", "described": "words8"}
_ATTRIBUTED = dict.fromkeys((*vocab.ATTRIBUTES, *vocab.MEASURES), "model*")
_RELATED = dict.fromkeys(vocab.RELATIONS, "model*")
_RECORD = {"id": "id!", "distinct_from": "id*"}

# Keys of every model: what each holds (see BAD), `*` a list, `+` a list of at least one, `!` required.
SHAPES: dict[type[BaseModel], dict[str, str]] = {
    claims.Name: _CLAIM | {"value": "text!", "lang": "term!", "role": "term"},
    claims.Tie: _ACTOR | {"role": "text"},
    claims.Attribute: _CLAIM | {"value": "text!"},
    claims.Dated: _CLAIM | {"value": "edtf!"},
    claims.Number: _CLAIM
    | {"low": "count", "high": "count", "qualifier": "term", "words": "words3", "unit": "term"}
    | {"class": "term", "of": "id", "as_of": "edtf"},
    claims.Happening: _CLAIM,
    claims.Location: _CLAIM | {"value": "id!", "precision": "term"},
    claims.Participant: _ACTOR | {"role": "term!", "harm": "term", "side": "text"},
    claims.Accused: _ACTOR,
    claims.Response: _EVIDENCE
    | {"by": "id", "described": "words8", "stance": "term!", "part": "prose", "date": "edtf", "standing": "term"}
    | {"covers": "term*"},
    records.Group: _ATTRIBUTED
    | _RELATED
    | _RECORD
    | {"names": "model*", "title": "text", "identifiers": "model*", "kind": "term!"}
    | dict.fromkeys(("founded", "dissolved", "active"), "model*"),
    records.Person: _ATTRIBUTED
    | _RELATED
    | _RECORD
    | {"names": "model+!", "identifiers": "model*", "basis": "term!", "born": "model*", "died": "model*"},
    records.Place: _ATTRIBUTED
    | _RELATED
    | _RECORD
    | {"names": "model+!", "kind": "term!", "name_ar": "text", "parent": "id", "iso_3166_2": "division"}
    | {"geonames_id": "geonames", "latitude": "latitude", "longitude": "longitude", "precision": "term"}
    | {"gazetteer": "text", "identifiers": "model*"},
    records.Identifier: {"scheme": "term!", "value": "text!"},
    records.Event: _ATTRIBUTED
    | _RELATED
    | _RECORD
    | {"title": "text!", "type": "term!", "subtype": "term!", "summary": "prose", "occurred": "model+!"}
    | dict.fromkeys(("place", "participants", "responses", "date"), "model*"),
    records.Allegation: _ATTRIBUTED
    | _RECORD
    | {"acts": "term+!", "event": "id", "summary": "prose!", "accused": "model+!"}
    | {"responses": "model*", "date": "model*"},
    records.Source: _RECORD
    | {"kind": "term!", "title": "text", "publisher": "text", "author": "text"}
    | {"language": "term!", "published": "edtf", "url": "url", "licence": "text", "derived_from": "id"}
    | {"version_of": "id"}
    | {"supplied": "term*", "snapshot": "model!", "cut": "model", "note": "prose"}
    | dict.fromkeys(("earlier", "kept", "set_aside"), "model*"),
    sources.Snapshot: {"sha256": "digest!", "characters": "size!", "span": "model"}
    | {"retrieved": "edtf", "revision": "text", "archive": "url"},
    sources.Cut: {"snapshot": "digest!", "segmenter": "text!", "language": "term!", "options": "term*"}
    | {"highest": "from!", "digest": "digest!"},
    sources.Kept: {"passages": "numbers+!", "since": "edtf!", "note": "prose"},
    sources.Span: {"start": "from!", "end": "size!"},
    sources.SetAside: {"reason": "term!", "passages": "numbers+!", "note": "prose"},
    Redirects: {"redirects": "model*!"},
    Redirect: {"old": "id!", "new": "id!", "since": "text!", "reason": "text"},
}

_CITED = {"cite": ["a:1"]}
_SPAN = {"start": 0, "end": 4}
_SNAPSHOT = {"sha256": "0" * 64, "characters": 9}
_CUT = {"snapshot": "0" * 64, "segmenter": "some", "language": "en", "highest": 1, "digest": "0" * 64}
_NAMES = {"names": [_CITED | {"value": "A", "lang": "en"}]}
# The least of each model that is valid.
LEAST: dict[type[BaseModel], dict[str, Any]] = {
    claims.Name: _NAMES["names"][0],
    claims.Tie: _CITED | {"value": "b"},
    claims.Attribute: _CITED | {"value": "words"},
    claims.Dated: _CITED | {"value": "2013"},
    claims.Number: _CITED | {"low": 1, "high": 1},
    claims.Happening: _CITED,
    claims.Location: _CITED | {"value": "b"},
    claims.Participant: _CITED | {"value": "b", "role": "agent"},
    claims.Accused: _CITED | {"value": "b"},
    claims.Response: _CITED | {"by": "b", "stance": "denies"},
    records.Group: _NAMES | {"id": "a", "kind": "militia"},
    records.Person: _NAMES | {"id": "a", "basis": "official"},
    records.Place: _NAMES | {"id": "a", "kind": "town"},
    records.Event: {"id": "a", "title": "A", "type": "battles", "subtype": "armed-clash", "occurred": [_CITED]},
    records.Allegation: {"id": "a", "acts": ["murder"], "summary": "A", "accused": [_CITED | {"value": "b"}]},
    records.Source: {"id": "a", "kind": "news", "language": "en", "snapshot": _SNAPSHOT},
    records.Identifier: {"scheme": "wikidata", "value": "Q1"},
    sources.Snapshot: _SNAPSHOT,
    sources.Span: _SPAN,
    sources.SetAside: {"reason": "blank", "passages": ["1"]},
    sources.Cut: _CUT,
    sources.Kept: {"passages": ["1"], "since": "2026-11-27"},
    Redirects: {"redirects": []},
    Redirect: {"old": "a", "new": "b", "since": "2.0.0"},
}
# The record in which a model stands, and its way there.
HOSTS: dict[type[BaseModel], tuple[type[BaseModel], tuple[str | int, ...]]] = {
    claims.Name: (records.Group, ("names", 0)),
    claims.Tie: (records.Group, ("led_by", 0)),
    claims.Attribute: (records.Group, ("goal", 0)),
    claims.Dated: (records.Group, ("founded", 0)),
    claims.Number: (records.Group, ("strength", 0)),
    claims.Happening: (records.Event, ("occurred", 0)),
    claims.Location: (records.Event, ("place", 0)),
    claims.Participant: (records.Event, ("participants", 0)),
    claims.Accused: (records.Allegation, ("accused", 0)),
    claims.Response: (records.Event, ("responses", 0)),
    records.Identifier: (records.Group, ("identifiers", 0)),
    sources.Snapshot: (records.Source, ("snapshot",)),
    sources.Span: (records.Source, ("snapshot", "span")),
    sources.SetAside: (records.Source, ("set_aside", 0)),
    sources.Cut: (records.Source, ("cut",)),
    sources.Kept: (records.Source, ("kept", 0)),
    Redirect: (Redirects, ("redirects", 0)),
}


class Sample(NamedTuple):
    """A record in JSON with one thing wrong, and the error that must name it."""

    text: str
    loc: tuple[str | int, ...]
    error: str

    def refused(self, validate: Callable[[str], Any]) -> bool:
        """The assertion: whether the record is refused for that reason at that place."""
        try:
            validate(self.text)
        except ValidationError as error:
            return any(each["type"] == self.error and each["loc"] == self.loc for each in error.errors())
        return False


def _record(model: type[BaseModel], data: dict[str, Any]) -> tuple[str, tuple[str | int, ...]]:
    """A valid record around `data`, in JSON, and the way to it."""
    host, way = HOSTS.get(model, (model, ()))
    value: Any = data
    whole = copy.deepcopy(LEAST[host])
    for part in reversed(way[1:]):
        value = [value] if isinstance(part, int) else _SNAPSHOT | {part: value}
    return json.dumps(whole | {str(way[0]): value} if way else data), way


def samples(model: type[BaseModel]) -> Iterator[Sample]:
    least = LEAST[model]

    def sample(data: dict[str, Any], error: str, *inner: str | int) -> Sample:
        text, way = _record(model, data)
        return Sample(text, (*way, *inner), error)

    yield sample(least | {"colour": "red"}, "extra_forbidden", "colour")
    for key, shape in SHAPES[model].items():
        several = "*" in shape or "+" in shape
        for value, error in BAD[shape.rstrip("!*+")]:
            yield sample(least | {key: [value] if several else value}, error, key, *([0] if several else []))
        if several:
            yield sample(least | {key: "a:1"}, "list_type", key)
        if "+" in shape:
            yield sample(least | {key: []}, "too_short", key)
        if "!" in shape:
            yield sample({k: v for k, v in least.items() if k != key}, "missing", key)


@pytest.mark.parametrize("model", SHAPES, ids=lambda model: model.__name__)
def test_what_is_wrong_with_a_field_is_refused(model: type[BaseModel]) -> None:
    host = HOSTS.get(model, (model, ()))[0]
    assert {field.alias or name for name, field in model.model_fields.items()} == set(SHAPES[model])
    host.model_validate_json(_record(model, LEAST[model])[0])
    wrong = [each for each in samples(model) if not each.refused(host.model_validate_json)]
    assert not wrong


def test_every_model_has_samples() -> None:
    seen: set[type[BaseModel]] = set()
    for kind in (*records.RECORDS, Redirects):
        author_fields = kind.__pydantic_core_schema__
        seen |= {node["cls"] for _, node in _nodes(author_fields) if node.get("type") == "model"}
    assert seen == set(SHAPES)


# --- knocking out constraints --------------------------------------------------------------------

Way = tuple[str | int, ...]


def _nodes(node: Any, way: Way = ()) -> Iterator[tuple[Way, dict[str, Any]]]:
    """Every mapping of a core schema, and the way to it."""
    if isinstance(node, dict):
        yield way, node
        for key, value in node.items():
            if key not in ("metadata", "cls", "serialization"):
                yield from _nodes(value, (*way, key))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from _nodes(value, (*way, index))


class Stub:
    """Takes the place of a model's class: pydantic would use the ready validator of the class instead of the schema."""

    __slots__ = ("__dict__", "__pydantic_extra__", "__pydantic_fields_set__", "__pydantic_private__")


def _at(node: Any, way: Way) -> Any:
    for part in way:
        node = node[part]
    return node


_LIMITS = ("pattern", "min_length", "max_length", "ge", "gt", "le", "lt")
_TYPES = ("str", "int", "float", "list", "literal")


def knockouts(model: type[BaseModel]) -> Iterator[tuple[str, Callable[[str], Any]]]:
    """Each constraint of a model, and a reader of its host that lacks it."""
    host = HOSTS.get(model, (model, ()))[0]
    schema: Any = host.__pydantic_core_schema__
    start, root = next((way, node) for way, node in _nodes(schema) if node.get("cls") is model and "schema" in node)

    def reader(way: Way, change: Callable[[dict[str, Any]], object]) -> Callable[[str], Any]:
        new = copy.deepcopy(schema)
        change(_at(new, (*start, *way)))
        for _, node in _nodes(new):
            if node.get("type") == "model":
                node["cls"] = Stub
        return SchemaValidator(new).validate_json

    def drop(key: str) -> Callable[[dict[str, Any]], object]:
        return lambda node: node.pop(key)

    def anything(node: dict[str, Any]) -> None:
        node.clear()
        node["type"] = "any"

    name = model.__name__
    numeric = False
    for way, node in _nodes(root["schema"], ("schema",)):
        # What belongs to a model inside this one is knocked out there.
        if any(
            _at(root, way[:n]).get("type") == "model"
            for n in range(1, len(way) + 1)
            if isinstance(_at(root, way[:n]), dict)
        ):
            continue
        field = ".".join(str(part) for part in way if part not in ("schema", "fields", "items_schema"))
        if node.get("type") == "model-field" and node["schema"]["type"] != "default":
            # A field with a default is one that may be missing.
            yield (
                f"{name}.{field} required",
                reader(
                    way, lambda node: node.update(schema={"type": "default", "schema": node["schema"], "default": None})
                ),
            )
        if node.get("type") in _TYPES:
            numeric |= node["type"] in ("int", "float")
            yield f"{name}.{field} {node['type']}", reader(way, anything)
            for key in _LIMITS:
                if key in node:
                    yield f"{name}.{field} {key}", reader(way, drop(key))
    yield f"{name} extra", reader((), lambda node: node["config"].update(extra_fields_behavior="ignore"))
    if numeric:  # lax or strict, JSON gives texts, lists and mappings as they are
        yield f"{name} strict", reader((), lambda node: node["config"].update(strict=False))


def _noticed(model: type[BaseModel], validate: Callable[[str], Any], known: list[Sample]) -> bool:
    return any(not each.refused(validate) for each in known)


def test_a_constraint_that_is_taken_away_is_noticed() -> None:
    survivors, total = [], 0
    for model in SHAPES:
        known = list(samples(model))
        for label, validate in knockouts(model):
            total += 1
            if not _noticed(model, validate, known):
                survivors.append(label)
    share = 1 - len(survivors) / total
    print(f"\nconstraints: {total} knocked out, {share:.1%} noticed; not: {survivors}")
    assert total > 500
    assert share >= NOTICED, survivors
