"""The command line: exit status, messages, output for people and for programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from syrian_groups_data.commands.line import parser
from tests.cases import BATTALION, CHECKPOINT
from tests.conftest import ROOT, Run


def test_check_and_build_of_a_clean_tree(example: Path, run: Run) -> None:
    assert run(example, "check").stdout == "23 records, no problems\n"
    done = run(example, "build")
    assert done.returncode == 0
    assert "built 20 tables" in done.stdout
    assert "52 statements, 4 of them contested" in done.stdout
    assert run(example, "build", "--check").returncode == 0


def test_build_check_names_what_is_stale(example: Path, run: Run) -> None:
    assert run(example, "build").returncode == 0
    path = example / "raw" / "groups" / "valley-front.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("Valley Front", "Vale Front"), encoding="utf-8")
    (example / "tables" / "extra.csv").write_text("x\n", encoding="utf-8")
    done = run(example, "build", "--check")
    assert done.returncode == 1
    assert "tables/names.csv: stale" in done.stderr
    assert "tables/extra.csv: no stage writes this" in done.stderr
    assert "tables/places.csv" not in done.stderr


def test_a_broken_record_writes_nothing(example: Path, run: Run) -> None:
    assert run(example, "build").returncode == 0
    before = {path.name: path.read_bytes() for path in (example / "tables").iterdir()}
    path = example / "raw" / "people" / "jane-example.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("basis: commander", "basis: king"), encoding="utf-8")
    done = run(example, "build")
    assert done.returncode == 1
    assert "raw/people/jane-example.yml:2:8: not-in-vocabulary: basis: king is not in its list" in done.stderr
    assert done.stderr.endswith("nothing was written\n")
    assert {path.name: path.read_bytes() for path in (example / "tables").iterdir()} == before


@pytest.mark.parametrize("command", [("check",), ("build",), ("build", "--check"), ("segment", "x", "--key", "y")])
def test_outside_a_project_is_a_usage_error(tmp_path: Path, run: Run, command: tuple[str, ...]) -> None:
    done = run(tmp_path, *command)
    assert done.returncode == 2
    assert "no raw/ in" in done.stderr


@pytest.mark.parametrize(
    "line",
    [
        ("export", "graphml", "OUT", "--all"),
        ("diff", "OLD", "NEW", "--format", "jsonl"),
        ("show", "ID", "names", "--json"),
        ("search", "one", "two", "--json"),
        ("export", "graphml", "OUT", "--root", "FOLDER"),
    ],
)
def test_options_may_stand_anywhere(line: tuple[str, ...]) -> None:
    command, first, second, *options = line
    wanted = parser().parse_args(line)
    assert parser().parse_args([command, *options, first, second]) == wanted
    assert parser().parse_args([command, first, *options, second]) == wanted


def test_what_follows_two_hyphens_is_no_option() -> None:
    assert parser().parse_args(["search", "--", "-x", "--json"]).text == ["-x", "--json"]


def test_readers_outside_a_project_use_the_release(tmp_path: Path, run: Run) -> None:
    assert "statements" in run(tmp_path, "show", "syrian-resistance", "--json").stdout
    assert run(tmp_path, "coverage").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (("show", "nobody-at-all"), 2, "no record 'nobody-at-all'"),
        (("verify", "--snapshots", "nowhere"), 2, "nowhere is not a folder"),
        (("segment", "nothing.txt", "--key", "new"), 2, "nothing.txt: No such file"),
        (("segment", "documents", "--key", "new"), 2, "documents: it is a folder, not a regular file"),
        (("segment", "documents/report.txt", "--key", "Not An Id"), 2, "lower-case letters"),
        (("segment", "documents/report.txt", "--key", "new", "--language", "xx"), 2, "no language xx"),
        (("segment", "documents/report.txt", "--key", "new", "--language", "en"), 2, "it is a snapshot of report"),
        (
            ("segment", "documents/report.txt", "--key", "new", "--language", "en", "--from", "99", "--to", "9"),
            2,
            "is no part of",
        ),
        (("segment", "documents/report.txt", "--key", "report", "--accept", "x"), 2, "write the number of a passage"),
        (("segment", "documents/report.txt", "--key", "report", "--split", "7"), 2, "--split N and --at OFFSET"),
        (("read", "nothing"), 2, "no source nothing"),
        (("schema", "nothing"), 2, "no record nothing"),
        (("validate", "nowhere"), 1, "bad-descriptor"),
        (("coverage", "--snapshots", "nowhere"), 2, "nowhere is not a folder"),
        (("frobnicate",), 2, "invalid choice"),
    ],
)
def test_bad_use_ends_in_a_message(
    example: Path, run: Run, arguments: tuple[str, ...], status: int, message: str
) -> None:
    assert run(example, "build").returncode == 0
    done = run(example, *arguments)
    assert (done.returncode, message in done.stderr) == (status, True), done.stderr
    assert "Traceback" not in done.stderr


def test_show_is_plain_in_a_pipe_and_prints_passages(example: Path, run: Run) -> None:
    assert run(example, "build").returncode == 0
    done = run(example, "show", "mithal-battalion", "--snapshots", "documents")
    assert done.returncode == 0
    assert "\x1b" not in done.stdout
    assert "founded  contested" in done.stdout
    assert "  ≠ 2013-07  asserted by example-monitor, 1 origin: monitor:1" in done.stdout
    assert "كتيبة المثال" in done.stdout
    assert "monitor:1  According to the Example Monitor, the battalion was founded in July 2013" in done.stdout


def test_show_for_programs(example: Path, run: Run) -> None:
    assert run(example, "build").returncode == 0
    record = json.loads(run(example, "show", "lower-mithal-murder-2014", "--json").stdout)
    assert (record["type"], record["outcome"]) == ("allegation", "contested")
    denial = next(s for s in record["statements"] if s["property"] == "responses")
    assert denial["citations"][0]["id"] == "report:10"
    assert "text" not in denial["citations"][0]


def test_show_of_a_passage_and_of_one_property(example: Path, run: Run) -> None:
    assert run(example, "build").returncode == 0
    passage = run(example, "show", "report:9", "--snapshots", "documents").stdout
    assert "The Valley Front accused the battalion of murdering residents of Lower Mithal." in passage
    assert "[lower-mithal-murder-2014]" in passage
    assert "alleged by valley-front, 1 origin: report:9" in passage
    one = run(example, "show", "mithal-battalion", "founded").stdout
    assert "founded  contested" in one
    assert "led_by" not in one
    assert "near: founded" in run(example, "show", "mithal-battalion", "foundet").stderr
    none = run(example, "show", "jane-example", "killed")
    assert (none.returncode, none.stderr.split(";")[0]) == (1, "jane-example: nothing on killed")
    program = json.loads(run(example, "show", "report:9", "--json").stdout)
    assert {s["entity_id"] for s in program["statements"]} >= {"lower-mithal-murder-2014"}
    founded = json.loads(run(example, "show", "mithal-battalion", "founded", "--json").stdout)["statements"]
    assert {s["property"] for s in founded} == {"founded"}


def test_show_tells_what_others_say_of_a_record(example: Path, run: Run) -> None:
    assert run(example, "build").returncode == 0
    leader = run(example, "show", "jane-example").stdout
    assert "named by others\n  mithal-battalion led_by" in leader
    accused = run(example, "show", "mithal-battalion").stdout
    assert "accused in\n  lower-mithal-murder-2014  contested:" in accused
    assert "accuses or answers in\n  lower-mithal-murder-2014" in run(example, "show", "valley-front").stdout
    assert "about: " in run(example, "show", "lower-mithal-murder-2014").stdout


def test_show_marks_what_is_disputed_or_over_in_other_records(example: Path, run: Run) -> None:
    group, event = (example / "raw" / name for name in (BATTALION, CHECKPOINT))
    text = group.read_text(encoding="utf-8").replace(
        "role: leader,", "role: leader, until: 2015, disputed_by: [report:7],"
    )
    group.write_text(text, encoding="utf-8")
    agent = "  - {value: mithal-battalion, role: agent, cite: [report:7]}\n"
    denial = agent.replace("agent,", "agent, standing: denied, said_by: [valley-front],")
    claim = agent.replace("agent,", "target, standing: claimed, said_by: [mithal-battalion],")
    text = event.read_text(encoding="utf-8").replace(agent, agent + denial + claim)
    event.write_text(text, encoding="utf-8")
    assert run(example, "build").returncode == 0
    assert "  ≠ mithal-battalion led_by (leader) [.. – 2015]: asserted" in run(example, "show", "jane-example").stdout
    accused = run(example, "show", "mithal-battalion").stdout
    part = accused[accused.index("  mithal-checkpoint-2014-03-02  ") :].splitlines()[0]
    assert {"≠ agent", "✗ agent (denied)", "target (claimed)"} == set(part.split("  ")[3].split(":")[0].split(", "))


def test_a_warning_is_no_silence(example: Path, run: Run) -> None:
    path = example / "raw" / "people" / "john-example.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("value: John Example", "value: Jane Example"), "utf-8")
    done = run(example, "check")
    assert done.returncode == 0
    assert done.stderr.endswith("0 problems, 1 warning\n")


def test_version(example: Path, run: Run) -> None:
    assert run(example, "build").returncode == 0
    assert run(example, "--version").stdout == "0.0.0\n"


def test_search(example: Path, run: Run) -> None:
    assert run(example, "build").returncode == 0
    assert run(example, "search", "كتيبه").stdout == "mithal-battalion\tgroup\tMithal Battalion\tكتيبة المثال\n"
    assert json.loads(run(example, "search", "valley", "front", "--json").stdout)[0]["id"] == "valley-front"
    nothing = run(example, "search", "xyzzy")
    assert (nothing.returncode, nothing.stderr[:26]) == (1, "nothing found for 'xyzzy';")


def test_schema_is_json_schema_of_what_is_authored(example: Path, run: Run) -> None:
    schema = json.loads(run(example, "schema", "event").stdout)
    assert schema["properties"]["type"]["enum"][0] == "battles"
    assert set(json.loads(run(example, "schema").stdout)) == {
        "source",
        "group",
        "person",
        "place",
        "event",
        "allegation",
        "redirects",
        "project",
        "vocabulary",
    }


def test_segment_writes_a_list_and_the_record_beside_it(example: Path, run: Run) -> None:
    done = run(example, "segment", "documents/page.txt", "--key", "second", "--from", "115", "--language", "en")
    assert done.returncode == 0
    assert "raw/sources/second.yml is new: say there what kind of document it is" in done.stdout
    record = (example / "raw" / "sources" / "second.yml").read_text(encoding="utf-8")
    assert record.startswith("id: second\nkind: document\nlanguage: en\nsnapshot:\n  sha256: 4f05")
    assert "  span: {start: 115, end: 337}\n" in record
    assert (example / "raw" / "sources" / "second.csv").read_bytes() == (
        example / "raw" / "sources" / "monitor.csv"
    ).read_bytes()


def test_every_command_is_documented() -> None:
    text = "".join(
        (ROOT / name).read_text(encoding="utf-8")
        for name in ("README.md", "CONTRIBUTING.md", "METHODOLOGY.md", "raw/README.md")
    )
    actions = parser()._subparsers._group_actions[0].choices  # type: ignore[union-attr]
    assert [
        name
        for name in actions or ()
        if f"`{name}" not in text and f"syrian-groups-data {name}" not in text and f"· {name} " not in text
    ] == []
