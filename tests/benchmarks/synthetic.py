"""A dataset of any size that `check` finds nothing wrong in: JSON Lines and lists of passages, the same for a seed.

It is skewed as real data is: one group, the hub, is led, joined, blamed and counted far more often than all others.
"""

from __future__ import annotations

import csv
import hashlib
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from syrian_groups_data.model.passages import Passage
from syrian_groups_data.model.sources import seal

Item = dict[str, Any]

PER_SOURCE = 2000  # passages
PER_FILE = 10_000  # records
HUB = "group-0"
_SYLLABLES = ("ba", "den", "fo", "gu", "hal", "ki", "lor", "mi", "nas", "po", "qa", "ri", "sul", "ta", "ver", "zo")


def write(folder: Path, records: int, seed: int = 1) -> None:
    """Make `folder` a project of so many records, its sources not counted."""
    raw = folder / "raw"
    made = _Maker(seed, records)
    for kind, items in (
        ("places", made.places()),
        ("groups", made.groups()),
        ("people", made.people()),
        ("events", made.events()),
        ("allegations", made.allegations()),
        ("sources", made.sources(raw / "sources")),
    ):
        _lines(raw / kind, items)
    (raw / "project.yml").write_text("name: synthetic-data\nsecond_name: ar\n", encoding="utf-8")
    (folder / "CITATION.cff").write_text(_CITATION, encoding="utf-8")


_CITATION = """\
cff-version: 1.2.0
message: Not a dataset; made up to measure with.
type: dataset
title: Synthetic records
version: 1.0.0
date-released: 2026-01-01
license: CC0-1.0
authors:
  - name: Nobody
"""


def _lines(folder: Path, items: Iterator[Item]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    rows = [json.dumps(item, ensure_ascii=False) + "\n" for item in items]
    for number, start in enumerate(range(0, len(rows), PER_FILE)):
        (folder / f"{number}.jsonl").write_text("".join(rows[start : start + PER_FILE]), encoding="utf-8")


def _word(number: int) -> str:
    """A name of its own for every number: its digits as syllables."""
    text = ""
    while True:
        number, digit = divmod(number, len(_SYLLABLES))
        text = _SYLLABLES[digit] + text
        if not number:
            return text.capitalize()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


class _Maker:
    """Records, each claim with a passage of its own."""

    def __init__(self, seed: int, records: int) -> None:
        self.random = random.Random(seed)
        self.passages = 0
        self.counts = {
            "place": max(2, records // 10),
            "group": max(2, records // 5),
            "person": max(2, 3 * records // 10),
            "event": max(2, 7 * records // 20),
        }
        self.counts["allegation"] = max(1, records - sum(self.counts.values()))

    def _cite(self) -> list[str]:
        source, number = divmod(self.passages, PER_SOURCE)
        self.passages += 1
        return [f"source-{source}:{number + 1}"]

    def _claim(self, value: str, **more: Any) -> Item:
        return {"value": value, **more, "cite": self._cite()}

    def _group(self, below: int | None = None) -> str:
        """The hub in one of four times."""
        return HUB if self.random.random() < 0.25 else f"group-{self.random.randrange(below or self.counts['group'])}"

    def _any(self, kind: str) -> str:
        return f"{kind}-{self.random.randrange(self.counts[kind])}"

    def _day(self) -> str:
        chance = self.random
        return f"{chance.randint(2011, 2024)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"

    def _name(self, kind: str, number: int) -> Item:
        return self._claim(f"{_word(number)} {kind}", lang="en")

    def places(self) -> Iterator[Item]:
        """A country, and towns in it."""
        for number in range(self.counts["place"]):
            item: Item = {"id": f"place-{number}", "names": [self._name("town", number)]}
            more = {"kind": "town", "parent": "place-0", "gazetteer": "Made up"} if number else {"kind": "country"}
            yield item | more

    def groups(self) -> Iterator[Item]:
        """Groups, most with a whole before them, and some with conflicting numbers."""
        for number in range(self.counts["group"]):
            item: Item = {
                "id": f"group-{number}",
                "kind": "militia",
                "names": [self._name("brigade", number)],
                "founded": [self._claim(str(self.random.randint(1990, 2020)))],
                "based_in": [self._claim(self._any("place"), role="headquarters")],
                "led_by": [self._claim(self._any("person"), role="leader")],
            }
            if number:
                item["part_of"] = [self._claim(self._group(number))]
            low = self.random.randint(100, 5000)
            item["strength"] = [{"low": n, "high": n, "cite": self._cite()} for n in (low, low * 3)[: 1 + number % 2]]
            yield item

    def people(self) -> Iterator[Item]:
        """People, each of one group or two."""
        for number in range(self.counts["person"]):
            groups = dict.fromkeys(self._group() for _ in range(1 + number % 2))
            yield {
                "id": f"person-{number}",
                "basis": "commander",
                "names": [self._name("Person", number)],
                "born": [self._claim(str(self.random.randint(1940, 2000)))],
                "member_of": [self._claim(group) for group in groups],
            }

    def events(self) -> Iterator[Item]:
        """Attacks, with who took part and how many were killed; never two on one day at one place."""
        taken = set()
        for number in range(self.counts["event"]):
            agent, target = self._group(), self._group()
            parts = [(agent, "agent")] + [(target, "target")] * (target != agent)
            low = self.random.randint(1, 90)
            while (when := (self._day(), self._any("place"))) in taken:
                pass
            taken.add(when)
            yield {
                "id": f"event-{number}",
                "type": "battles",
                "subtype": "armed-clash",
                "title": f"Clash number {number + 1}",
                "summary": "Two groups fought and some of their men died.",
                "occurred": [{"cite": self._cite()}],
                "date": [self._claim(when[0])],
                "place": [self._claim(when[1], precision="near")],
                "participants": [self._claim(group, role=role) for group, role in parts],
                "killed": [{"low": low, "high": low, "class": "all", "cite": self._cite()}],
            }

    def allegations(self) -> Iterator[Item]:
        """One group says it of another, which denies it."""
        for number in range(self.counts["allegation"]):
            accused, accuser = self._group(), f"group-{1 + self.random.randrange(self.counts['group'] - 1)}"
            if accuser == accused:
                accused = HUB
            yield {
                "id": f"allegation-{number}",
                "acts": ["arson"],
                "event": self._any("event"),
                "summary": f"A group is accused of setting fire to field number {number + 1}.",
                "accused": [self._claim(accused, standing="alleged", said_by=[accuser])],
                "responses": [{"by": accused, "stance": "denies", "cite": self._cite()}],
            }

    def sources(self, folder: Path) -> Iterator[Item]:
        """What the claims so far were read in, each with its list of passages."""
        folder.mkdir(parents=True, exist_ok=True)
        for number, start in enumerate(range(0, self.passages, PER_SOURCE)):
            key, count = f"source-{number}", min(PER_SOURCE, self.passages - start)
            rows = [
                Passage(
                    n, None, 100 * n, 100 * n + 90, _digest(f"{key}:{n}"), _digest(f"{n}:{key}"), 70,
                    "The men", "the town", None, None, None, (),
                )
                for n in range(1, count + 1)
            ]  # fmt: skip
            with (folder / f"{key}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file, lineterminator="\n")
                writer.writerow(Passage._fields)
                writer.writerows([*row[:-1], ""] for row in rows)
            snapshot = _digest(key)
            cut: Item = {
                "snapshot": snapshot, "segmenter": "sentencex 1.0.32", "language": "en", "options": [], "highest": count,
            }  # fmt: skip
            yield {
                "id": key,
                "kind": "news",
                "title": f"Paper number {number + 1}",
                "language": "en",
                "url": f"https://example.org/{key}",
                "supplied": ["url"],
                "snapshot": {"sha256": snapshot, "characters": 100 * count + 200},
                "cut": {**cut, "digest": seal(cut, rows)},
            }
