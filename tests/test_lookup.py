"""From an id as somebody has it, of whatever release, to what it stands for; messages where it stands for nothing."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

import pyarrow as pa
import pytest

import syrian_groups_data as sgd


@pytest.fixture(scope="module")
def data() -> sgd.Data:
    return sgd.load()


def with_changes(*rows: tuple[str, str | None, str, str]) -> sgd.Data:
    """The installed release, with other rows in `changes`."""
    package = sgd.open()
    names = ("old_id", "new_id", "kind", "reason", "since")
    cells = list(zip(*(row if len(row) == 5 else (*row, "2.0.0") for row in rows), strict=True))
    changes = pa.table({name: pa.array(list(column), pa.string()) for name, column in zip(names, cells, strict=True)})
    held = {name: package.read(name) for name in package.tables} | {"changes": changes}
    return sgd.Data(sgd.Memory(held, package.descriptor))


def test_whatever_has_an_id_is_found_by_it(data: sgd.Data) -> None:
    group: Any = data["syrian-resistance"]
    statement = group.statements("founded")[0]
    found: dict[str, Any] = {key: data[key] for key in ("wiki-sr", "wiki-sr:12", statement.id, "syrian-resistance")}
    assert [type(each) for each in found.values()] == [sgd.Source, sgd.Passage, sgd.Statement, sgd.Group]
    assert found[statement.id] == statement
    assert all(key in data for key in found)
    assert "nothing" not in data
    assert None not in data
    assert found["wiki-sr"]["title"] == found["wiki-sr"].title
    assert found["wiki-sr"]["source_id"] == "wiki-sr"
    with pytest.raises(KeyError):
        found["wiki-sr"]["nothing"]


def test_a_collection_is_what_its_table_has(data: sgd.Data) -> None:
    for name in ("groups", "people", "places", "events", "allegations", "sources", "passages", "statements"):
        records = getattr(data, name)
        keys = list(records)
        assert len(records) == len(keys) == sgd.read(name).num_rows
        assert [record.id for record in records.values()] == [key for key, _ in records.items()] == keys
        assert records._ipython_key_completions_() == keys
        assert records[keys[-1]].id == keys[-1]


def test_a_statement_of_1_0_is_found_by_its_twelve_digits(data: sgd.Data) -> None:
    for statement in list(data.statements.values())[:20]:
        assert statement.id.startswith("s")
        assert data[statement.id[1:13]] == data.statements[statement.id[1:13]] == statement
    with pytest.raises(KeyError, match="no record '000000000000'"):
        data["000000000000"]


def test_a_corrected_statement_leads_to_its_successor_and_a_withdrawn_one_says_why() -> None:
    now = next(iter(sgd.load().statements))
    first, second, gone, circle = (f"s{digit * 20}" for digit in "1234")
    data = with_changes(
        (first, second, "correction", "x"), (second, now, "correction", "x"), (gone, None, "withdrawn", "It misread its passage."),
        (circle, circle, "correction", "x"),
    )  # fmt: skip
    assert data[first] == data[second] == data[first[1:13]] == data.statements[now]
    assert first in data
    for old in (gone, gone[1:13]):
        with pytest.raises(KeyError, match=r"it was given up in 2\.0\.0 \(withdrawn\): It misread its passage\."):
            data[old]
    with pytest.raises(KeyError):
        data[circle]


def test_messages_say_where_it_is_or_what_is_near(data: sgd.Data) -> None:
    cases: list[tuple[Any, str, str]] = [
        (data.groups, "mihrac-ural", r"no group 'mihrac-ural': it is a person; see data\.people\['mihrac-ural'\]"),
        (data.people, "hts", r"it is a group; see data\.groups"),
        (data.groups, "wiki-sr", r"it is a source; see data\.sources"),
        (data, "wiki-sr:999", r"no record 'wiki-sr:999': wiki-sr has 45 passages, wiki-sr:1 to wiki-sr:45"),
        (data.passages, "wiki-sr:999", "wiki-sr has 45 passages"),
        (data.groups, "syrian-resistence", "near: syrian-resistance"),
        (data, "mihrac-urall", "near: mihrac-ural"),
        (data.groups, "المقاومة السورية", "near: syrian-resistance"),
        (data.groups, None, "no group None: an id is text"),
        (data, 7, "no record 7: an id is text"),
    ]
    for records, key, message in cases:
        with pytest.raises(KeyError, match=message):
            records[key]
    assert data.groups.get(None) is None  # type: ignore[call-overload]


def test_a_year_is_a_period(data: sgd.Data) -> None:
    group = data.groups["syrian-resistance"]
    assert group.as_of(2016) == group.as_of("2016")
    with pytest.raises(ValueError, match="not a date like"):
        group.as_of("next week")
    for given in (2016.5, None):
        with pytest.raises(TypeError, match="a date, a year or text"):
            group.as_of(given)  # type: ignore[arg-type]


# --- which value to show --------------------------------------------------------------------------


def claim(**more: Any) -> sgd.Statement:
    from dataclasses import fields

    blank: dict[str, Any] = {each.name: None for each in fields(sgd.Statement)}
    plain = {"entity_id": "x", "standing": "asserted", "contested": False, "citations": (), "via": (), "origins": 1}
    return sgd.Statement(**blank | plain | {"id": str(more)} | more)


@pytest.mark.parametrize(
    ("claims", "shown"),
    [
        ([], None),
        ([{"property": "founded", "value": "2011", "standing": "denied"}], None),
        ([{"property": "founded", "value": "2024-12"}, {"property": "founded", "value": "2024-12-29"}], 1),
        ([{"property": "founded", "value": "2024-12-29", "standing": "reported"}, {"property": "founded", "value": "2024-12"}], 1),
        ([{"property": "founded", "value": "2011"}, {"property": "founded", "value": "2012", "preferred_because": "x"}], 1),
        ([{"property": "led_by", "value": "A", "value_id": "a"}, {"property": "led_by", "value": "B", "value_id": "b"}], None),
        ([{"property": "led_by", "value": "A", "value_id": "a", "role": "founder", "origins": 1},
          {"property": "led_by", "value": "A.", "value_id": "a", "role": "leader", "origins": 2}], 1),
        ([{"property": "status", "value": "active", "until": "2016"}, {"property": "status", "value": "dormant", "since": "2016"}], 1),
        ([{"property": "strength", "value": "100", "low": 100, "high": 100, "qualifier": "exact", "as_of": "2013"},
          {"property": "strength", "value": "300", "low": 300, "high": 400, "qualifier": "between", "as_of": "2015"}], 1),
        ([{"property": "killed", "value": "2", "low": 2, "high": 2, "qualifier": "exact", "counted": "fighters"},
          {"property": "killed", "value": "3", "low": 3, "high": 3, "qualifier": "exact", "counted": "civilians"}], None),
        ([{"property": "killed", "value": "2", "low": 2, "high": 2, "qualifier": "exact", "counted": "fighters"},
          {"property": "killed", "value": "5", "low": 5, "high": 5, "qualifier": "exact", "counted": "all"}], 1),
    ],
)  # fmt: skip
def test_which_value_is_shown(claims: list[dict[str, Any]], shown: int | None) -> None:
    from syrian_groups_data.library.statements import preferred

    made = [claim(**each) for each in claims]
    assert preferred(made) == (None if shown is None else made[shown])
    if made and made[0].affirmative and not any(each.preferred_because for each in made):
        contested = [claim(**each, contested=True) for each in claims]
        with pytest.raises(sgd.Contested):
            preferred(contested)


def test_what_is_shown_is_what_the_wide_tables_show(data: sgd.Data) -> None:
    """Where a wide table has a value, and no other rule of its own left one out, it is this one."""
    seen = 0
    for group in data.groups.values():
        for name in ("founded", "dissolved", "status"):
            told = [s for s in group.statements(name) if s.standing != "claimed"]
            if getattr(group, name) and len(told) == len(group.statements(name)):
                chosen = group.preferred(name)
                assert chosen
                assert chosen.value == getattr(group, name)
                seen += 1
    for event in data.events.values():
        if event.date:
            chosen = event.preferred("date")
            assert chosen
            assert chosen.value == event.date
            seen += 1
    assert seen > 50


def test_no_property_of_no_record_is_called_contested_where_nothing_is(data: sgd.Data) -> None:
    for records in (data.groups, data.people, data.places, data.events, data.allegations):
        for record in records.values():
            for name in {statement.property for statement in record.statements()}:
                found = [s for s in record.statements(name) if s.affirmative]
                disputed = any(s.contested for s in found) and not any(s.preferred_because for s in found)
                with pytest.raises(sgd.Contested) if disputed else nullcontext():
                    record.preferred(name)


def test_days_of_an_event_are_days(data: sgd.Data) -> None:
    event = data.events["reyhanli-bombings-2013-05-11"]
    assert event.date_earliest == event.date_latest
    assert event.date_earliest is not None
    assert event.date_earliest.isoformat() == event.date == "2013-05-11"
    open_ended = next(e for e in data.events.values() if (e.date or "").startswith("../"))
    assert (open_ended.date_earliest, open_ended.date_latest is None) == (None, False)


def test_a_statement_says_which_sources_and_works_carry_it(data: sgd.Data) -> None:
    for statement in data.statements.values():
        carried = sorted({c.passage.source_id for c in statement.citations if c.role == "supports"})
        assert list(statement.sources) == carried
        assert statement.works
    both = next(s for s in data.statements.values() if {"wiki-sr", "hubbry-sr"} <= set(s.sources))
    assert "hubbry-sr" not in both.works
