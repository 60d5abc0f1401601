"""The part of a text that contains the words searched for."""

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import accumulate

from interviewkit.interview.search_words import Token, index_tokens, query_terms

Span = tuple[int, int]  # start, end


def marks(text: str, query: str) -> list[Span]:
    """Every word of ``text`` that begins like one searched for; a phrase only where it is whole.

    Letters of a script without spaces are marked as one span where they stand together.
    """
    tokens = index_tokens(text)
    marked: set[int] = set()
    for term in query_terms(query):
        for start in range(len(tokens) - len(term) + 1):
            if _stands_at(term, tokens[start : start + len(term)]):
                marked.update(range(start, start + len(term)))
    return _joined(tokens[index] for index in sorted(marked))


def _stands_at(term: Sequence[Token], tokens: Sequence[Token]) -> bool:
    *whole, begun = term
    if any(mine.text != theirs.text for mine, theirs in zip(whole, tokens, strict=False)):
        return False
    text = tokens[-1].text
    return text == begun.text if begun.is_letter else text.startswith(begun.text)


def _joined(tokens: Iterator[Token]) -> list[Span]:
    spans: list[Span] = []
    for token in tokens:
        if spans and spans[-1][1] >= token.start:
            spans[-1] = (spans[-1][0], max(spans[-1][1], token.end))
        else:
            spans.append((token.start, token.end))
    return spans


def excerpt(text: str, query: str, width: int) -> tuple[str, list[Span]]:
    """One line of at most ``width`` columns around the first word found, and the marks in it."""
    line = " ".join(text.split())
    spans = marks(line, query)
    columns = [0, *accumulate(map(_columns, line))]
    if columns[-1] <= width:
        return line, spans
    start = _start(line, spans, columns, width)
    head = "…" if start else ""
    end = _end(columns, start, width - len(head))
    tail = "…" if end < len(line) else ""
    moved = [
        (a - start + len(head), min(b, end) - start + len(head))
        for a, b in spans
        if start <= a < end
    ]
    return f"{head}{line[start:end]}{tail}", moved


def _columns(letter: str) -> int:
    """How wide a terminal shows a character, never less than it does."""
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def _start(line: str, spans: Sequence[Span], columns: Sequence[int], width: int) -> int:
    """A third of the way before the first mark, at the beginning of a word."""
    first_start = spans[0][0] if spans else 0
    if columns[first_start] < width * 2 // 3:
        return 0
    start = first_start
    while start and columns[first_start] - columns[start - 1] <= width // 3:
        start -= 1
    while start and columns[-1] - columns[start - 1] < width:
        start -= 1
    space = line.find(" ", start)
    return space + 1 if start < space < first_start else start


def _end(columns: Sequence[int], start: int, room: int) -> int:
    """How far the line fits in ``room`` columns; short of its end, with one for what shows that."""
    if columns[-1] - columns[start] <= room:
        return len(columns) - 1
    end = start
    while columns[end + 1] - columns[start] < room:
        end += 1
    return end
