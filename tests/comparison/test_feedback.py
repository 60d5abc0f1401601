"""How one person interviews, worked out by hand from a few scorecards."""

from dataclasses import replace

import pytest

from interviewkit.banks.elements import Element
from interviewkit.comparison.feedback_sentences import feedback_blocks
from interviewkit.comparison.interviewer_feedback import (
    InterviewerFeedback,
    QuestionHabit,
    furthest_from_plan,
    interviewer_feedback,
    never_asked,
)
from interviewkit.comparison.question_statistics import wilson
from interviewkit.interview.records import (
    Amendment,
    Answer,
    Asked,
    Candidate,
    Interview,
    Note,
    Outcome,
    Role,
)
from small_round import a_bank

NEW, NOTHING = Outcome.NEW_DETAIL, Outcome.NOTHING_NEW


def interview(at: int) -> Interview:
    return Interview(
        f"i{at}",
        Role("r", "AE"),
        Candidate("c", "Ada"),
        "Priya",
        "small",
        "sha",
        "first",
        "2026-03-01T09:00:00.000Z",
        "",
        submitted_at=f"2026-03-0{at + 1}T09:00:00.000Z",
    )


def asked(outcome: Outcome | None, *elements: Element, own: bool = False) -> Asked:
    return Asked(f"p{outcome}{elements}", "?", elements, "2026-03-01T09:01:00.000Z", outcome, own)


def scorecard(at: int, minutes: float = 6) -> tuple[Interview, list[Answer]]:
    """Two questions asked, the third skipped; the kit plans five minutes for each."""
    probes = (
        asked(NEW, Element.NUMBERS, Element.PEOPLE),
        asked(NOTHING, Element.NUMBERS),
        asked(NEW, own=True),
        asked(None, Element.RESULT),
    )
    return interview(at), [
        Answer("@opening", None, 60.0),
        Answer("own-1", "ownership", minutes * 60, 4, True, probes=probes),
        Answer("own-2", "ownership", 120.0, 3, True, notes=(Note("n", "", "what"),)),
        Answer("learn-1", "learning", skipped="no time"),
    ]


def feedback_of(count: int, minutes: float = 6) -> InterviewerFeedback:
    cards = [scorecard(at, minutes) for at in range(count)]
    return interviewer_feedback("Priya", cards, {"sha": a_bank().bank})


def said(feedback: InterviewerFeedback) -> str:
    return "\n".join(line for _, lines in feedback_blocks(feedback) for line in lines)


def test_what_is_asked_and_what_it_brings_is_counted() -> None:
    feedback = feedback_of(5)
    assert (feedback.scorecards, feedback.answers, feedback.rated) == (5, 10, 10)
    assert (feedback.probes, feedback.own, feedback.not_noted, feedback.unprobed) == (20, 5, 5, 5)
    assert feedback.share == wilson(10, 15)  # the question statistics' own interval
    assert feedback.own_share == wilson(5, 5)
    uses = {use.element: use for use in feedback.elements}
    assert (uses[Element.NUMBERS].asked, uses[Element.NUMBERS].share) == (10, wilson(5, 10))
    assert uses[Element.RESULT].share.why == "too few to tell (n=0)"
    text = said(feedback)
    assert "20 follow-ups, 2.0 for an answer." in text
    assert "5 of 10 rated answers had none" in text
    assert "numbers: asked 10; new detail: 50 % (95 %: 24 % to 76 %, n=10)." in text
    assert "What 5 of them brought was not noted." in text
    assert "Too few to tell what they bring: result 5." in text


def test_what_is_never_asked_for_takes_ten_answers() -> None:
    assert Element.TIME in never_asked(feedback_of(5))
    assert Element.NUMBERS not in never_asked(feedback_of(5))
    assert "Never asked for: situation, task, own action, learning, time" in said(feedback_of(5))
    assert "too few to tell, 8 answers of 10" in said(feedback_of(4))


def test_what_is_left_out_is_named_with_how_often() -> None:
    feedback = feedback_of(5)
    assert feedback.left_out == 5
    text = said(feedback)
    assert "5 of 15 questions in your kits." in text
    assert "learn-1: left out 5 of 5 times. Tell me of learn-1" in text
    assert "own-1: left out" not in text


def test_a_question_that_was_rated_after_all_was_not_left_out() -> None:
    key, answers = scorecard(0)
    amended = Amendment("a", "i0", "learn-1", "rating", "2", "why", "Priya", "")
    answers[3] = answers[3]._replace(amendments=(amended,))
    feedback = interviewer_feedback("Priya", [(key, answers)], {"sha": a_bank().bank})
    assert (feedback.left_out, feedback.answers) == (0, 3)


def test_time_is_beside_the_plan_and_silent_below_five() -> None:
    feedback = feedback_of(5)
    assert feedback.minutes == pytest.approx(4)  # six minutes and two
    assert feedback.minutes_planned == 5
    text = said(feedback)
    assert "4.0 minutes on average; the kits plan 5.0." in text
    assert text.index("own-1: 6.0 minutes, planned 5.0.") < text.index("own-2: 2.0 minutes")
    few = feedback_of(2)
    assert few.minutes is None
    assert "Too few to tell: it takes 5 answers with a time." in said(few)
    middle = feedback_of(3)
    assert middle.minutes == pytest.approx(4)
    assert "none was asked 5 times" in said(middle)


def test_what_was_cut_short_is_as_far_from_the_plan_as_what_ran_over() -> None:
    minutes = {"over": 5.2, "even": 5.0, "short": 1.0, "longest": 8.0}
    habits = tuple(QuestionHabit("b", name, "?", 5, 0, used, 5) for name, used in minutes.items())
    furthest = furthest_from_plan(replace(feedback_of(5), questions=habits), most=2)
    assert [habit.question for habit in furthest] == ["longest", "short"]


def test_an_amended_outcome_counts_as_amended() -> None:
    key, answers = scorecard(0)
    probe = answers[1].probes[1]
    amended = Amendment("a", "i0", "own-1", "outcome", "new_detail", "w", "Priya", "", probe.probe)
    answers[1] = answers[1]._replace(amendments=(amended,))
    cards = [(key, answers), *(scorecard(at) for at in range(1, 5))]
    assert interviewer_feedback("Priya", cards, {"sha": a_bank().bank}).share == wilson(11, 15)


def test_without_an_answer_nothing_is_claimed() -> None:
    feedback = interviewer_feedback("Priya", [(interview(0), [])], {"sha": a_bank().bank})
    assert "No question was asked yet." in said(feedback)
