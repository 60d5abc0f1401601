"""The note line: every typed thing does what the grammar says and is on disk at once."""

from pathlib import Path

import pytest
from textual import events

from driving import Running, type_at_once, until
from interviewkit.interview.records import Outcome
from interviewkit.storage.store import Store
from interviewkit.tui.screens.live.screen import LiveScreen
from interviewkit.tui.widgets.menu import Menu
from interviewkit.tui.widgets.note_line import NoteLine
from support import HeldClock, begin

FIRST = "unspoken-need"


def on_disk(store: Store) -> list[str]:
    """The notes of the first question, as another connection reads them."""
    with Store(store.path) as other:
        (standing,) = other._reads.standings()
        answers = {a.question: a for a in other._reads.answers(standing.interview.id)}
        return [note.text for note in answers[FIRST].notes]


async def test_enter_on_the_opening_page_begins_the_first_question(
    store: Store, running: Running
) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "\n")
        assert store._reads.interview(interview.id).page == FIRST


async def test_keys_sent_faster_than_the_screen_draws_are_all_obeyed_in_order(
    store: Store, running: Running
) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "\nfirst note\n?2asked her directly\n+\n/3second part\n/4")
        answer = store._reads.answers(interview.id)[1]
    assert [note.text for note in answer.notes] == [
        "first note",
        "asked her directly",
        "second part",
    ]
    assert [note.probe for note in answer.notes] == [None, "what-they-bought", "what-they-bought"]
    assert answer.probes[0].outcome is Outcome.NEW_DETAIL
    assert answer.rating == 4


async def test_page_down_in_a_burst_leaves_each_note_at_its_question(
    store: Store, running: Running
) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "\nfor the first", "pagedown")
        await type_at_once(pilot, "for the second\n")
        answers = store._reads.answers(interview.id)
    assert [note.text for note in answers[1].notes] == ["for the first"]
    assert [note.text for note in answers[2].notes] == ["for the second"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" /4 is what he said\n", "/4 is what he said"),
        ("\\?2\n", "?2"),
        ("?why so late\n", "?why so late"),
        ("+15 % on renewal\n", "+15 % on renewal"),
        ("/unknown\n\n", "/unknown"),
        ("? 99\n\n", "? 99"),
        ("+\n\n", "+"),
        ("café 東京 🙂 مرحبا\n", "café 東京 🙂 مرحبا"),
    ],
)
async def test_a_line_that_only_looks_like_a_command_is_kept(
    store: Store, running: Running, typed: str, kept: str
) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "\n" + typed)
        assert on_disk(store) == [kept]


async def test_a_doubtful_line_stays_and_says_why(store: Store, running: Running) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "\n/unknown\n")
        assert pilot.app.screen.query_one(NoteLine).value == "/unknown"
        menu = pilot.app.screen.query_one(Menu)
        assert menu.display
        assert "No command /unknown" in str(menu.render())
        assert on_disk(store) == []


async def test_moving_by_command(store: Store, running: Running) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        for typed, page in [
            ("/n\n", FIRST),
            ("/q 3\n", "broken-promise"),
            ("/b\n", "honest-feedback"),
            ("/skip asked by a colleague already\n", "broken-promise"),
        ]:
            await type_at_once(pilot, typed)
            assert store._reads.interview(interview.id).page == page
    assert store._reads.answers(interview.id)[2].skipped == "asked by a colleague already"


async def test_skip_without_a_reason_asks_for_one(store: Store, running: Running) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "\n/skip\n")
        assert pilot.app.screen.query_one(NoteLine).value == "/skip "
        assert store._reads.answers(interview.id)[1].skipped is None
        await type_at_once(pilot, "no time\n")
    assert store._reads.answers(interview.id)[1].skipped == "no time"


async def test_edit_the_last_note_and_an_earlier_one(store: Store, running: Running) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "\none\ntwo\n/e\n more\n")
        assert on_disk(store) == ["one", "two more"]
        await pilot.press("up", "up", "enter")
        await type_at_once(pilot, " again\n")
        assert on_disk(store) == ["one again", "two more"]


async def test_undo_goes_back_step_by_step_and_gives_the_text_back(
    store: Store, running: Running
) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "\none\ntwo\n/4/undo\n/undo\n")
        answer = store._reads.answers(interview.id)[1]
        assert answer.rating is None
        assert [note.text for note in answer.notes] == ["one"]
        assert pilot.app.screen.query_one(NoteLine).value == "two"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("\n?1\n=\n/undo\n", "Taken back: outcome nothing new."),
        ("\n?1/undo\n", "Taken back: probe “How did you find out what they needed?”."),
        ("\none\n/undo\n", "Taken back: note “one”."),
        ("\n/4/undo\n", "Taken back: rating 4."),
        ("\n/skip no time\n/b\n/undo\n", "Taken back: skip “no time”."),
    ],
)
async def test_undo_says_in_words_what_it_took_back(
    typed: str, said: str, store: Store, running: Running
) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, typed)
        assert str(pilot.app.screen.query_one(Menu).render()) == said


async def test_undo_brings_a_note_back_that_was_emptied(store: Store, running: Running) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "\none\n/e\n", "ctrl+u", "enter")
        assert on_disk(store) == []
        await type_at_once(pilot, "/undo\n")
        assert str(pilot.app.screen.query_one(Menu).render()) == "Back again: note “one”."
        assert on_disk(store) == ["one"]


async def test_outcome_by_one_key_keeps_what_was_being_typed(
    store: Store, running: Running
) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "\n?1it was in March", "f6")
        answer = store._reads.answers(interview.id)[1]
    assert [note.text for note in answer.notes] == ["it was in March"]
    assert answer.probes[0].outcome is Outcome.NEW_DETAIL
    assert answer.line == "– · probed 1, 1 new detail"


async def test_a_half_typed_line_is_on_disk_without_any_further_key(
    store: Store, running: Running
) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "\nhalf a sen")
        await until(pilot, lambda: store._reads.interview(interview.id).draft == "half a sen")


async def test_a_resumed_interview_shows_the_same_question_and_the_same_text(
    store: Store, running: Running
) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "\n/q 3\nkept\nhalf a sen")
        await until(pilot, lambda: store._reads.interview(interview.id).draft == "half a sen")
    async with running(interview.id) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, LiveScreen)
        assert screen.live.page == "broken-promise"
        assert screen.query_one(NoteLine).value == "half a sen"


async def test_a_draft_that_edits_a_note_resumes_as_that_edit(
    store: Store, running: Running
) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "\none\n/e\n and")
        await until(pilot, lambda: store._reads.interview(interview.id).draft == "one and")
    async with running(interview.id) as pilot:
        await type_at_once(pilot, " a half\n")
    assert on_disk(store) == ["one and a half"]


@pytest.mark.parametrize("text", ["", "\n\n", "  \n\t\n"])
async def test_an_empty_paste_changes_nothing(store: Store, running: Running, text: str) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "\nab")
        pilot.app.screen.query_one(NoteLine).post_message(events.Paste(text))
        await pilot.pause()
        assert pilot.app.screen.query_one(NoteLine).value == "ab"
        assert on_disk(store) == []


async def test_pasted_lines_become_notes_and_never_commands(store: Store, running: Running) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "\nbefore ")
        line = pilot.app.screen.query_one(NoteLine)
        line.post_message(events.Paste("one\r\n/4\n\n?2\ttab\x07 bell"))
        await pilot.pause()
        assert on_disk(store) == ["before one", "/4", "?2 tab  bell"]
        assert line.value == ""
    assert store._reads.answers(interview.id)[1].rating is None


async def test_a_huge_paste_is_one_note_kept_whole(store: Store, running: Running) -> None:
    interview = begin(store)
    huge = "Größe 東京 🙂 " * 20_000
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "\n")
        pilot.app.screen.query_one(NoteLine).post_message(events.Paste(huge))
        await until(pilot, lambda: bool(on_disk(store)))
        await type_at_once(pilot, "and on\n")
    assert on_disk(store) == [huge, "and on"]


async def test_a_short_paste_stays_in_the_line(store: Store, running: Running) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "\n")
        line = pilot.app.screen.query_one(NoteLine)
        line.post_message(events.Paste("/4 weeks late"))
        await pilot.pause()
        assert line.value == "/4 weeks late"
        await type_at_once(pilot, "\n")
        assert on_disk(store) == ["/4 weeks late"]


async def test_a_locked_database_keeps_the_line_and_says_so(
    store: Store, running: Running, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import sqlite3

    interview = begin(store)
    store._connection.execute("PRAGMA busy_timeout = 1")
    blocker = sqlite3.connect(store.path, isolation_level=None)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "\n")
        blocker.execute("BEGIN IMMEDIATE")
        await type_at_once(pilot, "not lost\n")
        assert pilot.app.screen.query_one(NoteLine).value == "not lost"
        assert any("locked" in note.message for note in pilot.app._notifications)
        blocker.execute("ROLLBACK")
        await type_at_once(pilot, "\n")
        assert on_disk(store) == ["not lost"]
    blocker.close()


async def test_pausing_stops_the_clocks(store: Store, running: Running, clock: HeldClock) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "\n")
        clock.pass_(60)
        await pilot.press("f5")
        clock.pass_(600)
        await pilot.press("f5")
        clock.pass_(30)
        await type_at_once(pilot, "/n\n")
    assert store._reads.answers(interview.id)[1].seconds == 90
