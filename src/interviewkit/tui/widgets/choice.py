"""A choice of one option, on one line; a sign says which is chosen, not a colour."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.binding import Binding
from textual.message import Message
from textual.style import Style
from textual.widgets import Static

from interviewkit.tui.content import Content
from interviewkit.tui.widgets.sequential_keys import done_in_turn


class OneLineChoice(Static, can_focus=True):
    """Arrows or the digit of an option choose it, and so does a click.

    ``digits``: one for each option; without them they are counted from 1.
    """

    auto_links = False  # what can be clicked keeps its own colours

    BINDINGS = [
        Binding("left", "step(-1)", "Left", id="choice.left", show=False),
        Binding("right", "step(1)", "Right", id="choice.right", show=False),
    ]

    @dataclass
    class Chosen(Message):
        """The option at ``index`` of ``choice`` was chosen."""

        index: int
        choice: "OneLineChoice"

    def __init__(
        self,
        options: Sequence[str],
        chosen: int | None,
        *,
        id: str,  # noqa: A002 - Textual's name for it
        digits: str = "",
    ) -> None:
        super().__init__(id=id)
        self._options = options
        self._digits = digits or "".join(str(position + 1) for position in range(len(options)))
        self._chosen = chosen

    @property
    def chosen_index(self) -> int | None:
        """The index of the chosen option, or None."""
        return self._chosen

    def on_mount(self) -> None:
        """Show the first choice."""
        self._draw()

    async def on_key(self, event: events.Key) -> None:
        """A digit chooses its option; a key after Tab goes to the field that Tab focuses."""
        is_digit = len(event.key) == 1 and event.key in self._digits
        if not await done_in_turn(self, event, types=is_digit) and is_digit:
            event.stop()
            self.action_choose(self._digits.index(event.key))

    def action_step(self, step: int) -> None:
        """Choose the neighbour; with nothing chosen, the first or the last."""
        start = (-1 if step > 0 else len(self._options)) if self._chosen is None else self._chosen
        self.action_choose(max(0, min(len(self._options) - 1, start + step)))

    def action_choose(self, index: int) -> None:
        """Choose the option at ``index``."""
        if index != self._chosen:
            self._chosen = index
            self._draw()
            self.post_message(self.Chosen(index, self))

    def _draw(self) -> None:
        parts = []
        for index, option in enumerate(self._options):
            chosen = index == self._chosen
            digit = "" if option == self._digits[index] else f"{self._digits[index]} "
            text = f"{digit}{'(●)' if chosen else '( )'} {option}"
            label = Content.styled(text, "bold $text-accent" if chosen else "")
            parts.append(label.stylize(Style.from_meta({"@click": f"choose({index})"})))
        self.update(Content("   ").join(parts))
