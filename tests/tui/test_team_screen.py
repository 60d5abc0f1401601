"""The team on screen: begun, joined, accepted, and what home says of it."""

import shutil
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from driving import Running, painted, until
from interviewkit.banks.library import users_folder
from interviewkit.interview.role_settings import RoleSettings
from interviewkit.storage.store import Store
from interviewkit.team import folder as folders
from interviewkit.tui.app import InterviewKitApp
from interviewkit.tui.screens.dialogs import Confirm
from interviewkit.tui.screens.home import HomeScreen
from interviewkit.tui.screens.live.screen import LiveScreen
from interviewkit.tui.screens.people import OneLine
from interviewkit.tui.screens.team import TeamScreen
from interviewkit.tui.screens.team_bank_question import TeamBankQuestion
from interviewkit.workflows.team_membership import accept_member, begin_team, join_team
from interviewkit.workflows.team_news import finish_erasures, news_sentence, team_news
from interviewkit.workflows.team_sync import SyncReport, sync_folder
from support import HeldClock, complete, shipped

DANA = "Dana Holt"
ROLE, ADA = "Account executive", "Ada Okafor"


@pytest.fixture
def colleague(empty_records: Path, tmp_path: Path, clock: HeldClock) -> Store:
    path = Path(shutil.copy(empty_records, tmp_path / "priya.db"))
    return Store(path, clock, account="priya")


def begin(store: Store, tmp_path: Path) -> str:
    store.registry().identify(DANA)
    return str(begin_team(store, tmp_path / "shared"))


def told(pilot: Pilot[None]) -> str:
    """What notifications say, however their lines are broken."""
    return "\n".join(notification.message for notification in pilot.app._notifications)


async def test_a_team_is_begun_and_a_member_accepted(
    store: Store, running: Running, tmp_path: Path, colleague: Store
) -> None:
    store.registry().identify(DANA)
    async with running(size=(100, 30)) as pilot:
        await pilot.press("m")
        await until(pilot, lambda: "belong to no team" in painted(pilot))
        await pilot.press("n")
        await until(pilot, lambda: isinstance(pilot.app.screen, OneLine))
        pilot.app.screen.query_one("#text", Input).value = str(tmp_path / "shared")
        await pilot.press("enter")
        await until(pilot, lambda: "administrator" in painted(pilot))
        await pilot.press("i")
        await until(pilot, lambda: "Copied: ik-team:" in told(pilot))
        with colleague:
            colleague.registry().identify("Priya Raman")
            invitation = told(pilot).partition("Copied: ")[2]
            words = join_team(colleague, invitation, tmp_path / "shared").words
        await pilot.press("s")
        await until(pilot, lambda: words in painted(pilot))
        pilot.app.screen.query_one(OptionList).action_first()
        await pilot.press("a")
        await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
        assert words in painted(pilot)
        await pilot.press("tab", "enter")
        if isinstance(pilot.app.screen, Confirm):
            await pilot.press("shift+tab", "enter")
        await until(pilot, lambda: "Priya Raman                member" in painted(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))


async def test_home_shows_the_panel_and_what_waits(
    store: Store, running: Running, tmp_path: Path
) -> None:
    begin(store, tmp_path)
    store.planning().add(role=ROLE, candidate=ADA, interviewer="Priya Raman")
    role = store.role(ROLE)
    store.retention().change(role, RoleSettings(DANA, shared=True), DANA)
    async with running(size=(120, 30)) as pilot:
        assert isinstance(pilot.app, InterviewKitApp)
        pilot.app.team_rounds.begin()
        await until(pilot, lambda: "1 planned" in painted(pilot))
        await pilot.press("down")
        await until(pilot, lambda: "Priya Raman" in painted(pilot))
        (tmp_path / "shared").rename(tmp_path / "away")
        complete(store, {"unspoken-need": 3}, ADA, DANA)
        pilot.app.team_rounds.begin()
        await until(pilot, lambda: "the team's folder cannot be reached" in painted(pilot))
        assert "to be shared" in painted(pilot)
        (tmp_path / "away").rename(tmp_path / "shared")
        pilot.app.team_rounds.begin()
        await until(pilot, lambda: "folder cannot be reached" not in painted(pilot))
        assert "1 in" in painted(pilot)


async def test_no_round_runs_beside_an_interview(
    store: Store, running: Running, tmp_path: Path
) -> None:
    from support import begin as begin_interview

    begin(store, tmp_path)
    interview = begin_interview(store)
    async with running(interview.id) as pilot:
        assert isinstance(pilot.app, InterviewKitApp)
        pilot.app.team_rounds.begin()
        assert pilot.app.team_rounds._is_running is False


@pytest.mark.parametrize("is_first", [True, False])
async def test_a_round_follows_an_interview(
    store: Store, running: Running, tmp_path: Path, *, is_first: bool
) -> None:
    from support import begin as begin_interview

    begin(store, tmp_path)
    interview = begin_interview(store)
    async with running(interview.id if is_first else None) as pilot:
        assert isinstance(pilot.app, InterviewKitApp)
        if not is_first:
            await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, LiveScreen))
        rounds = pilot.app.team_rounds
        assert rounds.news is None
        await pilot.press("f9")
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
        await until(pilot, lambda: rounds.news is not None)


async def test_a_fault_of_the_folder_is_told(
    store: Store, running: Running, tmp_path: Path
) -> None:
    begin(store, tmp_path)
    (tmp_path / "shared" / folders.TEAM_FILE).unlink()
    async with running() as pilot:
        await pilot.press("m")
        await until(pilot, lambda: isinstance(pilot.app.screen, TeamScreen))
        await until(pilot, lambda: "holds no team" in " ".join(painted(pilot).split()))
        await pilot.press("a", "delete")
        await until(pilot, lambda: "Move to somebody who wants to join" in told(pilot))
        await pilot.press("x")
        await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
        await pilot.press("escape", "escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))


@pytest.mark.parametrize("is_taken", [False, True])
async def test_a_bank_of_the_team_is_compared_and_taken(
    store: Store, running: Running, tmp_path: Path, colleague: Store, *, is_taken: bool
) -> None:
    """Priya's library has another version of one question."""
    text = shipped().text.replace(f"id: {shipped().bank.id}", "id: ours", 1)
    bank_file = users_folder() / "ours.yaml"
    bank_file.parent.mkdir(parents=True)
    bank_file.write_text(text, encoding="utf-8")
    invitation = begin(colleague, tmp_path)
    with colleague:
        colleague.planning().add(
            role=ROLE, candidate=ADA, interviewer="Priya Raman", bank="ours", kit="first-45"
        )
        role = colleague.role(ROLE)
        colleague.retention().change(role, RoleSettings(DANA, shared=True), DANA)
        sync_folder(colleague)
        store.registry().identify("Priya Raman")
        words = join_team(store, invitation, tmp_path / "shared").words
        accept_member(colleague, words)
        sync_folder(colleague)
    sync_folder(store)
    ask = shipped().bank.questions[0].ask
    mine = text.replace(ask, "What?")
    bank_file.write_text(mine, encoding="utf-8")
    async with running(size=(100, 30)) as pilot:
        await pilot.press("m")
        await until(pilot, lambda: "another version than yours" in painted(pilot))
        await pilot.press("b")
        await until(pilot, lambda: "Move to a bank" in told(pilot))
        rows = pilot.app.screen.query_one(OptionList)
        rows.action_last()
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, TeamBankQuestion))
        await until(pilot, lambda: "- What?" in painted(pilot))
        await pilot.press("down", "up", *(["left"] if is_taken else []), "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, TeamScreen))
        if is_taken:
            await until(pilot, lambda: "Yours is kept in" in told(pilot))
            await until(pilot, lambda: "another version" not in painted(pilot))
        assert bank_file.read_text(encoding="utf-8") == (text if is_taken else mine)


def test_news_are_one_line(store: Store, tmp_path: Path) -> None:
    assert team_news(store) is None
    begin(store, tmp_path)
    news = team_news(store)
    assert news is not None
    assert (news.sentence, list(news.panels)) == ("", [])
    assert finish_erasures(store).erasures.erased == 0
    assert news_sentence(SyncReport(waiting=2, is_member=True)) == "2 wait to be shared"
    assert news_sentence(SyncReport(waiting=1)) == "1 waits to be shared · you are not accepted yet"
