"""The canonical layout of a record: keys in the order of the model, an item a line, comments where they stood."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from pydantic import BaseModel

from ..model.problem import Problem, Problems
from ..model.vocab import MEASURES
from .yaml12 import read_yaml

_KEY = re.compile(r"([A-Za-z0-9_]+):(?:\s|$)")
_TRAILING = re.compile(r"\s{2,}(#\s.*)$")
# What YAML would read as something else: signs at the start, and what ends a text, in a line and in a list or mapping.
_LINE = re.compile(r"""^[-?:](?=\s|$)|^[,\[\]{}#&*!|>'"%@`\s]|:\s|:$|\s#|\s$|^$""")
_FLOW = re.compile(rf"""{_LINE.pattern}|[,\[\]{{}}"]""")
_NOT_TEXT = frozenset(["~", "null", "Null", "NULL"])


def scalar(value: Any, signs: re.Pattern[str] = _FLOW) -> str:
    """A value as it is written: plain where that is read back as the same, else in double quotation marks."""
    if not isinstance(value, str):
        return str(value)
    plain = not signs.search(value) and value not in _NOT_TEXT
    return value if plain else json.dumps(value, ensure_ascii=False)


def inline(value: Any, order: Sequence[str] = ()) -> str:
    """A value in one line: mappings and lists in their flow form."""
    if isinstance(value, dict):
        ranks = {key: i for i, key in enumerate(order)}
        keys = sorted(value, key=lambda key: ranks.get(key, len(ranks)))
        return f"{{{', '.join(f'{key}: {inline(value[key])}' for key in keys)}}}"
    if isinstance(value, list):
        return f"[{', '.join(inline(each) for each in value)}]"
    return scalar(value)


class Part(NamedTuple):
    """A key of a record as it stands in the file: its lines, the comments above it, and those on its items."""

    key: str
    above: list[str]
    lines: list[str]


def parts(text: str) -> tuple[list[Part], list[str]]:
    """Keys of a record with their lines, and comments after the last."""
    found: list[Part] = []
    waiting: list[str] = []
    for line in text.splitlines():
        if match := _KEY.match(line):
            found.append(Part(match[1], waiting, [line]))
            waiting = []
        elif not found or line.startswith("#") or not line.strip():
            if line.strip():
                waiting.append(line.rstrip())
        else:
            found[-1].lines.extend([*waiting, line])
            waiting = []
    return found, waiting


def order(model: type[BaseModel]) -> list[str]:
    """Keys of a record in the order in which they are written: who or what it is, then claims, then answers."""
    keys = [field.alias or name for name, field in model.model_fields.items()]
    ends = [*_FIRST, *MEASURES, *_LAST]
    parts = (
        [key for key in known if key in keys] for known in (_FIRST, [k for k in keys if k not in ends], MEASURES, _LAST)
    )
    return [key for part in parts for key in part]


_FIRST = (
    "id", "kind", "type", "subtype", "basis", "acts", "event", "title", "summary", "names", "identifiers", "occurred", "date",
    "place", "participants", "accused",
)  # fmt: skip
_LAST = ("responses", "note", "snapshot", "earlier", "cut", "kept", "set_aside", "distinct_from")


# How a claim reads: what is said, of what kind, when, how sure, by whom, where it is read.
_CLAIM = (
    "reason", "passages", "value", "described", "by", "low", "high", "qualifier", "words", "unit", "class", "of", "as_of", "lang", "role", "stance",
    "part", "covers", "precision", "harm", "side", "date", "since", "until", "standing", "hedge", "said_by", "speaker", "via",
    "said_in", "cite", "context", "disputed_by", "preferred", "note",
)  # fmt: skip


def canonical(text: str, name: str, known: Sequence[str]) -> str:
    """The text of a record in its canonical layout; `known` is the order of its keys.

    Comments stay above or behind what they stand at. Keys that the model does not know come last, in their order.
    Raises Problems for what is no YAML of ours.
    """
    data, _, _ = read_yaml(text, name)
    if not isinstance(data, dict):
        raise Problems([Problem(name, 1, 1, "not-a-record", "no keys and values", "start with id: …")])
    found, after = parts(text)
    if {part.key for part in found} != set(data) or len(found) != len(data):
        what = "a key of the record does not stand at the start of a line"
        raise Problems([Problem(name, 1, 1, "yaml-syntax", what, "write each key of the record on a line of its own")])
    ranks = {key: i for i, key in enumerate(known)}
    lines: list[str] = []
    for part in sorted(found, key=lambda part: ranks.get(part.key, len(ranks))):
        lines += [*part.above, *_laid(part, data[part.key])]
    result = "\n".join([*lines, *after]) + "\n"
    again, _, _ = read_yaml(result, name)
    if again != data:
        raise Problems([Problem(name, 1, 1, "yaml-syntax", "it cannot be laid out anew", "simplify its comments")])
    return result


def _laid(part: Part, value: Any) -> list[str]:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return _items(part, value)
    inner = [line.strip() for line in part.lines[1:] if line.lstrip().startswith("#")]
    valued = (line for line in part.lines if not line.lstrip().startswith("#"))
    behind = [match[1] for match in map(_TRAILING.search, valued) if match]
    # One line has room for one comment: of a value over many lines they stand above.
    tail = f"  {behind.pop()}" if behind and len(part.lines) == 1 else ""
    inner += behind
    if isinstance(value, dict) and part.key in _BLOCKS:
        rows = [f"  {key}: {inline(each)}" for key, each in value.items()]
        return [f"{part.key}:{tail}", *(f"  {line}" for line in inner), *rows]
    written = scalar(value, _LINE) if isinstance(value, str) else inline(value)
    return [*inner, f"{part.key}: {written}{tail}"]


_BLOCKS = frozenset({"snapshot", "cut"})


def _items(part: Part, items: list[Any]) -> list[str]:
    """An item a line; a comment above an item stays above it, one behind it behind it."""
    lines, at, tails, above = [f"{part.key}:"], -1, {}, []  # type: list[str], int, dict[int, str], list[str]
    if match := _TRAILING.search(part.lines[0]):
        lines = [f"{part.key}:  {match[1]}"]
    comments: dict[int, list[str]] = {}
    for line in part.lines[1:]:
        if line.lstrip().startswith("#"):
            above.append(line.strip())
            continue
        if line.lstrip().startswith("-"):
            at += 1
            comments[at], above = above, []
        if match := _TRAILING.search(line):
            if at in tails:
                comments[at].append(tails[at])
            tails[at] = match[1]
    for i, item in enumerate(items):
        lines += [f"  {comment}" for comment in comments.get(i, ())]
        row = inline(item, _CLAIM)
        lines.append(f"  - {row}{f'  {tails[i]}' if i in tails else ''}")
    return [*lines, *(f"  {comment}" for comment in above)]
