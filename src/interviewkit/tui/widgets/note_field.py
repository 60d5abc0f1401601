"""The row in which one types: a prompt that says what Enter does, and the note line."""

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from interviewkit.interview.records import Note
from interviewkit.tui.widgets.note_line import Desk, NoteLine


class NoteField(Horizontal):
    """The note line behind its prompt."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(id="entry")
        self.line = NoteLine(desk)
        self._prompt = Static("›", id="prompt")

    def compose(self) -> ComposeResult:
        """The prompt stands before the line."""
        yield self._prompt
        yield self.line

    def edit(self, note: Note | None) -> None:
        """From now on Enter changes ``note``; None: it keeps a new one."""
        self.line.editing = note
        self._prompt.update("edit ›" if note else "›")
