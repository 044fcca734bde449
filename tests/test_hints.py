"""What is told to whoever writes what is not there: the range, the near word, the place of a list; and nothing is half-written."""

from __future__ import annotations

from pathlib import Path

import pytest

from syrian_groups_data.author.meant import meant, told
from syrian_groups_data.author.project import load
from syrian_groups_data.check import check
from syrian_groups_data.model.records import Event, Group, Person
from tests.cases import printed
from tests.conftest import Run
from tests.life import Life
from tests.test_carry import PAGE, A

UNWRITTEN = "syrian-groups-data: nothing was written; as it would stand:\n"


def _everything(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ("source", "courier", "kind", "gazette"),
            "courier.yml:3:7: not-in-vocabulary: kind: gazette is not in its list",
        ),
        (("source", "courier", "language", "quenya"), "courier.yml:4:11: not-in-vocabulary: language: quenya"),
        (("source", "courier", "kind", "news", "language", "en", "published", "spring"), "malformed-value: published"),
        (("source", "courier", "kind", "news", "language", "en", "published", "2021-02-30"), "impossible-date"),
        (("source", "courier", "kind", "mirror", "language", "en", "derived_from", "nobody"), "no record nobody"),
        (("source", "courier", "kind", "mirror", "language", "en"), "mirror-without-origin"),
        (("source", "courier", "published", "2021-13"), "malformed-value: published: '2021-13'"),
        (("group", "dockers", "kind", "guild"), "dockers.yml:3:7: not-in-vocabulary: kind: guild"),
        (("person", "jane-docker", "basis", "king"), "not-in-vocabulary: basis: king"),
        (("place", "quay", "kind", "quay"), "not-in-vocabulary: kind: quay"),
        (("event", "walkout", "type", "strike", "title", "Walkout"), "not-in-vocabulary: type: strike"),
        (("allegation", "beating", "acts", "[murder, beating]"), "not-in-vocabulary: acts.1: beating"),
    ],
)
def test_new_writes_no_draft_that_check_would_refuse(
    example: Path, run: Run, words: tuple[str, ...], told: str
) -> None:
    before = _everything(example)
    done = run(example, "new", *words)
    assert (done.returncode, done.stderr.startswith(UNWRITTEN), told in done.stderr) == (1, True, True), done.stderr
    assert "TODO" not in done.stderr
    assert _everything(example) == before


def test_a_draft_with_marks_and_one_of_a_source_are_written(example: Path, run: Run) -> None:
    for words in (
        ("source", "courier", "kind", "news", "language", "en"),
        ("source", "gazette", "title", "Tide"),
        ("group", "guild"),
    ):
        assert run(example, "new", *words).returncode == 0
    assert "snapshot" not in (example / "raw/sources/courier.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("command", "status", "message"),
    [
        (("cite", "valley-front", "goal", "A port", "report:99"), 1, "no passage report:99; report has passages 1-10"),
        (("cite", "valley-front", "goal", "A port", "reprot:1"), 1, "there is no source reprot (near: report)"),
        (("cite", "report", "set_aside", "navigation", "report:99"), 1, "no passage 99; report has passages 1-10"),
        (("show", "report:99"), 2, "report has 10 passages, report:1 to report:10\n"),
        (("footnote", "report:99"), 2, "no statement or passage report:99; report has passages 1-10\n"),
    ],
)  # fmt: skip
def test_an_unknown_passage_is_told_which_there_are(
    example: Path, run: Run, command: tuple[str, ...], status: int, message: str
) -> None:
    if command[0] == "footnote":
        assert run(example, "build").returncode == 0
    done = run(example, *command)
    assert (done.returncode, message in done.stderr) == (status, True), done.stderr


@pytest.mark.parametrize("decision", [("--accept", "99"), ("--keep", "99"), ("--split", "99", "--at", "20")])
def test_a_decision_on_an_unknown_passage_is_told_which_there_are(life: Life, decision: tuple[str, ...]) -> None:
    life.begin(PAGE, A[:20])
    done = life.segment(*decision)
    assert (done.status, "there is no passage 99" in done.err, "has passages 1-6" in done.err) == (2, True, True)


def test_only_a_list_that_a_project_extends_leads_to_its_own_terms(example: Path) -> None:
    event = example / "raw/events/mithal-checkpoint-2014-03-02.yml"
    text = event.read_text(encoding="utf-8")
    event.write_text(text.replace("role: agent", "role: umpire"), encoding="utf-8")
    assert printed(example / "raw").endswith(", or define it under participant_roles in raw/vocabulary.yml")
    event.write_text(text.replace("role: agent,", "role: agent, standing: certain,"), encoding="utf-8")
    assert printed(example / "raw").endswith("reported, alleged, denied, refuted")
    event.write_text(text, encoding="utf-8")
    project = example / "raw/project.yml"
    project.write_text(project.read_text(encoding="utf-8") + "languages: [en, fr, es]\n", encoding="utf-8")
    group = example / "raw/groups/valley-front.yml"
    group.write_text(group.read_text(encoding="utf-8").replace("lang: en", "lang: de", 1), encoding="utf-8")
    assert "use one of en, fr, es, or add it to languages in raw/project.yml" in printed(example / "raw")


@pytest.mark.parametrize(
    ("word", "right"),
    [
        ("leader", "led_by"), ("commander", "led_by"), ("members", "member_of"), ("headquarters", "based_in"),
        ("founder", "founded_by"), ("enemy", "opposed_to"), ("location", "located_in"), ("gaol", "goal"),
    ],
)  # fmt: skip
def test_a_wrong_property_leads_to_the_right_one(word: str, right: str) -> None:
    found = meant(word, told(Group))
    assert right in found
    assert found.count(",") < 5


def test_an_unknown_property_makes_no_wall_of_names(example: Path, run: Run) -> None:
    assert meant("xyzzy", told(Person)) == ""
    assert meant("when", told(Event)) != meant("whenever", told(Person))
    done = run(example, "cite", "valley-front", "leader", "jane-example", "report:7")
    assert done.returncode == 2
    assert done.stderr == (
        "syrian-groups-data: group: no key leader (near: led_by);"
        " raw/README.md and the codebook, tables/README.md, list them all\n"
    )
    path = example / "raw/groups/valley-front.yml"
    path.write_text(
        path.read_text(encoding="utf-8") + "leader:\n  - {value: jane-example, cite: [report:7]}\n", encoding="utf-8"
    )
    assert "unknown-key: leader: no such key (near: led_by)" in run(example, "check").stderr


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (
            "{value: A road, a port, since: 2014}",
            "value of goal:1:23: empty-value: no value for a port: in braces a comma parts keys",
        ),
        ("{value: طريق, ميناء}", "value of goal:1:20: empty-value: no value for ميناء: in braces a comma parts keys"),
        ("{value: }", "value of goal:1:9: empty-value: no value; leave the key out"),
        ("{value: A road} and a port", "value of goal:1:17: yaml-syntax: more follows on what was closed"),
    ],
)
def test_a_value_on_a_line_is_told_by_its_property_and_place(example: Path, run: Run, value: str, told: str) -> None:
    done = run(example, "cite", "valley-front", "goal", value, "report:7")
    assert (done.returncode, told in done.stderr) == (1, True), done.stderr


@pytest.mark.parametrize(
    ("claim", "warned"),
    [
        ("founded: [{value: 2091, CITE}]", True),
        ("founded: [{value: 2016, CITE}]", False),
        ("dissolved: [{value: 2091/.., CITE}]", True),
        ("dissolved: [{value: ../2091, CITE}]", False),
        ("active: [{value: 2012/2091, CITE}]", False),
        ("strength: [{low: 2, as_of: 2091, CITE}]", True),
        ("part_of: [{value: valley-front, until: 2091, CITE}]", False),
        ("founded: [{value: 2091, standing: judged, CITE}]", False),
        ("founded: [{value: 2091, standing: denied, said_by: [example-monitor], CITE}]", False),
        ("founded: [{value: 2091, note: So the text; it speaks of a plan., CITE}]", False),
    ],
)
def test_what_lies_ahead_of_the_day_on_which_a_source_was_read_is_warned_of(
    example: Path, claim: str, warned: bool
) -> None:
    source = example / "raw/sources/copy.yml"
    text = source.read_text(encoding="utf-8")
    source.write_text(text.replace("characters: 337\n", "characters: 337\n  retrieved: 2016-02\n"), encoding="utf-8")
    group = "id: coming-front\nkind: militia\nnames: [{value: Coming Front, lang: en, cite: [copy:2]}]\n"
    (example / "raw/groups/coming-front.yml").write_text(
        group + claim.replace("CITE", "cite: [copy:2]") + "\n", encoding="utf-8"
    )
    found = [each for each in check(load(example / "raw")) if each.code == "event-after-source"]
    assert [each.what.partition(" was ")[2] for each in found] == ["retrieved (2016-02-29)"] * warned
    assert all(each.warning for each in found)
