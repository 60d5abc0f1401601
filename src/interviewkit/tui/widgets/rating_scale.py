"""The anchors of the question and the rating given, both always in words."""

from collections.abc import Mapping

from textual.style import Style
from textual.widgets import Static

from interviewkit.interview.records import Answer
from interviewkit.tui.content import Content
from interviewkit.tui.widgets.text_layout import fills


class RatingStrip(Static):
    """One anchor a line: all of them where there is room, else the ends, middle and the chosen."""

    auto_links = False  # what can be clicked keeps its own colours

    def __init__(self) -> None:
        super().__init__(id="rating")
        self._anchors: Mapping[int, str] = {}
        self._names: Mapping[int, str] = {}
        self._answer: Answer | None = None
        self._all = False
        self._drawn: tuple[str, int | None, bool, dict[int, str]] | None = None

    def show(self, anchors: Mapping[int, str], answer: Answer, names: Mapping[int, str]) -> None:
        """Another question or another rating; ``names`` of the scale's points, if they have any."""
        self._anchors, self._answer, self._names = anchors, answer, names
        self._draw()

    def show_all(self, all_anchors: bool) -> None:
        """Whether there is room for every anchor."""
        if all_anchors != self._all:
            self._all = all_anchors
            self._draw()

    def _draw(self) -> None:
        if self._answer is None:
            return
        chosen, status = self._answer.rating, self._said(self._answer)
        state = (status, chosen, self._all, dict(self._anchors))
        if state == self._drawn:
            return  # a note kept changes nothing here, and lines again lay the whole screen out
        self._drawn = state
        self.border_title = Content(f" Rating · {status} ")
        ratings = sorted(self._anchors)
        low, middle, high = ratings[0], ratings[(len(ratings) - 1) // 2], ratings[-1]
        visible = (
            ratings if self._all else sorted({low, high, middle if chosen is None else chosen})
        )
        if len(visible) < 3:
            visible = [low, middle, high]
        lines = [
            Content.assemble(
                (f"{'▸' if rating == chosen else ' '}{rating} ", "bold"),
                (self._anchors[rating], "bold reverse" if rating == chosen else ""),
            ).stylize(Style.from_meta({"@click": f"screen.type('/{rating}')"}))
            for rating in visible
        ]
        content = Content("\n").join(lines)
        self.update(content, layout=not fills(content, self.content_size))

    def _said(self, answer: Answer) -> str:
        if answer.skipped is not None:
            return f"skipped: {answer.skipped}"
        if answer.assessed is None:
            return f"/1 to /{max(self._anchors)}, /0 not assessed"
        if answer.rating is None:
            return f"not assessed{answer.line.removeprefix('–')}"
        name = self._names.get(answer.rating)
        return f"{name}: {answer.line}" if name else answer.line
