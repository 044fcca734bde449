"""Problems of names, identifiers and of ids that were given up."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cases import BATTALION, FRONT, Case, Cases, Change, append, each, group, printed, prove, replace, write

JANE, JOHN = "people/jane-example.yml", "people/john-example.yml"
OURS = "write it with syrian-groups-data changes"
ROW = "run syrian-groups-data changes, or correct the row"
PLAIN = "no name that is neither denied, alleged or judged, nor an epithet; add the name by which the text calls it"
TIED, NAMED = "sd261f1df62c935fc9ee0", "s67242bd3983a818b280f"  # statements about the Valley Front
OLD, GONE = "s0123456789ab", "s11111111111111111111"


def changes(*rows: str) -> Change:
    """A ledger of such rows."""
    return write("changes.csv", "".join(f"{row}\n" for row in ("old,new,kind,reason,since", *rows)))


def all_of(*parts: Change) -> Change:
    def change(raw: Path) -> None:
        for part in parts:
            part(raw)

    return change


# Part of READING.
MALFORMED: Cases = {
    "malformed-change": [
        Case(changes(row), f"raw/changes.csv:2:1: malformed-change: {what}; {OURS}")
        for row, what in {
            f"{OLD},,withdrawn": "3 cells, not 5",
            f"{OLD[1:]},,withdrawn,,2.0.0": f"old: '{OLD[1:]}' is no id of a statement",
            f"{OLD},{OLD},correction,,2.0.0": f"new: '{OLD}' is no id of a statement",
            f"{OLD},,renamed,,2.0.0": "kind: 'renamed' is not in its list (near: rename)",
            f"{OLD},,rename,,2.0.0": "withdrawn says that nothing took its place, and every other kind what did",
            f"{OLD},{TIED},withdrawn,,2.0.0": "withdrawn says that nothing took its place, and every other kind what did",
            f"{OLD},,withdrawn,=A1,2.0.0": "reason: '=A1' is not a cell that a spreadsheet takes as text",
            f"{OLD},,withdrawn,,": "since: no release is named",
        }.items()
    ],
}
# Parts of RECORDS.
TIES: Cases = {
    "tie-in-both-files": [
        Case(
            append(BATTALION, "opposed_to:\n  - {value: valley-front, cite: [report:7]}\n"),
            f"raw/{FRONT}:6:5: tie-in-both-files: opposed_to mithal-battalion stands in the file of mithal-battalion too;"
            " move all that is said of the tie to one of the two files",
        )
    ],
    "former-without-until": [
        Case(
            replace(BATTALION, "role: leader", "role: Former leader"),
            f"raw/{BATTALION}:10:33: former-without-until: Former leader without an end;"
            " add until: by the date of the source where no other is given, ../2013",
        )
    ],
}
LEDGER: Cases = {
    "no-plain-name": [
        Case(
            replace(JOHN, "lang: en,", "lang: en, role: epithet, speaker: guards,"),
            f"raw/{JOHN}:4:3: no-plain-name: {PLAIN}",
        ),
        Case(
            replace(JOHN, "lang: en,", "lang: en, standing: alleged, said_by: [valley-front],"),
            f"raw/{JOHN}:4:3: no-plain-name: {PLAIN}",
        ),
    ],
    "bad-identifier": [
        Case(
            append(JOHN, "identifiers: [{scheme: wikidata, value: 'https://www.wikidata.org/wiki/Q1'}]\n"),
            f"raw/{JOHN}:7:41: bad-identifier: https://www.wikidata.org/wiki/Q1 is none of wikidata;"
            " copy the identifier alone, without an address",
        ),
        Case(
            all_of(*(append(name, "identifiers: [{scheme: wikidata, value: Q1}]\n") for name in (JANE, JOHN))),
            f"raw/{JOHN}:7:15: bad-identifier: wikidata Q1 is jane-example too;"
            " see whether the two are one, or correct it",
        ),
    ],
}
CHANGED: Cases = {
    "change-in-use": [
        Case(
            changes(f"{TIED},{NAMED},correction,,2.0.0"),
            f"raw/changes.csv:2:1: change-in-use: {TIED} is in use; {ROW}",
        ),
        Case(
            changes(f"{TIED[:13]},{NAMED},correction,,2.0.0"),
            f"raw/changes.csv:2:1: change-in-use: {TIED[:13]} is in use; {ROW}",
        ),
    ],
    "change-nowhere": [
        Case(
            changes(f"{OLD},{GONE},correction,,2.0.0"),
            f"raw/changes.csv:2:1: change-nowhere: {OLD} leads to {GONE}, which does not exist; {ROW}",
        )
    ],
    "change-chain": [
        Case(
            changes(f"{OLD},{GONE},correction,,2.0.0", f"{GONE},,withdrawn,,2.0.0"),
            f"raw/changes.csv:2:1: change-chain: {OLD} leads to {GONE}, which was given up itself; {ROW}",
        )
    ],
    "change-twice": [
        Case(
            changes(f"{OLD},,withdrawn,,2.0.0", f"{OLD},{TIED},correction,,2.0.0"),
            f"raw/changes.csv:3:1: change-twice: {OLD} stands at line 2 too; delete one of the two",
        )
    ],
}


def test_a_ledger_that_is_right_is_no_problem(example: Path) -> None:
    changes(f"{OLD},{TIED},correction,The day was misread.,2.0.0", f"{GONE},,withdrawn,,2.0.0")(example / "raw")
    assert printed(example / "raw") == ""


def test_what_a_file_that_cannot_be_read_makes_is_not_missed(example: Path) -> None:
    changes(f"{OLD},{TIED},correction,,2.0.0")(example / "raw")
    write(FRONT, "id: [\n")(example / "raw")
    assert "change-nowhere" not in printed(example / "raw")


@pytest.mark.parametrize("key", ["con", "aux", "nul", "prn", "com1", "com9", "lpt3"])
def test_ids_of_which_windows_makes_no_file_are_refused(key: str, example: Path) -> None:
    group(key, "Guard")(example / "raw")
    expected = f"raw/groups/{key}.yml:1:5: reserved-id: Windows makes no file of the name {key}; mint another id"
    assert printed(example / "raw") == expected


@pytest.mark.parametrize("key", ["console", "com", "com10", "auxiliary"])
def test_ids_that_only_begin_so_are_taken(key: str, example: Path) -> None:
    group(key, "Guard")(example / "raw")
    assert printed(example / "raw") == ""


@pytest.mark.parametrize("word", ["N/A", "NA", "none", "n/a", "NULL", "<NA>", "#N/A"])
@pytest.mark.parametrize("field", ["value", "speaker", "hedge", "note"])
def test_words_for_nothing_are_refused_in_every_text(word: str, field: str, example: Path) -> None:
    fields = {"value": "A fact", "speaker": "a witness", "hedge": "said", "note": "Compare."} | {field: f"'{word}'"}
    claim = ", ".join(f"{key}: {text}" for key, text in fields.items())
    append(FRONT, f"background:\n  - {{{claim}, standing: reported, cite: [report:8]}}\n")(example / "raw")
    assert f": reserved-id: {word} reads as a missing value" in printed(example / "raw")


@pytest.mark.parametrize("word", ["n.a.", "Unknown", "not available", "TBD", "—", "–", "…", "?", "~", "(...)", "؟"])
@pytest.mark.parametrize("field", ["value", "speaker", "note"])
def test_a_text_that_says_nothing_is_refused(word: str, field: str, example: Path) -> None:
    fields = {"value": "A fact", "speaker": "a witness", "note": "Compare."} | {field: f"'{word}'"}
    claim = ", ".join(f"{key}: {text}" for key, text in fields.items())
    append(FRONT, f"background:\n  - {{{claim}, cite: [report:8]}}\n")(example / "raw")
    assert f": reserved-id: {word} says that nothing is known; leave the key out" in printed(example / "raw")


@pytest.mark.parametrize(
    ("code", "case"), [pair for cases in (MALFORMED, TIES, LEDGER, CHANGED) for pair in each(cases)]
)
def test_exact_message(code: str, case: Case, example: Path) -> None:
    prove(code, case, example / "raw")
