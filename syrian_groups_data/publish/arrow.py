"""Rows -> Arrow tables, and their bytes as Parquet and CSV; the same rows give the same bytes everywhere."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Any

import pyarrow as pa
import pyarrow.compute
import pyarrow.csv
import pyarrow.parquet

from ..model.table import Edtf, Row, columns
from ..model.values import bounds
from .prove import prove_cells

_ARROW = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "date": pa.date32(),
    "boolean": pa.bool_(),
    "list": pa.list_(pa.field("element", pa.string(), nullable=False)),
}
# Measured at 100,000 records. Rows are read in such groups, where one is asked for: an eighth of 65,536 takes two fifths
# off `show`, and adds 7 % to the files, which `_repeating` takes off again. Level 1 of zstd gives 75 MB in 1.5 s, level 9
# 77 MB in 4.9 s, as most are hashes and ids; of the real data 607 and 602 kB.
ROW_GROUP, LEVEL = 1 << 13, 1


def schema(table: type[Row]) -> pa.Schema:
    """Arrow schema of a table; descriptions are field metadata."""
    return pa.schema(
        pa.field(c.name, _ARROW[c.type], nullable=not c.required, metadata={"description": c.description})
        for c in columns(table)
    )


def to_arrow(table: type[Row], records: Iterable[Any]) -> pa.Table:
    """Rows as an Arrow table, column by column: dates become five columns. Raises Problems where a cell does not fit."""
    cells = list(map(list, zip(*records, strict=True))) or [[] for _ in table.model_fields]
    held = dict(zip(table.model_fields, cells, strict=True))
    prove_cells(table, held)
    store: dict[str, list[Any]] = {}
    for name, field in table.model_fields.items():
        column, values = field.alias or name, held[name]
        store[column] = values
        if any(isinstance(each, Edtf) for each in field.metadata):
            spans = list(map(bounds, values))
            for part in ("earliest", "latest", "precision"):
                store[f"{column}_{part}"] = list(map(attrgetter(part), spans))
            store[f"{column}_approximate"] = [
                span.approximate if value else None for span, value in zip(spans, values, strict=True)
            ]
    shape = schema(table)
    return pa.Table.from_arrays([pa.array(store[f.name], f.type) for f in shape], schema=shape)


def to_parquet(table: pa.Table, order: Sequence[str] = ()) -> bytes:
    """Parquet with zstd and page checksums; `order` are the columns by which the rows are sorted, which it says."""
    out = io.BytesIO()
    sorted_by = pa.parquet.SortingColumn.from_ordering(table.schema, [(name, "ascending") for name in order])
    pa.parquet.write_table(
        table, out, compression="zstd", compression_level=LEVEL, use_dictionary=_repeating(table), write_page_checksum=True,
        row_group_size=ROW_GROUP, version="2.6", data_page_version="1.0", sorting_columns=sorted_by or None,
    )  # fmt: skip
    return out.getvalue()


def rewritten(one: bytes, other: bytes) -> bool:
    """Whether two Parquet files hold the same table, written by different versions of the writer."""
    try:
        files = [pa.parquet.ParquetFile(io.BytesIO(each), page_checksum_verification=True) for each in (one, other)]
        if files[0].metadata.created_by == files[1].metadata.created_by:
            return False
        tables = [file.read(use_threads=False) for file in files]
    except (OSError, pa.ArrowException):
        return False
    return bool(tables[0].equals(tables[1], check_metadata=True))


def _repeating(table: pa.Table) -> list[str]:
    """Paths of the columns whose cells stand twice each, or more: of others a list of the cells is a second copy."""
    found = []
    for name, column in zip(table.column_names, table.columns, strict=True):
        listed = pa.types.is_list(column.type)
        cells = pa.compute.list_flatten(column) if listed else column
        if 2 * pa.compute.count_distinct(cells, mode="all").as_py() <= len(cells):
            found.append(f"{name}.list.element" if listed else name)
    return found


def to_csv(table: pa.Table) -> bytes:
    """CSV in UTF-8 with LF; lists joined by `;`, nothing for null, dates as ISO 8601."""
    flat = [_joined(column) if pa.types.is_list(column.type) else column for column in table.columns]
    out = io.BytesIO()
    pa.csv.write_csv(pa.table(flat, names=table.column_names), out, pa.csv.WriteOptions(quoting_style="needed"))
    return out.getvalue()


def _joined(lists: pa.ChunkedArray) -> pa.ChunkedArray:
    """Lists of strings as text; null where there is none or nothing in it."""
    texts = pa.compute.binary_join(lists.cast(pa.list_(pa.string())), ";")
    return pa.compute.if_else(pa.compute.equal(texts, ""), pa.scalar(None, pa.string()), texts)


def content_hash(tables: dict[str, pa.Table]) -> str:
    """Hash of what the tables say, whatever wrote them: of each column its cells as text, and their lengths."""
    digest = hashlib.sha256()
    for name in sorted(tables):
        digest.update(json.dumps([name, tables[name].column_names]).encode())
        for column in tables[name].columns:
            texts = _joined(column) if pa.types.is_list(column.type) else pa.compute.cast(column, pa.string())
            lengths = pa.compute.fill_null(pa.compute.binary_length(texts), -1)
            digest.update(pa.compute.binary_join(_one(lengths.cast(pa.string())), " ")[0].as_buffer())
            digest.update(pa.compute.binary_join(_one(pa.compute.fill_null(texts, "")), "")[0].as_buffer())
    return f"sha256:{digest.hexdigest()}"


def _one(texts: pa.ChunkedArray) -> pa.ListArray:
    """All cells of a column as a single list."""
    whole = texts.combine_chunks()
    return pa.ListArray.from_arrays(pa.array([0, len(whole)], pa.int32()), whole)
