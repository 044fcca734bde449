"""The door for reading: a regular file inside its folder, no larger than it may be, opened without waiting for anybody.

The folder itself may be a link: whoever named it meant it. Below it no link is followed, neither on the way nor at the
end, whatever somebody puts there meanwhile: where the system can, each step starts from the handle of the one before.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path, PurePosixPath
from typing import NamedTuple

FILE, FOLDER, LINK = "a file", "a folder", "a link"
_KINDS = {
    stat.S_IFREG: FILE,
    stat.S_IFDIR: FOLDER,
    stat.S_IFLNK: LINK,
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}
_JUNCTION = 0xA0000003  # what Windows has for a link to a folder

# Not every system has all of these.
_NOFOLLOW, _BINARY = getattr(os, "O_NOFOLLOW", 0), getattr(os, "O_BINARY", 0)
_READ = os.O_RDONLY | _NOFOLLOW | _BINARY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0)
HANDLES = bool(_NOFOLLOW) and {os.open, os.stat, os.unlink, os.rename} <= os.supports_dir_fd
_LISTS = os.scandir in os.supports_fd


class Refused(OSError):
    """What stands there is no regular file inside its folder: `filename` says where, `strerror` what it is."""

    def __init__(self, what: str, where: str | Path) -> None:
        super().__init__(0, what, str(where))


class Linked(Refused):
    """A link stands there, or on the way."""


class TooLarge(Refused):
    """The file has more bytes than it may have."""


class Entry(NamedTuple):
    """What a folder holds under a name: `a file`, `a folder`, `a link`, `a pipe`, `a socket` or `a device`."""

    name: str
    kind: str


class Folder(NamedTuple):
    """A folder that was reached without following a link."""

    path: Path
    handle: int | None

    def place(self, name: str) -> str:
        """How the system is to find a name here: beside the handle, or by its path."""
        return name if self.handle is not None else str(self.path / name)

    def kind(self, name: str) -> str | None:
        """What stands here under a name; None for nothing."""
        try:
            found = os.stat(self.place(name), dir_fd=self.handle, follow_symlinks=False)
        except (FileNotFoundError, NotADirectoryError):
            return None
        return _kind(found)


def open_file(root: Path, name: str, limit: int | None = None) -> BufferedReader:
    """A file below `root`, open for reading; `name` is its path there, parted by `/`.

    Raises Refused for what is no regular file, or lies outside or behind a link, TooLarge for one of more than
    `limit` bytes, each before a byte is read; OSError for a file that is missing or may not be read.
    """
    *above, last = parts(root, name)
    path = root / name
    with folder(root, above) as here, _named(path):
        kind = here.kind(last)
        if kind not in (FILE, None):  # not opened: a device acts when it is
            raise _refused(kind, "a regular file", path)
        handle = os.open(here.place(last), _READ, dir_fd=here.handle)
    try:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode):
            raise _refused(_kind(found), "a regular file", path)
        if limit is not None and found.st_size > limit:
            raise TooLarge(f"it has {found.st_size:,} bytes; {limit:,} are read at most", path)
        return os.fdopen(handle, "rb")
    except BaseException:
        os.close(handle)
        raise


def read(root: Path, name: str, limit: int) -> bytes:
    """The bytes of a file below `root`, at most `limit`. Raises as `open_file` does."""
    with open_file(root, name, limit) as file:
        return rest(file, root / name)


def rest(file: BufferedReader, path: Path) -> bytes:
    """The bytes of an open file from where it stands to the end that it had when it was opened."""
    size = os.fstat(file.fileno()).st_size - file.tell()
    try:
        data = file.read(size + 1)
    except MemoryError:
        raise TooLarge(f"its {size:,} bytes do not fit into memory", path) from None
    if len(data) > size:
        raise Refused("it grew while it was read; try again", path)
    return data


def size(file: BufferedReader) -> int:
    """Bytes of an open file."""
    return os.fstat(file.fileno()).st_size


def kind(root: Path, name: str) -> str | None:
    """What stands below `root` under a name, as in `Entry`; None for nothing."""
    *above, last = parts(root, name)
    try:
        with folder(root, above) as here:
            return here.kind(last)
    except (FileNotFoundError, NotADirectoryError):
        return None


def listing(root: Path, name: str = "") -> list[Entry]:
    """What a folder below `root`, or `root` itself, holds, by name. Raises as `open_file` does."""
    with folder(root, parts(root, name) if name else ()) as here, _named(here.path):
        found = []
        with os.scandir(here.handle if here.handle is not None and _LISTS else here.path) as entries:
            for each in entries:
                if (what := here.kind(each.name)) is not None:
                    found.append(Entry(each.name, what))
    return sorted(found)


def leads_outside(name: str) -> bool:
    """Whether a path in a file of somebody else is none that lies below its folder on every system."""
    path = PurePosixPath(name)
    return path.is_absolute() or not path.parts or ".." in path.parts or any(c in name for c in ":\\\0")


def parts(root: Path, name: str) -> Sequence[str]:
    """The steps of a path below `root`. Raises Refused where it does not lie there, or no file can have it."""
    path = PurePosixPath(name)
    outside = path.is_absolute() or not path.parts or ".." in path.parts
    if outside or "\0" in name or (os.name == "nt" and leads_outside(name)):
        raise Refused("the path leads out of its folder", root / repr(name))
    try:
        os.fsencode(name)
    except UnicodeEncodeError:
        raise Refused("no file can have this name", root / repr(name)) from None
    return path.parts


@contextmanager
def folder(root: Path, below: Sequence[str]) -> Iterator[Folder]:
    """The folder that some steps below `root` lead to. Raises Refused where one of them is no folder."""
    here = Folder(root, None)
    try:
        with _named(root):
            if HANDLES:
                here = Folder(root, os.open(root, _FOLDER))
        for step in below:
            path = here.path / step
            with _named(path):
                kind = here.kind(step)
                if kind not in (FOLDER, None):
                    raise _refused(kind, FOLDER, path)
                there = os.open(step, _FOLDER | _NOFOLLOW, dir_fd=here.handle) if HANDLES else None
            _close(here)
            here = Folder(path, there)
        yield here
    finally:
        _close(here)


def _close(here: Folder) -> None:
    if here.handle is not None:
        os.close(here.handle)


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Errors of the system name the whole path, not the last step of it."""
    try:
        yield
    except OSError as error:
        if not isinstance(error, Refused):
            error.filename, error.filename2 = str(path), None
        raise


def _kind(found: os.stat_result) -> str:
    if getattr(found, "st_reparse_tag", 0) == _JUNCTION:
        return LINK
    return _KINDS.get(stat.S_IFMT(found.st_mode), "no file")


def _refused(kind: str | None, wanted: str, path: Path) -> Refused:
    return Linked("it is a link", path) if kind == LINK else Refused(f"it is {kind}, not {wanted}", path)
