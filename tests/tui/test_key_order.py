"""Keys that come faster than screens change: each acts on the screen the keys before it lead to."""

import asyncio
from pathlib import Path

import pytest
from textual._xterm_parser import XTermParser
from textual.events import Key, Paste
from textual.screen import Screen

from at_rest import PATIENCE
from driving import Running, keys, type_at_once, until
from interviewkit.interview.records import Interview
from interviewkit.storage.store import Store
from interviewkit.tui import key_queue
from interviewkit.tui.key_guard import pass_over_malformed_keys
from interviewkit.tui.screens.dialogs import TextDialog
from interviewkit.tui.screens.home import HomeScreen
from interviewkit.tui.screens.live.screen import LiveScreen
from interviewkit.tui.screens.workshop.editor import WorkshopScreen
from interviewkit.tui.screens.wrap_up import WrapUpScreen
from interviewkit.tui.widgets.note_line import NoteLine
from support import begin
from terminal import Terminal

ESCAPE = "\x1b[27u"  # as a terminal sends it that tells Escape from the beginning of a sequence
F9 = "\x1b[20~"


def note_texts(store: Store, interview: Interview) -> list[str]:
    return [note.text for answer in store._reads.answers(interview.id) for note in answer.notes]


async def test_keys_go_through_an_interview_and_out_at_once(store: Store, running: Running) -> None:
    interview = begin(store)
    async with running() as pilot:
        await type_at_once(pilot, "\n\nrang Sandra\n?1in March\n", "f9", "q")
        await until(pilot, lambda: pilot.app._exit)
    assert note_texts(store, interview) == ["rang Sandra", "in March"]


async def test_a_key_behind_one_that_leaves_acts_on_the_screen_below(
    store: Store, running: Running
) -> None:
    async with running(begin(store).id) as pilot:
        await type_at_once(pilot, "\n", "f9", "n", "escape", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, LiveScreen))
        await type_at_once(pilot, "", "f9", "down", "c", "escape", "q")
        await until(pilot, lambda: pilot.app._exit)


async def test_letters_behind_a_page_of_words_stand_in_the_line(
    store: Store, running: Running
) -> None:
    async with running(begin(store).id) as pilot:
        await type_at_once(pilot, "\nat", "f1", "escape")
        await type_at_once(pilot, " once", "f3", "f3")
        line = pilot.app.screen_stack[0].query_one(NoteLine)
        await until(pilot, lambda: line.value == "at once")


async def test_keys_behind_the_end_reach_the_wrap_up_and_come_back(
    store: Store, running: Running
) -> None:
    async with running(begin(store).id) as pilot:
        for key in (*keys("\n/end\n"), Key("escape", None), *keys("one thing more")):
            pilot.app.post_message(key)
        line = pilot.app.screen.query_one(NoteLine)
        await until(pilot, lambda: line.value == "one thing more")
        await type_at_once(pilot, "\n/end\n", "tab")
        await until(pilot, lambda: isinstance(pilot.app.screen, WrapUpScreen))


async def test_what_is_pasted_behind_enter_goes_where_enter_leads(
    store: Store, running: Running
) -> None:
    interview = begin(store)
    async with running() as pilot:
        for event in (*keys("\n\n"), Paste("rang Sandra"), *keys("\n"), Key("f9", None)):
            pilot.app.post_message(event)
        await until(pilot, lambda: note_texts(store, interview) == ["rang Sandra"])
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))


async def test_keys_wait_for_a_bank_that_a_thread_opens(running: Running) -> None:
    async with running() as pilot:
        await type_at_once(pilot, "b\n", "f1")
        await until(pilot, lambda: isinstance(pilot.app.screen, TextDialog))
        assert isinstance(pilot.app.screen_stack[-2], WorkshopScreen)


async def test_a_form_filled_in_at_once_begins_and_the_note_behind_it_is_kept(
    store: Store, running: Running
) -> None:
    async with running() as pilot:
        typed = [*keys("nAda Okafor\nAccount executive\n"), Key("ctrl+s", None)]
        for key in (*typed, *keys("\nrang Sandra\n"), Key("f9", None), Key("q", "q")):
            pilot.app.post_message(key)
        await until(pilot, lambda: pilot.app._exit)
    assert note_texts(store, store._reads.standings()[0].interview) == ["rang Sandra"]


async def test_a_key_is_handed_on_at_once_while_nothing_is_under_way(
    store: Store, running: Running
) -> None:
    async with running(begin(store).id) as pilot:
        await pilot.pause()
        key = Key("a", "a")
        await pilot.app.on_event(key)
        assert key.is_forwarded


class StuckScreen(Screen[None]):
    """Does not come to rest until ``end`` is set."""

    def __init__(self) -> None:
        super().__init__()
        self.end = asyncio.Event()

    async def on_screen_resume(self) -> None:
        await self.end.wait()


async def test_a_screen_that_never_comes_to_rest_does_not_lock_the_keyboard(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key_queue, "MOST_LOOKS", 10)
    async with running() as pilot:
        stuck = StuckScreen()
        pilot.app.push_screen(stuck)
        pilot.app.post_message(Key("ctrl+q", None))
        async with asyncio.timeout(PATIENCE):  # a pause of the pilot's would wait for the screen
            while not pilot.app._exit:
                await asyncio.sleep(0)
        stuck.end.set()


@pytest.mark.posix("pseudo-terminals")
def test_in_a_real_terminal_a_line_of_keys_goes_there_and_back(tmp_path: Path) -> None:
    db = tmp_path / "records.db"
    with Store(db) as store:
        interview = begin(store)
    with Terminal(["--db", str(db)], columns=120, rows=40) as terminal:
        terminal.until("q Quit")
        terminal.send(f"c{ESCAPE}l{ESCAPE}/{ESCAPE}n{ESCAPE}\r\rrang Sandra\r{F9}q")
        assert terminal.ended() == 0
    with Store(db) as store:
        assert note_texts(store, interview) == ["rang Sandra"]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("\x1b\r", ["escape", "enter"]),
        ("\x1b\x1b\r", ["escape", "escape", "enter"]),
        ("\x1b\x13", ["escape", "ctrl+s"]),
        ("\x1bq", ["alt+q"]),  # on many keyboards a letter of its own
        ("\x1b[A\r", ["up", "enter"]),
    ],
    ids=repr,
)
def test_escape_is_not_lost_in_the_key_behind_it(typed: str, read: list[str]) -> None:
    pass_over_malformed_keys()
    parser = XTermParser()
    events = [*parser.feed(typed), *parser.feed("")]
    assert [event.key for event in events if isinstance(event, Key)] == read
