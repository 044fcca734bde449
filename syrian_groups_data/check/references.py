"""Rules on ids and on what they lead to."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from ..model import vocab
from ..model.claims import Actor, Claim, Location, Number, Response, Tie
from ..model.corpus import Corpus, Entry, Loc
from ..model.fold import fold
from ..model.problem import Nearest, Problem
from ..model.records import Allegation, Named, Place, Source
from ..model.values import DEVICE_NAMES, MISSING_WORDS, NOTHING_WORDS, TODO
from .rule import claims, rule


@rule
def reserved_id(corpus: Corpus) -> Iterator[Problem]:
    for entry in corpus.entries.values():
        if entry.record.id in MISSING_WORDS:
            what = f"{entry.record.id} reads as a missing value"
            yield entry.problem(("id",), "reserved-id", what, "mint another id")
        if entry.record.id in DEVICE_NAMES:
            what = f"Windows makes no file of the name {entry.record.id}"
            yield entry.problem(("id",), "reserved-id", what, "mint another id")
        for loc, text in _short_texts(entry):
            if text == TODO:
                yield entry.problem(loc, "reserved-id", f"{TODO} is still to be filled in", "write what is so")
            elif text.casefold() in MISSING_WORDS:
                yield entry.problem(loc, "reserved-id", f"{text} reads as a missing value", "say it in other words")
            elif text.casefold() in NOTHING_WORDS or not any(map(str.isalnum, text)):
                yield entry.problem(loc, "reserved-id", f"{text} says that nothing is known", "leave the key out")


_LONGEST = max(map(len, MISSING_WORDS | NOTHING_WORDS))
_TEXTS = frozenset(
    [
        "title", "summary", "gazetteer", "publisher", "author", "licence",
        "value", "described", "speaker", "hedge", "words", "role", "side", "part", "preferred", "note",
    ]
)  # fmt: skip


def _short_texts(entry: Entry) -> Iterator[tuple[Loc, str]]:
    """Every text of a record that becomes a cell and is as short as such a word, and where it stands."""
    record = entry.record
    owners: list[tuple[Loc, object]] = [((), record)]
    owners += [((name, index), claim) for name, index, claim in record.evidence()]
    if isinstance(record, Named):
        owners += [(("identifiers", i), each) for i, each in enumerate(record.identifiers)]
    if isinstance(record, Source):
        owners += [(("set_aside", i), each) for i, each in enumerate(record.set_aside)]
    for loc, owner in owners:
        for key, text in vars(owner).items():
            named = key in _TEXTS or key.startswith("name_")  # a second name has the language of the project
            if type(text) is str and len(text) <= _LONGEST and named:
                yield (*loc, key), text


def references_in(entry: Entry, corpus: Corpus) -> Iterator[tuple[Loc, str, tuple[str, ...]]]:
    """Every id in a record, where it stands, and the types of record that it may name."""
    record, relations = entry.record, corpus.vocabulary.relations
    actors = ("group", "person")
    if isinstance(record, Place) and record.parent:
        yield ("parent",), record.parent, ("place",)
    if isinstance(record, Allegation) and record.event:
        yield ("event",), record.event, ("event",)
    if isinstance(record, Source) and record.derived_from:
        yield ("derived_from",), record.derived_from, ("source",)
    if isinstance(record, Source) and record.version_of:
        yield ("version_of",), record.version_of, ("source",)
    for i, other in enumerate(record.distinct_from):
        yield ("distinct_from", i), other, (record.type,)
    for name, index, claim in record.evidence():
        loc = (name, index)
        for i, relay in enumerate(claim.via):
            yield (*loc, "via", i), relay, (*actors, "source")
        if claim.said_in:
            yield (*loc, "said_in"), claim.said_in, ("event",)
        if isinstance(claim, Response):
            if claim.by:
                yield (*loc, "by"), claim.by, actors
            continue
        if isinstance(claim, Claim):
            for i, speaker in enumerate(claim.said_by):
                yield (*loc, "said_by", i), speaker, actors
        if isinstance(claim, Number) and claim.of:
            yield (*loc, "of"), claim.of, actors
        if isinstance(claim, Location):
            yield (*loc, "value"), claim.value, ("place",)
        elif isinstance(claim, Tie) and claim.value:
            # A part is of the type of its whole.
            types = (record.type,) if name == "part_of" else tuple(relations[name].objects.split())
            yield (*loc, "value"), claim.value, types
        elif isinstance(claim, Actor) and claim.value:
            yield (*loc, "value"), claim.value, (*actors, "place") if name == "participants" else actors


@rule
def dangling_reference(corpus: Corpus) -> Iterator[Problem]:
    hint = Nearest(corpus.entries.keys())  # one renamed record leaves hundreds of references
    for entry in corpus.entries.values():
        for loc, target, _ in references_in(entry, corpus):
            if target not in corpus.entries and not corpus.failed(target):
                became = corpus.redirects.get(target)
                told = f" (it became {became.new})" if became else hint(target)
                yield entry.problem(
                    loc, "dangling-reference", f"no record {target}{told}", "add the record, or correct the id"
                )


def _a(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


@rule
def wrong_type_reference(corpus: Corpus) -> Iterator[Problem]:
    for entry in corpus.entries.values():
        for loc, target, types in references_in(entry, corpus):
            found = corpus.entries.get(target)
            if found and found.record.type not in types:
                what = f"{target} is {_a(found.record.type)}, not a {' or '.join(types)}"
                yield entry.problem(loc, "wrong-type-reference", what, "name a record of that type")


@rule
def relation_not_allowed(corpus: Corpus) -> Iterator[Problem]:
    for entry, loc, claim in claims(corpus):
        name = str(loc[0])
        if not isinstance(claim, Tie):
            continue
        subjects = corpus.vocabulary.relations[name].subjects
        if entry.record.type not in subjects.split():
            what = f"{_a(entry.record.type)} has no {name}"
            yield entry.problem(loc, "relation-not-allowed", what, f"it is for a {subjects.replace(' ', ' or ')}")


@rule
def tie_to_itself(corpus: Corpus) -> Iterator[Problem]:
    for entry in corpus.entries.values():
        for loc, target, _ in references_in(entry, corpus):
            own = loc[-1] in ("value", "parent", "derived_from", "version_of") and loc[0] != "participants"
            if own and target == entry.record.id:
                yield entry.problem(loc, "tie-to-itself", f"{target} is tied to itself", "name the other one")


@rule
def circular_tie(corpus: Corpus) -> Iterator[Problem]:
    ties: dict[str, dict[str, dict[str, Loc]]] = defaultdict(lambda: defaultdict(dict))
    for entry in corpus.entries.values():
        record = entry.record
        if isinstance(record, Place) and record.parent:
            ties["parent"][record.id][record.parent] = ("parent",)
        for key in ("derived_from", "version_of"):
            if origin := vars(record).get(key):
                ties["derived_from"][record.id][origin] = (key,)
        for name, index, claim in record.evidence():
            if name == "part_of" and isinstance(claim, Tie) and claim.value and claim.standing not in vocab.NEGATIVE:
                ties[name][record.id].setdefault(claim.value, (name, index))
    for name, graph in ties.items():
        circle = _circles(graph)
        for start, targets in sorted(graph.items()):
            for target, loc in targets.items():
                if target != start and circle[target] == circle[start]:
                    what = f"{name} leads back to {start}"
                    yield corpus.entries[start].problem(loc, "circular-tie", what, "cut the circle")


def _circles(graph: Mapping[str, Collection[str]]) -> dict[str, str]:
    """Each node, with the same one of them for all that ties lead to and back from: once along them, once against them."""
    order: list[str] = []
    seen: set[str] = set()
    against: dict[str, list[str]] = defaultdict(list)
    for start, targets in graph.items():
        for target in targets:
            against[target].append(start)
        todo = [] if start in seen else [(start, iter(targets))]
        seen.add(start)
        while todo:
            node, above = todo[-1]
            new = next((each for each in above if each not in seen), None)
            if new is None:
                order.append(todo.pop()[0])
            else:
                seen.add(new)
                todo.append((new, iter(graph.get(new, ()))))
    found: dict[str, str] = {}
    for start in reversed(order):
        below = [start]
        while below:
            node = below.pop()
            if node not in found:
                found[node] = start
                below += against[node]
    return found


def parted(corpus: Corpus, one: str, other: str) -> bool:
    """Whether one of two records says that it is not the other."""
    records = [corpus.entries[key].record for key in (one, other)]
    return other in records[0].distinct_from or one in records[1].distinct_from


@rule
def name_shared(corpus: Corpus) -> Iterator[Problem]:
    first: dict[tuple[str, str], str] = {}
    for entry in corpus.of(Named):
        assert isinstance(entry.record, Named)
        for index, name in enumerate(entry.record.names):
            # A note says that somebody has looked; a town may share its governorate's name.
            kind = entry.record.kind if isinstance(entry.record, Place) else entry.record.type
            other = first.setdefault((kind, fold(name.value)), entry.record.id)
            if other != entry.record.id and not name.note and not parted(corpus, entry.record.id, other):
                what = f"{name.value} is a name of {other} too"
                yield entry.problem(("names", index), "name-shared", what, "see whether the two are one, or add a note")


@rule
def no_plain_name(corpus: Corpus) -> Iterator[Problem]:
    for entry in corpus.of(Named):
        titled = vars(entry.record).get("title")  # of a group that has but an epithet
        if isinstance(entry.record, Named) and entry.record.names and not (entry.record.titles or titled):
            what = "no name that is neither denied, alleged or judged, nor an epithet"
            yield entry.problem(("names",), "no-plain-name", what, "add the name by which the text calls it")


_IDENTIFIER_FORMS = {"wikidata": re.compile(r"Q[1-9][0-9]*"), "opensanctions": re.compile(r"[A-Za-z0-9][\w.-]*")}


@rule
def bad_identifier(corpus: Corpus) -> Iterator[Problem]:
    first: dict[tuple[str, str], str] = {}
    for entry in corpus.of(Named):
        for index, each in enumerate(vars(entry.record).get("identifiers", ())):
            loc, form = ("identifiers", index), _IDENTIFIER_FORMS.get(each.scheme)
            if form and not form.fullmatch(each.value):
                fix = "copy the identifier alone, without an address"
                yield entry.problem((*loc, "value"), "bad-identifier", f"{each.value} is none of {each.scheme}", fix)
            other = first.setdefault((each.scheme, each.value.casefold()), entry.record.id)
            if other != entry.record.id:
                what = f"{each.scheme} {each.value} is {other} too"
                yield entry.problem(loc, "bad-identifier", what, "see whether the two are one, or correct it")


@rule
def bad_redirect(corpus: Corpus) -> Iterator[Problem]:
    for old, (new, old_at, new_at) in corpus.redirects.items():
        what, at = None, new_at
        if old in corpus.entries:
            what, at = f"{old} is in use", old_at
        elif new in corpus.redirects:
            what = f"{old} leads to {new}, which is a redirect itself"
        elif new not in corpus.entries and not corpus.failed(new):
            what = f"{old} leads to {new}, which does not exist"
        if what:
            yield Problem("raw/redirects.yml", *at, "bad-redirect", what, "lead each old id straight to a record")
