"""Rows -> Parquet, CSV, codebook and descriptor, as bytes; the same rows give the same bytes everywhere."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from ..files import kind, listing, read
from ..model import rows
from ..model.problem import visible
from ..model.release import Release
from ..model.table import PROFILE, Edtf, Row, columns, table_schema
from ..model.values import bounds
from . import pictures
from .codebook import codebook

_ARROW = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "date": pa.date32(),
    "boolean": pa.bool_(),
    "list": pa.list_(pa.field("element", pa.string(), nullable=False)),
}
ROW_GROUP = 1 << 16


def schema(table: type[Row]) -> pa.Schema:
    """Arrow schema of a table; descriptions are field metadata."""
    return pa.schema(
        pa.field(c.name, _ARROW[c.type], nullable=not c.required, metadata={"description": c.description})
        for c in columns(table)
    )


def to_arrow(table: type[Row], records: Iterable[Row]) -> pa.Table:
    """Rows as an Arrow table: dates become five columns."""
    store: dict[str, list[Any]] = {c.name: [] for c in columns(table)}
    fields = [
        (name, field.alias or name, any(isinstance(m, Edtf) for m in field.metadata))
        for name, field in table.model_fields.items()
    ]
    for record in records:
        for name, column, dated in fields:
            value = getattr(record, name)
            store[column].append(value)
            if dated:
                span = bounds(value)
                store[f"{column}_earliest"].append(span.earliest)
                store[f"{column}_latest"].append(span.latest)
                store[f"{column}_precision"].append(span.precision)
                store[f"{column}_approximate"].append(span.approximate if value else None)
    shape = schema(table)
    return pa.Table.from_arrays([pa.array(store[f.name], f.type) for f in shape], schema=shape)


def to_parquet(table: pa.Table) -> bytes:
    """Parquet with zstd, dictionaries and page checksums."""
    out = io.BytesIO()
    pa.parquet.write_table(
        table, out, compression="zstd", compression_level=9, use_dictionary=True, write_page_checksum=True,
        row_group_size=ROW_GROUP, version="2.6", data_page_version="1.0",
    )  # fmt: skip
    return out.getvalue()


def to_csv(table: pa.Table) -> bytes:
    """CSV in UTF-8 with LF; lists joined by `;`, nothing for null, dates as ISO 8601."""
    flat = [
        pa.array([";".join(cell) or None for cell in column.to_pylist()], pa.string())
        if pa.types.is_list(column.type)
        else column
        for column in table.columns
    ]
    out = io.BytesIO()
    pa.csv.write_csv(pa.table(flat, names=table.column_names), out, pa.csv.WriteOptions(quoting_style="needed"))
    return out.getvalue()


def content_hash(tables: dict[str, pa.Table]) -> str:
    """Hash of what the tables say, whatever wrote them."""
    digest = hashlib.sha256()
    for name in sorted(tables):
        digest.update(json.dumps([name, tables[name].column_names]).encode())
        for row in zip(*(column.to_pylist() for column in tables[name].columns), strict=True):
            digest.update(json.dumps(row, ensure_ascii=False, default=str).encode())
    return f"sha256:{digest.hexdigest()}"


# --- descriptor -----------------------------------------------------------------------------------

_LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}


def _resource(name: str, table: type[Row], form: str, data: bytes) -> dict[str, Any]:
    description = (table.__doc__ or "").splitlines()[0]
    resource: dict[str, Any] = {
        "name": name,
        "type": "table" if form == "csv" else "file",
        "path": f"tables/{table.table}.{form}",
        "title": table.table,
        "description": description,
        "format": form,
        "mediatype": "text/csv" if form == "csv" else "application/vnd.apache.parquet",
    } | _digest(data)
    if form == "csv":
        resource |= {"encoding": "utf-8", "schema": table_schema(table)}
    return resource


_OTHERS = {
    "tables/README.md": ("codebook", "Codebook", "text/markdown"),
    "tables/timeline.svg": ("picture-of-events", "Events by date", "image/svg+xml"),
    "tables/accusations.svg": ("picture-of-accusations", "Who accuses whom", "image/svg+xml"),
}


def _digest(data: bytes) -> dict[str, Any]:
    return {"bytes": len(data), "hash": f"sha256:{hashlib.sha256(data).hexdigest()}"}


def descriptor(
    release: Release, files: dict[str, bytes], sources: list[dict[str, Any]], content: str, redirects: dict[str, str]
) -> dict[str, Any]:
    """`datapackage.json` as Data Package v2 has it; `contentHash` and `redirects` are ours."""
    resources = [
        _resource(
            table.table if form == "csv" else f"{table.table}-parquet",
            table,
            form,
            files[f"tables/{table.table}.{form}"],
        )
        for table in rows.TABLES
        for form in ("csv", "parquet")
    ]
    resources += [
        {
            "name": name,
            "type": "file",
            "path": path,
            "title": title,
            "format": path.rpartition(".")[2],
            "mediatype": kind,
        }
        | _digest(files[path])
        for path, (name, title, kind) in _OTHERS.items()
    ]
    package = {
        "$schema": f"{PROFILE}/datapackage.json",
        "name": release.name,
        "title": release.title,
        "description": release.description,
        "version": release.version,
        "created": release.created,
        "homepage": release.homepage,
        "keywords": list(release.keywords),
        "contributors": [{"title": name, "roles": ["creator"]} for name in release.contributors],
        "licenses": [_LICENCE],
        "sources": sources,
        "contentHash": content,
        "redirects": dict(sorted(redirects.items())),
        "resources": resources,
    }
    return {key: value for key, value in package.items() if value not in (None, [])}


def _sources(tables: dict[str, list[Row]]) -> list[dict[str, Any]]:
    found = []
    for row in tables["sources"]:
        assert isinstance(row, rows.Sources)
        source = {"title": row.title or row.source_id, "path": row.url, "version": row.snapshot_sha256}
        found.append({key: value for key, value in source.items() if value})
    return found


def render(tables: dict[str, list[Row]], release: Release, redirects: dict[str, str]) -> dict[str, bytes]:
    """Every file of a build, by its path."""
    arrow = {table.table: to_arrow(table, tables[table.table]) for table in rows.TABLES}
    files: dict[str, bytes] = {}
    for name, table in arrow.items():
        files[f"tables/{name}.parquet"] = to_parquet(table)
        files[f"tables/{name}.csv"] = to_csv(table)
    files["tables/README.md"] = codebook(arrow).encode()
    files["tables/timeline.svg"] = pictures.timeline(tables["events"]).encode()
    files["tables/accusations.svg"] = pictures.accusations(tables).encode()
    package = descriptor(release, files, _sources(tables), content_hash(arrow), redirects)
    files["datapackage.json"] = (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode()
    return files


def summary(tables: dict[str, list[Any]]) -> list[str]:
    """Lines that say what was built."""
    counts = {name: len(rows) for name, rows in tables.items()}
    contested = sum(row.contested for row in tables["statements"])
    unread = sum(row.use == "unread" for row in tables["passages"])
    return [
        f"  {counts['statements']:>6,} statements, {contested} of them contested",
        f"  {counts['citations']:>6,} citations of {counts['passages']} passages in {counts['sources']} sources; {unread} unread",
        f"  {counts['groups']:>6,} groups, {counts['people']} people, {counts['places']} places",
        f"  {counts['events']:>6,} events, {counts['allegations']} allegations, {counts['responses']} responses",
    ]


def stale(root: Path, files: dict[str, bytes]) -> list[str]:
    """What of a build in `root` is not as `files` has it, and what no stage writes."""
    there = listing(root, "tables") if kind(root, "tables") else []
    present = {f"tables/{each.name}" for each in there} | {"datapackage.json"}
    old = [name for name in sorted(files) if not same(root / name, files[name])]
    extra = sorted(present - files.keys())
    return [
        *(f"{name}: stale; run syrian-groups-data build" for name in old),
        *(f"{visible(name)}: no stage writes this; delete it" for name in extra),
    ]


def same(path: Path, data: bytes) -> bool:
    """Whether a file, no link, holds just these bytes."""
    try:
        return read(path.parent, path.name, len(data)) == data
    except OSError:
        return False
