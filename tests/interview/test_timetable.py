"""The hour in rows, and the sentence that says time is short."""

import pytest

from interviewkit.banks.model import Kit, KitQuestion, Page
from interviewkit.interview.pace import Pace, in_words, pace
from interviewkit.interview.records import CLOSING, OPENING, Answer, Note
from interviewkit.interview.timetable import PageState, page_state, timetable

KIT = Kit(
    id="k",
    name="Kit",
    minutes=15,
    opening=Page(minutes=2, say="Hello."),
    closing=Page(minutes=3, say="Thank you."),
    questions=tuple(KitQuestion(question=name, minutes=5) for name in ("lost", "won")),
)
NOTE = Note("n", "2026-03-02T09:00:00Z", "rang them")


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (Answer("q", "c"), PageState.AHEAD),
        (Answer("q", "c", notes=(NOTE,)), PageState.HEARD),
        (Answer("q", "c", rating=4, assessed=True, notes=(NOTE,)), PageState.RATED),
        (Answer("q", "c", assessed=False), PageState.NOT_ASSESSED),
        (Answer("q", "c", skipped="no time", notes=(NOTE,)), PageState.SKIPPED),
    ],
)
def test_an_answer_is_in_one_state(answer: Answer, state: PageState) -> None:
    assert page_state(answer) is state


def test_rows_number_the_questions_and_say_what_was_used_and_may_go() -> None:
    answers = (
        Answer(OPENING, None),
        Answer("lost", "service", rating=4, assessed=True),
        Answer("won", "service"),
        Answer(CLOSING, None),
    )
    spent = {OPENING: 120.0, "lost": 800.0}
    rows = timetable(KIT, answers, CLOSING, spent, pace(KIT, answers, CLOSING, spent))
    assert [row.position for row in rows] == [0, 1, 2, 0]
    assert [(row.planned, row.used) for row in rows] == [(2, 120), (5, 800), (5, 0), (3, 0)]
    assert [row.may_go for row in rows] == [False, False, True, False]
    assert [row.page for row in rows if row.is_current] == [CLOSING]
    assert rows[1].rating == 4


@pytest.mark.parametrize(
    ("droppable", "sentence"),
    [
        ((), "4 min short; each question left is the only one for its competency."),
        (("won",), "4 min short; question 2 may go."),
        (("lost", "won"), "4 min short; questions 1 or 2 may go."),
        (("lost", "won", "third"), "4 min short; questions 1, 2 or 3 may go."),
    ],
)
def test_short_time_is_said_with_what_may_go(droppable: tuple[str, ...], sentence: str) -> None:
    assert in_words(Pace(0, 0, False, 240, droppable), ["lost", "won", "third"]) == sentence


def test_while_everything_fits_nothing_is_said() -> None:
    assert in_words(Pace(0, 600, False, 0, ()), ["lost", "won"]) == ""
