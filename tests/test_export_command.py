"""`export` and `footnote` on the command line: what they write, where, and what they leave alone."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from syrian_groups_data.commands import main
from syrian_groups_data.export import FORMATS
from tests.conftest import ROOT
from tests.exports import exported, lay
from tests.plants import EACH, Plant, outside, tree
from tests.test_failures import no_mounts

Capture = pytest.CaptureFixture[str]
ONE, SEVERAL = "graphml", "bibliography"
BOTH = pytest.mark.parametrize("name", [ONE, SEVERAL])
EVERY = pytest.mark.parametrize("name", list(FORMATS))


@pytest.fixture
def here(built: Path) -> Path:
    """A folder to write into, beside the built example."""
    (built / "out").mkdir()
    return built / "out"


def exports(name: str, out: Path | str, *more: str) -> int:
    return main(["export", name, str(out), *more])


def test_without_a_format_it_lists_them(capsys: Capture) -> None:
    assert main(["export"]) == 0
    listed = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in listed] == list(FORMATS)
    assert all(each.description in line for each, line in zip(FORMATS.values(), listed, strict=True))


@pytest.mark.parametrize("line", [["export", "docx", "x"], ["export", "xlsx"]])
def test_what_it_cannot_do_is_a_usage_error(line: list[str], capsys: Capture) -> None:
    assert main(line) == 2
    assert capsys.readouterr().err


def test_a_format_of_one_file_is_written_as_a_file_or_into_a_folder(here: Path, capsys: Capture) -> None:
    assert exports(ONE, here / "graph.xml") == 0
    assert str(here / "graph.xml") in capsys.readouterr().out
    assert exports(ONE, here) == 0
    assert (here / "ties.graphml").read_bytes() == (here / "graph.xml").read_bytes()


def test_a_format_of_several_files_is_a_folder_with_a_receipt(here: Path) -> None:
    assert exports(SEVERAL, here / "books") == 0
    receipt = json.loads((here / "books" / "export.json").read_bytes())
    assert set(receipt["files"]) == {path.name for path in (here / "books").iterdir()} - {"export.json"}
    assert [path.name for path in here.iterdir()] == ["books"], "nothing is left beside it"
    assert receipt["format"] == SEVERAL
    assert receipt["contentHash"] == json.loads((here.parent / "datapackage.json").read_bytes())["contentHash"]


@BOTH
def test_twice_is_once(here: Path, name: str) -> None:
    assert exports(name, here / "x") == 0
    first = tree(here)
    assert exports(name, here / "x") == 0
    assert tree(here) == first


@pytest.mark.parametrize("name", list(FORMATS))
def test_every_format_comes_out_the_same_in_another_process(name: str, tmp_path: Path) -> None:
    """Another hash seed, time zone and locale; the day is that of the release."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "77", "TZ": "Asia/Kathmandu", "LC_ALL": "C"}
    line = [sys.executable, "-W", "error", "-m", "syrian_groups_data", "export", name, str(tmp_path / "x")]
    done = subprocess.run(line, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=300)
    assert (done.returncode, done.stderr) == (0, "")
    files = exported(name)
    if len(files) == 1:
        assert (tmp_path / "x").read_bytes() == next(iter(files.values()))
    else:
        for path, data in files.items():
            assert (tmp_path / "x" / path).read_bytes() == data, path


def test_an_earlier_export_of_several_files_is_replaced(here: Path) -> None:
    assert exports("jsonl", here / "x") == 0
    assert exports(SEVERAL, here / "x") == 0
    assert {path.name for path in (here / "x").iterdir()} == {*exported(SEVERAL), "export.json"}


@pytest.mark.parametrize("change", ["changed", "added", "below", "linked", "no receipt", "bad receipt"])
def test_a_folder_that_is_not_as_it_was_written_stays(here: Path, change: str, capsys: Capture) -> None:
    assert exports(SEVERAL, here / "x") == 0
    first = here / "x" / "references.bib"
    changes = {
        "changed": lambda: first.write_bytes(first.read_bytes() + b"mine"),
        "added": lambda: (here / "x" / "mine.txt").write_text("mine"),
        "below": lambda: lay(here / "x", {"mine/mine.txt": b"mine"}),
        "linked": lambda: (first.unlink(), first.symlink_to("/dev/zero")),
        "no receipt": (here / "x" / "export.json").unlink,
        "bad receipt": lambda: (here / "x" / "export.json").write_text('{"files": [1]}'),
    }
    changes[change]()
    before = tree(here)
    capsys.readouterr()
    assert exports("jsonl", here / "x") == 3
    assert "nothing was changed" in capsys.readouterr().err
    assert tree(here) == before


@EVERY
def test_a_file_of_somebody_else_stays(here: Path, name: str, capsys: Capture) -> None:
    (here / "x").write_text("mine")
    (here / "y").symlink_to("x")
    for target in ("x", "y"):
        assert exports(name, here / target) == 3
        assert "nothing was changed" in capsys.readouterr().err
    assert (here / "x").read_text() == "mine"
    assert (here / "y").is_symlink()


@EACH
@BOTH
def test_what_only_looks_like_a_file_or_folder_stays(
    example: Path, run, tmp_path: Path, plant: Plant, name: str
) -> None:
    """Links, pipes, sockets, and files larger than the disk: nothing is read or written through them."""
    plant(example / "x")
    was_folder = (example / "x").is_dir()
    before = outside(tmp_path)
    done = run(example, "export", name, "x", "--root", str(ROOT))
    assert "Traceback" not in done.stderr
    assert outside(tmp_path) == before
    if was_folder:
        assert done.returncode == 0
    else:
        assert done.returncode == 3
        assert "nothing was changed" in done.stderr


# Every format in one process, for each takes a second to start: its name and exit status, a line each.
ALL_OF_THEM = """
import sys
from syrian_groups_data.commands import main
from syrian_groups_data.export import FORMATS
for name in FORMATS:
    print(name, main(["export", name, f"{sys.argv[1]}/{name}"]))
"""


def refused(done: subprocess.CompletedProcess[str], here: Path) -> None:
    """Every format said that it could not be written, and nothing is there."""
    assert done.stdout.splitlines() == [f"{name} 3" for name in FORMATS], done.stderr
    assert len([line for line in done.stderr.splitlines() if "nothing was changed" in line]) == len(FORMATS)
    assert list(here.iterdir()) == []


def test_a_full_disk_leaves_nothing_of_any_format(here: Path) -> None:
    line = ["sh", "-c", "trap '' XFSZ; ulimit -f 1; exec \"$@\"", "sh", sys.executable, "-c", ALL_OF_THEM, str(here)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    refused(subprocess.run(line, cwd=here, env=environment, capture_output=True, text=True, check=False), here)


@BOTH
def test_a_folder_that_is_not_there_is_told(here: Path, name: str, capsys: Capture) -> None:
    assert exports(name, here / "no" / "x") == 3
    assert "nothing was changed; make it first" in capsys.readouterr().err
    assert list(here.iterdir()) == []


def test_no_format_is_written_into_a_folder_that_may_not_be_written(here: Path) -> None:
    """Root may write anywhere: a read-only mount stops it too."""
    if why := no_mounts():
        pytest.skip(f"{why}: a folder that may not be written is not tested")
    mount = 'mount -t tmpfs -o ro none "$1" && exec "$2" -c "$3" "$1"'
    line = ["unshare", "-rm", "sh", "-c", mount, "sh", str(here), sys.executable, ALL_OF_THEM]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(line, cwd=here.parent, env=environment, capture_output=True, text=True, check=False)
    refused(done, here)


def test_damaged_tables_are_not_exported(here: Path, capsys: Capture) -> None:
    file = here.parent / "tables" / "relations.parquet"
    data = bytearray(file.read_bytes())
    data[40] ^= 1
    file.write_bytes(data)
    assert exports(ONE, here / "x") == 1
    assert "relations.parquet" in capsys.readouterr().err
    assert list(here.iterdir()) == []


def test_a_missing_library_is_named_with_its_extra(tmp_path: Path) -> None:
    script = (
        "import sys; sys.modules['xlsxwriter'] = None; from syrian_groups_data.commands import main; "
        f"sys.exit(main(['export', 'xlsx', {str(tmp_path / 'x')!r}, '--root', {str(ROOT)!r}]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3
    assert "syrian-groups-data[export]" in done.stderr
    assert not (tmp_path / "x").exists()


def test_the_documents_have_a_row_a_format_and_a_test_a_row() -> None:
    rows = re.findall(
        r"(?m)^\| `(export \S+|footnote ID)` \|.*\| `(test_\w+\.py)` \|$",
        (ROOT / "docs" / "tools.md").read_text("utf-8"),
    )
    assert sorted(command for command, _ in rows) == sorted(["footnote ID", *(f"export {name}" for name in FORMATS)])
    for command, test in rows:
        name = command.removeprefix("export ").removesuffix(" ID")
        assert re.search(rf"\b{name}\b", (ROOT / "tests" / test).read_text("utf-8")), command
