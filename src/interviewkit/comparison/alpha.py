"""Krippendorff's α over single answers, with gaps, and an interval for it.

An answer is a unit: one candidate's answer to one question, rated by some of the interviewers.
Units with one rating only pair with nothing and take no part, so a gap adds nothing.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from itertools import chain
from math import atanh, sqrt, tanh

from interviewkit.comparison.estimate import FEWEST, Estimate, alike, too_few
from interviewkit.comparison.quantiles import t_quantile

Value = int | Fraction
Unit = tuple[Value, ...]  # the ratings of one answer, two or more
Distance = Callable[[Mapping[Value, int]], Callable[[Value, Value], float]]

_WHOLLY = 1 - 1e-9  # beyond it, agreement is whole and atanh runs away
MOST_GROUPS = 50  # of candidates, to leave out one at a time


@dataclass(slots=True)
class Coincidences:
    """Which values met in one answer. ``pairs`` has c < d only, ``counts`` how often each value is.

    The diagonal is not kept: values that agree are no distance apart. Units that look the same are
    counted, so that ten thousand candidates cost as little as a few hundred patterns do.
    """

    pairs: dict[tuple[Value, Value], float] = field(default_factory=dict)
    counts: Counter[Value] = field(default_factory=Counter)

    def add(self, unit: Unit, times: int = 1) -> None:
        """Count a unit of two or more ratings ``times`` times; minus takes it out again."""
        counts, pairs = _pattern(unit)
        for value, count in counts:
            self.counts[value] += count * times
        for key, met in pairs:
            self.pairs[key] = self.pairs.get(key, 0.0) + met * times

    def without(self, other: "Coincidences") -> "Coincidences":
        """What is left when ``other``'s units are left out."""
        pairs = dict(self.pairs)
        for key, met in other.pairs.items():
            pairs[key] -= met
        counts = Counter(self.counts)
        counts.subtract(other.counts)
        return Coincidences(pairs, counts)


@lru_cache(maxsize=1 << 14)
def _pattern(
    unit: Unit,
) -> tuple[tuple[tuple[Value, int], ...], tuple[tuple[tuple[Value, Value], float], ...]]:
    """How often each value is in a unit, and how much each pair of unlike values counts."""
    here = Counter(unit)
    ordered = sorted(here)
    pairs = [
        ((low, high), here[low] * here[high] / (len(unit) - 1))
        for place, low in enumerate(ordered)
        for high in ordered[place + 1 :]
    ]
    return tuple(here.items()), tuple(pairs)


def ordinal(counts: Mapping[Value, int]) -> Callable[[Value, Value], float]:
    """Krippendorff's distance of ranks: the values that lie between two, the ends by half."""
    order = sorted(counts)
    below: dict[Value, float] = {}
    seen = 0
    for value in order:
        below[value] = seen + counts[value] / 2
        seen += counts[value]
    return lambda one, other: (below[one] - below[other]) ** 2


def alpha(met: Coincidences, distance: Distance = ordinal) -> float | None:
    """1 − observed / expected disagreement (Krippendorff 2004, ch. 11); None if all are alike."""
    apart = distance(met.counts)
    values = sorted([value for value, count in met.counts.items() if count > 0])
    expected = sum(
        met.counts[low] * met.counts[high] * apart(low, high)
        for place, low in enumerate(values)
        for high in values[place + 1 :]
    )
    if not expected:
        return None
    observed = sum(amount * apart(low, high) for (low, high), amount in met.pairs.items())
    return 1 - (sum(met.counts.values()) - 1) * observed / expected


def estimated(candidates: Sequence[Sequence[Unit]]) -> Estimate:
    """α with its interval, over the units of each candidate.

    The interval leaves out one candidate after the other (beyond 50, one of 50 groups) and takes
    the spread of atanh α over that: the jackknife (Tukey 1958; Shao & Tu 1995, ch. 1 and 5) on
    Fisher's scale, on which no bound leaves −1 to 1. Candidates, not answers, are left out,
    because the answers of one candidate hang together. Nothing is drawn by chance. ``n`` of the
    result counts answers.
    """
    paired = [units for units in candidates if units]
    n = sum(map(len, paired))
    if len(paired) < FEWEST:
        return too_few(len(paired))
    parts = [_met(group) for group in _groups(paired)]
    whole = Coincidences()
    for part in parts:
        for key, amount in part.pairs.items():
            whole.pairs[key] = whole.pairs.get(key, 0.0) + amount
        whole.counts.update(part.counts)
    value = alpha(whole)
    if value is None:
        return alike(n)
    left = [alpha(whole.without(part)) for part in parts]
    if value > _WHOLLY or any(one is None or one > _WHOLLY for one in left):
        return Estimate(value, None, None, n, "too little disagreement for an interval")
    scaled = [_scaled(one) for one in left if one is not None]
    groups, middle = len(scaled), sum(scaled) / len(scaled)
    spread = sqrt((groups - 1) / groups * sum([(one - middle) ** 2 for one in scaled]))
    reach = t_quantile(0.975, groups - 1) * spread
    return Estimate(value, tanh(_scaled(value) - reach), tanh(_scaled(value) + reach), n)


def _scaled(value: float) -> float:
    return atanh(max(value, -_WHOLLY))


def _groups(candidates: Sequence[Sequence[Unit]]) -> Iterable[Sequence[Sequence[Unit]]]:
    count = min(len(candidates), MOST_GROUPS)
    return (candidates[place::count] for place in range(count))


def _met(group: Iterable[Sequence[Unit]]) -> Coincidences:
    result = Coincidences()
    for unit, times in Counter(chain.from_iterable(group)).items():
        result.add(unit, times)
    return result
