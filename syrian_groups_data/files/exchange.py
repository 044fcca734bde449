"""Putting finished files and folders in place of the old ones: all of them or none, one writer at a time.

Everything is staged beside the target, flushed, and noted in a list with sizes and hashes. Then each old one is exchanged
with its new one by a single system call, and the last file takes its place by a rename. Once the first new one is in
place, a command that was killed is ended by the next one (`recover`); before that, it is undone.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import hashlib
import json
import os
import shutil
import sys
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from ..model.problem import Environment
from .bounds import DESCRIPTOR, share
from .project import NAME, described
from .reading import FILE, FOLDER, kind, leads_outside, listing, open_file, read, size
from .writing import UNCHANGED, expect

STAGE, LOCK = ".build", ".build.lock"
SIGN = f".{NAME}"  # first thing in a stage, and last to go: what lacks it is not ours to sweep
LIST = ".staged.json"  # written last: a stage without it is known to be unfinished
_OLD = ".old"
_EARLIER = {"tables", "tables.old", "datapackage.json"}  # what 1.0.0 staged, without a list
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2
# EXDEV: a folder in the lower layer of an overlay. EINVAL, ENOSYS, EOPNOTSUPP: the file system has no exchange.
_NO_EXCHANGE = (errno.EXDEV, errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP)


class Unit(NamedTuple):
    """What is put in one step: a file, or a folder with all that it holds. Sizes and hashes are by path below the root.

    A file that is to go is a unit too: `files` then says what it holds until it goes.
    """

    path: str
    is_folder: bool
    files: dict[str, tuple[int, str]]
    goes: bool = False


def put(root: Path, files: Mapping[str, bytes], folders: Collection[str] = (), gone: Collection[str] = ()) -> None:
    """Put files, by their paths below `root`, in place in one step; what lies in one of `folders` replaces it whole.

    Folders come first, then files in the order given, and at last the files of `gone` go. Folders above a file that are
    missing are made. What a folder held and `files` has not is gone afterwards: whether it may be replaced is for the
    caller to know.
    Raises Environment; its message says what is in place now.
    """
    from filelock import FileLock, Timeout

    units = _units(files, folders)
    expect(root, STAGE, FOLDER)
    expect(root, LOCK, FILE)
    for unit in (*units, *(Unit(path, False, {}) for path in gone)):
        expect(root, unit.path, FOLDER if unit.is_folder else FILE)
    units += _going(root, gone)
    work = _Work(root, units)
    try:
        with FileLock(root / LOCK, timeout=0):
            _settle(root)
            work.do(files)
    except Timeout:
        raise Environment(f"another command is at work here; {UNCHANGED}; wait for it to end") from None
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        raise Environment(f"{error.strerror or error}{where}; {work.now}") from None


def recover(root: Path) -> bool:
    """End or undo what a killed command left in a folder; whether there was anything, and ours."""
    if kind(root, STAGE) != FOLDER:
        return False
    try:
        from filelock import FileLock, Timeout
    except ModuleNotFoundError:  # a plain install reads and does not build
        return False
    try:
        expect(root, LOCK, FILE)
        with FileLock(root / LOCK, timeout=0):
            _settle(root)
    except (Timeout, OSError, Environment):
        return False  # somebody is building, we may not write, or it is of somebody else: not ours to mend
    return True


def _units(files: Mapping[str, bytes], folders: Collection[str]) -> list[Unit]:
    found = {name: Unit(name, True, {}) for name in folders}
    for path, data in files.items():
        above = next((name for name in folders if path.startswith(f"{name}/")), None)
        unit = found[above] if above else found.setdefault(path, Unit(path, False, {}))
        unit.files[path] = len(data), hashlib.sha256(data).hexdigest()
    return list(found.values())


def _going(root: Path, gone: Collection[str]) -> list[Unit]:
    """Files that are to go, as they stand."""
    found = []
    for path in gone:
        data = read(root, path, share())
        found.append(Unit(path, False, {path: (len(data), hashlib.sha256(data).hexdigest())}, True))
    return found


class _Work:
    """One run of `put`, and what is in place at each moment of it."""

    def __init__(self, root: Path, units: list[Unit]) -> None:
        self.root, self.units = root, units
        self.stage = root / STAGE
        self.now = UNCHANGED
        self._made: list[Path] = []

    def do(self, files: Mapping[str, bytes]) -> None:
        done: list[Unit] = []
        try:
            self._write(files)
            for unit in self.units:
                self._parents(self.root / unit.path)
                _place(self.root, unit, last=unit is self.units[-1])
                done.append(unit)
                self.now = self._between(done)
        except OSError:
            self._undo(done)
            raise
        self.now = "what is new is in place, but may not last through a power cut"
        for above in sorted({(self.root / unit.path).parent for unit in self.units}):
            _flush(above)
        _sweep(self.root)

    def _between(self, done: list[Unit]) -> str:
        names = [f"{unit.path}/" if unit.is_folder else unit.path for unit in self.units]
        new, old = ", ".join(names[: len(done)]), ", ".join(names[len(done) :])
        return f"{new} is new and {old} is not; run it again"

    def _undo(self, done: list[Unit]) -> None:
        """Back to the old state, as far as the disk allows. Where it does not, the stage stays for the next command."""
        try:
            for unit in reversed(done):
                _unplace(self.root, unit)
                done.remove(unit)
            self.now = UNCHANGED
        except OSError:
            self.now = self._between(done)
        for unit in self.units:
            if _aside(self.root, unit).exists() and self.now == UNCHANGED:
                self.now = f"{unit.path} is missing, set aside in {STAGE}/; run it again"
        if self.now == UNCHANGED:
            for path in reversed(self._made):
                with contextlib.suppress(OSError):
                    path.rmdir()
            _sweep(self.root)

    def _parents(self, path: Path) -> None:
        missing = []
        while not (path := path.parent).exists():
            missing.append(path)
        for each in reversed(missing):
            each.mkdir()
            self._made.append(each)

    def _write(self, files: Mapping[str, bytes]) -> None:
        self.stage.mkdir()
        _new_file(self.stage / SIGN, b"")
        below = {self.stage}
        for unit in self.units:
            if unit.is_folder:
                below.add(self.stage / unit.path)
        for name, data in files.items():
            path = self.stage / name
            path.parent.mkdir(parents=True, exist_ok=True)
            below |= {above for above in path.parents if above.is_relative_to(self.stage)}
            _new_file(path, data)
        for unit in self.units:
            if unit.goes:
                (self.stage / unit.path).parent.mkdir(parents=True, exist_ok=True)
        noted = {"name": NAME, "units": [unit._asdict() for unit in self.units]}
        for path in sorted(below, reverse=True):
            path.mkdir(exist_ok=True)
            path.chmod(0o755)
            _flush(path)
        _new_file(self.stage / LIST, json.dumps(noted).encode())
        _flush(self.stage)


def _new_file(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    path.chmod(0o644)


# --- one unit ---------------------------------------------------------------------------------------


def _staged(root: Path, unit: Unit) -> Path:
    return root / STAGE / unit.path


def _aside(root: Path, unit: Unit) -> Path:
    return root / STAGE / (unit.path + _OLD)


def _place(root: Path, unit: Unit, last: bool) -> None:
    """Put a staged unit in place. What was there goes to the stage, but for the last file, after which nothing is undone."""
    new, target = _staged(root, unit), root / unit.path
    if unit.goes:
        os.rename(target, _aside(root, unit))
    elif not target.exists():
        os.rename(new, target)
    elif last and not unit.is_folder:
        os.replace(new, target)
    else:
        swap(new, target)


def _unplace(root: Path, unit: Unit) -> None:
    """Undo `_place`."""
    new, target, aside = _staged(root, unit), root / unit.path, _aside(root, unit)
    if unit.goes:
        os.rename(aside, target)
        return
    if aside.exists() and not new.exists():
        os.rename(aside, new)
    if new.exists():
        swap(new, target)
    else:
        os.rename(target, new)


def swap(a: Path, b: Path) -> None:
    """Exchange two folders or files: by one system call where there is one, else by three renames."""
    if _exchanged(a, b):
        return
    aside = a.with_name(a.name + _OLD)
    _move(b, aside)
    try:
        os.rename(a, b)
    except OSError:
        os.rename(aside, b)
        raise
    with contextlib.suppress(OSError):  # b is new; what is left aside goes with the stage
        os.rename(aside, a)


def _exchanged(a: Path, b: Path) -> bool:
    if sys.platform != "linux":
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "renameat2"):
        return False
    if libc.renameat2(_AT_FDCWD, os.fsencode(a), _AT_FDCWD, os.fsencode(b), _RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code not in _NO_EXCHANGE:
        raise OSError(code, os.strerror(code), str(b))
    return False


def _move(old: Path, aside: Path) -> None:
    try:
        os.rename(old, aside)
    except OSError as error:
        if error.errno != errno.EXDEV or not old.is_dir():
            raise
        # A folder in the lower layer of an overlay cannot be moved: it is copied whole, then deleted.
        part = aside.with_name(f"{aside.name}.part")
        shutil.copytree(old, part, symlinks=True, copy_function=_copy)
        os.rename(part, aside)
        try:
            shutil.rmtree(old)
        except OSError:
            shutil.rmtree(old, ignore_errors=True)
            os.rename(aside, old)
            raise


def _copy(old: str, new: str) -> None:
    with open_file(Path(old).parent, Path(old).name) as source, Path(new).open("xb") as target:
        shutil.copyfileobj(source, target)


def _flush(folder: Path) -> None:
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


# --- what a killed command left ---------------------------------------------------------------------


def _settle(root: Path) -> None:
    """End what a killed command began, or undo it. Raises Environment where the stage is of somebody else."""
    if kind(root, STAGE) is None:
        return
    if not _is_ours(root):
        raise Environment(f"{STAGE}/ is not of this project; {UNCHANGED}; move it away")
    units = _listed(root)
    if units and _holds(root, units[0]):
        for unit in units[1:]:
            if _holds(root, unit) if unit.goes else not _holds(root, unit) and _holds(root / STAGE, unit):
                _place(root, unit, last=True)
    else:
        for unit in units or [Unit("tables", True, {})]:
            _put_back(root, unit)
    _sweep(root)


def _put_back(root: Path, unit: Unit) -> None:
    """Bring back what was set aside; only what a list names is known to be less than whole where it stands."""
    aside, target = _aside(root, unit), root / unit.path
    if kind(root, f"{STAGE}/{unit.path}{_OLD}") != (FOLDER if unit.is_folder else FILE):
        return
    if unit.files and not _holds(root, unit) and unit.is_folder:
        shutil.rmtree(target, ignore_errors=True)
    if not target.exists():
        os.rename(aside, target)


def _is_ours(root: Path) -> bool:
    """Whether a stage carries our sign, is empty, or is one of 1.0.0, which had no sign, in a folder that it built."""
    there = {each.name for each in listing(root, STAGE)}
    return not there or kind(root, f"{STAGE}/{SIGN}") == FILE or (there <= _EARLIER and described(root) is not None)


def _listed(root: Path) -> list[Unit]:
    """What a stage was to put in place; nothing where it was not finished, or its list is not one that we write."""
    try:
        found = json.loads(read(root, f"{STAGE}/{LIST}", DESCRIPTOR))
        units = [_unit(each) for each in found["units"]]
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return []
    whole = sum(length for unit in units for length, _ in unit.files.values())
    return units if whole <= share() else []


def _unit(noted: dict[str, Any]) -> Unit:
    """Raises ValueError, or what comes of another shape, for a unit that `put` does not note."""
    path, is_folder, goes = noted["path"], noted["is_folder"], noted.get("goes", False)
    files = {name: (length, digest) for name, (length, digest) in noted["files"].items()}
    names = all(name.startswith(f"{path}/") if is_folder else name == path for name in files)
    shapes = all(
        isinstance(length, int) and length >= 0 and isinstance(digest, str) for length, digest in files.values()
    )
    outside = any(leads_outside(name) or name.split("/")[0] in (STAGE, LOCK) for name in (path, *files))
    if not files or outside or not names or not shapes or not isinstance(is_folder, bool):
        raise ValueError
    return Unit(path, is_folder, files, goes is True and not is_folder)


def _holds(base: Path, unit: Unit) -> bool:
    """Whether every file of a unit is there, byte for byte."""
    try:
        for name, (length, digest) in unit.files.items():
            with open_file(base, name, length) as file:
                if size(file) != length or hashlib.file_digest(file, "sha256").hexdigest() != digest:
                    return False
    except OSError:
        return False
    return bool(unit.files)


def _sweep(root: Path) -> None:
    """Delete a stage of ours: its list first, its sign last, so that what a kill leaves of it is known as ours."""
    stage = root / STAGE
    with contextlib.suppress(OSError):
        for each in sorted(listing(root, STAGE), key=lambda each: (each.name != LIST, each.name == SIGN)):
            if each.kind == FOLDER:
                shutil.rmtree(stage / each.name)
            else:
                (stage / each.name).unlink()
        stage.rmdir()
