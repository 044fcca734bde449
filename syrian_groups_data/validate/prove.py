"""The files of a package: there, inside, unchanged, and in both forms the same; then the rules of its tables."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path

from ..files import Linked, kind, leads_outside, open_file, rest, share, size
from ..model.problem import Problem, Problems, visible
from ..model.watch import Watch, unwatched
from .cells import read_csv
from .descriptor import DESCRIPTOR, Package, Resource, read
from .engines import LOCAL, DuckDB, Engine, Spark
from .forms import PARQUET, differences, read_parquet, stem
from .rules import broken
from .text import Found, Text


def validate(base: Path, engine: str = "duckdb", master: str | None = None, watch: Watch = unwatched) -> list[Problem]:
    """Every problem of a built package: `base` holds `datapackage.json` and what it names.

    Nothing outside that folder is read. `engine` is duckdb or spark; both find the same. `master` is the URL of
    Spark's master; without it, this machine is. Raises Environment where the engine does not start, or gives up.
    """
    try:
        package, problems, files = _held(base)
    except Problems as error:
        return error.problems
    csvs, parquets = _texts(package, files, problems, watch)
    if csvs or parquets:
        runner: Engine = DuckDB() if engine == "duckdb" else Spark(master or LOCAL)
        try:
            for texts, known in ((csvs, parquets | csvs), (parquets, csvs | parquets)):
                problems += map(_told, broken(runner, texts.values(), known))
        finally:
            runner.close()
    return sorted(set(problems))


_TRIES, _PAUSE = 5, 0.1  # readings of a package that is being built, seconds between them


def _held(base: Path) -> tuple[Package, list[Problem], dict[str, bytes]]:
    """A package with its files, of one build: where one ends meanwhile they are read again. Raises Problems."""
    for tried in range(_TRIES):
        package, problems = read(base)
        files: dict[str, bytes] = {}
        wrong = [problem for each in package.resources if (problem := _file(base, each, files))]
        if not wrong or tried == _TRIES - 1 or (kind(base, ".build") is None and read(base)[0] == package):
            break
        time.sleep(_PAUSE)
    return package, problems + wrong, files


def _texts(
    package: Package, files: dict[str, bytes], problems: list[Problem], watch: Watch
) -> tuple[dict[str, Text], dict[str, Text]]:
    """CSVs as text, and those Parquet files that are judged by themselves: what says the same as its CSV is not."""
    csvs: dict[str, Text] = {}
    parquets: dict[str, Text] = {}
    described = {stem(each.path): (each.name, each.table) for each in package.resources if each.table}
    for number, each in enumerate(watch(package.resources, "files")):
        if each.table and each.path in files and not each.path.endswith(PARQUET):
            columns = [field.name for field in each.table.fields]
            cells, wrong = read_csv(each.path, files[each.path], columns)
            problems += wrong
            if cells is not None:
                csvs[each.name] = Text(number, each, each.table, cells)
    for number, each in enumerate(watch(package.resources, "files")):
        if each.path in files and each.path.endswith(PARQUET) and stem(each.path) in described:
            name, schema = described[stem(each.path)]
            text, wrong = read_parquet(number, each, schema, files[each.path], package.ours)
            different = list(differences(text, csvs[name])) if text and name in csvs else []
            problems += wrong + different
            if text and (different or name not in csvs):
                parquets[name] = text
    return csvs, parquets


_ADVICE = {
    "required-missing": ("{column} is empty", "give a value"),
    "wrong-cell-type": ("{column}: {value} is of another type", "correct the cell"),
    "cell-not-in-vocabulary": ("{column}: {value} is not in its list", "use a term of the codebook"),
    "cell-malformed": ("{column}: {value} is malformed", "correct the cell"),
    "cell-out-of-range": ("{column}: {value} is out of range", "correct the cell"),
    "key-not-unique": ("{column}: {value} stands in an earlier row too", "delete or correct one of the two"),
    "broken-reference": ("{column}: no row {value}", "add the row, or correct the cell"),
}


def _told(found: Found) -> Problem:
    what, fix = _ADVICE[found.code]
    text = what.format(column=visible(found.column[:80]), value=visible(repr(found.value)[:80]))
    return Problem(found.path, found.line, 1, found.code, text, fix)


def _file(base: Path, resource: Resource, files: dict[str, bytes]) -> Problem | None:
    """Read one file of a package into `files`, unless it lies outside, is missing, or is larger than declared."""
    name, declared = resource.path, resource.bytes
    if leads_outside(name):
        fix = "name a file below the descriptor's folder"
        return Problem(DESCRIPTOR, 1, 1, "unsafe-path", f"{visible(name)} leads outside the package", fix)
    wrong = Problem(name, 1, 1, "hash-mismatch", "", "build again, or fetch it again")
    try:
        with open_file(base, name) as file:
            found = size(file)
            if not isinstance(declared, int) or found > declared:
                return wrong._replace(what=f"it is {found} bytes, more than declared, and was not read")
            if found > share() - sum(map(len, files.values())):
                return wrong._replace(what=f"it is {found} bytes, too many for the memory here, and was not read")
            files[name] = data = rest(file, base / name)
    except Linked as error:
        what = f"{visible(name)} is, or is reached by, a link"
        return Problem(DESCRIPTOR, 1, 1, "unsafe-path", what, f"put a real file in the place of {error.filename}")
    except OSError as error:
        return Problem(name, 1, 1, "missing-file", error.strerror or str(error), "build again")
    digest = f"sha256:{hashlib.sha256(data).hexdigest()}"
    if resource.hash != digest or declared != len(data):
        return wrong._replace(what=f"it is {len(data)} bytes, {digest[:23]}…")
    return None
