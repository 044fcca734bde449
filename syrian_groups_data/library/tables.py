"""Where rows come from: a release in memory, or Parquet files of which only what is asked for is read."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow.parquet import ParquetFile

from .columns import texts
from .errors import AGAIN, Damaged

# What one reading may unpack to: so many times the file, and never less than so many bytes.
_FACTOR, _LEAST = 256, 64 << 20


class Tables(Protocol):
    """A release: what its descriptor says, and its tables."""

    descriptor: dict[str, Any]

    def columns(self, name: str) -> Sequence[str]:
        """Names of a table's columns. Raises KeyError for a table that is not there, Damaged for a broken one."""

    def table(self, name: str, columns: Sequence[str] | None = None) -> pa.Table:
        """A table, or those of some columns that it has. Raises as `columns` does."""

    def where(self, name: str, column: str, values: Collection[str], columns: Sequence[str]) -> pa.Table:
        """Rows whose column, of text, holds one of the values, in their order. Raises as `columns` does."""


class Memory:
    """A release that is held in memory: Arrow tables by name, and a descriptor with `version` and `redirects`."""

    def __init__(self, tables: dict[str, pa.Table], descriptor: dict[str, Any] | None = None) -> None:
        self.descriptor = descriptor or {}
        self._tables = tables

    def columns(self, name: str) -> Sequence[str]:
        """Names of a table's columns."""
        found: list[str] = self._tables[name].column_names
        return found

    def table(self, name: str, columns: Sequence[str] | None = None) -> pa.Table:
        """A table, or those of some columns that it has."""
        found = self._tables[name]
        return found if columns is None else found.select([c for c in columns if c in found.column_names])

    def where(self, name: str, column: str, values: Collection[str], columns: Sequence[str]) -> pa.Table:
        """Rows whose column, of text, holds one of the values."""
        found, where = self.table(name, columns), f"tables/{name}.parquet"
        if column not in self._tables[name].column_names:
            raise Damaged(f"{where}: the column {column} is missing; {AGAIN}")
        with damaged(where):
            return found.take(_places(self._tables[name].column(column), texts(values)))

    def __reduce__(self) -> tuple[Any, ...]:
        return Memory, (self._tables, self.descriptor)


def _places(cells: pa.ChunkedArray, values: pa.Array) -> pa.Array:
    """Where a column holds one of some texts. Of packed texts those that there are, are compared, and not each row."""
    if not len(cells):  # Arrow 17 ends the process over a column without rows
        return pa.array([], pa.uint64())
    if not pa.types.is_dictionary(cells.type):
        return pc.indices_nonzero(pc.is_in(cells, value_set=values))
    parts = []
    for chunk in cells.chunks:
        packed = pc.indices_nonzero(pc.is_in(chunk.dictionary, value_set=values))
        if len(packed):
            parts.append(pc.is_in(chunk.indices, value_set=packed.cast(chunk.indices.type)))
        else:
            parts.append(pc.is_in(chunk.indices, value_set=chunk.indices.slice(0, 0)))
    return pc.indices_nonzero(pa.chunked_array(parts, pa.bool_()))


class Parquet:
    """A Parquet file, by its bytes, whose hash is known. What was read of it is kept, packed as it is in the file.

    Raises Damaged, here and in what it does, where the file cannot be read, or would not fit into memory.
    """

    def __init__(self, data: bytes, where: str) -> None:
        self._where, self._limit = where, max(_LEAST, _FACTOR * len(data))
        self._columns: dict[tuple[int, str], pa.ChunkedArray] = {}
        self._asked: set[tuple[int, str]] = set()
        self._bounds: dict[str, list[tuple[Any, Any]]] = {}
        with damaged(where):
            source = pa.BufferReader(data)
            file = ParquetFile(source, pre_buffer=False)
            self.schema: pa.Schema = file.schema_arrow
            # Texts stay numbers and a list of the texts that there are: a third of the time, and no bombs.
            self._file = ParquetFile(
                source, metadata=file.metadata, read_dictionary=_texts(file.metadata), pre_buffer=False
            )
            sizes = [file.metadata.row_group(i).total_byte_size for i in range(file.metadata.num_row_groups)]
        if sum(sizes) > self._limit or file.metadata.num_rows > self._limit:
            raise Damaged(
                f"{where}: {len(data):,} bytes that unpack to more than {self._limit:,} are not read; {AGAIN}"
            )

    def table(self, columns: Sequence[str] | None = None) -> pa.Table:
        """All rows."""
        names = self._there(self.schema.names if columns is None else columns)
        parts = [self._group(group, names) for group in range(self._file.num_row_groups)]
        return self._plain(parts, names)

    def where(self, column: str, values: Collection[str], columns: Sequence[str]) -> pa.Table:
        """Rows whose column holds one of the values: of groups of rows whose bounds allow it."""
        names, wanted, parts = self._there(columns), texts(values), []
        groups = list(self._may_hold(column, sorted(values)))
        for group, cells in zip(groups, self._cells(groups, column), strict=True):
            with damaged(self._where):
                found = _places(cells, wanted)
            if len(found):
                parts.append(self._group(group, names).take(found))
        return self._plain(parts, names)

    def _there(self, columns: Sequence[str]) -> list[str]:
        for name in columns:
            if len(self.schema.get_all_field_indices(name)) > 1:
                raise Damaged(f"{self._where}: the column {name} is there twice; {AGAIN}")
        return [name for name in columns if name in self.schema.names]

    def _may_hold(self, column: str, values: list[str]) -> Iterator[int]:
        """Groups of rows that may hold one of some sorted values."""
        if column not in self.schema.names:
            raise Damaged(f"{self._where}: the column {column} is missing; {AGAIN}")
        if column not in self._bounds:
            with damaged(self._where):
                self._bounds[column] = list(_statistics(self._file.metadata, column))
        for group, (least, most) in enumerate(self._bounds[column] if values else ()):
            place = bisect_left(values, least) if isinstance(least, str) else 0
            if place < len(values) and (not isinstance(most, str) or values[place] <= most):
                yield group

    def _cells(self, groups: list[int], column: str) -> list[pa.ChunkedArray]:
        """One column of groups of rows, which is kept: many will be looked for in it."""
        missing = [group for group in groups if (group, column) not in self._columns]
        if missing:
            with damaged(self._where):
                read = self._file.read_row_groups(missing, columns=[column], use_threads=False).column(column)
            start = 0
            for group in missing:
                count = self._file.metadata.row_group(group).num_rows
                self._columns[group, column] = read.slice(start, count)
                start += count
        return [self._columns[group, column] for group in groups]

    def _group(self, group: int, names: Sequence[str]) -> pa.Table:
        """Columns of a group of rows. What is asked for a second time is kept: most is asked for once."""
        missing = [name for name in names if (group, name) not in self._columns]
        found = {name: self._columns[group, name] for name in names if name not in missing}
        if missing:
            with damaged(self._where):
                # Threads of the reader gain nothing here, and now and then abort a process that ends at once.
                read = self._file.read_row_group(group, columns=missing, use_threads=False)
            found |= {name: read.column(name) for name in missing}
            self._columns |= {(group, name): found[name] for name in missing if (group, name) in self._asked}
            self._asked.update((group, name) for name in missing)
        return pa.table({name: found[name] for name in names})

    def _plain(self, parts: list[pa.Table], names: Sequence[str]) -> pa.Table:
        """Parts as one table of the types that the file names."""
        wanted = pa.schema([self.schema.field(name) for name in names], self.schema.metadata)
        if sum(_size(column) for part in parts for column in part.columns) > self._limit:
            raise Damaged(f"{self._where}: its rows would take more than {self._limit:,} bytes; {AGAIN}")
        with damaged(self._where):
            if not parts:  # `empty_table` would import pandas
                return pa.Table.from_arrays([pa.nulls(0, field.type) for field in wanted], schema=wanted)
            return pa.concat_tables([_unpacked(part, wanted) for part in parts])


def _texts(metadata: Any) -> list[str]:
    """Paths of the columns whose texts stand in a list of their own: few texts, or long ones, for many rows."""
    found = []
    for i in range(metadata.num_columns):
        chunks = (metadata.row_group(group).column(i) for group in range(metadata.num_row_groups))
        leaf = metadata.schema.column(i)
        if leaf.physical_type == "BYTE_ARRAY" and any(chunk.has_dictionary_page for chunk in chunks):
            found.append(leaf.path)
    return found


def _statistics(metadata: Any, column: str) -> Iterator[tuple[Any, Any]]:
    """Least and greatest value of a column in each group of rows; None where the file does not say."""
    place = [metadata.schema.column(i).path for i in range(metadata.num_columns)].index(column)
    for group in range(metadata.num_row_groups):
        found = metadata.row_group(group).column(place).statistics
        yield (found.min, found.max) if found is not None and found.has_min_max else (None, None)


def _unpacked(table: pa.Table, wanted: pa.Schema) -> pa.Table:
    """A table with its texts in each row. What is no packed text is cast, which takes longer."""
    plain = [
        pa.chunked_array([chunk.dictionary_decode() for chunk in column.chunks], field.type)
        if pa.types.is_dictionary(column.type) and column.type.value_type == field.type
        else column
        for column, field in zip(table.columns, wanted, strict=True)
    ]
    return pa.Table.from_arrays(plain, wanted.names).cast(wanted)


def _size(column: pa.ChunkedArray) -> int:
    """Bytes that a column takes once its texts stand in each row."""
    total = 0
    for chunk in column.chunks:
        cells = chunk.flatten() if pa.types.is_list(chunk.type) else chunk
        if not pa.types.is_dictionary(cells.type):
            total += cells.nbytes
        elif (most := len(cells) * cells.dictionary.nbytes) < _EXACT:
            total += most
        else:
            total += pc.sum(pc.binary_length(cells.dictionary).take(cells.indices)).as_py() or 0
    return total


_EXACT = 1 << 20


@contextmanager
def damaged(where: str) -> Iterator[None]:
    """Whatever a reader of Parquet raises, as Damaged."""
    try:
        yield
    except Damaged:
        raise
    except (
        OSError,
        ValueError,
        TypeError,
        LookupError,
        OverflowError,
        MemoryError,
        NotImplementedError,
        pa.ArrowException,
    ) as error:
        first = next(iter(str(error).splitlines()), type(error).__name__)
        raise Damaged(f"{where} cannot be read ({first}); {AGAIN}") from error
