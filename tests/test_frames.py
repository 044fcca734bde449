"""Tables and ties as pandas, Polars and networkx hold them, and records as a notebook shows them."""

from __future__ import annotations

import ast
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

import syrian_groups_data as sgd
from syrian_groups_data.library.notebook import card, grid
from tests.conftest import ROOT
from tests.exports import SOURCE


@pytest.fixture(scope="module")
def data() -> sgd.Data:
    return sgd.load()


def test_pandas_has_the_right_types() -> None:
    pd = pytest.importorskip("pandas")
    frame = sgd.to_pandas("events")
    assert len(frame) == sgd.read("events").num_rows
    assert isinstance(frame["killed_low"].dtype, pd.Int64Dtype)
    assert isinstance(frame["date_approximate"].dtype, pd.BooleanDtype)
    assert frame["date_latest"].dtype.kind == "M"
    assert {type(cell) for cell in frame["contested"]} == {tuple}
    one = frame.set_index("event_id").loc["reyhanli-bombings-2013-05-11"]
    assert (one["killed_low"], str(one["date_earliest"].date())) == (52, "2013-05-11")
    assert frame["date"].isna().sum() == sgd.read("events")["date"].null_count
    assert len(frame.groupby("contested")) > 1  # what is hashed: lists are not
    for name in sgd.tables:
        assert len(sgd.open().to_pandas(name)) == sgd.read(name).num_rows


def test_pandas_takes_the_last_year_of_the_calendar() -> None:
    pytest.importorskip("pandas")
    from syrian_groups_data.library.frames import to_pandas

    days = pa.array([0, 2932896], pa.int32()).cast(pa.date32())  # 9999-12-31
    assert [str(day.date()) for day in to_pandas(pa.table({"day": days}))["day"]] == ["1970-01-01", "9999-12-31"]


def test_polars_has_the_right_types() -> None:
    pl = pytest.importorskip("polars")
    frame = sgd.to_polars("events")
    assert frame.schema["killed_low"] == pl.Int64
    assert frame.schema["date_latest"] == pl.Date
    assert frame.schema["contested"] == pl.List(pl.String)
    assert sgd.open().to_polars("names").height == sgd.read("names").num_rows


def test_a_graph_shows_no_tie_that_a_wide_table_may_not() -> None:
    nx = pytest.importorskip("networkx")
    ties = {row["statement_id"]: row for row in sgd.read("relations").to_pylist()}
    graph, whole = sgd.to_networkx(), sgd.open().to_networkx(all=True)
    assert isinstance(graph, nx.MultiDiGraph)
    shown = [ties[key] for _, _, key in graph.edges(keys=True)]
    assert shown
    assert {tie["standing"] for tie in shown} <= {"asserted", "reported"}
    assert not any(
        tie["contested"] or tie["until"] or tie["said_by"] in (tie["subject_id"], tie["object_id"]) for tie in shown
    )
    assert {key for _, _, key in graph.edges(keys=True)} == {row["statement_id"] for row, *_ in SOURCE.ties()}
    assert len({said["label"] for _, said in whole.nodes(data=True)}) == len(whole)
    assert {key for _, _, key in whole.edges(keys=True)} == {key for key, tie in ties.items() if tie["object_id"]}
    for start, end, key, said in whole.edges(keys=True, data=True):
        tie = ties[key]
        assert (start, end, said["relation"]) == (tie["subject_id"], tie["object_id"], tie["relation"])
        assert said["label"].startswith(tie["relation"])
        for mark in ({tie["standing"]} - {"asserted", "reported"}) | ({"contested"} if tie["contested"] else set()):
            assert mark in said["label"], said
        hidden = {key for key, label in SOURCE.shown.items() if label is None} & {start, end}
        assert graph.has_edge(start, end, key) or "(" in said["label"] or hidden, said
        assert all("(" in whole.nodes[each]["label"] for each in hidden)
        assert None not in said.values()
    assert set(whole.nodes) == set(sgd.load())
    assert whole.nodes["syrian-resistance"] == {"label": "Syrian Resistance", "type": "group"}
    assert "denied" not in {said["standing"] for _, _, said in whole.edges(data=True)}


# --- notebooks ------------------------------------------------------------------------------------


class Page(HTMLParser):
    """Tags that are open, and text that is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.shown = ""

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.open.append(tag)
        self.tags.add(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.shown += data


def page(html: str) -> Page:
    found = Page()
    found.feed(html)
    found.close()
    assert found.open == []
    assert found.tags <= {"p", "b", "table", "thead", "tbody", "tr", "th", "td"}
    return found


def test_whatever_is_held_shows_itself_in_a_notebook(data: sgd.Data) -> None:
    group = data.groups["syrian-resistance"]
    held: list[tuple[Any, str]] = [
        (data, "statements"), (data.groups, "107th Brigade"), (group, "المقاومة السورية"), (sgd.tables, "statements"),
        (sgd.open(), "one row is"), (group.statements("founded")[0], "grok-sr"), (data.sources["wiki-sr"], "Wikipedia"),
        (data.passages["wiki-sr:12"], "wiki-sr"), (data.events["reyhanli-bombings-2013-05-11"], "2013-05-11"),
        (data.allegations["reyhanli-bombings-blame"], "accused"),
    ]  # fmt: skip
    for each, text in held:
        assert text in page(each._repr_html_()).shown, each
    assert len(data.statements._repr_html_()) < 100_000  # the first rows, and how many more there are
    assert re.search(r"… 2,\d{3} more", data.statements._repr_html_())


def test_nothing_of_the_data_is_markup() -> None:
    evil = "<script>alert(1)</script> <b>&amp;</b> \x1b[31m \u202e \" ' [link](x)"
    for html in (grid("t", ("a",), [(evil,)], 1), card(evil, [("f", evil), ("g", (evil, None))], "")):
        found = page(html)
        assert "<script>alert(1)</script> <b>&amp;</b> \\x1b[31m \\u202e" in found.shown


# --- how the library hangs together ---------------------------------------------------------------


def imports(path: Path) -> set[str]:
    """Modules of the library that one of it imports, wherever in the file, whenever it does."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level == 1:
            found |= {node.module.split(".")[0]} if node.module else {alias.name for alias in node.names}
    return found


def test_the_library_holds_no_circle() -> None:
    folder = ROOT / "syrian_groups_data" / "library"
    graph = {path.stem: imports(path) for path in folder.glob("*.py") if path.stem != "__init__"}
    assert all(names <= graph.keys() for names in graph.values())
    order: list[str] = []
    while left := graph.keys() - set(order):
        ready = [name for name in left if graph[name] <= set(order)]
        assert ready, f"a circle among {sorted(left)}"
        order += ready


def test_the_library_needs_no_other_stage() -> None:
    for path in (ROOT / "syrian_groups_data" / "library").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.level == 2:
                names = {node.module.split(".")[0]} if node.module else {alias.name for alias in node.names}
                assert names <= {"model", "files"}, path
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 400, path
