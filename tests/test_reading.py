"""Readers' commands: from the tables where they are fresh, else from raw/ as it stands, else from what is installed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.life import KEY, Life
from tests.test_carry import PAGE, A, B

FROM_RAW = "syrian-groups-data: from raw/, which is newer than tables/\n"
GROUP = "raw/groups/valley-front.yml"
READERS = [
    ("coverage",),
    ("show", "valley-front"),
    ("search", "valley"),
    ("read", "report"),
    ("verify", "--snapshots", "documents"),
]


def change(life: Life, old: str, new: str) -> None:
    path = life.root / GROUP
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("command", READERS, ids=lambda command: command[0])
def test_fresh_tables_and_raw_say_the_same(life: Life, command: tuple[str, ...]) -> None:
    from_raw = life.run(*command)
    assert FROM_RAW not in from_raw.err  # nothing else is there that could be read
    assert life.run("build").status == 0
    built = life.run(*command)
    assert FROM_RAW not in built.err
    assert (built.status, built.out) == (from_raw.status, from_raw.out)


def test_what_was_written_since_the_build_is_answered(life: Life) -> None:
    assert life.run("build").status == 0
    change(life, "Valley Front", "Vale Front")
    done = life.run("search", "vale", "front", "--json")
    assert done.err == FROM_RAW
    assert json.loads(done.out)[0]["id"] == "valley-front"
    assert life.run("build").status == 0
    assert life.run("search", "vale", "front").err == ""


def test_a_passage_is_read_right_after_it_was_cut(life: Life) -> None:
    life.write("A first sentence stands here for all to read. A second one follows it on the same line.\n")
    assert life.segment("--language", "en").status == 0
    done = life.run("read", "page", "--unread", "--snapshots", "documents")
    assert done.status == 0, done.err
    assert "page:1  unread\n  A first sentence stands here for all to read.\n" in done.out
    assert life.run("coverage").status == 1
    shown = life.run("show", "page:2", "--snapshots", "documents").out
    assert "A second one follows" in shown
    assert "page (document); code points 46 to 87\n" in shown  # it has no title


def test_read_tells_text_state_and_what_rests_on_it(life: Life) -> None:
    assert life.run("build").status == 0
    out = life.run("read", "report", "--snapshots", "documents").out
    assert "report:4  set aside: blank\n  Flag: 20px\n" in out
    assert "report:9  cited  Attacks of 2014\n  The Valley Front accused the battalion" in out
    assert "  - lower-mithal-murder-2014 accused: Mithal Battalion [alleged]" in out
    told = json.loads(life.run("read", "report", "--snapshots", "documents", "--json").out)
    assert [row["passage_id"] for row in told][:2] == ["report:1", "report:2"]
    assert told[8]["resting"][0]["role"] == "supports"
    assert "163-178" in life.run("read", "report").out
    assert life.run("read", "reprot").err.endswith("no source reprot (near: report)\n")
    assert (life.run("read", "report", "--unread").out, life.run("read", "report", "--unread").status) == ("", 0)


def test_a_passage_that_is_gone_is_shown_as_gone(life: Life) -> None:
    life.begin(
        "The battalion attacked the checkpoint on 2 March.\nTwo guards were killed that day.\n", "The battalion", "Two"
    )
    life.later("The battalion attacked the checkpoint on 3 March.\nTwo guards were killed that day.\n")
    out = life.run("read", "page", "--snapshots", "documents").out
    assert "page:1  gone, became page:3" in out
    assert "readers names: Readers 1" in out.partition("page:1  gone")[2]


def test_records_with_problems_are_left_out_and_told(life: Life) -> None:
    change(life, "kind:", "kin:")
    done = life.run("search", "battalion")
    assert done.status == 0
    assert done.out.startswith("mithal-battalion\t")
    assert "in raw/, as check tells; what has them is left out, first at raw/groups/valley-front.yml:1" in done.err
    assert "Traceback" not in done.err


def test_without_the_extra_raw_is_not_read(example: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "yaml.py").write_text("raise ModuleNotFoundError('no yaml', name='yaml')", encoding="utf-8")
    from tests.conftest import ROOT

    done = run(example, "coverage", PYTHONPATH=f"{tmp_path}:{ROOT}")
    assert done.returncode == 3
    assert done.stderr.endswith("yaml is not installed; pip install 'syrian-groups-data[author]'\n")
    assert run(example, "build").returncode == 0
    assert run(example, "coverage", PYTHONPATH=f"{tmp_path}:{ROOT}").returncode == 0


def test_outside_any_project_the_installed_data_answer_and_say_so(tmp_path: Path, run: Run) -> None:
    done = run(tmp_path, "show", "syrian-resistance", "--json")
    assert json.loads(done.stdout)["id"] == "syrian-resistance"
    assert "no project in this folder or above it; what follows is from the installed data" in done.stderr
    assert run(tmp_path, "read", "wiki-sr").stdout.startswith("wiki-sr:1  cited\n")


def test_verify_proves_nothing_by_a_list_that_was_changed_or_a_citation_of_what_is_gone(life: Life) -> None:
    """The built tables are older than raw/: what check tells of lists and citations, verify tells too."""
    life.begin(PAGE, A[:20], B[:20])
    assert life.run("build").status == 0
    prove = ("verify", "--snapshots", "documents", "--source", KEY)
    assert life.run(*prove).status == 0
    life.later(PAGE.replace(B, ""))
    done = life.run(*prove)
    assert (done.status, "passage-gone: page:3 is not in the snapshot any more" in done.err) == (1, True)
    assert life.segment("--keep", "3").status == 0
    # A row whose digests are right, under another's number.
    life.write(PAGE, "before.txt")
    assert life.run(*prove).status == 0
    rows = life.root / "raw" / "sources" / f"{KEY}.csv"
    text = rows.read_text(encoding="utf-8")
    rows.write_text(text.replace("\n2,", "\n9,").replace("\n4,", "\n2,").replace("\n9,", "\n4,"), encoding="utf-8")
    done = life.run(*prove, "--json")
    assert (done.status, "list-changed" in done.err, "list-changed" in done.out) == (1, True, True)
    assert "list-changed" not in life.run("verify", "--snapshots", "documents", "--source", "report").err
    # A list that cannot be read at all.
    rows.write_text("number\n", encoding="utf-8")
    done = life.run(*prove)
    assert (done.status, "csv-syntax" in done.err) == (1, True)
