"""The site as files: what every page must have and must never have, sizes, writing, hostile packages."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from pathlib import Path

import pyarrow as pa
import pytest

from syrian_groups_data.evidence import texts
from syrian_groups_data.library import open as open_package
from syrian_groups_data.library.errors import Damaged
from syrian_groups_data.library.whole import Whole
from syrian_groups_data.model.problem import Problems
from syrian_groups_data.model.rows import TABLES
from syrian_groups_data.site import Boundaries, Options, render
from syrian_groups_data.site.words import when
from tests.conftest import ROOT
from tests.sites import (
    ASSETS,
    BOUNDARIES,
    HOSTILE,
    METHOD,
    SQUARE,
    Memory,
    Reader,
    hostile,
    pages,
    pieces,
    plain_words,
)


@pytest.fixture(scope="session")
def package() -> Memory:
    found = open_package(ROOT)
    return Memory(found.descriptor, {table.table: found.table(table.table) for table in TABLES})


@pytest.fixture(scope="session")
def site(package: Memory) -> dict[str, bytes]:
    return render(package, Options(boundaries=BOUNDARIES, method=METHOD))


def test_the_same_tables_make_the_same_bytes(package: Memory, site: dict[str, bytes]) -> None:
    assert render(package, Options(boundaries=BOUNDARIES, method=METHOD)) == site


def test_every_record_and_source_has_its_page(package: Memory, site: dict[str, bytes]) -> None:
    folders = {"group": "groups", "person": "people", "place": "places", "event": "events", "allegation": "allegations"}
    for row in package.table("entities").to_pylist():
        for ending in ("html", "json", "csv"):
            assert f"{folders[row['type']]}/{row['entity_id']}.{ending}" in site
    for row in package.table("sources").to_pylist():
        assert f"sources/{row['source_id']}.html" in site
    for name in ("index", "explore", "ties", "compare", "contested", "search", "codebook", "method", "changes", "404"):
        assert f"{name}.html" in site


def test_every_link_inside_leads_somewhere(site: dict[str, bytes]) -> None:
    read = {path: Reader(text) for path, text in pages(site)}
    ids = {path: set(page.ids) for path, page in read.items()}
    broken = []
    for path, page in read.items():
        assert len(page.ids) == len(ids[path]), f"{path}: an id twice"
        for link in {*page.links, *page.loaded}:
            if link.startswith(("http://", "https://", "mailto:", "data:")):
                continue
            target, _, anchor = link.partition("#")
            folder = path.rpartition("/")[0]
            there = path
            if target:
                parts = f"{folder}/{target}".split("/") if folder else target.split("/")
                clean: list[str] = []
                for part in parts:
                    if part == "..":
                        clean.pop()
                    elif part != ".":
                        clean.append(part)
                there = "/".join(clean)
            if there not in site or (anchor and "=" not in anchor and anchor not in ids.get(there, ())):
                broken.append(f"{path}: {link}")
    assert not broken, broken[:10]


def test_nothing_is_loaded_from_elsewhere(site: dict[str, bytes]) -> None:
    for path, text in pages(site):
        assert not [each for each in Reader(text).loaded if "//" in each], path
        assert "unsafe" not in text
        assert "Content-Security-Policy" in text
        assert not re.search(r"<script(?! src=)", text), path
        assert not [each for each in Reader(text).attributes if each.startswith("on") or each == "style"], path
    assert not re.search(rb"url\(|@import", site["assets/site.css"])


def test_people_and_allegations_stay_out_of_search_engines(site: dict[str, bytes]) -> None:
    for path, text in pages(site):
        private = path.startswith(("people/", "allegations/")) or path == "404.html"
        assert ('name="robots" content="noindex' in text) == private, path


def test_an_allegation_begins_by_saying_that_it_is_one(package: Memory, site: dict[str, bytes]) -> None:
    for row in package.table("allegations").to_pylist():
        page = site[f"allegations/{row['allegation_id']}.html"].decode()
        main = page[page.index("<main") :]
        assert " ".join(Reader(main).words).split()[:7] == ["This", "is", "an", "allegation,", "not", "a", "finding."]
        assert main.index("Who accuses whom") < main.index("What is answered") < main.index("Everything that is said")


def test_no_epithet_stands_on_top_of_a_page(package: Memory, site: dict[str, bytes]) -> None:
    epithets = [row for row in package.table("names").to_pylist() if row["role"] == "epithet"]
    folders = {"group": "groups", "person": "people", "place": "places"}
    types = {row["entity_id"]: row["type"] for row in package.table("entities").to_pylist()}
    assert epithets
    for row in epithets:
        page = site[f"{folders[types[row['entity_id']]]}/{row['entity_id']}.html"].decode()
        top, _, rest = page.partition('id="statements"')
        assert row["name"] not in top
        assert row["name"] in rest


def test_much_from_one_machine_is_said(package: Memory, site: dict[str, bytes]) -> None:
    statements = package.table("statements").to_pylist()
    alone = sum(row["entity_id"] == "mihrac-ural" and row["works"] == ["grok-sr"] for row in statements)
    total = sum(row["entity_id"] == "mihrac-ural" for row in statements)
    text = " ".join(" ".join(Reader(site["people/mihrac-ural.html"].decode()).words).split())
    assert f"{alone} of {total} statements here rest on one article alone, and a language model wrote it" in text
    assert "language model" not in " ".join(Reader(site["groups/syrian-popular-resistance.html"].decode()).words)


def _told(page: str) -> str:
    return " ".join(" ".join(Reader(page).words).split())


def test_an_event_tells_the_dead_of_its_parts_and_who_gives_no_number(package: Memory, site: dict[str, bytes]) -> None:
    events = {row["event_id"]: row for row in package.table("events").to_pylist()}
    estimates = [row for row in package.table("estimates").to_pylist() if row["measure"] == "killed"]
    values = {row["statement_id"]: row["value"] for row in package.table("statements").to_pylist()}
    whole = next(
        e["part_of"] for e in events.values() if e["part_of"] and e["event_id"] in {r["entity_id"] for r in estimates}
    )
    near = {whole, *(key for key, row in events.items() if row["part_of"] == whole)}
    page = site[f"events/{whole}.html"].decode()
    part = page[page.index('id="tolls"') :].partition("</section>")[0]
    wanted = [row["statement_id"] for row in estimates if row["entity_id"] in near]
    assert len(wanted) > 2
    for key in wanted:
        assert f"#{key}" in part
        assert values[key] in part
    # A work that tells of it without any number is not passed over.
    assert "that it happened no number the work itself reported “reportedly” Wikipedia" in _told(part)


def test_explore_tells_every_number_that_is_not_denied(package: Memory, site: dict[str, bytes]) -> None:
    page = site["explore.html"].decode()
    counted = ("killed", "injured", "casualties", "captured", "missing", "affected")
    rows = [row for row in package.table("statements").to_pylist() if row["property"] in counted]
    events = {row["event_id"] for row in package.table("events").to_pylist()}
    denied = [row for row in rows if row["standing"] in ("denied", "refuted")]
    assert denied
    data = json.loads(site["data/explore.js"].decode().partition("=")[2].rstrip(";\n"))
    told = {said[2]: said for more in data["more"] for said in more[-1]}
    for row in rows:
        if row["entity_id"] in events and row not in denied:
            assert any(said[0].startswith(row["value"]) and row["property"] in said[0] for said in told.values())
    assert not told.keys() & {row["statement_id"] for row in denied}
    assert all(f'#{said[2]}"' in page for more in data["more"] for said in more[-1][: data["most"]])


def test_an_allegation_never_stands_without_who_makes_it(package: Memory, site: dict[str, bytes]) -> None:
    blamed = {row["allegation_id"] for row in package.table("parties").to_pylist() if row["entity_id"] == "mihrac-ural"}
    blamed &= {row["allegation_id"] for row in package.table("parties").to_pylist() if row["role"] == "accused"}
    page = site["people/mihrac-ural.html"].decode()
    part = page[page.index('id="blamed"') :].partition("</section>")[0]
    lines = part.split("<li")[1:]
    assert lines
    assert all("Says so: " in line for line in lines)
    answered = {row["allegation_id"] for row in package.table("responses").to_pylist() if row["allegation_id"]}
    for line in lines:
        key = re.search(r'href="\.\./allegations/([a-z0-9-]+)\.html"', line)[1]  # type: ignore[index]
        assert ("Answered: " in line) == (key in answered), key


def test_a_name_that_thousands_give_keeps_its_page_small(package: Memory) -> None:
    """A group that is named, blamed and present thousands of times."""
    many = 3000
    statements = package.table("statements")
    row = next(
        i
        for i, r in enumerate(statements.to_pylist())
        if r["value_entity_id"] == "syrian-popular-resistance"
        and r["property"] not in ("participants", "accused", "place", "responses")
    )
    more = statements.slice(row, 1)
    ids = pa.array([f"s{i:020x}" for i in range(many)], more.schema.field("statement_id").type)
    copies = more.take(pa.array([0] * many)).set_column(0, more.schema.field("statement_id"), ids)
    cite = next(
        i
        for i, r in enumerate(package.table("citations").to_pylist())
        if r["statement_id"] == more["statement_id"][0].as_py()
    )
    cites = package.table("citations").slice(cite, 1).take(pa.array([0] * many))
    at = cites.column_names.index("statement_id")
    cites = cites.set_column(at, cites.schema.field("statement_id"), ids)
    tables = package.tables | {
        "statements": pa.concat_tables([statements, copies]),
        "citations": pa.concat_tables([package.table("citations"), cites]),
    }
    page = render(Memory(package.descriptor, tables))["groups/syrian-popular-resistance.html"]
    assert len(page) <= 250_000
    assert "more, whose ids stand in the JSON of this record" in page.decode()


def test_every_page_says_whom_to_tell_and_invents_no_address(package: Memory, site: dict[str, bytes]) -> None:
    for path, text in pages(site):
        assert "publisher" in text, path
        assert "mailto:" not in text
    known = package.descriptor | {"contributors": [{"title": "Us", "email": "desk@example.org"}]}
    there = render(Memory(known, package.tables))
    assert "mailto:desk@example.org" in there["index.html"].decode()


def test_sizes(site: dict[str, bytes]) -> None:
    def small(path: str) -> int:
        return len(gzip.compress(site[path], 9))

    for path, data in site.items():
        if path.endswith(".html") and path.partition("/")[0] in ("groups", "people", "places", "events", "allegations"):
            assert len(data) <= 250_000, path
            assert small(path) <= 60_000, path
    parts = ("explore.html", "data/explore.js", "assets/explore.js", "assets/site.css", "assets/drawing.css")
    assert sum(map(small, parts)) <= 150_000


def test_json_and_csv_hold_the_rows(package: Memory, site: dict[str, bytes]) -> None:
    rows = [row for row in package.table("statements").to_pylist() if row["entity_id"] == "hts"]
    content = json.loads(site["groups/hts.json"])
    assert [each["statement_id"] for each in content["statements"]] == [row["statement_id"] for row in rows]
    assert all(each["citations"] and each["citations"][0]["sha256"] for each in content["statements"])
    lines = site["groups/hts.csv"].decode("utf-8-sig").splitlines()
    assert len(lines) == len(rows) + 1
    assert lines[0].startswith("statement_id,entity_id,property,value")


def test_minisearch_is_as_shipped() -> None:
    told = dict(re.findall(r"sha256 (\S+): ([0-9a-f]{64})", (ASSETS / "minisearch" / "README.md").read_text()))
    assert sorted(told) == ["LICENSE.txt", "minisearch.js"]
    for name, digest in told.items():
        assert hashlib.sha256((ASSETS / "minisearch" / name).read_bytes()).hexdigest() == digest


def test_markdown_of_a_package_stays_inside(site: dict[str, bytes]) -> None:
    text = site["method.html"].decode()
    assert "&lt;b&gt;bold&lt;/b&gt;" in text
    assert 'id="limits"' in text
    assert "example.org/x.png" not in "".join(Reader(text).loaded)
    assert "<img" not in text


@pytest.mark.parametrize(
    ("edtf", "said"),
    [
        ("2013", "2013"), ("2013-05", "May 2013"), ("2013-05-02", "2 May 2013"), ("2012~", "about 2012"),
        ("197X", "the 1970s"), ("../2011", "2011 or before"), ("2024-12/..", "December 2024 or later"),
        ("2013-05-02/2013-05-03", "2 May 2013 to 3 May 2013"), (None, ""),
    ],
)  # fmt: skip
def test_dates_as_people_write_them(edtf: str | None, said: str) -> None:
    assert when(edtf) == said


def test_the_public_edition_holds_no_text_of_a_source(package: Memory, site: dict[str, bytes], documents: Path) -> None:
    """No run of twelve words, and no whole passage of eight or more; titles and names apart."""
    sources, passages = package.table("sources").to_pylist(), package.table("passages").to_pylist()
    apart = {" ".join(plain_words(row["title"])) for row in sources if row["title"]}
    apart |= {" ".join(plain_words(row["name"])) for row in package.table("names").to_pylist()}
    held = {key: plain_words(text) for key, text in texts(sources, passages, documents).items()}
    assert len(held) == len(passages)
    whole = {" ".join(found): key for key, found in held.items() if len(found) >= 8}
    runs = {" ".join(found[i : i + 12]): key for key, found in held.items() for i in range(len(found) - 11)}
    lengths = sorted({text.count(" ") + 1 for text in whole})

    def copied(files: dict[str, bytes]) -> list[str]:
        found = []
        for path, data in files.items():
            for text in pieces(path, data):
                said = plain_words(text)
                for size, known in ((12, runs), *((size, whole) for size in lengths if size <= len(said))):
                    for i in range(len(said) - size + 1):
                        run = " ".join(said[i : i + size])
                        if run in known and not any(run in name for name in apart):
                            found.append(f"{path}: {known[run]}: {run}")
        return found

    # What is looked for is found where it is: in the private edition.
    page = "people/mihrac-ural.html"
    assert copied({page: render(package, Options(texts=texts(sources, passages, documents)))[page]})
    assert copied(site) == []


def test_the_private_edition_shows_the_text_and_says_so_on_every_page(package: Memory, documents: Path) -> None:
    known = texts(package.table("sources").to_pylist(), package.table("passages").to_pylist(), documents)
    site = render(package, Options(texts=known))
    for path, text in pages(site):
        assert "Private edition" in text, path
        assert 'name="robots" content="noindex' in text, path
    assert json.loads(site["site.json"])["edition"] == "private"
    page = " ".join(" ".join(Reader(site["people/mihrac-ural.html"].decode()).words).split())
    cited = [key for key in known if f'id="p-{key.replace(":", "-")}"' in site["people/mihrac-ural.html"].decode()]
    assert len(cited) > 20
    assert all(" ".join(known[key].split()) in page for key in cited)


def test_a_release_whose_ids_had_twelve_digits_is_compared_by_them(package: Memory) -> None:
    """As those of 1.0.0 had: what is the same is neither new nor gone."""
    tables = dict(package.tables)
    for name in ("statements", "citations"):
        table = tables[name]
        at = table.column_names.index("statement_id")
        ids = pa.array([key[1:13] for key in table.column(at).to_pylist()], table.schema.field(at).type)
        tables[name] = table.set_column(at, "statement_id", ids)
    page = _told(render(package, Options(previous=Memory(package.descriptor, tables)))["changes.html"].decode())
    count = package.table("statements").num_rows
    assert f"{count:,} statements are the same, 0 are new, 0 are gone" in page


@pytest.fixture(scope="session")
def harmful(package: Memory) -> dict[str, bytes]:
    square = [{"type": "Feature", "id": "SY-LA", "properties": {"name": HOSTILE}, "geometry": SQUARE}]
    bad = hostile(package)
    return render(bad, Options(boundaries=Boundaries(square, HOSTILE, HOSTILE), method=HOSTILE, previous=package))


def test_hostile_text_stays_text(harmful: dict[str, bytes]) -> None:
    for path, text in pages(harmful):
        assert "<script>" not in text, path
        assert "<img" not in text, path
        assert "49" not in text or "7*7" in text
        assert not re.search(r"""(?:href|src|action)=["']?\s*javascript:""", text, re.IGNORECASE), path
        assert not re.search(r"<script(?! src=)", text), path
        assert not [each for each in Reader(text).attributes if each.startswith("on")], path
    for path, data in harmful.items():
        if path.startswith("data/"):
            assert b"<" not in data, path


@pytest.mark.parametrize("bad", ["../../outside", "a/b", "", "A b", "x\n"])
def test_an_id_that_is_a_path_is_refused(package: Memory, bad: str) -> None:
    table = package.table("entities")
    cells = [bad, *table.column("entity_id").to_pylist()[1:]]
    entities = table.set_column(0, "entity_id", pa.array(cells, table.column("entity_id").type))
    with pytest.raises(Problems, match="is no id"):
        render(Memory(package.descriptor, package.tables | {"entities": entities}))


def test_a_package_of_another_schema_is_told(package: Memory) -> None:
    fewer = package.table("statements").drop_columns(["works"])
    with pytest.raises(Damaged, match="the column works is missing"):
        render(Whole(Memory(package.descriptor, package.tables | {"statements": fewer})))


def test_a_package_with_nothing_in_it_makes_a_site(package: Memory) -> None:
    empty = {name: table.slice(0, 0) for name, table in package.tables.items()}
    found = render(Memory({"name": "nothing", "resources": []}, empty))
    assert "index.html" in found
