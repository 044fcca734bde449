"""A descriptor of somebody else: whatever its strings hold, there is a verdict, and nothing else happens.

Statements, quotes, escapes, comments and calls are planted into every string of a small package, on both engines.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import syrian_groups_data as sgd
from syrian_groups_data.validate import validate
from tests.conftest import Run
from tests.descriptors import (
    CASES,
    KINDS,
    MANY,
    MARK,
    C,
    Package,
    Watch,
    constrained,
    describe,
    field,
    leaves,
    lines,
    not_followed,
    planted,
    plants,
    replaced,
    schema,
    table,
    told,
    write,
)
from tests.lacking import IMPOSSIBLE


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """One Spark for all of these tests; `validate` shares what is there."""
    sql = pytest.importorskip("pyspark.sql", reason="PySpark is not installed: nothing was planted on Spark")
    if not shutil.which("java"):
        pytest.skip("PySpark is installed, Java is not: nothing was planted on Spark")
    builder = sql.SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    session = builder.config("spark.driver.bindAddress", "127.0.0.1").config("spark.log.level", "OFF").getOrCreate()
    yield session
    session.stop()


@pytest.fixture(params=["duckdb", "spark"])
def engine(request: pytest.FixtureRequest) -> str:
    if request.param == "spark":
        request.getfixturevalue("spark")
    return str(request.param)


@pytest.fixture
def watch(engine: str, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Watch:
    return Watch(tmp_path, monkeypatch, request.getfixturevalue("spark") if engine == "spark" else None)


def test_a_plant_in_every_name_term_pattern_and_cell_is_only_compared(engine: str, watch: Watch) -> None:
    compared = 0
    for plant in plants(watch.secret, watch.target):
        try:
            planted(watch.base, plant)
        except UnicodeEncodeError:
            continue  # no cell can hold half a character; alone it stands in the test below
        found = watch.verdict(engine)
        assert found, plant  # the empty cell, the cells b and c, and the reference to c
        codes = {line.split(": ")[1] for line in found}
        if codes != {"bad-descriptor"}:
            assert codes == {"required-missing", "cell-not-in-vocabulary", "broken-reference"}, (plant, found)
            compared += 1
    assert compared >= 17
    assert any("UNION ALL" in text for text in watch.sql)  # the engine was asked


def test_what_ran_on_spark_in_1_0_0_is_only_compared(engine: str, watch: Watch) -> None:
    """A backslash before the quotation mark that ends a term: what follows was SQL. Letters as numbers need no quotes."""
    word = ", ".join(f"char({ord(letter)})" for letter in MARK)
    for value in ("value", f"reflect(concat({word}), concat({word}))"):
        attack = f") UNION ALL SELECT 0, CAST(1 AS BIGINT), {value} FROM text.`{watch.secret}` -- "
        write(watch.base, constrained(["a"], enum=["\\", attack]))
        assert watch.verdict(engine) == [
            "t.csv:2:1: cell-not-in-vocabulary: c: 'a' is not in its list; use a term of the codebook"
        ]


def test_a_plant_in_any_string_ends_in_a_verdict(engine: str, watch: Watch) -> None:
    package = planted(watch.base, "k")
    found = plants(watch.secret, watch.target)
    places = list(leaves(package))
    assert len(places) > 100
    # On Spark, where a query takes half a second, a third of the places with one plant each.
    step, some = (1, 5) if engine == "duckdb" else (3, len(found))
    for number, place in enumerate(places[::step]):
        for plant in found[number % some :: some]:
            describe(watch.base, replaced(package, place, plant))
            watch.verdict(engine)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (b'{"resources": [], "name": "a", "resources": []}', "the key 'resources' stands twice in one object"),
        (b'{"a": [{"b\\u001b": 1, "b\\u001b": 1}]}', "the key 'b\\x1b' stands twice in one object"),
        (b'{"a": NaN}', "NaN is no number of JSON"),
        (b'{"a": -Infinity}', "-Infinity is no number of JSON"),
        (b'{"a": "\\ud800"}', "a \\u escape stands for half a character"),
        (b'{"a\\uDFFF": 1}', "a \\u escape stands for half a character"),
        (b'{"a": "\xff"}', "byte 8 is not UTF-8"),
        ('{"a": 1}'.encode("utf-16"), "byte 1 is not UTF-8"),
        (b"[" * 100_000, "it is nested too deep"),
        (b'{"a":' * 100_000, "it is nested too deep"),
        (b"[]", "it is no object with keys"),
    ],
    ids=range(11),
)
def test_json_on_which_readers_differ_is_refused(text: bytes, why: str, tmp_path: Path) -> None:
    (tmp_path / "datapackage.json").write_bytes(text)
    assert told(tmp_path) == not_followed(why)


def test_a_pair_of_surrogates_is_one_character(tmp_path: Path) -> None:
    write(tmp_path, constrained(["\U0001f480"], enum=["\U0001f480"]))
    assert "\\ud83d\\udc80" in (tmp_path / "datapackage.json").read_text(encoding="utf-8")
    assert told(tmp_path) == []


@pytest.mark.parametrize(
    ("edit", "what"),
    [
        (field(constraints={"minimum": 10**400}, type="integer"), f"{C}: minimum '1"),
        (field(constraints={"maximum": 10**400}, type="number"), f"{C}: maximum '1"),
        (field(constraints={"minimum": 5}), f"{C}: minimum '5' bounds no column of type 'string'"),
        (field(constraints={"minimum": "x"}, type="date"), f"{C}: minimum 'x' bounds no column of type 'date'"),
        (field(constraints={"minimum": True}, type="integer"), f"{C}: minimum 'true' bounds no column"),
        (field(constraints={"minimum": []}), f"{C}.constraints.minimum: a term is text, a number, true or false"),
        (field(constraints={"enum": "a"}), f"{C}.constraints.enum: it is no list"),
        (field(constraints={"enum": [None]}), f"{C}.constraints.enum: a term is text, a number, true or false"),
        (field(constraints={"pattern": "[a"}), f"{C}.constraints.pattern: no pattern of RE2: missing ]: [a"),
        (field(constraints={"pattern": "a)(b"}), f"{C}.constraints.pattern: no pattern of RE2: "),
        (field(constraints={"pattern": "\\Qa"}), f"{C}.constraints.pattern: no pattern of RE2: "),
        (field(constraints={"pattern": "(?=a)b"}), f"{C}.constraints.pattern: no pattern of RE2: "),
        (field(constraints={"pattern": "(a)\\1"}), f"{C}.constraints.pattern: no pattern of RE2: "),
        (field(constraints={"pattern": "a{2,1}"}), f"{C}.constraints.pattern: no pattern of RE2: "),
        (field(constraints={"pattern": "(a{40}){40}"}), f"{C}.constraints.pattern: no pattern of RE2: "),
        (
            field(constraints={"pattern": ".*" + "(?:.{0,900}x?)" * 6}),
            f"{C}.constraints.pattern: its repetitions are too large",
        ),
        (field(name=""), f"{C}.name: string should have at least 1 character"),
        (field(name=3), f"{C}.name: input should be a valid string"),
        (field(type=[]), f"{C}.type: input should be a valid string"),
        (schema(primaryKey="d"), "resources.0.schema: a key names the column 'd', which is not there"),
        (schema(primaryKey=["c", "c"]), "resources.0.schema.primaryKey: a column stands twice"),
        (schema(fields=[{"name": "c"}] * 2), "resources.0.schema: the column 'c' stands twice"),
        (schema(fields=[{"name": f"c{n}"} for n in range(1001)]), f"resources.0.schema.fields: {MANY}"),
        (
            schema(foreignKeys=[{"fields": "c", "reference": {"fields": "c"}}] * 10_000),
            f"resources.0.schema.foreignKeys: {MANY}",
        ),
        (
            schema(foreignKeys=[{"fields": "c", "reference": {"fields": ["c", "d"]}}]),
            "resources.0.schema.foreignKeys.0: 1 columns refer to 2",
        ),
        (schema(foreignKeys={}), "resources.0.schema.foreignKeys: input should be a valid list"),
        (lambda package: package["resources"][0].update(path="a\0b"), "resources.0.path: it holds a NUL"),
        (lambda package: package.update(resources=package["resources"] * 30_000), f"resources: {MANY}"),
        (
            lambda package: package.update(
                resources=[
                    {
                        "name": f"t{i}",
                        "path": f"t{i}.csv",
                        "schema": {"fields": [{"name": f"c{n}"} for n in range(999)]},
                    }
                    for i in range(21)
                ]
            ),
            "the descriptor: 20,979 columns and references are more than the 20,000 that are checked",
        ),
    ],
    ids=range(29),
)
def test_a_descriptor_that_cannot_be_followed_names_the_field(
    edit: Callable[[Package], None], what: str, tmp_path: Path
) -> None:
    package = write(tmp_path, constrained(["a"]))
    edit(package)
    describe(tmp_path, package)
    found = validate(tmp_path)
    assert {(each.path, each.code) for each in found} == {("datapackage.json", "bad-descriptor")}
    assert [each.what for each in found if each.what.startswith(what)], found


def test_every_fault_of_a_descriptor_is_told_in_one_run(tmp_path: Path) -> None:
    package = write(tmp_path, constrained(["a"]), table("u", {"d": ["a"]}))
    package["resources"][0]["schema"]["fields"][0]["name"] = 1
    package["resources"][2]["schema"]["fields"][0]["constraints"] = {"required": "yes"}
    package["resources"][3]["path"] = {}
    describe(tmp_path, package)
    assert len(told(tmp_path)) == 3


@pytest.mark.parametrize("kind", KINDS)
def test_a_cell_is_of_its_type_or_not_whatever_an_engine_casts(kind: str, engine: str, tmp_path: Path) -> None:
    good, bad = KINDS[kind]
    write(tmp_path, constrained([*good, *bad], kind))
    found = [(each.code, each.what) for each in validate(tmp_path, engine)]
    assert sorted(found) == sorted(("wrong-cell-type", f"c: {cell!r} is of another type") for cell in bad)


@pytest.mark.parametrize(
    ("kind", "cells", "constraints", "bad"),
    [
        ("string", ["a", "b"], {"enum": []}, ["a", "b"]),
        ("string", ["a\0", "a", "'", "\\"], {"enum": ["a\0", "'", "\\"]}, ["a"]),
        ("string", ["a"], {"pattern": "a\0b"}, ["a"]),
        ("string", ["a", "ab", "ba", "a\n"], {"pattern": "a"}, ["ab", "ba", "a\n"]),
        ("string", ["a", "bx", "b"], {"pattern": "a|b"}, ["bx"]),
        ("string", ["a" * 5000 + "b", "a" * 5000], {"pattern": "(a+)+$"}, ["a" * 5000 + "b"]),
        ("string", ["a]b]", "a"], {"pattern": "[[a]b]"}, ["a]b]", "a"]),
        ("string", ["a{99999999999}", "a"], {"pattern": "a{99999999999}"}, ["a"]),
        ("integer", ["1", "2"], {"enum": [1]}, ["2"]),
        ("boolean", ["true", "false"], {"enum": [True]}, ["false"]),
        ("integer", ["9007199254740992", "9007199254740993"], {"minimum": 9007199254740993}, ["9007199254740992"]),
        ("number", ["0.1", "-1e400", "1e400", "nan"], {"minimum": "0.1", "maximum": 5}, ["-1e400", "1e400", "nan"]),
        ("date", ["2013-12-31", "2014-01-01"], {"minimum": "2014-01-01"}, ["2013-12-31"]),
    ],
    ids=range(13),
)
def test_terms_patterns_and_bounds(
    kind: str, cells: list[str], constraints: Any, bad: list[str], engine: str, tmp_path: Path
) -> None:
    write(tmp_path, constrained(cells, kind, **constraints))
    assert [each.line for each in validate(tmp_path, engine) if each.code != "wrong-cells"] == [
        line for line, cell in zip(lines(cells), cells, strict=True) if cell in bad
    ]


def test_300_000_terms_are_compared(engine: str, tmp_path: Path) -> None:
    write(tmp_path, constrained(["term-299999", "term-x"], enum=[f"term-{n}" for n in range(300_000)]))
    assert told(tmp_path, engine) == [
        "t.csv:3:1: cell-not-in-vocabulary: c: 'term-x' is not in its list; use a term of the codebook"
    ]


def test_keys_as_the_standard_lets_others_write_them(engine: str, tmp_path: Path) -> None:
    """One name for a list of one; keys of several columns; names that only case tells apart, or that are ours."""
    columns = {"row_": ["a", "b", "b"], "ROW_": ["1", "2", "3"], "c0": ["x", "x", "x"], "a`b": ["1", "1", ""]}
    first = table("t", columns, primaryKey="row_")
    keys = [
        {"fields": ["k", "l"], "reference": {"resource": "t", "fields": ["row_", "ROW_"]}},
        {"fields": "m", "reference": {"resource": "", "fields": "k"}},
    ]
    cells = {"k": ["a", "a", "b"], "l": ["1", "2", ""], "m": ["b", "a", "z"]}
    write(tmp_path, first, table("u", cells, primaryKey=["k", "l"], foreignKeys=keys))
    assert told(tmp_path, engine) == [
        "t.csv:4:1: key-not-unique: row_: 'b' stands in an earlier row too; delete or correct one of the two",
        "u.csv:3:1: broken-reference: k: no row 'a'; add the row, or correct the cell",
        "u.csv:4:1: broken-reference: m: no row 'z'; add the row, or correct the cell",
    ]


def test_what_only_python_takes_for_the_same_is_another_description(tmp_path: Path, run: Run, example: Path) -> None:
    assert run(example, "build").returncode == 0
    package = json.loads((example / "datapackage.json").read_text(encoding="utf-8"))
    tables = {each["name"]: each["schema"]["fields"] for each in package["resources"] if "schema" in each}
    latitude = next(each["constraints"] for each in tables["places"] if each["name"] == "latitude")
    assert latitude["minimum"] == -90
    latitude["minimum"] = -90.0
    describe(example, package)
    told = [each.what for each in validate(example)]
    assert "places is not described as this version of the package describes it" in told


def test_a_descriptor_of_sixteen_megabytes_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "datapackage.json").write_bytes(b'{"a": "' + b"x" * 2**24 + b'"}')
    assert told(tmp_path) == [
        "datapackage.json:1:1: bad-descriptor: it has 16,777,225 bytes; 16,777,216 are read at most; build again"
    ]


def test_readers_refuse_what_validate_refuses(tmp_path: Path) -> None:
    (tmp_path / "datapackage.json").write_bytes(b'{"resources": [], "version": "1", "version": "2"}')
    with pytest.raises(sgd.Damaged, match="the key 'version' stands twice in one object"):
        sgd.load(tmp_path)


def test_a_circle_of_links_leads_outside(tmp_path: Path) -> None:
    package = write(tmp_path, constrained(["a"]))
    (tmp_path / "t.csv").unlink()
    (tmp_path / "t.csv").symlink_to(tmp_path / "u.csv")
    (tmp_path / "u.csv").symlink_to(tmp_path / "t.csv")
    describe(tmp_path, package)
    assert [each.code for each in validate(tmp_path)] == ["unsafe-path"]


def test_the_command_gives_a_verdict_and_nothing_else(tmp_path: Path, run: Run) -> None:
    write(tmp_path, constrained(["a"], pattern="[[a]b]"))
    done = run(tmp_path, "validate", str(tmp_path))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines() == [
        "t.csv:2:1: cell-malformed: c: 'a' is malformed; correct the cell",
        f"1 problem in {tmp_path}",
    ]


@pytest.mark.parametrize("case", sorted(path.parent.name for path in CASES.glob("*/datapackage.json")) or [""])
def test_cases_of_another_hand(case: str, engine: str) -> None:
    if not case:
        pytest.skip(f"{IMPOSSIBLE}the cases of another hand are not at hand")
    found = told(CASES / case, engine)
    assert found
    assert all(": " in line and line.isprintable() for line in found)
