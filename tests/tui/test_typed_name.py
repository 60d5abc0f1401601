"""Who types another name as interviewer stays who they are: nothing opens, nothing is amended."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from driving import until
from interviewkit.cli import run_app
from interviewkit.cli.main import cli
from interviewkit.exchange.jsonl import export_lines, read_lines
from interviewkit.interview.people import Person
from interviewkit.storage.store import Store
from interviewkit.tui.app import InterviewKitApp
from interviewkit.tui.screens.amendment_form import AmendScreen
from interviewkit.tui.screens.comparison.screen import ComparisonScreen
from interviewkit.tui.screens.home import HomeScreen
from interviewkit.tui.screens.interview_form import StartScreen
from interviewkit.tui.screens.live.screen import LiveScreen
from interviewkit.tui.screens.scorecards import ScorecardsScreen
from interviewkit.workflows.role_comparison import RoleComparison
from support import HeldClock, complete

LOGIN, ROLE, Q = "praman", "Account executive", "unspoken-need"


@pytest.fixture
def imported(store: Store, tmp_path: Path, clock: HeldClock) -> Store:
    """Records with a colleague's scorecard on Ada Okafor, which came from another machine."""
    with Store(tmp_path / "colleague.db", clock) as colleague:
        complete(colleague, {Q: 5}, interviewer="Tom Becker")
        leaving = colleague.seen_by(Person("", "Tom Becker")).export()
        store.import_documents(
            read_lines(
                "file", export_lines(colleague.banks_used(), leaving.scorecards, leaving.document)
            )
        )
    return store


async def begin_in_the_form(pilot: Pilot[None], candidate: str, interviewer: str) -> None:
    await pilot.press("n")
    await until(pilot, lambda: isinstance(pilot.app.screen, StartScreen))
    screen = pilot.app.screen
    for field, value in {"candidate": candidate, "role": ROLE, "interviewer": interviewer}.items():
        screen.query_one(f"#{field}", Input).value = value
    await pilot.press("ctrl+s")
    await until(pilot, lambda: isinstance(pilot.app.screen, LiveScreen))


async def back_home(pilot: Pilot[None]) -> OptionList:
    await pilot.press("f9")
    await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
    return pilot.app.screen.query_one("#places", OptionList)


async def compared(pilot: Pilot[None]) -> RoleComparison:
    await pilot.press("c")
    await until(pilot, lambda: isinstance(pilot.app.screen, ComparisonScreen))
    screen = pilot.app.screen
    assert isinstance(screen, ComparisonScreen)
    return screen._comparing


def is_withheld(comparing: RoleComparison) -> bool:
    assert [candidate.name for candidate in comparing.ratings.withheld] == ["Ada Okafor"]
    return comparing.now.candidates == ()


async def test_a_name_typed_in_the_form_shows_no_colleagues_ratings(imported: Store) -> None:
    async with InterviewKitApp(imported, LOGIN).run_test() as pilot:
        await begin_in_the_form(pilot, "Ada Okafor", "Priya Raman")
        await back_home(pilot)
        assert is_withheld(await compared(pilot))
    # Not on another day, when nobody types that name, and not by any of the names.
    for name in (LOGIN, "Priya Raman"):
        async with InterviewKitApp(imported, name).run_test() as pilot:
            assert is_withheld(await compared(pilot))
    async with InterviewKitApp(imported, "Recruiter").run_test() as pilot:
        assert [candidate.name for candidate in (await compared(pilot)).now.candidates] == [
            "Ada Okafor"
        ]


async def test_another_interview_under_another_name_opens_nothing(imported: Store) -> None:
    async with InterviewKitApp(imported, LOGIN).run_test() as pilot:
        await begin_in_the_form(pilot, "Ada Okafor", LOGIN)
        await back_home(pilot)
        await begin_in_the_form(pilot, "Bo Lind", "Tom Becker")
        await back_home(pilot)
        assert is_withheld(await compared(pilot))


async def test_who_began_it_resumes_it_and_nobody_else_does(imported: Store) -> None:
    for name, expected in ((LOGIN, LiveScreen), ("Tom Becker", HomeScreen)):
        async with InterviewKitApp(imported, name).run_test(size=(100, 30)) as pilot:
            if expected is LiveScreen:
                await begin_in_the_form(pilot, "Ada Okafor", "Priya Raman")
                await back_home(pilot)
            pilot.app.screen.query_one(OptionList).highlighted = 0
            await pilot.press("enter")
            await pilot.pause()
            assert isinstance(pilot.app.screen, expected)
            told = "".join(note.message for note in pilot.app._notifications)
            assert ("and you are Tom Becker" in told) is (expected is HomeScreen)


def test_a_name_given_on_the_command_line_shows_no_colleagues_ratings(
    imported: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[tuple[object, ...]] = []
    monkeypatch.setenv("INTERVIEWKIT_INTERVIEWER", LOGIN)
    # The screens need a terminal; what they are called with is looked at instead.
    monkeypatch.setattr(run_app, "run_screens", lambda store, *args, **_: calls.append(args))
    monkeypatch.setattr(run_app, "refuse_without_terminal", lambda: None)
    args = ["--candidate", "Ada Okafor", "--role", ROLE, "--interviewer", "Priya Raman"]
    args += ["--bank", "customer-focused-sales", "--kit", "first-45"]
    for _ in ("begun", "resumed"):
        result = CliRunner().invoke(cli, ["--db", str(imported.path), "interview", *args])
        assert result.exit_code == 0, result.output
    (interview,) = {interview for (interview,) in calls}
    for name in (LOGIN, "Priya Raman"):
        reader = imported.seen_by(Person("", name))
        assert reader.interview(str(interview)).interviewer == "Priya Raman"
        assert reader.comparison(imported.role(ROLE)).candidates == ()


async def test_who_types_a_colleagues_name_cannot_amend_that_colleagues_scorecard(
    imported: Store,
) -> None:
    async with InterviewKitApp(imported, LOGIN).run_test(size=(100, 30)) as pilot:
        await begin_in_the_form(pilot, "Bo Lind", "Tom Becker")
        places = await back_home(pilot)
        ids = [option.id or "" for option in places.options]
        places.highlighted = next(at for at, key in enumerate(ids) if key.startswith("candidate:"))
        await pilot.press("s")
        await until(pilot, lambda: isinstance(pilot.app.screen, ScorecardsScreen))
        await pilot.press("down", "a")
        await pilot.pause()
        assert not isinstance(pilot.app.screen, AmendScreen)
        assert "Only Tom Becker can amend this scorecard, and you are praman." in [
            note.message for note in pilot.app._notifications
        ]
    assert imported._reads.scorecards()[0][1][1].amendments == ()
