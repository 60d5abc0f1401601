"""Text that people typed, ready for the screen: never read as markup, and always visible.

Screens and widgets take ``Content`` from here instead of from Textual. It is Textual's, made of
text in which nothing acts on the terminal or hides; see :mod:`interviewkit.visible_text`.
"""

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from textual import content as textual_content
from textual.color import Color
from textual.content import Span
from textual.filter import LineFilter
from textual.style import Style

from interviewkit.visible_text import is_plain, replace_hidden, visible

Part = str | textual_content.Content | tuple[str, str | Style]


class VisibleContent(textual_content.Content):
    """Content of visible text. Text that comes with spans is visible already: they count on it."""

    def __init__(
        self,
        text: str = "",
        spans: list[Span] | None = None,
        cell_length: int | None = None,
        strip_control_codes: bool = True,
    ) -> None:
        super().__init__(text if spans else visible(text), spans, cell_length, strip_control_codes)

    @classmethod
    def styled(
        cls,
        text: str,
        style: Style | str = "",
        cell_length: int | None = None,
        strip_control_codes: bool = True,
    ) -> textual_content.Content:
        """Text in one style."""
        return super().styled(visible(text), style, cell_length, strip_control_codes)

    @classmethod
    def assemble(
        cls, *parts: Part, end: str = "", strip_control_codes: bool = True
    ) -> textual_content.Content:
        """Content put together of text, content, and pairs of (text, style)."""
        visible = (_visible_part(piece) for piece in parts)
        return super().assemble(*visible, end=end, strip_control_codes=strip_control_codes)


class LastFilter(LineFilter):
    """What no screen should let through, kept from the terminal in the line that is drawn.

    Fields that are typed in show what they hold as it is, so this is where it stops. A character
    that has no width is left out, one that has shows as a sign: the layout is done.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments of a line, of which most are plain."""
        if all(segment.control or is_plain(segment.text) for segment in segments):
            return segments
        return [
            segment
            if segment.control
            else Segment(replace_hidden(segment.text, _of_its_width), segment.style)
            for segment in segments
        ]


def _of_its_width(char: str) -> str:
    return "·" * cell_len(char)


def _visible_part(piece: Part) -> Part:
    if isinstance(piece, str):
        return visible(piece)
    if isinstance(piece, tuple):
        return visible(piece[0]), piece[1]
    return piece


if TYPE_CHECKING:
    # Textual's methods give Textual's content, whatever they were called on.
    from textual.content import Content as Content
else:
    Content = VisibleContent
