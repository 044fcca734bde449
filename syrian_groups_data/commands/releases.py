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
    import zipfile
    import zlib

    from ..files import read, share
    from ..library.descriptor import NAME, fits, parsed, tables
    from ..library.errors import Damaged
    from ..library.tables import Memory, Parquet

    try:
        data = read(path.absolute().parent, path.name, share())
        with zipfile.ZipFile(io.BytesIO(data)) as wheel:
            inside = {each.filename: each for each in wheel.infolist()}
            home = next(
                (each.removesuffix(NAME) for each in inside if each.endswith(f"/_data/{NAME}")),
                None,
            )
            if home is None or sum(each.file_size for each in inside.values()) > share():
                raise Usage(f"{path} holds no release of this schema")
            said = parsed(wheel.read(f"{home}{NAME}"), f"{path}: {NAME}")
            found = {name: wheel.read(f"{home}tables/{name}.parquet") for name in tables(said)}
            for name, held in found.items():
                if not fits(said, f"tables/{name}.parquet", held):
                    raise Damaged(f"{path}: {name}.parquet is not the file that {NAME} names; fetch it again")
    except (OSError, ValueError, EOFError, LookupError, RuntimeError, zipfile.BadZipFile, zlib.error) as error:
        raise Usage(f"{path} cannot be read: {error}") from None
    return Memory({name: Parquet(held, f"{path}: {name}.parquet").table() for name, held in found.items()}, said)
