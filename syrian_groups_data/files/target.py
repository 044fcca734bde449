"""Where a command is told to write: a file that is new, or a folder that is new, empty, or as an earlier run left it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ..model.problem import Environment, visible
from .bounds import DESCRIPTOR, share
from .folders import replace
from .reading import FILE, FOLDER, kind, leads_outside, listing, read
from .writing import UNCHANGED, expect, write


def put_file(out: Path, name: str, data: bytes) -> Path:
    """Write a file as `out`, or under its own name into `out` where that is a folder. Where it is then.

    What stands there with the same bytes stays. Raises Environment where anything else does, or it cannot be written;
    its message says that nothing was changed.
    """
    folder, last = (out, name) if out.is_dir() else _parted(out)
    path = folder / last
    if kind(folder, last) == FILE:
        if not _holds(folder, last, len(data), _digest(data)):
            what = "is there already, and is not what this would write"
            raise Environment(f"{path} {what}; {UNCHANGED}; move it away, delete it, or name another file")
        return path
    write(folder, last, data)
    return path


def put_folder(out: Path, files: Mapping[str, bytes], mark: str, noted: Mapping[str, Any]) -> Path:
    """Write files, by their paths below it, as the folder `out`, whole or not at all. Where it is then.

    The file `mark` in it is the receipt: what is `noted`, and size and hash of each file. A folder that holds what its
    receipt names, and nothing else, is replaced. Raises Environment where anything else stands there, or it cannot be
    written; its message says what is in place.
    """
    folder, last = _parted(out)
    expect(folder, last, FOLDER)
    if kind(folder, last) == FOLDER and (strange := _strange(out, mark)):
        raise Environment(f"{out} {strange}; {UNCHANGED}; name a folder that is new, empty, or as it was written")
    sums = {name: {"bytes": len(data), "hash": _digest(data)} for name, data in files.items()}
    receipt = json.dumps({**noted, "files": sums}, ensure_ascii=False, indent=2) + "\n"
    replace(folder / last, {**files, mark: receipt.encode()})
    return folder / last


def _parted(out: Path) -> tuple[Path, str]:
    """The folder in which a target stands, and its name there."""
    path = out if out.name and out.name != ".." else out.resolve()
    if not path.name:
        raise Environment(f"{out} cannot be written to; {UNCHANGED}; name a file or folder in it")
    if not path.parent.is_dir():
        raise Environment(f"{path.parent} is no folder; {UNCHANGED}; make it first, or name another")
    return path.parent, path.name


def _digest(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def _holds(root: Path, name: str, size: int, digest: str) -> bool:
    """Whether a file is there, byte for byte."""
    try:
        data = read(root, name, size)
    except OSError:
        return False
    return len(data) == size and _digest(data) == digest


def _strange(out: Path, mark: str) -> str | None:
    """What is wrong with a folder that is to be replaced: something in it that its receipt does not name as it is."""
    there = set(below(out))
    if not there:
        return None
    try:
        noted = json.loads(read(out, mark, DESCRIPTOR))["files"]
        known = {name: (int(each["bytes"]), str(each["hash"])) for name, each in noted.items()}
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return f"holds something, and no {mark} that says what was written here"
    for name in sorted(there - {mark}):
        size, digest = known.get(name, (-1, ""))
        if leads_outside(name) or not 0 <= size <= share() or not _holds(out, name, size, digest):
            return f"holds {visible(name)}, which is not as it was written"
    return None


def below(root: Path, name: str = "") -> Iterator[str]:
    """Paths, below it, of all that is in a folder; what is no regular file is there too."""
    for each in listing(root, name):
        path = f"{name}/{each.name}" if name else each.name
        if each.kind == FOLDER:
            yield from list(below(root, path)) or [path]
        else:
            yield path
