"""What a reader could misread on the site: who says so, what is contested, how much there is, and where there is nothing."""

from __future__ import annotations

import html
import re
from collections import defaultdict

import pyarrow as pa
import pytest

from syrian_groups_data.site import Options, explore, render
from syrian_groups_data.site.changes import MOST, context
from syrian_groups_data.site.mapping import Boundaries, Map
from syrian_groups_data.site.reading import TABLE_OF, Reading
from syrian_groups_data.site.stills import _map
from syrian_groups_data.site.values import merged
from syrian_groups_data.site.words import plain, when
from tests.sites import Memory, Reader, pages
from tests.test_site import package, site  # noqa: F401 - fixtures


def told(page: str) -> str:
    return " ".join(" ".join(Reader(page).words).split())


@pytest.fixture(scope="session")
def bare(package: Memory) -> dict[str, bytes]:  # noqa: F811
    """The site of a package that has sources, read by nobody yet."""
    tables = {name: table.slice(0, 0) for name, table in package.tables.items()}
    tables["sources"] = package.tables["sources"]
    passages = package.tables["passages"]
    at = passages.schema.get_field_index("use")
    unread = pa.array(["unread"] * passages.num_rows).cast(passages.schema.field(at).type)
    tables["passages"] = passages.set_column(at, passages.schema.field(at), unread)
    return render(Memory(package.descriptor, tables))


def test_a_page_with_nothing_to_show_says_so(bare: dict[str, bytes], site: dict[str, bytes]) -> None:  # noqa: F811
    empty = {
        "explore.html": "tells of no event", "ties.html": "tells of no tie", "compare.html": "no two records",
        "groups/index.html": "None in this package", "people/index.html": "None in this package",
        "places/index.html": "None in this package", "events/index.html": "None in this package",
        "allegations/index.html": "None in this package",
    }  # fmt: skip
    for path, words in empty.items():
        page = bare[path].decode()
        assert words in told(page), path
        assert words not in told(site[path].decode()), path
        main = page[page.index("<main") : page.index("</main>")]
        assert not re.search(r"<(form|svg|table|select)\b", main), path
        assert "<script" not in page, path


def test_what_nobody_read_is_not_called_read(
    package: Memory,  # noqa: F811
    bare: dict[str, bytes],
    site: dict[str, bytes],  # noqa: F811
) -> None:
    number = package.table("passages").num_rows
    assert f"{number} passages of 6 sources, {number} of them unread" in told(bare["index.html"].decode())
    assert f"{number} passages of them are not read yet" in told(bare["sources/index.html"].decode())
    assert "Each was read to the last sentence." in told(site["sources/index.html"].decode())
    assert "Each was read" not in told(bare["sources/index.html"].decode())


def test_an_allegation_is_called_one_on_the_page_of_its_source(site: dict[str, bytes]) -> None:  # noqa: F811
    links = []
    for path, page in pages(site):
        if path.startswith("sources/") and path != "sources/index.html":
            links += re.findall(r'<a href="\.\./allegations/([a-z0-9-]+)\.html[^"]*"><bdi>([^<]+)</bdi>', page)
    assert len(links) > 60
    assert {name for key, name in links} == {f"allegation {key}" for key, name in links}


def test_everybody_who_is_accused_stands_once_with_all_who_accuse(
    package: Memory,  # noqa: F811
    site: dict[str, bytes],  # noqa: F811
) -> None:
    labels = {row["entity_id"]: row["label"] for row in package.table("entities").to_pylist()}
    held: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in package.table("parties").to_pylist():
        if row["role"] == "accused":
            who = labels[row["entity_id"]] if row["entity_id"] else row["described"]
            by = labels[row["said_by"]] if row["said_by"] else row["speaker"]
            held[row["allegation_id"]][who].add(by or "in its own voice")
    voices = {row["allegation_id"]: row["origins"] for row in package.table("allegations").to_pylist()}
    assert held
    for key, accused in held.items():
        page = site[f"allegations/{key}.html"].decode()
        assert f"The accusations go back to {voices[key]} voice" in told(page)
        card = page[page.index("Who accuses whom") : page.index("<p>Of: ")]
        lines = [told(line) for line in card.split("<li>")[1:]]
        assert len(lines) == len(accused), key
        for who, by in accused.items():
            line = next(line for line in lines if line.startswith(f"{who} , accused by"))
            assert all(each in line for each in by), (key, line)
        assert not re.search(r"\baccuses\b", told(card).removeprefix("Who accuses whom")), key


def test_what_is_contested_is_told_in_words(package: Memory, site: dict[str, bytes]) -> None:  # noqa: F811
    for path, page in pages(site):
        if path == "codebook.html":
            continue
        for before, after in re.findall(r"([^>]*>[^>]*)≠(.{40})", page):
            assert 'aria-hidden="true"' in before, path
            assert "contested" in after, path
    events = [row for row in package.table("events").to_pylist() if row["contested"]]
    assert events
    for path in ("events/index.html", "explore.html"):
        for row in events:
            line = next(tr for tr in site[path].decode().split("<tr>") if f"events/{row['event_id']}.html" in tr
                        or f'href="../events/{row["event_id"]}.html' in tr)  # fmt: skip
            assert f"contested: {', '.join(map(plain, row['contested']))}" in html.unescape(line)


def test_numbers_are_written_alike(package: Memory, site: dict[str, bytes]) -> None:  # noqa: F811
    statements = package.table("statements").to_pylist()
    alone = sum(row["works"] == ["grok-sr"] for row in statements)
    assert alone > 1000
    home, sources = (told(site[path].decode()) for path in ("index.html", "sources/index.html"))
    assert f"{alone:,} of {len(statements):,} statements here rest on one article" in home
    assert f"of {len(statements):,} cite it; {alone:,} rest on it alone" in sources
    assert not {str(alone), str(len(statements))} & set(re.findall(r"[\w,]+", home + sources))


def test_beside_a_plain_claim_what_is_alleged_says_so(package: Memory) -> None:  # noqa: F811
    reading = Reading(package)
    plainly = next(row for row in reading.statements if row["property"] == "led_by" and row["standing"] == "asserted")
    held = [plainly | {"role": role, "since": None, "until": None, "standing": standing, "statement_id": f"s{i}"}
            for i, (role, standing) in enumerate([("leader", "asserted"), ("chief", "alleged"), ("leader", "reported")])
            ]  # fmt: skip
    [value] = merged(reading, held)
    assert (value.standings, value.more) == ([], ["leader", "chief (alleged)"])
    [value] = merged(reading, held[1:2])
    assert (value.standings, value.more) == (["alleged"], ["chief"])


def test_changes_tell_how_what_is_gone_was_put_and_how_much_is_left_out(package: Memory) -> None:  # noqa: F811
    statements = package.table("statements")
    alleged = next(i for i, row in enumerate(statements.to_pylist()) if row["standing"] == "alleged")
    kept = Memory(package.descriptor, {**package.tables, "statements": statements.slice(0, 0)})
    gone = context(Reading(kept), package)["previous"]["gone"]
    assert len(gone) == statements.num_rows > MOST

    empty = {name: table.slice(0, 0) for name, table in package.tables.items()}
    page = render(Memory(package.descriptor, empty), Options(previous=package))["changes.html"].decode()
    assert f"and {statements.num_rows - MOST:,} more" in page
    row = statements.to_pylist()[alleged]
    line = next(each for each in page.split("<li>") if row["statement_id"] in each)
    assert 'class="chip alleged"' in line


def test_many_places_beside_the_map_are_folded(
    package: Memory,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = explore.context(Reading(package), None)["beside"]
    monkeypatch.setattr(explore, "_BESIDE", 3)
    page = render(package)["explore.html"].decode()
    first, _, rest = page[page.index("On no point of this map") :].partition('<details id="beside">')
    assert first.count("<li data-spot") == 3
    assert rest.partition("</details>")[0].count("<li data-spot") == len(whole) - 3 > 0


def test_a_tie_that_is_said_of_the_other_reads_the_other_way_round(
    package: Memory,  # noqa: F811
    site: dict[str, bytes],  # noqa: F811
) -> None:
    ties = {(row["subject_id"], row["relation"], row["object_id"]) for row in package.table("relations").to_pylist()}
    assert ("syrian-resistance", "led_by", "mihrac-ural") in ties
    assert ("mihrac-ural", "led_by", "syrian-resistance") not in ties
    for page, other, said in (
        ("people/mihrac-ural", "groups/syrian-resistance", "led by them"),
        ("groups/syrian-resistance", "people/mihrac-ural", "led by,"),
    ):
        text = site[f"{page}.html"].decode()
        drawn = text[text.index('id="ties"') : text.index("</svg>", text.index('id="ties"'))]
        name = next(each for each in drawn.split("<a ") if f"{other}.html" in each)
        assert said in name


def test_the_picture_of_a_part_of_the_map_counts_what_lies_in_it(package: Memory) -> None:  # noqa: F811
    reading = Reading(package)
    ring = [[35, 32], [42, 32], [42, 37.5], [35, 37.5], [35, 32]]
    wide = Boundaries([{"type": "Feature", "id": "SY-LA", "geometry": {"type": "Polygon", "coordinates": [ring]}}])
    drawn = Map(reading, reading.timeline, wide)
    part = drawn.part()
    assert part
    places = {row["place_id"]: row for row in package.table("places").to_pylist()}
    at = [places[e["place_id"]] for e in reading.timeline if e["place_id"]]
    points = [row for row in at if row["latitude"] is not None and row["precision"] in ("site", "settlement")]
    west, south, east, north = part
    here = sum(west <= row["longitude"] <= east and south <= row["latitude"] <= north for row in points)
    areas = sum(row["iso_3166_2"] == "SY-LA" for row in at)
    assert areas
    assert 0 < here < len(points)
    assert drawn.inside(part) == here + areas
    whole = drawn.inside(drawn.box)
    still = " ".join(re.findall(r"<text [^>]*>([^<]*)</text>", _map(reading, wide) or ""))
    assert (
        f"{here + areas} of {len(reading.timeline)} events have a point or an area in it, {whole - here - areas} elsewhere"
        in still
    )


def test_what_can_be_chosen_is_told_apart(site: dict[str, bytes]) -> None:  # noqa: F811
    for path in ("explore.html", "compare.html"):
        for part in re.findall(r"<(?:select|datalist)\b.*?</(?:select|datalist)>", site[path].decode(), re.S):
            names = re.findall(r"<option[^>]*>([^<]*)</option>", part)
            assert len(names) == len(set(names)), [each for each in names if names.count(each) > 1]
    assert "Daraa (daraa-governorate)" in site["explore.html"].decode()


def test_whoever_said_what_a_text_refutes_did_not_refute_it(
    package: Memory,  # noqa: F811
    site: dict[str, bytes],  # noqa: F811
) -> None:
    folders = {row["entity_id"]: f"{TABLE_OF[row['type']]}/" for row in package.table("entities").to_pylist()}
    rows = [r for r in package.table("statements").to_pylist() if r["said_by"] or r["speaker"]]
    refuted = [row for row in rows if row["standing"] == "refuted"]
    assert {bool(row["speaker"]) for row in refuted} == {True, False}
    for row in refuted + [row for row in rows if row["standing"] == "alleged"][:20]:
        page = site[f"{folders[row['entity_id']]}{row['entity_id']}.html"].decode()
        line = told(page[page.index(f'id="{row["statement_id"]}"') :].partition("</li>")[0])
        assert (" said by " in line) == (row["standing"] == "refuted"), line
        assert " by " in line


def test_a_reading_ledger_writes_dates_as_people_do(package: Memory, site: dict[str, bytes]) -> None:  # noqa: F811
    dated = [
        row for row in package.table("statements").to_pylist() if row["property"] == "date" and "/" in row["value"]
    ]
    assert dated
    for row in dated:
        pages = [site[f"sources/{key}.html"].decode() for key in row["sources"]]
        assert any(f'#{row["statement_id"]}">date <bdi>{when(row["value"])}</bdi>' in page for page in pages)


def test_a_copy_is_no_work_of_its_own_beside_what_it_copies(
    package: Memory,  # noqa: F811
    site: dict[str, bytes],  # noqa: F811
) -> None:
    cited: dict[str, set[str]] = defaultdict(set)
    for row in package.table("statements").to_pylist():
        cited[row["entity_id"]] |= set(row["works"])
    entities = package.table("entities").to_pylist()
    copied = [row["entity_id"] for row in entities if len(cited[row["entity_id"]]) > row["works"]]
    assert copied
    for row in entities:
        page = site[f"{TABLE_OF[row['type']]}/{row['entity_id']}.html"].decode()
        said = f"{row['works']} work{'s' if row['works'] != 1 else ''} , going back to"
        assert said in told(page), row["entity_id"]
        assert ("no work of its own" in page) == (row["entity_id"] in copied)
