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
    # NumPy comes with pyarrow. Nothing here multiplies, and a thread a core needs room that there may not be.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        status = main()
    except BaseException as error:
        if not _stopped and not isinstance(error, MemoryError):
            raise
        status = 128 + _stopped[0] if _stopped else 3
        _told("stopped" if _stopped else "there is not enough memory")
    sys.exit(status)


def _stop(number: int, frame: FrameType | None) -> None:
    _stopped.append(number)
    raise KeyboardInterrupt


def _told(why: str) -> None:
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, signal.SIG_IGN)  # what follows takes a moment
    with contextlib.suppress(OSError, ValueError, AttributeError):
        print(f"syrian-groups-data: {why}; what stands in place is whole", file=sys.stderr)
    try:
        sys.stdout.flush()
    except (OSError, ValueError, AttributeError):
        from ..files.writing import to_nowhere

        with contextlib.suppress(OSError):
            to_nowhere(1)
