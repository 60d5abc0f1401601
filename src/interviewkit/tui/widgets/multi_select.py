"""A choice of any number of options; a sign says which are selected, not a colour."""

from collections.abc import Collection, Sequence

from textual.binding import Binding
from textual.message import Message
from textual.style import Style
from textual.widgets import Static

from interviewkit.tui.content import Content
from interviewkit.tui.widgets.text_layout import flow_content


class MultiSelect(Static, can_focus=True):
    """Arrows move over the options; space, Enter and a click select or deselect one."""

    auto_links = False  # what can be clicked keeps its own colours

    BINDINGS = [
        Binding("left,up", "walk(-1)", "Left", id="toggles.left", show=False),
        Binding("right,down", "walk(1)", "Right", id="toggles.right", show=False),
        Binding("space,enter", "change", "On or off", id="toggles.change"),
    ]

    class Changed(Message):
        """An option was selected or deselected."""

    def __init__(
        self,
        options: Sequence[tuple[str, str]],
        selected: Collection[str],
        *,
        id: str | None = None,  # noqa: A002 - Textual's name for it
    ) -> None:
        """``options`` are (value, label) in their order; ``selected`` holds values."""
        super().__init__(id=id)
        self._options = options
        self._selected = set(selected)
        self._cursor = 0

    @property
    def value(self) -> list[str]:
        """The selected values, in the order of the options."""
        return [value for value, _ in self._options if value in self._selected]

    def set_value(self, selected: Collection[str]) -> None:
        """Select these and no others; values that are not offered are ignored."""
        self._selected = {value for value, _ in self._options} & set(selected)
        self._draw()
        self.post_message(self.Changed())

    def on_resize(self) -> None:
        """Lay the options out for the new width."""
        self._draw()

    def watch_has_focus(self, has_focus: bool) -> None:
        """Show the cursor, or hide it.

        Not in ``on_blur``: it comes before the focus has gone.
        """
        super().watch_has_focus(has_focus)
        self._draw()

    def action_walk(self, step: int) -> None:
        """Move the cursor ``step`` options on, around the ends."""
        if self._options:
            self._cursor = (self._cursor + step) % len(self._options)
            self._draw()

    def action_change(self) -> None:
        """Select or deselect the option under the cursor."""
        self.action_turn(self._cursor)

    def action_turn(self, index: int) -> None:
        """Select or deselect the option at ``index``; nothing where there are no options."""
        if not self._options:
            return
        self._cursor = index
        self._selected ^= {self._options[index][0]}
        self._draw()
        self.post_message(self.Changed())

    def _draw(self) -> None:
        marks = [self._mark(index) for index in range(len(self._options))]
        self.update(flow_content(marks, self.size.width))

    def _mark(self, index: int) -> Content:
        value, label = self._options[index]
        is_selected = value in self._selected
        style = "bold $text-accent" if is_selected else ""
        if self.has_focus and index == self._cursor:
            style = "reverse bold"
        text = f"{'[x]' if is_selected else '[ ]'} {label}"
        return Content.styled(text, style).stylize(Style.from_meta({"@click": f"turn({index})"}))
