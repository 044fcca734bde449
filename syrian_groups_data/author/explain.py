"""What pydantic found in a record, in words of ours, at the line and column of the value."""

from __future__ import annotations

import re
import types
from collections.abc import Iterator, Set
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from ..model import values
from ..model.additions import LANGUAGE_PATTERN, PROPERTY_PATTERN, Additions
from ..model.claims import WORDS3_PATTERN, WORDS8_PATTERN, Name, Number, Participant, Response, Tie
from ..model.corpus import Loc, Place
from ..model.fold import fold
from ..model.problem import ALIKE, Problem, near
from ..model.records import RECORDS
from ..model.sources import NUMBERS_PATTERN, URL_PATTERN
from ..model.vocabulary import DEFAULT, TITLES
from .meant import meant, told

MOST = ALIKE - 1  # problems of one record, and the last that counts them: a slip that makes thousands is one slip


def _numeric_fields(model: type[BaseModel], seen: set[type[BaseModel]]) -> Iterator[str]:
    """Keys of whole and decimal numbers in a model and in those that it holds."""
    if model in seen:
        return
    seen.add(model)
    for name, field in model.model_fields.items():
        for kind in _leaves(field.annotation):
            if kind in (int, float):
                yield field.alias or name
            elif isinstance(kind, type) and issubclass(kind, BaseModel):
                yield from _numeric_fields(kind, seen)


def _leaves(annotation: Any) -> Iterator[Any]:
    args = get_args(annotation)
    if not args:
        yield annotation
    for arg in args:
        if isinstance(arg, type | types.GenericAlias | types.UnionType) or get_args(arg):
            yield from _leaves(arg)


_SEEN: set[type[BaseModel]] = set()
_MODELS: tuple[type[BaseModel], ...] = (*RECORDS, Name, Tie, Number, Participant, Response)
_KEYS = frozenset(field.alias or name for model in _MODELS for name, field in model.model_fields.items())


def _own_keys(model: type[BaseModel]) -> set[str]:
    """Keys of a model, those of a project's own terms too."""
    return {field.alias or name for name, field in model.model_fields.items()}


NUMBERS = frozenset(name for kind in RECORDS for name in _numeric_fields(kind, _SEEN))


def explained(
    error: ValidationError, name: str, model: type[BaseModel], marks: dict[Loc, Place], keys: dict[Loc, Place]
) -> list[Problem]:
    """Problems of ours for what pydantic found in one record: of thousands the first, and how many there are."""
    details = error.errors(include_url=False)
    problems = [_explain(detail, name, model, marks, keys) for detail in details[: MOST + 1]]
    if len(details) > MOST:
        last = problems[MOST]
        problems[MOST] = last._replace(what=f"{last.what} (the last of {len(details):,} that is shown)")
    return problems


_PATTERNS = {
    values.ID_PATTERN: "lower-case letters and digits joined by single hyphens",
    values.PASSAGE_PATTERN: "source:number, such as report:12",
    PROPERTY_PATTERN: "lower-case words joined by underscores",
    LANGUAGE_PATTERN: "a code of two or three lower-case letters, such as fr",
    values.EDTF_PATTERN: "a date such as 2013, 2013-07, 2013-07-04, 2013~, 197X, 2013/2014-02 or ../2011",
    values.CELL_PATTERN: "one line of text that does not start with a space or = + - @",
    WORDS3_PATTERN: "no more than three words",
    WORDS8_PATTERN: "no more than eight words",
    NUMBERS_PATTERN: "a number, or a range such as 4-7",
    URL_PATTERN: "an address that starts with https:// or http://",
}
_TEXTS = (values.CELL_PATTERN, WORDS3_PATTERN, WORDS8_PATTERN)
_CODES = {
    "extra_forbidden": "unknown-key",
    "missing": "missing-key",
    "literal_error": "not-in-vocabulary",
    "string_pattern_mismatch": "malformed-value",
    "string_too_long": "too-long",
    "too_long": "too-long",
    "too_short": "too-short",
    "greater_than": "out-of-range",
    "greater_than_equal": "out-of-range",
    "less_than": "out-of-range",
    "less_than_equal": "out-of-range",
    "finite_number": "out-of-range",
    "json_invalid": "json-syntax",
}


# What a value is not, in our words: those of a library change with its version. The name of a bound stands in braces.
_NOT = {
    "string_type": "is no text",
    "list_type": "is no list",
    "int_type": "is no whole number",
    "float_type": "is no number",
    "bool_type": "is neither true nor false",
    "dict_type": "is no mapping",
    "model_type": "is no mapping",
    "model_attributes_type": "is no mapping",
    "finite_number": "is no finite number",
    "greater_than": "is not more than {gt}",
    "greater_than_equal": "is less than {ge}",
    "less_than": "is not less than {lt}",
    "less_than_equal": "is more than {le}",
    "string_too_long": "has more than {max_length} characters",
    "too_long": "has more entries than {max_length}",
    "too_short": "has fewer entries than {min_length}",
}
_FIXES = {"int_type": "write digits alone, such as 1000", "string_too_long": "say it in fewer words"}


def _explain(
    error: ErrorDetails, name: str, model: type[BaseModel], marks: dict[Loc, Place], keys: dict[Loc, Place]
) -> Problem:
    """A problem of ours for an error of pydantic's, at the value, the key, or the mapping that lacks one."""
    loc = tuple(part for part in error["loc"] if part != "[key]")
    code = _CODES.get(error["type"], "wrong-type")
    place = keys.get(loc) if code == "unknown-key" or len(loc) < len(error["loc"]) else marks.get(loc)
    if code == "json-syntax" and (found := re.search(r"column (\d+)", str(error.get("ctx", {}).get("error")))):
        place = (marks[()][0], int(found[1]))
    outer = loc
    while place is None and outer:
        outer = outer[:-1]
        place = marks.get(outer)
    field = ".".join(str(part) for part in loc) or "the record"
    what, fix = _advice(code, error, model)
    return Problem(name, *(place or (1, 1)), code, f"{field}: {what}", fix)


def _advice(code: str, error: ErrorDetails, model: type[BaseModel]) -> tuple[str, str]:
    context = error.get("ctx", {})
    given = error.get("input")
    kinds = {dict: "mapping", list: "list"}
    shown = (
        given[:60]
        if isinstance(given, str)
        else next((n for k, n in kinds.items() if isinstance(given, k)), repr(given))
    )
    if code == "unknown-key":
        key, known = str(error["loc"][-1]), _KEYS | _own_keys(model)
        hint = meant(key, told(model)) if len(error["loc"]) == 1 else near(key, known, cutoff=0.86)
        what = "not a key here" if key in known else f"no such key{hint}"
        return what, "see raw/README.md for the keys of a record"
    if code == "missing-key":
        segmented = error["loc"] == ("snapshot",)
        return "not there", "run syrian-groups-data segment DOCUMENT --key KEY" if segmented else "add it"
    if code == "not-in-vocabulary":
        terms = re.findall(r"'([^']*)'", context.get("expected", ""))
        what = UNFILLED if given == values.TODO else f"{shown} is not in its list{near(shown, terms)}"
        return what, f"use one of {', '.join(terms)}{_own(set(terms))}"
    if code == "malformed-value":
        return _malformed(str(given), shown, context.get("pattern", ""), error["loc"])
    if code == "json-syntax":
        return "not JSON", "write one JSON object a line"
    if error["type"] in ("int_type", "float_type") and isinstance(given, str) and (wrong := _no_number(given, shown)):
        return wrong
    if error["type"] == "string_type" and isinstance(given, dict) and len(given) == 1:
        ((key, value),) = given.items()
        return f"a colon and a space make a mapping of {key}", f"write {key}:{value}, or quote the text"
    bounds = {key: f"{value:.12g}" if isinstance(value, float) else value for key, value in context.items()}
    what = _NOT[error["type"]].format_map(bounds) if error["type"] in _NOT else error["msg"].lower()
    fix = f"write [{shown}]" if error["type"] == "list_type" and isinstance(given, str) else "correct the value"
    return f"{shown} {what}", _FIXES.get(error["type"], fix)


def _own(terms: Set[str]) -> str:
    """Where a project adds a term to a list; empty for a list that is the same everywhere."""
    ours = [name for name in TITLES if DEFAULT.terms(name).keys() <= terms]
    name = max(ours, key=lambda name: len(DEFAULT.terms(name)), default="")
    if name in Additions.model_fields:
        return f", or define it under {name} in raw/vocabulary.yml"
    return ", or add it to languages in raw/project.yml" if terms <= DEFAULT.terms("languages").keys() else ""


UNFILLED = f"{values.TODO} is still to be filled in"
_SLUG = re.compile(r"[^a-z0-9]+")


# Where whoever has no record may be described instead.
_INSTEAD = {"said_by": "speaker", "value": "described"}


def _malformed(given: str, shown: str, pattern: str, loc: tuple[int | str, ...]) -> tuple[str, str]:
    """What is wrong with a text that does not have the form of its field."""
    key = next((str(part) for part in reversed(loc) if isinstance(part, str)), "")
    form = _PATTERNS.get(pattern, f"text that matches {pattern}")
    if given == values.TODO:
        return UNFILLED, f"write {form}"
    if pattern == values.ID_PATTERN and re.search(r"[^a-z0-9_-]", given) and "_" not in given:
        slug = _SLUG.sub("-", fold(given)).strip("-")
        example = f", such as {slug}" if re.match(values.ID_PATTERN, slug) else ""
        if key == "id":
            return f"'{shown}' is no id", f"write {form}{example}"
        instead = f", or {_INSTEAD[key]}: for somebody who has none" if key in _INSTEAD else ""
        return f"'{shown}' is a name where an id is wanted", f"write the id of its record{example}{instead}"
    if pattern in _TEXTS and given != " ".join(given.split(" ")).strip():
        return f"'{shown}' starts or ends with a space", "delete it"
    if pattern in _TEXTS and re.search(r"\s\s", given):
        return f"'{shown}' holds two spaces side by side", "write one"
    if pattern in _TEXTS and (odd := re.search(r"[^\S ]", given)):
        return f"'{shown}' holds a space that is none of the keyboard's, U+{ord(odd[0]):04X}", "write a plain space"
    return f"'{shown}' is malformed", f"write {form}"


def _no_number(given: str, shown: str) -> tuple[str, str] | None:
    """What is wrong with digits that are no number; None for other text."""
    digits = re.sub(r"[,\s_'’.]", "", given)
    if re.fullmatch(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?", given):
        return f"'{shown}' is in quotation marks, which make it text", f"write {given}"
    if digits.isascii() and digits.isdecimal():
        return f"'{shown}' is no plain number", f"write digits alone: {digits.lstrip('0') or '0'}"
    return None
