"""The question, or the words of the opening and the closing, to read aloud as they stand."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from interviewkit.tui.content import Content
from interviewkit.tui.widgets.text_layout import fills, time_bar


class TitleRule(Static):
    """A rule with a title on its left and a time on its right; the rule is the time's bar."""

    def __init__(self) -> None:
        super().__init__()
        self._left = ""
        self._right: tuple[str, str] = ("", "")
        self._used = 0.0

    def show(self, title: str, right: tuple[str, str], used: float = 0.0) -> None:
        """``right`` is (text, style), ``used`` the share of the bar that is heavy."""
        if (title, right, used) != (self._left, self._right, self._used):
            self._left, self._right, self._used = title, right, used
            self.refresh()

    def render(self) -> Content:
        """As wide as the screen; a long title gives way to the time."""
        right = Content.styled(f" {self._right[0]} " if self._right[0] else "", self._right[1])
        title = Content.styled(f" {self._left} ", "bold")
        title = title.truncate(max(0, self.size.width - right.cell_length - 4), ellipsis=True)
        line = max(0, self.size.width - title.cell_length - right.cell_length - 2)
        bar = time_bar(self._used, line, self._right[1] or "$text-accent")
        return Content.assemble(("─", "$primary"), title, bar, right, ("─", "$primary"))


class QuestionPanel(Vertical):
    """The competency and the time on a rule, the words below."""

    def __init__(self) -> None:
        super().__init__(id="question")
        self._title = ""
        self._rule = TitleRule()
        self._words = Static(id="words")

    def compose(self) -> ComposeResult:
        """A rule above the words."""
        yield self._rule
        yield self._words

    def show(self, title: str, text: str) -> None:
        """Put up another question."""
        self._title = title
        words = Content(text)
        self._words.update(words, layout=not fills(words, self._words.content_size))

    def remeasure(self) -> None:
        """Have the words' height taken again.

        Where a layout comes between two updates of which the first still waits for its turn,
        Textual keeps the height of the first.
        """
        self._words.refresh(layout=True)

    def show_time(self, text: str, style: str, used: float) -> None:
        """The time on the right of the rule; a change repaints the rule only."""
        self._rule.show(self._title, (text, style), used)
