"""Sentences under titles, and short tables, as screens show them."""

from collections.abc import Iterable, Sequence

from interviewkit.tui.content import Content
from interviewkit.visible_text import visible_line


def blocks_content(blocks: Iterable[tuple[str, Sequence[str]]]) -> Content:
    """A paragraph with a title for each block; one without sentences is left out."""
    return Content("\n\n").join(_block(title, lines) for title, lines in blocks if lines)


def aligned_rows(rows: Sequence[Sequence[str]]) -> Content:
    """Columns as wide as their widest text; the first row is the head."""
    cells = [[Content(visible_line(text)) for text in row] for row in rows]
    widths = [max(cell.cell_length for cell in column) for column in zip(*cells, strict=True)]
    lines = []
    for at, row in enumerate(cells):
        padded = [
            cell.pad_right(width - cell.cell_length)
            for cell, width in zip(row, widths, strict=True)
        ]
        line = Content("  ").join(padded)
        lines.append(line.stylize("bold") if at == 0 else line)
    return Content("\n").join(lines)


def _block(title: str, lines: Sequence[str]) -> Content:
    return Content("\n").join([Content.styled(title, "bold $text-accent"), *map(Content, lines)])
