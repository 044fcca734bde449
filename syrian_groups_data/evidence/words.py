"""The words of a text without what typography and footnotes do to it: no figure that changes is ever the same."""

from __future__ import annotations

import hashlib
import html
import re
import unicodedata
from functools import lru_cache

# Entities are decoded with their semicolon only: `AT&T` is none, and `&copy2014` would swallow a figure.
ENTITY = r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
NOTE = r"\[(?:[Nn]ote\s{1,4})?\d{1,4}\]"
SUPERSCRIPTS = "\u00b2\u00b3\u00b9\u2070\u2074-\u2079"
# What is written over or under a letter, and belongs to it.
MARKS = "\u0300-\u036f\u064b-\u065f\u0670"
INVISIBLE = "\u00ad\u034f\u061c\u0640\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff"
_ENTITY, _INVISIBLE = re.compile(ENTITY), re.compile(f"[{INVISIBLE}]+")
# `killed [12] men` is what an editor put in; a reference hangs on its word, or stands after a sentence.
_NOTE = re.compile(rf"(?<![\w,;:][^\S\n]){NOTE}")
# After a digit it is an exponent.
_RAISED, _EXPONENT = (
    re.compile(rf"(?<!\d)[{SUPERSCRIPTS}]+"),
    re.compile(rf"([{SUPERSCRIPTS}\u00bc-\u00be\u2150-\u215f]+)"),
)
_DASHES, _QUOTES, _SPACES = (
    re.compile(r"[\u2010-\u2015\u2212\u2043\ufe58\ufe63\uff0d]"),
    re.compile(r"[\"'`\u00ab\u00b4\u00bb\u2018-\u201f\u2032-\u2037\u2039\u203a]+"),
    re.compile(r"\s+"),
)
_DIGITS_OR_SIGNS = re.compile(r"[\d%\u2030\u066a\u00b0^$]|[\u00a2-\u00a5\u20a0-\u20cf\ufdfc]")
_GAP = re.compile(r"[\W_]+")
# Most gaps lie between letters, and hold nothing that belongs to a figure.
_PLAIN_GAP = re.compile(r"(?<=[^\W\d_])[^\w%\u2030$\u00a2-\u00a5\u20a0-\u20cf\ufdfc]+(?=[^\W\d_])")
_MONEY = re.compile(r"[%\u2030$\u00a2-\u00a5\u20a0-\u20cf\ufdfc]+")
_BEFORE, _AFTER = re.compile(r"[<>~+\u00b1\u2264\u2265^]+$"), re.compile(r"^[<>+\u00b1\u00b0^\u2264\u2265]+")
_SIGN = re.compile(r"[\W_]([-.,])$")
# A footnote: digits, bare or in round brackets, after a word or quotation and its full stop, at the end.
_TAIL = re.compile(r"([^\W\d_]+)(['\])]*)([.!?\u061f\u06d4]+)(['\])]*)(\d{1,3}|\(\d{1,3}\))\s*$")
_SHORT_WORDS = frozenset(["be", "by", "do", "go", "he", "it", "me", "my", "so", "to", "up", "us", "we"])
_ABBREVIATED = frozenset(
    [
        "approx",
        "app",
        "art",
        "arts",
        "avg",
        "cap",
        "ch",
        "chap",
        "cir",
        "circa",
        "col",
        "dec",
        "ed",
        "est",
        "etc",
        "ext",
        "feb",
        "fig",
        "figs",
        "gen",
        "incl",
        "jan",
        "lit",
        "mar",
        "max",
        "min",
        "no",
        "nos",
        "nov",
        "oct",
        "para",
        "paras",
        "pop",
        "pos",
        "ref",
        "rev",
        "sec",
        "sect",
        "sep",
        "sept",
        "ser",
        "st",
        "sura",
        "tel",
        "ver",
        "vers",
        "vol",
        "vols",
        "apr",
        "aug",
        "jul",
        "jun",
    ]
)


@lru_cache(16)  # what is looked for is listed, too
def words(text: str) -> str:
    """Letters and digits of a text, casefolded (NFKC), with what belongs to its figures.

    Invisible characters, footnote marks and punctuation are out; entities are decoded. Signs, units and separators of
    figures stay, so that 1.5 is neither 15 nor 1,5, and -5 not 5.
    """
    text = visible(text)
    if not text.isascii():
        text = _EXPONENT.sub(r"^\1^", _RAISED.sub("", text))
    if "[" in text:
        text = _NOTE.sub("", text)
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    if not _DIGITS_OR_SIGNS.search(text):
        return _GAP.sub("", text)
    text = _SPACES.sub(" ", _QUOTES.sub("'", _DASHES.sub("-", text))).strip(" ")
    return _GAP.sub(_figure, _PLAIN_GAP.sub("", text[: _footnote(text)]))


def visible(text: str) -> str:
    """A text as a browser shows it: entities decoded, without what nobody sees."""
    if "&" in text:
        text = _ENTITY.sub(lambda found: html.unescape(found.group()), text)
    return text if text.isascii() else _INVISIBLE.sub("", text)


def is_reference(before: str, note: str) -> bool:
    """Whether a number in brackets is a footnote's, by what stands before it."""
    return _NOTE.search(f"{before[-2:]}{note}") is not None


def _footnote(text: str) -> int:
    """Where a footnote at the end of a text starts; its end where there is none."""
    found = _TAIL.search(text, max(0, len(text) - 80))
    if not found:
        return len(text)
    quoted = "'" in found[2] + found[4]
    word = found[1]
    bare = word not in _ABBREVIATED and (len(word) > 2 or word in _SHORT_WORDS)
    return found.start(5) if quoted or bare else len(text)


def _figure(found: re.Match[str]) -> str:
    """What stays of that which stands between two words."""
    gap, text = found.group(), found.string
    left, right = text[max(0, found.start() - 1) : found.start()], text[found.end() : found.end() + 1]
    if left.isdigit() and right.isdigit():
        return gap.replace("_", "")
    kept = "".join(_MONEY.findall(gap))
    if left.isdigit() and (signs := _AFTER.match(gap)):
        kept = signs.group() + kept
    if right.isdigit():
        signs = _BEFORE.search(gap) or _SIGN.search(gap if left else f" {gap}")
        kept += (signs[1] if signs.re is _SIGN else signs.group()) if signs else ""
    return kept


def letters(text: str) -> str:
    """`words` without what belongs to figures: only letters and digits, as they are counted."""
    return _GAP.sub("", words(text))


@lru_cache(1024)  # a list says the same on many lines
def words_digest(text: str) -> str:
    """SHA-256, in hexadecimal, of the words of a text."""
    return hashlib.sha256(words(text).encode()).hexdigest()


def fold(text: str) -> str:
    """Letters and digits of a few characters, as `letters` has them."""
    text = _INVISIBLE.sub("", text)  # the Arabic line that stretches a word counts as a letter elsewhere
    return _GAP.sub("", unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()))
