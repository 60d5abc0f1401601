"""Text that somebody typed, made harmless for the program that will show it."""

import unicodedata

from interviewkit.visible_text import visible

# Excel, LibreOffice and Google Sheets take a cell that begins so for a formula.
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def mark_controls(text: str) -> str:
    """For a page or a cell: what acts or deceives as a visible sign, each line end as ``\\n``."""
    return visible(text.replace("\r\n", "\n").replace("\r", "\n"))


def csv_cell(text: str) -> str:
    """Visible, and with an apostrophe in front when a spreadsheet would take it for a formula."""
    return f"'{visible(text)}" if text.startswith(_FORMULA) else visible(text)


def columns(text: str) -> int:
    """How many columns of a terminal a line takes."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )


def truncate(text: str, width: int) -> str:
    """The text in at most ``width`` columns, cut with an ellipsis."""
    if columns(text) <= width:
        return text
    shortened = text
    while shortened and columns(shortened) > width - 1:
        shortened = shortened[:-1]
    return f"{shortened}…"
