"""How often the intervals hold the truth, and how often the tie rule is wrong, at usual sizes.

6 candidates, 3 interviewers, 8 questions on a scale of 5, over and over; and once 30 candidates.
A rating is the candidate's level (spread .53 points between candidates), the interviewer's
severity (.25), what that interviewer makes of that candidate (.45) and chance (.6), rounded to
the scale; a single interviewer's overall then has a reliability of about .45, as in the
literature. The truth is taken from a far larger draw of the same kind, in which nobody is seen by
the same person twice.

Usage: python benchmarks/simulation.py [--times N]
"""

import argparse
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from interviewkit.comparison.agreement import agreement
from interviewkit.comparison.alpha import Unit, estimated
from interviewkit.comparison.estimate import Estimate
from interviewkit.comparison.ties import noise, tied

QUESTIONS, POOL = 8, 12
LEVEL, SEVERITY, OPINION, CHANCE = 0.53, 0.25, 0.45, 0.6
Panel = Callable[[random.Random], Sequence[int]]
Round = list[dict[str, list[int]]]  # a candidate each: interviewer → ratings

SCENARIOS: dict[str, tuple[int, Panel]] = {  # candidates, and who sees one
    "6, the same three for all": (6, lambda _: range(3)),
    "6, three of twelve for each": (6, lambda chance: chance.sample(range(POOL), 3)),
    "6, two to four of twelve for each": (
        6,
        lambda chance: chance.sample(range(POOL), chance.choice((2, 3, 4))),
    ),
    "30, three of twelve for each": (30, lambda chance: chance.sample(range(POOL), 3)),
}


@dataclass
class Tally:
    """Hits and tries."""

    hits: int = 0
    tries: int = 0

    def add(self, hit: bool) -> None:
        """One more try."""
        self.hits += hit
        self.tries += 1

    @property
    def share(self) -> float:
        """Hits a try."""
        return self.hits / self.tries


def held(chance: random.Random, panel: Panel, levels: Sequence[float], pool: int = POOL) -> Round:
    """One hiring round."""
    severity = [chance.gauss(0, SEVERITY) for _ in range(pool)]
    result = []
    for level in levels:
        ratings = {}
        for who in panel(chance):
            middle = 3.1 + level + severity[who] + chance.gauss(0, OPINION)
            drawn = [round(chance.gauss(middle, CHANCE)) for _ in range(QUESTIONS)]
            ratings[f"I{who:04}"] = [min(5, max(1, rating)) for rating in drawn]
        result.append(ratings)
    return result


def overalls(candidates: Round) -> list[dict[str, float]]:
    return [{who: sum(row) / len(row) for who, row in one.items()} for one in candidates]


def units(candidates: Round) -> list[list[Unit]]:
    return [
        [tuple(sorted(column)) for column in zip(*one.values(), strict=True)] for one in candidates
    ]


def levels(chance: random.Random, count: int) -> list[float]:
    return [chance.gauss(0, LEVEL) for _ in range(count)]


def truth(size: int = 2500) -> tuple[float, float]:
    """(ICC of one interviewer, α) where everybody is seen by three others: no end of both."""
    chance = random.Random(1)
    fresh = iter(range(3 * size))
    drawn = held(chance, lambda _: [next(fresh) for _ in range(3)], levels(chance, size), 3 * size)
    answers = estimated(units(drawn))
    single = agreement(overalls(drawn), answers).single
    assert single.value is not None
    assert answers.value is not None
    return single.value, answers.value


def holds(interval: Estimate, value: float) -> bool | None:
    if interval.low is None or interval.high is None:
        return None
    return interval.low <= value <= interval.high


def measured(name: str, times: int, true: tuple[float, float]) -> list[float]:
    """Shares: intervals of ICC and of α that hold, equals told apart, half a point, a point."""
    count, panel = SCENARIOS[name]
    chance = random.Random(2)
    icc, alpha = Tally(), Tally()
    apart = {0.0: Tally(), 0.5: Tally(), 1.0: Tally()}
    for _ in range(times):
        drawn = held(chance, panel, levels(chance, count))
        answers = estimated(units(drawn))
        for tally, interval, value in (
            (icc, agreement(overalls(drawn), answers).single, true[0]),
            (alpha, answers, true[1]),
        ):
            if (hit := holds(interval, value)) is not None:
                tally.add(hit)
        for distance, tally in apart.items():
            pair(held(chance, panel, [0, -distance, *levels(chance, count - 2)]), tally)
    return [icc.share, alpha.share, *(tally.share for tally in apart.values())]


def pair(candidates: Round, tally: Tally) -> None:
    """Whether the first two are told apart, the noise being taken from all."""
    scores = [list(one.values()) for one in overalls(candidates)]
    found = noise(scores)
    ends = []
    for row in scores[:2]:
        error = found.error(len(row))
        assert error is not None
        ends += [sum(row) / len(row), error]
    tally.add(not tied(*ends))


def main() -> None:
    """Print the table of docs/comparison.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=2000)
    times = parser.parse_args().times
    true = truth()
    print(f"true ICC of one interviewer {true[0]:.2f}, true α {true[1]:.2f}, {times} rounds each\n")
    heads = [
        "candidates, panel",
        "ICC holds",
        "α holds",
        "equals apart",
        "half a point",
        "one point",
    ]
    print(f"| {' | '.join(heads)} |")
    print("|---|---|---|---|---|---|")
    for name in SCENARIOS:
        shares = [f"{100 * share:.0f} %" for share in measured(name, times, true)]
        print(f"| {' | '.join([name, *shares])} |")


if __name__ == "__main__":
    main()
