"""How sure an overall, a difference or a competency's mean is: standard errors that know who saw
whom and how much of the kit was covered.

Every error variance is ``A · severity + B · opinion + G · remainder + H · profile`` of
:class:`~interviewkit.comparison.variance_components.VarianceComponents`; only A, B, G and H differ.
Its degrees of freedom are Satterthwaite's (1946).
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import sqrt
from typing import NamedTuple

from interviewkit.comparison.answer_ratings import Scores
from interviewkit.comparison.matrices import dot, multiply
from interviewkit.comparison.variance_components import (
    PanelScores,
    VarianceComponents,
)

LEAST_DF = 3 - 1e-3  # of a difference; below it nothing is told apart


class ErrorTerms(NamedTuple):
    """What an overall score is made of, for its error.

    ``loads`` are, along ``panel``, what each interviewer counts in it, ``load_squares`` the sum of
    their squares; ``shares`` what each competency counts, ``remainder`` and ``missing`` the terms
    G and H, ``level`` the expected overall of an average candidate on these competencies.
    """

    panel: tuple[int, ...]
    loads: tuple[float, ...]
    load_squares: float
    shares: tuple[float, ...]
    remainder: float
    missing: float
    level: float


class Uncertainty(NamedTuple):
    """The variance of an error and its degrees of freedom."""

    variance: float
    df: float

    @property
    def standard_error(self) -> float:
        """The root of the variance, in points."""
        return sqrt(self.variance)


class Difference(NamedTuple):
    """One overall minus another, at equal competency levels, and how sure it is."""

    points: float
    uncertainty: Uncertainty

    @property
    def is_tellable(self) -> bool:
        """Whether there are enough degrees of freedom to say anything."""
        return self.uncertainty.df >= LEAST_DF


def error_terms(
    candidate: PanelScores, weights: Sequence[float], levels: Sequence[float]
) -> ErrorTerms | None:
    """The terms of a candidate's overall; None when nothing with a weight was assessed."""
    size = len(candidate.panel)
    counts = tuple([row.n for row in candidate.rows])
    even = _even_terms(counts, size, tuple(weights), tuple(levels))
    if even is None or even.load_squares:
        return even and even._replace(panel=candidate.panel)
    totals, remainder = [0.0] * size, 0.0
    for share, row in zip(even.shares, candidate.rows, strict=True):
        if share:
            remainder += share * share / row.n
            for at, score in enumerate(row.numbers):
                if score:
                    totals[at] += share / row.n
    return even._replace(
        panel=candidate.panel,
        loads=tuple(totals),
        load_squares=dot(totals, totals),
        remainder=remainder,
    )


@lru_cache(maxsize=1 << 12)
def _even_terms(
    counts: tuple[int, ...], size: int, weights: tuple[float, ...], levels: tuple[float, ...]
) -> ErrorTerms | None:
    """The terms where the whole panel rated whatever counts; else those that do not hang on who
    did, with no loads. None when nothing that counts was rated.
    """
    shares, missing = _shares(tuple([bool(n) for n in counts]), weights)
    if not any(shares):
        return None
    level = dot(shares, levels)
    if any(n != size for n, share in zip(counts, shares, strict=True) if share):
        return ErrorTerms((), (), 0.0, shares, 0.0, missing, level)
    remainder = sum([share * share for share in shares]) / size
    return ErrorTerms((), (1 / size,) * size, 1 / size, shares, remainder, missing, level)


@lru_cache(maxsize=1 << 10)
def _shares(mask: tuple[bool, ...], weights: tuple[float, ...]) -> tuple[tuple[float, ...], float]:
    """(What each competency counts, how far that is from what it would count had all been)."""
    assessed = sum(
        [weight for weight, is_assessed in zip(weights, mask, strict=True) if is_assessed]
    )
    if not assessed:
        return (0.0,) * len(weights), 0.0
    whole = sum(weights)
    shares = [
        w / assessed if is_assessed else 0.0 for w, is_assessed in zip(weights, mask, strict=True)
    ]
    missing = sum([(share - w / whole) ** 2 for share, w in zip(shares, weights, strict=True)])
    return tuple(shares), missing


class Precision:
    """The errors of a round: its variance components, and the terms of everybody compared."""

    def __init__(self, components: VarianceComponents, terms: Sequence[ErrorTerms]) -> None:
        self.components = components
        self._terms = terms
        self._overall: dict[tuple[float, float, float], Uncertainty] = {}
        self._mean = mean_loads(terms)
        self._mean_squares = sum([load * load for load in self._mean.values()])
        c = components
        f_s, f_ci, f_e = c.by_severity.df, c.by_opinion.df, c.by_remainder.df
        self._df = (f_s + 1, f_ci + 1, f_e + 1, c.by_profile.df + 1)
        self._ks = c.within / f_s if f_s else 1.0
        self._ksc = (c.within - c.opinion_share) / f_s if f_s else 0.0
        if f_ci:
            self._kc = c.opinion_share / f_ci
        else:
            self._kc = c.within / f_s if f_s else 1.0
        self._mean_square_s = self._ks * c.severity + self._ksc * c.opinion + c.remainder
        self._mean_square_c = self._kc * c.opinion + c.remainder

    def uncertainty(self, a: float, b: float, g: float, h: float = 0.0) -> Uncertainty:
        """Of a comparison with these terms."""
        c = self.components
        variance = a * c.severity + b * c.opinion + g * c.remainder + h * c.profile
        ls = a / self._ks
        lc = (b - ls * self._ksc) / self._kc
        le = g - ls - lc
        fs, fc, fe, fk = self._df
        denominator = (
            (ls * self._mean_square_s) ** 2 / fs
            + (lc * self._mean_square_c) ** 2 / fc
            + (le * c.remainder) ** 2 / fe
            + (h * c.profile) ** 2 / fk
        )
        return Uncertainty(variance, variance * variance / denominator)

    def overall(self, terms: ErrorTerms) -> Uncertainty:
        """Of an overall, had other people seen the candidate."""
        squares = terms.load_squares
        key = squares, terms.remainder, terms.missing
        cached = self._overall.get(key)
        if cached is None:
            cached = self.uncertainty(squares, squares, terms.remainder, terms.missing)
            self._overall[key] = cached
        return cached

    def in_round(self, terms: ErrorTerms) -> Uncertainty:
        """Of an overall against the others of this round: what all have in common cancels."""
        squares = terms.load_squares
        shared = sum(
            [
                load * self._mean[person]
                for person, load in zip(terms.panel, terms.loads, strict=True)
            ]
        )
        apart = max(squares - 2 * shared + self._mean_squares, 0.0)
        return self.uncertainty(apart, squares, terms.remainder, terms.missing)

    def difference(
        self, terms: ErrorTerms, score: float, rival: ErrorTerms, rival_score: float
    ) -> Difference:
        """One candidate's overall minus a rival's."""
        if terms.panel == rival.panel and terms.loads == rival.loads:
            apart = 0.0
        else:
            apart = squared_distance(terms, rival)
        opinion = terms.load_squares + rival.load_squares
        remainder = terms.remainder + rival.remainder
        missing = terms.missing + rival.missing
        points = score - rival_score
        if terms.shares != rival.shares:
            points -= terms.level - rival.level
            gaps = [a - b for a, b in zip(terms.shares, rival.shares, strict=True)]
            levels = dot(gaps, multiply(self.components.level_inverse, gaps))
            remainder += levels * self.components.cell_error
            missing += levels
        return Difference(points, self.uncertainty(apart, opinion, remainder, missing))

    def cell(self, n: int) -> Uncertainty:
        """Of a candidate's mean on one competency over ``n`` interviewers, had others rated it."""
        return self.uncertainty(1 / n, 1 / n, 1 / n)

    def on_competency(
        self, panel: Sequence[int], row: Scores, rival_panel: Sequence[int], rival_row: Scores
    ) -> Uncertainty:
        """Of the difference between two candidates on one competency."""
        loads, rival_loads = _cell_loads(panel, row), _cell_loads(rival_panel, rival_row)
        people = loads.keys() | rival_loads.keys()
        apart = sum(
            [(loads.get(person, 0.0) - rival_loads.get(person, 0.0)) ** 2 for person in people]
        )
        both = 1 / row.n + 1 / rival_row.n
        return self.uncertainty(apart, both, both)

    @property
    def mean_load_distance(self) -> float:
        """Σ over candidates of the squared distance of their loads from the round's mean."""
        return max(
            sum([terms.load_squares for terms in self._terms])
            - len(self._terms) * self._mean_squares,
            0.0,
        )


def mean_loads(terms: Sequence[ErrorTerms]) -> Mapping[int, float]:
    """What each interviewer counts in the mean overall of these candidates."""
    totals: dict[int, float] = {}
    for item in terms:
        for person, load in zip(item.panel, item.loads, strict=True):
            totals[person] = totals.get(person, 0.0) + load
    count = len(terms)
    return {person: total / count for person, total in totals.items()}


def squared_distance(terms: ErrorTerms, rival: ErrorTerms) -> float:
    """Σ over interviewers of the squared difference of what they count in the two."""
    loads = dict(zip(terms.panel, terms.loads, strict=True))
    shared = 0.0
    for person, load in zip(rival.panel, rival.loads, strict=True):
        if person in loads:
            shared += load * loads[person]
    distance = terms.load_squares + rival.load_squares - 2 * shared
    return distance if distance > 1e-12 else 0.0


def _cell_loads(panel: Sequence[int], row: Scores) -> dict[int, float]:
    return {person: 1 / row.n for person, score in zip(panel, row.numbers, strict=True) if score}
