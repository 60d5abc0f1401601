"""What a scripted candidate says, below the question: as many lines as there is room for."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from interviewkit.tui.content import Content
from interviewkit.tui.widgets.question import TitleRule

FEWEST_LINES, MOST_LINES = 3, 12


class SpeechPanel(Vertical):
    """The speaker and what Enter does on a rule, the words below.

    Its height is that of the whole text from the first word on, so that nothing below it moves
    while somebody speaks. Where the text is longer than its room, the words last spoken stay in
    sight, or it is turned page by page.
    """

    def __init__(self) -> None:
        super().__init__(id="speech")
        self._rule = TitleRule()
        self._words = Static(id="spoken")
        self._text = ""
        self._spoken = ""
        self._room = MOST_LINES
        self._top: int | None = None  # the line at the top; None follows who speaks

    def compose(self) -> ComposeResult:
        """A rule above the words."""
        yield self._rule
        yield self._words

    def begin(self, text: str, *, is_spoken: bool) -> None:
        """A text that is about to be spoken, or is there to read from its first line on."""
        self._text, self._spoken = text, ""
        self._top = None if is_spoken else 0
        self.display = bool(text)
        self._fit()

    def show(self, speaker: str, spoken: str, hint: str) -> None:
        """What is out of the text; a change repaints nothing but this."""
        self._rule.show(speaker, (hint, "$muted"))
        if spoken != self._spoken:
            self._spoken = spoken
            self._draw()

    def set_room(self, lines: int) -> None:
        """How many lines there are for the words."""
        lines = max(FEWEST_LINES, min(lines, MOST_LINES))
        if lines != self._room:
            self._room = lines
            self._fit()

    def on_resize(self) -> None:
        """Wrap to the new width."""
        self._fit()

    def stop_following(self) -> None:
        """The rest is there to read: from the line being spoken on."""
        self._top = min(self._last_top, max(0, len(self._wrap(self._spoken)) - 1))

    def turn_page(self) -> bool:
        """The next lines, where there are any; whether there were."""
        if self._top is None or self._top >= self._last_top:
            return False
        self._top = min(self._top + self._room, self._last_top)
        self._draw()
        return True

    @property
    def has_more(self) -> bool:
        """Whether there are lines below those in sight."""
        return self._top is not None and self._top < self._last_top

    @property
    def _last_top(self) -> int:
        return max(0, len(self._wrap(self._text)) - self._room)

    @property
    def is_cut(self) -> bool:
        """Whether the text is longer than its room."""
        return len(self._wrap(self._text)) > self._room

    def _fit(self) -> None:
        self._words.styles.height = min(self._room, len(self._wrap(self._text)))
        self._draw()

    def _draw(self) -> None:
        lines = self._wrap(self._spoken)
        top = max(0, len(lines) - self._room) if self._top is None else self._top
        lines = lines[top : top + self._room]
        self._words.update(Content("\n").join(lines), layout=False)

    def _wrap(self, text: str) -> list[Content]:
        width = self._words.content_size.width
        return list(Content(text).wrap(width)) if width and text else [Content(text)]
