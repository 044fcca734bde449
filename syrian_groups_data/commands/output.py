"""The one way out: whatever a command prints, an error message or a program's JSON, is shown by a terminal and not obeyed.

While a command runs, standard output and standard error are `Shown`: text that comes from data, arguments or other
libraries cannot steer the terminal, a stream that cannot write a letter gets an escape, and what is lost is told.
"""

from __future__ import annotations

import codecs
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO, TYPE_CHECKING, Any

from ..model.problem import visible

if TYPE_CHECKING:
    from ..library.lines import Line

# What a stream that has only the letters of one language gets for our own marks.
_PLAINER = {
    "≠": "!=", "•": "*", "✗": "x", "…": "...", "“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "→": "->",
    "\u2068": "", "\u2069": "",
}  # fmt: skip


def _plainer(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lost = error.object[error.start : error.end]
    return "".join(_PLAINER.get(c) or c.encode("ascii", "backslashreplace").decode() for c in lost), error.end


codecs.register_error("plainer", _plainer)

_ERASE = "\r\x1b[K"  # the line on which the cursor is


class Unsaid(Exception):
    """Standard output took no more."""


class Shown:
    """A text stream whose readers see every control character as an escape. `raw` is the stream itself, for our own signs."""

    def __init__(self, raw: IO[str] | None, patient: bool) -> None:
        self.raw, self.lost, self._patient, self._sign = raw, False, patient, False
        if raw is not None and hasattr(raw, "reconfigure"):
            raw.reconfigure(errors="plainer")

    def write(self, text: str) -> int:
        """Write text; line feeds and tabs are left as they are."""
        self._write(text if text.isprintable() else re.sub(r"[^\n\t]+", lambda part: visible(part[0]), text))
        return len(text)

    def line(self, line: Line) -> None:
        """Write a line: on a terminal wrapped, and in colours where they are wanted."""
        if not self.isatty():
            self._write(line.text + "\n")
            return
        colours = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        self._write(line.painted(self._columns(), colours) + "\n")

    def sign(self, text: str) -> None:
        """Show a passing line on a terminal: the next one, or whatever is written, takes its place. Empty: take it away."""
        if self.isatty() and (text or self._sign):
            self._write(text[: self._columns() - 1])
            self._sign = bool(text)
            self.flush()

    def _columns(self) -> int:
        with suppress(OSError, ValueError):
            return int(os.environ.get("COLUMNS") or os.get_terminal_size(self.fileno()).columns) or 80
        return 80

    def _write(self, text: str) -> None:
        if self.raw is None:
            self.lost = True
            return
        with self._told():
            self.raw.write(f"{_ERASE}{text}" if self._sign else text)
        self._sign = False

    def flush(self) -> None:
        """Write what is held back."""
        with self._told():
            if self.raw is not None:
                self.raw.flush()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except BrokenPipeError:
            if not self._patient:
                raise
        except OSError as error:
            if not self._patient:
                raise Unsaid(error.strerror) from None

    def isatty(self) -> bool:
        """Whether a person reads it."""
        return self.raw is not None and self.raw.isatty()

    @property
    def encoding(self) -> str:
        """Encoding of the stream."""
        return getattr(self.raw, "encoding", None) or "ascii"

    def __getattr__(self, name: str) -> Any:
        return getattr(self.raw, name)


@contextmanager
def shown() -> Iterator[Shown]:
    """Standard output and standard error as `Shown`; the former is given. What cannot be said on the latter is let go."""
    before = sys.stdout, sys.stderr
    out = Shown(before[0], patient=False)
    sys.stdout, sys.stderr = out, Shown(before[1], patient=True)
    try:
        yield out
    finally:
        sys.stderr.flush()
        sys.stdout, sys.stderr = before


def given_up(out: Shown) -> None:
    """Keep Python from writing once more, when it ends, to a stream that takes nothing."""
    from ..files.writing import to_nowhere

    with suppress(OSError, ValueError, AttributeError):
        to_nowhere(out.fileno())


def out(said: Line | str = "") -> None:
    """Print a line."""
    if not isinstance(said, str) and isinstance(sys.stdout, Shown):
        sys.stdout.line(said)
    else:
        print(said if isinstance(said, str) else said.text)


def print_json(content: object) -> None:
    """Content for programs; what a terminal would obey is written as JSON escapes."""
    import json

    utf = codecs.lookup(sys.stdout.encoding or "ascii").name.startswith("utf")
    text = json.dumps(content, ensure_ascii=not utf, indent=2)
    print(re.sub(r"[^\n -~]", lambda c: c[0] if c[0].isprintable() else json.dumps(c[0])[1:-1], text))
