"""Wide tables show no tie that is alleged, judged, denied, ended, contested or said only by the party itself.

Each column is tried both ways on invented records: what may not stand there stays out, and what may is there.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from syrian_groups_data.author import load
from syrian_groups_data.check import check
from syrian_groups_data.flatten import flatten
from tests.cases import CHECKPOINT, append, replace, write

CLAIM = "  - {{value: {}, {}cite: [report:7]}}\n"
NAMED = "names:\n  - {{value: {}, lang: en, cite: [report:7]}}\n"


def tables(raw: Path) -> dict[str, list[Any]]:
    """Rows of a raw/ folder that has no problems."""
    corpus = load(raw)
    assert [problem for problem in check(corpus) if not problem.warning] == []
    return flatten(corpus)


def row(found: dict[str, list[Any]], table: str, key: str) -> Any:
    return next(each for each in found[table] if getattr(each, each._fields[0]) == key)


def person(raw: Path, *claims: str) -> Any:
    text = "".join(CLAIM.format("valley-front", f"{claim}, " if claim else "") for claim in claims)
    write("people/guard.yml", f"id: guard\nbasis: commander\n{NAMED.format('Guard')}member_of:\n{text}")(raw)
    return row(tables(raw), "people", "guard")


# A claim of a tie, and whether a wide table may show it.
SHOWN = {
    "": True,
    "role: member": True,
    "since: 2015": True,
    "said_by: [example-monitor]": True,
    "standing: reported, hedge: reportedly": True,
    "standing: alleged, said_by: [example-monitor]": False,
    "standing: denied, said_by: [example-monitor]": False,
    "standing: refuted": False,
    "standing: claimed, said_by: [guard]": False,
    "standing: reported, hedge: claims, said_by: [guard]": False,
    "said_by: [guard]": False,
    "said_by: [valley-front]": False,
    "said_by: [guard, valley-front]": False,
    "said_by: [guard, example-monitor]": True,
    "until: 2015": False,
    "until: ../2015": False,
    "until: 2015/..": False,
    "disputed_by: [report:8]": False,
}


@pytest.mark.parametrize(("claim", "shown"), SHOWN.items())
def test_groups_of_a_person(claim: str, shown: bool, example: Path) -> None:
    assert person(example / "raw", claim).groups == (["valley-front"] if shown else [])


@pytest.mark.parametrize(("claim", "shown"), SHOWN.items())
def test_groups_that_a_person_leads(claim: str, shown: bool, example: Path) -> None:
    raw = example / "raw"
    write("people/guard.yml", f"id: guard\nbasis: commander\n{NAMED.format('Guard')}")(raw)
    led = CLAIM.format("guard", f"{claim}, " if claim else "")
    append("groups/valley-front.yml", f"led_by:\n{led}")(raw)
    assert row(tables(raw), "people", "guard").groups == (["valley-front"] if shown else [])


@pytest.mark.parametrize(
    ("claims", "shown"),
    [
        (["standing: alleged, said_by: [example-monitor]", ""], True),
        (["standing: claimed, said_by: [guard]", ""], True),
        # By one text the tie has ended: another that gives no dates does not say that it goes on.
        (["until: 2015", ""], False),
        (["role: head, until: 2015", ""], False),
        (["role: head, until: 2015", "role: head"], False),
        (["until: 2015", "role: head"], False),
        (["role: head, until: 2015", "role: member"], True),
        (["until: 2015", "since: 2016"], True),
        (["until: 2015", "since: 2014"], False),
        (["until: 2015, standing: denied, said_by: [example-monitor]", "role: head"], False),
        (["role: guest, standing: denied, said_by: [example-monitor]", "role: head"], True),
    ],
)
def test_several_claims_of_one_tie(claims: list[str], shown: bool, example: Path) -> None:
    assert person(example / "raw", *claims).groups == (["valley-front"] if shown else [])


@pytest.mark.parametrize(
    ("membership", "lead", "shown"),
    [
        ("until: 2015, ", "", False),  # who has left a group leads it no longer
        ("until: 2015, ", "role: head, ", False),
        ("role: head, until: 2015, ", "role: head, ", False),
        ("role: clerk, until: 2015, ", "role: head, ", True),
        ("role: head, ", "role: head, until: 2015, ", False),
        ("", "until: 2015, ", True),  # who no longer leads it may have stayed
        ("role: member, ", "role: head, until: 2015, ", True),
        ("until: 2015, standing: denied, said_by: [example-monitor], ", "", True),
    ],
)
def test_an_end_in_one_record_is_an_end_in_the_other(membership: str, lead: str, shown: bool, example: Path) -> None:
    raw = example / "raw"
    member = f"member_of:\n{CLAIM.format('valley-front', membership)}"
    write("people/guard.yml", f"id: guard\nbasis: commander\n{NAMED.format('Guard')}{member}")(raw)
    append("groups/valley-front.yml", f"led_by:\n{CLAIM.format('guard', lead)}")(raw)
    assert row(tables(raw), "people", "guard").groups == (["valley-front"] if shown else [])


@pytest.mark.parametrize(
    ("relation", "column", "value", "role"),
    [("part_of", "parent_id", "valley-front", ""), ("based_in", "headquarters_id", "mithal", "role: headquarters, ")],
)
@pytest.mark.parametrize(("claim", "shown"), [each for each in SHOWN.items() if "role" not in each[0]])
def test_ties_of_a_group(
    relation: str, column: str, value: str, role: str, claim: str, shown: bool, example: Path
) -> None:
    raw = example / "raw"
    text = CLAIM.format(value, f"{role}{claim}, " if claim else role)
    if value == "mithal":  # a place says nothing
        text = text.replace("valley-front", "example-monitor")
        shown = shown or claim in ("said_by: [valley-front]", "said_by: [guard, valley-front]")
    write("groups/guard.yml", f"id: guard\nkind: militia\n{NAMED.format('Guard')}{relation}:\n{text}")(raw)
    assert getattr(row(tables(raw), "groups", "guard"), column) == (value if shown else None)


def test_two_values_of_a_tie_are_none_unless_one_is_preferred(example: Path) -> None:
    raw = example / "raw"

    def parent(preferred: str) -> Any:
        two = CLAIM.format("valley-front", "") + CLAIM.format("mithal-battalion", preferred)
        write("groups/guard.yml", f"id: guard\nkind: militia\n{NAMED.format('Guard')}part_of:\n{two}")(raw)
        return row(tables(raw), "groups", "guard").parent_id

    assert parent("") is None
    assert parent("preferred: the later text, ") == "mithal-battalion"
    assert parent("preferred: its own word, standing: claimed, said_by: [guard], ") == "valley-front"


@pytest.mark.parametrize(("claim", "shown"), SHOWN.items())
def test_what_is_told_of_a_group(claim: str, shown: bool, example: Path) -> None:
    """Its status is no tie, and its row has no standing for it either."""
    raw = example / "raw"
    if "role" in claim:
        return
    text = CLAIM.format("active", f"{claim}, " if claim else "")
    write("groups/guard.yml", f"id: guard\nkind: militia\n{NAMED.format('Guard')}status:\n{text}")(raw)
    others = claim in ("said_by: [valley-front]", "said_by: [guard, valley-front]")
    assert row(tables(raw), "groups", "guard").status == ("active" if shown or others else None)


@pytest.mark.parametrize(
    ("names", "label", "second"),
    [
        ("{value: Guard, lang: en, CITE}", "Guard", None),
        ("{value: Guard, lang: en, CITE}\n  - {value: Guardia, lang: es, CITE}", "Guard", "Guardia"),
        ("{value: Guard, lang: en, CITE}\n  - {value: Guardia, lang: es, role: epithet, speaker: foes, CITE}", "Guard", None),
        ("{value: Guard, lang: en, CITE}\n  - {value: Guardia, lang: es, standing: alleged, said_by: [example-monitor], CITE}", "Guard", None),
        ("{value: Guard, lang: en, CITE}\n  - {value: Guardia, lang: es, disputed_by: [report:8], CITE}", "Guard", None),
        ("{value: Wolf, lang: en, standing: alleged, said_by: [example-monitor], CITE}\n  - {value: Guard, lang: en, CITE}", "Guard", None),
        ("{value: Wolf, lang: en, role: epithet, speaker: foes, CITE}\n  - {value: Guard, lang: en, role: alias, CITE}", "Guard", None),
        ("{value: Wolf, lang: en, role: former, CITE}\n  - {value: Guard, lang: en, role: alias, CITE}", "Guard", None),
    ],
)  # fmt: skip
def test_no_label_is_an_epithet_or_alleged(names: str, label: str, second: str | None, example: Path) -> None:
    text = names.replace("CITE", "cite: [report:7]")
    write("people/guard.yml", f"id: guard\nbasis: commander\nnames:\n  - {text}\n")(example / "raw")
    found = tables(example / "raw")
    assert (row(found, "people", "guard").name, row(found, "people", "guard").second_name) == (label, second)
    assert row(found, "entities", "guard").label == label


# --- events ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [
        ("{low: 3, high: 3, class: fighters, CITE}", (3, 3)),
        ("{low: 3, high: 3, class: fighters, CITE}\n  - {low: 5, high: 5, class: civilians, CITE}", None),
        ("{low: 3, high: 3, class: fighters, CITE}\n  - {low: 5, high: 5, class: civilians, preferred: whole, CITE}", (5, 5)),
        ("{low: 3, high: 3, class: fighters, CITE}\n  - {low: 8, high: 8, class: all, CITE}", (8, 8)),
        # An alleged toll of all is none, and hides no other.
        ("{low: 3, high: 3, class: fighters, CITE}\n  - {low: 8, high: 8, class: all, standing: alleged, said_by: [example-monitor], CITE}", (3, 3)),
        # A running count never overtakes a final one, and does not contest it.
        ("{low: 3, high: 3, class: all, as_of: 2014-03-02, CITE}\n  - {low: 8, high: 8, class: all, CITE}", (8, 8)),
        ("{low: 9, high: 9, class: all, as_of: 2014-03-04, CITE}\n  - {low: 8, high: 8, class: all, CITE}", (8, 8)),
        ("{low: 3, high: 3, class: all, as_of: 2014-03-02, CITE}\n  - {low: 8, high: 8, class: all, as_of: 2014-03-04, CITE}", (8, 8)),
        ("{low: 3, high: 3, class: all, CITE}\n  - {low: 8, high: 8, class: all, CITE}", None),
    ],
)  # fmt: skip
def test_the_toll_of_an_event(numbers: str, shown: tuple[int, int] | None, example: Path) -> None:
    raw = example / "raw"
    line = "{low: 2, high: 2, class: fighters, of: valley-front, cite: [report:7]}"
    replace(CHECKPOINT, line, numbers.replace("CITE", "cite: [report:7]"))(raw)
    found = row(tables(raw), "events", "mithal-checkpoint-2014-03-02")
    assert (found.killed_low, found.killed_high) == (shown or (None, None))


def test_an_alleged_place_inside_another_hides_nothing(example: Path) -> None:
    raw = example / "raw"
    line = "  - {value: lower-mithal, precision: at, standing: alleged, said_by: [valley-front], cite: [report:9]}\n"
    replace(CHECKPOINT, "participants:\n", f"{line}participants:\n")(raw)
    assert row(tables(raw), "events", "mithal-checkpoint-2014-03-02").place_id == "mithal"


def test_a_date_by_a_day_agrees_with_one_before(example: Path) -> None:
    raw = example / "raw"
    line = "  - {value: ../2014-03-04, cite: [report:7]}\n"
    replace(CHECKPOINT, "place:\n", f"{line}place:\n")(raw)
    found = row(tables(raw), "events", "mithal-checkpoint-2014-03-02")
    assert (found.date, found.contested) == ("2014-03-02", [])


def test_a_denied_event_marks_its_participants_and_toll_and_keeps_its_date(example: Path) -> None:
    raw = example / "raw"
    denied = "  - {standing: denied, said_by: [valley-front], cite: [report:8]}\n"
    replace(CHECKPOINT, "date:\n", f"{denied}date:\n")(raw)
    found = row(tables(raw), "events", "mithal-checkpoint-2014-03-02")
    assert found.contested == ["killed", "occurred", "participants"]
    assert (found.date, found.place_id, found.killed_low, found.standing) == ("2014-03-02", "mithal", None, "asserted")
    assert row(tables(raw), "timeline", "mithal-checkpoint-2014-03-02").actor_ids == []


def test_an_answer_that_covers_properties_marks_those(example: Path) -> None:
    raw = example / "raw"
    answer = "responses:\n  - {by: valley-front, stance: denies, covers: [killed], cite: [report:8]}\n"
    append(CHECKPOINT, answer)(raw)
    found = tables(raw)
    assert row(found, "events", "mithal-checkpoint-2014-03-02").contested == ["killed"]
    assert next(each for each in found["responses"] if each.event_id).covers == ["killed"]
