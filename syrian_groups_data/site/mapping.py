"""The map: areas from a file of boundaries that the project names, points with their precision, and what has no point."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from markupsafe import Markup

from .links import page
from .reading import Reading, Row
from .svg import cut, joined, picture, tag, text

_WIDTH = 420.0
# The coordinates of these stand for the place itself; those of any other precision for a larger area.
_EXACT = ("site", "settlement")
_AREA = ("governorate", "region", "country")
Point = tuple[float, float]
Box = tuple[float, float, float, float]


class Boundaries(NamedTuple):
    """Areas of a map: GeoJSON as read, whose lines they are, and what they do not say."""

    features: list[dict[str, Any]]
    credit: str = ""
    caveat: str = ""

    def check(self) -> None:
        """Raise ValueError or TypeError where a feature is none, or a point of it no pair of degrees."""
        for feature in self.features:
            if not isinstance(feature, dict):
                raise TypeError("a feature is no object")
            for ring in rings(feature):
                if not all(math.isfinite(x) and math.isfinite(y) and abs(x) <= 180 and abs(y) <= 90 for x, y in ring):
                    raise ValueError("a point is not in degrees")


class Spot(NamedTuple):
    """Where events are counted: a point, an area, or a line of the list beside the map."""

    key: str
    kind: str  # point, rough, area, list
    label: str
    place: str | None = None
    at: Point | None = None


def rings(feature: dict[str, Any]) -> Iterator[list[Point]]:
    """Outlines of a feature, as pairs of degrees; what is no polygon has none."""
    geometry = feature.get("geometry") or {}
    kind, held = geometry.get("type"), geometry.get("coordinates") or []
    shapes = [held] if kind == "Polygon" else held if kind == "MultiPolygon" else []
    for shape in shapes:
        for ring in shape:
            yield [(float(pair[0]), float(pair[1])) for pair in ring]


def radius(number: int) -> float:
    """Of the circle for so many events: its area grows with them."""
    return 3.5 + 2.2 * math.sqrt(number) if number else 0.0


class Map:
    """Spots of events, and the drawings of them."""

    def __init__(self, reading: Reading, events: list[Row], boundaries: Boundaries | None, links: bool = True) -> None:
        self._reading = reading
        self._links = links  # whether a place leads to its page
        self._boundaries = boundaries or Boundaries([])
        self._areas = {str(feature.get("id")): feature for feature in self._boundaries.features}
        places = reading.wide["place"]
        self._by_code = {row["iso_3166_2"]: row for row in places.values() if row["iso_3166_2"]}
        self.box = self._frame([row for key in {e["place_id"] for e in events} if (row := places.get(key or ""))])
        found = [self._spot(event["place_id"]) for event in events]
        self.counts = Counter(spot.key for spot in found)
        order = {"area": 0, "rough": 1, "point": 2, "list": 3}
        self.spots = sorted(set(found), key=lambda s: (order[s.kind], -self.counts[s.key], s.label, s.key))
        index = {spot.key: i for i, spot in enumerate(self.spots)}
        self.of_event = [index[spot.key] for spot in found]

    def _spot(self, key: str | None) -> Spot:
        row = self._reading.wide["place"].get(key or "")
        if row is None:
            return Spot("", "list", "place not known, or contested")
        code = row["iso_3166_2"]
        if code in self._areas:
            return Spot(f"a:{code}", "area", row["name"], key)
        if row["latitude"] is not None and row["precision"] not in _AREA:
            at = (row["longitude"], row["latitude"])
            west, south, east, north = self.box
            if west <= at[0] <= east and south <= at[1] <= north:
                return Spot(f"p:{key}", "point" if row["precision"] in _EXACT else "rough", row["name"], key, at)
        return Spot(f"l:{key}", "list", row["name"], key)

    def _frame(self, places: list[Row]) -> Box:
        """West, south, east, north: of the boundaries with a margin, else of nine tenths of the points."""
        points = [pair for feature in self._boundaries.features for ring in rings(feature) for pair in ring]
        if not points:
            points = [
                (row["longitude"], row["latitude"])
                for row in places
                if row["latitude"] is not None and row["precision"] not in _AREA
            ]
        if not points:
            return 0.0, 0.0, 0.0, 0.0
        trim = 0.0 if self._boundaries.features else 0.05
        xs, ys = sorted(x for x, _ in points), sorted(y for _, y in points)
        skip = int(trim * len(xs))
        margin = max(0.12, (xs[-1 - skip] - xs[skip]) * 0.06)
        return xs[skip] - margin, ys[skip] - margin, xs[-1 - skip] + margin, ys[-1 - skip] + margin

    def whole(self) -> Markup | None:
        """The map; None where nothing can be drawn."""
        if not any(spot.kind != "list" for spot in self.spots):
            return None
        return self._draw(self.box, "Map of the events", False)

    def near(self) -> Markup | None:
        """The part in which most points lie, larger; None where they do not lie close together."""
        return (
            self._draw(box, "The part of the map in which most points lie, larger", True)
            if (box := self.part())
            else None
        )

    def inside(self, box: Box) -> int:
        """How many events have a point in a box, or an area of which any may lie in it."""
        west, south, east, north = box

        def lies(spot: Spot) -> bool:
            if spot.kind == "area":
                return _meets(self._areas[spot.key.removeprefix("a:")], box)
            return spot.at is not None and west <= spot.at[0] <= east and south <= spot.at[1] <= north

        return sum(self.counts[spot.key] for spot in self.spots if lies(spot))

    def part(self) -> Box | None:
        """West, south, east and north of the part in which most points lie; None where they do not lie close together."""
        points = [spot.at for spot in self.spots if spot.at]
        if len(points) < 6:
            return None
        xs, ys = sorted(x for x, _ in points), sorted(y for _, y in points)
        # Of all stretches that hold seven tenths of the points the shortest, each way.
        west, east = _densest(xs)
        south, north = _densest(ys)
        box = _squared(west, south, east, north)
        whole = self.box
        if (box[2] - box[0]) * (box[3] - box[1]) > 0.25 * (whole[2] - whole[0]) * (whole[3] - whole[1]):
            return None
        return box

    def _draw(self, box: Box, title: str, labels: bool) -> Markup:
        west, south, east, north = box
        squeeze = math.cos(math.radians((south + north) / 2))
        scale = _WIDTH / ((east - west) * squeeze)
        width, height = _WIDTH, (north - south) * scale

        def put(pair: Point) -> Point:
            return (pair[0] - west) * squeeze * scale, (north - pair[1]) * scale

        counts = {spot.key: self.counts[spot.key] for spot in self.spots}
        shapes = [self._area(feature, put, counts) for feature in self._boundaries.features if _meets(feature, box)]
        names = [self._area_name(feature, put) for feature in self._boundaries.features if not labels]
        circles, written = [], []
        taken: list[tuple[float, float]] = []
        for spot in sorted((s for s in self.spots if s.at), key=lambda s: (-counts[s.key], s.key)):
            assert spot.at
            x, y = put(spot.at)
            if not (0 <= x <= width and 0 <= y <= height):
                continue
            circles.append(self._circle(spot, x, y, counts[spot.key]))
            if labels and all(abs(y - b) > 15 or abs(x - a) > 110 for a, b in taken):
                taken.append((x, y))
                left = x > width * 0.7
                written.append(
                    text(
                        x + (-9 if left else 9),
                        y + 4.5,
                        cut(spot.label, 20),
                        "name",
                        text_anchor="end" if left else None,
                        data_spot=self._index(spot),
                    )
                )
        groups = {"areas": shapes, "regions": names, "points": circles, "names": written}
        layers = (tag("g", joined(group), class_=kind) for kind, group in groups.items())
        return picture(width, height, title, layers, role="group", class_="map")

    def _index(self, spot: Spot) -> int:
        return self.spots.index(spot)

    def _area(self, feature: dict[str, Any], put: Any, counts: dict[str, int]) -> Markup:
        code = str(feature.get("id"))
        path = "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in map(put, ring)) + "Z" for ring in rings(feature))
        spot = next((s for s in self.spots if s.key == f"a:{code}"), None)
        number = counts.get(f"a:{code}", 0)
        said = f"{spot.label if spot else self._named(feature)}: {number}, somewhere in it"
        shape = tag(
            "path",
            tag("title", said),
            d=path,
            class_=f"area s{shade(number)}",
            fill_rule="evenodd",
            data_spot=self._index(spot) if spot else None,
        )
        return self._linked(shape, spot)

    def _area_name(self, feature: dict[str, Any], put: Any) -> Markup:
        ring = max(rings(feature), key=len, default=[])
        if not ring:
            return Markup("")
        xs, ys = [x for x, _ in ring], [y for _, y in ring]
        (left, bottom), (right, top) = put((min(xs), min(ys))), put((max(xs), max(ys)))
        x, y, name = (left + right) / 2, (bottom + top) / 2, cut(self._named(feature), 16)
        if right - left < 6.5 * len(name):  # it would cover its neighbours
            return Markup("")
        return text(x, y, name, "region", text_anchor="middle")

    def _named(self, feature: dict[str, Any]) -> str:
        own = self._by_code.get(str(feature.get("id")))
        name = own["name"] if own else str((feature.get("properties") or {}).get("name") or feature.get("id") or "")
        return str(name).removesuffix(" Governorate")

    def _circle(self, spot: Spot, x: float, y: float, number: int) -> Markup:
        what = "" if spot.kind == "point" else ", roughly here"
        circle = tag(
            "circle",
            tag("title", f"{spot.label}: {number}{what}"),
            cx=x,
            cy=y,
            r=radius(number),
            class_=spot.kind,
            data_spot=self._index(spot),
        )
        return self._linked(circle, spot)

    def _linked(self, shape: Markup, spot: Spot | None) -> Markup:
        """A shape that leads to its place; the keyboard goes by the table."""
        if spot is None or spot.place is None or not self._links:
            return shape
        return tag("a", shape, href=page("place", spot.place), tabindex=-1)


def _meets(feature: dict[str, Any], box: Box) -> bool:
    """Whether any of an area may lie in a box."""
    west, south, east, north = box
    points = [pair for ring in rings(feature) for pair in ring]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return bool(points) and min(xs) <= east and max(xs) >= west and min(ys) <= north and max(ys) >= south


def _densest(values: list[float]) -> tuple[float, float]:
    held = max(2, round(0.7 * len(values)))
    spans = [(values[i + held - 1] - values[i], values[i]) for i in range(len(values) - held + 1)]
    length, first = min(spans)
    return first, first + length


def _squared(west: float, south: float, east: float, north: float) -> Box:
    """A box with a margin, as wide as high on the map."""
    squeeze = math.cos(math.radians((south + north) / 2))
    half = max((east - west) * squeeze, north - south) * 0.58
    x, y = (west + east) / 2, (south + north) / 2
    return x - half / squeeze, y - half, x + half / squeeze, y + half


def shade(number: int) -> int:
    """How dark an area with so many events is: 0 to 4."""
    return 0 if not number else min(4, 1 + int(math.log2(number)) // 2)
