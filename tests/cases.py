"""What the tests of problems share: a change to the example tree, and every line that `check` then prints."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from syrian_groups_data.author import load
from syrian_groups_data.author.blocks import with_keys
from syrian_groups_data.check import check
from syrian_groups_data.evidence import to_csv
from syrian_groups_data.model.passages import Passage
from syrian_groups_data.model.sources import seal

Change = Callable[[Path], object]

# No record refers to these two: what goes wrong in them is the only thing that goes wrong.
NAME = '{"value": "Guard", "lang": "en", "cite": ["report:7"]}'
CHECKPOINT = "events/mithal-checkpoint-2014-03-02.yml"
MURDER = "allegations/lower-mithal-murder-2014.yml"

KILLINGS = "events/lower-mithal-killings-2014.yml"
BATTALION = "groups/mithal-battalion.yml"
FRONT = "groups/valley-front.yml"
# An accusation that the record of an allegation holds too, with its denial.
GRIEVANCE = "value: Preys on residents, standing: alleged, said_by: [valley-front], cite: [report:9]"


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


def relist(key: str, edit: Callable[[list[Passage]], list[Passage]], bound: bool = True) -> Change:
    """Write a list of passages anew; `bound` says whether its record is sealed with it, as segment does."""

    def change(raw: Path) -> None:
        name = f"sources/{key}.yml"
        source = load(raw).sources[key]
        rows = edit(load(raw).passages[key])
        (raw / f"sources/{key}.csv").write_bytes(to_csv(rows))
        if bound and source.cut:
            cut = {**source.cut.model_dump(), "highest": max(row.number for row in rows)}
            cut["digest"] = seal(cut, rows)
            text = (raw / name).read_text(encoding="utf-8")
            said = {key: value for key, value in cut.items() if value}
            (raw / name).write_text(with_keys(text, name, {"cut": said}), encoding="utf-8")

    return change


def gone(number: int, *became: int) -> Callable[[list[Passage]], list[Passage]]:
    """A list in which a passage is gone."""

    def edit(rows: list[Passage]) -> list[Passage]:
        (row,) = [row for row in rows if row.number == number]
        lost = row._replace(state="gone", snapshot="1" * 64, became=became, link=None)
        return [*(each for each in rows if each is not row), lost]

    return edit


def group(key: str, name: str) -> Change:
    """Add a group to raw/."""
    return write(
        f"groups/{key}.yml", f"id: {key}\nkind: militia\nnames:\n  - {{value: {name}, lang: en, cite: [report:7]}}\n"
    )
