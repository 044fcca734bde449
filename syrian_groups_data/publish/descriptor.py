"""`datapackage.json`: what is published, where from, under which licence."""

from __future__ import annotations

import hashlib
from typing import Any

from ..model.additions import described
from ..model.models import models
from ..model.release import GENERATOR, Release
from ..model.seal import KEY, seal
from ..model.table import PROFILE, Row, table_schema


def _resource(name: str, table: type[Row], form: str, data: bytes) -> dict[str, Any]:
    description = (table.__doc__ or "").splitlines()[0]
    resource: dict[str, Any] = {
        "name": name,
        "path": f"tables/{table.table}.{form}",
        "title": table.table,
        "description": description,
        # Frictionless reads every parquet as a table, and stumbles over lists: it is to take these as files.
        "format": "csv" if form == "csv" else "apache-parquet",
        "mediatype": "text/csv" if form == "csv" else "application/vnd.apache.parquet",
    } | _digest(data)
    if form == "csv":
        resource |= {"type": "table", "encoding": "utf-8", "schema": table_schema(table)}
    return resource


_OTHERS = {
    "tables/README.md": ("codebook", "Codebook", "text/markdown"),
    "tables/timeline.svg": ("picture-of-events", "Events by date", "image/svg+xml"),
    "tables/accusations.svg": ("picture-of-accusations", "Who accuses whom", "image/svg+xml"),
    "tables/map.svg": ("picture-of-places", "Where it happened", "image/svg+xml"),
    "tables/ties.svg": ("picture-of-ties", "Ties over time", "image/svg+xml"),
}


def _digest(data: bytes) -> dict[str, Any]:
    return {"bytes": len(data), "hash": f"sha256:{hashlib.sha256(data).hexdigest()}"}


def descriptor(
    release: Release,
    files: dict[str, bytes],
    sources: list[dict[str, Any]],
    content: str,
    redirects: dict[str, str],
    raw: str | None = None,
) -> dict[str, Any]:
    """`datapackage.json` as Data Package v2 has it; `generator`, `contentHash`, `rawHash`,
    `redirects`, `seal`, `vocabulary` (how it differs from ours, where it does), `boundaries` and `compare` (for the site)
    are of our own making."""
    resources = [
        _resource(
            table.table if form == "csv" else f"{table.table}-parquet",
            table,
            form,
            files[f"tables/{table.table}.{form}"],
        )
        for table in models(release.vocabulary).tables
        for form in ("csv", "parquet")
    ]
    resources += [
        {
            "name": name,
            "path": path,
            "title": title,
            "format": path.rpartition(".")[2],
            "mediatype": kind,
        }
        | _digest(files[path])
        for path, (name, title, kind) in _OTHERS.items()
        if path in files
    ]
    package = {
        "$schema": f"{PROFILE}/datapackage.json",
        "name": release.name,
        "title": release.title,
        "description": release.description,
        "version": release.version,
        "created": release.created,
        "generator": GENERATOR,
        "homepage": release.homepage,
        "keywords": list(release.keywords),
        "contributors": [{**each, "roles": ["creator"]} for each in release.contributors],
        "licenses": list(release.licences),
        "sources": sources,
        "contentHash": content,
        "rawHash": raw,
        "redirects": dict(sorted(redirects.items())),
        "vocabulary": described(release.vocabulary),
        "boundaries": release.boundaries._asdict() if release.boundaries else None,
        "compare": list(release.compare),
        "resources": resources,
    }
    said = {key: value for key, value in package.items() if value not in (None, [])}
    return said | {KEY: seal(said)}


def sources(tables: dict[str, list[Any]]) -> list[dict[str, Any]]:
    """Sources as a data package lists them."""
    found = []
    for row in tables["sources"]:
        source = {"title": row.title or row.source_id, "path": row.url, "version": row.snapshot_sha256}
        found.append({key: value for key, value in source.items() if value})
    return found
