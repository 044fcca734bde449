"""How the command line starts, and how it ends where somebody stops it or the memory does: in one line."""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import sys
from collections.abc import Sequence
from types import FrameType
from typing import NoReturn

_alone: list[bool] = []  # that this process runs one command and ends
_stopped: list[int] = []  # signals that came; what they interrupt may end in another exception


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; its exit status."""
    from .line import main

    return main(argv)


def run() -> NoReturn:
    """Entry point of the console script."""
    gc.disable()  # a quarter of a build's time went into looking for circles, of which there are few, and none that last
    for each in (signal.SIGINT, signal.SIGTERM):
        if signal.getsignal(each) != signal.SIG_IGN:  # as `nohup` and shells in the background set it
            signal.signal(each, _stop)
    _settle()
    _alone.append(True)
    try:
        status = main()
        _deaf()  # what is done is done, and the interpreter takes a moment to end
    except BaseException as error:
        if not _stopped and not _starved(error):
            raise
        status = 128 + _stopped[0] if _stopped else 3
        _told("stopped" if _stopped else "there is not enough memory")
    sys.exit(status)


def _starved(error: BaseException | None) -> bool:
    """Whether it came of a want of memory: what is done about one that is raised may fail for it too."""
    while error and not isinstance(error, MemoryError):
        error = error.__cause__ or error.__context__
    return error is not None


def spare() -> None:
    """Keep Arrow from loading pandas, only to ask of each list whether it is one of its own, where nothing else is to run."""
    if _alone and "pandas" not in sys.modules:
        sys.meta_path.insert(0, _Spared())


class _Spared:
    """Finds that there is no pandas."""

    def find_spec(self, name: str, *_: object) -> None:
        if name == "pandas":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


# NumPy comes with pyarrow. Nothing here multiplies, and a thread a core needs room that there may not be.
_ALWAYS = {"OPENBLAS_NUM_THREADS": "1"}
# Room that is reserved and not used counts as used where addresses are limited (`ulimit -v`): Arrow's own allocator
# takes a gigabyte, each thread 8 MiB for its stack and, of the C library, 64 for an arena.
_LIMITED = {"ARROW_DEFAULT_MEMORY_POOL": "system", "OMP_NUM_THREADS": "1", "ARROW_IO_THREADS": "1"}
_M_ARENA_MAX = -8


def _settle() -> None:
    """Have libraries take as little room as they can, as much as there is little; they ask when they are loaded."""
    try:
        from resource import RLIM_INFINITY, RLIMIT_AS, getrlimit
    except ImportError:  # not on Windows
        limited = False
    else:
        limited = getrlimit(RLIMIT_AS)[0] != RLIM_INFINITY
    for name, value in {**_ALWAYS, **(_LIMITED if limited else {})}.items():
        os.environ.setdefault(name, value)
    if limited:
        import ctypes

        with contextlib.suppress(OSError, AttributeError):  # another C library has no such call
            ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)


def _stop(number: int, frame: FrameType | None) -> None:
    _stopped.append(number)
    raise KeyboardInterrupt


def _deaf() -> None:
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, signal.SIG_IGN)


def _told(why: str) -> None:
    _deaf()
    with contextlib.suppress(OSError, ValueError, AttributeError, MemoryError):
        print(f"syrian-groups-data: {why}; what stands in place is whole", file=sys.stderr)
    try:
        sys.stdout.flush()
    except (OSError, ValueError, AttributeError):
        from ..files.writing import to_nowhere

        with contextlib.suppress(OSError):
            to_nowhere(1)
