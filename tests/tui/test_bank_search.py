"""Search over all banks: by word, competency, element and finding."""

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList, Static

from driving import Running, type_at_once, until
from interviewkit.banks.library import BankLocation, users_folder
from interviewkit.tui.screens.workshop.bank_list import BanksScreen
from interviewkit.tui.screens.workshop.bank_search import BankSearchScreen
from interviewkit.tui.screens.workshop.editor import WorkshopScreen
from interviewkit.tui.widgets.outline import Outline
from interviewkit.workflows.bank_editor import read_snapshot
from interviewkit.workflows.bank_search import bank_entries, find_entries
from support import ROOT
from workshop_driving import open_bank, shows

SMALL = ROOT / "tests/banks/small.yaml"


@pytest.mark.parametrize(
    ("query", "labels"),
    [
        ("PROMISE kept", ["broken-promise"]),
        ('"was not"', ["broken-promise"]),
        ("competency:recovery knew", ["broken-promise / who-knew"]),
        ("element:own-action", ["broken-promise / first-step"]),
        ("element:confirmation", ["broken-promise / who-knew"]),
        ("finding:missing-anchors promise", []),
        ("colour:red", []),
        ("  ", []),
        ("who knew nothing", []),
    ],
)
def test_every_word_must_be_there_where_it_is_looked_for(query: str, labels: list[str]) -> None:
    location = BankLocation("small", SMALL, False)
    entries = bank_entries(location, read_snapshot(location))
    assert [entry.label for entry in find_entries(entries, query)] == labels


def test_each_finding_is_found_once_at_the_thing_it_is_about() -> None:
    location = BankLocation("small", SMALL, False)
    snapshot = read_snapshot(location)
    entries = bank_entries(location, snapshot)
    for address, finding in snapshot.findings:
        found = list(find_entries(entries, f"finding:{finding.code}"))
        assert found, finding
        assert any(address[: len(entry.address)] == entry.address for entry in found)


def test_a_broken_bank_is_found_by_its_findings() -> None:
    location = BankLocation("twelve", ROOT / "tests/banks/twelve-faults.yaml", False, "Twelve")
    entries = bank_entries(location, read_snapshot(location))
    assert [entry.bank_title for entry in find_entries(entries, "finding:error")] == ["Twelve"]


async def look_for(pilot: Pilot[None], text: str) -> OptionList:
    await pilot.press("slash")
    await shows(pilot, BankSearchScreen)
    await type_at_once(pilot, text)
    screen = pilot.app.screen
    count = screen.query_one("#count", Static)
    await until(pilot, lambda: "still to be read" not in str(count.render()))
    await pilot.press("down")
    await pilot.pause()
    return screen.query_one("#hits", OptionList)


async def test_enter_opens_the_workshop_at_what_was_found(running: Running) -> None:
    users_folder().mkdir(parents=True)
    path = Path(users_folder() / "small.yaml")
    path.write_text(SMALL.read_text(encoding="utf-8"), encoding="utf-8")
    async with running(size=(80, 24)) as pilot:
        await pilot.press("b")
        await shows(pilot, BanksScreen)
        hits = await look_for(pilot, "another department small")
        assert hits.option_count == 0
        await pilot.press("escape")
        await shows(pilot, BanksScreen)
        hits = await look_for(pilot, "another department had to help")
        assert hits.option_count == 1
        await pilot.press("enter")
        await shows(pilot, WorkshopScreen)
        assert pilot.app.screen.query_one(Outline).address == ("questions", "other-department")
        await look_for(pilot, "promise was not kept")
        await pilot.press("enter")
        await shows(pilot, WorkshopScreen)
        assert pilot.app.screen.query_one(Outline).address == ("questions", "broken-promise")


async def test_another_bank_is_opened_in_place_of_this_one(running: Running) -> None:
    async with running(size=(80, 24)) as pilot:
        await open_bank(pilot)
        before = pilot.app.screen
        await look_for(pilot, "element:setback competency:coaching")
        await pilot.press("end", "enter")
        await until(
            pilot,
            lambda: isinstance(pilot.app.screen, WorkshopScreen) and pilot.app.screen is not before,
        )
        assert len(pilot.app.screen.query_one(Outline).address) == 4
