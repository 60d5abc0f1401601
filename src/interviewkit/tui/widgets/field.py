"""A text field that obeys its keys one after the other."""

from collections.abc import Callable

from textual import events
from textual.suggester import Suggester
from textual.widgets import Input


class Field(Input):
    """An Input in which what a key does is done before the next key is looked at.

    Textual runs bindings after letters that are already waiting: fast typing, or a script, then
    finds what follows Tab or Enter in the field before it. Here a binding runs in the turn of its
    key, and letters that come after the focus has moved on go where it has moved. ``on_enter`` is
    called in the turn of Enter, in place of the message that Input sends.
    """

    def __init__(
        self,
        value: str = "",
        *,
        id: str | None = None,  # noqa: A002 - Textual's name for it
        placeholder: str = "",
        suggester: Suggester | None = None,
        on_enter: Callable[[], object] | None = None,
    ) -> None:
        super().__init__(
            value,
            placeholder,
            id=id,
            suggester=suggester,
            compact=True,
            select_on_focus=False,
        )
        self.cursor_blink = False  # an idle screen costs nothing
        self._entered = on_enter

    async def action_submit(self) -> None:
        """Enter."""
        if self._entered is None:
            await super().action_submit()
        else:
            self._entered()

    async def _on_key(self, event: events.Key) -> None:
        focused = self.screen.focused
        if focused is not None and focused is not self:
            event.stop()
            event.prevent_default()
            focused._forward_event(events.Key(event.key, event.character))
        elif event.is_printable:
            await super()._on_key(event)
        else:
            bound = self.screen.active_bindings.get(event.key)
            if bound is not None and bound.enabled:
                event.stop()
                event.prevent_default()
                await self.app.run_action(bound.binding.action, bound.node)
