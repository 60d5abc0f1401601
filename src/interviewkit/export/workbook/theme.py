"""How the workbooks look, how much room a text takes, and how a text stays a text.

A text is always a text: ``=1+1`` as somebody's name stays four characters, here and after the
cell was edited in Excel. What Excel cannot hold is marked, never dropped silently.
"""

import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side

from interviewkit.comparison.means import HIGH, LOW
from interviewkit.export.sanitize import columns, mark_controls

INK, QUIET, LINE, HEAD = "FF1F2933", "FF52606D", "FFCBD2D9", "FFE4E7EB"
EDIT, ACCENT = "FFFFF8DC", "FF1F6F9F"
# One hue from pale to strong: told apart without colour vision, in print, and beside the number.
PALE, MIDDLE, STRONG = "FFF7FBFF", "FFC6DBEF", "FF6BAED6"
SERIES = ("1F6F9F", "E0A030", "6F7F8F", "7FBF8F")  # of charts, told apart in grey as well
FONT = "Calibri"
POINTS = 13.0  # the height of a line of 10-point text
TALLEST = 30  # lines: Excel's rows end at 409 points, and what is below is not seen
LONGEST = 32_000  # UTF-16 units: Excel's cells end at 32,767, and the marks need room
CONFIDENTIAL = "Confidential: for those who decide on this role"
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_SPECIAL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]|_x")
_GOES_ON, _WENT_ON = "\n… goes on in the next row", "… goes on\n"
FORMULA = tuple("=+-@\t\r\n＝＋－＠")

TEXT, QUOTE, QUIET_TEXT, STRONG_TEXT, TITLE, HEADING, SECTION, LINK = (
    "ik text",
    "ik quote",
    "ik quiet",
    "ik strong",
    "ik title",
    "ik heading",
    "ik section",
    "ik link",
)
(
    RATING,
    MEAN,
    OVERALL,
    SHARE,
    COUNT,
    DAY,
    TIME,
    WEIGHT,
    INPUT,
    CENTRE,
    LEVEL,
    UNMET,
    STALE,
    UPRIGHT,
    FILL_IN,
    COEFFICIENT,
    SIGNED,
) = (
    "ik rating",
    "ik mean",
    "ik overall",
    "ik share",
    "ik count",
    "ik day",
    "ik time",
    "ik weight",
    "ik input",
    "ik centre",
    "ik level",
    "ik unmet",
    "ik stale",
    "ik upright",
    "ik fill in",
    "ik coefficient",
    "ik signed",
)

ON_ONE_LINE = (QUOTE, QUIET_TEXT, STRONG_TEXT)


@dataclass(frozen=True, slots=True)
class _Look:
    font: Font
    alignment: Alignment
    border: Border
    number: str = "General"
    fill: PatternFill | None = None


def styles(scale: tuple[int, ...]) -> list[NamedStyle]:
    """The styles of a workbook whose ratings are on this scale."""
    looks = _looks(scale)
    for name in ON_ONE_LINE:
        flat = Alignment("left", looks[name].alignment.vertical)
        looks[one_line(name)] = _Look(looks[name].font, flat, Border())
    return [_named_style(name, look) for name, look in looks.items()]


def _looks(scale: tuple[int, ...]) -> dict[str, _Look]:
    line = Border(bottom=Side("thin", LINE), right=Side("thin", LINE), left=Side("thin", LINE))
    none, edge = Border(), Side("thin", QUIET)
    top, middle = Alignment("left", "top", wrap_text=True), Alignment("center", "center")
    plain, quiet = Font(FONT, 10, color=INK), Font(FONT, 10, color=QUIET)
    bold, small = Font(FONT, 10, bold=True, color=INK), Font(FONT, 9, color=QUIET)
    larger = Font(FONT, 11, bold=True, color=INK)
    head = PatternFill("solid", HEAD)
    return {
        TEXT: _Look(plain, top, line),
        QUOTE: _Look(plain, top, none),
        QUIET_TEXT: _Look(quiet, top, none),
        STRONG_TEXT: _Look(bold, Alignment("left", "center", wrap_text=True), line),
        TITLE: _Look(Font(FONT, 16, bold=True, color=INK), Alignment("left", "center"), none),
        HEADING: _Look(
            bold,
            Alignment("center", "center", wrap_text=True),
            Border(bottom=Side("medium", QUIET)),
            fill=head,
        ),
        SECTION: _Look(larger, Alignment("left", "bottom"), none),
        LINK: _Look(
            Font(FONT, 11, color=ACCENT, underline="single"),
            Alignment("left", "center", wrap_text=True),
            line,
        ),
        RATING: _Look(plain, Alignment("center", "top"), line, "0"),
        MEAN: _Look(plain, middle, line, "0.0"),
        LEVEL: _Look(Font(FONT, 11, color=INK), middle, line, _sign_format(scale)),
        STALE: _Look(Font(FONT, 11, bold=True, color=INK), Alignment("left", "center"), none),
        UNMET: _Look(Font(FONT, 11, bold=True, color=INK), middle, line, '0.0" !"'),
        OVERALL: _Look(larger, middle, line, "0.0"),
        SHARE: _Look(plain, middle, line, "0 %"),
        COUNT: _Look(small, middle, line, "0"),
        CENTRE: _Look(plain, middle, line),
        COEFFICIENT: _Look(plain, middle, line, "0.00"),
        SIGNED: _Look(plain, middle, line, "+0.00;−0.00;0.00"),
        DAY: _Look(plain, Alignment("center", "top"), line, "yyyy-mm-dd"),
        TIME: _Look(plain, Alignment("center", "top"), line, "yyyy-mm-dd hh:mm"),
        WEIGHT: _Look(small, middle, line, '"×"0.##', head),
        INPUT: _Look(
            larger,
            Alignment("center", "center", wrap_text=True),
            Border(edge, edge, edge, edge),
            fill=PatternFill("solid", EDIT),
        ),
        FILL_IN: _Look(plain, top, Border(edge, edge, edge, edge), fill=PatternFill("solid", EDIT)),
        UPRIGHT: _Look(bold, Alignment("center", "bottom", textRotation=90), none, fill=head),
    }


def one_line(name: str) -> str:
    """The style of a text that runs on over the empty cells beside it; no need to merge those."""
    return f"{name}, one line"


def _named_style(name: str, look: _Look) -> NamedStyle:
    style = NamedStyle(
        name,
        font=look.font,
        alignment=look.alignment,
        border=look.border,
        number_format=look.number,
        protection=Protection(locked=name not in (INPUT, FILL_IN)),
    )
    if look.fill:
        style.fill = look.fill
    return style


def _sign_format(scale: tuple[int, ...]) -> str:
    """A number format that says the level beside the number, so that it needs no colour."""
    high, low = (scale[0] + share * (scale[-1] - scale[0]) for share in (HIGH, LOW))
    return f'[>={high:g}]0.0"▲";[<={low:g}]0.0"▼";0.0'


def escape_cell(text: str) -> str:
    """The text as a cell can hold it and give it back: marked, escaped, and cut with a mark.

    Long texts come through :func:`pieces`, which loses nothing.
    """
    if len(text) * 2 > LONGEST and _units(text) > LONGEST:
        text = f"{text[: LONGEST // 2]}… (cut)"
    if not _SPECIAL.search(text):  # nearly always
        return text
    # Excel reads _x0041_ as the letter A; escaped, it is what was typed.
    return _ESCAPE.sub("_x005F_", mark_controls(text))


def height_of(lines: int, least: float = 15.0) -> float:
    """The height in points of a row that shows this many lines of text."""
    return max(least, min(409.0, lines * POINTS + 4))


@lru_cache(maxsize=4000)  # asked once to split a text and once for the height of its row
def lines_of(text: str, width: float) -> int:
    """How many lines the text takes in a column this wide; rather one too many.

    Widths count digits of 11 points. Of our 10-point text, 1.2 letters and more fit in one.
    """
    most = max(1.0, width * 1.2)
    if not text.isascii():
        return sum(_wrapped_style(line, most) for line in text.split("\n"))
    # Words rarely fill a line; capitals are wide. An eighth for both is nearly always too much.
    count = 0
    for line in text.split("\n"):
        size = len(line)
        if size <= most * 0.88:
            count += 1
        elif size <= most * 8 or " " in line:
            count += int(size * 1.13 / most) + 1
        else:
            count += _wrapped_style(line, most)
    return count


def pieces(text: str, width: float) -> list[str]:
    """The text in pieces that a cell holds and shows, each but the last marked as going on."""
    if len(text) < width and "\n" not in text and not _SPECIAL.search(text):
        return [text]
    text = mark_controls(text)
    if _fits(text, width):
        return [text]
    result: list[str] = []
    piece = ""
    for chunk in _parts(text, width):
        if piece and not _fits(piece + chunk, width, 2):
            result.append(piece.removesuffix("\n"))
            piece = ""
        piece += chunk
    result.append(piece)
    final = len(result) - 1
    return [
        (_WENT_ON if index else "") + piece + ("" if index == final else _GOES_ON)
        for index, piece in enumerate(result)
    ]


def header(text: str) -> str:
    """``&`` begins a code in headers, and all of a header must stay under 255 characters."""
    return " ".join(mark_controls(text).split())[:80].replace("&", "&&")


def _wrapped_style(line: str, most: float) -> int:
    """Lines of at most this many columns, filled word by word; a longer word is broken."""
    count, used = 0, most
    for token in line.split(" "):
        capitals = 0 if token.islower() else sum(map(str.isupper, token))
        size = columns(token) + capitals / 4
        if used + 1 + size <= most:
            used += 1 + size
        else:
            needed_lines = max(1, math.ceil(size / most))
            count, used = count + needed_lines, size - (needed_lines - 1) * most
    return count


def _fits(text: str, width: float, spare: int = 0) -> bool:
    if len(text) * 2 > LONGEST and _units(text) > LONGEST:
        return False
    return lines_of(text, width) <= TALLEST - spare


def _units(text: str) -> int:
    """The length as Excel counts it."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _parts(text: str, width: float) -> Iterator[str]:
    """Lines with their ends, and of lines too long by themselves parts between words."""
    most = int(max(1.0, width) * (TALLEST - 4) / 2)
    for line_rest in text.splitlines(keepends=True):
        while not _fits(line_rest, width, 2):
            cut = line_rest.rfind(" ", most // 2, most) + 1 or most
            end = min(cut + 20, len(line_rest) - 1)
            while cut < end and unicodedata.combining(line_rest[cut]):
                cut += 1  # an accent stays with its letter
            yield line_rest[:cut]
            line_rest = line_rest[cut:]
        yield line_rest
