"""Tables sealed rightly and shaped wrongly: what another maker, or a slip, may put under our descriptor."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

import syrian_groups_data as sgd
from syrian_groups_data.library.terminal import listing, shown
from tests.conftest import sealed

Change = Callable[[pa.Table, str], pa.Table]


def _replaced(table: pa.Table, name: str, column: pa.Array) -> pa.Table:
    return table.set_column(table.column_names.index(name), name, column)


def dropped(table: pa.Table, name: str) -> pa.Table:
    return table.drop_columns([name])


def nulled(table: pa.Table, name: str) -> pa.Table:
    return _replaced(table, name, pa.nulls(table.num_rows, table.schema.field(name).type))


def untyped(table: pa.Table, name: str) -> pa.Table:
    return _replaced(table, name, pa.nulls(table.num_rows))


def doubled(table: pa.Table, name: str) -> pa.Table:
    return table.append_column(name, table[name])


def nested(table: pa.Table, name: str) -> pa.Table:
    return _replaced(table, name, pa.array([{"a": 1}] * table.num_rows))


def numbered(table: pa.Table, name: str) -> pa.Table:
    return _replaced(table, name, pa.array(range(table.num_rows), pa.int64()))


def worded(table: pa.Table, name: str) -> pa.Table:
    return _replaced(table, name, pa.array([f"x{i}" for i in range(table.num_rows)]))


def binary(table: pa.Table, name: str) -> pa.Table:
    return _replaced(table, name, pa.array([b"\xff\xfe"] * table.num_rows, pa.binary()))


def not_utf8(table: pa.Table, name: str) -> pa.Table:
    raw = pa.array([b"\xff\xfe"] * table.num_rows, pa.binary())
    return _replaced(table, name, pa.Array.from_buffers(pa.string(), len(raw), raw.buffers()))


def beyond(table: pa.Table, name: str) -> pa.Table:
    """Days after the year 9999 and before the year 1."""
    days = [2**31 - 1 if i % 2 else -(2**31) for i in range(table.num_rows)]
    return _replaced(table, name, pa.array(days, pa.int32()).cast(pa.date32()))


def listed(table: pa.Table, name: str) -> pa.Table:
    return _replaced(table, name, pa.array([[None, "x"]] * table.num_rows, pa.list_(pa.string())))


def swapped(table: pa.Table, name: str) -> pa.Table:
    """The right type, and values that lead nowhere."""
    cells = table[name].to_pylist()
    return _replaced(table, name, pa.array(cells[1:] + cells[:1], table.schema.field(name).type))


def emptied(table: pa.Table, name: str) -> pa.Table:
    return table.slice(0, 0)


def not_a_number(table: pa.Table, name: str) -> pa.Table:
    return _replaced(table, name, pa.array([float("nan")] * table.num_rows))


CHANGES: tuple[Change, ...] = (
    dropped, nulled, untyped, doubled, nested, numbered, worded, binary, not_utf8, beyond, listed, swapped, emptied,
    not_a_number,
)  # fmt: skip


def packed(table: pa.Table) -> bytes:
    out = io.BytesIO()
    pq.write_table(table, out)
    return out.getvalue()


def put(base: Path, name: str, data: bytes) -> None:
    """Put a table in place of another one, and seal the descriptor again."""
    package: dict[str, Any] = json.loads((base / "datapackage.json").read_bytes())
    for each in package["resources"]:
        if each["path"] == f"tables/{name}.parquet":
            each |= {"bytes": len(data), "hash": f"sha256:{hashlib.sha256(data).hexdigest()}"}
    (base / f"tables/{name}.parquet").write_bytes(data)
    (base / "datapackage.json").write_bytes(sealed(package))


def read_all(base: Path) -> None:
    """Everything that a reader may ask of a release."""
    data = sgd.load(base)
    things: Iterator[Any] = (
        found
        for each in (data.groups, data.people, data.places, data.events, data.allegations, data.sources, data.passages)
        for found in list(each.values())
    )
    for found in things:
        for line in shown(data, found, {}):
            assert line.painted(80, True) is not None
        repr(found)
        if isinstance(found, sgd.Entity):
            _ = found._repr_html_(), found.as_of("2014"), found.names, found == found
            for name in ("founded", "killed", "led_by"):
                with suppress(sgd.Contested):
                    found.preferred(name)
    for statement in data.statements.values():
        list(shown(data, statement, {}))
    for text in ("mithal", "Mithall", "xyzzy"):
        list(listing(data.search(text)))
    _ = data._repr_html_(), repr(data), data == sgd.load(base)
