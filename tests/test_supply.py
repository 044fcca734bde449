"""What is installed and run to make a release: by hash, by commit, and with no more rights than it needs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT

LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
WORKFLOWS = [
    *sorted((ROOT / ".github" / "workflows").glob("*.yml")),
    *sorted((ROOT / ".github" / "actions").rglob("*.yml")),
    ROOT / "syrian_groups_data" / "templates" / "workflow.yml",
]
EACH = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: f"{path.parent.name}/{path.name}")
_PIN = re.compile(r"^([\w.-]+)==([^\s;\\]+)", re.MULTILINE)


def pins(path: Path) -> set[tuple[str, str]]:
    return {(name.lower().replace("_", "-"), version) for name, version in _PIN.findall(path.read_text())}


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_a_lock_names_every_file_by_its_hash_and_no_host(path: Path) -> None:
    text = path.read_text()
    assert "://" not in text
    for entry in re.split(r"\n(?=\S)", text.strip()):
        head, *hashes = entry.split(" \\\n")
        assert _PIN.match(head), head
        assert hashes, head
        for each in hashes:
            assert re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}", each.rstrip()), entry


def test_the_locks_are_what_the_gate_tests() -> None:
    assert {path.name for path in LOCKS} == {"all.txt", "build.txt", "builder.txt"}
    everything = pins(ROOT / "requirements" / "all.txt")
    assert pins(ROOT / "constraints.txt") <= everything
    for path in LOCKS:
        assert pins(path) <= everything


def test_the_licence_of_each_is_listed() -> None:
    listed = re.findall(r"^\| ([\w.-]+) \|", (ROOT / "docs" / "licences.md").read_text(encoding="utf-8"), re.MULTILINE)
    names = {name.lower().replace("_", "-") for name in listed} - {"package"}
    assert names == {name for name, _ in pins(ROOT / "requirements" / "all.txt")}
    assert {"certifi", "text-unidecode"} <= names


def jobs(path: Path) -> dict[str, dict[str, Any]]:
    found = yaml.safe_load(path.read_text())
    return found["jobs"] if "jobs" in found else {"action": found["runs"]}


@EACH
def test_actions_are_pinned_by_commit_or_it_is_said_why_not(path: Path) -> None:
    for line in path.read_text().splitlines():
        if used := re.search(r"uses: (\S+)(.*)", line):
            assert re.search(r"@[0-9a-f]{40}$", used[1]), line
            assert re.match(r" # v\d+\.\d+\.\d+$", used[2]), line


@EACH
def test_no_job_keeps_credentials(path: Path) -> None:
    for job in jobs(path).values():
        for step in job["steps"]:
            if "actions/checkout" in step.get("uses", ""):
                assert step["with"]["persist-credentials"] is False


@EACH
def test_a_job_with_a_token_runs_nothing_of_the_dependencies(path: Path) -> None:
    """What may publish or attest installs the builder alone, by hash; what publishes installs nothing."""
    for name, job in jobs(path).items():
        rights = job.get("permissions", {})
        if "id-token" not in rights:
            assert "write" not in rights.values(), name
            continue
        installs = [
            line.strip() for step in job["steps"] for line in step.get("run", "").splitlines() if " install " in line
        ]
        assert installs in ([], ["python -m pip install -q --require-hashes -r requirements/builder.txt"]), name
        if "contents" not in rights:
            assert not any("run" in step for step in job["steps"]), name
