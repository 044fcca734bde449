"""What goes wrong for readers."""

from __future__ import annotations

AGAIN = "reinstall the package, or build again"


class Damaged(OSError):
    """A file of the release is missing, cannot be read, or is not the one that the descriptor names."""

    def __str__(self) -> str:
        return str(self.args[0])


class Unknown(KeyError):
    """An id that no record has; the message offers the nearest ones."""

    def __str__(self) -> str:
        return str(self.args[0])
