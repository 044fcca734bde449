"""Flip bytes of Parquet files and read them as `sgd.read` does; a process of its own, as a footer can crash a reader.

damage.py BASE COUNT      prints {"page": {"refused": 1, …}, "header": …, "footer": …}
"""

from __future__ import annotations

import io
import json
import os
import random
import sys
from collections import Counter, defaultdict
from pathlib import Path

import pyarrow as pa
from pyarrow.parquet import FileMetaData, ParquetFile

PER_CHILD = 100


def read(data: bytes) -> pa.Table:
    with ParquetFile(io.BytesIO(data), page_checksum_verification=True) as file:
        return file.read()


def _number(data: bytes, i: int) -> tuple[int, int]:
    """A zigzag varint and where it ends."""
    value = shift = 0
    while True:
        value |= (data[i] & 127) << shift
        i, shift = i + 1, shift + 7
        if data[i - 1] < 128:
            return (value >> 1) ^ -(value & 1), i


def _struct(data: bytes, i: int) -> tuple[dict[int, int], int]:
    """Integers of a struct in Thrift's compact protocol, by field, and where it ends."""
    found: dict[int, int] = {}
    field = 0
    while data[i]:
        kind, step, i = data[i] & 15, data[i] >> 4, i + 1
        if step:
            field += step
        else:
            field, i = _number(data, i)
        if kind in (4, 5, 6):
            found[field], i = _number(data, i)
        elif kind == 8:
            size = shift = 0
            while True:
                size, shift, i = size | (data[i] & 127) << shift, shift + 7, i + 1
                if data[i - 1] < 128:
                    break
            i += size
        elif kind == 12:
            _, i = _struct(data, i)
        elif kind not in (1, 2):
            raise ValueError(f"thrift type {kind}")
    return found, i + 1


def regions(data: bytes) -> list[str]:
    """For every byte: page, header (of a page), footer, or rest."""
    names = ["rest"] * len(data)
    size = int.from_bytes(data[-8:-4], "little")
    names[-8 - size : -8] = ["footer"] * size
    metadata: FileMetaData = ParquetFile(io.BytesIO(data)).metadata
    for group in range(metadata.num_row_groups):
        for c in range(metadata.num_columns):
            column = metadata.row_group(group).column(c)
            i = column.dictionary_page_offset or column.data_page_offset
            end = i + column.total_compressed_size
            while i < end:
                header, body = _struct(data, i)
                size = header[3]
                names[i:body] = ["header"] * (body - i)
                names[body : body + size] = ["page"] * size
                i = body + size
            assert i == end
    return names


def outcome(data: bytes, good: pa.Table) -> str:
    """What a reader of damaged bytes gets."""
    try:
        table = read(data)
        same = table.equals(good, check_metadata=True)
    except OSError:
        return "refused"
    except Exception as error:
        return f"refused by {type(error).__name__}"
    if same:
        return "same"
    return "descriptions differ" if table.equals(good) else "wrong"


def main(base: Path, count: int) -> None:
    """Try `count` flips, as many in each file; children do it, so that a crash is an outcome."""
    rng = random.Random(4)
    files = {path.name: path.read_bytes() for path in sorted(base.glob("tables/*.parquet"))}
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    tables = {name: read(data) for name, data in files.items()}
    where = {name: regions(data) for name, data in files.items()}
    flips = []
    for n in range(count):
        name = sorted(files)[n % len(files)]
        flips.append((name, rng.randrange(len(files[name])), rng.randrange(1, 256)))
    while flips:
        reader, writer = os.pipe()
        if not os.fork():
            for name, i, bits in flips[:PER_CHILD]:
                data = bytearray(files[name])
                data[i] ^= bits
                os.write(writer, f"{outcome(bytes(data), tables[name])}\n".encode())
            os._exit(0)
        os.close(writer)
        with os.fdopen(reader) as pipe:
            told = pipe.read().splitlines()
        os.wait()
        if len(told) < len(flips[:PER_CHILD]):
            told.append("crashed")
        for (name, i, _), text in zip(flips, told, strict=False):
            seen[where[name][i]][text] += 1
        del flips[: len(told)]
    print(json.dumps(seen))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
