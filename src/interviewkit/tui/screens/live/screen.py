"""The live interview: one screen, no scrolling, the focus in the note line throughout."""

from collections.abc import Callable

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.timer import Timer
from textual.widgets import Static

from interviewkit.banks.elements import LABELS, Element
from interviewkit.errors import InterviewKitError
from interviewkit.interview import grammar, progress
from interviewkit.interview.evidence import State
from interviewkit.interview.protected_topics import topic_sentence
from interviewkit.interview.records import OPENING, Note
from interviewkit.tui.palette import LiveTargets
from interviewkit.tui.screens.dialogs import TextDialog
from interviewkit.tui.screens.live.bindings import HELP, KEYS, NOT_TO_ASK
from interviewkit.tui.screens.live.board import Board
from interviewkit.tui.screens.live.earlier_notes import EarlierNotes
from interviewkit.tui.widgets.key_line import Keys
from interviewkit.tui.widgets.live_header import FAILED, SAVED
from interviewkit.tui.widgets.menu import Menu
from interviewkit.tui.widgets.note_line import NoteLine
from interviewkit.tui.widgets.story import StoryStrip
from interviewkit.workflows.live_interview import LiveInterview

TIME_EVERY = 10  # seconds of the clocks that may be lost with the power; every move keeps them
WIDE, TALL = 110, 30
STORY_AFTER = 0.1


class LiveScreen(EarlierNotes):
    """Ends with None, when the interview was submitted or left to be resumed.

    It is the note line's desk: ``obey``, ``typed``, ``edited``, ``pasted`` and ``keep_draft``
    are called by the line in the turn of the key that asked for them.
    """

    CSS_PATH = "live.tcss"
    HELP = HELP
    AUTO_FOCUS = "NoteLine"  # the first widget would be the story, where a space typed ahead ticks
    COMMANDS = {LiveTargets}
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (TALL, "-tall")]
    BINDINGS = KEYS

    def __init__(self, live: LiveInterview) -> None:
        super().__init__()
        self.live = live
        self._board = Board(live)
        self._menu = Menu()
        self._prompt = Static("›", id="prompt")
        self._line = NoteLine(self)
        self._draft_kept = True
        self._reading: Timer | None = None

    def compose(self) -> ComposeResult:
        """From top to bottom as one reads it."""
        # Textual finds the classes of the size when all is there, and then styles all of it again.
        width, height = self.app.size
        self.add_class(
            "-wide" if width >= WIDE else "-narrow", "-tall" if height >= TALL else "-short"
        )
        yield self._board
        with Horizontal(id="entry"):
            yield self._prompt
            yield self._line
        yield Keys()
        yield self._menu

    def on_mount(self) -> None:
        """Everything as it was left, down to the half-typed line."""
        edited = self.live.interview.draft_note
        self._set_editing(next((n for n in self.live.answer.notes if n.id == edited), None))
        self._line.put(self.live.interview.draft, saved=True)
        self._begin_page()
        self.call_after_refresh(self._read_soon)  # there is to be a screen first
        self._line.focus()
        self.set_interval(1, self._second)

    def on_resize(self) -> None:
        """Where there is room, every anchor has its line."""
        self._board.rating.show_all(self.size.height >= TALL)

    def on_unmount(self) -> None:
        """Leaving by any door saves what is in the line."""
        self._line.save_draft()

    # Showing

    def _begin_page(self) -> None:
        self.set_class(self.live.question is None, "-page")
        self._board.show_page()

    def _show_page(self) -> None:
        self._begin_page()
        self._show_story()

    def _show_answer(self) -> None:
        self._board.show_answer()
        self._show_story()

    def _show_story(self) -> None:
        if self._reading is not None:
            self._reading.stop()
            self._reading = None
        self._board.show_story("" if self._line.editing else self._line.value)

    def _read_soon(self) -> None:
        """Read the notes after what is to be painted is: it must not hold up a letter."""
        if self._reading is None:
            self._reading = self.set_timer(STORY_AFTER, self._show_story)

    def _second(self) -> None:
        self.live.look_at_clock()
        self._board.show_time()
        if not self.live.paused and int(self.live.pace().used) % TIME_EVERY == 0:
            self._try(self.live.save_time)

    # The note line's desk

    def setting(self) -> grammar.Setting:
        """What the line is read against now."""
        return self.live.setting

    def keep_draft(self, text: str, note: str | None) -> bool:
        """Keep the half-typed line."""
        self._draft_kept = True
        self._draft_kept = self._try(lambda: self.live.notebook.keep_draft(text, note))
        return self._draft_kept

    def typed(self, line: str) -> None:
        """Show what can follow, and what the line would add to the story."""
        live = self.live
        anchors = live.bank.anchors(live.question) if live.question else {}
        probes = [(probe.number, probe.text) for probe in live.probes]
        self._menu.follow(line, probes, live.setting.asked, anchors, live.bank.scale or {})
        self._read_soon()

    def pasted(self, lines: list[str]) -> None:
        """Many lines at once."""
        if self._line.editing or not self._try(lambda: self.live.write_all(lines)):
            self._line.put(" ".join(lines))
        else:
            self._clear()
            self._show_answer()
            count = len(lines)
            self._menu.say(f"Pasted as {count} notes." if count > 1 else "Pasted as one note.")
            self._mind_topics(" ".join(lines))

    def edited(self, note: Note, text: str) -> None:
        """Enter while a note is being edited."""
        if self._try(lambda: self.live.edit(note, text if text.strip() else "")):
            self._set_editing(None)
            self._clear()
            self._show_answer()
            self._mind_topics(text)
            if not text.strip():
                self._menu.say("Note deleted; /undo restores it.")

    def obey(self, command: grammar.Command | None, line: str) -> None:
        """Do what the line says; if that fails the line stays."""
        change = self.live.change(command)
        if change:
            self._make(change, line, emptied=isinstance(command, grammar.Write))
            return
        live = self.live
        match command:
            case grammar.Doubt(sentence):
                self._line.doubt(line)
                self._menu.say(f"{sentence} {grammar.AGAIN}")
            case grammar.Skip(""):
                self._line.put("/skip ")
                self._menu.say("Type the reason after /skip, then Enter.")
            case grammar.Skip(reason):
                if self._make(lambda: live.skip(reason), line):
                    self.action_move(1)
            case grammar.GoTo(number):
                self._clear()
                self.action_go(number)
            case grammar.Do(word):
                self._clear()
                self._do(word)
            case None:
                self._empty()

    def _do(self, word: grammar.Word) -> None:
        acts: dict[grammar.Word, Callable[[], object]] = {
            "next": lambda: self.action_move(1),
            "back": lambda: self.action_move(-1),
            "end": self.action_wrap_up,
            "undo": self._undo,
            "edit": self._edit_last,
        }
        acts[word]()

    def _empty(self) -> None:
        if self._board.notes.marked:
            self._begin_edit(self._board.notes.marked)
        elif self.live.page == OPENING:
            self.action_move(1)

    def _make(self, change: Callable[[], None], line: str, *, emptied: bool = False) -> bool:
        """Make a change; the line it was typed in is emptied when it is on disk.

        ``emptied``: the change has emptied the draft on disk, too.
        """
        if not self._try(change):
            return False
        if self._line.value == line:
            self._menu.hide()
            self._line.put("", saved=emptied)
        self._show_answer()
        if emptied:
            self._mind_topics(line)
        return True

    def _mind_topics(self, text: str) -> None:
        """Say quietly that a note touches what is not asked about."""
        if topics := self.live.topics(text):
            self._menu.say(topic_sentence(topics))

    def _try(self, change: Callable[[], object]) -> bool:
        try:
            change()
        except InterviewKitError as error:
            self._board.heading.show(saved=FAILED)
            self.notify(f"{error.message} {error.hint}", severity="error", timeout=12)
            return False
        if self._draft_kept:  # else what is in the line is still not on disk
            self._board.heading.show(saved=SAVED)
        return True

    def _clear(self) -> None:
        self._menu.hide()
        self._line.put("")

    # Keys and clicks

    def action_go(self, number: int) -> None:
        """To the question with this number; a note in the line is kept where it was typed."""
        if self._keep_line():
            self._go(lambda: self.live.go_to(self.live.questions[number - 1]))

    def action_type(self, line: str) -> None:
        """A click, or one key, as if ``line`` had been typed.

        What was being typed becomes a note first, unless the click is a rating.
        """
        if self._line.value in ("?", "/") and not self._line.editing:
            self._clear()
        elif (self._line.editing or not line.startswith("/")) and not self._keep_line():
            return
        command = grammar.read_line(line, self.live.setting)
        if isinstance(command, grammar.Doubt):
            self._menu.say(command.sentence)
        elif command is not None:
            self.obey(command, line)

    def action_tick(self, element: str) -> None:
        """Overrule the notes, or leave it to them again."""
        name, answer = Element(element), self.live.answer
        wanted = None
        if name not in answer.ticks:
            states = self.live.evidence(self.live.texts()).states
            wanted = states[name] is not State.PRESENT
        if self._try(lambda: self.live.tick(name, wanted)):
            self._show_answer()

    def action_tick_gap(self, element: str = "") -> None:
        """Tick what a suggestion calls missing: the first gap, or that of a clicked reason."""
        gap = Element(element) if element else self._board.ask_next.first_gap
        if gap is None:
            self._menu.say("No suggestion names a gap at the moment.")
        elif self._try(lambda: self.live.tick(gap, True)):
            self._show_answer()
            self._menu.say(f"Ticked: {LABELS[gap]}. /undo takes it back.")

    @on(StoryStrip.Changed)
    def _tick(self, event: StoryStrip.Changed) -> None:
        self.action_tick(event.element)

    @on(StoryStrip.Left)
    def _to_line(self) -> None:
        self._line.focus()

    def action_story(self) -> None:
        """Into the marks; Escape leads back."""
        if self.live.question:
            self._board.story.focus()

    def action_probes(self) -> None:
        """All probes of the question, as ``?`` shows them."""
        if self._menu.display or self.live.question is None:
            self._menu.hide()
        else:
            self.typed("?")

    def action_move(self, steps: int) -> None:
        """To another page. A note in the line is kept where it was typed."""
        if not self._keep_line():
            return
        before = self.live.page
        self._go(lambda: self.live.go_by(steps))
        if steps > 0 and self.live.page == before == self.live.pages[-1]:
            self.action_wrap_up()

    def _keep_line(self) -> bool:
        """What is in the line is done before something else happens; whether that worked.

        A line that could be either a note or a command stays, with the question what it is.
        """
        line = self._line.value
        if self._line.editing:
            self.edited(self._line.editing, line)
            return self._line.editing is None
        command = grammar.read_line(line, self.live.setting)
        if isinstance(command, grammar.Write):
            return self._make(lambda: self.live.write(command.text), line, emptied=True)
        if isinstance(command, grammar.Skip) and command.reason:
            return self._make(lambda: self.live.skip(command.reason), line)
        if isinstance(command, grammar.Doubt) and len(line.strip()) > 1:
            self.obey(command, line)
            return False
        self._clear()
        return True

    def _go(self, move: Callable[[], object]) -> None:
        if self._try(move):
            self._menu.hide()
            self._show_page()
            said = progress.in_words(self.live.pace(), self.live.questions)
            if said and self.live.question:
                self._menu.say(said)

    def action_pause(self) -> None:
        """The phone rings."""
        if self._try(lambda: self.live.pause(not self.live.paused)):
            self.set_class(self.live.paused, "-paused")
            self._board.show_time()
            self._menu.hide()
            if self.live.paused:
                self._menu.say("Paused; the clocks are stopped. F5 resumes.")

    def action_not_to_ask(self) -> None:
        """Topics to stay clear of."""
        self.app.push_screen(TextDialog("Not to ask", NOT_TO_ASK))

    def action_leave(self) -> None:
        """Out to the home screen; everything is saved and can be resumed."""
        self._try(lambda: self.live.pause(True))
        self._line.save_draft()
        self.dismiss()

    @work
    async def action_wrap_up(self) -> None:
        """To the wrap-up; comes back to the question chosen there, or ends."""
        from interviewkit.tui.screens.wrap_up import WrapUpScreen

        if self.app.screen is not self:
            return  # the key was pressed twice
        if self.live.is_trial:
            self._menu.say("This is a trial: there is nothing to wrap up. F9 leaves it.")
            return
        if not self._keep_line() or not self._try(lambda: self.live.pause(True)):
            return
        page = await self.app.push_screen_wait(WrapUpScreen(self.live))
        if page is None:
            self.dismiss()
            return
        self._try(lambda: self.live.pause(False))
        self.set_class(False, "-paused")
        self._go(lambda: self.live.go_to(page))
        self._line.focus()
