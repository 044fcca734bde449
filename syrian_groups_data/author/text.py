"""Text of authored files, and the places in it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

from ..files import Refused, TooLarge, open_file, read, share, size
from ..model.corpus import Place
from ..model.problem import Problem, Problems
from ..model.watch import Watch, unwatched
from .yaml12 import unwanted

MAX_BYTES, MAX_CSV_BYTES = 1 << 20, 16 << 20
PACKED = {".gz": "gzip", ".zst": "zstd"}
_BLOCK = 1 << 20
_FACTOR = 256  # as many times its bytes may a packed file unpack to


def read_text(path: Path, name: str, limit: int = MAX_BYTES) -> str:
    """The text of an authored file; `name` is what its path ends with, from the folder of the project on.

    Raises Problems for what no editor should have saved, OSError for what is no regular file of the project.
    """
    root = path.parents[name.count("/")]
    try:
        data = read(root, name, limit)
    except TooLarge:
        raise Problems([_too_large(name, 1, f"more than {limit:,} bytes")]) from None
    return _text(data, name, 1)


def read_lines(path: Path, name: str, watch: Watch = unwatched) -> Iterator[tuple[int, str]]:
    """Lines of a file of any size, with their numbers, a megabyte or so in memory at a time; packed ones are unpacked.

    Raises as `read_text` does, once it comes to what is wrong.
    """
    packed = path.suffix in PACKED
    number, begun, left = 1, b"", sys.maxsize
    with open_file(path.parents[name.count("/")], name) as file:
        source: Any = file
        blocks: Iterable[int] = range(-(-size(file) // _BLOCK))
        if packed:
            import pyarrow as pa

            source, blocks = pa.CompressedInputStream(file, PACKED[path.suffix]), count()
            left = min(share(), max(MAX_CSV_BYTES, _FACTOR * size(file)))
        for _ in watch(blocks, f"MiB of {path.name}"):
            data = _some(source, name, number)
            if not data:
                break
            left -= len(data)
            if left < 0 or len(begun) > MAX_CSV_BYTES:
                what = f"a line of more than {MAX_CSV_BYTES:,} bytes, or more than {_FACTOR} times what it is packed in"
                raise Problems([_too_large(name, number, what)])
            whole, feed, rest = (begun + data).rpartition(b"\n")
            for line in _text(whole, name, number).split("\n") if feed else ():
                yield number, line
                number += 1
            begun = rest
        if _some(source, name, number):
            raise Refused("it grew while it was read; try again", path)
    yield number, _text(begun, name, number)


def _some(source: Any, name: str, number: int) -> bytes:
    try:
        data: bytes = source.read(_BLOCK)
    except (OSError, ValueError) as error:  # of Arrow, which unpacks
        what = f"it cannot be unpacked ({str(error).splitlines()[0]})"
        raise Problems([Problem(name, number, 1, "unreadable", what, "pack it again")]) from None
    return data


def _too_large(name: str, line: int, what: str) -> Problem:
    return Problem(name, line, 1, "file-too-large", what, "split the record")


def _text(data: bytes, name: str, first: int) -> str:
    """Bytes as text; `first` is the number of its first line."""
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line, column = _place(data[: error.start].decode(), error.start)
        place = line + first - 1, column
        raise Problems(
            [Problem(name, *place, "not-utf-8", f"byte {data[error.start]:#04x}", "save the file as UTF-8")]
        ) from None
    places = [(_place(text, at), code, what, fix) for at, code, what, fix in unwanted(text)]
    if places:
        raise Problems([Problem(name, at[0] + first - 1, at[1], code, what, fix) for at, code, what, fix in places])
    return text


def _place(text: str, index: int) -> Place:
    index = min(index, len(text))
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)
