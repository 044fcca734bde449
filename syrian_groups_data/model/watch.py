"""How a stage lets somebody see how far it is: it hands each long loop to what its caller gave it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

T = TypeVar("T")


class Watch(Protocol):
    """Gives the same items in the same order. `noun` says what they are, in the plural."""

    def __call__(self, items: Iterable[T], noun: str) -> Iterable[T]:
        """The items."""


def unwatched(items: Iterable[T], noun: str) -> Iterable[T]:
    """Items at which nobody looks."""
    return items
