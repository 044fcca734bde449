"""The documents: their code runs, shows what it prints, and says nothing that only one machine has."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from syrian_groups_data.model import claims, vocab
from syrian_groups_data.model.records import RECORDS
from tests.readme import DOCUMENTS, OWN_FOLDER, ROOT, Folder, blocks, execute, missing


@pytest.mark.parametrize("name", DOCUMENTS)
def test_code_prints_what_is_shown(name: str, tmp_path: Path) -> None:
    """A document's blocks run in order, as a reader would paste them."""
    names: dict[str, Any] = {}
    folder = Folder(tmp_path if name in OWN_FOLDER else None)
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    wrong, lacking = [], set()
    for block in blocks((ROOT / name).read_text(encoding="utf-8")):
        if block.language == "sh":
            wrong += [
                f"{block.line}: .ci/run does not run: {line}" for line in block.code.splitlines() if line not in script
            ]
        elif lack := missing(block):
            lacking.add(lack)
        elif (printed := execute(block, names, folder)) != block.shown and block.shown is not None:
            wrong.append(f"{block.line}: prints\n{printed}")
    assert wrong == [], "run: python -m tests.readme --update"
    for command in ("check --strict", "build --check", "validate", "fmt --check") if folder.home else ():
        assert folder.status(command) == 0, f"what the document makes does not pass {command}"
    if lacking:
        pytest.skip(f"{' and '.join(sorted(lacking))} not installed: the blocks that need it were not run")


def test_no_path_of_one_machine_is_in_the_repository() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout: the files were not searched")
    pattern = re.compile(rb"(?<![\w.])/(?:work|farm|root|home/\w+)/[A-Za-z.]")
    found = [name for name in listed.stdout.splitlines() if pattern.search((ROOT / name).read_bytes())]
    assert found == []


def _keys(text: str) -> dict[str, bool]:
    """Keys that a row names, and whether each must be there."""
    return {key: must == "!" for key, must in re.findall(r"`([a-z0-9_]+)`(!?)", text)}


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.type)
def test_the_guide_lists_the_keys_of_every_record(record: Any) -> None:
    text = (ROOT / "raw" / "README.md").read_text(encoding="utf-8")
    row = re.search(rf"(?m)^\| {record.type} \| (.*) \|$", text)
    assert row
    terms = {*vocab.RELATIONS, *vocab.ATTRIBUTES, *vocab.MEASURES}
    fields = {field.alias or name: field.is_required() for name, field in record.model_fields.items()}
    assert _keys(row[1]) == {key: must for key, must in fields.items() if key not in terms}


def test_the_guide_lists_the_keys_of_every_claim() -> None:
    text = (ROOT / "raw" / "README.md").read_text(encoding="utf-8")
    common = _keys(text[text.index("Of each claim: ") : text.index("| claim | keys |")])
    rows = dict(re.findall(r"(?m)^\| (an? [^|]*?)(?: \(.*?\)|, (?:a date|which has.*?))? \| (.*) \|$", text))
    kinds = {
        "a name": claims.Name, "a tie": claims.Tie, "an attribute": claims.Attribute, "a number": claims.Number,
        "a place of an event": claims.Location, "a participant": claims.Participant, "an accused": claims.Accused,
    }  # fmt: skip
    for name, kind in kinds.items():
        fields = {field.alias or key: field.is_required() for key, field in kind.model_fields.items()}
        assert {**common, **_keys(rows[name])} == fields, name
    fields = {field.alias or key: field.is_required() for key, field in claims.Response.model_fields.items()}
    without = {key: must for key, must in common.items() if key not in ("said_by", "speaker", "since", "until")}
    assert {**without, **_keys(rows["a response"])} == fields
