"""What editors are told of raw/: a real language server finds nothing wrong in our files, and offers our terms."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from threading import Timer
from typing import Any

import pytest

from syrian_groups_data.author.project import read_project
from syrian_groups_data.author.schema import FOLDER, as_text, modeline, schemas, settings
from syrian_groups_data.model.vocabulary import DEFAULT
from tests.conftest import EXAMPLE, ROOT, Run
from tests.lsp import Server, server

SERVER = "yaml-language-server@1.25.0"
PLENTY = 600  # seconds after which a server that hangs is ended


def unavailable(why: str) -> None:
    """Skip: a failure in CI (see `tests.lacking`)."""
    pytest.skip(f"{why}: what editors make of the schemas is not tested")


@pytest.fixture(scope="session")
def language_server() -> list[str]:
    """The command of a YAML language server, installed once into the user's cache."""
    if not shutil.which("node") or not shutil.which("npm"):
        unavailable("node and npm are not installed")
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
    folder = cache / "syrian-groups-data-tests" / SERVER
    found = folder / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
    if not found.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        quiet = ["--no-audit", "--no-fund", "--ignore-scripts"]
        command = ["npm", "install", "--prefix", str(folder), *quiet, SERVER]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PLENTY)
        if done.returncode:
            unavailable(f"{SERVER} cannot be installed ({done.stderr.strip().splitlines()[-1:]})")
    return ["node", str(found), "--stdio"]


@pytest.fixture
def editor(request: pytest.FixtureRequest, tmp_path: Path, language_server: list[str]) -> Iterator[tuple[Server, Path]]:
    """A server that looks at a copy of a tree with its schemas, and the copy."""
    shutil.copytree(request.param / "raw", tmp_path / "raw")
    vocabulary = read_project(tmp_path / "raw")[0].vocabulary
    (tmp_path / "raw" / FOLDER).mkdir(exist_ok=True)
    for name, schema in schemas(vocabulary).items():
        (tmp_path / "raw" / FOLDER / f"{name}.json").write_text(as_text(schema), encoding="utf-8")
    yaml = {"schemas": settings(vocabulary)["yaml.schemas"], "schemaStore": {"enable": False, "url": ""}}
    with server(language_server, tmp_path, {"yaml": {"validate": True, "completion": True, **yaml}}) as found:
        ending = Timer(PLENTY, found.kill)
        ending.start()
        yield found, tmp_path
        ending.cancel()


@pytest.mark.xdist_group("editors")
@pytest.mark.parametrize("editor", [EXAMPLE, ROOT], ids=["example", "ours"], indirect=True)
def test_no_file_of_ours_alarms_an_editor(editor: tuple[Server, Path]) -> None:
    found, root = editor
    files = sorted((root / "raw").rglob("*.yml"))
    assert len(files) > 20
    for path in files:
        found.open(path, path.read_text(encoding="utf-8"))
    alarms = {path.name: wrong for path in files if (wrong := found.diagnostics(path))}
    assert alarms == {}


GROUP = """id: guard
kind: KIND
names:
  - {value: Guard, lang: LANG, cite: [report:7]}
founded:
  - {value: 2012, cite: [report:5]}
strength:
  - low: 30
    high: 30
    qualifier: QUALIFIER
    cite: [report:7]
"""
WRONG = {"KIND": "army", "LANG": "xx", "QUALIFIER": "roughly"}
RIGHT = {"KIND": "militia", "LANG": "qu", "QUALIFIER": "about"}


def _group(terms: dict[str, str]) -> str:
    text = GROUP
    for word, term in terms.items():
        text = text.replace(word, term)
    return text


@pytest.mark.xdist_group("editors")
@pytest.mark.parametrize("editor", [EXAMPLE], indirect=True)
def test_an_editor_finds_what_is_wrong_and_offers_terms_with_their_meaning(editor: tuple[Server, Path]) -> None:
    found, root = editor
    for name, terms, lines in (("guard", RIGHT, []), ("wrong", WRONG, ["10", "2", "4"])):
        path = root / "raw" / "groups" / f"{name}.yml"
        found.open(path, _group(terms))
        assert sorted(each.split(":")[0] for each in found.diagnostics(path)) == lines
    path, text = root / "raw" / "groups" / "new.yml", _group(dict.fromkeys(RIGHT, ""))
    found.open(path, text)
    for line, (word, own, meaning) in {
        1: ("kind: ", "militia", DEFAULT.terms("group_kinds")["militia"]),
        3: ("lang: ", "qu", "Quechua"),
        9: ("qualifier: ", "about", DEFAULT.terms("qualifiers")["about"]),
    }.items():
        at = text.splitlines()[line].index(word) + len(word)
        assert found.completion(path, line, at).get(own) == meaning


@pytest.mark.xdist_group("editors")
@pytest.mark.parametrize("editor", [EXAMPLE], indirect=True)
def test_the_first_line_tells_other_editors(editor: tuple[Server, Path]) -> None:
    found, root = editor
    (root / "raw" / "elsewhere").mkdir()
    for name, terms, count in (("right", RIGHT, 0), ("wrong", WRONG, 3)):
        path = root / "raw" / "elsewhere" / f"{name}.yml"
        found.open(path, f"{modeline('group')}\n{_group(terms)}")
        assert len(found.diagnostics(path)) == count


# --- without a server -----------------------------------------------------------------------------


def _nodes(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        yield schema
        for value in schema.values():
            yield from _nodes(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from _nodes(value)


def test_schemas_say_what_they_are_and_let_numbers_stand_for_text() -> None:
    for name, schema in schemas(DEFAULT).items():
        assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
        assert schema["$id"] == f"{name}.json"
        nodes = list(_nodes(schema))
        assert not any(node.get("type") == "null" for node in nodes), "a key that may be left out may not be empty"
        texts = [node for node in nodes if "pattern" in node]
        assert all(node["type"] in (["string", "integer"], ["string", "number"]) for node in texts)
        references = [node["$ref"].removeprefix("#/definitions/") for node in nodes if "$ref" in node]
        assert set(references) <= set(schema.get("definitions", {}))


def test_patterns_are_regular_expressions_of_ecmascript() -> None:
    if not shutil.which("node"):
        unavailable("node is not installed")
    patterns = sorted({node["pattern"] for node in _nodes(schemas(DEFAULT)) if isinstance(node.get("pattern"), str)})
    assert len(patterns) > 8
    script = "for (const p of JSON.parse(process.argv[1])) { try { new RegExp(p, 'u') } catch (e) { console.log(p) } }"
    done = subprocess.run(["node", "-e", script, json.dumps(patterns)], capture_output=True, text=True, check=True)
    assert done.stdout == ""


def test_terms_of_a_project_stand_in_its_schemas(example: Path, run: Run) -> None:
    assert "department" in json.loads(run(example, "schema", "place").stdout)["properties"]["kind"]["enum"]
    done = run(example, "schema", "--write")
    assert (done.returncode, "wrote 9 schemas" in done.stdout) == (0, True), done.stderr
    for name, schema in schemas(read_project(example / "raw")[0].vocabulary).items():
        assert json.loads((example / "raw" / FOLDER / f"{name}.json").read_text(encoding="utf-8")) == schema
    assert run(example, "check").returncode == 0


def test_our_own_schemas_and_settings_are_fresh() -> None:
    vocabulary = read_project(ROOT / "raw")[0].vocabulary
    for name, schema in schemas(vocabulary).items():
        path = ROOT / "raw" / FOLDER / f"{name}.json"
        assert path.read_text(encoding="utf-8") == as_text(schema), "run: syrian-groups-data schema --write"
    assert json.loads((ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8")) == settings(vocabulary)
