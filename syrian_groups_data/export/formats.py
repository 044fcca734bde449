"""Every format by its name: what it is, and the function that makes its files."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from . import annotations as web
from . import (
    bibliography,
    catalogue,
    ftm,
    geojson,
    graph,
    huggingface,
    jsonl,
    rdf,
    readr,
    spreadsheet,
    sqlite,
    stata,
    xlsx,
)
from .prove import prove
from .source import Source, Tables

Make = Callable[[Source], dict[str, bytes]]


class Format(NamedTuple):
    """A format: what arrives, and the function that makes its files by name."""

    description: str
    make: Make


FORMATS: dict[str, Format] = {
    "annotations": Format("W3C Web Annotations: which words of a page carry which claim", web.export),
    "bibliography": Format("sources as CSL JSON and BibTeX", bibliography.export),
    "croissant": Format("Croissant 1.1 metadata, to lie beside tables/", catalogue.croissant),
    "csv-excel": Format("CSV that a spreadsheet opens right: byte order mark, CR LF", spreadsheet.export),
    "datacite": Format("DataCite metadata, a draft without identifier", catalogue.datacite),
    "datasette": Format("metadata for the SQLite file in Datasette", sqlite.datasette),
    "dcat": Format("DCAT metadata", catalogue.dcat),
    "ftm": Format("FollowTheMoney entities and statements", ftm.export),
    "geojson": Format("events as points, with precision and uncertainty", geojson.events),
    "geojson-places": Format("places as points, with precision and uncertainty", geojson.places),
    "gexf": Format("ties as a graph for Gephi", graph.gexf),
    "graphml": Format("ties as a graph", graph.graphml),
    "huggingface": Format("a folder for the Hugging Face hub: card and Parquet", huggingface.export),
    "jsonl": Format("JSON Lines, a file a table", jsonl.export),
    "rdf": Format("RDF (N-Triples), every claim reified", rdf.export),
    "readr": Format("R code that reads the CSV tables with readr, in their types", readr.export),
    "sqlite": Format("one SQLite file with keys, views and full text search", sqlite.export),
    "stata": Format("Stata files, through pandas", stata.export),
    "xlsx": Format("one workbook, every table a sheet", xlsx.export),
}  # fmt: skip


def export(tables: Tables, name: str, everything: bool = False) -> dict[str, bytes]:
    """Files of a package in a format, by their path.

    `everything`: graphs, maps and profiles also carry what a wide table may not show, marked with its standing.
    Raises KeyError for an unknown format, Problems where the package does not hold together.
    """
    make, source = FORMATS[name].make, Source(tables, everything)
    prove(source)
    return make(source)


def footnote(tables: Tables, key: str) -> str:
    """A citation to paste, of the statement or passage `key`. An id of 1.0.0, or one given up, leads to its successor.

    Raises LookupError, whose message says what to do, where there is none.
    """
    source = Source(tables)
    prove(source)
    return bibliography.footnote(source, key)
