"""The same raw/ gives the same bytes, whatever the environment; so do wheel and sdist."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import stat
import subprocess
import sys
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet
import pyarrow.parquet as pq
import pytest

from syrian_groups_data.author import load
from syrian_groups_data.flatten import flatten
from syrian_groups_data.model import rows
from syrian_groups_data.model.models import models
from syrian_groups_data.publish import content_hash, to_arrow
from tests.conftest import EXAMPLE, ROOT, Run, sealed

# What is set up once is set up by one worker.
pytestmark = pytest.mark.xdist_group("reproducible")

# Each environment differs from the first in everything that could leak into a file. A locale that is not
# installed here falls back to C.
ENVIRONMENTS: dict[str, dict[str, Any]] = {
    "plain": {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8", "OMP_NUM_THREADS": "1", "umask": 0o022},
    "east": {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "OMP_NUM_THREADS": "4",
             "umask": 0o077},
    "west": {"PYTHONHASHSEED": "4294967295", "TZ": "Pacific/Pago_Pago", "LC_ALL": "C", "OMP_NUM_THREADS": "2",
             "umask": 0o000, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "apart": {"PYTHONHASHSEED": "random", "TZ": "Asia/Damascus", "LC_ALL": "de_DE.UTF-8", "ARROW_NUM_THREADS": "7",
              "ARROW_DEFAULT_MEMORY_POOL": "system", "ARROW_USER_SIMD_LEVEL": "NONE", "umask": 0o027,
              "PYTHONOPTIMIZE": "1"},
}  # fmt: skip


def build(root: Path, python: str = sys.executable, umask: int = 0o022, **env: str) -> dict[str, bytes]:
    """Build a copy of the example with the real command."""
    shutil.copytree(EXAMPLE, root)
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "PYTHON", "OMP_", "ARROW_"))}
    done = subprocess.run(
        [python, "-m", "syrian_groups_data", "build"], cwd=root / "raw" / "groups", umask=umask,
        env={**clean, "PYTHONPATH": str(ROOT), **env}, capture_output=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    paths = [*root.glob("tables/*"), root / "datapackage.json"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in paths} == {0o644}
    assert stat.S_IMODE((root / "tables").stat().st_mode) == 0o755
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}


@cache
def reference(scratch: Path) -> dict[str, bytes]:
    return build(scratch / "reference", **ENVIRONMENTS["plain"])


@pytest.fixture(scope="session")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return reference(tmp_path_factory.mktemp("plain"))


@pytest.mark.parametrize("name", ["east", "west", "apart"])
def test_every_environment_gives_the_same_bytes(plain: dict[str, bytes], tmp_path: Path, name: str) -> None:
    found = build(tmp_path / "a folder with ünïcode" / name, **ENVIRONMENTS[name])
    assert found.keys() == plain.keys()
    assert [path for path in plain if plain[path] != found[path]] == []


def test_files_made_in_another_order_give_the_same_bytes(plain: dict[str, bytes], tmp_path: Path) -> None:
    """Folders list their files as the file system likes; newer and older files are the same."""
    turned = tmp_path / "turned"
    for i, path in enumerate(sorted(EXAMPLE.rglob("*"), reverse=True)):
        if path.is_file():
            target = turned / path.relative_to(EXAMPLE)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
            os.utime(target, (i, i))
    corpus = load(turned / "raw")
    made = flatten(corpus)
    tables = {table.table: to_arrow(table, made[table.table]) for table in models(corpus.vocabulary).tables}
    assert content_hash(tables) == json.loads(plain["datapackage.json"])["contentHash"]


# Interpreters of other environments with the packages, as SGD_PYTHONS names them. In CI each version runs the whole
# suite, and `build --check` compares what it makes with the one set of tables in the repository.
PYTHONS = [sys.executable, *filter(None, os.environ.get("SGD_PYTHONS", "").split(os.pathsep))]


@pytest.mark.parametrize("python", PYTHONS)
def test_every_python_gives_the_same_bytes(plain: dict[str, bytes], tmp_path: Path, python: str) -> None:
    assert build(tmp_path / "other", python) == plain


# --- what the tables say, however they are written ------------------------------------------------

WRITERS: list[dict[str, Any]] = [
    {"compression": "snappy"},
    {"compression": "none", "use_dictionary": False},
    {"compression": "zstd", "compression_level": 1, "row_group_size": 1},
    {"compression": "gzip", "row_group_size": 3, "data_page_version": "2.0", "data_page_size": 64},
]


@pytest.mark.parametrize("writer", WRITERS, ids=lambda writer: "-".join(map(str, writer.values())))
def test_the_content_hash_does_not_see_the_writer(plain: dict[str, bytes], writer: dict[str, Any]) -> None:
    tables, changed = {}, 0
    for table in rows.TABLES:
        data = plain[f"tables/{table.table}.parquet"]
        out = io.BytesIO()
        pa.parquet.write_table(pa.parquet.ParquetFile(io.BytesIO(data)).read(), out, **writer)
        changed += out.getvalue() != data
        tables[table.table] = pa.parquet.ParquetFile(io.BytesIO(out.getvalue())).read()
    assert changed == len(rows.TABLES)
    assert content_hash(tables) == json.loads(plain["datapackage.json"])["contentHash"]


def test_the_content_hash_sees_every_cell(plain: dict[str, bytes]) -> None:
    tables = {
        table.table: pa.parquet.ParquetFile(io.BytesIO(plain[f"tables/{table.table}.parquet"])).read()
        for table in rows.TABLES
    }
    seen = {content_hash(tables)}
    count = 0
    for name, table in tables.items():
        for i, field in enumerate(table.schema):
            cells = table.column(i).to_pylist()
            if not cells:
                continue
            # In CSV nothing is nothing, whether no list or an empty one.
            empty = [None, *cells[1:]] if cells[0] not in (None, []) else [*_other(field.type), *cells[1:]]
            changed = table.set_column(i, field.with_nullable(True), pa.array(empty, field.type))
            seen.add(content_hash({**tables, name: changed}))
            count += 1
    assert len(seen) == count + 1


def _other(kind: pa.DataType) -> list[Any]:
    """A cell of a type, where the table has none."""
    if pa.types.is_date(kind):
        return [date(2000, 1, 1)]
    if pa.types.is_list(kind):
        return [["x"]]
    return ["x" if pa.types.is_string(kind) else False if pa.types.is_boolean(kind) else 7]


# --- wheel and sdist ------------------------------------------------------------------------------


def packaged(checkout: Path, **env: str) -> dict[str, str]:
    """Wheel and sdist of a checkout, as digests."""
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", str(checkout / "dist")], cwd=checkout, env=os.environ | env,
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (checkout / "dist").iterdir()}


def test_wheel_and_sdist_built_twice_are_identical(tmp_path: Path) -> None:
    pytest.importorskip("hatchling", reason="hatchling is not installed: wheel and sdist are not built")
    names = ["syrian_groups_data", "raw", "tables", "tests", "datapackage.json", "pyproject.toml", ".gitignore"]
    names += [path.name for path in ROOT.glob("*") if path.suffix in (".md", ".cff") or path.name.startswith("LICENSE")]
    one, two = tmp_path / "one", tmp_path / "elsewhere" / "two"
    one.mkdir()
    for name in names:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, one / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif (ROOT / name).is_file():
            shutil.copy2(ROOT / name, one / name)
    shutil.copytree(one, two)
    for i, path in enumerate(sorted(two.rglob("*"))):
        os.utime(path, (10**9 + i, 10**9 + i))
        if path.is_file():
            path.chmod(0o600)
    first = packaged(one, PYTHONHASHSEED="1", TZ="UTC")
    second = packaged(two, PYTHONHASHSEED="2", TZ="Pacific/Kiritimati", LC_ALL="C")
    assert sorted(name.rpartition(".")[2] for name in first) == ["gz", "whl"]
    assert first == second


@pytest.mark.parametrize("changed", [False, True], ids=["another writer", "another writer and another cell"])
def test_what_another_version_of_the_writer_wrote_is_compared_by_content(
    example: Path, run: Run, changed: bool
) -> None:
    """Arrow 17 writes the same tables in other bytes: they are fresh, as long as they say the same."""
    assert run(example, "build").returncode == 0
    path = example / "tables" / "groups.parquet"
    table = pq.read_table(path)
    if changed:
        table = table.set_column(1, table.schema.field(1), pa.array(["Another name"] * len(table)))
    out = io.BytesIO()
    pq.write_table(table, out, compression="none", write_page_checksum=True)
    written = f"version {pa.__version__}".encode()
    assert written in out.getvalue()
    data = out.getvalue().replace(written, b"version 9".ljust(len(written), b"0"))
    path.write_bytes(data)
    package = json.loads((example / "datapackage.json").read_bytes())
    for each in package["resources"]:
        if each["path"] == "tables/groups.parquet":
            each.update(bytes=len(data), hash=f"sha256:{hashlib.sha256(data).hexdigest()}")
    (example / "datapackage.json").write_bytes(sealed({key: each for key, each in package.items() if key != "seal"}))
    done = run(example, "build", "--check")
    assert (done.returncode, "tables/groups.parquet: stale" in done.stderr) == (int(changed), changed), done.stderr
