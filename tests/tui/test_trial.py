"""A question tried out: the same screen, clearly marked, with nothing recorded."""

import tempfile
from pathlib import Path

import pytest
from textual.widgets import OptionList

from driving import Running, type_at_once, until
from interviewkit.storage.store import Store
from interviewkit.tui.app import InterviewKitApp
from interviewkit.tui.screens.live.screen import LiveScreen
from interviewkit.tui.screens.workshop.bank_list import BanksScreen
from interviewkit.tui.screens.workshop.editor import WorkshopScreen
from interviewkit.tui.widgets.live_header import Heading
from interviewkit.tui.widgets.menu import Menu
from interviewkit.tui.widgets.outline import Outline
from support import shipped


async def test_from_the_workshop_the_question_under_the_cursor_is_tried(
    store: Store, running: Running
) -> None:
    async with running() as pilot:
        await pilot.press("b")
        await until(pilot, lambda: isinstance(pilot.app.screen, BanksScreen))
        rows = pilot.app.screen.query_one(OptionList)
        await until(pilot, lambda: rows.option_count > 0)
        await pilot.press("down", "down", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, WorkshopScreen))
        workshop = pilot.app.screen
        await pilot.press("t")
        assert pilot.app.screen is workshop  # the bank's head is no question
        workshop.query_one(Outline).go(("questions", "broken-promise"))
        await pilot.press("t")
        await until(pilot, lambda: isinstance(pilot.app.screen, LiveScreen))
        heading = str(pilot.app.screen.query_one(Heading).render())
        assert heading.startswith("TRIAL, nothing is recorded")
        await type_at_once(pilot, "rang Sandra\n?1in March\n+\n/4/end\n")
        menu = str(pilot.app.screen.query_one(Menu).render())
        assert "This is a trial" in menu
        await pilot.press("f9")
        await until(pilot, lambda: pilot.app.screen is workshop)
    assert store._reads.standings() == []
    assert store.candidates() == []


async def test_started_from_the_command_line_it_ends_with_the_trial(store: Store) -> None:
    app = InterviewKitApp(store, "Priya Raman")
    async with app.run_test() as pilot:
        app.unrecorded.try_question(shipped(), "broken-promise", then_quit=True)
        await until(pilot, lambda: isinstance(app.screen, LiveScreen))
        await pilot.press("f9")
        await until(pilot, lambda: not app.is_running or app._exit)


async def test_quit_amid_it_nothing_of_it_is_left(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    app = InterviewKitApp(store, "Priya Raman")
    async with app.run_test() as pilot:
        app.unrecorded.try_question(shipped(), "broken-promise")
        await until(pilot, lambda: isinstance(app.screen, LiveScreen))
        trial = app.screen
        assert list(tmp_path.glob("interviewkit-trial-*"))
        await pilot.press("ctrl+q")
    assert not list(tmp_path.glob("interviewkit-trial-*"))
    assert not trial.is_running
