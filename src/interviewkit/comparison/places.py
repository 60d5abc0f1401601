"""Who can be told apart, and between which places each candidate stands.

Two questions, two rules. Two candidates asked about *by name* are apart when their difference
exceeds a 90 % t interval. The order *as a whole* asks about every pair at once; there a pair is
apart by the studentized range (Tukey 1953, Kramer 1956), which among equals finds a difference in
at most one round in ten. From it come places (Al Mohamad et al. 2021): a candidate stands between
1 + the number of those above and n − the number of those below.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from math import sqrt
from typing import NamedTuple

from interviewkit.comparison.precision import Difference, ErrorTerms, Precision
from interviewkit.comparison.quantiles import t_quantile
from interviewkit.comparison.studentized_range import (
    studentized_range_probability,
    studentized_range_quantile,
)

CONFIDENCE = 0.90
MOST_PLACED = 300  # candidates; beyond it only differences to the first are looked at
_GRID = tuple(2.9 * 1.15**step for step in range(60))  # degrees of freedom, to 11,000


class Candidacy(NamedTuple):
    """A candidate's overall and what it is made of."""

    score: float
    terms: ErrorTerms


class DifferenceRange(NamedTuple):
    """The least and the greatest difference that is told apart, in points, over the pairs."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Band:
    """Candidates ``first`` to ``last``, by their places in the order: all tied with the first."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Places:
    """``places`` run along the candidates: the first and last place, from 1, that each may have.

    ``bands`` tie by the rule for two. ``by_name`` is the least difference between two candidates
    that is told apart when they are asked about by name, ``in_order`` the same in the order as a
    whole. All are empty or None where nothing can be told.
    """

    places: tuple[tuple[int, int], ...] = ()
    bands: tuple[Band, ...] = ()
    by_name: DifferenceRange | None = None
    in_order: DifferenceRange | None = None


def are_apart(difference: Difference) -> bool | None:
    """Whether two candidates asked about by name are told apart; None when too few to tell."""
    if not difference.is_tellable:
        return None
    points, (variance, df) = difference
    return bool(points) and _exceeds(abs(points) / sqrt(variance), df, t_of, _t_exceeds)


def compute_places(precision: Precision, candidates: Sequence[Candidacy]) -> Places:
    """Places and bands of candidates in falling order of their scores."""
    n = len(candidates)
    if not 2 <= n <= MOST_PLACED:
        return Places()
    beaten_by, beats, reach = [0] * n, [0] * n, list(range(n))
    ranges = _Ranges(n)
    pairs = _Pairs(precision, candidates)
    for upper, lower in combinations(range(n), 2):
        difference = pairs.difference(upper, lower)
        if not difference.is_tellable:
            reach[upper] = lower
            continue
        ranges.add(difference)
        if not are_apart(difference):
            reach[upper] = lower
        elif are_apart_in_order(difference, n):
            better, worse = (upper, lower) if difference.points > 0 else (lower, upper)
            beaten_by[worse] += 1
            beats[better] += 1
    if not ranges.pairs:
        return Places()
    return Places(
        tuple([(1 + a, n - b) for a, b in zip(beaten_by, beats, strict=True)]),
        _bands(reach),
        ranges.by_name(),
        ranges.in_order(),
    )


class _Pairs:
    """Differences between candidates; uncertainties are worked out once for equal designs."""

    def __init__(self, precision: Precision, candidates: Sequence[Candidacy]) -> None:
        self._precision = precision
        self._candidates = candidates
        designs: dict[object, int] = {}
        self._design = [
            designs.setdefault((c.terms.panel, c.terms.loads, c.terms.shares), len(designs))
            for c in candidates
        ]
        self._by_design: dict[tuple[int, int], Difference] = {}

    def difference(self, upper: int, lower: int) -> Difference:
        """The first minus the second."""
        a, b = self._candidates[upper], self._candidates[lower]
        key = self._design[upper], self._design[lower]
        shared = self._by_design.get(key)
        if shared is None:
            # At equal scores: what all pairs of these designs have in common.
            shared = self._precision.difference(a.terms, 0.0, b.terms, 0.0)
            self._by_design[key] = shared
        return Difference(a.score - b.score + shared.points, shared.uncertainty)


class _Ranges:
    """The pairs with the least and the greatest difference that is told apart."""

    def __init__(self, n: int) -> None:
        self._n = n
        self.pairs: set[tuple[float, float]] = set()  # (variance, df)

    def add(self, difference: Difference) -> None:
        """A further pair."""
        self.pairs.add(tuple(difference.uncertainty))  # type: ignore[arg-type]

    def by_name(self) -> DifferenceRange:
        """For two asked about by name."""
        return self._range(t_of, t_of)

    def in_order(self) -> DifferenceRange:
        """For the order as a whole."""
        return self._range(t_of, lambda df: _q(df, self._n) / sqrt(2))

    def _range(
        self, rough: Callable[[float], float], exact: Callable[[float], float]
    ) -> DifferenceRange:
        """Of many pairs only the outermost are worked out exactly."""
        order = sorted(self.pairs, key=lambda pair: rough(_near(pair[1])) * sqrt(pair[0]))
        ends = [exact(df) * sqrt(variance) for variance, df in (order[0], order[-1])]
        return DifferenceRange(min(ends), max(ends))


def _bands(reach: Sequence[int]) -> tuple[Band, ...]:
    """A band from each candidate to the last who is tied with that one; none inside another."""
    result: list[Band] = []
    for start, end in enumerate(reach):
        if not result or end > result[-1].last:
            result.append(Band(start, end))
    return tuple(result)


def band_numbers(count: int, bands: Sequence[Band]) -> list[tuple[int, int]]:
    """For each of ``count`` candidates the numbers, from 0, of its first and its last band."""
    result = []
    low = high = 0
    for at in range(count):
        while bands[low].last < at:
            low += 1
        while high + 1 < len(bands) and bands[high + 1].first <= at:
            high += 1
        result.append((low, high))
    return result


def are_apart_in_order(difference: Difference, n: int) -> bool:
    """Whether two of ``n`` candidates are told apart in the order as a whole."""
    points, (variance, df) = difference
    ratio = abs(points) / sqrt(variance / 2)
    return _exceeds(ratio, df, lambda at: _q(at, n), lambda x, at: _q_exceeds(x, at, n))


def _exceeds(
    ratio: float,
    df: float,
    critical: Callable[[float], float],
    exactly: Callable[[float, float], bool],
) -> bool:
    """Whether a ratio reaches the critical value, which falls as ``df`` rises.

    Nearly always the values at the grid's neighbours decide; only in between is it worked out.
    """
    at = bisect_right(_GRID, df)
    if at and ratio >= critical(_GRID[at - 1]):
        return True
    if at < len(_GRID) and ratio < critical(_GRID[at]):
        return False
    return exactly(ratio, df)


def _near(df: float) -> float:
    return _GRID[min(bisect_right(_GRID, df), len(_GRID) - 1)]


@lru_cache(maxsize=1 << 12)
def t_of(df: float) -> float:
    """Student's t below which 95 % lie: a two-sided 90 % interval."""
    return t_quantile((1 + CONFIDENCE) / 2, df)


def _t_exceeds(ratio: float, df: float) -> bool:
    return ratio >= t_of(df)


def _q(df: float, n: int) -> float:
    # Rounded, or degrees that differ by rounding alone would each be worked out again.
    return studentized_range_quantile(CONFIDENCE, n, round(df, 6))


def _q_exceeds(ratio: float, df: float, n: int) -> bool:
    return studentized_range_probability(ratio, n, df) >= CONFIDENCE
