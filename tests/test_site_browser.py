"""The site in a real browser, from a folder and from a server: what a person does with it, and what axe finds."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from syrian_groups_data import load
from syrian_groups_data.files.folders import replace
from tests.browser import missing
from tests.conftest import ROOT
from tests.test_site import Memory, harmful, package, site  # noqa: F401 - fixtures

AXE = "axe-core@4.14.1"
KINDS = (
    "index.html", "explore.html", "ties.html", "compare.html", "contested.html", "search.html?q=Ural", "codebook.html",
    "method.html", "changes.html", "404.html", "groups/index.html", "people/index.html", "places/index.html",
    "events/index.html", "allegations/index.html", "sources/index.html", "groups/syrian-popular-resistance.html",
    "people/mihrac-ural.html", "places/latakia.html", "events/bayda-baniyas-killings-2013-05.html",
    "allegations/bayda-baniyas-massacre-2013.html", "sources/wiki-sr.html",
)  # fmt: skip


# Spellings that a person may type, and the record that is meant.
CASES = {
    "Fadel Abdulghany": "fadel-abdul-ghany", "Ibrahim Abdul Rahman Hajj": "ibrahim-abdulrahman-hajj",
    "Bashar Alassad": "bashar-al-assad", "Ahmed eş-Şara": "ahmed-al-sharaa", "Bachar el-Assad": "bashar-al-assad",
    "Chabiha": "shabiha", "Jabla": "jableh", "Hizballah": "hezbollah", "Hay′at Tahrir al-Sham": "hts",
    "Dayr az-Zawr": "deir-ez-zor-governorate", "THKPC": "thkp-c", "Hmeimim": "khmeimim-airbase",
}  # fmt: skip


def settled(locator: Any) -> Any:
    """Waits without a script of its own: the policy of the pages forbids one as soon as it has to wait."""
    from playwright.sync_api import expect

    expect.set_options(timeout=60_000)
    return expect(locator)


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("axe")
    if shutil.which("npm") is None:
        missing("npm")
    command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(folder), AXE]
    if subprocess.run(command, check=False, capture_output=True, timeout=300).returncode:
        missing(AXE)
    return (folder / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def folder(site: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:  # noqa: F811
    out = tmp_path_factory.mktemp("site") / "out"
    replace(out, site)
    return out


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture(scope="session")
def addresses(folder: Path) -> Iterator[dict[str, str]]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield {"folder": folder.as_uri(), "server": f"http://127.0.0.1:{server.server_address[1]}"}
        server.shutdown()


class Visit:
    """A page in the browser, and all that it complained of or asked for elsewhere."""

    def __init__(self, browser: Any, base: str, **options: Any) -> None:
        self.base = base
        self.context = browser.new_context(**{"viewport": {"width": 1200, "height": 900}, **options})
        self.page = self.context.new_page()
        self.faults: list[str] = []
        self.page.on("console", lambda m: self.faults.append(m.text) if m.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("dialog", lambda dialog: self.faults.append(f"dialog {dialog.message}"))
        self.page.on("request", self._asked)
        self.page.set_default_timeout(15_000)

    def _asked(self, request: Any) -> None:
        if not request.url.startswith((self.base, "blob:")):
            self.faults.append(f"asked for {request.url}")

    def open(self, path: str) -> Any:
        # By way of an empty page: an address that differs in its fragment alone would not be loaded again.
        self.page.goto("about:blank")
        self.page.goto(f"{self.base}/{path}")
        return self.page


@pytest.fixture(params=["folder", "server"])
def visit(request: pytest.FixtureRequest, chromium: Any, addresses: dict[str, str]) -> Iterator[Visit]:
    found = Visit(chromium, addresses[request.param])
    yield found
    assert found.faults == []
    found.context.close()


@pytest.fixture
def local(chromium: Any, addresses: dict[str, str]) -> Iterator[Visit]:
    found = Visit(chromium, addresses["folder"])
    yield found
    assert found.faults == []
    found.context.close()


def rows(page: Any, table: str = "#events") -> int:
    return int(page.locator(f"{table} tbody tr:visible").count())


def test_filters_agree_with_the_tables_and_stay_in_the_address(visit: Visit, package: Memory) -> None:  # noqa: F811
    events = package.table("timeline").to_pylist()
    want = {e["event_id"] for e in events if e["type"] == "battles" and "wiki-spr" in e["sources"]}
    page = visit.open("explore.html")
    assert rows(page) == len(events)
    page.get_by_label("Type").select_option("battles")
    page.get_by_label("Source").select_option("wiki-spr")
    assert 0 < rows(page) == len(want)
    assert page.locator("#found").inner_text().startswith(f"{len(want)} of {len(events)} events")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    got = list(csv.DictReader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8-sig"))))
    assert {row["event_id"] for row in got} == want
    drawn = page.locator("[data-total]").evaluate_all(
        "all => all.reduce((sum, each) => sum + Number(each.textContent), 0)"
    )
    assert drawn == sum(e["event_id"] in want and e["sort_date"] is not None for e in events)
    address = page.url.partition("#")[2]
    assert rows(visit.open(f"explore.html#{address}")) == len(want)
    page.get_by_role("button", name="Clear").click()
    settled(page.locator("#events tbody tr").nth(100)).to_be_attached()


def test_a_bar_chooses_its_period_and_a_circle_its_place(local: Visit) -> None:
    page = local.open("explore.html")
    i = page.locator("[data-total]").evaluate_all("all => all.findIndex(each => Number(each.textContent) > 20)")
    many = int(page.locator(f"[data-total='{i}']").text_content())
    page.locator(f"[data-row='{i}']").click()
    assert rows(page) == many
    page.get_by_role("button", name="Clear").click()
    page.locator(".map circle").first.dispatch_event("click")
    settled(page.locator("[name=place]")).not_to_have_value("")
    assert 0 < rows(page) < 100


@pytest.mark.parametrize(
    ("query", "record"),
    [
        ("المقاومة السورية", "syrian-resistance"), ("مهراج اورال", "mihrac-ural"), ("Mihraç", "mihrac-ural"),
        ("Lazkiye", "latakia"), ("no such name at all", None), ("Kayyali", "mihrac-ural"), ("hay'at tahrir", "hts"),
    ],
)  # fmt: skip
def test_search_in_several_scripts(visit: Visit, query: str, record: str | None) -> None:
    page = visit.open("index.html")
    page.get_by_role("searchbox").fill(query)
    page.get_by_role("button", name="Search").click()
    page.wait_for_url("**/search.html*")
    settled(page.locator("#told")).not_to_be_empty()
    found = page.locator("#named li").evaluate_all("all => all.map(each => each.dataset.key)")
    if record:
        assert record in found[:3]
        shown = page.locator("#named li").first
        assert "· ·" not in shown.evaluate(
            "each => [...each.querySelectorAll('.q')].map(q => getComputedStyle(q, '::before').content.slice(1, -1) + q.textContent).join('')"
        )
    else:
        assert found == []
        assert "Nothing found" in page.locator("#told").inner_text() or page.locator("#worded li").count()


def test_the_dead_of_a_month(visit: Visit, package: Memory) -> None:  # noqa: F811
    """What each work says of those killed in May 2013, and the sentence behind it: by mouse alone."""
    page = visit.open("index.html")
    page.get_by_role("link", name="Explore", exact=True).click()
    page.locator("select[name=from]").select_option(label="May 2013")
    page.locator("select[name=to]").select_option(label="May 2013")
    events = [e for e in package.table("timeline").to_pylist() if str(e["sort_date"]).startswith("2013-05")]
    assert 0 < rows(page) == len(events)
    told = page.locator("#events .harm").all_inner_texts()
    assert any("more than 400 civilians killed" in each and "grok-sr" in each for each in told)
    page.locator("#events").get_by_role("link", name="Killings in Bayda and Baniyas, May 2013").click()
    table = page.locator("#tolls")
    assert "opposition sources" in table.inner_text()
    assert "Wikipedia" in table.inner_text()
    table.locator("a[href*='#p-']").first.click()
    assert page.locator(":target").get_by_text("open the page at the sentence").is_visible()


def test_a_claim_leads_to_its_passage(visit: Visit, package: Memory) -> None:  # noqa: F811
    """Home, the record, the claim, the passage: by mouse alone."""
    page = visit.open("index.html")
    page.get_by_role("link", name="Syrian Resistance", exact=True).first.click()
    card = page.locator(".card", has_text="Not contradicted")
    assert "Mihrac Ural" in card.inner_text()
    assert "since 2011" in card.inner_text()
    page.locator("#led_by .st a[href*='#p-']").first.click()
    passage = page.locator(":target")
    key = passage.locator("b").inner_text()
    row = next(row for row in package.table("passages").to_pylist() if row["passage_id"] == key)
    assert passage.get_by_text("open the page at the sentence").get_attribute("href") == row["url"]
    assert row["sha256"] in passage.inner_text()
    passage.get_by_text("in the reading ledger").click()
    assert page.locator(":target b").inner_text() == key


def test_what_rests_on_one_work_alone(visit: Visit, package: Memory) -> None:  # noqa: F811
    want = {
        row["statement_id"]
        for row in package.table("statements").to_pylist()
        if row["entity_id"] == "mihrac-ural" and row["works"] == ["grok-sr"]
    }
    page = visit.open("people/mihrac-ural.html")
    page.get_by_role("link", name="rest on one article alone").click()
    got = page.locator(".st:visible").evaluate_all("all => all.map(each => each.id)")
    assert set(got) == want
    assert f"{len(want)} of " in page.locator("#shown").inner_text()
    assert "Grokipedia alone" in page.locator("#only option:checked").inner_text()
    works = {row["allegation_id"]: row["works"] for row in package.table("ledger").to_pylist()}
    lines = page.locator("#blamed li")
    for i in range(lines.count()):
        key = lines.nth(i).locator("a").first.get_attribute("href").rpartition("/")[2].removesuffix(".html")
        assert lines.nth(i).is_visible() == (works[key] == ["grok-sr"]), key
    assert page.locator(".st:visible").count() == len(
        visit.open(page.url.removeprefix(visit.base + "/")).locator(".st:visible").all()
    )


def test_an_address_opens_what_is_folded(local: Visit) -> None:
    page = local.open("groups/syrian-resistance.html")
    key = page.locator("details.more .st").last.get_attribute("id")
    assert not page.locator(f"#{key}").is_visible()
    assert local.open(f"groups/syrian-resistance.html#{key}").locator(f"#{key}").is_visible()


def test_ties_as_of_a_date(visit: Visit, package: Memory) -> None:  # noqa: F811
    page = visit.open("ties.html")
    ties = package.table("relations").to_pylist()
    assert rows(page, "#ties") == len(ties)
    page.get_by_role("combobox", name="As of").select_option("2014-02")
    page.get_by_label("with undated ties").uncheck()
    want = [
        row
        for row in ties
        if (row["since"] or row["until"])
        and (row["since_earliest"] is None or str(row["since_earliest"]) <= "2014-02-31")
        and (row["until"] is None or row["until_latest"] is None or str(row["until_latest"]) >= "2014-02-01")
    ]
    assert 0 < rows(page, "#ties") == len(want)
    assert page.locator(".network .tie.off").count() > 0
    assert float(page.locator("#cursor").get_attribute("x1")) > 0
    assert "day=2014-02" in page.url


def test_two_records_side_by_side(visit: Visit) -> None:
    page = visit.open("compare.html")
    assert "Mihrac Ural" in page.locator("#two").inner_text()
    page.get_by_label("Type").select_option("person")
    settled(page.locator("#two thead")).not_to_contain_text("Syrian Resistance")
    page.get_by_label("One").select_option("mihrac-ural")
    page.get_by_label("The other").select_option("bashar-al-assad")
    settled(page.locator("#two thead")).to_contain_text("Bashar al-Assad")
    assert "Date of birth" in page.locator("#two").inner_text()
    again = visit.open(page.url.removeprefix(visit.base + "/"))
    settled(again.locator("#two thead")).to_contain_text("Bashar al-Assad")


def test_terminal_and_site_find_the_same(local: Visit) -> None:
    """In the same order, for every name of every record and some that are none."""
    data = load(ROOT)
    queries = [
        *sorted({name for key in data for name in data[key].names})[::3],
        "Latak",
        "al",
        "Kayali",
        "no such name",
        *("zzzz", "zzzz zzzz", "zzdd", "Raja", "Hajj", "Aş"),
    ]
    page = local.open("search.html")
    got = page.evaluate(
        "queries => { const by = NAMES.index(SEARCH.fold, SEARCH.names);"
        " return queries.map(q => by.find(q).map(([name]) => SEARCH.records[name[0]][0])) }",
        queries,
    )
    for query, record in CASES.items():
        assert record in page.evaluate(
            "q => NAMES.index(SEARCH.fold, SEARCH.names).find(q).slice(0, 3).map(([name]) => SEARCH.records[name[0]][0])",
            query,
        )
    wrong = {
        query: (found, want)
        for query, found in zip(queries, got, strict=True)
        if found != (want := [getattr(each, "entity", each).id for each in data.find(query)])
    }
    assert not wrong, list(wrong.items())[:5]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(chromium: Any, addresses: dict[str, str], axe: str, scheme: str) -> None:
    visit = Visit(chromium, addresses["folder"], color_scheme=scheme, bypass_csp=True)
    found = []
    for path in KINDS:
        page = visit.open(path)
        page.wait_for_timeout(100)
        page.evaluate(axe)
        result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        found += [
            f"{path}: {each['id']}: {each['nodes'][0]['html'][:160]} ({len(each['nodes'])})"
            for each in result["violations"]
        ]
    visit.context.close()
    assert not found, "\n".join(found)


@pytest.mark.parametrize("path", KINDS)
def test_no_page_is_wider_than_a_phone(chromium: Any, addresses: dict[str, str], path: str) -> None:
    visit = Visit(chromium, addresses["folder"], viewport={"width": 360, "height": 740})
    page = visit.open(path)
    page.wait_for_timeout(100)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert visit.faults == []
    visit.context.close()


def test_without_scripts_everything_but_filters_and_search_is_there(chromium: Any, addresses: dict[str, str]) -> None:
    visit = Visit(chromium, addresses["folder"], java_script_enabled=False)
    page = visit.open("explore.html")
    assert page.locator("#events tbody tr").count() > 100
    assert page.locator("#filters").is_hidden()
    assert "need JavaScript" in page.locator("main").inner_text()
    page = visit.open("groups/syrian-resistance.html")
    assert page.locator(".st").count() > 250
    visit.context.close()


def test_the_keyboard_reaches_what_the_mouse_does(local: Visit) -> None:
    page = local.open("explore.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    reached = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate(
                "document.activeElement.name || document.activeElement.id || document.activeElement.textContent"
            )
        )
    assert {"who", "type", "standing", "place", "source", "from", "to", "csv"} <= reached


def test_hostile_text_does_nothing(chromium: Any, harmful: dict[str, bytes], tmp_path: Path) -> None:  # noqa: F811
    replace(tmp_path / "out", harmful)
    visit = Visit(chromium, (tmp_path / "out").as_uri())
    for path in KINDS:
        page = visit.open(path)
        page.wait_for_timeout(100)
        assert page.evaluate("window.PWNED") is None, path
        assert page.locator("img").count() == 0, path
    page = visit.open("explore.html")
    page.get_by_label("Type").select_option("battles")
    page = visit.open("search.html#q=script")
    page.wait_for_timeout(300)
    assert page.evaluate("window.PWNED") is None
    assert visit.faults == []
    visit.context.close()
