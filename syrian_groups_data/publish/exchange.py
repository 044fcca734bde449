"""Putting a finished build in place of the old one: all or nothing, one builder at a time."""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import shutil
import sys
from pathlib import Path

from filelock import FileLock, Timeout

STAGE, LOCK = ".build", ".build.lock"
DESCRIPTOR, TABLES = "datapackage.json", "tables"
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2


class Environment(Exception):
    """The disk, the permissions or another build stand in the way; the message says what is in place now."""


def put(root: Path, files: dict[str, bytes]) -> None:
    """Write `datapackage.json` and everything under `tables/` in one step.

    The files are staged beside the target, flushed to disk and exchanged with the old folder by one
    system call; the descriptor follows by a rename. Killed between the two, `recover` ends the work.
    Raises Environment with the old output complete, unless the message says that tables/ is new.
    """
    tables = root / TABLES
    for target in (tables, root / DESCRIPTOR, root / STAGE):
        if target.is_symlink():
            raise Environment(f"{target.name} is a link; nothing was changed; replace it by a real file or folder")
    stage = root / STAGE
    try:
        with FileLock(root / LOCK, timeout=0):
            _recover(root)
            try:
                _write(stage, files)
                tables.mkdir(exist_ok=True)
            except OSError:
                shutil.rmtree(stage, ignore_errors=True)
                raise
            swap(stage / TABLES, tables)
            try:
                os.replace(stage / DESCRIPTOR, root / DESCRIPTOR)
            except OSError as error:
                why = error.strerror or error
                raise Environment(
                    f"{why}: tables/ is new and {DESCRIPTOR} is not; free the disk and build again"
                ) from None
            _flush(root)
            shutil.rmtree(stage, ignore_errors=True)
    except Timeout:
        raise Environment("another build is at work here; nothing was changed; wait for it to end") from None
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        raise Environment(f"{error.strerror or error}{where}; nothing was changed") from None


def recover(root: Path) -> None:
    """End what a killed build left: the descriptor that belongs to new tables, or a half-written stage."""
    if not (root / STAGE).is_dir() or (root / STAGE).is_symlink():
        return
    try:
        with FileLock(root / LOCK, timeout=0):
            _recover(root)
    except (Timeout, OSError):
        return  # somebody is building, or we may not write: not ours to mend


def _recover(root: Path) -> None:
    stage = root / STAGE
    if not stage.is_dir():
        return
    descriptor = stage / DESCRIPTOR
    if descriptor.is_file() and matches(root, descriptor.read_bytes()):
        os.replace(descriptor, root / DESCRIPTOR)
    shutil.rmtree(stage, ignore_errors=True)


def matches(root: Path, descriptor: bytes) -> bool:
    """Whether every resource of a descriptor is there, byte for byte."""
    try:
        resources = json.loads(descriptor)["resources"]
        return all(
            hashlib.sha256((root / each["path"]).read_bytes()).hexdigest() == each["hash"].removeprefix("sha256:")
            for each in resources
        )
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _write(stage: Path, files: dict[str, bytes]) -> None:
    (stage / TABLES).mkdir(parents=True, exist_ok=True)
    # The descriptor comes last: a stage without it is known to be unfinished.
    for name in sorted(files, key=lambda name: (name == DESCRIPTOR, name)):
        path = stage / name
        with path.open("wb") as file:
            file.write(files[name])
            file.flush()
            os.fsync(file.fileno())
        path.chmod(0o644)
    (stage / TABLES).chmod(0o755)
    _flush(stage / TABLES)
    _flush(stage)


def _flush(folder: Path) -> None:
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def swap(a: Path, b: Path) -> None:
    """Exchange two folders: by one system call where there is one, else by three renames."""
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        if hasattr(libc, "renameat2"):
            names = os.fsencode(a), os.fsencode(b)
            if libc.renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE) == 0:
                return
            code = ctypes.get_errno()
            if code not in (22, 38, 95):  # EINVAL, ENOSYS, EOPNOTSUPP: the file system has no exchange
                raise OSError(code, os.strerror(code), str(b))
    aside = a.with_name(a.name + ".old")
    os.rename(b, aside)
    os.rename(a, b)
    os.rename(aside, a)
