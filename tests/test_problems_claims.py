"""Problems of claims and of places."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cases import (
    BATTALION,
    CHECKPOINT,
    FRONT,
    KILLINGS,
    MURDER,
    NAME,
    Case,
    Cases,
    append,
    each,
    prove,
    replace,
    write,
)
from tests.test_problems_speech import SPEECH

COPY, REPORT, SOURCE = "sources/copy.yml", "sources/report.yml", "sources/monitor.yml"
PASSAGES = "sources/monitor.csv"
PLACE, QUARTER = "places/mithal.yml", "places/lower-mithal.yml"
HAPPENED = "{cite: [report:7]}"
SPEAKS = "publishes the source; leave said_by out: the source speaks"
AHEAD = "  - {value: 2091, cite: [report:7]}\n"
BOUNDS = "see the ruling on numbers in raw/README.md"
TOGETHER = "give latitude, longitude, precision and gazetteer together"

CLAIMS: Cases = {
    "value-or-described": [
        Case(
            replace(CHECKPOINT, "{value: valley-front,", "{value: valley-front, described: two guards,"),
            f"raw/{CHECKPOINT}:14:5: value-or-described: needs one of value and described; give exactly one",
        ),
        Case(
            replace(MURDER, "{by: john-example, ", "{"),
            f"raw/{MURDER}:8:5: value-or-described: needs one of by and described; give exactly one",
        ),
    ],
    "two-speakers": [
        Case(
            replace(KILLINGS, "speaker: a witness", "said_by: [valley-front], speaker: a witness"),
            f"raw/{KILLINGS}:13:95: two-speakers: said_by and speaker; keep said_by, put the rest in note",
        )
    ],
    "claimed-without-speaker": [
        Case(
            replace(CHECKPOINT, "- {cite: [report:7]}", "- {standing: claimed, cite: [report:7]}"),
            f"raw/{CHECKPOINT}:7:5: claimed-without-speaker: nobody claims it; add said_by or speaker",
        ),
    ],
    "denied-without-speaker": [
        Case(
            replace(CHECKPOINT, HAPPENED, "{standing: denied, cite: [report:7]}"),
            f"raw/{CHECKPOINT}:7:5: denied-without-speaker: nobody denies it; add said_by, or write refuted",
        )
    ],
    "reported-without-hedge": [
        Case(
            replace(CHECKPOINT, HAPPENED, "{standing: reported, cite: [report:7]}"),
            f"raw/{CHECKPOINT}:7:5: reported-without-hedge: no hedge; add hedge: the word of the text",
        )
    ],
    "epithet-without-speaker": [
        Case(
            append(FRONT, "").__class__
            and replace(FRONT, "names:\n", "names:\n  - {value: Wolves, lang: en, role: epithet, cite: [report:9]}\n"),
            f"raw/{FRONT}:4:5: epithet-without-speaker: nobody says Wolves; add said_by or speaker",
        )
    ],
    "speaker-is-publisher": [
        Case(
            replace(SOURCE, "kind: news\n", "kind: news\npublisher: Example Monitor\n"),
            f"raw/{BATTALION}:8:50: speaker-is-publisher: example-monitor {SPEAKS}\n"
            f"raw/{BATTALION}:15:32: speaker-is-publisher: example-monitor {SPEAKS}",
        ),
    ],
    "said-in-is-no-statement": [
        Case(
            replace(CHECKPOINT, HAPPENED, "{said_in: lower-mithal-killings-2014, cite: [report:7]}"),
            f"raw/{CHECKPOINT}:7:15: said-in-is-no-statement:"
            " lower-mithal-killings-2014 is of type violence-against-civilians; name the event in which it was said",
        )
    ],
    "value-twice": [
        Case(
            replace(CHECKPOINT, HAPPENED, "{said_by: [valley-front], via: [report, report], cite: [report:7]}"),
            f"raw/{CHECKPOINT}:7:45: value-twice: report stands twice; delete one of the two",
        ),
        Case(
            append(MURDER, "  - {by: jane-example, stance: denies, covers: [accused, accused], cite: [report:10]}\n"),
            f"raw/{MURDER}:9:58: value-twice: accused stands twice; delete one of the two",
        ),
        Case(
            replace(MURDER, "acts: [murder]", "acts: [murder, murder]"),
            f"raw/{MURDER}:2:16: value-twice: murder stands twice; delete one of the two",
        ),
    ],
    "delimiter-in-text": [
        Case(
            replace(CHECKPOINT, "title: Attack on a", "title: Attack; on a"),
            f"raw/{CHECKPOINT}:4:8: delimiter-in-text: title holds a semicolon; use a comma or a dash",
        ),
        Case(
            replace(CHECKPOINT, HAPPENED, "{speaker: shepherds; herders, cite: [report:7]}"),
            f"raw/{CHECKPOINT}:7:15: delimiter-in-text: speaker holds a semicolon; use a comma or a dash",
        ),
        Case(
            append(FRONT, "identifiers: [{scheme: acled, value: A; B}]\n"),
            f"raw/{FRONT}:7:38: delimiter-in-text: identifier holds a semicolon; use a comma or a dash",
        ),
    ],
    "duplicate-statement": [
        Case(
            replace(
                CHECKPOINT,
                HAPPENED,
                "{said_by: [valley-front], cite: [report:7]}\n  - {said_by: [example-monitor, valley-front], cite: [report:8]}",
            ),
            f"raw/{CHECKPOINT}:8:5: duplicate-statement:"
            " the same claim stands at line 7; join the two and keep all citations",
        ),
        Case(
            replace(CHECKPOINT, "killed:", "  - {value: valley-front, role: target, cite: [report:8]}\nkilled:"),
            f"raw/{CHECKPOINT}:15:5: duplicate-statement:"
            " the same claim stands at line 14; join the two and keep all citations",
        ),
        Case(
            write("groups/bulk.jsonl", f'{{"id": "guard", "kind": "militia", "names": [{NAME}, {NAME}]}}\n'),
            "raw/groups/bulk.jsonl:1:1: duplicate-statement:"
            " the same claim stands at line 1; join the two and keep all citations",
        ),
    ],
    "uncoded-value": [
        Case(
            append(FRONT, "position:\n  - {value: hard left, cite: [report:7]}\n"),
            f"raw/{FRONT}:8:13: uncoded-value:"
            " hard left is no code; use one of far-left, left, centre, right, far-right",
        )
    ],
    "impossible-date": [
        Case(
            replace(CHECKPOINT, "value: 2014-03-02", "value: 2014-02-30"),
            f"raw/{CHECKPOINT}:9:13: impossible-date: 2014-02-30 is no day of the calendar; correct the date",
        ),
        Case(
            replace(CHECKPOINT, "value: 2014-03-02", "value: 2014-03/2014-02"),
            f"raw/{CHECKPOINT}:9:13: impossible-date: '2014-03/2014-02' ends before it starts; correct the date",
        ),
        Case(
            replace(MURDER, "stance: denies,", "stance: denies, date: 2014-04-31,"),
            f"raw/{MURDER}:8:46: impossible-date: 2014-04-31 is no day of the calendar; correct the date",
        ),
        Case(
            replace(SOURCE, "published: 2015-03-01", "published: 2015-02-29"),
            f"raw/{SOURCE}:4:12: impossible-date: 2015-02-29 is no day of the calendar; correct the date",
        ),
        Case(
            replace(BATTALION, "until: 2015", "until: 9999"),
            f"raw/{BATTALION}:8:34: impossible-date: 9999 lies after 2100; correct the year",
        ),
        Case(
            replace(SOURCE, "published: 2015-03-01", "published: 2924-03"),
            f"raw/{SOURCE}:4:12: impossible-date: 2924-03 lies after 2100; correct the year",
        ),
    ],
    "end-before-start": [
        Case(
            replace(BATTALION, "until: 2015", "since: 2014, until: 2012"),
            f"raw/{BATTALION}:8:47: end-before-start: until 2012 lies before since 2014; correct one of the two",
        )
    ],
    "low-above-high": [
        Case(
            replace(CHECKPOINT, "low: 2, high: 2", "low: 3, high: 2, qualifier: between"),
            f"raw/{CHECKPOINT}:16:11: low-above-high: 3 > 2; exchange them",
        )
    ],
    "number-without-value": [
        Case(
            replace(CHECKPOINT, "low: 2, high: 2", "low: 2"),
            f"raw/{CHECKPOINT}:16:5: number-without-value: exact needs low and high; {BOUNDS}",
        ),
        Case(
            replace(BATTALION, "low: 101, ", ""),
            f"raw/{BATTALION}:17:5: number-without-value: more-than needs low; {BOUNDS}",
        ),
        Case(
            replace(CHECKPOINT, "low: 2, high: 2", "low: 2, high: 3, qualifier: about"),
            f"raw/{CHECKPOINT}:16:5: number-without-value: about needs low and high to be equal; {BOUNDS}",
        ),
        Case(
            replace(CHECKPOINT, "low: 2, high: 2", "low: 2, high: 3, qualifier: worded"),
            f"raw/{CHECKPOINT}:16:5: number-without-value: worded, and no words; {BOUNDS}",
        ),
        Case(
            replace(CHECKPOINT, "low: 2, high: 2", "low: 2, high: 3, qualifier: at-least"),
            f"raw/{CHECKPOINT}:16:5: number-without-value: at-least takes no high; {BOUNDS}",
        ),
    ],
    "casualty-without-class": [
        Case(
            replace(CHECKPOINT, "class: fighters, ", ""),
            f"raw/{CHECKPOINT}:16:5: casualty-without-class:"
            " killed of whom; add class, unspecified where the text does not say",
        )
    ],
    "number-on-allegation": [
        Case(
            append(MURDER, "killed:\n  - {low: 2, high: 2, class: civilians, cite: [report:9]}\n"),
            f"raw/{MURDER}:10:5: number-on-allegation: killed stands here; move it to lower-mithal-killings-2014",
        )
    ],
    "subtype-of-other-type": [
        Case(
            replace(CHECKPOINT, "subtype: armed-clash", "subtype: attack"),
            f"raw/{CHECKPOINT}:3:10: subtype-of-other-type: attack is none of battles;"
            " use one of armed-clash, government-regains-territory, non-state-actor-overtakes-territory",
        )
    ],
    "accuser-is-accused": [
        Case(
            replace(MURDER, "said_by: [valley-front]", "said_by: [mithal-battalion]"),
            f"raw/{MURDER}:6:5: accuser-is-accused:"
            " mithal-battalion accuses itself; a claim of responsibility is a response, or an event",
        )
    ],
    "accused-is-participant": [
        Case(
            append(
                KILLINGS,
                "participants:\n  - {value: mithal-battalion, role: agent, standing: alleged, said_by: [valley-front], cite: [report:9]}\n",
            ),
            f"raw/{KILLINGS}:15:5: accused-is-participant:"
            " mithal-battalion is accused of it and stands as agent, alleged; leave it to the allegation",
        )
    ],
    "event-after-source": [
        Case(
            replace(CHECKPOINT, "value: 2014-03-02", "value: 2041-03-02"),
            f"raw/{CHECKPOINT}:9:5: event-after-source: warning:"
            " 2041-03-02 lies after report:7 was published (2015-01-31); check year and source",
        ),
        Case(
            replace(FRONT, "since: 2014,", "since: 2041,"),
            f"raw/{FRONT}:6:38: event-after-source: warning:"
            " 2041 lies after report:7 was published (2015-01-31); check year and source",
        ),
        Case(
            append(FRONT, f"founded:\n{AHEAD}"),
            f"raw/{FRONT}:8:5: event-after-source: warning:"
            " 2091 lies after report:7 was published (2015-01-31); check year and source",
        ),
    ],
    "date-too-wide": [
        Case(
            replace(CHECKPOINT, "value: 2014-03-02", "value: 2012/2014"),
            f"raw/{CHECKPOINT}:9:5: date-too-wide: warning:"
            " 2012/2014 is longer than a year; give no more than the text supports",
        )
    ],
    "place-without-gazetteer": [
        Case(
            replace(PLACE, "gazetteer: Example Gazetteer 2\n", ""),
            f"raw/{PLACE}:5:9: place-without-gazetteer: reference data without gazetteer; add gazetteer",
        ),
        Case(
            replace(PLACE, "longitude: 20.3\n", ""),
            f"raw/{PLACE}:6:11: place-without-gazetteer: one coordinate alone; {TOGETHER}",
        ),
        Case(
            replace(PLACE, "precision: settlement\n", ""),
            f"raw/{PLACE}:6:11: place-without-gazetteer: coordinates with precision none; {TOGETHER}",
        ),
        Case(
            replace(QUARTER, "gazetteer:", "precision: settlement\ngazetteer:"),
            f"raw/{QUARTER}:6:12: place-without-gazetteer: precision settlement without coordinates; {TOGETHER}",
        ),
        Case(
            replace(QUARTER, "gazetteer: Example Gazetteer 2\n", ""),
            f"raw/{QUARTER}:5:9: place-without-gazetteer: reference data without gazetteer; add gazetteer",
        ),
    ],
    "place-outside-parent": [
        Case(
            replace(PLACE, "latitude: 10.6", "latitude: 40.6"),
            f"raw/{PLACE}:6:11: place-outside-parent: warning: 3347 km from mithal-valley; check for a namesake",
        )
    ],
    **SPEECH,
}


@pytest.mark.parametrize(("code", "case"), each(CLAIMS))
def test_exact_message(code: str, case: Case, example: Path) -> None:
    prove(code, case, example / "raw")
