"""Tables and ties as other libraries hold them. Each is imported when it is asked for."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from ..model.ends import over
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
_ENTITY = {"entity_id": "str", "type": "str", "label": "str"}
_EVENT = {"event_id": "str", "standing": "str", "contested": "tuple[str, ...]"}
_ALLEGATION = {"allegation_id": "str", "outcome": "str"}
_SHOWN = ("asserted", "reported")


def to_networkx(tables: Tables, *, all: bool = False) -> networkx.MultiDiGraph:
    """Ties between records as a directed graph: a node a record, with `label` and `type`; an edge a statement.

    An edge's key is the statement's id; its attributes are relation, label, role, since, until, standing, hedge,
    said_by, speaker and contested, those that are known. As in the wide tables, ties that are only alleged, judged or
    claimed by the party itself, contested, or ended (by their own text or another) are left out, as are ties to
    allegations and to events that are not plainly said to have happened; with `all` they are there, and the labels say
    how they stand: `member_of (alleged)`. What is denied or refuted is no tie. Ties to what has no record are left
    out. A label names one node only.
    """
    import networkx as nx

    graph = nx.MultiDiGraph()
    found, marked = _read(tables, "relations", _TIE), _marked(tables)
    ends = over(found)
    for tie in found:
        marks = _marks(tie, tie["statement_id"] in ends)
        if tie["object_id"] is None or (not all and (marks or marked.keys() & {tie["subject_id"], tie["object_id"]})):
            continue
        label = tie["relation"] + (f" ({', '.join(marks)})" if marks else "")
        known = {name: value for name, value in tie.items() if value is not None and not name.endswith("_id")}
        graph.add_edge(tie["subject_id"], tie["object_id"], tie["statement_id"], label=label, **known)
    nodes = [row for row in _read(tables, "entities", _ENTITY) if all or row["entity_id"] in graph]
    times = Counter(row["label"] for row in nodes)
    for row in nodes:
        key, label = row["entity_id"], row["label"]
        label = label if times[label] == 1 else f"{label} ({key})"
        graph.add_node(key, label=f"{label} ({marked[key]})" if key in marked else label, type=row["type"])
    return graph


def _read(tables: Tables, name: str, kinds: dict[str, str]) -> list[dict[str, Any]]:
    wanted = [Column(column, kind.removesuffix(" | None"), kind.endswith("None")) for column, kind in kinds.items()]
    return rows(tables.table(name, list(kinds)), wanted, f"tables/{name}.parquet")


def _marked(tables: Tables) -> dict[str, str]:
    """Events and allegations that no graph shows as if they were plainly so, and what must stand beside their labels."""
    found = {row["allegation_id"]: f"allegation, {row['outcome']}" for row in _read(tables, "allegations", _ALLEGATION)}
    for row in _read(tables, "events", _EVENT):
        marks = [row["standing"]] if row["standing"] not in _SHOWN else []
        marks += ["contested"] if "occurred" in row["contested"] else []
        if marks:
            found[row["event_id"]] = ", ".join(marks)
    return found


def _marks(tie: dict[str, Any], ended: bool) -> list[str]:
    """What keeps a wide table from showing a tie."""
    marks = [tie["standing"]] if tie["standing"] not in _SHOWN else []
    own = tie["said_by"] in (tie["subject_id"], tie["object_id"])
    return marks + [f"by {tie['said_by']}"] * own + ["contested"] * tie["contested"] + ["ended"] * ended
