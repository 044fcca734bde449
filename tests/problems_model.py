"""Cases of records that do not fit the model."""

from __future__ import annotations

from syrian_groups_data.author import MOST
from syrian_groups_data.model.event_types import EVENT_TYPES
from tests.cases import CHECKPOINT, Case, Cases, append, replace, write
from tests.problems_reading import (
    PLACE,
    README,
)

MODEL: Cases = {
    "not-a-record": [
        Case(
            write("groups/guard.yml", "- id: guard\n"),
            "raw/groups/guard.yml:1:1: not-a-record: no keys and values; start with id: …",
        ),
        Case(
            write("groups/guard.yml", ""),
            "raw/groups/guard.yml:1:1: not-a-record: no keys and values; start with id: …",
        ),
    ],
    "unknown-key": [
        Case(
            replace(CHECKPOINT, "summary:", "sumary:"),
            f"raw/{CHECKPOINT}:5:1: unknown-key: sumary: no such key (near: summary); {README} keys of a record",
        ),
        Case(
            replace(CHECKPOINT, "precision: near", "distance: near"),
            f"raw/{CHECKPOINT}:11:21: unknown-key: place.0.distance: no such key; {README} keys of a record",
        ),
    ],
    "missing-key": [
        Case(
            replace(CHECKPOINT, "subtype: armed-clash\n", ""),
            f"raw/{CHECKPOINT}:1:1: missing-key: subtype: not there; add it",
        ),
        Case(
            replace(CHECKPOINT, "{value: mithal, ", "{"),
            f"raw/{CHECKPOINT}:11:5: missing-key: place.0.value: not there; add it",
        ),
    ],
    "wrong-type": [
        Case(
            write("groups/guard.yml", f"id: guard\nkind: militia\nnames: [{'1, ' * (MOST + 8)}1]\n"),
            "\n".join(
                f"raw/groups/guard.yml:3:{9 + 3 * i}: wrong-type: names.{i}: 1 is no mapping"
                f"{f' (the last of {MOST + 9} that is shown)' if i == MOST else ''}; correct the value"
                for i in range(MOST + 1)
            ),
        ),
        Case(
            replace(CHECKPOINT, "{cite: [report:7]}", "{cite: report:7}"),
            f"raw/{CHECKPOINT}:7:12: wrong-type: occurred.0.cite: report:7 is no list; write [report:7]",
        ),
        Case(
            replace(CHECKPOINT, "low: 2,", "low: two,"),
            f"raw/{CHECKPOINT}:16:11: wrong-type:"
            " killed.0.low: two is no whole number; write digits alone, such as 1000",
        ),
        Case(
            replace(CHECKPOINT, "low: 2,", "low: '2',"),
            f"raw/{CHECKPOINT}:16:11: wrong-type: killed.0.low: '2' is in quotation marks, which make it text; write 2",
        ),
        Case(
            replace(CHECKPOINT, "low: 2,", "low: '2,000',"),
            f"raw/{CHECKPOINT}:16:11: wrong-type: killed.0.low: '2,000' is no plain number; write digits alone: 2000",
        ),
        Case(
            replace(CHECKPOINT, "{cite: [report:7]}", "{cite: [report: 7]}"),
            f"raw/{CHECKPOINT}:7:13: wrong-type: occurred.0.cite.0:"
            " a colon and a space make a mapping of report; write report:7, or quote the text",
        ),
        Case(
            replace(CHECKPOINT, "  - {cite: [report:7]}", "  {cite: [report:7]}"),
            f"raw/{CHECKPOINT}:7:3: wrong-type: occurred: mapping is no list; correct the value",
        ),
        Case(
            replace(CHECKPOINT, "title: Attack", "title: [Attack] #"),
            f"raw/{CHECKPOINT}:4:8: wrong-type: title: list is no text; correct the value",
        ),
        Case(
            replace(CHECKPOINT, "{cite: [report:7]}", "report:7"),
            f"raw/{CHECKPOINT}:7:5: wrong-type: occurred.0: report:7 is no mapping; correct the value",
        ),
    ],
    "not-in-vocabulary": [
        Case(
            replace(CHECKPOINT, "type: battles", "type: battle"),
            f"raw/{CHECKPOINT}:2:7: not-in-vocabulary:"
            f" type: battle is not in its list (near: battles); use one of {', '.join(EVENT_TYPES)},"
            " or define it under event_types in raw/vocabulary.yml",
        ),
        Case(
            replace(CHECKPOINT, "precision: near", "precision: close"),
            f"raw/{CHECKPOINT}:11:32: not-in-vocabulary:"
            " place.0.precision: close is not in its list; use one of at, near, in, unknown",
        ),
    ],
    "malformed-value": [
        Case(
            replace(CHECKPOINT, "value: 2014-03-02", "value: 2 March 2014"),
            f"raw/{CHECKPOINT}:9:13: malformed-value: date.0.value: '2 March 2014' is malformed;"
            " write a date such as 2013, 2013-07, 2013-07-04, 2013~, 197X, 2013/2014-02 or ../2011",
        ),
        Case(
            replace(CHECKPOINT, "of: valley-front", "of: Valley_Front"),
            f"raw/{CHECKPOINT}:16:44: malformed-value: killed.0.of: 'Valley_Front' is malformed;"
            " write lower-case letters and digits joined by single hyphens",
        ),
        Case(
            replace(CHECKPOINT, "value: mithal,", "value: Míthal Town,"),
            f"raw/{CHECKPOINT}:11:13: malformed-value: place.0.value: 'Míthal Town' is a name where an id is wanted;"
            " write the id of its record, such as mithal-town, or described: for somebody who has none",
        ),
        Case(
            replace(CHECKPOINT, "title: Attack on a checkpoint near Mithal", "title: 'Attack on a checkpoint '"),
            f"raw/{CHECKPOINT}:4:8: malformed-value: title: 'Attack on a checkpoint ' starts or ends with a space; delete it",
        ),
        Case(
            replace(CHECKPOINT, "{cite: [report:7]}", "{hedge: 'so it  is', cite: [report:7]}"),
            f"raw/{CHECKPOINT}:7:13: malformed-value: occurred.0.hedge: 'so it  is' holds two spaces side by side; write one",
        ),
        Case(
            replace(CHECKPOINT, "title: Attack on", "title: Attack\u00a0on"),
            rf"raw/{CHECKPOINT}:4:8: malformed-value: title: 'Attack\xa0on a checkpoint near Mithal' holds a space that is"
            " none of the keyboard's, U+00A0; write a plain space",
        ),
        Case(
            replace(CHECKPOINT, "{cite: [report:7]}", "{cite: [report]}"),
            f"raw/{CHECKPOINT}:7:13: malformed-value: occurred.0.cite.0: 'report' is malformed;"
            " write source:number, such as report:12",
        ),
        Case(
            replace(CHECKPOINT, "title: Attack", "title: =Attack"),
            f"raw/{CHECKPOINT}:4:8: malformed-value: title: '=Attack on a checkpoint near Mithal' is malformed;"
            " write one line of text that does not start with a space or = + - @",
        ),
        Case(
            replace(CHECKPOINT, "{cite: [report:7]}", "{hedge: it is widely said, cite: [report:7]}"),
            f"raw/{CHECKPOINT}:7:13: malformed-value: occurred.0.hedge: 'it is widely said' is malformed;"
            " write no more than three words",
        ),
    ],
    "too-long": [
        Case(
            replace(CHECKPOINT, "title: Attack on a checkpoint near Mithal", f"title: {'x' * 201}"),
            f"raw/{CHECKPOINT}:4:8: too-long: title: {'x' * 60} has more than 200 characters; say it in fewer words",
        )
    ],
    "too-short": [
        Case(
            replace(CHECKPOINT, "{cite: [report:7]}", "{cite: []}"),
            f"raw/{CHECKPOINT}:7:12: too-short: occurred.0.cite: list has fewer entries than 1; correct the value",
        )
    ],
    "term-taken": [
        Case(
            append("vocabulary.yml", "acts: {arson: burning}\nmeasures: {insignia: what it wears}\n"),
            "raw/vocabulary.yml:13:15: term-taken: acts.arson: arson is a term of ours;"
            " choose another, or use ours as it is\n"
            "raw/vocabulary.yml:14:22: term-taken: measures.insignia: insignia stands in two lists; keep it in one",
        )
    ],
    "out-of-range": [
        Case(
            replace(CHECKPOINT, "low: 2,", "low: -2,"),
            f"raw/{CHECKPOINT}:16:11: out-of-range: killed.0.low: -2 is less than 0; correct the value",
        ),
        Case(
            write("places/pole.yml", PLACE),
            "raw/places/pole.yml:5:11: out-of-range: latitude: 91.5 is more than 90; correct the value",
        ),
    ],
    "file-name-is-not-id": [
        Case(
            lambda raw: (raw / CHECKPOINT).rename(raw / "events/checkpoint.yml"),
            "raw/events/checkpoint.yml:1:5: file-name-is-not-id:"
            " id is mithal-checkpoint-2014-03-02; name the file mithal-checkpoint-2014-03-02.yml",
        )
    ],
}
