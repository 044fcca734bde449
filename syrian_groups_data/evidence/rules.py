"""Whether a sentence ends at a place: our own rules, and below them the segmenter's lists of abbreviations."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from .languages import GENERAL, OURS, SEGMENTER, Language


class Place(NamedTuple):
    """A place where a sentence may end."""

    head: str  # the sentence so far, or as much as the rules look at
    whole: bool  # nothing of it was left out
    run: str  # "." or "?!"
    quoted: bool  # a quotation mark or a bracket closes behind it
    noted: str  # "mark": a note stands behind it, "figure": figures that may be one, or ""
    inside: str  # "yes": in brackets that opened in mid-sentence, "last": just before they close, or ""
    tail: str  # what follows, without quotation marks, brackets and bullets


_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")
_INITIAL = re.compile(r"[^\W\d_]\.(?=\s[^\W\d_])")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,3}")
_NUMERAL = re.compile(r"\d|[IVXLC]+\b|[A-Z]\b")
_ROMAN = re.compile(r"[IVXLC]+")
_YEAR = re.compile(r"1[5-9]\d\d|20\d\d|[١٢][٠-٩]{3}")
# A number or letter that stands before a paragraph, and the word that may stand before it.
_MARKER = re.compile(r"\W*(?:\d{1,4}(?:\.\d{1,3}){0,4}|[^\W\d_]|[ivxlc]{1,7}|[IVXLC]{1,7})\W*")
_NUMBERED = re.compile(r"\W*([^\W\d_]+)\s+(?:\d{1,4}(?:\.\d{1,3}){0,4}|[IVXLC]{1,7}|[A-Z])")
_CLOSE = "\"'”’»)]"
_HOURS = ("a.m", "p.m")
_ORDINAL, _FRONT = 3, 7  # figures that an ordinal has at most, words in front of a sentence
_WHOLE_WORD = 6  # letters of a word that is hardly an abbreviation
_OPEN = "\"'“”‘’«»([{."
_FIGURES = "0123456789٠١٢٣٤٥٦٧٨٩ "
_PLAIN = re.compile(r"[^\w.'-]+")


def ends(place: Place, code: str) -> bool:
    """Whether a sentence in the language of that code ends there."""
    language = OURS.get(code, GENERAL)
    upcoming = _first(place.tail)
    if _goes_on(place, upcoming) or _leads(place, language):
        return False
    opening = _opens(language, upcoming)
    if place.inside:
        return place.inside == "last" and place.run == "." and opening
    before = place.head.rstrip(_CLOSE).split()[-2:]
    word = _bare(before[-1]) if before else ""
    if language.joins and (len(word) == 2 or word[1:] in language.number | language.never):
        word = word.removeprefix(language.joins)
    if place.noted == "figure" and not _is_note(word, upcoming, language):
        return False
    if place.run != "." or place.head[-1:].isspace():
        return _after_mark(place, word, upcoming, code, language)
    verdict = _after_stop(word, _bare(before[0]) if len(before) > 1 else "", place, upcoming, language)
    return _segmenter(code, " ".join(before), ".", place.tail[:40]) if verdict is None else verdict


def opens(code: str, tail: str) -> bool:
    """Whether a text starts with a word that opens sentences."""
    return _opens(OURS.get(code, GENERAL), _first(tail))


def _goes_on(place: Place, upcoming: str) -> bool:
    """Whether what follows can be no start of a sentence, or what was before no sentence."""
    if not upcoming or not place.tail[0].isalnum():
        return True
    if place.whole and not any(c.isalnum() for c in place.head):
        return True
    first = upcoming[0]
    # Georgian has no capital letters in use; al-Sharaa and iPhone do start sentences.
    return first.islower() and not "ა" <= first <= "ჿ" and not any(c.isupper() for c in upcoming)


def _leads(place: Place, language: Language) -> bool:
    """Whether the sentence so far is but the number of the paragraph."""
    if place.run != "." or not place.whole or len(place.head) > 40:
        return False
    if _MARKER.fullmatch(place.head):
        return True
    numbered = _NUMBERED.fullmatch(place.head)
    return numbered is not None and _has(language.articles, numbered[1])


def _is_note(word: str, upcoming: str, language: Language) -> bool:
    """Whether figures behind a full stop are a note, and no decimals: "in 2012.1 It", "others.2 It"."""
    if word.isdigit():
        return _YEAR.fullmatch(word) is not None or _opens(language, upcoming)
    return word.isalpha() and len(word) > 1 and not _has(language.number, word)


def _after_mark(place: Place, word: str, upcoming: str, code: str, language: Language) -> bool:
    """After a question mark, an exclamation mark, an ellipsis, or a full stop that stands apart."""
    if (".." in place.run or "…" in place.run) and (not upcoming[0].isupper() or upcoming == word):
        return False
    if place.quoted and not _opens(language, upcoming):
        verbs = _WORD.findall(place.tail)[1:4]
        if any(verb in language.says for verb in verbs):
            return False
    return "!" not in place.run or _segmenter(code, word, "!", place.tail[:40])


def _after_stop(word: str, earlier: str, place: Place, upcoming: str, language: Language) -> bool | None:
    """After a full stop; None where our rules do not know the word before it."""
    opening = _opens(language, upcoming)
    figure = earlier[-1:].isdigit()
    if place.head[-1] in _CLOSE:
        return True
    if word.isdigit() and language is not GENERAL and place.head.rstrip(_FIGURES).endswith((":", ";", "؛")):
        return False  # "namely: 1. the first; 2. the second"
    if language.ordinals and (_ROMAN.fullmatch(word) or (word.isdigit() and len(word) <= _ORDINAL)):
        return opening or _has(language.number | language.articles, earlier)
    if word.isdigit() and language is not GENERAL:
        return True
    if word in language.ends and (figure or len(word) > 1):
        return upcoming not in language.after and (figure or not upcoming[0].isdigit())
    if _has(language.never, word):
        return False
    if _has(language.number, word):
        if _NUMERAL.match(place.tail) and not opening:
            return False
        if not _has(language.either, word) and len(word) > 1:
            return True
    if len(word) == 1 and language.joins:
        return False  # an initial; names may start with the letter that joins
    if (len(word) == 1 and not word.islower()) or _has(language.either, word) or _DOTTED.fullmatch(word):
        if opening:
            return True
        return word.lower() in _HOURS and not _timed(place, upcoming, language)
    # The segmenter knows no year that opens a sentence.
    return True if _YEAR.fullmatch(upcoming) and word.isalpha() and len(word) >= _WHOLE_WORD else None


def _timed(place: Place, upcoming: str, language: Language) -> bool:
    """Whether a time of day goes on ("5 p.m. Damascus time"), or stands in front ("At 5 p.m. Rebels came")."""
    if upcoming in language.clock or "time" in _WORD.findall(place.tail)[:3]:
        return True
    said = place.head.split()
    return place.whole and len(said) <= _FRONT and said[0] in language.fronts


def _opens(language: Language, word: str) -> bool:
    joined = language.joins != "" and word.startswith(language.joins) and len(word) > 3 and word.isalpha()
    return joined or word in language.opens


def _has(words: frozenset[str], word: str) -> bool:
    return word in words or word.lower() in words


def _first(tail: str) -> str:
    """The first word; an initial with its full stop, as it opens nothing: "John A. I. Smith"."""
    found = _INITIAL.match(tail) or _WORD.match(tail)
    return found[0] if found else ""


def _bare(word: str) -> str:
    """A word without the marks around it, and without what a hyphen or a slash joins to it, if it is no figure."""
    word = word.strip(_OPEN)
    last = re.split(r"[-–/]", word)[-1]
    return word if last.isdigit() else last


@lru_cache(1 << 16)
def _segmenter(code: str, head: str, run: str, tail: str) -> bool:
    """What the segmenter says, in a language that it knows; it sees letters and full stops only, which are safe."""
    if code not in SEGMENTER:
        return True
    from sentencex import segment

    head = _PLAIN.sub(" ", head.replace("’", "'")).strip()
    pieces = segment(code, f"{head}{run} {_PLAIN.sub(' ', tail)}")
    at = 0
    for piece in pieces:
        at += len(piece)
        if len(head) < at <= len(head) + len(run) + 1:
            return True
    return False
