"""The wrap-up: gaps in sight, a recommendation by hand, and a seal that holds."""

from collections.abc import Iterator

import pytest
from textual.events import Key
from textual.pilot import Pilot
from textual.widgets import Button, Input, OptionList, Static, TextArea

from driving import Running, type_at_once, until
from interviewkit.interview.records import Recommendation
from interviewkit.storage.store import Store
from interviewkit.tui.screens.dialogs import Confirm, TextDialog
from interviewkit.tui.screens.home import HomeScreen
from interviewkit.tui.screens.live.screen import LiveScreen
from interviewkit.tui.screens.wrap_up import WrapUpScreen
from interviewkit.tui.widgets.choice import OneLineChoice
from support import begin, shipped


async def test_it_lists_every_answer_with_its_gaps(store: Store, running: Running) -> None:
    interview = begin(store)
    async with running(interview.id, size=(120, 36)) as pilot:
        await type_at_once(pilot, "\n180k at risk\n?1\n/4/n\n/0/n\n/skip no time\n/end\n")
        await until(pilot, lambda: isinstance(pilot.app.screen, WrapUpScreen))
        rows = [str(o.prompt) for o in pilot.app.screen.query_one(OptionList).options]
    assert rows[0].startswith(" 1 Needs before selling     4 · probed 1, 1 not noted  not found: ")
    assert "number" not in rows[0]
    assert rows[1].startswith(" 2 Customer voice           not assessed · not probed  no notes")
    assert rows[2].startswith(" 3 Service recovery         skipped: no time")
    assert rows[3].startswith(" 4 Keeping and growing      ○ no rating · not probed  no notes")
    assert len(rows) == 8


async def test_enter_on_an_answer_goes_back_to_it(store: Store, running: Running) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "/end\n")
        await until(pilot, lambda: isinstance(pilot.app.screen, WrapUpScreen))
        await pilot.press("down", "down", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, LiveScreen))
        assert store._reads.interview(interview.id).page == "broken-promise"


async def test_recommendation_and_summary_are_kept_as_they_are_made(
    store: Store, running: Running
) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "/end\n")
        await until(pilot, lambda: isinstance(pilot.app.screen, WrapUpScreen))
        pilot.app.screen.query_one(OneLineChoice).focus()
        await pilot.press("right", "right")
        assert store._reads.interview(interview.id).recommendation is Recommendation.NO
        await pilot.press("4")
        assert store._reads.interview(interview.id).recommendation is Recommendation.DEFINITELY_YES
        pilot.app.screen.query_one(TextArea).focus()
        await type_at_once(pilot, "Clear.")
        await until(pilot, lambda: store._reads.interview(interview.id).summary == "Clear.")


async def test_a_digit_right_behind_tab_recommends(store: Store, running: Running) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "/end\n")
        await until(pilot, lambda: isinstance(pilot.app.screen, WrapUpScreen))
        for name in ("tab", "3"):
            pilot.app.post_message(Key(name, None))
        await until(
            pilot,
            lambda: store._reads.interview(interview.id).recommendation is Recommendation.YES,
        )


async def test_a_long_name_moves_no_column(store: Store, running: Running) -> None:
    interview = begin(store, kit="screen-30", file=shipped("field-and-channel-sales"))
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "/end\n")
        await until(pilot, lambda: isinstance(pilot.app.screen, WrapUpScreen))
        rows = [str(o.prompt) for o in pilot.app.screen.query_one(OptionList).options]
    assert "Working alone, keeping others informed ○" in "\n".join(rows)
    assert len({row.index("○") for row in rows}) == 1


async def test_without_a_recommendation_it_is_not_submitted(store: Store, running: Running) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "/end\n")
        await until(pilot, lambda: isinstance(pilot.app.screen, WrapUpScreen))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.focused, OneLineChoice))
        assert store._reads.interview(interview.id).submitted_at is None


async def test_submitting_asks_once_names_the_gaps_and_seals(
    store: Store, running: Running
) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "\nrang them\n/5/end\n")
        await until(pilot, lambda: isinstance(pilot.app.screen, WrapUpScreen))
        pilot.app.screen.query_one(OneLineChoice).focus()
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
        pilot.app.screen.query_one(OneLineChoice).focus()
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
        pilot.app.screen.query_one(OneLineChoice).focus()
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
        pilot.app.screen.query_one(OneLineChoice).focus()
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
        wrap_up.query_one(OneLineChoice).focus()
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
        rows = [str(one.prompt) for one in wrap_up.query_one(OptionList).options]
        assert rows[0].startswith(" 1 Needs before selling     2 ")
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
        pilot.app.screen.query_one(OneLineChoice).focus()
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
