"""The line of keys: always those of the moment, and a click presses one."""

from textual.command import CommandPalette

from driving import Running, painted, type_at_once, until
from interviewkit.storage.store import Store
from interviewkit.tui.key_commands import KeyCommands
from interviewkit.tui.screens.calibration.set_list import CalibrationsScreen
from interviewkit.tui.screens.dialogs import TextDialog
from interviewkit.tui.screens.live.screen import LiveScreen
from interviewkit.tui.widgets.key_line import Keys
from interviewkit.tui.widgets.story import StoryStrip
from support import begin


def line(keys: Keys) -> str:
    return str(keys.render())


async def test_a_click_on_a_key_presses_it(store: Store, running: Running) -> None:
    begin(store)
    async with running() as pilot:
        keys = pilot.app.screen.query_one(Keys)
        await until(pilot, lambda: "f1 Help" in line(keys))
        await pilot.click(Keys, offset=(1 + line(keys).index("Help"), 0))
        await until(pilot, lambda: isinstance(pilot.app.screen, TextDialog))


async def test_a_click_between_keys_does_nothing(store: Store, running: Running) -> None:
    begin(store)
    async with running(size=(220, 24)) as pilot:
        home = pilot.app.screen
        keys = home.query_one(Keys)
        await until(pilot, lambda: "f1 Help" in line(keys))
        await pilot.click(Keys, offset=(1 + line(keys).index("  "), 0))
        await pilot.pause()
        assert pilot.app.screen is home


async def test_they_are_those_of_what_has_the_focus(store: Store, running: Running) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "\n")
        keys = pilot.app.screen.query_one(Keys)
        await until(pilot, lambda: "f4 Tick" in line(keys))
        assert "Tick or untick" not in line(keys)
        pilot.app.screen.query_one(StoryStrip).focus()
        await until(pilot, lambda: "space Tick or untick" in line(keys))
        assert painted(pilot).splitlines()[-1].startswith(" space Tick or untick")


async def test_the_pointer_is_told_what_a_word_leaves_out(store: Store, running: Running) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        assert isinstance(pilot.app.screen, LiveScreen)
        keys = pilot.app.screen.query_one(Keys)
        await until(pilot, lambda: "f5 Pause" in line(keys))
        await pilot.hover(Keys, offset=(1 + line(keys).index("Pause"), 0))
        await until(pilot, lambda: keys.tooltip == "Pause the clocks")
        await pilot.hover(Keys, offset=(1 + line(keys).index("Home"), 0))
        await until(pilot, lambda: keys.tooltip != "Pause the clocks")


async def test_the_line_of_keys_cuts_no_key_in_two(store: Store, running: Running) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "\n", "f4")
        last = " ".join(painted(pilot).splitlines()[-1].split())
        assert last.startswith("space Tick or untick tab Next gap esc Back to the notes pgdn Next")
        assert last.endswith(" f1 Help")
        await pilot.resize_terminal(120, 36)
        await until(pilot, lambda: "f10 Wrap up" in painted(pilot).splitlines()[-1])


async def test_a_key_that_the_line_has_no_room_for_is_in_the_palette(
    store: Store, running: Running
) -> None:
    begin(store)
    async with running() as pilot:
        home = pilot.app.screen
        keys = home.query_one(Keys)
        await until(pilot, lambda: "f1 Help" in line(keys))
        assert "Calibration" not in line(keys)
        provider = KeyCommands(home)
        assert "Calibration · k" in [hit.text async for hit in provider.discover()]
        assert [hit.text async for hit in provider.search("written RATE")] == ["Calibration · k"]
        assert not [hit async for hit in provider.search("rtwrttn")]
        await pilot.press("ctrl+p")
        await until(pilot, lambda: isinstance(pilot.app.screen, CommandPalette))
        await type_at_once(pilot, "calib")
        await until(pilot, lambda: "Calibration · k" in painted(pilot))
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, CalibrationsScreen))


async def test_the_palette_of_an_interview_begins_with_its_questions(
    store: Store, running: Running
) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        provider = KeyCommands(pilot.app.screen)
        assert not [hit async for hit in provider.discover()]
        assert [hit.text async for hit in provider.search("pause clocks")] == ["Pause · f5"]
