"""Calibration: the same written answers, which several interviewers rate, each by themselves.

The people who answer in a set are invented. A set that is handed out holds no expert's rating;
those stay with the trainer who made it, as its key.
"""

from collections.abc import Mapping
from typing import NamedTuple

from interviewkit.interview.people import Person
from interviewkit.interview.record_kinds import tell_kinds_apart


class WrittenTurn(NamedTuple):
    """What an interviewer asked, and what the answer to it was.

    ``asks`` is empty for the first answer, and for what is added to it unasked.
    """

    asks: str
    says: str


class WrittenAnswer(NamedTuple):
    """One answer to read and to rate. ``id`` is the same in every copy of the set.

    ``anchors`` are those of the bank as they were when the set was made, point → words.
    """

    id: str
    candidate: str
    question: str
    competency: str
    ask: str
    turns: tuple[WrittenTurn, ...]
    anchors: Mapping[int, str]


class ExpertRating(NamedTuple):
    """What an expert would give a written answer, and why not more or less."""

    rating: int
    because: str
    not_higher: str = ""
    not_lower: str = ""


class CalibrationSet(NamedTuple):
    """Written answers to rate. ``trainer`` made it; ``round`` is the round that is open, from 1."""

    id: str
    title: str
    bank: str
    kit: str
    scale: tuple[int, ...]
    made_at: str
    trainer: Person
    round: int
    answers: tuple[WrittenAnswer, ...]


class BlindRatings(NamedTuple):
    """What one person gave the answers of a set in one round, answer → rating.

    ``submitted_at`` is empty until the person hands them in; from then on they never change.
    """

    id: str
    set_id: str
    round: int
    person: Person
    started_at: str
    submitted_at: str
    ratings: Mapping[str, int]


ExpertKey = Mapping[str, ExpertRating]  # answer → what an expert would give it


tell_kinds_apart(globals())
