"""What the tests of exports share: packages to export, tools that must be there in CI, and claims that must not travel."""

from __future__ import annotations

import importlib
import shutil
import subprocess
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

import pyarrow as pa
import pytest

import syrian_groups_data as sgd
from syrian_groups_data.export import export
from syrian_groups_data.export.source import Source
from syrian_groups_data.library.release import descriptor
from tests.conftest import ROOT

# Programs that take a gigabyte or all cores do not run side by side: Spark, the browser, LibreOffice.
HEAVY = pytest.mark.xdist_group("engines")
EVERYTHING = pytest.mark.parametrize("everything", [False, True], ids=["plain", "all"])

Row = dict[str, Any]


def missing(what: str) -> NoReturn:
    """A tool that is not there: a failure in CI (see `tests.lacking`)."""
    pytest.skip(f"{what} is not installed")


def module(name: str) -> ModuleType:
    """A library that owns a format."""
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError:
        missing(name)


def program(*names: str) -> str:
    """A program that owns a format: the first of these that is there."""
    for name in names:
        if found := shutil.which(name):
            return found
    missing(names[0])


def output(*line: str | Path, **options: Any) -> str:
    """What a program prints; its failure is told with what it says."""
    done = subprocess.run([*map(str, line)], capture_output=True, text=True, check=False, timeout=300, **options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


class Published:
    """The published tables."""

    def __init__(self) -> None:
        self.descriptor = descriptor(ROOT)

    def table(self, name: str) -> pa.Table:
        return sgd.read(name)


SOURCE = Source(Published())


class Changed(Published):
    """The published tables with one of them changed, row by row."""

    def __init__(self, changes: Mapping[str, Callable[[Row], Row]]) -> None:
        super().__init__()
        self.changes = changes

    def table(self, name: str) -> pa.Table:
        found = sgd.read(name)
        if name not in self.changes:
            return found
        return pa.Table.from_pylist([self.changes[name](row) for row in found.to_pylist()], schema=found.schema)


@cache
def exported(name: str, everything: bool = False) -> dict[str, bytes]:
    """The files of a format, from the published tables."""
    return export(Published(), name, everything)


def lay(folder: Path, files: Mapping[str, bytes]) -> Path:
    """Files in a folder."""
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def said_badly(standing: str) -> Changed:
    """The published tables as if every tie, participant and happening were said with one standing."""

    def said(row: Row) -> Row:
        return row | {"standing": standing}

    return Changed(dict.fromkeys(("statements", "relations", "participants", "names", "events", "timeline"), said))


# Standings that no format may show as if they were facts, and of them those that are shown nowhere but as statements.
MARKED = pytest.mark.parametrize("standing", ["claimed", "judged", "alleged"])
NEVER = pytest.mark.parametrize("standing", ["denied", "refuted"])
