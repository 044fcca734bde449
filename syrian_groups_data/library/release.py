"""Tables -> what engines and readers hold. Nothing here loads YAML, pydantic or pandas."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from ..files import DESCRIPTOR, FILE, kind, open_file, rest, share, size
from ..files import read as read_file

if TYPE_CHECKING:
    import pyarrow

_AGAIN = "reinstall the package, or build again"
_PACKAGE = Path(__file__).resolve().parent.parent


class Damaged(OSError):
    """A file of the release is missing, cannot be read, or is not the one that the descriptor names."""

    def __str__(self) -> str:
        return str(self.args[0])


def _base() -> Path:
    """The folder with `datapackage.json` and `tables/`: inside a wheel, else the checkout around the package."""
    inside = _PACKAGE / "_data"
    return inside if kind(inside, "datapackage.json") else _PACKAGE.parent


def descriptor(base: Path) -> dict[str, Any]:
    """The parsed `datapackage.json` of a folder.

    Raises Damaged where it is not there, not JSON, or not of the shape that is read here.
    """
    file = base / "datapackage.json"
    try:
        found = json.loads(read_file(base, "datapackage.json", DESCRIPTOR))
    except OSError as error:
        raise Damaged(f"{file}: {error.strerror}; reinstall the package, or run syrian-groups-data build") from None
    except (ValueError, RecursionError) as error:
        raise Damaged(f"{file} is not JSON ({error}); {_AGAIN}") from None
    if not isinstance(found, dict) or not _sound(found):
        raise Damaged(f"{file} is no data package with resources; {_AGAIN}")
    return found


def _sound(package: dict[str, Any]) -> bool:
    """Whether a descriptor has the shape that is read here."""
    resources, redirects = package.get("resources"), package.get("redirects", {})
    texts = ("name", "path", "title", "description", "format", "hash")
    return (
        isinstance(resources, list)
        and all(isinstance(each, dict) for each in resources)
        and all(isinstance(each.get(key, ""), str) for each in resources for key in texts)
        and isinstance(redirects, dict)
        and all(isinstance(new, str) for new in redirects.values())
        and isinstance(package.get("version", ""), str)
    )


def second_name(package: dict[str, Any]) -> str | None:
    """Language of the second names of a package, as its descriptor has it."""
    for resource in package["resources"]:
        if resource.get("name") == "groups":
            names = [str(field.get("name")) for field in resource.get("schema", {}).get("fields", [])]
            return next((name.removeprefix("name_") for name in names if name.startswith("name_")), None)
    return None


def terms(package: dict[str, Any], table: str, column: str) -> dict[str, str]:
    """Terms of a column, each with its definition, as the descriptor of a package has them."""
    for resource in package["resources"]:
        if resource.get("name") == table:
            fields = resource.get("schema", {}).get("fields", [])
            found: list[dict[str, str]] = next(
                (field.get("categories", []) for field in fields if field.get("name") == column), []
            )
            return {each["value"]: each["label"] for each in found}
    return {}


def path(table: str, format: str = "parquet") -> Path:
    """Path of a table's file, `format` parquet or csv, for engines that read files.

    >>> duckdb.sql(f"select count(*) from '{sgd.path('events')}'")

    Raises KeyError, with the nearest names, for a table that does not exist, ValueError for another format.
    """
    if format not in ("parquet", "csv"):
        raise ValueError(f"format is parquet or csv, not {format!r}")
    base, name = _base(), f"tables/{table}.{format}"
    if not isinstance(table, str) or not table.isidentifier() or kind(base, name) != FILE:
        import difflib

        known = _tables()
        near = difflib.get_close_matches(str(table), known, 3, 0.5) or list(known)
        raise KeyError(f"no table {table!r}; try {', '.join(near)}")
    return base / name


def read(table: str) -> pyarrow.Table:
    """One table as a `pyarrow.Table`; `.to_pandas()` and `polars.from_arrow()` take it on.

    Columns are described in `tables/README.md`. Dates are Arrow date32, lists are lists of strings.
    Page checksums are verified: a damaged page, or a file that is no Parquet, raises Damaged. The footer has
    no checksum; `load` and `syrian-groups-data validate` compare whole files with the hashes of the descriptor.
    Raises KeyError, with the nearest names, for a table that does not exist.
    """
    file = path(table)
    try:
        source = open_file(file.parent, file.name)
    except OSError as error:
        raise Damaged(f"{file} cannot be read ({error.strerror}); {_AGAIN}") from error
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
        raise Damaged(f"{name} cannot be read ({str(error).splitlines()[0]}); {_AGAIN}") from error


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
            if kind(base, ".build"):  # between the exchange of tables/ and that of the descriptor
                time.sleep(wait)
    raise AssertionError


def _verified(base: Path, package: dict[str, Any], name: str) -> bytes:
    import hashlib

    known = {each.get("path"): each for each in package["resources"]}.get(name, {})
    try:
        with open_file(base, name) as file:
            data = rest(file, base / name) if size(file) == known.get("bytes") <= share() else None
    except OSError as error:
        raise Damaged(f"{base / name}: {error.strerror}; {_AGAIN}") from None
    if data is None or f"sha256:{hashlib.sha256(data).hexdigest()}" != known.get("hash"):
        raise Damaged(f"{base / name} is not the file that datapackage.json names; {_AGAIN}")
    return data


def _tables() -> dict[str, str]:
    """Names of the tables, each with what one row of it is."""
    resources = descriptor(_base())["resources"]
    return {each["name"]: each.get("description", "") for each in resources if each.get("format") == "csv"}


def __getattr__(name: str) -> Any:
    if name == "tables":
        return _tables()
    if name == "datapackage":
        return _base() / "datapackage.json"
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


if TYPE_CHECKING:
    tables: dict[str, str]
    datapackage: Path
