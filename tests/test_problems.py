"""Problems as a whole: every code has its case, and whatever raw/ holds ends in messages."""

from __future__ import annotations

from pathlib import Path

import pytest

from syrian_groups_data.model.event_types import EVENT_TYPES
from syrian_groups_data.model.problem import CODES
from tests.cases import BATTALION, CHECKPOINT, MURDER, Change, append, printed, replace, write
from tests.conftest import Run
from tests.problems_model import MODEL
from tests.problems_reading import READING
from tests.test_problems_claims import CLAIMS
from tests.test_problems_evidence import EVIDENCE
from tests.test_problems_patterns import PATTERNS
from tests.test_problems_records import RECORDS

DEEP = 100_000
TYPES = ", ".join(EVENT_TYPES)


def test_every_code_has_a_case() -> None:
    assert set(READING | MODEL | RECORDS | CLAIMS | PATTERNS | EVIDENCE) == set(CODES)


def test_the_example_is_clean(example: Path) -> None:
    assert printed(example / "raw") == ""


def test_problems_of_several_files_are_reported_in_one_run_sorted(example: Path) -> None:
    raw = example / "raw"
    write("groups/guard.yml", "id: guard\nkind: [militia\n")(raw)
    write("groups/valley-guard.yaml", "")(raw)
    replace(CHECKPOINT, "value: mithal,", "value: mithl,")(raw)
    replace(CHECKPOINT, "value: 2014-03-02", "value: 2014-02-30")(raw)
    replace(CHECKPOINT, "class: fighters, ", "")(raw)
    append(MURDER, "  - {by: jane-exmple, stance: denied, cite: [report:11]}\n  - {by: x, cite: []}\n")(raw)
    lines = printed(raw).splitlines()
    assert [line.split(": ")[:2] for line in lines] == [
        [f"raw/{MURDER}:9:31", "not-in-vocabulary"],
        [f"raw/{MURDER}:10:5", "missing-key"],
        [f"raw/{MURDER}:10:19", "too-short"],
        [f"raw/{CHECKPOINT}:9:13", "impossible-date"],
        [f"raw/{CHECKPOINT}:11:13", "dangling-reference"],
        [f"raw/{CHECKPOINT}:16:5", "casualty-without-class"],
        ["raw/groups/guard.yml:3:1", "yaml-syntax"],
        ["raw/groups/valley-guard.yaml:1:1", "unexpected-file"],
    ]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            append(BATTALION, "strenght: 2\n"),
            f"raw/{BATTALION}:18:1: unknown-key: strenght: no such key (near: strength); see raw/README.md for the keys of a record",
        ),
        (
            replace("sources/monitor.csv", ",sha256,", ",sha-256,"),
            "raw/sources/monitor.csv:1:1: csv-syntax:"
            " columns are number, section, start, end, sha-256, words_sha256, letters, opens, closes, link, state,"
            " snapshot, became;"
            " restore the file; only syrian-groups-data segment writes it",
        ),
        (
            replace("sources/monitor.yml", "kind: news\nlanguage: en\n", "kind: news\n"),
            "raw/sources/monitor.yml:1:1: missing-key: language: not there; add it",
        ),
    ],
    ids=["group", "passages", "source"],
)
def test_a_file_that_is_not_read_is_the_only_problem(change: Change, expected: str, example: Path) -> None:
    change(example / "raw")
    assert printed(example / "raw") == expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            write("groups/\x1b[31mred\u202e.yml", ""),
            r"raw/groups/\x1b[31mred\u202e.yml:1:1: not-a-record: no keys and values; start with id: …",
        ),
        (
            replace(CHECKPOINT, "of: valley-front", r'of: "\e]0;owned\a"'),
            f"raw/{CHECKPOINT}:16:44: control-character: U+0007; delete it\n"
            f"raw/{CHECKPOINT}:16:44: control-character: U+001B; delete it",
        ),
        (
            replace(CHECKPOINT, "summary:", r'"\e[2J\nraw/x":'),
            f"raw/{CHECKPOINT}:5:1: control-character: U+001B; delete it",
        ),
        (
            replace(CHECKPOINT, "type: battles", r'type: "\nraw/x"'),
            rf"raw/{CHECKPOINT}:2:7: not-in-vocabulary: type: \nraw/x is not in its list; use one of {TYPES},"
            " or define it under event_types in raw/vocabulary.yml",
        ),
    ],
    ids=["file-name", "value", "key", "line"],
)
def test_a_terminal_escape_is_shown_not_obeyed(change: Change, expected: str, example: Path) -> None:
    change(example / "raw")
    assert printed(example / "raw") == expected


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("deep.yml", "[" * DEEP, "1:21: nested-too-deep: more than 20 levels; no record needs so many"),
        ("deep.yml", "{a: " * DEEP, "1:81: nested-too-deep: more than 20 levels; no record needs so many"),
        ("deep.yml", "- " * DEEP, "1:41: nested-too-deep: more than 20 levels; no record needs so many"),
        ("deep.jsonl", '{"id": ' + "[" * DEEP, None),
    ],
    ids=["lists", "mappings", "block", "json"],
)
def test_nesting_without_end_ends_in_a_message(name: str, text: str, expected: str | None, example: Path) -> None:
    write(f"groups/{name}", text)(example / "raw")
    found = printed(example / "raw")
    if expected:
        assert found == f"raw/groups/{name}:{expected}"
    else:
        assert found.startswith(f"raw/groups/{name}:1:")
        assert ": json-syntax: " in found
        assert len(found) < 200


@pytest.mark.parametrize(("command", "last"), [("check", ""), ("build", "nothing was written\n")])
def test_the_command_fails_and_writes_nothing(command: str, last: str, example: Path, run: Run) -> None:
    replace(CHECKPOINT, "subtype: armed-clash\n", "")(example / "raw")
    before = {path: path.read_bytes() for path in example.rglob("*") if path.is_file()}
    done = run(example, command)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"raw/{CHECKPOINT}:1:1: missing-key: subtype: not there; add it\n1 problem, 0 warnings\n{last}"
    )
    assert {path: path.read_bytes() for path in example.rglob("*") if path.is_file()} == before
