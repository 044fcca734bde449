"""Slips of the hand that YAML takes for something else: told as what they are, where they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from syrian_groups_data.author.slips import slip
from tests.cases import CHECKPOINT, printed, replace, write

PARTS = "no value for a road: in braces a comma parts keys; put a text that holds a comma in double quotation marks"
COMMA = "empty-value: a comma before 000 ends the number; write numbers without commas"
COLON = "a colon and a space inside a text; put the text in double quotation marks"
HASH = "what follows # is no part of the value; quote the text; a comment stands two spaces behind a value, with a space after #"

START = "no text starts with this character; put the text in double quotation marks"
AFTER = "a quotation mark ends the text here; put the whole text in double quotation marks"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "type: battles",
            "type:battles",
            "2:1: yaml-syntax: no space after type:; write type: and a space before the value",
        ),
        (
            "- {cite: [report:7]}",
            "-{cite: [report:7]}",
            "7:3: yaml-syntax: no space after the hyphen; write - and a space before the item",
        ),
        (
            "{cite: [report:7]}",
            "{cite:[report:7]}",
            "7:6: yaml-syntax: no space after cite:; write cite: and a space before the value",
        ),
        ("{cite: [report:7]}", "{note: A bridge, a road, cite: [report:7]}", f"7:28: empty-value: {PARTS}"),
        ("{cite: [report:7]}", "{note: Front: a name, cite: [report:7]}", f"7:17: yaml-syntax: {COLON}"),
        ("title: Attack on", "title: Attack: on", f"4:14: yaml-syntax: {COLON}"),
        (
            "{value: mithal,",
            "{value:mithal,",
            "11:18: empty-value: no space after value:; write value: and a space before the value",
        ),
        (
            "{value: 2014-03-02,",
            "{value:2014-03-02,",
            "9:22: empty-value: no space after value:; write value: and a space before the value",
        ),
        ("{low: 2, ", "{low:2, ", "16:11: empty-value: no space after low:; write low: and a space before the value"),
        ("title: Attack on", "title: >Attack on", f"4:9: yaml-syntax: {START}"),
        ("title: Attack on", "title: @Attack on", f"4:8: yaml-syntax: {START}"),
        ("title: Attack on", "title: '80s attack' on", f"4:20: yaml-syntax: {AFTER}"),
        ("low: 2, high: 2", "low: 2,000, high: 2", f"16:16: {COMMA}"),
        ("{value: mithal, precision: near", "{value: mithal #1, precision: near", f"11:13: dropped-text: {HASH}"),
        ("subtype: armed-clash", "subtype: armed-clash #1", f"3:10: dropped-text: {HASH}"),
        ("subtype: armed-clash", "subtype: armed-clash  #1", f"3:10: dropped-text: {HASH}"),
        ("subtype: armed-clash", "subtype: armed-clash # 1", f"3:10: dropped-text: {HASH}"),
    ],
)
def test_a_slip_is_the_only_problem(old: str, new: str, expected: str, example: Path) -> None:
    replace(CHECKPOINT, old, new)(example / "raw")
    lines = printed(example / "raw").splitlines()
    assert lines[0] == f"raw/{CHECKPOINT}:{expected}"
    assert len(lines) == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("subtype: armed-clash", "subtype: armed-clash  # as the monitor has it"),
        ("subtype: armed-clash", "# as the monitor: has it\nsubtype: armed-clash"),
        ("- {cite: [report:7]}", "- {cite: [report:7]}  # all: of it"),
        ("- {cite: [report:7]}", "- {cite: [report:7]} # all of it"),
        ("summary: A checkpoint was attacked and two guards died.", 'summary: "Checkpoint #3: two guards died."'),
        ("summary: A checkpoint was attacked", "summary: A checkpoint (no.#3) was attacked at 10:30"),
    ],
)
def test_comments_and_quoted_text_are_taken(old: str, new: str, example: Path) -> None:
    replace(CHECKPOINT, old, new)(example / "raw")
    assert printed(example / "raw") == ""


def test_what_no_slip_explains_is_told_as_the_parser_tells_it(example: Path) -> None:
    write("groups/guard.yml", "id: guard\nkind: [militia\n")(example / "raw")
    assert printed(example / "raw").startswith("raw/groups/guard.yml:3:1: yaml-syntax: ")


@pytest.mark.parametrize(
    "line",
    [
        "kind: militia",
        "  - {value: A, lang: en, cite: [report:7, copy:2]}",
        '  - {value: "a: b", note: "see x:y, z:w", cite: [report:7]}',
        "  - {value: 'it''s: so', cite: [report:7]}",
        "url: https://example.org/a",
        "  sha256: c0a88bf3",
        "- report:7",
        "---",
        "",
        "# key:value - #",
    ],
)
def test_lines_that_are_right_hold_no_slip(line: str) -> None:
    assert slip(line) is None
