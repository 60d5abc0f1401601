"""The ratings of a role counted up, before any weight: what changing a weight need not redo.

``tally(ratings)`` is the slow half of a comparison, ``comparing.weighed(tally, weights)`` the
fast one. Candidates stand in the order of their ids and interviewers in that of the alphabet, so
nothing here depends on the order in which scorecards came in.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from interviewkit.comparison.agreement import Agreement, agreement
from interviewkit.comparison.alpha import Unit, Value, estimated
from interviewkit.comparison.columns import (
    Column,
    Severity,
    deviations,
    severities,
    spread,
    unit,
)
from interviewkit.comparison.estimate import Estimate
from interviewkit.comparison.kits import Weighed, differences, weigh
from interviewkit.comparison.means import Cell, Ratio, mean, person
from interviewkit.comparison.ratings import Card, Ratings, spellings
from interviewkit.interview.records import Candidate, Recommendation

TALK_FROM = 2  # points between two interviewers on one question or competency


@dataclass(frozen=True, slots=True)
class Seen:
    """One candidate, counted up. ``panel`` holds places in the tally's interviewers.

    ``scores`` has a row for each competency and in it one score, or None, for each of the panel.
    """

    candidate: Candidate
    panel: tuple[int, ...]
    scores: tuple[tuple[Ratio | None, ...], ...]
    means: tuple[Ratio | None, ...]
    cells: Mapping[str, Cell]
    interviews: int
    recommendations: Mapping[Recommendation, int]


@dataclass(frozen=True, slots=True)
class Spread:
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


class _Index:
    """Places for interviewers, competencies and questions, and the groups of a scorecard."""

    def __init__(self, ratings: Ratings, competencies: Sequence[Weighed]) -> None:
        names = spellings(ratings.cards)
        self.names = tuple(names[key] for key in sorted(names))
        places = {key: place for place, key in enumerate(sorted(names))}
        self.person = {card.interviewer: places[person(card.interviewer)] for card in ratings.cards}
        self.competency = {item.id: place for place, item in enumerate(competencies)}
        self.banks = {used.bank_sha256: used.bank for used in ratings.kits}
        self._groups: dict[tuple[tuple[str, str], ...], list[tuple[int, list[int]]]] = {}

    def groups(self, card: Card) -> list[tuple[int, list[int]]]:
        """(Competency, places of its answers) on a scorecard."""
        found = self._groups.get(card.questions)
        if found is None:
            by: dict[int, list[int]] = {}
            for place, (_, competency) in enumerate(card.questions):
                by.setdefault(self.competency[competency], []).append(place)
            found = self._groups[card.questions] = list(by.items())
        return found


def tally(ratings: Ratings) -> Tally:
    """Count up the ratings."""
    competencies, doubts = weigh(ratings.cards, ratings.kits)
    index = _Index(ratings, competencies)
    by_candidate: dict[str, list[Card]] = {}
    for card in ratings.cards:
        by_candidate.setdefault(card.candidate.id, []).append(card)
    seen, answers = [], _Answers(index, competencies)
    for key in sorted(by_candidate):
        cards = by_candidate[key]
        one = _seen(cards, competencies, index)
        seen.append(one)
        answers.add(one, cards)
    return Tally(
        ratings=ratings,
        competencies=tuple(competencies),
        interviewers=index.names,
        seen=tuple(seen),
        alpha=estimated(answers.units),
        agreement_on={
            item.id: agreement(_scores(seen, place), estimated(answers.units_on[place]))
            for place, item in enumerate(competencies)
        },
        severity=severities(index.names, answers.apart, answers.counts),
        talk_about=tuple(answers.talk_about),
        differences=tuple(differences(ratings.cards, ratings.kits)),
        doubts=doubts,
    )


def _scores(seen: Sequence[Seen], competency: int) -> list[dict[int, float]]:
    return [
        {
            who: score[0] / score[1]
            for who, score in zip(one.panel, one.scores[competency], strict=True)
            if score
        }
        for one in seen
    ]


def _seen(cards: Sequence[Card], competencies: Sequence[Weighed], index: _Index) -> Seen:
    panel = sorted({index.person[card.interviewer] for card in cards})
    places = {who: place for place, who in enumerate(panel)}
    size = len(panel)
    sums = [[0] * size for _ in competencies]
    counts = [[0] * size for _ in competencies]
    probing = [[0, 0, 0] for _ in competencies]  # probed, new detail, not probed
    for card in cards:
        place, ratings, probed = places[index.person[card.interviewer]], card.ratings, card.probed
        for competency, answers in index.groups(card):
            for answer in answers:
                if rating := ratings[answer]:
                    sums[competency][place] += rating
                    counts[competency][place] += 1
                    beside = probing[competency]
                    if asked := probed[answer]:
                        beside[0] += asked
                        beside[1] += card.new_detail[answer]
                    else:
                        beside[2] += 1
    scores, means, cells = [], [], {}
    names = [index.names[who] for who in panel]
    for item, total, count, beside in zip(competencies, sums, counts, probing, strict=True):
        row = tuple([(s, n) if n else None for s, n in zip(total, count, strict=True)])
        there = [score for score in row if score]
        middle = mean(there) if there else None
        scores.append(row)
        means.append(middle)
        asked, brought, without = beside
        cells[item.id] = Cell(
            mean=middle[0] / middle[1] if middle else None,
            n=len(there),
            ratings=sum(count),
            probed=asked,
            new_detail=brought,
            not_probed=without,
            by_interviewer={
                name: s / n for name, s, n in zip(names, total, count, strict=True) if n
            },
        )
    words = [card.recommendation for card in cards]
    return Seen(
        cards[0].candidate,
        tuple(panel),
        tuple(scores),
        tuple(means),
        cells,
        len(cards),
        {word: words.count(word) for word in Recommendation},
    )


class _Answers:
    """What is counted answer by answer: units for α, deviations, and wide spreads."""

    def __init__(self, index: _Index, competencies: Sequence[Weighed]) -> None:
        self._index = index
        self._competencies = competencies
        self.units: list[Mapping[Unit, int]] = []
        self.units_on: list[list[Mapping[Unit, int]]] = [[] for _ in competencies]
        self.apart: list[Value] = [0] * len(index.names)
        self.counts = [0] * len(index.names)
        self.talk_about: list[Spread] = []

    def add(self, seen: Seen, cards: Sequence[Card]) -> None:
        """Take in one candidate."""
        whole: Counter[Unit] = Counter()
        on: dict[int, Counter[Unit]] = {}
        wide: set[int] = set()
        moved: list[tuple[Value, ...]] = []
        counted: list[tuple[int, ...]] = []
        for (bank, question, competency), column in self._columns(seen, cards).items():
            met = unit(column)
            if not met:
                continue
            whole[met] += 1
            on.setdefault(competency, Counter())[met] += 1
            apart, counts = deviations(column)
            moved.append(apart)
            counted.append(counts)
            if spread(column) >= TALK_FROM:
                wide.add(competency)
                ask = self._index.banks[bank].question(question).ask
                self._talk(seen, competency, question, ask, column)
        for who, total, count in zip(
            seen.panel,
            map(sum, zip(*moved, strict=True)),
            map(sum, zip(*counted, strict=True)),
            strict=False,
        ):
            self.apart[who] += total
            self.counts[who] += count
        self.units.append(whole)
        for competency, units in enumerate(self.units_on):
            units.append(on.get(competency, {}))
        self._competencies_apart(seen, wide)

    def _columns(self, seen: Seen, cards: Sequence[Card]) -> Mapping[tuple[str, str, int], Column]:
        """(A text of the bank, question, competency) → the column of that answer."""
        first = cards[0]
        if len(cards) == len(seen.panel) and all(
            card.questions == first.questions and card.bank_sha256 == first.bank_sha256
            for card in cards
        ):
            # Nearly always: everybody was asked the same once, so the columns are there already.
            ordered = sorted(cards, key=lambda card: self._index.person[card.interviewer])
            keys = [
                (first.bank_sha256, question, self._index.competency[competency])
                for question, competency in first.questions
            ]
            columns = zip(*[card.ratings for card in ordered], strict=True)
            return dict(zip(keys, columns, strict=True))
        return self._pooled(seen, cards)

    def _pooled(self, seen: Seen, cards: Sequence[Card]) -> Mapping[tuple[str, str, int], Column]:
        """The same where an interviewer has two scorecards, or kits or bank texts differ."""
        texts: dict[tuple[str, str], tuple[str, str, int]] = {}
        given: dict[tuple[str, str], dict[int, list[int]]] = {}
        for card in sorted(cards, key=lambda card: (card.bank_sha256, card.id)):
            who = self._index.person[card.interviewer]
            bank = self._index.banks[card.bank_sha256].id
            for (question, competency), rating in zip(card.questions, card.ratings, strict=True):
                key = (bank, question)
                place = self._index.competency[competency]
                texts.setdefault(key, (card.bank_sha256, question, place))
                if rating:
                    given.setdefault(key, {}).setdefault(who, []).append(rating)
        return {
            texts[key]: tuple(_pooled(by.get(who, ())) for who in seen.panel)
            for key, by in sorted(given.items())
        }

    def _competencies_apart(self, seen: Seen, wide: set[int]) -> None:
        """Competencies 2 points apart, unless a question in them already says so."""
        for place, item in enumerate(self._competencies):
            scores = [score and Fraction(*score) for score in seen.scores[place]]
            there = [score for score in scores if score]
            if place not in wide and there and max(there) - min(there) >= TALK_FROM:
                column = tuple(score or 0 for score in scores)
                self._talk(seen, place, None, item.name, column)

    def _talk(
        self, seen: Seen, competency: int, question: str | None, ask: str, column: Column
    ) -> None:
        there = [value for value in column if value]
        names = self._index.names
        self.talk_about.append(
            Spread(
                candidate_id=seen.candidate.id,
                candidate=seen.candidate.name,
                competency=self._competencies[competency].id,
                question=question,
                ask=ask,
                lowest=float(min(there)),
                highest=float(max(there)),
                by_interviewer={
                    names[who]: float(value)
                    for who, value in zip(seen.panel, column, strict=True)
                    if value
                },
            )
        )


def _pooled(ratings: Sequence[int]) -> Value:
    """The mean of what one interviewer gave one answer, on two scorecards perhaps; 0 for none."""
    if not ratings:
        return 0
    value = Fraction(sum(ratings), len(ratings))
    return value.numerator if value.denominator == 1 else value
