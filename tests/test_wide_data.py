"""Every column of a wide table, on the published data and on the example, against what `statements` says.

An audit from the outside: it reads published columns alone and shares no code with what made them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

import syrian_groups_data as sgd
from syrian_groups_data.author import load
from syrian_groups_data.flatten import flatten
from syrian_groups_data.model.models import models
from syrian_groups_data.publish import to_arrow
from tests.conftest import EXAMPLE

Rows = dict[str, list[dict[str, Any]]]
NAMES = (
    "statements", "groups", "people", "events", "timeline", "ledger", "parties", "allegations", "estimates", "names",
    "relations", "attributes", "participants", "responses", "citations", "entities",
)  # fmt: skip
PLAIN = ("asserted", "reported")


@pytest.fixture(scope="module", params=["published", "example"])
def tables(request: pytest.FixtureRequest) -> Rows:
    if request.param == "published":
        return {name: sgd.read(name).to_pylist() for name in NAMES}
    corpus = load(EXAMPLE / "raw")
    made, described = flatten(corpus), {table.table: table for table in models(corpus.vocabulary).tables}
    return {name: to_arrow(described[name], made[name]).to_pylist() for name in NAMES}


def clean(tables: Rows, entity: str, property: str) -> Iterator[dict[str, Any]]:
    """Statements that a column without a standing may show: plain, uncontested or preferred, not ended, not one's own."""
    for row in tables["statements"]:
        if row["entity_id"] == entity and row["property"] == property and row["standing"] in PLAIN:
            own = row["said_by"] and row["said_by"] in (entity, row["value_entity_id"])
            if not own and row["until"] is None and (row["preferred"] or not row["contested"]):
                yield row


def test_every_tie_of_a_wide_table_has_a_clean_statement(tables: Rows) -> None:
    shown = [(row["group_id"], "part_of", row["parent_id"]) for row in tables["groups"]]
    shown += [(row["group_id"], "based_in", row["headquarters_id"]) for row in tables["groups"]]
    shown += [(row["person_id"], "born_in", row["born_in_id"]) for row in tables["people"]]
    shown += [(row["event_id"], "part_of", row["part_of"]) for row in tables["events"]]
    shown = [each for each in shown if each[2]]
    assert shown
    for entity, property, value in shown:
        assert any(row["value_entity_id"] == value for row in clean(tables, entity, property)), (entity, property)
    for person in tables["people"]:
        for group in person["groups"]:
            member = (row["value_entity_id"] == group for row in clean(tables, person["person_id"], "member_of"))
            leads = (row["value_entity_id"] == person["person_id"] for row in clean(tables, group, "led_by"))
            assert any(member) or any(leads), (person["person_id"], group)


def test_every_value_of_a_wide_table_has_a_clean_statement(tables: Rows) -> None:
    columns = [("groups", "group_id", ("founded", "dissolved", "status")), ("people", "person_id", ("born", "died"))]
    for table, key, names in columns:
        for row in tables[table]:
            for name in names:
                if row[name]:
                    assert any(each["value"] == row[name] for each in clean(tables, row[key], name)), (row[key], name)


def test_dates_places_and_tolls_are_neither_alleged_nor_judged_nor_denied(tables: Rows) -> None:
    """The row of an event has its own standing, so that a claimed date or place may stand there."""
    may = (*PLAIN, "claimed")
    said = [
        row for row in tables["statements"] if row["standing"] in may and (row["preferred"] or not row["contested"])
    ]
    dates = {(row["entity_id"], row["value"]) for row in said if row["property"] == "date"}
    places = {(row["entity_id"], row["value_entity_id"]) for row in said if row["property"] == "place"}
    by_id = {row["statement_id"]: row for row in said}
    tolls = {
        (row["entity_id"], row["measure"], row["low"], row["high"], row["standing"])
        for row in tables["estimates"] if row["statement_id"] in by_id
    }  # fmt: skip
    for row in tables["events"]:
        key = row["event_id"]
        assert row["date"] is None or (key, row["date"]) in dates
        assert row["place_id"] is None or (key, row["place_id"]) in places
        for measure in ("killed", "injured"):
            low, high, standing = (row[f"{measure}_{part}"] for part in ("low", "high", "standing"))
            assert (low, high) == (None, None) or (key, measure, low, high, standing) in tolls


def test_actor_ids_are_of_those_who_plainly_took_part_and_are_not_accused(tables: Rows) -> None:
    about = {row["allegation_id"]: row["event_id"] for row in tables["allegations"]}
    accused = {(about[row["allegation_id"]], row["entity_id"]) for row in tables["parties"] if row["role"] == "accused"}
    plain = {
        (row["event_id"], row["entity_id"]) for row in tables["participants"]
        if row["standing"] == "asserted" and not row["hedge"] and not row["contested"]
    }  # fmt: skip
    shown = {(row["event_id"], actor) for row in tables["timeline"] for actor in row["actor_ids"]}
    assert shown
    assert shown <= plain - accused


def test_no_label_and_no_second_name_is_an_epithet_or_more_than_plain(tables: Rows) -> None:
    """A label is some name that may stand alone, or a title of ours; a second name is contested by nobody either."""
    told = {(row["entity_id"], row["value"]) for row in tables["statements"] if row["property"] == "names"}
    fit = [
        row for row in tables["names"] if row["role"] != "epithet" and row["standing"] in (*PLAIN, "claimed")
    ]  # fmt: skip
    labels = {(row["entity_id"], row["name"]) for row in fit}
    seconds = {(row["entity_id"], row["name"]) for row in fit if not row["contested"]}
    for table, key in (("groups", "group_id"), ("people", "person_id")):
        for row in tables[table]:
            second = row.get("name_ar") or row.get("name_es")
            assert (row[key], row["name"]) not in told - labels
            assert second is None or (row[key], second) in seconds


def test_notes_travel_with_the_claims(tables: Rows) -> None:
    notes = {row["statement_id"]: row["note"] for row in tables["statements"]}
    for table in ("names", "relations", "attributes", "estimates", "participants", "parties", "responses"):
        for row in tables[table]:
            assert row["note"] == notes[row["statement_id"]]
    shown = {
        "timeline": ("occurred", "date", "place", "participants", "killed", "injured"),
        "ledger": ("accused", "responses"),
    }
    keys = {"timeline": "event_id", "ledger": "allegation_id"}
    for table, properties in shown.items():
        rows = {row[keys[table]]: row["note"] or "" for row in tables[table]}
        for row in tables["statements"]:
            if row["entity_id"] in rows and row["property"] in properties and row["note"]:
                denied = row["standing"] == "denied" or (row["standing"] == "refuted" and row["property"] != "accused")
                assert denied or row["note"] in rows[row["entity_id"]], row["statement_id"]


def test_a_copy_is_no_second_work(tables: Rows) -> None:
    works = {row["statement_id"]: row["works"] for row in tables["statements"]}
    sources = {row["statement_id"]: row["sources"] for row in tables["statements"]}
    pairs = [("hubbry-sr", "wiki-sr"), ("copy", "report")]
    both = [key for key, said in sources.items() for copied, original in pairs if {copied, original} <= set(said)]
    assert both
    for key in both:
        assert not {copied for copied, _ in pairs} & set(works[key])
