"""Each check is taken away in turn: the cases of the problems must notice that it is gone."""

from __future__ import annotations

import ast
import importlib
import inspect
import shutil
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any, NamedTuple

import pytest

from syrian_groups_data.author import passages, yaml12
from syrian_groups_data.author import read as author
from syrian_groups_data.check import RULES, references
from tests import cases as test_cases
from tests.cases import CHECKPOINT, KILLINGS, MURDER, Case, append, printed, replace, write
from tests.conftest import EXAMPLE
from tests.problems_model import MODEL
from tests.problems_reading import HEADER, READING
from tests.test_knockouts_models import NOTICED
from tests.test_problems_claims import CLAIMS
from tests.test_problems_evidence import EVIDENCE
from tests.test_problems_patterns import PATTERNS
from tests.test_problems_records import RECORDS

# What is set up once is set up by one worker.
pytestmark = pytest.mark.xdist_group("knockouts")

# --- knocking out checks -------------------------------------------------------------------------

# Each kind of reference is a line of its own in the rule's list of them.
_DANGLING = [
    Case(replace(CHECKPOINT, "{cite: [report:7]}", f"{{{key}, cite: [report:7]}}"), "")
    for key in ("via: [nobody]", "said_in: nobody", "said_by: [nobody]")
] + [
    Case(replace(MURDER, "by: john-example", "by: nobody"), ""),
    Case(replace(MURDER, "event: lower-mithal-killings-2014", "event: nobody"), ""),
    Case(replace("sources/copy.yml", "derived_from: report", "derived_from: nobody"), ""),
    Case(replace("places/mithal.yml", "parent: mithal-valley", "parent: nobody"), ""),
    Case(append(KILLINGS, "participants:\n  - {value: nobody, role: victim, cite: [report:9]}\n"), ""),
    Case(append("groups/valley-front.yml", "supports:\n  - {value: nobody, cite: [report:9]}\n"), ""),
]


def _link(raw: Path) -> None:
    """A record that others name cannot be read: that it is missing is then not said."""
    (raw / "groups/valley-front.yml").unlink()
    (raw / "groups/valley-front.yml").symlink_to("mithal-battalion.yml")


_READING = [
    ("unreadable", Case(_link, "")),
    ("yaml-syntax", Case(write("groups/guard.yml", "? [a, b]\n: c\n"), "")),
    (
        "csv-syntax",
        Case(
            write("sources/gazette.csv", f"{HEADER}1,,0,4,{'0' * 63},{'0' * 64},4,,,,,,\n"),
            "",
        ),
    ),
    (
        "bidi-control",
        Case(
            write(
                "groups/bulk.jsonl",
                '{"id": "guard", "kind": "militia", "names": '
                '[{"value": "Gu\\u202eard", "lang": "en", "cite": ["report:7"]}]}\n',
            ),
            "",
        ),
    ),
]


class Tree(NamedTuple):
    """A damaged copy of the example, and what check prints of it."""

    code: str
    raw: Path
    expected: str


@pytest.fixture(scope="module")
def trees(tmp_path_factory: pytest.TempPathFactory) -> list[Tree]:
    """The cases of the tests of problems, each made once, and ours."""
    found = []
    base = tmp_path_factory.mktemp("knockouts")
    made = READING | MODEL | RECORDS | CLAIMS | PATTERNS | EVIDENCE
    cases = [(code, case) for code, each in made.items() for case in each]
    cases += [*(("dangling-reference", case) for case in _DANGLING), *_READING]
    for number, (code, case) in enumerate(cases):
        raw = base / str(number) / "raw"
        shutil.copytree(EXAMPLE / "raw", raw)
        case.change(raw)
        expected = case.expected or printed(raw)
        assert f": {code}: " in expected
        assert printed(raw) == expected
        found.append(Tree(code, raw, expected))
    return found


def _fails(trees: list[Tree], first: str = "") -> bool:
    """Whether some case no longer prints what it should; those of the code in question are asked first."""
    for tree in sorted(trees, key=lambda tree: tree.code != first):
        try:
            if printed(tree.raw) != tree.expected:
                return True
        except Exception:
            return True
    return False


@contextmanager
def instead(owner: Any, name: str, value: Any) -> Iterator[None]:
    old = getattr(owner, name)
    setattr(owner, name, value)
    try:
        yield
    finally:
        setattr(owner, name, old)


def without_one(function: FunctionType, wanted: Callable[[ast.stmt], bool]) -> Iterator[tuple[str, FunctionType]]:
    """The function without each of the statements that are wanted, in turn."""
    source = textwrap.dedent(inspect.getsource(function))
    count = sum(wanted(node) for node in ast.walk(ast.parse(source)) if isinstance(node, ast.stmt))
    for number in range(count):
        tree = ast.parse(source)
        definition = tree.body[0]
        assert isinstance(definition, ast.FunctionDef)
        definition.decorator_list = []
        target = [node for node in ast.walk(tree) if isinstance(node, ast.stmt) and wanted(node)][number]
        line = ast.unparse(target)[:70]
        for node in ast.walk(tree):
            for _, block in ast.iter_fields(node):
                if isinstance(block, list) and target in block:
                    block[block.index(target)] = ast.Pass()
        if inspect.isgeneratorfunction(function):
            definition.body += ast.parse("if False:\n    yield").body  # it stays a generator
        space = dict(function.__globals__)
        exec(compile(ast.fix_missing_locations(tree), function.__name__, "exec"), space)
        yield f"{function.__name__}: {line}", space[function.__name__]


def _yields(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Yield)


def _reports(node: ast.stmt) -> bool:
    """A statement that raises, or that adds to the problems or to the files that were not read."""
    if isinstance(node, ast.Raise):
        return True
    text = ast.unparse(node)
    return (
        isinstance(node, ast.Expr)
        and any(f"{name}.{verb}(" in text for name in ("problems", "unread") for verb in ("append", "extend", "add"))
    ) or (isinstance(node, ast.AugAssign) and text.startswith("problems"))


def _rule_knockouts() -> Iterator[tuple[str, str, Any, str, Any]]:
    package: ModuleType = importlib.import_module("syrian_groups_data.check.rule")
    for rule in RULES:
        assert isinstance(rule, FunctionType)
        code = rule.__name__.replace("_", "-")
        rest = [each for each in RULES if each is not rule]
        yield f"rule {rule.__name__}", code, package, "RULES", rest
        for label, changed in without_one(rule, _yields):
            yield f"part of {label}", code, package, "RULES", [*rest, changed]
    for label, changed in without_one(references.references_in, _yields):  # type: ignore[arg-type]
        yield label, "dangling-reference", references, "references_in", changed


# Where each reading function is called by its name.
_READERS = [
    *(
        (author, name)
        for name in ("_load_folder", "_load_file", "_read", "_load_redirects", "_add", "read_text", "_twice")
    ),
    *((author, name) for name in ("parse_yaml_file", "_parse_json_lines", "_validate", "read_passages")),
    (passages, "_passage"),
    (test_cases, "load"),
]


def _reading_knockouts() -> Iterator[tuple[str, str, Any, str, Any]]:
    forbidden = yaml12._FORBIDDEN
    for each in forbidden:
        rest = tuple(other for other in forbidden if other is not each)
        yield f"forbidden {each[0]}", each[0], yaml12, "_FORBIDDEN", rest
    fail = yaml12._YamlReader.fail
    for code in [*READING]:

        def quiet(self: Any, event: Any, told: str, what: str, fix: str, code: str = code) -> None:
            if told != code:
                fail(self, event, told, what, fix)

        if f'"{code}"' in inspect.getsource(yaml12._YamlReader):
            yield f"yaml {code}", code, yaml12._YamlReader, "fail", quiet
    yield "no null", "empty-value", yaml12, "_NULLS", frozenset()
    for name, code in (("MAX_DEPTH", "nested-too-deep"), ("MAX_SCALAR", "scalar-too-long")):
        yield name, code, yaml12, name, 10**9
    for owner, name in _READERS:
        for label, changed in without_one(getattr(owner, name), _reports):
            yield f"reading {label}", "csv-syntax" if "passage" in name else "", owner, name, changed


@pytest.mark.parametrize("each", [_rule_knockouts, _reading_knockouts], ids=["rules", "reading"])
def test_a_check_that_is_taken_away_is_noticed(
    each: Callable[[], Iterator[tuple[str, str, Any, str, Any]]], trees: list[Tree]
) -> None:
    survivors, total = [], 0
    for label, code, owner, name, value in each():
        total += 1
        with instead(owner, name, value):
            if not _fails(trees, code):
                survivors.append(label)
    share = 1 - len(survivors) / total
    print(f"\n{each.__name__}: {total} knocked out, {share:.1%} noticed; not: {survivors}")
    assert total >= 30
    assert share >= NOTICED, survivors
    assert not _fails(trees), "a knock-out was not undone"
