"""Markdown of a package as part of a page: its HTML stays text, its headings go under ours, its links lead somewhere."""

from __future__ import annotations

import re
from typing import Any

from markupsafe import Markup

from .links import outside


def prose(text: str) -> Markup:
    """Markdown as markup."""
    from markdown_it import MarkdownIt

    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse(text)
    for i, token in enumerate(tokens):
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + 1)}"
        if token.type == "heading_open":
            token.attrs["id"] = _slug(tokens[i + 1].content)
        for child in token.children or ():
            if child.type == "link_open":
                _mend(child)
            elif child.type == "image":  # nothing is loaded from elsewhere
                child.type, child.content = "text", child.content
    return Markup(reader.renderer.render(tokens, reader.options, {}))


def _mend(link: Any) -> None:
    """A link to the web or within the page stays; one to the codebook leads to ours; any other is none."""
    href = str(link.attrs.get("href", ""))
    if href.startswith("#") or outside(href):
        return
    if href.startswith("tables/README.md"):
        link.attrs["href"] = "codebook.html"
    else:
        del link.attrs["href"]


def _slug(text: str) -> str:
    """The id of a heading, as those who write Markdown expect it."""
    return re.sub(r"[^\w-]+", "-", text.casefold()).strip("-")
