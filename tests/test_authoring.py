"""Writing into raw/ without retyping: layout, claims, skeletons, renames, merges, duplicates."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from syrian_groups_data.author import load
from syrian_groups_data.author.layout import canonical, order
from syrian_groups_data.author.spoken import value_of
from syrian_groups_data.flatten import flatten
from syrian_groups_data.model.models import models
from syrian_groups_data.model.records import Group
from tests.conftest import EXAMPLE, ROOT, Run

KEYS = order(Group)


def ids(root: Path) -> set[str]:
    """Ids of all statements that raw/ makes."""
    return {row.statement_id for row in flatten(load(root / "raw")._replace(changes=()))["statements"]}


@pytest.mark.parametrize("root", [ROOT, EXAMPLE], ids=["data", "example"])
def test_everything_in_raw_is_laid_out_canonically(root: Path) -> None:
    for kind in models(load(root / "raw").vocabulary).records:
        for path in sorted((root / "raw" / kind.folder).glob("*.yml")):
            text = path.read_text(encoding="utf-8")
            assert canonical(text, path.name, order(kind)) == text, path


def test_layout_keeps_comments_and_is_stable() -> None:
    text = (
        "# above all\nkind: militia  # why\nid: a-b\n# of the names\nnames:\n  # first\n"
        "  - {cite: ['x:1'], value: \"A, B\", lang: en}  # behind\n  - value: C\n    lang: en\n    cite: [x:2]\n# at the end\n"
    )
    laid = canonical(text, "a-b.yml", KEYS)
    assert laid == (
        "id: a-b\n# above all\nkind: militia  # why\n# of the names\nnames:\n  # first\n"
        '  - {value: "A, B", lang: en, cite: [x:1]}  # behind\n  - {value: C, lang: en, cite: [x:2]}\n# at the end\n'
    )
    assert canonical(laid, "a-b.yml", KEYS) == laid


@pytest.mark.parametrize(
    ("text", "laid"),
    [
        (
            "id: a-b\nnames:\n  - value: A  # one\n    lang: en  # two\n    cite: [x:1]\n",
            "id: a-b\nnames:\n  # one\n  - {value: A, lang: en, cite: [x:1]}  # two\n",
        ),
        ("id: a-b\nkind: >-  # folded\n  militia\n", "id: a-b\n# folded\nkind: militia\n"),
        (
            "id: a-b\nsnapshot:\n  # of it\n  sha256: abc  # digest\n  characters: 7\n",
            "id: a-b\nsnapshot:\n  # of it\n  # digest\n  sha256: abc\n  characters: 7\n",
        ),
    ],
    ids=["two behind one claim", "behind a folded text", "inside a block"],
)
def test_no_comment_gets_lost_where_lines_are_joined(text: str, laid: str) -> None:
    assert canonical(text, "a-b.yml", KEYS) == laid
    assert canonical(laid, "a-b.yml", KEYS) == laid


def test_fmt_writes_what_check_names(example: Path, run: Run) -> None:
    path = example / "raw" / "groups" / "valley-front.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("id: valley-front\n", "") + "id: valley-front\n", encoding="utf-8")
    before = ids(example)
    done = run(example, "fmt", "--check")
    assert (done.returncode, "raw/groups/valley-front.yml:1: laid out otherwise" in done.stderr) == (1, True)
    github = run(example, "fmt", "--check", "--format", "github").stdout
    assert "::error file=raw/groups/valley-front.yml,line=1,col=1,title=layout::laid out otherwise; " in github
    assert run(example, "fmt").returncode == 0
    assert path.read_text(encoding="utf-8") == text
    assert run(example, "fmt", "--check").returncode == 0
    assert ids(example) == before


def test_fmt_writes_nothing_where_a_file_cannot_be_read(example: Path, run: Run) -> None:
    bad = example / "raw" / "groups" / "valley-front.yml"
    bad.write_text("id: [\n", encoding="utf-8")
    other = example / "raw" / "people" / "jane-example.yml"
    other.write_text(other.read_text(encoding="utf-8").replace("id: jane-example\n", "") + "id: jane-example\n")
    before = other.read_bytes()
    assert run(example, "fmt").returncode == 1
    assert other.read_bytes() == before


def test_cite_adds_a_passage_to_the_same_claim_and_a_claim_once(example: Path, run: Run) -> None:
    path = example / "raw" / "groups" / "valley-front.yml"
    assert run(example, "cite", "valley-front", "goal", "A road to the sea", "report:7").returncode == 0
    assert "  - {value: A road to the sea, cite: [report:7]}\n" in path.read_text(encoding="utf-8")
    assert run(example, "cite", "valley-front", "goal", "A road to the sea", "report:8", "report:7").returncode == 0
    assert "  - {value: A road to the sea, cite: [report:7, report:8]}\n" in path.read_text(encoding="utf-8")
    assert run(example, "check").returncode == 0


def test_cite_asks_whose_claim_is_meant(example: Path, run: Run) -> None:
    path = example / "raw" / "groups" / "valley-front.yml"
    said = "{value: A road to the sea, standing: claimed, said_by: [valley-front]}"
    assert run(example, "cite", "valley-front", "goal", said, "report:7").returncode == 0
    before = path.read_bytes()
    asked = run(example, "cite", "valley-front", "goal", "A road to the sea", "report:8")
    assert asked.returncode == 2
    assert "standing: claimed, said_by: [valley-front]" in asked.stderr
    assert path.read_bytes() == before
    own = "{value: A road to the sea, standing: reported, hedge: reportedly}"
    assert run(example, "cite", "valley-front", "goal", own, "report:8").returncode == 0
    assert path.read_text(encoding="utf-8").count("A road to the sea") == 2


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        (("nobody", "goal", "x", "report:7"), 2, "no record nobody"),
        (("valley-front", "gaol", "x", "report:7"), 2, "group: no key gaol (near: goal)"),
        (("valley-front", "goal", "x", "report:99"), 1, "no passage report:99"),
        (("valley-front", "goal", "{value: [", "report:7"), 1, "yaml-syntax"),
        (("valley-front", "killed", "{low: 2}", "report:7"), 1, "number-without-value"),
    ],
)
def test_cite_refuses_what_could_not_be_read(
    example: Path, run: Run, words: tuple[str, ...], status: int, message: str
) -> None:
    before = {path: path.read_bytes() for path in (example / "raw").rglob("*.yml")}
    done = run(example, "cite", *words)
    assert (done.returncode, message in done.stderr, "Traceback" in done.stderr) == (status, True, False), done.stderr
    assert {path: path.read_bytes() for path in (example / "raw").rglob("*.yml")} == before


def test_a_value_is_a_scalar_or_a_mapping_as_in_the_file() -> None:
    assert value_of("NA, or so: yes", "goal") == {"value": "NA, or so: yes"}
    assert value_of("{low: 2, high: 2}", "killed") == {"low": "2", "high": "2"}


def test_records_in_json_lines_are_refused_by_name(example: Path, run: Run) -> None:
    line = '{"id": "next-band", "kind": "militia", "names": [{"value": "Next Band", "lang": "en", "cite": ["report:7"]}]}\n'
    (example / "raw" / "groups" / "records.jsonl").write_text(line, encoding="utf-8")
    for command in (("cite", "next-band", "goal", "x", "report:7"), ("rename", "next-band", "other-band")):
        done = run(example, *command)
        assert (done.returncode, "raw/groups/records.jsonl" in done.stderr) == (2, True)
    told = run(example, "fmt").stderr
    assert told == "syrian-groups-data: raw/groups/records.jsonl is input of check and build only, and stays as it is\n"
    assert (example / "raw" / "groups" / "records.jsonl").read_text(encoding="utf-8") == line


def test_new_writes_a_skeleton_that_check_speaks_about(example: Path, run: Run) -> None:
    assert run(example, "new", "group", "next-band").returncode == 0
    path = example / "raw" / "groups" / "next-band.yml"
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=")
    assert canonical(text, path.name, KEYS) == text
    assert "TODO" in run(example, "check").stderr
    assert run(example, "new", "group", "next-band").returncode == 2
    assert run(example, "new", "group", "con").returncode == 2


def test_a_place_is_filled_from_a_gazetteer_unless_namesakes_could_be_meant(example: Path, run: Run) -> None:
    rows = "name,name_es,other_names,latitude,longitude,iso_3166_2,geonames_id\n"
    rows += "Alta,,Alta Vista|Álta,1.5,-70.25,XX-A,77\nAlta,,,2.5,-71,XX-B,\nBaja,,,3,-72,XX-B,\n"
    (example / "gazetteer.csv").write_text(rows, encoding="utf-8")
    two = run(example, "new", "place", "alta", "--gazetteer", "gazetteer.csv")
    assert (two.returncode, "2 places of the gazetteer are called alta" in two.stderr) == (2, True)
    assert not (example / "raw" / "places" / "alta.yml").exists()
    one = run(example, "new", "place", "alta", "--gazetteer", "gazetteer.csv", "--within", "XX-A")
    assert one.returncode == 0
    text = (example / "raw" / "places" / "alta.yml").read_text(encoding="utf-8")
    assert "latitude: 1.5\nlongitude: -70.25\n" in text
    assert "gazetteer: gazetteer.csv\n" in text
    assert "no place has the code XX-A yet: it goes without a parent" in one.stderr


def test_a_gazetteer_gives_the_first_level_its_code_and_what_lies_in_it_that_parent(example: Path, run: Run) -> None:
    rows = "name,name_es,latitude,longitude,iso_3166_2,credit\n"
    rows += "Alta,Provincia Alta,1.5,-70.25,XX-A,Atlas of 1900\nBaja,La Baja,1.75,-70.5,XX-A,Atlas of 1900\n"
    (example / "gazetteer.csv").write_text(rows, encoding="utf-8")
    alta = ("new", "place", "alta", "kind", "department", "names", "Alta", "report:7", "--gazetteer", "gazetteer.csv")
    baja = ("new", "place", "baja", "kind", "town", "names", "Baja", "report:7", "--gazetteer", "gazetteer.csv")
    assert [run(example, *each).stderr for each in (alta, baja)] == ["", ""]
    texts = [(example / f"raw/places/{key}.yml").read_text(encoding="utf-8") for key in ("alta", "baja")]
    assert (
        "name_es: Provincia Alta\niso_3166_2: XX-A\nlatitude: 1.5\nlongitude: -70.25\nprecision: department\n"
        in texts[0]
    )
    assert "name_es: La Baja\nparent: alta\nlatitude: 1.75\nlongitude: -70.5\nprecision: settlement\n" in texts[1]
    assert "gazetteer: Atlas of 1900\n" in texts[1]
    assert run(example, "check").returncode == 0


def test_a_rename_reaches_every_reference_and_its_statements_have_successors(example: Path, run: Run) -> None:
    before = ids(example)
    assert run(example, "rename", "valley-front", "vale-front", "--reason", "As printed").returncode == 0
    left = [
        path.name
        for path in (example / "raw").rglob("*.yml")
        if "valley-front" in path.read_text(encoding="utf-8") and path.name != "redirects.yml"
    ]
    assert left == []
    assert run(example, "check").returncode == 0
    assert "{old: valley-front, new: vale-front" in (example / "raw" / "redirects.yml").read_text(encoding="utf-8")
    ledger = (example / "raw" / "changes.csv").read_text(encoding="utf-8").splitlines()[1:]
    after = ids(example)
    assert {line.split(",")[0] for line in ledger} == before - after
    assert all(line.split(",")[1] in after and line.split(",")[2] == "rename" for line in ledger)
    assert run(example, "rename", "vale-front", "valley-front").returncode == 2  # an id is never used again


def test_a_plan_writes_nothing(example: Path, run: Run) -> None:
    before = {path: path.read_bytes() for path in (example / "raw").rglob("*") if path.is_file()}
    done = run(example, "rename", "valley-front", "vale-front", "--plan")
    assert (done.returncode, "raw/groups/vale-front.yml: new" in done.stdout) == (0, True)
    assert {path: path.read_bytes() for path in (example / "raw").rglob("*") if path.is_file()} == before


def test_a_merge_joins_claims_and_citations(example: Path, run: Run) -> None:
    (example / "raw" / "groups" / "next-band.yml").write_text(
        "id: next-band\nkind: militia\nnames:\n  - {value: Next Band, lang: en, cite: [report:7]}\n"
        "goal:\n  - {value: A road, cite: [report:7]}\n",
        encoding="utf-8",
    )
    assert run(example, "cite", "valley-front", "goal", "A road", "report:8").returncode == 0
    assert run(example, "merge", "next-band", "valley-front").returncode == 0
    text = (example / "raw" / "groups" / "valley-front.yml").read_text(encoding="utf-8")
    assert "  - {value: A road, cite: [report:8, report:7]}\n" in text
    assert "Next Band" in text
    assert not (example / "raw" / "groups" / "next-band.yml").exists()
    assert run(example, "check").returncode == 0


def test_a_merge_that_ties_a_record_to_itself_is_refused(example: Path, run: Run) -> None:
    (example / "raw" / "groups" / "next-band.yml").write_text(
        "id: next-band\nkind: militia\nnames:\n  - {value: Next Band, lang: en, cite: [report:7]}\n"
        "rival_of:\n  - {value: valley-front, cite: [report:7]}\n",
        encoding="utf-8",
    )
    before = {path: path.read_bytes() for path in (example / "raw").rglob("*") if path.is_file()}
    done = run(example, "merge", "next-band", "valley-front")
    assert (done.returncode, "tie-to-itself" in done.stderr) == (1, True)
    assert {path: path.read_bytes() for path in (example / "raw").rglob("*") if path.is_file()} == before


def test_records_of_one_name_are_near_until_somebody_has_looked(example: Path, run: Run) -> None:
    path = example / "raw" / "groups" / "next-band.yml"
    text = "id: next-band\nkind: militia\nnames:\n  - {value: Valley Front, lang: en, cite: [report:7]}\n"
    path.write_text(text, encoding="utf-8")
    assert "next-band · valley-front: one name" in run(example, "near").stdout
    assert "name-shared" in run(example, "check").stderr
    path.write_text(text + "distinct_from: [valley-front]\n", encoding="utf-8")
    assert "next-band · valley-front" not in run(example, "near").stdout
    assert "name-shared" not in run(example, "check").stderr


def test_a_speaker_is_inherited_from_the_statement_in_which_it_was_said(example: Path, run: Run) -> None:
    assert run(example, "check").returncode == 0
    event = example / "raw" / "events" / "front-speech-2014.yml"
    event.write_text(
        "id: front-speech-2014\ntype: statement\nsubtype: announcement\ntitle: Speech of the front\n"
        "occurred:\n  - {cite: [report:7]}\nparticipants:\n  - {value: valley-front, role: speaker, cite: [report:7]}\n",
        encoding="utf-8",
    )
    path = example / "raw" / "groups" / "valley-front.yml"
    text = path.read_text(encoding="utf-8")
    made = {}
    for name, speaker in (("inherited", ""), ("given", "said_by: [valley-front], "), ("own", "said_by: [source], ")):
        claim = (
            f"goal:\n  - {{value: A road, standing: asserted, {speaker}said_in: front-speech-2014, cite: [report:7]}}\n"
        )
        path.write_text(text + claim, encoding="utf-8")
        made[name] = ids(example)
    assert made["inherited"] == made["given"] != made["own"]


def test_a_tie_that_stands_in_both_files_is_near(example: Path, run: Run) -> None:
    assert run(example, "cite", "valley-front", "led_by", "jane-example", "report:7").returncode == 0
    assert (
        run(example, "cite", "jane-example", "member_of", "{value: valley-front, role: leader}", "report:8").returncode
        == 0
    )
    assert "jane-example · valley-front: a tie in each file: member_of; led_by" in run(example, "near", "jane").stdout


def test_warnings_stop_a_strict_check_alone(example: Path, run: Run) -> None:
    text = "id: next-band\nkind: militia\nnames:\n  - {value: Valley Front, lang: en, cite: [report:7]}\n"
    (example / "raw" / "groups" / "next-band.yml").write_text(text, encoding="utf-8")
    assert (run(example, "check").returncode, run(example, "check", "--strict").returncode) == (0, 1)


def test_ours_has_no_warnings(run: Run) -> None:
    done = run(ROOT, "check", "--strict")
    assert (done.returncode, done.stderr) == (0, "")


def test_show_tells_what_was_said_in_a_statement(example: Path, run: Run) -> None:
    new = (
        "new",
        "event",
        "front-speech-2014",
        "type",
        "statement",
        "subtype",
        "announcement",
        "title",
        "Speech of the front",
    )
    assert run(example, *new, "participants", "{value: valley-front, role: speaker}", "report:7").returncode == 0
    said = "{value: A road, said_in: front-speech-2014, standing: claimed}"
    assert run(example, "cite", "valley-front", "goal", said, "report:8").returncode == 0
    shown = run(example, "show", "front-speech-2014").stdout
    line = "  valley-front goal: A road claimed by valley-front in front-speech-2014, 1 origin: report:8"
    assert f"\nsaid in it\n{line}\n" in shown
    (told,) = json.loads(run(example, "show", "front-speech-2014", "--json").stdout)["said"]
    assert (told["entity_id"], told["property"], told["value"]) == ("valley-front", "goal", "A road")


def test_what_new_leaves_to_fill_in_is_told_wherever_it_stands(example: Path, run: Run) -> None:
    assert run(example, "new", "event", "flood", "type", "incident", "subtype", "other").returncode == 0
    told = run(example, "check").stderr
    for field in ("occurred.0.cite.0", "date.0.value", "date.0.cite.0"):
        assert f"{field}: TODO is still to be filled in; " in told
    path = example / "raw" / "events" / "flood.yml"
    text = path.read_text(encoding="utf-8").replace("[TODO]", "[report:7]").replace("value: TODO", "value: 2014")
    path.write_text(text, encoding="utf-8")
    assert "raw/events/flood.yml:5:8: reserved-id: TODO is still to be filled in" in run(example, "check").stderr
