"""Descriptors as nobody writes them: values of other types and sizes, and of other meaning, anywhere in a sound one."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

from tests.descriptors import Package, table, write
from tests.mutate import _slots

VALUES: tuple[Any, ...] = (
    10**400, -(10**400), 1e308, -0.0, 0, 1, -1, 2**63, 2**64, 1.5, True, False, None, "", [], {}, [[]], [{}], {"": ""}, [None],
    "\ud800", "\0", "\x1b[31m", "\u202e", "\U000e0041", "a" * 100_000, ["a"] * 5000, {str(i): i for i in range(3000)}, "`", "'", "\\",
    "../x", "/etc/passwd", "t.csv", "u.csv", "t.parquet", ".", "..", "a/../b", "C:\\x", "\\\\h\\s", "sha256:", "md5:abc",
    "[[a]b]", "(a+)+$", "a{1000}{1000}", "(?=a)", "\\p{L}", "(?i)a", "[", "date", "integer", "list", "number", "any", "geojson",
    "year", "%d/%m", "csv", "parquet", "t", "k", ["k"], ["k", "d"], ["d", "k"], {"resource": "t", "fields": ["k"]},
    {"resource": "no", "fields": "k"}, float("inf"), float("nan"), "9999-12-31", "10000-01-01", "0000-00-00", ";", ",", "\n",
    "utf-16", "1e999", "NaN",
)  # fmt: skip
KEYS = (
    "path", "schema", "format", "dialect", "encoding", "foreignKeys", "primaryKey", "constraints", "type", "missingValues",
    "delimiter", "seal", "redirects", "hash", "bytes", "profile", "data", "contentHash", "version",
)  # fmt: skip


def package(base: Path) -> Package:
    """A package of somebody else with a key, a reference, and constraints of every kind."""
    key = {"fields": "k", "reference": {"resource": "t", "fields": "k"}}
    cells = {"k": ["a", "b"], "d": ["2014-01-01", ""], "n": ["1", "2"], "x": ["a;b", ""]}
    first = table("t", cells, primaryKey=["k"])
    for field, kind in zip(first[0]["schema"]["fields"], ("string", "date", "integer", "list"), strict=True):
        field["type"] = kind
    for field, constraints in zip(
        first[0]["schema"]["fields"],
        (
            {"required": True, "unique": True, "pattern": "[a-z]+", "enum": ["a", "b"], "minLength": 1, "maxLength": 5},
            {"minimum": "2000-01-01", "maximum": "2020-01-01"},
            {"minimum": 0, "maximum": 10},
        ),
        strict=False,
    ):
        field["constraints"] = constraints
    return write(base, first, table("u", {"k": ["a", "z"], "v": ["x", "y"]}, primaryKey=["k"], foreignKeys=[key]))


def altered(rng: random.Random, package: Package) -> str:
    """A descriptor in which one to three things are others, as text."""
    copy: Package = json.loads(json.dumps(package))
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        slots = _slots(copy)
        (node, key), (other, there) = rng.choice(slots), rng.choice(slots)
        match rng.randrange(10):
            case 0:
                del node[key]
            case 1 if isinstance(node, dict):
                node[rng.choice(KEYS)] = rng.choice(VALUES)
            case 2 if isinstance(node, list):
                node += [node[key]] * rng.choice((1, 2, 500))
            case 3:
                node[key] = json.loads(json.dumps(other[there]))
            case _:
                node[key] = rng.choice(VALUES)
    return json.dumps(copy)
