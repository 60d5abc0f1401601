"""Intraclass correlations: how far interviewers agree on how candidates differ.

ICC(1) where panels differ from candidate to candidate, ICC(2,1) where the same interviewers saw
everybody; each also for the mean of the panel. Pure functions on plain scores, with gaps.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from interviewkit.comparison.estimate import FEWEST, Estimate, alike, average, too_few
from interviewkit.comparison.quantiles import f_quantile

Scores = Mapping[str, float]  # one candidate's: interviewer → score

_Part = tuple[int, float, float]

_NOTHING = 1e-12  # a sum of squares below this is rounding
_TAIL = 0.025
_HALVINGS = 60


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far interviewers agree, on the overall score or on one competency.

    ``form`` is "ICC(2)" when the same interviewers saw every candidate, else "ICC(1)". ``single``
    is for one interviewer's score, ``panel`` for the mean of ``interviewers`` (the harmonic mean of
    the panels' sizes). Both count the candidates with two or more interviewers. ``alpha`` is
    Krippendorff's, ordinal, over single answers; its n counts answers that two or more rated.
    """

    form: Literal["ICC(1)", "ICC(2)"]
    single: Estimate
    panel: Estimate
    interviewers: float
    alpha: Estimate


# One candidate's scores along those who gave one, whose order is the same everywhere. A plain
# tuple: a comparison of ten thousand candidates makes a hundred thousand.
PanelRow = tuple[tuple[Hashable, ...], tuple[float, ...]]


def measure_agreement(candidates: Sequence[Scores], alpha: Estimate) -> Agreement:
    """The agreement in these scores; candidates with fewer than two interviewers are left out."""
    rows = []
    for scores in candidates:
        panel = tuple(sorted(scores))
        rows.append((panel, tuple([scores[interviewer] for interviewer in panel])))
    return panel_agreement(rows, alpha)


def panel_agreement(rows: Sequence[PanelRow], alpha: Estimate) -> Agreement:
    """The same from rows."""
    pairs = [row for row in rows if len(row[0]) > 1]
    crossed = bool(pairs) and all(panel == pairs[0][0] for panel, _ in pairs)
    form: Literal["ICC(1)", "ICC(2)"] = "ICC(2)" if crossed else "ICC(1)"
    sizes = Counter([len(panel) for panel, _ in pairs])
    k = len(pairs) / sum([n / size for size, n in sorted(sizes.items())]) if pairs else 0.0
    if len(pairs) < FEWEST:
        few = too_few(len(pairs))
        return Agreement(form, few, few, k, alpha)
    table = [scores for _, scores in pairs]
    single = icc2(table) if crossed else icc1(table)
    return Agreement(form, single, average(single, k), k, alpha)


def icc1(candidates: Sequence[Sequence[float]]) -> Estimate:
    """ICC(1): one row a candidate, each with two or more scores; rows may differ in length.

    The estimate is from mean squares with k0 in place of k where rows differ (Searle, Casella &
    McCulloch 1992, 3.6). The interval is Wald's (1940), exact for any numbers of scores when they
    are normal; with equal numbers it is that of Shrout & Fleiss (1979).
    """
    parts = _parts(candidates)
    n, total = len(parts), sum([size for size, _, _ in parts])
    between, within = _mean_squares(parts)
    if between * (n - 1) < _NOTHING and within * (total - n) < _NOTHING:
        return alike(n)
    sizes = [size for size, _, _ in parts]
    k0 = (total - sum([size * size for size in sizes]) / total) / (n - 1)
    value = (between - within) / (between + (k0 - 1) * within)
    if within * (total - n) < _NOTHING:
        return Estimate(1.0, None, None, n, "no spread within a panel, so no interval")
    ratio = _wald(parts, within)
    low = _solve_correlation(ratio, f_quantile(1 - _TAIL, n - 1, total - n), max(sizes))
    high = _solve_correlation(ratio, f_quantile(_TAIL, n - 1, total - n), max(sizes))
    return Estimate(value, low, high, n)


def one_way(candidates: Sequence[Sequence[float]]) -> tuple[float, float, int]:
    """(Mean square between candidates, mean square within, number of scores)."""
    parts = _parts(candidates)
    return *_mean_squares(parts), sum([size for size, _, _ in parts])


def _parts(candidates: Sequence[Sequence[float]]) -> list[_Part]:
    return [_part(tuple(scores)) for scores in candidates]


@lru_cache(maxsize=1 << 14)
def _part(scores: tuple[float, ...]) -> _Part:
    """(Number of scores, their mean, the sum of their squares around it); few panels differ."""
    mean = sum(scores) / len(scores)
    return len(scores), mean, sum([(score - mean) ** 2 for score in scores])


def _mean_squares(parts: Sequence[_Part]) -> tuple[float, float]:
    n, total = len(parts), sum([size for size, _, _ in parts])
    grand = sum([size * mean for size, mean, _ in parts]) / total
    between = sum([size * (mean - grand) ** 2 for size, mean, _ in parts])
    return between / (n - 1), sum([squares for _, _, squares in parts]) / (total - n)


def _wald(parts: Sequence[_Part], within: float) -> Callable[[float], float]:
    """λ → Wald's weighted F, which falls as λ, the ratio of the two variances, rises.

    At the true λ it is F-distributed whatever the numbers of scores. Candidates are put together
    by how many scores they have, so that one evaluation costs next to nothing.
    """
    grand = sum([mean for _, mean, _ in parts]) / len(parts)
    groups: dict[int, list[float]] = {}
    for size, mean, _ in parts:
        groups.setdefault(size, []).append(mean - grand)
    summed = [
        (size, len(means), sum(means), sum([mean * mean for mean in means]))
        for size, means in groups.items()
    ]
    n = len(parts)

    def ratio(variances: float) -> float:
        whole = total = total_squares = 0.0
        for size, count, means, squares in summed:
            weight = size / (1 + size * variances)
            whole += weight * count
            total += weight * means
            total_squares += weight * squares
        return (total_squares - total * total / whole) / (n - 1) / within

    return ratio


def _solve_correlation(ratio: Callable[[float], float], target: float, largest: int) -> float:
    """The correlation at which Wald's F is ``wanted``; by halving between its least and 1."""
    low, high = -1 / (largest - 1) + 1e-9, 1.0  # at the least itself the weights are infinite
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if ratio(middle / (1 - middle)) > target:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def icc2(table: Sequence[Sequence[float]]) -> Estimate:
    """ICC(2,1): one row a candidate, one column an interviewer, no gaps.

    Shrout & Fleiss (1979); the interval by Satterthwaite's degrees of freedom as McGraw & Wong
    (1996, table 7, case 2A) write it.
    """
    n, k = len(table), len(table[0])
    rows, columns, error = two_way(table)
    if rows * (n - 1) < _NOTHING and columns < _NOTHING and error < _NOTHING:
        return alike(n)
    value = (rows - error) / (rows + (k - 1) * error + k * (columns - error) / n)
    if error * (n - 1) * (k - 1) < _NOTHING:
        return Estimate(
            value, None, None, n, "interviewers all differ by the same amount, so no interval"
        )
    counted = max(value, 0.0)  # below 0 the weights would cross zero, and the degrees vanish
    a = k * counted / (n * (1 - counted))
    b = 1 + k * counted * (n - 1) / (n * (1 - counted))
    df = (a * columns + b * error) ** 2 / (
        (a * columns) ** 2 / (k - 1) + (b * error) ** 2 / ((n - 1) * (k - 1))
    )
    spread = k * columns + (k * n - k - n) * error
    upper, lower = f_quantile(1 - _TAIL, n - 1, df), f_quantile(1 - _TAIL, df, n - 1)
    low = n * (rows - upper * error) / (upper * spread + n * rows)
    high = n * (lower * rows - error) / (spread + n * lower * rows)
    return Estimate(value, low, high, n)


def two_way(table: Sequence[Sequence[float]]) -> tuple[float, float, float]:
    """Mean squares (candidates, interviewers, what is left) of a table without gaps."""
    n, k = len(table), len(table[0])
    grand = sum(map(sum, table)) / (n * k)
    by_row = [sum(row) / k for row in table]
    by_column = [sum(column) / n for column in zip(*table, strict=True)]
    rows = k * sum((mean - grand) ** 2 for mean in by_row)
    columns = n * sum((mean - grand) ** 2 for mean in by_column)
    residual = sum(
        (score - row - column + grand) ** 2
        for scores, row in zip(table, by_row, strict=True)
        for score, column in zip(scores, by_column, strict=True)
    )
    return rows / (n - 1), columns / (k - 1), residual / ((n - 1) * (k - 1))
