"""The transcript beside the notes: added, moved, mapped, and its lines kept as notes."""

from pathlib import Path

import pytest
from textual.events import Paste
from textual.pilot import Pilot
from textual.widgets import Input

from driving import Running, painted, type_at_once, until
from interviewkit.interview.records import Interview
from interviewkit.interview.transcript import Cue, Speaker
from interviewkit.storage.store import Store
from interviewkit.tui.screens.comparison.debrief import DebriefScreen
from interviewkit.tui.screens.dialogs import Confirm
from interviewkit.tui.screens.people import OneLine
from interviewkit.tui.screens.scorecards import ScorecardsScreen
from interviewkit.tui.screens.transcript import TranscriptScreen
from interviewkit.tui.screens.transcript_form import TranscriptForm
from interviewkit.tui.screens.wrap_up import WrapUpScreen
from interviewkit.tui.widgets.note_line import NoteLine
from support import PRIYA, HeldClock, begin, complete

Q = "unspoken-need"
CUES = [
    Cue("Tell me more", "Priya Raman", 2.0, 4.0),
    Cue("I drove out to Aalen", "Jane", 5.0, 9.0),
    Cue("and it rained", "", 10.0, 12.0),
]


def add(store: Store, interview: Interview) -> None:
    door = store.seen_by(PRIYA).transcripts()
    door.add(interview.id, "call.vtt", CUES, consent_by="Ada Okafor", consent_day="2026-03-01")


def at_a_question(store: Store, clock: HeldClock) -> Interview:
    """An interview under way that has stood at the first question from its first second on."""
    interview = begin(store)
    notebook = store.notebook(interview.id)
    clock.pass_(1)
    notebook.go_to(Q)
    clock.pass_(60)
    notebook.add_note(Q, "a first note")
    clock.pass_(5)
    return interview


def sealed(store: Store, clock: HeldClock) -> Interview:
    at_a_question(store, clock)
    return complete(store, {Q: 4})


@pytest.fixture
def interview(store: Store, clock: HeldClock) -> Interview:
    """A sealed one with a transcript."""
    interview = sealed(store, clock)
    add(store, interview)
    return interview


async def open_from_scorecard(pilot: Pilot[None]) -> TranscriptScreen:
    await pilot.press("down", "s")
    await until(pilot, lambda: isinstance(pilot.app.screen, ScorecardsScreen))
    await pilot.press("down", "w")
    await until(pilot, lambda: isinstance(pilot.app.screen, TranscriptScreen))
    await until(pilot, lambda: "a first note" in painted(pilot))
    screen = pilot.app.screen
    assert isinstance(screen, TranscriptScreen)
    return screen


async def test_lines_stand_beside_the_notes_and_become_amendments(
    store: Store, interview: Interview, running: Running
) -> None:
    async with running() as pilot:
        await open_from_scorecard(pilot)
        view = painted(pilot)
        assert "Transcript · Ada Okafor · Priya Raman" in view
        assert "The recording starts with the interview" in view
        assert "Ada Okafor agreed on 2026-03-01." in view
        assert "2 of " in view
        assert "00:02 interviewer Tell me more" in view
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, OneLine))
        await type_at_once(pilot, "The recording says so.\n")
        await until(pilot, lambda: "amended" in painted(pilot))
        assert "✓ 00:05 Jane I drove out" in painted(pilot)
        assert "I drove out to Aalen" in painted(pilot)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, ScorecardsScreen))
        assert "amended 2 Mar 2026" in painted(pilot)
    (amendment,) = store._reads.answers(interview.id)[1].amendments
    assert (amendment.what, amendment.value) == ("note", "I drove out to Aalen")
    assert amendment.reason == "The recording says so."


async def test_plus_and_minus_move_the_lines_and_the_words_take_over_again(
    store: Store, interview: Interview, running: Running
) -> None:
    async with running() as pilot:
        await open_from_scorecard(pilot)
        await pilot.press("plus")
        assert "starts 00:05 after the interview, set by hand" in painted(pilot)
        await pilot.press("minus", "minus", "minus")
        assert "starts 00:10 before the interview, set by hand" in painted(pilot)
        transcript = store.seen_by(PRIYA).transcripts().transcript(interview.id)
        assert transcript is not None
        assert transcript.offset == -10.0
        await pilot.press("0")
        assert "set by hand" not in painted(pilot)
        await pilot.press("right")
        assert "3 of " in painted(pilot)
        assert "Nothing was said here." in painted(pilot)
        await pilot.press("left", "left")
        assert "Opening" in painted(pilot)


async def test_a_voice_is_mapped_once_for_all_its_lines(
    store: Store, interview: Interview, running: Running
) -> None:
    async with running() as pilot:
        await open_from_scorecard(pilot)
        await pilot.press("down", "s")
        assert "00:05 candidate I drove out" in painted(pilot)
        await pilot.press("s", "s")
        assert "00:05 Jane I drove out" in painted(pilot)
        await pilot.press("down", "s")
        assert "The file does not say who speaks here." in _messages(pilot)
    transcript = store.seen_by(PRIYA).transcripts().transcript(interview.id)
    assert transcript is not None
    assert transcript.speakers["Jane"] is Speaker.SOMEBODY


async def test_the_form_adds_it_from_the_scorecard_and_asks_for_consent(
    store: Store, clock: HeldClock, running: Running, tmp_path: Path
) -> None:
    interview = sealed(store, clock)
    file = tmp_path / "the call.vtt"
    file.write_text("00:02.000 --> 00:04.000\nPriya Raman: Tell me more\n\nloose words\n")
    async with running() as pilot:
        await pilot.press("down", "s")
        await until(pilot, lambda: isinstance(pilot.app.screen, ScorecardsScreen))
        await pilot.press("down", "w")
        await until(pilot, lambda: isinstance(pilot.app.screen, TranscriptForm))
        await pilot.press("ctrl+s")
        assert "Name the file of the transcript." in painted(pilot)
        pilot.app.screen.query_one("#file", Input).value = f"'{file}'"
        await pilot.press("ctrl+s")
        assert "kept only with consent" in painted(pilot)
        pilot.app.screen.query_one("#by", Input).value = "Ada Okafor"
        pilot.app.screen.query_one("#day", Input).value = "2026-03-01"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "Tell me more" in painted(pilot))
        assert "Problems in the file: line 4: words without times." in _messages(pilot)
        await pilot.press("delete")
        await until(pilot, lambda: isinstance(pilot.app.screen, Confirm))
        await pilot.press("left", "enter")
        await until(pilot, lambda: not isinstance(pilot.app.screen, Confirm))
        await until(pilot, lambda: isinstance(pilot.app.screen, ScorecardsScreen))
    assert store.seen_by(PRIYA).transcripts().transcript(interview.id) is None


async def test_leaving_the_form_goes_back_to_the_scorecard(
    store: Store, clock: HeldClock, running: Running
) -> None:
    sealed(store, clock)
    async with running() as pilot:
        await pilot.press("down", "s", "w")
        await until(pilot, lambda: isinstance(pilot.app.screen, TranscriptForm))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, ScorecardsScreen))


async def test_in_the_wrap_up_a_line_becomes_a_note(
    store: Store, clock: HeldClock, running: Running
) -> None:
    interview = at_a_question(store, clock)
    add(store, interview)
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "/end\n")
        await until(pilot, lambda: isinstance(pilot.app.screen, WrapUpScreen))
        await pilot.press("f2")
        await until(pilot, lambda: "I drove out to Aalen" in painted(pilot))
        await pilot.press("down", "enter")
        await until(pilot, lambda: "Kept as a note." in _messages(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, WrapUpScreen))
        await until(pilot, lambda: "I drove out to Aalen" in painted(pilot))
    notes = [note.text for note in store._reads.answers(interview.id)[1].notes]
    assert notes == ["a first note", "I drove out to Aalen"]


async def test_the_debrief_opens_those_there_are_and_says_where_to_add_one(
    store: Store, clock: HeldClock, running: Running
) -> None:
    interview = sealed(store, clock)
    other = complete(store, {Q: 2}, interviewer="Tom Becker")
    async with running() as pilot:
        await pilot.press("down", "d")
        await until(pilot, lambda: isinstance(pilot.app.screen, DebriefScreen))
        await pilot.press("w")
        assert "Add one from a scorecard: o, then w." in _messages(pilot)
        add(store, interview)
        add(store, other)
        await pilot.press("w")
        await until(pilot, lambda: "Transcript · Ada Okafor · Priya Raman" in painted(pilot))
        await pilot.press("i")
        await until(pilot, lambda: "Transcript · Ada Okafor · Tom Becker" in painted(pilot))
        await pilot.press("home", "enter")
        assert "This is the scorecard of Tom Becker." in _messages(pilot)


def _messages(pilot: Pilot[None]) -> str:
    return "\n".join(note.message for note in pilot.app._notifications)


async def test_a_pasted_transcript_is_no_note_until_it_is_pasted_again(
    store: Store, running: Running
) -> None:
    interview = begin(store)
    text = "".join(f"00:0{n}.000 --> 00:0{n}.900\nline {n}\n\n" for n in range(1, 8))
    async with running(interview.id) as pilot:
        await type_at_once(pilot, "half a ")
        pilot.app.post_message(Paste(text))
        await pilot.pause()
        assert "A transcript (14 lines), not kept as notes" in painted(pilot)
        assert pilot.app.screen.query_one(NoteLine).value == "half a "
        assert store._reads.answers(interview.id)[0].notes == ()
        pilot.app.post_message(Paste(text))
        await pilot.pause()
        assert "Pasted as 14 notes." in painted(pilot)
    assert len(store._reads.answers(interview.id)[0].notes) == 14


async def test_the_decision_says_how_many_transcripts_go_with_it(
    interview: Interview, running: Running
) -> None:
    async with running() as pilot:
        await pilot.press("down", "d")
        await until(pilot, lambda: isinstance(pilot.app.screen, DebriefScreen))
        await pilot.press("d")
        await until(pilot, lambda: "do not hire delete 1 transcript." in _plain(pilot))


def _plain(pilot: Pilot[None]) -> str:
    """The screen as one line, so that a sentence may be broken."""
    return " ".join(painted(pilot).replace("│", " ").split())
