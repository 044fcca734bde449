"""What work costs in CPU seconds of this process, for tests that must not hang on a clock.

A pattern cannot count its steps, so that its growth shows in time alone. Anything else on the machine only adds to it:
of several runs the least is what the work takes, and a run that is quick enough proves that it can be.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

RUNS = 9


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds of one run, without what the garbage collector does meanwhile."""
    gc.disable()
    try:
        start = time.process_time()
        work()
        return time.process_time() - start
    finally:
        gc.enable()


def least(work: Callable[[], object], enough: float = 0.0) -> float:
    """CPU seconds of the quickest of some runs, or of the first that takes less than `enough`."""
    found = seconds(work)
    for _ in range(RUNS - 1):
        if found < enough:
            break
        found = min(found, seconds(work))
    return found


def growth(work: Callable[[str], object], unit: str, size: int) -> str:
    """Nothing, or what it took, where eight times the text takes far more than eight times as long.

    Squared it would be 64 times; 30 is between. Whatever is done in 30 ms is no trap, and too short to be measured.
    """
    small, large = (unit * (n * size // len(unit)) + " Next. End" for n in (1, 8))
    short = least(lambda: work(small), 0.001)
    for _ in range(RUNS):
        long = seconds(lambda: work(large))
        if long < 30 * short + 0.03:
            return ""
    return f"{unit!r}: {short:.4f} s, eight times the text {long:.4f} s in the last of {RUNS} runs"
