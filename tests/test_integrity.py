"""Damage to a release is found before anything is read from it.

`validate` compares the hash of every file that the descriptor names, `load` of the tables it reads; `read`
verifies page checksums only. The descriptor cannot name its own hash: `build --check` compares that one too.
With SGD_THOROUGH=1 the whole commands run on twelve times as many damaged releases.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from syrian_groups_data.author import load as author
from syrian_groups_data.flatten import flatten
from syrian_groups_data.library import release
from syrian_groups_data.model.release import Release
from syrian_groups_data.publish import render, same
from syrian_groups_data.validate import prove as validate
from syrian_groups_data.validate.descriptor import Resource
from tests import damage
from tests.conftest import EXAMPLE

# What is set up once is set up by one worker.
pytestmark = pytest.mark.xdist_group("integrity")

THOROUGH = bool(os.environ.get("SGD_THOROUGH"))
WHOLE = 100 if THOROUGH else 8

Files = dict[str, bytes]


@cache
def build(version: str) -> Files:
    """The example, built; a second release has another word in every table."""
    corpus = author(EXAMPLE / "raw")
    tables = flatten(corpus)
    if version != "1.0.0":
        for name, rows in tables.items():
            if not rows:
                continue
            first: Any = rows[0]
            field = next(k for k in ("title", "summary", "label", "note", *first._fields) if k in first._fields)
            tables[name] = [first._replace(**{field: f"{getattr(first, field) or 'x'}-2"}), *rows[1:]]
    return render(
        tables,
        Release(version=version, vocabulary=corpus.vocabulary),
        {old: found.new for old, found in corpus.redirects.items()},
    )


class Published(NamedTuple):
    """A release on disk and what its descriptor names."""

    base: Path
    files: Files
    resources: dict[str, dict[str, Any]]


@pytest.fixture
def published(tmp_path: Path) -> Published:
    files = build("1.0.0")
    for name, data in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    resources = json.loads(files["datapackage.json"])["resources"]
    return Published(tmp_path, files, {each["path"]: each for each in resources})


Damage = Callable[[random.Random, str, bytes], bytes]


def flip(rng: random.Random, name: str, data: bytes) -> bytes:
    i = rng.randrange(len(data))
    return data[:i] + bytes([data[i] ^ rng.randrange(1, 256)]) + data[i + 1 :]


def truncate(rng: random.Random, name: str, data: bytes) -> bytes:
    return data[: rng.randrange(len(data))]


def swap(rng: random.Random, name: str, data: bytes) -> bytes:
    return build("1.1.0")[name]


DAMAGES = [(flip, 10_000), (truncate, 1_000), (swap, 200)]
LOADED = {f"tables/{name}.parquet" for name in release._RECORDS}


def loaded(package: release.Package, name: str) -> str:
    """What `load` says of one of its files; the same function that it calls for each."""
    try:
        package._proved(name)
    except release.Damaged as error:
        return str(error)
    return ""


def validated(base: Path, resource: dict[str, Any]) -> str:
    """What `validate` says of one file; the same function that it calls for each."""
    found = validate._file(base, Resource.model_validate(resource), {})
    return found.code if found else ""


def test_the_release_is_sound(published: Published) -> None:
    assert validate.validate(published.base) == []
    assert release.load(published.base).version == "1.0.0"
    assert not any(validated(published.base, each) for each in published.resources.values())
    package = release.open(published.base)
    assert not any(loaded(package, name) for name in LOADED)


def test_the_descriptor_names_every_published_file(published: Published) -> None:
    assert set(published.resources) == published.files.keys() - {"datapackage.json"}


@pytest.mark.parametrize(("damage", "count"), DAMAGES, ids=["flipped", "truncated", "swapped"])
def test_damage_to_any_file_is_found_by_its_hash(published: Published, damage: Damage, count: int) -> None:
    rng, tried, found = random.Random(count), Counter[str](), Counter[str]()
    names = sorted(published.files.keys() - {"datapackage.json"})
    if damage is swap:  # what two releases share cannot be swapped
        names = [name for name in names if build("1.1.0")[name] != published.files[name]]
    package = release.open(published.base)
    for i in range(count):
        name = names[i % len(names)]
        good, path = published.files[name], published.base / name
        bad = damage(rng, name, good)
        path.write_bytes(bad)
        tried["check"] += 1
        found["check"] += not same(path, good)
        tried["validate"] += 1
        found["validate"] += name in published.resources and bool(validated(published.base, published.resources[name]))
        if name in LOADED:
            tried["load"] += 1
            found["load"] += bool(loaded(package, name))
        path.write_bytes(good)
    print(f"{count}: found {dict(found)} of {dict(tried)}")
    assert tried["check"] == count
    assert len(names) > 30
    assert found == tried


@pytest.mark.parametrize("damage", [flip, truncate, swap])
def test_the_whole_readers_refuse_what_is_damaged(published: Published, damage: Damage) -> None:
    rng = random.Random(2)
    for _ in range(WHOLE):
        name = rng.choice(sorted(published.resources))
        good, path = published.files[name], published.base / name
        path.write_bytes(damage(rng, name, good))
        if path.read_bytes() != good:
            assert any(p.path == name and p.code == "hash-mismatch" for p in validate.validate(published.base)), name
            if name in LOADED:
                with pytest.raises(release.Damaged, match="is not the file that datapackage"):
                    release.load(published.base)
        path.write_bytes(good)


def test_a_footer_that_is_not_utf_8_is_a_problem_and_no_crash(published: Published) -> None:
    path = published.base / "tables" / "groups.parquet"
    path.write_bytes(path.read_bytes().replace(b"group_id", b"group\xee\xeed"))
    codes = {problem.code for problem in validate.validate(published.base) if problem.path == "tables/groups.parquet"}
    assert codes == {"hash-mismatch", "formats-differ"}


def test_a_missing_file_is_named(published: Published) -> None:
    for name in sorted(LOADED):
        (published.base / name).unlink()
        with pytest.raises(release.Damaged, match="No such file"):
            release.load(published.base)
        assert validated(published.base, published.resources[name]) == "missing-file"
        (published.base / name).write_bytes(published.files[name])


def test_another_release_s_descriptor_is_refused(published: Published) -> None:
    (published.base / "datapackage.json").write_bytes(build("1.1.0")["datapackage.json"])
    with pytest.raises(release.Damaged):
        release.load(published.base)
    assert {p.code for p in validate.validate(published.base)} >= {"hash-mismatch"}


def test_damage_to_the_descriptor_is_found_by_its_seal(published: Published) -> None:
    rng = random.Random(3)
    good, path = published.files["datapackage.json"], published.base / "datapackage.json"
    said = {key: value for key, value in json.loads(good).items() if key != "seal"}
    seen = Counter[str]()
    for _ in range(1000):
        path.write_bytes(flip(rng, "", good))
        assert not same(path, good)
        try:
            found = release.open(published.base).descriptor
        except release.Damaged:
            seen["refused"] += 1
        else:  # a space for another one, or the name of the seal: what is said is what was sealed
            assert found.items() >= said.items()
            seen["the same content"] += 1
    print(dict(seen))
    assert seen["refused"] > 800


# --- page checksums -------------------------------------------------------------------------------


def test_read_finds_every_flip_in_a_page(tmp_path: Path, published: Published) -> None:
    """No page is read wrong in silence. Page headers and footer hold no checksum of their own."""
    count = 20_000 if THOROUGH else 3_000
    done = subprocess.run(
        [sys.executable, damage.__file__, str(published.base), str(count)],
        capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    seen: dict[str, dict[str, int]] = json.loads(done.stdout)
    print(json.dumps(seen, indent=1))
    assert sum(seen["page"].values()) > count / 10
    assert set(seen["page"]) <= {"refused", "same"}
