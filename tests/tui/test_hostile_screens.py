"""Names that try to act on the terminal: every screen shows them, and none lets them act."""

import re
from pathlib import Path
from typing import Any

import pytest
from textual.app import App
from textual.screen import Screen

from driving import Running, painted, type_at_once, until
from hostile import ACTS, ADA, PLAIN, acting, write_hostile
from interviewkit.interview.people import Person
from interviewkit.interview.transcript import Cue
from interviewkit.storage.store import Store
from interviewkit.tui.screens.amendment_form import AmendScreen
from interviewkit.tui.screens.calibration.new_set import NewSetScreen
from interviewkit.tui.screens.calibration.rate_answers import RateAnswersScreen
from interviewkit.tui.screens.calibration.set_list import CalibrationsScreen
from interviewkit.tui.screens.card_form import CardForm
from interviewkit.tui.screens.comparison.answers import AnswersScreen
from interviewkit.tui.screens.comparison.debrief import DebriefScreen
from interviewkit.tui.screens.comparison.decision_form import DecideScreen
from interviewkit.tui.screens.comparison.filter_form import FilterScreen
from interviewkit.tui.screens.comparison.panel import PanelScreen
from interviewkit.tui.screens.comparison.plots import ProfileScreen, SeverityScreen
from interviewkit.tui.screens.comparison.question_statistics import QuestionUseScreen
from interviewkit.tui.screens.comparison.screen import ComparisonScreen
from interviewkit.tui.screens.dialogs import Confirm, TextDialog
from interviewkit.tui.screens.export import ExportScreen
from interviewkit.tui.screens.interview_form import StartScreen
from interviewkit.tui.screens.invitation_form import InvitationForm
from interviewkit.tui.screens.kit_form import KitForm
from interviewkit.tui.screens.live.screen import LiveScreen
from interviewkit.tui.screens.name_question import NameQuestion
from interviewkit.tui.screens.people import MergeInto, OneLine, PeopleScreen
from interviewkit.tui.screens.plan import PlanForm, PlanScreen
from interviewkit.tui.screens.role_form import RoleScreen
from interviewkit.tui.screens.scorecards import ScorecardsScreen
from interviewkit.tui.screens.search import SearchScreen
from interviewkit.tui.screens.team import TeamScreen
from interviewkit.tui.screens.team_bank_question import TeamBankQuestion
from interviewkit.tui.screens.transcript import TranscriptScreen
from interviewkit.tui.screens.transcript_form import TranscriptForm
from interviewkit.tui.screens.who_you_are import FirstStartScreen
from interviewkit.tui.screens.workshop.bank_list import BanksScreen
from interviewkit.tui.screens.workshop.bank_search import BankSearchScreen
from interviewkit.tui.screens.workshop.editor import WorkshopScreen
from interviewkit.tui.screens.workshop.form import FormScreen
from interviewkit.tui.screens.wrap_up import WrapUpScreen
from support import ROOT
from terminal import Terminal

SIGN = "␛"
# (Keys, the screen they lead to, whether a name stands on it.) From home, one after the other.
WAYS: list[list[tuple[str, type[Screen[Any]], bool]]] = [
    [
        ("c", ComparisonScreen, True),
        ("enter", AnswersScreen, True),
        ("escape d", DebriefScreen, True),
        ("t", TextDialog, True),
        ("escape d", DecideScreen, True),
        ("escape escape r", PanelScreen, True),
        ("escape f", FilterScreen, True),
        ("escape x", ExportScreen, True),
        ("escape space down space p", ProfileScreen, True),
        ("escape v", SeverityScreen, True),
        ("escape m", TextDialog, True),
        ("escape i", ComparisonScreen, True),
    ],
    [("end s", ScorecardsScreen, True), ("a", AmendScreen, False)],
    [("end s", ScorecardsScreen, True), ("w", TranscriptForm, True)],
    [("down down s", ScorecardsScreen, True), ("w", TranscriptScreen, True)],
    [("end d", DebriefScreen, True)],
    [("end r", RoleScreen, True)],
    [("end u", QuestionUseScreen, True)],
    [("n", StartScreen, True), ("P l a i n comma space A d a ctrl+s", NameQuestion, True)],
    [
        ("p", PeopleScreen, True),
        ("n", OneLine, True),
        ("escape e", OneLine, True),
        ("escape m", MergeInto, True),
        ("enter", Confirm, True),
        ("enter", PeopleScreen, True),
    ],
    [
        ("l", PlanScreen, True),
        ("c", CardForm, True),
        ("escape k", KitForm, True),
        ("escape n", PlanForm, False),
    ],
    [("m", TeamScreen, False), ("j", InvitationForm, False)],
    [("f", TextDialog, False)],
    [
        ("k", CalibrationsScreen, True),
        ("enter", RateAnswersScreen, True),
        ("escape n", NewSetScreen, False),
    ],
    [("w", FirstStartScreen, False), ("P l a i n comma space T o m ctrl+s", NameQuestion, True)],
    [("slash", SearchScreen, False)],
    [("b", BanksScreen, False), ("enter", WorkshopScreen, True), ("e", FormScreen, False)],
    [
        ("b", BanksScreen, False),
        ("slash", BankSearchScreen, False),
        ("p r o m i s e", BankSearchScreen, True),
    ],
    [("enter", LiveScreen, True), ("f2", LiveScreen, True), ("f3", TextDialog, False)],
]


@pytest.mark.parametrize("way", WAYS, ids=[way[0][1].__name__ + way[0][0][0] for way in WAYS])
@pytest.mark.parametrize("size", [(80, 24), (140, 45)], ids=str)
async def test_a_screen_shows_what_acts_and_keeps_it_from_the_terminal(
    way: list[tuple[str, type[Screen[Any]], bool]],
    size: tuple[int, int],
    store: Store,
    running: Running,
) -> None:
    write_hostile(store, PLAIN)
    add_hostile_transcript(store)
    async with running(size=size) as pilot:
        assert SIGN in painted(pilot)
        for keys, screen, is_named in way:
            await pilot.press(*keys.split())
            await until(pilot, lambda: isinstance(pilot.app.screen, screen))  # noqa: B023
            if is_named:
                await until(pilot, lambda: SIGN in painted(pilot))
            await pilot.pause()
            if screen is WorkshopScreen:  # only a bank that was read can be changed
                await until(pilot, lambda: "saved ●" in painted(pilot))
            if screen is SearchScreen:
                await type_at_once(pilot, "promise\n")
                await until(pilot, lambda: SIGN in painted(pilot))
            assert acting(painted(pilot)) == [], screen


def add_hostile_transcript(store: Store) -> None:
    """Beside the first scorecard of the first candidate."""
    ada = store.candidate(ADA)
    door = store.seen_by(Person("", PLAIN)).transcripts()
    (interview, _), *_ = store.seen_by(Person("", PLAIN)).scorecards(candidate=ada)
    cue = Cue(f"said {ACTS}", f"Ada{ACTS}", 1.0, 2.0)
    door.add(interview.id, f"{ACTS}.vtt", [cue], consent_by=f"Ada{ACTS}", consent_day="2026-03-01")


async def test_the_live_screen_and_the_wrap_up(store: Store, running: Running) -> None:
    write_hostile(store, PLAIN)
    (interview,) = [
        standing.interview
        for standing in store._reads.standings()
        if standing.interview.submitted_at is None and standing.interview.candidate.name[:2] == "Al"
    ]
    async with running(interview.id) as pilot:
        await type_at_once(pilot, f"\na note {ACTS}\n/skip {ACTS}\n")
        assert acting(painted(pilot)) == []
        await type_at_once(pilot, "/end\n")
        await until(pilot, lambda: isinstance(pilot.app.screen, WrapUpScreen))
        assert acting(painted(pilot)) == []
        assert SIGN in painted(pilot)


async def test_a_bank_of_the_team_shows_what_acts_in_its_texts(
    store: Store, running: Running
) -> None:
    async with running() as pilot:
        pilot.app.push_screen(TeamBankQuestion(f"Bank {ACTS}", [f"+ {ACTS}", "[red]x[/]"]))
        await until(pilot, lambda: "[red]x[/]" in painted(pilot))
        assert SIGN in painted(pilot)
        assert acting(painted(pilot)) == []


async def test_a_message_and_the_clipboard_get_what_can_be_read(
    store: Store, running: Running
) -> None:
    async with running() as pilot:
        app: App[None] = pilot.app
        app.notify(f"No {ACTS}")
        app.screen.notify(f"None {ACTS}")
        await pilot.pause()
        assert not any(acting(note.message) for note in app._notifications)
        assert acting(painted(pilot)) == []
        app.copy_to_clipboard(f"agenda\n{ACTS}")
        assert acting(app.clipboard) == []
        assert app.clipboard.startswith(f"agenda\n{SIGN}")


async def test_what_is_pasted_into_a_field_does_not_act_while_it_stands_there(
    store: Store, running: Running
) -> None:
    from textual.events import Paste

    async with running() as pilot:
        await pilot.press("n")
        await until(pilot, lambda: isinstance(pilot.app.screen, StartScreen))
        pilot.app.post_message(Paste(ACTS.replace("\u2028", "")))
        await pilot.pause()
        assert acting(painted(pilot)) == []
        assert "Owned" in painted(pilot)


def test_screens_take_their_content_from_one_place() -> None:
    ours = ROOT / "src" / "interviewkit" / "tui"
    takers = [
        path.name
        for path in ours.rglob("*.py")
        if re.search(
            r"from textual\.content import|textual import content", path.read_text("utf-8")
        )
    ]
    assert takers == ["content.py"]


@pytest.mark.posix("pseudo-terminals")
def test_in_a_real_terminal_no_byte_of_a_name_acts(store: Store, tmp_path: Path) -> None:
    write_hostile(store, PLAIN)
    store.close()
    env = {"INTERVIEWKIT_INTERVIEWER": PLAIN}
    with Terminal(["--db", str(store.path)], env, columns=120, rows=40) as terminal:
        terminal.until("Al" + SIGN)
        terminal.send("c")
        terminal.until("Comparison ·", SIGN)
        terminal.send("d")
        terminal.until("Debrief ·", SIGN)
        terminal.send("\x1b")
        terminal.until("Comparison ·")
        terminal.send("\x1b")
        terminal.until("n New")
        terminal.send("\r")
        terminal.until("Opening", SIGN, "f9 Home")
        terminal.send("\x1b[20~")
        terminal.until("n New")
        terminal.send("q")
        assert terminal.ended() == 0
        drawn = terminal.drawn.decode()
    drawn = re.sub(r"\x1b\]22;[a-z-]*\x07", "", drawn)  # Textual's shape of the mouse pointer
    assert "\x1b]" not in drawn  # neither title nor clipboard
    assert "\x07" not in drawn
    assert "\x1b[2J" not in drawn
    assert "\x9b" not in drawn
    sequences = re.compile(r"\x1b(?:\[[<>=?]?[0-9;:]*[ $]?[@-~]|[()][0-9A-B]|[=>78cM])")
    assert acting(sequences.sub("", drawn).replace("\r", "")) == []
