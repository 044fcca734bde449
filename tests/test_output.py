"""What commands say: shown by a terminal and not obeyed, on whatever stream, and told where it is lost."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from syrian_groups_data.library.lines import Line, Piece, columns, line
from tests.conftest import EXAMPLE, ROOT, sealed
from tests.misshapen import packed, put

ENV = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "COLUMNS": "60"}
SHOW = f"{sys.executable} -m syrian_groups_data"
# Markup of terminals, of rich, of HTML; C0, C1, marks of direction; what looks like our own output.
EVIL = "[/red] [bold]x[/] [link=http://x]y[/link] :skull: \x1b]0;owned\x07\x1b[31m \x9b31m \u202eabc\u2066 <b>&amp;</b>"
OBEYED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066\u2067]")


def command(folder: Path, *args: str, **env: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*SHOW.split(), *args], cwd=folder, env=ENV | env, capture_output=True, check=False)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example, built once for all that only read it."""
    folder = tmp_path_factory.mktemp("built") / "example"
    shutil.copytree(EXAMPLE, folder)
    assert command(folder, "build").returncode == 0
    return folder


@pytest.fixture(scope="module")
def hostile(built: Path) -> Path:
    """The example, sealed by somebody who put escapes into names, sections and the version."""
    folder = built.parent / "hostile"
    shutil.copytree(built, folder)
    for name, column in (("names", "name"), ("groups", "name"), ("entities", "label"), ("passages", "section"),
                         ("statements", "value"), ("statements", "note"), ("sources", "title")):  # fmt: skip
        table = pq.ParquetFile(folder / f"tables/{name}.parquet").read()
        cells = pa.array([f"{cell or 'new'} {EVIL}" for cell in table[column].to_pylist()])
        put(folder, name, packed(table.set_column(table.column_names.index(column), column, cells)))
    path = folder / "datapackage.json"
    path.write_bytes(sealed(json.loads(path.read_bytes()) | {"version": f"1 {EVIL}"}))
    return folder


def on_a_terminal(folder: Path, *args: str, **env: str) -> str:
    """What a command writes to a terminal."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*SHOW.split(), *args], cwd=folder, env=ENV | {"TERM": "xterm"} | env, stdout=theirs, stderr=theirs
    ) as process:
        os.close(theirs)
        found = b""
        while True:
            try:
                part = os.read(ours, 1 << 16)
            except OSError:  # the other end is closed
                break
            if not part:
                break
            found += part
        process.wait()
    os.close(ours)
    return found.decode().replace("\r\n", "\n")


COMMANDS = [
    ("show", "mithal-battalion"), ("show", "report:1"), ("show", "report"), ("search", "mithal"), ("--version",),
    ("show", EVIL.replace("\0", "")), ("search", EVIL), (EVIL,), ("coverage", "--unread"), ("show", "mithal-battalion", EVIL),
    ("verify", "--snapshots", "documents"),
]  # fmt: skip


@pytest.mark.parametrize("args", COMMANDS, ids=lambda args: args[0][:8])
def test_nothing_of_the_data_or_the_arguments_is_obeyed(hostile: Path, args: tuple[str, ...]) -> None:
    done = command(hostile, *args)
    said = (done.stdout + done.stderr).decode()
    assert said
    assert not OBEYED.search(said), ascii(said)
    assert "Traceback" not in said
    seen = re.sub(r"\x1b\[[0-9;]+m|\r\x1b\[K", "", on_a_terminal(hostile, *args))  # our own signs
    assert not OBEYED.search(seen), ascii(seen)
    if args[0] in ("show", "search") and done.returncode == 0:
        flat = " ".join(seen.replace("\n", " ").split())
        for kept in ("[/red]", "[bold]x[/]", "[link=http://x]y[/link]", ":skull:", "\\x1b]0;owned", "\\x9b31m"):
            assert kept in said, kept
            assert kept in flat, kept


@pytest.mark.parametrize("args", [("show", "mithal-battalion"), ("show", "report:1"), ("search", "mithal")])
def test_json_has_escapes_of_its_own(hostile: Path, args: tuple[str, ...]) -> None:
    said = command(hostile, *args, "--json").stdout.decode()
    assert not OBEYED.search(said)
    assert "\\u001b" in said
    assert any(EVIL in text for text in _texts(json.loads(said)))


def _texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for each in value.values() for text in _texts(each)]
    if isinstance(value, list):
        return [text for each in value for text in _texts(each)]
    return [value] if isinstance(value, str) else []


def test_a_terminal_gets_colours_unless_they_are_not_wanted(built: Path) -> None:
    seen = on_a_terminal(built, "show", "mithal-battalion")
    assert "\x1b[1m" in seen
    assert "\u2068كتيبة المثال\u2069" in seen
    assert "\x1b" not in on_a_terminal(built, "show", "mithal-battalion", NO_COLOR="1")
    assert "\x1b" not in on_a_terminal(built, "show", "mithal-battalion", TERM="dumb")
    assert "\x1b" not in command(built, "show", "mithal-battalion").stdout.decode()


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1", "utf-16"])
def test_a_stream_of_any_encoding_takes_what_it_can(built: Path, encoding: str) -> None:
    for args in (["show", "mithal-battalion"], ["search", "كتيبة"], ["show", "nothing\udcff"]):
        done = command(built, *args, PYTHONIOENCODING=f"{encoding}:strict")
        assert b"Traceback" not in done.stderr
        assert done.returncode == (2 if "nothing" in args[1] else 0), done.stderr
    done = command(built, "show", "mithal-battalion", "--json", PYTHONIOENCODING=encoding)
    assert "كتيبة المثال" in json.loads(done.stdout.decode(encoding))["names"]


def test_our_own_marks_have_plain_forms(built: Path) -> None:
    said = command(built, "show", "mithal-battalion", PYTHONIOENCODING="ascii").stdout
    assert b"  != 2013-07  asserted by example-monitor" in said
    assert b'reported "reportedly" by report' in said
    assert b"\\u0643" in said


FULL = pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")


@pytest.mark.skipif(os.name != "posix", reason="no streams of this kind here")
@pytest.mark.parametrize(
    ("redirection", "status", "told"),
    [
        (">&-", 3, "standard output is closed; what was to be said is lost"),
        pytest.param(">/dev/full", 3, "standard output: No space left on device", marks=FULL),
        ("2>&-", 0, ""),
        pytest.param("2>/dev/full", 0, "", marks=FULL),
        ("| true; exit ${PIPESTATUS[0]}", 0, ""),
        ("| head -c 1 >/dev/null; exit ${PIPESTATUS[0]}", 0, ""),
    ],
)
@pytest.mark.parametrize("args", ["show mithal-battalion", "search mithal --json", "--help", "schema"])
def test_what_is_lost_is_told(built: Path, args: str, redirection: str, status: int, told: str) -> None:
    done = subprocess.run(
        ["bash", "-c", f"{SHOW} {args} {redirection}"], cwd=built, env=ENV, capture_output=True, text=True, check=False
    )
    assert (done.returncode, told in done.stderr, "Traceback" in done.stderr) == (status, True, False), done.stderr
    assert "Exception ignored" not in done.stderr
    assert bool(done.stderr) == bool(told)


def test_a_message_that_cannot_be_said_leaves_the_exit_status(built: Path) -> None:
    for redirection in ("2>&-", "2>/dev/full", ">&- 2>&-"):
        done = subprocess.run(["bash", "-c", f"{SHOW} show nobody {redirection}"], cwd=built, env=ENV, check=False)
        assert done.returncode == 2, redirection


# --- lines ----------------------------------------------------------------------------------------


@given(
    st.lists(st.text(st.sampled_from("ab كت\u0301漢\x1b\n") | st.characters(codec="utf-8"), max_size=30), max_size=4),
    st.integers(1, 90), st.integers(0, 12), st.integers(0, 4),
)  # fmt: skip
def test_a_line_is_wrapped_and_nothing_of_it_is_lost(texts: list[str], width: int, indent: int, hang: int) -> None:
    said = Line(tuple(Piece(text, "bold") for text in texts), indent, hang)
    rows = said.painted(width, colours=False).split("\n")
    assert all(columns(row) <= max(width, 20 + indent + hang) + 1 for row in rows)
    bare = "".join("".join(rows).replace("\u2068", "").replace("\u2069", "").split())
    assert bare == "".join(said.text.split())


def test_a_row_that_goes_on_is_indented_under_its_text() -> None:
    said = line(Piece("• ", "dim"), "one two three four five six seven", indent=2, hang=2)
    assert said.painted(24, colours=False) == "  • one two three four\n    five six seven"
    assert line(Piece("x", "bold"), " y").painted(80, colours=True) == "\x1b[1mx\x1b[0m y"
