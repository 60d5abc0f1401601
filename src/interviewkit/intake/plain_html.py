"""Rich text of other systems as plain lines."""

from html.parser import HTMLParser

from interviewkit.intake.foreign_text import clean_line

_BREAKS = frozenset({"br", "p", "div", "li", "ul", "ol", "tr", "h1", "h2", "h3", "h4", "h5", "h6"})
_HIDDEN = frozenset({"script", "style", "head", "template"})


def html_lines(text: str) -> list[str]:
    """The lines a person sees of an HTML text, or of one that is plain already."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    lines = "".join(reader.pieces).splitlines()
    return [line for line in map(clean_line, lines) if line]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A block begins a line; what is hidden stays out."""
        self._hidden += tag in _HIDDEN
        if tag in _BREAKS:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """A block ends a line."""
        self._hidden -= tag in _HIDDEN and self._hidden > 0
        if tag in _BREAKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        """Words."""
        if not self._hidden:
            self.pieces.append(data)
