"""Writing single keys of a record back: everything else of the file, comments too, stays as it is."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from ..model.problem import Problem, Problems
from .yaml12 import read_yaml

_KEY = re.compile(r"([a-z0-9_]+):(?:\s|$)")
_PLAIN = re.compile(r"[A-Za-z0-9./][A-Za-z0-9./~_+-]*(?: [A-Za-z0-9./~_+-]+)*")
_WORDS = frozenset(["~", "null", "Null", "NULL"])


def with_keys(text: str, name: str, values: Mapping[str, Any]) -> str:
    """The text of a record with some of its keys set anew, or, where a value is None or empty, taken out.

    A key that is not there yet is put after those of the record that come before it in `values`, else at the end.
    Raises Problems where the file is not written as one key a line, so that nothing of it can be replaced.
    """
    before, _, _ = read_yaml(text, name)
    lines = text.splitlines()
    at = 0
    for key, value in values.items():
        spans = _spans(lines)
        first, last = spans.get(key, (0, 0))
        new = _block(key, value) if value not in (None, [], {}) else []
        if key in spans:
            kept = [line for line in lines[first + 1 : last] if line.lstrip().startswith("#")]
            lines[first:last] = [*new, *(kept if new else ())]
            at = first + len(new) + len(kept if new else ())
        elif new:
            at = at or len(lines)
            lines[at:at] = new
            at += len(new)
    found = "\n".join(lines) + "\n"
    after, _, _ = read_yaml(found, name)
    want = {key: value for key, value in before.items() if key not in values}
    if {key: value for key, value in after.items() if key not in values} != want:
        what = f"{', '.join(values)} cannot be written into it"
        raise Problems([Problem(name, 1, 1, "yaml-syntax", what, "write each key of the record on a line of its own")])
    return found


def _spans(lines: list[str]) -> dict[str, tuple[int, int]]:
    """Lines of each key of a record: to the next key, without the comments above that."""
    starts = [(i, found[1]) for i, line in enumerate(lines) if (found := _KEY.match(line))]
    spans = {}
    for (first, key), (after, _) in zip(starts, [*starts[1:], (len(lines), "")], strict=True):
        last = after
        while last > first + 1 and (not lines[last - 1].strip() or lines[last - 1].startswith("#")):
            last -= 1
        spans[key] = first, last
    return spans


def _block(key: str, value: Any) -> list[str]:
    if isinstance(value, dict):
        return [f"{key}:", *(f"  {name}: {_inline(each)}" for name, each in value.items())]
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [f"{key}:", *(f"  - {_inline(each)}" for each in value)]
    return [f"{key}: {_inline(value)}"]


def _inline(value: Any) -> str:
    if isinstance(value, dict):
        return f"{{{', '.join(f'{name}: {_inline(each)}' for name, each in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_inline, value))}]"
    text = str(value)
    plain = isinstance(value, int) or (_PLAIN.fullmatch(text) and text not in _WORDS)
    return text if plain else json.dumps(text, ensure_ascii=False)
