"""Values that need more than a type: dates, text, numbers in words."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import NamedTuple

# --- dates ----------------------------------------------------------------------------------------

# `[0]`: SQL tools take a colon before a digit or a letter for a parameter.
_POINT = r"(?:\d{4}(?:-(?:[0][1-9]|1[0-2])(?:-(?:[0][1-9]|[12]\d|3[01]))?)?~?|\d{3}X)"
EDTF_PATTERN = rf"^(?:{_POINT}|{_POINT}/(?:{_POINT}|\.\.)|\.\./{_POINT})$"
_EDTF = re.compile(EDTF_PATTERN, re.ASCII)


class Bounds(NamedTuple):
    """The days that an EDTF text covers: `earliest` and `latest` inclusive, None where open."""

    earliest: date | None
    latest: date | None
    precision: str
    approximate: bool


UNKNOWN = Bounds(None, None, "unknown", False)


def _point(text: str) -> Bounds:
    core = text.rstrip("~")
    rough = core != text
    if core.endswith("X"):
        first = int(core[:3] + "0")
        return Bounds(_day(first, 1, 1), _day(first + 9, 12, 31), "decade", rough)
    year, *rest = (int(part) for part in core.split("-"))
    if not rest:
        return Bounds(_day(year, 1, 1), _day(year, 12, 31), "year", rough)
    month = rest[0]
    if len(rest) == 1:
        return Bounds(_day(year, month, 1), _day(year, month, monthrange(max(year, 1), month)[1]), "month", rough)
    day = _day(year, month, rest[1])
    return Bounds(day, day, "day", rough)


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"{year:04}-{month:02}-{day:02} is no day of the calendar") from None


@lru_cache(1 << 14)
def bounds(text: str | None) -> Bounds:
    """Bounds of a date in our EDTF subset (ISO 8601-2): year, month or day, each with `~`;
    a decade as `197X`; intervals, either end open as `..`.

    None gives unknown bounds. Raises ValueError for text outside the subset, for days that no
    calendar has, and for an interval that ends before it starts.
    """
    if text is None:
        return UNKNOWN
    if not _EDTF.match(text) or text.endswith("\n"):
        raise ValueError(f"{text!r} is not a date like 2013, 2013-07, 2013-07-04, 2013~, 197X, 2013/2014-02 or ../2011")
    if "/" not in text:
        return _point(text)
    left, right = text.split("/")
    start = None if left == ".." else _point(left)
    end = None if right == ".." else _point(right)
    rough = any(side is not None and side.approximate for side in (start, end))
    earliest, latest = start and start.earliest, end and end.latest
    if earliest and latest and latest < earliest:
        raise ValueError(f"{text!r} ends before it starts")
    return Bounds(earliest, latest, "interval" if start and end else "open", rough)


# --- text -----------------------------------------------------------------------------------------

# The column of a second name, which is in another language in each project, or in none.
SECOND_PATTERN = r"name_[a-z]{2,3}"
ID_PATTERN = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
PASSAGE_PATTERN = r"^[a-z0-9]+(?:-[a-z0-9]+)*:[1-9][0-9]*$"
# A cell that starts so is a formula to a spreadsheet, or is not visible.
NO_START = r"\s=+\-@\x00-\x1f\x7f＝＋－＠"
# Single spaces between words, and none at the end: what looks the same is the same.
CELL_PATTERN = rf"^[^{NO_START}](?: ?[^\s\x00-\x1f\x7f])*$"

# What a skeleton has where something must be filled in.
TODO = "TODO"
# pandas, R and spreadsheets read these words as missing values, or as no text.
MISSING_WORDS = frozenset(
    [
        "na", "nan", "null", "none", "n-a", "nil", "true", "false", "inf", "n/a", "<na>", "#n/a", "#na", "#n/a n/a",
        "1.#ind", "1.#qnan",
    ]
)  # fmt: skip
# Words by which an author says that there is nothing to say.
NOTHING_WORDS = frozenset(
    ["n.a.", "n. a.", "n.a", "n.d.", "unknown", "not known", "not available", "not stated", "unspecified", "tbd", "tba"]
)
# Windows has no files of these names, whatever their extension.
DEVICE_NAMES = frozenset(["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))])

MOST_OF_ID = 60  # letters


def is_id(text: str) -> bool:
    """Whether an id can be minted so: it is also the name of a file, on every system."""
    fits = re.fullmatch(ID_PATTERN, text) and len(text) <= MOST_OF_ID
    return bool(fits) and text not in DEVICE_NAMES | MISSING_WORDS


def normal(text: str) -> str:
    """NFC with white space folded: the form in which a passage is digested."""
    return " ".join(unicodedata.normalize("NFC", text).split())


# What programs draw as nothing, for a class of a pattern: fillers, joiners, signs of mathematics and music without a
# shape, selectors of a variant (but for U+FE0E and U+FE0F, which emoji need), tag letters.
UNSEEN = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u2060-\u2065\u206a-\u206f\u2800\u3164\ufe00-\ufe0d\uffa0"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_UNSEEN = re.compile(f"[{UNSEEN}\ufe0e\ufe0f]")


def as_cell(text: str) -> str | None:
    """Text as a cell may hold it: normal form, nothing invisible; None where it would start a formula."""
    kept = "".join(c for c in _UNSEEN.sub("", text) if c.isspace() or unicodedata.category(c)[0] != "C")
    kept = normal(kept)
    return kept if re.match(CELL_PATTERN, kept) else None


def digest(text: str) -> str:
    """SHA-256, in hexadecimal, of a passage's normal form."""
    return hashlib.sha256(normal(text).encode()).hexdigest()


_SCRIPTS = {"Arab": "ARABIC", "Cyrl": "CYRILLIC", "Latn": "LATIN"}


def language_script(text: str) -> str:
    """ISO 15924 code of the script that most letters of a text belong to; Zyyy for one that is not known here."""
    letters = [unicodedata.name(c, "") for c in text if c.isalpha()]
    counts = {code: sum(name.startswith(word) for name in letters) for code, word in _SCRIPTS.items()}
    best = max(counts, key=counts.__getitem__)
    return best if counts[best] else "Zyyy"
