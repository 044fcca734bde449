"""Problems of the evidence: lists of passages, what is cited, set aside, kept and spoken of."""

from __future__ import annotations

from pathlib import Path

import pytest

from syrian_groups_data.author.blocks import with_keys
from syrian_groups_data.evidence import to_csv
from tests.cases import CHECKPOINT, KILLINGS, Case, Cases, append, each, gone, prove, relist, replace, write

COPY, REPORT, SOURCE = "sources/copy.yml", "sources/report.yml", "sources/monitor.yml"
PASSAGES = "sources/monitor.csv"
RESTORE = "restore record and list together from the version before; only segment writes them"
C0A8 = "c0a88bf3ccd93b68f546a216384bf34de8bbcb7ad24bbb245c8ae331eb387bf6"
FOUR = "4f057536a3e69fe45a59eb12d9822da14c6c2bcfbce6e4dff764fd1de9dcb673"
HAPPENED = "{cite: [report:7]}"

EVIDENCE: Cases = {
    "no-passages": [
        Case(
            write(
                "sources/gazette.yml",
                f"id: gazette\nkind: news\nlanguage: en\nsnapshot: {{sha256: {'0' * 64}, characters: 9}}\n",
            ),
            "raw/sources/gazette.yml:1:1: no-passages: no gazette.csv; run syrian-groups-data segment",
        ),
        Case(
            lambda raw: (raw / "sources/gazette.csv").write_bytes(to_csv([])),
            "raw/sources/gazette.csv:1:1: no-passages: no source of that name; restore raw/sources/gazette.yml",
        ),
        Case(
            lambda raw: (raw / PASSAGES).unlink(),
            f"raw/{SOURCE}:1:1: no-passages: no monitor.csv; restore it from the version before",
        ),
    ],
    "list-not-bound": [
        Case(
            lambda raw: (raw / SOURCE).write_text(
                with_keys((raw / SOURCE).read_text("utf-8"), SOURCE, {"cut": None}), "utf-8"
            ),
            f"raw/{SOURCE}:1:1: list-not-bound: nothing says how monitor.csv was made; {RESTORE}",
        )
    ],
    "list-of-another-document": [
        Case(
            replace(REPORT, f"snapshot:\n  sha256: {C0A8}", f"snapshot:\n  sha256: {'0' * 64}"),
            f"raw/{REPORT}:10:11: list-of-another-document: the passages are those of another snapshot;"
            " give it back its digest, then run segment with the new document and --key report",
        ),
        Case(
            lambda raw: (raw / PASSAGES).write_bytes((raw / "sources/copy.csv").read_bytes()),
            f"raw/{PASSAGES}:1:1: list-of-another-document: it holds the passages of copy; {RESTORE}\n"
            f"raw/{PASSAGES}:2:1: span-beyond-snapshot: passage 1 lies outside 115-337; {RESTORE}\n"
            f"raw/{PASSAGES}:3:1: span-beyond-snapshot: passage 2 lies outside 115-337; {RESTORE}\n"
            f"raw/{PASSAGES}:4:1: span-beyond-snapshot: passage 3 lies outside 115-337; {RESTORE}",
        ),
    ],
    "list-made-again": [
        Case(
            relist("report", lambda rows: [*rows, rows[-1]._replace(number=11, start=513, end=514)], bound=False),
            f"raw/sources/report.csv:1:1: list-made-again: 1 to 10 were minted, and 11 was never minted; {RESTORE}",
        )
    ],
    "list-changed": [
        Case(
            replace("sources/report.csv", "4,,54,64,", "4,,54,63,"),
            f"raw/sources/report.csv:1:1: list-changed: it, or cut in its record, was changed by hand; {RESTORE}",
        ),
        Case(
            replace(SOURCE, "  highest: 2\n  digest: ", "  options: [unwrap]\n  highest: 2\n  digest: "),
            f"raw/{PASSAGES}:1:1: list-changed: it, or cut in its record, was changed by hand; {RESTORE}",
        ),
    ],
    "unknown-passage": [
        Case(
            replace(CHECKPOINT, HAPPENED, "{cite: [report:7, report:77]}"),
            f"raw/{CHECKPOINT}:7:23: unknown-passage: no passage report:77; report has passages 1-10",
        ),
        Case(
            replace(CHECKPOINT, HAPPENED, "{cite: [report:7], note: Compare report:8 and report:78.}"),
            f"raw/{CHECKPOINT}:7:30: unknown-passage: no passage report:78; report has passages 1-10",
        ),
        Case(
            replace(CHECKPOINT, HAPPENED, "{cite: [report:7], note: Compare reprot:8 and not at 10:30.}"),
            f"raw/{CHECKPOINT}:7:30: unknown-passage: no source reprot (near: report); correct the passage",
        ),
        Case(
            replace(REPORT, "passages: [4]", "passages: [4, 11]"),
            f"raw/{REPORT}:20:5: unknown-passage: no passage 11; report has passages 1-10",
        ),
    ],
    "passage-gone": [
        Case(
            relist("monitor", gone(2)),
            f"raw/{KILLINGS}:13:112: passage-gone: monitor:2 is not in the snapshot any more; cite another passage,"
            " or give segment --keep 2 where the claim stands as it was read",
        ),
    ],
    "passage-twice": [
        Case(
            replace(CHECKPOINT, "- {cite: [report:7]}", "- {cite: [report:7], context: [report:7]}"),
            f"raw/{CHECKPOINT}:7:34: passage-twice: report:7 stands twice; keep it in its strongest role",
        ),
    ],
    "passage-order": [
        Case(
            relist("monitor", lambda rows: [rows[0], rows[1]._replace(start=240)]),
            f"raw/{PASSAGES}:3:1: passage-order: passage 2 is out of order; {RESTORE}",
        ),
        Case(
            relist("monitor", lambda rows: [*rows, rows[1]._replace(start=336, end=337)]),
            f"raw/{PASSAGES}:4:1: passage-order: passage 2 stands twice; {RESTORE}",
        ),
    ],
    "span-beyond-snapshot": [
        Case(
            replace(SOURCE, "end: 337", "end: 373"),
            f"raw/{SOURCE}:8:9: span-beyond-snapshot: 115-373 is no part of 337 characters; correct the span",
        ),
        Case(
            relist("monitor", lambda rows: [rows[0], rows[1]._replace(end=363)]),
            f"raw/{PASSAGES}:3:1: span-beyond-snapshot: passage 2 lies outside 115-337; {RESTORE}",
        ),
    ],
    "spans-overlap": [
        Case(
            replace(SOURCE, "start: 115", "start: 114"),
            f"raw/{SOURCE}:8:9: spans-overlap: warning: 114-337 of monitor lies over 0-115 of copy;"
            " part the snapshot between them",
        )
    ],
    "snapshot-parted": [
        Case(
            append(REPORT, f"earlier:\n  - {{sha256: {FOUR}, characters: 337}}\n"),
            f"raw/{COPY}:7:11: snapshot-parted: warning: report, which was part of the same snapshot, is read from a"
            " later one; run segment with that one and --key copy too\n"
            f"raw/{SOURCE}:6:11: snapshot-parted: warning: report, which was part of the same snapshot, is read from a"
            " later one; run segment with that one and --key monitor too",
        )
    ],
    "kept-not-gone": [
        Case(
            append(REPORT, "kept:\n  - {passages: [7], since: 2026-11-27}\n"),
            f"raw/{REPORT}:22:5: kept-not-gone: passage 7 is not gone; take it out of kept",
        )
    ],
    "cited-and-set-aside": [
        Case(
            replace(REPORT, "passages: [4]", "passages: [4, 7]"),
            f"raw/{REPORT}:20:5: cited-and-set-aside: passage 7 is cited too;"
            " take it out: syrian-groups-data cite report set_aside unread report:7",
        ),
        Case(
            replace(REPORT, "passages: [4]", "passages: [1, 4]"),
            f"raw/{REPORT}:20:5: cited-and-set-aside: passage 1 is set aside twice; keep it under one reason",
        ),
    ],
    "set-aside-without-note": [
        Case(
            replace(REPORT, "reason: blank", "reason: out-of-scope"),
            f"raw/{REPORT}:20:5: set-aside-without-note: out-of-scope without a note; say what it is about",
        )
    ],
    "mirror-without-origin": [
        Case(
            replace(COPY, "derived_from: report\n", ""),
            f"raw/{COPY}:1:1: mirror-without-origin:"
            " a mirror names its origin, and no other source has one; set kind or derived_from",
        ),
        Case(
            replace(SOURCE, "kind: news\nlanguage: en", "kind: news\nlanguage: en\nderived_from: report"),
            f"raw/{SOURCE}:4:15: mirror-without-origin:"
            " a mirror names its origin, and no other source has one; set kind or derived_from",
        ),
    ],
    "supplied-without-value": [
        Case(
            replace(REPORT, "publisher: Example Encyclopedia\n", ""),
            f"raw/{REPORT}:7:12: supplied-without-value: publisher has no value; give publisher, or take it out",
        )
    ],
}


@pytest.mark.parametrize(("code", "case"), each(EVIDENCE))
def test_exact_message(code: str, case: Case, example: Path) -> None:
    prove(code, case, example / "raw")
