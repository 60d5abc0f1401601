"""What has been written already: notes picked and changed, the last change taken back."""

from collections.abc import Callable

from interviewkit.interview.records import Asked, Note
from interviewkit.tui.screens.live.board import Board
from interviewkit.tui.widgets.menu import Menu
from interviewkit.tui.widgets.note_field import NoteField
from interviewkit.tui.widgets.notes import Line
from interviewkit.workflows.live_interview import LiveInterview
from interviewkit.workflows.undo_sentence import undo_sentence

OUTCOMES = "+ = or ! says what it brought"


class NoteEditor:
    """Puts earlier notes of the board into the note line, and leaves them again."""

    def __init__(self, live: LiveInterview, board: Board, menu: Menu, entry: NoteField) -> None:
        self._live = live
        self._board = board
        self._menu = menu
        self._entry = entry

    def pick(self, step: int) -> None:
        """Up or down to an earlier or later note, while the line is empty."""
        if self._entry.line.value:
            return
        picked = self._board.notes.pick(step)
        if picked is None:
            self._menu.hide()
        elif isinstance(picked, Note):
            self._menu.say("Enter edits this note, * marks it as evidence, Escape leaves it.")
        else:
            self._menu.say(f"{OUTCOMES}; Escape leaves it.")

    def begin(self, note: Note) -> None:
        """Put a note into the line, to be changed."""
        self._entry.edit(note)
        self._entry.line.put(note.text)
        self._entry.line.focus()
        self._menu.say("Enter keeps the change, Escape leaves the note as it was.")

    def begin_picked(self, picked: Line) -> None:
        """Put a note that was clicked into the line, unless something is typed there.

        After a click on a probe, its outcome and its notes come next.
        """
        if isinstance(picked, Asked):
            self.return_to(picked)
        elif self._entry.line.value:
            self._menu.say("Finish this line first, then edit another note.")
        else:
            self.begin(picked)

    def return_to(self, probe: Asked) -> None:
        """Stand at a probe again that was asked."""
        self._live.return_to_probe(probe.probe)
        self._board.notes.highlighted = None
        self._menu.say(f"{OUTCOMES}; notes hang under it.")

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
        is_note_gone = change and change.field == "note" and change.value is None
        if change and is_note_gone and change.changes == 1:
            self._entry.line.put(str(change.was))
            self._entry.line.select_all()  # Enter keeps it again; typing replaces it
        self._menu.say(undo_sentence(change))
