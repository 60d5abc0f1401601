"""A text field that handles its keys one after the other."""

from collections.abc import Callable

from textual import events
from textual.suggester import Suggester
from textual.widgets import Input

from interviewkit.tui.widgets.sequential_keys import done_in_turn


class SequentialInput(Input):
    """An Input that finishes handling a key before it looks at the next.

    ``on_enter`` is called in the turn of Enter, in place of the message that Input sends.
    ``is_prefilled``: what stands in it is a proposal; typing replaces it when a key led there.
    """

    def __init__(
        self,
        value: str = "",
        *,
        id: str | None = None,  # noqa: A002 - Textual's name for it
        placeholder: str = "",
        suggester: Suggester | None = None,
        on_enter: Callable[[], object] | None = None,
        is_prefilled: bool = False,
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
        self.is_prefilled = is_prefilled

    async def action_submit(self) -> None:
        """Handle Enter."""
        if self._entered is None:
            await super().action_submit()
        else:
            self._entered()
            select_prefilled(self)

    def action_copy(self) -> None:
        """Copy what is selected; with nothing selected Ctrl+C says how to quit."""
        if self.selection.is_empty:
            self.app.action_help_quit()
        else:
            super().action_copy()

    async def _on_key(self, event: events.Key) -> None:
        if not await done_in_turn(self, event, types=event.is_printable):
            await super()._on_key(event)
        elif event.key in ("tab", "shift+tab"):
            select_prefilled(self)


def select_prefilled(field: Input) -> None:
    """After a key has led from ``field`` to a prefilled one, select all of that.

    Not by the message that comes with the focus: the next key may be there before it.
    """
    focused = field.screen.focused
    if focused is not field and isinstance(focused, SequentialInput) and focused.is_prefilled:
        focused.select_all()
