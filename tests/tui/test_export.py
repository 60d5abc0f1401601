"""The workbook from a screen: with and without names, refused, stopped, from the debrief."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static

from driving import Running, until
from interviewkit.storage.store import Store
from interviewkit.tui.screens import export
from interviewkit.tui.screens.comparison.debrief import DebriefScreen
from interviewkit.tui.screens.comparison.screen import ComparisonScreen
from interviewkit.tui.screens.dialogs import Confirm
from interviewkit.tui.screens.export import ExportScreen
from interviewkit.tui.widgets.choice import OneLineChoice
from interviewkit.workflows import role_workbook
from support import complete

SIZES = [(80, 24), (120, 36)]


async def to_export(pilot: Pilot[None], *, from_debrief: bool = False) -> ExportScreen:
    await pilot.press("c")
    await until(pilot, lambda: isinstance(pilot.app.screen, ComparisonScreen))
    if from_debrief:
        await pilot.press("d")
        await until(pilot, lambda: isinstance(pilot.app.screen, DebriefScreen))
    await pilot.press("x")
    await until(pilot, lambda: isinstance(pilot.app.screen, ExportScreen))
    screen = pilot.app.screen
    assert isinstance(screen, ExportScreen)
    return screen


def said(screen: ExportScreen) -> str:
    return str(screen.query_one("#fault", Static).render())


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("from_debrief", [False, True], ids=["comparison", "debrief"])
async def test_it_says_what_was_written_and_where(
    store: Store, running: Running, tmp_path: Path, size: tuple[int, int], from_debrief: bool
) -> None:
    complete(store, {"unspoken-need": 4})
    target = tmp_path / "a folder" / "out.xlsx"
    target.parent.mkdir()
    async with running(size=size) as pilot:
        screen = await to_export(pilot, from_debrief=from_debrief)
        screen.query_one("#path", Input).value = str(target)
        await pilot.press("enter")
        await until(pilot, lambda: "Wrote" in said(screen))
        assert said(screen) == f"Wrote {target}: 1 candidate, 1 scorecard."
        await pilot.press("escape")
        assert pilot.app.screen is not screen
    assert openpyxl.load_workbook(target).sheetnames[0] == "Summary"


async def test_without_names_there_are_none_and_the_file_says_so_by_its_name(
    store: Store, running: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    complete(store, {"unspoken-need": 4})
    async with running() as pilot:
        screen = await to_export(pilot)
        path = screen.query_one("#path", Input)
        usual = path.value
        await pilot.press("f2")
        await until(pilot, lambda: path.value != usual)
        assert path.value.endswith("Account executive comparison without names.xlsx")
        await pilot.press("f2")
        await until(pilot, lambda: path.value == usual)
        screen.query_one(OneLineChoice).focus()
        await pilot.press("2")
        path.value = str(tmp_path / "mine.xlsx")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "Wrote" in said(screen))
    sheet = openpyxl.load_workbook(tmp_path / "mine.xlsx")["Summary"]
    assert sheet["A7"].value == "Candidate A"


async def test_a_place_that_cannot_be_written_is_said_and_can_be_changed(
    store: Store, running: Running, tmp_path: Path
) -> None:
    complete(store, {"unspoken-need": 4})
    async with running() as pilot:
        screen = await to_export(pilot)
        screen.query_one("#path", Input).value = str(tmp_path / "nowhere" / "out.xlsx")
        await pilot.press("enter")
        await until(pilot, lambda: "cannot be written" in said(screen))
        screen.query_one("#path", Input).value = " "
        await pilot.press("enter")
        await until(pilot, lambda: said(screen) == "Type where to save the workbook.")
        screen.query_one("#path", Input).value = str(tmp_path / "out.xlsx")
        await pilot.press("enter")
        await until(pilot, lambda: "Wrote" in said(screen))


async def test_a_workbook_that_exists_is_written_over_only_when_asked(
    store: Store, running: Running, tmp_path: Path
) -> None:
    complete(store, {"unspoken-need": 3}, "Ada")
    target = tmp_path / "out.xlsx"
    target.write_text("decisions", encoding="utf-8")
    async with running() as pilot:
        screen = await to_export(pilot)
        screen.query_one("#path", Input).value = str(target)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is screen)
        assert target.read_text(encoding="utf-8") == "decisions"
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
        await pilot.click("#yes")
        await until(pilot, lambda: "Wrote" in said(screen))
    assert target.read_bytes().startswith(b"PK")


async def test_leaving_while_it_is_written_leaves_nothing_behind(
    store: Store, running: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        complete(store, {"unspoken-need": 3}, f"Candidate {number}")
    target = tmp_path / "out" / "out.xlsx"
    target.parent.mkdir()
    left = threading.Event()
    write_role: Callable[..., str] = role_workbook.write_role

    def held_after_the_first(*args: Any) -> str:
        """The real writing, which would be over before anybody can leave."""
        *others, step = args

        def held(done: int, every: int) -> None:
            step(done, every)
            left.wait()

        return write_role(*others, held)

    monkeypatch.setattr(export, "write_role", held_after_the_first)
    async with running() as pilot:
        screen = await to_export(pilot)
        screen.query_one("#path", Input).value = str(target)
        await pilot.press("enter")
        await until(pilot, lambda: any(target.parent.iterdir()))
        screen.action_leave()
        left.set()
        await until(pilot, lambda: not any(target.parent.iterdir()))


def test_where_there_are_no_windows_no_folder_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert export._opener() is None
