"""Which elements of the story the notes show; a mark by hand overrules them.

✓ is there, ~ perhaps, – was asked for and not found, · was not found.
"""

from collections.abc import Mapping, Sequence

from textual.binding import Binding
from textual.message import Message
from textual.style import Style
from textual.widgets import Static

from interviewkit.banks.elements import CHECKABLE, LABELS, STORY, Element
from interviewkit.interview.evidence import State
from interviewkit.tui.content import Content

SIGNS = {State.PRESENT: "✓", State.PERHAPS: "~", State.ASKED: "–", State.MISSING: "·"}
STYLES = {
    State.PRESENT: "$text-success",
    State.PERHAPS: "$muted",
    State.ASKED: "$muted",
    State.MISSING: "$muted",
}
ORDER = (*STORY, *CHECKABLE)


class StoryStrip(Static, can_focus=True):
    """Two lines of marks. Focused, arrows walk over them and space changes the one below."""

    auto_links = False  # what can be clicked keeps its own colours

    FOCUS_ON_CLICK = False  # a click changes a mark; the hands stay on the note line
    BINDINGS = [
        Binding("left", "walk(-1)", "Left", id="story.left", show=False),
        Binding("right", "walk(1)", "Right", id="story.right", show=False),
        Binding("up,down", "row", "Other row", id="story.row", show=False),
        Binding("space,enter", "change", "Tick or untick", id="story.tick"),
        Binding("tab", "next_gap", "Next gap", id="story.gap"),
        Binding("escape,f4", "leave", "Back to the notes", id="story.leave"),
    ]

    class Changed(Message):
        """The mark at an element is to be changed."""

        def __init__(self, element: Element) -> None:
            self.element = element
            super().__init__()

    class Left(Message):
        """The focus is to go back to where one types."""

    def __init__(self) -> None:
        super().__init__(id="story")
        self.border_title = " Story so far "
        self._states: Mapping[Element, State] = {}
        self._by_hand: Mapping[Element, bool] = {}
        self._at = 0
        self._gaps: Sequence[Element] = ()

    def show(self, states: Mapping[Element, State], by_hand: Mapping[Element, bool]) -> None:
        """``by_hand`` holds what was ticked or unticked; such marks are underlined."""
        if (states, by_hand) != (self._states, self._by_hand):
            self._states, self._by_hand = dict(states), dict(by_hand)
            self._draw()

    def aim(self, gaps: Sequence[Element]) -> None:
        """The elements that Tab goes to, in their order: what the suggestions ask for."""
        self._gaps = gaps

    def begin(self) -> None:
        """Take the focus, with the cursor on what the first suggestion asks for."""
        if self._gaps:
            self._at = ORDER.index(self._gaps[0])
        self.focus()

    def action_next_gap(self) -> None:
        """To the next element that a suggestion asks for."""
        at = ORDER[self._at]
        following = self._gaps.index(at) + 1 if at in self._gaps else 0
        if self._gaps:
            self._at = ORDER.index(self._gaps[following % len(self._gaps)])
            self._draw()

    def watch_has_focus(self, has_focus: bool) -> None:
        """Show where the arrows stand, or hide it again.

        Not in ``on_blur``: it comes before the focus has gone.
        """
        super().watch_has_focus(has_focus)
        self._draw()

    def action_walk(self, step: int) -> None:
        """Move the cursor ``step`` elements."""
        self._at = (self._at + step) % len(ORDER)
        self._draw()

    def action_row(self) -> None:
        """Move the cursor to the other row."""
        self._at = self._at - len(STORY) if self._at >= len(STORY) else self._at + len(STORY)
        self._draw()

    def action_change(self) -> None:
        """Change the mark under the cursor."""
        self.post_message(self.Changed(ORDER[self._at]))

    def action_leave(self) -> None:
        """Give the focus back."""
        self.post_message(self.Left())

    def _draw(self) -> None:
        story = Content("  ").join(self._mark(element) for element in STORY)
        check = Content("  ").join(self._mark(element) for element in CHECKABLE)
        self.update(Content("\n").join([story, check]), layout=False)  # its height is fixed

    def _mark(self, element: Element) -> Content:
        state = self._states.get(element, State.MISSING)
        style = STYLES[state] + (" underline" if element in self._by_hand else "")
        if self.has_focus and ORDER[self._at] is element:
            style = "reverse bold"
        mark = Content.styled(f"{SIGNS[state]} {LABELS[element]}", style)
        return mark.stylize(Style.from_meta({"@click": f"screen.tick('{element}')"}))
