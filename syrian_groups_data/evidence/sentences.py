"""The sentences of a line: where one may end, and what goes with it."""

from __future__ import annotations

import re

from .rules import Place, ends, opens

# Format characters: nobody sees them, and they stand inside of words.
UNSEEN = "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff"
SPACE = UNSEEN + "".join(c for c in map(chr, range(0x3001)) if c.isspace())
_STOPS = ".!?…؟۔։।॥።፧။៕᠃᠉‼⁇⁈⁉｡。．！？"
_CLOSE = "\"'”’»›)\\]}」』*_"
_OPEN = "\"'“”‘’«»‹›„‚([{「『¿¡*_$€£₺¥#@~≈±%§№"
BULLETS = "•‣⁃◦⦁▪▫●○■□◆◇◊♦▲△▼►▶▸➢➤➔➜➝➞→⇒✓✔✗✘✦✱★☆☐☑☒❖❑❒❍❯∙·٭∗⁎"
BULLETS += "".join(map(chr, range(0xF020, 0xF100)))  # of symbol fonts
STRETCH = "ـ"  # the Arabic line that stretches a word is typed as a dash, too
# A dash before a figure may be its sign, a star before a word the start of emphasis.
_BULLET = rf"[{BULLETS}]|[-–—‒―+>](?=[^\w.,]|[^\W\d_])|{STRETCH}(?=\s)"
MARKS = re.compile(rf"(?:(?:{_BULLET}|\*+(?=\s))[\s{UNSEEN}]*)+")

STOP = re.compile(f"[{_STOPS}]")
_EVENT = re.compile(rf"[()\[\]]|[{_STOPS}]+(?:[ \t]\.)*")
_CLOSERS = re.compile(rf"[{_CLOSE}]*(?:[“‘](?=[\s.,;:])|\s[”»)\]](?=\s))?")
_APART_QUOTE = re.compile(r'\s"\s')
_NOTE = re.compile(  # [4]:45, [citation needed], (2), a superscript, a reference of a wiki
    r"(?:<ref\b[^<>]*/>|<ref\b[^<>]*>[^<>]*</ref>|\[[^\[\]\n]{1,40}\](?::\s?\d{1,4}(?:[-–,]\s?\d{1,4}){0,4})?|\(\d{1,3}\)|[⁰¹²³⁴-⁹]{1,6}|[†‡]{1,3}(?=\s))+"
)
_NOTE_APART = re.compile(  # the same after a space, where it cannot be the first word of the next sentence, and pictures
    r"(?:\s\[(?:[^\[\]\n]{0,30}\d|[a-z]{1,2}|…|\.{3}|[^\[\]\n]{2,30}(?:needed|gerekli|belirtilmeli|مصدر|[?؟]))\]|\s\((?:…|\.{3})\)|\s?[\U0001f000-\U0001faff][\U0001f000-\U0001faff\ufe0f\u200d]*(?=\s|$))+"
)
_STOPPING = _STOPS + ":;,؛،"
_STOPPED = re.compile(rf"[{_STOPPING}][{_CLOSE}]*(?:{_NOTE.pattern}|{_NOTE_APART.pattern}|\d{{1,3}})?$")
_DIGITS = re.compile(r"\d{1,3}(?:[,–-]\d{1,3}){0,4}(?=\s)")
_DIGITS_APART = re.compile(r"\s\d{1,2}(?=\s)")
_LOWER = re.compile(r" [a-z]{1,40}[ ,;]")  # no need to look further
_GAP = re.compile(rf"[\s{UNSEEN}]*")
_LEAD = re.compile(rf"(?:[{_OPEN}…\s{UNSEEN}]|\.{{3}}|{_BULLET}|[a-z]{{1,4}}\)\s)*")
_UNSEEN = re.compile(f"[{UNSEEN}]+")
_LETTER = re.compile(r"[^\W_]")
_BRACKET = re.compile(r"[()\[\]]")
_PAIR = {")": "(", "]": "["}
_FAR = 300  # a bracket that closes farther away was left open by mistake
_WINDOW = 80  # as much as the rules look at before and after


def sentences(text: str, start: int, end: int, language: str) -> list[tuple[int, int]]:
    """Places of the sentences of `text[start:end]`, one line or several that were one; white space lies between."""
    found: list[tuple[int, int]] = []
    closing = _brackets(text, start, end)
    open_at: list[int] = []
    first = _letter(text, start, end)
    event = _EVENT.search(text, start, end)
    while event:
        at, after = event.span()
        if text[at] in "()[]":
            if at in closing:
                open_at.append(at)
        elif not _LOWER.match(text, after, end):
            while open_at and closing[open_at[-1]] < at:
                open_at.pop()
            bracket = closing[open_at[-1]] if open_at and open_at[-1] > first else None
            place, close, gap = _place(text, start, at, after, end, language, bracket)
            if place and ends(place, language):
                found.append((start, close))
                start = gap
                first = _letter(text, start, end)
            after = max(after, close)
        event = _EVENT.search(text, after, end)
    found.append((start, end))
    return found


def stopped(text: str, start: int, end: int) -> bool:
    """Whether a line ends as sentences do, with notes behind it or without, or in a colon or comma."""
    last = text[end - 1]
    if last in _STOPPING or last.isalpha():
        return last in _STOPPING
    return _STOPPED.search(text, max(start, end - _WINDOW), end) is not None


def _place(
    text: str, start: int, at: int, after: int, end: int, language: str, bracket: int | None
) -> tuple[Place | None, int, int]:
    """What the rules look at, where a sentence that ends here ends, and where the next one starts."""
    close = _end(_CLOSERS, text, after, end)
    if _APART_QUOTE.match(text, close, end) and text.count('"', max(start, at - 500), at) % 2:
        close += 2
    quoted = close > after
    head = _seen(text[max(start, at - _WINDOW) : at])
    noted, close = _note(text, close, end, language)
    gap = _end(_GAP, text, close, end)
    if gap > close:
        gap = _end(MARKS, text, gap, end)
    upcoming = _end(_LEAD, text, gap, end)
    if upcoming >= end or (gap == close and not noted and not _glued(text, at, after, upcoming)):
        return None, close, gap
    inside = "" if bracket is None else "last" if bracket < close else "yes"
    place = Place(
        head, at - start <= _WINDOW, text[at:after], quoted, noted, inside, _seen(text[upcoming : upcoming + _WINDOW])
    )
    return place, close, gap


def _note(text: str, at: int, end: int, language: str) -> tuple[str, int]:
    """The kind of note that stands behind a full stop, and where it ends."""
    kind, close = "mark", _end(_NOTE, text, at, end)
    if close == at:
        kind, close = "figure", _end(_DIGITS, text, at, end)
    if close == at:
        kind = ""
    apart = _end(_NOTE_APART, text, close, end)
    if apart == close and kind != "figure":
        # "rights. 4 Even though": a number does not stand before such a word.
        digits = _end(_DIGITS_APART, text, close, end)
        if digits > close and opens(language, _seen(text[digits : digits + _WINDOW]).lstrip()):
            apart = digits
    return kind, apart


def _glued(text: str, at: int, after: int, upcoming: int) -> bool:
    """Whether a sentence may end without a space: after a full stop as wide as a letter, or before an Arabic word."""
    before, behind = text[max(0, at - 3) : at], text[upcoming : upcoming + 3]
    return text[after - 1] in "｡。．！？" or (
        len(before + behind) == 6
        and all("ء" <= c <= "ي" for c in behind)
        and all("ء" <= c <= "ي" or c.isdigit() for c in before)
    )


def _end(pattern: re.Pattern[str], text: str, at: int, end: int) -> int:
    found = pattern.match(text, at, end)
    return found.end() if found else at


def _seen(text: str) -> str:
    return _UNSEEN.sub("", text)


def _letter(text: str, at: int, end: int) -> int:
    """Place of the first letter or figure."""
    found = _LETTER.search(text, at, end)
    return found.start() if found else end


def _brackets(text: str, start: int, end: int) -> dict[int, int]:
    """Where the brackets close that close at all, and not too far away."""
    closing: dict[int, int] = {}
    open_at: list[int] = []
    for found in _BRACKET.finditer(text, start, end):
        mark = found[0]
        if mark in "([":
            open_at.append(found.start())
        elif open_at and text[open_at[-1]] == _PAIR[mark]:
            opened = open_at.pop()
            if found.start() - opened <= _FAR:
                closing[opened] = found.start()
    return closing
