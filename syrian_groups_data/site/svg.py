"""Small pieces of SVG: everything that is written is escaped, nothing carries a style of its own."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape


def tag(name: str, content: str = "", **attributes: object) -> Markup:
    """An element. `content` is markup where it is Markup, else text; `class_`, `data_x` stand for `class`, `data-x`."""
    said = "".join(
        f' {key.strip("_").replace("_", "-")}="{escape(_short(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Markup(f"<{name}{said}>{escape(content)}</{name}>")


def _short(value: object) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)


def joined(parts: Iterable[str]) -> Markup:
    """Markup after markup."""
    return Markup("").join(escape(part) for part in parts)


def text(x: float, y: float, content: str, kind: str = "", **more: object) -> Markup:
    """A line of text. An isolate keeps Arabic from pulling its neighbours along."""
    return tag("text", content, x=x, y=y, class_=kind or None, **more)


def cut(label: str, most: int) -> str:
    """A label that fits: so many characters at most."""
    return label if len(label) <= most else label[: most - 1].rstrip() + "…"


def picture(width: float, height: float, title: str, parts: Iterable[str], role: str = "img", **more: object) -> Markup:
    """A drawing with its title for those who do not see it. One that holds links has the role `group`."""
    return tag(
        "svg",
        joined(parts),
        viewBox=f"0 0 {width:g} {height:g}",
        role=role,
        aria_label=title,
        xmlns="http://www.w3.org/2000/svg",
        **more,
    )
