"""Rows that join: works beside sources, the timeline, the ledger, notes that travel, ids."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import syrian_groups_data as sgd
from syrian_groups_data.author import load
from syrian_groups_data.model.claims import Attribute, statement_id
from syrian_groups_data.model.rows import TABLES
from syrian_groups_data.model.table import columns
from tests.cases import BATTALION, CHECKPOINT, FRONT, KILLINGS, MURDER, append, replace, write
from tests.conftest import EXAMPLE
from tests.test_wide import row, tables

MONITOR, REPORT = "sources/monitor.yml", "sources/report.yml"

# --- works ----------------------------------------------------------------------------------------


def about(found: dict[str, list[Any]], value: str) -> Any:
    return next(each for each in found["statements"] if each.value == value)


def origins(found: dict[str, list[Any]], key: str) -> dict[str, str]:
    return {each.passage_id: each.origin for each in found["citations"] if each.statement_id == key}


def test_a_copy_is_no_second_work(example: Path) -> None:
    name = about(tables(example / "raw"), "كتيبة المثال")
    assert (name.sources, name.works, name.origins) == (["copy", "report"], ["report"], 1)


def test_what_only_the_copy_prints_is_its_own(example: Path) -> None:
    append(FRONT, "background:\n  - {value: A fact, cite: [copy:2]}\n  - {value: Another, cite: [copy:2, report:8]}\n")(
        example / "raw"
    )
    found = tables(example / "raw")
    fact, other = about(found, "A fact"), about(found, "Another")
    assert (fact.sources, fact.works, origins(found, fact.statement_id)) == (["copy"], ["copy"], {"copy:2": "copy"})
    assert (other.works, set(origins(found, other.statement_id).values())) == (["report"], {"report"})
    # Of the whole record it is no second work.
    assert row(found, "entities", "valley-front").works == 1
    assert {each.source_id: each.work for each in found["sources"]} == {
        "copy": "report", "report": "report", "monitor": "monitor", "verger": "verger", "vespertino": "vespertino",
    }  # fmt: skip


def test_a_speaker_of_a_copy_is_the_speaker(example: Path) -> None:
    append(FRONT, "background:\n  - {value: A fact, said_by: [example-monitor], cite: [copy:2]}\n")(example / "raw")
    found = tables(example / "raw")
    assert origins(found, about(found, "A fact").statement_id) == {"copy:2": "example-monitor"}


def test_two_versions_of_one_article_are_one_work(example: Path) -> None:
    append(FRONT, "background:\n  - {value: A fact, cite: [monitor:2, report:8]}\n")(example / "raw")
    before = about(tables(example / "raw"), "A fact")
    append(MONITOR, "version_of: report\n")(example / "raw")
    after = about(tables(example / "raw"), "A fact")
    assert (before.works, before.origins) == (["monitor", "report"], 2)
    assert (after.sources, after.works, after.origins) == (["monitor", "report"], ["report"], 1)
    assert before.statement_id == after.statement_id


def test_works_count_on_the_published_data() -> None:
    works = {each["source_id"]: each["work"] for each in sgd.read("sources").to_pylist()}
    for name in ("statements", "timeline", "ledger"):
        for each in sgd.read(name).to_pylist():
            assert len(each["works"]) == len({works[key] for key in each["sources"]})
            assert set(each["works"]) <= set(each["sources"])


# --- the timeline ---------------------------------------------------------------------------------


def test_every_event_has_a_day_to_sort_by_and_says_which(example: Path) -> None:
    raw = example / "raw"

    def event(key: str, dated: str, part_of: str = "") -> None:
        tie = f"part_of:\n  - {{value: {part_of}, cite: [report:7]}}\n" if part_of else ""
        when = f"date:\n  - {{value: {dated}, cite: [report:7]}}\n" if dated else ""
        head = f"id: {key}\ntitle: Event {key}\ntype: campaign\nsubtype: war\noccurred: [{{cite: [report:7]}}]\n"
        write(f"events/{key}.yml", head + when + tie)(raw)

    event("war", "2013-05/2014")
    event("by-then", "../2012-06-01")
    event("after", "2014-02/..")
    event("part", "", "war")
    event("part-of-part", "", "part")
    event("undated", "")
    event("part-of-undated", "", "undated")
    found = [(each.event_id, each.sort_date, each.sort_basis) for each in tables(raw)["timeline"]]
    assert found == [
        ("by-then", date(2012, 6, 1), "latest"),
        ("war", date(2013, 5, 1), "earliest"),
        ("part", date(2013, 5, 1), "whole"),
        ("part-of-part", date(2013, 5, 1), "whole"),
        ("after", date(2014, 2, 1), "earliest"),
        ("mithal-checkpoint-2014-03-02", date(2014, 3, 2), "earliest"),
        ("vereda-honda-fire-2016-05-03", date(2016, 5, 3), "earliest"),
        ("lower-mithal-killings-2014", None, None),
        ("part-of-undated", None, None),
        ("undated", None, None),
    ]


def test_a_row_of_the_timeline_leads_to_place_actors_and_passages(example: Path) -> None:
    raw = example / "raw"
    replace(CHECKPOINT, "cite: [report:7], context: [report:6]}", "cite: [report:7], note: By the report.}")(raw)
    part = "  - {value: jane-example, role: commander, standing: reported, hedge: said, cite: [report:8]}\n"
    replace(CHECKPOINT, "killed:\n", f"{part}killed:\n")(raw)
    found = row(tables(raw), "timeline", "mithal-checkpoint-2014-03-02")
    assert found.place_id == "mithal"
    assert found.actor_ids == ["mithal-battalion", "valley-front"]
    assert "commander: Jane Example (reported “said”)" in found.actors
    assert found.passages == ["report:7", "report:8"]
    assert all(link.startswith("https://example.org/wiki/Mithal-Battalion") for link in found.links)
    assert (found.works, found.note) == (["report"], "date: By the report.")


def test_nobody_who_is_accused_over_an_event_is_among_its_plain_actors(example: Path) -> None:
    raw = example / "raw"
    part = "participants:\n  - {value: mithal-battalion, role: agent, cite: [report:9]}\n"
    append(KILLINGS, part)(raw)
    found = row(tables(raw), "timeline", "lower-mithal-killings-2014")
    assert (found.actors, found.actor_ids) == (["agent: Mithal Battalion (accused)"], [])


def test_a_semicolon_of_an_address_parts_no_list(example: Path) -> None:
    raw = example / "raw"
    replace(REPORT, "url: https://example.org/wiki/Mithal-Battalion", "url: http://example.org/a;b")(raw)
    found = tables(raw)
    links = [link for name in ("timeline", "ledger") for each in found[name] for link in each.links]
    assert links
    assert all(link.startswith("http://example.org/a%3Bb") for link in links)


# --- allegations ----------------------------------------------------------------------------------

ACCUSED = "accused:\n"


def test_a_refuted_accusation_is_marked_and_a_denied_one_is_none(example: Path) -> None:
    raw = example / "raw"
    more = (
        "  - {value: jane-example, standing: refuted, said_by: [valley-front], cite: [report:9]}\n"
        "  - {value: example-monitor, standing: denied, said_by: [valley-front], cite: [report:9]}\n"
    )
    replace(MURDER, ACCUSED, ACCUSED + more)(raw)
    found = tables(raw)
    ledger = row(found, "ledger", "lower-mithal-murder-2014")
    assert ledger.accused == ["Jane Example (refuted)", "Mithal Battalion"]
    assert ledger.accusations == [
        "Valley Front → Jane Example (refuted)",
        "Valley Front → Mithal Battalion (alleged)",
    ]
    parties = [each for each in found["parties"] if each.allegation_id == "lower-mithal-murder-2014"]
    assert {each.entity_id for each in parties if each.role == "accused"} == {"mithal-battalion"}


@pytest.mark.parametrize(
    ("manner", "outcome", "said"),
    [
        ("", "admitted", "Mithal Battalion: admits"),
        (", standing: alleged", "unanswered", "Mithal Battalion: admits (alleged)"),
        (", standing: reported, hedge: reportedly", "unanswered", "Mithal Battalion: admits (reported “reportedly”)"),
        (", standing: denied", "unanswered", None),
    ],
)
def test_only_a_plain_admission_is_one(manner: str, outcome: str, said: str | None, example: Path) -> None:
    raw = example / "raw"
    old = "{by: john-example, stance: denies, part: that any resident was harmed, cite: [report:10]}"
    replace(MURDER, old, f"{{by: mithal-battalion, stance: admits{manner}, cite: [report:10]}}")(raw)
    found = row(tables(raw), "ledger", "lower-mithal-murder-2014")
    assert (found.outcome, found.responses) == (outcome, [said] if said else [])


def test_the_date_of_an_allegation_is_its_own_where_it_has_any(example: Path) -> None:
    raw = example / "raw"
    replace(MURDER, "event: lower-mithal-killings-2014", "event: mithal-checkpoint-2014-03-02")(raw)
    assert row(tables(raw), "allegations", "lower-mithal-murder-2014").date == "2014-03-02"
    own = "  - {{value: {}, cite: [report:7]}}\n"
    append(MURDER, "date:\n" + own.format(2012))(raw)
    assert row(tables(raw), "allegations", "lower-mithal-murder-2014").date == "2012"
    append(MURDER, own.format(2013))(raw)
    assert row(tables(raw), "allegations", "lower-mithal-murder-2014").date is None


# --- notes and ids --------------------------------------------------------------------------------


def test_notes_travel_with_every_claim() -> None:
    notes = {each["statement_id"]: each["note"] for each in sgd.read("statements").to_pylist()}
    for name in ("names", "relations", "attributes", "estimates", "participants", "parties", "responses"):
        found = sgd.read(name).to_pylist()
        assert [each["note"] for each in found] == [notes[each["statement_id"]] for each in found], name
    assert any(each["note"] for each in sgd.read("timeline").to_pylist())


def test_no_spreadsheet_reads_an_id_as_a_number() -> None:
    for key in sgd.read("statements")["statement_id"].to_pylist():
        assert re.fullmatch(r"s[0-9a-f]{20}", key)
    for each in sgd.read("citations").to_pylist():
        assert each["citation_id"] == f"{each['statement_id']}/{each['passage_id']}/{each['role']}"


def test_an_id_of_the_first_release_is_the_beginning_of_todays() -> None:
    claim = Attribute(value="Peace", cite=["a:1"])
    content = {"value": "Peace", "via": [], "standing": "asserted"}
    text = json.dumps(["guard", "goal", content, None, None], sort_keys=True, ensure_ascii=False)
    first = hashlib.sha256(text.encode()).hexdigest()[:12]
    assert statement_id("guard", "goal", claim, None, None).startswith(f"s{first}")


def test_what_an_answer_covers_is_no_part_of_its_id(example: Path) -> None:
    raw = example / "raw"

    def ids() -> list[str]:
        return [each.statement_id for each in tables(raw)["responses"]]

    before = ids()
    replace(MURDER, "stance: denies,", "stance: denies, covers: [accused],")(raw)
    assert ids() == before
    parties = [each for each in tables(raw)["parties"] if each.allegation_id == "lower-mithal-murder-2014"]
    assert [each.contested for each in parties] == [True, True]


def test_identifiers_elsewhere_are_columns(example: Path) -> None:
    raw = example / "raw"
    append(BATTALION, "identifiers:\n  - {scheme: wikidata, value: Q1}\n  - {scheme: acled, value: A B (Mithal)}\n")(
        raw
    )
    found = tables(raw)
    assert row(found, "groups", "mithal-battalion").identifiers == ["wikidata: Q1", "acled: A B (Mithal)"]
    assert row(found, "groups", "valley-front").identifiers == []
    assert row(found, "people", "jane-example").identifiers == row(found, "places", "mithal").identifiers == []


def test_no_column_of_a_pattern_holds_what_sql_tools_take_for_a_parameter() -> None:
    patterns = {column.pattern for table in TABLES for column in columns(table) if column.pattern}
    assert len(patterns) > 4
    assert [pattern for pattern in patterns if re.search(r":\w", pattern)] == []


def test_changes_are_published(example: Path) -> None:
    raw = example / "raw"
    new = next(each.statement_id for each in tables(raw)["statements"] if each.entity_id == "valley-front")
    with (raw / "changes.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["old", "new", "kind", "reason", "since"])
        writer.writerow(["sfedcba987654", new, "correction", "The day, not the month.", "2.0.0"])
        writer.writerow(["s0123456789ab", "", "withdrawn", "", "2.0.0"])
    found = [tuple(each) for each in tables(raw)["changes"]]
    assert found == [
        ("s0123456789ab", None, "withdrawn", None, "2.0.0"),
        ("sfedcba987654", new, "correction", "The day, not the month.", "2.0.0"),
    ]
    assert load(EXAMPLE / "raw").changes == ()
