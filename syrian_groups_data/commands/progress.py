"""How far long work is, for the person at a terminal; in a pipe, nothing."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sized
from contextlib import contextmanager
from typing import TypeVar

from ..model.watch import Watch, unwatched
from .output import Shown

T = TypeVar("T")
_FIRST, _EACH = 1.0, 0.2  # seconds of a loop before it is told, and between two words


@contextmanager
def busy(what: str) -> Iterator[Watch]:
    """A word on a terminal while long work goes on; loops that are watched say how far they are."""
    if not isinstance(sys.stderr, Shown) or not sys.stderr.isatty():
        yield unwatched
        return
    sign = sys.stderr.sign
    sign(f"{what} …")
    try:
        yield Progress(sign, what)
    finally:
        sign("")


class Progress:
    """Watches loops, and gives `sign` a line that says how far they are. `clock` gives seconds."""

    def __init__(self, sign: Callable[[str], None], what: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._sign, self._what, self._clock = sign, what, clock

    def __call__(self, items: Iterable[T], noun: str) -> Iterator[T]:
        """The same items."""
        total = len(items) if isinstance(items, Sized) else None
        begun = self._clock()
        due = begun + _FIRST
        told = False
        for done, item in enumerate(items):
            if done and (now := self._clock()) >= due:
                self._sign(f"{self._what}: {_how_far(done, total, noun, now - begun)}")
                due, told = now + _EACH, True
            yield item
        if told:
            self._sign(f"{self._what} …")


def _how_far(done: int, total: int | None, noun: str, seconds: float) -> str:
    rate = done / seconds
    speed = f"{rate:,.0f} a second" if rate >= 10 else f"{60 * rate:,.0f} a minute"
    if total is None:
        return f"{done:,} {noun}, {speed}"
    return f"{done:,} of {total:,} {noun}, {speed}, {_span((total - done) / rate)} left"


def _span(seconds: float) -> str:
    for size, unit in ((3600, "h"), (60, "min")):
        if seconds >= 2 * size:
            return f"{seconds / size:,.0f} {unit}"
    return f"{seconds:.0f} s"
