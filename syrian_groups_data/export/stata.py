"""Stata files, through pandas: text as text, dates as Stata dates, lists joined by `; `."""

from __future__ import annotations

import io
from typing import Any

from .source import Source
from .spreadsheet import cell

_LONGEST = 32  # characters of a name in Stata


def export(source: Source) -> dict[str, bytes]:
    """One `.dta` a table (format 118, Stata 14 and later), each column labelled with what it means."""
    import pandas as pd

    files = {}
    for name in source.names:
        fields = source.fields(name)
        columns, labels, dates = {}, {}, {}
        for field in fields:
            key = field["name"][:_LONGEST]
            values = [row[field["name"]] for row in source.rows(name)]
            columns[key] = _column(pd, field["type"], values)
            labels[key] = field["description"][:80]
            if field["type"] == "date":
                dates[key] = "td"
        frame = pd.DataFrame(columns)
        out = io.BytesIO()
        long = [key for key, column in frame.items() if column.dtype == object]
        frame.to_stata(
            out,
            write_index=False,
            version=118,
            convert_dates=dates,
            variable_labels=labels,
            convert_strl=long,
            data_label=f"{source.name} {source.version} {name}"[:80],
            time_stamp=_stamp(pd, source),
        )
        files[f"{name}.dta"] = out.getvalue()
    return files


def _stamp(pd: Any, source: Source) -> Any:
    """A file made twice is the same: its stamp is the day of the release."""
    return pd.Timestamp(str(source.descriptor.get("created", "2000-01-01"))[:10]).to_pydatetime()


def _column(pd: Any, kind: str, values: list[Any]) -> Any:
    if kind in ("integer", "number", "boolean"):
        return pd.Series([None if v is None else float(v) for v in values], dtype="float64")
    if kind == "date":
        return pd.to_datetime(pd.Series(values, dtype=object))
    return pd.Series([cell(v) for v in values], dtype=object)
