"""init: a project that works as it stands; nothing of a stranger's is touched, nothing is left half-made."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from syrian_groups_data.commands import init, main
from syrian_groups_data.commands.line import COMMANDS
from tests.conftest import ROOT, Run

WORKFLOW = ".github/workflows/check.yml"
LATER = {"fmt"}  # commands that the action names and that may not be here yet


def held(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_new_project_goes_through_every_stage(tmp_path: Path, run: Run) -> None:
    done = run(tmp_path, "init", "my-data")
    assert (done.returncode, done.stderr) == (0, "")
    root = tmp_path / "my-data"
    assert run(root, "check").stdout == "6 records, no problems\n"
    assert run(root, "build").returncode == 0
    assert run(root, "build", "--check").returncode == 0
    assert run(root, "validate").returncode == 0
    assert run(root, "coverage").stdout == "example: 7 passages, 5 cited, 2 set aside, 0 unread\n"
    assert run(root, "verify", "--snapshots", "documents").returncode == 0
    assert "accused in" in run(root, "show", "example-brigade").stdout
    assert run(root, "--version").stdout == "0.1.0\n"
    assert run(root, "schema", "--write").returncode == 0
    (root / "documents" / "second.txt").write_text("The brigade left. Nobody saw where to.\n", encoding="utf-8")
    assert run(root, "segment", "documents/second.txt", "--key", "second", "--language", "en").returncode == 0
    assert run(root, "check").stdout == "7 records, no problems\n"
    assert run(root, "build").returncode == 0
    assert run(root, "coverage").stdout.endswith("second: 2 passages, 0 cited, 0 set aside, 2 unread\n")


def test_its_schemas_are_those_that_schema_writes(tmp_path: Path, run: Run) -> None:
    assert run(tmp_path, "init", "my-data").returncode == 0
    before = held(tmp_path / "my-data")
    assert run(tmp_path / "my-data", "schema", "--write").returncode == 0
    after = held(tmp_path / "my-data")
    after.pop(".build.lock", None)  # of no meaning once nobody holds it, and not committed
    assert after == before


def test_the_example_is_gone_when_its_files_are(tmp_path: Path, run: Run) -> None:
    assert run(tmp_path, "init", "my-data").returncode == 0
    root = tmp_path / "my-data"
    line = next(
        line.strip() for line in (root / "README.md").read_text(encoding="utf-8").splitlines() if " rm " in f" {line}"
    )
    subprocess.run(["bash", "-c", line], cwd=root, check=True)
    left = held(root)
    guides = ("raw/README.md", "README.md", "raw/.schemas/")
    assert [name for name, data in left.items() if b"example:" in data and not name.startswith(guides)] == []


def test_the_name_is_the_folders_or_given(tmp_path: Path, run: Run) -> None:
    assert run(tmp_path, "init", "My Data of 2024").returncode == 0
    assert b"\nname: my-data-of-2024\n" in (tmp_path / "My Data of 2024" / "raw" / "project.yml").read_bytes()
    assert run(tmp_path, "init", "other", "--name", "valley-data").returncode == 0
    assert b"\nname: valley-data\n" in (tmp_path / "other" / "raw" / "project.yml").read_bytes()
    for name in ("Valley Data", "_", "../x"):
        done = run(tmp_path, "init", "third", "--name", name)
        assert (done.returncode, "is no name for a package" in done.stderr) == (2, True)
    assert not (tmp_path / "third").exists()


def test_what_is_there_is_not_touched(tmp_path: Path, run: Run) -> None:
    full = tmp_path / "full"
    full.mkdir()
    (full / "notes.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    before = held(tmp_path)
    for name, what in (("full", "holds notes.txt"), ("file", "is no folder"), ("link", "is no folder")):
        done = run(tmp_path, "init", name)
        assert (done.returncode, what in done.stderr) == (2, True), done.stderr
    assert held(tmp_path) == before
    assert not (tmp_path / "elsewhere").exists()


def test_a_repository_that_holds_nothing_yet_is_filled(tmp_path: Path, run: Run) -> None:
    (tmp_path / "my-data" / ".git").mkdir(parents=True)
    (tmp_path / "my-data" / ".git" / "HEAD").write_text("ref: refs/heads/main\n", encoding="utf-8")
    assert run(tmp_path, "init", "my-data").returncode == 0
    assert run(tmp_path / "my-data", "check").returncode == 0
    assert (tmp_path / "my-data" / ".git" / "HEAD").read_text(encoding="utf-8") == "ref: refs/heads/main\n"
    again = run(tmp_path, "init", "my-data")
    assert (again.returncode, "is a project already" in again.stderr) == (2, True)
    inside = run(tmp_path / "my-data", "init", "raw/more")
    assert (inside.returncode, "choose a folder outside of it" in inside.stderr) == (2, True)


@pytest.mark.parametrize("filled", [False, True], ids=["new", "with .git"])
@pytest.mark.parametrize("when", [1, 2, 5])
def test_all_or_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, filled: bool, when: int) -> None:
    """A disk that fails at the first, second or fifth rename, or, where there is one only, file."""
    folder = tmp_path / "my-data"
    if filled:
        (folder / ".git").mkdir(parents=True)
    calls = {"rename": 0, "write": 0}
    rename, flush = os.rename, os.fsync

    def fail(kind: str) -> None:
        calls[kind] += 1
        if calls[kind] == when:
            raise OSError(28, "No space left on device", str(folder))

    def renaming(a: Path, b: Path) -> None:
        fail("rename")
        rename(a, b)

    def flushing(handle: int) -> None:
        if not filled and when > 1:
            fail("write")
        flush(handle)

    monkeypatch.setattr(os, "rename", renaming)
    monkeypatch.setattr(os, "fsync", flushing)
    monkeypatch.chdir(tmp_path)
    assert main(["init", "my-data"]) == 3
    assert held(tmp_path) == {}
    assert [path.name for path in tmp_path.iterdir()] == (["my-data"] if filled else [])


def test_every_template_is_filled(tmp_path: Path) -> None:
    files = init.contents("my-data")
    assert not [
        name for name, data in files.items() if re.search(rb"(?<!\$)\$(?:name|version|sha256|characters)", data)
    ]
    assert all(data.endswith(b"\n") and b"\r" not in data for data in files.values())
    for name in files:
        if name.endswith((".yml", ".cff")):
            assert isinstance(yaml.safe_load(files[name]), dict), name


# --- other people's CI ----------------------------------------------------------------------------


def _steps(path: Path) -> list[str]:
    """What the steps of a workflow or action run, without those that install."""
    content = yaml.safe_load(path.read_bytes())
    jobs = content["jobs"].values() if "jobs" in content else [content["runs"]]
    steps = [step["run"] for job in jobs for step in job["steps"] if "run" in step]
    return [step for step in steps if "pip install" not in step]


def _bash(script: str, folder: Path, bin_: Path, **env: str) -> subprocess.CompletedProcess[str]:
    path = {"PATH": f"{bin_}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT), "GITHUB_WORKSPACE": str(folder)}
    return subprocess.run(
        ["bash", "-eo", "pipefail", "-c", script], cwd=folder, env={**os.environ, **path, **env},
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip


@pytest.fixture
def commands(tmp_path: Path) -> Path:
    """A folder with the command; those that may not be here yet do nothing."""
    folder = tmp_path / "bin"
    folder.mkdir()
    later = "|".join(LATER - set(COMMANDS)) or "-"
    script = folder / "syrian-groups-data"
    call = f'exec "{sys.executable}" -m syrian_groups_data "$@"'
    script.write_text(f'#!/bin/bash\ncase "$1" in {later}) exit 0;; esac\n{call}\n', encoding="utf-8")
    script.chmod(0o755)
    return folder


def test_the_workflow_that_init_writes_checks_the_project(tmp_path: Path, run: Run, commands: Path) -> None:
    assert run(tmp_path, "init", "my-data").returncode == 0
    root = tmp_path / "my-data"
    steps = _steps(root / WORKFLOW)
    assert [step.split()[1] for step in steps] == ["check", "fmt", "build", "validate"]
    assert run(root, "build").returncode == 0
    for step in steps:
        assert _bash(step, root, commands).returncode == 0
    path = root / "raw" / "groups" / "example-guard.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("state-force", "army, or so"), encoding="utf-8")
    done = _bash(steps[0], root, commands)
    assert done.returncode == 1
    assert done.stdout.startswith(
        "::error file=raw/groups/example-guard.yml,line=3,col=7,title=not-in-vocabulary::kind: army, or so is not in"
    )


def test_the_action_runs_all_four_and_shows_problems_at_their_lines(tmp_path: Path, run: Run, commands: Path) -> None:
    assert run(tmp_path, "init", "inner/my-data").returncode == 0
    root = tmp_path / "inner" / "my-data"
    assert run(root, "build").returncode == 0
    (step,) = _steps(ROOT / ".github" / "actions" / "check" / "action.yml")
    done = _bash(step, tmp_path, commands, FOLDER="inner/my-data")
    assert done.returncode == 0, done.stdout + done.stderr
    groups = re.findall(r"::group::(\w+)", done.stdout)
    assert groups == ["check", "fmt", "build", "validate"]
    assert set(groups) <= {*COMMANDS, *LATER}
    table = root / "tables" / "groups.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("militia", "army"), encoding="utf-8")
    done = _bash(step, tmp_path, commands, FOLDER="inner/my-data")
    assert done.returncode == 1
    assert "tables/groups.csv: stale" in done.stderr
    assert (
        "::error file=inner/my-data/tables/groups.csv,line=2,col=1,title=cell-not-in-vocabulary::kind: " in done.stdout
    )


def test_hooks_name_commands_that_are_there() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_bytes())
    assert [hook["id"] for hook in hooks] == ["check", "fmt", "build", "validate"]
    for hook in hooks:
        command, name, *_ = hook["entry"].split()
        assert command == "syrian-groups-data"
        assert name in {*COMMANDS, *LATER}
        assert (hook["language"], hook["pass_filenames"]) == ("python", False)


@pytest.mark.parametrize("path", [ROOT / ".github/actions/check/action.yml", init._TEMPLATES / "workflow.yml"])
def test_actions_are_pinned_by_commit(path: Path) -> None:
    used = re.findall(r"uses: (\S+)(.*)", path.read_text(encoding="utf-8"))
    assert used
    for action, comment in used:
        assert re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", action)
        assert re.fullmatch(r" # v\d+\.\d+\.\d+", comment), "which release that is"


def test_git_keeps_the_bytes_on_every_system(tmp_path: Path, run: Run) -> None:
    if not shutil.which("git"):
        pytest.skip("git is not installed: line ends after a checkout are not tested")
    assert run(tmp_path, "init", "my-data").returncode == 0
    root = tmp_path / "my-data"
    quiet = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    who = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    for words in (["init", "-q"], ["add", "."], [*who, "commit", "-qm", "first"]):
        subprocess.run(["git", *words], cwd=root, env={**os.environ, **quiet}, check=True)
    clone = [
        "git",
        "clone",
        "-q",
        "-c",
        "core.autocrlf=true",
        "-c",
        "core.eol=crlf",
        str(root),
        str(tmp_path / "there"),
    ]
    subprocess.run(clone, env={**os.environ, **quiet}, check=True)
    assert run(tmp_path / "there", "check").returncode == 0
    ours = {name: data for name, data in held(root).items() if not name.startswith((".git/", "documents/"))}
    theirs = {name: data for name, data in held(tmp_path / "there").items() if not name.startswith(".git/")}
    assert theirs == ours
