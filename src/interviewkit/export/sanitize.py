"""Text that somebody typed, made harmless for the program that will show it."""

import unicodedata

from interviewkit.visible_text import visible

# Excel, LibreOffice and Google Sheets take a cell that begins so for a formula.
_FORMULA = tuple("=+-@\t\r＝＋－＠")


def mark_controls(text: str) -> str:
    """For a page or a cell: what acts or deceives as a visible sign, each line end as ``\\n``."""
    return visible(text.replace("\r\n", "\n").replace("\r", "\n"))


def csv_cell(text: str) -> str:
    """Visible, with an apostrophe before each line that a spreadsheet would take for a formula.

    Every line, because a table that is pasted has a cell of its own for each.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    return "\n".join(
        f"'{visible(line)}" if line.startswith(_FORMULA) else visible(line) for line in lines
    )


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
