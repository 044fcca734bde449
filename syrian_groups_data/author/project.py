"""raw/project.yml and raw/vocabulary.yml -> what the project is; then its records."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import Field

from ..files import FILE, kind
from ..model.additions import Additions, Language, clashes, extended
from ..model.claims import Base
from ..model.corpus import Corpus, Loc, Place
from ..model.problem import Problem, Problems
from ..model.project import Boundaries, Limits, Project
from ..model.table import Id
from ..model.vocabulary import DEFAULT
from ..model.watch import Watch, unwatched
from .read import load as load_records
from .read import parse_yaml_file

PROJECT, VOCABULARY = "project.yml", "vocabulary.yml"
_NUMBERS = frozenset({"place_to_parent_km"})


class LimitsFile(Base):
    """Beyond which `check` warns. What is left out is not asked."""

    place_to_parent_km: Annotated[int | float, Field(gt=0, le=20_000)] | None = Field(
        default=None, description="distance of a place to the one in which it lies", examples=[300]
    )


class BoundariesFile(Base):
    """Areas for the map of the site."""

    path: Annotated[str, Field(pattern=r"^raw/[a-z0-9]+(?:-[a-z0-9]+)*\.geojson$")] = Field(
        description="the GeoJSON file, from the root of the project", examples=["raw/boundaries.geojson"]
    )
    credit: Annotated[str, Field(min_length=1, max_length=200)] = Field(
        description="whose lines they are, under which licence", examples=["Boundaries: Example Survey (CC0)."]
    )
    caveat: Annotated[str, Field(min_length=1, max_length=300)] = Field(
        description="what the lines do not say", examples=["The lines imply no view on any border."]
    )


class ProjectFile(Base):
    """What a project is. Title, version, licence and people stand in CITATION.cff alone."""

    name: Annotated[str, Field(pattern=r"^[a-z0-9]+(?:[._-][a-z0-9]+)*$", max_length=100)] = Field(
        description="name of the data package that is built", examples=["example-valley-data"]
    )
    languages: Annotated[list[Language], Field(min_length=1)] | None = Field(
        default=None, description="languages of sources and names; left out: all that are known", examples=[["es"]]
    )
    second_name: Language | None = Field(
        default=None,
        description="language of the second name of groups, people and places (column name_xx); left out: no column",
        examples=["fr"],
    )
    limits: LimitsFile = Field(default=LimitsFile(), description="limits", examples=[{"place_to_parent_km": 300}])
    boundaries: BoundariesFile | None = Field(
        default=None,
        description="areas for the map of the site; left out: points alone",
        examples=[
            {"path": "raw/boundaries.geojson", "credit": "Example Survey (CC0).", "caveat": "They imply no view."}
        ],
    )
    compare: Annotated[list[Id], Field(min_length=2, max_length=2)] | None = Field(
        default=None,
        description="two groups that the site sets side by side; left out: those of whom most is said",
        examples=[["harbour-guard", "harbour-union"]],
    )


def load(raw: Path, watch: Watch = unwatched) -> Corpus:
    """Read a `raw/` folder. What cannot be read is in `problems`; the rest is in `entries`.

    Where the project or its terms cannot be read, no record is: all would seem to be wrong.
    """
    try:
        project, problems = read_project(raw)
    except Problems as found:
        return Corpus({}, {}, {}, found.problems, set())
    corpus = load_records(raw, project, watch)
    corpus.problems.extend(problems)
    return corpus


def read_project(raw: Path) -> tuple[Project, list[Problem]]:
    """What the project is, ours where nothing says so, and what is wrong with single terms of its own.

    Raises Problems for a file that cannot be read or is malformed.
    """
    found, at = _read(raw / PROJECT, ProjectFile)
    added, places = _read(raw / VOCABULARY, Additions)
    additions = added or Additions()
    problems = [
        Problem(f"raw/{VOCABULARY}", *_place(places, way), code, f"{'.'.join(way)}: {what}", fix)
        for way, code, what, fix in clashes(additions)
    ]
    if found is None:
        return Project(vocabulary=extended(additions, None, DEFAULT.second_name)), problems
    known = [*DEFAULT.lists["languages"], *additions.languages]
    wanted: list[tuple[Loc, str, list[str]]] = [
        (("languages", i), code, known) for i, code in enumerate(found.languages or ())
    ]
    wanted += [(("second_name",), found.second_name, found.languages or known)] if found.second_name else []
    unknown = [
        Problem(
            f"raw/{PROJECT}",
            *at.get(way, (1, 1)),
            "not-in-vocabulary",
            f"{way[0]}: {code} is not in its list",
            f"use one of {', '.join(terms)}" + (f", or add it to raw/{VOCABULARY}" if way[0] == "languages" else ""),
        )
        for way, code, terms in wanted
        if code not in terms
    ]
    if found.boundaries and kind(raw.parent, found.boundaries.path) != FILE:
        what = f"boundaries.path: {found.boundaries.path} is no file here"
        place = at.get(("boundaries", "path"), (1, 1))
        unknown.append(Problem(f"raw/{PROJECT}", *place, "unreadable", what, "put it there, or leave boundaries out"))
    if unknown:
        raise Problems([*unknown, *problems])
    vocabulary = extended(additions, found.languages, found.second_name)
    lines = Boundaries(**found.boundaries.model_dump()) if found.boundaries else None
    limits = Limits(**found.limits.model_dump())
    return Project(found.name, vocabulary, limits, lines, tuple(found.compare or ())), problems


M = TypeVar("M", bound=Base)


def _read(path: Path, model: type[M]) -> tuple[M | None, dict[Loc, Place]]:
    """One file of a project, and the place of every value; None where it is not there."""
    if kind(path.parent.parent, f"{path.parent.name}/{path.name}") is None:
        return None, {}
    name = f"raw/{path.name}"
    try:
        ((found, marks),) = parse_yaml_file(path, name, model, _NUMBERS)
    except OSError as error:
        what = error.strerror or str(error)
        raise Problems([Problem(name, 1, 1, "unreadable", what, "make it a readable file")]) from None
    return found, marks


def _place(marks: dict[Loc, Place], way: tuple[str, ...]) -> Place:
    loc: Loc = tuple(int(part) if part.isdigit() else part for part in way)
    return marks.get(loc, (1, 1))
