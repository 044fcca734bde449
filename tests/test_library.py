"""The library as a user meets it: names, errors that help, values with their evidence."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import pytest

import syrian_groups_data as sgd
from syrian_groups_data.library import load
from tests.conftest import ROOT, Run


@pytest.fixture(scope="module")
def data() -> sgd.Data:
    return sgd.load()


@pytest.fixture
def small(example: Path, run: Run) -> sgd.Data:
    assert run(example, "build").returncode == 0
    return load(example)


def test_the_public_names() -> None:
    """A name that leaves this list breaks somebody's code: it needs a major release."""
    assert sgd.__all__ == [
        "Allegation", "Citation", "Contested", "Damaged", "Data", "Entity", "Event", "Group", "Match", "Memory", "Package",
        "Passage", "Person", "Place", "Source", "Statement", "datapackage", "load", "open", "path", "read", "tables",
        "to_networkx", "to_pandas", "to_polars",
    ]  # fmt: skip
    assert dir(sgd) == sgd.__all__
    assert all(getattr(sgd, name) is not None for name in sgd.__all__)


ENTITY = [
    "allegations", "as_of", "events", "id", "label", "mentions", "names", "preferred", "statements", "type",
]  # fmt: skip
NUMBERS = [f"{measure}_{part}" for measure in ("injured", "killed") for part in ("high", "low", "standing")]
DATES = ["date", "date_earliest", "date_latest"]
MEMBERS = {
    sgd.Group: [*ENTITY, "contested", "dissolved", "founded", "headquarters_id", "kind", "name_ar", "parent_id", "people",
                "second_name", "status", "strength_high", "strength_low"],
    sgd.Person: [*ENTITY, "basis", "born", "born_in_id", "contested", "died", "group_ids", "groups", "name_ar", "second_name"],
    sgd.Place: [*ENTITY, "admin1_id", "gazetteer", "geonames_id", "iso_3166_2", "kind", "latitude", "longitude", "name_ar",
                "parent_id", "precision", "second_name"],
    sgd.Event: [*ENTITY, *DATES, *NUMBERS, "admin1_id", "contested", "kind", "part_of", "participants", "place", "place_id",
                "place_precision", "said", "standing", "subtype", "summary"],
    sgd.Allegation: [*ENTITY, *DATES, "accused", "accusers", "acts", "event", "event_id", "origins", "outcome", "responses",
                     "summary"],
    sgd.Data: ["allegations", "events", "find", "groups", "name", "passages", "people", "places", "resting_on", "search",
               "second_language", "sources", "statements", "tables", "version"],
    sgd.Package: ["columns", "descriptor", "folder", "load", "path", "read", "table", "tables", "to_networkx", "to_pandas",
                  "to_polars", "version", "where"],
    sgd.Memory: ["columns", "descriptor", "table", "where"],
    sgd.Statement: ["affirmative", "as_of", "citations", "contested", "counted", "entity_id", "harm", "hedge", "high", "holds",
                    "id", "low", "note", "of", "origins", "preferred_because", "property", "qualified", "qualifier", "role",
                    "said_by", "said_in", "side", "since", "since_earliest", "sources", "speaker", "standing", "unit", "until",
                    "until_latest", "value", "value_id", "via", "voice", "words", "works"],
    sgd.Citation: ["origin", "passage", "role", "work"],
    sgd.Passage: ["became", "closes", "earlier", "end", "gone_since", "id", "letters", "note", "opens", "ordinal", "reason",
                  "section", "sha256", "snapshot_sha256", "source_id", "start", "url", "use", "words_sha256"],
    sgd.Source: ["archive", "author", "cited", "derived_from", "id", "kind", "language", "licence", "note", "passages",
                 "published", "publisher", "retrieved", "revision", "set_aside", "snapshot_sha256", "title", "url", "work"],
    sgd.Match: ["closeness", "entity", "name", "told"],
}  # fmt: skip


@pytest.mark.parametrize("kind", MEMBERS, ids=lambda kind: kind.__name__)
def test_public_members(kind: type, data: sgd.Data) -> None:
    """What a record, a release, a statement offers: to take one away needs a major release."""
    one = {
        sgd.Data: data, sgd.Package: data.tables, sgd.Memory: sgd.Memory({}), sgd.Match: data.search("ural")[0],
    }  # fmt: skip
    held = one.get(kind, next(iter(getattr(data, _PLURALS.get(kind, ""), {}).values()), kind))
    found = {name for name in dir(held) if not name.startswith("_")}
    assert sorted(found) == sorted(MEMBERS[kind])


_PLURALS = {
    sgd.Group: "groups", sgd.Person: "people", sgd.Place: "places", sgd.Event: "events", sgd.Allegation: "allegations",
    sgd.Statement: "statements", sgd.Passage: "passages", sgd.Source: "sources",
}  # fmt: skip


def test_importing_loads_nothing_heavy() -> None:
    code = (
        "import sys; before = set(sys.modules); import syrian_groups_data; new = set(sys.modules) - before;"
        "print(sorted(name for name in new if not name.startswith('syrian_groups_data')))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


HEAVY = ("yaml", "pydantic", "pandas", "polars", "networkx", "rich", "duckdb", "pyarrow.dataset", "pyarrow.acero")


@pytest.mark.parametrize(
    "code",
    [
        "sgd.read('events')",
        "g = sgd.load().groups['syrian-resistance']; g.statements(); g.mentions; g.events; g.allegations; g.people",
        "sgd.load().find('Mihrac')",
        "from syrian_groups_data.commands import main; main(['show', 'mihrac-ural']); main(['search', 'xyzzy'])",
    ],
    ids=["read", "load", "find", "commands"],
)
def test_reading_loads_no_yaml_pydantic_or_pandas(code: str) -> None:
    """What a reader does needs pyarrow alone, and is not slowed down by what happens to be installed."""
    code = f"import sys, syrian_groups_data as sgd; {code}; print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_module_does_not_hide_a_function() -> None:
    code = "import syrian_groups_data.library.release, syrian_groups_data.library, syrian_groups_data as s; print(s.read('events').num_rows > 0)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True"


def test_unknown_names_are_answered_with_near_ones(data: sgd.Data) -> None:
    with pytest.raises(KeyError, match="events"):
        sgd.read("event")
    with pytest.raises(ValueError, match="parquet or csv"):
        sgd.path("events", "xlsx")
    with pytest.raises(KeyError, match="syrian-resistance"):
        data.groups["syrian-resistence"]
    with pytest.raises(KeyError, match="mihrac-ural"):
        data["mihrac-urall"]
    with pytest.raises(LookupError, match="founded"):
        data.groups["syrian-resistance"].statements("foundet")
    with pytest.raises(AttributeError):
        _ = sgd.nothing  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["../events", "/etc/passwd", "events.parquet", "", "a b"])
def test_a_table_name_is_no_path(name: str) -> None:
    with pytest.raises(KeyError):
        sgd.path(name)


def test_a_value_says_who_says_so(small: sgd.Data) -> None:
    group = small.groups["mithal-battalion"]
    shown = [repr(each) for each in group.statements("founded")]
    assert sorted(shown) == [
        "<mithal-battalion founded = 2012: asserted by report, 1 origin, contested>",
        "<mithal-battalion founded = 2013-07: asserted by example-monitor, 1 origin, contested>",
    ]
    assert repr(group.statements("strength")[0]) == (
        "<mithal-battalion strength = more than 100 as of ../2014-02: reported “reportedly” by report, 1 origin>"
    )
    assert repr(group) == "<Group mithal-battalion: Mithal Battalion (militia); 8 statements; contested: founded>"
    citation = group.statements("founded")[0].citations[0]
    assert citation.passage.source_id in ("report", "copy", "monitor")


def test_preferred(small: sgd.Data) -> None:
    group = small.groups["mithal-battalion"]
    with pytest.raises(sgd.Contested, match=r"2012 \(report, asserted\)") as caught:
        group.preferred("founded")
    assert {each.value for each in caught.value.statements} == {"2012", "2013-07"}
    leader = group.preferred("led_by")
    assert leader is not None
    assert leader.value_id == "jane-example"
    assert group.preferred("dissolved") is None


def test_former_ids_lead_on(small: sgd.Data) -> None:
    assert small.groups["mithal-brigade"].id == "mithal-battalion"
    assert "mithal-brigade" in small.groups
    assert "mithal-brigade" not in list(small.groups)


def test_ties_that_hold_on_a_day_are_seen_from_both_sides(small: sgd.Data) -> None:
    group = small.groups["mithal-battalion"]

    def ties(when: str | date) -> set[str]:
        return {f"{s.entity_id} {s.property} {s.value_id}" for s in group.as_of(when)}

    always = {
        "mithal-battalion led_by jane-example",
        "mithal-battalion based_in mithal",
        "john-example member_of mithal-battalion",
        "valley-front opposed_to mithal-battalion",
    }
    assert ties("2014-06-01") == always | {"mithal-battalion part_of valley-front"}
    assert ties(date(2016, 1, 1)) == ties(datetime(2016, 1, 1, 12)) == always
    assert "mithal-battalion part_of valley-front" in ties("2014")
    with pytest.raises(ValueError, match="not a date like"):
        group.as_of("next week")


def test_an_epithet_is_found_and_never_shown_as_a_name(data: sgd.Data) -> None:
    found = data.find("Butcher of Baniyas")[0]
    assert found.id == "mihrac-ural"
    assert "Butcher of Baniyas" not in found.names
    epithet = next(s for s in found.statements("names") if s.role == "epithet")
    assert (epithet.standing, epithet.speaker) == ("alleged", "accusers who are not named")


def test_what_others_say_of_a_record_leads_back_to_it(small: sgd.Data) -> None:
    said = {(s.entity_id, s.property) for s in small.people["jane-example"].mentions}
    assert ("mithal-battalion", "led_by") in said


def test_a_statement_keeps_what_qualifies_its_value(small: sgd.Data) -> None:
    (killed,) = small.events["mithal-checkpoint-2014-03-02"].statements("killed")
    assert (killed.low, killed.counted, killed.of, killed.qualifier) == (2, "fighters", "valley-front", "exact")
    assert "2 fighters of valley-front" in repr(killed)


def test_wrong_ids_are_answered_by_names_and_spellings(small: sgd.Data) -> None:
    assert small.groups.get(None) is None  # type: ignore[call-overload]
    assert "mithal-battalion" in small
    assert {"mithal-battalion", "jane-example"} <= set(small)
    for wrong, near in (("mithal-batallion", "mithal-battalion"), ("كتيبة المثال", "mithal-battalion")):
        with pytest.raises(KeyError, match=f"near: {near}"):
            small.groups[wrong]
    with pytest.raises(KeyError, match="no passage 'report:99'"):
        small.resting_on("report:99")


def test_records_lead_to_each_other(small: sgd.Data) -> None:
    event = small.events["lower-mithal-killings-2014"]
    allegation = event.allegations[0]
    assert allegation.event is event
    assert [s.value_id for s in allegation.accused] == ["mithal-battalion"]
    assert allegation.responses[0].said_by == "john-example"
    assert allegation in small.groups["mithal-battalion"].allegations
    assert allegation in small.people["john-example"].allegations
    checkpoint = small.events["mithal-checkpoint-2014-03-02"]
    assert checkpoint in small.groups["valley-front"].events
    assert checkpoint.place is small.places["mithal"]
    assert {person.id for person in small.groups["mithal-battalion"].people} == {"jane-example", "john-example"}
    assert [group.id for group in small.people["john-example"].groups] == ["mithal-battalion"]


def test_a_refuted_claim_names_who_refutes_and_who_said_so(data: sgd.Data) -> None:
    died = [each for each in data.people["mihrac-ural"].statements("died") if each.said_by == "syrian-opposition"]
    assert died
    assert all(each.voice == "grok-sr (said by syrian-opposition)" for each in died)


def test_statements_that_rest_on_a_passage(small: sgd.Data) -> None:
    assert [entity.id for entity, _ in small.resting_on("report:10")] == ["john-example", "lower-mithal-murder-2014"]


def test_repr_of_a_release(data: sgd.Data) -> None:
    assert repr(data).startswith(f"<syrian-groups-data {data.version}: ")
    assert f"{len(data.people)} people" in repr(data)
    assert "groups: " in repr(data.groups)
