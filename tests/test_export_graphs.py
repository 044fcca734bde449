"""Graphs, maps, FollowTheMoney and RDF: read back by what owns each, and no allegation a fact in any of them."""

from __future__ import annotations

import io
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import syrian_groups_data as sgd
from syrian_groups_data.export import Tables, export
from syrian_groups_data.export.source import Source
from tests.exports import (
    EVERYTHING,
    MARKED,
    NEVER,
    SOURCE,
    Changed,
    Published,
    exported,
    lay,
    module,
    output,
    program,
    said_badly,
)

GRAPHS = pytest.mark.parametrize("name", ["graphml", "gexf"])


def read_graph(name: str, data: bytes) -> Any:
    networkx = module("networkx")
    return (networkx.read_graphml if name == "graphml" else networkx.read_gexf)(io.BytesIO(data))


def made(tables: Tables, name: str, everything: bool = False) -> bytes:
    return next(iter(export(tables, name, everything).values()))


def tied(data: bytes) -> dict[str, dict[str, str]]:
    """Edges of a GraphML file by the id of their statement."""
    return {values["statement"]: values for *_, values in read_graph("graphml", data).edges(data=True)}


# --- what may travel ------------------------------------------------------------------------------


@GRAPHS
@EVERYTHING
def test_networkx_reads_every_tie(name: str, everything: bool) -> None:
    graph = read_graph(name, exported(name, everything)[f"ties.{name}"])
    source = Source(Published(), everything)
    wanted = {row["statement_id"] for row, *_ in source.ties()}
    assert wanted
    assert {values["statement"] for *_, values in graph.edges(data=True)} == wanted
    for _, _, values in graph.edges(data=True):
        said = SOURCE.statements[values["statement"]]
        assert values["standing"] == said["standing"]
        assert values["contested"] == str(said["contested"]).lower()
        assert values["passages"]
        assert values["said_by"] == SOURCE.voice(said)
    labels = Counter(values["label"] for _, values in graph.nodes(data=True))
    assert labels.most_common(1)[0][1] == 1
    dated = {row["statement_id"] for row, *_ in source.ties() if row["since_earliest"]}
    assert {values["statement"] for *_, values in graph.edges(data=True) if "start" in values} == dated


@EVERYTHING
def test_no_two_ties_become_one_in_gexf(everything: bool) -> None:
    """GEXF 1.3: of edges from a node to another, each has a kind of its own; Gephi makes one of those of one kind."""
    from xml.etree import ElementTree

    edges = ElementTree.fromstring(exported("gexf", everything)["ties.gexf"]).findall(".//{*}edge")
    sides = Counter((each.get("source"), each.get("target")) for each in edges)
    assert max(sides.values()) > 1
    kinds = Counter((each.get("source"), each.get("target"), each.get("kind")) for each in edges)
    assert set(kinds.values()) == {1}
    assert all((each.get("kind") or "").startswith(each.get("label") or "?") for each in edges)


def test_a_tie_that_a_wide_table_shows_is_in_the_graph_and_no_other_standing_is() -> None:
    edges = tied(exported("graphml")["ties.graphml"])
    pairs = {(SOURCE.statements[key]["entity_id"], SOURCE.statements[key]["value_entity_id"]) for key in edges}
    for row in SOURCE.rows("groups"):
        if row["parent_id"]:
            assert (row["group_id"], row["parent_id"]) in pairs
    for row in SOURCE.rows("people"):
        for group in row["groups"]:
            assert (row["person_id"], group) in pairs or (group, row["person_id"]) in pairs
    assert {values["standing"] for values in edges.values()} <= {"asserted", "reported"}
    assert not [key for key in edges if SOURCE.statements[key]["until"] or SOURCE.statements[key]["contested"]]
    everything = tied(exported("graphml", True)["ties.graphml"])
    for key, values in everything.items():
        said = SOURCE.statements[key]
        if key not in edges and SOURCE.shown[said["entity_id"]] and SOURCE.shown[said["value_entity_id"]]:
            assert f"[{SOURCE.marked(said)}" in values["label"]


def shown(tables: Tables, everything: bool) -> Iterator[tuple[str, str, str]]:
    """Format, id and visible label of every tie and event that stands in a graph, a map or a profile."""
    for name in ("graphml", "gexf"):
        graph = read_graph(name, made(tables, name, everything))
        for one, other, values in graph.edges(data=True):
            ends = graph.nodes[one]["label"], graph.nodes[other]["label"]
            yield name, values["statement"], " ".join((ends[0], values["label"], ends[1]))
    for feature in json.loads(made(tables, "geojson", everything))["features"]:
        yield "geojson", feature["id"], feature["properties"]["title"]
    for line in made(tables, "ftm", everything).splitlines():
        entity = json.loads(line)
        kind, values = entity["schema"], entity["properties"]
        if kind not in ("Organization", "Person", "Address", "Note"):
            yield "ftm", entity["id"], " ".join(values.get("name", values.get("role", values.get("relationship", []))))


@MARKED
def test_what_is_claimed_judged_or_alleged_travels_only_when_asked_and_marked(standing: str) -> None:
    tables = said_badly(standing)
    assert list(shown(tables, everything=False)) == []
    found = list(shown(tables, everything=True))
    assert {name for name, *_ in found} == {"graphml", "gexf", "geojson", "ftm"}
    assert [each for each in found if f"[{standing}" not in each[2]] == []


@NEVER
@EVERYTHING
def test_what_is_denied_or_refuted_travels_as_a_statement_only(standing: str, everything: bool) -> None:
    assert list(shown(said_badly(standing), everything)) == []


@pytest.mark.parametrize("side", ["subject_id", "object_id"])
def test_what_only_a_side_says_of_a_tie_does_not_travel_unmarked(side: str) -> None:
    tables = Changed({"relations": lambda row: row | {"said_by": row[side]}})
    assert tied(made(tables, "graphml")) == {}
    for key, values in tied(made(tables, "graphml", everything=True)).items():
        ends = SOURCE.statements[key]["entity_id"], SOURCE.statements[key]["value_entity_id"]
        assert "[" in values["label"], ends


def test_what_is_contested_is_marked_too() -> None:
    plain = {key for _, key, _ in shown(Published(), False)}
    for name, key, label in shown(Published(), True):
        if key not in plain:
            assert "[" in label, (name, key, label)


# --- maps -----------------------------------------------------------------------------------------


@EVERYTHING
def test_gdal_reads_the_map(tmp_path: Path, everything: bool) -> None:
    ogrinfo = program("ogrinfo")
    lay(tmp_path, exported("geojson", everything) | exported("geojson-places"))
    told = output(ogrinfo, "-al", "-so", tmp_path / "events.geojson")
    wanted = list(Source(Published(), everything).events())
    assert f"Feature Count: {len(wanted)}" in told
    assert "Geometry: Point" in told
    for field in ("uncertainty_km: Real", "coordinates_precision: String", "standing: String", "date_earliest: Date"):
        assert field in told
    dots = output(ogrinfo, "-al", tmp_path / "events.geojson")
    assert dots.count("POINT (") == sum(row["latitude"] is not None for row, _ in wanted)
    places = output(ogrinfo, "-al", tmp_path / "places.geojson")
    assert f"Feature Count: {len(SOURCE.rows('places'))}" in places
    arabic = next(row["name_ar"] for row in SOURCE.rows("places") if row["name_ar"])
    assert f"name_ar (String) = {arabic}" in places


def test_a_point_says_how_wide_it_is() -> None:
    for feature in json.loads(exported("geojson")["events.geojson"])["features"]:
        values = feature["properties"]
        assert (feature["geometry"] is None) == (values["uncertainty_km"] is None), feature["id"]


def test_who_is_accused_is_on_the_map_only_when_asked() -> None:
    rows = {row["event_id"]: row for row in SOURCE.rows("timeline")}
    accused = {key for key, row in rows.items() if any("accused" in actor for actor in row["actors"])}
    plain = json.loads(exported("geojson")["events.geojson"])["features"]
    assert accused & {each["id"] for each in plain}
    for each in plain:
        row, named = rows[each["id"]], set(filter(None, (each["properties"]["actors"] or "").split("; ")))
        assert named <= set(row["actors"])  # each with its role
        assert {name.partition(": ")[2].partition(",")[0] for name in named} == {
            SOURCE.called(key).partition(",")[0] for key in row["actor_ids"]
        }
        assert not [name for name in named if name.endswith(")")], named
        assert "allegations" not in each["properties"]
    for each in json.loads(exported("geojson", True)["events.geojson"])["features"]:
        assert each["properties"]["actors"] == ("; ".join(rows[each["id"]]["actors"]) or None)


def test_who_says_so_and_who_counts_the_dead_is_on_the_map() -> None:
    """A number of one party beside a happening that others assert is that of the party."""
    told = {}
    for each in json.loads(exported("geojson")["events.geojson"])["features"]:
        values = each["properties"]
        assert values["said_by"], each["id"]
        for name in ("killed", "injured"):
            shown = any(values[f"{name}_{bound}"] is not None for bound in ("low", "high"))
            assert shown == bool(values[f"{name}_said_by"]), each["id"]
        told[each["id"]] = values
    party = {key: values for key, values in told.items() if values["killed_standing"] == "claimed"}
    assert party
    for key, values in party.items():
        said = [each for each in SOURCE.about[key] if each["property"] == "killed" and each["standing"] == "claimed"]
        assert values["killed_said_by"] in map(SOURCE.voice, said)
        assert values["killed_said_by"] != values["said_by"]


def test_what_may_not_stand_unmarked_names_its_speaker() -> None:
    """Standing, hedge and speaker in the visible label, of events as of ties; in RDF always."""
    events = [row for row in SOURCE.rows("timeline") if not SOURCE.happened(row)]
    assert {row["standing"] for row in events} >= {"claimed", "alleged", "asserted"}
    titles = {
        each["id"]: each["properties"]["title"] for each in json.loads(made(Published(), "geojson", True))["features"]
    }
    rdflib = module("rdflib")
    graph = rdflib.Graph().parse(data=exported("rdf")["claims.nt"], format="nt")
    for row in events:
        mark = SOURCE.unsure[row["event_id"]]
        said = [
            each
            for each in SOURCE.about[row["event_id"]]
            if each["property"] == "occurred" and each["standing"] not in ("denied", "refuted")
        ]
        assert mark == "; ".join(dict.fromkeys(map(SOURCE.marked, said)))
        node = rdflib.URIRef(f"urn:syrian-groups-data:{row['event_id']}")
        name = str(graph.value(node, rdflib.URIRef("https://schema.org/name")))
        assert titles[row["event_id"]] == name == f"{row['title']} [{mark}]"
        assert ("contested" in mark) == ("occurred" in row["contested"])


# --- FollowTheMoney -------------------------------------------------------------------------------


def profiles(everything: bool) -> list[dict[str, Any]]:
    return [json.loads(line) for line in exported("ftm", everything)["entities.ftm.json"].splitlines()]


@EVERYTHING
def test_followthemoney_takes_every_entity(everything: bool) -> None:
    """Its own validation lets a missing property pass that its schema requires, and drops what it cannot read."""
    ftm = module("followthemoney")
    known = {each["id"]: each["schema"] for each in profiles(everything)}
    for each in profiles(everything):
        entity = ftm.EntityProxy.from_dict(each, cleaned=False)
        schema = ftm.model.get(each["schema"])
        assert not schema.validate(each)
        for name, values in each["properties"].items():
            assert sorted(entity.get(name)) == sorted(values), (each["id"], name)
            of = schema.properties[name]
            if of.type.name == "entity":
                assert all(ftm.model.get(known[value]).is_a(of.range) for value in values), (each["id"], name)
        assert not [name for name in schema.required if not entity.get(name)], each["id"]


@EVERYTHING
def test_its_command_validates_the_file(everything: bool, tmp_path: Path) -> None:
    module("followthemoney")
    file = lay(tmp_path, exported("ftm", everything)) / "entities.ftm.json"
    out = tmp_path / "out.json"
    output(Path(sys.executable).parent / "ftm", "validate", "-i", file, "-o", out)
    assert len(out.read_bytes().splitlines()) == len(profiles(everything))


@EVERYTHING
def test_its_statements_make_the_same_entities(everything: bool) -> None:
    module("followthemoney")
    from followthemoney.statement.serialize import JSON, read_statements

    values: dict[str, dict[str, set[str]]] = {}
    for each in read_statements(io.BytesIO(exported("ftm", everything)["statements.ftm.json"]), JSON):
        assert each.id == each.generate_key()
        assert each.origin, each.to_dict()
        if each.prop in ("alias", "role", "involved", "incorporationDate", "startDate", "notes"):
            assert set(each.origin.split(",")) <= set(SOURCE.statements), each.to_dict()
        values.setdefault(each.entity_id, {}).setdefault(each.prop, set()).add(each.value)
    wanted = {each["id"]: {name: set(v) for name, v in each["properties"].items()} for each in profiles(everything)}
    assert values == {key: found for key, found in wanted.items() if found}


@EVERYTHING
def test_who_took_part_in_which_role_is_told(everything: bool) -> None:
    """`involved` puts the victim beside the attacker."""
    rows, told = {row["event_id"]: row for row in SOURCE.rows("timeline")}, 0
    for each in profiles(everything):
        if each["schema"] == "Event" and (roles := SOURCE.took_part(rows[each["id"]])):
            assert f"who took part: {'; '.join(roles)}" in each["properties"]["notes"]
            told += 1
    assert told


@EVERYTHING
def test_nobody_becomes_a_suspect(everything: bool) -> None:
    """No topic but that of armed groups; an allegation is a note that refers to nobody."""
    for each in profiles(everything):
        assert set(each["properties"].get("topics", [])) <= {"mil"}
        if each["schema"] == "Note":
            assert set(each["properties"]) <= {"name", "description", "sourceUrl"}
            assert each["properties"]["description"][0].startswith("An allegation is not a fact.")
    notes = [each["id"] for each in profiles(everything) if each["schema"] == "Note"]
    assert len(notes) == (len(SOURCE.rows("ledger")) if everything else 0)


# --- RDF ------------------------------------------------------------------------------------------


def test_rdf_holds_claims_reified_and_none_as_a_triple() -> None:
    rdflib = module("rdflib")
    graph = rdflib.Graph().parse(data=exported("rdf")["claims.nt"], format="nt")
    rdf, prov, schema = (
        rdflib.RDF,
        rdflib.Namespace("http://www.w3.org/ns/prov#"),
        rdflib.Namespace("https://schema.org/"),
    )
    base = "urn:syrian-groups-data:"
    claims = {str(each).removeprefix(f"{base}statement:"): each for each in graph.subjects(rdf.type, rdf.Statement)}
    assert set(claims) == set(SOURCE.statements)
    for key, node in claims.items():
        row = SOURCE.statements[key]
        assert str(graph.value(node, rdf.subject)) == base + row["entity_id"]
        assert str(graph.value(node, rdf.predicate)) == f"{base}property:{row['property']}"
        assert str(graph.value(node, rdf.object)) == (
            base + row["value_entity_id"] if row["value_entity_id"] else row["value"]
        )
        assert str(graph.value(node, rdflib.URIRef(f"{base}term:standing"))) == row["standing"]
        rests = {str(each).removeprefix(f"{base}passage:") for each in graph.objects(node, prov.wasDerivedFrom)}
        assert rests == set(SOURCE.supports(key))
        speaker = graph.value(node, prov.wasAttributedTo)
        assert (speaker and str(speaker)) == (base + row["said_by"] if row["said_by"] else None)
    tags = {"en", "ar", "ar-Latn"}
    named = {key: node for key, node in claims.items() if SOURCE.statements[key]["property"] == "names"}
    found = {graph.value(node, rdf.object).language for node in named.values()}
    assert tags <= found, "a name has its language; one that is romanised its script too"
    assert None not in found
    # Of an entity nothing is said outright but what it is called and what kind of thing it is.
    for row in SOURCE.rows("entities"):
        said = set(graph.predicates(rdflib.URIRef(base + row["entity_id"])))
        assert said == {rdf.type, schema.name}
    properties = {row["property"] for row in SOURCE.rows("statements")}
    assert not [p for p in graph.predicates() if str(p).removeprefix(f"{base}property:") in properties]


def test_what_only_somebody_says_to_have_happened_is_a_claim_in_rdf() -> None:
    rdflib = module("rdflib")
    schema = rdflib.Namespace("https://schema.org/")
    graph = rdflib.Graph().parse(data=exported("rdf")["claims.nt"], format="nt")
    happened = {row["event_id"] for row in SOURCE.rows("timeline") if SOURCE.happened(row)}
    events = {
        str(each).removeprefix("urn:syrian-groups-data:") for each in graph.subjects(rdflib.RDF.type, schema.Event)
    }
    assert events == happened
    assert len(happened) < sgd.read("events").num_rows
