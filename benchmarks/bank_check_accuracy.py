"""Precision and recall of `bank check`'s wording rules on a labelled list of texts.

    python benchmarks/bank_check_accuracy.py labelled.tsv            the figures
    python benchmarks/bank_check_accuracy.py --wrong labelled.tsv    and each text judged otherwise

A line has four fields with tabs between: `q`, `p` or `a` for a question, probe or anchor; the
language; the codes that a person finds right, with commas between; the text. Each text stands in
for one of a clean bank; only what is found at that place counts.
"""

import argparse
import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import yaml

from interviewkit.banks.lint import RULES
from interviewkit.banks.lint.linter import lint
from interviewkit.banks.loader import read_as

ROOT = Path(__file__).resolve().parents[1]
CLEAN = ROOT / "tests" / "banks" / "lint" / "clean.yaml"
KINDS = {"q": "questions", "p": "probes", "a": "anchors"}


class Text(NamedTuple):
    """A text with the codes that are right for it."""

    kind: str
    language: str
    codes: frozenset[str]
    text: str


def read_texts(path: Path) -> list[Text]:
    """The labelled texts of a file; ValueError for a code that does not exist."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if row]
    texts = [
        Text(kind, language, frozenset(filter(None, codes.split(","))), text)
        for kind, language, codes, text, *_ in rows
    ]
    for text in texts:
        if unknown := text.codes - RULES.keys():
            raise ValueError(f"{path}: there is no code {', '.join(sorted(unknown))}")
    return texts


def find_codes(text: Text, clean: str) -> frozenset[str]:
    """The codes found at the text, in an otherwise clean bank."""
    bank = yaml.safe_load(clean)
    bank["language"] = text.language
    question, competency = bank["questions"][0], bank["competencies"][1]
    if text.kind == "q":
        question["ask"] = text.text
    elif text.kind == "p":
        question["probes"][1]["ask"] = text.text
    else:
        competency["anchors"][3] = text.text
    file = read_as(yaml.dump(bank, allow_unicode=True, sort_keys=False, width=9999), CLEAN)
    loc: tuple[str | int, ...] = {
        "q": ("questions", 0, "ask"),
        "p": ("questions", 0, "probes", 1, "ask"),
        "a": ("competencies", 1, "anchors", 3),
    }[text.kind]
    place = file.where(loc)
    return frozenset(
        finding.code
        for finding in lint(file)
        if (finding.path, finding.line, finding.column) == place
    )


def rows_of(pairs: list[tuple[Text, frozenset[str]]]) -> Iterator[tuple[str, int, int, int]]:
    """A name with the right, wrong and missing findings: of all, of each kind, of each code."""
    yield "together", *_outcome(pairs)
    for kind, name in KINDS.items():
        yield name, *_outcome([pair for pair in pairs if pair[0].kind == kind])
    for language in sorted({text.language for text, _ in pairs}):
        yield language, *_outcome([pair for pair in pairs if pair[0].language == language])
    for code in sorted(frozenset().union(*(text.codes | codes for text, codes in pairs))):
        of_code = [
            (text._replace(codes=text.codes & {code}), codes & {code}) for text, codes in pairs
        ]
        yield code, *_outcome(of_code)


def _outcome(pairs: list[tuple[Text, frozenset[str]]]) -> tuple[int, int, int]:
    counts = Counter[str]()
    for text, codes in pairs:
        counts["right"] += len(codes & text.codes)
        counts["wrong"] += len(codes - text.codes)
        counts["missing"] += len(text.codes - codes)
    return counts["right"], counts["wrong"], counts["missing"]


def main() -> None:
    """Print a table, and with ``--wrong`` the texts judged otherwise."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("path", type=Path)
    parser.add_argument("--wrong", action="store_true", help="each text judged otherwise")
    options = parser.parse_args()
    clean = CLEAN.read_text(encoding="utf-8")
    pairs = [(text, find_codes(text, clean)) for text in read_texts(options.path)]
    print(f"{len(pairs)} texts, {sum(not text.codes for text, _ in pairs)} of them clean")
    print(f"{'':20}{'right':>7}{'wrong':>7}{'missing':>9}{'precision':>11}{'recall':>8}")
    for name, right, wrong, missing in rows_of(pairs):
        precision = right / (right + wrong) if right + wrong else float("nan")
        recall = right / (right + missing) if right + missing else float("nan")
        print(f"{name:20}{right:>7}{wrong:>7}{missing:>9}{precision:>11.2f}{recall:>8.2f}")
    if options.wrong:
        for text, codes in pairs:
            if codes != text.codes:
                added, omitted = ",".join(codes - text.codes), ",".join(text.codes - codes)
                print(f"{text.kind} {text.language} +[{added}] -[{omitted}] {text.text}")


if __name__ == "__main__":
    main()
