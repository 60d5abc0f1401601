"""What would change the order: other weights, any one interviewer left out, severity taken off."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest, nsmallest
from math import inf, sqrt
from operator import mul

from interviewkit.comparison.aggregate import CandidateTotals
from interviewkit.comparison.means import Ratio, mean, overall

SHOWN = 10  # candidates of another order that are kept
HEAVIEST = 100.0  # as in a kit
_NOTHING = 1e-12
_ROUNDING = 1e-9

Scored = tuple[
    CandidateTotals, Ratio | None, Sequence[Ratio | None]
]  # with overall, and by place in panel
_Seen = tuple[float, int, Scored]  # roughly the overall without, the place in the panel, who
Place = tuple[float, str]  # overall, candidate id


@dataclass(frozen=True, slots=True)
class Alternative:
    """The order by another rule: ``without`` that interviewer, or, when None, equal weights.

    ``first`` are the ids of anyone who has the highest overall then, ``order`` those of the first
    ten. ``changed`` says that it is not the same who are first as in the comparison itself.
    """

    without: str | None
    first: tuple[str, ...]
    order: tuple[str, ...]
    changed: bool


@dataclass(frozen=True, slots=True)
class AdjustedOrder:
    """The order if interviewers' shrunken severity were taken off; shown, never applied.

    ``overalls`` are the adjusted ones by candidate id, of everybody with an overall; ``first``,
    ``order`` and ``changed`` as in :class:`Alternative`. ``groups`` is into how many groups the
    interviewers fall whom no candidate connects: beyond one these cannot be set against each
    other.
    """

    first: tuple[str, ...]
    order: tuple[str, ...]
    changed: bool
    overalls: Mapping[str, float]
    groups: int


@dataclass(frozen=True, slots=True)
class WeightRange:
    """Between which weights of a competency the same candidate stays first, all others as they
    are. ``low`` is None where that holds down to 0, ``high`` where it holds up to 100.
    """

    competency: str
    name: str
    low: float | None
    high: float | None


def best(candidates: Sequence[Place]) -> tuple[str, ...]:
    """The ids that have the highest overall, sorted."""
    if not candidates:
        return ()
    highest = max(score for score, _ in candidates)
    return tuple(sorted(name for score, name in candidates if score == highest))


def alternatives(
    names: Sequence[str], candidates: Sequence[Scored], weights: Sequence[int]
) -> tuple[Alternative, ...]:
    """Equal weights first, then without each interviewer. ``candidates`` in their own order.

    Leaving out the only interviewer leaves nobody, so that is not among them.
    """
    places = [
        (ratio[0] / ratio[1], totals.candidate.id) for totals, ratio, _ in candidates if ratio
    ]
    leaders = best(places)
    order = {totals.candidate.id: totals.candidate.name.casefold() for totals, _, _ in candidates}
    equal = [1] * len(weights)
    levelled = [
        ((whole_overall(totals, equal) or overall(totals.means, equal))[0], totals.candidate.id)
        for totals, _, _ in candidates
    ]
    result = [_alternative(None, [(r[0] / r[1], key) for r, key in levelled if r], order, leaders)]
    if len(names) < 2:
        return tuple(result)
    by_person: list[list[_Seen]] = [[] for _ in names]
    for candidate in candidates:
        for at, (person, rough) in enumerate(
            zip(candidate[0].panel, _rough_overalls_without(candidate, weights), strict=True)
        ):
            by_person[person].append((rough, at, candidate))
    for person, name in enumerate(names):
        theirs = {totals.candidate.id for _, _, (totals, _, _) in by_person[person]}
        remaining = [*_overalls_without(by_person[person], weights), *_head(places, theirs)]
        if remaining:
            result.append(_alternative(name, remaining, order, leaders))
    return tuple(result)


def whole_overall(totals: CandidateTotals, weights: Sequence[int]) -> tuple[Ratio, int] | None:
    """As :func:`overall` has it, at once where no score is missing and all are whole numbers."""
    tops, assessed = totals.tops, sum(weights)
    if not (totals.whole and tops and assessed):
        return None
    total = sum(map(mul, weights, map(sum, tops)))
    return (total, assessed * len(totals.panel)), assessed


def _head(entries: Sequence[Place], but: Collection[str]) -> list[Place]:
    """The first ten of those who stay as they are, and anyone who is level with the first of them.

    They are in order already, so nobody further down can come among the first ten.
    """
    result: list[Place] = []
    for entry in entries:
        if len(result) >= SHOWN and entry[0] != result[0][0]:
            break
        if entry[1] not in but:
            result.append(entry)
    return result


def _alternative(
    without: str | None,
    entries: Sequence[Place],
    names: Mapping[str, str],
    leaders: tuple[str, ...],
) -> Alternative:
    best_ids = best(entries)
    top = nsmallest(SHOWN, entries, key=lambda entry: (-entry[0], names[entry[1]], entry[1]))
    return Alternative(without, best_ids, tuple(key for _, key in top), best_ids != leaders)


def _overalls_without(candidates: Sequence[_Seen], weights: Sequence[int]) -> list[Place]:
    """Those whom an interviewer saw, as they would be without: those that may be first.

    Exactly only for those who are roughly among the first ten, since that is slow.
    """
    top = nlargest(SHOWN, [rough for rough, _, _ in candidates])
    least = top[-1] - _ROUNDING if len(top) == SHOWN else -inf
    result = []
    for rough, at, (totals, score, ratios) in candidates:
        if rough >= least:
            exact = _overall_without(totals, score, ratios, at, weights)
            if exact:
                result.append((exact[0] / exact[1], totals.candidate.id))
    return result


def _rough_overalls_without(candidate: Scored, weights: Sequence[int]) -> list[float]:
    """A candidate's overall without each of the panel in turn; 0 when nothing is left.

    Taking out one score changes a mean by (mean − score) / (n − 1).
    """
    totals, score, ratios = candidate
    size = len(totals.panel)
    if score and size > 1 and totals.whole:
        sum_of_panel = size * (score[0] / score[1])
        return [(sum_of_panel - ratio[0] / ratio[1]) / (size - 1) for ratio in ratios if ratio]
    whole = assessed = 0.0
    changes, lost = [0.0] * size, [0.0] * size
    for weight, row in zip(weights, totals.measured.rows, strict=True):
        if row.center is None:
            continue
        weighted = weight * row.center
        whole += weighted
        assessed += weight
        if row.n == 1:
            (at,) = row.raters
            changes[at] -= weighted
            lost[at] += weight
            continue
        share = weight / (row.n - 1)
        numbers, center = row.numbers, row.center
        for at in row.raters:
            changes[at] += share * (center - numbers[at])
    return [
        (whole + change) / (assessed - gone) if assessed > gone else 0.0
        for change, gone in zip(changes, lost, strict=True)
    ]


def _overall_without(
    totals: CandidateTotals,
    score: Ratio | None,
    ratios: Sequence[Ratio | None],
    position: int,
    weights: Sequence[int],
) -> Ratio | None:
    """A candidate's overall without the one at that place of the panel."""
    size, ratio = len(totals.panel), ratios[position]
    if score and ratio and size > 1 and totals.whole:
        # Without gaps the overall is the mean over the panel, so one of them is taken out of it.
        (top, bottom), (ratio_top, ratio_bottom) = score, ratio
        return size * top * ratio_bottom - ratio_top * bottom, bottom * ratio_bottom * (size - 1)
    means = []
    for row in totals.scores:
        scores = [value for at, value in enumerate(row) if value and at != position]
        means.append(mean(scores) if scores else None)
    return overall(means, weights)[0]


def adjusted_order(
    overalls: Mapping[str, float],
    ranked: Sequence[tuple[str, str]],
    leaders: tuple[str, ...],
    groups: int,
) -> AdjustedOrder:
    """The order of these adjusted overalls; ``ranked`` are (id, name) of who may be first."""
    names = {key: name.casefold() for key, name in ranked}
    places = [(overalls[key], key) for key, _ in ranked]
    by_rule = _alternative(None, places, names, leaders)
    return AdjustedOrder(by_rule.first, by_rule.order, by_rule.changed, overalls, groups)


def weight_ranges(
    leader: Sequence[float | None],
    rivals: Sequence[Sequence[float | None]],
    competencies: Sequence[tuple[str, str, float]],
) -> tuple[WeightRange, ...]:
    """How far each weight may move until somebody else is first.

    ``leader`` and each of ``rivals`` are a candidate's means, ``competencies`` (id, name, weight).
    """
    weights = [weight for _, _, weight in competencies]
    result = []
    for at, (key, name, weight) in enumerate(competencies):
        low, high = -1.0, HEAVIEST + 1
        for rival in rivals:
            for root in _crossings(leader, rival, weights, at):
                if root < weight:
                    low = max(low, root)
                elif root > weight:
                    high = min(high, root)
        result.append(
            WeightRange(key, name, low if low >= 0 else None, high if high <= HEAVIEST else None)
        )
    return tuple(result)


def _crossings(
    leader: Sequence[float | None],
    rival: Sequence[float | None],
    weights: Sequence[float],
    at: int,
) -> list[float]:
    """The weights at which two candidates' overalls are equal: the roots of a quadratic."""
    p, q, a, s = _without_competency(leader, weights, at)
    rival_p, rival_q, rival_a, rival_s = _without_competency(rival, weights, at)
    square = a * rival_a * (s - rival_s)
    linear = a * s * rival_q + p * rival_a - rival_a * rival_s * q - rival_p * a
    constant = p * rival_q - rival_p * q
    if abs(square) < _NOTHING:
        return [] if abs(linear) < _NOTHING else [-constant / linear]
    inside = linear * linear - 4 * square * constant
    if inside < 0:
        return []
    return [(-linear + sign * sqrt(inside)) / (2 * square) for sign in (1, -1)]


def _without_competency(
    means: Sequence[float | None], weights: Sequence[float], at: int
) -> tuple[float, float, float, float]:
    """(Σ w·s, Σ w without this competency; 1 if it was assessed, else 0; its mean)."""
    pairs = [
        (weight, mean)
        for index, (weight, mean) in enumerate(zip(weights, means, strict=True))
        if mean is not None and index != at
    ]
    mean = means[at]
    total = sum([weight for weight, _ in pairs])
    weighted = sum([weight * value for weight, value in pairs])
    return weighted, total, float(mean is not None), mean or 0.0
