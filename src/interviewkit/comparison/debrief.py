"""What a panel has to talk over about one candidate, in the order in which it is worth the time.

Pure: from that candidate's scorecards and the banks they used. Ratings stand beside the evidence
that each interviewer wrote down; nothing here weighs one against the other.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from interviewkit.banks.elements import Element
from interviewkit.banks.model import Bank, Question
from interviewkit.comparison.disagreement import TALK_FROM
from interviewkit.interview.evidence import State, elements_asked, evidence
from interviewkit.interview.follow_ups import follow_ups_of
from interviewkit.interview.people import normalize_name
from interviewkit.interview.records import Answer, Interview
from interviewkit.interview.word_lists import load_words

Scorecard = tuple[Interview, Sequence[Answer]]


@dataclass(frozen=True, slots=True)
class Said:
    """One scorecard's answer. ``other_words`` is the question as it was put, where that differs.

    ``elements`` is what the notes show of the story, read again as in the live interview.
    """

    interview: Interview
    answer: Answer
    elements: Mapping[Element, State]
    other_words: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """A question, or (``question`` empty) a competency on which no one question says so.

    ``ratings`` by interviewer, each the mean of what that interviewer gave; ``spread`` the points
    between the highest and the lowest, None with fewer than two. ``said`` has every scorecard on
    which the question stands, also where it was skipped.
    """

    competency: str
    competency_name: str
    question: str
    ask: str
    anchors: Mapping[int, str]
    ratings: Mapping[str, float]
    spread: float | None
    said: tuple[Said, ...] = ()

    @property
    def is_apart(self) -> bool:
        """Whether two interviewers are two points apart, which heads the agenda."""
        return self.spread is not None and self.spread >= TALK_FROM

    @property
    def not_asked_about(self) -> tuple[Element, ...]:
        """Elements of the story that no notes show and that nobody asked for."""
        asked = [said for said in self.said if said.answer.skipped is None]
        return tuple(
            element
            for element in Element
            if asked and all(said.elements[element] is State.MISSING for said in asked)
        )


@dataclass(frozen=True, slots=True)
class Debrief:
    """``agenda``: every point, the widest spread first, then in the order of the interviews.

    ``unrated``: questions nobody rated; ``unassessed``: names of competencies nobody assessed.
    """

    agenda: tuple[Point, ...]
    unrated: tuple[Point, ...]
    unassessed: tuple[str, ...]


def debrief(cards: Sequence[Scorecard], banks: Mapping[str, Bank]) -> Debrief:
    """The debrief of the candidate whose scorecards these are; ``banks`` by their hash."""
    all_points = points(cards, banks)
    by_competency: dict[str, list[Point]] = {}
    for point in all_points:
        by_competency.setdefault(point.competency, []).append(point)
    apart = [
        point
        for key, group in by_competency.items()
        if not any(member.is_apart for member in group)
        and (point := _competency(group[0], _scores(key, cards))).is_apart
    ]
    rated = [point for point in all_points if point.ratings]
    agenda = sorted([*apart, *rated], key=lambda point: -(point.spread or 0))
    return Debrief(
        agenda=tuple(agenda),
        unrated=tuple(point for point in all_points if not point.ratings),
        unassessed=tuple(
            group[0].competency_name
            for group in by_competency.values()
            if not any(member.ratings for member in group)
        ),
    )


def points(
    cards: Sequence[Scorecard], banks: Mapping[str, Bank], competency: str | None = None
) -> tuple[Point, ...]:
    """Every question in the order of the interviews, or those of one competency."""
    groups: dict[tuple[str, str], list[tuple[Interview, Answer]]] = {}
    for interview, answers in cards:
        for answer in answers:
            if answer.competency and competency in (None, answer.competency):
                key = (banks[interview.bank_sha256].id, answer.question)
                groups.setdefault(key, []).append((interview, answer))
    return tuple(_point(group, banks) for group in groups.values())


def _point(group: Sequence[tuple[Interview, Answer]], banks: Mapping[str, Bank]) -> Point:
    bank = banks[group[0][0].bank_sha256]
    question = bank.question(group[0][1].question)
    ratings = _means((interview, answer.counts) for interview, answer in group)
    return Point(
        competency=question.competency,
        competency_name=bank.competency(question.competency).name,
        question=question.id,
        ask=question.ask,
        anchors=bank.anchors(question),
        ratings={name: float(value) for name, value in ratings.items()},
        spread=_spread(ratings),
        said=tuple(
            _read_answer(interview, answer, banks[interview.bank_sha256], question)
            for interview, answer in group
        ),
    )


def _read_answer(interview: Interview, answer: Answer, bank: Bank, question: Question) -> Said:
    word_lists = load_words(bank.language).extended(bank.words or {})
    asked = elements_asked(answer.probes, lambda text: follow_ups_of(bank).elements(text))
    notes = [note.text for note in answer.notes]
    elements = evidence(notes, answer.ticks, asked, word_lists).states
    ask = bank.question(question.id).ask
    return Said(interview, answer, elements, "" if ask == question.ask else ask)


def _competency(sample: Point, scores: Mapping[str, Fraction]) -> Point:
    return Point(
        competency=sample.competency,
        competency_name=sample.competency_name,
        question="",
        ask=sample.competency_name,
        anchors={},
        ratings={name: float(value) for name, value in scores.items()},
        spread=_spread(scores),
    )


def _scores(competency: str, cards: Sequence[Scorecard]) -> Mapping[str, Fraction]:
    return _means(
        (interview, answer.counts)
        for interview, answers in cards
        for answer in answers
        if answer.competency == competency
    )


def _means(rated: Iterable[tuple[Interview, int | None]]) -> dict[str, Fraction]:
    """Name → mean rating; anyone who rated nothing is not there."""
    ratings: dict[str, list[int]] = {}
    names: dict[str, str] = {}
    for interview, rating in rated:
        if rating is not None:
            key = normalize_name(interview.interviewer)
            ratings.setdefault(key, []).append(rating)
            names.setdefault(key, interview.interviewer)
    return {names[key]: Fraction(sum(values), len(values)) for key, values in ratings.items()}


def _spread(scores: Mapping[str, Fraction]) -> float | None:
    if len(scores) < 2:
        return None
    return float(max(scores.values()) - min(scores.values()))
