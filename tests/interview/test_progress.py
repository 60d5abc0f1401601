"""Where an interview stands in its kit and in time."""

from dataclasses import replace

import pytest

from interviewkit.banks.model import Kit, KitQuestion, Page
from interviewkit.interview.pace import interview_pages, pace, planned_minutes
from interviewkit.interview.records import CLOSING, OPENING, Answer, Note
from support import shipped

# 20 minutes: 2 + 5 + 5 + 5 + 3; two questions are about one competency.
KIT = Kit(
    id="k",
    name="Kit",
    minutes=20,
    opening=Page(minutes=2, say="Hello."),
    closing=Page(minutes=3, say="Thank you."),
    questions=tuple(KitQuestion(question=name, minutes=5) for name in ("first", "second", "third")),
)
ANSWERS = (
    Answer(OPENING, None),
    Answer("first", "service"),
    Answer("second", "growth"),
    Answer("third", "service"),
    Answer(CLOSING, None),
)


def minutes(**spent: float) -> dict[str, float]:
    names = {"opening": OPENING, "closing": CLOSING}
    return {names.get(page, page): 60 * value for page, value in spent.items()}


def with_answer(name: str, **changes: object) -> tuple[Answer, ...]:
    return tuple(
        answer._replace(**changes) if answer.question == name else answer  # type: ignore[arg-type]
        for answer in ANSWERS
    )


def test_pages_stand_around_the_questions_with_their_competencies() -> None:
    bank = shipped().bank
    kit = bank.kit("screen-30")
    found = interview_pages(bank, kit)
    assert found[0] == (OPENING, None)
    assert found[-1] == (CLOSING, None)
    assert found[1:-1] == [
        (entry.question, bank.question(entry.question).competency) for entry in kit.questions
    ]


def test_a_kit_without_pages_has_questions_only() -> None:
    bank = shipped().bank
    bare = replace(bank.kit("screen-30"), opening=None, closing=None)
    assert len(interview_pages(bank, bare)) == len(bare.questions)
    assert set(planned_minutes(bare)) == {entry.question for entry in bare.questions}


def test_minutes_are_planned_for_every_page_and_question() -> None:
    assert planned_minutes(KIT) == {OPENING: 2, "first": 5, "second": 5, "third": 5, CLOSING: 3}


def test_on_time_everything_fits_and_nothing_is_offered_to_be_left_out() -> None:
    found = pace(KIT, ANSWERS, "first", minutes(opening=2, first=1))
    assert (found.used, found.left) == (180, 1020)
    assert not found.over
    assert found.short == 0
    assert found.droppable == ()


def test_time_over_the_plan_of_a_question_is_told_and_eats_into_the_rest() -> None:
    found = pace(KIT, ANSWERS, "first", minutes(opening=2, first=8))
    assert found.over
    assert found.left == 600
    assert found.short == 13 * 60 - 600  # second, third and the closing page are still to come
    assert found.droppable == ("third",)  # service has been heard in the first question


@pytest.mark.parametrize(("spent", "over"), [(5.0, False), (5.01, True)])
def test_a_question_is_over_only_beyond_its_minutes(spent: float, over: bool) -> None:
    assert pace(KIT, ANSWERS, "first", minutes(first=spent)).over is over


@pytest.mark.parametrize(
    "changes",
    [
        {"assessed": True, "rating": 4},
        {"assessed": False},
        {"skipped": "no time"},
        {"notes": (Note("1", "", "heard"),)},
    ],
    ids=["rated", "not assessed", "skipped", "noted"],
)
def test_what_is_decided_or_begun_needs_no_more_of_the_plan(changes: dict[str, object]) -> None:
    late = minutes(opening=2, first=11)
    open_ = pace(KIT, ANSWERS, "first", late)
    done = pace(KIT, with_answer("second", **changes), "first", late)
    assert open_.short - done.short == 300


def test_the_only_question_on_a_competency_is_never_offered_to_be_left_out() -> None:
    answers = with_answer("third", competency="closing")
    found = pace(KIT, answers, "first", minutes(opening=2, first=15))
    assert found.short > 0
    assert found.droppable == ()


def test_a_skipped_question_does_not_count_as_having_heard_its_competency() -> None:
    answers = with_answer("first", skipped="no time")
    found = pace(KIT, answers, "second", minutes(opening=2, second=15))
    assert found.short > 0
    assert "third" not in found.droppable


def test_of_two_that_could_go_the_last_goes_and_the_other_stays() -> None:
    found = pace(KIT, ANSWERS, "second", minutes(opening=2, second=16))
    assert found.droppable == ("third",)


def test_the_closing_page_keeps_its_minutes() -> None:
    answers = (ANSWERS[3], ANSWERS[4])
    found = pace(KIT, answers, "third", minutes(third=18))
    assert found.left == 120
    assert found.short == 60


def test_a_page_without_a_plan_is_never_over() -> None:
    bare = replace(KIT, opening=None)
    assert not pace(bare, ANSWERS, OPENING, minutes(opening=9)).over
