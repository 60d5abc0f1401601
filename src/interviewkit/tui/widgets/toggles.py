"""Some of a few: each on or off, told by a sign, not by a colour."""

from collections.abc import Collection, Sequence

from textual.binding import Binding
from textual.message import Message
from textual.style import Style
from textual.widgets import Static

from interviewkit.tui.content import Content
from interviewkit.tui.widgets.text_layout import flow_content


class Toggles(Static, can_focus=True):
    """Arrows walk over the options, space turns the one below on or off, and so does a click."""

    auto_links = False  # what can be clicked keeps its own colours

    BINDINGS = [
        Binding("left,up", "walk(-1)", "Left", id="toggles.left", show=False),
        Binding("right,down", "walk(1)", "Right", id="toggles.right", show=False),
        Binding("space,enter", "change", "On or off", id="toggles.change"),
    ]

    class Changed(Message):
        """One of them was turned on or off."""

    def __init__(self, options: Sequence[tuple[str, str]], on: Collection[str]) -> None:
        """``options`` are (value, label) in their order; ``on`` holds values."""
        super().__init__()
        self._options = options
        self._on = set(on)
        self._at = 0

    @property
    def value(self) -> list[str]:
        """The values that are on, in the order of the options."""
        return [value for value, _ in self._options if value in self._on]

    def put(self, on: Collection[str]) -> None:
        """These are on, and no others; what is not offered is left out."""
        self._on = {value for value, _ in self._options} & set(on)
        self._draw()
        self.post_message(self.Changed())

    def on_resize(self) -> None:
        """Lay them out again."""
        self._draw()

    def watch_has_focus(self, has_focus: bool) -> None:
        """Show where the arrows stand, or hide it again.

        Not in ``on_blur``: it comes before the focus has gone.
        """
        super().watch_has_focus(has_focus)
        self._draw()

    def action_walk(self, step: int) -> None:
        """To the neighbour."""
        self._at = (self._at + step) % len(self._options)
        self._draw()

    def action_change(self) -> None:
        """The one under the cursor."""
        self.action_turn(self._at)

    def action_turn(self, index: int) -> None:
        """The one with this number."""
        self._at = index
        self._on ^= {self._options[index][0]}
        self._draw()
        self.post_message(self.Changed())

    def _draw(self) -> None:
        marks = [self._mark(index) for index in range(len(self._options))]
        self.update(flow_content(marks, self.size.width))

    def _mark(self, index: int) -> Content:
        value, label = self._options[index]
        is_on = value in self._on
        style = "bold $text-accent" if is_on else ""
        if self.has_focus and index == self._at:
            style = "reverse bold"
        text = f"{'[x]' if is_on else '[ ]'} {label}"
        return Content.styled(text, style).stylize(Style.from_meta({"@click": f"turn({index})"}))
