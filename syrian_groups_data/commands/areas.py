"""Boundaries for maps: a file that is given, else the one that a package or a project names."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .project import Usage

if TYPE_CHECKING:
    from ..site import Boundaries

_MOST = 16 << 20  # bytes of a file of boundaries


def areas(given: str | None, base: Path, descriptor: Mapping[str, Any]) -> Boundaries | None:
    """The boundaries of the map: a file that is given, else the one that the descriptor names, with its credit."""
    from ..files import FILE, kind, read
    from ..site import Boundaries

    named = descriptor.get("boundaries")
    named = named if isinstance(named, dict) else {}
    inside = str(named.get("path", ""))
    if given is None and (not inside or kind(base, inside) != FILE):
        return None  # tables may have come without the file
    root, name = (Path(given).parent, Path(given).name) if given else (base, inside)
    try:
        found = json.loads(read(root, name, _MOST))
        boundaries = Boundaries(found["features"], *(str(found.get(each) or "") for each in ("credit", "caveat")))
        boundaries.check()
    except OSError as error:
        raise Usage(f"{root / name}: {error.strerror or error}; give a GeoJSON file") from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Usage(f"{root / name} is no GeoJSON collection of areas ({error!r})") from None
    if given is None:
        credit, caveat = (str(named.get(each) or "") for each in ("credit", "caveat"))
        boundaries = boundaries._replace(credit=credit or boundaries.credit, caveat=caveat or boundaries.caveat)
    return boundaries
