"""The network around two records: those tied to one at its side, those tied to both between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from . import words
from .graph import Tie, ties_of, two_lines
from .links import page
from .reading import Reading, Row
from .svg import cut, joined, picture, tag, text

_WIDTH, _ROW, _MOST = 1000, 25.0, 22
_HUBS = (320.0, 680.0)
_COLUMN = 200.0  # width of a column of names
_LEFT = (8.0, 400.0, 792.0)  # of the columns: at the first, between, at the second
_ANCHORS = ("end", "middle", "start")
Ties = dict[str, list[Tie]]


class Network:
    """Two hubs and their neighbours. `number` gives each statement its place in the table of ties, by which a program
    shows and hides lines."""

    def __init__(self, reading: Reading, rows: Sequence[Row], hubs: tuple[str, str], number: dict[str, int]) -> None:
        self._reading, self._rows, self._hubs, self._number = reading, rows, hubs, number
        self._ties = (self._around(hubs[0]), self._around(hubs[1]))
        both = sorted(self._ties[0].keys() & self._ties[1].keys(), key=lambda key: (reading.label(key).casefold(), key))
        alone = [self._side(i) for i in (0, 1)]
        self._left_out = [max(0, len(side) - _MOST) for side in alone]
        self._columns = (alone[0][:_MOST], both, alone[1][:_MOST])
        self._height = max(max(map(len, self._columns)) * _ROW + 60, 240.0)

    def _around(self, hub: str) -> Ties:
        found: Ties = {}
        for tie in ties_of(self._rows, hub):
            if tie.family != "place" and tie.other not in self._hubs:
                found.setdefault(tie.other, []).append(tie)
        return found

    def _side(self, which: int) -> list[str]:
        """Those tied to one hub alone, those with most claims first."""
        mine = self._ties[which]
        keys = mine.keys() - self._ties[1 - which].keys()
        return sorted(keys, key=lambda key: (-sum(len(tie.rows) for tie in mine[key]), key))

    def draw(self) -> Markup:
        """The drawing."""
        one, two = map(self._reading.label, self._hubs)
        parts = [*self._lines(), *self._between(), *self._names(), *self._hub_names()]
        return picture(_WIDTH, self._height, f"Those tied to {one} and to {two}", parts, role="group", class_="network")

    def _places(self) -> Iterator[tuple[int, str, float]]:
        """Column, record and height of everybody."""
        for column, keys in enumerate(self._columns):
            top = (self._height - len(keys) * _ROW) / 2
            for place, key in enumerate(keys):
                yield column, key, top + (place + 0.5) * _ROW

    def _lines(self) -> Iterator[Markup]:
        middle = self._height / 2
        for column, key, y in self._places():
            for hub in (0, 1) if column == 1 else (column // 2,):
                start = _LEFT[column] + (_COLUMN if _HUBS[hub] > _LEFT[column] + _COLUMN else 0)
                end = _HUBS[hub]
                bend = (start + end) / 2
                path = f"M{start:g} {y:g}C{bend:g} {y:g} {bend:g} {middle:g} {end:g} {middle:g}"
                for tie in self._ties[hub][key]:
                    yield self._line(path, self._hubs[hub], tie)

    def _between(self) -> Iterator[Markup]:
        middle = self._height / 2
        for tie in ties_of(self._rows, self._hubs[0]):
            if tie.other == self._hubs[1]:
                yield self._line(f"M{_HUBS[0]:g} {middle:g}L{_HUBS[1]:g} {middle:g}", self._hubs[0], tie)

    def _line(self, path: str, hub: str, tie: Tie) -> Markup:
        one, two = map(self._reading.label, (hub, tie.other) if tie.outward else (tie.other, hub))
        said = f"{one} {words.plain(tie.relation)} {two} ({words.count(len(tie.rows), 'claim')})"
        return tag(
            "path",
            tag("title", said),
            d=path,
            class_=f"tie {tie.family}{' weak' if tie.weak else ''}",
            data_rows=" ".join(str(self._number[row["statement_id"]]) for row in tie.rows),
        )

    def _names(self) -> Iterator[Markup]:
        for column, key, y in self._places():
            x = _LEFT[column] + (_COLUMN - 4, _COLUMN / 2, 4)[column]
            name = text(x, y + 4, cut(self._reading.label(key), 29), "name", text_anchor=_ANCHORS[column])
            yield self._link(key, name)
        for which, x in enumerate((_LEFT[0], _WIDTH - _LEFT[0])):
            if self._left_out[which]:
                said = f"and {self._left_out[which]} more in the table"
                yield text(x, self._height - 6, said, "role", text_anchor=("start", "end")[which])

    def _hub_names(self) -> Iterator[Markup]:
        middle = self._height / 2
        for x, hub in zip(_HUBS, self._hubs, strict=True):
            yield tag("circle", cx=x, cy=middle, r=7, class_="hub")
            lines = two_lines(self._reading.label(hub))
            top = middle - 14 - 15 * (len(lines) - 1)
            said = [text(x, top + 15 * i, line, "hubname", text_anchor="middle") for i, line in enumerate(lines)]
            yield self._link(hub, joined(said))

    def _link(self, key: str, content: Markup) -> Markup:
        """A name that leads to its record; the keyboard goes by the table."""
        return tag("a", content, href=page(self._reading.entities[key]["type"], key), tabindex=-1)
