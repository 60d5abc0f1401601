"""Text with a hanging indent, which a terminal's own wrapping does not give."""

from collections.abc import Iterable

from textual.geometry import Size

from interviewkit.tui.content import Content


def hang(head: Content, body: Content, width: int) -> Content:
    """``head`` before the first line of ``body``, as much blank before the others.

    ``width`` is that of the whole in cells; without one yet, nothing is wrapped.
    """
    room = width - head.cell_length
    fits = body.cell_length <= room and "\n" not in body.plain  # most notes do; wrapping is slow
    if room < 8 or fits:
        return Content.assemble(head, body)
    lines = body.wrap(room)
    blank = Content("\n" + " " * head.cell_length)
    return Content.assemble(head, blank.join(lines))


def fills(content: Content, size: Size) -> bool:
    """Whether the content takes exactly the lines of ``size``, so that nothing around it moves."""
    return size.width > 0 and len(content.wrap(size.width)) == size.height


def flow_content(parts: Iterable[Content], width: int) -> Content:
    """The parts with two blanks between them, on as many lines as they need; none is broken."""
    lines: list[Content] = []
    for piece in parts:
        if lines and lines[-1].cell_length + 2 + piece.cell_length <= width:
            lines[-1] = Content("  ").join([lines[-1], piece])
        else:
            lines.append(piece)
    return Content("\n").join(lines)


def time_bar(used: float, width: int, style: str) -> Content:
    """A bar of ``width`` cells, heavy for the share that is ``used``; more than all fills it."""
    heavy = max(0, min(width, round(used * width)))
    return Content.assemble(("━" * heavy, style), ("─" * (width - heavy), "$primary"))
