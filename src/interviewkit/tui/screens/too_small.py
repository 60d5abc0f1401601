"""What is shown while the terminal is too small to work in."""

from textual.app import ComposeResult
from textual.screen import ModalScreen
from textual.widgets import Static


class TooSmall(ModalScreen[None]):
    """Covers the screen; goes away by itself when the terminal is large enough."""

    def compose(self) -> ComposeResult:
        """One sentence, with the size as it is now."""
        yield Static(id="too-small")

    def on_mount(self) -> None:
        """Show the message."""
        self.on_resize()

    def on_resize(self) -> None:
        """The size in the sentence follows the terminal's."""
        size = self.app.size
        self.query_one(Static).update(
            f"This terminal is {size.width}×{size.height}; interviewkit needs 80×24.\n"
            "Make it larger; until then keys do nothing.\nWhat you typed is saved. ctrl+q quits."
        )
