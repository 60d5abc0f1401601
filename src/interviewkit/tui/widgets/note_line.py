"""Where one types. A single line, because that is what stays fast with any number of notes.

What Enter commits is on disk, and the line empty, before the next key is looked at. Messages cannot
promise that (a fast typist's next letters would already be in the line when the message arrives),
so the line calls its desk directly.
"""

from typing import Protocol

from textual import events
from textual.geometry import Size
from textual.reactive import Reactive
from textual.timer import Timer
from textual.widgets import Input

from interviewkit.interview.grammar import Command, Setting, Write, at_once, read_line
from interviewkit.interview.records import Note
from interviewkit.tui.widgets.text_input import SequentialInput

# A longer line is a document: it becomes a note at once, since a one-line field cannot show it.
LONGEST = 2000
# A draft is on disk at most 250 ms after a key: this much waiting, the rest for the disk.
DRAFT_AFTER = 0.15
AGAIN_AFTER = 1.0  # when the disk refused it
HINT = "what you hear, then Enter · ? probes · / rate, go on, undo"


class Desk(Protocol):
    """What the line calls; each call is done when it returns."""

    def setting(self) -> Setting:
        """What the line is read against now."""

    def obey(self, command: Command | None, line: str) -> None:
        """Do what the line says. None is an empty line."""

    def typed(self, line: str) -> None:
        """The line has changed and says nothing to be done at once."""

    def edited(self, note: Note, text: str) -> None:
        """An earlier note is to read so; empty takes it away."""

    def pasted(self, lines: list[str]) -> None:
        """More was pasted than one line holds; each is a note of its own."""

    def keep_draft(self, text: str, note: str | None) -> bool:
        """Keep the line as it stands; whether that worked."""


class NoteLine(SequentialInput, inherit_bindings=False):
    """An Input that reads the note line's grammar. ``editing`` is the note it edits, if any."""

    # Input's own and no more: as a scrolling widget it would take page down and the arrows too.
    BINDINGS = Input.BINDINGS
    # As it is in Input, but without laying the whole screen out again for each letter: the field
    # has a fixed place, and what scrolls within it is no one else's business.
    virtual_size = Reactive(Size(0, 0))

    def __init__(self, desk: Desk) -> None:
        super().__init__(id="line", placeholder=HINT)
        self.editing: Note | None = None
        self._desk = desk
        self._silent = False
        self._doubted = ""
        self._draft = ""
        self._waiting: Timer | None = None

    def put(self, text: str, *, saved: bool = False) -> None:
        """Replace the line as if nobody had typed it; ``saved`` says the disk has it already."""
        self._silent = True
        self.value = text
        self._silent = False
        self.cursor_position = len(text)
        self._doubted = ""
        if saved:
            self._draft = text
        self.save_draft()

    def doubt(self, line: str) -> None:
        """Enter on this same line once more keeps it as a note."""
        self._doubted = line

    def save_draft(self) -> None:
        """Keep the line now, if it is not kept as it stands."""
        if self._waiting is not None:
            self._waiting.stop()
            self._waiting = None
        text, note = self.value, self.editing
        if text == self._draft:
            return
        if self._desk.keep_draft(text, note.id if note else None):
            self._draft = text
        else:
            self._waiting = self.set_timer(AGAIN_AFTER, self.save_draft)

    def watch_value(self, line_before: str, line: str) -> None:
        """Every change by a key, in the turn of that key."""
        if self._silent:
            return
        if self._waiting is None:
            self._waiting = self.set_timer(DRAFT_AFTER, self.save_draft)
        if self.editing:
            return
        if line != self._doubted:
            self._doubted = ""
        command = at_once(line_before, line, self._desk.setting())
        if command:
            self._desk.obey(command, line)
        else:
            self._desk.typed(line)

    async def action_submit(self) -> None:
        """Handle Enter."""
        line = self.value
        if self.editing:
            self._desk.edited(self.editing, line)
        elif line and line == self._doubted:
            self._desk.obey(Write(line), line)
        else:
            self._desk.obey(read_line(line, self._desk.setting()), line)

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        lines = [line for line in map(_clean, event.text.splitlines()) if line.strip()]
        if not lines:
            return
        start, end = sorted(self.selection)
        if len(lines) == 1 and len(lines[0]) + len(self.value) <= LONGEST:
            self.replace(lines[0], start, end)
            return
        lines[0] = self.value[:start] + lines[0]
        lines[-1] += self.value[end:]
        self._desk.pasted(lines)


def _clean(text: str) -> str:
    """Tabs and control characters become spaces: no terminal can show them."""
    if text.isprintable():
        return text
    return "".join(" " if ord(c) < 32 or 127 <= ord(c) < 160 else c for c in text)
