"""Follow-ups in one's own words, outcomes noted later, marks, and lines that are cancelled."""

from driving import Running, painted, type_at_once
from interviewkit.interview.records import Outcome
from interviewkit.storage.store import Store
from interviewkit.tui.widgets.menu import Menu
from interviewkit.tui.widgets.note_line import NoteLine
from interviewkit.tui.widgets.notes import NotesView
from support import begin


async def test_a_follow_up_in_own_words_stands_apart_and_has_its_outcome(
    store: Store, running: Running
) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "\n?? who signed it\n")
        screen = painted(pilot)
        assert "?? who signed it" in screen
        assert "not noted" not in screen
        assert "What did your follow-up bring?" in screen
        await type_at_once(pilot, "Sandra Weiss\n+\n")
        notes = pilot.app.screen.query_one(NotesView).options
        assert "who signed it  + new" in str(notes[0].prompt)
        answer = store._reads.answers(interview.id)[1]
    assert answer.line == "– · probed 1, 1 new detail"
    assert answer.notes[0].probe == answer.probes[0].probe


async def test_the_number_typed_again_sets_an_outcome_that_was_forgotten(
    store: Store, running: Running
) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "\n?1in March\n?2 180k\n=\n")
        assert "Not noted:  ?1" in painted(pilot)
        rows = [str(row.prompt) for row in pilot.app.screen.query_one(NotesView).options]
        assert "needed?  not noted" in " ".join(rows[0].split("\n")).replace("     ", "")
        await type_at_once(pilot, "?1")
        assert "?1 again: + = or !" in str(pilot.app.screen.query_one(Menu).render())
        await type_at_once(pilot, "+\n")
        probes = store._reads.answers(interview.id)[1].probes
    assert [probe.outcome for probe in probes] == [Outcome.NEW_DETAIL, Outcome.NOTHING_NEW]


async def test_up_or_a_click_leads_to_a_probe_and_its_outcome(
    store: Store, running: Running
) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "\n?1?2+\n")
        await pilot.press("up", "up")
        assert "says what it brought; Escape leaves it" in painted(pilot)
        await type_at_once(pilot, "!\n")
        probes = store._reads.answers(interview.id)[1].probes
        assert [probe.outcome for probe in probes] == [Outcome.NO_ANSWER, Outcome.NEW_DETAIL]
        assert await pilot.click(NotesView, offset=(10, 1))
        await type_at_once(pilot, "it was in March\n")
        answer = store._reads.answers(interview.id)[1]
    assert answer.notes[0].probe == answer.probes[0].probe


async def test_leaving_a_question_with_an_open_outcome_says_so_once(
    store: Store, running: Running
) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "\n?1/n\n")
        menu = pilot.app.screen.query_one(Menu)
        assert menu.display
        assert "?1" in str(menu.render())
        await type_at_once(pilot, "/b\n/n\n")
        assert not menu.display


async def test_a_mark_ties_the_last_note_or_the_picked_one_to_the_rating(
    store: Store, running: Running
) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "\none\ntwo\n*\n")
        assert "* two" in painted(pilot)
        await pilot.press("up", "up")
        await type_at_once(pilot, "*\n")
        assert "* one" in painted(pilot)
        notes = store._reads.answers(interview.id)[1].notes
        assert [note.is_marked for note in notes] == [True, True]
        await type_at_once(pilot, "/undo\n")
        notes = store._reads.answers(interview.id)[1].notes
    assert [note.is_marked for note in notes] == [False, True]


async def test_undo_of_a_paste_takes_all_its_notes_and_leaves_the_line_empty(
    store: Store, running: Running
) -> None:
    from textual import events

    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "\n")
        line = pilot.app.screen.query_one(NoteLine)
        line.post_message(events.Paste("\n".join(f"line {number}" for number in range(60))))
        await pilot.pause()
        assert len(store._reads.answers(interview.id)[1].notes) == 60
        await type_at_once(pilot, "/undo\n")
        assert store._reads.answers(interview.id)[1].notes == ()
        assert line.value == ""
        assert "Taken back: 60 notes." in painted(pilot)


async def test_escape_clears_a_command_and_leaves_a_note(store: Store, running: Running) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "\n/sk", "escape")
        line = pilot.app.screen.query_one(NoteLine)
        assert line.value == ""
        assert not pilot.app.screen.query_one(Menu).display
        await type_at_once(pilot, "half a note", "escape")
        assert line.value == "half a note"
        assert store._reads.answers(interview.id)[1].notes == ()


async def test_a_second_escape_brings_a_long_command_back(store: Store, running: Running) -> None:
    interview = begin(store)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "\n/skip asked by a colleague", "escape")
        line = pilot.app.screen.query_one(NoteLine)
        assert line.value == ""
        await pilot.press("escape")
        assert line.value == "/skip asked by a colleague"
    assert store._reads.answers(interview.id)[1].skipped is None
