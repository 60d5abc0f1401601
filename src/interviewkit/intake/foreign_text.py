"""The text of a file as people have it: any Unicode with or without a mark, or Windows' own."""

import codecs
from pathlib import Path

from interviewkit.errors import InterviewKitError
from interviewkit.visible_text import replace_hidden

MOST_BYTES = 20_000_000  # of a file to import; lists seldom have a hundredth of it
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_bytes(path: Path) -> bytes:
    """The bytes of a file; InterviewKitError when it cannot be read or is far too large."""
    try:
        if path.is_fifo():
            raise InterviewKitError(f"{path} is a pipe, not a file.", "Name a file.")
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise InterviewKitError(
                f"{path} has {size / 1e6:,.0f} MB, and at most {MOST_BYTES / 1e6:,.0f} are read.",
                "Check that it is the file you mean.",
            )
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InterviewKitError(
            f"{path} cannot be read: {reason}.", "Check the path and its rights."
        ) from error


def decode_text(content: bytes) -> str:
    """The text in these bytes, line ends as ``\\n``: by its mark, else UTF-8, UTF-16, Windows-1252.

    Bytes that Windows-1252 does not name come in as U+FFFD, so that they can be seen.
    """
    text = _decode(content)
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")


def clean_line(text: str) -> str:
    """A text on one line, without control characters and invisible ones."""
    text = " ".join(text.replace("\xad", "").split())
    return " ".join(replace_hidden(text, lambda _: "").split())


def _decode(content: bytes) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    head = content[:2000]
    if len(head) > 1 and head.count(0) * 3 >= len(head):
        encoding = "utf-16-le" if head[1::2].count(0) >= head[::2].count(0) else "utf-16-be"
        return content.decode(encoding, "replace")
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")
