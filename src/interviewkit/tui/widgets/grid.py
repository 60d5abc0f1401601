"""A table that is drawn line by line, so that it is as fast with ten thousand rows as with ten.

Rows are asked for when they come into sight and remembered as they were drawn. A step of the cursor
draws two lines and the sign column again; a table of widgets or of rich cells would draw them all.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from interviewkit.tui.content import Content
from interviewkit.visible_text import visible_line

HEAD_LINES = 3
GAP = 1  # blank cells behind each column
TONES = ("muted", "strong", "high", "low", "accent", "warning")
Cell = tuple[tuple[str, str], ...]  # (text, tone) parts; a tone is one of TONES or empty


@dataclass(frozen=True, slots=True)
class Head:
    """A column: its head, at most HEAD_LINES lines of at most ``width`` cells."""

    lines: tuple[str, ...]
    width: int


class Grid(ScrollView, can_focus=True):
    """Rows by columns with a cursor on one cell. The first column stays where it is.

    Before the first column stands a sign for each row, asked for at every step of the cursor.
    """

    ALLOW_SELECT = False  # a drag over the table would leave marks that mean nothing
    COMPONENT_CLASSES = {
        "grid--head",
        "grid--cursor-row",
        "grid--cursor",
        *(f"grid--{tone}" for tone in TONES),
    }
    BINDINGS = [
        Binding("up", "move(-1, 0)", "Up", id="table.up", show=False),
        Binding("down", "move(1, 0)", "Down", id="table.down", show=False),
        Binding("left", "move(0, -1)", "Left", id="table.left", show=False),
        Binding("right", "move(0, 1)", "Right", id="table.right", show=False),
        Binding("pageup", "page(-1)", "A page up", id="table.page_up", show=False),
        Binding("pagedown", "page(1)", "A page down", id="table.page_down", show=False),
        Binding("home", "to_column(0)", "First column", id="table.home", show=False),
        Binding("end", "to_column(-1)", "Last column", id="table.end", show=False),
        Binding("ctrl+home", "to_row(0)", "First row", id="table.first", show=False),
        Binding("ctrl+end", "to_row(-1)", "Last row", id="table.last", show=False),
        Binding("enter", "open", "Open", id="table.open", show=False),
    ]

    @dataclass
    class Moved(Message):
        """The cursor stands on another cell, or the same cell holds something else."""

        row: int
        column: int

    @dataclass
    class Opened(Message):
        """Enter, or a second click, on the cell under the cursor."""

        row: int
        column: int

    @dataclass
    class HeadPressed(Message):
        """A click on the head of a column."""

        column: int

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self._heads: tuple[Head, ...] = ()
        self._count = 0
        self._row: Callable[[int], Sequence[Cell]] = lambda _: ()
        self._sign: Callable[[int], tuple[str, str]] = lambda _: (" ", "")
        self._starts: tuple[int, ...] = ()
        self._drawn: dict[int, Strip] = {}
        self._painted: dict[tuple[int, bool, str, int, int], Strip] = {}
        self._tones: dict[str, Style] = {}
        self._styles: dict[str, Style] = {}
        self.row = 0
        self.column = 0

    def show(
        self,
        heads: Sequence[Head],
        count: int,
        row: Callable[[int], Sequence[Cell]],
        sign: Callable[[int], tuple[str, str]] = lambda _: (" ", ""),
    ) -> None:
        """Show ``count`` rows; ``row`` gives one's cells, ``sign`` (a character, a tone).

        The cursor keeps its place as far as there is one; :meth:`move_to` says where it goes.
        """
        self._heads, self._count, self._row, self._sign = tuple(heads), count, row, sign
        starts, x = [], 1
        for head in heads:
            starts.append(x)
            x += head.width + GAP
        self._starts = tuple(starts)
        self._forget()
        self.virtual_size = Size(x, HEAD_LINES + count)
        self.row = max(0, min(self.row, count - 1))
        self.column = max(0, min(self.column, len(self._heads) - 1))
        self.refresh()

    def move_to(self, row: int, column: int) -> None:
        """Put the cursor on a cell, into sight, and tell."""
        if not self._count:
            return
        row_before, self.row = self.row, max(0, min(self._count - 1, row))
        self.column = max(0, min(len(self._heads) - 1, column))
        self._into_sight()
        if row_before == self.row:
            self.refresh(self._line(self.row))
        else:
            signs = Region(0, HEAD_LINES, 1, self._room.height)
            self.refresh(self._line(row_before), self._line(self.row), signs)
        self.post_message(self.Moved(self.row, self.column))

    # What keys and the mouse do

    def action_move(self, down: int, right: int) -> None:
        """Move the cursor one step."""
        self.move_to(self.row + down, self.column + right)

    def action_page(self, step: int) -> None:
        """As many rows as are in sight."""
        self.move_to(self.row + step * max(1, self._in_sight - 1), self.column)

    def action_to_column(self, column: int) -> None:
        """To the first column, or with -1 to the last."""
        self.move_to(self.row, column if column >= 0 else len(self._heads) - 1)

    def action_to_row(self, row: int) -> None:
        """To the first row, or with -1 to the last."""
        self.move_to(row if row >= 0 else self._count - 1, self.column)

    def action_open(self) -> None:
        """Open what the cell stands for."""
        if self._count:
            self.post_message(self.Opened(self.row, self.column))

    def on_click(self, event: events.Click) -> None:
        """A click goes to a cell, on the cell under the cursor opens it, on a head tells."""
        column = self._column_at(event.x)
        row = event.y - HEAD_LINES + self.scroll_offset.y
        if column is None or row >= self._count:
            return
        if event.y < HEAD_LINES:
            self.post_message(self.HeadPressed(column))
        elif (row, column) == (self.row, self.column):
            self.action_open()
        else:
            self.move_to(row, column)

    # Drawing

    def render_line(self, y: int) -> Strip:
        """A line of the head, a row, or a blank."""
        width, offset = self._room.width, self.scroll_offset.x
        row = y - HEAD_LINES + self.scroll_offset.y if y >= HEAD_LINES else y - HEAD_LINES
        if row >= self._count:
            return Strip.blank(width, self.rich_style)
        is_current = row == self.row and self.has_focus
        sign, tone = self._sign(row) if row >= 0 else ("", "")
        key = (row, is_current, sign, offset, width)
        if is_current or key not in self._painted:
            line = (
                self._head(y, width)
                if row < 0
                else self._body(row, is_current, (sign, tone), width)
            )
            self._painted[key] = line
        return self._painted[key]

    def _head(self, y: int, width: int) -> Strip:
        style = self._style("grid--head")
        line = self._placed(self._head_line(y), width, style)
        return self._with_more(line, width, style) if y == 0 else line

    def _body(self, row: int, is_current: bool, sign: tuple[str, str], width: int) -> Strip:
        base = self._row_style(is_current)
        if is_current:
            strip = self._draw(row, is_current)
        elif row in self._drawn:
            strip = self._drawn[row]
        else:
            strip = self._drawn[row] = self._draw(row, is_current)
        strip = Strip([Segment(sign[0], base + self._tone(sign[1])), *strip])
        return self._placed(strip, width, base)

    def notify_style_update(self) -> None:
        """Another theme: colours are part of what is remembered."""
        self._forget()
        super().notify_style_update()

    def on_focus(self) -> None:
        """Show the cursor."""
        self.refresh()

    def on_blur(self) -> None:
        """Hide the cursor."""
        self.refresh()

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self._painted.clear()
        self._into_sight()

    @property
    def _room(self) -> Size:
        """The size without the scrollbars."""
        return self.scrollable_content_region.size

    @property
    def _in_sight(self) -> int:
        return max(1, self._room.height - HEAD_LINES)

    @property
    def _fixed(self) -> int:
        return self._starts[1] if len(self._starts) > 1 else self.virtual_size.width

    def _into_sight(self) -> None:
        if not self._heads or not self._room.height:
            return
        top, offset = self.scroll_offset.y, self.scroll_offset.x
        top = max(min(top, self.row), self.row - self._in_sight + 1)
        if self.column:
            first_column, last_column = self._columns(offset)
            room = self._room.width - self._fixed
            while last_column < self.column and offset < self._starts[self.column] - self._fixed:
                first_column += 1
                offset = self._starts[first_column] - self._fixed
                last_column = self._last(first_column, room)
            offset = min(offset, self._starts[self.column] - self._fixed)
        if (offset, top) != (self.scroll_offset.x, self.scroll_offset.y):
            self.scroll_to(offset, top, animate=False, force=True)

    def _line(self, row: int) -> Region:
        return Region(0, row - self.scroll_offset.y + HEAD_LINES, self._room.width, 1)

    def _columns(self, offset: int) -> tuple[int, int]:
        """The first and the last column that are shown whole, the first of all left out."""
        first_column = next(
            (at for at, x in enumerate(self._starts) if at and x - self._fixed >= offset),
            len(self._starts) - 1,
        )
        return first_column, self._last(first_column, self._room.width - self._fixed)

    def _last(self, first_column: int, room: int) -> int:
        last_column = first_column
        for at in range(first_column, len(self._heads)):
            if self._starts[at] + self._heads[at].width - self._starts[first_column] <= room:
                last_column = at
        return last_column

    def _column_at(self, x: int) -> int | None:
        if x >= self._fixed and len(self._starts) > 1:
            x += self._starts[self._columns(self.scroll_offset.x)[0]] - self._fixed
        for column, start in enumerate(self._starts):
            if start <= x < start + self._heads[column].width + GAP:
                return column
        return None

    def _placed(self, strip: Strip, width: int, base: Style) -> Strip:
        """The first column where it is, then whole columns: a number cut short would be another."""
        if len(self._starts) < 2:
            return strip.crop(0, width).adjust_cell_length(width, base)
        first_column, last_column = self._columns(self.scroll_offset.x)
        end = self._starts[last_column] + self._heads[last_column].width
        parts = [strip.crop(0, self._fixed), strip.crop(self._starts[first_column], end)]
        return Strip.join(parts).crop(0, width).adjust_cell_length(width, base)

    def _head_line(self, y: int) -> Strip:
        style = self._style("grid--head")
        parts = [Segment(" ", style)]
        for head in self._heads:
            head_text = (*[""] * (HEAD_LINES - len(head.lines)), *head.lines)[y]
            parts.append(Segment(fit_to_width(head_text, head.width) + " " * GAP, style))
        return Strip(parts)

    def _with_more(self, line: Strip, width: int, style: Style) -> Strip:
        """Says, at the right end of the head, how many columns are out of sight."""
        if len(self._starts) < 2:
            return line
        first_column, last_column = self._columns(self.scroll_offset.x)
        hidden_left, hidden_right = first_column - 1, len(self._heads) - 1 - last_column
        text = f"‹{hidden_left} " if hidden_left else ""
        text += f"{hidden_right}›" if hidden_right else ""
        return Strip.join([line.crop(0, width - len(text)), Strip([Segment(text, style)])])

    def _draw(self, row: int, is_current: bool) -> Strip:
        base, parts = self._row_style(is_current), []
        cursor = self._style("grid--cursor") if is_current else base
        for column, (head, cell) in enumerate(zip(self._heads, self._row(row), strict=True)):
            at, room = is_current and column == self.column, head.width
            for raw, tone in cell:
                text = visible_line(raw)
                cells = min(room, cell_len(text))
                cell_text = fit_to_width(text, cells)
                room -= cells
                parts.append(Segment(cell_text, cursor if at else base + self._tone(tone)))
            parts.append(Segment(" " * room, cursor if at else base))
            parts.append(Segment(" " * GAP, base))
        return Strip(parts)

    def _row_style(self, is_current: bool) -> Style:
        return self._style("grid--cursor-row") if is_current else self.rich_style

    def _style(self, name: str) -> Style:
        if name not in self._styles:
            self._styles[name] = self.get_component_rich_style(name)
        return self._styles[name]

    def _tone(self, tone: str) -> Style:
        """Only the letters' colour and weight: what lies behind them is the row's."""
        if not tone:
            return Style()
        if tone not in self._tones:
            style = self.get_component_rich_style(f"grid--{tone}")
            self._tones[tone] = Style(color=style.color, bold=style.bold or None)
        return self._tones[tone]

    def _forget(self) -> None:
        self._drawn.clear()
        self._painted.clear()
        self._tones.clear()
        self._styles.clear()


def fit_to_width(text: str, width: int) -> str:
    """``text`` in exactly ``width`` cells, cut with an ellipsis or padded.

    One line whatever is in it: a control character would move the terminal's own cursor, and one
    that turns the direction of writing would turn the rest of the row with it.
    """
    if text.isascii() and text.isprintable() and len(text) <= width:
        return text.ljust(width)  # nearly always, and a tenth of the time
    return Content(visible_line(text)).truncate(max(0, width), ellipsis=True, pad=True).plain
