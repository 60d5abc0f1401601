"""A role play on the live screen: the brief to play from, no story, no suggestions."""

from driving import painted, type_at_once, until
from interviewkit.banks.elements import Element
from interviewkit.interview.evidence import State
from interviewkit.storage.store import Store
from interviewkit.tui.app import InterviewKitApp
from interviewkit.tui.screens.dialogs import TextDialog
from interviewkit.tui.screens.live.screen import LiveScreen
from interviewkit.tui.widgets.ask_next import AskNext
from interviewkit.tui.widgets.story import StoryStrip
from support import shipped


async def test_the_interviewer_reads_whom_to_play_and_nothing_is_read_into_notes(
    store: Store,
) -> None:
    app = InterviewKitApp(store, "Priya Raman")
    file = shipped()
    play = file.bank.question("late-order-call").role_play
    assert play is not None
    async with app.run_test(size=(120, 36)) as pilot:
        app.unrecorded.try_question(file, "late-order-call", then_quit=True)
        await until(pilot, lambda: isinstance(app.screen, LiveScreen))
        screen = app.screen
        assert isinstance(screen, LiveScreen)
        await until(pilot, lambda: bool(screen.query(AskNext)))
        ask = screen.query_one(AskNext)
        await until(pilot, lambda: play.interviewer_plays[:40] in str(ask.render()))
        assert "You play" in str(ask.border_title)
        assert not screen.query_one(StoryStrip).display
        await type_at_once(pilot, "I rang the maker on Tuesday and got 3 tables for the customer\n")
        await until(pilot, lambda: len(screen.live.answer.notes) == 1)
        notes = screen.live.texts()
        states = screen.live.evidence(notes).states
        assert set(states.values()) == {State.MISSING}
        assert set(states) == set(Element)
        offer = screen.live.offer(screen.live.evidence(notes), notes)
        assert offer is not None
        assert offer.suggestions == ()
        await type_at_once(pilot, "/4?1")
        await pilot.press("enter")
        await until(pilot, lambda: screen.live.answer.rating == 4)


async def test_a_small_terminal_shows_the_whole_brief_by_a_key(store: Store) -> None:
    app = InterviewKitApp(store, "Priya Raman")
    file = shipped()
    play = file.bank.question("late-order-call").role_play
    assert play is not None
    last_words = play.interviewer_brief.split()[-3:]
    async with app.run_test(size=(80, 24)) as pilot:
        app.unrecorded.try_question(file, "late-order-call", then_quit=True)
        await until(pilot, lambda: isinstance(app.screen, LiveScreen))
        await until(pilot, lambda: play.interviewer_plays[:20] in painted(pilot))
        assert last_words[-1] not in painted(pilot)
        await pilot.press("ctrl+g")
        await until(pilot, lambda: isinstance(app.screen, TextDialog))
        await pilot.press("end")
        await until(pilot, lambda: last_words[-1] in painted(pilot))
