"""The ratings of a role counted up, before any weight: what changing a weight need not redo.

``aggregate(ratings)`` is the slow half of a comparison, ``compare.apply_weights`` the fast one.
Candidates stand in the order of their ids and interviewers in that of the alphabet, so nothing
here depends on the order in which scorecards came in.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from interviewkit.comparison.agreement import Agreement, agreement
from interviewkit.comparison.alignment import AlignedCards, Index, align, by_name
from interviewkit.comparison.alpha import Unit, Value, estimated
from interviewkit.comparison.answer_ratings import AnswerStats, Severity, answer_stats, severities
from interviewkit.comparison.cards import Card
from interviewkit.comparison.comparability import differences
from interviewkit.comparison.estimate import Estimate
from interviewkit.comparison.means import Cell, Ratio
from interviewkit.comparison.ratings import Ratings
from interviewkit.comparison.weights import CompetencyWeight, competency_weights
from interviewkit.interview.records import Candidate, Recommendation

_WORDS = tuple(Recommendation)
TALK_FROM = 2  # points between two interviewers on one question or competency


@dataclass(frozen=True, slots=True)
class CandidateTotals:
    """One candidate, counted up. ``panel`` holds places in the tally's interviewers.

    ``scores`` has a row for each competency and in it one score, or None, for each of the panel;
    ``whole`` says that none is None.
    """

    candidate: Candidate
    panel: tuple[int, ...]
    scores: tuple[tuple[Ratio | None, ...], ...]
    means: tuple[Ratio | None, ...]
    cells: Mapping[str, Cell]
    interviews: int
    recommendations: Mapping[Recommendation, int]
    whole: bool


class Spread(NamedTuple):
    """A question or competency on which two interviewers of one candidate are 2 points apart.

    ``question`` is None for a competency; ``ask`` is then its name, else the question's words.
    ``competency`` is an id either way.
    """

    candidate_id: str
    candidate: str
    competency: str
    question: str | None
    ask: str
    lowest: float
    highest: float
    by_interviewer: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Aggregates:
    """A role's ratings counted up; see :class:`CandidateTotals`.

    ``weight_warnings``: by competency, about its weight. ``talk_about`` is
    in the order of candidates and questions here; a comparison sorts it.
    """

    ratings: Ratings
    competencies: tuple[CompetencyWeight, ...]
    interviewers: tuple[str, ...]
    seen: tuple[CandidateTotals, ...]
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
    seen, answers = [], _Answers(index, competencies)
    for key in sorted(by_candidate):
        sheet = align(by_candidate[key], index)
        one = _seen(sheet, competencies)
        seen.append(one)
        answers.add(sheet)
    return Aggregates(
        ratings=ratings,
        competencies=tuple(competencies),
        interviewers=index.names,
        seen=tuple(seen),
        alpha=estimated(answers.units),
        agreement_on={
            item.id: agreement(
                [one.cells[item.id].by_interviewer for one in seen],
                estimated(answers.units_on[place]),
            )
            for place, item in enumerate(competencies)
        },
        severity=severities(index.names, answers.apart, answers.counts),
        talk_about=tuple(answers.talk_about),
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
        f"{count} {noun} left out: their bank rates on a scale of another length than the 1 to "
        f"{ratings.scale[-1]} that most used."
    ]


def _seen(sheet: AlignedCards, competencies: Sequence[CompetencyWeight]) -> CandidateTotals:
    words = [card.recommendation for card in sheet.cards]
    return CandidateTotals(
        candidate=sheet.cards[0].candidate,
        panel=sheet.panel,
        scores=tuple([found.exact for found in sheet.scores]),
        means=tuple([found.mean for found in sheet.scores]),
        cells={item.id: cell for item, cell in zip(competencies, sheet.cells, strict=True)},
        interviews=len(words),
        recommendations={word: words.count(word) for word in _WORDS},
        whole=all(found.n == len(sheet.panel) for found in sheet.scores),
    )


class _Answers:
    """What is counted answer by answer: units for α, deviations, and wide spreads."""

    def __init__(self, index: Index, competencies: Sequence[CompetencyWeight]) -> None:
        self._index = index
        self._competencies = competencies
        self.units: list[list[Unit]] = []
        self.units_on: list[list[list[Unit]]] = [[] for _ in competencies]
        self.apart: list[Value] = [0] * len(index.names)
        self.counts = [0] * len(index.names)
        self.talk_about: list[Spread] = []

    def add(self, sheet: AlignedCards) -> None:
        """Take in one candidate."""
        on: list[list[Unit]] = [[] for _ in self._competencies]
        asked = [0] * len(on)
        wide: set[int] = set()
        found = []
        for (sha256, question, competency), here in sheet.answers.items():
            asked[competency] += 1
            if not here.unit:
                continue
            found.append(here)
            on[competency].append(here.unit)
            if here.spread >= TALK_FROM:
                wide.add(competency)
                ask = self._index.banks[sha256].question(question).ask
                self._talk(sheet, competency, question, ask, here)
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
        several = [place for place, count in enumerate(asked) if count > 1]
        self._competencies_apart(sheet, [place for place in several if place not in wide])

    def _competencies_apart(self, sheet: AlignedCards, places: Sequence[int]) -> None:
        """Competencies 2 points apart in which no question says so already."""
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
                self._talk(sheet, place, None, self._competencies[place].name, here)

    def _talk(
        self,
        sheet: AlignedCards,
        competency: int,
        question: str | None,
        ask: str,
        here: AnswerStats,
    ) -> None:
        candidate, by = sheet.cards[0].candidate, sheet.cells[competency].by_interviewer
        if here.scores is not sheet.scores[competency]:  # which are those of its only question
            by = by_name(sheet.names, here.scores)
        self.talk_about.append(
            Spread(
                candidate_id=candidate.id,
                candidate=candidate.name,
                competency=self._competencies[competency].id,
                question=question,
                ask=ask,
                lowest=float(here.unit[0]),
                highest=float(here.unit[-1]),
                by_interviewer=by,
            )
        )
