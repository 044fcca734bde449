"""Mistakes of reading, each at a known file, line and field: what a slip of the hand does to a file."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

from syrian_groups_data.model import vocab
from tests.mutate import files

MISTAKES, VARIANTS = 2_000, 10_000
PARTS = 4

# --- where a mistake can be made -----------------------------------------------------------------


class Line(NamedTuple):
    """A claim as our records write it: one line, one flow mapping, whose `{` stands at `at`."""

    prop: str
    at: int
    text: str

    def has(self, *keys: str) -> bool:
        return any(re.search(rf"[{{ ]{key}: ", self.text) for key in keys)

    def value(self, key: str, form: str = r"[\w:.~/-]+") -> re.Match[str] | None:
        return re.search(rf"(?<=[{{ ]){key}: ({form})(?=[,}}])", self.text)


@cache
def lines(name: str) -> tuple[Line, ...]:
    text, prop, found = files()[name].decode(), "", []
    for each in re.finditer(r"^(?:(\w+):|  - (\{.*\}))$", text, re.M):
        if each[1]:
            prop = each[1]
        else:
            found.append(Line(prop, each.start(2), each[2]))
    return tuple(found)


class Made(NamedTuple):
    """A mistake: what replaces text[start:end], its code, and how far behind `start` it must be reported."""

    start: int
    end: int
    new: str
    code: str
    behind: int = 0
    name: str = ""


Maker = Callable[[random.Random, str, str], "Made | None"]
KINDS: dict[str, Maker] = {}


def kind(maker: Maker) -> Maker:
    KINDS[maker.__name__] = maker
    return maker


def pick(rng: random.Random, name: str, test: Callable[[Line], Any]) -> Line | None:
    found = [line for line in lines(name) if test(line)]
    return rng.choice(found) if found else None


def _speaks(line: Line) -> bool:
    """Whether it is a claim with a speaker and a standing, not an answer or a ledger."""
    return line.prop not in ("responses", "set_aside") and line.has("cite")


def claim_value(
    rng: random.Random, name: str, key: str, form: str = r"[\w:.~/-]+", test: Callable[[Line], bool] = _speaks
) -> tuple[Line, int, int] | None:
    """A claim and where the value under its `key` stands."""
    line = pick(rng, name, lambda line: test(line) and line.value(key, form))
    if not line:
        return None
    found = line.value(key, form)
    assert found
    return line, line.at + found.start(1), line.at + found.end(1)


def top(text: str, key: str) -> re.Match[str] | None:
    return re.search(rf"^{key}: (.+)$", text, re.M)


# --- mistakes of reading -------------------------------------------------------------------------


@kind
def unknown_key(rng: random.Random, name: str, text: str) -> Made | None:
    line = pick(rng, name, _speaks)
    return line and Made(line.at + 1, line.at + 1, "colour: red, ", "unknown-key")


@kind
def misspelt_key(rng: random.Random, name: str, text: str) -> Made | None:
    key = rng.choice(("standing", "value", "cite", "note", "context", "hedge", "said_by", "precision"))
    line = pick(rng, name, lambda line: line.has(key))
    if not line:
        return None
    at = line.at + re.search(rf"[{{ ]{key}: ", line.text).start() + 1  # type: ignore[union-attr]
    cut = rng.randrange(1, len(key))
    return Made(at, at + len(key), key[:cut] + key[cut + 1 :], "unknown-key")


@kind
def unknown_property(rng: random.Random, name: str, text: str) -> Made | None:
    return Made(len(text), len(text), 'colour:\n  - {value: red, cite: ["grok-sr:2"]}\n', "unknown-key")


@kind
def text_for_list(rng: random.Random, name: str, text: str) -> Made | None:
    found = claim_value(rng, name, "cite", r"\[[^]]*\]")
    return found and Made(found[1], found[2], '"grok-sr:2"', "wrong-type")


@kind
def word_for_number(rng: random.Random, name: str, text: str) -> Made | None:
    found = claim_value(rng, name, rng.choice(("low", "high")), r"\d+")
    return found and Made(found[1], found[2], "several", "wrong-type")


@kind
def text_for_claim(rng: random.Random, name: str, text: str) -> Made | None:
    line = pick(rng, name, _speaks)
    return line and Made(line.at, line.at + len(line.text), "only words", "wrong-type")


@kind
def list_for_text(rng: random.Random, name: str, text: str) -> Made | None:
    key = rng.choice(("title", "summary", "kind", "basis", "subtype"))
    found = top(text, key)
    # No list is a term, whatever it holds.
    code = "wrong-type" if key in ("title", "summary") else "not-in-vocabulary"
    return found and Made(found.start(1), found.end(1), "[a, b]", code)


@kind
def other_term(rng: random.Random, name: str, text: str) -> Made | None:
    found = claim_value(rng, name, rng.choice(("standing", "lang", "precision", "qualifier", "unit", "class", "harm")))
    return found and Made(found[1], found[2], rng.choice(("certain", "xx", "Asserted")), "not-in-vocabulary")


@kind
def other_kind(rng: random.Random, name: str, text: str) -> Made | None:
    found = top(text, rng.choice(("kind", "basis", "type", "subtype", "language")))
    return found and Made(found.start(1), found.end(1), f"{found[1]}s", "not-in-vocabulary")


@kind
def malformed_date(rng: random.Random, name: str, text: str) -> Made | None:
    found = claim_value(rng, name, rng.choice(("since", "until", "as_of")), test=lambda line: True)
    wrong = rng.choice(("March 2014", "14-03-2013", "2014/3", "2014-13", "2014?", "201X-05", "2014-3-1"))
    return found and Made(found[1], found[2], wrong, "malformed-value")


@kind
def malformed_id(rng: random.Random, name: str, text: str) -> Made | None:
    found = claim_value(rng, name, "value", test=lambda line: line.prop in vocab.RELATIONS)
    return found and Made(found[1], found[2], rng.choice(("Syrian_Army", "a--b", "-a", "HTS")), "malformed-value")


@kind
def malformed_passage(rng: random.Random, name: str, text: str) -> Made | None:
    found = claim_value(rng, name, "cite", r"\[[^]]*\]")
    return found and Made(found[1] + 1, found[2] - 1, rng.choice(('"grok-sr"', '"grok-sr:0"', "12")), "malformed-value")


@kind
def formula_cell(rng: random.Random, name: str, text: str) -> Made | None:
    if found := top(text, "title"):
        return Made(
            found.start(1), found.end(1), rng.choice(('"=1+1"', '"+1"', '"@SUM(A1)"', "＝1")), "malformed-value"
        )
    there = claim_value(rng, name, "value", r"[A-Z][\w ]+")
    return there and Made(there[1], there[2], rng.choice(('"=A1"', '"-1"', '" a"')), "malformed-value")


@kind
def long_hedge(rng: random.Random, name: str, text: str) -> Made | None:
    found = claim_value(rng, name, "hedge", r"[\w ]+")
    return found and Made(found[1], found[2], "as it is said", "malformed-value")


@kind
def long_text(rng: random.Random, name: str, text: str) -> Made | None:
    found = top(text, rng.choice(("title", "summary")))
    return found and Made(found.start(1), found.end(1), "x" * rng.choice((301, 999)), "too-long")


@kind
def no_citation(rng: random.Random, name: str, text: str) -> Made | None:
    found = claim_value(rng, name, "cite", r"\[[^]]*\]")
    return found and Made(found[1], found[2], "[]", "too-short")


@kind
def number_below_zero(rng: random.Random, name: str, text: str) -> Made | None:
    found = claim_value(rng, name, "low", r"\d+")
    return found and Made(found[1], found[2], "-5", "out-of-range")


@kind
def latitude_beyond_pole(rng: random.Random, name: str, text: str) -> Made | None:
    found = top(text, "latitude")
    return found and Made(found.start(1), found.end(1), rng.choice(("95.5", "-90.01")), "out-of-range")


@kind
def duplicate_key(rng: random.Random, name: str, text: str) -> Made | None:
    found = claim_value(rng, name, "cite", r"\[[^]]*\]")
    return found and Made(found[2], found[2], f", cite: {text[found[1] : found[2]]}", "duplicate-key", 2)


@kind
def duplicate_property(rng: random.Random, name: str, text: str) -> Made | None:
    key = rng.choice(re.findall(r"^(\w+):", text, re.M))
    return Made(len(text), len(text), f"{key}: again\n", "duplicate-key")


@kind
def missing_citation(rng: random.Random, name: str, text: str) -> Made | None:
    line = pick(rng, name, lambda line: re.search(r", cite: \[[^]]*\]", line.text))
    if not line:
        return None
    rest = re.sub(r", cite: \[[^]]*\]", "", line.text, count=1)
    return Made(line.at, line.at + len(line.text), rest, "missing-key")


@kind
def missing_language(rng: random.Random, name: str, text: str) -> Made | None:
    line = pick(rng, name, lambda line: line.prop == "names" and ", lang: en" in line.text)
    return line and Made(line.at, line.at + len(line.text), line.text.replace(", lang: en", ""), "missing-key")


@kind
def missing_property(rng: random.Random, name: str, text: str) -> Made | None:
    found = re.search(r"^(?:kind|basis|subtype|acts): .*\n", text, re.M)
    # Reported where the record begins.
    return found and Made(0, found.end(), text[: found.start()], "missing-key")


@kind
def empty_value(rng: random.Random, name: str, text: str) -> Made | None:
    line = pick(rng, name, _speaks)
    return line and Made(line.at + 1, line.at + 1, f"note: {rng.choice(('~', 'null', 'NULL'))}, ", "empty-value", 6)


@kind
def anchor(rng: random.Random, name: str, text: str) -> Made | None:
    line = pick(rng, name, _speaks)
    return line and Made(line.at, line.at, "&same ", "anchor-or-alias")


@kind
def tag(rng: random.Random, name: str, text: str) -> Made | None:
    found = claim_value(rng, name, "value")
    return found and Made(found[1], found[1], "!!str ", "tag")


@kind
def second_document(rng: random.Random, name: str, text: str) -> Made | None:
    return Made(len(text), len(text), "---\nid: another\n", "many-documents")


@kind
def open_bracket(rng: random.Random, name: str, text: str) -> Made | None:
    line = pick(rng, name, _speaks)
    # What follows is the first that YAML can object to.
    return line and Made(line.at + len(line.text) - 1, line.at + len(line.text), "", "yaml-syntax", 1)


def _character(code: str, *characters: str) -> Maker:
    def maker(rng: random.Random, name: str, text: str) -> Made | None:
        found = [
            at for at in range(1, len(text)) if text[at - 1 : at + 1].isascii() and text[at - 1 : at + 1].isalpha()
        ]
        at = rng.choice(found)
        return Made(at, at, rng.choice(characters), code)

    return maker


KINDS |= {
    "tab": _character("tab", "\t"),
    "bidi_control": _character("bidi-control", *"\u202a\u202e\u2066\u2069\u200e\u200f\u061c"),
    "zero_width": _character(
        "zero-width", *"\u200b\u2060\u2063\u00ad\u180e\ufeff\u200c\u200d\u034f\u3164\u1160\uffa0\U000e0041"
    ),
    "control_character": _character("control-character", *"\x00\x07\x1b\x7f\x85\u2028\u2029\uffff"),
}


@kind
def letter_in_parts(rng: random.Random, name: str, text: str) -> Made | None:
    at = rng.choice([each.start() for each in re.finditer("[aeou](?=[a-z])", text)])
    return Made(at, at + 1, f"{text[at]}\u0301", "not-nfc")


@kind
def windows_line_ends(rng: random.Random, name: str, text: str) -> Made | None:
    # Reported once, where the first of them stands.
    return Made(0, len(text), text.replace("\n", "\r\n"), "carriage-return", text.index("\n"))


@kind
def byte_order_mark(rng: random.Random, name: str, text: str) -> Made | None:
    return Made(0, 0, "\ufeff", "byte-order-mark")


@kind
def other_file_name(rng: random.Random, name: str, text: str) -> Made | None:
    found = top(text, "id")
    return found and Made(found.start(1), found.end(1), f"{found[1]}-2", "file-name-is-not-id")


@kind
def text_behind_a_hash(rng: random.Random, name: str, text: str) -> Made | None:
    found = top(text, rng.choice(("title", "summary")))
    if not found or found[1][0] in "\"'":
        return None
    return Made(found.start(1), found.end(1), f"{found[1]}{rng.choice((' #3', '  #3', ' # of them'))}", "dropped-text")


@kind
def odd_spaces(rng: random.Random, name: str, text: str) -> Made | None:
    found = top(text, rng.choice(("title", "summary")))
    wrong = rng.choice(('"two  spaces"', '"a space "', "a\u00a0space"))
    return found and Made(found.start(1), found.end(1), wrong, "malformed-value")


@kind
def year_of_a_slip(rng: random.Random, name: str, text: str) -> Made | None:
    found = claim_value(rng, name, rng.choice(("since", "until", "as_of")), r"\d{4}[\d-]*", lambda line: True)
    # A later year would also end before it starts.
    return found and Made(found[1], found[2], rng.choice(("2924", "9999-12-31", "2101")), "impossible-date")


@kind
def quoted_number(rng: random.Random, name: str, text: str) -> Made | None:
    found = claim_value(rng, name, rng.choice(("low", "high")), r"\d+")
    return found and Made(found[1], found[2], f'"{text[found[1] : found[2]]}"', "wrong-type")


@kind
def relay_of_nobody(rng: random.Random, name: str, text: str) -> Made | None:
    line = pick(rng, name, lambda line: _speaks(line) and not line.has("said_by", "speaker", "via"))
    return line and Made(line.at + 1, line.at + 1, "via: [reuters], ", "via-without-speaker", 5)


@kind
def former_post(rng: random.Random, name: str, text: str) -> Made | None:
    found = claim_value(
        rng, name, "role", r"[\w ]+", lambda line: line.prop in vocab.RELATIONS and not line.has("until", "standing")
    )
    return found and Made(found[1], found[2], f"former {text[found[1] : found[2]]}", "former-without-until")
