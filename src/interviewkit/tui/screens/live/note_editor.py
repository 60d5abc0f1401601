"""What has been written already: notes picked and changed, the last change taken back."""

from collections.abc import Callable

from interviewkit.interview.records import Note
from interviewkit.tui.screens.live.bindings import taken_back
from interviewkit.tui.screens.live.board import Board
from interviewkit.tui.widgets.menu import Menu
from interviewkit.tui.widgets.note_entry import NoteEntry
from interviewkit.workflows.live_interview import LiveInterview


class NoteEditor:
    """Puts earlier notes of the board into the note line, and leaves them again."""

    def __init__(self, live: LiveInterview, board: Board, menu: Menu, entry: NoteEntry) -> None:
        self._live = live
        self._board = board
        self._menu = menu
        self._entry = entry

    def pick(self, step: int) -> None:
        """Up or down to an earlier or later note, while the line is empty."""
        if self._entry.line.value:
            return
        if self._board.notes.pick(step):
            self._menu.say("Enter edits this note, Escape leaves it.")
        else:
            self._menu.hide()

    def begin(self, note: Note) -> None:
        """Put a note into the line, to be changed."""
        self._entry.edit(note)
        self._entry.line.put(note.text)
        self._entry.line.focus()
        self._menu.say("Enter keeps the change, Escape leaves the note as it was.")

    def begin_picked(self, note: Note) -> None:
        """Put a note that was clicked into the line, unless something is typed there."""
        if self._entry.line.value:
            self._menu.say("Finish this line first, then edit another note.")
        else:
            self.begin(note)

    def begin_last(self) -> None:
        """Put the last note of the answer into the line."""
        if self._live.answer.notes:
            self.begin(self._live.answer.notes[-1])
        else:
            self._menu.say("There is no note here to edit.")

    def leave(self) -> None:
        """Leave the note as it was; a line typed meanwhile stays."""
        if self._entry.line.editing:
            self._entry.edit(None)
            self._entry.line.put("")
        self._board.notes.highlighted = None
        self._menu.hide()

    def undo(self, show_page: Callable[[], None]) -> None:
        """Take the last change back and say which; a note comes back into the line."""
        change = self._live.undo()
        show_page()
        if change and change.what == "note" and change.now is None:
            self._entry.line.put(str(change.was))
            self._entry.line.select_all()  # Enter keeps it again; typing replaces it
        self._menu.say(taken_back(change))
