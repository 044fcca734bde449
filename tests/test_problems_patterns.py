"""Problems of claims read together: each rule finds its pattern, and leaves alone what only looks like it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cases import (
    BATTALION,
    CHECKPOINT,
    FRONT,
    GRIEVANCE,
    KILLINGS,
    MURDER,
    Case,
    Cases,
    Change,
    append,
    each,
    printed,
    prove,
    replace,
    write,
)

VALLEY, GUARD, RAIDERS = "places/mithal-valley.yml", "groups/guard.yml", "groups/raiders.yml"
MONITOR = "groups/example-monitor.yml"
TITLE = "give names, or a title where the texts only describe it"
SPEAKER = "add said_by or speaker, or leave the name out"
WHOSE = "leave it out, or say in a note that it is a fixed designation"
TOWN = "say in a note how the passages show which of the two they mean"
RAID = "id: raiders\nkind: described\ntitle: Raiders from the valley\n"


def both(*changes: Change) -> Change:
    """Several changes to the example tree."""

    def change(raw: Path) -> None:
        for one in changes:
            one(raw)

    return change


def guard(rest: str) -> Change:
    """A group of its own with something more."""
    name = "names:\n  - {value: Guard, lang: en, cite: [report:7]}\n"
    return write(GUARD, f"id: guard\nkind: militia\n{name}{rest}")


def dated(date: str) -> Change:
    """The allegation of the example with a date."""
    return replace(MURDER, "accused:", f"date:\n  - {date}\naccused:")


DENIAL = append(
    CHECKPOINT, "responses:\n  - {by: valley-front, stance: denies, covers: [occurred], cite: [report:8]}\n"
)

AGAIN = (
    "id: mithal-checkpoint-again\ntype: battles\nsubtype: armed-clash\ntitle: Attack on a checkpoint\n"
    "occurred:\n  - {cite: [report:7]}\ndate:\n  - {value: 2014-03-02, cite: [report:7]}\n"
    "place:\n  - {value: mithal, precision: near, cite: [report:7]}\n"
    "participants:\n  - {value: mithal-battalion, role: agent, cite: [report:7]}\n"
)

PATTERNS: Cases = {
    "event-twice": [
        Case(
            write("events/mithal-checkpoint-again.yml", AGAIN),
            "raw/events/mithal-checkpoint-again.yml:8:3: event-twice: warning: mithal-checkpoint-2014-03-02 has one day, place and actor:"
            " 2014-03-02, mithal, mithal-battalion; merge the two, or add distinct_from: [id] to one of them",
        )
    ],
    "title-or-name": [
        Case(
            write(GUARD, "id: guard\nkind: militia\n"),
            f"raw/{GUARD}:1:1: title-or-name: neither names nor title; {TITLE}",
        ),
        Case(
            replace(MONITOR, "kind: monitor", "kind: described"),
            f"raw/{MONITOR}:4:5: title-or-name: Example Monitor is a description, or the title is needless; {TITLE}",
        ),
        Case(
            replace(FRONT, "kind: coalition", "kind: coalition\ntitle: Men of the valley"),
            f"raw/{FRONT}:5:5: title-or-name: Valley Front is a description, or the title is needless; {TITLE}",
        ),
    ],
    "label-without-speaker": [
        Case(
            replace(FRONT, "names:\n", "names:\n  - {value: Valley Regime, lang: en, role: alias, cite: [report:9]}\n"),
            f"raw/{FRONT}:4:5: label-without-speaker: Valley Regime takes sides (Regime) and nobody says it; {SPEAKER}",
        )
    ],
    "made-up-name": [
        Case(
            replace(
                FRONT, "names:\n", "names:\n  - {value: The Valley’s men, lang: en, role: alias, cite: [report:9]}\n"
            ),
            f"raw/{FRONT}:4:5: made-up-name: warning: The Valley’s men says whose it is, not what it is called; {WHOSE}",
        )
    ],
    "ambiguous-toponym": [
        Case(
            replace(VALLEY, "Mithal Valley", "Mithal"),
            f"raw/{VALLEY}:4:5: ambiguous-toponym: warning: Mithal is a name of mithal too; {TOWN}",
        ),
        Case(
            replace(VALLEY, "Mithal Valley", "Lower Mithal"),
            f"raw/{VALLEY}:4:5: ambiguous-toponym: warning: Lower Mithal is a name of lower-mithal too; {TOWN}",
        ),
    ],
    "precision-left-out": [
        Case(
            replace(KILLINGS, "precision: in, ", ""),
            f"raw/{KILLINGS}:11:5: precision-left-out: at, in or near lower-mithal; write precision as the text has it",
        )
    ],
    "part-of-description": [
        Case(
            both(write(RAIDERS, RAID), guard("part_of:\n  - {value: raiders, cite: [report:7]}\n")),
            f"raw/{GUARD}:6:5: part-of-description: raiders is no body of which something is a part;"
            " write affiliated_with, or a banner of it",
        )
    ],
    "judgement-as-fact": [
        Case(
            replace(CHECKPOINT, "of: valley-front", "of: valley-front, standing: judged"),
            f"raw/{CHECKPOINT}:16:5: judgement-as-fact: killed is judged;"
            " make it an assessment of the record that it is about",
        )
    ],
    "alleged-without-accuser": [
        Case(
            replace(CHECKPOINT, "role: target", "role: target, standing: alleged"),
            f"raw/{CHECKPOINT}:14:5: alleged-without-accuser: nobody alleges it;"
            " name the accuser; the source's own words are asserted, or reported where it hedges",
        )
    ],
    "surer-than-accusation": [
        Case(
            dated("{value: 2014, cite: [report:9]}"),
            f"raw/{MURDER}:6:5: surer-than-accusation: 2014 is asserted, the accusation of report:9 is somebody's or"
            " hedged; give it speaker, standing and hedge",
        )
    ],
    "answer-from-elsewhere": [
        Case(
            replace(MURDER, "cite: [report:10]", "cite: [report:5]"),
            f"raw/{MURDER}:8:5: answer-from-elsewhere: warning: report:5 stands in another section than what it answers;"
            " leave it out, or say in a note why it answers this",
        )
    ],
    "no-hedge-word": [
        Case(
            replace(BATTALION, "hedge: reportedly", "hedge: proudly"),
            f"raw/{BATTALION}:17:84: no-hedge-word: warning: “proudly” does not weaken;"
            " say it in the value or its role, or in a note what it leaves open",
        )
    ],
}

# What a rule must leave alone.
QUIET: list[Change] = [
    both(
        write(RAIDERS, RAID + "names:\n  - {value: Wolves, lang: en, role: banner, cite: [report:7]}\n"),
        guard("affiliated_with:\n  - {value: raiders, cite: [report:7]}\n"),
    ),
    replace(
        FRONT,
        "names:\n",
        "names:\n  - {value: The Regime, lang: en, role: epithet, said_by: [mithal-battalion], cite: [report:9]}\n",
    ),
    write(
        RAIDERS,
        RAID.replace("described", "militia")
        + "names:\n  - {value: Wolves, lang: en, role: epithet, said_by: [valley-front], cite: [report:9]}\n",
    ),
    replace(FRONT, "value: Valley Front", "value: People's Front of the Valley"),
    replace(FRONT, "value: Valley Front", "value: People's front, note: So it stands on its flag"),
    replace(VALLEY, "{value: Mithal Valley, lang: en", "{value: Mithal, note: The passage says governorate., lang: en"),
    replace(KILLINGS, "value: lower-mithal, precision: in", "value: mithal-valley"),
    append(CHECKPOINT, "assessment:\n  - {value: Ill prepared, standing: judged, cite: [report:7]}\n"),
    replace(MURDER, "said_by: [valley-front], ", ""),
    dated("{value: 2014, standing: alleged, said_by: [valley-front], cite: [report:9]}"),
    dated("{value: 2014, cite: [report:10]}"),
    both(dated("{value: 2014, cite: [report:9]}"), replace(MURDER, "said_by: [valley-front], ", "")),
    both(
        DENIAL,
        replace(
            CHECKPOINT,
            "  - {cite: [report:7]}\n",
            "  - {cite: [report:7]}\n  - {standing: denied, said_by: [valley-front], cite: [report:8]}\n",
        ),
        replace(CHECKPOINT, "role: agent, cite: [report:7]", "role: agent, cite: [report:7], disputed_by: [report:8]"),
        replace(
            CHECKPOINT,
            "of: valley-front, cite: [report:7]",
            "of: valley-front, cite: [report:7], disputed_by: [report:8]",
        ),
    ),
    both(replace(CHECKPOINT, "type: battles\nsubtype: armed-clash", "type: state-action\nsubtype: curfew"), DENIAL),
    both(DENIAL, replace(CHECKPOINT, "stance: denies, covers: [occurred]", "stance: no-comment")),
    replace(MURDER, "cite: [report:10]", "cite: [report:5], note: He speaks of the same killings."),
    replace(BATTALION, "hedge: reportedly", "hedge: is said to"),
    append(BATTALION, f"activity:\n  - {{{GRIEVANCE}, disputed_by: [report:10]}}\n"),
    append(BATTALION, f"activity:\n  - {{{GRIEVANCE}, note: What report:10 denies is another matter.}}\n"),
    append(BATTALION, f"activity:\n  - {{{GRIEVANCE}}}\n  - {{{GRIEVANCE.replace('alleged', 'denied')}}}\n"),
    both(append(BATTALION, f"activity:\n  - {{{GRIEVANCE}}}\n"), replace(MURDER, "stance: denies", "stance: doubts")),
    append(BATTALION, f"activity:\n  - {{{GRIEVANCE.replace('valley-front', 'example-monitor')}}}\n"),
    both(
        replace(BATTALION, "hedge: reportedly", "hedge: güya"),
        replace("sources/report.yml", "language: en\npublished", "language: tr\npublished"),
    ),
]


@pytest.mark.parametrize(("code", "case"), each(PATTERNS))
def test_each_pattern_is_found(code: str, case: Case, example: Path) -> None:
    prove(code, case, example / "raw")


@pytest.mark.parametrize("change", QUIET)
def test_what_only_looks_like_a_pattern_is_left_alone(change: Change, example: Path) -> None:
    change(example / "raw")
    assert printed(example / "raw") == ""
