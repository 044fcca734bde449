"""What the tests of the site share."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pyarrow as pa

from syrian_groups_data.site import Boundaries
from tests.conftest import ROOT

ASSETS = ROOT / "syrian_groups_data" / "site" / "assets"


SQUARE = {"type": "Polygon", "coordinates": [[[35.5, 34.4], [37, 34.4], [37, 36], [35.5, 36], [35.5, 34.4]]]}


BOUNDARIES = Boundaries(
    [{"type": "Feature", "id": "SY-LA", "properties": {"name": "A square"}, "geometry": SQUARE}],
    "Lines: ours.",
    "No view.",
)


METHOD = "# Method\n\nSee [Limits](#limits), [elsewhere](docs/x.md), <b>bold</b>.\n\n## Limits\n\n![x](https://example.org/x.png)\n"


class Memory:
    """A package held in memory."""

    def __init__(self, descriptor: dict[str, Any], tables: dict[str, pa.Table]) -> None:
        self.descriptor, self.tables = descriptor, tables

    def table(self, name: str) -> pa.Table:
        return self.tables[name]


def pages(site: dict[str, bytes]) -> Iterator[tuple[str, str]]:
    for path, data in site.items():
        if path.endswith(".html"):
            yield path, data.decode()


class Reader(HTMLParser):
    """Links, ids and visible text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.words: list[str] = []
        self.loaded: list[str] = []
        self.attributes: set[str] = set()
        self._raw = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._raw = tag in ("script", "style")
        self.attributes |= {name for name, _ in attrs}
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            elif name == "href" and tag == "a":
                self.links.append(value or "")
            elif name in ("src", "href"):
                self.loaded.append(value or "")
            elif name in ("title", "aria-label"):
                self.words.append(value or "")

    def handle_endtag(self, tag: str) -> None:
        self._raw = False

    def handle_data(self, data: str) -> None:
        if not self._raw:
            self.words.append(data)


def plain_words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def pieces(path: str, data: bytes) -> Iterator[str]:
    """Texts of a file, each by itself: words of two cells that stand side by side are no run."""
    if path.startswith("assets/") or path == "site.json":
        return
    if path.endswith(".html"):
        yield from Reader(data.decode()).words
    elif path.endswith(".csv"):
        for row in csv.reader(io.StringIO(data.decode("utf-8-sig"))):
            yield from row
    else:
        todo: list[Any] = [
            json.loads(data.decode().partition("=")[2].rstrip(";\n") if path.endswith(".js") else data or "0")
        ]
        while todo:
            each = todo.pop()
            if isinstance(each, str):
                yield each
            elif isinstance(each, dict | list):
                todo.extend(each.values() if isinstance(each, dict) else each)


HOSTILE = "</script><script>window.PWNED=1</script><img src=x onerror=window.PWNED=1>{{ 7*7 }}\u202e'\"&"


_FREE = {
    "title", "publisher", "author", "licence", "note", "section", "opens", "closes", "label", "value", "speaker", "hedge",
    "preferred", "name", "name_ar", "described", "part", "words", "summary", "place", "admin1", "country", "side",
    "gazetteer", "reason",
}  # fmt: skip


_LISTS = {"actors", "accusers", "accused", "accusations", "responses"}


def hostile(package: Memory) -> Memory:
    """The package with a script planted in every text that is free, and a link that is none in every address."""
    tables = {}
    for name, table in package.tables.items():
        for column in table.column_names:
            at = table.column_names.index(column)
            cells = table.column(column).to_pylist()
            if column in _FREE and not (name == "passages" and column == "reason"):
                cells = [None if cell is None else f"{HOSTILE} {cell}" for cell in cells]
            elif column in _LISTS:
                cells = [[f"{HOSTILE} {each}" for each in cell] for cell in cells]
            elif column == "url":
                cells = [None if cell is None else "javascript:window.PWNED=1" for cell in cells]
            elif column == "links":
                cells = [["javascript:window.PWNED=1"] for _ in cells]
            elif column == "role" and name == "statements":
                kept = ("names", "participants", "place")
                of = table.column("property").to_pylist()
                cells = [HOSTILE if c and p not in kept else c for c, p in zip(cells, of, strict=True)]
            else:
                continue
            table = table.set_column(at, column, pa.array(cells, table.column(column).type))
        tables[name] = table
    about = {
        "title": HOSTILE, "name": HOSTILE, "description": HOSTILE, "version": HOSTILE, "homepage": "javascript:window.PWNED=1",
        "licenses": [{"name": HOSTILE}], "contributors": [{"title": HOSTILE, "email": f"{HOSTILE}@x.org"}],
    }  # fmt: skip
    return Memory(package.descriptor | about, tables)
