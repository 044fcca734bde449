"""Packages of one table, in one form, to measure what validates it: statements of a built one, repeated with new keys."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute
import pyarrow.parquet

from syrian_groups_data.publish.arrow import to_csv, to_parquet


def _repeated(built: Path, rows: int) -> pa.Table:
    table = pa.parquet.read_table(built / "tables" / "statements.parquet")
    parts = []
    for turn in range(-(-rows // table.num_rows)):
        keys = pa.compute.binary_join_element_wise(table["statement_id"], f"-{turn}", "")
        parts.append(table.set_column(0, table.schema.field("statement_id"), keys))
    return pa.concat_tables(parts).slice(0, rows)


def package(built: Path, to: Path, rows: int, form: str) -> None:
    """A package with a CSV or a Parquet file of so many rows."""
    table = _repeated(built, rows)
    data = to_csv(table) if form == "csv" else to_parquet(table)
    described = json.loads((built / "datapackage.json").read_text(encoding="utf-8"))
    resource: dict[str, Any] = next(each for each in described["resources"] if each["name"] == "statements")
    resource |= {"path": f"tables/statements.{form}", "format": form, "mediatype": f"application/{form}"}
    resource |= {"bytes": len(data), "hash": f"sha256:{hashlib.sha256(data).hexdigest()}"}
    schema = resource["schema"]
    schema.pop("foreignKeys", None)
    for field in schema["fields"]:
        if field["name"] == "statement_id":
            field["constraints"].pop("pattern", None)
    (to / "tables").mkdir(parents=True)
    (to / resource["path"]).write_bytes(data)
    path = to / "datapackage.json"
    # Nobody's: of a package of ours all tables would be asked for.
    path.write_text(json.dumps({"name": "measured", "resources": [resource]}), encoding="utf-8")
