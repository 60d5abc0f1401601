"""The transcript of an interview beside its notes, question by question."""

from collections.abc import Callable, Sequence

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from interviewkit.errors import InterviewKitError, NotFoundError
from interviewkit.interview.clock import as_clock
from interviewkit.interview.people import Person
from interviewkit.interview.transcript import Cue, Speaker, next_voice
from interviewkit.storage.store import Store
from interviewkit.storage.transcripts import Transcripts
from interviewkit.tui.content import Content
from interviewkit.tui.screens.dialogs import Confirm
from interviewkit.tui.screens.people import OneLine
from interviewkit.tui.screens.transcript_form import TranscriptForm
from interviewkit.tui.widgets.key_line import Keys
from interviewkit.tui.widgets.scorecard_text import answer_text
from interviewkit.visible_text import visible_line
from interviewkit.workflows.interview_transcript import (
    FROM_TRANSCRIPT,
    AlignedTranscript,
    TranscriptPage,
    keep_line,
    open_transcript,
    refuse_line,
    voice_of,
)

STEP = 5.0  # seconds by which + and − move the lines
STYLES = {Speaker.CANDIDATE: "bold $text-accent", Speaker.INTERVIEWER: "bold $muted"}
HELP = """
# Transcript

What was said at a question, beside the notes on it. **Left** and **right** go from question to
question. The second line says where the recording starts and how that is known; if the lines stand
under the wrong question, **+** and **−** move all of them by five seconds, and **0** lets the
words of the questions decide again.

**Enter** keeps the line under the cursor as a note of yours, in a sealed scorecard as an amendment
with a reason. **s** says whose voice it is: the candidate, the interviewer or somebody else, for
all lines of that name at once.

A transcript is not part of the scorecard. It is not sealed, searched, exported or counted, and it
is deleted with the decision on the candidate; **Delete** deletes it now.
"""


class LineList(OptionList, inherit_bindings=False):
    """OptionList's keys without those that scroll sideways, which go from question to question."""

    BINDINGS = [
        Binding("down", "cursor_down", "Next line", id="lines.down", show=False),
        Binding("up", "cursor_up", "Line before", id="lines.up", show=False),
        Binding("pagedown", "page_down", "Page down", id="lines.page_down", show=False),
        Binding("pageup", "page_up", "Page up", id="lines.page_up", show=False),
        Binding("home", "first", "First line", id="lines.first", show=False),
        Binding("end", "last", "Last line", id="lines.last", show=False),
        Binding("enter", "select", "Keep as a note", id="lines.keep"),
    ]


class TranscriptScreen(Screen[bool]):
    """Ends with whether a note was written. Where there is no transcript, a form adds one."""

    CSS_PATH = "transcript.tcss"
    HELP = HELP
    BINDINGS = [
        Binding("escape,f9", "leave", "Back", id="transcript.back"),
        Binding("left", "step(-1)", "Question before", id="transcript.before", show=False),
        Binding("right", "step(1)", "Next", id="transcript.next"),
        Binding("i", "next_interview", "Next interviewer", id="transcript.interviewer"),
        Binding("plus", "shift(1)", "Later", id="transcript.later"),
        Binding("minus", "shift(-1)", "Earlier", id="transcript.earlier"),
        Binding("0", "by_words", "By words", id="transcript.by_words", show=False),
        Binding("s", "voice", "Whose voice", id="transcript.voice"),
        Binding("delete", "remove", "Delete it", id="transcript.remove", show=False),
    ]

    def __init__(
        self, store: Store, viewer: Person, interviews: Sequence[str], question: str = ""
    ) -> None:
        """``interviews``: ids of those to go through, the first shown first, at ``question``."""
        super().__init__()
        self._store, self._viewer = store, viewer
        self._interviews = list(interviews)
        self._question = question
        self._aligned: AlignedTranscript | None = None
        self._at = 0
        self._is_noted = False

    def compose(self) -> ComposeResult:
        """Whose it is, the question, then notes and lines side by side."""
        yield Static(id="heading", classes="title")
        yield Static(id="offset")
        yield Static(id="question")
        with Horizontal(id="both"):
            with VerticalScroll(id="notes"):
                yield Static(id="noted")
            yield LineList(id="lines", compact=True)
        yield Keys()

    def on_mount(self) -> None:
        """Begin at the question that was under the cursor before."""
        self.query_one("#notes").border_title = " Notes "
        self.query_one("#lines").border_title = " Said "
        self.query_one(OptionList).focus()
        self._read()

    def on_resize(self) -> None:
        """Lines take the room there is."""
        self.call_after_refresh(self._show)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys that do nothing are not offered."""
        if action == "next_interview":
            return len(self._interviews) > 1
        has_times = self._aligned is None or self._aligned.transcript.has_times
        return has_times if action in ("shift", "by_words") else True

    # What is shown

    def _read(self) -> None:
        """The transcript as it is kept now, at the same question."""
        try:
            self._aligned = open_transcript(self._store, self._viewer, self._interviews[0])
        except NotFoundError:
            self._add()
            return
        except InterviewKitError as error:
            self._refuse(error)
            self.dismiss(self._is_noted)
            return
        self._at = self._aligned.page(self._question)
        self.refresh_bindings()
        self._show()

    def _show(self) -> None:
        aligned, page = self._aligned, self._page
        if aligned is None or page is None:
            return
        interview = aligned.interview
        names = " · ".join(map(visible_line, (interview.candidate.name, interview.interviewer)))
        consent = aligned.transcript.consent
        self.query_one("#heading", Static).update(Content(f"Transcript · {names}"))
        agreed = f"{visible_line(consent.given_by)} agreed on {consent.day}. "
        self.query_one("#offset", Static).update(Content(f"{aligned.offset_words} {agreed}"))
        position = Content.styled(f"{self._at + 1} of {len(aligned.pages)}  ", "$muted")
        ask = Content.styled(visible_line(page.ask), "bold")
        self.query_one("#question", Static).update(Content.assemble(position, ask))
        noted = self.query_one("#noted", Static)
        width = max(10, self.query_one("#notes").scrollable_content_region.width - 1)
        noted.update(answer_text(page.answer, width) if page.answer else "")
        self._show_lines(aligned, page)

    def _show_lines(self, aligned: AlignedTranscript, page: TranscriptPage) -> None:
        lines = self.query_one(OptionList)
        highlighted = lines.highlighted or 0
        texts = _texts_noted(page)
        lines.set_options(
            [Option(_line(aligned, cue, is_noted=cue.text in texts)) for cue in page.cues]
        )
        if page.cues:
            lines.highlighted = min(highlighted, len(page.cues) - 1)
        else:
            lines.add_option(Option("Nothing was said here.", disabled=True))

    @property
    def _page(self) -> TranscriptPage | None:
        return self._aligned.pages[self._at] if self._aligned else None

    @property
    def _cue(self) -> Cue | None:
        """The line under the cursor."""
        page, at = self._page, self.query_one(OptionList).highlighted
        return page.cues[at] if page and page.cues and at is not None else None

    # Keys

    def action_step(self, step: int) -> None:
        """To a neighbouring question; behind the last comes the first."""
        if self._aligned:
            self._at = (self._at + step) % len(self._aligned.pages)
            self._question = self._aligned.pages[self._at].question
            self.query_one(OptionList).highlighted = None
            self._show()

    def action_next_interview(self) -> None:
        """The same question with another interviewer."""
        self._interviews = [*self._interviews[1:], self._interviews[0]]
        self._read()

    def action_shift(self, steps: int) -> None:
        """All lines later or earlier in the interview."""
        if self._aligned:
            offset = self._aligned.alignment.offset + steps * STEP
            self._change(lambda: self._transcripts.set_offset(self._interviews[0], offset))

    def action_by_words(self) -> None:
        """The offset that the words of the questions give."""
        self._change(lambda: self._transcripts.set_offset(self._interviews[0], None))

    def action_voice(self) -> None:
        """Say whose voice the line under the cursor has: each press the next of three."""
        cue = self._cue
        if self._aligned is None or cue is None or not cue.speaker:
            self.notify("The file does not say who speaks here.", timeout=4)
            return
        voice = next_voice(self._aligned.transcript.speakers.get(cue.speaker))
        self._change(lambda: self._transcripts.set_speaker(self._interviews[0], cue.speaker, voice))

    @work(exclusive=True)
    async def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Keep a line as a note; a sealed scorecard takes it as an amendment, with a reason."""
        aligned, page, cue = self._aligned, self._page, self._cue
        if aligned is None or page is None or cue is None:
            return
        reason = ""
        try:
            refuse_line(self._viewer, page, aligned.interview)
        except InterviewKitError as error:
            self._refuse(error)
            return
        if aligned.interview.submitted_at is not None:
            dialog = OneLine("Keep as an amendment", "Reason", FROM_TRANSCRIPT)
            typed = await self.app.push_screen_wait(dialog)
            if typed is None:
                return
            reason = typed
        try:
            became = keep_line(self._store, self._viewer, page, aligned.interview, cue, reason)
        except InterviewKitError as error:
            self._refuse(error)
            return
        self._is_noted = True
        self.notify(f"Kept as {'an amendment' if became == 'amendment' else 'a note'}.", timeout=4)
        self._read()

    @work(exclusive=True)
    async def action_remove(self) -> None:
        """Delete the transcript, after asking."""
        if self._aligned is None:
            return
        count = len(self._aligned.transcript.cues)
        question = (
            f"Its {count} lines are deleted for good. Notes and scorecard stay as they are. "
            "Backups made before still hold it."
        )
        dialog = Confirm("Delete this transcript?", question, "Delete", "Keep", careful=True)
        if await self.app.push_screen_wait(dialog):
            try:
                self._transcripts.remove(self._interviews[0])
            except InterviewKitError as error:
                self._refuse(error)
                return
            self.notify("The transcript is deleted.", timeout=4)
            self.dismiss(self._is_noted)

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss(self._is_noted)

    # Inside

    @work(exclusive=True)
    async def _add(self) -> None:
        form = TranscriptForm(self._store, self._viewer, self._interviews[0])
        if await self.app.push_screen_wait(form):
            self._read()
        else:
            self.dismiss(self._is_noted)

    @property
    def _transcripts(self) -> Transcripts:
        return self._store.seen_by(self._viewer).transcripts()

    def _change(self, change: Callable[[], object]) -> None:
        try:
            change()
        except InterviewKitError as error:
            self._refuse(error)
            return
        self._read()

    def _refuse(self, error: InterviewKitError) -> None:
        self.notify(str(error), severity="error", timeout=12)


def _texts_noted(page: TranscriptPage) -> set[str]:
    """What stands in the notes already, those added later included."""
    if page.answer is None:
        return set()
    amended = {item.value for item in page.answer.amendments if item.what == "note" and item.value}
    return {note.text for note in page.answer.notes} | amended


def _line(aligned: AlignedTranscript, cue: Cue, *, is_noted: bool) -> Content:
    """The time, whose voice it is, and the words; a sign where they are a note already."""
    time = "" if cue.start is None else f"{as_clock(cue.start)} "
    name = voice_of(aligned.transcript, cue)
    style = STYLES.get(aligned.transcript.speakers.get(cue.speaker, Speaker.SOMEBODY), "bold")
    return Content.assemble(
        ("✓ " if is_noted else "", "$text-success"),
        (time, "$muted"),
        (f"{visible_line(name)} " if name else "", style),
        visible_line(cue.text),
    )
