"""Many records in one file: one a line, of any size, packed or not."""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Callable, Iterable, Sized
from pathlib import Path
from typing import TypeVar

import pyarrow as pa
import pytest

from syrian_groups_data.author import NUMBERS, load, text
from syrian_groups_data.author.yaml12 import read_yaml
from syrian_groups_data.model.problem import Problem

T = TypeVar("T")
Pack = Callable[[bytes], bytes]
PACKS: dict[str, Pack] = {
    "jsonl": bytes,
    "jsonl.gz": gzip.compress,
    "jsonl.zst": lambda data: pa.compress(data, "zstd", asbytes=True),
}


@pytest.fixture
def groups(example: Path) -> bytes:
    """The groups of the example, which has none now, as lines."""
    lines = []
    for path in sorted((example / "raw" / "groups").glob("*.yml")):
        lines.append(json.dumps(read_yaml(path.read_text(encoding="utf-8"), path.name, NUMBERS)[0], ensure_ascii=False))
        path.unlink()
    return "\n".join(lines).encode() + b"\n"


def records(example: Path) -> dict[str, object]:
    corpus = load(example / "raw")
    assert not corpus.problems
    return {key: entry.record for key, entry in corpus.entries.items()}


def told(example: Path) -> list[Problem]:
    return load(example / "raw").problems


@pytest.mark.parametrize("end", PACKS)
@pytest.mark.parametrize("block", [1, 7, 1 << 20])
def test_lines_are_the_records_that_files_of_their_own_are(
    end: str, block: int, tmp_path: Path, example: Path, groups: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(example, tmp_path / "packed")
    (tmp_path / "packed" / "raw" / "groups" / f"all.{end}").write_bytes(PACKS[end](groups))
    monkeypatch.setattr(text, "_BLOCK", block)
    found = records(tmp_path / "packed")
    (example / "raw" / "groups" / "all.jsonl").write_bytes(groups)
    monkeypatch.setattr(text, "_BLOCK", 1 << 20)
    assert found == records(example)


@pytest.mark.parametrize("end", PACKS)
def test_a_problem_has_its_line_and_those_before_it_are_told_too(
    end: str, example: Path, groups: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text, "_BLOCK", 64)
    first, second, *others = groups.splitlines()
    bad = [first.replace(b'"kind"', b'"kinds"'), second, *others, b'{"id": "\xff"}', first]
    (example / "raw" / "groups" / f"all.{end}").write_bytes(PACKS[end](b"\n".join(bad)))
    found = {(each.line, each.code) for each in told(example) if f"all.{end}" in each.path}
    assert (len(bad) - 1, "not-utf-8") in found
    assert any(line == 1 for line, _ in found)


@pytest.mark.parametrize("end", ["jsonl.gz", "jsonl.zst"])
def test_what_cannot_be_unpacked_or_never_ends_is_told(
    end: str, example: Path, groups: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = example / "raw" / "groups" / f"all.{end}"
    for data in (PACKS[end](groups)[:-9], b"no such thing"):
        path.write_bytes(data)
        assert {each.code for each in told(example) if each.path.endswith(end)} == {"unreadable"}
    path.write_bytes(PACKS[end](b"\n" * (1 << 22)))
    monkeypatch.setattr(text, "share", lambda: 1 << 21)
    assert [each.code for each in told(example) if each.path.endswith(end)] == ["file-too-large"]
    monkeypatch.setattr(text, "share", lambda: 1 << 30)
    path.write_bytes(PACKS[end](b"\n" * (1 << 25)))  # far more than records ever pack to
    assert [each.code for each in told(example) if each.path.endswith(end)] == ["file-too-large"]
    path.write_bytes(PACKS[end](b"[" * (1 << 25)))
    assert [each.code for each in told(example) if each.path.endswith(end)] == ["file-too-large"]


@pytest.mark.parametrize("end", PACKS)
def test_how_far_a_file_is_read_is_told_by_its_size(end: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / f"all.{end}"
    path.write_bytes(PACKS[end](b"{}\n" * 100))
    monkeypatch.setattr(text, "_BLOCK", 64)
    watched: list[tuple[int | None, str]] = []

    def watch(items: Iterable[T], noun: str) -> Iterable[T]:
        watched.append((len(items) if isinstance(items, Sized) else None, noun))
        return items

    assert len(list(text.read_lines(path, path.name, watch))) == 101
    assert watched == [(5 if end == "jsonl" else None, f"MiB of all.{end}")]  # nobody knows what packed ones unpack to


def test_a_file_that_grows_meanwhile_is_not_read_in_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "all.jsonl"
    path.write_bytes(b"{}\n" * 40)
    monkeypatch.setattr(text, "_BLOCK", 64)
    lines = text.read_lines(path, path.name)
    next(lines)
    with path.open("ab") as file:
        file.write(b"{}\n" * 40)
    with pytest.raises(OSError, match="it grew"):
        list(lines)
