"""A command loads what it needs: its own module, and no library that only others use."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module

import pytest

from syrian_groups_data.commands.line import COMMANDS, _about, parser
from tests.conftest import ROOT

CODE = """
import sys
from syrian_groups_data.commands.line import main
status = main(sys.argv[2:])
loaded = set(sys.argv[1].split()) & sys.modules.keys()
sys.exit(f"{loaded} loaded" if loaded else 0 if status in (0, 1) else f"exit status {status}")
"""
HEAVY = "pydantic pandas duckdb yaml jinja2 rich frictionless"


@pytest.mark.parametrize(
    ("line", "without"),
    [
        (["--help"], f"{HEAVY} pyarrow pathlib json syrian_groups_data.commands.show syrian_groups_data.library"),
        (["show", "--help"], f"{HEAVY} pyarrow syrian_groups_data.commands.build"),
        (["show", "latakia-mountains"], HEAVY),
        (["search", "resistance"], HEAVY),
        (["coverage"], HEAVY),
        (["verify", "--snapshots", str(ROOT / "raw")], HEAVY),
        (["validate"], "pandas yaml jinja2 rich frictionless"),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_what_a_command_does_not_load(line: list[str], without: str) -> None:
    command = [sys.executable, "-c", CODE, without, *line]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_command_is_the_docstring_of_its_module(name: str) -> None:
    assert _about(name) == import_module(f"syrian_groups_data.commands.{name}").__doc__


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_that_is_named_takes_its_arguments(name: str) -> None:
    whole, one = parser(), parser(["--root", "x", name])
    texts = [line._subparsers._group_actions[0].choices[name].format_help() for line in (whole, one)]  # type: ignore[union-attr, index, call-overload]
    assert texts[0] == texts[1]
