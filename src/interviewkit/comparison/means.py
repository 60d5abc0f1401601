"""Means over the answers of a role's scorecards, computed exactly.

Every number is a fraction until it is handed out, so the order in which scorecards came in can
change nothing, not even the last digit. Blank is never zero: an answer that was not assessed
takes no part in anything here.
"""

import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from interviewkit.interview.records import Recommendation


@dataclass(frozen=True, slots=True)
class Rated:
    """One answer of one scorecard. ``rating`` is None when it was not assessed, never zero."""

    candidate_id: str
    candidate: str
    interview_id: str
    interviewer: str
    bank_sha256: str
    kit: str
    question: str
    competency: str
    rating: int | None
    skipped: str | None
    probed: int
    new_detail: int
    recommendation: Recommendation | None = None

    @property
    def was_asked(self) -> bool:
        """Not skipped; a rating outweighs a skip that was noted beside it."""
        return self.skipped is None or self.rating is not None


@dataclass(frozen=True, slots=True)
class Cell:
    """One candidate on one competency.

    ``mean`` is None when nobody assessed it, and then ``n``, the interviewers who did, is 0.
    ``ratings`` counts the answers behind it, ``probed`` the probes asked in those answers,
    ``new_detail`` the probes that brought some, ``not_probed`` the answers rated without any.
    """

    mean: float | None
    n: int
    ratings: int
    probed: int
    new_detail: int
    not_probed: int
    by_interviewer: Mapping[str, float]


def person(name: str) -> str:
    """The same for every spelling of one interviewer's name: case and spaces do not count."""
    return " ".join(unicodedata.normalize("NFC", name).split()).casefold()


def mean(values: Collection[Fraction]) -> Fraction:
    """The exact mean; there must be a value."""
    return sum(values, Fraction(0)) / len(values)


def scores(rows: Iterable[Rated]) -> dict[str, Fraction]:
    """Interviewer → mean of that interviewer's rated answers, those of all scorecards pooled."""
    ratings: dict[str, list[Fraction]] = {}
    for row in rows:
        if row.rating is not None:
            ratings.setdefault(person(row.interviewer), []).append(Fraction(row.rating))
    return {name: mean(given) for name, given in ratings.items()}


def cell(rows: Iterable[Rated], names: Mapping[str, str]) -> Cell:
    """The cell over one candidate's answers on one competency; ``names`` spells interviewers."""
    rated = [row for row in rows if row.rating is not None]
    by_interviewer = scores(rated)
    return Cell(
        mean=float(mean(by_interviewer.values())) if by_interviewer else None,
        n=len(by_interviewer),
        ratings=len(rated),
        probed=sum(row.probed for row in rated),
        new_detail=sum(row.new_detail for row in rated),
        not_probed=sum(not row.probed for row in rated),
        by_interviewer=spelled(by_interviewer, names),
    )


def overall(
    means: Mapping[str, Fraction], weights: Mapping[str, Fraction]
) -> tuple[Fraction | None, Fraction]:
    """(Σ w·s / Σ w over the competencies assessed, Σ w assessed / Σ w).

    The first is None when nothing that carries weight was assessed; the second is then 0.
    """
    whole = sum(weights.values(), Fraction(0))
    assessed = sum((weights[name] for name in means), Fraction(0))
    if not assessed:
        return None, Fraction(0)
    total = sum((weights[name] * score for name, score in means.items()), Fraction(0))
    return total / assessed, assessed / whole


def spelled(by_interviewer: Mapping[str, Fraction], names: Mapping[str, str]) -> dict[str, float]:
    """Scores under names as people write them, in the order of the alphabet."""
    return {names[key]: float(by_interviewer[key]) for key in sorted(by_interviewer)}


def shown(value: float | None, places: str = "0.1") -> str:
    """A mean as it is shown: one decimal, halves up as spreadsheets do, a dash for none."""
    if value is None:
        return "–"
    return str(Decimal(repr(value)).quantize(Decimal(places), ROUND_HALF_UP))


def percent(share: float) -> str:
    """A share of 1 as it is shown, ``88 %``."""
    return f"{shown(share * 100, '1')} %"
