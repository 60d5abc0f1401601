"""How often the rules of a comparison are right, over rounds drawn from a known truth.

Ratings from 1 to 5, rounded; four competencies of two questions. A rating is the candidate's level
(spread .53 points), that on the competency (.35), the interviewer's severity (.25 or .6), what the
interviewer makes of that candidate (.45), of that candidate on that competency (.25), and chance
(.55). Some designs break what the method supposes: a ceiling, an erratic interviewer, severity of
its own for each competency, other sizes.

Usage: python benchmarks/simulation.py [--times N] [--only WORDS]
"""

import argparse
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations

from interviewkit.comparison.answer_ratings import scores
from interviewkit.comparison.places import are_apart, are_apart_in_order
from interviewkit.comparison.precision import Precision, error_terms
from interviewkit.comparison.reliability import reliability
from interviewkit.comparison.variance_components import PanelScores, variance_components

COMPETENCIES, QUESTIONS = 4, 2
LEVEL, PROFILE, CELL, CHANCE = 0.53, 0.35, 0.25, 0.55
WEIGHTS = (1,) * COMPETENCIES
# Who rates which competency of a candidate: (random, candidate) → interviewer → competencies.
Panel = Callable[[random.Random, int], dict[int, Sequence[int]]]
EVERY = range(COMPETENCIES)


def same(size: int, chance: random.Random, candidate: int) -> dict[int, Sequence[int]]:
    """One panel for all."""
    return dict.fromkeys(range(size), EVERY)


def rotating(
    sizes: Sequence[int], pool: int, chance: random.Random, candidate: int
) -> dict[int, Sequence[int]]:
    """A panel drawn from a pool, of any of these sizes."""
    return dict.fromkeys(chance.sample(range(pool), chance.choice(sizes)), EVERY)


def two_panels(chance: random.Random, candidate: int) -> dict[int, Sequence[int]]:
    """Two panels of two that share nobody."""
    start = 2 * (candidate % 2)
    return {start: EVERY, start + 1: EVERY}


def own(size: int, chance: random.Random, candidate: int) -> dict[int, Sequence[int]]:
    """Interviewers of one's own."""
    return dict.fromkeys(range(size * candidate, size * candidate + size), EVERY)


def split(chance: random.Random, candidate: int) -> dict[int, Sequence[int]]:
    """Four interviewers, each competency by two of them."""
    return {0: (0, 1), 1: (2, 3), 2: (0, 2), 3: (1, 3)}


def partial_first(chance: random.Random, candidate: int) -> dict[int, Sequence[int]]:
    """Three for all; the first candidate on two of the four only."""
    return dict.fromkeys(range(3), (0, 1) if candidate == 0 else EVERY)


def gaps(share: float, chance: random.Random, candidate: int) -> dict[int, Sequence[int]]:
    """Three for all, some cells blank."""
    return {
        who: [k for k in EVERY if chance.random() >= share] or [chance.choice(EVERY)]
        for who in range(3)
    }


@dataclass(frozen=True)
class Design:
    """A round: how many candidates, who sees them, and the spreads of what is drawn."""

    name: str
    candidates: int
    panel: Panel
    severity: float = 0.25
    opinion: float = 0.45
    middle: float = 3.1
    erratic: bool = False
    own_severity: float = 0.0  # of an interviewer on each competency
    level: float = LEVEL


SAME = partial(same, 3)
PAIR = partial(same, 2)
OF_TWELVE = partial(rotating, (3,), 12)
DESIGNS = [
    Design("6 × 3, the same three", 6, SAME),
    Design("6 × 3, the same three, severity .6", 6, SAME, 0.6),
    Design("6 × 3 of 12, severity .6", 6, OF_TWELVE, 0.6),
    Design("6 × 2 to 4 of 12", 6, partial(rotating, (2, 3, 4), 12)),
    Design("3 × 2, the same two", 3, PAIR),
    Design("4 × 2 of 6", 4, partial(rotating, (2,), 6)),
    Design("5 × 2, the same two, severity .6", 5, PAIR, 0.6),
    Design("8, two panels of two, severity .6", 8, two_panels, 0.6),
    Design("6 × 2, own interviewers, severity .6", 6, partial(own, 2), 0.6),
    Design("6, split, each competency by two, severity .6", 6, split, 0.6),
    Design("6 × 3, the first on 2 of 4", 6, partial_first),
    Design("6 × 3, 15 % of cells blank, severity .6", 6, partial(gaps, 0.15), 0.6),
    Design("7 × 4 of 6, opinion .25, severity .4", 7, partial(rotating, (4,), 6), 0.4, 0.25),
    Design("9 × 2 of 5, opinion .65, severity .5", 9, partial(rotating, (2,), 5), 0.5, 0.65),
    Design("6 × 3 of 12, ceiling (mean 4.2)", 6, OF_TWELVE, middle=4.2),
    Design("6 × 3, one three times as erratic", 6, SAME, erratic=True),
    Design("6 × 3, severity of its own by competency", 6, SAME, own_severity=0.4),
    Design("20 × 3 of 6, severity .6", 20, partial(rotating, (3,), 6), 0.6),
]


@dataclass
class Tally:
    """Hits and tries."""

    hits: int = 0
    tries: int = 0

    def add(self, hit: bool) -> None:
        """One more try."""
        self.hits += hit
        self.tries += 1

    def __str__(self) -> str:
        return f"{100 * self.hits / self.tries:.0f}" if self.tries else "–"


class Round:
    """One hiring round with these true levels."""

    def __init__(self, design: Design, levels: Sequence[float], chance: random.Random) -> None:
        self.design, self._chance = design, chance
        self._severity: dict[int, float] = {}
        self._by_competency: dict[tuple[int, int], float] = {}
        cells = [self._cells(at, level) for at, level in enumerate(levels)]
        people = sorted({who for cell in cells for who in cell})
        numbers = {who: at for at, who in enumerate(people)}
        candidates = []
        for cell in cells:
            panel = sorted(cell)
            rows = []
            for k in EVERY:
                values = [cell[who].get(k) for who in panel]
                exact = [None if v is None else (v, QUESTIONS) for v in values]
                rows.append(scores(tuple(exact)))
            candidates.append(PanelScores(tuple(numbers[who] for who in panel), tuple(rows)))
        self.components = variance_components(candidates, len(people), COMPETENCIES)
        terms = [error_terms(item, WEIGHTS, self.components.levels) for item in candidates]
        self.terms = [item for item in terms if item]
        self.overalls = [
            sum(s * r.mean[0] / r.mean[1] for s, r in zip(t.shares, c.rows, strict=True) if r.mean)
            for t, c in zip(self.terms, candidates, strict=True)
        ]
        self.precision = Precision(self.components, self.terms)

    def _cells(self, at: int, level: float) -> dict[int, dict[int, int]]:
        """Interviewer → competency → the sum of the ratings of its questions."""
        design, chance = self.design, self._chance
        profile = [chance.gauss(0, PROFILE) for _ in EVERY]
        mean = sum(profile) / COMPETENCIES
        result: dict[int, dict[int, int]] = {}
        for who, competencies in design.panel(chance, at).items():
            severity = self._severity.setdefault(who, chance.gauss(0, design.severity))
            opinion = chance.gauss(0, design.opinion)
            noise = CHANCE * (3 if design.erratic and who == 0 else 1)
            own: dict[int, int] = {}
            for k in competencies:
                extra = self._by_competency.setdefault(
                    (who, k), chance.gauss(0, design.own_severity) if design.own_severity else 0.0
                )
                # The truth is the level over all competencies, so their profile has no mean.
                middle = design.middle + level + profile[k] - mean + severity + extra + opinion
                middle += chance.gauss(0, CELL)
                drawn = [round(chance.gauss(middle, noise)) for _ in range(QUESTIONS)]
                own[k] = sum(min(5, max(1, rating)) for rating in drawn)
            result[who] = own
        return result

    def apart(self, upper: int, lower: int) -> bool | None:
        """Whether two asked about by name are told apart."""
        a, b = self.terms[upper], self.terms[lower]
        found = self.precision.difference(a, self.overalls[upper], b, self.overalls[lower])
        return are_apart(found)

    def any_apart(self) -> bool:
        """Whether the order as a whole claims any difference."""
        n = len(self.terms)
        for upper, lower in combinations(range(n), 2):
            a, b = self.terms[upper], self.terms[lower]
            found = self.precision.difference(a, self.overalls[upper], b, self.overalls[lower])
            if found.is_tellable and are_apart_in_order(found, n):
                return True
        return False


def levels(chance: random.Random, count: int) -> list[float]:
    return [chance.gauss(0, LEVEL) for _ in range(count)]


def true_reliability(design: Design, chance: random.Random, times: int = 400) -> float:
    """The squared correlation of overalls with true levels, pooled over rounds."""
    within = total = cross = 0.0
    for _ in range(times):
        true = levels(chance, design.candidates)
        drawn = Round(design, true, chance)
        middle, mean = sum(true) / len(true), sum(drawn.overalls) / len(true)
        for level, overall in zip(true, drawn.overalls, strict=True):
            within += (level - middle) ** 2
            total += (overall - mean) ** 2
            cross += (level - middle) * (overall - mean)
    return cross * cross / (within * total)


def measured(design: Design, times: int) -> list[str]:
    """Per cent: equals told apart, half a point and a point, some pair of equals in the order,
    intervals of the reliability that hold, and pairs too few to tell.
    """
    chance = random.Random(design.name)
    truth = true_reliability(design, chance)
    apart = {0.0: Tally(), 0.5: Tally(), 1.0: Tally()}
    family, holds, silent = Tally(), Tally(), Tally()
    for _ in range(times):
        for distance, tally in apart.items():
            drawn = Round(design, [0, -distance, *levels(chance, design.candidates - 2)], chance)
            found = drawn.apart(0, 1)
            silent.add(found is None)
            if found is not None:
                tally.add(found)
        family.add(Round(replace(design), [0.0] * design.candidates, chance).any_apart())
        drawn = Round(design, levels(chance, design.candidates), chance)
        found_r = reliability(drawn.precision, drawn.terms, drawn.overalls, 1.0, 0.25).order
        if found_r.low is not None and found_r.high is not None:
            holds.add(found_r.low <= truth <= found_r.high)
    half, whole = apart[0.5], apart[1.0]
    return [f"{apart[0.0]}", f"{half} / {whole}", f"{family}", f"{holds}", f"{silent}"]


def main() -> None:
    """Print the table of docs/comparison.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=1000)
    parser.add_argument("--only", default="", help="designs whose name holds these words")
    given = parser.parse_args()
    heads = ["candidates × interviewers", "equals", "½ / 1 point", "all equal", "R holds", "silent"]
    print(f"{given.times} rounds each; per cent\n")
    print(f"| {' | '.join(heads)} |")
    print("|---|---|---|---|---|---|")
    for design in DESIGNS:
        if given.only in design.name:
            cells = [design.name, *measured(design, given.times)]
            print(f"| {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
