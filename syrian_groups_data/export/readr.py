"""R code that reads the CSV tables with readr, each column in the type that the descriptor gives it."""

from __future__ import annotations

import json

from .source import Source

# Whole numbers are doubles: R's integers end at two thousand millions.
_TYPES = {"string": "c", "integer": "d", "number": "d", "boolean": "l", "date": "D", "list": "c"}
_CODE = """\
# How to read {name} {version} in R: source this file, then read_table_of("timeline").
# Text is character, numbers double, yes and no logical, days Date; lists are list columns of character.
types <- c({types})
lists <- list({lists})
read_table_of <- function(table, folder = "tables") {{
  found <- readr::read_csv(file.path(folder, paste0(table, ".csv")), col_types = types[[table]], na = "")
  for (column in lists[[table]]) {{
    text <- found[[column]]
    found[[column]] <- ifelse(is.na(text), list(character()), strsplit(text, ";", fixed = TRUE))
  }}
  found
}}
"""


def export(source: Source) -> dict[str, bytes]:
    """`tables.R`, to be sourced beside `tables/`."""
    types, lists = [], []
    for name in source.names:
        fields = source.fields(name)
        types.append(f'\n  {name} = "{"".join(_TYPES[field["type"]] for field in fields)}"')
        columns = ", ".join(json.dumps(field["name"]) for field in fields if field["type"] == "list")
        lists.append(f"\n  {name} = c({columns})")
    code = _CODE.format(
        name=source.name, version=source.version, types=",".join(types) + "\n", lists=",".join(lists) + "\n"
    )
    return {"tables.R": code.encode()}
