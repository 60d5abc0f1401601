"""Reading the evidence out of notes against splitting them into words."""

import re
import statistics
from collections.abc import Iterator
from pathlib import Path

from interviewkit.interview.evidence import evidence
from interviewkit.interview.word_lists import load_words
from measuring import Extent, Row, growth, processor

WORD = re.compile(r"\w+")
SAID = "rang the plant manager at {n} and told him myself; {n}k at risk since March, kept all of it"


def rows(folder: Path, extent: Extent) -> Iterator[Row]:
    """Three sizes; the figure is that of the largest. Every note is another text."""
    sizes = extent.of((5, 10), (10, 30, 100), (10, 100, 1_000))
    words, medians = load_words("en"), []
    for size in sizes:
        ours, floor = [], []
        for turn in range(10):
            notes = [SAID.format(n=1000 * turn + number) for number in range(size)]
            ours.append(processor(evidence, notes, {}, set(), words))
            floor.append(processor(list, map(WORD.findall, notes)))
        medians.append(max(statistics.median(ours), 0.001))
    yield Row(f"evidence of {size:,} notes / splitting them into words", ours, floor)
    yield growth("evidence, notes", sizes, medians)
