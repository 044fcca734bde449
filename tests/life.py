"""A document in the life of a project: it is read and cited, changes, and is carried over."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

import pytest

from syrian_groups_data.author import load
from syrian_groups_data.check import check
from syrian_groups_data.commands import main
from syrian_groups_data.model.passages import Passage, by_number, live

KEY, DOCUMENT, GROUP = "page", "page.txt", "raw/groups/readers.yml"


class Said(NamedTuple):
    """What a command did."""

    status: int
    out: str
    err: str


class Life:
    """A project with one document of an invented page, and a record whose claims cite some of its sentences."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root, self.capsys = root, capsys
        self.texts: dict[str, str] = {}

    def run(self, *arguments: str) -> Said:
        """Run a command in the project."""
        here = Path.cwd()
        os.chdir(self.root)
        try:
            try:
                status = main(list(arguments))
            except SystemExit as error:  # argparse
                status = int(str(error.code))
        finally:
            os.chdir(here)
        return Said(status, *self.capsys.readouterr())

    def write(self, text: str, name: str = DOCUMENT) -> Path:
        """Put a document beside the project's raw/."""
        path = self.root / "documents" / name
        path.write_bytes(text.encode())
        return path

    def segment(self, *arguments: str, name: str = DOCUMENT) -> Said:
        """Run segment on the document."""
        return self.run("segment", f"documents/{name}", "--key", KEY, *arguments)

    def begin(self, text: str, *cited: str, aside: str = "") -> None:
        """Read a document: cut it, and cite the passages that start with some words, each in a claim of its own."""
        self.write(text)
        done = self.segment("--language", "en")
        assert done.status == 0, done.err
        numbers = [self.number(words) for words in cited]
        names = "".join(f"  - {{value: Readers {n}, lang: en, cite: [{KEY}:{n}]}}\n" for n in numbers)
        (self.root / GROUP).write_text(f"id: readers\nkind: media\nnames:\n{names}", encoding="utf-8")
        if aside:
            record = self.root / "raw" / "sources" / f"{KEY}.yml"
            with record.open("a", encoding="utf-8") as file:
                file.write(f"set_aside:\n  - {{reason: no-claim, passages: [{aside}]}}\n")

    def later(self, text: str, *arguments: str) -> Said:
        """A later version of the document takes its place, and is carried to."""
        self.write(text)
        done = self.segment("--carry", *arguments)
        assert done.status == 0, done.err
        return done

    def rows(self, key: str = KEY) -> list[Passage]:
        """The list of a source."""
        return load(self.root / "raw").passages[key]

    def text(self, name: str = DOCUMENT) -> str:
        """The document as it is now."""
        return (self.root / "documents" / name).read_bytes().decode()

    def said(self, number: int, key: str = KEY, name: str = DOCUMENT) -> str | None:
        """The sentence that a number names in the document as it is now; None where it is gone."""
        row = by_number(self.rows(key))[number]
        return " ".join(self.text(name)[row.start : row.end].split()) if row.live else None

    def number(self, words: str) -> int:
        """The number of the first sentence that starts with some words."""
        text = self.text()
        return next(row.number for row in live(self.rows()) if text[row.start :].startswith(words))

    def problems(self) -> list[str]:
        """What check finds, as code and line of the file."""
        return [f"{each.path}:{each.line}: {each.code}" for each in check(load(self.root / "raw"))]

    def gone(self) -> list[int]:
        """Numbers that check reports at a citation, as gone."""
        found = [each for each in check(load(self.root / "raw")) if each.code == "passage-gone"]
        return [int(each.what.partition(":")[2].split()[0]) for each in found]


@pytest.fixture
def life(example: Path, capsys: pytest.CaptureFixture[str]) -> Life:
    return Life(example, capsys)
