"""How large a file may be that is read whole. Data files are bound by what their descriptor declares and by the memory."""

from __future__ import annotations

import os
import sys
from pathlib import Path

DESCRIPTOR = 16 << 20  # bytes of a datapackage.json, or of what a build notes for its recovery
_SHARE = 8
_UNKNOWN = 8 << 30  # where the system does not say how much memory it has


def share() -> int:
    """Bytes of data that one command may hold as it read them: an eighth of the memory that this process may use."""
    return min(_physical(), _allowed()) // _SHARE


def _physical() -> int:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return _UNKNOWN


def addresses() -> int | None:
    """Bytes of addresses that this process may have (`ulimit -v`); None where nobody limits them."""
    try:
        import resource
    except ImportError:  # not on Windows
        return None
    limit = resource.getrlimit(resource.RLIMIT_AS)[0]
    return None if limit == resource.RLIM_INFINITY else limit


def _allowed() -> int:
    """What a limit on the process, or on the container around it, leaves."""
    limits = [addresses() or sys.maxsize]
    for path in ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"):
        try:
            with Path(path).open(encoding="ascii") as file:
                limits.append(int(file.read(32)))
        except (OSError, ValueError):  # no such limit
            continue
    return min(limit for limit in limits if limit > 0)
