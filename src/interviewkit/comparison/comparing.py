"""The candidates for a role side by side: what the ratings can carry, and no more.

In three steps, so that a screen redoes only what a key changed::

    ratings = store.ratings(role, viewer)                  # from disk; as_of for an earlier day
    counted = tally(chosen(ratings, Choice(kits=frozenset({"first-45"}))))   # filters
    comparison = weighed(counted, {"service-recovery": 2.0})                 # weights

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

from interviewkit.comparison.agreement import Agreement, agreement
from interviewkit.comparison.columns import Severity
from interviewkit.comparison.kits import Weighed
from interviewkit.comparison.means import Cell, Ratio, overall
from interviewkit.comparison.ratings import Choice, Ratings, Withheld, chosen
from interviewkit.comparison.sensitivity import Alternative, alternatives, best
from interviewkit.comparison.tally import Seen, Spread, Tally, tally
from interviewkit.comparison.ties import Band, Noise, band_numbers, bands, noise, tied
from interviewkit.errors import unknown
from interviewkit.interview.records import Recommendation, Role


@dataclass(frozen=True, slots=True)
class Compared:
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
    competencies: tuple[Weighed, ...]
    candidates: tuple[Compared, ...]
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

    def tied(self, one: Compared, other: Compared) -> bool | None:
        """Whether two candidates' difference is within the noise; None when it is not known."""
        if one.overall is None or other.overall is None:
            return None
        if one.error is None or other.error is None:
            return None
        return tied(one.overall, one.error, other.overall, other.error)


@dataclass(frozen=True, slots=True)
class _Scored:
    """A candidate with the weights applied: overall, weight assessed, and by place in the panel."""

    seen: Seen
    overall: Ratio | None
    assessed: int
    each: tuple[Ratio | None, ...]


def compare(
    ratings: Ratings, choice: Choice | None = None, weights: Mapping[str, float] | None = None
) -> Comparison:
    """Compare the candidates of a role by those scorecards and weights; see :func:`weighed`."""
    return weighed(tally(chosen(ratings, choice) if choice else ratings), weights)


def weighed(counted: Tally, weights: Mapping[str, float] | None = None) -> Comparison:
    """A comparison in which ``weights`` (by competency id) stand in place of the kits'.

    Raises NotFoundError for a competency that the role's interviews do not know.
    """
    competencies = _weigh_anew(counted.competencies, weights or {})
    whole = whole_numbers([item.exact for item in competencies])
    scored = [_scored(seen, whole) for seen in counted.seen]
    measured = noise([_numbers(one.each) for one in scored])
    candidates = [_compared(one, counted.interviewers, sum(whole), measured) for one in scored]
    candidates.sort(key=_place)
    candidates, drawn = _banded(candidates)
    order = {candidate.id: place for place, candidate in enumerate(candidates)}
    spreads = sorted(
        counted.talk_about,
        key=lambda item: (
            item.lowest - item.highest,
            order[item.candidate_id],
            item.question or "",
            item.competency,
        ),
    )
    doubts = [said for key, said in counted.doubts.items() if key not in (weights or {})]
    return Comparison(
        role=counted.ratings.role,
        scale=counted.ratings.scale,
        competencies=competencies,
        candidates=tuple(candidates),
        noise=measured,
        bands=drawn,
        first=best([(item.overall, item.id) for item in candidates if item.overall is not None]),
        alternatives=_alternatives(counted, scored, candidates, whole),
        agreement=agreement([_by_person(one) for one in scored], counted.alpha),
        agreement_on=counted.agreement_on,
        severity=counted.severity,
        withheld=counted.ratings.withheld,
        talk_about=tuple(spreads),
        warnings=(*counted.differences, *doubts),
    )


def whole_numbers(weights: Sequence[Fraction]) -> list[int]:
    """The same weights in proportion, as whole numbers."""
    common = lcm(*[weight.denominator for weight in weights])
    return [int(weight * common) for weight in weights]


def _weigh_anew(
    competencies: Sequence[Weighed], weights: Mapping[str, float]
) -> tuple[Weighed, ...]:
    known = {item.id for item in competencies}
    for name in weights:
        if name not in known:
            raise unknown("competency", name, sorted(known), "this comparison")
    return tuple(
        replace(item, weight=weights[item.id]) if item.id in weights else item
        for item in competencies
    )


def _scored(seen: Seen, weights: Sequence[int]) -> _Scored:
    score, assessed = overall(seen.means, weights)
    each = tuple([overall(row, weights)[0] for row in zip(*seen.scores, strict=True)])
    return _Scored(seen, score, assessed, each)


def _numbers(scores: Sequence[Ratio | None]) -> list[float]:
    return [score[0] / score[1] for score in scores if score]


def _by_person(one: _Scored) -> dict[int, float]:
    return {
        who: score[0] / score[1]
        for who, score in zip(one.seen.panel, one.each, strict=True)
        if score
    }


def _compared(one: _Scored, names: Sequence[str], whole: int, measured: Noise) -> Compared:
    seen, by_person = one.seen, _by_person(one)
    return Compared(
        id=seen.candidate.id,
        name=seen.candidate.name,
        overall=one.overall[0] / one.overall[1] if one.overall else None,
        error=measured.error(len(by_person)),
        bands=None,
        tied_with_first=None,
        coverage=one.assessed / whole if one.overall else 0.0,
        interviews=seen.interviews,
        interviewers=tuple([names[who] for who in seen.panel]),
        by_interviewer={names[who]: score for who, score in by_person.items()},
        recommendations=seen.recommendations,
        cells=seen.cells,
    )


def _place(candidate: Compared) -> tuple[bool, float, str, str]:
    value = candidate.overall
    return value is None, -(value or 0), candidate.name.casefold(), candidate.id


def _banded(candidates: list[Compared]) -> tuple[list[Compared], tuple[Band, ...]]:
    """The candidates with their bands, as far as the noise is known."""
    scores, errors = [], []
    for one in candidates:
        if one.overall is not None and one.error is not None:
            scores.append(one.overall)
            errors.append(one.error)
    if not scores:
        return candidates, ()
    drawn = bands(scores, errors)
    numbers = band_numbers(len(scores), drawn)
    known = [
        replace(
            one,
            bands=number,
            tied_with_first=tied(scores[0], errors[0], score, error),
        )
        for one, number, score, error in zip(candidates, numbers, scores, errors, strict=False)
    ]
    return [*known, *candidates[len(known) :]], drawn


def _alternatives(
    counted: Tally, scored: Sequence[_Scored], candidates: Sequence[Compared], weights: list[int]
) -> tuple[Alternative, ...]:
    return alternatives(
        counted.interviewers,
        [(one.seen, one.overall, one.each) for one in scored],
        {one.id: (one.name.casefold(), one.id) for one in candidates},
        weights,
    )
