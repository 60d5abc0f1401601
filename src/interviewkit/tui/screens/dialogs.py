"""A dialog with text to read, and a question with two answers."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from interviewkit.tui.content import Content

TEXT_CELLS = 70  # of a line of text in a dialog


class TextDialog(ModalScreen[None]):
    """Text to read. Escape, Enter, F1, F3 and a click on Close go back."""

    BINDINGS = [Binding("escape,enter,f1,f3", "close", "Close", id="sheet.close")]

    def __init__(self, title: str, text: str | Content) -> None:
        """``text``: Markdown of ours, or Content, which shows what people typed as it is."""
        super().__init__()
        self._title = title
        self._words = text

    def compose(self) -> ComposeResult:
        """The text, and a button for the mouse."""
        with Vertical(classes="dialog tall") as dialog:
            dialog.border_title = Content(f" {self._title} ")
            with VerticalScroll():
                if isinstance(self._words, str):
                    from textual.widgets import Markdown  # with its parsers a tenth of a second

                    yield Markdown(self._words)
                else:
                    yield Static(self._words)
            yield Button("Close", compact=True)

    def on_button_pressed(self) -> None:
        """Close it."""
        self.dismiss()

    def action_close(self) -> None:
        """Go back to the screen below."""
        self.dismiss()


class Confirm(ModalScreen[bool]):
    """A question; Escape says no."""

    BINDINGS = [
        Binding("escape", "no", "No", id="confirm.no"),
        Binding("left,right", "switch", "The other answer", id="confirm.switch", show=False),
    ]

    def __init__(self, title: str, text: str, yes: str, no: str, *, careful: bool = False) -> None:
        """``careful``: Enter says no, where yes cannot be taken back."""
        super().__init__()
        self._careful = careful
        self._title, self._words, self._yes, self._no = title, text, yes, no

    def compose(self) -> ComposeResult:
        """The question, then yes and no."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content(f" {self._title} ")
            yield Static(Content(self._words))
            with Horizontal(classes="buttons"):
                yield Button(Content(self._yes), id="yes", variant="primary", compact=True)
                yield Button(Content(self._no), id="no", compact=True)

    def on_mount(self) -> None:
        """Focus the answer that Enter gives."""
        self.query_one("#no" if self._careful else "#yes").focus()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """End with the answer."""
        self.dismiss(event.button.id == "yes")

    def action_switch(self) -> None:
        """Move to the other answer, as Tab does."""
        self.focus_next()

    def action_no(self) -> None:
        """Answer no."""
        self.dismiss(False)
