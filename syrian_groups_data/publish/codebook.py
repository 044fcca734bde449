"""The codebook: every table and column, every vocabulary term, from the row classes."""

from __future__ import annotations

import re
from typing import Any

import pyarrow as pa
import pyarrow.compute

from ..model.models import models
from ..model.problem import CODES, TABLE_CODES
from ..model.table import Column, as_text, columns
from ..model.vocabulary import TITLES, Vocabulary

_INTRO = """# Codebook

Written by the build, do not edit. Each table is here as Parquet and as CSV, with the same rows.

- A date `x` is five columns: `x` (EDTF text), `x_earliest` and `x_latest` (days, null where open or unknown),
  `x_precision`, and `x_approximate`.
- A list is a list of strings in Parquet and text joined by `;` in CSV.
- An empty cell of a CSV is a missing value, or an empty list.
- An allegation is not a fact: see `standing` wherever it stands, and `outcome` in `allegations`.
- `origins` counts voices. It does not measure proof. `works` lists documents, a copy as what it copies.
- `contested` says that another statement, a passage, a denial or an answer speaks against it: see METHODOLOGY.
- Wide tables (`groups`, `people`, `events`) show what is undisputed; every claim stands in `statements`, its tie in `relations`.
- A statement id that is no longer there leads on in `changes`; an id of 1.0.0 (12 digits) is the beginning of today's after `s`.
"""

_LONG = re.compile(r"\S{41,}")


def _cell(value: Any) -> str:
    return as_text(value).replace("|", "\\|")


def _cut(long: re.Match[str]) -> str:
    """The beginning of a digest: whole it leaves no room for what the column means."""
    return f"{long[0][:12]}…"


def _filled(table: pa.Table, column: Column) -> str:
    if not table.num_rows:
        return "–"
    cells = table[column.name]
    if pa.types.is_list(cells.type):
        filled = pa.compute.sum(pa.compute.greater(pa.compute.list_value_length(cells), 0)).as_py() or 0
    else:
        filled = len(cells) - cells.null_count
    return "<1 %" if 0 < 100 * filled < len(cells) else f"{100 * filled // len(cells)} %"


def codebook(tables: dict[str, pa.Table], vocabulary: Vocabulary) -> str:
    """Markdown of `tables/README.md`."""
    described = models(vocabulary).tables
    lines = [_INTRO, "| table | rows | one row is |", "|---|---:|---|"]
    for table in described:
        about = (table.__doc__ or "").splitlines()[0]
        lines.append(f"| [{table.table}](#{table.table}) | {tables[table.table].num_rows:,} | {about} |")
    for table in described:
        lines += ["", f"## {table.table}", "", (table.__doc__ or "").splitlines()[0], ""]
        lines.append(f"Key: {', '.join(f'`{name}`' for name in table.key)}. Sorted by {', '.join(table.order)}.")
        lines += ["", "| column | type | meaning | example | filled | points to |", "|---|---|---|---|---:|---|"]
        for column in columns(table):
            terms = f" [terms](#{_anchor(column)})" if column.terms else ""
            points = f"`{column.references}`" if column.references else ""
            example = f"`{_LONG.sub(_cut, _cell(column.example))}`" if column.example is not None else ""
            kind = column.type + ("" if not column.required or column.type == "list" else ", required")
            lines.append(
                f"| `{column.name}` | {kind} | {_cell(column.description)}.{terms} "
                f"| {example} | {_filled(tables[table.table], column)} | {points} |"
            )
    lines += [
        "",
        "# Vocabularies",
        "",
        "Closed lists. The definitions are the same in the JSON Schema and in `datapackage.json`.",
    ]
    lines += _vocabularies(vocabulary)
    lines += [
        "",
        "# Problems",
        "",
        "What `check` and `validate` report, as `path:line:column: code: what; what to do`.",
    ]
    for title, codes in (("Of records, by check", CODES), ("Of tables, by validate", TABLE_CODES)):
        lines += ["", f"## {title}", ""]
        lines += [
            f"- `{code}`{' (warning)' if known.warning else ''}: {known.meaning}" for code, known in codes.items()
        ]
    return "\n".join(lines) + "\n"


def _anchor(column: Column) -> str:
    return f"terms-of-{TITLES[column.terms_of or ''].replace(' ', '-')}"


def _vocabularies(vocabulary: Vocabulary) -> list[str]:
    single = vocabulary.single_valued
    symmetric = {name for name, each in vocabulary.relations.items() if each.symmetric}
    types = {sub: kind for kind, subs in vocabulary.subtypes.items() for sub in subs if sub != "other"}
    lines = []
    for name, title in TITLES.items():
        lines += ["", f"## Terms of {title}", ""]
        marked = name in ("properties", "relations", "measures")
        if marked:
            lines += ["◆ has one value at a time, so that values can conflict; ↔ is written once for both sides.", ""]
        for term, text in vocabulary.terms(name).items():
            marks = (" ◆" if term in single else "") + (" ↔" if term in symmetric else "")
            parent = f" (of {types[term]})" if name == "event_subtypes" and term in types else ""
            lines.append(f"- `{term}`{marks if marked else ''}{parent}: {text}")
    return lines
