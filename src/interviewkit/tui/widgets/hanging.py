"""Text with a hanging indent, which a terminal's own wrapping does not give."""

from textual.content import Content


def hang(head: Content, body: Content, width: int) -> Content:
    """``head`` before the first line of ``body``, as much blank before the others.

    ``width`` is that of the whole in cells; without one yet, nothing is wrapped.
    """
    room = width - head.cell_length
    if room < 8:
        return Content.assemble(head, body)
    lines = body.wrap(room)
    blank = Content("\n" + " " * head.cell_length)
    return Content.assemble(head, blank.join(lines))
