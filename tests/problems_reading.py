"""Cases of files that cannot be read, and of records that do not fit the model."""

from __future__ import annotations

from pathlib import Path

from tests.cases import CHECKPOINT, FRONT, NAME, Case, Cases, append, replace, write
from tests.test_problems_ledger import MALFORMED

HEADER = "number,section,start,end,sha256,words_sha256,letters,opens,closes,link,state,snapshot,became\n"


RESTORE = "restore the file; only syrian-groups-data segment writes it"


DIGESTS = f"{'0' * 64},{'0' * 64},4"


README = "see raw/README.md for the"


HASH = "quote the text; a comment stands two spaces behind a value, with a space after #"


PLACE = "id: pole\nkind: other\nnames:\n  - {value: Pole, lang: en, cite: [report:7]}\nlatitude: 91.5\n"


def _linked(raw: Path) -> None:
    """A folder of records that is a link."""
    (raw / "people").rename(raw.parent / "elsewhere")
    (raw / "people").symlink_to(raw.parent / "elsewhere")


READING: Cases = {
    "unreadable": [
        Case(_linked, "raw/people:1:1: unreadable: it is a link; make it a readable file in raw/"),
        Case(
            lambda raw: (raw / "groups/front.yml").symlink_to("valley-front.yml"),
            "raw/groups/front.yml:1:1: unreadable: it is a link; make it a readable file in raw/",
        ),
        Case(
            lambda raw: (raw / "groups/front.yml").mkdir(),
            "raw/groups/front.yml:1:1: unreadable: it is a folder, not a regular file; make it a readable file in raw/",
        ),
    ],
    "unexpected-file": [
        Case(
            write("groups/valley-guard.yaml", "id: valley-guard\n"),
            "raw/groups/valley-guard.yaml:1:1: unexpected-file: no stage reads this; name it <id>.yml, or move it away",
        ),
        Case(
            lambda raw: (raw / "persons").mkdir(),
            "raw/persons:1:1: unexpected-file: no stage reads this;"
            " known are allegations, events, groups, people, places, sources, project.yml, vocabulary.yml, redirects.yml, changes.csv",
        ),
    ],
    "file-too-large": [
        Case(
            append(CHECKPOINT, "#" * 2**20),
            f"raw/{CHECKPOINT}:1:1: file-too-large: more than 1,048,576 bytes; split the record",
        )
    ],
    "not-utf-8": [
        Case(
            write("groups/bulk.jsonl", b"\n\xff\n"),
            "raw/groups/bulk.jsonl:2:1: not-utf-8: byte 0xff; save the file as UTF-8",
        ),
        Case(
            write("groups/cafe.yml", "id: cafe\nsummary: Café\n".encode("latin-1")),
            "raw/groups/cafe.yml:2:13: not-utf-8: byte 0xe9; save the file as UTF-8",
        ),
        Case(
            write("groups/cafe.yml", "# المثال ".encode() + b"\xe9\n"),
            "raw/groups/cafe.yml:1:10: not-utf-8: byte 0xe9; save the file as UTF-8",
        ),
    ],
    "byte-order-mark": [
        Case(
            replace(CHECKPOINT, "id: mithal", "\ufeffid: mithal"),
            f"raw/{CHECKPOINT}:1:1: byte-order-mark: U+FEFF; save it as UTF-8 without a byte order mark",
        )
    ],
    "carriage-return": [
        Case(
            write("groups/windows.yml", "id: windows\r\nkind: militia\r\n"),
            "raw/groups/windows.yml:1:12: carriage-return: U+000D; save it with LF line ends",
        )
    ],
    "tab": [
        Case(replace(CHECKPOINT, "  - {cite", "\t- {cite"), f"raw/{CHECKPOINT}:7:1: tab: U+0009; use spaces"),
    ],
    "control-character": [
        Case(
            replace(CHECKPOINT, "title: Attack", "title: \x1b[31mAttack"),
            f"raw/{CHECKPOINT}:4:8: control-character: U+001B; delete it",
        )
    ],
    "bidi-control": [
        Case(
            replace(CHECKPOINT, "title: Attack", "title: \u202eAttack"),
            f"raw/{CHECKPOINT}:4:8: bidi-control: U+202E; delete it",
        ),
        Case(
            replace(CHECKPOINT, "title: Attack on a checkpoint near Mithal", 'title: "Attack \\u202e"'),
            f"raw/{CHECKPOINT}:4:8: bidi-control: U+202E; delete it",
        ),
    ],
    "zero-width": [
        Case(
            replace(CHECKPOINT, "title: Attack", "title: At\u200btack"),
            f"raw/{CHECKPOINT}:4:10: zero-width: U+200B; delete it",
        ),
        Case(
            replace(CHECKPOINT, "title: Attack", "title: At\ufefftack"),
            f"raw/{CHECKPOINT}:4:10: zero-width: U+FEFF; delete it",
        ),
        *(
            Case(
                replace(CHECKPOINT, "title: Attack", f"title: At{unseen}tack"),
                f"raw/{CHECKPOINT}:4:10: zero-width: U+{ord(unseen):04X}; delete it",
            )
            for unseen in "\u034f\u115f\u1160\u17b4\u2061\u2064\u206a\u2800\u3164\ufe00\uffa0\U0001d173\U000e0041\U000e0100"
        ),
    ],
    "not-nfc": [
        Case(
            replace(CHECKPOINT, "checkpoint near", "cafe\u0301 near"),
            f"raw/{CHECKPOINT}:4:23: not-nfc: a letter is written in parts; normalise it to NFC",
        )
    ],
    "yaml-syntax": [
        Case(
            replace(CHECKPOINT, "title: Attack on", "title: Attack: on"),
            f"raw/{CHECKPOINT}:4:14: yaml-syntax: a colon and a space inside a text; put the text in double quotation marks",
        ),
        Case(
            replace(CHECKPOINT, "{cite: [report:7]}", "{cite: [report:7]"),
            f"raw/{CHECKPOINT}:8:1: yaml-syntax: what opens with {{ goes on wrongly or does not end;"
            " write a comma or }, or put the text in double quotation marks",
        ),
    ],
    "nested-too-deep": [
        Case(
            replace(CHECKPOINT, "title: Attack", f"title: {'[' * 20}Attack{']' * 20} #"),
            f"raw/{CHECKPOINT}:4:27: nested-too-deep: more than 20 levels; no record needs so many",
        )
    ],
    "scalar-too-long": [
        Case(
            replace(CHECKPOINT, "title: Attack on a checkpoint near Mithal", f"title: {'x' * 2001}"),
            f"raw/{CHECKPOINT}:4:8: scalar-too-long: 2,001 characters; shorten it to 2,000",
        )
    ],
    "duplicate-key": [
        Case(
            replace(FRONT, "kind: coalition", "kind: coalition\nkind: militia"),
            f"raw/{FRONT}:3:1: duplicate-key: kind stands at line 2 too; join the two",
        ),
        Case(
            replace(CHECKPOINT, "{low: 2, high", "{low: 2, low: 3, high"),
            f"raw/{CHECKPOINT}:16:14: duplicate-key: low stands at line 16 too; join the two",
        ),
        Case(
            write("groups/bulk.jsonl", f'{{"id": "aa", "id": "guard", "kind": "militia", "names": [{NAME}]}}\n'),
            "raw/groups/bulk.jsonl:1:1: duplicate-key: id stands twice; join the two",
        ),
    ],
    "anchor-or-alias": [
        Case(
            write("groups/guard.yml", "id: &guard guard\nnames: *guard\n"),
            "raw/groups/guard.yml:1:5: anchor-or-alias: anchor &guard; write the value out where it is used\n"
            "raw/groups/guard.yml:2:8: anchor-or-alias: alias *guard; write the value out",
        )
    ],
    "tag": [
        Case(
            replace(CHECKPOINT, "value: 2014", "value: !!str 2014"),
            f"raw/{CHECKPOINT}:9:13: tag: tag tag:yaml.org,2002:str; delete it",
        ),
        Case(
            replace(CHECKPOINT, "id: mithal", "%YAML 1.2\n---\nid: mithal"),
            f"raw/{CHECKPOINT}:1:1: tag: a directive; delete the line that starts with %",
        ),
    ],
    "many-documents": [
        Case(
            append(CHECKPOINT, "---\nid: another\n"),
            f"raw/{CHECKPOINT}:17:1: many-documents: a second document; write one record a file, without ---",
        )
    ],
    "empty-value": [
        Case(
            replace(CHECKPOINT, "subtype: armed-clash", "subtype:"),
            f"raw/{CHECKPOINT}:3:9: empty-value: no value; leave the key out",
        ),
        Case(
            replace(CHECKPOINT, "class: fighters", "class: null"),
            f"raw/{CHECKPOINT}:16:30: empty-value: no value; leave the key out",
        ),
        Case(
            replace(CHECKPOINT, "occurred:\n", "occurred:\n  -\n"),
            f"raw/{CHECKPOINT}:7:4: empty-value: no value; leave the item out",
        ),
        Case(
            replace(CHECKPOINT, "{cite: [report:7]}", "{cite: [null]}"),
            f"raw/{CHECKPOINT}:7:13: empty-value: no value; leave the item out",
        ),
    ],
    "dropped-text": [
        Case(
            replace(CHECKPOINT, "title: Attack on a", "title: Attack #3 on a"),
            f"raw/{CHECKPOINT}:4:8: dropped-text: what follows # is no part of the value; {HASH}",
        ),
        Case(
            replace(CHECKPOINT, "type: battles", "type: battles # of the valley"),
            f"raw/{CHECKPOINT}:2:7: dropped-text: what follows # is no part of the value; {HASH}",
        ),
        Case(
            replace(CHECKPOINT, "{value: mithal, precision: near", "{value: mithal #1, precision: near"),
            f"raw/{CHECKPOINT}:11:13: dropped-text: what follows # is no part of the value; {HASH}",
        ),
    ],
    "json-syntax": [
        Case(
            write("events/bulk.jsonl", '\n{"id": "first",}\n'),
            "raw/events/bulk.jsonl:2:16: json-syntax: the record: not JSON; write one JSON object a line",
        ),
    ],
    "csv-syntax": [
        Case(
            write("sources/gazette.csv", "number,start,end\n"),
            f"raw/sources/gazette.csv:1:1: csv-syntax: columns are number, start, end; {RESTORE}",
        ),
        Case(
            write("sources/gazette.csv", f"{HEADER}1,,0,4,{DIGESTS},,,,,\n"),
            f"raw/sources/gazette.csv:2:1: csv-syntax: 12 cells, not 13; {RESTORE}",
        ),
        Case(
            write("sources/gazette.csv", f"{HEADER}1,,0,four,{DIGESTS},,,,,,\n"),
            f"raw/sources/gazette.csv:2:1: csv-syntax: end is a whole number, not 'four'; {RESTORE}",
        ),
        Case(
            write("sources/gazette.csv", f"{HEADER}1,,0,4,{DIGESTS},=A1,,,,,\n"),
            f"raw/sources/gazette.csv:2:1: csv-syntax: '=A1' is not a cell that a spreadsheet takes as text; {RESTORE}",
        ),
        Case(
            write("sources/gazette.csv", f"{HEADER}1,,0,4,{DIGESTS},,,direct,,,\n"),
            "raw/sources/gazette.csv:2:1: csv-syntax: link is one of plain, prefix, suffix, both, not 'direct';"
            f" {RESTORE}",
        ),
        Case(
            write("sources/gazette.csv", f"{HEADER}1,,0,4,{DIGESTS},,,,lost,{'0' * 64},\n"),
            "raw/sources/gazette.csv:2:1: csv-syntax: state is one of gone, earlier, burnt, mended, not 'lost';"
            f" {RESTORE}",
        ),
        Case(
            write("sources/gazette.csv", f"{HEADER}1,,0,4,{DIGESTS},,,,gone,,\n"),
            "raw/sources/gazette.csv:2:1: csv-syntax: a row with a state names its snapshot, and no other row does;"
            f" {RESTORE}",
        ),
        Case(
            write("sources/gazette.csv", f'{HEADER}1,"Home,0,4,{DIGESTS},,,,,,\n'),
            f"raw/sources/gazette.csv:2:1: csv-syntax: unexpected end of data; {RESTORE}",
        ),
        Case(
            write("changes.csv", "old,new\n"),
            "raw/changes.csv:1:1: csv-syntax: columns are old, new; write it with syrian-groups-data changes",
        ),
        Case(
            write("changes.csv", 'old,new,kind,reason,since\ns0123456789ab,"\n'),
            "raw/changes.csv:2:1: csv-syntax: unexpected end of data; write it with syrian-groups-data changes",
        ),
    ],
    **MALFORMED,
}


UNSEEN = "\ufffd\u200b\u2061\u034f\u3164\uffa0\ufe0e\ufe0f\U000e0041\u0600"
