"""One text that says several things, taken apart."""

import re

from interviewkit.intake.line_meaning import plain_words, strip_bullet, strip_number


def split_probes(text: str) -> list[str]:
    """``How so? And then?`` is two probes; so are two lines."""
    pieces = [piece for line in text.splitlines() for piece in re.split(r"(?<=[?？])\s+", line)]
    return _tidy_pieces(pieces)


def split_remarks(text: str) -> list[str]:
    """Remarks parted by lines, semicolons or bullets inside the text; commas stay in it."""
    lines = [piece for line in text.splitlines() for piece in re.split(r"\s*[;•▪]\s*", line)]
    return _tidy_pieces(lines)


def _tidy_pieces(pieces: list[str]) -> list[str]:
    texts = (strip_number(strip_bullet(piece.strip())[1])[1] for piece in pieces)
    return [text for text in map(plain_words, texts) if re.search(r"\w", text)]
