"""A release by whatever names it: a folder, its descriptor, or a wheel that holds it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from .project import Usage

if TYPE_CHECKING:
    from ..library.tables import Tables


@contextmanager
def opened(name: str) -> Iterator[Tables]:
    """The tables of a release. Raises Usage for a wheel without any, Damaged for a release that is."""
    from .. import library

    path = Path(name)
    if path.suffix == ".whl":
        yield _in_wheel(path)
        return
    yield library.open(path)


def _in_wheel(path: Path) -> Tables:
    import io
    import json
    import zipfile
    import zlib

    from ..files import read, share
    from ..library.tables import Memory, Parquet

    try:
        data = read(path.absolute().parent, path.name, share())
        with zipfile.ZipFile(io.BytesIO(data)) as wheel:
            inside = {each.filename: each for each in wheel.infolist()}
            home = next(
                (each.removesuffix("datapackage.json") for each in inside if each.endswith("/_data/datapackage.json")),
                None,
            )
            if home is None or sum(each.file_size for each in inside.values()) > share():
                raise Usage(f"{path} holds no release of this schema")
            descriptor = json.loads(wheel.read(f"{home}datapackage.json"))
            tables = {
                file.rpartition("/")[2].removesuffix(".parquet"): Parquet(wheel.read(file), file).table()
                for file in inside
                if file.startswith(f"{home}tables/") and file.endswith(".parquet")
            }
        if not isinstance(descriptor, dict):
            raise ValueError("its datapackage.json is no object")
    except (OSError, ValueError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error) as error:
        raise Usage(f"{path} cannot be read: {error}") from None
    return Memory(tables, descriptor)
