"""Events and places as GeoJSON points, each with how precise its place is and how sure the claim."""

from __future__ import annotations

import json
from typing import Any

from .said import said
from .source import NEGATIVE, Row, Source

# Half the width of what a point stands for, in kilometres: what a map should draw around it. Rounded by us.
RADIUS_KM = {"site": 0.5, "settlement": 5.0, "district": 20.0, "governorate": 60.0, "region": 100.0, "country": 300.0}
_EVENT = (
    "event_id", "type", "subtype", "date", "date_earliest", "date_latest", "date_precision", "place_id", "place",
    "admin1", "country", "coordinates_precision", "place_precision", "standing", "said_by", "contested", "killed_low",
    "killed_high", "killed_standing", "killed_said_by", "injured_low", "injured_high", "injured_standing",
    "injured_said_by", "origins", "works", "passages", "links", "note",
)  # fmt: skip
_VOICES = {"said_by": "occurred", "killed_said_by": "killed", "injured_said_by": "injured"}
_ACCUSED = ("allegations", "outcomes")


def events(source: Source) -> dict[str, bytes]:
    """`events.geojson` (RFC 7946, WGS 84).

    An event without coordinates is a feature without geometry: it is not lost, and not on the map. Who takes part is
    whoever the timeline has without a mark; with everything all actors, each with its mark, and the allegations.
    """
    features = []
    for row, title in source.events():
        told = row | _voices(source, row) | ({} if source.everything else {"actors": source.took_part(row)})
        known = {key: told[key] for key in (*_EVENT, "actors", *(_ACCUSED if source.everything else ()))}
        precision = row["coordinates_precision"]
        features.append(_feature(row["event_id"], row, {"title": title, **known}, precision))
    return {"events.geojson": _collection(source, "events", features)}


def _voices(source: Source, row: Row) -> dict[str, list[str]]:
    """Who says that an event happened, and who gives the numbers that its row shows."""
    shown = [each for each in said(source, "timeline", row) if each["standing"] not in NEGATIVE]
    return {
        name: list(dict.fromkeys(source.voice(each) for each in shown if each["property"] == property))
        for name, property in _VOICES.items()
    }


def places(source: Source) -> dict[str, bytes]:
    """`places.geojson` (RFC 7946, WGS 84): the gazetteer. A place without coordinates is a feature without geometry."""
    features = [_feature(row["place_id"], row, _without_point(row), row["precision"]) for row in source.rows("places")]
    return {"places.geojson": _collection(source, "places", features)}


def _without_point(row: Row) -> Row:
    return {key: value for key, value in row.items() if key not in ("latitude", "longitude")}


def _feature(key: str, row: Row, properties: Row, precision: str) -> dict[str, Any]:
    """A feature; lists are text, for few readers of maps know lists."""
    known = {name: "; ".join(value) or None if isinstance(value, list) else value for name, value in properties.items()}
    point = None
    if row["latitude"] is not None:
        point = {"type": "Point", "coordinates": [row["longitude"], row["latitude"]]}
    radius = RADIUS_KM.get(precision) if point else None
    return {"type": "Feature", "id": key, "geometry": point, "properties": known | {"uncertainty_km": radius}}


def _collection(source: Source, layer: str, features: list[dict[str, Any]]) -> bytes:
    found = {
        "type": "FeatureCollection",
        "name": layer,
        "description": f"{source.title}, version {source.version}. A point stands for an area: see uncertainty_km.",
        "features": features,
    }
    return (json.dumps(found, ensure_ascii=False, default=str, indent=1) + "\n").encode()
