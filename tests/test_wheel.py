"""What pip installs: the wheel works where no checkout is near, and holds nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT

# What is set up once is set up by one worker.
pytestmark = pytest.mark.xdist_group("wheel")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("hatchling", reason="hatchling is not installed: no wheel was built")
    target = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(target)]
    done = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return next(target.glob("*.whl"))


def test_the_wheel_holds_tables_and_types_and_nothing_authored(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    inside = [name for name in names if not name.split("/")[0].endswith(".dist-info")]
    assert all(name.startswith("syrian_groups_data/") for name in inside)
    assert {
        "syrian_groups_data/py.typed",
        "syrian_groups_data/_data/datapackage.json",
        "syrian_groups_data/_data/tables/events.parquet",
        "syrian_groups_data/_data/tables/events.csv",
        "syrian_groups_data/_data/tables/README.md",
    } <= set(inside)
    assert any(name.endswith("LICENSE-DATA") for name in names)


def test_the_wheel_works_alone(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    code = (
        "import syrian_groups_data as sgd, pathlib;"
        "assert sgd.path('events').is_relative_to(pathlib.Path('site').resolve()), sgd.path('events');"
        "assert sgd.datapackage.is_file();"
        "print(sgd.read('events').num_rows, len(sgd.load().groups), sgd.load().version)"
    )
    env = {**os.environ, "PYTHONPATH": str(tmp_path / "site")}
    done = subprocess.run(
        [sys.executable, "-P", "-c", code], cwd=tmp_path, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    import syrian_groups_data as sgd

    assert done.stdout.split() == [str(sgd.read("events").num_rows), str(len(sgd.load().groups)), sgd.load().version]


# What a plain install brings; any other package is as though it were not there.
PLAIN = """
import sys
ours = {"syrian_groups_data", "pyarrow", "pydantic", "pydantic_core", "annotated_types", "typing_extensions", "typing_inspection"}

class Nothing:
    def find_spec(self, name, *_):
        top = name.partition(".")[0]
        known = ours | sys.stdlib_module_names | set(sys.modules)
        if top not in known and not top.startswith("_sysconfigdata"):
            raise ModuleNotFoundError(f"No module named {top!r}", name=top)

sys.meta_path.insert(0, Nothing())
from syrian_groups_data.commands import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.parametrize(
    "words",
    [
        "--version", "--help", "show syrian-resistance founded", "show wiki-sr:28", "show wiki-sr", "show mihrac-ural --json",
        "search Latakia", "search \u0643\u064a\u0627\u0644\u064a --json", "coverage", "read wiki-sr --unread", "footnote wiki-sr:28", "export",
        "export csv-excel OUT",
    ],
)  # fmt: skip
def test_a_plain_install_has_all_that_a_reader_uses(wheel: Path, tmp_path: Path, words: str) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    env = {**os.environ, "PYTHONPATH": str(tmp_path / "site"), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-P", "-c", PLAIN, *words.split()]
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, bool(done.stdout)) == (0, "--unread" not in words), done.stderr


@pytest.mark.parametrize(
    ("words", "extra"),
    [("validate", "author"), ("site OUT", "author"), ("init NEW", "author"), ("export xlsx OUT", "export")],
)  # fmt: skip
def test_what_needs_more_says_which_extra(wheel: Path, tmp_path: Path, words: str, extra: str) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    env = {**os.environ, "PYTHONPATH": str(tmp_path / "site")}
    command = [sys.executable, "-P", "-c", PLAIN, *words.split()]
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert done.stderr.endswith(f"pip install 'syrian-groups-data[{extra}]'\n"), done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_dataset_of_ones_own_needs_the_wheel_alone(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    env = {**os.environ, "PYTHONPATH": str(tmp_path / "site"), "PYTHONIOENCODING": "utf-8"}

    def call(folder: Path, *words: str) -> str:
        command = [sys.executable, "-P", "-m", "syrian_groups_data", *words]
        done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    call(tmp_path, "init", "my-data")
    root = tmp_path / "my-data"
    assert (root / "raw" / "README.md").read_bytes() == (ROOT / "raw" / "README.md").read_bytes()
    call(root, "segment", "documents/example.txt", "--key", "example")
    assert call(root, "check") == "6 records, no problems\n"
    call(root, "build")
    call(root, "validate")
    assert "Example Brigade" in call(root, "show", "example-brigade")
