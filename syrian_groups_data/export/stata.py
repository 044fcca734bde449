"""Stata files, through pandas: text as text, dates as Stata dates, yes and no as 1 and 0, lists joined by `; `."""

from __future__ import annotations

import io
from typing import Any

from ..model.problem import Environment
from .source import Source
from .spreadsheet import cell

# Columns that are words of the language itself, and the length of a name, of a label and of text with a fixed width:
# what is longer is a `strL`, by which Stata does not merge.
_RESERVED = {"class": "class_", "end": "end_"}
_NAME, _LABEL, _TEXT = 32, 80, 244


def export(source: Source) -> dict[str, bytes]:
    """One `.dta` a table (format 118, Stata 14 and later), each column labelled with what it means.

    Raises Environment where the pandas that is installed cannot write a day.
    """
    import pandas as pd

    try:
        return {f"{name}.dta": _table(pd, source, name) for name in source.names}
    except pd.errors.OutOfBoundsDatetime as error:
        what = f"pandas {pd.__version__} writes no days before 1678 and after 2262 ({error})"
        raise Environment(f"{what}; nothing was changed; install pandas 3") from None


def _table(pd: Any, source: Source, name: str) -> bytes:
    columns, labels = {}, {}
    for field in source.fields(name):
        key = _RESERVED.get(field["name"], field["name"])[:_NAME]
        told = "" if key == field["name"] else f"{field['name']}: "
        columns[key] = _column(pd, field["type"], [row[field["name"]] for row in source.rows(name)])
        labels[key] = f"{told}{field['description']}"[:_LABEL]
    frame = pd.DataFrame(columns)
    texts = [key for key, column in frame.items() if column.dtype == object]
    out = io.BytesIO()
    frame.to_stata(
        out,
        write_index=False,
        version=118,
        convert_dates={key: "td" for key, column in frame.items() if column.dtype.kind == "M"},
        variable_labels=labels,
        convert_strl=[key for key in texts if frame[key].map(lambda text: len(text.encode())).max() > _TEXT],
        data_label=f"{source.name} {source.version} {name}"[:_LABEL],
        time_stamp=source.stamp,  # a file made twice is the same
    )
    return out.getvalue()


def _column(pd: Any, kind: str, values: list[Any]) -> Any:
    if kind in ("integer", "number", "boolean"):
        return pd.Series([None if value is None else float(value) for value in values], dtype="float64")
    if kind == "date":
        return pd.to_datetime(pd.Series(values, dtype=object))
    return pd.Series([cell(value) for value in values], dtype=object)
