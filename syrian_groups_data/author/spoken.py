"""Claims as they are typed on a line: each with its value, then the passages that say so."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple, get_args, get_origin

from pydantic import BaseModel

from ..model.claims import Evidence
from ..model.problem import near
from ..model.values import PASSAGE_PATTERN
from .layout import order
from .yaml12 import read_yaml


class Ungrammatical(Exception):
    """The words are no claims with their values and passages."""


class Spoken(NamedTuple):
    """One claim: a key of the record, what it says, and the passages that say so."""

    property: str
    claim: dict[str, Any]
    passages: list[str]


Holds = Literal["claims", "values", "value"]


def holds(model: type[BaseModel]) -> dict[str, Holds]:
    """Keys of a record in their order, and what each holds: claims, a list of values, or one value."""
    fields = {field.alias or name: field.annotation for name, field in model.model_fields.items()}
    return {key: _held(fields[key]) for key in order(model)}


def _held(annotation: Any) -> Holds:
    if get_origin(annotation) is not list:
        return "value"
    (each,) = get_args(annotation)
    return "claims" if isinstance(each, type) and issubclass(each, Evidence) else "values"


def spoken(words: Sequence[str], keys: Mapping[str, Holds], of: str) -> tuple[list[Spoken], dict[str, Any]]:
    """`PROPERTY VALUE … PASSAGE …`, as often as one likes; passages are those of every claim since the last passages.

    Keys without claims have a value and no passages; they are given back apart. `of` is what the record is, for messages.
    Raises Ungrammatical and Problems.
    """
    found: list[Spoken] = []
    plain: dict[str, Any] = {}
    passages: list[str] = []
    left = iter(words)
    for word in left:
        if word not in keys and re.match(PASSAGE_PATTERN, word):
            if not found:
                raise Ungrammatical(f"{word} stands behind no claim")
            passages.append(word)
            continue
        if word not in keys:
            raise Ungrammatical(f"{of}: no key {word}{near(word, keys)}; it has {', '.join(keys)}")
        value = next(left, None)
        if value is None:
            raise Ungrammatical(f"{word} has no value")
        if keys[word] != "claims":
            read = _plain(value)
            plain[word] = [read] if keys[word] == "values" and not isinstance(read, list) else read
            continue
        if passages:
            passages = []
        found.append(Spoken(word, value_of(value), passages))
    if found and not passages:
        raise Ungrammatical(f"nothing says where {found[-1].property} is read; end with passages, such as report:12")
    return found, plain


def value_of(given: str) -> dict[str, Any]:
    """A claim as it is typed: a flow mapping exactly as in the file, or a scalar, which is its value. Raises Problems."""
    found = _plain(given) if given.lstrip().startswith("{") else {"value": given}
    return dict(found)


def _plain(given: str) -> Any:
    """A value of a key without claims: a flow list or mapping as in the file, or text. Raises Problems."""
    if not given.lstrip().startswith(("{", "[")):
        return given
    return read_yaml(f"value: {given}\n", "VALUE")[0]["value"]
