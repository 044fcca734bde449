"""Nobody who is accused over an event stands among those who took part in it without that mark; two records that nobody
takes for one are not kept apart in words."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

import pytest

from syrian_groups_data.library import load
from syrian_groups_data.library import open as open_package
from syrian_groups_data.library.terminal import shown
from syrian_groups_data.model.rows import TABLES
from syrian_groups_data.site import Options, render
from syrian_groups_data.site.lists import home
from syrian_groups_data.site.reading import Reading
from tests.conftest import ROOT
from tests.sites import Memory


@pytest.fixture(scope="module")
def package() -> Memory:
    found = open_package(ROOT)
    return Memory(found.descriptor, {table.table: found.table(table.table) for table in TABLES})


def _part(package: Memory) -> list[dict[str, Any]]:
    """Rows of participants who are accused over the event."""
    about = {row["allegation_id"]: row["event_id"] for row in package.table("allegations").to_pylist()}
    accused = defaultdict(set)
    for row in package.table("parties").to_pylist():
        if row["role"] == "accused" and (event := about[row["allegation_id"]]):
            accused[event].add(row["entity_id"] or row["described"])
    part = [
        row
        for row in package.table("participants").to_pylist()
        if (row["entity_id"] or row["described"]) in accused[row["event_id"]]
    ]
    assert len({row["event_id"] for row in part}) > 5
    return part


def test_whoever_is_accused_over_an_event_is_marked_on_every_page_where_they_stand_in_it(package: Memory) -> None:
    site, part = render(package, Options()), _part(package)
    folder = {row["entity_id"]: row["type"] for row in package.table("entities").to_pylist()}
    for row in part:
        page = site[f"events/{row['event_id']}.html"].decode()
        item = page.partition(f'id="{row["statement_id"]}"')[2].partition("</div>")[0]
        assert "(accused)" in item, row["statement_id"]
        if row["entity_id"]:
            where = {"group": "groups", "person": "people"}[folder[row["entity_id"]]]
            events = site[f"{where}/{row['entity_id']}.html"].decode().partition('id="events"')[2]
            line = next(each for each in events.split("</li>") if f"events/{row['event_id']}.html" in each)
            assert "(accused)" in line, row["statement_id"]
    # Nor does it stand with anybody else.
    marked = {
        path.removeprefix("events/")[:-5] for path in site if path.startswith("events/") and b"(accused)" in site[path]
    }
    assert marked == {row["event_id"] for row in part}
    data = site["data/compare-event.js"].decode()
    for row in part:
        assert re.search(r"[^\"]+ \(accused\)", data.partition(f'"{row["event_id"]}":')[2].partition("]]")[0])


def test_the_terminal_marks_whoever_is_accused_as_the_pages_do(package: Memory) -> None:
    data, part = load(ROOT), _part(package)
    for row in part:
        label = data[row["entity_id"]].label if row["entity_id"] else row["described"]
        lines = [each.text for each in shown(data, data[row["event_id"]], {}, "participants")]
        found = [each for each in lines if each.startswith(tuple(f"  {mark} {label} " for mark in "•≠✗"))]
        assert found, row["statement_id"]
        assert all("(accused)" in each for each in found), row["statement_id"]
        if row["entity_id"]:
            (line,) = [
                each.text
                for each in shown(data, data[row["entity_id"]], {})
                if each.text.startswith(f"  {row['event_id']}  ")
            ]
            assert "accused)" in line
    marked = {
        key for key in data.events for each in shown(data, data[key], {}, "participants") if "(accused)" in each.text
    }
    assert marked == {row["event_id"] for row in part}


@pytest.mark.parametrize(
    ("compare", "confused"),
    [
        (["syrian-resistance", "syrian-popular-resistance"], True),
        (["syrian-popular-resistance", "syrian-resistance"], True),
        (["hezbollah", "turkey"], False),
        (["syrian-resistance", "syrian-opposition"], False),
    ],
)
def test_only_two_of_like_names_are_said_not_to_be_one(package: Memory, compare: list[str], confused: bool) -> None:
    named = Memory(package.descriptor | {"compare": compare}, package.tables)
    assert home(Reading(named))["confused"] is confused
