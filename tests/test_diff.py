"""What differs between two releases: each change once, with its cause where it is on record."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import pytest

from tests.conftest import Run

OLD, NEW = "version: 1.0.0\ndate-released: 2026-01-01\n", "version: 1.1.0\ndate-released: 2026-02-01\n"


@pytest.fixture
def before(example: Path, tmp_path: Path, run: Run) -> Path:
    """A release of the example; `example` goes on from it."""
    (example / "CITATION.cff").write_text(OLD, encoding="utf-8")
    assert run(example, "build").returncode == 0
    (example / "CITATION.cff").write_text(NEW, encoding="utf-8")
    return Path(shutil.copytree(example, tmp_path / "before"))


@pytest.fixture
def later(example: Path, before: Path, run: Run) -> Path:
    """The next release: a correction on record, one without, a new claim, citations, a group and a source renamed."""
    path = example / "raw/groups/mithal-battalion.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("2013-07, said_by", "2013-08, said_by"), encoding="utf-8")
    assert run(example, "changes", str(before), "--reason", "Misread.", "--write").returncode == 0
    assert run(example, "cite", "valley-front", "goal", "Peace", "report:7").returncode == 0
    assert run(example, "cite", "valley-front", "names", "Valley Front", "report:8").returncode == 0
    person = example / "raw/people/victor-ejemplo.yml"
    person.write_text(person.read_text(encoding="utf-8").replace("vespertino:6", "vespertino:7"), encoding="utf-8")
    assert run(example, "rename", "vega-brigade", "brigade-of-vega", "--reason", "Its name.").returncode == 0
    assert run(example, "rename", "monitor", "watch").returncode == 0
    assert run(example, "build").returncode == 0
    return example


def test_where_nothing_changed_nothing_is_said(example: Path, before: Path, run: Run) -> None:
    for form in ("text", "markdown", "jsonl"):
        done = run(example, "diff", str(before), str(before / "datapackage.json"), "--format", form)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_each_change_is_one_line_with_both_states_and_the_cause(later: Path, before: Path, run: Run) -> None:
    found = [json.loads(line) for line in run(later, "diff", str(before), "--format", "jsonl").stdout.splitlines()]
    (founded,) = [each for each in found if "founded: 2013" in (each["old"] or "")]
    said = "[asserted by example-monitor]"
    assert (founded["change"], founded["old"], founded["new"], founded["cause"]) == (
        "changed", f"founded: 2013-07 {said}", f"founded: 2013-08 {said}", "correction: Misread.",
    )  # fmt: skip
    shown = run(later, "show", founded["id"]).stdout
    assert shown == run(later, "show", founded["new_id"]).stdout != ""
    assert len(founded["id"]) == len(founded["new_id"]) == 21
    (record,) = [each for each in found if each["what"] == "record"]
    assert (record["change"], record["id"], record["new_id"]) == ("changed", "vega-brigade", "brigade-of-vega")
    renamed = [each for each in found if each["about"] == "vega-brigade" and each["what"] == "statement"]
    assert renamed
    assert {each["cause"] for each in renamed} == {"rename: Its name."}
    assert [
        (each["change"], each["new"]) for each in found if each["change"] == "added" and each["what"] == "statement"
    ] == [("added", "goal: Peace [asserted]")]
    cited = [(each["change"], each["old"] or each["new"]) for each in found if each["what"] == "citation"]
    assert cited == [
        ("added", "report:8 supports"),
        ("added", "vespertino:7 supports"),
        ("removed", "vespertino:6 supports"),
    ], "a source that was renamed changes no citation"


def test_text_and_markdown_say_the_same_for_people(later: Path, before: Path, run: Run) -> None:
    text = run(later, "diff", str(before)).stdout
    line = "founded: 2013-07 [asserted by example-monitor] → founded: 2013-08 [asserted by example-monitor] (correction: Misread.)"
    assert sum(each.startswith("~ statement s") and each.endswith(line) for each in text.splitlines()) == 1
    assert any(each.startswith("~ record vega-brigade: ") for each in text.splitlines()), "its id stands there once"
    assert text.splitlines()[-1].startswith(
        "2 citations added, 1 citation removed, 1 record changed, 1 statement added, "
    )
    markdown = run(later, "diff", str(before), "--format", "markdown").stdout.splitlines()
    assert markdown[:4] == ["- 2 citations added", "- 1 citation removed", "- 1 record changed", "- 1 statement added"]
    assert any(each.startswith("- ~ statement s") and each.endswith(line) for each in markdown)


EDITS = {
    "raw/groups/mithal-battalion.yml": ("kind: militia", "kind: unit"),
    "raw/allegations/lower-mithal-murder-2014.yml": ("acts: [murder]", "acts: [murder, pillage]"),
    "raw/places/lower-mithal.yml": ("kind: neighbourhood", "kind: village"),
    "raw/people/jane-example.yml": ("basis: commander", "basis: politician"),
    "raw/sources/report.yml": ("kind: encyclopedia", "kind: report"),
}


def test_what_is_ours_in_a_record_is_told_too(example: Path, before: Path, run: Run) -> None:
    """Classification and reference data are no statements; a source is no record of them."""
    for name, (old, new) in EDITS.items():
        path = example / name
        text = path.read_text(encoding="utf-8")
        assert old in text, name
        path.write_text(text.replace(old, new), encoding="utf-8")
    assert run(example, "build").returncode == 0
    found = [json.loads(line) for line in run(example, "diff", str(before), "--format", "jsonl").stdout.splitlines()]
    assert {(each["what"], each["id"], each["old"], each["new"]) for each in found} == {
        ("record", "mithal-battalion", "group Mithal Battalion; kind: militia", "group Mithal Battalion; kind: unit"),
        (
            "record", "lower-mithal-murder-2014",
            *(
                "allegation The Valley Front accuses the Mithal Battalion of killing residents of Lower Mithal.; "
                f"acts: {acts}" for acts in ("murder", "murder; pillage")
            ),
        ),
        ("record", "lower-mithal", "place Lower Mithal; kind: neighbourhood", "place Lower Mithal; kind: village"),
        ("record", "jane-example", "person Jane Example; basis: commander", "person Jane Example; basis: politician"),
        (
            "source", "report",
            *(f"Mithal, Example Encyclopedia; kind: {kind}" for kind in ("encyclopedia", "report")),
        ),
    }  # fmt: skip
    assert {each["change"] for each in found} == {"changed"}


def test_what_changed_of_a_statement_stands_beside_it(example: Path, before: Path, run: Run) -> None:
    path = example / "raw/groups/mithal-battalion.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("2013-07, said_by", "2013-07, preferred: The later page., said_by"), encoding="utf-8")
    assert run(example, "build").returncode == 0
    line, _ = run(example, "diff", str(before)).stdout.splitlines()
    said = "founded: 2013-07 [asserted by example-monitor]"
    assert line.endswith(f"mithal-battalion: {said}; preferred: none → {said}; preferred: The later page.")


def test_a_wheel_and_what_is_installed_are_releases_too(later: Path, before: Path, tmp_path: Path, run: Run) -> None:
    wheel = tmp_path / "example-1.0.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as file:
        for path in (before / "datapackage.json", *(before / "tables").iterdir()):
            file.write(path, f"syrian_groups_data/_data/{path.relative_to(before)}")
    assert run(later, "diff", str(wheel)).stdout == run(later, "diff", str(before)).stdout
    installed = run(tmp_path, "diff", str(before))
    assert "record syrian-resistance" in installed.stdout
    assert installed.returncode == 0
