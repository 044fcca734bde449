"""CITATION.cff -> what the descriptor says of the package."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from ..model.release import Release
from .read import parse_yaml_file, regular


class Author(BaseModel):
    """Somebody who made the data."""

    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)

    name: str | None = None
    alias: str | None = None
    given: str | None = Field(default=None, alias="given-names")
    family: str | None = Field(default=None, alias="family-names")

    @property
    def called(self) -> str | None:
        """Name of a person or a body; None where there is none."""
        return self.name or " ".join(filter(None, (self.given, self.family))) or self.alias


class Citation(BaseModel):
    """The fields of CITATION.cff that are read here; it has others."""

    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)

    title: str | None = None
    abstract: str | None = None
    version: Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$")] = "0.0.0"
    released: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")] | None = Field(default=None, alias="date-released")
    url: str | None = None
    authors: list[Author] = []
    keywords: list[str] = []
    license: str | list[str] = []


def read_citation(path: Path) -> Release:
    """Name, version and people of the release; the default of each where there is no such file.

    Raises Problems for a file that is malformed, OSError for one that cannot be read.
    """
    if not path.exists() and not path.is_symlink():
        return Release()
    regular(path)
    ((found, _),) = parse_yaml_file(path, path.name, Citation)
    return Release(
        title=found.title,
        description=found.abstract,
        version=found.version,
        created=f"{found.released}T00:00:00Z" if found.released else None,
        homepage=found.url,
        contributors=tuple(filter(None, (each.called for each in found.authors))),
        keywords=tuple(found.keywords),
        licences=(found.license,) if isinstance(found.license, str) else tuple(found.license),
    )
