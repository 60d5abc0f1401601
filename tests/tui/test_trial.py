"""A question tried out: the same screen, clearly marked, with nothing recorded."""

from textual.widgets import OptionList

from driving import Running, type_at_once, until
from interviewkit.storage.store import Store
from interviewkit.tui.app import InterviewKitApp
from interviewkit.tui.screens.choose_question import ChooseQuestionScreen
from interviewkit.tui.screens.home import HomeScreen
from interviewkit.tui.screens.live import LiveScreen
from interviewkit.tui.widgets.heading import Heading
from interviewkit.tui.widgets.menu import Menu
from support import shipped


async def test_from_home_a_question_is_chosen_and_tried(store: Store, running: Running) -> None:
    async with running() as pilot:
        await pilot.press("t")
        await until(pilot, lambda: isinstance(pilot.app.screen, ChooseQuestionScreen))
        choices = pilot.app.screen.query_one(OptionList)
        assert choices.option_count == len(shipped().bank.questions)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, LiveScreen))
        heading = str(pilot.app.screen.query_one(Heading).render())
        assert heading.startswith("TRIAL, nothing is recorded")
        await type_at_once(pilot, "rang Sandra\n?1in March\n+\n/4/end\n")
        menu = str(pilot.app.screen.query_one(Menu).render())
        assert "This is a trial" in menu
        await pilot.press("f9")
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
    assert store.standings() == []
    assert store.candidates() == []


async def test_started_from_the_command_line_it_ends_with_the_trial(store: Store) -> None:
    app = InterviewKitApp(store, lambda sha256: shipped().bank, "Priya Raman")
    async with app.run_test() as pilot:
        app.try_question(shipped(), "broken-promise", then_quit=True)
        await until(pilot, lambda: isinstance(app.screen, LiveScreen))
        await pilot.press("f9")
        await until(pilot, lambda: not app.is_running or app._exit)
