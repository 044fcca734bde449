"""2,000 mistakes of known kind and place in real records are all found where they are; 10,000 valid variants pass.

pytest tests/test_planted.py -s      prints the figures
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, NamedTuple

import pytest

from syrian_groups_data.check import check
from syrian_groups_data.model import event_types, vocab
from syrian_groups_data.model.problem import CODES, Problem
from syrian_groups_data.model.records import Event, Named, Place
from syrian_groups_data.model.values import fold
from tests.mutate import Planted, base, data_of, entry_of, files, place, read, records, rewrite, without

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
    found = claim_value(rng, name, "cite", r'\["[^]]*\]')
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
    found = claim_value(rng, name, "cite", r'\["[^]]*\]')
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
    found = claim_value(rng, name, "cite", r'\["[^]]*\]')
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
    found = claim_value(rng, name, "cite", r'\["[^]]*\]')
    return found and Made(found[2], found[2], f", cite: {text[found[1] : found[2]]}", "duplicate-key", 2)


@kind
def duplicate_property(rng: random.Random, name: str, text: str) -> Made | None:
    key = rng.choice(re.findall(r"^(\w+):", text, re.M))
    return Made(len(text), len(text), f"{key}: again\n", "duplicate-key")


@kind
def missing_citation(rng: random.Random, name: str, text: str) -> Made | None:
    line = pick(rng, name, lambda line: re.search(r', cite: \["[^]]*\]', line.text))
    if not line:
        return None
    rest = re.sub(r', cite: \["[^]]*\]', "", line.text, count=1)
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
    "zero_width": _character("zero-width", *"\u200b\u2060\u00ad\u180e\ufeff\u200c\u200d"),
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


# --- mistakes that one readable record makes -----------------------------------------------------


@kind
def id_of_another(rng: random.Random, name: str, text: str) -> Made | None:
    other = rng.choice([each for each in records() if each.split("/")[1] != name.split("/")[1]])
    key = entry_of(other).record.id
    found = top(text, "id")
    new = f"{name.rpartition('/')[0]}/{key}.yml"
    return found and Made(found.start(1), found.end(1), key, "id-clash", 0, new)


@kind
def missing_word_for_id(rng: random.Random, name: str, text: str) -> Made | None:
    key = rng.choice(("na", "nan", "null", "none", "n-a", "nil", "true", "false", "inf"))
    found = top(text, "id")
    new = f"{name.rpartition('/')[0]}/{key}.yml"
    return found and Made(found.start(1), found.end(1), f'"{key}"', "reserved-id", 0, new)


@kind
def missing_word_for_value(rng: random.Random, name: str, text: str) -> Made | None:
    found = claim_value(
        rng, name, "value", r"\w[\w ]+", lambda line: line.prop in vocab.ATTRIBUTES.keys() - vocab.CODED.keys()
    )
    return found and Made(found[1], found[2], rng.choice(("NA", "'null'", "None", "N-A")), "reserved-id")


def _tie(line: Line) -> bool:
    return line.prop in vocab.RELATIONS


@kind
def dangling_reference(rng: random.Random, name: str, text: str) -> Made | None:
    found = claim_value(rng, name, "value", test=lambda line: _tie(line) or line.prop in ("participants", "accused"))
    return found and Made(found[1], found[2], f"{text[found[1] : found[2]]}-x", "dangling-reference")


@kind
def dangling_speaker(rng: random.Random, name: str, text: str) -> Made | None:
    found = claim_value(rng, name, rng.choice(("said_by", "via")), r"\[[\w-]+\]")
    return found and Made(found[1] + 1, found[2] - 1, "nobody-known", "dangling-reference")


@kind
def reference_of_other_type(rng: random.Random, name: str, text: str) -> Made | None:
    found = claim_value(rng, name, "value", test=lambda line: _tie(line) and line.prop != "part_of")
    other = rng.choice([key for key, entry in sorted(base().entries.items()) if entry.record.type == "allegation"])
    return found and Made(found[1], found[2], other, "wrong-type-reference")


@kind
def place_that_is_none(rng: random.Random, name: str, text: str) -> Made | None:
    found = claim_value(rng, name, "value", test=lambda line: line.prop == "place")
    return found and Made(found[1], found[2], "hts", "wrong-type-reference")


@kind
def tie_to_itself(rng: random.Random, name: str, text: str) -> Made | None:
    found = claim_value(rng, name, "value", test=_tie)
    return found and Made(found[1], found[2], entry_of(name).record.id, "tie-to-itself")


@kind
def relation_of_other_type(rng: random.Random, name: str, text: str) -> Made | None:
    record = entry_of(name).record
    if not isinstance(record, Named | Event):
        return None
    wrong = [
        key for key, each in vocab.RELATIONS.items() if record.type not in each.subjects and f"\n{key}:" not in text
    ]
    new = f'{rng.choice(wrong)}:\n  - {{value: hts, cite: ["grok-sr:2"]}}\n'
    return Made(len(text), len(text), new, "relation-not-allowed", new.index("{"))


@kind
def unknown_passage(rng: random.Random, name: str, text: str) -> Made | None:
    found = claim_value(rng, name, rng.choice(("cite", "context")), r'\["[^]]*\]')
    wrong = rng.choice(('"grok-sr:9999"', '"wiki-sr:999"', '"nowhere:1"'))
    return found and Made(found[1] + 1, found[2] - 1, wrong, "unknown-passage")


@kind
def value_and_description(rng: random.Random, name: str, text: str) -> Made | None:
    line = pick(
        rng, name, lambda line: (_tie(line) or line.prop in ("participants", "accused")) and line.value("value")
    )
    return line and Made(line.at, line.at + 1, "{described: two men, ", "value-or-described")


@kind
def neither_value_nor_description(rng: random.Random, name: str, text: str) -> Made | None:
    line = pick(
        rng, name, lambda line: (_tie(line) or line.prop in ("participants", "accused")) and line.value("value")
    )
    if not line:
        return None
    rest = re.sub(r"(?<=\{)value: [\w-]+, ", "", line.text)
    return Made(line.at, line.at + len(line.text), rest, "value-or-described") if rest != line.text else None


@kind
def two_speakers(rng: random.Random, name: str, text: str) -> Made | None:
    line = pick(rng, name, lambda line: _speaks(line) and line.has("said_by") and not line.has("speaker"))
    return line and Made(line.at + 1, line.at + 1, "speaker: a witness, ", "two-speakers", 9)


def _unspoken(line: Line) -> bool:
    return _speaks(line) and not line.has("standing", "said_by", "speaker", "hedge")


@kind
def denied_by_nobody(rng: random.Random, name: str, text: str) -> Made | None:
    line = pick(rng, name, _unspoken)
    return line and Made(line.at, line.at + 1, "{standing: denied, ", "denied-without-speaker")


@kind
def reported_without_hedge(rng: random.Random, name: str, text: str) -> Made | None:
    line = pick(rng, name, _unspoken)
    return line and Made(line.at, line.at + 1, "{standing: reported, ", "reported-without-hedge")


@kind
def epithet_of_nobody(rng: random.Random, name: str, text: str) -> Made | None:
    line = pick(rng, name, lambda line: line.prop == "names" and _unspoken(line) and not line.has("role"))
    return line and Made(line.at, line.at + 1, "{role: epithet, ", "epithet-without-speaker")


@kind
def source_as_speaker(rng: random.Random, name: str, text: str) -> Made | None:
    line = pick(rng, name, lambda line: _unspoken(line) and 'cite: ["' in line.text)
    if not line:
        return None
    source = re.search(r'cite: \["([^:]+):', line.text)[1]  # type: ignore[index]
    return Made(line.at + 1, line.at + 1, f"said_by: [{source}], ", "speaker-is-publisher", 10)


@kind
def said_in_a_battle(rng: random.Random, name: str, text: str) -> Made | None:
    line = pick(rng, name, lambda line: _speaks(line) and not line.has("said_in"))
    fight = rng.choice([e.record.id for e in base().of(Event) if getattr(e.record, "kind", "") == "battles"])
    return line and Made(line.at + 1, line.at + 1, f"said_in: {fight}, ", "said-in-is-no-statement", 9)


@kind
def same_claim_twice(rng: random.Random, name: str, text: str) -> Made | None:
    line = pick(rng, name, lambda line: line.prop != "set_aside")
    if not line:
        return None
    # The copy stands below, and is what is reported.
    end = line.at + len(line.text)
    return Made(end, end, f"\n  - {line.text}", "duplicate-statement", 5)


@kind
def word_for_code(rng: random.Random, name: str, text: str) -> Made | None:
    found = claim_value(rng, name, "value", test=lambda line: line.prop in vocab.CODED)
    return found and Made(found[1], found[2], "rather busy", "uncoded-value")


_BAD_DAYS = ("2014-02-30", "2013-04-31", "2014-03/2014-02", "2015/2014", "0000", "2013-02-29~")


@kind
def impossible_date(rng: random.Random, name: str, text: str) -> Made | None:
    found = claim_value(rng, name, rng.choice(("since", "until", "as_of")), test=lambda line: True)
    return found and Made(found[1], found[2], rng.choice(_BAD_DAYS), "impossible-date")


@kind
def impossible_date_of_record(rng: random.Random, name: str, text: str) -> Made | None:
    found = claim_value(rng, name, "value", test=lambda line: line.prop in vocab.DATES)
    return found and Made(found[1], found[2], rng.choice(_BAD_DAYS), "impossible-date")


@kind
def end_before_start(rng: random.Random, name: str, text: str) -> Made | None:
    line = pick(
        rng, name, lambda line: _speaks(line) and line.value("since", r"[12]\d{3}.*?") and not line.has("until")
    )
    return line and Made(
        line.at + 1, line.at + 1, f"until: {rng.choice(('1900', '1901-02', '190X'))}, ", "end-before-start", 7
    )


@kind
def low_above_high(rng: random.Random, name: str, text: str) -> Made | None:
    found = claim_value(rng, name, "low", r"\d+", lambda line: line.has("high"))
    return found and Made(found[1], found[2], "9999999999", "low-above-high")


@kind
def number_without_bound(rng: random.Random, name: str, text: str) -> Made | None:
    line = pick(rng, name, lambda line: line.has("low", "high") and not line.has("words"))
    rest = line and re.sub(r"(?:low|high): \d+, ", "", line.text)
    return Made(line.at, line.at + len(line.text), rest, "number-without-value") if line and rest else None


@kind
def casualty_without_class(rng: random.Random, name: str, text: str) -> Made | None:
    line = pick(rng, name, lambda line: line.prop in ("killed", "injured", "captured", "missing") and line.has("class"))
    rest = line and re.sub(r"class: [\w-]+, ", "", line.text)
    return Made(line.at, line.at + len(line.text), rest, "casualty-without-class") if line and rest else None


@kind
def number_on_allegation(rng: random.Random, name: str, text: str) -> Made | None:
    if not name.startswith("raw/allegations/") or not top(text, "event") or "\ncount:" in text:
        return None
    return Made(
        len(text), len(text), 'count:\n  - {low: 3, high: 3, cite: ["grok-sr:2"]}\n', "number-on-allegation", 11
    )


@kind
def subtype_of_other_type(rng: random.Random, name: str, text: str) -> Made | None:
    record = entry_of(name).record
    found = top(text, "subtype")
    if not found or not isinstance(record, Event):
        return None
    wrong = sorted(event_types.EVENT_SUBTYPES.keys() - event_types.EVENT_TYPES[record.kind].keys())
    return Made(found.start(1), found.end(1), rng.choice(wrong), "subtype-of-other-type")


@kind
def accuser_is_accused(rng: random.Random, name: str, text: str) -> Made | None:
    line = pick(rng, name, lambda line: line.prop == "accused" and line.value("value") and not line.has("said_by"))
    who = line and line.value("value")
    return Made(line.at, line.at + 1, f"{{said_by: [{who[1]}], ", "accuser-is-accused") if line and who else None


@kind
def event_after_its_source(rng: random.Random, name: str, text: str) -> Made | None:
    line = pick(
        rng,
        name,
        lambda line: (
            line.prop == "date"
            and name.startswith("raw/events/")
            and re.search(r'cite: \["(?:news|caliber)', line.text)
        ),
    )
    value = line and line.value("value")
    if not line or not value:
        return None
    rest = line.text[: value.start(1)] + "2041-05" + line.text[value.end(1) :]
    return Made(line.at, line.at + len(line.text), rest, "event-after-source")


@kind
def date_too_wide(rng: random.Random, name: str, text: str) -> Made | None:
    record = entry_of(name).record
    line = pick(rng, name, lambda line: line.prop == "date" and not line.has("note"))
    value = line and line.value("value")
    if not line or not value or not isinstance(record, Event) or record.kind == "campaign":
        return None
    rest = line.text[: value.start(1)] + "1990/1995" + line.text[value.end(1) :]
    return Made(line.at, line.at + len(line.text), rest, "date-too-wide")


@kind
def name_of_another(rng: random.Random, name: str, text: str) -> Made | None:
    record = entry_of(name).record
    if not isinstance(record, Named) or isinstance(record, Place):
        return None
    own = {fold(each.value) for each in record.names}
    # Of one that is read earlier: the later of two is told of the earlier.
    others = [
        each.record.names[0].value
        for each in base().of(type(record))
        if isinstance(each.record, Named) and each.path < name and fold(each.record.names[0].value) not in own
    ]
    at = text.index("names:\n") + len("names:\n")
    if not others:
        return None
    new = f'  - {{value: {json.dumps(rng.choice(others))}, lang: en, role: alias, cite: ["grok-sr:2"]}}\n'
    return Made(at, at, new, "name-shared", 4)


@kind
def place_in_a_circle(rng: random.Random, name: str, text: str) -> Made | None:
    record = entry_of(name).record
    below = [each.record.id for each in base().of(Place) if getattr(each.record, "parent", None) == record.id]
    found = top(text, "parent")
    return Made(found.start(1), found.end(1), rng.choice(below), "circular-tie") if found and below else None


@kind
def place_without_gazetteer(rng: random.Random, name: str, text: str) -> Made | None:
    found = re.search(r"^gazetteer: .*\n", text, re.M)
    first = re.search(r"^(?:parent|iso_3166_2|geonames_id|latitude): (?=(.))", text, re.M)
    order = ("parent", "iso_3166_2", "geonames_id", "latitude")
    given = [each for key in order if (each := top(text, key))]
    if not found or not first or not given:
        return None
    at = given[0].start(1)
    return Made(0, found.end(), text[: found.start()], "place-without-gazetteer", at) if at < found.start() else None


@kind
def one_coordinate(rng: random.Random, name: str, text: str) -> Made | None:
    found, other = re.search(r"^longitude: .*\n", text, re.M), top(text, "latitude")
    if not found or not other or other.start() > found.start():
        return None
    return Made(other.start(1), found.end(), f"{other[1]}\n", "place-without-gazetteer")


@kind
def place_far_from_its_parent(rng: random.Random, name: str, text: str) -> Made | None:
    record: Any = entry_of(name).record
    found = top(text, "latitude")
    parent = base().entries.get(getattr(record, "parent", None) or "")
    above: Any = parent and parent.record
    if not found or not above or above.kind == "country" or above.latitude is None:
        return None
    return Made(found.start(1), found.end(1), "10.5", "place-outside-parent")


@kind
def set_aside_and_cited(rng: random.Random, name: str, text: str) -> Made | None:
    key = entry_of(name).record.id
    line = pick(rng, name, lambda line: line.prop == "set_aside")
    cited = sorted(
        {p for e in base().entries.values() for *_, c in e.record.evidence() for p in c.cite if p.startswith(f"{key}:")}
    )
    if not line or not cited:
        return None
    rest = line.text.replace("passages: [", f"passages: [{rng.choice(cited).split(':')[1]}, ")
    return Made(line.at, line.at + len(line.text), rest, "cited-and-set-aside")


@kind
def out_of_scope_without_note(rng: random.Random, name: str, text: str) -> Made | None:
    line = pick(rng, name, lambda line: line.prop == "set_aside" and not line.has("note"))
    rest = line and re.sub(r"reason: [\w-]+", "reason: out-of-scope", line.text)
    return Made(line.at, line.at + len(line.text), rest, "set-aside-without-note") if line and rest else None


@kind
def mirror_without_origin(rng: random.Random, name: str, text: str) -> Made | None:
    if not name.startswith("raw/sources/") or top(text, "derived_from"):
        return None
    new = "derived_from: wiki-spr\n"
    return Made(len(text), len(text), new, "mirror-without-origin", 14) if "wiki-spr" not in name else None


@kind
def supplied_without_value(rng: random.Random, name: str, text: str) -> Made | None:
    missing = [key for key in ("author", "published", "licence") if not top(text, key)]
    if not name.startswith("raw/sources/") or not missing:
        return None
    key = rng.choice(missing)
    if found := top(text, "supplied"):
        return Made(found.start(1), found.end(1), f"[{key}]", "supplied-without-value", 1)
    return Made(len(text), len(text), f"supplied: [{key}]\n", "supplied-without-value", 11)


@kind
def span_beyond_snapshot(rng: random.Random, name: str, text: str) -> Made | None:
    found = re.search(r"  span: (\{start: \d+, end: (\d+)\})", text)
    return found and Made(found.start(1), found.end(1), "{start: 5, end: 999999}", "span-beyond-snapshot")


# --- lists of passages ---------------------------------------------------------------------------


def _row(rng: random.Random, text: str) -> tuple[int, int]:
    ends = [each.end() for each in re.finditer("\n", text)][:-1]
    start = rng.choice(ends[1:-1])
    return start, text.index("\n", start) + 1


def passage_missing(rng: random.Random, name: str, text: str) -> Made | None:
    start, end = _row(rng, text)
    return Made(start, end, "", "passage-order")


def passage_cell_missing(rng: random.Random, name: str, text: str) -> Made | None:
    start, end = _row(rng, text)
    return Made(start, end, text[start:end].replace(",", "", 1), "csv-syntax")


def passage_digest_short(rng: random.Random, name: str, text: str) -> Made | None:
    start, end = _row(rng, text)
    return Made(start, end, re.sub("[0-9a-f]{64}", "0" * 63, text[start:end]), "csv-syntax")


PASSAGES: dict[str, Maker] = {
    maker.__name__: maker for maker in (passage_missing, passage_cell_missing, passage_digest_short)
}

# --- planting ------------------------------------------------------------------------------------


def plant(rng: random.Random, label: str) -> tuple[str, Planted]:
    """A mistake of that kind in some file that has room for it: the file, and what it became."""
    maker = (KINDS | PASSAGES)[label]
    names = [name for name in files() if name.endswith(".csv")] if label in PASSAGES else list(records())
    # Not every list of passages is long enough to have a middle.
    names = [name for name in names if files()[name].count(b"\n") > 4 or label not in PASSAGES]
    rng.shuffle(names)
    for name in names:
        text = files()[name].decode()
        if made := maker(rng, name, text):
            new = text[: made.start] + made.new + text[made.end :]
            if new != text:
                at = place(new, made.start + made.behind)
                return name, Planted(made.name or name, new.encode(), made.code, *at)
    raise AssertionError(f"no record has room for {label}")


def problems_of(batch: Iterable[tuple[str, Planted]]) -> list[Problem]:
    """What check says of the real records, some of them with mistakes, and does not say of them without."""
    corpus = without(name for name, planted in batch if planted.code != "id-clash")
    for _, planted in batch:
        read(corpus, planted.name, planted.data)
    return [problem for problem in check(corpus) if problem not in usual()]


@cache
def usual() -> frozenset[Problem]:
    return frozenset(check(base()))


@pytest.mark.parametrize("part", range(PARTS))
def test_planted_mistakes_are_found_where_they_are(part: int) -> None:
    rng = random.Random(f"planted {part}")
    labels = sorted(KINDS | PASSAGES)
    assert len(labels) >= 25
    size = MISTAKES // PARTS
    chosen = [labels[n % len(labels)] for n in range(part * size, (part + 1) * size)]
    todo = [(label, plant(rng, label)) for label in chosen]
    found, exact, alone = Counter[str](), Counter[str](), 0
    missed: list[str] = []
    inexact: dict[str, list[str]] = defaultdict(list)
    while todo:
        # One mistake a file, and a file that cannot be read hides from the rules what others say of it: all the mistakes
        # of a batch are of reading, or none is.
        batch: dict[str, tuple[str, str, Planted]] = {}
        rest = []
        reads = _reading(todo[0][1][1])
        for label, (name, planted) in todo:
            taken = {name, planted.name} & (batch.keys() | {each[2].name for each in batch.values()})
            if taken or _reading(planted) != reads or len(batch) >= 60:
                rest.append((label, (name, planted)))
            else:
                batch[name] = (label, name, planted)
        todo = rest
        problems = problems_of([(name, planted) for _, name, planted in batch.values()])
        for label, name, planted in batch.values():
            own = [problem for problem in problems if problem.code == planted.code and problem.path == planted.name]
            if not own:
                alone += 1
                own = [problem for problem in problems_of([(name, planted)]) if problem.code == planted.code]
            if not own:
                missed.append(f"{label} in {planted.name}:{planted.line}:{planted.column}")
                continue
            found[label] += 1
            if any(problem[:3] == (planted.name, planted.line, planted.column) for problem in own):
                exact[label] += 1
            else:
                inexact[label].append(f"{planted.name}:{planted.line}:{planted.column}, told {own[0]}")
    share = sum(exact.values()) / sum(found.values())
    print(f"\nplanted {part}: {len(labels)} kinds, {found.total()} found, {len(missed)} missed, {share:.2%} exact")
    print(f"looked at alone: {alone}; not exact: { {label: len(lines) for label, lines in inexact.items()} }")
    assert not missed, missed
    assert share >= 0.98, inexact


def _reading(planted: Planted) -> bool:
    """Whether the mistake keeps the file from being read."""
    return list(CODES).index(planted.code) < list(CODES).index("reserved-id")


# --- variants ------------------------------------------------------------------------------------

Variant = Callable[[random.Random, str, dict[str, Any]], dict[str, Any]]


def same(rng: random.Random, name: str, data: dict[str, Any]) -> dict[str, Any]:
    """Only the style changes."""
    return data


def other_order(rng: random.Random, name: str, data: dict[str, Any]) -> dict[str, Any]:
    """Keys of the record and of its claims in another order."""

    def mixed(node: Any) -> Any:
        if isinstance(node, dict):
            return {key: mixed(node[key]) for key in rng.sample(sorted(node), len(node))}
        return [mixed(item) for item in node] if isinstance(node, list) else node

    return {"id": data["id"], **mixed({key: value for key, value in data.items() if key != "id"})}


def other_items(rng: random.Random, name: str, data: dict[str, Any]) -> dict[str, Any]:
    """Claims, citations and terms in another order."""

    def mixed(node: Any) -> Any:
        if isinstance(node, dict):
            return {key: mixed(value) for key, value in node.items()}
        return rng.sample([mixed(item) for item in node], len(node)) if isinstance(node, list) else node

    changed: dict[str, Any] = mixed(data)
    return changed


def one_citation_more(rng: random.Random, name: str, data: dict[str, Any]) -> dict[str, Any]:
    """A claim that rests on one passage more, of the same source."""
    copy: dict[str, Any] = json.loads(json.dumps(data))
    claims = [
        claim
        for value in copy.values()
        if isinstance(value, list)
        for claim in value
        if isinstance(claim, dict) and "cite" in claim
    ]
    for claim in claims:
        source = claim["cite"][0].split(":")[0]
        aside = {n for each in base().sources[source].set_aside for n in each.ordinals()}
        open_ = [row.ordinal for row in base().passages[source] if row.ordinal not in aside]
        claim["cite"].insert(rng.randrange(len(claim["cite"]) + 1), f"{source}:{rng.choice(open_)}")
    return copy


_OURS = (
    "An attack near the coast",
    "قرية قرب الساحل",
    "It's said: “so” — and not otherwise",
    'Says "no"',
    "2013",
    "Ünal, a man",
)


def other_words(rng: random.Random, name: str, data: dict[str, Any]) -> dict[str, Any]:
    """Another title, summary, note or description of ours."""
    copy: dict[str, Any] = json.loads(json.dumps(data))
    for key in ("title", "summary"):
        if key in copy and not name.startswith("raw/sources/"):
            copy[key] = rng.choice(_OURS)
    for value in copy.values():
        for number, claim in enumerate(value if isinstance(value, list) else ()):
            if isinstance(claim, dict) and "cite" in claim:
                claim["note"] = f"{rng.choice(_OURS)} ({number})"
                if "described" in claim:
                    claim["described"] = f"{rng.choice(('men', 'a spokesman'))} of unit {number}"
    return copy


ALIKE: tuple[Variant, ...] = (same, other_order, other_items, one_citation_more, other_words)


def variant(rng: random.Random, name: str) -> bytes:
    """Another way to write a real record, in which nothing is wrong that was not before."""
    data = data_of(name)
    for change in rng.sample(ALIKE, rng.choice((1, 1, 2))):
        data = change(rng, name, data)
    return rewrite(rng, data).encode()


@pytest.mark.parametrize("part", range(PARTS))
def test_valid_variants_raise_no_alarm(part: int) -> None:
    rng = random.Random(f"variants {part}")
    known = {(problem.path, problem.code) for problem in usual()}
    tried = 0
    while tried < VARIANTS // PARTS:
        names = list(records())[: VARIANTS // PARTS - tried]
        texts = {name: variant(rng, name) for name in names}
        corpus = without(names)
        for name, data in texts.items():
            read(corpus, name, data)
        wrong = [problem for problem in check(corpus) if (problem.path, problem.code) not in known]
        assert not wrong, f"{wrong[0]} in:\n{texts.get(wrong[0].path, b'').decode()}"
        assert len(corpus.entries) == len(base().entries)
        tried += len(names)
    print(f"\nvariants {part}: {tried}, no alarm")
