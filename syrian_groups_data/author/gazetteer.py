"""A gazetteer given as CSV: the rows that a name could mean."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from ..files import read, share
from ..model.fold import fold

_NEEDED = ("name", "latitude", "longitude")


class Unreadable(Exception):
    """The file is no gazetteer that can be read."""


def namesakes(path: Path, name: str, within: str | None = None) -> list[dict[str, str]]:
    """Rows whose name, or one of whose `other_names` (joined by `|`), is spelled alike; `credit` says where they are from.

    The columns name, latitude and longitude are needed; name_xx, other_names, iso_3166_2, geonames_id, wof_id and credit
    are used where they are there. Raises Unreadable.
    """
    try:
        text = read(path.absolute().parent, path.name, share()).decode("utf-8-sig")
        rows = csv.DictReader(io.StringIO(text, newline=""))
        missing = [column for column in _NEEDED if column not in (rows.fieldnames or ())]
        if missing:
            raise Unreadable(f"{path}: a gazetteer has the columns {', '.join(_NEEDED)}; missing: {', '.join(missing)}")
        wanted = fold(name)
        found = [row for row in rows if wanted in _names(row) and within in (None, row.get("iso_3166_2"))]
    except OSError as error:
        raise Unreadable(f"{path}: {error.strerror or error}") from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise Unreadable(f"{path} is no CSV in UTF-8: {error}") from None
    return [row | {"credit": row.get("credit") or _credit(path, row)} for row in found]


def _names(row: dict[str, str]) -> set[str]:
    names = [row["name"], *(row.get("other_names") or "").split("|")]
    names += [value for key, value in row.items() if key and key.startswith("name_") and value]
    return {fold(each) for each in names if each}


def _credit(path: Path, row: dict[str, str]) -> str:
    return f"Who's On First {row['wof_id']} (CC0)" if row.get("wof_id") else path.name
