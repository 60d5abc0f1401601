"""The live interview: one screen, no scrolling, the focus in the note line throughout."""

from collections.abc import Callable

from textual import on, work
from textual.app import ComposeResult
from textual.geometry import Size

from interviewkit.banks.elements import LABELS, Element
from interviewkit.errors import InterviewKitError
from interviewkit.interview.evidence import State
from interviewkit.tui.content import Content
from interviewkit.tui.palette import LiveTargets
from interviewkit.tui.screens.first_screen import FirstScreen
from interviewkit.tui.screens.live.bindings import HELP, KEYS, NOT_TO_ASK
from interviewkit.tui.screens.live.board import Board
from interviewkit.tui.screens.live.line_commands import NoteDesk
from interviewkit.tui.widgets.key_line import Keys
from interviewkit.tui.widgets.menu import Menu
from interviewkit.tui.widgets.notes import NotesView
from interviewkit.tui.widgets.story import StoryStrip
from interviewkit.workflows.live_interview import LiveInterview

TIME_EVERY = 10  # seconds of the clocks that may be lost with the power; every move keeps them
WIDTHS = [(0, "-narrow"), (110, "-wide"), (120, "-railed"), (170, "-broad")]
TALL = 30  # rows from which every anchor has its line
ROOMY = (110, TALL)  # from here on what to listen for has a place of its own


class LiveScreen(FirstScreen):
    """Ends with None, when the interview was submitted or left to be resumed."""

    CSS_PATH = ["live.tcss"]
    HELP = HELP
    AUTO_FOCUS = "NoteLine"  # the first widget would be the story, where a space typed ahead ticks
    COMMANDS = {LiveTargets}
    HORIZONTAL_BREAKPOINTS = WIDTHS
    BINDINGS = KEYS
    BOARD: type[Board] = Board
    is_interview = True  # nothing is done beside it that could come between two keys
    SMALLEST = (20, 5)  # below 80×24 the question, what to ask next and the note line stay

    def __init__(self, live: LiveInterview) -> None:
        super().__init__()
        self.live = live
        self._board = self.BOARD(live)
        self._menu = Menu()
        self._desk = NoteDesk(live, self._board, self._menu, self)
        self._keys = Keys()

    def compose(self) -> ComposeResult:
        """From top to bottom as one reads it."""
        # Textual finds the classes of the size when all is there, and then styles all of it again.
        width = self.app.size.width
        self.add_class(next(name for least, name in reversed(WIDTHS) if width >= least))
        self._set_room(self.app.size)
        yield self._board
        yield self._desk.entry
        yield self._keys
        yield self._menu

    def on_mount(self) -> None:
        """Everything as it was left, down to the half-typed line."""
        desk, interview = self._desk, self.live.interview
        notes = (note for note in self.live.answer.notes if note.id == interview.draft_note)
        desk.entry.edit(next(notes, None))
        desk.line.put(interview.draft, saved=True)
        self._begin_page()
        self.call_after_refresh(desk.read_soon)  # there is to be a screen first
        desk.line.focus()
        self.set_interval(1, self._second)

    def on_resize(self) -> None:
        """Where there is room, every anchor has its line and every question its row."""
        self._set_room(self.size)
        if self.has_class("-roomy"):
            self.remove_class("-listening")
        self._board.rating.show_all(self.size.height >= TALL)
        self._board.show_hour()
        self.refresh_bindings()

    def _set_room(self, size: Size) -> None:
        self.set_class(size.width >= ROOMY[0] and size.height >= ROOMY[1], "-roomy")
        self.set_class(size.width < 80 or size.height < 24, "-cramped")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys for what stands on the screen anyway, or is not there, are not offered."""
        if action == "hour":
            return not self._board.rail.display
        if action == "listen":
            return not self.has_class("-roomy")
        return bool(self.live.card or self.live.brief) if action == "card" else True

    def on_unmount(self) -> None:
        """Leaving by any door saves what is in the line."""
        self._desk.line.save_draft()

    # Pages

    def _begin_page(self) -> None:
        self.set_class(self.live.question is None, "-page")
        self.set_class(self.live.question is None and bool(self.live.card), "-card")
        self.remove_class("-listening")
        self._board.show_page()
        self.refresh_bindings()  # a role play has a brief to show

    def show_page(self) -> None:
        """The page that the interview stands at, and its story."""
        self._begin_page()
        self._desk.show_story()

    def say_nothing(self) -> None:
        """A person answers when it suits them: an empty line does nothing."""

    def report(self, error: InterviewKitError) -> None:
        """Say that the records refused a change."""
        self.notify(f"{error.message} {error.hint}", severity="error", timeout=12)

    def _second(self) -> None:
        self.live.look_at_clock()
        self._board.show_time()
        if not self.live.paused and int(self.live.pace().used) % TIME_EVERY == 0:
            self._desk.save(self.live.save_time)

    def action_go(self, position: int) -> None:
        """To the question with this number; a note in the line is kept where it was typed."""
        self.action_open(self.live.questions[position - 1])

    def action_open(self, page: str) -> None:
        """To a question, the opening or the closing."""
        if self._desk.keep_line():
            self._go(lambda: self.live.go_to(page))

    def action_move(self, steps: int) -> None:
        """To another page. A note in the line is kept where it was typed."""
        if not self._desk.keep_line():
            return
        page = self.live.page
        self._go(lambda: self.live.go_by(steps))
        if steps > 0 and self.live.page == page == self.live.pages[-1]:
            self.action_wrap_up()

    def _go(self, move: Callable[[], object]) -> None:
        page, reminder = self.live.page, self.live.outcome_reminder()
        if self._desk.save(move):
            self._menu.hide()
            self.show_page()
            if reminder and self.live.page != page:
                self._menu.say(reminder)

    # Keys and clicks

    def action_type(self, line: str) -> None:
        """A click, or one key, as if ``line`` had been typed."""
        self._desk.type(line)

    def action_pick(self, step: int) -> None:
        """Up or down to an earlier or later note, while the line is empty."""
        self._desk.editor.pick(step)

    @on(NotesView.Picked)
    def _picked(self, event: NotesView.Picked) -> None:
        self._desk.editor.begin_picked(event.line)

    def action_cancel(self) -> None:
        """Leave what was begun: a command line, a note being changed, a note picked."""
        self._desk.cancel()

    def action_tick(self, element: str) -> None:
        """Overrule the notes, or leave it to them again."""
        name, answer = Element(element), self.live.answer
        present = None
        if name not in answer.ticks:
            states = self.live.evidence(self.live.texts()).states
            present = states[name] is not State.PRESENT
        if self._desk.save(lambda: self.live.tick(name, present)):
            self._desk.show_answer()

    def action_tick_gap(self, element: str = "") -> None:
        """Tick what a suggestion calls missing: the first gap, or that of a clicked reason."""
        gap = Element(element) if element else self._board.ask_next.first_gap
        if gap is None:
            self._menu.say("No suggestion names a gap at the moment.")
        elif self._desk.save(lambda: self.live.tick(gap, True)):
            self._desk.show_answer()
            self._menu.say(f"Ticked: {LABELS[gap]}. /undo takes it back.")

    @on(StoryStrip.Changed)
    def _tick(self, event: StoryStrip.Changed) -> None:
        self.action_tick(event.element)

    @on(StoryStrip.Left)
    def _to_line(self) -> None:
        self._desk.line.focus()

    def action_story(self) -> None:
        """Into the marks; Escape leads back."""
        if self.live.question:
            self._board.story.begin()

    def action_probes(self) -> None:
        """All probes of the question, as ``?`` shows them."""
        if self._menu.display or self.live.question is None:
            self._menu.hide()
        else:
            self._desk.typed("?")

    def action_hour(self) -> None:
        """The kit's questions above the note line, until something is typed."""
        if self._menu.display:
            self._menu.hide()
        else:
            self._menu.show_hour(self.live.timetable(), self._board.rail.name_of)

    def action_listen(self) -> None:
        """What to listen for in place of what to ask next, where there is no room for both."""
        if self.live.question and not self.has_class("-roomy"):
            self.remove_class("-card")
            self.toggle_class("-listening")

    def action_card(self) -> None:
        """The points that the plan hands over, in place of what to ask next; the whole brief of a
        role play, for which a small terminal has no room.
        """
        if self.live.brief:
            self._show_text("You play", Content(self.live.brief))
        elif self.live.question:  # on the opening and closing it is there already
            self.remove_class("-listening")
            self.toggle_class("-card")

    def action_pause(self) -> None:
        """The phone rings."""
        if self._desk.save(lambda: self.live.pause(not self.live.paused)):
            self._show_paused()
            self._board.show_time()
            self._menu.hide()
            if self.live.paused:
                self._menu.say("Paused; the clocks are stopped. F5 resumes.")

    def _show_paused(self) -> None:
        self.set_class(self.live.paused, "-paused")
        self._keys.rename("interview.pause", "Go on" if self.live.paused else "Pause")

    def action_not_to_ask(self) -> None:
        """Topics to stay clear of."""
        self._show_text("Not to ask", NOT_TO_ASK)

    def _show_text(self, title: str, text: str | Content) -> None:
        from interviewkit.tui.screens.dialogs import TextDialog

        self.app.push_screen(TextDialog(title, text))

    def action_leave(self) -> None:
        """Out to the home screen; everything is saved and can be resumed."""
        self._desk.save(lambda: self.live.pause(True))
        self._desk.line.save_draft()
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
        if not self._desk.keep_line() or not self._desk.save(lambda: self.live.pause(True)):
            return
        page = await self.app.push_screen_wait(WrapUpScreen(self.live))
        if page is None:
            self.dismiss()
            return
        self._desk.save(lambda: self.live.pause(False))
        self._show_paused()
        self._go(lambda: self.live.go_to(page))
        self._desk.line.focus()
