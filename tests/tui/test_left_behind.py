"""What an interview leaves in memory when it is left: no screen and no widget."""

import gc
from collections import Counter

from textual.widget import Widget

from driving import Running, type_at_once, until
from interviewkit.storage.store import Store
from interviewkit.tui.app import InterviewKitApp
from interviewkit.tui.screens.live import LiveScreen
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
