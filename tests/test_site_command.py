"""The command `site`: what it writes over, what it takes for boundaries and method, a dataset of one's own."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from tests.conftest import ROOT, Run


def test_a_folder_of_a_stranger_is_not_written_over(run: Run, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "diary.txt").write_text("mine")
    done = run(ROOT, "site", str(tmp_path / "out"))
    assert done.returncode == 2
    assert "no site of ours" in done.stderr
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["diary.txt"]


def test_a_site_is_written_again_and_a_stranger_in_it_is_kept(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    for _ in range(2):
        done = run(ROOT, "site", str(out))
        assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out"]
    mark = json.loads((out / "site.json").read_bytes())
    assert all(
        hashlib.sha256((out / path).read_bytes()).hexdigest() == digest for path, digest in mark["files"].items()
    )
    (out / "groups" / "mine.txt").write_text("mine")
    done = run(ROOT, "site", str(out))
    assert done.returncode == 2
    assert "groups/mine.txt" in done.stderr
    assert (out / "groups" / "mine.txt").read_text() == "mine"


@pytest.mark.parametrize(
    ("content", "word"),
    [
        ("{", "no GeoJSON"),
        ('{"features": [1]}', "no GeoJSON"),
        ("[]", "no GeoJSON"),
        ('{"features": [{"geometry": {"type": "Polygon", "coordinates": [[[1, 2, 3], ["x"]]]}}]}', "no GeoJSON"),
        ('{"features": [{"geometry": {"type": "Polygon", "coordinates": [[[1, 1e999]]]}}]}', "no GeoJSON"),
        (None, "lines.geojson"),
    ],
)
def test_boundaries_that_are_none_are_told(run: Run, tmp_path: Path, content: str | None, word: str) -> None:
    file = tmp_path / "lines.geojson"
    if content is not None:
        file.write_text(content)
    done = run(ROOT, "site", str(tmp_path / "out"), "--boundaries", str(file))
    assert done.returncode == 2
    assert word in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_method_that_cannot_be_read_is_told(run: Run, example: Path) -> None:
    assert run(example, "build").returncode == 0
    (example / "METHODOLOGY.md").write_bytes(b"\xff\xfe no UTF-8")
    done = run(example, "site", "out")
    assert done.returncode == 2
    assert "METHODOLOGY.md: is not UTF-8" in done.stderr
    assert not (example / "out").exists()
    (example / "METHODOLOGY.md").unlink()
    (example / "METHODOLOGY.md").symlink_to("/etc/hostname")
    assert run(example, "site", "out").returncode == 0
    assert "brings no account of its method" in (example / "out" / "method.html").read_text(encoding="utf-8")


def test_a_dataset_of_ones_own_has_a_site(run: Run, tmp_path: Path) -> None:
    """Another country, another second language, one document: nothing of ours shows."""
    assert run(tmp_path, "init", "harbour-data").returncode == 0
    root = tmp_path / "harbour-data"
    assert run(root, "build").returncode == 0
    done = run(root, "site", "../out", "--snapshots", "documents")
    assert done.returncode == 0, done.stderr
    home = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert "harbour-data" in home
    assert "Private edition" in home
    for path in (tmp_path / "out").rglob("*.html"):
        assert "Syria" not in path.read_text(encoding="utf-8"), path


def test_boundaries_come_from_the_project(run: Run, tmp_path: Path) -> None:
    done = run(ROOT, "site", str(tmp_path / "out"))
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "out" / "explore.html").read_text(encoding="utf-8")
    assert page.count('class="area s') > 14
    assert "imply no view" in page
