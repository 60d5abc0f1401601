"""Which differences between candidates are within the noise of the ratings.

The noise is what interviewers of one candidate differ by, pooled over the role. A candidate's
standard error is that over the root of the number of interviewers; two candidates nearer to each
other than 1.645 times the root of the sum of their squared errors are tied.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot, sqrt

from interviewkit.comparison.estimate import FEWEST

APART = 1.645  # 90 % of a normal distribution lies within that many standard errors


@dataclass(frozen=True, slots=True)
class Noise:
    """How far interviewers of the same candidate differ, pooled over the role.

    ``spread`` is a standard deviation in points of the scale, None when fewer than three
    ``candidates`` have two or more interviewers. ``degrees`` are its degrees of freedom.
    """

    spread: float | None
    degrees: int
    candidates: int

    def error(self, interviewers: int) -> float | None:
        """The standard error of a candidate's overall from that many interviewers."""
        if self.spread is None or not interviewers:
            return None
        return self.spread / sqrt(interviewers)

    @property
    def words(self) -> str:
        """``0.52 points (n=6)``, or ``too few to tell (n=2)``."""
        if self.spread is None:
            return f"too few to tell (n={self.candidates})"
        return f"{self.spread:.2f} points (n={self.candidates})"


@dataclass(frozen=True, slots=True)
class Band:
    """Candidates ``first`` to ``last``, by their places in the order: all tied with the first."""

    first: int
    last: int


def noise(candidates: Sequence[Sequence[float]]) -> Noise:
    """The noise in each candidate's overall scores by interviewer; rows may be of any length."""
    counted, degrees, squares = 0, 0, 0.0
    for scores in candidates:
        if len(scores) < 2:
            continue
        mean = sum(scores) / len(scores)
        counted += 1
        degrees += len(scores) - 1
        squares += sum((score - mean) ** 2 for score in scores)
    spread = sqrt(squares / degrees) if counted >= FEWEST else None
    return Noise(spread, degrees, counted)


def tied(one: float, error: float, other: float, other_error: float) -> bool:
    """Whether a difference is within the noise; equal scores always are."""
    return one == other or abs(one - other) < APART * hypot(error, other_error)


def bands(scores: Sequence[float], errors: Sequence[float]) -> tuple[Band, ...]:
    """The bands over candidates in falling order of ``scores``.

    A band begins with a candidate and reaches down to the last who is tied with that one; a band
    inside another is left out. So whoever is tied shares a band, and who shares none is not tied.
    Someone seen by more interviewers may stand inside a band and still be told apart from its
    first: :func:`tied` is exact.
    """
    by_error: dict[float, list[int]] = {}
    for place, error in enumerate(errors):
        by_error.setdefault(error, []).append(place)
    rising = {error: [-scores[place] for place in places] for error, places in by_error.items()}
    result: list[Band] = []
    for first, (score, error) in enumerate(zip(scores, errors, strict=True)):
        last = first
        for other, places in by_error.items():
            reach = APART * hypot(error, other)
            # The first that is too far; one at exactly the reach is, unless the scores are equal.
            find = bisect_left if reach else bisect_right
            end = find(rising[other], -score + reach)
            while end < len(places) and tied(score, error, scores[places[end]], other):
                end += 1
            while end and not tied(score, error, scores[places[end - 1]], other):
                end -= 1
            if end:
                last = max(last, places[end - 1])
        if not result or last > result[-1].last:
            result.append(Band(first, last))
    return tuple(result)


def band_numbers(count: int, every: Sequence[Band]) -> list[tuple[int, int]]:
    """For each of ``count`` places the numbers, from 0, of its first and its last band."""
    result = []
    low = high = 0
    for place in range(count):
        while every[low].last < place:
            low += 1
        while high + 1 < len(every) and every[high + 1].first <= place:
            high += 1
        result.append((low, high))
    return result
