"""A few lines of text that grow with what is typed."""

from textual import events
from textual.widgets import TextArea

from interviewkit.tui.content import Content
from interviewkit.tui.widgets.sequential_keys import done_in_turn


class GrowingTextArea(TextArea):
    """A text area in a form, in which what a key does is done before the next key is looked at."""

    def __init__(self, text: str, *, placeholder: str = "") -> None:
        super().__init__(
            text,
            tab_behavior="focus",
            compact=True,
            highlight_cursor_line=False,
            placeholder=placeholder,
        )
        self.cursor_blink = False  # an idle screen costs nothing

    def on_mount(self) -> None:
        """What was written so far goes on at its end."""
        self.move_cursor(self.document.end)

    def on_resize(self) -> None:
        """Room for the whole of what stands there while nothing is typed."""
        hint = Content(str(self.placeholder)).wrap(max(8, self.size.width))
        self.styles.min_height = 1 if self.text else len(hint)

    async def _on_key(self, event: events.Key) -> None:
        if not await done_in_turn(self, event, types=event.is_printable or event.key == "enter"):
            await super()._on_key(event)
