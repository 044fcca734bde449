"""A folder for the Hugging Face hub: a card with one config a table, and the Parquet files beside it."""

from __future__ import annotations

import io
import json
from typing import Any

from .source import Source

_LICENCES = {"CC-BY-4.0": "cc-by-4.0", "CC0-1.0": "cc0-1.0", "CC-BY-SA-4.0": "cc-by-sa-4.0", "ODbL-1.0": "odbl"}


def export(source: Source) -> dict[str, bytes]:
    """`README.md` and `tables/*.parquet`; `datasets.load_dataset(folder, "timeline")` reads a table.

    A table without rows is there as a file; `datasets` has no config without rows.
    """
    import pyarrow.parquet as parquet

    files: dict[str, bytes] = {"README.md": _card(source).encode()}
    for name in source.names:
        out = io.BytesIO()
        parquet.write_table(source.tables.table(name), out, compression="zstd")
        files[f"tables/{name}.parquet"] = out.getvalue()
    return files


def _text(value: Any) -> str:
    """A YAML scalar that means the text itself: JSON strings are YAML."""
    return json.dumps(str(value), ensure_ascii=False)


def _card(source: Source) -> str:
    licences = source.descriptor.get("licenses", [])
    named = licences[0].get("name", "") if licences else ""
    languages = sorted({row["language"] for row in source.rows("sources") if row["language"]})
    lines = ["---", f"pretty_name: {_text(source.title)}"]
    if named:
        lines.append(f"license: {_LICENCES.get(named, 'other')}")
    lines += ["language:", *(f"  - {_text(language)}" for language in languages), "tags:"]
    lines += [f"  - {_text(word)}" for word in source.descriptor.get("keywords", [])] or ["  - provenance"]
    lines.append("configs:")
    for name in filter(source.rows, source.names):
        lines += [
            f"  - config_name: {name}",
            "    data_files:",
            "      - split: train",
            f"        path: tables/{name}.parquet",
        ]
        if name == "timeline":
            lines.append("    default: true")
    lines += [
        "---",
        "",
        f"# {source.title}",
        "",
        source.description,
        "",
    ]
    lines += [
        f"Version {source.version}. Every claim is cited to the sentence; an allegation is never a fact: show no accused",
        "without the accuser, the standing and the answers. Not for training on names as suspects, and not for sums.",
        "",
        "| config | a row is |",
        "|---|---|",
        *(
            f"| `{name}` | {source.described(name)}{'' if source.rows(name) else ' No rows, so no config.'} |"
            for name in source.names
        ),
        "",
    ]
    return "\n".join(lines)
