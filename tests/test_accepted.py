"""What `check` accepts is built, and what is built is valid, loads, and can be shown: at the ends of every range too.

As many records as the time allows, and MINIMUM at least; SGD_FUZZ=5000 pytest tests/test_accepted.py -n 0 -s      for a longer run
"""

from __future__ import annotations

import json
import os
import random
import shutil
import time
from collections import Counter
from pathlib import Path
from typing import Any

from syrian_groups_data.author import NUMBERS, load
from syrian_groups_data.author.yaml12 import read_yaml
from syrian_groups_data.check import check
from syrian_groups_data.flatten import flatten
from syrian_groups_data.model.release import Release
from syrian_groups_data.publish import render
from syrian_groups_data.validate import validate
from tests.conftest import EXAMPLE
from tests.misshapen import read_all

COUNT = int(os.environ.get("SGD_FUZZ", "0"))
BUDGET, MINIMUM = 30, 12  # seconds of this process, records
AT_ONCE = 6

DATES = (
    "0001", "0001-01-01", "0001-01-01/..", "../0001", "9999", "9999-12-31", "9999-12-31~", "9999/..", "../9999-12-31", "197X",
    "999X", "000X", "0001/9999", "2012-02-29", "1582-10-10", "2014-02~/2015",
)  # fmt: skip
NUMBERS_AT_THE_ENDS = (0, 1, 2**31 - 1, 2**31, 2**53, 2**53 + 1, 10**15, 10**18, 2**63 - 1)
WORDS = (
    "\ufffd", "a\ufffdb", "\u202b", "مرحبا", "ﷺ", "İstanbul", "ß", "e\u0301e", "\U0001f480", "👩‍👩‍👧", "漢字", "x" * 60, "a'b", 'a"b',
    "a\\b", "a`b", "$(x)", "{x}", "%s", "<b>", "&amp;", "[bold]", "[/red]", ":skull:", "a|b", "a,b", "a#b", "NaN5", "1e5", "0x1",
    "true story", "ｘ", "a;b", "ʼn", "ǆ", "𝕏", "z\u0335", "\u0301x", "ا\u0654", "क्ष", "한글", "a\u00a0b", "ﬁ", "٣",
)  # fmt: skip


def _slots(node: Any, key: Any = None) -> list[tuple[Any, Any]]:
    """Every scalar of a record, as container and key."""
    found: list[tuple[Any, Any]] = []
    for each in node if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ():
        inner = node[each]
        found += _slots(inner) if isinstance(inner, dict | list) else [(node, each)]
    return found


KEPT = {"id", "kind", "cite", "context", "disputed_by", "lang", "said_by", "standing", "basis"}
DATED = {"founded", "dissolved", "since", "until", "as_of", "date", "born", "died", "published", "retrieved"}


def _dated(data: dict[str, Any], node: dict[str, Any], key: str) -> bool:
    return key in DATED or (key == "value" and any(node in each for name, each in data.items() if name in DATED))


def altered(rng: random.Random, data: dict[str, Any]) -> dict[str, Any]:
    """A record with values at the ends of what may stand there, or more of them."""
    copy: dict[str, Any] = json.loads(json.dumps(data))
    for _ in range(rng.choice((1, 1, 2))):
        slots = [(node, key) for node, key in _slots(copy) if isinstance(key, str) and key not in KEPT]
        if not slots:
            break
        node, key = rng.choice(slots)
        if rng.random() < 0.1:
            node["note"] = rng.choice(WORDS)
        elif isinstance(node[key], int | float) or key in NUMBERS:
            node[key] = rng.choice(NUMBERS_AT_THE_ENDS)
        elif _dated(copy, node, key):
            node[key] = rng.choice(DATES)
        else:
            node[key] = rng.choice(
                (rng.choice(WORDS), f"{node[key]} {rng.choice(WORDS)}", f"{rng.choice(WORDS)} {node[key]}")
            )
    lists = [each for name, each in copy.items() if isinstance(each, list) and each and isinstance(each[0], dict)]
    if lists and rng.random() < 0.2:
        some = rng.choice(lists)
        some += [{**json.loads(json.dumps(some[0])), **({"since": rng.choice(DATES)} if "since" in some[0] else {})}]
    return copy


def test_whatever_check_accepts_is_built_validated_loaded_and_shown(tmp_path: Path) -> None:
    rng = random.Random("accepted")
    base = tmp_path / "example"
    shutil.copytree(EXAMPLE, base)
    good = {path: path.read_text(encoding="utf-8") for path in sorted((base / "raw").rglob("*.yml"))}
    records = {
        path: read_yaml(text, path.name, NUMBERS)[0]
        for path, text in good.items()
        if path.parent.name not in ("raw", "sources")
    }
    seen: Counter[str] = Counter()
    began = time.process_time()
    while seen["tried"] < (COUNT or MINIMUM) or (not COUNT and time.process_time() - began < BUDGET):
        # One at a time is checked; those that are accepted are built together.
        kept: dict[Path, str] = {}
        for path in rng.sample(sorted(records), AT_ONCE):
            text = json.dumps(altered(rng, records[path]), ensure_ascii=False)
            path.write_text(text, encoding="utf-8")
            seen["tried"] += 1
            if any(not each.warning for each in check(load(base / "raw"))):
                path.write_text(good[path], encoding="utf-8")
            else:
                kept[path] = text
                seen["accepted"] += 1
        told = f"after {seen['tried']}: {[(path.name, text) for path, text in kept.items()]}"
        try:
            corpus = load(base / "raw")
            redirects = {old: found.new for old, found in corpus.redirects.items()}
            files = render(flatten(corpus), Release(version="1.0.0", vocabulary=corpus.vocabulary), redirects)
            for name, data in files.items():
                (base / name).parent.mkdir(exist_ok=True)
                (base / name).write_bytes(data)
            problems = validate(base)
            read_all(base)
        except Exception as error:
            raise AssertionError(f"{told} ended in {error!r}") from error
        assert problems == [], told
        seen["built"] += 1
        for path in kept:
            path.write_text(good[path], encoding="utf-8")
    print(f"accepted: {dict(seen)}")
    assert seen["accepted"] > seen["tried"] / 10
