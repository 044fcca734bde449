"""Records that get another id, or become one: every file in one step, or none."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, Run

BAND = (
    "id: band\nkind: militia\nnames:\n  - {value: The Band, lang: en, cite: [report:7]}\n"
    "led_by:\n  - {value: jane-example, role: leader, cite: [report:8]}\n"
)
RAID = (
    "id: raid-2015\ntype: battles\nsubtype: armed-clash\ntitle: Raid\noccurred:\n  - {cite: [report:7]}\nparticipants:\n"
    "  # who began it\n  - {value: band, role: agent, cite: [report:7]}\n  - {value: vega-brigade, role: agent, cite: [report:8]}\n"
    "killed:\n  - {low: 2, high: 2, class: civilians, said_by: [band, vega-brigade], cite: [report:9]}\n"
)


@pytest.fixture
def two(example: Path) -> Path:
    """The example with a band that is the Vega brigade, and a raid of both."""
    (example / "raw/groups/band.yml").write_text(BAND, encoding="utf-8")
    (example / "raw/events/raid-2015.yml").write_text(RAID, encoding="utf-8")
    return example


def text(root: Path, name: str) -> str:
    return (root / "raw" / name).read_text(encoding="utf-8")


def held(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in (root / "raw").rglob("*") if path.is_file()}


def test_claims_that_become_the_same_in_other_records_are_one(two: Path, run: Run) -> None:
    done = run(two, "merge", "band", "vega-brigade", "--reason", "One band.")
    assert done.returncode == 0, done.stderr
    raid = text(two, "events/raid-2015.yml")
    assert "participants:\n  - {value: vega-brigade, role: agent, cite: [report:7, report:8]}\n" in raid
    assert "# who began it\n" in raid
    assert "said_by: [vega-brigade], cite: [report:9]}" in raid
    assert run(two, "check").returncode == 0
    assert not (two / "raw/groups/band.yml").exists()


def test_an_id_that_is_a_word_is_replaced_in_prose_only_before_a_number(example: Path, run: Run) -> None:
    path = example / "raw/groups/valley-front.yml"
    note = "goal:\n  - {value: A road, cite: [report:7], note: The report says so; compare report:8 and mithal-battalion.}\n"
    path.write_text(path.read_text(encoding="utf-8") + note, encoding="utf-8")
    assert run(example, "rename", "report", "bulletin").returncode == 0
    assert run(example, "rename", "mithal-battalion", "battalion-of-mithal").returncode == 0
    said = "cite: [bulletin:7], note: The report says so; compare bulletin:8 and battalion-of-mithal.}"
    assert said in path.read_text(encoding="utf-8")


def test_a_source_that_was_renamed_is_found_by_its_former_id(example: Path, run: Run) -> None:
    documents = example / "documents"
    assert run(example, "rename", "report", "bulletin", "--reason", "Its name.").returncode == 0
    assert sorted(path.name for path in (example / "raw/sources").glob("[br]*")) == ["bulletin.csv", "bulletin.yml"]
    assert run(example, "check").returncode == 0
    assert run(example, "build").returncode == 0
    assert run(example, "show", "report").stdout == run(example, "show", "bulletin").stdout != ""
    assert run(example, "show", "report:7").stdout.startswith("bulletin:7\n")
    assert run(example, "read", "report").stdout == run(example, "read", "bulletin").stdout != ""
    assert "bulletin: 10 exact" in run(example, "verify", "--snapshots", str(documents)).stdout
    again = run(example, "segment", "documents/report.txt", "--key", "report", "--language", "en")
    assert (again.returncode, "report was given up; it is bulletin now" in again.stderr) == (2, True)


def test_comments_of_the_redirects_are_kept(example: Path, run: Run) -> None:
    path = example / "raw/redirects.yml"
    path.write_text(f"# given up\n{path.read_text(encoding='utf-8')}# the last\n", encoding="utf-8")
    assert run(example, "rename", "valley-front", "front-of-the-valley").returncode == 0
    rows = path.read_text(encoding="utf-8").splitlines()
    assert (rows[0], rows[1], rows[-1]) == ("# given up", "redirects:", "# the last")
    assert rows[3].startswith("  - {old: valley-front, new: front-of-the-valley, ")


@pytest.mark.parametrize(
    ("one", "other", "code"),
    [
        ("mithal-battalion", "valley-front", "accuser-is-accused"),
        ("mithal-battalion", "valley-front", "tie-to-itself"),
        ("band", "vega-brigade", "two-preferred"),
    ],
)
def test_what_would_not_hold_is_refused_and_nothing_is_written(
    two: Path, run: Run, one: str, other: str, code: str
) -> None:
    for name in ("band", "vega-brigade") if code == "two-preferred" else ():
        path = two / f"raw/groups/{name}.yml"
        goal = f"goal:\n  - {{value: Aim of {name}, cite: [report:7], preferred: It is plain.}}\n"
        path.write_text(path.read_text(encoding="utf-8") + goal, encoding="utf-8")
    before = held(two)
    done = run(two, "merge", one, other)
    assert (done.returncode, f": {code}: " in done.stderr) == (1, True), done.stderr
    assert held(two) == before


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process dies by its own hand only where it can be forked")
@pytest.mark.parametrize(
    "command",
    [
        ("rename", "vega-brigade", "brigade-of-vega"),
        ("merge", "band", "vega-brigade"),
        ("fmt",),
        ("cite", "band", "goal", "A road", "report:9"),
        ("new", "person", "new-person", "basis", "commander", "names", "Newman", "report:9"),
    ],
    ids=lambda command: str(command[0]),
)
def test_a_command_that_dies_leaves_the_old_or_the_new_to_the_next(two: Path, command: tuple[str, ...]) -> None:
    if command == ("fmt",):
        for name in ("groups/band.yml", "events/raid-2015.yml"):
            (two / "raw" / name).write_text(text(two, name).replace("cite: [report:7]", "cite:  [ report:7 ]"), "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "tests.killed", str(two), *command],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = done.stdout.splitlines()
    assert set(found) == {"old", "new"}, found
    assert found.index("new") > 2
    assert found == sorted(found, reverse=True), "once it is new it stays new"
