"""Every file of the site, as bytes: what pages share, and which page is made from which template."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup, escape

from ..model.watch import Watch, unwatched
from . import accused, changes, explore, graph, lists, record, search, tolls, values, words
from .links import contact, outside, page
from .mapping import Boundaries
from .prose import prose
from .reading import TABLE_OF, Reading, Tables

_HERE = Path(__file__).resolve().parent
MARK = "site.json"
# Pages of these stay out of search engines.
_PRIVATE = ("person", "allegation")


@dataclass(frozen=True)
class Options:
    """What the site has beside the tables.

    `texts` holds passages' text by id: with any, the site is a private edition, marked as such on every page.
    `method` is Markdown. `previous` is an earlier package of the same data.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    boundaries: Boundaries | None = None
    method: str | None = None
    previous: Tables | None = None


def render(tables: Tables, options: Options | None = None, watch: Watch = unwatched) -> dict[str, bytes]:
    """Every file of the site by its path, the same bytes for the same tables and options."""
    options = options or Options()
    return _Site(Reading(tables), options, watch).files()


class _Environment(jinja2.Environment):
    """Templates ask rows for their columns, and rows are dicts: asking for the key first saves a third of the time."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """The value of a key, else the attribute."""
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


class _Site:
    def __init__(self, reading: Reading, options: Options, watch: Watch) -> None:
        self._reading = reading
        self._options = options
        self._watch = watch
        self._private = bool(options.texts)
        self._made: dict[str, bytes] = {}
        self._links: dict[str, str] = {}
        self._environment = self._jinja()

    def _jinja(self) -> jinja2.Environment:
        found = _Environment(
            loader=jinja2.FileSystemLoader(_HERE / "templates"),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        about = self._reading.descriptor
        found.filters.update(
            when=words.when, plain=words.plain, title_of=words.title, outside=outside, thousands="{:,}".format
        )
        found.globals.update(
            r=self._reading,
            about={
                "name": str(about.get("name") or "package"),
                "title": str(about.get("title") or about.get("name") or "package"),
                "description": str(about.get("description") or ""),
                "version": str(about.get("version") or ""),
                "created": str(about.get("created") or "")[:10],
                "licences": [each for each in about.get("licenses") or () if isinstance(each, dict)],
            },
            contact=contact(about),
            private=self._private,
            texts=self._options.texts,
            count=words.count,
            degrees=words.degrees,
            definitions=self._reading.definitions,
            type_words=words.TYPE_WORDS,
            page_of=self._page_of,
            to=self._to,
            chip=_chip,
            source_page=lambda key: f"sources/{key}.html",
            fold=record.FOLD,
            most=record.MOST,
            harm=tolls.harm,
            accusers=lambda key: accused.accusers(self._reading, key),
            said_value=lambda row: values.text(self._reading, row),
            charges=lambda key: accused.charges(self._reading, key),
            answers=lambda key: accused.answers(self._reading, key),
            qualifier=words.qualifier,
        )
        return found

    def _page_of(self, key: str) -> str:
        return page(self._reading.entities[key]["type"], key)

    def _to(self, key: str, root: str) -> Markup:
        """A link to a record: so often that a macro for it takes a tenth of all time."""
        found = self._links.get(key)
        if found is None:
            found = self._links[key] = (
                f'{escape(self._page_of(key))}"><bdi>{escape(self._reading.label(key))}</bdi></a>'
            )
        return Markup(f'<a href="{root}{found}')

    def _page(self, path: str, template: str, robots: bool = True, **context: Any) -> None:
        """Make one page. `root` leads from it to the root of the site; `robots`: whether search engines may have it."""
        root = "../" * path.count("/")
        made = self._environment.get_template(f"{template}.html.j2").render(
            root=root, path=path, robots=robots and not self._private, **context
        )
        self._made[path] = made.encode()

    def _data(self, path: str, name: str, content: Any) -> None:
        """Data for a script: from a folder a page cannot fetch, but load."""
        said = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        for sign in "<\u2028\u2029":
            said = said.replace(sign, f"\\u{ord(sign):04x}")
        self._made[path] = f"window.{name}={said};\n".encode()

    def files(self) -> dict[str, bytes]:
        """Make everything."""
        for file in sorted((_HERE / "assets").rglob("*")):  # sorted: listings differ between systems
            if file.is_file():
                self._made[f"assets/{file.relative_to(_HERE / 'assets').as_posix()}"] = file.read_bytes()
        self._home()
        self._explore()
        self._records()
        self._ties()
        self._lists()
        self._sources()
        self._rest()
        self._made[".nojekyll"] = b""
        self._made[MARK] = self._mark()
        return dict(sorted(self._made.items()))

    def _mark(self) -> bytes:
        """What makes a folder a site of ours: its files with their digests."""
        digests = {path: hashlib.sha256(data).hexdigest() for path, data in sorted(self._made.items())}
        content = {
            "generator": "syrian-groups-data site",
            "edition": "private" if self._private else "public",
            "package": self._reading.descriptor.get("name"),
            "version": self._reading.descriptor.get("version"),
            "files": digests,
        }
        return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()

    def _home(self) -> None:
        self._page("index.html", "home", **lists.home(self._reading))
        self._page("404.html", "notfound", robots=False, style_hash=_hash(_NOT_FOUND), style=Markup(_NOT_FOUND))

    def _explore(self) -> None:
        context = explore.context(self._reading, self._options.boundaries)
        self._data("data/explore.js", "EXPLORE", context.pop("data"))
        self._page("explore.html", "explore", legend=explore.legend(), **context)

    def _records(self) -> None:
        about = {key: self._reading.descriptor.get(key) for key in ("name", "version")}
        package = {"package": about["name"], "version": about["version"]}
        by_record = graph.by_record(self._reading.relations)
        for key, entity in self._watch(self._reading.entities.items(), "records"):
            path = page(entity["type"], key).removesuffix(".html")
            ties = graph.ties_of(by_record.get(key, []), key)
            template = "allegation" if entity["type"] == "allegation" else "record"
            context = record.context(self._reading, key)
            # Ties of an event are its whole and its parts, which stand in its list of events.
            picture = graph.near(self._reading, key, ties) if entity["type"] != "event" else None
            self._page(f"{path}.html", template, robots=entity["type"] not in _PRIVATE, near=picture, **context)
            self._made[f"{path}.json"] = record.as_json(self._reading, key, package)
            self._made[f"{path}.csv"] = record.as_csv(self._reading, key)

    def _ties(self) -> None:
        context = lists.ties(self._reading)
        self._data("data/ties.js", "TIES", context.pop("data"))
        self._page("ties.html", "ties", **context)

    def _lists(self) -> None:
        for type, folder in TABLE_OF.items():
            context = lists.of_type(self._reading, type)
            template = "allegations" if type == "allegation" else "list"
            self._page(f"{folder}/index.html", template, robots=type not in _PRIVATE, **context)

    def _sources(self) -> None:
        self._page("sources/index.html", "sources", **lists.sources(self._reading))
        for key in self._watch(self._reading.sources, "sources"):
            self._page(f"sources/{key}.html", "source", **lists.source(self._reading, key))

    def _rest(self) -> None:
        self._page("contested.html", "contested", **lists.contested(self._reading))
        context = lists.compared(self._reading)
        for name, content in context.pop("data").items():
            self._data(f"data/compare-{name}.js", "COMPARE", content)
        self._page("compare.html", "compare", **context)
        self._data("data/search.js", "SEARCH", search.data(self._reading))
        self._page("search.html", "search")
        self._page("codebook.html", "codebook", **lists.codebook(self._reading))
        self._page("method.html", "method", method=prose(method) if (method := self._options.method) else None)
        self._page("changes.html", "changes", **changes.context(self._reading, self._options.previous))


# The page for a wrong address stands at any depth, where no style of ours can be found.
_NOT_FOUND = ":root{color-scheme:light dark}body{font:1.1rem/1.6 system-ui,sans-serif;max-width:36rem;margin:15vh auto;padding:0 1rem}a{color:inherit}"


def _chip(standing: str) -> Markup:
    said = escape(standing)
    return Markup(f'<span class="chip {said}">{said}</span>')


def _hash(text: str) -> str:
    import base64

    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
