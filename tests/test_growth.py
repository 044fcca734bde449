"""Records of an unlucky shape cost what their size does: twice as many, about twice as much, and never their square.

What is counted are calls of Python, which are the same on every machine, and no time.
"""

from __future__ import annotations

import hashlib
import json
import random
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from syrian_groups_data.author import load
from syrian_groups_data.check import check
from syrian_groups_data.check.references import _circles
from syrian_groups_data.flatten import flatten
from syrian_groups_data.model.problem import Nearest
from syrian_groups_data.validate import validate

CITE = ["report:7"]
Shape = Callable[[int], dict[str, str]]


def named(key: str, kind: str, name: str, **more: Any) -> str:
    return json.dumps({"id": key, "kind": kind, "names": [{"value": name, "lang": "en", "cite": CITE}], **more}) + "\n"


def one(**more: Any) -> dict[str, str]:
    """The Valley Front, which others name, with something more of it."""
    return {"groups/valley-front.yml": named("valley-front", "coalition", "Valley Front", **more)}


def groups(count: int, name: str, **more: Callable[[int], Any]) -> dict[str, str]:
    made = (
        named(f"g-{i}", "militia", name.format(i), **{key: of(i) for key, of in more.items()}) for i in range(count)
    )
    return {"groups/many.jsonl": "".join(made)}


def nested(count: int, kind: str) -> dict[str, str]:
    above = ({"parent": f"p-{i - 1}", "gazetteer": "GeoNames"} if i else {} for i in range(count))
    return {"places/many.jsonl": "".join(named(f"p-{i}", kind, f"Place {i}", **each) for i, each in enumerate(above))}


def ties(ids: list[str]) -> list[dict[str, Any]]:
    return [{"value": each, "cite": CITE} for each in ids]


# A thing of which there are many, by how many.
SHAPES: dict[str, Shape] = {
    "records": lambda n: groups(n, "Group {}"),
    "records of one name": lambda n: groups(n, "Same Group"),
    "misspelt ids": lambda n: one(part_of=ties([f"mithal-battalion{i}" for i in range(n)])),
    "misspelt ids of many records": lambda n: groups(n, "Group {}", part_of=lambda i: ties([f"g-{i}x"])),
    "keys": lambda n: one(**{f"k{i}": 1 for i in range(n)}),
    "keys of a claim": lambda n: one(part_of=[{"value": "x", "cite": CITE, **{f"k{i}": 1 for i in range(n)}}]),
    "citations": lambda n: one(part_of=[{"value": "mithal-battalion", "cite": CITE * n}]),
    "names of one": lambda n: one(names=[{"value": f"Name {i}", "lang": "en", "cite": CITE} for i in range(n)]),
    "dates of one": lambda n: one(founded=[{"value": f"{1000 + i}", "cite": CITE} for i in range(n)]),
    "one date of one": lambda n: one(founded=[{"value": "2013", "note": f"Note {i}", "cite": CITE} for i in range(n)]),
    "numbers of one": lambda n: one(
        strength=[{"low": i + 1, "high": i + 1, "qualifier": "exact", "cite": CITE} for i in range(n)]
    ),
    "towns in towns": lambda n: nested(n, "town"),
    "districts in districts": lambda n: nested(n, "district"),
    "a chain of ties": lambda n: groups(n, "Group {}", part_of=lambda i: ties([f"g-{i - 1}"] if i else [])),
    "every tie of some groups": lambda n: groups(
        int((4 * n) ** 0.5),
        "Group {}",
        part_of=lambda i: ties([f"g-{j}" for j in range(int((4 * n) ** 0.5)) if j != i]),
    ),
    "redirects in a chain": lambda n: {
        "redirects.yml": "redirects:\n"
        + "".join(f"  - {{old: a-{i}, new: a-{i + 1}, since: 2.0.0, reason: Same one.}}\n" for i in range(n))
    },
    "sources that are none": lambda n: one(
        names=[{"value": f"Name {i}", "lang": "en", "note": f"See repart:{i}", "cite": CITE} for i in range(n)]
    ),
}
SMALL = 80
MOST = 3.0  # times as many calls for twice as many more: 2 where they grow as the records do, 4 where as their square


def calls(work: Callable[[], Any]) -> int:
    """Functions of Python and of C that are called meanwhile."""
    made = 0

    def count(frame: FrameType, event: str, arg: Any) -> None:
        nonlocal made
        made += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return made


def cost(example: Path, held: dict[str, str]) -> int:
    for name, text in held.items():
        (example / "raw" / name).write_text(text, encoding="utf-8")

    def work() -> None:
        corpus = load(example / "raw")
        if not any(not problem.warning for problem in check(corpus)):
            flatten(corpus)

    return calls(work)


@pytest.mark.parametrize("shape", SHAPES)
def test_twice_as_many_cost_twice_as_much(shape: str, example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Nearest, "LOOKS", SMALL)  # as at a thousand times the size
    cost(example, {})  # what is made once, on first use
    costs = [cost(example, SHAPES[shape](count)) for count in (SMALL, 2 * SMALL, 4 * SMALL)]
    assert costs[2] - costs[1] < MOST * max(costs[1] - costs[0], 5000), costs


CSV = b"k\na\nb\n"
HASH = f"sha256:{hashlib.sha256(CSV).hexdigest()}"


def _package(base: Path, **more: Any) -> dict[str, Any]:
    """A package with one table of two rows, whose column has some things more."""
    (base / "t.csv").write_bytes(CSV)
    field = {"name": "k", "type": "string"} | more.pop("field", {})
    table = {
        "name": "t",
        "path": "t.csv",
        "type": "table",
        "bytes": len(CSV),
        "hash": HASH,
        "schema": {"fields": [field]},
    }
    return {"name": "p", "resources": [table, *more.pop("resources", [])], **more}


DESCRIPTORS: dict[str, Callable[[int], dict[str, Any]]] = {
    "files": lambda n: {"resources": [{"name": f"x{i}", "path": f"x{i}.txt"} for i in range(n)]},
    "terms": lambda n: {"field": {"constraints": {"enum": [f"t{i}" for i in range(n)]}}},
    "keys": lambda n: {f"k{i}": i for i in range(n)},
    "keys of an object": lambda n: {"redirects": {f"k{i}": f"l{i}" for i in range(n)}},
    "letters of a pattern": lambda n: {"field": {"constraints": {"pattern": "a|" * n}}},
}


@pytest.mark.parametrize("shape", DESCRIPTORS)
def test_a_descriptor_costs_what_its_size_does(shape: str, tmp_path: Path) -> None:
    def cost_of(count: int) -> int:
        package = _package(tmp_path, **DESCRIPTORS[shape](count))
        (tmp_path / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
        return calls(lambda: validate(tmp_path))

    cost_of(1)
    costs = [cost_of(count) for count in (SMALL, 2 * SMALL, 4 * SMALL)]
    assert costs[2] - costs[1] < MOST * max(costs[1] - costs[0], 5000), costs


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"resources": [{"name": f"x{i}", "path": f"x{i}.txt"} for i in range(60_000)]}, "at most 1000 items"),
        ({"field": {"constraints": {"enum": [f"t{i}" for i in range(300_000)]}}}, "is not in its list"),
        ({f"k{i}": 1 for i in range(10_000)}, ""),
        ({"x": {f"k{i}": 1 for i in range(100_000)}}, ""),
    ],
    ids=["60,000 files", "300,000 terms", "10,000 keys", "100,000 keys of an object"],
)
def test_a_huge_descriptor_ends_in_a_verdict(more: dict[str, Any], told: str, tmp_path: Path) -> None:
    (tmp_path / "datapackage.json").write_text(json.dumps(_package(tmp_path, **more)), encoding="utf-8")
    problems = validate(tmp_path)
    assert len(problems) <= 2
    assert told in "".join(map(str, problems))
    assert bool(problems) == bool(told)


class Asked(dict[str, list[str]]):
    """A graph that counts how often it is asked where a node leads."""

    times = 0

    def get(self, key: Any, default: Any = None) -> Any:
        self.times += 1
        return super().get(key, default)


@pytest.mark.parametrize("seed", range(40))
def test_circles_are_found_by_asking_each_node_once(seed: int) -> None:
    """40,000 ties between 200 groups took 28 s: all that lies above was looked for again for each of them."""
    rng = random.Random(seed)
    nodes = [f"n{i}" for i in range(rng.randrange(1, 12))]
    graph = Asked({node: rng.sample(nodes, rng.randrange(len(nodes) + 1)) for node in nodes if rng.random() < 0.8})
    circle = _circles(graph)
    assert graph.times <= len(nodes)
    reach = {node: {node} for node in nodes}
    for _ in nodes:
        reach = {
            node: found.union(*(reach[t] for n in found for t in dict.get(graph, n, ())))
            for node, found in reach.items()
        }
    for one, targets in graph.items():
        assert all((circle[one] == circle[target]) == (one in reach[target]) for target in targets)


def test_near_words_are_looked_for_as_long_as_there_are_few(monkeypatch: pytest.MonkeyPatch) -> None:
    words = ["valley-front", "valley-guard"]
    assert Nearest(words)("valley-frond") == " (near: valley-front, valley-guard)"
    monkeypatch.setattr(Nearest, "LOOKS", 3)
    few = Nearest(words)
    assert [bool(few(word)) for word in ("valley-frond", "valley-gard", "valley-fron", "valley-frond")] == [
        True, True, False, True,
    ]  # fmt: skip
