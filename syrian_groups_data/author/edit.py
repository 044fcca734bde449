"""Writing into raw/ without retyping: a claim added to a record, a passage to a claim that is there or to those set aside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from ..model.problem import Problem, Problems
from .layout import canonical, inline
from .yaml12 import read_yaml

# What says who speaks and how sure it is; a claim that differs in one of these is another claim.
MANNER = ("said_by", "speaker", "via", "said_in", "standing", "hedge")
EVIDENCE = ("cite", "context", "disputed_by", "note", "preferred")


class Ambiguous(Exception):
    """The same value stands there with another speaker, hedge or standing, and nothing says which is meant."""


class Edit(NamedTuple):
    """The text of a record after an edit, and what was done, in a line."""

    text: str
    done: str


def cited(text: str, name: str, order: list[str], property: str, claim: dict[str, Any], passages: list[str]) -> Edit:
    """The text of a record in which a claim rests on some more passages, or stands for the first time.

    Raises Ambiguous where the value stands there with another speaker, hedge or standing and none was given, and
    Problems where the record cannot be written.
    """
    data, _, _ = read_yaml(text, name)
    items = data.get(property, [])
    same = [i for i, item in enumerate(items) if _what(item) == _what(claim)]
    alike = [i for i in same if _manner(items[i]) == _manner(claim)]
    if alike:
        item = items[alike[0]]
        added = _added(item, {**claim, "cite": [*claim.get("cite", ()), *passages]}, property)
        if added == item:
            return Edit(text, f"{name}: {property}: it rests on {', '.join(passages)} already")
        items[alike[0]] = added
        done = f"{name}: {property}: {_short(item)} rests on {', '.join(passages)} too"
    elif same and not _manner(claim):
        there = "\n".join(f"  {inline(items[i])}" for i in same)
        new = inline({**claim, "cite": passages})
        raise Ambiguous(
            f"{property} has this value with another speaker, hedge or standing:\n{there}\nand not\n  {new}\n"
            "give said_by, speaker, standing or hedge as the passage has it (standing: asserted for the source's own voice)"
        )
    else:
        items = [*items, {**claim, "cite": [*claim.get("cite", ()), *passages]}]
        done = f"{name}: {property}: {_short(claim)} is new"
    return Edit(canonical(with_items(text, property, items), name, order), done)


def _added(item: dict[str, Any], claim: Mapping[str, Any], property: str) -> dict[str, Any]:
    """A claim that stands there with the passages, and what else was given of them. Raises Ambiguous."""
    found = dict(item)
    for key in ("cite", "context", "disputed_by"):
        if joined := list(dict.fromkeys([*item.get(key, ()), *claim.get(key, ())])):
            found[key] = joined
    for key in ("note", "preferred"):
        if given := claim.get(key):
            if found.get(key, given) != given:
                raise Ambiguous(f"{property} has this value with another {key}: {found[key]}; write it in the file")
            found[key] = given
    return found


def laid_aside(text: str, name: str, order: list[str], reason: dict[str, Any], numbers: list[str]) -> Edit:
    """The text of a source in which some more passages are set aside for a reason. Raises Problems."""
    items = read_yaml(text, name)[0].get("set_aside", [])
    same = next((item for item in items if {**item, "passages": None} == {**reason, "passages": None}), None)
    if same is None:
        items = [*items, {**reason, "passages": numbers}]
    else:
        same["passages"] = [*same["passages"], *(each for each in numbers if each not in same["passages"])]
    done = f"{name}: set aside as {reason['reason']}: {', '.join(numbers)}"
    return Edit(canonical(with_items(text, "set_aside", items), name, order), done)


def _what(item: Mapping[str, Any]) -> dict[str, Any]:
    """What a claim says: its value with its qualifiers."""
    return {key: str(value) for key, value in item.items() if key not in (*MANNER, *EVIDENCE)}


def _manner(item: Mapping[str, Any]) -> dict[str, Any]:
    found = {key: item[key] for key in MANNER if item.get(key)}
    if found == {"standing": "asserted"}:
        return {}
    return found


def _short(item: Mapping[str, Any]) -> str:
    return inline({key: value for key, value in item.items() if key not in EVIDENCE})


def with_items(text: str, property: str, items: list[Any]) -> str:
    """The text with the items of one key set anew; comments that stand in it are kept."""
    lines = text.splitlines()
    start = next((i for i, line in enumerate(lines) if line.startswith(f"{property}:")), None)
    rows = [f"  - {inline(item)}" for item in items]
    if start is None:
        return "\n".join([*lines, f"{property}:", *rows]) + "\n"
    end = start + 1
    while end < len(lines) and (lines[end].startswith((" ", "-")) or not lines[end].strip()):
        end += 1
    old = [i for i in range(start + 1, end) if lines[i].lstrip().startswith("-")]
    if len(old) > len(items):
        raise Problems([Problem(text[:0] or property, 1, 1, "yaml-syntax", "items got lost", "write it by hand")])
    kept: list[str] = [lines[start].split(":")[0] + ":"]
    place = 0
    for i in range(start + 1, end):
        if i in old:
            tail = lines[i].rpartition("  # ")
            kept.append(rows[place] + (f"  # {tail[2]}" if tail[1] and lines[i].rstrip().endswith(tail[2]) else ""))
            place += 1
        elif lines[i].lstrip().startswith("#"):
            kept.append(lines[i])
    return "\n".join([*lines[:start], *kept, *rows[place:], *lines[end:]]) + "\n"
