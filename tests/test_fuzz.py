"""Whatever raw/ or a release holds ends in a record or in problems: never in another exception, never in a long wait.

100,000 mutants of real files a run, in parts that pytest-xdist shares out. Before a release, 1,000,000 by hand:

    SGD_FUZZ=1000000 pytest tests/test_fuzz.py -n 2 -s

A failure prints seed, number and input. A crash of the interpreter names the part, which is its seed.
"""

from __future__ import annotations

import json
import os
import random
import time
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from syrian_groups_data.check import check
from syrian_groups_data.flatten import flatten
from syrian_groups_data.model.corpus import Corpus
from syrian_groups_data.model.release import Release
from syrian_groups_data.publish import render
from syrian_groups_data.validate import DESCRIPTOR, validate
from tests import mutate
from tests.effort import least
from tests.mutate import base, empty, files, filled, mutant, read, well_formed

COUNT = int(os.environ.get("SGD_FUZZ", "100000"))
PARTS = 8
SLOW = 1.0


def _clean(corpus: Corpus, bad: set[str]) -> Corpus:
    """The mutants of a corpus in whose files nothing was found, among the real records."""
    kept = {key: entry for key, entry in corpus.entries.items() if entry.path not in bad}
    return filled(Corpus(kept, {}, {}, [], set()))


@pytest.mark.parametrize("seed", range(PARTS))
def test_mutated_files_end_in_records_or_problems(seed: int) -> None:
    rng = random.Random(seed)
    seen: Counter[str] = Counter()
    slowest, where = 0.0, ""
    rounds = 0
    corpus = empty()
    usual = least(lambda: check(base()))
    while seen["mutants"] < COUNT // PARTS:
        rounds += 1
        # Each file once a round: the mutants that can be read are checked together, as one corpus of two rounds.
        for name in rng.sample(sorted(files()), len(files())):
            seen["mutants"] += 1
            new, data = mutant(rng, name)
            told = f"seed {seed}, mutant {seen['mutants']}, {new}: {data!r}"
            known, found = len(corpus.entries), len(corpus.problems)
            # Time of this process: a busy machine is no slow reader.
            began = time.process_time()
            try:
                read(corpus, new, data)
                fine = all(map(well_formed, corpus.problems[found:]))
            except Exception as error:
                raise AssertionError(f"{told} ended in {error!r}") from error
            spent = time.process_time() - began
            if spent >= SLOW:
                spent = least(partial(read, empty(), new, data), SLOW)
            slowest, where = max((slowest, where), (spent, f"{seed}/{seen['mutants']} {new}"))
            assert spent < SLOW, f"{told} took {spent:.1f} s"
            assert fine, f"{told}: {corpus.problems[found:]}"
            seen["records"] += len(corpus.entries) > known
            seen["refused"] += len(corpus.problems) > found
            if seen["mutants"] >= COUNT // PARTS:
                break
        if rounds % 2 and seen["mutants"] < COUNT // PARTS:
            continue
        whole = filled(corpus)
        if rng.random() < 0.5:
            whole = whole._replace(unread=set())  # then every rule looks at everything
        began = time.process_time()
        try:
            problems = check(whole)
        except Exception as error:
            raise AssertionError(f"seed {seed}, check of round {rounds}: {error!r}") from error
        if time.process_time() - began >= usual + SLOW:
            spent = least(partial(check, whole), usual + SLOW)
            assert spent < usual + SLOW, f"seed {seed}, check of round {rounds} took {spent:.1f} s"
        assert all(map(well_formed, problems))
        seen["checks"] += 1
        if rounds % 6 == 0:
            _flattens(_clean(corpus, {problem.path for problem in problems if not problem.warning}), seed, rounds, seen)
        corpus = empty()
    print(f"\nfuzz {seed}: {dict(seen)}; slowest {slowest * 1000:.0f} ms, {where}")


def _flattens(corpus: Corpus, seed: int, rounds: int, seen: Counter[str]) -> None:
    """What check lets through can be built."""
    if any(not problem.warning for problem in check(corpus)):
        return  # a mutant is named by a record that it took the place of
    try:
        flatten(corpus)
    except Exception as error:
        raise AssertionError(f"seed {seed}, tables of round {rounds}: {error!r}") from error
    seen["flattened"] += 1


def test_mutated_redirects_end_in_redirects_or_problems() -> None:
    rng = random.Random(20)
    good = "\n".join(
        [
            "redirects:",
            *(
                f"  - {{old: old-{n}, new: {key}, since: 2.0.0, reason: The two were found to be one.}}"
                for n, key in enumerate(sorted(base().entries)[:6])
            ),
            "",
        ]
    ).encode()
    for number in range(max(200, COUNT // 50)):
        data = good
        for _ in range(rng.choice((1, 1, 2))):
            data = rng.choice(mutate.CHANGES)(rng, data)
        corpus = empty()
        try:
            read(corpus, "raw/redirects.yml", data)
            assert all(map(well_formed, corpus.problems))
            if number % 100 == 0:
                assert all(map(well_formed, check(filled(corpus))))
        except Exception as error:
            raise AssertionError(f"seed 20, number {number}: {data!r} ended in {error!r}") from error


@pytest.fixture(scope="module")
def release() -> dict[str, bytes]:
    """The files of a release of the example."""
    from syrian_groups_data.author import load
    from tests.conftest import EXAMPLE

    corpus = load(EXAMPLE / "raw")
    return render(
        flatten(corpus),
        Release(version="1.0.0", vocabulary=corpus.vocabulary),
        {old: each.new for old, each in corpus.redirects.items()},
    )


def _validates(folder: Path, told: str) -> None:
    began = time.process_time()
    try:
        problems = validate(folder)
    except Exception as error:
        raise AssertionError(f"{told} ended in {error!r}") from error
    # DuckDB uses both cores: their times add up.
    if time.process_time() - began >= 10 * SLOW:
        assert least(partial(validate, folder), 10 * SLOW) < 10 * SLOW, told
    for problem in problems:
        assert str(problem).isprintable(), told


@pytest.mark.parametrize("seed", range(2))
def test_a_mutated_release_ends_in_problems(seed: int, release: dict[str, bytes], tmp_path: Path) -> None:
    rng = random.Random(100 + seed)
    for name, data in release.items():
        (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / name).write_bytes(data)
    package: dict[str, Any] = json.loads(release[DESCRIPTOR])
    tables = sorted(name for name in release if name.endswith(".csv"))
    for number in range(max(20, COUNT // 2000)):
        if number % 2:
            name, data = DESCRIPTOR, json.dumps(mutate.change_data(rng, package)).encode()
            if rng.random() < 0.3:
                data = rng.choice(mutate.CHANGES)(rng, release[name])
        else:
            name = rng.choice(tables)
            data = rng.choice(mutate.CHANGES)(rng, release[name])
        (tmp_path / name).write_bytes(data)
        try:
            _validates(tmp_path, f"seed {seed}, number {number}, {name}: {data[:20_000]!r}")
        finally:
            (tmp_path / name).write_bytes(release[name])
