"""A dataset of one's own, of another country: nothing of ours is in it but the name of what made it."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pyarrow.parquet
import pytest

import syrian_groups_data as sgd
from syrian_groups_data.model.values import bounds
from syrian_groups_data.site.pictures import _bins
from tests.cases import printed, replace
from tests.conftest import Run

COMMAND = "syrian-groups-data"
# What belongs to our country and coast, whatever the records are called.
OURS = re.compile(
    r"syri|siri[ae]|سوري|levant|alawi|hatay|latak|tartus|\bcoasta?l?\b|\bSY-|turkey|turkiye|lebanon", re.I
)


def _text(path: Path) -> str:
    """All that a file says: of Parquet every cell and every word of its metadata, of others every byte."""
    data = path.read_bytes()
    if path.suffix != ".parquet":
        return data.decode()
    file = pyarrow.parquet.ParquetFile(io.BytesIO(data))
    schema = file.schema_arrow
    metadata = [file.metadata.metadata, *(field.metadata for field in schema)]
    said = [*schema.names, *(str(each) for each in metadata), file.metadata.created_by]
    return "\n".join([*said, json.dumps(file.read().to_pylist(), default=str, ensure_ascii=False)])


def _known() -> Iterator[str]:
    """Ids, names and titles of our records and sources."""
    for table, columns in {
        "entities": ("entity_id", "label"),
        "names": ("name",),
        "sources": ("source_id", "title", "publisher", "url"),
    }.items():
        for row in sgd.read(table).to_pylist():
            yield from (row[column] for column in columns if row[column])


@pytest.fixture
def built(example: Path, run: Run) -> dict[str, str]:
    """Every file of a build of the example tree, as text."""
    done = run(example, "build")
    assert done.returncode == 0, done.stderr
    files = [example / "datapackage.json", *sorted((example / "tables").iterdir())]
    assert len(files) > 40
    return {path.name: _text(path) for path in files}


def test_nothing_of_our_country_is_in_the_output(built: dict[str, str]) -> None:
    found = {
        name: sorted({match.group() for match in OURS.finditer(text.replace(COMMAND, ""))})
        for name, text in built.items()
    }
    assert {name: words for name, words in found.items() if words} == {}


def test_no_record_or_source_of_ours_is_in_the_output(built: dict[str, str]) -> None:
    names = sorted(set(_known()), key=len, reverse=True)
    assert len(names) > 500
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?![\w-])")
    found = {name: sorted(set(pattern.findall(text))) for name, text in built.items()}
    assert {name: words for name, words in found.items() if words} == {}


def test_what_made_it_is_named_once_as_generator(built: dict[str, str]) -> None:
    assert {name: text.count(COMMAND) for name, text in built.items() if COMMAND in text} == {"datapackage.json": 1}
    package = json.loads(built["datapackage.json"])
    assert (package["generator"], package["name"]) == (COMMAND, "example-valley-data")


def test_the_search_reads_every_format(example: Path, run: Run) -> None:
    """A name of ours that is planted in a record is found in each of the two forms of its table."""
    path = example / "raw" / "people" / "jane-example.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("Jane Example", "Jane of Latakia"), encoding="utf-8")
    assert run(example, "build").returncode == 0
    for name in ("names.csv", "names.parquet"):
        assert [match.group() for match in OURS.finditer(_text(example / "tables" / name))] == ["Latak"]
    assert "description" in _text(example / "tables" / "names.parquet")


# --- what fitted only one coast -------------------------------------------------------------------


@pytest.mark.parametrize("second", ["second_name: es\n", ""])
def test_a_site_speaks_no_arabic_where_no_name_is_arabic(example: Path, run: Run, second: str) -> None:
    project = example / "raw/project.yml"
    project.write_text(project.read_text(encoding="utf-8").replace("second_name: es\n", second), encoding="utf-8")
    for path in (example / "raw").glob("*/*.yml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text if second else re.sub("(?m)^name_es: .*\n", "", text), encoding="utf-8")
    assert run(example, "build").returncode == 0
    done = run(example, "site", "site")
    assert done.returncode == 0, done.stderr
    home = (example / "site/index.html").read_text(encoding="utf-8")
    assert re.findall("[\u0600-\u06ff]+", home) == []
    assert "two records, not one" not in home
    assert '<bdi lang="es">Brigada Vega</bdi>' not in home  # it is the label already


@pytest.mark.parametrize("years", [[2025], [1994], [1, 9999], [1893, 1893, 2015]])
def test_rows_of_the_picture_are_of_the_years_of_the_data(years: list[int]) -> None:
    spans = [bounds(f"{year:04}-{month:02}-15") for year in years for month in (3, 5, 12)]
    rows = _bins(spans)
    assert all(one.last + timedelta(1) == two.first for one, two in pairwise(rows))
    assert all(sum(row.holds(span) for row in rows) == 1 for span in spans)
    assert rows[-1].holds(max(spans))
    assert len(rows) <= 30


def test_events_of_another_century_are_drawn_by_their_years(example: Path, run: Run) -> None:
    for name in ("mithal-checkpoint-2014-03-02", "vereda-honda-fire-2016-05-03"):
        path = example / "raw" / "events" / f"{name}.yml"
        path.write_text(re.sub(r"value: 201[46]-", "value: 1893-", path.read_text(encoding="utf-8")), encoding="utf-8")
    assert run(example, "build").returncode == 0
    picture = (example / "tables" / "timeline.svg").read_text(encoding="utf-8")
    assert ">1893<" in picture
    assert not re.search(r">(?:to )?(?:20\d\d|1891|Jun 1893)<", picture), (
        "no row before the first event or after the last"
    )


def test_how_far_a_place_may_lie_is_the_projects_to_say(example: Path) -> None:
    raw = example / "raw"
    replace("places/mithal.yml", "latitude: 10.6", "latitude: 12.6")(raw)
    assert printed(raw) == (
        "raw/places/mithal.yml:6:11: place-outside-parent: warning: 234 km from mithal-valley; check for a namesake"
    )
    replace("project.yml", "place_to_parent_km: 150", "place_to_parent_km: 240.5")(raw)
    assert printed(raw) == ""
    replace("project.yml", "limits: {place_to_parent_km: 240.5}\n", "")(raw)
    assert printed(raw) == ""
