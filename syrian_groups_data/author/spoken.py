"""Claims as they are typed on a line: each with its value, then the passages that say so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Literal, NamedTuple, get_args, get_origin

from ..model.claims import Evidence
from ..model.records import Record
from ..model.sources import SetAside
from ..model.values import PASSAGE_PATTERN
from .meant import KEYS_STAND, meant, told
from .yaml12 import read_yaml

SHARED = "with"  # stands before what claims share


class Ungrammatical(Exception):
    """The words are no claims with their values and passages."""


class Spoken(NamedTuple):
    """One claim: a key of the record, what it says, and the passages that say so."""

    property: str
    claim: dict[str, Any]
    passages: list[str]


Holds = Literal["claims", "values", "value"]


def _held(annotation: Any) -> Holds:
    """What a key of a record holds: claims, a list of values, or one value."""
    if get_origin(annotation) is not list:
        return "value"
    (each,) = get_args(annotation)
    return "claims" if isinstance(each, type) and issubclass(each, Evidence | SetAside) else "values"


class _Breath:
    """What is typed up to the next passages: claims, what they share, and those passages."""

    def __init__(self) -> None:
        self.shared: dict[str, Any] = {}
        self.claims: list[tuple[str, dict[str, Any]]] = []
        self.passages: list[str] = []


def spoken(
    words: Sequence[str], model: type[Record], implied: str | None = None
) -> tuple[list[Spoken], dict[str, Any]]:
    """`PROPERTY VALUE … PASSAGE …`, as often as one likes; passages are those of every claim since the last passages.

    `with {said_by: […], …}` is what the claims up to the next passages share. Keys without claims have a value and no
    passages; they are given back apart. `implied` is a claim without a value that the first passages make, whatever else
    they say. Raises Ungrammatical and Problems.
    """
    keys = {field.alias or name: _held(field.annotation) for name, field in model.model_fields.items()}
    breaths, plain = [_Breath()], dict[str, Any]()
    left = iter(words)
    for word in left:
        if word not in keys and re.match(PASSAGE_PATTERN, word):
            breaths[-1].passages.append(word)
            continue
        if word not in keys and word != SHARED:
            raise Ungrammatical(f"{model.type}: no key {word}{meant(word, told(model))}; {KEYS_STAND}")
        value = next(left, None)
        if value is None:
            raise Ungrammatical(f"{word} has no value")
        if word != SHARED and keys[word] != "claims":
            read = _plain(value, word)
            plain[word] = [read] if keys[word] == "values" and not isinstance(read, list) else read
            continue
        if breaths[-1].passages:
            breaths.append(_Breath())
        if word != SHARED:
            breaths[-1].claims.append((word, value_of(value, word)))
        elif "value" in (shared := value_of(value, word)):
            raise Ungrammatical("with takes what claims share: with '{said_by: [monitor], standing: reported}'")
        else:
            breaths[-1].shared |= shared
    if implied and breaths[0].passages and implied not in (name for each in breaths for name, _ in each.claims):
        breaths[0].claims.insert(0, (implied, {}))
    return [claim for each in breaths for claim in _claims(each)], plain


def _claims(breath: _Breath) -> Iterator[Spoken]:
    if breath.claims and not breath.passages:
        what = f"nothing says where {breath.claims[-1][0]} is read; end with passages, such as report:12"
        raise Ungrammatical(what)
    if not breath.claims and (breath.passages or breath.shared):
        raise Ungrammatical(f"{(breath.passages or [SHARED])[0]} belongs to no claim")
    for property, claim in breath.claims:
        yield Spoken(property, breath.shared | claim, breath.passages)


def value_of(given: str, word: str) -> dict[str, Any]:
    """A claim as it is typed behind a word: a flow mapping exactly as in the file, or a scalar, which is its value.

    Raises Problems.
    """
    found = _plain(given, word) if given.lstrip().startswith("{") else {"value": given}
    return dict(found)


def _plain(given: str, word: str) -> Any:
    """A value of a key without claims: a flow list or mapping as in the file, or text. Raises Problems."""
    if not given.lstrip().startswith(("{", "[")):
        return given
    return read_yaml(given, f"value of {word}")[0]
