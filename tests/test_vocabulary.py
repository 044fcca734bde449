"""Vocabularies are data: what a project adds, what it cannot, and two projects side by side."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from syrian_groups_data.author.project import load, read_project
from syrian_groups_data.check import check
from syrian_groups_data.flatten import flatten
from syrian_groups_data.library import load as open_release
from syrian_groups_data.model import rows
from syrian_groups_data.model.additions import Additions, described, extended, vocabulary_of
from syrian_groups_data.model.models import Models, models
from syrian_groups_data.model.problem import Problems
from syrian_groups_data.model.records import RECORDS, Group, Place
from syrian_groups_data.model.table import columns, table_schema
from syrian_groups_data.model.vocabulary import DEFAULT
from syrian_groups_data.validate import validate
from tests.cases import append, printed, write
from tests.cases import replace as replaced
from tests.conftest import EXAMPLE, ROOT, Run
from tests.mutate import change_lines, flip_bytes, replace_token, splice, swap_tokens, well_formed

OWN = extended(
    Additions.model_validate(
        {
            "languages": {"qu": "Quechua"},
            "relations": {
                "twinned_with": {"definition": "shares its command", "subjects": ["group"], "objects": ["group"]}
            },
            "attributes": {"insignia": "what it wears"},
            "measures": {"hostages": "people held"},
            "event_types": {"elections": "vote and count"},
            "event_subtypes": {"elections": {"vote": "a vote is held"}, "protests": {"blockade": "a road is blocked"}},
            "single_valued": ["insignia", "hostages"],
            "symmetric": ["twinned_with"],
        }
    ),
    ["es", "qu"],
    "es",
)
NAME = {"value": "A", "lang": "qu", "cite": ["a:1"]}


def _group(**more: Any) -> str:
    return json.dumps({"id": "a", "kind": "militia", "names": [NAME], **more})


# --- models ---------------------------------------------------------------------------------------


def test_our_vocabulary_has_our_own_classes() -> None:
    ours = models(DEFAULT)
    assert ours.records == RECORDS
    assert ours.tables == rows.TABLES


def test_models_are_made_once_of_vocabularies_that_say_the_same() -> None:
    again = replace(OWN, lists=dict(OWN.lists))
    assert again == OWN
    assert models(again) is models(OWN)
    assert models(replace(OWN, second_name=None)) is not models(OWN)


def test_two_vocabularies_in_one_process_are_both_right() -> None:
    own = models(OWN).of(Group)
    group = own.model_validate_json(_group(insignia=[{"value": "red", "cite": ["a:1"]}]))
    assert isinstance(group, Group)
    assert [name for name, _, _ in group.evidence()] == ["names", "insignia"]
    with pytest.raises(ValidationError, match=r"names\.0\.lang"):
        Group.model_validate_json(_group())
    with pytest.raises(ValidationError, match="insignia"):
        Group.model_validate_json(_group(names=[NAME | {"lang": "en"}], insignia=[]))
    with pytest.raises(ValidationError, match=r"names\.0\.lang"):
        own.model_validate_json(_group(names=[NAME | {"lang": "en"}]))


@pytest.mark.parametrize("table", rows.TABLES, ids=lambda table: table.table)
def test_a_table_made_anew_of_the_same_terms_is_the_same(table: Any) -> None:
    """Making a subclass loses no constraint, word or order of what it is made from."""
    shuffled = {name: dict(reversed(terms.items())) for name, terms in DEFAULT.lists.items()}
    back = {name: dict(reversed(terms.items())) for name, terms in shuffled.items()}
    twin = Models(replace(DEFAULT, lists=back, relations=dict(DEFAULT.relations)))
    assert twin.of(table) is table
    turned = Models(replace(DEFAULT, lists=shuffled)).of(table)
    plain = [column._replace(terms=None) for column in columns(table)]
    assert [column._replace(terms=None) for column in columns(turned)] == plain
    for one, two in zip(columns(turned), columns(table), strict=True):
        assert dict(one.terms or {}) == dict(two.terms or {})


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.type)
def test_a_record_made_anew_of_the_same_terms_is_the_same(kind: Any) -> None:
    shuffled = {name: dict(reversed(terms.items())) for name, terms in DEFAULT.lists.items()}
    turned = Models(replace(DEFAULT, lists=shuffled)).of(kind)
    assert turned is not kind
    assert turned.__doc__ == kind.__doc__

    def plain(schema: Any) -> Any:
        if isinstance(schema, dict):
            return {k: plain(v) for k, v in schema.items() if k not in ("enum", "enumDescriptions")}
        return [plain(each) for each in schema] if isinstance(schema, list) else schema

    assert plain(turned.model_json_schema()) == plain(kind.model_json_schema())


# --- the second name ------------------------------------------------------------------------------


def _columns(language: str | None) -> list[str]:
    return [column.name for column in columns(models(replace(DEFAULT, second_name=language)).of(rows.Places))]


def test_the_second_name_has_the_language_of_the_project() -> None:
    ours = _columns("ar")
    assert ours[:3] == ["place_id", "name", "name_ar"]
    assert _columns("es") == ["name_es" if name == "name_ar" else name for name in ours]
    assert _columns(None) == [name for name in ours if name != "name_ar"]
    with pytest.raises(ValidationError, match="name_ar"):
        models(replace(DEFAULT, second_name=None)).of(Place).model_validate_json(
            json.dumps({"id": "a", "kind": "town", "names": [NAME | {"lang": "en"}], "name_ar": "A"})
        )


@pytest.mark.parametrize(("line", "column"), [("second_name: fr\n", "name_fr"), ("", None)])
def test_a_project_builds_with_another_second_name_or_none(
    example: Path, run: Run, line: str, column: str | None
) -> None:
    replaced("project.yml", "second_name: es\n", line)(example / "raw")
    assert run(example, "build").returncode == 0
    assert run(example, "validate").returncode == 0
    header = (example / "tables" / "groups.csv").read_text(encoding="utf-8").splitlines()[0].replace('"', "").split(",")
    assert [name for name in header if name.startswith("name_")] == ([column] if column else [])
    data = open_release(example)
    assert data.second_language == (column.removeprefix("name_") if column else "")
    assert data.groups["vega-brigade"].second_name == ("brigade Vega" if column else None)
    assert data.groups["vega-brigade"].name_ar is None
    shown = json.loads(run(example, "show", "vega-brigade", "--json").stdout)
    assert [name for name in shown if name.startswith("name_")] == ([column] if column else [])


# --- what a project adds --------------------------------------------------------------------------


def test_terms_of_a_project_reach_every_stage(example: Path, run: Run) -> None:
    corpus = load(example / "raw")
    assert check(corpus) == []
    tables: dict[str, Any] = {name: {repr(row) for row in found} for name, found in flatten(corpus).items()}
    assert any("relation='trained_by'" in row for row in tables["relations"])
    assert run(example, "build").returncode == 0
    assert validate(example) == []
    data = open_release(example)
    brigade = data.groups["vega-brigade"]
    assert [each.value_id for each in brigade.statements("trained_by")] == ["valley-front"]
    assert brigade.contested == ("insignia",)  # single-valued, as the project says
    assert [(each.low, each.unit) for each in data.events["vereda-honda-fire-2016-05-03"].statements("count")] == [
        (41, "hectares")
    ]
    assert data.places["vereda-honda"].admin1_id == "vertientes"  # a first-level division by its kind
    assert data.groups["valley-front"].statements("insignia") == []
    with pytest.raises(LookupError, match="insignia"):
        brigade.statements("insignias")
    codebook = (example / "tables" / "README.md").read_text(encoding="utf-8")
    assert "- `trained_by`: its people are trained by\n" in codebook
    assert "- `insignia` ◆: what it wears or flies\n" in codebook
    assert "- `fields-burned` (of strategic-developments): crops are set on fire\n" in codebook


def test_a_relation_stands_between_what_the_project_says(example: Path) -> None:
    append("people/jane-example.yml", "trained_by:\n  - {value: valley-front, cite: [report:3]}\n")(example / "raw")
    replaced("groups/vega-brigade.yml", "trained_by:\n  - {value: valley-front", "trained_by:\n  - {value: mithal")(
        example / "raw"
    )
    assert printed(example / "raw") == (
        "raw/groups/vega-brigade.yml:16:13: wrong-type-reference: mithal is a place, not a group;"
        " name a record of that type\n"
        "raw/people/jane-example.yml:6:5: relation-not-allowed: a person has no trained_by; it is for a group"
    )


def test_symmetric_terms_are_marked_and_event_types_of_its_own_are_drawn(example: Path, run: Run) -> None:
    raw = example / "raw"
    replaced("vocabulary.yml", "relations:\n", "relations:\n  twinned_with: {definition: shares its command}\n")(raw)
    append("vocabulary.yml", "symmetric: [twinned_with]\nevent_types: {elections: vote and count}\n")(raw)
    replaced(
        "events/vereda-honda-fire-2016-05-03.yml",
        "type: strategic-developments\nsubtype: fields-burned",
        "type: elections\nsubtype: other",
    )(raw)
    assert run(example, "build").returncode == 0
    assert "- `twinned_with` ↔: shares its command\n" in (example / "tables" / "README.md").read_text(encoding="utf-8")
    assert "Fire in the fields of Vereda Honda" in (example / "tables" / "timeline.svg").read_text(encoding="utf-8")


# --- what it cannot add ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("acts: {murder: x}", "acts.murder: murder is a term of ours"),
        ("relations: {led_by: {definition: x}}", "relations.led_by: led_by is a term of ours"),
        (
            "relations: {hires: {definition: x, subjects: [group, allegation]}}",
            "relations.hires.subjects: an allegation has no relations",
        ),
        ("attributes: {names: x}", "attributes.names: names is a key of records"),
        ("attributes: {title: x}", "attributes.title: title is a key of records"),
        ("attributes: {class: x}", "attributes.class: class is a key of records"),
        ("attributes: {model_x: x}", "attributes.model_x: model_x is a key of records"),
        ("attributes: {evidence: x}", "attributes.evidence: evidence is a key of records"),
        ("attributes: {killed: x}", "attributes.killed: killed is a key of records"),
        ("measures: {a_b: x}\nattributes: {a_b: x}", "measures.a_b: a_b stands in two lists"),
        ("event_subtypes: {protests: {armed-clash: x}}", "event_subtypes.protests.armed-clash: armed-clash is a sub-type"),
        ("event_subtypes: {votes: {vote: x}}", "event_subtypes.votes: votes is no type of event"),
        ("symmetric: [allied_with]", "symmetric.0: allied_with is not among the terms that are added"),
        ("single_valued: [goal]", "single_valued.0: goal is not among the terms that are added"),
        ("first_level: [town]", "first_level.0: town is not among the terms that are added"),
    ],
)  # fmt: skip
def test_what_is_there_cannot_be_defined_anew(example: Path, line: str, message: str) -> None:
    write("vocabulary.yml", f"languages: {{qu: Quechua}}\n{line}\n")(example / "raw")
    _, problems = read_project(example / "raw")
    assert [problem.what.startswith(message) for problem in problems] == [True], problems


@pytest.mark.parametrize("name", ["standings", "stances", "outcomes", "qualifiers", "entity_types", "scripts"])
def test_what_is_the_same_everywhere_cannot_be_extended(example: Path, name: str) -> None:
    append("vocabulary.yml", f"{name}: {{guessed: we think so}}\n")(example / "raw")
    assert "unknown-key" in printed(example / "raw")
    assert len(printed(example / "raw").splitlines()) == 1


def test_ours_are_as_they_were_whatever_a_project_says() -> None:
    before = described(replace(OWN)), dict(DEFAULT.lists["acts"])
    extended(Additions.model_validate({"acts": {"murder": "mine"}, "attributes": {"names": "x", "insignia": "y"}}))
    assert (described(OWN), dict(DEFAULT.lists["acts"])) == before
    hidden = extended(Additions.model_validate({"acts": {"murder": "mine"}, "attributes": {"names": "x"}}))
    assert hidden.terms("acts") == DEFAULT.terms("acts")
    assert hidden.terms("attributes") == DEFAULT.terms("attributes")


def test_a_language_that_nobody_knows_is_a_problem_of_the_project(example: Path) -> None:
    replaced("project.yml", "second_name: es", "languages: [en, xx]\nsecond_name: es")(example / "raw")
    lines = printed(example / "raw").splitlines()
    assert [line.split("; ")[0] for line in lines] == [
        "raw/project.yml:3:17: not-in-vocabulary: languages: xx is not in its list",
        "raw/project.yml:4:14: not-in-vocabulary: second_name: es is not in its list",
    ]


# --- in the descriptor ----------------------------------------------------------------------------


def test_a_descriptor_gives_the_vocabulary_back() -> None:
    several = [DEFAULT, OWN, read_project(EXAMPLE / "raw")[0].vocabulary, replace(DEFAULT, second_name=None)]
    for vocabulary in several:
        found = described(vocabulary)
        package = {} if found is None else {"vocabulary": found}
        again = vocabulary_of(json.loads(json.dumps(package)))
        assert again == vocabulary
        assert [table_schema(one) for one in models(again).tables] == [
            table_schema(two) for two in models(vocabulary).tables
        ]


def test_ours_says_nothing_of_its_own_terms() -> None:
    package = json.loads((ROOT / "datapackage.json").read_bytes())
    assert "vocabulary" not in package
    assert read_project(ROOT / "raw")[0].vocabulary == DEFAULT


def _no_terms(package: dict[str, Any]) -> None:
    del package["vocabulary"]


def _other_terms(package: dict[str, Any]) -> None:
    package["vocabulary"]["attributes"]["insignia"] = "anything"


def _redefined(package: dict[str, Any]) -> None:
    package["vocabulary"]["acts"] = {"murder": "mine"}


def _malformed(package: dict[str, Any]) -> None:
    package["vocabulary"] = [1]


def _deep(package: dict[str, Any]) -> None:
    package["vocabulary"]["acts"] = {"x": [[[[1]]]]}


def _no_language(package: dict[str, Any]) -> None:
    package["vocabulary"]["second_name"] = "zz"


@pytest.mark.parametrize("change", [_no_terms, _other_terms, _redefined, _malformed, _deep, _no_language])
def test_a_descriptor_whose_terms_do_not_hold_together_is_no_descriptor(
    example: Path, run: Run, change: Callable[[dict[str, Any]], None]
) -> None:
    assert run(example, "build").returncode == 0
    path = example / "datapackage.json"
    package = json.loads(path.read_bytes())
    change(package)
    path.write_text(json.dumps(package), encoding="utf-8")
    assert {problem.code for problem in validate(example)} == {"bad-descriptor"}


def test_a_project_that_cannot_be_read_says_so_alone(example: Path) -> None:
    write("project.yml", "name: Not A Name\n")(example / "raw")
    assert printed(example / "raw").startswith("raw/project.yml:1:7: malformed-value: name: ")
    with pytest.raises(Problems):
        read_project(example / "raw")
    write("project.yml", "")(example / "raw")
    assert printed(example / "raw").startswith("raw/project.yml:1:1: not-a-record: ")


def test_mutated_project_files_end_in_a_project_or_problems(tmp_path: Path) -> None:
    rng, seen = random.Random(1), Counter[str]()
    raw = tmp_path / "raw"
    raw.mkdir()
    whole = {name: (EXAMPLE / "raw" / name).read_bytes() for name in ("project.yml", "vocabulary.yml")}
    ways = (flip_bytes, replace_token, swap_tokens, change_lines, splice)
    for count in range(2000):
        for name, data in whole.items():
            (raw / name).write_bytes(data)
        name = rng.choice(sorted(whole))
        data = whole[name]
        for _ in range(rng.randint(1, 3)):
            data = rng.choice(ways)(rng, data)
        (raw / name).write_bytes(data)
        try:
            project, problems = read_project(raw)
        except Problems as found:
            problems = found.problems
            seen["refused"] += 1
        else:
            seen["clashes" if problems else "read"] += 1
            if not problems and count % 20 == 0:  # making models takes its time
                Models(project.vocabulary)
                again = described(project.vocabulary)
                assert vocabulary_of({} if again is None else {"vocabulary": again}) == project.vocabulary
        assert all(map(well_formed, problems)), problems
    assert min(seen["refused"], seen["read"], seen["clashes"]) > 5, seen
