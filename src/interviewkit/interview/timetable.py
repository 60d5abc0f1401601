"""The hour in rows: each page of a kit with its state, its minutes and what may be dropped."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from interviewkit.interview.pace import Pace, planned_minutes
from interviewkit.interview.records import Answer

if TYPE_CHECKING:
    from interviewkit.banks.model import Kit


class PageState(StrEnum):
    """How far a page is. ``HEARD`` has notes or probes and no rating yet."""

    RATED = "rated"
    NOT_ASSESSED = "not assessed"
    SKIPPED = "skipped"
    HEARD = "heard"
    AHEAD = "ahead"


class TimetableRow(NamedTuple):
    """A page of the kit. ``position`` is the question's from 1, 0 for the opening and closing.

    ``planned`` are minutes, ``used`` seconds; ``may_go`` says that it could be left out with
    every competency still heard.
    """

    page: str
    position: int
    competency: str | None
    state: PageState
    rating: int | None
    planned: float
    used: float
    may_go: bool
    is_current: bool


def timetable(
    kit: "Kit", answers: Sequence[Answer], current: str, spent: Mapping[str, float], pace: Pace
) -> list[TimetableRow]:
    """The rows in the order of the interview; ``spent`` maps each page to its seconds."""
    plan = planned_minutes(kit)
    rows: list[TimetableRow] = []
    position = 0
    for answer in answers:
        position += answer.competency is not None
        rows.append(
            TimetableRow(
                answer.question,
                position if answer.competency else 0,
                answer.competency,
                page_state(answer),
                answer.rating,
                plan.get(answer.question, 0),
                spent.get(answer.question, 0.0),
                answer.question in pace.droppable,
                answer.question == current,
            )
        )
    return rows


def page_state(answer: Answer) -> PageState:
    """How far an answer, or the opening or closing, is."""
    if answer.skipped is not None:
        return PageState.SKIPPED
    if answer.rating is not None:
        return PageState.RATED
    if answer.assessed is not None:
        return PageState.NOT_ASSESSED
    return PageState.HEARD if answer.notes or answer.probes else PageState.AHEAD
