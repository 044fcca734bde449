"""A cited id never dies in silence: what `changes` writes of a former release, and what `build` says."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from syrian_groups_data.commands import main
from syrian_groups_data.model.changes import Change, lost
from tests.cases import BATTALION, CHECKPOINT, FRONT, printed, replace

Do = Callable[..., int]
FACTS = "background:\n  - {value: Holds the bridge, cite: [report:8]}\n  - {value: Holds the mill, cite: [report:8]}\n"
BRIDGE = "  - {value: Holds the bridge, cite: [report:8]}\n"


@pytest.fixture
def project(example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The example with its release of yesterday beside it."""
    path = example / "raw" / FRONT
    path.write_text(path.read_text(encoding="utf-8") + FACTS, encoding="utf-8")
    (example / "CITATION.cff").write_text("version: 1.0.0\n", encoding="utf-8")
    monkeypatch.chdir(example)
    assert main(["build"]) == 0
    shutil.copytree(example, tmp_path / "before")
    (example / "CITATION.cff").write_text("version: 1.0.1\ndate-released: 2026-01-02\n", encoding="utf-8")
    return example


@pytest.fixture
def compare(project: Path, tmp_path: Path) -> Do:
    return lambda *more: main(["changes", str(tmp_path / "before"), *more])


def rows(project: Path) -> list[dict[str, str]]:
    with (project / "raw" / "changes.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def statements(project: Path) -> dict[str, str]:
    with (project / "tables" / "statements.csv").open(encoding="utf-8", newline="") as file:
        return {
            f"{row['entity_id']} {row['property']} {row['value']}": row["statement_id"] for row in csv.DictReader(file)
        }


def edit(project: Path, name: str, old: str, new: str) -> None:
    replace(name, old, new)(project / "raw")


def test_where_nothing_changed_nothing_is_written(project: Path, compare: Do, capsys: Any) -> None:
    assert compare("--write") == 0
    assert "none lost in silence" in capsys.readouterr().out
    assert not (project / "raw" / "changes.csv").exists()


def test_a_corrected_claim_leads_to_its_successor(project: Path, compare: Do, capsys: Any) -> None:
    before = statements(project)
    edit(project, FRONT, "Holds the bridge", "Holds the old bridge")
    assert compare() == 1
    out = capsys.readouterr().out
    assert "correction: valley-front background: Holds the bridge -> Holds the old bridge" in out
    assert not (project / "raw" / "changes.csv").exists()
    assert compare("--write", "--reason", "It is the old one.") == 0
    assert main(["check"]) == 0
    assert main(["build"]) == 0
    after = statements(project)
    assert rows(project) == [
        {
            "old": before["valley-front background Holds the bridge"],
            "new": after["valley-front background Holds the old bridge"],
            "kind": "correction",
            "reason": "It is the old one.",
            "since": "1.0.1",
        }
    ]
    assert compare() == 0


def test_a_claim_without_a_successor_is_withdrawn(project: Path, compare: Do) -> None:
    before = statements(project)
    edit(project, FRONT, BRIDGE, "")
    assert compare("--write") == 0
    # The mill stands in the same passage, and was there before: it is another claim.
    (row,) = rows(project)
    assert (row["old"], row["new"], row["kind"]) == (
        before["valley-front background Holds the bridge"],
        "",
        "withdrawn",
    )


def test_two_that_could_be_it_are_none(project: Path, compare: Do) -> None:
    new = "  - {value: Holds a bridge, since: 2014, cite: [report:8]}\n  - {value: Holds a bridge, since: 2015, cite: [report:8]}\n"
    edit(project, FRONT, BRIDGE, new)
    assert compare("--write") == 0
    assert [row["kind"] for row in rows(project)] == ["withdrawn"]


def test_most_passages_shared_come_before_the_nearest_value(project: Path, compare: Do) -> None:
    edit(project, FRONT, BRIDGE, BRIDGE.replace("[report:8]", "[report:7, report:8]"))
    assert main(["build"]) == 0  # a citation more: the same claim
    assert compare() == 0
    new = "  - {value: Guards a bridge, cite: [report:7, report:8]}\n  - {value: Holds the bridges, cite: [report:8]}\n"
    edit(project, FRONT, BRIDGE.replace("[report:8]", "[report:7, report:8]"), new)
    assert compare("--write") == 0
    assert main(["build"]) == 0
    # In the former release it had one passage: then the value decides.
    assert rows(project)[0]["new"] == statements(project)["valley-front background Holds the bridges"]


def test_a_second_correction_makes_no_chain(project: Path, compare: Do) -> None:
    before = statements(project)
    edit(project, FRONT, "Holds the bridge", "Holds the old bridge")
    assert compare("--write", "--reason", "First.") == 0
    edit(project, FRONT, "Holds the old bridge", "Holds the stone bridge")
    assert "change-nowhere" in printed(project / "raw")
    assert compare("--write", "--reason", "Second.") == 0
    assert main(["build"]) == 0
    (row,) = rows(project)
    assert row["old"] == before["valley-front background Holds the bridge"]
    assert row["new"] == statements(project)["valley-front background Holds the stone bridge"]


def test_a_chain_over_two_releases_is_cut_short(project: Path, compare: Do, tmp_path: Path) -> None:
    first = statements(project)
    edit(project, FRONT, "Holds the bridge", "Holds the old bridge")
    assert compare("--write") == 0
    assert main(["build"]) == 0
    second = statements(project)
    shutil.copytree(project, tmp_path / "second")
    (project / "CITATION.cff").write_text("version: 1.0.2\n", encoding="utf-8")
    edit(project, FRONT, "  - {value: Holds the old bridge, cite: [report:8]}\n", "")
    assert main(["changes", str(tmp_path / "second"), "--write"]) == 0
    gone = {first["valley-front background Holds the bridge"], second["valley-front background Holds the old bridge"]}
    assert {row["old"] for row in rows(project)} == gone
    assert {(row["new"], row["kind"]) for row in rows(project)} == {("", "withdrawn")}
    assert main(["check"]) == 0


def test_an_id_that_comes_back_loses_its_row(project: Path, compare: Do) -> None:
    edit(project, FRONT, "Holds the bridge", "Holds the old bridge")
    assert compare("--write") == 0
    edit(project, FRONT, "Holds the old bridge", "Holds the bridge")
    assert "change-in-use" in printed(project / "raw")
    assert compare("--write") == 0
    assert rows(project) == []


def test_a_renamed_record_is_told_as_such(project: Path, compare: Do) -> None:
    raw = project / "raw"
    for path in raw.rglob("*.yml"):
        path.write_text(path.read_text(encoding="utf-8").replace("mithal-battalion", "mithal-guard"), encoding="utf-8")
    (raw / BATTALION).rename(raw / "groups" / "mithal-guard.yml")
    redirects = raw / "redirects.yml"
    text = redirects.read_text(encoding="utf-8") + "  - {old: mithal-battalion, new: mithal-guard, since: 1.0.1}\n"
    redirects.write_text(text, encoding="utf-8")
    assert compare("--write") == 0
    kinds = {row["kind"] for row in rows(project)}
    assert kinds == {"rename"}
    assert len(rows(project)) > 10
    assert main(["check"]) == 0


def test_one_record_alone_and_a_kind_may_be_named(project: Path, compare: Do) -> None:
    edit(project, FRONT, "Holds the bridge", "Holds the old bridge")
    edit(project, CHECKPOINT, "low: 2, high: 2", "low: 3, high: 3")
    assert compare("--write", "--record", "valley-front", "--kind", "source-revised") == 0
    assert [row["kind"] for row in rows(project)] == ["source-revised"]
    assert compare() == 1
    assert compare("--record", "nobody") == 2


def test_what_cannot_be_compared_is_told(project: Path, compare: Do, capsys: Any) -> None:
    (project / "CITATION.cff").write_text("version: 1.0.0\n", encoding="utf-8")
    assert compare() == 2
    assert "give --since" in capsys.readouterr().err
    assert compare("--since", "1.1.0") == 0
    assert compare("--reason", "=A1", "--since", "1.1.0") == 2
    edit(project, CHECKPOINT, "type: battles", "type: bottles")
    assert compare("--since", "1.1.0") == 1
    assert main(["changes", "nowhere"]) == 1


def test_a_build_says_what_it_loses(project: Path, compare: Do, capsys: Any) -> None:
    edit(project, FRONT, "Holds the bridge", "Holds the old bridge")
    capsys.readouterr()
    assert main(["build"]) == 0
    err = capsys.readouterr().err
    assert "warning: 1 statement of tables/ that raw/ no longer makes and raw/changes.csv does not name: s" in err
    assert main(["build"]) == 0
    assert capsys.readouterr().err == ""
    assert compare("--write") == 0
    assert main(["build"]) == 0
    assert capsys.readouterr().err == ""


def test_what_was_never_released_is_lost_to_nobody(project: Path, capsys: Any) -> None:
    (project / "CITATION.cff").write_text("version: 0.1.0\n", encoding="utf-8")
    edit(project, FRONT, "Holds the bridge", "Holds the old bridge")
    capsys.readouterr()
    assert main(["build"]) == 0
    assert capsys.readouterr().err == ""


def test_ids_of_the_first_release_are_known_by_their_beginning() -> None:
    today, other = "s0123456789ab00000000", "sfedcba98765400000000"
    assert lost(["0123456789ab", "fedcba987654"], [today], []) == ["sfedcba987654"]
    assert lost(["fedcba987654"], [today], [Change("sfedcba987654", "", "withdrawn", "", "2.0.0")]) == []
    assert lost([other], [today], [Change("sfedcba987654", "", "withdrawn", "", "2.0.0")]) == []
    assert lost([other], [today], []) == [other]
