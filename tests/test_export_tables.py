"""Exports of whole tables, read back by what owns each format: workbook, spreadsheets' CSV, JSON Lines, Stata, the hub."""

from __future__ import annotations

import csv
import io
import json
import re
import warnings
import zipfile
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import syrian_groups_data as sgd
from syrian_groups_data.export import export
from syrian_groups_data.export.said import SHOWN, said
from syrian_groups_data.export.spreadsheet import STANDING, VOICE, cell, columns, rows
from syrian_groups_data.model.problem import Environment
from tests.exports import HEAVY, SOURCE, Changed, Published, exported, lay, module, output, program

pytestmark = HEAVY

TABLES = tuple(sgd.tables)
CLAIMS = ("statements", "names", "relations", "attributes", "estimates", "participants", "parties", "responses")
ENTITIES = ("entities", "groups", "people", "events", "timeline", "allegations", "ledger")


def sheets_of(folder: Path, book: Path, *more: str) -> dict[str, list[list[str]]]:
    """Every sheet of a workbook as LibreOffice shows it."""
    office = program("soffice", "libreoffice")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    # Comma, quotes, UTF-8, from row 1, as shown, every sheet to a file of its own.
    filter = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    output(office, profile, "--headless", *more, "--convert-to", filter, "--outdir", folder / "csv", book)
    found = {}
    for path in (folder / "csv").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            found[path.stem.removeprefix(f"{book.stem}-")] = list(csv.reader(file))
    return found


# --- the workbook ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay(tmp_path_factory.mktemp("book"), exported("xlsx")) / "syrian-groups-data.xlsx"


def test_libreoffice_shows_what_the_tables_hold(book: Path, tmp_path: Path) -> None:
    """Every cell of every sheet: dates as their text, ids as ids, Arabic, lists, yes and no."""
    found = sheets_of(tmp_path, book)
    assert set(found) == {"read me", *TABLES}
    for name in TABLES:
        heads = columns(SOURCE, name)
        wanted = [heads, *([shown(row[head]) for head in heads] for row in rows(SOURCE, name))]
        assert [[shown(each) for each in line] for line in found[name]] == wanted, name
    assert "An allegation is not a fact" in " ".join(line[0] for line in found["read me"])


def shown(value: Any) -> Any:
    """A cell to compare: a decimal number as a number, for LibreOffice rounds what it shows."""
    if isinstance(value, float) or (isinstance(value, str) and re.fullmatch(r"-?\d+\.\d+", value)):
        return round(float(value), 3)
    return cell(value)


def test_the_workbook_opens_on_what_explains_it(book: Path) -> None:
    openpyxl = module("openpyxl")
    opened = openpyxl.load_workbook(book)
    assert opened.sheetnames[:3] == ["read me", "ledger", "timeline"]
    assert set(opened.sheetnames) == {"read me", *TABLES}
    for name in TABLES:
        sheet = opened[name]
        assert sheet.freeze_panes == "B2", name
        assert sheet.auto_filter.ref == sheet.dimensions, name
        assert all(head.comment and head.comment.text for head in sheet[1]), name


def test_no_cell_is_a_formula_or_a_date(book: Path) -> None:
    with zipfile.ZipFile(book) as parts:
        pages = {name: parts.read(name) for name in parts.namelist() if "worksheets/sheet" in name}
    assert len([name for name in pages if name.endswith(".xml")]) == len(TABLES) + 1
    assert not [name for name, page in pages.items() if b"<f>" in page or b"<f " in page]
    openpyxl = module("openpyxl")
    for sheet in openpyxl.load_workbook(book, read_only=True):
        assert {each.data_type for line in sheet.iter_rows() for each in line if each.value is not None} <= {"s", "n"}


def test_text_that_begins_like_a_formula_stays_text() -> None:
    """The tables hold none; a package of somebody else may."""
    wicked = '=HYPERLINK("http://example.org","x")'
    changed = Changed({"ledger": lambda row: row | {"summary": wicked}})
    book = module("openpyxl").load_workbook(io.BytesIO(export(changed, "xlsx")["syrian-groups-data.xlsx"]))
    found = book["ledger"]["B2"]
    assert (found.value, found.data_type) == (wicked, "s")


@pytest.mark.parametrize("letter", ["ع", "𐎀"])
def test_what_is_longer_than_a_cell_says_so(letter: str) -> None:
    """A cell of Excel holds 32,767 units of UTF-16."""
    changed = Changed({"ledger": lambda row: row | {"summary": letter * 40_000}})
    book = module("openpyxl").load_workbook(io.BytesIO(export(changed, "xlsx")["syrian-groups-data.xlsx"]))
    text = book["ledger"]["B2"].value
    assert 32_766 <= len(text.encode("utf-16-le")) // 2 <= 32_767
    assert text.endswith("(cut here: a cell holds no more)")


def test_no_line_of_a_wrapped_text_is_hidden(book: Path) -> None:
    """LibreOffice shows rows as high as the file says, so the file says it: letters of a line, points of a line."""
    opened = module("openpyxl").load_workbook(book)
    for name, column in (("read me", "A"), ("ledger", "B"), ("timeline", "B"), ("statements", "D")):
        sheet = opened[name]
        width, wrapped = sheet.column_dimensions[column].width, 0
        for line in range(1 if name == "read me" else 2, sheet.max_row + 1):
            lines = -(-len(sheet[f"{column}{line}"].value or "") // width)
            wrapped += lines > 1
            assert (sheet.row_dimensions[line].height or 15) >= lines * 15, (name, line)
        assert wrapped


def test_passages_lead_to_their_sheet_and_addresses_to_the_page(book: Path) -> None:
    opened = module("openpyxl").load_workbook(book)
    passages = opened["passages"]
    for name, head in (("ledger", "passages"), ("timeline", "passages"), ("citations", "passage_id")):
        sheet = opened[name]
        at = [each.value for each in sheet[1]].index(head) + 1
        for line in range(2, sheet.max_row + 1):
            one = sheet.cell(line, at)
            target = re.fullmatch(r"'?passages'?!A(\d+)", one.hyperlink.location)
            assert passages.cell(int(target[1]), 1).value == one.value.split("; ")[0]
    at = [each.value for each in passages[1]].index("url") + 1
    links = [passages.cell(line, at) for line in range(2, passages.max_row + 1)]
    assert {each.value for each in links if each.value} == {r["url"] for r in SOURCE.rows("passages") if r["url"]}
    for each in links:
        if each.value:
            assert "#".join(filter(None, (each.hyperlink.target, each.hyperlink.location))) == each.value


def test_arabic_runs_from_the_right(book: Path) -> None:
    sheet = module("openpyxl").load_workbook(book)["groups"]
    at = [each.value for each in sheet[1]].index("name_ar") + 1
    arabic = [sheet.cell(line, at) for line in range(2, sheet.max_row + 1) if sheet.cell(line, at).value]
    assert arabic
    assert {(each.alignment.readingOrder, each.alignment.horizontal) for each in arabic} == {(2, "right")}


@pytest.mark.parametrize("name", [*CLAIMS, *ENTITIES])
def test_a_copied_row_says_how_and_who(name: str) -> None:
    """Standing and speaker stand beside the value, in the workbook as in the CSV for spreadsheets."""
    heads = columns(SOURCE, name)
    assert heads.index(VOICE) == heads.index(STANDING) + 1
    for row in rows(SOURCE, name):
        said = [SOURCE.statements[row["statement_id"]]] if name in CLAIMS else []
        for each in said:
            assert row[STANDING].startswith(each["standing"])
            assert ("contested" in row[STANDING]) == each["contested"]
            assert not each["hedge"] or each["hedge"] in row[STANDING]
            assert row[VOICE] == SOURCE.voice(each)
        for voice in (row[VOICE] or "").split("; ") if name in ENTITIES and "; " in (row[STANDING] or "") else ():
            assert voice.endswith(")"), row  # who says it in which way
        if name in ("events", "timeline", "allegations", "ledger"):
            assert row[STANDING], row
            assert row[VOICE], row
    if name in ("groups", "people"):
        told = [row[STANDING] for row in rows(SOURCE, name) if row[STANDING]]
        assert told
        words = {word for text in told for word in re.findall(r"(?:^|; )(?:(?!names)\w+: )?(\w+)(?=;| |,|$)", text)}
        assert words <= {"asserted", "reported"}


def test_each_value_of_a_row_has_its_own_speaker() -> None:
    """What is said by one and what by another is told by property: a number of a party is not that of the article."""
    claimed = [row for row in rows(SOURCE, "events") if row["killed_standing"] == "claimed" != row["standing"]]
    assert claimed
    for row in claimed:
        said = [each for each in SOURCE.about[row["event_id"]] if each["property"] == "killed"]
        own = {SOURCE.voice(each) for each in said if each["standing"] == "claimed"}
        assert any(f"killed: {voice} (claimed" in row[VOICE] for voice in own), row[VOICE]
        assert "killed: claimed" in row[STANDING]
        assert f"occurred: {row['standing']}" in row[STANDING]
    for row in rows(SOURCE, "people"):
        leads = {each["entity_id"] for each in SOURCE.rows("statements") if each["value_entity_id"] == row["person_id"]}
        if row["groups"] or row["born"] or row["died"]:
            assert row[VOICE], row  # what another record says of whom it leads has its speaker too
        if set(row["groups"]) & leads and "; " in row[VOICE]:
            assert "led_by: " in row[VOICE], row


@pytest.mark.parametrize("name", ["groups", "people", "events", "timeline"])
def test_no_value_of_a_row_is_without_a_statement(name: str) -> None:
    """What a wide table shows, somebody says: those who do are found by the value."""
    shown = 0
    for row in SOURCE.rows(name):
        properties = {each["property"] for each in said(SOURCE, name, row)}
        for of, column in SHOWN[name].items():
            value = (
                row.get(column or "") if f"{column}_low" not in row else row[f"{column}_low"] or row[f"{column}_high"]
            )
            if value and of not in ("names", "member_of"):
                assert of in properties, (row, of)
                shown += 1
        if name == "people" and row["groups"]:
            assert properties & {"member_of", "led_by"}, row
    assert shown


def test_the_title_of_what_is_only_claimed_does_not_stand_alone() -> None:
    """The sheet of all entities holds titles of events and allegations."""
    for row in rows(SOURCE, "entities"):
        if row["type"] == "allegation":
            assert re.match("alleged|refuted|denied", row[STANDING]), row
        elif row["entity_id"] in SOURCE.unsure:
            assert row[STANDING] != "asserted", row
            assert row[VOICE], row


# --- text -----------------------------------------------------------------------------------------


def test_csv_for_spreadsheets_opens_right_in_one(tmp_path: Path) -> None:
    """The mark of the encoding, by which Excel goes, is no part of the first cell. Excel itself is not at hand."""
    files = exported("csv-excel")
    assert all(data.startswith(b"\xef\xbb\xbf") and data.endswith(b"\r\n") for data in files.values())
    lay(tmp_path, {"names.csv": files["names.csv"]})
    heads = columns(SOURCE, "names")
    wanted = [heads, *([cell(row[head]) for head in heads] for row in rows(SOURCE, "names"))]
    # Commas, quotes, UTF-8: without a person before it, LibreOffice takes the encoding of the system.
    [found] = sheets_of(tmp_path, tmp_path / "names.csv", "--infilter=Text - txt - csv (StarCalc):44,34,76,1").values()
    assert found == wanted


def test_csv_for_spreadsheets_holds_nothing_that_one_runs() -> None:
    """Numbers may begin with a sign. What a package of our own holds begins with none: `check` refuses it."""
    wicked = ["=1+1", "+1", "-1", "@x", "\t=1", "a=1"]
    changed = Changed(
        {
            "ledger": lambda row: row | {"summary": wicked[0], "works": wicked},
            "places": lambda row: row | {"latitude": -1.5},
        }
    )
    files = {name: data.decode("utf-8-sig") for name, data in export(changed, "csv-excel").items()}
    [first, *_] = csv.DictReader(io.StringIO(files["ledger.csv"], newline=""))
    assert (first["summary"], first["works"]) == ("'=1+1", "'" + "; ".join(wicked))
    assert {row["latitude"] for row in csv.DictReader(io.StringIO(files["places.csv"], newline=""))} == {"-1.5"}
    for data in map(bytes.decode, exported("csv-excel").values()):
        assert not [row for row in csv.reader(io.StringIO(data)) for each in row if each.startswith("'")]


@pytest.mark.parametrize("name", TABLES)
def test_json_lines_hold_every_value(name: str) -> None:
    found = [json.loads(line) for line in exported("jsonl")[f"{name}.jsonl"].splitlines()]
    wanted = sgd.read(name).to_pylist()
    plain = [{k: v.isoformat() if isinstance(v, date) else v for k, v in row.items()} for row in wanted]
    assert found == plain


# --- Stata ----------------------------------------------------------------------------------------


@cache
def stata() -> dict[str, bytes]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # a name that Stata does not take would be changed with a warning
        return export(Published(), "stata")


@pytest.mark.parametrize("name", TABLES)
def test_stata_reads_every_value(name: str) -> None:
    pandas = module("pandas")
    with pandas.read_stata(io.BytesIO(stata()[f"{name}.dta"]), iterator=True) as reader:
        frame, labels = reader.read(), reader.variable_labels()
    schema, wanted = sgd.read(name).schema, sgd.read(name).to_pylist()
    assert len(frame.columns) == len(schema.names)
    for field, column in zip(schema, frame.columns, strict=True):
        assert column in (field.name, f"{field.name}_")
        assert column == field.name or labels[column].startswith(f"{field.name}: ")
        values = [row[field.name] for row in wanted]
        kind = str(field.type)
        if kind in ("int64", "double", "bool"):
            assert [None if pandas.isna(v) else v for v in frame[column]] == values, column
        elif kind == "date32[day]":
            assert [None if pandas.isna(v) else v.date() for v in frame[column]] == values, column
        else:
            assert list(frame[column]) == [cell(value) for value in values], column


def test_a_day_that_this_pandas_cannot_write_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """pandas 2.2 counts nanoseconds, and ends in 2262; later ones go on to the year 9999."""
    pandas = module("pandas")

    def refuse(*args: Any, **options: Any) -> None:
        raise pandas.errors.OutOfBoundsDatetime("Out of bounds nanosecond timestamp: 1500-01-01")

    far = Changed({"timeline": lambda row: row | {"date_earliest": date(1500, 1, 1)}})
    if int(pandas.__version__.split(".")[0]) > 2:
        frame = pandas.read_stata(io.BytesIO(export(far, "stata")["timeline.dta"]))
        assert {each.date() for each in frame["date_earliest"]} == {date(1500, 1, 1)}
    monkeypatch.setattr(pandas.DataFrame, "to_stata", refuse)
    with pytest.raises(Environment, match=r"writes no days before 1678 .*1500-01-01.*install pandas 3"):
        export(far, "stata")


# --- the hub --------------------------------------------------------------------------------------


def test_datasets_loads_every_table_by_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"HF_HOME": str(tmp_path / "cache"), "HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1"}.items():
        monkeypatch.setenv(name, value)
    datasets = module("datasets")
    folder = lay(tmp_path / "hub", exported("huggingface"))
    assert set(datasets.get_dataset_config_names(str(folder))) == set(TABLES)
    for name in ("timeline", "ledger", "names", "statements"):
        found = datasets.load_dataset(str(folder), name, split="train", cache_dir=str(tmp_path / "cache"))
        assert found.to_list() == sgd.read(name).to_pylist(), name


def test_a_table_without_rows_is_no_config() -> None:
    """`datasets` takes no config without rows: one would break the loading of the others."""

    class Emptied(Published):
        def table(self, name: str) -> Any:
            return sgd.read(name).slice(0, 0) if name == "changes" else sgd.read(name)

    files = export(Emptied(), "huggingface")
    head, text = files["README.md"].decode().split("---\n", 2)[1:]
    assert [each["config_name"] for each in module("yaml").safe_load(head)["configs"]] == [
        name for name in TABLES if name != "changes"
    ]
    assert "No rows, so no config" in next(line for line in text.splitlines() if line.startswith("| `changes`"))
    assert "tables/changes.parquet" in files


def test_the_card_says_what_the_hub_asks_for() -> None:
    head = module("yaml").safe_load(exported("huggingface")["README.md"].decode().split("---")[1])
    assert head["license"] == "cc-by-4.0"
    assert [each["config_name"] for each in head["configs"]] == list(TABLES)
    assert [each["config_name"] for each in head["configs"] if each.get("default")] == ["timeline"]
