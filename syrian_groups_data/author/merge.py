"""Two records -> one: the claims of both, the same claim once with the passages of both."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from ..model.problem import Problem, Problems
from .edit import EVIDENCE
from .layout import canonical, inline, order
from .yaml12 import read_yaml

_LISTS = ("cite", "context", "disputed_by")


def merged(text: str, other: str, name: str, model: type[BaseModel]) -> str:
    """The text of a record that takes in another one, whose id has been replaced already.

    Our own classification is that of the record that stays. Raises Problems where both prefer a value of one property.
    """
    data, more = read_yaml(text, name)[0], read_yaml(other, name)[0]
    lines = text.splitlines()
    problems = []
    for key, items in more.items():
        if not isinstance(items, list) or not (items and isinstance(items[0], dict)):
            if key not in data:
                lines.append(f"{key}: {inline(items)}")
            continue
        own = data.get(key, [])
        joined = _joined(own, items)
        if sum("preferred" in item for item in joined) > 1 >= sum("preferred" in item for item in own):
            what = f"{key}: both records prefer a value"
            problems.append(Problem(name, 1, 1, "two-preferred", what, "take preferred out of one of them first"))
        lines = _without(lines, key)
        lines += [f"{key}:", *(f"  - {inline(item)}" for item in joined)]
    if problems:
        raise Problems(problems)
    return canonical("\n".join(lines) + "\n", name, order(model))


def rejoined(text: str, name: str, model: type[BaseModel]) -> str:
    """The text of a record in which claims that became the same are one, with the passages of all. Raises Problems."""
    lines, changed = text.splitlines(), False
    for key, items in read_yaml(text, name)[0].items():
        if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
            continue
        single = [{name: _once(value) for name, value in item.items()} for item in items]
        if (joined := _joined([], single)) != items:
            lines, changed = [*_without(lines, key), f"{key}:", *(f"  - {inline(item)}" for item in joined)], True
    return canonical("\n".join(lines) + "\n", name, order(model)) if changed else text


def _once(value: Any) -> Any:
    """A list with each of its values once; anything else as it is."""
    return list(dict.fromkeys(value)) if isinstance(value, list) else value


def _joined(own: list[dict[str, Any]], more: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found = [dict(item) for item in own]
    for item in more:
        twin = next((each for each in found if _claim(each) == _claim(item)), None)
        if twin is None:
            found.append(item)
            continue
        for key in _LISTS:
            values = dict.fromkeys([*twin.get(key, ()), *item.get(key, ())])
            if values:
                twin[key] = list(values)
        for key in ("note", "preferred"):
            if item.get(key) and item[key] != twin.get(key):
                twin[key] = f"{twin[key]} {item[key]}" if twin.get(key) else item[key]
    return found


def _claim(item: dict[str, Any]) -> dict[str, Any]:
    return {key: str(value) for key, value in item.items() if key not in EVIDENCE}


def _without(lines: list[str], key: str) -> list[str]:
    """Lines of a record without those of one key; comments among its items go to the line above the next key."""
    start = next((i for i, line in enumerate(lines) if line.startswith(f"{key}:")), None)
    if start is None:
        return lines
    end = start + 1
    while end < len(lines) and (lines[end].startswith((" ", "-")) or not lines[end].strip()):
        end += 1
    comments = [line.strip() for line in lines[start + 1 : end] if line.lstrip().startswith("#")]
    return [*lines[:start], *comments, *lines[end:]]
