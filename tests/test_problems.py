"""Every code of a problem: one file that causes it, and the exact line that is printed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from syrian_groups_data.author import load
from syrian_groups_data.check import check
from syrian_groups_data.model.problem import CODES


class Case(NamedTuple):
    """A change to the example tree and every line that `check` then prints."""

    change: Callable[[Path], object]
    expected: str


def replace(name: str, old: str, new: str) -> Callable[[Path], object]:
    """Replace text that stands once in a file of raw/."""

    def change(raw: Path) -> None:
        path = raw / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        path.write_text(text.replace(old, new), encoding="utf-8", newline="")

    return change


def write(name: str, data: bytes | str) -> Callable[[Path], object]:
    """Write a file of raw/ whole."""
    return lambda raw: (raw / name).write_bytes(data if isinstance(data, bytes) else data.encode())


def append(name: str, text: str) -> Callable[[Path], object]:
    """Add text at the end of a file of raw/."""
    return lambda raw: (raw / name).write_bytes((raw / name).read_bytes() + text.encode())


CASES: dict[str, Case] = {
    "duplicate-key": Case(
        replace("groups/valley-front.yml", "kind: coalition", "kind: coalition\nkind: militia"),
        "raw/groups/valley-front.yml:3:1: duplicate-key: kind stands at line 2 too; join the two",
    ),
}


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_its_exact_message(code: str, example: Path) -> None:
    case = CASES[code]
    case.change(example / "raw")
    printed = "\n".join(map(str, check(load(example / "raw"))))
    assert printed == case.expected
    assert f": {code}: " in printed


def test_the_example_is_clean(example: Path) -> None:
    assert check(load(example / "raw")) == []
