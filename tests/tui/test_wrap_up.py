"""The wrap-up: gaps in sight, a recommendation by hand, and a seal that holds."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.events import Key
from textual.pilot import Pilot
from textual.widgets import Button, Input, OptionList, Static, TextArea

from driving import Running, painted, type_at_once, until
from interviewkit.interview.records import Outcome, Recommendation
from interviewkit.storage.store import Store
from interviewkit.tui.screens.dialogs import Confirm, TextDialog
from interviewkit.tui.screens.home import HomeScreen
from interviewkit.tui.screens.live.screen import LiveScreen
from interviewkit.tui.screens.wrap_up import WrapUpScreen
from interviewkit.tui.widgets.choice import OneLineChoice
from support import begin, long_bank


async def at_wrap_up(pilot: Pilot[None], typed: str) -> WrapUpScreen:
    """The wrap-up, after ``typed`` in the interview."""
    await type_at_once(pilot, f"{typed}/end\n")
    await until(pilot, lambda: isinstance(pilot.app.screen, WrapUpScreen))
    screen = pilot.app.screen
    assert isinstance(screen, WrapUpScreen)
    return screen


def rows(pilot: Pilot[None]) -> list[str]:
    return [str(option.prompt) for option in pilot.app.screen.query_one(OptionList).options]


async def test_it_lists_what_is_open_with_the_question_and_all_on_a_key(
    store: Store, running: Running
) -> None:
    interview = begin(store)
    async with running(interview.id, size=(120, 36)) as pilot:
        await at_wrap_up(pilot, "\n180k at risk\n?1\n/4/n\n/0/n\n/skip no time\n")
        open_rows = rows(pilot)
        assert open_rows[0].startswith(" 1 ○ 1 not noted  Take me back to a sale")
        assert open_rows[1].startswith(" 4 ○ no rating    Tell me about an existing customer")
        assert len(open_rows) == 6
        assert "Open · 1 of 6" in painted(pilot)
        assert "1:4  2:–  3:×  4:○" in painted(pilot)
        await pilot.press("a")
        all_rows = rows(pilot)
    assert all_rows[1].startswith(" 2 not assessed · not probed  ")
    assert all_rows[2].startswith(" 3 skipped: no time  ")
    assert len(all_rows) == 8


async def test_an_answer_is_rated_beside_its_notes_and_the_next_open_one_comes(
    store: Store, running: Running
) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await at_wrap_up(pilot, "\n180k at risk\n/n\nshe cut the price\n")
        assert "180k at risk" in painted(pilot)
        assert "1 · Needs before selling" in painted(pilot)
        await type_at_once(pilot, "/4")
        assert "she cut the price" in painted(pilot)
        await type_at_once(pilot, "/")
        anchors = pilot.app.screen.query_one("#review-anchors", Static)
        await until(pilot, lambda: "…" not in str(anchors.render()) and anchors.size.width > 70)
        assert "she cut the price" not in painted(pilot)
        await type_at_once(pilot, "0")
        answers = store._reads.answers(interview.id)
    assert (answers[1].rating, answers[2].assessed, answers[2].rating) == (4, False, None)
    assert store._reads.interview(interview.id).page != "unspoken-need"


async def test_outcomes_that_were_forgotten_are_noted_one_after_the_other(
    store: Store, running: Running
) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await at_wrap_up(pilot, "\n180k\n?1?? and who signed it\n/4")
        assert "?? and who signed it" in painted(pilot)
        assert rows(pilot)[0].startswith(" 1 ○ 2 not noted")
        await type_at_once(pilot, "+!")
        answer = store._reads.answers(interview.id)[1]
        assert [probe.outcome for probe in answer.probes] == [
            Outcome.NEW_DETAIL,
            Outcome.NO_ANSWER,
        ]
        assert rows(pilot)[0].startswith(" 2 ○ no rating")
        await type_at_once(pilot, "=")
        assert "No probe of this answer waits for an outcome." in [
            notification.message for notification in pilot.app._notifications
        ]


async def test_the_titles_say_which_key_is_for_what_and_what_is_open(
    store: Store, running: Running
) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await at_wrap_up(pilot, "\n180k\n?1?? and who signed it\n/n\nshe is pregnant\n/4")
        assert "/1 /2 … rate it, + = ! for “How did you find out" in painted(pilot)
        await type_at_once(pilot, "+")
        assert "+ = ! for “and who signed it”" in painted(pilot)
        await pilot.press("down")
        assert "Enter goes to its notes" in painted(pilot)
        assert "Recommendation · open" in painted(pilot)
        assert "Summary, in your own words · open" in painted(pilot)
        await type_at_once(pilot, "3")
        assert "Recommendation · open" not in painted(pilot)


async def test_letters_typed_on_the_list_begin_the_summary(store: Store, running: Running) -> None:
    """Who has recommended goes on writing, with Tab or without; no key takes a word for itself."""
    interview = begin(store)
    async with running(interview.id) as pilot:
        await at_wrap_up(pilot, "\n180k at risk\n")
        await type_at_once(pilot, "3Own words, 4 of 5 sites/kept")
        await until(
            pilot,
            lambda: store._reads.interview(interview.id).summary == "Own words, 4 of 5 sites/kept",
        )
    kept = store._reads.interview(interview.id)
    assert kept.recommendation is Recommendation.YES


async def test_a_digit_recommends_at_once_and_typing_behind_tab_is_the_summary(
    store: Store, running: Running
) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await at_wrap_up(pilot, "")
        pilot.app.post_message(Key("3", "3"))
        pilot.app.post_message(Key("tab", None))
        await type_at_once(pilot, "4 of 5 sites kept.")
        await until(
            pilot, lambda: store._reads.interview(interview.id).summary == "4 of 5 sites kept."
        )
    assert store._reads.interview(interview.id).recommendation is Recommendation.YES


async def test_with_twenty_questions_nothing_leaves_the_screen(
    store: Store, running: Running, tmp_path: Path
) -> None:
    file = long_bank(tmp_path)
    interview = begin(store, kit="all", file=file)
    async with running(interview.id) as pilot:
        await at_wrap_up(pilot, "")
        screen = painted(pilot)
        assert "Open · 1 of 20" in screen
        assert "20:○" in screen
        assert "4 ( ) definitely yes" in screen
        assert "Summary" in screen
        assert "/0 Not assessed" in screen
        await pilot.press("end")
        assert "20 · " in painted(pilot)


async def test_a_long_role_leaves_the_counts_in_sight(store: Store, running: Running) -> None:
    interview = begin(store, role="R" * 200)
    async with running(interview.id) as pilot:
        await at_wrap_up(pilot, "")
        heading = painted(pilot).splitlines()[0]
        assert "Ada Okafor · RRR" in heading
        assert heading.endswith("10 open · 00:00 of 45:00")
        await pilot.resize_terminal(120, 36)
        assert painted(pilot).splitlines()[0].endswith("… · 10 open · 00:00 of 45:00")


async def test_a_click_on_a_state_shows_that_answer(store: Store, running: Running) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        screen = await at_wrap_up(pilot, "\n/4")
        assert await pilot.click("#states", offset=(2, 0))
        assert rows(pilot)[0].startswith(" 1 4 · not probed")
        await until(pilot, lambda: "1 · Needs before selling" in painted(pilot))
        assert screen.focused is screen.query_one(OptionList)
        screen.action_rate(2)
    assert store._reads.answers(interview.id)[1].rating == 2


async def test_enter_on_an_answer_goes_back_to_it(store: Store, running: Running) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "/end\n")
        await until(pilot, lambda: isinstance(pilot.app.screen, WrapUpScreen))
        await pilot.press("down", "down", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, LiveScreen))
        assert store._reads.interview(interview.id).page == "broken-promise"


async def test_without_a_recommendation_it_is_not_submitted(store: Store, running: Running) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "/end\n")
        await until(pilot, lambda: isinstance(pilot.app.screen, WrapUpScreen))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "1 to 4" in "".join(n.message for n in pilot.app._notifications))
        assert store._reads.interview(interview.id).submitted_at is None


async def test_submitting_asks_once_names_the_gaps_and_seals(
    store: Store, running: Running
) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "\nrang them\n/5/end\n")
        await until(pilot, lambda: isinstance(pilot.app.screen, WrapUpScreen))
        await pilot.press("3", "ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
        words = str(pilot.app.screen.query("Static").first().render())
        assert "Questions 2, 3, 4, 5, 6, 7 and 8 have no rating" in words
        pilot.app.screen.query_one("#yes", Button).press()
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
    sealed = store._reads.interview(interview.id)
    assert sealed.submitted_at is not None
    assert sealed.seal == store._exchange().document(sealed)["sha256"]


async def test_not_yet_leaves_everything_open(store: Store, running: Running) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "/end\n")
        await until(pilot, lambda: isinstance(pilot.app.screen, WrapUpScreen))
        await pilot.press("3", "ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, WrapUpScreen))
    assert store._reads.interview(interview.id).submitted_at is None


async def test_a_recommendation_over_other_ratings_asks_for_a_sentence(
    store: Store, running: Running
) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "\n/1/n\n/2/end\n")
        await until(pilot, lambda: isinstance(pilot.app.screen, WrapUpScreen))
        reason = pilot.app.screen.query_one("#reason", Input)
        assert not reason.display
        await pilot.press("3", "ctrl+s")
        await until(pilot, lambda: reason.has_focus)
        assert "Your ratings average 1.5, but you recommend yes." in str(reason.border_title)
        await type_at_once(pilot, "Coachable, first job.")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
        pilot.app.screen.query_one("#yes", Button).press()
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
    assert store._reads.interview(interview.id).reason == "Coachable, first job."


async def test_definitely_with_nothing_rated_asks_for_a_sentence(
    store: Store, running: Running
) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "/end\n")
        await until(pilot, lambda: isinstance(pilot.app.screen, WrapUpScreen))
        reason = pilot.app.screen.query_one("#reason", Input)
        await pilot.press("4", "ctrl+s")
        await until(pilot, lambda: reason.has_focus)
        said = str(reason.border_title)
        assert "Nothing is rated, and you recommend definitely yes. Why?" in said


@pytest.fixture
def other_window(store: Store) -> Iterator[Store]:
    """The same file once more, as a second window has it open."""
    with Store(store.path, store.clock) as opened:
        yield opened


def sheet(pilot: Pilot[None]) -> str:
    assert isinstance(pilot.app.screen, TextDialog)
    return str(pilot.app.screen.query_one("VerticalScroll Static", Static).render())


async def test_what_another_window_changed_is_shown_before_it_asks(
    store: Store, other_window: Store, running: Running
) -> None:
    interview = begin(store)
    theirs = other_window.notebook(interview.id)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "\nrang them\n/5/end\n")
        await until(pilot, lambda: isinstance(pilot.app.screen, WrapUpScreen))
        wrap_up = pilot.app.screen
        await pilot.press("4")
        (note,) = store._reads.answers(interview.id)[1].notes
        theirs.rate("unspoken-need", 2)
        theirs.edit_note("unspoken-need", note.id, "rang her")
        theirs.add_note("unspoken-need", "in March")
        theirs.skip("honest-feedback", "no time")
        theirs.recommend(Recommendation.NO)
        theirs.summarise("Vague.")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, TextDialog))
        assert sheet(pilot).splitlines() == [
            "Question 1: rated 2, was rated 5, 1 note new, 1 note changed.",
            f"Question {number_of(store, interview.id, 'honest-feedback')}: skipped (no time), was "
            "no rating.",
            "The recommendation: no, was definitely yes.",
            "The summary was changed.",
            "",
            "Check the changes, then submit again.",
        ]
        assert store._reads.interview(interview.id).submitted_at is None
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is wrap_up)
        assert "1:2  2:×" in painted(pilot)
        assert wrap_up.query_one(OneLineChoice).chosen_index == 1
        assert wrap_up.query_one(TextArea).text == "Vague."
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
        pilot.app.screen.query_one("#yes", Button).press()
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
    sealed = store._reads.interview(interview.id)
    assert (sealed.recommendation, sealed.summary) == (Recommendation.NO, "Vague.")
    assert sealed.submitted_at is not None


def number_of(store: Store, interview_id: str, question: str) -> int:
    return [one.question for one in store._reads.answers(interview_id)].index(question)


async def test_what_changed_while_it_asked_is_shown_and_not_sealed(
    store: Store, other_window: Store, running: Running
) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "\n/5/end\n")
        await until(pilot, lambda: isinstance(pilot.app.screen, WrapUpScreen))
        await pilot.press("3", "ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
        other_window.notebook(interview.id).rate("unspoken-need", 4)
        pilot.app.screen.query_one("#yes", Button).press()
        await until(pilot, lambda: isinstance(pilot.app.screen, TextDialog))
        assert sheet(pilot).startswith("Question 1: rated 4, was rated 5.\n")
    assert store._reads.interview(interview.id).submitted_at is None


async def test_of_two_summaries_written_at_once_both_stay(
    store: Store, other_window: Store, running: Running
) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "/end\n")
        await until(pilot, lambda: isinstance(pilot.app.screen, WrapUpScreen))
        wrap_up = pilot.app.screen
        other_window.notebook(interview.id).summarise("Theirs.")
        area = wrap_up.query_one(TextArea)
        with area.prevent(TextArea.Changed):  # typed this very moment, not saved yet
            area.text = "Mine."
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, TextDialog))
        assert area.text == "Theirs.\n\nMine."


async def test_a_scorecard_that_another_window_submitted_is_left(
    store: Store, other_window: Store, running: Running
) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "/end\n")
        await until(pilot, lambda: isinstance(pilot.app.screen, WrapUpScreen))
        theirs = other_window.notebook(interview.id)
        theirs.recommend(Recommendation.NO)
        theirs.submit()
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
        assert "Another window has submitted this scorecard." in [
            one.message for one in pilot.app._notifications
        ]
