"""How pages look in a real browser: what scripts draw, what a small window and a large letter do to it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.test_site import package, site  # noqa: F401 - fixtures
from tests.test_site_browser import Visit, addresses, folder, local, rows, settled  # noqa: F401


def test_rows_drawn_by_the_script_are_those_of_the_page(local: Visit) -> None:  # noqa: F811
    page = local.open("explore.html")
    lines = page.locator("#events tbody tr")
    before = lines.all_inner_texts()
    page.get_by_label("Type").select_option("battles")
    assert 0 < rows(page) < len(before)
    page.get_by_role("button", name="Clear").click()
    settled(lines).to_have_count(len(before))
    assert lines.all_inner_texts() == before
    assert any("contested: " in each for each in before)


@pytest.mark.parametrize("width", [360, 800, 1200])
def test_letters_in_drawings_can_be_read(chromium: Any, addresses: dict[str, str], width: int) -> None:  # noqa: F811
    """A drawing shrinks with its place on the page: its letters stay large enough."""
    visit = Visit(chromium, addresses["folder"], viewport={"width": width, "height": 800})
    for path in ("explore.html", "ties.html", "people/mihrac-ural.html"):
        sizes = visit.open(path).evaluate(
            "[...document.querySelectorAll('svg[viewBox] text')].map(each => parseFloat(getComputedStyle(each).fontSize)"
            " * each.ownerSVGElement.getBoundingClientRect().width / each.ownerSVGElement.viewBox.baseVal.width)"
        )
        assert len(sizes) > 10
        assert min(sizes) >= 8.5, (path, min(sizes))
        assert max(sizes) < 24, (path, max(sizes))
    visit.context.close()


def test_a_link_that_leads_nowhere_does_not_look_like_one(local: Visit) -> None:  # noqa: F811
    page = local.open("method.html")
    colour = "each => getComputedStyle(each).color"
    dead = page.locator("main a:not([href])")
    assert dead.count()
    assert dead.first.evaluate(colour) == page.locator("main p").first.evaluate(colour)
    page.emulate_media(media="print")
    live = page.locator("main a[href]").first
    assert live.evaluate(colour) == page.locator("main p").first.evaluate(colour)


@pytest.mark.parametrize("path", ["explore.html", "ties.html", "events/index.html", "groups/index.html"])
def test_a_name_without_a_space_makes_no_table_wider_than_the_page(local: Visit, path: str) -> None:  # noqa: F811
    page = local.open(path)
    page.locator("tbody th bdi").first.evaluate("each => { each.textContent = 'Ab'.repeat(150) }")
    assert page.evaluate("document.documentElement.scrollWidth") <= 1200


def test_a_legend_keeps_its_colours_where_the_reader_forces_others(
    chromium: Any,
    addresses: dict[str, str],  # noqa: F811
) -> None:
    visit = Visit(chromium, addresses["folder"], forced_colors="active")
    for path, marks, number in (("explore.html", ".legend i", 6), ("ties.html", ".small .f", 4)):
        colours = visit.open(path).evaluate(
            "marks => [...document.querySelectorAll(marks)].map(each => getComputedStyle(each).backgroundColor)", marks
        )
        assert len(set(colours)) == len(colours) == number
    visit.context.close()
