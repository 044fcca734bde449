"""The door for writing one file: whole or not at all, and never through a link."""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path

from ..model.problem import Environment
from .reading import FILE, Folder, Refused, folder, kind, parts

UNCHANGED = "nothing was changed"
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def write(root: Path, name: str, data: bytes) -> None:
    """Put a file in place below `root`; `name` is its path there, its folder exists.

    The bytes go to a new file beside it, are flushed to disk and take its place in one step. A link, folder or
    device is not replaced. Raises Environment; its message says that nothing was changed.
    """
    expect(root, name, FILE)
    path = root / name
    try:
        *above, last = parts(root, name)
        with folder(root, above) as here:
            _replace(here, last, data)
    except OSError as error:
        where = error.filename if isinstance(error, Refused) else path
        raise Environment(f"{error.strerror or error} ({where}); {UNCHANGED}") from None


def expect(root: Path, name: str, wanted: str) -> None:
    """Raise Environment unless nothing stands there, or what is wanted: `a file` or `a folder`."""
    try:
        found = kind(root, name)
    except OSError as error:
        raise Environment(f"{error.filename}: {error.strerror}; {UNCHANGED}; move it away") from None
    if found not in (None, wanted):
        raise Environment(f"{name} is {found}; {UNCHANGED}; replace it by a real file or folder")


def _replace(here: Folder, name: str, data: bytes) -> None:
    beside = here.place(f".{os.urandom(8).hex()}.new")
    handle = os.open(beside, _NEW, 0o666, dir_fd=here.handle)
    try:
        with os.fdopen(handle, "wb") as file:
            with contextlib.suppress(FileNotFoundError):
                mode = os.stat(here.place(name), dir_fd=here.handle, follow_symlinks=False).st_mode
                if hasattr(os, "fchmod"):
                    os.fchmod(file.fileno(), stat.S_IMODE(mode) & 0o777)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, here.place(name), src_dir_fd=here.handle, dst_dir_fd=here.handle)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(beside, dir_fd=here.handle)
        raise
    flush(here)


def flush(here: Folder) -> None:
    """Make what was renamed in a folder last through a power cut, where the system can."""
    if here.handle is not None:
        with contextlib.suppress(OSError):
            os.fsync(here.handle)


def to_nowhere(handle: int) -> None:
    """Have what is written to an open handle from now on vanish."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, handle)
    os.close(nowhere)
