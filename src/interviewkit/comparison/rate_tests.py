"""Tests and intervals of selection rates. Whole-number arithmetic wherever a test is exact.

A group is (considered, selected) throughout.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb, exp, log, sqrt

from interviewkit.comparison.quantiles import chi_squared_tail

Group = tuple[int, int]

MOST_TABLES = 200_000  # beyond so many tables with these margins, χ² takes the place of the exact
_SQUARE = 3.841459  # of the normal value that 95 % lie within
_HALVINGS = 200
_FARTHEST = 60.0  # of log θ


@dataclass(frozen=True, slots=True)
class StageTest:
    """Whether the rates of all groups of a stage differ by more than chance.

    ``p`` is None with fewer than two groups, or when nobody or everybody went on. ``name`` says
    how it was computed: "Freeman-Halton", exact, or "chi-squared".
    """

    p: float | None
    name: str


def stage_test(groups: Sequence[Group]) -> StageTest:
    """One test over all groups (Freeman & Halton 1951; Pearson's χ² where tables are too many)."""
    considered = sum(n for n, _ in groups)
    selected = sum(x for _, x in groups)
    if len(groups) < 2 or selected in (0, considered):
        return StageTest(None, "")
    if table_count(groups) <= MOST_TABLES:
        return StageTest(freeman_halton(groups), "Freeman-Halton")
    return StageTest(chi_squared(groups), "chi-squared")


def table_count(groups: Sequence[Group]) -> int:
    """How many tables have the same margins; counted only as far as it matters."""
    total = sum(x for _, x in groups)
    counts = [1] + [0] * total
    for n, _ in groups:
        sums = [0]
        for count in counts:
            sums.append(sums[-1] + count)
        counts = [sums[at + 1] - sums[max(0, at - n)] for at in range(total + 1)]
    return counts[total]


def freeman_halton(groups: Sequence[Group]) -> float:
    """The probability of all tables with these margins that are no likelier than this one."""
    ways = [[comb(n, k) for k in range(n + 1)] for n, _ in groups]
    remaining = [0] * (len(groups) + 1)
    for at in range(len(groups) - 1, -1, -1):
        remaining[at] = remaining[at + 1] + groups[at][0]
    total = sum(x for _, x in groups)
    observed = 1
    for (_, x), counts in zip(groups, ways, strict=True):
        observed *= counts[x]

    def rarer(at: int, selected: int, product: int) -> int:
        """The ways of the tables no likelier, the groups before ``at`` being set."""
        if at == len(groups) - 1:
            product *= ways[at][selected]
            return product if product <= observed else 0
        least = max(0, selected - remaining[at + 1])
        most = min(groups[at][0], selected)
        return sum(
            [rarer(at + 1, selected - k, product * ways[at][k]) for k in range(least, most + 1)]
        )

    return float(Fraction(rarer(0, total, 1), comb(remaining[0], total)))


def chi_squared(groups: Sequence[Group]) -> float:
    """Pearson's χ² with groups − 1 degrees of freedom."""
    considered = sum(n for n, _ in groups)
    rate = Fraction(sum(x for _, x in groups), considered)
    statistic = sum((x - n * rate) ** 2 / (n * rate * (1 - rate)) for n, x in groups if n)
    return chi_squared_tail(float(statistic), len(groups) - 1)


def fisher(group: Group, reference: Group) -> float:
    """Fisher's exact test of two rates, two-sided: all tables no likelier than this one.

    Fisher (1935); the two-sided sum as Agresti (2013, 3.5) gives it.
    """
    return freeman_halton([group, reference])


def holm(values: Sequence[float]) -> list[float]:
    """The same probabilities corrected for being a family of tests (Holm 1979)."""
    order = sorted(range(len(values)), key=lambda at: values[at])
    result, highest = [0.0] * len(values), 0.0
    for rank, at in enumerate(order):
        highest = max(highest, min(1.0, (len(values) - rank) * values[at]))
        result[at] = highest
    return result


def ratio_interval(group: Group, reference: Group) -> tuple[float, float | None]:
    """Koopman's (1984) 95 % score interval of the ratio of two rates; None is without end."""
    (n1, x1), (n2, x2) = group, reference

    def excess(theta: float) -> float:
        """How far the score at this ratio is beyond what 95 % keep within."""
        a, b = (n1 + n2) * theta, -(n1 * theta + x1 + n2 + x2 * theta)
        p2 = (-b - sqrt(max(b * b - 4 * a * (x1 + x2), 0.0))) / (2 * a)
        p1 = theta * p2
        variance = p1 * (1 - p1) / n1 + theta * theta * p2 * (1 - p2) / n2
        return (x1 / n1 - theta * x2 / n2) ** 2 - _SQUARE * variance

    middle = log(max(x1, 0.5) * n2 / (max(x2, 0.5) * n1))
    low = 0.0 if x1 == 0 else exp(_end(excess, middle, middle - _FARTHEST))
    high = None if x2 == 0 else exp(_end(excess, middle, middle + _FARTHEST))
    return low, high


def _end(excess: Callable[[float], float], inside: float, outside: float) -> float:
    for _ in range(_HALVINGS):
        middle = (inside + outside) / 2
        if middle in (inside, outside):
            break
        if excess(exp(middle)) > 0:
            outside = middle
        else:
            inside = middle
    return (inside + outside) / 2


def four_fifths_by_chance(group: Group, reference: Group) -> float:
    """How often one of two groups is under four fifths of the other when chance alone selects.

    Over all tables with these margins (hypergeometric).
    """
    (n1, x1), (n2, x2) = group, reference
    total = x1 + x2
    ways = {
        k: comb(n1, k) * comb(n2, total - k) for k in range(max(0, total - n2), min(n1, total) + 1)
    }
    low_tables = sum(
        way
        for k, way in ways.items()
        if 5 * k * n2 < 4 * (total - k) * n1 or 5 * (total - k) * n1 < 4 * k * n2
    )
    return float(Fraction(low_tables, sum(ways.values())))
