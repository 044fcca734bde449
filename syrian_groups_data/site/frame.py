"""The frame of a picture that stands alone: its style, its title, small print at its foot."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from pathlib import Path
from textwrap import wrap

# Narrow enough to be read on a telephone.
WIDTH, MARGIN = 440, 16
_STYLE = """
svg { font: 13px system-ui, "Noto Sans", sans-serif }
.ground { fill: var(--ground) } .dim { fill: var(--dim) } .rule { stroke: var(--rule) }
.title { font-size: 17px; font-weight: 600 } .strong { font-weight: 600 }
.dot { stroke: currentColor; stroke-width: 1.6 } .dot.open { fill: none } .bar { fill: var(--dim) }
"""


def _style() -> str:
    """The colours and lines of the site's drawings, and what only a picture needs."""
    css = (Path(__file__).resolve().parent / "assets" / "drawing.css").read_text(encoding="utf-8")
    return f"<style>\n{css}{_STYLE.lstrip()}</style>"


def line(x: float, y: float, text: str, kind: str = "ink", anchor: str = "start") -> str:
    """A line of text."""
    return f'<text x="{x:g}" y="{y:g}" class="{kind}" text-anchor="{anchor}">{escape(text)}</text>'


def short(name: str, most: int = 32) -> str:
    """A name that fits."""
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"


def footed(y: float, title: str, note: str, body: list[str]) -> str:
    """A picture with small print at its foot, wrapped, and as high as that needs."""
    lines = wrap(note, 64)
    small = [line(MARGIN, y + 17 * i, text, "dim") for i, text in enumerate(lines)]
    return _svg(round(y + 17 * len(lines)), title, note, [*body, *small])


def _svg(height: int, title: str, description: str, body: Iterable[str]) -> str:
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'role="img" aria-labelledby="t d"><title id="t">{escape(title)}</title><desc id="d">{escape(description)}</desc>'
    )
    return "\n".join([head, _style(), f'<rect class="ground" width="{WIDTH}" height="{height}"/>', *body, "</svg>", ""])
