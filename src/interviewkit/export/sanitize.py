"""Text that somebody typed, made harmless for the program that will show it."""

import re
import unicodedata

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_CONTROL_BUT_LINES = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
_NO_TEXT = re.compile("[\ud800-\udfff\ufffe\uffff]")
# Excel, LibreOffice and Google Sheets take a cell that begins so for a formula.
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def marked(text: str) -> str:
    """Control characters but line ends and tabs as visible signs, what is no text as ``\ufffd``.

    An escape character shows as ``␛``: nothing is hidden, and nothing acts.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _NO_TEXT.sub("\ufffd", _CONTROL_BUT_LINES.sub(_picture, text))


def one_line(text: str) -> str:
    """For a terminal: no control characters at all, and none that turn the line around."""
    return _DIRECTION.sub("", _CONTROL.sub(_picture, _NO_TEXT.sub("\ufffd", text)))


def csv_cell(text: str) -> str:
    """With an apostrophe in front when a spreadsheet would take the text for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def columns(text: str) -> int:
    """How many columns of a terminal a line takes."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )


def fitted(text: str, width: int) -> str:
    """The text in at most ``width`` columns, cut with an ellipsis."""
    if columns(text) <= width:
        return text
    kept = text
    while kept and columns(kept) > width - 1:
        kept = kept[:-1]
    return f"{kept}…"


def _picture(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else "\ufffd"
