"""What an interview leaves in memory when it is left: no screen and no widget."""

import gc
from collections import Counter

from textual.widget import Widget
from textual.widgets._toast import Toast

from driving import Running, app_on, type_at_once, until
from interviewkit.storage.store import Store
from interviewkit.tui.app import InterviewKitApp
from interviewkit.tui.screens.home import HomeScreen
from interviewkit.tui.screens.live.screen import LiveScreen
from support import begin


def alive() -> Counter[str]:
    """How many widgets there are of each kind, screens among them."""
    gc.collect()
    return Counter(type(one).__name__ for one in gc.get_objects() if isinstance(one, Widget))


async def test_interviews_opened_and_left_leave_no_widgets(store: Store, running: Running) -> None:
    interviews = [begin(store, candidate=f"Candidate {number}") for number in range(6)]
    after = []
    async with running() as pilot:
        app = pilot.app
        assert isinstance(app, InterviewKitApp)
        home = app.screen
        for interview in interviews:
            app.action_interview(interview.id)
            await until(pilot, lambda: isinstance(app.screen, LiveScreen))
            await type_at_once(pilot, "\nrang the plant at once\n?2she told me\n+\n/4", "pagedown")
            await type_at_once(pilot, "half a note", "f9")
            await until(pilot, lambda: app.screen is home)
            # A timer of a tenth of a second may still hold the screen that was left.
            await until(pilot, lambda: alive()["LiveScreen"] == 0)
            after.append(alive())
    assert after[-1] == after[0]


async def test_an_interview_that_came_first_makes_room_for_home(store: Store) -> None:
    interview = begin(store)
    app = app_on(store, interview.id)
    async with app.run_test() as pilot:
        await until(pilot, lambda: isinstance(app.screen, LiveScreen))
        left = app.screen
        await pilot.press(*"half a note", "f9")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))
        await until(pilot, lambda: not left.is_running)
        assert store._reads.interview(interview.id).draft == "half a note"
        for _ in range(2):  # from here on it is as if home had come first
            assert [type(screen) for screen in app.screen_stack] == [HomeScreen]
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(app.screen, LiveScreen))
            await pilot.press("f9")
            await until(pilot, lambda: isinstance(app.screen, HomeScreen))
        await until(pilot, lambda: alive()["LiveScreen"] == 1)  # Textual keeps the first of all


async def test_an_interview_that_is_gone_leads_home_with_a_sentence(store: Store) -> None:
    begin(store)
    app = app_on(store, "gone")
    async with app.run_test(notifications=True) as pilot:
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))
        await until(pilot, lambda: bool(app.screen.query(Toast)))
        assert "no interview" in str(app.screen.query_one(Toast).render())
        await pilot.press("b")
        await until(pilot, lambda: not isinstance(app.screen, HomeScreen))
