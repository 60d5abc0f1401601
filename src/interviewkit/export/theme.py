"""How the workbooks look, and the one way a text gets into a cell.

A text is always a text: ``=1+1`` as somebody's name stays four characters, here and after the
cell was edited in Excel. What Excel cannot hold is marked, never dropped silently.
"""

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from interviewkit.export.safe import columns, marked

INK, QUIET, LINE, HEAD = "FF1F2933", "FF52606D", "FFCBD2D9", "FFE4E7EB"
# One hue from pale to strong: told apart without colour vision, in print, and beside the number.
PALE, MIDDLE, STRONG = "FFF7FBFF", "FFC6DBEF", "FF6BAED6"
FONT = "Calibri"
POINTS = 13.0  # the height of a line of 10-point text
TALLEST = 30  # lines: Excel's rows end at 409 points, and what is below is not seen
LONGEST = 32_000  # UTF-16 units: Excel's cells end at 32,767, and the marks need room
CONFIDENTIAL = "Confidential: for those who decide on this role"
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_GOES_ON, _WENT_ON = "\n… goes on in the next row", "… goes on\n"
_FORMULA = ("=", "+", "-", "@")

TEXT, SMALL, PLAIN, NAME, TITLE, HEADING, NUMBER = (
    "ik text",
    "ik quiet",
    "ik line",
    "ik name",
    "ik title",
    "ik heading",
    "ik number",
)
MEAN, OVERALL, SHARE, COUNT, DAY, TIME = (
    "ik mean",
    "ik overall",
    "ik share",
    "ik count",
    "ik day",
    "ik time",
)


def new_workbook() -> Workbook:
    """An empty workbook with our styles and no sheet."""
    book = Workbook()
    for sheet in book.worksheets:
        book.remove(sheet)
    line = Border(bottom=Side("thin", LINE), right=Side("thin", LINE), left=Side("thin", LINE))
    middle = Alignment("center", "center")
    top = Alignment("left", "top", wrap_text=True)
    top_middle = Alignment("center", "top")
    for name, font, alignment, border, number_format in (
        (TEXT, Font(FONT, 10, color=INK), top, line, "General"),
        (SMALL, Font(FONT, 10, color=QUIET), top, Border(), "General"),
        (TITLE, Font(FONT, 16, bold=True, color=INK), Alignment("left", "center"), Border(), "@"),
        (NUMBER, Font(FONT, 10, color=INK), top_middle, line, "0"),
        (PLAIN, Font(FONT, 10, color=QUIET), Alignment("left", "top"), Border(), "General"),
        (NAME, Font(FONT, 11, color=INK), Alignment(vertical="center", wrap_text=True), line, "@"),
        (MEAN, Font(FONT, 11, color=INK), middle, line, "0.0"),
        (OVERALL, Font(FONT, 11, bold=True, color=INK), middle, line, "0.0"),
        (SHARE, Font(FONT, 10, color=INK), middle, line, "0 %"),
        (COUNT, Font(FONT, 9, color=QUIET), middle, line, "0"),
        (DAY, Font(FONT, 10, color=INK), top_middle, line, "yyyy-mm-dd"),
        (TIME, Font(FONT, 10, color=INK), top_middle, line, "yyyy-mm-dd hh:mm"),
    ):
        book.add_named_style(
            NamedStyle(
                name, font=font, alignment=alignment, border=border, number_format=number_format
            )
        )
    heading = NamedStyle(
        HEADING,
        font=Font(FONT, 10, bold=True, color=INK),
        fill=PatternFill("solid", HEAD),
        alignment=Alignment("center", "center", wrap_text=True),
        border=Border(bottom=Side("medium", QUIET)),
    )
    book.add_named_style(heading)
    return book


def put_text(sheet: Worksheet, row: int, column: int, text: str, style: str = TEXT) -> Cell:
    """A text in a cell, whatever it looks like; long ones come through :func:`pieces`."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)  # noqa: S101 - no merged cell is written to; for the type checker
    if _units(text) > LONGEST:
        text = f"{text[: LONGEST // 2]}… (cut)"
    # Excel reads _x0041_ as the letter A; escaped, it is what was typed.
    cell.value = _ESCAPE.sub("_x005F_", marked(text))
    cell.data_type = "s"
    cell.style = style
    if text.startswith(_FORMULA):
        cell.quotePrefix = True
    return cell


def put(sheet: Worksheet, row: int, column: int, value: object, style: str) -> Cell:
    """A number or a moment; None is an empty cell with the style. Texts go through put_text."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)  # noqa: S101 - as above
    assert not isinstance(value, str)  # noqa: S101 - a text here could become a formula
    cell.value = value  # type: ignore[assignment]
    cell.style = style
    return cell


def bold() -> Font:
    """For a heading among paragraphs."""
    return Font(FONT, 10, bold=True, color=INK)


def widths(sheet: Worksheet, each: Iterable[float]) -> None:
    """The widths of the columns from the first, in characters."""
    for number, width in enumerate(each, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width


def height(sheet: Worksheet, row: int, lines: int, least: float = 15.0) -> None:
    """A row that shows this many lines of text."""
    sheet.row_dimensions[row].height = max(least, min(409.0, lines * POINTS + 4))


@lru_cache(maxsize=1000)  # asked once to split a text and once for the height of its row
def lines_of(text: str, width: float) -> int:
    """How many lines the text takes in a column this wide; rather one too many.

    Widths count digits of 11 points. Of our 10-point text, 1.2 letters and more fit in one.
    """
    most = max(1.0, width * 1.2)
    return sum(_wrapped(line, most) for line in text.split("\n"))


def pieces(text: str, width: float) -> list[str]:
    """The text in pieces that a cell holds and shows, each but the last marked as going on."""
    text = marked(text)
    if _fits(text, width):
        return [text]
    result: list[str] = []
    piece = ""
    for part in _parts(text, width):
        if piece and not _fits(piece + part, width, 2):
            result.append(piece.removesuffix("\n"))
            piece = ""
        piece += part
    result.append(piece)
    last = len(result) - 1
    return [
        (_WENT_ON if place else "") + piece + ("" if place == last else _GOES_ON)
        for place, piece in enumerate(result)
    ]


def page(sheet: Worksheet, book_title: str, exported: str, rows: str, columns_: str) -> None:
    """Landscape, one page wide, with the heads on every page and a line on who may read it."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top = margins.bottom = 0.75
    margins.header = margins.footer = 0.3
    sheet.print_title_rows = rows
    if columns_:
        sheet.print_title_cols = columns_
    header, footer = sheet.oddHeader, sheet.oddFooter
    assert header is not None and footer is not None  # noqa: S101 - a new sheet has both
    header.left.text = _header(book_title)
    header.right.text = CONFIDENTIAL
    footer.left.text = f"interviewkit · exported {exported}"
    footer.center.text = "&A"
    footer.right.text = "Page &P of &N"
    sheet.sheet_view.showGridLines = False


def _header(text: str) -> str:
    """``&`` begins a code in headers, and all of a header must stay under 255 characters."""
    return " ".join(marked(text).split())[:80].replace("&", "&&")


def _wrapped(line: str, most: float) -> int:
    """Lines of at most this many columns, filled word by word; a longer word is broken."""
    count, used = 0, most
    for word in line.split(" "):
        capitals = 0 if word.islower() else sum(map(str.isupper, word))
        size = columns(word) + capitals / 4
        if used + 1 + size <= most:
            used += 1 + size
        else:
            own = max(1, math.ceil(size / most))
            count, used = count + own, size - (own - 1) * most
    return count


def _fits(text: str, width: float, spare: int = 0) -> bool:
    return _units(text) <= LONGEST and lines_of(text, width) <= TALLEST - spare


def _units(text: str) -> int:
    """The length as Excel counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _parts(text: str, width: float) -> Iterator[str]:
    """Lines with their ends, and of lines too long by themselves parts between words."""
    most = int(max(1.0, width) * (TALLEST - 4) / 2)
    for rest in text.splitlines(keepends=True):
        while not _fits(rest, width, 2):
            cut = rest.rfind(" ", most // 2, most) + 1 or most
            end = min(cut + 20, len(rest) - 1)
            while cut < end and unicodedata.combining(rest[cut]):
                cut += 1  # an accent stays with its letter
            yield rest[:cut]
            rest = rest[cut:]
        yield rest
