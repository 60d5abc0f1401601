"""The note line's desk: does what a typed line says, in the turn of the key that ended it."""

from collections.abc import Callable
from typing import Protocol

from textual.timer import Timer

from interviewkit.errors import InterviewKitError
from interviewkit.interview import grammar
from interviewkit.interview.protected_topics import topic_sentence
from interviewkit.interview.records import OPENING, Asked, Note
from interviewkit.tui.screens.live.board import Board
from interviewkit.tui.screens.live.note_editor import OUTCOMES, NoteEditor
from interviewkit.tui.widgets.live_header import FAILED, SAVED
from interviewkit.tui.widgets.menu import Menu
from interviewkit.tui.widgets.note_field import NoteField
from interviewkit.workflows.live_interview import LiveInterview

STORY_AFTER = 0.1
TRANSCRIPT = (
    "A transcript ({} lines), not kept as notes: save it as a file, then w in the wrap-up adds it. "
    "Paste it again to keep it as notes."
)


class Pages(Protocol):
    """What the desk needs of its screen: to get from page to page, and to report a failure."""

    def action_move(self, steps: int) -> None:
        """Some pages on or back."""

    def action_go(self, position: int) -> None:
        """To the question with this number."""

    def action_wrap_up(self) -> object:
        """To the wrap-up."""

    def say_nothing(self) -> None:
        """Enter was pressed on an empty line of a question."""

    def show_page(self) -> None:
        """Show the page that the interview stands at."""

    def report(self, error: InterviewKitError) -> None:
        """Say that the records refused a change."""


class NoteDesk:
    """Every change of the interview goes through :meth:`save`, which says whether it is on disk."""

    def __init__(self, live: LiveInterview, board: Board, menu: Menu, pages: Pages) -> None:
        self._live = live
        self._board = board
        self._menu = menu
        self._pages = pages
        self.entry = NoteField(self)
        self.line = self.entry.line
        self.editor = NoteEditor(live, board, menu, self.entry)
        self._cancelled = ""
        self._transcript: list[str] = []  # pasted and not kept
        self._draft_kept = True
        self._reading: Timer | None = None

    @property
    def is_reading(self) -> bool:
        """Whether the story shown lags behind what is typed."""
        return self._reading is not None

    def save(self, change: Callable[[], object]) -> bool:
        """Make a change; whether the records took it."""
        try:
            change()
        except InterviewKitError as error:
            self._board.heading.show(saved=FAILED)
            self._pages.report(error)
            return False
        if self._draft_kept:  # else what is in the line is still not on disk
            self._board.heading.show(saved=SAVED)
        return True

    # What the line calls

    def setting(self) -> grammar.Setting:
        """What the line is read against now."""
        return self._live.setting

    def keep_draft(self, text: str, note: str | None) -> bool:
        """Keep the half-typed line."""
        self._draft_kept = True
        self._draft_kept = self.save(lambda: self._live.notebook.keep_draft(text, note))
        return self._draft_kept

    def typed(self, line: str) -> None:
        """Show what can follow, and what the line would add to the story."""
        live = self._live
        anchors = live.bank.anchors(live.question) if live.question else {}
        probes = [(probe.number, probe.text) for probe in live.probes]
        self._menu.follow(line, probes, live.setting.asked, anchors, live.bank.scale or {})
        self.read_soon()

    def pasted(self, lines: list[str]) -> None:
        """Keep many lines at once; of a transcript say what it is, and keep it the second time."""
        if lines != self._transcript and self._is_transcript(lines):
            self._transcript = lines
            self._menu.say(TRANSCRIPT.format(len(lines)))
            return
        if self.line.editing or not self.save(lambda: self._live.write_all(lines)):
            self.line.put(" ".join(lines))
        else:
            self.clear()
            self.show_answer()
            count = len(lines)
            self._menu.say(f"Pasted as {count} notes." if count > 1 else "Pasted as one note.")
            self._mind_topics(" ".join(lines))

    @staticmethod
    def _is_transcript(lines: list[str]) -> bool:
        from interviewkit.intake.transcript_file import looks_like_transcript  # for pastes alone

        return looks_like_transcript(lines)

    def edited(self, note: Note, text: str) -> None:
        """Change a note; an empty text takes it away."""
        if self.save(lambda: self._live.edit(note, text if text.strip() else "")):
            self.entry.edit(None)
            self.clear()
            self.show_answer()
            self._mind_topics(text)
            if not text.strip():
                self._menu.say("Note taken away; /undo brings it back.")

    def obey(self, command: grammar.Command | None, line: str) -> None:
        """Do what the line says; if that fails the line stays."""
        change = self._change(command)
        if change:
            self._make(change, line, emptied=isinstance(command, grammar.Write))
            if isinstance(command, grammar.ReturnTo):
                self._menu.say(f"?{command.number} again: {OUTCOMES}.")
            return
        match command:
            case grammar.Doubt(sentence):
                self.line.doubt(line)
                say = self._menu.say_below if line in ("?", "/") else self._menu.say
                say(f"{sentence} {grammar.AGAIN}")
            case grammar.Skip(""):
                self.line.put("/skip ")
                self._menu.say("Type the reason after /skip, then Enter.")
            case grammar.Skip(reason):
                if self._make(lambda: self._live.skip(reason), line):
                    self._pages.action_move(1)
            case grammar.GoTo(number):
                self.clear()
                self._pages.action_go(number)
            case grammar.Do(command_word):
                self.clear()
                self._do(command_word)
            case None:
                self._empty()

    # What keys and clicks call

    def type(self, line: str) -> None:
        """As if ``line`` had been typed; what stands in the line becomes a note first.

        A rating leaves what stands there.
        """
        if self.line.value in ("?", "/") and not self.line.editing:
            self.clear()
        elif (self.line.editing or not line.startswith("/")) and not self.keep_line():
            return
        command = grammar.read_line(line, self._live.setting)
        if isinstance(command, grammar.Doubt):
            self._menu.say(command.sentence)
        elif command is not None:
            self.obey(command, line)

    def cancel(self) -> None:
        """Leave a note as it was, or clear a line that is a command; a note stays.

        The next call brings a long command line back.
        """
        line = self.line.value
        if not self.line.editing and line and not self._is_note(line):
            self.clear()
            self._cancelled = line if len(line) > len("/skip ") else ""
            if self._cancelled:
                self._menu.say("Line cleared; Escape again brings it back.")
        elif not line and self._cancelled:
            self.line.put(self._cancelled)
            self._cancelled = ""
            self._menu.hide()
        else:
            self.editor.leave()

    def keep_line(self) -> bool:
        """Do what is in the line before something else happens; whether that worked.

        A line that could be either a note or a command stays, with the question what it is.
        """
        line = self.line.value
        if self.line.editing:
            self.edited(self.line.editing, line)
            return self.line.editing is None
        command = grammar.read_line(line, self._live.setting)
        if isinstance(command, grammar.Write):
            return self._make(lambda: self._live.write(command.text), line, emptied=True)
        if isinstance(command, grammar.Skip) and command.reason:
            return self._make(lambda: self._live.skip(command.reason), line)
        if isinstance(command, grammar.Doubt) and len(line.strip()) > 1:
            self.obey(command, line)
            return False
        self.clear()
        return True

    def clear(self) -> None:
        """An empty line, and nothing above it."""
        self._menu.hide()
        self.line.put("")

    # What the board shows

    def show_answer(self) -> None:
        """Notes, rating and story of the answer at hand."""
        self._board.show_answer()
        self.show_story()

    def show_story(self) -> None:
        """The story with the half-typed line, now."""
        if self._reading is not None:
            self._reading.stop()
            self._reading = None
        self._board.show_story("" if self.line.editing else self.line.value)

    def read_soon(self) -> None:
        """Read the notes after what is to be painted is: it must not hold up a letter."""
        if self._reading is None:
            self._reading = self._board.set_timer(STORY_AFTER, self.show_story)

    def _change(self, command: grammar.Command | None) -> Callable[[], None] | None:
        """What a command writes; an outcome and a mark go to the line picked, if one is."""
        picked = self._board.notes.picked
        if isinstance(command, grammar.NoteOutcome) and isinstance(picked, Asked):
            return lambda: self._live.set_outcome(command.outcome, picked.probe)
        if isinstance(command, grammar.Mark) and isinstance(picked, Note):
            return lambda: self._live.mark(picked)
        return self._live.change(command)

    def _is_note(self, line: str) -> bool:
        return isinstance(grammar.read_line(line, self._live.setting), grammar.Write)

    def _do(self, command_word: grammar.Word) -> None:
        pages = self._pages
        acts: dict[grammar.Word, Callable[[], object]] = {
            "next": lambda: pages.action_move(1),
            "back": lambda: pages.action_move(-1),
            "end": pages.action_wrap_up,
            "undo": lambda: self.save(lambda: self.editor.undo(pages.show_page)),
            "edit": self.editor.begin_last,
        }
        acts[command_word]()

    def _empty(self) -> None:
        picked = self._board.notes.picked
        if picked is not None:
            self.editor.begin_picked(picked)
        elif self._live.page == OPENING:
            self._pages.action_move(1)
        else:
            self._pages.say_nothing()

    def _make(self, change: Callable[[], None], line: str, *, emptied: bool = False) -> bool:
        """Make a change; the line it was typed in is emptied when it is on disk.

        ``emptied``: the change has emptied the draft on disk, too.
        """
        if not self.save(change):
            return False
        if self.line.value == line:
            self._menu.hide()
            self.line.put("", saved=emptied)
        self.show_answer()
        if emptied:
            self._mind_topics(line)
        return True

    def _mind_topics(self, text: str) -> None:
        """Say quietly that a note touches what is not asked about."""
        if topics := self._live.topics(text):
            self._menu.say(topic_sentence(topics))
