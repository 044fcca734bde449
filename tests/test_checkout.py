"""What a clone is, wherever it is made, and what it says of its version."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

import syrian_groups_data as sgd
from syrian_groups_data.author.citation import read_citation
from tests.conftest import ROOT, Run

QUIET = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}


def _git(folder: Path, *words: str) -> str:
    done = subprocess.run(["git", *words], cwd=folder, env=QUIET, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_clone_on_windows_has_the_same_bytes(tmp_path: Path) -> None:
    """Git for Windows writes CR LF unless a repository says otherwise: 1.0.0 had 428 problems there."""
    if not shutil.which("git") or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: line ends after a clone are not tested")
    there = tmp_path / "there"
    _git(
        tmp_path,
        "clone",
        "-q",
        "--shared",
        "-c",
        "core.autocrlf=true",
        "-c",
        "core.eol=crlf",
        str(ROOT),
        str(there),
    )
    changed = [line for line in _git(there, "ls-files", "--eol").splitlines() if "w/crlf" in line or "w/mixed" in line]
    assert changed == []
    assert _git(there, "status", "--porcelain") == ""


def test_everything_names_one_version(run: Run) -> None:
    """CITATION.cff has it; what is not released says so everywhere, and has no day of release."""
    release = read_citation(ROOT / "CITATION.cff")
    assert sgd.__version__ == sgd.load().version == release.version
    assert run(ROOT, "--version").stdout.split()[-1] == release.version
    number, _, pre = release.version.partition("-")
    heading = re.search("^## (.*)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)
    assert heading
    if pre:
        assert heading[1] == f"Unreleased ({number})"
        assert release.created is None
    else:
        assert heading[1] == f"{number} ({(release.created or '')[:10]})"
