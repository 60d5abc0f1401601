"""A rehearsal: the real interview with a candidate who answers, and nothing kept."""

from collections.abc import Iterator

import pytest

from interviewkit.banks.elements import Element
from interviewkit.interview import grammar
from interviewkit.interview.records import CLOSING, OPENING
from interviewkit.practice.conversation import Prompt
from interviewkit.practice.reader import PracticeFile, open_practice
from interviewkit.practice.review import RehearsedAnswer
from interviewkit.practice.review_sentences import review_text
from interviewkit.workflows.rehearsal import Rehearsal, RehearsedInterview
from support import HeldClock

THIN = "missing-answer"


@pytest.fixture
def file() -> PracticeFile:
    return open_practice("ruth-adeyemi")


@pytest.fixture
def live(file: PracticeFile, clock: HeldClock) -> Iterator[RehearsedInterview]:
    rehearsal = Rehearsal(file, "Priya Raman", clock)
    yield rehearsal.live
    rehearsal.close()


def typed(live: RehearsedInterview, *lines: str) -> None:
    """As if each line had been typed and Enter pressed."""
    for line in lines:
        change = live.change(grammar.read_line(line, live.setting))
        assert change is not None, line
        change()


def said(live: RehearsedInterview) -> str:
    assert live.turn is not None
    return " ".join(live.turn.text.split())


def reviewed(live: RehearsedInterview, question: str = THIN) -> RehearsedAnswer:
    return next(a for a in live.review().answers if a.question.id == question)


def test_nobody_answers_the_opening_words(live: RehearsedInterview) -> None:
    assert (live.page, live.turn, live.turns) == (OPENING, None, ())
    assert not live.wait()


def test_a_question_is_answered_when_it_is_read(live: RehearsedInterview) -> None:
    live.go_by(1)
    assert said(live).startswith("I'm a big believer in lifelong learning.")


def test_a_numbered_probe_brings_what_it_asks_for(live: RehearsedInterview) -> None:
    live.go_to(THIN)
    typed(live, "?2")
    assert said(live).startswith("Two days for the answer.")
    assert "gone brittle" in said(live)
    assert live.turn and live.turn.elements == (Element.NUMBERS, Element.RESULT)


@pytest.mark.parametrize(
    ("words", "reply"),
    [
        ("and when was that", "March last year."),
        ("who else was involved", "Tom Okello"),
        ("what did you do yourself", "I rang the maker's lab"),
        ("what would you do differently today", "I ask for the settings"),
    ],
)
def test_own_words_bring_what_is_nearest(live: RehearsedInterview, words: str, reply: str) -> None:
    live.go_to(THIN)
    typed(live, f"?? {words}")
    assert said(live).startswith(reply)
    assert live.turn and live.turn.prompt is Prompt.OWN_WORDS


def test_own_words_about_a_name_bring_what_has_it(live: RehearsedInterview) -> None:
    live.go_to(THIN)
    typed(live, "?? tell me about Petrova then")
    assert said(live).startswith("I told Mrs Petrova")


def test_own_words_about_nothing_bring_the_evasion(live: RehearsedInterview) -> None:
    live.go_to(THIN)
    typed(live, "?? blue or green")
    assert said(live).startswith("I'd have to think.")


def test_the_neutral_questions_are_answered_too(live: RehearsedInterview) -> None:
    live.go_to(THIN)
    typed(live, "?0")
    assert said(live).startswith("I'd asked her what it was for.")
    typed(live, f"?{live.probes[-1].number}")
    assert said(live).startswith("As I said: ")


def test_returning_to_a_probe_shows_what_it_brought(live: RehearsedInterview) -> None:
    live.go_to(THIN)
    typed(live, "?2", "?5", "?2")
    assert said(live).startswith("Two days for the answer.")
    assert len(live.turns) == 3


def test_an_undone_probe_stays_heard(live: RehearsedInterview) -> None:
    live.go_to(THIN)
    typed(live, "?5")
    live.undo()
    assert said(live).startswith("Tom Okello")
    typed(live, "?5")
    assert said(live).startswith("As I said: Tom Okello")


def test_a_silence_is_filled_once_for_each_question(live: RehearsedInterview) -> None:
    live.go_to(THIN)
    assert live.wait()
    assert said(live).startswith("She did ask me twice")
    assert not live.wait()
    live.go_to("beyond-the-sale")
    assert live.wait()


def test_coming_back_to_a_question_shows_what_was_said_last(live: RehearsedInterview) -> None:
    live.go_to(THIN)
    typed(live, "?5")
    live.go_by(1)
    live.go_by(-1)
    assert said(live).startswith("Tom Okello")
    assert [turn.prompt for turn in live.turns] == [Prompt.QUESTION, Prompt.PROBE]


def test_nothing_of_a_rehearsal_is_left(file: PracticeFile, clock: HeldClock) -> None:
    rehearsal = Rehearsal(file, "Priya Raman", clock)
    rehearsal.live.go_to(THIN)
    folder = rehearsal._folder.name
    rehearsal.close()
    from pathlib import Path

    assert not Path(folder).exists()


# The look back


def test_what_was_asked_and_what_was_not_are_told_apart(live: RehearsedInterview) -> None:
    live.go_to(THIN)
    typed(live, "?5", "?? when was that")
    review = reviewed(live)
    found = {item.element: item.opened_by for item in review.found}
    assert found == {
        Element.TIME: "?? when was that",
        Element.PEOPLE: "?5",
        Element.CONFIRMATION: "?5",
    }
    unasked = {item.element: item.probes for item in review.unasked}
    assert unasked[Element.NUMBERS] == (2,)
    assert Element.PEOPLE not in unasked


def test_what_does_not_exist_says_whether_it_was_asked(live: RehearsedInterview) -> None:
    live.go_to("new-skill")
    typed(live, "?1")
    missing = {item.element: item.asked_by for item in reviewed(live, "new-skill").missing}
    assert missing[Element.NUMBERS] == "?1"
    assert missing[Element.RESULT] == ""


def test_a_probe_that_brought_nothing_new_is_named(live: RehearsedInterview) -> None:
    live.go_to(THIN)
    typed(live, "?5", "?? who else was there", "?? blue or green")
    assert reviewed(live).idle == ("?? who else was there", "?? blue or green")


def test_a_skipped_question_says_why(live: RehearsedInterview) -> None:
    live.go_to(THIN)
    live.skip("no time")
    review = reviewed(live)
    assert (review.skip_reason, review.is_heard) == ("no time", True)
    assert "Skipped:        no time" in review_text(live.review())


def test_a_question_not_reached_is_told_apart(live: RehearsedInterview) -> None:
    live.go_to(THIN)
    assert reviewed(live, "late-delivery").is_heard is False
    assert "You did not reach this question." in review_text(live.review())


def test_one_s_rating_stands_beside_the_expert_s(live: RehearsedInterview) -> None:
    live.go_to("other-department")
    live.go_to(THIN)
    typed(live, "/2")
    text = review_text(live.review())
    assert "yours 2, the expert's 5" in text
    assert "Why 5:" in text
    assert "Why not 6" not in text
    assert "you gave no rating, the expert's 4" in text


def test_time_is_told_for_the_whole_and_for_each_question(
    live: RehearsedInterview, clock: HeldClock
) -> None:
    live.go_to(THIN)
    clock.pass_(125)
    live.go_to(CLOSING)
    assert reviewed(live).seconds == 125
    text = review_text(live.review())
    assert "02:05 of 30 minutes" in text
    assert "02:05 of 05:00" in text


def test_what_silence_would_have_brought_is_told(live: RehearsedInterview) -> None:
    live.go_to(THIN)
    assert "Had you waited: “She did ask me twice" in review_text(live.review())
    live.wait()
    assert "Had you waited: “She did ask me twice" not in review_text(live.review())


def test_answers_without_a_rating_are_counted_before_the_end(live: RehearsedInterview) -> None:
    live.go_to(THIN)
    live.go_to("beyond-the-sale")
    typed(live, "/0")
    live.go_to("other-department")
    live.skip("no time")
    assert live.unrated == [2]


def test_the_look_back_grades_nobody(live: RehearsedInterview) -> None:
    live.go_to(THIN)
    typed(live, "?2", "/3")
    text = review_text(live.review()).lower()
    for verdict in ("score", "%", "points", "well done", "honest", "lie ", "truth"):
        assert verdict not in text
