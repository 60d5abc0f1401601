"""The part of a text that contains the words searched for."""

import re
import unicodedata
from collections.abc import Sequence

WORDS = re.compile(r"\w+")


def plain(text: str) -> str:
    """Without case and accents, letter by letter, so that places stay where they are."""
    return "".join(_plain(letter) for letter in text)


def _plain(letter: str) -> str:
    base = unicodedata.normalize("NFD", letter)[0].lower()
    return base if len(base) == 1 else letter


def marks(text: str, query: str) -> list[tuple[int, int]]:
    """(start, end) of every word of ``text`` that begins like one of ``words``."""
    query_words = [plain(query_word) for query_word in WORDS.findall(query)]
    return [
        (match.start(), match.end())
        for match in WORDS.finditer(text)
        if any(plain(match[0]).startswith(query_word) for query_word in query_words)
    ]


def excerpt(text: str, query: str, width: int) -> tuple[str, list[tuple[int, int]]]:
    """One line of at most ``width`` characters around the first word found, and the marks in it."""
    line = " ".join(text.split())
    spans = marks(line, query)
    if len(line) <= width:
        return line, spans
    start = _start(line, spans, width)
    head = "…" if start else ""
    end = start + width - len(head) - (1 if start + width - len(head) < len(line) else 0)
    tail = "…" if end < len(line) else ""
    moved = [
        (a - start + len(head), min(b, end) - start + len(head))
        for a, b in spans
        if a >= start and a < end
    ]
    return f"{head}{line[start:end]}{tail}", moved


def _start(line: str, spans: Sequence[tuple[int, int]], width: int) -> int:
    """A third of the way before the first mark, at the beginning of a word."""
    first_start = spans[0][0] if spans else 0
    if first_start < width * 2 // 3:
        return 0
    start = max(0, min(first_start - width // 3, len(line) - width + 1))
    space = line.find(" ", start)
    return space + 1 if start < space < first_start else start
