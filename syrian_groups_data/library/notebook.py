"""How what readers hold shows itself in a notebook: small tables of HTML in which nothing of the data is markup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

_ROWS = 60  # a notebook that is stored should not grow with the data


def _cell(value: Any) -> str:
    from html import escape

    from ..model.problem import visible

    text = ", ".join(map(str, value)) if isinstance(value, tuple | list) else "" if value is None else str(value)
    # `auto`: a name in Arabic runs from right to left without pulling its neighbours along.
    return f'<td dir="auto" style="text-align:start">{escape(visible(text))}</td>'


def grid(title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], count: int) -> str:
    """A table with a title above and a row of headings; of `count` rows the first ones."""
    from html import escape

    head = "".join(f'<th style="text-align:start">{escape(each)}</th>' for each in columns)
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in islice(rows, _ROWS))
    more = f"<p>… {count - _ROWS:,} more</p>" if count > _ROWS else ""
    return f"<p><b>{escape(title)}</b></p><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def card(title: str, facts: Sequence[tuple[str, Any]], *grids: str) -> str:
    """A record: a title, its facts one a line, and tables below."""
    from html import escape

    from ..model.problem import visible

    lines = "".join(f'<tr><th style="text-align:start">{escape(name)}</th>{_cell(value)}</tr>' for name, value in facts)
    return f"<p><b>{escape(visible(title))}</b></p><table><tbody>{lines}</tbody></table>{''.join(grids)}"
