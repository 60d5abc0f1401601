"""The ratings of a role counted up, before any weight: what changing a weight need not redo.

``aggregate(ratings)`` is the slow half of a comparison, ``compare.apply_weights`` the fast one.
Candidates stand in the order of their ids and interviewers in that of the alphabet, so nothing
here depends on the order in which scorecards came in.
"""

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
    severities_off = (
        shrunken_severities(measured, len(index.names), components)
        if len(candidates) <= MOST_PLACED
        else None
    )
    sums = components.by_severity, components.by_opinion, components.by_remainder
    squares = sum([item.value for item in sums]) - components.by_light.value
    unit = ((scale[1] - scale[0]) / 4) ** 2
    usual = Usual(
        usual_variance(answers.squares, answers.degrees, unit),
        usual_variance(squares, components.within, unit),
    )
    return Aggregates(
        ratings=ratings,
        competencies=tuple(competencies),
        interviewers=index.names,
        candidates=tuple(candidates),
        components=components,
        usual=usual,
        severities=None if severities_off is None else tuple(severities_off),
        alpha=estimate_alpha(answers.units),
        agreement_on={
            item.id: measure_agreement(
                [totals.cells[item.id].by_interviewer for totals in candidates],
                estimate_alpha(answers.units_on[place]),
            )
            for place, item in enumerate(competencies)
        },
        severity=severities(index.names, answers.apart, answers.counts),
        talk_about=worth_talking(answers.spreads(usual)),
        differences=(
            *ratings.not_shown,
            *_off_scale(ratings),
            *differences(ratings.cards, ratings.kits),
        ),
        weight_warnings=weight_warnings,
    )


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
    words = _recommendations(sheet)
    return CandidateTotals(
        candidate=sheet.cards[0].candidate,
        panel=sheet.panel,
        scores=tuple([found.exact for found in sheet.scores]),
        means=tuple([found.mean for found in sheet.scores]),
        cells={item.id: cell for item, cell in zip(competencies, sheet.cells, strict=True)},
        interviews=len(sheet.cards),
        recommendations={word: words.count(word) for word in _WORDS},
        whole=all(found.n == len(sheet.panel) for found in sheet.scores),
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
        on: list[list[Unit]] = [[] for _ in self._competencies]
        asked = [0] * len(on)
        found = []
        for (sha256, question, competency), here in sheet.answers.items():
            asked[competency] += 1
            if not here.unit:
                continue
            found.append(here)
            on[competency].append(here.unit)
            self.squares += here.scores.squares
            self.degrees += here.scores.n - 1
            if here.spread >= TALK_FROM:
                self._wide.append(_Wide(sheet, competency, (sha256, question), here))
        if found:
            apart = map(sum, zip(*[here.apart for here in found], strict=True))
            counted = map(sum, zip(*[here.counted for here in found], strict=True))
            for who, total, count in zip(sheet.panel, apart, counted, strict=True):
                self.apart[who] += total
                self.counts[who] += count
        self.units.append([here.unit for here in found])
        for units, here_on in zip(self.units_on, on, strict=True):
            units.append(here_on)
        # Of a competency's only question all has been said.
        self._competencies_apart(sheet, [at for at, count in enumerate(asked) if count > 1])

    def _competencies_apart(self, sheet: AlignedCards, places: Sequence[int]) -> None:
        """Competencies 2 points apart."""
        for place in places:
            if sheet.scores[place].n < 2:
                continue
            there = sheet.cells[place].by_interviewer.values()
            # Nearly always nowhere near, and then there is no need to be exact.
            if max(there) - min(there) < TALK_FROM - 0.01:
                continue
            exact = sheet.scores[place].exact
            here = answer_stats(tuple([Fraction(*score) if score else 0 for score in exact]))
            if here.spread >= TALK_FROM:
                self._wide.append(_Wide(sheet, place, None, here))

    def spreads(self, usual: Usual) -> Iterator[Spread]:
        """What is further apart than usual, in the order of candidates and questions."""
        for wide in self._wide:
            variance = usual.competencies if wide.question is None else usual.answers
            if is_wide(float(wide.ratings.spread), wide.ratings.scores.n, variance):
                yield self._spread(wide)

    def _spread(self, wide: "_Wide") -> Spread:
        sheet, here = wide.sheet, wide.ratings
        candidate, by = sheet.cards[0].candidate, sheet.cells[wide.competency].by_interviewer
        if here.scores is not sheet.scores[wide.competency]:  # that of its only question
            by = by_name(sheet.names, here.scores)
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
            lowest=float(here.unit[0]),
            highest=float(here.unit[-1]),
            by_interviewer=by,
        )


class _Wide(NamedTuple):
    """A question, or a competency where that is None, that may be worth talking about."""

    sheet: AlignedCards
    competency: int
    question: tuple[str, str] | None
    ratings: AnswerStats
