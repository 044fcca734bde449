"""Runs the code blocks of the documents and compares, or with --update rewrites, the output shown under each.

A block in `python` or `console` may be followed by a block in `text`: what it prints. Python blocks of one
document share their names. Lines of `console` that start with `$` are commands. Blocks in `sh` set a machine
up; `.ci/run` runs them. A document in OWN_FOLDER runs in an empty folder, shown as `~`: its `cd` holds from then on,
and a block that starts with `# path` is that file.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = (
    "README.md",
    "METHODOLOGY.md",
    "CONTRIBUTING.md",
    "raw/README.md",
    "docs/your-own.md",
    "docs/engines.md",
    "docs/migration.md",
)
OWN_FOLDER = ("docs/your-own.md",)
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?", re.M | re.S)
# What a block needs besides the test extra: module, program.
_NEEDS = {"pyspark": "the extra spark", "Rscript": "R with arrow"}


class Block(NamedTuple):
    """A code block, its line, and the output shown under it."""

    line: int
    language: str
    code: str
    shown: str | None
    start: int
    end: int


def blocks(text: str) -> Iterator[Block]:
    """Every code block of a document."""
    for found in _BLOCK.finditer(text):
        if found[1] != "text":
            yield Block(
                text.count("\n", 0, found.start()) + 1, found[1], found[2], found[3], found.start(3), found.end(3)
            )


class Folder:
    """Where the blocks of a document run: the checkout, or an empty folder of its own."""

    def __init__(self, home: Path | None = None) -> None:
        self.home, self.here = home, home or ROOT

    def write(self, block: Block) -> None:
        """Write the file that a block is, from its second line on."""
        name, _, content = block.code.partition("\n")
        path = self.here / name.removeprefix("# ")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8", newline="")

    def status(self, command: str) -> int:
        """Exit status of a command of ours where the last block ran."""
        return _done(["syrian-groups-data", *command.split()], self.here).returncode

    def command(self, command: str) -> str:
        """What a command of a shell prints."""
        if self.home and command.startswith("cd "):
            self.here = self.here / command.removeprefix("cd ")
            return ""
        printed = _tidy(_run(["bash", "-c", command], self.here))
        return printed.replace(str(self.home), "~") if self.home else printed


def execute(block: Block, names: dict[str, Any], folder: Folder | None = None) -> str:
    """What a block prints."""
    folder = folder or Folder()
    if folder.home and block.code.startswith("# "):
        folder.write(block)
        return ""
    if block.language == "python":
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(compile(block.code, f"<line {block.line}>", "exec"), names)
        return _tidy(out.getvalue())
    if block.language == "r":
        return _tidy(_run(["Rscript", "-e", block.code]))
    if block.language == "console":
        commands = [line.removeprefix("$ ") for line in block.code.splitlines() if line.startswith("$ ")]
        return "".join(map(folder.command, commands))
    raise ValueError(f"line {block.line}: nobody runs {block.language}")


def _run(command: list[str], folder: Path = ROOT) -> str:
    done = _done(command, folder)
    return done.stdout + done.stderr


def _done(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    env = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), "COLUMNS": "100", "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, encoding="utf-8", check=False)


def _tidy(text: str) -> str:
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())


def missing(block: Block) -> str | None:
    """What a block needs that is not here."""
    import importlib.util
    import shutil

    if "pyspark" in block.code and importlib.util.find_spec("pyspark") is None:
        return _NEEDS["pyspark"]
    if block.language == "r" and shutil.which("Rscript") is None:
        return _NEEDS["Rscript"]
    return None


def update(name: str) -> None:
    """Rewrite the outputs of a document."""
    path = ROOT / name
    text, names, edits = path.read_text(encoding="utf-8"), {}, []
    with tempfile.TemporaryDirectory() as empty:
        folder = Folder(Path(empty) if name in OWN_FOLDER else None)
        for block in blocks(text):
            if block.language == "sh" or missing(block):
                continue
            printed = execute(block, names, folder)
            if block.shown is not None:
                edits.append((block.start, block.end, printed))
    for start, end, printed in reversed(edits):
        text = text[:start] + printed + text[end:]
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:2] != ["--update"]:
        sys.exit("usage: python -m tests.readme --update [DOCUMENT …]")
    for document in sys.argv[2:] or DOCUMENTS:
        update(document)
