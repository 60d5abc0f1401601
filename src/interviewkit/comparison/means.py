"""Means over ratings, computed exactly.

Every number is a ratio of whole numbers until it is handed out, so the order in which scorecards
came in can change nothing, not even the last digit. Blank is never zero: an answer that was not
assessed takes no part in anything here.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from math import lcm
from operator import mul
from typing import NamedTuple

# An exact number: numerator and positive denominator, not reduced. Fractions would do the same
# ten times slower, and a comparison is computed again with each key.
Ratio = tuple[int, int]


class Cell(NamedTuple):
    """One candidate on one competency.

    ``mean`` is None when nobody assessed it, and then ``n``, the interviewers who did, is 0.
    ``ratings`` counts the answers behind it, ``probed`` the probes asked in those answers,
    ``new_detail`` the probes that brought some, ``not_noted`` those without an outcome,
    ``not_probed`` the answers rated without any probe. ``numbers`` are the scores of the ``panel``,
    0 standing for none.
    """

    mean: float | None
    n: int
    ratings: int
    probed: int
    new_detail: int
    not_noted: int
    not_probed: int
    panel: tuple[str, ...]
    numbers: tuple[float, ...]

    @property
    def by_interviewer(self) -> dict[str, float]:
        """The scores there are, by the names of the panel."""
        return by_name(self.panel, self.numbers)


def by_name(names: Sequence[str], numbers: Sequence[float]) -> dict[str, float]:
    """The scores there are, by the names of the panel; 0 is none."""
    return {name: number for name, number in zip(names, numbers, strict=True) if number}


def mean(scores: Sequence[Ratio]) -> Ratio:
    """The exact mean; there must be a score."""
    common = lcm(*[bottom for _, bottom in scores])
    total = sum([top * (common // bottom) for top, bottom in scores])
    return total, common * len(scores)


def overall(scores: Sequence[Ratio | None], weights: Sequence[int]) -> tuple[Ratio | None, int]:
    """(Σ w·s / Σ w over the competencies assessed, Σ w assessed), competency by competency.

    The first is None when nothing that carries weight was assessed; the second is then 0.
    """
    present = [score for score in scores if score]
    if len(present) < len(scores):
        weights = [weight for score, weight in zip(scores, weights, strict=True) if score]
    assessed = sum(weights)
    if not assessed:
        return None, 0
    tops, bottoms = zip(*present, strict=True)
    common = lcm(*bottoms)
    if common != 1:
        tops = tuple([top * (common // bottom) for top, bottom in present])
    return (sum(map(mul, weights, tops)), common * assessed), assessed


HIGH, LOW = 0.625, 0.375  # of the scale, where a sign stands: 3.5 and 2.5 from 1 to 5


def format_mean(value: float | None, places: str = "0.1") -> str:
    """A mean as it is shown: one decimal, halves up as spreadsheets do, a dash for none."""
    if value is None:
        return "–"
    return str(Decimal(repr(value)).quantize(Decimal(places), ROUND_HALF_UP))


def percent(share: float) -> str:
    """A share of 1 as it is shown, ``88 %``."""
    return f"{format_mean(share * 100, '1')} %"
