"""Records typed on a line: several claims share passages, names take the language of their source, nothing is half-written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Run

EVENT = (
    "new", "event", "valley-raid-2015", "type", "violence-against-civilians", "subtype", "attack", "title", "Raid in the valley",
    "date", "{value: 2015-01-07, context: [report:2]}", "place", "{value: mithal, precision: near}", "report:7",
    "participants", "{value: valley-front, role: agent}", "report:8", "report:9",
)  # fmt: skip


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def test_one_line_makes_a_record_with_all_that_some_passages_say(example: Path, run: Run) -> None:
    done = run(example, *EVENT)
    assert (done.stdout, done.stderr) == ("raw/events/valley-raid-2015.yml: is new\n", "")
    assert lines(example / "raw/events/valley-raid-2015.yml") == [
        "# yaml-language-server: $schema=../.schemas/event.json",
        "id: valley-raid-2015",
        "type: violence-against-civilians",
        "subtype: attack",
        "title: Raid in the valley",
        "occurred:",
        "  - {cite: [report:7]}",
        "date:",
        "  - {value: 2015-01-07, cite: [report:7], context: [report:2]}",
        "place:",
        "  - {value: mithal, precision: near, cite: [report:7]}",
        "participants:",
        "  - {value: valley-front, role: agent, cite: [report:8, report:9]}",
    ]
    assert run(example, "check").returncode == 0


def test_a_name_is_in_the_language_of_its_source_unless_another_is_given(example: Path, run: Run) -> None:
    given = ("names", "Los Halcones", "names", "{value: Falcons, lang: en, role: alias}", "vespertino:4")
    assert run(example, "new", "group", "halcones", "kind", "militia", *given).returncode == 0
    assert lines(example / "raw/groups/halcones.yml")[3:] == [
        "names:",
        "  - {value: Los Halcones, lang: es, cite: [vespertino:4]}",
        "  - {value: Falcons, lang: en, role: alias, cite: [vespertino:4]}",
    ]


def test_a_key_that_holds_a_list_takes_one_value_or_a_list(example: Path, run: Run) -> None:
    for key, acts in {"one": "murder", "two": "[murder, arson]"}.items():
        assert run(example, "new", "allegation", key, "acts", acts).returncode == 0
    assert [lines(example / f"raw/allegations/{key}.yml")[2] for key in ("one", "two")] == [
        "acts: [murder]",
        "acts: [murder, arson]",
    ]


def test_passages_of_an_event_say_that_it_happened(example: Path, run: Run) -> None:
    new = (
        "new",
        "event",
        "flood-2015",
        "type",
        "incident",
        "subtype",
        "other",
        "title",
        "Flood",
        "report:7",
        "report:8",
    )
    assert run(example, *new).returncode == 0
    assert lines(example / "raw/events/flood-2015.yml")[5:] == ["occurred:", "  - {cite: [report:7, report:8]}"]


def test_a_group_with_a_title_needs_no_name(example: Path, run: Run) -> None:
    done = run(example, "new", "group", "riders", "kind", "described", "title", "Riders of the valley")
    assert done.stdout == "raw/groups/riders.yml: is new\n"
    assert lines(example / "raw/groups/riders.yml")[1:] == [
        "id: riders",
        "kind: described",
        "title: Riders of the valley",
    ]


def test_cite_writes_several_claims_at_once(example: Path, run: Run) -> None:
    words = (
        "goal",
        "A road to the sea",
        "activity",
        "Tolls",
        "report:7",
        "report:8",
        "tactic",
        "Roadblocks",
        "report:9",
    )
    assert run(example, "cite", "valley-front", *words).returncode == 0
    text = (example / "raw/groups/valley-front.yml").read_text(encoding="utf-8")
    for line in (
        "goal:\n  - {value: A road to the sea, cite: [report:7, report:8]}\n",
        "activity:\n  - {value: Tolls, cite: [report:7, report:8]}\n",
        "tactic:\n  - {value: Roadblocks, cite: [report:9]}\n",
    ):
        assert line in text


def test_what_claims_share_is_said_once_and_the_claim_s_own_words_win(example: Path, run: Run) -> None:
    shared = "{said_by: [jane-example], standing: claimed, hedge: claims}"
    own = "{value: Roadblocks, standing: reported}"
    words = ("with", shared, "goal", "A road to the sea", "tactic", own, "report:7", "activity", "Tolls", "report:8")
    assert run(example, "cite", "valley-front", *words).returncode == 0
    text = (example / "raw/groups/valley-front.yml").read_text(encoding="utf-8")
    for line in (
        "  - {value: A road to the sea, standing: claimed, hedge: claims, said_by: [jane-example], cite: [report:7]}\n",
        "  - {value: Roadblocks, standing: reported, hedge: claims, said_by: [jane-example], cite: [report:7]}\n",
        "  - {value: Tolls, cite: [report:8]}\n",
    ):
        assert line in text


def test_the_same_claim_takes_context_and_a_note_along(example: Path, run: Run) -> None:
    assert run(example, "cite", "valley-front", "goal", "{value: A road, note: Of stone.}", "report:7").returncode == 0
    assert (
        run(example, "cite", "valley-front", "goal", "{value: A road, context: [report:2]}", "report:7").returncode == 0
    )
    line = "  - {value: A road, cite: [report:7], context: [report:2], note: Of stone.}\n"
    assert line in (example / "raw/groups/valley-front.yml").read_text(encoding="utf-8")
    other = run(example, "cite", "valley-front", "goal", "{value: A road, note: Of sand.}", "report:8")
    assert (other.returncode, "goal has this value with another note: Of stone." in other.stderr) == (2, True)


def test_what_a_whole_event_shares_goes_for_its_happening_too(example: Path, run: Run) -> None:
    new = ("new", "event", "flood-2015", "type", "incident", "subtype", "other", "title", "Flood")
    assert run(example, *new, "with", "{said_by: [jane-example]}", "date", "2015", "report:7").returncode == 0
    assert lines(example / "raw/events/flood-2015.yml")[5:7] == [
        "occurred:",
        "  - {said_by: [jane-example], cite: [report:7]}",
    ]


def test_a_value_that_looks_like_a_passage_is_a_value(example: Path, run: Run) -> None:
    assert run(example, "cite", "valley-front", "goal", "psalm:23", "report:7").returncode == 0
    assert "{value: psalm:23, cite: [report:7]}" in (example / "raw/groups/valley-front.yml").read_text(
        encoding="utf-8"
    )


def test_a_source_takes_what_is_set_aside(example: Path, run: Run) -> None:
    (example / "documents" / "late.txt").write_text(
        "The Late Paper\n\nRain\n\nIt rained on the pass.\n\nRead also\n", "utf-8"
    )
    new = ("new", "source", "late", "kind", "news", "language", "en", "title", "Rain", "publisher", "The Late Paper")
    assert run(example, *new).stdout == "raw/sources/late.yml: is new\n"
    assert run(example, "segment", "documents/late.txt", "--key", "late").returncode == 0
    words = ("set_aside", "navigation", "late:1", "set_aside", "{reason: out-of-scope, note: The weather.}", "late:3")
    assert run(example, "cite", "late", *words).returncode == 0
    assert (
        run(
            example, "cite", "late", "set_aside", "navigation", "late:4", "late:1", "set_aside", "heading", "late:2"
        ).returncode
        == 0
    )
    assert lines(example / "raw/sources/late.yml")[-4:] == [
        "set_aside:",
        "  - {reason: navigation, passages: [1, 4]}",
        "  - {reason: out-of-scope, passages: [3], note: The weather.}",
        "  - {reason: heading, passages: [2]}",
    ]
    assert run(example, "check").returncode == 0
    assert "late: 4 passages, 0 cited, 4 set aside, 0 unread" in run(example, "coverage").stdout


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        (("cite", "valley-front", "gaol", "Peace", "report:7"), 2, "group: no key gaol (near: goal)"),
        (("cite", "valley-front", "goal", "Peace"), 2, "nothing says where goal is read"),
        (("cite", "valley-front", "goal", "Peace", "report:7", "tactic", "Roadblocks"), 2, "nothing says where tactic is read"),
        (("cite", "valley-front", "goal"), 2, "goal has no value"),
        (("cite", "valley-front", "report:7", "goal", "Peace"), 2, "report:7 belongs to no claim"),
        (("cite", "valley-front", "kind", "party"), 2, "kind is no claim and has no passage; write it in raw/groups/valley-front.yml"),
        (("cite", "valley-front", "goal", "{value: Peace", "report:7"), 1, "yaml-syntax"),
        (("cite", "valley-front", "goal", "Peace", "report:7", "tactic", "Roadblocks", "report:999"), 1, "unknown-passage"),
        (("cite", "valley-front", "goal", "Peace", "report:1"), 1, "cited-and-set-aside"),
        (("cite", "report", "set_aside", "navigation", "copy:1"), 2, "copy:1 is no passage of report"),
        (("cite", "report", "set_aside", "{note: why}", "report:1"), 2, "say why"),
        (("cite", "report", "set_aside", "boring", "report:1"), 1, "not-in-vocabulary"),
        (("cite", "report", "set_aside", "heading", "report:7"), 1, "cited-and-set-aside"),
        (("new", "group", "halcones", "kind", "gang", "names", "H", "report:7"), 1, "not-in-vocabulary"),
        (("new", "group", "halcones", "kind", "militia", "part_of", "nobody", "report:7", "names", "H", "report:7"), 1, "dangling-reference"),
        (("new", "group", "halcones", "names", "H"), 2, "nothing says where names is read"),
        (("cite", "valley-front", "with", "{said_by: [jane-example]}"), 2, "with belongs to no claim"),
        (("cite", "valley-front", "with", "jane-example", "goal", "Peace", "report:7"), 2, "with takes what claims share"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_told_and_nothing_is_written(
    example: Path, run: Run, words: tuple[str, ...], status: int, message: str
) -> None:
    before = {path: path.read_bytes() for path in (example / "raw").rglob("*") if path.is_file()}
    done = run(example, *words)
    assert done.returncode == status, done.stderr
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert {path: path.read_bytes() for path in (example / "raw").rglob("*") if path.is_file()} == before


def test_the_first_record_of_a_kind_makes_its_folder(tmp_path: Path, run: Run) -> None:
    assert run(tmp_path, "init", "own").returncode == 0
    assert run(tmp_path / "own", "new", "person", "jane").returncode == 0
    assert (tmp_path / "own/raw/people/jane.yml").is_file()


def test_a_source_may_be_in_a_language_of_the_project(example: Path, run: Run) -> None:
    (example / "documents" / "radio.txt").write_text("Mithal llaqtapi karqan.\n", encoding="utf-8")
    assert run(example, "segment", "documents/radio.txt", "--key", "radio", "--language", "qu").returncode == 0
    project = example / "raw" / "project.yml"
    project.write_text(project.read_text(encoding="utf-8") + "languages: [en, es, fr, ar, qu]\n", encoding="utf-8")
    done = run(example, "segment", "documents/radio.txt", "--key", "other", "--language", "de")
    assert (
        done.returncode,
        "no language de; there are en, es, fr, ar, qu, and more go to raw/vocabulary.yml" in done.stderr,
    ) == (2, True)


def test_what_is_set_aside_is_taken_out_again(example: Path, run: Run) -> None:
    path = example / "raw/sources/report.yml"
    rest = path.read_text(encoding="utf-8").partition("set_aside:\n")[0]
    path.write_text(
        f"{rest}set_aside:\n  # first\n  - {{reason: heading, passages: [1-4, 6]}}  # seen\n", encoding="utf-8"
    )
    for taken, left in (
        (("report:3",), ["  # first", "  - {reason: heading, passages: [1-2, 4, 6]}  # seen"]),
        (("report:1", "report:6", "report:9"), ["  # first", "  - {reason: heading, passages: [2, 4]}  # seen"]),
    ):
        done = run(example, "cite", "report", "set_aside", "unread", *taken)
        assert done.returncode == 0, done.stderr
        assert lines(path)[-2:] == left
    before = path.read_bytes()
    assert "none of these is set aside" in run(example, "cite", "report", "set_aside", "unread", "report:3").stdout
    assert path.read_bytes() == before
    # Another reason takes the place of the first, and the last passage that goes takes the key along.
    assert run(example, "cite", "report", "set_aside", "blank", "report:4").returncode == 0
    assert lines(path)[-2:] == [
        "  - {reason: heading, passages: [2]}  # seen",
        "  - {reason: blank, passages: [4]}",
    ]
    assert run(example, "cite", "report", "set_aside", "unread", "report:2", "report:4").stdout.endswith(
        "again: 2, 4\n"
    )
    assert "set_aside" not in path.read_text(encoding="utf-8")
    assert "# first" in path.read_text(encoding="utf-8")
