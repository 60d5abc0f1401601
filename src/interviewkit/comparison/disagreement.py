"""On what two interviewers of one candidate differ by so much that the panel should talk of it."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from math import inf, sqrt
from typing import NamedTuple

from interviewkit.comparison.studentized_range import studentized_range_quantile

TALK_FROM = 2  # points between two interviewers on one question or competency
_USUAL = 0.95  # a range that chance alone reaches in one answer of twenty is usual
_ROUNDING = 1e-9
# Prior variance within an answer on a scale of 1 to 5: up to four interviewers it leaves the
# threshold at two points, and a handful of answers can hardly move it.
_PRIOR, _PRIOR_DF = 0.3, 40


class Spread(NamedTuple):
    """A question or competency on which interviewers of one candidate are far apart.

    ``question`` is None for a competency; ``ask`` is then its name, else the question's words.
    ``competency`` is an id either way.
    """

    candidate_id: str
    candidate: str
    competency: str
    question: str | None
    ask: str
    lowest: float
    highest: float
    by_interviewer: Mapping[str, float]


class Usual(NamedTuple):
    """How far ratings of one answer, and scores of one competency, usually differ: variances."""

    answers: float
    competencies: float


def usual_variance(squares: float, df: int, unit: float) -> float:
    """A variance pooled within answers, with a prior; ``unit`` takes that to the scale."""
    return (_PRIOR * _PRIOR_DF * unit + squares) / (_PRIOR_DF + df)


@lru_cache(maxsize=256)
def talk_threshold(n: int, variance: float) -> float:
    """From how many points between ``n`` interviewers a difference is worth talking about.

    Two points; more where the noise of this panel makes two likely.
    """
    if n < 2:
        return float(TALK_FROM)
    return max(float(TALK_FROM), studentized_range_quantile(_USUAL, n, inf) * sqrt(variance))


def worth_talking(spreads: Iterable[Spread]) -> tuple[Spread, ...]:
    """These, but a competency only where no question of it says so."""
    wide = list(spreads)
    by_question = {(s.candidate_id, s.competency) for s in wide if s.question is not None}
    return tuple(
        spread
        for spread in wide
        if spread.question is not None
        or (spread.candidate_id, spread.competency) not in by_question
    )


def is_wide(width: float, n: int, variance: float) -> bool:
    """Whether ``n`` ratings that reach so far are worth talking about."""
    return width >= talk_threshold(n, variance) - _ROUNDING
