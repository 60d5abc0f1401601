"""Ways through the workshop that its tests share."""

from typing import cast

from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Static

from driving import until
from interviewkit.tui.screens.workshop.bank_list import BanksScreen
from interviewkit.tui.screens.workshop.editor import WorkshopScreen
from interviewkit.tui.screens.workshop.form import FormScreen
from interviewkit.tui.widgets.form_entry import FormEntry


async def open_bank(pilot: Pilot[None], row: int = 0) -> None:
    """From home to the bank at ``row`` of the list."""
    await pilot.press("b")
    await shows(pilot, BanksScreen)
    await pilot.press(*["down"] * row, "enter")
    await until(
        pilot, lambda: any(isinstance(one, WorkshopScreen) for one in pilot.app.screen_stack)
    )
    await pilot.pause()


async def shows(pilot: Pilot[None], kind: type[Screen[object]] | type) -> None:
    await until(pilot, lambda: isinstance(pilot.app.screen, kind))
    await pilot.pause()


def words(pilot: Pilot[None], where: str = "#words") -> str:
    return str(pilot.app.screen.query_one(where, Static).render())


def entry(pilot: Pilot[None], *name: str) -> FormEntry:
    form = cast("FormScreen", pilot.app.screen)
    return next(one for one in form.query(FormEntry) if one.field_name == name)


async def checked(pilot: Pilot[None]) -> None:
    """Wait until what is shown is about what is typed."""
    screen = pilot.app.screen
    assert isinstance(screen, FormScreen)
    await pilot.pause()
    await until(pilot, lambda: screen.is_checked)


async def in_form(pilot: Pilot[None], key: str = "e") -> FormScreen:
    await pilot.press(key)
    await shows(pilot, FormScreen)
    await checked(pilot)
    return cast("FormScreen", pilot.app.screen)
