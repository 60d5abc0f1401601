"""A fillable kit written from the plan's screen."""

from pathlib import Path

import pytest
from textual.widgets import Input, Static

from driving import Running, painted, until
from interviewkit.interview.plan import PlanEntry
from interviewkit.storage.store import Store
from interviewkit.tui.screens.kit_form import KitForm
from interviewkit.tui.screens.plan import PlanScreen


def plan(store: Store, bank: str = "", kit: str = "") -> PlanEntry:
    return store.planning().add(
        candidate="Ada Okafor",
        role="Account executive",
        interviewer="Tom Becker",
        bank=bank,
        kit=kit,
    )


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_k_writes_the_kit_of_the_entry(
    store: Store,
    running: Running,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    size: tuple[int, int],
) -> None:
    monkeypatch.chdir(tmp_path)
    entry = plan(store, "customer-focused-sales", "first-45")
    async with running(size=size) as pilot:
        await pilot.press("l")
        await until(pilot, lambda: isinstance(pilot.app.screen, PlanScreen))
        assert "k Kit file" in painted(pilot)
        await pilot.press("k")
        await until(pilot, lambda: isinstance(pilot.app.screen, KitForm))
        assert "For Tom Becker, about Ada Okafor" in painted(pilot)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, PlanScreen))
        (message,) = pilot.app._notifications
        assert message.message.startswith("Wrote ")
    (page,) = tmp_path.glob("*.html")
    assert page.name == "Ada Okafor Tom Becker.html"
    assert store.planning().entry(entry.id).kit_key in page.read_text(encoding="utf-8")


async def test_an_entry_without_a_kit_asks_for_it(
    store: Store, running: Running, tmp_path: Path
) -> None:
    plan(store)
    async with running() as pilot:
        await pilot.press("l", "k")
        await until(pilot, lambda: isinstance(pilot.app.screen, KitForm))
        screen = pilot.app.screen
        fault = screen.query_one("#fault", Static)
        screen.query_one("#path", Input).value = str(tmp_path / "kit.html")
        await pilot.press("ctrl+s")
        assert str(fault.render()) == "Name the kit as bank/kit."
        screen.query_one("#kit", Input).value = "customer-focused-sales/first-46"
        await pilot.press("ctrl+s")
        assert "Did you mean first-45?" in str(fault.render())
        screen.query_one("#kit", Input).value = "customer-focused-sales/first-45"
        screen.query_one("#path", Input).value = ""
        await pilot.press("ctrl+s")
        assert str(fault.render()) == "Type where to save the kit."
        screen.query_one("#path", Input).value = str(tmp_path / "kit.html")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, PlanScreen))
    assert (tmp_path / "kit.html").exists()


async def test_escape_writes_nothing(store: Store, running: Running, tmp_path: Path) -> None:
    async with running() as pilot:
        await pilot.press("l", "k")
        assert isinstance(pilot.app.screen, PlanScreen)  # there is no entry
        plan(store)
        await pilot.press("escape", "l", "k")
        await until(pilot, lambda: isinstance(pilot.app.screen, KitForm))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, PlanScreen))
        assert len(pilot.app._notifications) == 0
