"""What people type is shown as it is, wherever it turns up, and never read as markup."""

import sqlite3

import pytest
from textual.widgets import Button, Static

from driving import Running, type_at_once, until
from interviewkit.banks.library import users_folder
from interviewkit.storage.store import Store
from interviewkit.tui.content import Content
from interviewkit.tui.palette import LiveTargets
from interviewkit.tui.screens.comparison.answers import AnswersScreen
from interviewkit.tui.screens.comparison.debrief import DebriefScreen
from interviewkit.tui.screens.comparison.filter_form import FilterScreen
from interviewkit.tui.screens.comparison.panel import PanelScreen
from interviewkit.tui.screens.comparison.screen import ComparisonScreen
from interviewkit.tui.screens.dialogs import TextDialog
from interviewkit.tui.screens.home import HomeScreen
from interviewkit.tui.screens.interview_form import StartScreen
from interviewkit.tui.screens.live.screen import LiveScreen
from interviewkit.tui.screens.scorecards import ScorecardsScreen
from interviewkit.tui.screens.wrap_up import WrapUpScreen
from interviewkit.tui.widgets.live_header import Heading
from interviewkit.tui.widgets.rating_scale import RatingStrip
from support import begin, complete, shipped

HOSTILE = "[bold]x[/b] [/] [@click=app.quit] $accent {1}"


async def test_a_skip_reason_is_shown_and_the_interview_resumes(
    store: Store, running: Running
) -> None:
    interview = begin(store, candidate=HOSTILE, role=HOSTILE, interviewer="Priya Raman")
    for _ in range(2):
        async with running(interview.id) as pilot:
            await type_at_once(pilot, f"/q 1\n/skip {HOSTILE}\n/b\n{HOSTILE}\n/e\n!\n")
            strip = pilot.app.screen.query_one(RatingStrip)
            assert HOSTILE in Content.from_markup(str(strip.border_title)).plain
            await type_at_once(pilot, "/end\n")
            await until(pilot, lambda: isinstance(pilot.app.screen, WrapUpScreen))


async def test_every_screen_shows_a_hostile_name(store: Store, running: Running) -> None:
    complete(store, {"unspoken-need": 4}, candidate=HOSTILE, role=HOSTILE)
    async with running() as pilot:
        await pilot.press("c")
        await until(pilot, lambda: isinstance(pilot.app.screen, ComparisonScreen))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, AnswersScreen))
        await pilot.press("escape", "d")
        await until(pilot, lambda: isinstance(pilot.app.screen, DebriefScreen))
        await pilot.press("t")
        await until(pilot, lambda: isinstance(pilot.app.screen, TextDialog))
        await pilot.press("escape", "escape", "r")
        await until(pilot, lambda: isinstance(pilot.app.screen, PanelScreen))
        await pilot.press("escape", "f")
        await until(pilot, lambda: isinstance(pilot.app.screen, FilterScreen))
        await pilot.press("escape", "escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
        await pilot.press("down", "s")
        await until(pilot, lambda: isinstance(pilot.app.screen, ScorecardsScreen))
        pilot.app.screen.notify(HOSTILE)
        await pilot.pause()
        assert HOSTILE in [note.message for note in pilot.app._notifications]


async def test_a_bank_with_hostile_titles_can_be_chosen_and_searched(
    store: Store, running: Running
) -> None:
    users_folder().mkdir(parents=True)
    text = shipped().text.replace("name: First round", f"name: '{HOSTILE}'")
    text = text.replace("title: Customer-focused sales", f"title: '{HOSTILE}'")
    text = text.replace("name: Service recovery", f"name: '{HOSTILE}'")
    (users_folder() / "own.yaml").write_text(text, encoding="utf-8")
    async with running() as pilot:
        await pilot.press("n")
        await until(pilot, lambda: isinstance(pilot.app.screen, StartScreen))
        await type_at_once(pilot, "Ada\nAE")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, LiveScreen))
        screen = pilot.app.screen
        assert isinstance(screen, LiveScreen)
        assert [hit async for hit in LiveTargets(screen).discover()]
        assert [hit async for hit in LiveTargets(screen).search("question")]


async def test_without_any_usable_bank_the_form_says_so_and_does_not_start(
    store: Store, running: Running
) -> None:
    users_folder().mkdir(parents=True)
    broken = "id: customer-focused-sales\n"
    (users_folder() / "broken.yaml").write_text(broken, encoding="utf-8")
    async with running() as pilot:
        await pilot.press("n")
        await until(pilot, lambda: isinstance(pilot.app.screen, StartScreen))
        assert "broken.yaml" in str(pilot.app.screen.query_one("#fault", Static).render())
        assert pilot.app.screen.query_one("#start", Button).disabled
        await pilot.press("ctrl+s")
        assert isinstance(pilot.app.screen, StartScreen)


async def test_damaged_records_are_said_and_home_stays(store: Store, running: Running) -> None:
    complete(store, {"unspoken-need": 4})
    store._connection.execute("ALTER TABLE answer RENAME TO lost")
    async with running() as pilot:
        await pilot.press("c")
        await pilot.pause()
        assert isinstance(pilot.app.screen, HomeScreen)
        assert any("no such table" in note.message for note in pilot.app._notifications)


@pytest.mark.parametrize("key", ["pagedown", "f10", "f6"])
@pytest.mark.parametrize("line", ["/hello world they said", "? 99"])
async def test_a_doubtful_line_is_not_thrown_away_by_another_key(
    store: Store, running: Running, line: str, key: str
) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, f"\n?1{line}", key)
        assert isinstance(pilot.app.screen, LiveScreen)
        assert pilot.app.screen._desk.line.value == line
        await type_at_once(pilot, "\n")
        assert [note.text for note in store._reads.answers(interview.id)[1].notes] == [line]


async def test_a_skip_with_its_reason_is_done_by_whatever_key_leaves(
    store: Store, running: Running
) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "\n/skip candidate asked not to", "pagedown")
    assert store._reads.answers(interview.id)[1].skipped == "candidate asked not to"


async def test_somebody_else_s_interview_is_not_opened(store: Store, running: Running) -> None:
    begin(store, interviewer="Tom Becker")
    async with running() as pilot:
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, HomeScreen)
        (said,) = [note.message for note in pilot.app._notifications]
        assert "interview of Tom Becker, and you are Priya Raman" in said
        assert "set it as interviewer in the settings, or as INTERVIEWKIT_INTERVIEWER" in said


async def test_the_name_typed_in_the_form_is_who_one_is(store: Store, running: Running) -> None:
    complete(store, {"unspoken-need": 4}, interviewer="Tom Becker")
    async with running() as pilot:
        await pilot.press("n")
        await until(pilot, lambda: isinstance(pilot.app.screen, StartScreen))
        await type_at_once(pilot, "Ada Okafor\n")
        pilot.app.screen.query_one("#interviewer").focus()
        await pilot.press("ctrl+u")
        await type_at_once(pilot, "Lena Fox\n")
        await until(pilot, lambda: isinstance(pilot.app.screen, LiveScreen))
        await pilot.press("f9")
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
        await pilot.press("end", "s")
        await until(pilot, lambda: isinstance(pilot.app.screen, ScorecardsScreen))
        text = str(pilot.app.screen.query_one("#text", Static).render())
    assert text == "There is no scorecard yet that you may see."


async def test_a_rating_ends_a_skip_and_a_skip_ends_a_rating(
    store: Store, running: Running
) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "\n/skip no time\n/b\n/4")
        answer = store._reads.answers(interview.id)[1]
        assert (answer.rating, answer.skipped) == (4, None)
        await type_at_once(pilot, "/undo\n")
        assert store._reads.answers(interview.id)[1].skipped == "no time"


async def test_a_draft_that_could_not_be_kept_is_tried_again(
    store: Store, running: Running
) -> None:
    interview = begin(store)
    store._connection.execute("PRAGMA busy_timeout = 1")
    blocker = sqlite3.connect(store.path, isolation_level=None)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "\n")
        blocker.execute("BEGIN IMMEDIATE")
        await type_at_once(pilot, "half a sen")
        heading = pilot.app.screen.query_one(Heading)
        await until(pilot, lambda: "NOT SAVED" in str(heading.render()))
        blocker.execute("ROLLBACK")
        await until(pilot, lambda: store._reads.interview(interview.id).draft == "half a sen")
        assert "saved ●" in str(heading.render())
    blocker.close()
