"""No screen shows what the viewer may not see: every screen there is, looked at by each viewer."""

import pkgutil
from collections import defaultdict
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from textual.dom import DOMNode
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Button, Input, OptionList, Static, TextArea

import needles
from driving import painted, until
from interviewkit.storage.store import Store
from interviewkit.tui import screens
from interviewkit.tui.app import InterviewKitApp
from interviewkit.tui.screens.comparison.debrief import DebriefScreen
from interviewkit.tui.screens.comparison.screen import ComparisonScreen
from interviewkit.tui.screens.export import ExportScreen
from interviewkit.tui.screens.home import HomeScreen
from interviewkit.tui.screens.live.screen import LiveScreen
from interviewkit.tui.screens.scorecards import ScorecardsScreen
from interviewkit.tui.widgets.grid import Grid
from needles import VALUES, VIEWERS, Viewer, documents_in
from test_needles import content

SIZE = (200, 90)
WRITTEN = "shows answers of invented people and ratings of them: storage/privacy/test_calibrations"
BANKS_ONLY = "shows question banks and no records"
PRACTICE_ONLY = "shows practice files and no records but its own, which it throws away"
# Every screen: "" for those the walk below comes by, or why it need not.
DOORS = {
    "HomeScreen": "",
    "ScorecardsScreen": "",
    "AmendScreen": "",
    "TranscriptScreen": "",
    "TranscriptForm": "asks for a file beside the interview on the screen below it",
    "DebriefScreen": "",
    "DecideScreen": "",
    "TextDialog": "",
    "ComparisonScreen": "",
    "AnswersScreen": "",
    "ProfileScreen": "",
    "SeverityScreen": "",
    "PanelScreen": "",
    "FilterScreen": "",
    "QuestionUseScreen": "",
    "ExportScreen": "",
    "SearchScreen": "",
    "StartScreen": "",
    "RoleScreen": "",
    "LiveScreen": "",
    "WrapUpScreen": "",
    "FirstStartScreen": "",
    "NameQuestion": "",
    "PeopleScreen": "",
    "OneLine": "",
    "MergeInto": "",
    "PlanScreen": "",
    "PlanForm": "",
    "TeamScreen": "",
    "InvitationForm": "holds what is typed into it, and reads no records",
    "TeamBankQuestion": BANKS_ONLY,
    "CardForm": "",
    "CalibrationsScreen": "",
    "NewSetScreen": WRITTEN,
    "RateAnswersScreen": WRITTEN,
    "CalibrationPanelScreen": WRITTEN,
    "KitForm": "",
    "Confirm": "asks about what stands on the screen below it",
    "TooSmall": "covers every other screen with one sentence",
    "BanksScreen": BANKS_ONLY,
    "WorkshopScreen": BANKS_ONLY,
    "BankFileScreen": "is what WorkshopScreen is made from",
    "BankSearchScreen": BANKS_ONLY,
    "FormScreen": BANKS_ONLY,
    "ListForm": BANKS_ONLY,
    "NewBankScreen": BANKS_ONLY,
    "AskId": BANKS_ONLY,
    "Choose": BANKS_ONLY,
    "PracticeScreen": PRACTICE_ONLY,
    "RehearsalScreen": PRACTICE_ONLY,
    "ReviewScreen": PRACTICE_ONLY,
}
OFFERS = {"AmendScreen", "DecideScreen", "WrapUpScreen", "LiveScreen", "ExportScreen"}


def every_screen() -> Iterator[str]:
    for info in pkgutil.walk_packages(screens.__path__, f"{screens.__name__}."):
        module = import_module(info.name)
        for kind in vars(module).values():
            is_screen = isinstance(kind, type) and issubclass(kind, Screen)
            if is_screen and kind.__module__ == info.name:
                yield kind.__name__


def test_every_screen_is_among_the_doors() -> None:
    bases = {"FirstScreen", "_PlotScreen"}
    assert set(every_screen()) - bases == set(DOORS), "give the new screen a step of the walk"


class Walk:
    """One viewer's way through the application; ``texts`` are all text, by screen."""

    def __init__(self, pilot: Pilot[None], folder: Path) -> None:
        self.pilot = pilot
        self.app = pilot.app
        self.folder = folder
        self.texts: dict[str, str] = defaultdict(str)

    async def press(self, *keys: str) -> None:
        """Press them one by one and keep what stands on the screen after each."""
        for key in keys:
            await self.pilot.press(key)
            await self.look()

    async def look(self) -> None:
        await self.pilot.pause()
        screen = self.app.screen
        texts = [painted(self.pilot), self.app.clipboard]
        texts += [text for widget in screen.walk_children() for text in texts_of(widget)]
        texts += [note.message for note in self.app._notifications]
        self.app.clear_notifications()
        self.app.copy_to_clipboard("")  # what was copied counts once, where it was copied
        self.texts[type(screen).__name__] += "\n".join(texts)

    async def open(self, key: str, *keys: str) -> None:
        """What ``key`` opens, if it opens anything, with ``keys`` pressed there; then back."""
        below = self.app.screen
        await self.press(key)
        if self.app.screen is not below:
            await self.press(*keys)
        for _ in range(6):
            if self.app.screen is not below:
                await self.press("escape")
        assert self.app.screen is below

    async def home(self) -> HomeScreen:
        for _ in range(8):
            if isinstance(self.app.screen, HomeScreen):
                break
            await self.press("f9" if isinstance(self.app.screen, LiveScreen) else "escape")
        screen = self.app.screen
        assert isinstance(screen, HomeScreen)
        return screen

    async def at(self, row: str) -> None:
        """Home, with the cursor on the row of this id."""
        places = (await self.home()).query_one(OptionList)
        places.highlighted = [option.id for option in places.options].index(row)
        await self.look()

    async def down(self, options: OptionList) -> None:
        """Under the cursor, one after the other."""
        for index in range(options.option_count):
            options.highlighted = index
            await self.look()

    async def everything(self) -> None:
        home = await self.home()
        await self.look()
        for row in [option.id for option in home.query_one(OptionList).options if option.id]:
            kind = row.partition(":")[0]
            steps = {
                "interview": self.interview,
                "role": self.role,
                "candidate": self.candidate,
                "plan": self.at,
            }
            await steps[kind](row)
        await self.rest()

    async def interview(self, row: str) -> None:
        await self.at(row)
        await self.press("enter")
        if isinstance(self.app.screen, LiveScreen):
            await self.press(*["pagedown"] * 3)
            await self.open("f10")
        await self.at(row)
        await self.press("delete")

    async def candidate(self, row: str) -> None:
        await self.at(row)
        await self.press("s")
        if isinstance(self.app.screen, ScorecardsScreen):
            cards = self.app.screen.query_one(OptionList)
            await self.down(cards)
            for index in range(min(cards.option_count, 3)):
                cards.highlighted = index
                await self.open("a")
                await self.open("h")
                await self.open("w", "right", "enter")
                await self.press("y", "Y")
        await self.at(row)
        await self.press("d")
        if isinstance(self.app.screen, DebriefScreen):
            await self.down(self.app.screen.query_one("#agenda", OptionList))
            for key in ("t", "d", "o", "h", "w", "enter"):
                await self.open(key)

    async def role(self, row: str) -> None:
        await self.at(row)
        await self.open("d", "c")
        await self.open("r")
        await self.press("c")
        assert isinstance(self.app.screen, ComparisonScreen)
        await self.press("i")
        for key in ("f", "v", "m", "r"):
            await self.open(key)
        await self.export()
        for _ in range(2):
            await self.press("space", "home", "right", "right")
            await self.open("enter", "left", "right", "o")
            await self.open("d")
            await self.press("down")
        await self.open("p")

    async def export(self) -> None:
        await self.press("x")
        if not isinstance(self.app.screen, ExportScreen):
            return
        file = self.folder / "role.xlsx"
        self.app.screen.query_one("#path", Input).value = str(file)
        button = self.app.screen.query_one("#write", Button)
        await self.pilot.press("ctrl+s")
        await until(self.pilot, lambda: file.exists() and not button.disabled)
        await self.look()
        self.texts["ExportScreen"] += content(file)
        await self.press("escape")

    async def rest(self) -> None:
        await self.home()
        await self.open("u", *["down"] * 8)
        await self.open("n")
        await self.open("k", "enter")
        await self.open("f")
        await self.records()
        for query in ("zq", "better", "unlike"):
            await self.home()
            await self.press("slash", *query)
            await until(self.pilot, lambda: self.app.screen._waiting is None)  # type: ignore[attr-defined]
            await self.look()
            await self.press("enter", "enter")
        await self.home()

    async def records(self) -> None:
        """People and the plan, with the questions they ask, all left without a change."""
        await self.open("l", "down", "c", "escape", "k", "escape", "n")
        await self.open("p", "n", "escape", "e", "escape", "m", "enter")
        await self.open("m", "a", "i")
        await self.open("w", *"Becker", "comma", "space", *"Tom", "ctrl+s", "down")


def texts_of(widget: DOMNode) -> list[str]:
    """What a widget holds, also where it is scrolled out of sight."""
    match widget:
        case OptionList():
            return [str(option.prompt) for option in widget.options]
        case Input():
            return [widget.value]
        case TextArea():
            return [widget.text]
        case Static():
            return [str(widget.render())]
        case Grid():
            return ["\n".join(strip.text for strip in widget.render_lines(widget.size.region))]
        case _:
            return []


def judge(viewer: Viewer, screen: str, text: str) -> tuple[frozenset[str], set[str]]:
    """(Documents that were rightly seen there, what should not have been there)."""
    documents = documents_in(text)
    wrong = set(documents & viewer.hidden)
    if screen not in OFFERS:
        wrong |= {value for value, of in VALUES.items() if value in text and of <= viewer.hidden}
    return documents - viewer.hidden, wrong


async def test_whoever_looks_at_every_screen_finds_nothing_hidden(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    cells: dict[tuple[str, str], str] = {}
    leaks: list[str] = []
    visible_on: dict[str, set[str]] = defaultdict(set)
    for index, viewer in enumerate(VIEWERS):
        folder = tmp_path / str(index)
        folder.mkdir()
        with Store(needles.fill(folder, viewer)) as store:
            async with InterviewKitApp(store, viewer.login).run_test(size=SIZE) as pilot:
                walk = Walk(pilot, folder)
                await walk.everything()
        for screen in sorted(DOORS):
            if screen in walk.texts:
                visible, wrong = judge(viewer, screen, walk.texts[screen])
                visible_on[screen] |= visible
                leaks += [f"{viewer.title}, {screen}: {what}" for what in sorted(wrong)]
                cells[screen, viewer.title] = needles.cell(visible, frozenset(wrong))
    print(needles.table(cells))
    assert leaks == []
    assert {screen for screen, why in DOORS.items() if not why} <= set(visible_on)
    # Anyone who may see something does, so a screen that is never filled is noticed.
    assert visible_on["ScorecardsScreen"] >= {needles.TOM_ADA, needles.TOM_BO, needles.OWN}
    assert visible_on["DebriefScreen"] >= {needles.TOM_ADA, needles.DECISION_ADA}
    assert visible_on["ExportScreen"] >= {needles.TOM_ADA, needles.DECISION_ADA}
    for screen in ("AnswersScreen", "SearchScreen"):
        assert needles.TOM_ADA in visible_on[screen], screen
    assert visible_on["TranscriptScreen"] >= {needles.TOM_ADA, needles.OWN}
    assert needles.OWN in visible_on["LiveScreen"]
