"""The question whether to take the team's version of a bank, with how it differs from one's own."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from interviewkit.tui.content import Content
from interviewkit.visible_text import visible_line


class TeamBankQuestion(ModalScreen[bool]):
    """Ends with whether to take it; Escape, and Enter at once, leave the library as it is."""

    BINDINGS = [
        Binding("escape", "no", "No", id="confirm.no"),
        Binding("left,right", "switch", "The other answer", id="confirm.switch", show=False),
        Binding("up", "scroll(-1)", "Up", show=False, id="team_bank.up"),
        Binding("down", "scroll(1)", "Down", show=False, id="team_bank.down"),
    ]

    def __init__(self, title: str, lines: Sequence[str]) -> None:
        super().__init__()
        self._title = title
        self._lines = lines

    def compose(self) -> ComposeResult:
        """The differences, then both answers."""
        with Vertical(classes="dialog tall") as dialog:
            dialog.border_title = Content(f" {visible_line(self._title)} ")
            with VerticalScroll(can_focus=False):
                for line in self._lines:
                    yield Static(Content(visible_line(line)))
            yield Static(Content("A version of your own is kept beside it."))
            with Horizontal(classes="buttons"):
                yield Button("Take the team's version", id="yes", variant="primary", compact=True)
                yield Button("Keep mine", id="no", compact=True)

    def on_mount(self) -> None:
        """Enter says no, unless one has moved to yes."""
        self.query_one("#no").focus()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """End with the answer."""
        self.dismiss(event.button.id == "yes")

    def action_switch(self) -> None:
        """Move to the other answer, as Tab does."""
        self.focus_next()

    def action_scroll(self, lines: int) -> None:
        """Read on."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

    def action_no(self) -> None:
        """Answer no."""
        self.dismiss(False)
