"""The candidates for a role side by side: what the ratings can carry, and no more.

In three steps, so that a screen redoes only what a key changed::

    ratings = store.ratings(role, viewer)                  # from disk; as_of for an earlier day
    counted = aggregate(chosen(ratings, Choice(kits=frozenset({"first-45"}))))   # filters
    comparison = apply_weights(counted, {"service-recovery": 2.0})                 # weights

``compare(ratings, choice, weights)`` does the last two at once. All of it is pure and frozen.
200 candidates with 12 competencies and 5 interviewers take some tens of milliseconds to count up
and a few to weigh.

Who may not see a candidate's scorecards yet gets that candidate's name and nothing else:
withheld scorecards take no part in any number, weight or warning.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from interviewkit.comparison.aggregate import Aggregates, CandidateTotals, Spread, aggregate
from interviewkit.comparison.agreement import Agreement, agreement
from interviewkit.comparison.answer_ratings import Severity
from interviewkit.comparison.means import Cell, Ratio, overall
from interviewkit.comparison.ratings import Choice, Ratings, Withheld, chosen
from interviewkit.comparison.sensitivity import Alternative, alternatives, best
from interviewkit.comparison.ties import Band, Noise, band_numbers, bands, noise, tied
from interviewkit.comparison.weights import CompetencyWeight
from interviewkit.errors import unknown
from interviewkit.interview.records import Recommendation, Role


@dataclass(frozen=True, slots=True)
class CandidateResult:
    """One candidate's line. ``overall`` is None when nothing with a weight was assessed.

    ``error`` is the standard error of ``overall``, ``bands`` the numbers, from 0, of the first and
    last band it lies in, and ``tied_with_first`` whether its distance from the first in the list
    is within the noise; all three are None when that is not known. ``by_interviewer`` are overall
    scores by name, ``interviews`` counts scorecards, ``cells`` has every competency.
    """

    id: str
    name: str
    overall: float | None
    error: float | None
    bands: tuple[int, int] | None
    tied_with_first: bool | None
    coverage: float
    interviews: int
    interviewers: tuple[str, ...]
    by_interviewer: Mapping[str, float]
    recommendations: Mapping[Recommendation, int]
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What recruiters look at. ``candidates`` by overall, then name; the order claims no rank.

    ``bands`` are places in ``candidates``; there are none when the noise is not known. ``first``
    are the ids of whoever has the highest overall; ``alternatives`` say who would have it with
    equal weights and without each interviewer. ``talk_about`` has the widest spread first.
    ``agreement`` is on the overall score, ``agreement_on`` by competency id.
    """

    role: Role
    scale: tuple[int, ...]
    competencies: tuple[CompetencyWeight, ...]
    candidates: tuple[CandidateResult, ...]
    noise: Noise
    bands: tuple[Band, ...]
    first: tuple[str, ...]
    alternatives: tuple[Alternative, ...]
    agreement: Agreement
    agreement_on: Mapping[str, Agreement]
    severity: tuple[Severity, ...]
    withheld: tuple[Withheld, ...]
    talk_about: tuple[Spread, ...]
    warnings: tuple[str, ...]

    @property
    def scorecards(self) -> int:
        """How many scorecards the numbers rest on."""
        return sum(candidate.interviews for candidate in self.candidates)

    def tied(self, one: CandidateResult, other: CandidateResult) -> bool | None:
        """Whether two candidates' difference is within the noise; None when it is not known."""
        if one.overall is None or other.overall is None:
            return None
        if one.error is None or other.error is None:
            return None
        return tied(one.overall, one.error, other.overall, other.error)


class _Scored(NamedTuple):
    """A candidate with the weights applied.

    ``score`` is ``overall`` as a number, ``ratios`` the overall of each of the panel, ``each`` the
    same as numbers by name, for those who have one.
    """

    seen: CandidateTotals
    overall: Ratio | None
    score: float | None
    assessed: int
    ratios: tuple[Ratio | None, ...]
    each: Mapping[str, float]


def compare(
    ratings: Ratings, choice: Choice | None = None, weights: Mapping[str, float] | None = None
) -> Comparison:
    """Compare the candidates of a role by those scorecards; see :func:`apply_weights`."""
    return apply_weights(aggregate(chosen(ratings, choice) if choice else ratings), weights)


def apply_weights(counted: Aggregates, weights: Mapping[str, float] | None = None) -> Comparison:
    """A comparison in which ``weights`` (by competency id) stand in place of the kits'.

    Raises NotFoundError for a competency that the role's interviews do not know.
    """
    competencies = _weigh_anew(counted.competencies, weights or {})
    whole = whole_numbers([item.exact for item in competencies])
    scored = [_scored(seen, whole, counted.interviewers) for seen in counted.seen]
    scored.sort(key=_place)
    measured = noise([list(one.each.values()) for one in scored])
    drawn, numbers, near = _banded(scored, measured)
    candidates = [
        _compared(one, counted.interviewers, sum(whole), measured, numbers[place], near[place])
        for place, one in enumerate(scored)
    ]
    doubts = [said for key, said in counted.weight_warnings.items() if key not in (weights or {})]
    return Comparison(
        role=counted.ratings.role,
        scale=counted.ratings.scale,
        competencies=competencies,
        candidates=tuple(candidates),
        noise=measured,
        bands=drawn,
        first=best([(one.score, one.seen.candidate.id) for one in scored if one.score is not None]),
        alternatives=alternatives(
            counted.interviewers, [(one.seen, one.overall, one.ratios) for one in scored], whole
        ),
        agreement=agreement([one.each for one in scored], counted.alpha),
        agreement_on=counted.agreement_on,
        severity=counted.severity,
        withheld=counted.ratings.withheld,
        talk_about=_widest_first(counted.talk_about, candidates),
        warnings=(*counted.differences, *doubts),
    )


def _widest_first(
    spreads: Sequence[Spread], candidates: Sequence[CandidateResult]
) -> tuple[Spread, ...]:
    """Of equal width, in the order of the candidates."""
    order = {candidate.id: place for place, candidate in enumerate(candidates)}

    def place(one: Spread) -> tuple[float, int, str, str]:
        narrow = one.lowest - one.highest
        return narrow, order[one.candidate_id], one.question or "", one.competency

    return tuple(sorted(spreads, key=place))


def whole_numbers(weights: Sequence[Fraction]) -> list[int]:
    """The same weights in proportion, as whole numbers."""
    common = lcm(*[weight.denominator for weight in weights])
    return [int(weight * common) for weight in weights]


def _weigh_anew(
    competencies: Sequence[CompetencyWeight], weights: Mapping[str, float]
) -> tuple[CompetencyWeight, ...]:
    known = {item.id for item in competencies}
    for name in weights:
        if name not in known:
            raise unknown("competency", name, sorted(known), "this comparison")
    return tuple(
        replace(item, weight=weights[item.id]) if item.id in weights else item
        for item in competencies
    )


def _scored(seen: CandidateTotals, weights: Sequence[int], names: Sequence[str]) -> _Scored:
    found, assessed = overall(seen.means, weights)
    ratios = tuple([overall(row, weights)[0] for row in zip(*seen.scores, strict=True)])
    each = {
        names[who]: ratio[0] / ratio[1]
        for who, ratio in zip(seen.panel, ratios, strict=True)
        if ratio
    }
    return _Scored(seen, found, found[0] / found[1] if found else None, assessed, ratios, each)


def _place(one: _Scored) -> tuple[bool, float, str, str]:
    candidate = one.seen.candidate
    return one.score is None, -(one.score or 0), candidate.name.casefold(), candidate.id


def _banded(
    scored: Sequence[_Scored], measured: Noise
) -> tuple[tuple[Band, ...], list[tuple[int, int] | None], list[bool | None]]:
    """The bands, each candidate's bands, and who is tied with the first, as far as is known."""
    scores = [one.score for one in scored if one.score is not None]
    errors = [error for one in scored if (error := measured.error(len(one.each))) is not None]
    none = [None] * (len(scored) - len(errors))
    if not errors:
        return (), list(none), list(none)
    drawn = bands(scores, errors)
    near = [tied(scores[0], errors[0], *one) for one in zip(scores, errors, strict=True)]
    return drawn, [*band_numbers(len(scores), drawn), *none], [*near, *none]


def _compared(
    one: _Scored,
    names: Sequence[str],
    whole: int,
    measured: Noise,
    numbers: tuple[int, int] | None,
    near: bool | None,
) -> CandidateResult:
    seen = one.seen
    return CandidateResult(
        id=seen.candidate.id,
        name=seen.candidate.name,
        overall=one.score,
        error=measured.error(len(one.each)),
        bands=numbers,
        tied_with_first=near,
        coverage=one.assessed / whole if one.overall else 0.0,
        interviews=seen.interviews,
        interviewers=tuple([names[who] for who in seen.panel]),
        by_interviewer=one.each,
        recommendations=seen.recommendations,
        cells=seen.cells,
    )
