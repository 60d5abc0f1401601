"""The ratings of a role counted up, before any weight: what changing a weight need not redo.

``aggregate(ratings)`` is the slow half of a comparison, ``compare.apply_weights`` the fast one.
Candidates stand in the order of their ids and interviewers in that of the alphabet, so nothing
here depends on the order in which scorecards came in.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from interviewkit.comparison.agreement import Agreement, PanelRow, panel_agreement
from interviewkit.comparison.alignment import AlignedCards, CandidateCells, Index, align
from interviewkit.comparison.alpha import Unit, Value, alpha_of_counts
from interviewkit.comparison.answer_ratings import (
    WHOLE,
    AnswerStats,
    Scores,
    Severity,
    answer_stats,
    divide,
    severities,
)
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
from interviewkit.comparison.means import Ratio, by_name
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
from interviewkit.plurals import count_noun

_WORDS = tuple(Recommendation)


@dataclass(frozen=True, slots=True)
class CandidateTotals:
    """One candidate, counted up. ``panel`` holds places in the tally's interviewers.

    ``measured`` has a row for each competency and in it one score, or none, for each of the panel;
    ``whole`` says that none is missing.
    """

    candidate: Candidate
    panel: tuple[int, ...]
    means: tuple[Ratio | None, ...]
    cells: CandidateCells
    interviews: int
    recommendations: Mapping[Recommendation, int]
    whole: bool
    measured: PanelScores

    @property
    def tops(self) -> list[tuple[int, ...]]:
        """The same scores where every one of them is a whole number, 0 for none; else nothing."""
        tops = [row.tops for row in self.measured.rows if row.tops]
        return tops if len(tops) == len(self.measured.rows) else []

    @property
    def scores(self) -> list[tuple[Ratio | None, ...]]:
        """The same scores exactly."""
        return [row.exact for row in self.measured.rows]


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
        candidates.append(_candidate_totals(sheet))
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
        alpha=alpha_of_counts(answers.all_units(), answers.paired),
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
        usual_variance(*answers.within(), unit),
        usual_variance(squares, components.within, unit),
    )


def _agreement_on(
    competencies: Sequence[CompetencyWeight],
    candidates: Sequence[CandidateTotals],
    answers: "_Answers",
) -> Mapping[str, Agreement]:
    return {
        item.id: panel_agreement(
            [
                (panel, row.numbers) if row.n == len(panel) else _panel_row(panel, row)
                for panel, row in [
                    (totals.panel, totals.measured.rows[at]) for totals in candidates
                ]
            ],
            alpha_of_counts(answers.units_on[at], answers.paired_on(at)),
        )
        for at, item in enumerate(competencies)
    }


def _panel_row(panel: tuple[int, ...], row: Scores) -> PanelRow:
    """The scores there are, with whose they are."""
    return (
        tuple([panel[at] for at in row.raters]),
        tuple([row.numbers[at] for at in row.raters]),
    )


def _off_scale(ratings: Ratings) -> list[str]:
    count = ratings.off_scale
    if not count:
        return []
    left_out = count_noun(count, "scorecard is", "scorecards are")
    return [
        f"{left_out} left out: their bank uses a different scale from the 1 to "
        f"{ratings.scale[-1]} that most used."
    ]


def _candidate_totals(sheet: AlignedCards) -> CandidateTotals:
    size = len(sheet.panel)
    return CandidateTotals(
        candidate=sheet.cards[0].candidate,
        panel=sheet.panel,
        means=tuple([row.mean for row in sheet.scores]),
        cells=sheet.cells,
        interviews=len(sheet.cards),
        recommendations=_count_recommendations(tuple(_recommendations(sheet))),
        whole=all(row.n == size for row in sheet.scores),
        measured=PanelScores(sheet.panel, sheet.scores),
    )


@lru_cache(maxsize=1 << 12)
def _count_recommendations(
    recommendations: tuple[Recommendation | None, ...],
) -> Mapping[Recommendation, int]:
    return {recommendation: recommendations.count(recommendation) for recommendation in _WORDS}


def _recommendations(sheet: AlignedCards) -> list[Recommendation | None]:
    """One for each interviewer: that of the scorecard submitted last, where there are several."""
    if len(sheet.cards) == len(sheet.panel):
        return [card.recommendation for card in sheet.cards]
    in_time = sorted(sheet.cards, key=lambda card: (card.submitted_at, card.id))
    return list({normalize_name(c.interviewer): c.recommendation for c in in_time}.values())


class _Answers:
    """What is counted answer by answer: units for α, deviations, and wide spreads.

    Few units differ, so it is counted how often each occurs. ``paired`` counts candidates with any.
    """

    def __init__(self, index: Index, competencies: Sequence[CompetencyWeight]) -> None:
        self._index = index
        self._competencies = competencies
        self.units_on: list[dict[Unit, int]] = [{} for _ in competencies]
        self._further_on = [0] * len(competencies)  # units behind a candidate's first
        self.paired = 0
        self.apart: list[Value] = [0] * len(index.names)
        self.counts = [0] * len(index.names)
        self._wide: list[_Wide] = []

    def add(self, sheet: AlignedCards) -> None:
        """Take in one candidate."""
        rated = 0
        for key, stats in zip(sheet.keys, sheet.answers, strict=True):
            if unit := stats.unit:
                rated += 1
                counts = self.units_on[key[2]]
                counts[unit] = counts.get(unit, 0) + 1
                if stats.spread >= TALK_FROM:
                    self._wide.append(_Wide(sheet, key[2], (key[0], key[1]), stats))
        if rated:
            self.paired += 1
            self._add_deviations(sheet)
        if sheet.several:  # of a competency's only question all has been said
            self._count_further(sheet)
            self._competencies_apart(sheet)

    def _add_deviations(self, sheet: AlignedCards) -> None:
        size = len(sheet.panel)
        if sheet.whole:  # what is rated by all may be summed before it is set against the others
            sums = [sum(card.ratings) for card in sheet.cards]
            total = sum(sums)
            apart: Iterable[Value] = [
                divide((own * size - total) * WHOLE, size - 1) for own in sums
            ]
            counted: Iterable[int] = [len(sheet.answers)] * size
        else:
            rated = [stats for stats in sheet.answers if stats.unit]
            apart = map(sum, zip(*[stats.apart for stats in rated], strict=True))
            counted = map(sum, zip(*[stats.counted for stats in rated], strict=True))
        for person, deviation, count in zip(sheet.panel, apart, counted, strict=True):
            self.apart[person] += deviation
            self.counts[person] += count

    def _count_further(self, sheet: AlignedCards) -> None:
        on = Counter(
            [key[2] for key, stats in zip(sheet.keys, sheet.answers, strict=True) if stats.unit]
        )
        for competency, count in on.items():
            self._further_on[competency] += count - 1

    def paired_on(self, competency: int) -> int:
        """How many candidates have a unit on a competency."""
        return sum(self.units_on[competency].values()) - self._further_on[competency]

    def all_units(self) -> Counter[Unit]:
        """How often each unit occurs, on whatever competency."""
        total: Counter[Unit] = Counter()
        for units in self.units_on:
            total.update(units)
        return total

    def within(self) -> tuple[float, int]:
        """(Sum of squares, degrees of freedom) of ratings within answers."""
        units = self.all_units()
        squares = sum([answer_stats(unit).scores.squares * n for unit, n in units.items()])
        return squares, sum([(len(unit) - 1) * n for unit, n in units.items()])

    def _competencies_apart(self, sheet: AlignedCards) -> None:
        """Competencies 2 points apart."""
        for competency in sheet.several:
            row = sheet.scores[competency]
            if row.n < 2:
                continue
            values = [row.numbers[at] for at in row.raters]
            # Nearly always nowhere near, and then there is no need to be exact.
            if max(values) - min(values) < TALK_FROM - 0.01:
                continue
            stats = answer_stats(tuple([Fraction(*score) if score else 0 for score in row.exact]))
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
        candidate = sheet.cards[0].candidate
        scores = sheet.scores[wide.competency] if wide.question is None else stats.scores
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
            by_interviewer=by_name(sheet.names, scores.numbers),
        )


class _Wide(NamedTuple):
    """A question, or a competency where that is None, that may be worth talking about."""

    sheet: AlignedCards
    competency: int
    question: tuple[str, str] | None
    ratings: AnswerStats
