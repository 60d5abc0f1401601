"""A rehearsal on the live screen: the candidate speaks below the question, and nothing is kept."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Button

from driving import Running, app_on, painted, type_at_once, until
from hostile import ACTS, acting
from interviewkit.practice.delivery import SILENCE_SECONDS
from interviewkit.practice.reader import open_practice
from interviewkit.practice.template import practice_template
from interviewkit.settings import Settings
from interviewkit.storage.store import Store
from interviewkit.tui.app import InterviewKitApp
from interviewkit.tui.screens.dialogs import Confirm, TextDialog
from interviewkit.tui.screens.home import HomeScreen
from interviewkit.tui.screens.practice.candidates import PracticeScreen
from interviewkit.tui.screens.practice.rehearsal import RehearsalScreen
from interviewkit.tui.screens.practice.review import ReviewScreen
from support import HeldClock, begin, shipped

SIGN = "␛"
SIZES = [(80, 24), (120, 36)]
FIRST_WORDS = "I'm a big believer in lifelong learning."
LAST_WORDS = "strategic partner for my customers."


def at_once(store: Store) -> InterviewKitApp:
    """The application with answers that are there at once."""
    return InterviewKitApp(store, "Priya Raman", settings=Settings(speech=0))


def shows(pilot: Pilot[None], *parts: str) -> Callable[[], bool]:
    """Whether all parts stand on the screen, however they are wrapped."""
    return lambda: all(part in " ".join(painted(pilot).split()) for part in parts)


def told(pilot: Pilot[None]) -> str:
    """What the notifications say."""
    return " ".join(note.message for note in pilot.app._notifications)


async def begun(pilot: Pilot[None]) -> RehearsalScreen:
    """At the first question of the first candidate."""
    app = pilot.app
    assert isinstance(app, InterviewKitApp)
    app.unrecorded.rehearse(open_practice("ruth-adeyemi"))
    await until(pilot, lambda: isinstance(app.screen, RehearsalScreen))
    await until(pilot, shows(pilot, "Ruth Adeyemi is invented"))
    await pilot.press("enter")
    await until(pilot, shows(pilot, "question 1 of 5"))
    assert isinstance(app.screen, RehearsalScreen)
    return app.screen


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_the_words_hide_nothing_that_one_works_with(
    store: Store, size: tuple[int, int]
) -> None:
    async with at_once(store).run_test(size=size) as pilot:
        await begun(pilot)
        await until(pilot, shows(pilot, FIRST_WORDS))
        await until(pilot, shows(pilot, "Tell me about the last thing", "Ask next", "?1 How many"))
        assert shows(pilot, "Story so far", "Rating", "what you hear, then Enter")()
        assert painted(pilot).startswith(" REHEARSAL, nothing is recorded")
        assert "saved" not in painted(pilot).splitlines()[0]


async def test_words_come_as_they_are_spoken(store: Store, clock: HeldClock) -> None:
    async with app_on(store).run_test() as pilot:
        await begun(pilot)
        await until(pilot, shows(pilot, "Enter: the rest"))
        assert not shows(pilot, FIRST_WORDS)()
        clock.pass_(3)
        await until(pilot, shows(pilot, FIRST_WORDS))
        assert not shows(pilot, LAST_WORDS)()
        clock.pass_(32)
        await until(pilot, shows(pilot, LAST_WORDS))


async def test_enter_brings_the_rest_then_pages_then_a_silence(store: Store) -> None:
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        screen = await begun(pilot)
        await until(pilot, shows(pilot, "Enter: the rest"))
        await pilot.press("enter")
        await until(pilot, shows(pilot, FIRST_WORDS, "Enter: more"))
        assert not shows(pilot, LAST_WORDS)()
        await pilot.press("enter")
        await until(pilot, shows(pilot, LAST_WORDS, "Enter: say nothing"))
        await pilot.press("enter")
        await until(pilot, lambda: screen.rehearsed.conversation["new-skill"].has_waited)
        await until(pilot, shows(pilot, "Enter: the rest"))
        await pilot.press("enter", "enter")
        await until(pilot, shows(pilot, "with distinction", "Ruth Adeyemi waits for you."))


async def test_waiting_some_seconds_is_a_silence(store: Store, clock: HeldClock) -> None:
    async with app_on(store).run_test() as pilot:
        screen = await begun(pilot)
        await until(pilot, shows(pilot, "Enter: the rest"))
        clock.pass_(35)
        await until(pilot, shows(pilot, LAST_WORDS))
        clock.pass_(SILENCE_SECONDS)
        await until(pilot, lambda: screen.rehearsed.conversation["new-skill"].has_waited)


async def test_time_that_is_paused_is_no_silence(store: Store, clock: HeldClock) -> None:
    async with app_on(store).run_test() as pilot:
        screen = await begun(pilot)
        await pilot.press("f5")
        await until(pilot, lambda: screen.rehearsed.paused)
        clock.pass_(600)
        await pilot.press("f1")
        await until(pilot, lambda: isinstance(pilot.app.screen, TextDialog))
        await pilot.press("escape")
        assert not screen.rehearsed.conversation["new-skill"].has_waited


async def test_a_probe_and_own_words_are_answered(store: Store) -> None:
    async with at_once(store).run_test() as pilot:
        await begun(pilot)
        await type_at_once(pilot, "?3")
        await until(pilot, shows(pilot, "To be more of a trusted adviser."))
        await type_at_once(pilot, "?? who else was there\n")
        await until(pilot, shows(pilot, "My manager knew I was on the course."))
        await pilot.press("ctrl+r")
        await until(pilot, lambda: isinstance(pilot.app.screen, TextDialog))
        await until(pilot, shows(pilot, FIRST_WORDS, "who else was there"))


async def test_before_a_question_nothing_was_said(store: Store) -> None:
    async with at_once(store).run_test() as pilot:
        assert isinstance(pilot.app, InterviewKitApp)
        pilot.app.unrecorded.rehearse(open_practice("ruth-adeyemi"))
        await until(pilot, shows(pilot, "Ruth Adeyemi is invented"))
        await pilot.press("ctrl+r")
        await until(pilot, shows(pilot, "Nothing has been said here yet."))


async def test_the_look_back_comes_after_one_s_own_ratings(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with at_once(store).run_test() as pilot:
        screen = await begun(pilot)
        await type_at_once(pilot, "course, no customer named\n?1/n\n/2/n\n")
        await until(pilot, lambda: screen.rehearsed.number == 3)
        await pilot.press("f10")
        await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
        await until(pilot, shows(pilot, "You have not rated questions 1, 3."))
        await pilot.press("enter")  # that rates first
        await until(pilot, lambda: pilot.app.screen is screen)
        await until(pilot, lambda: screen.rehearsed.number == 1)
        await type_at_once(pilot, "/2/q 3\n/0/end\n")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReviewScreen))
        await until(pilot, shows(pilot, "Looking back · Ruth Adeyemi", "The script"))
        await pilot.press("down", "up", "s")
        await until(pilot, (tmp_path / "rehearsal-ruth-adeyemi.txt").exists)
        await pilot.press("s")
        await until(pilot, (tmp_path / "rehearsal-ruth-adeyemi-2.txt").exists)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
    text = (tmp_path / "rehearsal-ruth-adeyemi.txt").read_text(encoding="utf-8")
    assert "yours 2, the expert's 2" in text
    assert "own action, with ?1" in text
    assert store.candidates() == []
    assert store._reads.standings() == []


async def test_a_look_back_that_cannot_be_saved_says_why(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    monkeypatch.setattr(Path, "cwd", lambda: gone)
    async with at_once(store).run_test() as pilot:
        await begun(pilot)
        await type_at_once(pilot, "/2/end\n")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReviewScreen))
        await pilot.press("s")
        await until(pilot, lambda: "cannot be written" in told(pilot))


async def test_leaving_asks_first_and_offers_no_resuming(store: Store) -> None:
    async with at_once(store).run_test() as pilot:
        screen = await begun(pilot)
        await pilot.press("f9")
        await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
        await until(pilot, shows(pilot, "you cannot resume it"))
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is screen)
        await pilot.press("f9")
        await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
        pilot.app.screen.query_one("#yes", Button).press()
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
    assert store._reads.standings() == []


async def test_home_leads_to_the_candidates_and_back(store: Store, running: Running) -> None:
    async with running() as pilot:
        await until(pilot, shows(pilot, "Rehearse it first"))
        pilot.app.screen.query_one("#rehearse", Button).press()
        await until(pilot, lambda: isinstance(pilot.app.screen, PracticeScreen))
        await until(pilot, shows(pilot, "Ruth Adeyemi", "Customer-focused sales", "German"))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
        await pilot.press("t")
        await until(pilot, lambda: isinstance(pilot.app.screen, PracticeScreen))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, RehearsalScreen))
        await pilot.press("f9")  # nothing was said: nothing is asked
        await until(pilot, lambda: isinstance(pilot.app.screen, PracticeScreen))


async def test_a_file_of_one_s_own_that_is_faulty_is_told(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTERVIEWKIT_PRACTICE", str(tmp_path))
    (tmp_path / "mine.yaml").write_text("id: mine\ncandidate: Aya\n", encoding="utf-8")
    async with app_on(store).run_test() as pilot:
        await pilot.press("t")
        await until(pilot, shows(pilot, "Aya", "your own"))
        await pilot.press("enter")
        await until(pilot, lambda: "so the practice file is not used" in told(pilot))


async def test_what_acts_in_a_file_is_shown_and_does_nothing(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTERVIEWKIT_PRACTICE", str(tmp_path))
    bank = shipped().bank
    text = practice_template("hostile", f"Ruth {ACTS}", bank, "screen-30")
    text = text.replace("TO WRITE:", json.dumps(ACTS)[1:-1])
    (tmp_path / "hostile.yaml").write_text(text, encoding="utf-8")
    async with at_once(store).run_test() as pilot:
        await pilot.press("t")
        await until(pilot, lambda: isinstance(pilot.app.screen, PracticeScreen))
        assert acting(painted(pilot)) == []
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, RehearsalScreen))
        await pilot.press("enter")
        await until(pilot, shows(pilot, "what is said first", SIGN))
        assert acting(painted(pilot)) == []
        await type_at_once(pilot, "/2/end\n")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReviewScreen))
        await until(pilot, shows(pilot, "Looking back", SIGN))
        assert acting(painted(pilot)) == []


async def test_the_example_begins_with_a_rehearsal(store: Store) -> None:
    app = InterviewKitApp(store, "Priya Raman", offers_practice=True)
    async with app.run_test() as pilot:
        begin(store)
        screen = pilot.app.screen
        assert isinstance(screen, HomeScreen)
        screen.on_screen_resume()
        await until(pilot, shows(pilot, "an invented candidate answers"))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, PracticeScreen))


async def test_started_from_the_command_line_it_ends_with_the_rehearsal(store: Store) -> None:
    app = at_once(store)
    async with app.run_test() as pilot:
        app.unrecorded.rehearse(open_practice("ruth-adeyemi"), then_quit=True)
        await until(pilot, lambda: isinstance(app.screen, RehearsalScreen))
        await pilot.press("f9")
        await until(pilot, lambda: not app.is_running or app._exit)
