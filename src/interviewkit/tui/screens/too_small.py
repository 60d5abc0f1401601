"""What is shown while the terminal is too small to work in."""

from textual import events
from textual.app import ComposeResult
from textual.screen import ModalScreen
from textual.widgets import Input, Static, TextArea


class TooSmall(ModalScreen[None]):
    """Covers the screen; goes away by itself when the terminal is large enough.

    What is typed into a field meanwhile goes on into it: nothing is lost while one resizes.
    """

    def compose(self) -> ComposeResult:
        """One sentence, with the size as it is now."""
        yield Static(id="too-small")

    def on_mount(self) -> None:
        """Show the message."""
        self.on_resize()

    def on_resize(self) -> None:
        """The size in the sentence follows the terminal's."""
        size = self.app.size
        keys = "what you type goes on being kept" if self._field else "until then keys do nothing"
        self.query_one(Static).update(
            f"This terminal is {size.width}×{size.height}; interviewkit needs 80×24.\n"
            f"Make it larger; {keys}.\nWhat you typed is saved. ctrl+q quits."
        )

    @property
    def _field(self) -> Input | TextArea | None:
        """The field of the screen below that has the focus."""
        screens = self.app.screen_stack
        focused = screens[-2].focused if len(screens) > 1 else None
        return focused if isinstance(focused, Input | TextArea) else None

    def on_key(self, event: events.Key) -> None:
        """Text goes to the field; what could act unseen does not."""
        is_text = event.is_printable or event.key == "backspace"
        if self._field is not None and is_text:
            event.stop()
            self._field._forward_event(events.Key(event.key, event.character))

    def on_paste(self, event: events.Paste) -> None:
        """So does what is pasted."""
        if self._field is not None:
            event.stop()
            self._field._forward_event(events.Paste(event.text))
