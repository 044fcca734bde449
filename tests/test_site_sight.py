"""How pages look in a real browser: what scripts draw, what a small window and a large letter do to it."""

from __future__ import annotations

from tests.test_site import package, site  # noqa: F401 - fixtures
from tests.test_site_browser import Visit, addresses, chromium, folder, local, rows, settled  # noqa: F401


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
