"""A campaign against readers of packages: seeded damage, found where nobody sealed anew, and never a traceback.

SGD_FUZZ=20000 pytest tests/test_campaign.py -n 0 -s      for a longer run; each of the mutations is read three times
"""

from __future__ import annotations

import json
import os
import random
import shutil
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

import syrian_groups_data as sgd
from syrian_groups_data.commands import main
from syrian_groups_data.export import FORMATS
from syrian_groups_data.validate import validate
from tests import strange
from tests.conftest import EXAMPLE, sealed
from tests.misshapen import CHANGES, packed, put, read_all

COUNT = int(os.environ.get("SGD_FUZZ", "0"))  # none named: as many as the budget allows, and MINIMUM at least
BUDGET, MINIMUM = 60, 8  # seconds for all kinds, mutations of each kind
DESCRIPTOR = "datapackage.json"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("campaign") / "example"
    shutil.copytree(EXAMPLE, base)
    assert main(["--root", str(base), "build"]) == 0
    return base


def torn(rng: random.Random, data: bytes) -> bytes:
    """Bytes flipped, dropped, doubled, cut off or put in."""
    at, size = rng.randrange(len(data)), rng.choice([1, 1, 2, 16, 300])
    part = data[at : at + size]
    put_in = rng.choice([bytes([data[at] ^ rng.randrange(1, 256)]) + part[1:], b"", part * 2, rng.randbytes(size)])
    return rng.choice([data[:at] + put_in + data[at + size :], data[:at]])


def _file(rng: random.Random, base: Path, form: str) -> None:
    path = rng.choice(sorted(base.glob(form)))
    path.write_bytes(torn(rng, path.read_bytes()))


def _shape(rng: random.Random, base: Path) -> None:
    """A table of another shape, and a descriptor that is sealed over it."""
    path = rng.choice(sorted(base.glob("tables/*.parquet")))
    table = pq.ParquetFile(path).read()
    changed = rng.choice(CHANGES)(table, rng.choice(table.column_names))
    put(base, path.stem, packed(changed))


def _said(rng: random.Random, base: Path) -> None:
    """A descriptor that says something else, and is sealed."""
    changed = json.loads(strange.altered(rng, json.loads((base / DESCRIPTOR).read_bytes())))
    (base / DESCRIPTOR).write_bytes(sealed(changed) if isinstance(changed, dict) else json.dumps(changed).encode())


SEALED = ("sealed anew", "said anew")
KINDS: dict[str, Callable[[random.Random, Path], None]] = {
    "descriptor": lambda rng, base: _file(rng, base, DESCRIPTOR),
    "csv": lambda rng, base: _file(rng, base, "tables/*.csv"),
    "parquet": lambda rng, base: _file(rng, base, "tables/*.parquet"),
    "sealed anew": _shape,
    "said anew": _said,
}


def held(base: Path) -> dict[str, bytes]:
    return {str(path.relative_to(base)): path.read_bytes() for path in base.rglob("*") if path.is_file()}


def same(damaged: bytes, good: bytes) -> bool:
    """Whether a descriptor says what it said: spaces and the order of keys are not sealed."""
    try:
        return bool(json.loads(damaged) == json.loads(good))
    except ValueError:
        return False


@pytest.mark.parametrize("kind", KINDS)
def test_damage_is_found_and_never_a_traceback(
    kind: str, whole: Path, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    rng = random.Random(f"campaign {kind}")
    good = {name: data for name, data in held(whole).items() if name.startswith("tables/") or name == DESCRIPTOR}
    base, out = tmp_path / "package", tmp_path_factory.mktemp("out")
    shutil.copytree(whole / "raw", base / "raw")  # so that `coverage` takes it for a project, and reads what is built
    seen: Counter[str] = Counter()
    start, n = time.monotonic(), 0
    while n < (COUNT or MINIMUM) or (not COUNT and time.monotonic() - start < BUDGET / len(KINDS)):
        n += 1
        for name, data in good.items():
            (base / name).parent.mkdir(parents=True, exist_ok=True)
            (base / name).write_bytes(data)
        KINDS[kind](rng, base)
        before = held(tmp_path)
        problems = validate(base)
        changed = [name for name, data in good.items() if (base / name).read_bytes() != data]
        damaged = [name for name in changed if name != DESCRIPTOR or not same((base / name).read_bytes(), good[name])]
        if kind not in SEALED:
            assert bool(problems) >= bool(damaged), f"mutation {n} of {damaged} passed as valid"
        refused = _refused(lambda: read_all(base))
        if DESCRIPTOR in damaged and kind == "descriptor":
            assert refused, f"mutation {n} of the descriptor was loaded"
        for line in [*COMMANDS, *(("export", each, f"{out}/x{n}") for each in rng.sample(sorted(FORMATS), 2))]:
            assert _exit(base, *(each.format(base=base, whole=whole, out=out, n=n) for each in line)) in (0, 1, 2, 3)
        assert held(tmp_path) == before, f"mutation {n} was written to"
        seen["damaged"] += bool(damaged)
        seen["told by validate"] += bool(problems)
        seen["refused by load"] += refused
    assert seen["damaged"] > n / 2
    print(f"{kind}: {n} mutations, {dict(seen)}")


def test_a_descriptor_of_somebody_else_ends_in_a_verdict(tmp_path: Path) -> None:
    rng = random.Random("campaign of others")
    package = strange.package(tmp_path)
    good = held(tmp_path)
    seen: Counter[str] = Counter()
    start, slowest = time.monotonic(), 0.0
    while seen["tried"] < (COUNT or 10 * MINIMUM) or (not COUNT and time.monotonic() - start < BUDGET / len(KINDS)):
        text = strange.altered(rng, package)
        (tmp_path / DESCRIPTOR).write_text(text, encoding="utf-8")
        began = time.process_time()
        try:
            problems = validate(tmp_path)
        except Exception as error:
            raise AssertionError(f"{seen['tried']}: {text[:5000]} ended in {error!r}") from error
        slowest = max(slowest, time.process_time() - began)
        assert all(str(each).isprintable() and len(str(each)) < 2000 for each in problems), text[:5000]
        seen["tried"] += 1
        seen["told"] += bool(problems)
    assert {name: data for name, data in held(tmp_path).items() if name != DESCRIPTOR} == {
        name: data for name, data in good.items() if name != DESCRIPTOR
    }
    assert slowest < 10, "seconds of both cores"  # what is refused is refused at once
    print(f"of others: {dict(seen)}, slowest {slowest:.1f} s")


def _refused(read: Callable[[], Any]) -> bool:
    try:
        read()
    except sgd.Damaged:
        return True
    return False


COMMANDS = (
    ("coverage",),
    ("verify", "--snapshots", "{whole}/documents"),
    ("read", "report"),
    ("search", "mithal"),
    ("footnote", "report:7"),
    ("diff", "{whole}", "{base}"),
    ("changes", "{base}", "--root", "{whole}", "--since", "9.9.9"),
    ("site", "{out}/s{n}", "--previous", "{whole}"),
)


def _exit(base: Path, *line: str) -> int:
    """What a command ends with in a package."""
    try:
        return main(["--root", str(base), *line])
    except SystemExit as error:
        return int(str(error.code))
