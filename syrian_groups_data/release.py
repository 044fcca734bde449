"""Tables -> what engines and readers hold. Nothing here loads YAML, pydantic or pandas."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow

_PACKAGE = Path(__file__).resolve().parent


class Damaged(Exception):
    """A file of the release is missing, or its bytes are not those that the descriptor names."""


def _base() -> Path:
    """The folder with `datapackage.json` and `tables/`: inside a wheel, else the checkout around the package."""
    inside = _PACKAGE / "_data"
    return inside if (inside / "datapackage.json").is_file() else _PACKAGE.parent


def descriptor(base: Path) -> dict[str, Any]:
    """The parsed `datapackage.json` of a folder.

    Raises Damaged where it is not there or not JSON.
    """
    file = base / "datapackage.json"
    try:
        found = json.loads(file.read_bytes())
    except OSError as error:
        raise Damaged(f"{file}: {error.strerror}; reinstall the package, or run syrian-groups-data build") from None
    except ValueError as error:
        raise Damaged(f"{file} is not JSON ({error}); reinstall the package, or build again") from None
    if not isinstance(found, dict) or not isinstance(found.get("resources"), list):
        raise Damaged(f"{file} describes no resources; reinstall the package, or build again")
    return found


def path(table: str, format: str = "parquet") -> Path:
    """Path of a table's file, `format` parquet or csv, for engines that read files.

    >>> duckdb.sql(f"select count(*) from '{sgd.path('events')}'")

    Raises KeyError, with the nearest names, for a table that does not exist, ValueError for another format.
    """
    if format not in ("parquet", "csv"):
        raise ValueError(f"format is parquet or csv, not {format!r}")
    file = _base() / "tables" / f"{table}.{format}"
    if not table.isidentifier() or not file.is_file():
        import difflib

        known = _tables()
        near = difflib.get_close_matches(table, known, 3, 0.5) or list(known)
        raise KeyError(f"no table {table!r}; try {', '.join(near)}")
    return file


def read(table: str) -> pyarrow.Table:
    """One table as a `pyarrow.Table`; `.to_pandas()` and `polars.from_arrow()` take it on.

    Columns are described in `tables/README.md`. Dates are Arrow date32, lists are lists of strings.
    Page checksums are verified: a damaged page raises OSError. The footer has none; `load` and
    `syrian-groups-data validate` compare whole files with the hashes of the descriptor.
    Raises KeyError, with the nearest names, for a table that does not exist.
    """
    return arrow(path(table))


def arrow(source: Any) -> pyarrow.Table:
    """A Parquet file, by path or open, as a table; a page whose checksum is wrong raises OSError."""
    # pyarrow.parquet.read_table would import the dataset module, and with it pandas. Threads of the
    # reader gain nothing on tables of this size, and now and then abort a process that ends at once.
    from pyarrow.parquet import ParquetFile

    with ParquetFile(source, page_checksum_verification=True, pre_buffer=False) as file:
        return file.read(use_threads=False)


def verified(base: Path, names: tuple[str, ...]) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Descriptor and bytes of the named tables, all of one release: every hash is compared.

    Raises Damaged, naming the file. A build that ends meanwhile is waited for.
    """
    for wait in (0.1, 0.4, None):
        package = descriptor(base)
        try:
            return package, {name: _verified(base, package, f"tables/{name}.parquet") for name in names}
        except Damaged:
            if wait is None:
                raise
            if (base / ".build").exists():  # between the exchange of tables/ and that of the descriptor
                time.sleep(wait)
    raise AssertionError


def _verified(base: Path, package: dict[str, Any], name: str) -> bytes:
    import hashlib

    known = {each.get("path"): each for each in package["resources"] if isinstance(each, dict)}
    try:
        data = (base / name).read_bytes()
    except OSError as error:
        raise Damaged(f"{base / name}: {error.strerror}; reinstall the package, or build again") from None
    if f"sha256:{hashlib.sha256(data).hexdigest()}" != known.get(name, {}).get("hash"):
        raise Damaged(
            f"{base / name} is not the file that datapackage.json names; reinstall the package, or build again"
        )
    return data


def _tables() -> dict[str, str]:
    """Names of the tables, each with what one row of it is."""
    resources = descriptor(_base())["resources"]
    return {each["name"]: each["description"] for each in resources if each.get("format") == "csv"}


def __getattr__(name: str) -> Any:
    if name == "tables":
        return _tables()
    if name == "datapackage":
        return _base() / "datapackage.json"
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


if TYPE_CHECKING:
    tables: dict[str, str]
    datapackage: Path
