"""A rehearsal: the live screen, on which the candidate answers."""

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from interviewkit.interview.records import OPENING
from interviewkit.practice.conversation import Prompt, Turn
from interviewkit.practice.delivery import Delivery
from interviewkit.settings import SPEECH
from interviewkit.tui.content import Content
from interviewkit.tui.screens.dialogs import Confirm, TextDialog
from interviewkit.tui.screens.live.bindings import HELP, KEYS
from interviewkit.tui.screens.live.board import Board
from interviewkit.tui.screens.live.screen import LiveScreen
from interviewkit.tui.screens.practice.review import ReviewScreen
from interviewkit.tui.widgets.live_header import Heading
from interviewkit.tui.widgets.speech import SpeechPanel
from interviewkit.workflows.live_interview import LiveInterview
from interviewkit.workflows.rehearsal import RehearsedInterview

SPEECH_EVERY = 0.2  # seconds between looks at the clock while somebody speaks
# Rows that the rest of the screen needs: with one anchor in a line, and with all of them.
ROWS_BESIDES, ROWS_BESIDES_TALL = 20, 25
TALL = 30
WELCOME = (
    "{name} is invented and answers by script; nothing is recorded. Press Enter, and the first "
    "question is asked; the answer appears here. Take notes, ask with ?2 or with ?? and your own "
    "words, rate with /3. Enter on an empty line says nothing, and waits."
)
GOODBYE = "That is all. F10 shows what there was to hear, and an expert's ratings beside yours."
REHEARSAL_HELP = """
# A rehearsal

This is the live screen, with a scripted candidate who answers below the question. Nothing is
recorded, and a rehearsal cannot be resumed.

**Enter** on an empty line shows the rest of an answer at once. When the answer is over, Enter lets
you wait in silence: many people then go on by themselves, and this one may, too, after some
seconds. **Ctrl+R** shows all that was said to the question. Ask with `?2`, or with `??` and your
own words: the candidate answers what your words come nearest to.

**F10** or `/end` ends the rehearsal with a look back: what there was to hear, which probe asks for
it, and an expert's rating beside yours, with the reasons. **F9** leaves without it. The setting
`speech` says how many words a minute are spoken; 0 shows each answer at once.
"""


class RehearsalBoard(Board):
    """The board with the candidate's words below the question."""

    def __init__(self, live: LiveInterview) -> None:
        super().__init__(live)
        self.heading = Heading(*self.subject(), is_recorded=False)
        self.speech = SpeechPanel()

    def subject(self) -> list[str]:
        """That nothing is recorded comes first."""
        interview = self._live.interview
        return ["REHEARSAL, nothing is recorded", interview.candidate.name, interview.role.title]

    def compose(self) -> ComposeResult:
        """The words between the question and the notes."""
        for widget in super().compose():
            yield widget
            if widget is self.question:
                yield self.speech


class RehearsalScreen(LiveScreen, inherit_bindings=False):
    """Ends with None, when it was looked back on or left."""

    HELP = REHEARSAL_HELP + HELP.replace("# A live interview", "# Taking notes")
    CSS_PATH = ["../live/live.tcss", "rehearsal.tcss"]
    BOARD = RehearsalBoard
    BINDINGS: ClassVar[list[BindingType]] = [
        KEYS[0],
        Binding("f10", "wrap_up", "Look back", id="rehearsal.look_back"),
        Binding("ctrl+r", "said", "All said", id="rehearsal.said", tooltip="All that was said"),
        *KEYS[2:6],
        Binding("f9", "leave", "Leave", id="rehearsal.leave"),
        *KEYS[7:],
    ]
    _board: RehearsalBoard

    def __init__(self, live: RehearsedInterview, pace: int = SPEECH) -> None:
        self.rehearsed = live
        self._pace = pace
        self._turn: Turn | None = None
        self._page = ""
        self._delivery = Delivery("", 0, SPEECH)
        self._heard_at = live.clock.seconds()
        self._line = ""
        super().__init__(live)

    def on_mount(self) -> None:
        """The candidate speaks from here on."""
        self.set_interval(SPEECH_EVERY, self._listen)
        self.call_after_refresh(self._listen)

    def on_resize(self) -> None:
        """The words have the rows that nothing else needs."""
        besides = ROWS_BESIDES_TALL if self.size.height >= TALL else ROWS_BESIDES
        self._board.speech.set_room(self.size.height - besides)

    # What is said

    def _listen(self) -> None:
        """Bring out what has been spoken since the last look, or what a silence brings."""
        live, seconds = self.rehearsed, self.rehearsed.clock.seconds()
        gone, self._heard_at = seconds - self._heard_at, seconds
        if live.turn is not self._turn or live.page != self._page:
            self._begin_turn()
        elif not live.paused and self.app.screen is self:
            self._delivery.pass_time(gone)
        if self._desk.line.value != self._line:
            self._line = self._desk.line.value
            self._delivery.break_silence()
        if self._delivery.is_silence and live.wait():
            self._begin_turn()
        self._board.speech.show(self._speaker(), self._delivery.spoken, self._hint())

    def _begin_turn(self) -> None:
        """Another text; what was heard before, on coming back to it, is there at once."""
        live = self.rehearsed
        self._turn, self._page = live.turn, live.page
        self._delivery = Delivery(self._text(), self._pace if live.is_speaking else 0, SPEECH)
        self._board.speech.begin(self._delivery.text, is_spoken=not self._delivery.is_over)

    def _text(self) -> str:
        if self._turn:
            return self._turn.text
        name = self.rehearsed.script.candidate
        return WELCOME.format(name=name) if self.rehearsed.page == OPENING else GOODBYE

    def _speaker(self) -> str:
        return self.rehearsed.script.candidate if self._turn else "Rehearsal"

    def _hint(self) -> str:
        if self._turn is None:
            return ""
        if not self._delivery.is_over:
            return "Enter: the rest"
        if self._board.speech.has_more:
            return "Enter: more"
        cut = "Ctrl+R: all of it · " if self._board.speech.is_cut else ""
        return f"{cut}Enter: say nothing"

    def say_nothing(self) -> None:
        """The rest of what is being said; when it is all out, a silence."""
        speech = self._board.speech
        if not self._delivery.is_over:
            speech.stop_following()
            self._delivery.hurry()
        elif not speech.turn_page() and not self.rehearsed.wait():
            self._menu.say(f"{self.rehearsed.script.candidate} waits for you.")
        self._listen()

    def action_said(self) -> None:
        """All that was said to this question, with what was asked."""
        turns = self.rehearsed.turns
        if not turns:
            self._menu.say("Nothing has been said here yet.")
            return
        self._delivery.hurry()
        parts: list[Content] = []
        for turn in turns:
            if turn.asked:
                parts.append(Content.styled(f"{turn.asked}", "bold"))
            elif turn.prompt is Prompt.SILENCE:
                parts.append(Content.styled("(you said nothing)", "$muted"))
            parts += [Content(" ".join(turn.text.split())), Content("")]
        title = self.rehearsed.script.candidate
        self.app.push_screen(TextDialog(title, Content("\n").join(parts)))

    # The end

    @work
    async def action_wrap_up(self) -> None:
        """The look back; before it shows an expert's ratings, one can still give one's own."""
        if self.app.screen is not self or not self._desk.keep_line():
            return
        self._desk.save(lambda: self.live.pause(True))
        unrated = self.rehearsed.unrated
        if unrated and not await self._goes_on(unrated):
            self._desk.save(lambda: self.live.pause(False))
            self.action_go(unrated[0])
            return
        await self.app.push_screen_wait(ReviewScreen(self.rehearsed.review()))
        self.dismiss()

    async def _goes_on(self, unrated: list[int]) -> bool:
        noun = "question" if len(unrated) == 1 else "questions"
        text = (
            f"You have not rated {noun} {', '.join(map(str, unrated))}. The look back shows an "
            "expert's ratings, so give yours first."
        )
        question = Confirm("Look back now?", text, "Look back", "Rate first", careful=True)
        return await self.app.push_screen_wait(question)

    @work
    async def action_leave(self) -> None:  # type: ignore[override]
        """Out, with nothing kept; that is asked first when something was said."""
        if self.app.screen is not self:
            return
        if self.rehearsed.has_begun:
            text = "Nothing is kept, and you cannot resume it. F10 ends it with a look back."
            question = Confirm("Leave the rehearsal?", text, "Leave", "Stay", careful=True)
            if not await self.app.push_screen_wait(question):
                return
        self.dismiss()
