"""An answer to be rated after the interview: the question, the notes and the anchors together."""

from collections.abc import Mapping

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.style import Style
from textual.widgets import Static

from interviewkit.interview.records import Answer
from interviewkit.tui.content import Content
from interviewkit.tui.widgets.question import QuestionPanel
from interviewkit.tui.widgets.scorecard_text import note_lines
from interviewkit.tui.widgets.text_layout import hang


class AnswerReview(Vertical):
    """Shows one answer; a click on an anchor rates it."""

    def __init__(self) -> None:
        super().__init__(id="review")
        self._question = QuestionPanel()
        self._notes = Static(id="review-notes")
        self._anchors = Static(id="review-anchors")
        self._anchors.auto_links = False  # what can be clicked keeps its own colours
        self._scroll = VerticalScroll(self._notes, id="review-scroll", can_focus=False)
        self._scroll.border_title = " Notes "
        self._answer: Answer | None = None
        self._texts: Mapping[int, str] = {}

    def compose(self) -> ComposeResult:
        """The question above, notes and anchors side by side."""
        yield self._question
        with Horizontal(id="review-sides"):
            yield self._scroll
            yield self._anchors

    def show(
        self, title: str, ask: str, time: str, answer: Answer, anchors: Mapping[int, str]
    ) -> None:
        """Another answer; ``anchors`` is empty for the opening and the closing."""
        self._question.show(title, ask)
        self._question.show_time(time, "", 0.0)
        self._answer, self._texts = answer, anchors
        self._scroll.border_title = " Notes, those marked * first " if answer.notes else " Notes "
        self._anchors.display = bool(anchors)
        self._anchors.border_title = Content(f" Rating {answer.line} ")
        self._draw()
        self._scroll.scroll_home(animate=False)

    def scroll_notes(self, pages: int) -> None:
        """Some pages down, or up."""
        self._scroll.scroll_relative(y=pages * max(1, self._scroll.size.height - 1), animate=False)

    def on_resize(self) -> None:
        """Wrap to the new width."""
        self.call_after_refresh(self._wrap)

    def _wrap(self) -> None:
        self._question.remeasure()
        self._draw()

    def _draw(self) -> None:
        if self._answer is None:
            return
        lines = note_lines(self._answer, self._scroll.scrollable_content_region.width - 1)
        self._notes.update(Content("\n").join(lines or [Content.styled("No notes.", "$muted")]))
        width, height = self._anchors.content_size
        lines = self._anchor_lines(self._answer, width)
        if sum(line.plain.count("\n") + 1 for line in lines) > height:  # each keeps its line
            lines = self._anchor_lines(self._answer, 0)
        self._anchors.update(Content("\n").join(lines))

    def _anchor_lines(self, answer: Answer, width: int) -> list[Content]:
        """Each anchor, wrapped to ``width`` cells; 0 leaves it on one line."""
        lines = []
        for rating, text in [*self._texts.items(), (0, "Not assessed")]:
            is_chosen = rating == (answer.rating or (0 if answer.assessed is False else None))
            head = Content.styled(f"{'▸' if is_chosen else ' '}/{rating} ", "bold $text-accent")
            line = hang(head, Content.styled(text, "bold" if is_chosen else ""), width)
            lines.append(line.stylize(Style.from_meta({"@click": f"screen.rate({rating})"})))
        return lines
