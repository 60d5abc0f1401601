"""The look back on a rehearsal."""

from pathlib import Path

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from interviewkit.errors import InterviewKitError
from interviewkit.practice.review import RehearsalReview
from interviewkit.practice.review_sentences import UNASKED, ReviewSection, review_sections
from interviewkit.tui.content import Content
from interviewkit.tui.widgets.key_line import Keys
from interviewkit.tui.widgets.text_layout import hang
from interviewkit.workflows.rehearsal import save_review

LABEL_CELLS = 16
HELP = """
# Looking back

For each question: what there was to hear and was **found**, what was there and **not asked for**
with the probe that asks for it, what was **not there** at all; and an expert's rating beside yours,
with the reasons by the anchors. It says what kind of story it was because the candidate is
invented. **s** saves all of it as text; **Escape** ends the rehearsal.
"""


class ReviewScreen(Screen[None]):
    """Ends with None."""

    HELP = HELP
    CSS_PATH = "practice.tcss"
    BINDINGS = [
        Binding("escape,f9", "leave", "End", id="look_back.leave"),
        Binding("s", "save", "Save as text", id="look_back.save"),
        Binding("down,j", "scroll(1)", "Down", id="look_back.down", show=False),
        Binding("up,k", "scroll(-1)", "Up", id="look_back.up", show=False),
    ]

    def __init__(self, review: RehearsalReview) -> None:
        super().__init__()
        self._review = review
        self._text = Static(id="look-back")
        self._width = 0

    def compose(self) -> ComposeResult:
        """A heading, then all of it to scroll through."""
        yield Static(Content(f"Looking back · {self._review.candidate}"), classes="title")
        with VerticalScroll(id="pages"):
            yield self._text
        yield Keys()

    def on_mount(self) -> None:
        """Page keys and the wheel scroll at once."""
        self.query_one("#pages").focus()

    def on_resize(self) -> None:
        """Wrap to the new width."""
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        width = self._text.content_size.width
        if width and width != self._width:
            self._width = width
            sections = [_section(section, width) for section in review_sections(self._review)]
            self._text.update(Content("\n\n").join(sections))

    def action_scroll(self, step: int) -> None:
        """A line up or down."""
        self.query_one("#pages").scroll_relative(y=step, animate=False)

    def action_save(self) -> None:
        """Write it into the folder one is in, beside what is there."""
        try:
            path = save_review(self._review, Path.cwd())
        except InterviewKitError as error:
            self.notify(str(error), severity="error", timeout=12)
        else:
            self.notify(f"Saved as {path}.", timeout=8)

    def action_leave(self) -> None:
        """End the rehearsal."""
        self.dismiss()


def _section(section: ReviewSection, width: int) -> Content:
    lines = [hang(Content(""), Content.styled(section.title, "bold $text-primary"), width)]
    for fact in section.facts:
        style = "bold $text-accent" if fact.label == UNASKED else "bold"
        head = Content.styled(f"  {fact.label:<{LABEL_CELLS}}", style)
        lines.append(hang(head, Content(fact.text), width))
    return Content("\n").join(lines)
