"""Krippendorff's α over single answers, with gaps.

An answer is a unit: one candidate's answer to one question, rated by some of the interviewers.
Units with one rating only pair with nothing and take no part, so a gap adds nothing.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from itertools import chain

from interviewkit.comparison.estimate import FEWEST, Estimate, alike, too_few

Value = int | Fraction
Unit = tuple[Value, ...]  # the ratings of one answer, two or more
Distance = Callable[[Mapping[Value, int]], Callable[[Value, Value], float]]


@dataclass(slots=True)
class Coincidences:
    """Which values met in one answer. ``pairs`` has c < d only, ``counts`` how often each value is.

    The diagonal is not kept: values that agree are no distance apart. Units that look the same are
    counted, so that ten thousand candidates cost as little as a few hundred patterns do.
    """

    pairs: dict[tuple[Value, Value], float] = field(default_factory=dict)
    counts: Counter[Value] = field(default_factory=Counter)

    def add(self, unit: Unit, times: int = 1) -> None:
        """Count a unit of two or more ratings ``times`` times."""
        counts, pairs = _pattern(unit)
        for value, count in counts:
            self.counts[value] += count * times
        for key, met in pairs:
            self.pairs[key] = self.pairs.get(key, 0.0) + met * times


@lru_cache(maxsize=1 << 14)
def _pattern(
    unit: Unit,
) -> tuple[tuple[tuple[Value, int], ...], tuple[tuple[tuple[Value, Value], float], ...]]:
    """How often each value is in a unit, and how much each pair of unlike values counts."""
    counts = Counter(unit)
    ordered = sorted(counts)
    pairs = [
        ((low, high), counts[low] * counts[high] / (len(unit) - 1))
        for at, low in enumerate(ordered)
        for high in ordered[at + 1 :]
    ]
    return tuple(counts.items()), tuple(pairs)


def ordinal(counts: Mapping[Value, int]) -> Callable[[Value, Value], float]:
    """Krippendorff's distance of ranks: the values that lie between two, the ends by half."""
    order = sorted(counts)
    ranks: dict[Value, float] = {}
    total = 0
    for value in order:
        ranks[value] = total + counts[value] / 2
        total += counts[value]
    return lambda value, rival: (ranks[value] - ranks[rival]) ** 2


def alpha(met: Coincidences, distance: Distance = ordinal) -> float | None:
    """1 − observed / expected disagreement (Krippendorff 2004, ch. 11); None if all are alike."""
    apart = distance(met.counts)
    values = sorted([value for value, count in met.counts.items() if count > 0])
    expected = sum(
        met.counts[low] * met.counts[high] * apart(low, high)
        for at, low in enumerate(values)
        for high in values[at + 1 :]
    )
    if not expected:
        return None
    observed = sum(amount * apart(low, high) for (low, high), amount in met.pairs.items())
    return 1 - (sum(met.counts.values()) - 1) * observed / expected


def estimate_alpha(candidates: Sequence[Sequence[Unit]]) -> Estimate:
    """α over the units of each candidate; ``n`` of the result counts answers."""
    units = Counter(chain.from_iterable(candidates))
    return alpha_of_counts(units, sum([bool(units) for units in candidates]))


def alpha_of_counts(units: Mapping[Unit, int], candidates: int) -> Estimate:
    """The same from how often each unit occurs, and how many candidates have any.

    It has no interval: one that leaves out candidates in turn holds in 72 to 90 % of rounds
    instead of 95, one that leaves out interviewers too is about a unit wide.
    """
    n = sum(units.values())
    if candidates < FEWEST:
        return too_few(candidates)
    whole = Coincidences()
    for unit, times in units.items():
        whole.add(unit, times)
    value = alpha(whole)
    return alike(n) if value is None else Estimate(value, None, None, n)
