"""Problems of records against each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cases import BATTALION, CHECKPOINT, FRONT, Case, Cases, append, each, group, prove, replace, write
from tests.test_problems_ledger import CHANGED, LEDGER, TIES

JOHN = "people/john-example.yml"
REDIRECT = "  - {old: mithal-guard, new: valley-front, since: 1.0.0}\n"
STRAIGHT = "lead each old id straight to a record"

RECORDS: Cases = {
    "reserved-id": [
        Case(
            group("none", "None"),
            "raw/groups/none.yml:1:5: reserved-id: none reads as a missing value; mint another id\n"
            "raw/groups/none.yml:4:13: reserved-id: None reads as a missing value; say it in other words",
        )
    ],
    "id-clash": [
        Case(
            write(
                "people/example-monitor.yml",
                "id: example-monitor\nbasis: analyst\nnames:\n  - {value: E. Monitor, lang: en, cite: [monitor:1]}\n",
            ),
            "raw/people/example-monitor.yml:1:5: id-clash:"
            " raw/groups/example-monitor.yml has the id example-monitor too; mint another id",
        )
    ],
    "dangling-reference": [
        Case(
            replace(CHECKPOINT, "of: valley-front", "of: valley-font"),
            f"raw/{CHECKPOINT}:16:44: dangling-reference:"
            " no record valley-font (near: valley-front); add the record, or correct the id",
        ),
        Case(
            replace(CHECKPOINT, "value: mithal-battalion", "value: mithal-brigade"),
            f"raw/{CHECKPOINT}:13:13: dangling-reference:"
            " no record mithal-brigade (it became mithal-battalion); add the record, or correct the id",
        ),
    ],
    "wrong-type-reference": [
        Case(
            replace(CHECKPOINT, "value: mithal,", "value: valley-front,"),
            f"raw/{CHECKPOINT}:11:13: wrong-type-reference:"
            " valley-front is a group, not a place; name a record of that type",
        ),
        Case(
            replace(JOHN, "value: mithal-battalion", "value: lower-mithal-killings-2014"),
            f"raw/{JOHN}:6:13: wrong-type-reference:"
            " lower-mithal-killings-2014 is an event, not a group; name a record of that type",
        ),
        Case(
            replace("places/mithal.yml", "parent: mithal-valley", "parent: jane-example"),
            "raw/places/mithal.yml:5:9: wrong-type-reference:"
            " jane-example is a person, not a place; name a record of that type",
        ),
    ],
    "relation-not-allowed": [
        Case(
            append(JOHN, "led_by:\n  - {value: jane-example, cite: [report:10]}\n"),
            f"raw/{JOHN}:8:5: relation-not-allowed: a person has no led_by; it is for a group",
        ),
        Case(
            append(CHECKPOINT, "operates_in:\n  - {value: mithal, cite: [report:7]}\n"),
            f"raw/{CHECKPOINT}:18:5: relation-not-allowed: an event has no operates_in; it is for a group or person",
        ),
    ],
    "tie-to-itself": [
        Case(
            replace(FRONT, "value: mithal-battalion", "value: valley-front"),
            f"raw/{FRONT}:6:13: tie-to-itself: valley-front is tied to itself; name the other one",
        ),
        Case(
            replace("places/mithal.yml", "parent: mithal-valley", "parent: mithal"),
            "raw/places/mithal.yml:5:9: tie-to-itself: mithal is tied to itself; name the other one",
        ),
    ],
    "circular-tie": [
        Case(
            append("places/mithal-valley.yml", "parent: mithal\n"),
            "raw/places/mithal-valley.yml:10:9: circular-tie: parent leads back to mithal-valley; cut the circle\n"
            "raw/places/mithal.yml:5:9: circular-tie: parent leads back to mithal; cut the circle",
        ),
        Case(
            append(
                FRONT,
                "part_of:\n"
                "  - {value: example-monitor, cite: [report:7]}\n"
                "  - {value: mithal-battalion, cite: [report:7]}\n",
            ),
            f"raw/{BATTALION}:8:5: circular-tie: part_of leads back to mithal-battalion; cut the circle\n"
            f"raw/{FRONT}:9:5: circular-tie: part_of leads back to valley-front; cut the circle",
        ),
        Case(
            replace("sources/report.yml", "language: en\npub", "language: en\nversion_of: copy\npub"),
            "raw/sources/copy.yml:5:15: circular-tie: derived_from leads back to copy; cut the circle\n"
            "raw/sources/report.yml:6:13: circular-tie: derived_from leads back to report; cut the circle",
        ),
    ],
    **TIES,
    "name-shared": [
        Case(
            group("valley-front-2", "Valley Front"),
            "raw/groups/valley-front-2.yml:4:5: name-shared: warning:"
            " Valley Front is a name of valley-front too; see whether the two are one, or add a note",
        )
    ],
    **LEDGER,
    "bad-redirect": [
        Case(
            group("mithal-brigade", "Mithal Brigade"),
            f"raw/redirects.yml:2:11: bad-redirect: mithal-brigade is in use; {STRAIGHT}",
        ),
        Case(
            replace("redirects.yml", "new: mithal-battalion", "new: mithal-batallion"),
            "raw/redirects.yml:2:32: bad-redirect:"
            f" mithal-brigade leads to mithal-batallion, which does not exist; {STRAIGHT}",
        ),
        Case(
            append("redirects.yml", REDIRECT.replace("valley-front", "mithal-brigade")),
            "raw/redirects.yml:3:30: bad-redirect:"
            f" mithal-guard leads to mithal-brigade, which is a redirect itself; {STRAIGHT}",
        ),
        Case(
            append("redirects.yml", REDIRECT.replace("mithal-guard", "mithal-brigade")),
            f"raw/redirects.yml:3:11: bad-redirect: mithal-brigade stands at line 2 too; {STRAIGHT}",
        ),
    ],
    **CHANGED,
}


@pytest.mark.parametrize(("code", "case"), each(RECORDS))
def test_exact_message(code: str, case: Case, example: Path) -> None:
    prove(code, case, example / "raw")
