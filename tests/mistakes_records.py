"""Mistakes that readable records make, each at a known file, line and field."""

from __future__ import annotations

import json
import random
import re
from typing import Any

from syrian_groups_data.model import event_types, vocab
from syrian_groups_data.model.fold import fold
from syrian_groups_data.model.records import Event, Named, Place
from tests.mistakes import Line, Made, Maker, _speaks, claim_value, kind, pick, top
from tests.mutate import base, entry_of, records

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
    found = claim_value(rng, name, rng.choice(("cite", "context")), r"\[[^]]*\]")
    wrong = rng.choice(('"grok-sr:9999"', '"wiki-sr:999"', '"nowhere:1"'))
    return found and Made(found[1] + 1, found[2] - 1, wrong, "unknown-passage")


@kind
def passage_twice(rng: random.Random, name: str, text: str) -> Made | None:
    found = claim_value(rng, name, "cite", r"\[[^]]*\]", lambda line: not line.has("context"))
    if not found:
        return None
    first = text[found[1] + 1 : found[2] - 1].split(",")[0]
    return Made(found[2] - 1, found[2], f", {first}]", "passage-twice", 2)


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
    line = pick(rng, name, lambda line: _unspoken(line) and "cite: [" in line.text)
    if not line:
        return None
    source = re.search(r'cite: \["?([^:]+):', line.text)[1]  # type: ignore[index]
    return Made(line.at + 1, line.at + 1, f"said_by: [{source}], ", "wrong-type-reference", 10)


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
    dated = "|".join(re.escape(key) for key, source in base().sources.items() if source.published)
    if not dated or not name.startswith("raw/events/"):
        return None
    line = pick(rng, name, lambda line: line.prop == "date" and re.search(rf'cite: \["?(?:{dated}):', line.text))
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
    if not isinstance(record, Named) or isinstance(record, Place) or not record.names:
        return None
    own = {fold(each.value) for each in record.names}
    # Of one that is read earlier: the later of two is told of the earlier.
    others = [
        each.record.names[0].value
        for each in base().of(type(record))
        if isinstance(each.record, Named)
        and each.record.names
        and each.path < name
        and fold(each.record.names[0].value) not in own
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
    return Made(start, end, "", "list-made-again", -start)


def passage_cell_missing(rng: random.Random, name: str, text: str) -> Made | None:
    start, end = _row(rng, text)
    return Made(start, end, text[start:end].replace(",", "", 1), "csv-syntax")


def passage_digest_short(rng: random.Random, name: str, text: str) -> Made | None:
    start, end = _row(rng, text)
    return Made(start, end, re.sub("[0-9a-f]{64}", "0" * 63, text[start:end]), "csv-syntax")


PASSAGES: dict[str, Maker] = {
    maker.__name__: maker for maker in (passage_missing, passage_cell_missing, passage_digest_short)
}
