"""The documents: their code runs, shows what it prints, and says nothing that only one machine has."""

from __future__ import annotations

import re
import subprocess
from typing import Any

import pytest

from tests.readme import DOCUMENTS, ROOT, Block, blocks, execute, missing

_NAMES: dict[str, dict[str, Any]] = {name: {} for name in DOCUMENTS}
_BLOCKS = [(name, block) for name in DOCUMENTS for block in blocks((ROOT / name).read_text(encoding="utf-8"))]


@pytest.mark.xdist_group("documents")
@pytest.mark.parametrize(("name", "block"), _BLOCKS, ids=[f"{name}:{block.line}" for name, block in _BLOCKS])
def test_code_prints_what_is_shown(name: str, block: Block) -> None:
    if block.language == "sh":
        script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
        assert all(line in script for line in block.code.splitlines()), "the gate runs what the document says"
        return
    if lack := missing(block):
        pytest.skip(f"{lack} is not installed: this block was not run")
    printed = execute(block, _NAMES[name])
    assert block.shown is None or printed == block.shown, "run: python -m tests.readme --update"


def test_no_path_of_one_machine_is_in_the_repository() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout: the files were not searched")
    pattern = re.compile(rb"(?<![\w.])/(?:work|farm|root|home/\w+)/[A-Za-z.]")
    found = [name for name in listed.stdout.splitlines() if pattern.search((ROOT / name).read_bytes())]
    assert found == []
