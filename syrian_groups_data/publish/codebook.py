"""The codebook: every table and column, every vocabulary term, from the row classes."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute

from ..model import event_types, rows, vocab
from ..model.problem import CODES, TABLE_CODES
from ..model.table import Column, as_text, columns

_INTRO = """# Codebook

Written by `syrian-groups-data build`; do not edit. Each table is here as Parquet and as CSV, with the same rows.

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


def _cell(value: Any) -> str:
    return as_text(value).replace("|", "\\|")


def _filled(table: pa.Table, column: Column) -> str:
    if not table.num_rows:
        return "–"
    cells = table[column.name]
    if pa.types.is_list(cells.type):
        filled = pa.compute.sum(pa.compute.greater(pa.compute.list_value_length(cells), 0)).as_py() or 0
    else:
        filled = len(cells) - cells.null_count
    return f"{100 * filled // len(cells)} %"


def codebook(tables: dict[str, pa.Table]) -> str:
    """Markdown of `tables/README.md`."""
    lines = [_INTRO, "| table | rows | one row is |", "|---|---:|---|"]
    for table in rows.TABLES:
        about = (table.__doc__ or "").splitlines()[0]
        lines.append(f"| [{table.table}](#{table.table}) | {tables[table.table].num_rows} | {about} |")
    for table in rows.TABLES:
        lines += ["", f"## {table.table}", "", (table.__doc__ or "").splitlines()[0], ""]
        lines.append(f"Key: {', '.join(f'`{name}`' for name in table.key)}. Sorted by {', '.join(table.order)}.")
        lines += ["", "| column | type | meaning | example | filled | points to |", "|---|---|---|---|---:|---|"]
        for column in columns(table):
            terms = f" [terms](#{_anchor(column, table.table)})" if column.terms else ""
            points = f"`{column.references}`" if column.references else ""
            example = f"`{_cell(column.example)}`" if column.example is not None else ""
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
    lines += _vocabularies()
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


_VOCABULARIES: dict[str, dict[str, str]] = {
    "entity types": vocab.ENTITY_TYPES,
    "properties": rows.PROPERTIES,
    "standings": vocab.STANDINGS,
    "relations": {name: relation.definition for name, relation in vocab.RELATIONS.items()},
    "measures": vocab.MEASURES,
    "qualifiers": vocab.QUALIFIERS,
    "units": vocab.UNITS,
    "classes": vocab.CLASSES,
    "event types": event_types.EVENT_TYPE_DEFINITIONS,
    "event sub-types": event_types.EVENT_SUBTYPES,
    "participant roles": vocab.PARTICIPANT_ROLES,
    "harms": vocab.HARMS,
    "acts": vocab.ACTS,
    "party roles": vocab.PARTY_ROLES,
    "stances": vocab.STANCES,
    "outcomes": vocab.OUTCOMES,
    "covered properties": vocab.COVERED,
    "citation roles": vocab.CITATION_ROLES,
    "passage uses": vocab.PASSAGE_USES,
    "kinds of change": vocab.CHANGE_KINDS,
    "sort bases": vocab.SORT_BASES,
    "set-aside reasons": vocab.SET_ASIDE,
    "group kinds": vocab.GROUP_KINDS,
    "bases": vocab.BASES,
    "name roles": vocab.NAME_ROLES,
    "source kinds": vocab.SOURCE_KINDS,
    "place kinds": vocab.PLACE_KINDS,
    "place precisions": vocab.PLACE_PRECISIONS,
    "event precisions": vocab.EVENT_PRECISIONS,
    "date precisions": vocab.DATE_PRECISIONS,
    "positions": vocab.POSITIONS,
    "commands": vocab.COMMANDS,
    "statuses": vocab.STATUSES,
    "languages": vocab.LANGUAGES,
    "scripts": vocab.SCRIPTS,
}


def _anchor(column: Column, table: str) -> str:
    for name, terms in _VOCABULARIES.items():
        if column.terms == terms:
            return f"terms-of-{name.replace(' ', '-')}"
    raise KeyError(f"{table}.{column.name} has a vocabulary without a name")


def _vocabularies() -> list[str]:
    single, symmetric = vocab.SINGLE_VALUED, {name for name, each in vocab.RELATIONS.items() if each.symmetric}
    types = {sub: kind for kind, subs in event_types.EVENT_TYPES.items() for sub in subs if sub != "other"}
    lines = []
    for name, terms in _VOCABULARIES.items():
        lines += ["", f"## Terms of {name}", ""]
        if name in ("properties", "relations", "measures"):
            lines += ["◆ has one value at a time, so that values can conflict; ↔ is written once for both sides.", ""]
        for term, text in terms.items():
            marks = (" ◆" if term in single else "") + (" ↔" if term in symmetric else "")
            parent = f" (of {types[term]})" if name == "event sub-types" and term in types else ""
            lines.append(
                f"- `{term}`{marks if name in ('properties', 'relations', 'measures') else ''}{parent}: {text}"
            )
    return lines
