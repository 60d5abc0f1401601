"""A text area that grows with its text."""

from textual import events
from textual.widgets import TextArea

from interviewkit.tui.content import Content
from interviewkit.tui.widgets.sequential_keys import done_in_turn


class GrowingTextArea(TextArea):
    """A text area in a form that finishes handling a key before it looks at the next."""

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
        """Put the cursor at the end of the text."""
        self.move_cursor(self.document.end)

    def on_resize(self) -> None:
        """Make room for the whole placeholder while the area is empty."""
        hint = Content(str(self.placeholder)).wrap(max(8, self.size.width))
        self.styles.min_height = 1 if self.text else len(hint)

    async def _on_key(self, event: events.Key) -> None:
        if not await done_in_turn(self, event, types=event.is_printable or event.key == "enter"):
            await super()._on_key(event)
