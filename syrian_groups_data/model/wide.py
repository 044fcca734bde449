"""What is published with one row an entity: what is undisputed about it, and the two tables without joins."""

from __future__ import annotations

from datetime import date as Day
from typing import Annotated

from pydantic import Field

from .table import Cell, Count, Degrees, EdtfText, Id, PassageId, Row, Standing, col
from .vocabulary import Terms


class Groups(Row):
    """A group, with what others say undisputed about it."""

    table = "groups"
    key = ("group_id",)
    order = key
    group_id: Id = col("id", "mithal-battalion", "entities.entity_id")
    name: Cell = col("name", "Mithal Battalion")
    second_name: Cell | None = col("Arabic name", "كتيبة المثال", alias="name_ar")
    kind: Annotated[str, Terms("group_kinds")] = col("kind of group", "militia")
    founded: EdtfText = col("when founded; null where contested", "2013-07")
    dissolved: EdtfText = col("when ended; null where contested", "2015")
    status: Annotated[str, Terms("statuses")] | None = col("whether it is active", "active")
    headquarters_id: Id | None = col("its headquarters, as others say, where there is one", "mithal", "places.place_id")
    parent_id: Id | None = col(
        "what it is part of, as others say, where there is one", "valley-front", "groups.group_id"
    )
    strength_low: Count | None = col("at least so many members", 100)
    strength_high: Count | None = col("at most so many members", 399)
    identifiers: list[Cell] = col(
        "identifiers elsewhere, as `scheme: identifier`; empty where nobody looked", ["wikidata: Q1"]
    )
    contested: list[Cell] = col("properties on which statements conflict", ["founded", "strength"])


class People(Row):
    """A person with a public role, with what others say undisputed about them."""

    table = "people"
    key = ("person_id",)
    order = key
    person_id: Id = col("id", "jane-example", "entities.entity_id")
    name: Cell = col("name", "Jane Example")
    second_name: Cell | None = col("Arabic name", "مثال", alias="name_ar")
    born: EdtfText = col("date of birth", "1956")
    died: EdtfText = col("date of death", "2015")
    basis: Annotated[str, Terms("bases")] = col("the public role that allows this record", "commander")
    born_in_id: Id | None = col("place of birth, where there is one value", "mithal-valley", "places.place_id")
    groups: list[Cell] = col(
        "ids of groups that they lead or belong to, as others say, undisputed and not ended", ["mithal-battalion"]
    )
    identifiers: list[Cell] = col(
        "identifiers elsewhere, as `scheme: identifier`; empty where nobody looked", ["wikidata: Q1"]
    )
    contested: list[Cell] = col("properties on which statements conflict", ["died"])


class Places(Row):
    """A place; parent, codes and coordinates are reference data of the gazetteer."""

    table = "places"
    key = ("place_id",)
    order = key
    place_id: Id = col("id", "mithal", "entities.entity_id")
    name: Cell = col("name", "Mithal")
    second_name: Cell | None = col("Arabic name, of a source or the gazetteer", "المثال", alias="name_ar")
    kind: Annotated[str, Terms("place_kinds")] = col("kind of place", "city")
    parent_id: Id | None = col("place in which it lies", "mithal-valley", "places.place_id")
    admin1_id: Id | None = col("first-level division in which it lies", "mithal-valley", "places.place_id")
    iso_3166_2: Cell | None = col("code of a first-level division", "XM-MI")
    geonames_id: Annotated[int, Field(ge=1)] | None = col("id at GeoNames", 123456)
    latitude: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)] | None = col("degrees north, WGS 84", 10.6)
    longitude: Degrees | None = col("degrees east, WGS 84", 20.3)
    precision: Annotated[str, Terms("place_precisions")] = col("what the coordinates stand for", "settlement")
    gazetteer: Cell | None = col("source of parent, codes and coordinates", "Example Gazetteer 1 (CC0)")
    identifiers: list[Cell] = col(
        "identifiers elsewhere, as `scheme: identifier`; empty where nobody looked", ["wikidata: Q1"]
    )


class Events(Row):
    """Something that happened or is said to have happened, with what is undisputed about it."""

    table = "events"
    key = ("event_id",)
    order = key
    event_id: Id = col("id", "mithal-bombings-2014-05-11", "entities.entity_id")
    title: Cell = col("title (ours)", "Car bombings in Mithal")
    type: Annotated[str, Terms("event_types")] = col("type", "explosions-remote-violence")
    subtype: Annotated[str, Terms("event_subtypes")] = col("sub-type", "remote-explosive-landmine-ied")
    date: EdtfText = col("when; null where contested or unknown", "2014-05-11")
    place_id: Id | None = col("where; null where contested or unknown", "mithal", "places.place_id")
    place_precision: Annotated[str, Terms("event_precisions")] | None = col("how it lies to the place", "at")
    admin1_id: Id | None = col("first-level division", "mithal-valley", "places.place_id")
    part_of: Id | None = col("the larger event, where there is one value", "valley-war", "events.event_id")
    standing: Standing = col("how the texts present that it happened", "asserted")
    killed_low: Count | None = col(
        "at least so many killed; null: contested, in several classes, or no number (see estimates)", 52
    )
    killed_high: Count | None = col("at most so many killed", 52)
    killed_standing: Standing | None = col("how the text presents that number", "asserted")
    injured_low: Count | None = col(
        "at least so many injured; null: contested, in several classes, or no number (see estimates)", 101
    )
    injured_high: Count | None = col("at most so many injured", 200)
    injured_standing: Standing | None = col("how the text presents that number", "asserted")
    contested: list[Cell] = col("properties on which statements conflict", ["killed"])
    summary: Cell | None = col("what it is about (ours)", "Two car bombs went off in the market.")


class Allegations(Row):
    """Somebody accuses somebody. An allegation is not a fact."""

    table = "allegations"
    key = ("allegation_id",)
    order = key
    allegation_id: Id = col("id", "mithal-bombings-blame", "entities.entity_id")
    acts: list[Annotated[str, Terms("acts")]] = col("acts (our classification)", ["terrorist-attack"])
    event_id: Id | None = col("event that it is about", "mithal-bombings-2014-05-11", "events.event_id")
    summary: Cell = col("who is accused of what (ours)", "The Valley Front accuses the battalion of the bombings.")
    date: EdtfText = col("date of the act", "2014-05-11")
    outcome: Annotated[str, Terms("outcomes")] = col("what these sources answer", "contested")
    accusers: list[Cell] = col("ids, descriptions or sources of those who accuse", ["valley-front"])
    origins: Count = col("voices that it goes back to (not a measure of proof)", 2)


class Timeline(Row):
    """An event, ready to plot: labels, coordinates, dates, numbers and actors joined in."""

    table = "timeline"
    key = ("event_id",)
    order = ("sort_date", "date_latest", "event_id")
    event_id: Id = col("id", "mithal-bombings-2014-05-11", "events.event_id")
    title: Cell = col("title (ours)", "Car bombings in Mithal")
    type: Annotated[str, Terms("event_types")] = col("type", "explosions-remote-violence")
    subtype: Annotated[str, Terms("event_subtypes")] = col("sub-type", "remote-explosive-landmine-ied")
    date: EdtfText = col("when; null where contested or unknown", "2014-05-11")
    sort_date: Day | None = col("a day to sort by; null where nothing is known", "2013-05-11")
    sort_basis: Annotated[str, Terms("sort_bases")] | None = col("what that day is", "earliest")
    place_id: Id | None = col("id of the place, if undisputed", "mithal", "places.place_id")
    place: Cell | None = col("place", "Mithal")
    admin1: Cell | None = col("first-level division", "Mithal Valley")
    country: Cell | None = col("country", "Exampleland")
    latitude: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)] | None = col("degrees north, WGS 84", 10.6)
    longitude: Degrees | None = col("degrees east, WGS 84", 20.3)
    coordinates_precision: Annotated[str, Terms("place_precisions")] = col(
        "what the coordinates stand for", "settlement"
    )
    place_precision: Annotated[str, Terms("event_precisions")] | None = col("how it lies to the place", "at")
    actors: list[Cell] = col(
        "who took part, as `role: name`; marked are the hedged, the contested and whoever is accused over it",
        ["target: John Example"],
    )
    actor_ids: list[Id] = col("ids of those among them who stand there without a mark", ["john-example"])
    killed_low: Count | None = col(
        "at least so many killed; null: contested, in several classes, or no number (see estimates)", 52
    )
    killed_high: Count | None = col("at most so many killed", 52)
    killed_standing: Standing | None = col("how the text presents that number", "claimed")
    injured_low: Count | None = col(
        "at least so many injured; null: contested, in several classes, or no number (see estimates)", 101
    )
    injured_high: Count | None = col("at most so many injured", 200)
    injured_standing: Standing | None = col("how the text presents that number", "claimed")
    contested: list[Cell] = col("properties on which statements conflict", ["killed"])
    standing: Standing = col("how the texts present that it happened", "asserted")
    allegations: list[Cell] = col("ids of the allegations about it", ["mithal-bombings-blame"])
    outcomes: list[Cell] = col("their outcomes, in the same order", ["contested"])
    origins: Count = col("voices that say that it happened (not a measure of proof)", 2)
    sources: list[Cell] = col("sources that say that it happened", ["report", "page"])
    works: list[Cell] = col("those sources without copies and other versions of another of them", ["report", "page"])
    passages: list[PassageId] = col("passages that carry what the row shows", ["report:29", "page:113"])
    links: list[Cell] = col(
        "links to the passages, where the source has an address", ["https://example.org/mithal-battalion"]
    )
    summary: Cell | None = col("what it is about (ours)", "Two car bombs went off in the market.")
    note: Cell | None = col("what a reader must know, as `property: note`", "date: The day is that of the report.")


class Ledger(Row):
    """An allegation, ready to read: who accuses whom of what, when, what is answered, on which passages."""

    table = "ledger"
    key = ("allegation_id",)
    order = key
    allegation_id: Id = col("id", "mithal-bombings-blame", "allegations.allegation_id")
    summary: Cell = col("who is accused of what (ours)", "The Valley Front accuses the battalion of the bombings.")
    acts: list[Annotated[str, Terms("acts")]] = col("acts (our classification)", ["terrorist-attack"])
    accusers: list[Cell] = col("who accuses", ["Valley Front"])
    accused: list[Cell] = col("who is accused; marked where a source refutes it", ["Mithal Battalion"])
    accusations: list[Cell] = col(
        "who accuses whom, and how the text presents it", ["Valley Front → Mithal Battalion (alleged)"]
    )
    event: Cell | None = col("event that it is about", "Car bombings in Mithal")
    date: EdtfText = col("date of the act", "2014-05-11")
    responses: list[Cell] = col(
        "answers, as `name: stance (what is answered)`", ["Jane Example: denies (any part in it)"]
    )
    outcome: Annotated[str, Terms("outcomes")] = col("what these sources answer", "contested")
    standings: list[Annotated[str, Terms("standings")]] = col("how the texts present the accusation", ["alleged"])
    origins: Count = col("voices that it goes back to (not a measure of proof)", 2)
    sources: list[Cell] = col("sources that carry it", ["report", "page"])
    works: list[Cell] = col("those sources without copies and other versions of another of them", ["report", "page"])
    passages: list[PassageId] = col("passages that carry it or the answers", ["report:29", "page:4"])
    links: list[Cell] = col(
        "links to the passages, where the source has an address", ["https://example.org/mithal-battalion"]
    )
    note: Cell | None = col("what a reader must know, as `property: note`", "accused: How it was involved is not said.")
