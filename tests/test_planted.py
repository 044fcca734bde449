"""2,000 mistakes of known kind and place in real records are all found where they are; 10,000 valid variants pass.

pytest tests/test_planted.py -s      prints the figures"""

from __future__ import annotations

import json
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import pytest

from syrian_groups_data.check import check
from syrian_groups_data.model.passages import numbers
from syrian_groups_data.model.problem import CODES, Problem
from tests.mistakes import KINDS, MISTAKES, PARTS, VARIANTS
from tests.mistakes_records import PASSAGES
from tests.mutate import Planted, base, data_of, files, place, read, records, rewrite, without

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
        aside = {n for each in base().sources[source].set_aside for n in numbers(each.passages, 10**6)}
        here = {passage for key in ("cite", "context", "disputed_by") for passage in claim.get(key, [])}
        rows = [row.number for row in base().passages[source]]
        open_ = [n for n in rows if n not in aside and f"{source}:{n}" not in here]
        if not open_:
            continue
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
        # One citation more may be of an accusation that is answered, and another note no longer names the answer.
        found = [problem for problem in check(corpus) if problem.code != "answer-not-carried"]
        wrong = [problem for problem in found if (problem.path, problem.code) not in known]
        assert not wrong, f"{wrong[0]} in:\n{texts.get(wrong[0].path, b'').decode()}"
        assert len(corpus.entries) == len(base().entries)
        tried += len(names)
    print(f"\nvariants {part}: {tried}, no alarm")
