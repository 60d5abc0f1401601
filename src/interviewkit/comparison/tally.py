"""The ratings of a role counted up, before any weight: what changing a weight need not redo.

``tally(ratings)`` is the slow half of a comparison, ``comparing.weighed(tally, weights)`` the
fast one. Candidates stand in the order of their ids and interviewers in that of the alphabet, so
nothing here depends on the order in which scorecards came in.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from interviewkit.comparison.agreement import Agreement, agreement
from interviewkit.comparison.alpha import Unit, Value, estimated
from interviewkit.comparison.cards import Card
from interviewkit.comparison.columns import Column, Severity, read, severities
from interviewkit.comparison.estimate import Estimate
from interviewkit.comparison.kits import Weighed, differences, weigh
from interviewkit.comparison.means import Cell, Ratio
from interviewkit.comparison.ratings import Ratings
from interviewkit.comparison.sheets import Index, Sheet, sheet_of
from interviewkit.interview.records import Candidate, Recommendation

TALK_FROM = 2  # points between two interviewers on one question or competency


@dataclass(frozen=True, slots=True)
class Seen:
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
class Tally:
    """A role's ratings counted up; see :class:`Seen`. ``doubts``: by competency, about its weight.

    ``talk_about`` is in the order of candidates and questions here; a comparison sorts it.
    """

    ratings: Ratings
    competencies: tuple[Weighed, ...]
    interviewers: tuple[str, ...]
    seen: tuple[Seen, ...]
    alpha: Estimate
    agreement_on: Mapping[str, Agreement]
    severity: tuple[Severity, ...]
    talk_about: tuple[Spread, ...]
    differences: tuple[str, ...]
    doubts: Mapping[str, str]


def tally(ratings: Ratings) -> Tally:
    """Count up the ratings."""
    competencies, doubts = weigh(ratings.cards, ratings.kits)
    index = Index(ratings, competencies)
    by_candidate: dict[str, list[Card]] = {}
    for card in ratings.cards:
        by_candidate.setdefault(card.candidate.id, []).append(card)
    seen, answers = [], _Answers(index, competencies)
    for key in sorted(by_candidate):
        sheet = sheet_of(by_candidate[key], index)
        one = _seen(sheet, competencies, index)
        seen.append(one)
        answers.add(one, sheet)
    return Tally(
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
        doubts=doubts,
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


def _seen(sheet: Sheet, competencies: Sequence[Weighed], index: Index) -> Seen:
    names = [index.names[who] for who in sheet.panel]
    cells = {
        item.id: Cell(
            mean=part.mean[0] / part.mean[1] if part.mean else None,
            n=part.n,
            ratings=part.ratings,
            probed=part.probed,
            new_detail=part.new_detail,
            not_probed=part.not_probed,
            by_interviewer={
                name: score[0] / score[1]
                for name, score in zip(names, part.row, strict=True)
                if score
            },
        )
        for item, part in zip(competencies, sheet.parts, strict=True)
    }
    words = [card.recommendation for card in sheet.cards]
    return Seen(
        candidate=sheet.cards[0].candidate,
        panel=sheet.panel,
        scores=tuple([part.row for part in sheet.parts]),
        means=tuple([part.mean for part in sheet.parts]),
        cells=cells,
        interviews=len(words),
        recommendations={word: words.count(word) for word in Recommendation},
        whole=all(part.n == len(names) for part in sheet.parts),
    )


class _Answers:
    """What is counted answer by answer: units for α, deviations, and wide spreads."""

    def __init__(self, index: Index, competencies: Sequence[Weighed]) -> None:
        self._index = index
        self._competencies = competencies
        self.units: list[list[Unit]] = []
        self.units_on: list[list[list[Unit]]] = [[] for _ in competencies]
        self.apart: list[Value] = [0] * len(index.names)
        self.counts = [0] * len(index.names)
        self.talk_about: list[Spread] = []

    def add(self, seen: Seen, sheet: Sheet) -> None:
        """Take in one candidate."""
        on: list[list[Unit]] = [[] for _ in self._competencies]
        wide: set[int] = set()
        found = []
        for key, column in sheet.columns.items():
            here = read(column)
            if not here.unit:
                continue
            found.append(here)
            sha256, question, competency = key
            on[competency].append(here.unit)
            if here.spread >= TALK_FROM:
                wide.add(competency)
                ask = self._index.banks[sha256].question(question).ask
                self._talk(seen, competency, question, ask, column)
        if found:
            apart = map(sum, zip(*[here.apart for here in found], strict=True))
            counted = map(sum, zip(*[here.counted for here in found], strict=True))
            for who, total, count in zip(seen.panel, apart, counted, strict=True):
                self.apart[who] += total
                self.counts[who] += count
        self.units.append([here.unit for here in found])
        for units, here_on in zip(self.units_on, on, strict=True):
            units.append(here_on)
        self._competencies_apart(seen, wide)

    def _competencies_apart(self, seen: Seen, wide: set[int]) -> None:
        """Competencies 2 points apart, unless a question in them already says so."""
        for place, item in enumerate(self._competencies):
            if place in wide or len(by := seen.cells[item.id].by_interviewer) < 2:
                continue
            # Nearly always nowhere near, and then there is no need to be exact.
            if max(by.values()) - min(by.values()) < TALK_FROM - 0.01:
                continue
            column = tuple([Fraction(*score) if score else 0 for score in seen.scores[place]])
            if read(column).spread >= TALK_FROM:
                self._talk(seen, place, None, item.name, column)

    def _talk(
        self, seen: Seen, competency: int, question: str | None, ask: str, column: Column
    ) -> None:
        there, names = read(column).unit, self._index.names
        self.talk_about.append(
            Spread(
                candidate_id=seen.candidate.id,
                candidate=seen.candidate.name,
                competency=self._competencies[competency].id,
                question=question,
                ask=ask,
                lowest=float(there[0]),
                highest=float(there[-1]),
                by_interviewer={
                    names[who]: float(value)
                    for who, value in zip(seen.panel, column, strict=True)
                    if value
                },
            )
        )
