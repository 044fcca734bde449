"""Fixtures: the invented example tree, the published data, and the documents where they are at hand."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from syrian_groups_data.model.seal import KEY, seal
from tests.lacking import CI, IMPOSSIBLE, judge

# A slow machine is no failure, and a failure must come again.
settings.register_profile("project", deadline=None, derandomize=True)
settings.load_profile("project")

# Fixtures that more than one file of tests uses.
pytest_plugins = ["tests.browser", "tests.builds", "tests.plants", "tests.life"]

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "tests" / "example"
DOCUMENTS = ROOT.parent / "shared" / "sources"

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """A fresh copy of the example tree, free to be changed."""
    target = tmp_path / "example"
    shutil.copytree(EXAMPLE, target)
    return target


@pytest.fixture
def run() -> Run:
    """Run the command line in a folder: `run(folder, "check")`."""

    def call(folder: Path, *args: str, **env: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "syrian_groups_data", *args],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **env},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=300,
        )

    return call


def sealed(package: dict[str, Any]) -> bytes:
    """A descriptor that somebody changed and sealed again: what readers make of a package by another maker."""
    return json.dumps(package | {KEY: seal(package)}).encode()


@pytest.fixture(scope="session")
def documents() -> Path:
    """The documents that were read. They are not part of the project."""
    if not DOCUMENTS.is_dir():
        pytest.skip(f"{IMPOSSIBLE}the source documents are not at hand: citations are not proved in this run")
    return DOCUMENTS


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """What is lacking in CI is a failure."""
    report = yield
    if CI:
        judge(report)
    return report
