"""a record, in its canonical layout: what is given, and marks for what is not"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from ..model.problem import visible
from .cite import WORDS
from .project import Usage, project, tell


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("type", metavar="TYPE", help="group, person, place, event, allegation or source")
    parser.add_argument("id", metavar="ID", help="its id: lower-case words joined by hyphens")
    parser.add_argument(
        "words",
        nargs="*",
        **WORDS | {"help": "claims, as cite takes them; keys that hold none (kind, title …) have no passage"},
    )
    parser.add_argument("--gazetteer", metavar="FILE", help="of a place: a CSV with name, latitude, longitude …")
    parser.add_argument("--name", metavar="NAME", help="of a place: its name in the gazetteer; else the id's words")
    parser.add_argument("--within", metavar="CODE", help="of a place: ISO 3166-2 code in which it lies")


def run(args: argparse.Namespace) -> int:
    """Exit status of the command."""
    from ..author.layout import canonical, order
    from ..author.skeleton import skeleton
    from ..author.spoken import Ungrammatical, spoken
    from ..files import kind
    from ..files.exchange import put
    from ..model.models import models
    from ..model.problem import near
    from ..model.values import TODO
    from .drafts import claimed, corpus_of, good_id, proved

    root = project(args)
    corpus = corpus_of(root)
    kinds = {each.type: each for each in models(corpus.vocabulary).records}
    if args.type not in kinds:
        raise Usage(f"no record {args.type}{near(args.type, kinds)}; there are {', '.join(kinds)}")
    good_id(corpus, args.id)
    if args.gazetteer and args.type != "place":
        raise Usage("--gazetteer is for places")
    model = kinds[args.type]
    name = f"raw/{model.folder}/{args.id}.yml"
    if kind(root, name):
        raise Usage(f"{name} is there already")
    try:
        implied = "occurred" if model.type == "event" else None
        claims, plain = spoken(args.words, model, implied)
    except Ungrammatical as why:
        raise Usage(str(why)) from None
    known = (_gazetteer(args, corpus, str(plain.get("kind"))) if args.gazetteer else {}) | plain
    text = skeleton(model, args.id, known, {each.property for each in claims})
    text, _ = claimed(canonical(text, name, order(model)), name, model, claims, corpus)
    proved(corpus, name, model, text)
    marked = TODO in text
    put(root, {name: text.encode()})
    print(f"{visible(name)}: {'fill in what is marked, then syrian-groups-data check' if marked else 'is new'}")
    return 0


def _gazetteer(args: argparse.Namespace, corpus: Any, kind: str) -> dict[str, Any]:
    """Second name, codes, coordinates and parent of a place, from the one row that can be meant."""
    from ..author.gazetteer import Unreadable, namesakes

    wanted = args.name or args.id.replace("-", " ")
    try:
        rows = namesakes(Path(args.gazetteer), wanted, args.within)
    except Unreadable as why:
        raise Usage(str(why)) from None
    if len(rows) != 1:
        for row in rows[:20]:
            tell(f"  {row['name']}: {row.get('iso_3166_2') or '?'} {row['latitude']}, {row['longitude']}")
        if rows:
            raise Usage(f"{len(rows)} places of the gazetteer are called {wanted}; say with --within which is meant")
        raise Usage(f"the gazetteer has no {wanted}; see other spellings with --name, or leave --gazetteer out")
    (row,) = rows
    terms, second = corpus.vocabulary, f"name_{corpus.vocabulary.second_name}"
    code, first_level = row.get("iso_3166_2"), kind in terms.first_level
    above = [key for key, entry in corpus.entries.items() if code and getattr(entry.record, "iso_3166_2", None) == code]
    if code and not above and not first_level:
        tell(f"no place has the code {code} yet: it goes without a parent")
    found: dict[str, Any] = {
        second: row.get(second),
        "iso_3166_2": code if first_level else None,
        "latitude": row["latitude"],
        "longitude": row["longitude"],
        "precision": kind if kind in terms.terms("place_precisions") else "settlement",
        "gazetteer": row["credit"],
        "parent": above[0] if above and not first_level else None,
        "geonames_id": row.get("geonames_id"),
    }
    return {key: value for key, value in found.items() if value}
