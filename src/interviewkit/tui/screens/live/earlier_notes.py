"""The live screen's side for what has been written already: notes picked, changed, taken back."""

from textual import on
from textual.screen import Screen
from textual.widgets import Static

from interviewkit.errors import InterviewKitError
from interviewkit.interview.records import Note
from interviewkit.tui.screens.live.bindings import taken_back
from interviewkit.tui.screens.live.board import Board
from interviewkit.tui.widgets.menu import Menu
from interviewkit.tui.widgets.note_line import NoteLine
from interviewkit.tui.widgets.notes import NotesView
from interviewkit.workflows.live_interview import LiveInterview


class EarlierNotes(Screen[None]):
    """What :class:`interviewkit.tui.screens.live.screen.LiveScreen` does with earlier notes."""

    live: LiveInterview
    _board: Board
    _menu: Menu
    _line: NoteLine
    _prompt: Static

    def _clear(self) -> None:
        raise NotImplementedError

    def _show_page(self) -> None:
        raise NotImplementedError

    def action_pick(self, step: int) -> None:
        """Up or down to an earlier or later note, while the line is empty."""
        if self._line.value:
            return
        if self._board.notes.pick(step):
            self._menu.say("Enter edits this note, Escape cancels.")
        else:
            self._menu.hide()

    @on(NotesView.Picked)
    def _picked(self, event: NotesView.Picked) -> None:
        if self._line.value:
            self._menu.say("Finish this line first, then edit another note.")
        else:
            self._begin_edit(event.note)

    def action_leave_note(self) -> None:
        """Whatever was begun with a note, leave it; a typed line stays."""
        if self._line.editing:
            self._set_editing(None)
            self._clear()
        self._board.notes.highlighted = None
        self._menu.hide()

    def _set_editing(self, note: Note | None) -> None:
        self._line.editing = note
        self._prompt.update("edit ›" if note else "›")

    def _begin_edit(self, note: Note) -> None:
        self._set_editing(note)
        self._line.put(note.text)
        self._line.focus()
        self._menu.say("Enter saves the change, Escape cancels.")

    def _undo(self) -> None:
        try:
            taken = self.live.undo()
        except InterviewKitError as error:
            self.notify(str(error), severity="error", timeout=12)
            return
        self._show_page()
        if taken and taken.field == "note" and taken.value is None:
            self._line.put(str(taken.was))
            self._line.select_all()  # Enter keeps it again; whatever is typed takes its place
        self._menu.say(taken_back(taken))

    def _edit_last(self) -> None:
        if self.live.answer.notes:
            self._begin_edit(self.live.answer.notes[-1])
        else:
            self._menu.say("There is no note here to edit.")
