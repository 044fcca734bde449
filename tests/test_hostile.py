"""What nobody should feed it: documents, descriptors and citation files that end in a message, never in a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import syrian_groups_data as sgd
from syrian_groups_data.author import MOST
from syrian_groups_data.author.passages import read_passages
from syrian_groups_data.evidence import Manner, first_list, to_csv
from syrian_groups_data.model import claims, sources
from syrian_groups_data.model.problem import visible
from syrian_groups_data.model.values import CELL_PATTERN, digest
from tests.conftest import ROOT, Run
from tests.misshapen import put

# Letters, stops and the spaces and marks at which segmenters stumble.
TEXT = st.text(
    st.sampled_from("aB.?! \n\t\u00a0\u2028\u200f\u200b=-+@*مق。\u0301\x1b\x85") | st.characters(codec="utf-8")
)


def segment(text: str) -> list[sources.Passage]:
    return first_list(text, 0, len(text), Manner("en", False))


@given(TEXT)
def test_any_text_is_cut_whole_and_what_is_stored_can_be_read_again(text: str) -> None:
    passages = segment(text)
    end = 0
    for passage in passages:
        assert end <= passage.start < passage.end <= len(text)
        assert digest(text[passage.start : passage.end]) == passage.sha256
        end = passage.end


@given(TEXT)
def test_a_list_of_passages_of_any_text_is_one_that_check_takes(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.mktemp("list") / "zz.csv"
    passages = segment(text)
    path.write_bytes(to_csv(passages))
    assert read_passages(path, "zz.csv") == passages


def test_a_space_that_stops_the_segmenter_does_not_stop_us(example: Path, run: Run) -> None:
    text = "The group was told to move to plan B\u00a0. It then left the town on the evening of that day.\n"
    (example / "documents" / "notes.txt").write_text(text, encoding="utf-8")
    assert run(example, "build").returncode == 0
    done = run(example, "segment", "documents/notes.txt", "--key", "notes", "--language", "en")
    assert (done.returncode, done.stdout[:16]) == (0, "wrote 2 passages"), done.stderr
    report = example / "documents" / "report.txt"
    report.write_text("\n" + report.read_text(encoding="utf-8"), encoding="utf-8")
    assert "report: 10 moved" in run(example, "verify", "--snapshots", "documents").stdout


def test_segment_keeps_what_is_not_its_own(example: Path, run: Run, tmp_path: Path) -> None:
    other = run(example, "segment", "documents/page.txt", "--key", "report", "--carry")
    assert (other.returncode, "it is a snapshot of copy" in other.stderr) == (2, True)
    victim = tmp_path / "victim"
    victim.write_text("kept")
    (example / "raw" / "sources" / "zz.csv").symlink_to(victim)
    linked = run(example, "segment", "documents/page.txt", "--key", "zz", "--language", "en", "--to", "9")
    assert (linked.returncode, "it is a link" in linked.stderr) == (1, True)
    assert victim.read_text() == "kept"


def test_what_a_document_says_to_the_terminal_is_shown_and_not_obeyed(example: Path, run: Run) -> None:
    assert run(example, "build").returncode == 0
    passage = sgd.load(example).passages["report:7"]
    evil = "\x1b]0;owned\x07\x1b[31mred"
    assert visible(evil) == "\\x1b]0;owned\\x07\\x1b[31mred"
    report = example / "documents" / "report.txt"
    text = report.read_text(encoding="utf-8")
    changed = text[: passage.start] + evil + text[passage.start + len(evil) :]
    report.write_text(changed, encoding="utf-8")
    told = run(example, "segment", "documents/report.txt", "--key", "report", "--carry").stdout
    assert "\x1b" not in told
    assert "\\x1b]0;owned" in told
    assert "\x1b" not in run(example, "verify", "--snapshots", "documents").stdout
    shown = run(example, "show", "report:11", "--snapshots", "documents").stdout
    assert "\x1b" not in shown
    assert "\\x1b]0;owned" in shown


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda package: "[" * 200_000, "is not JSON"),
        (lambda package: json.dumps([1]), "no data package with resources"),
        (lambda package: json.dumps(package | {"redirects": [1]}), "no data package with resources"),
        (lambda package: json.dumps(package | {"version": 3}), "no data package with resources"),
        (lambda package: json.dumps(package | {"resources": [{"path": []}]}), "no data package with resources"),
    ],
)
@pytest.mark.parametrize("command", [("show", "mithal"), ("coverage",), ("--version",)])
def test_a_descriptor_that_is_none_is_named(
    example: Path, run: Run, command: tuple[str, ...], change: Any, told: str
) -> None:
    assert run(example, "build").returncode == 0
    path = example / "datapackage.json"
    path.write_text(change(json.loads(path.read_text(encoding="utf-8"))), encoding="utf-8")
    done = run(example, *command)
    assert done.returncode == 1, done.stderr
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_a_table_that_is_no_parquet_is_named_though_its_hash_fits(example: Path, run: Run) -> None:
    assert run(example, "build").returncode == 0
    put(example, "sources", b"not a table")
    with pytest.raises(sgd.Damaged, match=r"sources\.parquet cannot be read"):
        len(sgd.load(example).sources)
    done = run(example, "coverage")
    assert (done.returncode, "cannot be read" in done.stderr, "Traceback" in done.stderr) == (1, True, False)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- a\n- list\n", "not-a-record"),
        ("just a word\n", "not-a-record"),
        ("authors: Jane\n", "CITATION.cff:1:10: wrong-type: authors"),
        ("version: one\n", "CITATION.cff:1:10: malformed-value: version"),
        ("title: {a: b}\n", "CITATION.cff:1:8: wrong-type: title"),
    ],
)
def test_a_citation_file_is_checked_as_records_are(example: Path, run: Run, text: str, told: str) -> None:
    (example / "CITATION.cff").write_text(text, encoding="utf-8")
    done = run(example, "build")
    assert (done.returncode, told in done.stderr, "Traceback" in done.stderr) == (1, True, False), done.stderr


def test_a_key_that_stands_twice_in_a_line_of_json_is_told(example: Path, run: Run) -> None:
    name = '{"value": "Guard", "lang": "en", "cite": ["report:7"]}'
    line = f'{{"id": "aa", "id": "guard", "kind": "militia", "names": [{name}]}}\n'
    (example / "raw" / "groups" / "bulk.jsonl").write_text(line, encoding="utf-8")
    assert "raw/groups/bulk.jsonl:1:1: duplicate-key: id stands twice" in run(example, "check").stderr


def test_a_slip_that_makes_thousands_is_told_in_a_hundred_lines(example: Path, run: Run) -> None:
    path = example / "raw" / "groups" / "valley-front.yml"
    numbers = ", ".join("1" * 50_000)
    path.write_text(f"id: valley-front\nkind: coalition\nnames: [{numbers}]\n", encoding="utf-8")
    told = [line for line in run(example, "check").stderr.splitlines() if "valley-front.yml" in line]
    assert len(told) == MOST + 1
    assert "the last of 50,000 that is shown" in told[-1]


def test_a_range_far_beyond_the_end_costs_nothing(example: Path, run: Run) -> None:
    path = example / "raw" / "sources" / "report.yml"
    ranges = ", ".join(["2-999999"] * 1000)
    path.write_text(
        path.read_text(encoding="utf-8") + f"  - {{reason: navigation, passages: [{ranges}]}}\n", encoding="utf-8"
    )
    done = run(example, "check")
    assert done.returncode == 1
    assert "no passage 999999" in done.stderr


def test_text_that_a_record_takes_is_text_that_a_row_takes() -> None:
    """Every authored pattern for free text refuses what a cell refuses at its start."""
    import re

    free = {claims.WORDS3_PATTERN, claims.WORDS8_PATTERN, CELL_PATTERN}
    for pattern in free:
        for start in "=+-@＝＋－＠ \t\x00":
            assert not re.match(pattern, f"{start}x"), (pattern, start)
    assert {sources.NUMBERS_PATTERN, sources.URL_PATTERN}.isdisjoint(free)


def test_a_reader_who_stops_reading_is_no_error(example: Path) -> None:
    if os.name != "posix":
        pytest.skip("no pipes of this kind here")
    command = f"{sys.executable} -m syrian_groups_data show mithal-battalion | head -n 1; exit ${{PIPESTATUS[0]}}"
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    subprocess.run(
        [sys.executable, "-m", "syrian_groups_data", "build"], cwd=example, env=env, check=True, capture_output=True
    )
    done = subprocess.run(["bash", "-c", command], cwd=example, env=env, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "Mithal Battalion\n"), done.stderr


def test_a_missing_engine_is_named_with_its_extra(example: Path, run: Run, tmp_path: Path) -> None:
    assert run(example, "build").returncode == 0
    (tmp_path / "pyspark").mkdir()
    (tmp_path / "pyspark" / "__init__.py").write_text("raise ModuleNotFoundError('no', name='pyspark')\n")
    done = run(example, "validate", "--engine", "spark", PYTHONPATH=f"{tmp_path}{os.pathsep}{ROOT}")
    assert (done.returncode, "syrian-groups-data[spark]" in done.stderr) == (3, True), done.stderr
