"""The form that adds a transcript: a file, who agreed to the recording, and when."""

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Label, Static

from interviewkit.errors import InterviewKitError
from interviewkit.interview.people import Person
from interviewkit.settings import typed_path
from interviewkit.storage.store import Store
from interviewkit.tui.content import Content
from interviewkit.tui.widgets.key_line import Keys
from interviewkit.tui.widgets.text_input import SequentialInput
from interviewkit.workflows.interview_transcript import add_transcript

MOST_FAULTS = 3  # of a file, listed before the rest is counted


class TranscriptForm(ModalScreen[bool]):
    """Ends with whether a transcript was added."""

    BINDINGS = [
        Binding("escape", "leave", "Leave", id="transcript_form.leave"),
        Binding("ctrl+s", "add", "Add", id="transcript_form.add"),
    ]

    def __init__(self, store: Store, viewer: Person, interview_id: str) -> None:
        """BlockedError where the viewer may not read the interview."""
        super().__init__()
        self._store, self._viewer = store, viewer
        self._interview = store.seen_by(viewer).interview(interview_id)

    def compose(self) -> ComposeResult:
        """Three fields; without consent nothing is kept."""
        interview = self._interview
        with Vertical(classes="dialog") as form:
            form.border_title = " Add a transcript "
            of = f"{interview.candidate.name}, interviewed by {interview.interviewer}"
            yield Static(Content(of), classes="quiet")
            yield Label("File")
            yield SequentialInput(
                id="file", on_enter=self.focus_next, placeholder=".vtt, .srt or plain text"
            )
            yield Label("Who agreed to the recording")
            yield SequentialInput(id="by", on_enter=self.focus_next, placeholder="their name")
            yield Label("On which day")
            yield SequentialInput(
                id="day", on_enter=self.action_add, placeholder="such as 2026-03-02"
            )
            yield Static(id="fault", classes="fault")
            yield Button("Add", variant="primary", compact=True)
        yield Keys()

    def on_mount(self) -> None:
        """Begin at the file."""
        self.query_one("#file").focus()

    @on(Button.Pressed)
    def action_add(self) -> None:
        """Read the file and keep it, or say why not."""
        file, given_by, day = (
            self.query_one(f"#{name}", Input).value.strip() for name in ("file", "by", "day")
        )
        if not file:
            self._say("Name the file of the transcript.")
            self.query_one("#file").focus()
            return
        try:
            _, faults = add_transcript(
                self._store, self._viewer, self._interview.id, typed_path(file), given_by, day
            )
        except InterviewKitError as error:
            self._say(str(error))
            return
        if faults:
            more = len(faults) - MOST_FAULTS
            listed = [*faults[:MOST_FAULTS], *([f"and {more} more"] if more > 0 else [])]
            self.notify("Problems in the file: " + "; ".join(listed) + ".", timeout=12)
        self.dismiss(True)

    def _say(self, sentence: str) -> None:
        self.query_one("#fault", Static).update(Content(sentence))

    def action_leave(self) -> None:
        """Nothing is added."""
        self.dismiss(False)
