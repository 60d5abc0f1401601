"""One answer as its interviewers rated it, and what that says of spread, severity and agreement.

A column is one candidate's answer to one question: a rating for each interviewer of the panel, 0
for those who did not rate it. Few columns differ, so each is looked at once and remembered.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from interviewkit.comparison.alpha import Unit, Value

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


@lru_cache(maxsize=1 << 16)
def unit(column: Column) -> Unit:
    """The ratings in a column, sorted; empty when fewer than two gave one."""
    there = sorted(value for value in column if value)
    return tuple(there) if len(there) > 1 else ()


@lru_cache(maxsize=1 << 16)
def spread(column: Column) -> Value:
    """Points between the lowest and the highest rating; 0 when fewer than two gave one."""
    there = unit(column)
    return there[-1] - there[0] if there else 0


@lru_cache(maxsize=1 << 16)
def deviations(column: Column) -> tuple[tuple[Value, ...], tuple[int, ...]]:
    """(Each rating minus the mean of the others, times WHOLE, and 1 or 0 for whether it counts)."""
    there = unit(column)
    if not there:
        return (0,) * len(column), (0,) * len(column)
    others, total = len(there) - 1, sum(there)
    apart = [
        _whole(Fraction((value * len(there) - total) * WHOLE) / others) if value else 0
        for value in column
    ]
    return tuple(apart), tuple(int(bool(value)) for value in column)


def severities(
    names: Sequence[str], totals: Sequence[Value], counts: Sequence[int]
) -> tuple[Severity, ...]:
    """By interviewer, in the order of ``names``, from summed deviations."""
    return tuple(
        Severity(name, float(Fraction(total) / (WHOLE * count)) if count else None, count)
        for name, total, count in zip(names, totals, counts, strict=True)
    )


def _whole(value: Fraction) -> Value:
    return value.numerator if value.denominator == 1 else value
