"""A list that somebody pastes or names becomes a bank, and opens where there is more to write."""

from pathlib import Path

from textual.widgets import Input, Static

from driving import Running, painted, until
from hostile import ACTS, acting
from interviewkit.banks.library import users_folder
from interviewkit.banks.loader import read_bank
from interviewkit.tui.screens.workshop.bank_list import BanksScreen
from interviewkit.tui.screens.workshop.editor import WorkshopScreen
from interviewkit.tui.screens.workshop.list_form import ListForm
from interviewkit.tui.widgets.text_area import GrowingTextArea


async def test_pasted_questions_become_a_bank_that_opens_in_the_workshop(running: Running) -> None:
    async with running() as pilot:
        await pilot.press("b")
        await until(pilot, lambda: isinstance(pilot.app.screen, BanksScreen))
        await pilot.press("l")
        await until(pilot, lambda: isinstance(pilot.app.screen, ListForm))
        form = pilot.app.screen
        form.query_one(GrowingTextArea).text = f"1. Why do you sell?\n\nA remark, {ACTS}.\n"
        form.query_one("#title", Input).value = "Ours"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, WorkshopScreen))
        await pilot.pause()
        assert "TO WRITE" in painted(pilot)
        assert acting(painted(pilot)) == []
        assert any("no field; see the comments" in n.message for n in pilot.app._notifications)
    bank = read_bank(users_folder() / "ours.yaml").bank
    assert [question.ask for question in bank.questions] == ["Why do you sell?"]


async def test_what_is_missing_or_cannot_be_read_is_said_in_the_form(
    running: Running, tmp_path: Path
) -> None:
    async with running() as pilot:
        await pilot.press("b")
        await until(pilot, lambda: isinstance(pilot.app.screen, BanksScreen))
        await pilot.press("l")
        await until(pilot, lambda: isinstance(pilot.app.screen, ListForm))
        form = pilot.app.screen
        fault = form.query_one("#fault", Static)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "There is no list yet." in str(fault.render()))
        form.query_one("#file", Input).value = str(tmp_path / f"no{ACTS[:3]}.csv")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "cannot be read" in str(fault.render()))
        assert acting(painted(pilot)) == []
        typed = Path("~nobody-of-that-name/list.csv")  # drawn as the system writes it
        form.query_one("#file", Input).value = f"'{typed}'"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: str(typed) in str(fault.render()))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, BanksScreen))
