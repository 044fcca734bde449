"""Events and places as GeoJSON points, each with how precise its place is and how sure the claim."""

from __future__ import annotations

import json
from typing import Any

from .source import NEGATIVE, PLAIN, Row, Source

# Half the width of what a point stands for, in kilometres: what a map should draw around it.
RADIUS_KM = {"site": 0.5, "settlement": 5, "district": 20, "governorate": 60, "region": 100, "country": 300}


def export(source: Source) -> dict[str, bytes]:
    """`events.geojson` and `places.geojson` (RFC 7946, WGS 84).

    An event without coordinates is a feature with null geometry: it is not lost, and not on the map. Events that no
    source plainly asserts or reports are there only with everything, and then carry their standing in the title.
    """
    return {
        "events.geojson": _collection(source, [_event(row) for row in source.rows("timeline") if _shown(source, row)]),
        "places.geojson": _collection(source, [_place(row) for row in source.rows("places")]),
    }


def _shown(source: Source, row: Row) -> bool:
    return row["standing"] in PLAIN or (source.everything and row["standing"] not in NEGATIVE)


def _collection(source: Source, features: list[dict[str, Any]]) -> bytes:
    found = {
        "type": "FeatureCollection",
        "name": f"{source.name} {source.version}",
        "features": features,
    }
    return (json.dumps(found, ensure_ascii=False, default=str, indent=1) + "\n").encode()


def _point(row: Row) -> dict[str, Any] | None:
    if row["latitude"] is None:
        return None
    return {"type": "Point", "coordinates": [row["longitude"], row["latitude"]]}


def _event(row: Row) -> dict[str, Any]:
    plain = row["standing"] in PLAIN
    precision = row["coordinates_precision"]
    title = row["title"] if plain else f"{row['title']} [{row['standing']}]"
    keys = (
        "event_id", "type", "subtype", "date", "date_earliest", "date_latest", "place", "admin1", "country",
        "place_precision", "standing", "killed_low", "killed_high", "killed_standing", "injured_low", "injured_high",
        "injured_standing", "origins", "note",
    )  # fmt: skip
    lists = ("contested", "actors", "allegations", "outcomes", "works", "passages")
    found: dict[str, Any] = {"title": title} | {key: row.get(key) for key in keys}
    found |= {key: "; ".join(row.get(key) or []) or None for key in lists}
    found |= {"coordinates_precision": precision, "uncertainty_km": RADIUS_KM.get(precision)}
    return {"type": "Feature", "id": row["event_id"], "geometry": _point(row), "properties": found}


def _place(row: Row) -> dict[str, Any]:
    found = {
        key: value for key, value in row.items() if key not in ("latitude", "longitude") and not isinstance(value, list)
    }
    found["uncertainty_km"] = RADIUS_KM.get(row["precision"])
    return {"type": "Feature", "id": row["place_id"], "geometry": _point(row), "properties": found}
