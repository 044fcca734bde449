"""How names are compared when somebody looks for one: letters that are folded, and spellings of one sound.

`fold` is for the same spelling: case, marks and variants of a letter do not matter. `sounds` is for another spelling of
the same name, as romanisation tables and the press of several languages have it. All that it knows stands in the tables
below, which `fold_table` gives as plain data, so that a page or another program can find the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

# Hamza, ayn, primes and all that is typed for them; quotation marks.
_DROPPED = "'`´‘’‚‛′″‵ʹʺʻʼʽʾʿˈˊˋ˴ꞌ＇“”„«»\"\u0640"
# Letters that no mark can be taken from, and letters of which one word has this one and one that.
_LETTERS = {
    "ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ə": "e",
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ی": "ي", "ک": "ك", "ہ": "ه", "گ": "ك",
} | {digit: str(value) for digits in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹") for value, digit in enumerate(digits)}  # fmt: skip
_WORD = re.compile(r"[^\W_]+")
_DROP = str.maketrans("", "", _DROPPED)
_FOLD = str.maketrans(_LETTERS)


def fold(text: str) -> str:
    """Text as it is compared when searching: no case, marks, vowel signs or letter variants; words parted by a space."""
    return " ".join(word for word, _ in _words(text))


@lru_cache(1 << 14)
def _bare(text: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", plain).translate(_FOLD)


def _words(text: str) -> Iterator[tuple[str, str]]:
    """Words of a text, each as it is folded and as it is heard: there ş is another letter than s."""
    text = unicodedata.normalize("NFC", text.casefold().translate(_DROP))
    if not text.isascii():  # marks that stand alone, soft hyphens, joiners, marks of direction
        text = "".join(c for c in text if unicodedata.category(c) not in ("Mn", "Me", "Cf"))
    for word in _WORD.findall(text):
        if plain := _bare(word):
            yield plain, "".join(c if c in _MARKED else _bare(c) for c in word)


# --- sounds ---------------------------------------------------------------------------------------

# The article, alone or joined with the next consonant, as several languages write it; and what stands for `of`.
PARTICLES = frozenset([
    "al", "el", "il", "ul", "ash", "esh", "as", "es", "us", "ar", "er", "ur", "an", "en", "un", "ad", "ed", "ud",
    "at", "et", "ut", "az", "ez", "uz", "adh", "edh", "ath", "eth", "asch", "esch", "ach", "ech", "aş", "eş", "uş",
    "aš", "l", "i", "e", "u", "ال",
])  # fmt: skip
_VOWELS = "aeiouy"
# Letters and groups of letters, longest first, and the sounds that they may stand for. The alphabet of sounds is ours:
# one vowel `a`; x as in she; c as in chin; j; h for every h and kh; z, s, d, t without emphasis; k for q; a last i, which
# makes another word of one. `^` is the start of a word, `$` its end. An empty sound is none.
GRAPHEMES: dict[str, tuple[str, ...]] = {
    "tsch": ("c",), "dsch": ("j",), "tch": ("c",), "sch": ("x",), "dzh": ("j",), "dj": ("j",), "dž": ("j",), "sh": ("x",),
    "ch": ("x", "h", "c"), "kh": ("h", "k"), "gh": ("g",), "dh": ("z", "d"), "th": ("s", "z", "t", "d"), "ph": ("f",),
    "zh": ("x", "z"), "ck": ("k",), "qu": ("k", "ka"), "ce": ("sa", "ja", "ca"), "ci": ("sa", "ja", "ca"), "ss": ("s",),
    "c": ("k", "j", "c"), "g": ("g", "j"), "j": ("j", "a"), "^j": ("j", "y"), "z": ("z", "d"), "x": ("ks", "h"), "q": ("k",),
    "p": ("b",), "v": ("a",), "w": ("a",), "^v": ("w",), "^w": ("w",), "^y": ("y",), "^oua": ("wa",), "^oue": ("wa",),
    "^oui": ("wa",), "i$": ("i",), "y$": ("i",), "ee$": ("i",), "t$": ("t", "d"), "ş": ("x", "s"), "ș": ("x", "s"), "ç": ("c", "x", "k", "j"), "ğ": ("g", ""), "š": ("x", "s"), "č": ("c",),
    "ž": ("z",), "ǧ": ("j",), "ǰ": ("j",), "ġ": ("g",), "ḡ": ("g",), "ḫ": ("h", "k"), "ẖ": ("h", "k"), "ṯ": ("s", "z", "t"),
    "ḏ": ("z", "d"), "ẓ": ("z", "d"), "ḍ": ("d", "z"), "3": ("",), "7": ("h",), "5": ("h",), "2": ("",),
    # Arabic: only long vowels are written
    "ا": ("a",), "و": ("a",), "ي": ("a",), "^و": ("w", "a"), "^ي": ("y", "a"), "ي$": ("i", "a"), "ب": ("b",), "پ": ("b",), "ت": ("t",),
    "ث": ("s", "t"), "ج": ("j", "g"), "چ": ("c",), "ح": ("h",), "خ": ("h", "k"), "د": ("d",), "ذ": ("z", "d"), "ر": ("r",),
    "ز": ("z",), "ژ": ("x", "z"), "س": ("s",), "ش": ("x",), "ص": ("s",), "ض": ("d", "z"), "ط": ("t",), "ظ": ("z", "d"),
    "ع": ("a", ""), "غ": ("g",), "ف": ("f",), "ڤ": ("f",), "ق": ("k",), "ك": ("k",), "ل": ("l",), "م": ("m",), "ن": ("n",),
    "ه": ("h",), "ه$": ("", "h", "t"), "ء": ("",),
    # Cyrillic
    "а": ("a",), "б": ("b",), "в": ("a",), "^в": ("w",), "г": ("g", "h"), "д": ("d",), "дж": ("j",), "е": ("a",),
    "ж": ("j", "z"), "з": ("z", "d"), "и": ("a",), "и$": ("i",), "ий$": ("i",), "ы$": ("i",), "к": ("k",), "л": ("l",), "м": ("m",), "н": ("n",), "о": ("a",),
    "п": ("b",), "р": ("r",), "с": ("s",), "т": ("t",), "у": ("a",), "ф": ("f",), "х": ("h", "k"), "ц": ("s",), "ч": ("c",),
    "ш": ("x",), "щ": ("x",), "ъ": ("",), "ы": ("a",), "ь": ("",), "э": ("a",), "ю": ("a",), "я": ("a",),
} | dict.fromkeys("aeiouy", ("a",)) | {consonant: (consonant,) for consonant in "bdfhklmnrst"}  # fmt: skip
_MARKED = frozenset(c for c in "".join(GRAPHEMES) if c > "\x7f")
_SPLIT = re.compile("|".join(map(re.escape, sorted(GRAPHEMES, key=len, reverse=True))) + "|.")
# Spellings of one name that is often written together with the next: Abdul Rahman, Abdulrahman, Abd al-Rahman.
_JOINED = re.compile(r"^(abd|عبد)(?:[aeiou]*l?(?=..)|ال)")
_ATTACHED = re.compile(r"^(?:[ae]l(?=...)|ال(?=..)|[ae](sh|dh|th|([dnrstz]))(?=\1....))")
_MOST = 48  # readings of one word


def fold_table() -> dict[str, Any]:
    """All of the above as JSON can hold it.

    A word's sounds: take the longest entries of `sounds` from left to right (`^` only at its start, `$` at its end), one reading for each
    choice; write repeated sounds once; drop a final `h` after a vowel, then a final `a`. Do the same for the word
    without what `attached` or, but for its first group, `joined` matches. Two words sound alike where they share a
    reading, of which one of a single sound counts only where a word has no other; they have the same letters where their readings are the same without each `a` but a first one, and with x, c, z as s.
    """
    return {
        "dropped": _DROPPED,
        "letters": dict(_LETTERS),
        "particles": sorted(PARTICLES),
        "sounds": {written: list(heard) for written, heard in GRAPHEMES.items()},
        "attached": _ATTACHED.pattern,
        "joined": _JOINED.pattern,
    }


@lru_cache(1 << 16)
def sounds(word: str) -> frozenset[str]:
    """Readings of one word as `heard` gives it; of a number the number."""
    if word.isdigit():
        return frozenset([word])
    spellings = {word, _ATTACHED.sub("", word), _JOINED.sub(r"\1", word)}
    return frozenset(reading for each in spellings for reading in _readings(each) if reading)


def _readings(word: str) -> set[str]:
    if len(word) > 2 and word[-1] == "h" and word[-2] in _VOWELS:
        word = word[:-1]
    found = [""]
    for part in _SPLIT.findall(f"^{word}$"):
        heard = GRAPHEMES.get(part, (part.strip("^$"),))
        found = [before + each for before in found for each in heard[: 1 if len(found) >= _MOST else None]]
    return {_shortened(each) for each in found}


_TWICE = re.compile(r"(.)\1+")


def _shortened(reading: str) -> str:
    once = _TWICE.sub(r"\1", reading)
    return once.rstrip("a") or once


def bones(readings: frozenset[str]) -> frozenset[str]:
    """Readings without the vowels inside, with one s for all of its kind: what nearly all spellings of a name share."""
    return frozenset((each[:1] + each[1:].replace("a", "")).translate(_ONE_S) for each in readings)


_ONE_S = str.maketrans("xcz", "sss")


def heard(text: str) -> list[str]:
    """Words of a text as `sounds` takes them."""
    return [word for _, word in _words(text)]


def together(words: Sequence[str]) -> list[tuple[str, tuple[str, ...]]]:
    """Words without the particles; each with how it may be written as one with the next, the article in between or not."""
    content = [i for i, word in enumerate(words) if word not in PARTICLES]
    found = []
    for i, j in zip(content, [*content[1:], None][: len(content)], strict=True):
        article = "".join(words[i + 1 : j]) if j else ""
        middles = dict.fromkeys(["", article, "a"] if article else [""])
        found.append((words[i], tuple(words[i] + middle + words[j] for middle in middles) if j else ()))
    return found
