"""Draw the pictures of the README: the real screens, on the example's records.

Usage: python docs/screenshots.py [FOLDER]
"""

import asyncio
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import OptionList, Static

from interviewkit.cli.demo import write_demo
from interviewkit.practice.reader import open_practice
from interviewkit.settings import Settings
from interviewkit.storage.store import Store
from interviewkit.tui.app import InterviewKitApp
from interviewkit.tui.screens.comparison.debrief import DebriefScreen
from interviewkit.tui.screens.comparison.screen import ComparisonScreen
from interviewkit.tui.screens.live.screen import LiveScreen
from interviewkit.tui.screens.practice.rehearsal import RehearsalScreen
from interviewkit.tui.screens.workshop.bank_list import BanksScreen
from interviewkit.tui.screens.workshop.editor import WorkshopScreen
from interviewkit.tui.screens.wrap_up import WrapUpScreen
from interviewkit.tui.widgets.speech import SpeechPanel

Steps = Callable[[Pilot[None]], Awaitable[None]]


class StoppedClock:
    """The pictures show the same moment every time they are drawn."""

    def now(self) -> datetime:
        return datetime(2026, 3, 13, 14, 20, tzinfo=UTC)

    def seconds(self) -> float:
        return 0.0


def stripped(picture: str) -> str:
    """Without the fonts that the drawing would fetch from elsewhere: a page here loads nothing."""
    return re.sub(r"@font-face \{[^}]*\}\s*", "", picture)


async def until(pilot: Pilot[None], screen: type) -> None:
    while not isinstance(pilot.app.screen, screen):
        await pilot.pause(0.01)
    await pilot.pause()


async def home(pilot: Pilot[None]) -> None:
    await pilot.pause()


async def live(pilot: Pilot[None]) -> None:
    await pilot.press("enter")
    await until(pilot, LiveScreen)


async def wrap_up(pilot: Pilot[None]) -> None:
    await live(pilot)
    await pilot.press("f10")
    await until(pilot, WrapUpScreen)
    await pilot.press("3")


async def comparison(pilot: Pilot[None]) -> None:
    await pilot.press("down", "enter")
    await until(pilot, ComparisonScreen)
    await pilot.press("right", "right", "right", "right", "down")


async def debrief(pilot: Pilot[None]) -> None:
    await comparison(pilot)
    await pilot.press("down", "down", "d")
    await until(pilot, DebriefScreen)


async def workshop(pilot: Pilot[None]) -> None:
    await pilot.press("b")
    await until(pilot, BanksScreen)
    rows = pilot.app.screen.query_one(OptionList)
    while not rows.option_count or any("…" in str(row.prompt) for row in rows.options):
        await pilot.pause(0.01)
    await pilot.press("down", "enter")
    await until(pilot, WorkshopScreen)
    await pilot.press("down", "right", "down")


async def rehearsal(pilot: Pilot[None]) -> None:
    app = pilot.app
    assert isinstance(app, InterviewKitApp)
    app.unrecorded.rehearse(open_practice("ruth-adeyemi"))
    await until(pilot, RehearsalScreen)
    await pilot.press("enter", "pagedown")
    await pilot.press(*"bakery, film for a new oven, did not know", "enter", "question_mark", "2")
    await pilot.press(*"answer on Thursday at ten, two days")
    panel = app.screen.query_one(SpeechPanel)
    while "Two days" not in str(panel.query_one("#spoken", Static).render()):
        await pilot.pause(0.01)


PICTURES: dict[str, tuple[Steps, tuple[int, int]]] = {
    "home": (home, (80, 24)),
    "live": (live, (80, 24)),
    "live-wide": (live, (120, 36)),
    "rehearsal": (rehearsal, (80, 24)),
    "wrap-up": (wrap_up, (80, 24)),
    "comparison": (comparison, (140, 24)),
    "debrief": (debrief, (120, 36)),
    "workshop": (workshop, (120, 36)),
}


async def draw(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        demo = Path(place) / "demo.db"
        user_name = write_demo(demo)
        for name, (steps, size) in PICTURES.items():
            path = Path(shutil.copy(demo, demo.with_name(f"{name}.db")))
            with Store(path, StoppedClock()) as store:
                # No picture waits for somebody to speak.
                app = InterviewKitApp(store, user_name, settings=Settings(speech=0))
                async with app.run_test(size=size) as pilot:
                    await pilot.pause()
                    await steps(pilot)
                    await pilot.pause()
                    picture = app.export_screenshot(title=f"interviewkit · {name}")
            (folder / f"{name}.svg").write_text(stripped(picture), encoding="utf-8")
            print(f"drew {folder / name}.svg")


if __name__ == "__main__":
    os.environ["TZ"] = "UTC"
    time.tzset()
    asyncio.run(draw(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "images"))
