"""What fuzzing, planting and knocking out share: real records in memory, and seeded ways to change them."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import PurePosixPath
from typing import Any, NamedTuple
from unittest.mock import patch

from syrian_groups_data.author import NUMBERS, text
from syrian_groups_data.author import read as author
from syrian_groups_data.author.project import PROJECT, VOCABULARY, read_project
from syrian_groups_data.author.yaml12 import read_yaml
from syrian_groups_data.files import TooLarge
from syrian_groups_data.model.corpus import Corpus, Entry
from syrian_groups_data.model.problem import CODES, Problem
from syrian_groups_data.model.project import Project
from syrian_groups_data.model.records import RECORDS
from syrian_groups_data.model.watch import unwatched
from tests.conftest import ROOT

FOLDERS = {kind.folder: kind for kind in RECORDS}
_RAW = PurePosixPath("raw")

# --- the loader, on bytes ------------------------------------------------------------------------


class Memory(PurePosixPath):
    """A file that is not on disk: as much of a path as the loader asks of one."""


@cache
def project() -> Project:
    """What the real project is."""
    return read_project(ROOT / "raw")[0]


def empty() -> Corpus:
    """A corpus of nothing."""
    return Corpus({}, {}, {}, [], set(), project=project())


def read(corpus: Corpus, name: str, data: bytes) -> None:
    """Load one file of raw/, by its name, as `author.load` does."""
    file: Any = Memory(name)
    raw: Any = _RAW
    with patch.object(text, "read", lambda root, name, limit: _bounded(data, limit)):
        if name == "raw/redirects.yml":
            author._read(corpus, raw, file, lambda path: author._load_redirects(corpus, raw, path))
        else:
            author._load_file(corpus, raw, file, FOLDERS[file.parent.name], unwatched)


def _bounded(data: bytes, limit: int) -> bytes:
    if len(data) > limit:
        raise TooLarge("too large", "")
    return data


@cache
def files() -> dict[str, bytes]:
    """Every file of the real raw/ with records, passages or redirects, by name."""
    found = sorted(path for path in (ROOT / "raw").rglob("*.*") if path.suffix in (".yml", ".csv"))
    found = [
        path for path in found if path.name not in (PROJECT, VOCABULARY, "changes.csv") and ".schemas" not in path.parts
    ]
    return {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in found}


@cache
def records() -> tuple[str, ...]:
    """Names of the files that hold a record."""
    return tuple(name for name in files() if name.endswith(".yml") and name != "raw/redirects.yml")


@cache
def base() -> Corpus:
    """The real corpus. Whoever changes it changes a copy: see `without`."""
    corpus = empty()
    for name, data in files().items():
        read(corpus, name, data)
    return corpus


def without(names: Iterable[str]) -> Corpus:
    """A copy of the real corpus that lacks the files of that name."""
    gone = set(names)
    corpus = base()
    return Corpus(
        {key: entry for key, entry in corpus.entries.items() if entry.path not in gone},
        {key: rows for key, rows in corpus.passages.items() if f"raw/sources/{key}.csv" not in gone},
        {} if "raw/redirects.yml" in gone else dict(corpus.redirects),
        [],
        set(),
        project=corpus.project,
    )


def filled(corpus: Corpus) -> Corpus:
    """A corpus with the real records and passages wherever it has none of that id."""
    return Corpus(
        base().entries | corpus.entries,
        base().passages | corpus.passages,
        base().redirects | corpus.redirects,
        corpus.problems,
        corpus.unread,
        project=corpus.project,
    )


@cache
def data_of(name: str) -> dict[str, Any]:
    """What a real file holds, every scalar a text except numbers under their keys."""
    data: dict[str, Any] = read_yaml(files()[name].decode(), name, NUMBERS)[0]
    return data


def well_formed(problem: Problem) -> bool:
    """A known code, a place, and one line that a terminal may be given."""
    line = str(problem)
    return problem.code in CODES and problem.line >= 1 and problem.column >= 1 and line.isprintable()


# --- random changes ------------------------------------------------------------------------------

# What has broken readers of YAML, JSON, CSV, dates, numbers and text before.
_NASTY = (
    "\x00 \x07 \x1b[31m \x7f \x85 \t \r \r\n \n \u00ad \u061c \u200b \u200c \u200d \u200e \u2028 \u2029 \u202e \u2066 "
    "\ufeff \uffff \U0010ffff \U0001f600 e\u0301 \u212b ＝ ٣ 1٢ İ ß ﷺ [ ] { } , : - ? & * ! | > % @ ` # ' \" ''' \\ : ; "
    "--- ... %YAML\xa01.1 %TAG !!binary !!python/object:os.system &a *a <<: ? null ~ Null NULL true NO on .nan .inf -.inf "
    "1e999 -0 0 010 0x10 0o7 1_000 12:30 9999999999999999999999 -1 1.5 0.0000000000001 NaN Infinity nan none na n-a "
    '"\\ud800" "\\u202e" "\\x00" "\\U00110000" \\ud83d {a:\xa0{a:\xa0{a: [[[[[[[[[[[[[[[[[[[[[[[[ =1+1 +1 -1 @SUM(A1) '
    "0000 0000-01-01 9999-12-31 9999/.. ../0001 000X 2013-02-30 2013-13 2014/2013 2013~/2014~ ../.. / 20133 "
    "wiki-sr:0 wiki-sr:999999999999999999999 wiki-sr: :1 a-- -a a:1:1 id class type value cite standing"
)
NASTY = tuple(_NASTY.split(" "))
_TOKEN = re.compile(r"[\w\-.:/]+|\s+|[^\w\s]")


def _cut(rng: random.Random, size: int, most: int) -> tuple[int, int]:
    start = rng.randrange(size + 1)
    return start, min(size, start + rng.randint(1, most))


def flip_bytes(rng: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.choice((1, 1, 1, 4))):
        if changed:
            changed[rng.randrange(len(changed))] ^= rng.randrange(1, 256)
    return bytes(changed)


def insert_bytes(rng: random.Random, data: bytes) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + rng.randbytes(rng.randint(1, 4)) + data[at:]


def delete_bytes(rng: random.Random, data: bytes) -> bytes:
    start, end = _cut(rng, len(data), rng.choice((1, 8, 200)))
    return data[:start] + data[end:]


def truncate(rng: random.Random, data: bytes) -> bytes:
    return data[: rng.randrange(len(data) + 1)]


def repeat_bytes(rng: random.Random, data: bytes) -> bytes:
    start, end = _cut(rng, len(data), rng.choice((4, 60)))
    return data[:end] + data[start:end] * rng.choice((1, 1, 2, 500)) + data[end:]


def insert_nasty(rng: random.Random, data: bytes) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + rng.choice(NASTY).encode() + data[at:]


def replace_token(rng: random.Random, data: bytes) -> bytes:
    text = data.decode("utf-8", "replace")
    tokens = _TOKEN.findall(text)
    if not tokens:
        return data
    at = rng.randrange(len(tokens))
    tokens[at] = rng.choice((rng.choice(NASTY), rng.choice(tokens), "", tokens[at] * 2, tokens[at].swapcase()))
    return "".join(tokens).encode()


def swap_tokens(rng: random.Random, data: bytes) -> bytes:
    tokens = _TOKEN.findall(data.decode("utf-8", "replace"))
    if not tokens:
        return data
    a, b = rng.randrange(len(tokens)), rng.randrange(len(tokens))
    tokens[a], tokens[b] = tokens[b], tokens[a]
    return "".join(tokens).encode()


def change_lines(rng: random.Random, data: bytes) -> bytes:
    lines = data.split(b"\n")
    a, b = rng.randrange(len(lines)), rng.randrange(len(lines))
    match rng.randrange(6):
        case 0:
            del lines[a]
        case 1:
            lines.insert(b, lines[a])
        case 2:
            lines[a], lines[b] = lines[b], lines[a]
        case 3:
            lines[a] = b" " * rng.randint(1, 4) + lines[a]
        case 4:
            lines[a] = lines[a][rng.randint(1, 4) :]
        case _:
            lines[a : a + 2] = [b"".join(lines[a : a + 2])]
    return b"\n".join(lines)


def splice(rng: random.Random, data: bytes) -> bytes:
    """The head of this file and the tail of another one."""
    other = files()[rng.choice(records())]
    if rng.random() < 0.5:
        ours, theirs = data.split(b"\n"), other.split(b"\n")
        return b"\n".join(ours[: rng.randrange(len(ours) + 1)] + theirs[rng.randrange(len(theirs) + 1) :])
    return data[: rng.randrange(len(data) + 1)] + other[rng.randrange(len(other) + 1) :]


Bytes = Callable[[random.Random, bytes], bytes]
# Tokens and lines leave most of a file readable, and so reach the checks: they come more often.
CHANGES: tuple[Bytes, ...] = (
    flip_bytes,
    insert_bytes,
    delete_bytes,
    truncate,
    repeat_bytes,
    splice,
    *(insert_nasty, replace_token, swap_tokens, change_lines) * 2,
)


def _slots(node: Any) -> list[tuple[Any, Any]]:
    """Every place in nested data that can be given another value: container and key."""
    found: list[tuple[Any, Any]] = []
    for key in node if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ():
        found += [(node, key), *_slots(node[key])]
    return found


_VALUES: tuple[Callable[[random.Random], Any], ...] = (
    lambda rng: rng.choice(NASTY),
    lambda rng: rng.choice((0, -1, 1, 2**31, 2**63, 10**15, 10**30, 1.5, -0.0, 1e300, True, False, None)),
    lambda rng: rng.choice(([], {}, [[]], [{}], {"": ""}, {"value": {}}, [None], "")),
    lambda rng: "x" * rng.choice((60, 61, 200, 201, 300, 2000, 2001)),
    lambda rng: rng.choice(sorted(base().entries)),
    lambda rng: rng.choice(("2013", "1977/1983", "2025-03-06/..", "2012-02-29", "197X", "2024~")),
)


def change_data(rng: random.Random, data: dict[str, Any]) -> dict[str, Any]:
    """A copy of a record in which one to three values, keys or items are others."""
    copy: dict[str, Any] = json.loads(json.dumps(data))
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        slots = _slots(copy)
        if not slots:
            break
        (node, key), (other, there) = rng.choice(slots), rng.choice(slots)
        match rng.randrange(9):
            case 0:
                del node[key]
            case 1:
                # Not into itself: that has no end.
                node[key] = json.loads(json.dumps(other[there]))
            case 2 if isinstance(node, dict):
                node[rng.choice((*NASTY, "value", "cite", "standing", "low", "since", "part_of"))] = node.pop(key)
            case 3 if isinstance(node, list):
                node += node[key : key + 1] * rng.choice((1, 1, 50))
            case 4 | 5:
                node[key] = rng.choice(_VALUES)(rng)
            case _:
                # What another record has under that key is of the right type, and means something else.
                others = [
                    value[name]
                    for value, name in _slots(data_of(rng.choice(records())))
                    if name == key and isinstance(value, dict)
                ]
                node[key] = json.loads(json.dumps(rng.choice(others or [node[key]])))
    return copy


def mutant(rng: random.Random, name: str) -> tuple[str, bytes]:
    """Name and bytes of a changed real file; some records come as a line of JSON."""
    data = files()[name]
    if name in records() and rng.random() < 0.4:
        # JSON is YAML in flow style: what is changed as data is read by both readers.
        text = json.dumps(change_data(rng, data_of(name)), ensure_ascii=rng.random() < 0.5)
        if rng.random() < 0.3:
            name = f"{name.rpartition('/')[0]}/records.jsonl"
            data = text.encode()
            return name, rng.choice(CHANGES)(rng, data) if rng.random() < 0.5 else data
        return name, text.encode()
    for _ in range(rng.choice((1, 1, 1, 1, 2, 4))):
        data = rng.choice(CHANGES)(rng, data)
    return name, data


# --- text that means the same --------------------------------------------------------------------

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 ]*[A-Za-z0-9]|[a-z0-9]+(?:-[a-z0-9]+)*")


def _scalar(rng: random.Random, key: str, value: Any) -> str:
    if not isinstance(value, str):
        return repr(value)
    ways = ["double", "single"]
    plain = _PLAIN.fullmatch(value) and value not in ("null", "Null", "NULL")
    # A number under a key of numbers is a text only in quotes.
    if plain and key not in NUMBERS:
        ways += ["plain"] * 3
    match rng.choice(ways):
        case "plain":
            return value
        case "single":
            return "'" + value.replace("'", "''") + "'"
        case _:
            return json.dumps(value, ensure_ascii=rng.random() < 0.2 and value.isascii())


def _flow(rng: random.Random, key: str, value: Any) -> str:
    gap = rng.choice(("", " "))
    if isinstance(value, dict):
        return f"{{{gap}{', '.join(f'{k}: {_flow(rng, k, v)}' for k, v in value.items())}{gap}}}"
    if isinstance(value, list):
        return f"[{gap}{', '.join(_flow(rng, key, v) for v in value)}{gap}]"
    return _scalar(rng, key, value)


def _block(rng: random.Random, key: str, value: Any, indent: str) -> str:
    """A value after its key, in block style where that is possible."""
    if not isinstance(value, dict | list) or not value or rng.random() < 0.3:
        return f" {_flow(rng, key, value)}{rng.choice(('', '', '  # a comment', ' '))}\n"
    inner = indent + " " * rng.choice((2, 4))
    if isinstance(value, dict):
        return "\n" + "".join(f"{inner}{k}:{_block(rng, k, v, inner)}" for k, v in value.items())
    return "\n" + "".join(f"{inner}-{_block(rng, key, item, inner)}" for item in value)


def rewrite(rng: random.Random, data: dict[str, Any]) -> str:
    """A record as YAML of another style: quoting, flow or block, indentation, comments, empty lines."""
    text = "".join(
        f"{rng.choice(('', '', '# a comment: [with, signs]', '   # indented'))}\n{key}:{_block(rng, key, value, '')}"
        for key, value in data.items()
    )
    return text.removeprefix("\n") if rng.random() < 0.5 else text


# --- mistakes of known kind and place ------------------------------------------------------------


class Planted(NamedTuple):
    """A file with one mistake: the code that it must be reported by, and where."""

    name: str
    data: bytes
    code: str
    line: int
    column: int


def place(text: str, at: int) -> tuple[int, int]:
    """Line and column of a place in a text, counted here and not by the code under test."""
    return text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1) + 1


def entry_of(name: str) -> Entry:
    """The record of a real file."""
    return base().entries[PurePosixPath(name).stem]
