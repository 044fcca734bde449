"""What Windows has otherwise, by simulation: see tests/windows.py. It was never run there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="what is open is read from /proc")
SCRIPT = ROOT / "tests" / "windows.py"


def there(folder: Path, *words: str, status: int = 0) -> str:
    """What a command prints on a system like Windows."""
    env = {**os.environ, "PYTHONUTF8": "0", "PYTHONIOENCODING": "cp1252"}
    command = [sys.executable, str(SCRIPT), *words]
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, encoding="cp1252", check=False)
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_the_simulation_refuses_what_windows_refuses(tmp_path: Path) -> None:
    code = (
        "import os, tests.windows as w; w.become_windows()\n"
        "open('a', 'w').close(); open('b', 'w').close(); held = open('a')\n"
        "for do in (lambda: os.rename('b', 'a'), lambda: os.replace('a', 'c'), lambda: os.unlink('a')):\n"
        "    try: do()\n"
        "    except OSError as error: print(type(error).__name__)\n"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=env, capture_output=True, text=True, check=False
    )
    assert done.stdout.split() == ["PermissionError", "PermissionError", "PermissionError"], done.stderr


def test_a_project_lives_there(example: Path) -> None:
    """Built, built again over what is there, changed, cut anew, read and shown."""
    assert "no problems" in there(example, "check")
    there(example, "build")
    path = example / "raw" / "groups" / "valley-front.yml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("Valley Front", "Front of the Valley"), encoding="utf-8", newline=""
    )
    assert "stale" in there(example, "build", "--check", status=1)
    there(example, "build")
    assert "fresh" in there(example, "build", "--check")
    assert "valid" in there(example, "validate")
    there(example, "verify", "--snapshots", "documents")
    assert "this is its snapshot" in there(example, "segment", "documents/report.txt", "--key", "report")
    assert "Front of the Valley" in there(example, "show", "valley-front")
    there(example, "search", "كتيبة")
    there(example, "coverage")
    there(example, "fmt", "--check")
    there(example, "export", "csv-excel", "csv")
    there(example, "export", "csv-excel", "csv")
    there(example, "site", "site")
    there(example, "site", "site")


def test_a_dataset_is_begun_there(tmp_path: Path) -> None:
    there(tmp_path, "init", "new")
    there(tmp_path / "new", "segment", "documents/example.txt", "--key", "example")
    there(tmp_path / "new", "build")
    assert "valid" in there(tmp_path / "new", "validate")


def test_a_build_over_a_table_that_somebody_reads_says_so_and_changes_nothing(example: Path) -> None:
    """A spreadsheet that has a table open keeps it from being moved: the old tables stay, and the message is true."""
    there(example, "build")
    before = {each.name: each.read_bytes() for each in (example / "tables").iterdir()}
    path = example / "raw" / "groups" / "valley-front.yml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("Valley Front", "Front of the Valley"), encoding="utf-8", newline=""
    )
    code = (
        "import sys, tests.windows as w; w.become_windows(); held = open('tables/groups.csv')\n"
        "from syrian_groups_data.commands import main; sys.exit(main(['build']))"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=example, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 3, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert {each.name: each.read_bytes() for each in (example / "tables").iterdir()} == before
