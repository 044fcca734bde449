"""CSV that a spreadsheet opens right: UTF-8 with a byte order mark, and one table a file."""

from __future__ import annotations

import csv
import io
from typing import Any

from .source import Source

BOM = "\ufeff"


def cell(value: Any) -> str:
    """A value as a person reads it: lists joined by `; `, true and false in words, dates as ISO 8601."""
    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(map(str, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def export(source: Source) -> dict[str, bytes]:
    """One file a table, CR LF as spreadsheets write it."""
    files = {}
    for name in source.names:
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\r\n")
        columns = [field["name"] for field in source.fields(name)]
        writer.writerow(columns)
        writer.writerows([cell(row[column]) for column in columns] for row in source.rows(name))
        files[f"{name}.csv"] = (BOM + out.getvalue()).encode()
    return files
