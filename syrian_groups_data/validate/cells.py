"""A CSV as a table of text: proved whole by Arrow, and read cell by cell only where that fails, to name the row.

Reading cells in Python was most of the time that a clean package took. Whatever is not plain to Arrow goes to Python.
"""

from __future__ import annotations

import csv
import io
import re
from itertools import zip_longest

import pyarrow as pa
import pyarrow.compute
import pyarrow.csv

from ..model.problem import Problem, visible
from .rules import ROW


def read_csv(name: str, data: bytes, columns: list[str]) -> tuple[pa.Table | None, list[Problem]]:
    """Columns c0, c1, … as text, null where empty, and the line of each row in `row_`; and what is wrong.

    `name` is the file's, for problems; `columns` are those that its header must have. Rows whose cells do not fit the
    header are problems and left out. There is no table where the header is wrong or the text is no CSV.
    """
    table = proved(data, columns)
    return read_cells(name, data, columns) if table is None else (table, [])


_QUOTED = re.compile(rb'"(?:[^"]++|"")*+"')


def proved(data: bytes, columns: list[str]) -> pa.Table | None:
    """The table of a CSV with nothing wrong in its form, as `read_cells` has it; None where that is not proved."""
    header = data.partition(b"\n")[0]
    body = data[len(header) :]
    quotes = body.count(b'"')
    if quotes % 2 or b"\r" in data or b"\0" in data or not body.endswith(b"\n"):
        return None
    # A quote for each quoted cell, so that commas and line feeds are those between cells.
    bare = _QUOTED.sub(b'"', body) if quotes else body
    cells = bare.count(b'"')
    if b"\n\n" in bare or bare.count(b"\n") != body.count(b"\n"):
        return None  # a blank row, or a cell of several lines
    if not bare.count(b',"') + bare.count(b'\n"') == cells == bare.count(b'",') + bare.count(b'"\n'):
        return None  # a quote within a cell
    del bare, body
    names = [f"c{number}" for number in range(len(columns))]
    try:
        if next(csv.reader([header.decode()], strict=True)) != columns:
            return None
        data.decode()
        table = pa.csv.read_csv(
            pa.BufferReader(data),
            read_options=pa.csv.ReadOptions(column_names=names, skip_rows=1),
            convert_options=pa.csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), null_values=[""], strings_can_be_null=True
            ),
        )
    except (csv.Error, UnicodeDecodeError, pa.ArrowInvalid):
        return None
    for column in table.columns:  # what the csv module takes no longer
        if (pa.compute.max(pa.compute.binary_length(column)).as_py() or 0) > csv.field_size_limit():
            return None
    return table.append_column(ROW, pa.array(range(2, table.num_rows + 2), pa.int64()))


def read_cells(name: str, data: bytes, columns: list[str]) -> tuple[pa.Table | None, list[Problem]]:
    """The same as `read_csv`, cell by cell."""
    problems = []
    try:
        reader = csv.reader(io.StringIO(data.decode(), newline=""), strict=True)
        header = next(reader, [])
        if header != columns:
            pairs = zip_longest(header, columns, fillvalue="missing")
            at, (given, wanted) = next((i, pair) for i, pair in enumerate(pairs, 1) if pair[0] != pair[1])
            what = f"column {at} is {visible(given)[:60]}, not {visible(wanted)[:60]}"
            return None, [Problem(name, 1, 1, "wrong-columns", what, "make header and descriptor agree")]
        rows, lines = [], []
        for row in reader:
            if len(row) == len(columns):
                rows.append(row)
                lines.append(reader.line_num)
            else:
                what = f"{len(row)} cells for {len(columns)} columns"
                problems.append(Problem(name, reader.line_num, 1, "wrong-cells", what, "correct the row"))
    except (csv.Error, UnicodeDecodeError) as error:
        return None, [Problem(name, 1, 1, "wrong-cells", visible(str(error)), "write the file again")]
    cells = zip(*rows, strict=True) if rows else ([] for _ in columns)
    names = [*(f"c{number}" for number in range(len(columns))), ROW]
    arrays = [pa.array([cell or None for cell in column], pa.string()) for column in cells]
    return pa.table([*arrays, pa.array(lines, pa.int64())], names=names), problems
