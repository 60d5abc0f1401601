"""The comparison on screen: the same numbers, what is behind them, and the workbook."""

from pathlib import Path

import openpyxl
from textual.widgets import DataTable, Input, Static

from driving import Running, until
from interviewkit.storage.store import Store
from interviewkit.tui.screens.comparison import ComparisonScreen
from interviewkit.tui.screens.sheet import AskPath, Sheet
from support import begin, complete


def two_panels(store: Store) -> None:
    complete(store, {"unspoken-need": 5, "broken-promise": 4}, interviewer="Tom Becker")
    complete(store, {"unspoken-need": 3, "broken-promise": None}, interviewer="Lucía Ferrer")
    complete(store, {"unspoken-need": 2}, candidate="Bo Lindqvist", interviewer="Tom Becker")


async def test_values_carry_their_n_and_a_blank_is_a_dash(store: Store, running: Running) -> None:
    two_panels(store)
    async with running() as pilot:
        await pilot.press("c")
        await until(pilot, lambda: isinstance(pilot.app.screen, ComparisonScreen))
        table = pilot.app.screen.query_one(DataTable)
        first = [str(cell) for cell in table.get_row_at(0)]
        columns = [str(key.value) for key in table.columns]
    by_name = dict(zip(columns, first, strict=True))
    assert by_name["candidate"] == "Ada Okafor"
    assert by_name["overall"] == "4.0"
    assert by_name["customer-needs"] == "4.0 ×2"
    assert by_name["service-recovery"] == "4.0 ×1"
    assert by_name["learning"] == "–"


async def test_below_the_table_stands_who_rated_what(store: Store, running: Running) -> None:
    two_panels(store)
    async with running() as pilot:
        await pilot.press("c")
        await until(pilot, lambda: isinstance(pilot.app.screen, ComparisonScreen))
        column = [str(c.value) for c in pilot.app.screen.query_one(DataTable).columns].index(
            "customer-needs"
        )
        await pilot.press(*["right"] * column)
        detail = str(pilot.app.screen.query_one("#detail", Static).render())
        assert "Ada Okafor · Needs before selling · 4.0 from Lucía Ferrer 3, Tom Becker 5" in detail
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, Sheet))
        words = str(pilot.app.screen.query(Static).first().render())
        assert "what Ada Okafor said of unspoken-need" in words
        assert "what Ada Okafor said of broken-promise" not in words


async def test_a_candidate_i_am_interviewing_is_withheld(store: Store, running: Running) -> None:
    two_panels(store)
    begin(store, candidate="Bo Lindqvist", interviewer="Priya Raman")
    async with running() as pilot:
        await pilot.press("down", "c")
        await until(pilot, lambda: isinstance(pilot.app.screen, ComparisonScreen))
        assert pilot.app.screen.query_one(DataTable).row_count == 1
        remarks = str(pilot.app.screen.query_one("#remarks Static", Static).render())
    assert "Bo Lindqvist: withheld until you have submitted your own scorecard." in remarks


async def test_the_workbook_is_written_where_one_says(
    store: Store, running: Running, tmp_path: Path
) -> None:
    two_panels(store)
    target = tmp_path / "out.xlsx"
    async with running() as pilot:
        await pilot.press("c")
        await until(pilot, lambda: isinstance(pilot.app.screen, ComparisonScreen))
        await pilot.press("x")
        await until(pilot, lambda: isinstance(pilot.app.screen, AskPath))
        pilot.app.screen.query_one(Input).value = str(target)
        await pilot.press("enter")
        await until(pilot, target.exists)
        await pilot.app.workers.wait_for_complete()
    assert "Evidence" in openpyxl.load_workbook(target).sheetnames


async def test_a_role_without_scorecards_says_so(store: Store, running: Running) -> None:
    begin(store, interviewer="Tom Becker")
    async with running() as pilot:
        await pilot.press("c")
        await until(pilot, lambda: isinstance(pilot.app.screen, ComparisonScreen))
        remarks = str(pilot.app.screen.query_one("#remarks Static", Static).render())
    assert "No scorecard that you may see has been submitted here yet." in remarks
