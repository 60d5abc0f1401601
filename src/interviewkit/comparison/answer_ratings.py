"""One answer as its interviewers rated it, and what that says of spread, severity and agreement.

A column is one candidate's answer to one question: a rating for each interviewer of the panel, 0
for those who did not rate it. Few columns differ, so each is looked at once and remembered.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from interviewkit.comparison.alpha import Unit, Value
from interviewkit.comparison.means import Ratio, mean

Column = tuple[Value, ...]

# Every number up to 16 divides it, so that deviations among up to 17 raters stay whole numbers.
WHOLE = 720720


@dataclass(frozen=True, slots=True)
class Severity:
    """How an interviewer rates beside others who rated the very same answers.

    ``difference`` is the mean of own rating minus the mean of the others', in points, None when
    nobody else rated any of them; ``answers`` is how many it rests on. It is shown and never
    applied: who was given the stronger candidates is not known.
    """

    interviewer: str
    difference: float | None
    answers: int


class Scores(NamedTuple):
    """A score for each interviewer of the panel, None where there is none.

    ``numbers`` are the exact ones as they are handed out, 0 standing for none; ``n`` counts those
    there are, ``raters`` are the positions of those who gave one. ``center`` is the mean as a
    number, ``squares`` sums the squared distances from it. ``tops`` are the exact scores
    where they are whole numbers, 0 standing for none, else None.
    """

    exact: tuple[Ratio | None, ...]
    numbers: tuple[float, ...]
    mean: Ratio | None
    n: int
    squares: float
    center: float | None
    raters: tuple[int, ...]
    tops: tuple[int, ...] | None


@dataclass(frozen=True, slots=True)
class AnswerStats:
    """What a column says. ``unit`` holds its ratings, sorted; nothing when fewer than two.

    ``spread`` is the distance of the highest from the lowest. ``apart`` is each rating minus the
    mean of the others, times WHOLE, and ``counted`` 1 where that rating counts, else both are 0.
    """

    unit: Unit
    spread: Value
    apart: tuple[Value, ...]
    counted: tuple[int, ...]
    scores: Scores


@lru_cache(maxsize=1 << 16)
def answer_stats(column: Column) -> AnswerStats:
    """Read a column; the same column is read once."""
    unit = tuple(sorted(value for value in column if value))
    row = scores(
        tuple([(value.numerator, value.denominator) if value else None for value in column])
    )
    if len(unit) < 2:
        nothing = (0,) * len(column)
        return AnswerStats((), 0, nothing, nothing, row)
    coraters, total = len(unit) - 1, sum(unit)
    apart = [
        divide((value * len(unit) - total) * WHOLE, coraters) if value else 0 for value in column
    ]
    counted = tuple([int(bool(value)) for value in column])
    spread = unit[-1] - unit[0]
    return AnswerStats(unit, spread, tuple(apart), counted, row)


def scores(exact: tuple[Ratio | None, ...]) -> Scores:
    """The same scores with what is worked out of them."""
    present = [score for score in exact if score]
    numbers = tuple([score[0] / score[1] if score else 0.0 for score in exact])
    if not present:
        return Scores(exact, numbers, None, 0, 0.0, None, (), (0,) * len(exact))
    middle = mean(present)
    center = middle[0] / middle[1]
    squares = sum([(value - center) ** 2 for value in numbers if value])
    tops = None
    if all(bottom == 1 for _, bottom in present):
        tops = tuple([score[0] if score else 0 for score in exact])
    raters = tuple([at for at, score in enumerate(exact) if score])
    return Scores(exact, numbers, middle, len(present), squares, center, raters, tops)


def severities(
    names: Sequence[str], totals: Sequence[Value], counts: Sequence[int]
) -> tuple[Severity, ...]:
    """By interviewer, in the order of ``names``, from summed deviations."""
    return tuple(
        Severity(name, float(Fraction(total) / (WHOLE * count)) if count else None, count)
        for name, total, count in zip(names, totals, counts, strict=True)
    )


def divide(value: Value, by: int) -> Value:
    """Exactly; whole numbers, which nearly all are, without a Fraction."""
    return Fraction(value) / by if value % by else int(value // by)
