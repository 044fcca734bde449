"""Writing into raw/ without retyping: a claim added to a record, a passage to a claim that is there or to those set aside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from ..model.passages import ranges
from ..model.problem import Problem, Problems
from .layout import canonical, inline
from .yaml12 import read_yaml

# What says who speaks and how sure it is; a claim that differs in one of these is another claim.
MANNER = ("said_by", "speaker", "via", "said_in", "standing", "hedge")
UNREAD = "unread"  # stands where a reason would: of a passage that is set aside no more
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
    """The text of a source in which some more passages are set aside for a reason, and for no other; for UNREAD they are
    set aside no more. Raises Problems."""
    items = read_yaml(text, name)[0].get("set_aside", [])
    same = next((i for i, item in enumerate(items) if {**item, "passages": None} == {**reason, "passages": None}), None)
    there = [] if same is None else items[same]["passages"]
    new = [each for each in numbers if not _among(each, there)]
    before = [item["passages"] for item in items]
    items = [item if i == same else _less(item, new) for i, item in enumerate(items)]
    if reason["reason"] == UNREAD:
        numbers = [each for each in numbers if any(_among(each, passages) for passages in before)]
        if not numbers:
            return Edit(text, f"{name}: none of these is set aside")
        done = f"unread again: {', '.join(numbers)}"
    else:
        done = f"set aside as {reason['reason']}: {', '.join(numbers)}"
        if same is None:
            items.append({**reason, "passages": new})
        else:
            items[same] = {**items[same], "passages": [*there, *new]}
    return Edit(canonical(with_items(text, "set_aside", items), name, order), f"{name}: {done}")


def _among(number: str, passages: list[str]) -> bool:
    return any(first <= int(number) <= last for first, last in ranges(passages))


def _less(item: dict[str, Any], numbers: list[str]) -> dict[str, Any] | None:
    """An item without some passages; None where none is left."""
    left: list[str] = []
    for passages in item["passages"]:
        ((first, last),) = ranges([passages])
        out = sorted({int(each) for each in numbers if _among(each, [passages])})
        starts, ends = [first, *(each + 1 for each in out)], [*(each - 1 for each in out), last]
        pieces = [(start, end) for start, end in zip(starts, ends, strict=True) if start <= end]
        left += [f"{start}-{end}" if start < end else f"{start}" for start, end in pieces] if out else [passages]
    return {**item, "passages": left} if left else None


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
    """The text with the items of one key set anew, those that are None left out; comments that stand in it are kept."""
    lines = text.splitlines()
    start = next((i for i, line in enumerate(lines) if line.startswith(f"{property}:")), None)
    rows = [f"  - {inline(item)}" if item is not None else "" for item in items]
    if start is None:
        return "\n".join([*lines, f"{property}:", *filter(None, rows)]) + "\n"
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
            if row := rows[place]:
                kept.append(row + (f"  # {tail[2]}" if tail[1] and lines[i].rstrip().endswith(tail[2]) else ""))
            place += 1
        elif lines[i].lstrip().startswith("#"):
            kept.append(lines[i])
    if not any(rows):
        kept = kept[1:]  # comments alone
    return "\n".join([*lines[:start], *kept, *filter(None, rows[place:]), *lines[end:]]) + "\n"
