"""A small package of one's own with awkward texts and ties: every format is read back by its owner, nothing slips through."""

from __future__ import annotations

import io
import json
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet
import pytest

import syrian_groups_data as sgd
from syrian_groups_data.commands import main
from syrian_groups_data.export import export
from syrian_groups_data.export.source import Source
from syrian_groups_data.library.whole import Whole
from syrian_groups_data.model.problem import Problems
from tests.exports import EVERYTHING, HEAVY, Published, lay, module, program

pytestmark = HEAVY

TWIN = """\
id: twin
kind: militia
names:
  - {value: Mithal Battalion, lang: en, cite: [report:5]}
  - {value: "cmd|'/c calc'!A0", lang: en, role: alias, cite: [report:5]}
  - {value: "<b>Bold</b> & \\"Sons\\", of ']]> Mithal", lang: en, role: alias, cite: [report:5]}
  - {value: "_x0041_ 😀𐎀", lang: en, role: alias, cite: [report:5]}
  - {value: "2013-05", lang: en, role: alias, cite: [report:5]}
  - {value: "007", lang: en, role: alias, cite: [report:5]}
  - {value: "نمر، \\"الجبل\\" (أ)", lang: ar, cite: [report:5]}
founded:
  - {value: 2012-05~, cite: [report:5]}
dissolved:
  - {value: ../2014, standing: reported, hedge: reportedly, cite: [report:8]}
part_of:
  - {value: valley-front, said_by: [twin], standing: claimed, cite: [report:7]}
  - {value: vega-brigade, said_by: [example-monitor], standing: alleged, cite: [monitor:1]}
led_by:
  - {value: jane-example, role: leader, since: 2012/2013, standing: alleged, speaker: "the \\"sheikh\\" <b>", cite: [report:3]}
  - {value: john-example, role: "leader; deputy", since: 2012~, until: ../2014, cite: [report:10]}
allied_with:
  - {value: mithal-battalion, said_by: [mithal-battalion], standing: denied, cite: [report:10]}
  - {value: vega-brigade, standing: refuted, said_by: [example-monitor], cite: [monitor:1]}
  - {value: vergers-observatory, cite: [report:7]}
opposed_to:
  - {described: "nobody, in particular = \\"them\\"", cite: [report:7]}
"""
NAMES = {
    "cmd|'/c calc'!A0",
    '<b>Bold</b> & "Sons", of \']]> Mithal',
    "_x0041_ 😀𐎀",
    "2013-05",
    "007",
    'نمر، "الجبل" (أ)',
}


@pytest.fixture
def own(example: Path, monkeypatch: pytest.MonkeyPatch) -> sgd.Package:
    (example / "raw" / "groups" / "twin.yml").write_text(TWIN, encoding="utf-8")
    monkeypatch.chdir(example)
    assert main(["build"]) == 0
    return sgd.open(example)


def made(own: sgd.Package, name: str, everything: bool = False) -> bytes:
    return next(iter(export(own, name, everything).values()))


@EVERYTHING
def test_no_tie_travels_that_a_query_of_the_statements_does_not_allow(own: sgd.Package, everything: bool) -> None:
    """Which ties may stand there unmarked, asked of the tables in SQL and not by the code that exports them."""
    base = sqlite3.connect(":memory:")
    base.deserialize(made(own, "sqlite"))
    plain = {
        key
        for (key,) in base.execute(
            "SELECT statement_id FROM statements WHERE standing IN ('asserted', 'reported') AND NOT contested "
            "AND until IS NULL AND (said_by IS NULL OR said_by NOT IN (entity_id, value_entity_id))"
        )
    }
    never = {
        key for (key,) in base.execute("SELECT statement_id FROM statements WHERE standing IN ('denied', 'refuted')")
    }
    base.close()
    networkx = module("networkx")
    found: dict[str, str] = {}
    for name in ("graphml", "gexf"):
        graph = getattr(networkx, f"read_{name}")(io.BytesIO(made(own, name, everything)))
        labels = [values["label"] for _, values in graph.nodes(data=True)]
        assert len(labels) == len(set(labels))
        found |= {values["statement"]: values["label"] for *_, values in graph.edges(data=True)}
    for line in made(own, "ftm", everything).splitlines():
        entity = json.loads(line)
        if entity["id"] in {row["statement_id"] for row in own.table("relations").to_pylist()}:
            found[entity["id"]] = " ".join(entity["properties"]["role"])
    found |= {key: values["label"] for *_, key, values in own.to_networkx(all=everything).edges(keys=True, data=True)}
    assert not never & found.keys()
    if not everything:
        assert found.keys() <= plain
    for key, label in found.items():
        assert key in plain or "[" in label or "(" in label, label


def test_awkward_names_arrive_as_they_are(own: sgd.Package) -> None:
    def named(rows: list[dict[str, Any]]) -> set[str]:
        return {row["name"] for row in rows if (row.get("entity_id") or row.get("id")) == "twin"} & NAMES

    pandas = module("pandas")
    assert named([json.loads(line) for line in export(own, "jsonl")["names.jsonl"].splitlines()]) == NAMES
    assert named(pandas.read_stata(io.BytesIO(export(own, "stata")["names.dta"])).to_dict("records")) == NAMES
    sheet = pandas.read_excel(io.BytesIO(made(own, "xlsx")), sheet_name="names", dtype=str, keep_default_na=False)
    assert named(sheet.to_dict("records")) == NAMES
    text = export(own, "csv-excel")["names.csv"].decode("utf-8-sig")
    assert named(pandas.read_csv(io.StringIO(text), dtype=str, keep_default_na=False).to_dict("records")) == NAMES
    entities = [json.loads(line) for line in made(own, "ftm").splitlines()]
    [twin] = [each for each in entities if each["id"] == "twin"]
    assert set(twin["properties"]["alias"]) == NAMES
    for each in entities:
        assert not module("followthemoney").model.get(each["schema"]).validate(each)
    rdflib = module("rdflib")
    graph = rdflib.Graph().parse(data=made(own, "rdf"), format="nt")
    assert {str(each) for each in graph.objects(None, rdflib.RDF.object)} >= NAMES


def test_every_table_of_it_is_read_by_the_hub_and_by_croissant(
    own: sgd.Package, example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One of its tables has no rows."""
    for name, value in {"HF_HOME": str(tmp_path / "cache"), "HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1"}.items():
        monkeypatch.setenv(name, value)
    croissant, datasets = module("mlcroissant"), module("datasets")
    rows = {name: own.table(name).num_rows for name in own.tables}
    assert 0 in rows.values()
    lay(example, export(own, "croissant"))
    found = croissant.Dataset(str(example / "croissant.json"))
    assert {each.id: len(list(found.records(each.id))) for each in found.metadata.record_sets} == rows
    folder = lay(tmp_path / "hub", export(own, "huggingface"))
    for name in datasets.get_dataset_config_names(str(folder)):
        assert datasets.load_dataset(str(folder), name, split="train", cache_dir=str(tmp_path)).to_list() == (
            own.table(name).to_pylist()
        )


def test_its_map_is_read(own: sgd.Package, tmp_path: Path) -> None:
    for name in ("geojson", "geojson-places"):
        lay(tmp_path, export(own, name, everything=True))
    for file, table in (("events", "events"), ("places", "places")):
        told = subprocess.run(
            [program("ogrinfo"), "-al", tmp_path / f"{file}.geojson"], capture_output=True, text=True, check=True
        ).stdout
        assert f"Feature Count: {own.table(table).num_rows}" in told


# --- packages that do not hold together -----------------------------------------------------------


class Other(Published):
    """The published tables with one of them replaced."""

    def __init__(self, name: str, change: Callable[[pa.Table], pa.Table]) -> None:
        super().__init__()
        self.name, self.change = name, change

    def table(self, name: str) -> pa.Table:
        found = super().table(name)
        return self.change(found) if name == self.name else found


def _without(column: str) -> Callable[[pa.Table], pa.Table]:
    return lambda table: table.drop_columns([column])


def _emptied(column: str) -> Callable[[pa.Table], pa.Table]:
    def change(table: pa.Table) -> pa.Table:
        at = table.column_names.index(column)
        field = table.schema.field(column).with_nullable(True)
        return table.set_column(at, field, pa.nulls(table.num_rows, field.type))

    return change


@pytest.mark.parametrize(
    ("name", "change", "told"),
    [
        (
            "passages",
            lambda table: table.slice(0, 0),
            "tables/citations.parquet:1:1: broken-reference: passage_id: no row ",
        ),
        ("statements", lambda table: table.slice(0, 0), "broken-reference: statement_id: no row "),
        ("statements", _without("hedge"), "tables/statements.parquet: the column hedge is missing"),
        ("statements", _emptied("standing"), "tables/statements.parquet: the column standing has empty cells"),
        ("places", lambda table: pa.concat_tables([table, table]), "key-not-unique: place_id: "),
    ],
)
@pytest.mark.parametrize("form", ["graphml", "sqlite"])
def test_a_package_that_does_not_hold_together_is_told(
    form: str, name: str, change: Callable[[pa.Table], pa.Table], told: str
) -> None:
    with pytest.raises((Problems, sgd.Damaged)) as caught:
        export(Whole(Other(name, change)), form)
    assert told in str(caught.value)
    assert str(caught.value).count("\n") < 100


def test_letters_that_xml_cannot_hold_do_not_break_a_file() -> None:
    def change(table: pa.Table) -> pa.Table:
        rows = [row | {"label": f"{row['label']}\x0b\ufffe"} for row in table.to_pylist()]
        return pa.Table.from_pylist(rows, schema=table.schema)

    tables = Other("entities", change)
    for name in ("graphml", "gexf"):
        graph = getattr(module("networkx"), f"read_{name}")(io.BytesIO(next(iter(export(tables, name).values()))))
        assert len(graph) == len(
            {end for row, *_ in Source(tables).ties() for end in (row["subject_id"], row["object_id"])}
        )
    book = module("openpyxl").load_workbook(io.BytesIO(next(iter(export(tables, "xlsx").values()))))
    assert "\ufffd" in "".join(str(each.value) for each in book["entities"]["C"])
