"""Runs the command line as though the system were Windows, as far as that can be done on another one.

    python tests/windows.py check

What Windows lacks is taken away (handles of folders, flags of `open`, `fcntl`, `resource`, an exchange in one step), and what
it refuses is refused: to move, replace or delete what is open, to rename onto a name that is taken. Streams are cp1252, as in
a console of western Europe. Paths keep their slashes, and files their line ends.
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

# What is imported before the system is another one: it asks which one it is when it is imported.
for _library in (
    "ctypes",
    "tempfile",
    "subprocess",
    "multiprocessing",
    "duckdb",
    "pyarrow",
    "pydantic",
    "yaml",
    "filelock",
    "jinja2",
):
    __import__(_library)


def _opened() -> list[str]:
    """Paths of what this process holds open."""
    found = []
    for each in Path("/proc/self/fd").iterdir():
        try:
            found.append(str(each.readlink()))
        except OSError:
            continue  # the handle by which the folder was listed
    return found


def _refuses(do: Callable[..., None], onto_taken: bool) -> Callable[..., None]:
    def guarded(*paths: Any, **more: Any) -> None:
        assert not any(more.values()), "Windows has no handles of folders"
        for each in paths:
            real = os.path.realpath(each)
            if any(path == real or path.startswith(f"{real}/") for path in _opened()):
                raise PermissionError(errno.EACCES, "it is used by another process", str(each))
        if len(paths) == 2 and not onto_taken and os.path.lexists(paths[1]):
            raise FileExistsError(errno.EEXIST, "it exists already", str(paths[1]))
        do(*paths)

    return guarded


def become_windows() -> None:
    """Take away what Windows has not."""
    for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_NOCTTY", "O_DIRECTORY", "O_CLOEXEC", "fchmod", "fork", "sysconf"):
        if hasattr(os, name):
            delattr(os, name)
    os.supports_dir_fd = os.supports_fd = os.supports_follow_symlinks = set()
    shutil._use_fd_functions = False  # type: ignore[attr-defined]
    sys.modules["fcntl"] = sys.modules["resource"] = None  # type: ignore[assignment]
    sys.modules["filelock"].FileLock = sys.modules["filelock"].SoftFileLock  # type: ignore[attr-defined]
    os.rename, os.replace = _refuses(os.rename, False), _refuses(os.replace, True)
    os.remove = os.unlink = _refuses(os.unlink, True)
    os.rmdir = _refuses(os.rmdir, True)
    sys.platform, os.name = "win32", "like nt"  # `nt` itself would make paths with backslashes


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    become_windows()
    from syrian_groups_data.commands import main

    sys.exit(main(sys.argv[1:]))
