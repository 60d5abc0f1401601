"""The interchange lines of calibration: a set that is handed out, and ratings that come back."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from interviewkit.exchange.line_fields import Id, LinePart, Moment, PlainId, PlainName, Text
from interviewkit.interview.calibration import BlindRatings, CalibrationSet
from interviewkit.interview.calibration_documents import set_from_document
from interviewkit.interview.clock import kept_moment
from interviewkit.interview.people import Person

Point = Annotated[int, Field(strict=True, ge=1, le=7)]
Round = Annotated[int, Field(strict=True, ge=1, le=1000)]


class TurnEntry(LinePart):
    """What was asked, empty for the first answer and what is added to it, and what was said."""

    asks: Text
    says: Text


class WrittenAnswerEntry(LinePart):
    """One answer to rate: its question, what is said, and the anchors, point → words."""

    id: PlainId
    candidate: PlainName
    question: Id
    competency: Id
    ask: Text
    turns: Annotated[tuple[TurnEntry, ...], Field(min_length=1)]
    anchors: dict[Annotated[str, Field(pattern=r"^[1-7]$")], Text]


class CalibrationSetLine(LinePart):
    """Written answers of invented candidates, for several interviewers to rate.

    ``trainer`` made it, ``trainer_id`` is the id of that person's line. ``round`` is the round that
    is open; of two lines of one set the one with the higher round counts. There is no expert's
    rating in it.
    """

    type: Literal["calibration_set"]
    id: PlainId
    title: PlainName
    bank: Id
    kit: Id
    scale: Annotated[tuple[Point, ...], Field(min_length=2)]
    made_at: Moment
    trainer: PlainName
    trainer_id: PlainId
    round: Round
    answers: Annotated[tuple[WrittenAnswerEntry, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _is_rateable(self) -> Self:
        ids = [answer.id for answer in self.answers]
        if len(set(ids)) < len(ids):
            raise ValueError("answers have ids of their own")
        if list(self.scale) != sorted(set(self.scale)):
            raise ValueError("scale has its points in order, each of them one time")
        return self


class CalibrationLine(LinePart):
    """What one person gave the answers of a set in one round, answer → rating.

    ``person`` is the id of their line, ``set`` that of the set's.
    """

    type: Literal["calibration"]
    id: PlainId
    set: Id
    round: Round
    person: Id
    started_at: Moment
    submitted_at: Moment
    ratings: dict[Id, Point]


def offered_set(_: str, line: CalibrationSetLine, __: object) -> CalibrationSet:
    """The set of a line whose shape was checked."""
    content = line.model_dump(mode="python")
    return set_from_document(content | {"made_at": kept_moment(line.made_at)})


def offered_ratings(_: str, line: CalibrationLine, __: object) -> BlindRatings:
    """What one person gave, by a line whose shape was checked."""
    return BlindRatings(
        line.id,
        line.set,
        line.round,
        Person(line.person, ""),
        kept_moment(line.started_at),
        kept_moment(line.submitted_at),
        line.ratings,
    )
