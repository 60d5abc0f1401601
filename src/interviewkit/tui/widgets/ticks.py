"""A few things of which any may be ticked; a sign says whether one is, not a colour."""

from collections.abc import Collection, Sequence

from textual import on
from textual.binding import Binding
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from interviewkit.tui.content import Content


class Ticks(OptionList):
    """Space, Enter and a click tick and untick."""

    BINDINGS = [Binding("space", "select", "Tick or untick", id="ticks.tick", show=False)]

    def __init__(
        self,
        options: Sequence[tuple[str, str]],
        ticked: Collection[str],
        *,
        id: str,  # noqa: A002 - Textual's name for it
    ) -> None:
        """``options`` are (key, words); ``ticked`` holds keys."""
        super().__init__(id=id, compact=True)
        self._options_shown = tuple(options)
        self._ticked = {key for key, _ in options if key in ticked}

    def on_mount(self) -> None:
        """Show what is ticked from the start."""
        self._fill()
        self.highlighted = 0 if self._options_shown else None

    @property
    def ticked(self) -> frozenset[str]:
        """The keys of what is ticked."""
        return frozenset(self._ticked)

    @on(OptionList.OptionSelected)
    def _tick(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._ticked ^= {self._options_shown[event.option_index][0]}
        at = self.highlighted
        self._fill()
        self.highlighted = at

    def _fill(self) -> None:
        self.set_options(
            Option(Content(f"[{'✓' if key in self._ticked else ' '}] {label}"))
            for key, label in self._options_shown
        )
