"""The candidates for a role side by side: what the ratings can carry, and no more.

In three steps, so that a screen redoes only what a key changed::

    ratings = store.seen_by(person).ratings(role)          # from disk; as_of for an earlier day
    counted = aggregate(chosen(ratings, Choice(kits=frozenset({"first-45"}))))   # filters
    comparison = apply_weights(counted, {"service-recovery": 2.0})               # weights

``compare(ratings, choice, weights)`` does the last two at once. All of it is pure and frozen.
200 candidates with 12 competencies and 5 interviewers take some tens of milliseconds to count up
and a few to weigh.

Who may not see a candidate's scorecards yet gets that candidate's name and nothing else:
withheld scorecards take no part in any number, weight or warning.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import compress
from math import lcm
from operator import mul
from typing import NamedTuple

from interviewkit.comparison.aggregate import Aggregates, CandidateTotals, aggregate
from interviewkit.comparison.agreement import PanelRow, panel_agreement
from interviewkit.comparison.disagreement import Spread
from interviewkit.comparison.means import Ratio, overall
from interviewkit.comparison.noise import noise
from interviewkit.comparison.places import (
    MOST_PLACED,
    Candidacy,
    Places,
    are_apart,
    band_numbers,
    compute_places,
)
from interviewkit.comparison.precision import ErrorTerms, Precision, error_terms
from interviewkit.comparison.ratings import Choice, Ratings, apply_choice
from interviewkit.comparison.reliability import Reliability, reliability
from interviewkit.comparison.results import CandidateResult, Comparison
from interviewkit.comparison.sensitivity import (
    AdjustedOrder,
    WeightRange,
    adjusted_order,
    alternatives,
    best,
    weight_ranges,
    whole_overall,
)
from interviewkit.comparison.sentences import design_warnings
from interviewkit.comparison.severity import adjust_for_severity, groups_apart
from interviewkit.comparison.weights import CompetencyWeight
from interviewkit.errors import unknown_name


class _ScoredCandidate(NamedTuple):
    """A candidate with the weights applied.

    ``score`` is ``overall`` as a number, ``ratios`` the overall of each of the panel, ``each`` the
    same as numbers by name, for those who have one.
    """

    totals: CandidateTotals
    overall: Ratio | None
    score: float | None
    assessed: int
    ratios: tuple[Ratio | None, ...]
    each: Mapping[str, float]
    is_placed: bool
    terms: ErrorTerms | None

    @property
    def panel_row(self) -> PanelRow:
        """The overalls there are, with whose they are."""
        panel = self.totals.panel
        if len(self.each) < len(panel):
            rated = zip(panel, self.ratios, strict=True)
            panel = tuple([person for person, ratio in rated if ratio])
        return panel, tuple(self.each.values())


class _Order(NamedTuple):
    """What the order of these candidates is worth; ``ranked`` are those with a place."""

    precision: Precision
    candidacies: Mapping[str, Candidacy]
    ranked: Sequence[Candidacy]
    reliability: Reliability
    places: Places


def compare_candidates(
    ratings: Ratings, choice: Choice | None = None, weights: Mapping[str, float] | None = None
) -> Comparison:
    """Compare the candidates of a role by those scorecards; see :func:`apply_weights`."""
    return apply_weights(aggregate(apply_choice(ratings, choice) if choice else ratings), weights)


def apply_weights(counted: Aggregates, weights: Mapping[str, float] | None = None) -> Comparison:
    """A comparison in which ``weights`` (by competency id) stand in place of the kits'.

    Raises NotFoundError for a competency that the role's interviews do not know.
    """
    competencies = _replace_weights(counted.competencies, weights or {})
    whole = tuple(whole_numbers([item.exact for item in competencies]))
    scored = [_score_candidate(totals, whole, counted) for totals in counted.candidates]
    if not any(row.is_placed for row in scored):  # then all are as badly covered as each other
        scored = [row._replace(is_placed=row.overall is not None) for row in scored]
    scored.sort(key=_position)
    order = _order_of(scored, counted, whole)
    ranked = [row for row in scored if row.is_placed]
    leading = best([(row.score, row.totals.candidate.id) for row in ranked if row.score])
    candidates = _results(scored, counted, sum(whole), order)
    doubts = [text for key, text in counted.weight_warnings.items() if key not in (weights or {})]
    comparison = Comparison(
        role=counted.ratings.role,
        scale=counted.ratings.scale,
        competencies=competencies,
        candidates=tuple(candidates),
        components=counted.components,
        reliability=order.reliability,
        noise=noise([list(row.each.values()) for row in scored]),
        places=order.places,
        first=leading,
        alternatives=alternatives(
            counted.interviewers, [(row.totals, row.overall, row.ratios) for row in ranked], whole
        ),
        adjusted=_severity_adjusted_order(scored, ranked, counted, leading),
        ranges=_ranges(ranked, competencies, leading),
        agreement=panel_agreement([row.panel_row for row in scored], counted.alpha),
        agreement_on=counted.agreement_on,
        severity=counted.severity,
        withheld=counted.ratings.withheld,
        usual=counted.usual,
        talk_about=_widest_first(counted.talk_about, candidates),
        warnings=(*counted.differences, *doubts),
        same_panel=len({(c.terms.panel, c.terms.loads) for c in order.candidacies.values()}) < 2,
        _precision=order.precision,
        _candidacies=order.candidacies,
    )
    return replace(comparison, warnings=(*comparison.warnings, *design_warnings(comparison)))


def _widest_first(
    spreads: Sequence[Spread], candidates: Sequence[CandidateResult]
) -> tuple[Spread, ...]:
    """Of equal width, in the order of the candidates."""
    order = {candidate.id: at for at, candidate in enumerate(candidates)}

    def key(spread: Spread) -> tuple[float, int, str, str]:
        narrow = spread.lowest - spread.highest
        return narrow, order[spread.candidate_id], spread.question or "", spread.competency

    return tuple(sorted(spreads, key=key))


def whole_numbers(weights: Sequence[Fraction]) -> list[int]:
    """The same weights in proportion, as whole numbers."""
    common = lcm(*[weight.denominator for weight in weights])
    return [int(weight * common) for weight in weights]


def _replace_weights(
    competencies: Sequence[CompetencyWeight], weights: Mapping[str, float]
) -> tuple[CompetencyWeight, ...]:
    ids = {item.id for item in competencies}
    for name in weights:
        if name not in ids:
            raise unknown_name("competency", name, sorted(ids), "this comparison")
    return tuple(
        replace(item, weight=weights[item.id]) if item.id in weights else item
        for item in competencies
    )


def _score_candidate(
    totals: CandidateTotals, weights: Sequence[int], counted: Aggregates
) -> _ScoredCandidate:
    ratios = _panel_overalls(totals, weights)
    ratio, assessed = whole_overall(totals, weights) or overall(totals.means, weights)
    names = counted.interviewers
    by_interviewer = {
        names[person]: ratio[0] / ratio[1]
        for person, ratio in zip(totals.panel, ratios, strict=True)
        if ratio
    }
    is_placed = bool(ratio) and 2 * assessed >= sum(weights)
    terms = error_terms(totals.measured, weights, counted.components.levels) if ratio else None
    score = ratio[0] / ratio[1] if ratio else None
    return _ScoredCandidate(
        totals, ratio, score, assessed, ratios, by_interviewer, is_placed, terms
    )


def _panel_overalls(totals: CandidateTotals, weights: Sequence[int]) -> tuple[Ratio | None, ...]:
    """The overall of each of the panel; where every score is a whole number, in one go."""
    tops, whole = totals.tops, sum(weights)
    if not tops or not whole:
        return tuple([overall(row, weights)[0] for row in zip(*totals.scores, strict=True)])
    columns = zip(*tops, strict=True)
    if totals.whole:
        return tuple([(sum(map(mul, weights, column)), whole) for column in columns])
    ratios = [
        (sum(map(mul, weights, column)), sum(compress(weights, column))) for column in columns
    ]
    return tuple([ratio if ratio[1] else None for ratio in ratios])


def _position(row: _ScoredCandidate) -> tuple[bool, bool, float, str, str]:
    candidate = row.totals.candidate
    name = candidate.name.casefold()
    return row.score is None, not row.is_placed, -(row.score or 0), name, candidate.id


def _order_of(
    scored: Sequence[_ScoredCandidate], counted: Aggregates, weights: Sequence[int]
) -> _Order:
    candidacies = {
        row.totals.candidate.id: Candidacy(row.score, row.terms)
        for row in scored
        if row.score is not None and row.terms
    }
    all_candidacies = list(candidacies.values())
    terms = [candidacy.terms for candidacy in all_candidacies]
    precision = Precision(counted.components, terms)
    ranked = [candidacies[row.totals.candidate.id] for row in scored if row.is_placed]
    if not counted.components.within:
        return _Order(
            precision, candidacies, ranked, Reliability.silent(len(all_candidacies)), Places()
        )
    whole = sum(weights)
    scale = counted.ratings.scale
    reliable = reliability(
        precision,
        terms,
        [candidacy.score for candidacy in all_candidacies],
        ((scale[-1] - scale[0]) / 4) ** 2,
        sum([(weight / whole) ** 2 for weight in weights]) if whole else 0.0,
    )
    return _Order(precision, candidacies, ranked, reliable, compute_places(precision, ranked))


def _results(
    scored: Sequence[_ScoredCandidate], counted: Aggregates, whole: int, order: _Order
) -> list[CandidateResult]:
    places = order.places
    numbers = band_numbers(len(places.places), places.bands) if places.bands else []
    precision, silent = order.precision, not counted.components.within
    all_candidacies = list(order.candidacies.values())
    mean = (
        sum([candidacy.score for candidacy in all_candidacies]) / len(all_candidacies)
        if all_candidacies
        else 0.0
    )
    leader = order.ranked[0] if order.ranked else None
    result = []
    for at, row in enumerate(scored):
        candidacy = order.candidacies.get(row.totals.candidate.id)
        standard_error = error_in_round = shrunken = is_tied = chance = None
        if candidacy and not silent:
            in_round = precision.in_round(candidacy.terms)
            standard_error = precision.overall(candidacy.terms).standard_error
            error_in_round = in_round.standard_error
            shrunken = order.reliability.shrink(candidacy.score, mean, in_round.variance)
            is_tied = _is_tied(precision, leader, candidacy) if leader else None
            if at + 1 < len(order.ranked) <= MOST_PLACED:
                chance = _above(order, candidacy, order.ranked[at + 1])
        result.append(
            CandidateResult(
                id=row.totals.candidate.id,
                name=row.totals.candidate.name,
                overall=row.score,
                standard_error=standard_error,
                error_in_round=error_in_round,
                is_placed=row.is_placed,
                place=places.places[at] if at < len(places.places) else None,
                bands=numbers[at] if at < len(numbers) else None,
                tied_with_first=is_tied,
                probability_above_next=chance,
                shrunken=shrunken,
                coverage=row.assessed / whole if row.overall else 0.0,
                interviews=row.totals.interviews,
                interviewers=tuple([counted.interviewers[person] for person in row.totals.panel]),
                by_interviewer=row.each,
                recommendations=row.totals.recommendations,
                cells=row.totals.cells,
            )
        )
    return result


def _is_tied(precision: Precision, leader: Candidacy, candidacy: Candidacy) -> bool | None:
    difference = precision.difference(leader.terms, leader.score, candidacy.terms, candidacy.score)
    apart = leader is not candidacy and are_apart(difference)
    return None if apart is None else not apart


def _above(order: _Order, upper: Candidacy, lower: Candidacy) -> float | None:
    difference = order.precision.difference(upper.terms, upper.score, lower.terms, lower.score)
    return order.reliability.probability_above(difference) if difference.is_tellable else None


def _severity_adjusted_order(
    scored: Sequence[_ScoredCandidate],
    ranked: Sequence[_ScoredCandidate],
    counted: Aggregates,
    leading: tuple[str, ...],
) -> AdjustedOrder | None:
    if counted.severities is None:
        return None
    overalls = {
        row.totals.candidate.id: adjust_for_severity(row.score, row.terms, counted.severities)
        for row in scored
        if row.score is not None and row.terms
    }
    people = [(row.totals.candidate.id, row.totals.candidate.name) for row in ranked]
    groups = groups_apart([row.totals.panel for row in scored])
    return adjusted_order(overalls, people, leading, groups)


def _ranges(
    ranked: Sequence[_ScoredCandidate],
    competencies: Sequence[CompetencyWeight],
    leading: tuple[str, ...],
) -> tuple[WeightRange, ...]:
    if len(leading) != 1 or not 1 < len(ranked) <= MOST_PLACED:
        return ()
    means = [
        [ratio[0] / ratio[1] if ratio else None for ratio in row.totals.means] for row in ranked
    ]
    items = [(item.id, item.name, item.weight) for item in competencies]
    return weight_ranges(means[0], means[1:], items)
