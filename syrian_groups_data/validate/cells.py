"""A CSV as a table of text: proved whole by Arrow, and read cell by cell only where that fails, to name the row.

Reading cells in Python was most of the time that a clean package took. Whatever is not plain to Arrow goes to Python.
"""

from __future__ import annotations

import csv
import io
from array import array
from itertools import zip_longest

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from ..library.columns import integers
from ..model.problem import Problem, visible
from .text import ROW

CELL = 131_072  # characters of a cell, as the csv module has it where nobody changed that


def read_csv(name: str, data: bytes, columns: list[str]) -> tuple[pa.Table | None, list[Problem]]:
    """Columns c0, c1, … as text, null where empty, and the line of each row in `row_`; and what is wrong.

    `name` is the file's, for problems; `columns` are those that its header must have. Rows whose cells do not fit the
    header are problems and left out. There is no table where the header is wrong or the text is no CSV.
    """
    table = proved(data, columns)
    return read_cells(name, data, columns) if table is None else (table, [])


def proved(data: bytes, columns: list[str]) -> pa.Table | None:
    """The table of a CSV with nothing wrong in its form, as `read_cells` has it; None where that is not proved."""
    header = data.partition(b"\n")[0]
    names = [f"c{number}" for number in range(len(columns))]
    try:
        if next(csv.reader([header.decode()], strict=True)) != columns:
            return None
        if b"\r" in data or b"\0" in data or not data.endswith(b"\n") or not _quoted(data, len(header)):
            return None
        table = pa.csv.read_csv(
            pa.BufferReader(data),
            read_options=pa.csv.ReadOptions(column_names=names, skip_rows=1),
            convert_options=pa.csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), null_values=[""], strings_can_be_null=True
            ),
        )
    except (csv.Error, UnicodeDecodeError, pa.ArrowInvalid):
        return None
    if table.num_rows != data.count(b"\n") - 1:
        return None  # a blank row, or a cell of several lines
    for column in table.columns:  # what the csv module takes no longer
        if (pc.max(pc.binary_length(column)).as_py() or 0) > CELL:
            return None
    return table.append_column(ROW, lines(table.num_rows))


_PIECE = 1 << 20  # what stays in the caches


def _bytes(data: bytes | memoryview) -> pa.UInt8Array:
    return pa.UInt8Array.from_buffers(pa.uint8(), len(data), [None, pa.py_buffer(data)])


_SIDES = array("q", (-1, 1))
_QUOTE, _NEIGHBOURS = _bytes(b'"'), _bytes(b',\n"')


def _quoted(data: bytes, start: int) -> bool:
    """Whether every quote from the line feed at `start` on begins or ends a cell, or is one of two.

    Of the quotes of whole lines every second one ends what the one before it began.
    """
    while start < len(data) - 1:
        end = data.rfind(b"\n", start + 1, start + _PIECE)
        end = end if end > 0 else data.find(b"\n", start + _PIECE)
        raw = _bytes(memoryview(data)[start : end + 1])
        quotes = pc.indices_nonzero(pc.is_in(raw, value_set=_QUOTE))
        if len(quotes) % 2:
            return False
        # Of a cell's first quote what is before it, of its last one what is behind it.
        near = pc.add(quotes.cast(pa.int64()), integers(_SIDES * (len(quotes) // 2)))
        if not pc.all(pc.is_in(raw.take(near), value_set=_NEIGHBOURS), min_count=0).as_py():
            return False
        start = end
    return True


def lines(rows: int) -> pa.Array:
    """The lines of the rows of a table under a header."""
    return integers(range(2, rows + 2))


def read_cells(name: str, data: bytes, columns: list[str]) -> tuple[pa.Table | None, list[Problem]]:
    """The same as `read_csv`, cell by cell."""
    problems = []
    usual = csv.field_size_limit(CELL)  # one number for the process: another library may have set it
    try:
        reader = csv.reader(io.StringIO(data.decode(), newline=""), strict=True)
        header = next(reader, [])
        if header != columns:
            pairs = zip_longest(header, columns, fillvalue="missing")
            at, (given, wanted) = next((i, pair) for i, pair in enumerate(pairs, 1) if pair[0] != pair[1])
            what = f"column {at} is {visible(given)[:60]}, not {visible(wanted)[:60]}"
            return None, [Problem(name, 1, 1, "wrong-columns", what, "make header and descriptor agree")]
        rows: list[list[str]] = []
        found: list[int] = []
        for row in reader:
            if len(row) == len(columns):
                rows.append(row)
                found.append(reader.line_num)
            else:
                what = f"{len(row)} cells for {len(columns)} columns"
                problems.append(Problem(name, reader.line_num, 1, "wrong-cells", what, "correct the row"))
    except (csv.Error, UnicodeDecodeError) as error:
        return None, [Problem(name, 1, 1, "wrong-cells", visible(str(error)), "write the file again")]
    finally:
        csv.field_size_limit(usual)
    cells = zip(*rows, strict=True) if rows else ([] for _ in columns)
    names = [*(f"c{number}" for number in range(len(columns))), ROW]
    arrays = [pa.array([cell or None for cell in column], pa.string()) for column in cells]
    return pa.table([*arrays, pa.array(found, pa.int64())], names=names), problems
