"""The ratings of a role counted up, before any weight: what changing a weight need not redo.

``aggregate(ratings)`` is the slow half of a comparison, ``compare.apply_weights`` the fast one.
Candidates stand in the order of their ids and interviewers in that of the alphabet, so nothing
here depends on the order in which scorecards came in.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from interviewkit.comparison.agreement import Agreement, measure_agreement
from interviewkit.comparison.alignment import AlignedCards, Index, align, by_name
from interviewkit.comparison.alpha import Unit, Value, estimate_alpha
from interviewkit.comparison.answer_ratings import AnswerStats, Severity, answer_stats, severities
from interviewkit.comparison.cards import Card
from interviewkit.comparison.comparability import differences
from interviewkit.comparison.disagreement import (
    TALK_FROM,
    Spread,
    Usual,
    is_wide,
    usual_variance,
    worth_talking,
)
from interviewkit.comparison.estimate import Estimate
from interviewkit.comparison.means import Cell, Ratio
from interviewkit.comparison.places import MOST_PLACED
from interviewkit.comparison.ratings import Ratings
from interviewkit.comparison.severity import shrunken_severities
from interviewkit.comparison.variance_components import (
    PanelScores,
    VarianceComponents,
    variance_components,
)
from interviewkit.comparison.weights import CompetencyWeight, competency_weights
from interviewkit.interview.people import normalize_name
from interviewkit.interview.records import Candidate, Recommendation

_WORDS = tuple(Recommendation)


@dataclass(frozen=True, slots=True)
class CandidateTotals:
    """One candidate, counted up. ``panel`` holds places in the tally's interviewers.

    ``scores`` has a row for each competency and in it one score, or None, for each of the panel;
    ``whole`` says that none is None; ``measured`` has the same as plain numbers.
    """

    candidate: Candidate
    panel: tuple[int, ...]
    scores: tuple[tuple[Ratio | None, ...], ...]
    means: tuple[Ratio | None, ...]
    cells: Mapping[str, Cell]
    interviews: int
    recommendations: Mapping[Recommendation, int]
    whole: bool
    measured: PanelScores


@dataclass(frozen=True, slots=True)
class Aggregates:
    """A role's ratings counted up; see :class:`CandidateTotals`.

    ``severities`` are shrunken, by place in ``interviewers``; None where they cannot be told or
    there are too many candidates to look at them. ``weight_warnings``: by competency, about its
    weight. ``talk_about`` is in the order of candidates and questions; a comparison sorts it.
    """

    ratings: Ratings
    competencies: tuple[CompetencyWeight, ...]
    interviewers: tuple[str, ...]
    candidates: tuple[CandidateTotals, ...]
    components: VarianceComponents
    severities: tuple[float, ...] | None
    usual: Usual
    alpha: Estimate
    agreement_on: Mapping[str, Agreement]
    severity: tuple[Severity, ...]
    talk_about: tuple[Spread, ...]
    differences: tuple[str, ...]
    weight_warnings: Mapping[str, str]


def aggregate(ratings: Ratings) -> Aggregates:
    """Count up the ratings."""
    competencies, weight_warnings = competency_weights(ratings.cards, ratings.kits)
    index = Index(ratings, competencies)
    by_candidate: dict[str, list[Card]] = {}
    for card in ratings.cards:
        by_candidate.setdefault(card.candidate.id, []).append(card)
    candidates, answers = [], _Answers(index, competencies)
    for key in sorted(by_candidate):
        sheet = align(by_candidate[key], index)
        candidates.append(_candidate_totals(sheet, competencies))
        answers.add(sheet)
    measured = [totals.measured for totals in candidates]
    scale = ratings.scale[0], ratings.scale[-1]
    components = variance_components(measured, len(index.names), len(competencies), scale)
    usual = _usual_spread(answers, components, ((scale[1] - scale[0]) / 4) ** 2)
    return Aggregates(
        ratings=ratings,
        competencies=tuple(competencies),
        interviewers=index.names,
        candidates=tuple(candidates),
        components=components,
        usual=usual,
        severities=_severities_to_take_off(measured, len(index.names), components),
        alpha=estimate_alpha(answers.units),
        agreement_on=_agreement_on(competencies, candidates, answers),
        severity=severities(index.names, answers.apart, answers.counts),
        talk_about=worth_talking(answers.spreads(usual)),
        differences=(
            *ratings.not_shown,
            *_off_scale(ratings),
            *differences(ratings.cards, ratings.kits),
        ),
        weight_warnings=weight_warnings,
    )


def _severities_to_take_off(
    measured: Sequence[PanelScores], interviewers: int, components: VarianceComponents
) -> tuple[float, ...] | None:
    if len(measured) > MOST_PLACED:
        return None
    values = shrunken_severities(measured, interviewers, components)
    return None if values is None else tuple(values)


def _usual_spread(answers: "_Answers", components: VarianceComponents, unit: float) -> Usual:
    sums = components.by_severity, components.by_opinion, components.by_remainder
    squares = sum([item.value for item in sums]) - components.by_light.value
    return Usual(
        usual_variance(answers.squares, answers.degrees, unit),
        usual_variance(squares, components.within, unit),
    )


def _agreement_on(
    competencies: Sequence[CompetencyWeight],
    candidates: Sequence[CandidateTotals],
    answers: "_Answers",
) -> Mapping[str, Agreement]:
    return {
        item.id: measure_agreement(
            [totals.cells[item.id].by_interviewer for totals in candidates],
            estimate_alpha(answers.units_on[at]),
        )
        for at, item in enumerate(competencies)
    }


def _off_scale(ratings: Ratings) -> list[str]:
    count = ratings.off_scale
    if not count:
        return []
    noun = "scorecard is" if count == 1 else "scorecards are"
    return [
        f"{count} {noun} left out: their bank uses a different scale from the 1 to "
        f"{ratings.scale[-1]} that most used."
    ]


def _candidate_totals(
    sheet: AlignedCards, competencies: Sequence[CompetencyWeight]
) -> CandidateTotals:
    recommendations = _recommendations(sheet)
    return CandidateTotals(
        candidate=sheet.cards[0].candidate,
        panel=sheet.panel,
        scores=tuple([row.exact for row in sheet.scores]),
        means=tuple([row.mean for row in sheet.scores]),
        cells={item.id: cell for item, cell in zip(competencies, sheet.cells, strict=True)},
        interviews=len(sheet.cards),
        recommendations={
            recommendation: recommendations.count(recommendation) for recommendation in _WORDS
        },
        whole=all(row.n == len(sheet.panel) for row in sheet.scores),
        measured=PanelScores(sheet.panel, sheet.scores),
    )


def _recommendations(sheet: AlignedCards) -> list[Recommendation | None]:
    """One for each interviewer: that of the scorecard submitted last, where there are several."""
    if len(sheet.cards) == len(sheet.panel):
        return [card.recommendation for card in sheet.cards]
    in_time = sorted(sheet.cards, key=lambda card: (card.submitted_at, card.id))
    return list({normalize_name(c.interviewer): c.recommendation for c in in_time}.values())


class _Answers:
    """What is counted answer by answer: units for α, deviations, and wide spreads."""

    def __init__(self, index: Index, competencies: Sequence[CompetencyWeight]) -> None:
        self._index = index
        self._competencies = competencies
        self.units: list[list[Unit]] = []
        self.units_on: list[list[list[Unit]]] = [[] for _ in competencies]
        self.apart: list[Value] = [0] * len(index.names)
        self.counts = [0] * len(index.names)
        self._wide: list[_Wide] = []
        self.squares, self.degrees = 0.0, 0

    def add(self, sheet: AlignedCards) -> None:
        """Take in one candidate."""
        rated = [(key[2], stats) for key, stats in sheet.answers.items() if stats.unit]
        self.squares += sum([stats.scores.squares for _, stats in rated])
        self.degrees += sum([stats.scores.n - 1 for _, stats in rated])
        if rated:
            apart = map(sum, zip(*[stats.apart for _, stats in rated], strict=True))
            counted = map(sum, zip(*[stats.counted for _, stats in rated], strict=True))
            for person, total, count in zip(sheet.panel, apart, counted, strict=True):
                self.apart[person] += total
                self.counts[person] += count
        self.units.append([stats.unit for _, stats in rated])
        on: list[list[Unit]] = [[] for _ in self._competencies]
        for competency, stats in rated:
            on[competency].append(stats.unit)
        for units, units_here in zip(self.units_on, on, strict=True):
            units.append(units_here)
        self._wide += [
            _Wide(sheet, key[2], (key[0], key[1]), stats)
            for key, stats in sheet.answers.items()
            if stats.spread >= TALK_FROM
        ]
        asked = Counter([key[2] for key in sheet.answers])
        if len(asked) < len(sheet.answers):  # of a competency's only question all has been said
            self._competencies_apart(sheet, sorted(at for at, n in asked.items() if n > 1))

    def _competencies_apart(self, sheet: AlignedCards, competencies: Sequence[int]) -> None:
        """Competencies 2 points apart."""
        for competency in competencies:
            if sheet.scores[competency].n < 2:
                continue
            values = sheet.cells[competency].by_interviewer.values()
            # Nearly always nowhere near, and then there is no need to be exact.
            if max(values) - min(values) < TALK_FROM - 0.01:
                continue
            exact = sheet.scores[competency].exact
            stats = answer_stats(tuple([Fraction(*score) if score else 0 for score in exact]))
            if stats.spread >= TALK_FROM:
                self._wide.append(_Wide(sheet, competency, None, stats))

    def spreads(self, usual: Usual) -> Iterator[Spread]:
        """What is further apart than usual, in the order of candidates and questions."""
        for wide in self._wide:
            variance = usual.competencies if wide.question is None else usual.answers
            if is_wide(float(wide.ratings.spread), wide.ratings.scores.n, variance):
                yield self._spread(wide)

    def _spread(self, wide: "_Wide") -> Spread:
        sheet, stats = wide.sheet, wide.ratings
        candidate, by_interviewer = (
            sheet.cards[0].candidate,
            sheet.cells[wide.competency].by_interviewer,
        )
        if stats.scores is not sheet.scores[wide.competency]:  # that of its only question
            by_interviewer = by_name(sheet.names, stats.scores)
        item, question = self._competencies[wide.competency], None
        ask = item.name
        if wide.question:
            sha256, question = wide.question
            ask = self._index.banks[sha256].question(question).ask
        return Spread(
            candidate_id=candidate.id,
            candidate=candidate.name,
            competency=item.id,
            question=question,
            ask=ask,
            lowest=float(stats.unit[0]),
            highest=float(stats.unit[-1]),
            by_interviewer=by_interviewer,
        )


class _Wide(NamedTuple):
    """A question, or a competency where that is None, that may be worth talking about."""

    sheet: AlignedCards
    competency: int
    question: tuple[str, str] | None
    ratings: AnswerStats
