"""Tables and ties as other libraries hold them. Each is imported when it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from .columns import Column, rows
from .tables import Tables

if TYPE_CHECKING:
    import networkx
    import pandas
    import polars


def to_pandas(table: pa.Table) -> pandas.DataFrame:
    """A table as a data frame: whole numbers and truth values that may be missing, real dates, tuples for lists."""
    import pandas as pd

    kinds = {pa.int64(): pd.Int64Dtype(), pa.bool_(): pd.BooleanDtype()}
    frame: pd.DataFrame = table.to_pandas(date_as_object=False, types_mapper=kinds.get)
    for field in table.schema:
        if pa.types.is_list(field.type):  # tuples can be compared, hashed and grouped by; arrays cannot
            frame[field.name] = pd.Series(list(map(tuple, table[field.name].to_pylist())), frame.index, dtype=object)
    return frame


def to_polars(table: pa.Table) -> polars.DataFrame:
    """A table as a data frame of Polars: lists stay lists."""
    import polars as pl

    found = pl.from_arrow(table)
    assert isinstance(found, pl.DataFrame)
    return found


_TIE = {
    "subject_id": "str", "object_id": "str | None", "described": "str | None", "relation": "str", "role": "str | None",
    "since": "str | None", "until": "str | None", "standing": "str", "hedge": "str | None", "said_by": "str | None",
    "speaker": "str | None", "contested": "bool", "statement_id": "str",
}  # fmt: skip
_SHOWN = ("asserted", "reported")


def to_networkx(tables: Tables, *, all: bool = False) -> networkx.MultiDiGraph:
    """Ties between records as a directed graph: a node a record, with `label` and `type`; an edge a statement.

    An edge's key is the statement's id; its attributes are relation, label, role, since, until, standing, hedge,
    said_by, speaker and contested, those that are known. As in the wide tables, ties that are only alleged, judged or
    claimed by the party itself, contested, or ended are left out; with `all` they are there, and the label says how
    they stand: `member_of (alleged)`. What is denied or refuted is no tie. Ties to what has no record are left out.
    """
    import networkx as nx

    graph = nx.MultiDiGraph()
    wanted = [Column(name, kind.removesuffix(" | None"), kind.endswith("None")) for name, kind in _TIE.items()]
    found: list[dict[str, Any]] = rows(tables.table("relations", list(_TIE)), wanted, "tables/relations.parquet")
    for tie in found:
        if tie["object_id"] is None or not (all or _plain(tie)):
            continue
        marks = [tie["standing"]] if tie["standing"] not in _SHOWN else []
        marks += ["contested"] * tie["contested"] + ["ended"] * (tie["until"] is not None)
        label = tie["relation"] + (f" ({', '.join(marks)})" if marks else "")
        known = {name: value for name, value in tie.items() if value is not None and not name.endswith("_id")}
        graph.add_edge(tie["subject_id"], tie["object_id"], tie["statement_id"], label=label, **known)
    names = [Column("entity_id", "str"), Column("type", "str"), Column("label", "str")]
    for row in rows(tables.table("entities", [each.name for each in names]), names, "tables/entities.parquet"):
        if all or row["entity_id"] in graph:
            graph.add_node(row["entity_id"], label=row["label"], type=row["type"])
    return graph


def _plain(tie: dict[str, Any]) -> bool:
    """Whether a wide table may show it."""
    own = tie["said_by"] in (tie["subject_id"], tie["object_id"])
    return tie["standing"] in _SHOWN and not (own or tie["contested"] or tie["until"])
