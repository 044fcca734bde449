"""Putting a finished build in place of the old one: all or nothing, one builder at a time."""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import json
import os
import shutil
import sys
from pathlib import Path

from filelock import FileLock, Timeout

# Not relative: the crash tests load this module alone.
from syrian_groups_data.model.problem import Environment

STAGE, LOCK = ".build", ".build.lock"
DESCRIPTOR, TABLES = "datapackage.json", "tables"
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2
_ASIDE, _OLD = "tables.old", "nothing was changed"


def put(root: Path, files: dict[str, bytes]) -> None:
    """Write `datapackage.json` and everything under `tables/` in one step.

    The files are staged beside the target, flushed to disk and exchanged with the old folder by one
    system call; the descriptor follows by a rename. Killed between the two, `recover` ends the work.
    Raises Environment; its message says what is in place now.
    """
    tables, descriptor, stage = root / TABLES, root / DESCRIPTOR, root / STAGE
    for target in (tables, descriptor, stage, root / LOCK):
        if target.is_symlink():
            raise Environment(f"{target.name} is a link; {_OLD}; replace it by a real file or folder")
    if descriptor.is_dir():
        raise Environment(f"{descriptor.name} is a folder; {_OLD}; move it away")
    now = _OLD
    try:
        with FileLock(root / LOCK, timeout=0):
            _recover(root)
            try:
                _write(stage, files)
                tables.mkdir(exist_ok=True)
                swap(stage / TABLES, tables)
                now = f"{TABLES}/ is new and {DESCRIPTOR} is not; build again"
                try:
                    os.replace(stage / DESCRIPTOR, descriptor)
                except OSError:
                    swap(stage / TABLES, tables)
                    now = _OLD
                    raise
            except OSError:
                if (stage / _ASIDE).exists() and not tables.exists():
                    now = f"{TABLES}/ is missing, set aside in {STAGE}/; build again"
                elif now == _OLD:
                    shutil.rmtree(stage, ignore_errors=True)
                raise
            now = "the new build is in place, but may not last through a power cut"
            _flush(root)
            shutil.rmtree(stage, ignore_errors=True)
    except Timeout:
        raise Environment(f"another build is at work here; {_OLD}; wait for it to end") from None
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        raise Environment(f"{error.strerror or error}{where}; {now}") from None


def recover(root: Path) -> bool:
    """End what a killed build left: the descriptor that belongs to new tables, or a half-written stage.

    Returns whether it did.
    """
    if not (root / STAGE).is_dir() or (root / STAGE).is_symlink():
        return False
    try:
        with FileLock(root / LOCK, timeout=0):
            _recover(root)
    except (Timeout, OSError):
        return False  # somebody is building, or we may not write: not ours to mend
    return True


def _recover(root: Path) -> None:
    stage = root / STAGE
    if not stage.is_dir():
        return
    if (stage / _ASIDE).is_dir() and not (root / TABLES).exists():
        os.rename(stage / _ASIDE, root / TABLES)
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
    (stage / TABLES).mkdir(parents=True)
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
    aside = a.with_name(_ASIDE)
    os.rename(b, aside)
    try:
        os.rename(a, b)
    except OSError:
        os.rename(aside, b)
        raise
    with contextlib.suppress(OSError):  # b is new; what is left aside goes with the stage
        os.rename(aside, a)
