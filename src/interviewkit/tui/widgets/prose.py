"""A few lines of text that grow with what is typed."""

from textual import events
from textual.content import Content
from textual.widgets import TextArea


class Prose(TextArea):
    """A text area in a form. Letters that come after the focus has moved go where it has moved.

    As in :class:`interviewkit.tui.widgets.field.Field`, what a key does is done in its turn.
    """

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
        focused = self.screen.focused
        if focused is not None and focused is not self:
            event.stop()
            event.prevent_default()
            focused._forward_event(events.Key(event.key, event.character))
        elif event.is_printable or event.key == "enter":
            await super()._on_key(event)
        else:
            bound = self.screen.active_bindings.get(event.key)
            if bound is not None and bound.enabled:
                event.stop()
                event.prevent_default()
                await self.app.run_action(bound.binding.action, bound.node)
