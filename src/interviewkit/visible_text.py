"""Text that somebody else wrote, made harmless and visible for whatever will show it.

Owns which characters act on a terminal or deceive a reader: control characters, those that turn a
line around, separators that only look like nothing, and invisible ones where they do no work.
Each shows as a sign of one column or as its code point, ``<U+202E>``; nothing is dropped.
"""

import json
import re
from collections.abc import Callable

# A flag of a region is a black flag followed by invisible letters: there they do their work.
_FLAG = "\U0001f3f4[\U000e0030-\U000e007a]{1,6}\U000e007f"
# Joiners shape letters of many scripts and make emoji; between Latin letters they only hide.
# As "not one up to U+02FF": re takes ten times as long to read a range to the end of Unicode.
_JOINER = "[\u200c\u200d](?![^\x00-\u02ff])|(?<![^\x00-\u02ff])[\u200c\u200d]"
_RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_MARK = (
    f"(?<![{_RIGHT_TO_LEFT}])[\u200e\u200f\u061c](?![{_RIGHT_TO_LEFT}])"
    "|(?<=[A-Za-z\xc0-\u024f])[\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)
_ACTS = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 but tab and line end, DEL, C1
    "\u202a-\u202e\u2066-\u2069\u206a-\u206f"  # directions
    "\u2028\u2029"
    "\xad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u2060-\u2065\u3164\ufeff\uffa0"
    "\ufff0-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f"
)
_SEEN = re.compile(f"{_FLAG}|[{_ACTS}]|{_JOINER}|{_MARK}")
_SEEN_IN_LINE = re.compile(f"{_FLAG}|[{_ACTS}\t\n]|{_JOINER}|{_MARK}")
_NOT_IN_JSON = re.compile(f"(?!\n)[{_ACTS}\u200e\u200f\u061c]")


def visible(text: str) -> str:
    """For a screen or a page of text: line ends and tabs stay, whatever else acts is shown.

    ``\\r\\n`` is a line end. An escape character shows as ``␛``, a C1 control as ``<U+009B>``.
    """
    if text.isascii() and text.isprintable():
        return text
    return _SEEN.sub(_sign, text.replace("\r\n", "\n"))


def visible_line(text: str) -> str:
    """For one line of a screen or a list: line ends and tabs are shown, too."""
    if text.isascii() and text.isprintable():
        return text
    return _SEEN_IN_LINE.sub(_sign, text)


def is_plain(text: str) -> bool:
    """Whether a line holds nothing that acts or deceives."""
    return visible_line(text) == text


def replace_hidden(text: str, sign: Callable[[str], str]) -> str:
    """A line with ``sign`` of each character in the place of those that act or deceive."""
    return _SEEN_IN_LINE.sub(
        lambda match: match.group() if len(match.group()) > 1 else sign(match.group()), text
    )


def hidden_characters(text: str) -> str:
    """The code points of a line that act or deceive, for a sentence: ``U+001B, U+202E``."""
    if text.isascii() and text.isprintable():
        return ""
    hidden = [match.group() for match in _SEEN_IN_LINE.finditer(text)]
    return ", ".join(dict.fromkeys(f"U+{ord(char):04X}" for char in hidden if len(char) == 1))


def json_text(value: object, indent: int | None = 2) -> str:
    """JSON in UTF-8's letters, in which what would act on a terminal is ``\\u``-escaped."""
    return escaped_json(json.dumps(value, ensure_ascii=False, indent=indent))


def escaped_json(text: str) -> str:
    """Finished JSON, with what would act on a terminal ``\\u``-escaped: the same values."""
    if text.isascii() and "\x7f" not in text:
        return text  # JSON itself escapes C0
    return _NOT_IN_JSON.sub(_json_escape, text)


def _sign(match: re.Match[str]) -> str:
    char = match.group()
    if len(char) > 1:
        return char  # a flag
    code = ord(char)
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"<U+{code:04X}>"


def _json_escape(match: re.Match[str]) -> str:
    return json.dumps(match.group())[1:-1] if match.group() != "\x7f" else "\\u007f"
