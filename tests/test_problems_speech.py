"""Problems of speakers, of answers and of lives."""

from __future__ import annotations

from tests.cases import BATTALION, CHECKPOINT, GRIEVANCE, Case, Cases, append, replace

JOHN = "people/john-example.yml"
ANSWER = "responses:\n  - {{by: valley-front, stance: {}, cite: [report:7]}}\n"
REACH = "list in covers the properties that are disputed as a whole, [] where none is"

# Part of CLAIMS, where each is tried.
SPEECH: Cases = {
    "via-without-speaker": [
        Case(
            replace(CHECKPOINT, "{cite: [report:7]}", "{via: [example-monitor], cite: [report:7]}"),
            f"raw/{CHECKPOINT}:7:11: via-without-speaker:"
            " nobody speaks through the relays; add said_by or speaker, or move the relay there",
        )
    ],
    "died-before-born": [
        Case(
            append(JOHN, "born: [{value: 2012, cite: [report:10]}]\ndied: [{value: 2011-05, cite: [report:10]}]\n"),
            f"raw/{JOHN}:8:8: died-before-born: warning: died 2011-05 lies before born; check both years",
        ),
        Case(
            append(BATTALION, "dissolved: [{value: 2010, cite: [report:10]}]\n"),
            f"raw/{BATTALION}:18:13: died-before-born: warning: dissolved 2010 lies before founded; check both years",
        ),
    ],
    "covers-nothing": [
        Case(
            append(CHECKPOINT, ANSWER.format("denies, covers: [killed, injured]")),
            f"raw/{CHECKPOINT}:18:57: covers-nothing:"
            " mithal-checkpoint-2014-03-02 has no injured; name a property of the record",
        ),
        Case(
            append(CHECKPOINT, ANSWER.format("confirms, covers: [killed]")),
            f"raw/{CHECKPOINT}:18:50: covers-nothing: confirms disputes nothing; leave covers out",
        ),
    ],
    "denial-without-reach": [
        Case(
            append(CHECKPOINT, ANSWER.format("denies")),
            f"raw/{CHECKPOINT}:18:5: denial-without-reach: warning: nothing says what valley-front disputes; {REACH}",
        ),
        Case(
            append(CHECKPOINT, ANSWER.format("partly-denies")),
            f"raw/{CHECKPOINT}:18:5: denial-without-reach: warning: nothing says what valley-front disputes; {REACH}",
        ),
    ],
    "answer-not-carried": [
        Case(
            append(BATTALION, f"activity:\n  - {{{GRIEVANCE}}}\n"),
            f"raw/{BATTALION}:19:5: answer-not-carried: warning: the accusation of report:9 is answered in report:10;"
            " add it to disputed_by, or say in a note that names it why it does not answer this",
        )
    ],
}
