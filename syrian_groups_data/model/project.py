"""What a project is: its name, its words, and the limits that fit its country."""

from __future__ import annotations

from typing import NamedTuple

from .release import GENERATOR
from .vocabulary import DEFAULT, Vocabulary


class Limits(NamedTuple):
    """Beyond which `check` warns; None: it does not ask."""

    place_to_parent_km: float | None = None


class Boundaries(NamedTuple):
    """Areas for maps: a GeoJSON file of the project, whose lines they are, and what they do not say."""

    path: str
    credit: str
    caveat: str


class Project(NamedTuple):
    """What `raw/project.yml` and `raw/vocabulary.yml` say. A folder without them is read with our terms."""

    name: str = GENERATOR
    vocabulary: Vocabulary = DEFAULT
    limits: Limits = Limits()
    boundaries: Boundaries | None = None
    compare: tuple[str, ...] = ()
