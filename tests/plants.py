"""What may stand where a file should, and what the tests of it ask of folders and commands."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from syrian_groups_data.commands import main
from tests.conftest import ROOT

HUGE = 10 << 30
SECONDS = 120  # a command that waits for somebody waits for ever; a loaded machine is slow


# --- what may stand where a file should -------------------------------------------------------------


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(HUGE)


def _socket(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # a socket's whole path has a hundred characters at most
    try:
        with socket.socket(socket.AF_UNIX) as one:
            one.bind(path.name)
    finally:
        os.chdir(here)


Plant = Callable[[Path], object]
PLANTS: dict[str, Plant] = {
    "link": lambda path: path.symlink_to(_victim(path)),
    "link to nothing": lambda path: path.symlink_to("nothing"),
    "link to /dev/zero": lambda path: path.symlink_to("/dev/zero"),
    "loop": lambda path: path.symlink_to(path.name),
    "pipe": os.mkfifo,
    "socket": _socket,
    "folder": lambda path: path.mkdir(),
    "sparse": _sparse,
}
EACH = pytest.mark.parametrize("plant", PLANTS.values(), ids=PLANTS.keys())
SECRET = "kept-secret"  # what a test looks for in output


def _victim(path: Path) -> Path:
    """A file of somebody else, outside of every folder that a test works in."""
    base = next(above for above in path.parents if above.name == "example").parent
    target = base / "elsewhere" / "victim"
    target.parent.mkdir(exist_ok=True)
    target.write_text(SECRET)
    return target


def outside(tmp_path: Path) -> dict[str, str]:
    """What stands beside the folder that a test works in."""
    found = [
        path for path in tmp_path.rglob("*") if path.is_file() and path.relative_to(tmp_path).parts[0] != "example"
    ]
    return {str(path): path.read_text(errors="replace") for path in found}


def command(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """A command with a limit on time, on memory (4 GiB of address space) and on the size of what it writes."""
    limits = "ulimit -v 4194304; ulimit -f 1048576; exec "
    line = [sys.executable, "-m", "syrian_groups_data", *args]
    done = subprocess.run(
        ["sh", "-c", f'{limits} "$@"', "sh", *line], cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=SECONDS,
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    assert SECRET not in done.stdout + done.stderr
    return done


def replant(path: Path, plant: Plant) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
    plant(path)


def tree(folder: Path) -> dict[str, Any]:
    """All that stands in a folder, links and all."""
    return {
        str(path.relative_to(folder)): str(path.readlink()) if path.is_symlink() else path.is_dir() or path.read_bytes()
        for path in sorted(folder.rglob("*"))
    }


def lay(folder: Path, held: dict[str, str]) -> Path:
    for name, text in held.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def built(example: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    monkeypatch.chdir(example)
    assert main(["build"]) == 0
    capsys.readouterr()
    return example
