"""Releases as engines and readers hold them: the installed one, or any folder with a package of this schema."""

from __future__ import annotations

import errno
import os
import time
import weakref
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property, lru_cache
from io import BufferedReader
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, overload

from .. import files
from . import descriptor as descriptors
from .descriptor import NAME, fits, hash_of, parsed, resource
from .errors import AGAIN, Damaged
from .names import TableName

if TYPE_CHECKING:
    import networkx
    import pandas
    import polars
    import pyarrow

    from .data import Data
    from .tables import Parquet

_PACKAGE = Path(__file__).resolve().parent.parent
_FORMS = ("parquet", "csv")
# Tables from which records are made, and how many bytes of them `load` reads at once.
_RECORDS = (
    "sources", "passages", "entities", "statements", "citations", "names", "groups", "people", "places", "relations",
    "estimates", "events", "participants", "allegations", "parties", "responses",
)  # fmt: skip
_SMALL = 16 << 20


def _base() -> Path:
    """The folder with `datapackage.json` and `tables/`: inside a wheel, else the checkout around the package."""
    inside = _PACKAGE / "_data"
    return inside if files.kind(inside, NAME) else _PACKAGE.parent


def _said(base: Path) -> bytes:
    """The bytes of a descriptor. Raises Damaged."""
    try:
        return files.read(base, NAME, files.DESCRIPTOR)
    except OSError as error:
        raise Damaged(f"{base / NAME}: {error.strerror}; {AGAIN}") from None


def descriptor(base: Path) -> dict[str, Any]:
    """The parsed `datapackage.json` of a folder.

    Raises Damaged where it is not there, not JSON, not of the shape that is read here, or not as it was sealed.
    """
    return parsed(_said(base), str(base / NAME))


class Catalogue(dict[str, str]):
    """Names of tables, each with what one row of it is."""

    def _repr_html_(self) -> str:
        from .notebook import grid

        return grid("tables", ("table", "one row is"), self.items(), len(self))


class Package:
    """A release in a folder, as it was when it was opened.

    What it hands out is of that release and no other, whatever is built in the folder meanwhile: its files are opened
    with it, and the hash of each is compared with the descriptor before its first row is handed out. So to hold one
    release across reads, open it once. (Where the system lets nobody replace an open file, or has too few handles,
    files are opened when they are first asked for, and Damaged says that there is a newer build.)
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._said = _said(folder)
        self.descriptor = parsed(self._said, str(folder / NAME))
        self.version: str = self.descriptor.get("version", "")
        self._read: dict[str, bytes] = {}
        self._files: dict[str, Parquet] = {}
        self._held = _held(folder, [f"tables/{name}.parquet" for name in self.tables])
        weakref.finalize(self, _close, self._held)

    @cached_property
    def tables(self) -> Catalogue:
        """Names of the tables, each with what one row of it is."""
        return Catalogue(descriptors.tables(self.descriptor))

    @overload
    def path(self, table: TableName, format: str = "parquet") -> Path: ...
    @overload
    def path(self, table: str, format: str = "parquet") -> Path: ...
    def path(self, table: str, format: str = "parquet") -> Path:
        """Path of a table's file, `format` parquet or csv, for engines that read files.

        Raises KeyError, with the nearest names, for a table that does not exist, ValueError for another format.
        """
        return _path(self.folder, table, format)

    @overload
    def read(self, table: TableName) -> pyarrow.Table: ...
    @overload
    def read(self, table: str) -> pyarrow.Table: ...
    def read(self, table: str) -> pyarrow.Table:
        """One table as a `pyarrow.Table`.

        Raises KeyError, with the nearest names, for a table that does not exist, Damaged for a file that is not the
        one that the descriptor names.
        """
        return self.table(table)

    def columns(self, name: str) -> Sequence[str]:
        """Names of a table's columns. Raises as `read` does."""
        found: list[str] = self._file(name).schema.names
        return found

    def table(self, name: str, columns: Sequence[str] | None = None) -> pyarrow.Table:
        """A table, or those of some columns that it has. Raises as `read` does."""
        return self._file(name).table(columns)

    def where(self, name: str, column: str, values: Collection[str], columns: Sequence[str]) -> pyarrow.Table:
        """Rows whose column, of text, holds one of the values. Only groups of rows that may hold one are unpacked."""
        return self._file(name).where(column, values, columns)

    def _file(self, name: str) -> Parquet:
        if name not in self._files:
            if name not in self.tables:
                raise _no_table(name, self.tables)
            from .tables import Parquet

            path = f"tables/{name}.parquet"
            data = self._read.pop(path, None)
            self._files[name] = Parquet(self._proved(path) if data is None else data, str(self.folder / path))
        return self._files[name]

    def _proved(self, name: str) -> bytes:
        """A file of the release: its hash is compared with that in the descriptor."""
        path, declared = self.folder / name, (resource(self.descriptor, name) or {}).get("bytes")
        try:
            with self._held.pop(name, None) or files.open_file(self.folder, name) as file:
                data = _whole(file, path) if declared in (None, files.size(file)) else None
        except OSError as error:
            raise Damaged(f"{path}: {error.strerror}; {AGAIN}") from None
        if data is None or not fits(self.descriptor, name, data):
            newer = _said(self.folder) != self._said
            why = "of a newer build; open the package again" if newer else f"not the file that {NAME} names; {AGAIN}"
            raise Damaged(f"{path} is {why}")
        return data

    def _settled(self) -> bool:
        """Whether all files are of one build: one that ends meanwhile exchanges tables/, then the descriptor."""
        if files.kind(self.folder, ".build"):
            held = self._held.items()
            return all(fits(self.descriptor, name, file.read()) and not file.seek(0) for name, file in held)
        return _said(self.folder) == self._said

    def load(self) -> Data:
        """The release as typed records. Of a small release all files are compared with their hashes at once."""
        from .data import Data

        paths = [f"tables/{name}.parquet" for name in _RECORDS]
        if sum((resource(self.descriptor, path) or {}).get("bytes", 0) for path in paths) <= _SMALL:
            self._read |= {path: self._proved(path) for path in paths if path[7:-8] not in self._files}
        return Data(self)

    def to_pandas(self, table: str) -> pandas.DataFrame:
        """A table as a data frame: whole numbers that may be missing, real dates, tuples for lists. Needs pandas."""
        from .frames import to_pandas

        return to_pandas(self.read(table))

    def to_polars(self, table: str) -> polars.DataFrame:
        """A table as a data frame of Polars. Needs polars."""
        from .frames import to_polars

        return to_polars(self.read(table))

    def to_networkx(self, all: bool = False) -> networkx.MultiDiGraph:
        """The ties between records as a graph: see `sgd.to_networkx`. Needs networkx."""
        from .frames import to_networkx

        return to_networkx(self, all=all)

    def __repr__(self) -> str:
        return f"<{self.descriptor.get('name', 'package')} {self.version} in {self.folder}: {len(self.tables)} tables>"

    def _repr_html_(self) -> str:
        return self.tables._repr_html_()

    def __eq__(self, other: object) -> bool:
        """Whether both are of one release: a sealed descriptor holds the hash of every file."""
        return isinstance(other, Package) and self._said == other._said

    def __hash__(self) -> int:
        return hash(self._said)

    def __reduce__(self) -> tuple[Any, ...]:
        folder = None if self.folder == _base() else str(self.folder)
        return _opened_again, (folder, hash_of(self._said))


@lru_cache(8)
def _opened_again(folder: str | None, said: str) -> Package:
    """A package in another process, or again in this one: the same release, or Damaged."""
    found = open(folder)
    if hash_of(found._said) != said:
        raise Damaged(f"{found.folder} holds another release than the one that was pickled; load it again")
    return found


def open(folder: Path | str | None = None) -> Package:
    """A release of this schema: a folder with `datapackage.json` and `tables/`, or the descriptor's path; else the installed one.

    It is held as it was when it was opened: see `Package`. Raises Damaged where there is none.
    """
    base = _base() if folder is None else _folder(Path(folder).absolute())
    for wait in (0.1, 0.4):
        found = Package(base)
        if found._settled():
            return found
        time.sleep(wait)
    return Package(base)


def _held(base: Path, names: Iterable[str]) -> dict[str, BufferedReader]:
    """Files of a release, held open; none where there are too few handles, or where nobody could replace them."""
    found: dict[str, BufferedReader] = {}
    for name in names if os.name == "posix" else ():
        try:
            found[name] = files.open_file(base, name)
        except OSError as error:
            if error.errno in (errno.EMFILE, errno.ENFILE):
                _close(found)
                return {}
    return found  # one that is missing is told when it is asked for


def _whole(file: BufferedReader, path: Path) -> bytes:
    if files.size(file) > files.share():
        raise files.TooLarge(f"it has {files.size(file):,} bytes, and {files.share():,} may be held in memory", path)
    return files.rest(file, path)


def _close(held: dict[str, BufferedReader]) -> None:
    for file in held.values():
        file.close()


def _folder(given: Path) -> Path:
    """The folder of a package, by itself or by a file in it."""
    if given.name == NAME:
        return given.parent
    kind = files.kind(given.parent, given.name) if given.name else files.FOLDER
    if kind in (None, files.FILE):
        what = "is a file" if kind else "does not exist"
        raise Damaged(f"{given} {what}; give the folder with {NAME}, or nothing for the installed release")
    above = given.name == "tables" and not files.kind(given, NAME) and files.kind(given.parent, NAME)
    return given.parent if above else given


def load(base: Path | str | None = None) -> Data:
    """A release as typed records, without network: rows are read when they are asked for, and compared with its hashes.

    `base` is a folder with `datapackage.json` and `tables/`, or the descriptor's path; without it, the installed
    release. Raises Damaged where a file is missing or is not the one that the descriptor names.
    """
    return open(base).load()


@overload
def path(table: TableName, format: str = "parquet") -> Path: ...
@overload
def path(table: str, format: str = "parquet") -> Path: ...
def path(table: str, format: str = "parquet") -> Path:
    """Path of a table's file, `format` parquet or csv, for engines that read files.

    >>> duckdb.sql(f"select count(*) from '{sgd.path('events')}'")

    Raises KeyError, with the nearest names, for a table that does not exist, ValueError for another format.
    """
    return _path(_base(), table, format)


def _path(base: Path, table: str, format: str) -> Path:
    if format not in _FORMS:
        raise ValueError(f"format is parquet or csv, not {format!r}")
    name = f"tables/{table}.{format}"
    if not isinstance(table, str) or not table.isidentifier() or files.kind(base, name) != files.FILE:
        raise _no_table(table, descriptors.tables(descriptor(base)))
    return base / name


def _no_table(name: object, known: Collection[str]) -> KeyError:
    from difflib import get_close_matches

    near = get_close_matches(str(name), known, 3, 0.5) or list(known)
    return KeyError(f"no table {name!r}; try {', '.join(near)}")


@overload
def read(table: TableName) -> pyarrow.Table: ...
@overload
def read(table: str) -> pyarrow.Table: ...
def read(table: str) -> pyarrow.Table:
    """One table of the installed release as a `pyarrow.Table`; `.to_pandas()` and `polars.from_arrow()` take it on.

    Columns are described in `tables/README.md`. Dates are Arrow date32, lists are lists of strings.
    Page checksums are verified: a damaged page, or a file that is no Parquet, raises Damaged. The footer has
    no checksum; `load`, `open` and `syrian-groups-data validate` compare whole files with the hashes of the descriptor.
    Raises KeyError, with the nearest names, for a table that does not exist.
    """
    file = path(table)
    try:
        source = files.open_file(file.parent, file.name)
    except OSError as error:
        raise Damaged(f"{file} cannot be read ({error.strerror}); {AGAIN}") from error
    with source:
        return arrow(source, str(file))


def arrow(source: BinaryIO, name: str = "a table") -> pyarrow.Table:
    """An open Parquet file as a table; one that cannot be read, or has a wrong checksum, raises Damaged."""
    # pyarrow.parquet.read_table would import the dataset module, and with it pandas. Threads of the
    # reader gain nothing on tables of this size, and now and then abort a process that ends at once.
    from pyarrow.lib import ArrowException
    from pyarrow.parquet import ParquetFile

    try:
        with ParquetFile(source, page_checksum_verification=True, pre_buffer=False) as file:
            return file.read(use_threads=False)
    except (OSError, ArrowException) as error:
        raise Damaged(f"{name} cannot be read ({str(error).splitlines()[0]}); {AGAIN}") from error


def to_pandas(table: str) -> pandas.DataFrame:
    """A table of the installed release as a data frame: see `Package.to_pandas`."""
    from . import frames

    return frames.to_pandas(read(table))


def to_polars(table: str) -> polars.DataFrame:
    """A table of the installed release as a data frame of Polars. Needs polars."""
    from . import frames

    return frames.to_polars(read(table))


def to_networkx(all: bool = False) -> networkx.MultiDiGraph:
    """The ties of the installed release as a graph: see `Package.to_networkx`. Needs networkx."""
    return open().to_networkx(all=all)


def __getattr__(name: str) -> Any:
    if name == "tables":
        return Catalogue(descriptors.tables(descriptor(_base())))
    if name == "datapackage":
        return _base() / NAME
    if name == "__version__":
        return descriptor(_base()).get("version", "unknown")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


if TYPE_CHECKING:
    tables: Catalogue
    datapackage: Path
    __version__: str
