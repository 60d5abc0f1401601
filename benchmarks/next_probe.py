"""Whether what is asked next is truly missing from the notes: the measure to steer by.

Each story of ``evidence/`` is cut after each of its first ten notes and read against every
question about past behaviour in the banks we ship, no probe asked yet. Of those moments:

- valid: the first suggestion elicits something that the notes truly lack
- reason: every gap that its reason names is truly missing
- claims: share of the claims "missing" that are true, over all eleven elements
- named: share of what is truly missing that is also called so

Each with its 95 % interval by drawing stories. ``stories.tsv`` may be looked at while tuning,
``stories-held-out.tsv`` is only counted. ``--by-notes`` shows how the figures go with the number of
notes, ``--re-ask`` how often a story is answered by the neutral request for one particular time.
The figures say how well gaps are noticed. They say nothing about candidates.
"""

import argparse
import csv
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from interviewkit.banks.elements import Element
from interviewkit.banks.loader import read_bank
from interviewkit.banks.model import Question
from interviewkit.interview.evidence import State, evidence
from interviewkit.interview.suggestions import Suggestion, suggest
from interviewkit.interview.word_lists import load_words

HERE = Path(__file__).parent
BANKS = HERE.parent / "question_banks"
SETS = ("stories.tsv", "stories-held-out.tsv")
LONGEST = 10
DRAWS = 2000
FIGURES = ("valid", "reason", "claims", "named")


class Line(NamedTuple):
    """A note with the elements that a person sees in it."""

    note: str
    elements: frozenset[Element]


class Story(NamedTuple):
    """Notes of one answer in their order; ``kind`` is lived or canned."""

    language: str
    name: str
    kind: str
    lines: tuple[Line, ...]


class Moment(NamedTuple):
    """How many of which figure hold, and of how many, after ``notes`` notes of one story."""

    notes: int
    hits: Counter[str]
    cases: Counter[str]


def read_stories(path: Path) -> list[Story]:
    """The stories of a file, in its order; ``-`` stands for no element."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    lines: dict[tuple[str, str, str], list[Line]] = {}
    for row in rows:
        elements = frozenset(map(Element, row["elements"].replace("-", "").split()))
        key = (row["language"], row["story"], row["kind"])
        lines.setdefault(key, []).append(Line(row["note"], elements))
    return [Story(*key, tuple(notes)) for key, notes in lines.items()]


@cache
def questions(language: str) -> tuple[Question, ...]:
    """Every question about past behaviour of the shipped banks in a language."""
    banks = [read_bank(path).bank for path in sorted(BANKS.glob("*.yaml"))]
    return tuple(
        question
        for bank in banks
        if bank.language == language
        for question in bank.questions
        if question.kind == "past_behaviour"
    )


def moments(story: Story) -> list[Moment]:
    """What holds after one note of the story, after two, and so on."""
    words = load_words(story.language)
    results = []
    for count in range(1, min(len(story.lines), LONGEST) + 1):
        notes = [line.note for line in story.lines[:count]]
        truth = frozenset(Element) - frozenset().union(
            *(line.elements for line in story.lines[:count])
        )
        reading = evidence(notes, {}, (), words)
        claims = {e for e in Element if reading.states[e] is State.MISSING}
        hits = Counter(claims=len(claims & truth), named=len(claims & truth))
        cases = Counter(claims=len(claims), named=len(truth))
        for question in questions(story.language):
            offer = suggest(question, reading, notes, (), words)
            if offer.suggestions:
                first = offer.suggestions[0]
                hits.update(valid=_is_valid(first, truth), reason=truth.issuperset(first.gaps))
                cases.update(valid=1, reason=1)
        results.append(Moment(count, hits, cases))
    return results


def _is_valid(suggestion: Suggestion, truth: frozenset[Element]) -> bool:
    return not truth.isdisjoint(suggestion.elicits)


def shares(measured: Iterable[Sequence[Moment]]) -> dict[str, float]:
    """Figure → its share over the moments of these stories."""
    hits: Counter[str] = Counter()
    cases: Counter[str] = Counter()
    for story in measured:
        for moment in story:
            hits += moment.hits
            cases += moment.cases
    return {figure: hits[figure] / cases[figure] if cases[figure] else 0.0 for figure in FIGURES}


def interval(measured: Sequence[Sequence[Moment]]) -> dict[str, tuple[float, float]]:
    """Figure → 95 % interval when the stories are drawn again, with a fixed seed."""
    draw = random.Random(1)
    totals = [(sum_of(story, "hits"), sum_of(story, "cases")) for story in measured]
    drawn: dict[str, list[float]] = {figure: [] for figure in FIGURES}
    for _ in range(DRAWS):
        sample = draw.choices(totals, k=len(totals))
        for figure in FIGURES:
            cases = sum(case[figure] for _, case in sample)
            drawn[figure].append(sum(hit[figure] for hit, _ in sample) / max(cases, 1))
    return {
        figure: (values[int(0.025 * DRAWS)], values[int(0.975 * DRAWS)])
        for figure, values in ((name, sorted(all_values)) for name, all_values in drawn.items())
    }


def sum_of(story: Sequence[Moment], name: str) -> Counter[str]:
    total: Counter[str] = Counter()
    for moment in story:
        total += getattr(moment, name)
    return total


def row(label: str, measured: Sequence[Sequence[Moment]]) -> str:
    """A line of the table; nothing but the label without stories."""
    if not measured:
        return label
    values, bounds = shares(measured), interval(measured)
    cells = (f"{values[f]:.2f} ({bounds[f][0]:.2f}-{bounds[f][1]:.2f})" for f in FIGURES)
    return f"{label:28}" + "".join(f"{cell:>19}" for cell in cells)


def reask_counts(stories: Iterable[Story], within: int) -> dict[str, tuple[int, int]]:
    """Kind → stories to which the re-ask came within so many notes, and stories of the kind."""
    counts: dict[str, tuple[int, int]] = {}
    for story in stories:
        words, question = load_words(story.language), questions(story.language)[0]
        came = False
        for count in range(1, min(within, len(story.lines)) + 1):
            notes = [line.note for line in story.lines[:count]]
            offer = suggest(question, evidence(notes, {}, (), words), notes, (), words)
            came = came or any(suggestion.number == 0 for suggestion in offer.suggestions)
        reached, total = counts.get(story.kind, (0, 0))
        counts[story.kind] = (reached + came, total + 1)
    return counts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--by-notes", action="store_true", help="a line for each number of notes")
    parser.add_argument("--re-ask", action="store_true", help="count the stories it comes to")
    options = parser.parse_args()
    print(f"{'':28}" + "".join(f"{figure:>19}" for figure in FIGURES))
    for name in SETS:
        stories = read_stories(HERE / "evidence" / name)
        measured = {story: moments(story) for story in stories}
        for language in ("en", "de"):
            chosen = [m for story, m in measured.items() if story.language == language]
            print(row(f"{name.removesuffix('.tsv')}, {language}, {len(chosen)}", chosen))
            for count in range(1, LONGEST + 1) if options.by_notes else ():
                cut = [[m for m in story if m.notes == count] for story in chosen]
                print(row(f"  after {count}", [story for story in cut if story]))
        if options.re_ask:
            for kind, (reached, total) in reask_counts(stories, 4).items():
                print(f"  re-ask within four notes, {kind}: {reached} of {total}")


if __name__ == "__main__":
    main()
