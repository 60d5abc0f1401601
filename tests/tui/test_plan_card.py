"""The card of a planned interview, written and changed on the plan's screen."""

import pytest
from textual.widgets import OptionList, Static

from driving import Running, painted, type_at_once, until
from interviewkit.interview.plan import PlanEntry
from interviewkit.storage.store import Store
from interviewkit.tui.screens.card_form import CardForm
from interviewkit.tui.screens.plan import PlanScreen
from interviewkit.tui.widgets.text_area import GrowingTextArea


@pytest.fixture
def entry(store: Store) -> PlanEntry:
    return store.planning().add(
        role="Account executive", candidate="Ada Okafor", interviewer="Tom Becker"
    )


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_a_card_is_written_in_lines_and_shown_in_the_list(
    store: Store, running: Running, entry: PlanEntry, size: tuple[int, int]
) -> None:
    async with running(size=size) as pilot:
        await pilot.press("l")
        await until(pilot, lambda: isinstance(pilot.app.screen, PlanScreen))
        assert " · card" not in painted(pilot)
        await pilot.press("c")
        await until(pilot, lambda: isinstance(pilot.app.screen, CardForm))
        assert "For Tom Becker, about Ada Okafor" in painted(pilot)
        await type_at_once(pilot, "Verify the renewal.\nAsk about the second year.")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, PlanScreen))
        assert " · planned · card" in painted(pilot)
        assert pilot.app.screen.query_one(OptionList).highlighted == 0
    card = store.planning().entry(entry.id).card
    assert card == "Verify the renewal.\nAsk about the second year."


async def test_a_judgement_stays_in_the_form_with_the_reason(
    store: Store, running: Running, entry: PlanEntry
) -> None:
    store.planning().set_card(entry, "Verify the renewal.")
    async with running() as pilot:
        await pilot.press("l", "c")
        await until(pilot, lambda: isinstance(pilot.app.screen, CardForm))
        await type_at_once(pilot, "\nI rated her 4")
        await pilot.press("ctrl+s")
        fault = str(pilot.app.screen.query_one("#fault", Static).render())
        assert fault.startswith("Line 2 of the card gives a judgement away: “rated her 4”.")
        assert pilot.app.screen.query_one(GrowingTextArea).text.endswith("I rated her 4")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, PlanScreen))
    assert store.planning().entry(entry.id).card == "Verify the renewal."


async def test_without_an_entry_there_is_no_card(store: Store, running: Running) -> None:
    async with running() as pilot:
        await pilot.press("l")
        await until(pilot, lambda: isinstance(pilot.app.screen, PlanScreen))
        await pilot.press("c")
        assert isinstance(pilot.app.screen, PlanScreen)
