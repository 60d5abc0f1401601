"""What makes interviewers' scores differ, as variances: one method for every design.

A score of interviewer i for candidate c on competency k, the mean of the rated answers, is taken
as ``level of k + candidate + candidate on k + severity of i + what i makes of c + the remainder``.
The variances of the last four are estimated *within* candidate × competency cells by Henderson's
method III (Henderson 1953; Searle, Casella & McCulloch 1992, ch. 5), each with a prior worth one
degree of freedom, so that none is ever zero and none rests on one answer. Nothing is said where no
two people rated the same thing. Closed form, one pass, and the same formulas whatever is blank.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from interviewkit.comparison.answer_ratings import Scores
from interviewkit.comparison.matrices import (
    Matrix,
    dot,
    generalized_inverse,
    laplacian_pseudo_inverse,
    multiply,
    quadratic_form,
    square,
    zeros,
)

# Prior variances on a scale of 1 to 5. With four competencies they give a single interviewer a
# reliability of .43 (Huffcutt, Culbertson & Weyhrauch 2013: .44 for separate interviews).
SEVERITY, OPINION, REMAINDER, PROFILE = 0.16, 0.25, 0.25, 0.12
MOST_SEPARATED = 200  # interviewers; beyond it severity is not told from opinion

Cells = tuple[tuple[int, ...], ...]  # for each cell who rated it


class PanelScores(NamedTuple):
    """One candidate's scores: a row for each competency, in it a score for each of the panel."""

    panel: tuple[int, ...]
    rows: tuple[Scores, ...]


class SumOfSquares(NamedTuple):
    """A sum of squares and its degrees of freedom."""

    value: float
    df: int


@dataclass(frozen=True, slots=True)
class VarianceComponents:
    """Variances in squared points.

    ``severity``: between interviewers; ``opinion``: what an interviewer makes of one candidate;
    ``remainder``: what is left in a cell; ``profile``: of a candidate over competencies. ``by_…``
    are the sequential sums of squares behind them. ``within`` are the degrees of freedom within
    cells; where it is 0 no two people rated the same thing. ``opinion_share`` is the
    coefficient of the opinion variance in the expected ``by_opinion``, ``by_light`` what the
    single answers of light interviewers add to ``by_remainder``. ``levels`` are the
    competencies' effects, ``level_inverse`` belongs to them, and ``cell_error`` is the mean of
    1 / n over cells.
    """

    severity: float
    opinion: float
    remainder: float
    profile: float
    by_severity: SumOfSquares
    by_opinion: SumOfSquares
    by_remainder: SumOfSquares
    by_profile: SumOfSquares
    within: int
    opinion_share: float
    by_light: SumOfSquares
    levels: tuple[float, ...]
    level_inverse: tuple[tuple[float, ...], ...]
    cell_error: float


def variance_components(
    candidates: Sequence[PanelScores],
    interviewers: int,
    competencies: int,
    scale: tuple[float, float] = (1.0, 5.0),
) -> VarianceComponents:
    """The variances in these candidates' scores; ``interviewers`` are numbered from 0."""
    sums = _Sums(interviewers)
    profile = _Profile(competencies)
    for candidate in candidates:
        rows = [row for row in candidate.rows if row.n]
        size = len(candidate.panel)
        if all(row.n == size for row in rows):
            sums.add_even(candidate.panel, rows)
            profile.add_even(size, len(rows))
        else:
            cells = cells_of(rows)
            sums.add(candidate.panel, rows, cells)
            profile.add(size, cells)
        profile.add_means(candidate.rows)
    return _estimate_components(sums, profile, ((scale[1] - scale[0]) / 4) ** 2)


def cells_of(rows: Sequence[Scores]) -> Cells:
    """For each row the places of those who rated it."""
    return tuple([row.raters for row in rows])


def laplacian(size: int, cells: Cells) -> Matrix:
    """Σ (D − 11'/n) over cells, for a panel of that size."""
    full = sum([len(members) == size for members in cells])
    apart = -full / size
    matrix = [[apart] * size for _ in range(size)]
    for at, row in enumerate(matrix):
        row[at] += full
    for members in cells:
        if len(members) == size:
            continue
        share = 1 / len(members)
        for rater in members:
            row = matrix[rater]
            row[rater] += 1.0
            for corater in members:
                row[corater] -= share
    return matrix


@lru_cache(maxsize=1 << 8)
def _pattern(size: int, cells: Cells) -> tuple[Matrix, Matrix]:
    """A panel's Laplacian and its square."""
    matrix = laplacian(size, cells)
    return matrix, square(matrix)


def light_interviewers(cells: Cells, size: int) -> frozenset[int]:
    """Those with fewer than half as many cells as the most thorough of the panel."""
    counts = [0] * size
    for members in cells:
        for member in members:
            counts[member] += 1
    most = max(counts, default=0)
    return frozenset([at for at, count in enumerate(counts) if count and 2 * count < most])


@dataclass(slots=True)
class _Sums:
    """What the first three steps add up over candidates."""

    interviewers: int
    squares: float = 0.0
    within: int = 0
    by_candidate: float = 0.0
    ranks: int = 0
    light_df: int = 0
    light_squares: float = 0.0
    even: dict[tuple[int, ...], tuple[int, int]] = field(default_factory=dict)
    totals: list[float] = field(init=False)
    matrix: Matrix = field(init=False)
    squared: Matrix = field(init=False)

    def __post_init__(self) -> None:
        self.totals = [0.0] * self.interviewers
        size = self.interviewers if self.interviewers <= MOST_SEPARATED else 0
        self.matrix, self.squared = zeros(size), zeros(size)

    def add_even(self, panel: tuple[int, ...], rows: Sequence[Scores]) -> None:
        """A candidate whose every cell the whole panel rated: L_c is K (I − J/n)."""
        size, count = len(panel), len(rows)
        if size < 2 or not count:
            return
        self.squares += sum([row.squares for row in rows])
        self.within += count * (size - 1)
        self.ranks += size - 1
        sums = list(map(sum, zip(*[row.numbers for row in rows], strict=True)))
        middle, squares = sum(sums) / size, 0.0
        for person, total in zip(panel, sums, strict=True):
            apart = total - middle
            squares += apart * apart
            self.totals[person] += apart
        self.by_candidate += squares / count
        once, twice = self.even.get(panel, (0, 0))
        self.even[panel] = once + count, twice + count * count

    def add(self, panel: tuple[int, ...], rows: Sequence[Scores], cells: Cells) -> None:
        """Any other candidate, cell by cell; the scores of light interviewers only add to what
        is left.
        """
        size = len(panel)
        light = light_interviewers(cells, size)
        residuals, heavy = [0.0] * size, []
        for row, members in zip(rows, cells, strict=True):
            if light:
                members = self._without_light(row, members, light)
            if len(members) < 2:
                continue
            heavy.append(members)
            numbers = row.numbers
            if len(members) == row.n and row.center is not None:
                mean = row.center
                self.squares += row.squares
            else:
                mean = sum([numbers[at] for at in members]) / len(members)
                self.squares += sum([(numbers[at] - mean) ** 2 for at in members])
            for at in members:
                residuals[at] += numbers[at] - mean
            self.within += len(members) - 1
        matrix, squared = _pattern(size, tuple(heavy))
        squares, rank = quadratic_form(matrix, residuals)
        self.ranks += rank
        self.by_candidate += squares
        for person, apart in zip(panel, residuals, strict=True):
            self.totals[person] += apart
        if self.matrix:
            _add_block(self.matrix, panel, matrix)
            _add_block(self.squared, panel, squared)

    def _without_light(
        self, row: Scores, members: tuple[int, ...], light: frozenset[int]
    ) -> tuple[int, ...]:
        heavy = tuple([at for at in members if at not in light])
        for at in members:
            if at in light and heavy:
                n = len(heavy)
                mean = sum([row.numbers[rater] for rater in heavy]) / n
                self.light_df += 1
                self.light_squares += (row.numbers[at] - mean) ** 2 * n / (n + 1)
        return heavy

    def severity(self) -> tuple[float, int, float]:
        """(Sum of squares between interviewers, its rank, the opinion coefficient t3)."""
        if not self.matrix:
            return self.by_candidate, self.ranks, 0.0
        for panel, (once, twice) in self.even.items():
            size = len(panel)
            for matrix, count in ((self.matrix, once), (self.squared, twice)):
                share = count / size
                for person in panel:
                    row = matrix[person]
                    row[person] += count
                    for corater in panel:
                        row[corater] -= share
        self.even.clear()
        inverse, rank = generalized_inverse(self.matrix)
        trace = sum(map(dot, inverse, self.squared))
        value = dot(self.totals, multiply(inverse, self.totals))
        return min(value, self.by_candidate), rank, max(self.within - trace, 0.0)


def _add_block(matrix: Matrix, panel: Sequence[int], block: Sequence[Sequence[float]]) -> None:
    for person, values in zip(panel, block, strict=True):
        row = matrix[person]
        for corater, value in zip(panel, values, strict=True):
            row[corater] += value


class _Profile:
    """What the fourth step adds up: candidates' cell means over competencies."""

    def __init__(self, competencies: int) -> None:
        self._count = competencies
        self._complete = 0
        self._residuals = [0.0] * competencies
        self._matrix = zeros(competencies)
        self._squares = 0.0
        self._df = 0
        self._uneven = 0.0  # Σ over candidates of what severity and opinion add to the error
        self._error = 0.0  # and of what the remainder adds
        self._shares = 0.0  # Σ of 1 / n over cells
        self._cells = 0

    def add_even(self, size: int, cells: int) -> None:
        """A candidate whose every cell that many rated: severity cancels between cells."""
        if cells:
            self._error += (cells - 1) / size
            self._shares += cells / size
            self._cells += cells

    def add(self, size: int, cells: Cells) -> None:
        """Any other candidate."""
        count, loads = len(cells), [0.0] * size
        total = 0.0
        for members in cells:
            share = 1 / len(members)
            total += share
            for at in members:
                loads[at] += share
        self._uneven += total - sum([load * load for load in loads]) / count
        self._error += (count - 1) * total / count
        self._shares += total
        self._cells += count

    def add_means(self, rows: Sequence[Scores]) -> None:
        """A candidate's cell means."""
        means = [row.mean[0] / row.mean[1] if row.mean else None for row in rows]
        values = [value for value in means if value is not None]
        if not values:
            return
        middle = sum(values) / len(values)
        self._df += len(values) - 1
        residuals = [0.0 if value is None else value - middle for value in means]
        self._squares += dot(residuals, residuals)
        self._residuals = [a + b for a, b in zip(self._residuals, residuals, strict=True)]
        if len(values) == self._count:
            self._complete += 1
            return
        places = [at for at, value in enumerate(means) if value is not None]
        block = laplacian(len(places), (tuple(range(len(places))),))
        _add_block(self._matrix, places, block)

    def solve_levels(self) -> tuple[Matrix, list[float], SumOfSquares]:
        """(Inverse, levels, residual sum of squares) of candidate + competency."""
        if self._complete:
            share = self._complete / self._count
            for at, row in enumerate(self._matrix):
                row[at] += self._complete
                self._matrix[at] = [value - share for value in row]
            self._complete = 0
        inverse, rank = laplacian_pseudo_inverse(self._matrix)
        levels = multiply(inverse, self._residuals)
        squares = max(self._squares - dot(self._residuals, levels), 0.0)
        return inverse, levels, SumOfSquares(squares, self._df - rank)

    def error(self, between: float, remainder: float) -> float:
        """The variance of error in the cell means as ``solve_levels`` sees it."""
        if not self._df:
            return 0.0
        return (between * self._uneven + remainder * self._error) / self._df

    @property
    def mean_share(self) -> float:
        """The mean of 1 / n over cells."""
        return self._shares / self._cells if self._cells else 0.0


def _estimate_components(sums: _Sums, profile: _Profile, unit: float) -> VarianceComponents:
    """The third and fourth step. ``unit`` takes the priors to the scale's squared points."""
    severity, f_s, t3 = sums.severity()
    f_ci = sums.ranks - f_s
    if not f_ci:
        t3 = 0.0
    opinion = max(sums.by_candidate - severity, 0.0) if f_ci else 0.0
    f_e = sums.within - sums.ranks + sums.light_df
    remainder = max(sums.squares - sums.by_candidate, 0.0) + sums.light_squares
    e = (REMAINDER * unit + remainder) / (1 + f_e)
    within = max(sums.squares / sums.within - e, 0.0) if sums.within else 0.0
    prior = (SEVERITY + OPINION) * unit
    share = OPINION / (SEVERITY + OPINION)
    c0 = min(OPINION * unit, share * max(within, prior / 4))
    observed = max((opinion - f_ci * e) / t3, 0.0) if t3 else 0.0
    ci = (c0 + f_ci * observed) / (1 + f_ci)
    s = (SEVERITY * unit + f_s * max(within - ci, 0.0)) / (1 + f_s)
    inverse, levels, by_profile = profile.solve_levels()
    ck = PROFILE * unit
    if by_profile.df:
        observed = max(by_profile.value / by_profile.df - profile.error(s + ci, e), 0.0)
        ck = max((ck + by_profile.df * observed) / (1 + by_profile.df), ck / 2)
    return VarianceComponents(
        severity=s,
        opinion=ci,
        remainder=e,
        profile=ck,
        by_severity=SumOfSquares(severity, f_s),
        by_opinion=SumOfSquares(opinion, f_ci),
        by_remainder=SumOfSquares(remainder, f_e),
        by_profile=by_profile,
        within=sums.within,
        opinion_share=t3,
        by_light=SumOfSquares(sums.light_squares, sums.light_df),
        levels=tuple(levels),
        level_inverse=tuple(map(tuple, inverse)),
        cell_error=profile.mean_share,
    )
