"""`datapackage.json`: what is published, where from, under which licence."""

from __future__ import annotations

import hashlib
from typing import Any

from ..model import rows
from ..model.additions import described
from ..model.models import models
from ..model.release import GENERATOR, Release
from ..model.table import PROFILE, Row, table_schema

# Those that data are often under; of another the address at SPDX is given.
_LICENCES = {
    "CC-BY-4.0": ("Creative Commons Attribution 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "CC-BY-SA-4.0": ("Creative Commons Attribution-ShareAlike 4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
    "CC-BY-NC-4.0": (
        "Creative Commons Attribution-NonCommercial 4.0",
        "https://creativecommons.org/licenses/by-nc/4.0/",
    ),
    "CC0-1.0": ("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    "ODbL-1.0": ("Open Database License 1.0", "https://opendatacommons.org/licenses/odbl/1-0/"),
    "ODC-By-1.0": ("Open Data Commons Attribution 1.0", "https://opendatacommons.org/licenses/by/1-0/"),
    "PDDL-1.0": ("Public Domain Dedication and License 1.0", "https://opendatacommons.org/licenses/pddl/1-0/"),
}


def _licence(spdx: str) -> dict[str, str]:
    title, path = _LICENCES.get(spdx, (spdx, f"https://spdx.org/licenses/{spdx}.html"))
    return {"name": spdx, "title": title, "path": path}


def _resource(name: str, table: type[Row], form: str, data: bytes) -> dict[str, Any]:
    description = (table.__doc__ or "").splitlines()[0]
    resource: dict[str, Any] = {
        "name": name,
        "type": "table" if form == "csv" else "file",
        "path": f"tables/{table.table}.{form}",
        "title": table.table,
        "description": description,
        "format": form,
        "mediatype": "text/csv" if form == "csv" else "application/vnd.apache.parquet",
    } | _digest(data)
    if form == "csv":
        resource |= {"encoding": "utf-8", "schema": table_schema(table)}
    return resource


_OTHERS = {
    "tables/README.md": ("codebook", "Codebook", "text/markdown"),
    "tables/timeline.svg": ("picture-of-events", "Events by date", "image/svg+xml"),
    "tables/accusations.svg": ("picture-of-accusations", "Who accuses whom", "image/svg+xml"),
}


def _digest(data: bytes) -> dict[str, Any]:
    return {"bytes": len(data), "hash": f"sha256:{hashlib.sha256(data).hexdigest()}"}


def descriptor(
    release: Release, files: dict[str, bytes], sources: list[dict[str, Any]], content: str, redirects: dict[str, str]
) -> dict[str, Any]:
    """`datapackage.json` as Data Package v2 has it; `generator`, `contentHash`,
    `redirects` and `vocabulary` (how it differs from ours, where it does) are of our own making."""
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
            "type": "file",
            "path": path,
            "title": title,
            "format": path.rpartition(".")[2],
            "mediatype": kind,
        }
        | _digest(files[path])
        for path, (name, title, kind) in _OTHERS.items()
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
        "contributors": [{"title": name, "roles": ["creator"]} for name in release.contributors],
        "licenses": [_licence(each) for each in release.licences],
        "sources": sources,
        "contentHash": content,
        "redirects": dict(sorted(redirects.items())),
        "vocabulary": described(release.vocabulary),
        "resources": resources,
    }
    return {key: value for key, value in package.items() if value not in (None, [])}


def sources(tables: dict[str, list[Row]]) -> list[dict[str, Any]]:
    """Sources as a data package lists them."""
    found = []
    for row in tables["sources"]:
        assert isinstance(row, rows.Sources)
        source = {"title": row.title or row.source_id, "path": row.url, "version": row.snapshot_sha256}
        found.append({key: value for key, value in source.items() if value})
    return found
