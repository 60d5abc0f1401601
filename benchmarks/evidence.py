"""How well the evidence reading agrees with people who labelled interview notes.

Prints precision and recall for each element on ``evidence/labelled.tsv``, which nobody tunes on;
``--development`` takes the two development sets instead, and ``--errors`` lists what was missed
and what was wrongly seen there, of the second set only on its even lines: its odd ones tell
whether tuning has learned the language or the lines. The test set's lines are never listed, so
that it stays a test. ``--speed`` times the reading on the lines of the set.

The figures say how well gaps are noticed. They say nothing about candidates.
"""

import argparse
import csv
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from interviewkit.banks.elements import Element
from interviewkit.interview.evidence import elements_in, evidence
from interviewkit.interview.word_lists import load_words

HERE = Path(__file__).parent / "evidence"
TEST, FIRST, SECOND = (
    HERE / f"{name}.tsv" for name in ("labelled", "development", "development-2")
)


class Labelled(NamedTuple):
    """One note line and the elements that a person sees in it."""

    language: str
    elements: frozenset[Element]
    note: str


def read(path: Path) -> list[Labelled]:
    """The labelled lines of a file, in its order; ``-`` stands for no element."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        Labelled(language, frozenset(map(Element, elements.replace("-", "").split())), note)
        for language, elements, note in rows
        if language != "language"
    ]


def share(part: int, whole: int) -> str:
    return f"{part / whole:9.2f}" if whole else f"{'-':>9}"


def table(lines: list[Labelled]) -> str:
    """One row an element and one for all; ``n`` is how many lines show the element."""
    rows = [f"{'element':14}{'n':>5}{'seen':>6}{'precision':>11}{'recall':>9}"]
    total = [0, 0, 0]
    shown = [elements_in(line.note, load_words(line.language)) for line in lines]
    for element in Element:
        there = sum(element in line.elements for line in lines)
        seen = sum(element in one for one in shown)
        right = sum(
            element in one and element in line.elements
            for one, line in zip(shown, lines, strict=True)
        )
        total = [total[0] + there, total[1] + seen, total[2] + right]
        rows.append(f"{element:14}{there:5}{seen:6}  {share(right, seen)}{share(right, there)}")
    there, seen, right = total
    rows.append(f"{'all':14}{there:5}{seen:6}  {share(right, seen)}{share(right, there)}")
    return "\n".join(rows)


def errors(lines: list[Labelled]) -> str:
    """The lines read otherwise than labelled: ``-`` was missed, ``+`` was seen wrongly."""
    rows = []
    for language, elements, note in lines:
        seen = elements_in(note, load_words(language))
        missed = [f"-{element}" for element in Element if element in elements - seen]
        wrong = [f"+{element}" for element in Element if element in seen - elements]
        if missed or wrong:
            rows.append(f"{language} {' '.join(missed + wrong):40} {note}")
    return "\n".join(rows)


def speed(lines: list[Labelled]) -> str:
    """Microseconds for a note not seen before, and for a whole interview's notes seen before."""
    words = {line.language: load_words(line.language) for line in lines}
    start = perf_counter()
    for turn in range(10):
        for line in lines:
            elements_in(f"{line.note} {turn * ' '}", words[line.language])
    first = (perf_counter() - start) / (10 * len(lines)) * 1e6
    notes = [f"{line.note} {number * ' '}" for number in range(20) for line in lines][:200]
    english = load_words("en")
    evidence(notes, {}, (), english)
    start = perf_counter()
    for _ in range(100):
        evidence(notes, {}, (), english)
    again = (perf_counter() - start) / 100 * 1e6
    return (
        f"a new note: {first:.0f} µs\nevidence() on {len(notes)} notes read before: {again:.0f} µs"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--development", action="store_true", help="the sets that are tuned on")
    parser.add_argument("--errors", action="store_true", help="list misses (development only)")
    parser.add_argument("--language", help="only the lines in this language, such as de")
    parser.add_argument("--speed", action="store_true", help="time the reading")
    options = parser.parse_args()
    if options.errors and not options.development:
        parser.error("--errors lists the development set only; add --development")
    sets = {"labelled.tsv": read(TEST)}
    if options.development:
        second = read(SECOND)
        # A header stands on line 1, so the first row is line 2: an even one.
        sets = {
            "development.tsv": read(FIRST),
            "development-2.tsv, even lines (tuned on)": second[0::2],
            "development-2.tsv, odd lines (only counted)": second[1::2],
        }
    for name, rows in sets.items():
        lines = [row for row in rows if options.language in (None, row.language)]
        print(f"{name}: {len(lines)} note lines\n{table(lines)}\n")
        if options.errors and "odd" not in name:
            print(f"{errors(lines)}\n")
        if options.speed:
            print(f"{speed(lines)}\n")


if __name__ == "__main__":
    main()
