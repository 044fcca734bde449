"""What the tests of problems share: a change to the example tree, and every line that `check` then prints."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from syrian_groups_data.author import load
from syrian_groups_data.check import check

Change = Callable[[Path], object]

# No record refers to these two: what goes wrong in them is the only thing that goes wrong.
NAME = '{"value": "Guard", "lang": "en", "cite": ["report:7"]}'
CHECKPOINT = "events/mithal-checkpoint-2014-03-02.yml"
MURDER = "allegations/lower-mithal-murder-2014.yml"

KILLINGS = "events/lower-mithal-killings-2014.yml"
BATTALION = "groups/mithal-battalion.yml"
FRONT = "groups/valley-front.yml"


class Case(NamedTuple):
    """A change to the example tree and every line that `check` then prints."""

    change: Change
    expected: str


Cases = dict[str, list[Case]]


def each(cases: Cases) -> list[tuple[str, Case]]:
    """Code and case, for `parametrize`."""
    return [(code, case) for code, variants in cases.items() for case in variants]


def printed(raw: Path) -> str:
    """What `check` prints of a raw/ folder."""
    return "\n".join(map(str, check(load(raw))))


def prove(code: str, case: Case, raw: Path) -> None:
    """The case prints exactly what it should, and its code is in it."""
    case.change(raw)
    assert printed(raw) == case.expected
    assert f": {code}: " in case.expected


def replace(name: str, old: str, new: str) -> Change:
    """Replace text that stands once in a file of raw/."""

    def change(raw: Path) -> None:
        path = raw / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        path.write_text(text.replace(old, new), encoding="utf-8", newline="")

    return change


def write(name: str, data: bytes | str) -> Change:
    """Write a file of raw/ whole."""
    return lambda raw: (raw / name).write_bytes(data if isinstance(data, bytes) else data.encode())


def append(name: str, text: str) -> Change:
    """Add text at the end of a file of raw/."""
    return lambda raw: (raw / name).write_bytes((raw / name).read_bytes() + text.encode())


def group(key: str, name: str) -> Change:
    """Add a group to raw/."""
    return write(
        f"groups/{key}.yml", f"id: {key}\nkind: militia\nnames:\n  - {{value: {name}, lang: en, cite: [report:7]}}\n"
    )
