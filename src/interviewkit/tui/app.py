"""The application: its looks, its first screen, and what holds on every screen."""

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.app import App
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import HelpPanel

from interviewkit.banks.model import Bank
from interviewkit.storage.store import Store
from interviewkit.tui.live_interview import LiveInterview
from interviewkit.tui.theme import DARK, LIGHT

SMALLEST = (80, 24)


class InterviewKitApp(App[None]):
    """Opens at home, or straight in the interview whose id it is given.

    ``bank`` gives the bank that an interview uses; ``whoever`` is the interviewer's name when
    none is typed. The store stays the caller's to close.
    """

    TITLE = "interviewkit"
    CSS_PATH = "interviewkit.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "Quit", id="quit", priority=True, show=False),
    ]

    def __init__(
        self,
        store: Store,
        bank: Callable[[str], Bank],
        whoever: str,
        interview_id: str | None = None,
    ) -> None:
        super().__init__()
        self.store = store
        self.bank = bank
        self.whoever = whoever
        self._first = interview_id
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = DARK.name

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own variables under a theme that is not ours."""
        return DARK.variables

    def on_mount(self) -> None:
        """The screen that was asked for, with home below it."""
        if self._first is None:
            self._home()
        else:
            self.push_screen(self._live(self._first), self._home)

    def _home(self, _: object = None) -> None:
        from interviewkit.tui.screens.home import HomeScreen

        self.push_screen(HomeScreen(self.store, self.whoever))

    def _live(self, interview_id: str) -> Screen[None]:
        from interviewkit.tui.screens.live import LiveScreen

        interview = self.store.interview(interview_id)
        notebook = self.store.notebook(interview_id)
        return LiveScreen(
            LiveInterview(notebook, self.bank(interview.bank_sha256), self.store.clock)
        )

    def action_interview(self, interview_id: str) -> None:
        """Open or resume an interview; whoever is below is told when it ends."""
        self.push_screen(self._live(interview_id))

    def action_toggle_help(self) -> None:
        """Help beside the screen, or away again."""
        if self.screen.query(HelpPanel):
            self.action_hide_help_panel()
        else:
            self.action_show_help_panel()

    def on_resize(self, event: events.Resize) -> None:
        """A terminal that is too small is told so; the screen below stays as it is."""
        from interviewkit.tui.screens.too_small import TooSmall

        small = event.size.width < SMALLEST[0] or event.size.height < SMALLEST[1]
        showing = isinstance(self.screen, TooSmall)
        if small and not showing:
            self.push_screen(TooSmall())
        elif showing and not small:
            self.pop_screen()
