"""The questions of the kit as a column: what is done, what is open, and where the minutes went.

A click on a row goes there.

    ━━━━━━━━━━━━━━━────────────────
    ✓  1 Needs before selling  4   6/6      rated
    ▸  2 Customer voice           3/5      the question at hand
    ○  3 Service recovery          4/6      notes, no rating
       4 Keeping and growing    may go     its competency is heard elsewhere
"""

from collections.abc import Callable, Sequence

from textual.style import Style
from textual.widgets import Static

from interviewkit.interview.records import CLOSING, OPENING
from interviewkit.interview.timetable import PageState, TimetableRow
from interviewkit.tui.content import Content
from interviewkit.tui.widgets.text_layout import hang, time_bar

SIGNS = {
    PageState.RATED: ("✓", "$text-success"),
    PageState.NOT_ASSESSED: ("–", "$muted"),
    PageState.SKIPPED: ("×", "$muted"),
    PageState.HEARD: ("○", "$text-warning"),
    PageState.AHEAD: (" ", ""),
}
PAGE_TITLES = {OPENING: "Opening", CLOSING: "Closing"}
MINUTES = 6  # cells for minutes used and planned, and for "may go"
LEGEND = "✓ rated  ○ no rating  – not assessed  × skipped"
CompetencyNames = Callable[[str], str]


class HourRail(Static):
    """Shows what it was told last; drawn again only where that differs."""

    auto_links = False  # what can be clicked keeps its own colours

    def __init__(self, competency_name: CompetencyNames) -> None:
        super().__init__(id="rail")
        self.border_title = " Questions "
        self.name_of = competency_name
        self._rows: Sequence[TimetableRow] = ()
        self._used, self._pace = 0.0, ""
        self._drawn: object = None

    def show(self, rows: Sequence[TimetableRow], used: float, pace: str) -> None:
        """``used`` is the share of the whole time, ``pace`` a sentence where time is short."""
        self._rows, self._used, self._pace = rows, used, pace
        self._draw()

    def on_resize(self) -> None:
        """More or fewer rows."""
        self._drawn = None
        self._draw()

    def _draw(self) -> None:
        width, height = self.content_size
        if width <= 0 or not self._rows:
            return
        rows = [(row, int(row.used // 60)) for row in self._rows]
        state = [(row._replace(used=0), minutes) for row, minutes in rows]
        picture = (state, int(self._used * width), self._pace, width, height)
        if picture == self._drawn:
            return
        self._drawn = picture
        style = "$text-warning" if self._pace else "$text-accent"
        foot = [hang(Content(""), Content.styled(self._pace, "$text-warning"), width)]
        foot = foot if self._pace else []
        room = height - 1 - sum(str(line).count("\n") + 2 for line in foot)
        lines = [time_bar(self._used, width, style)]
        lines += [row_line(row, self.name_of, width) for row in around_current(self._rows, room)]
        for sentence in foot:
            lines += [Content(""), sentence]
        self.update(Content("\n").join(lines), layout=False)  # what is left is its height


def around_current(rows: Sequence[TimetableRow], room: int) -> Sequence[TimetableRow]:
    """As many rows as there is room for, the current one among them."""
    if len(rows) <= room:
        return rows
    current = next((index for index, row in enumerate(rows) if row.is_current), 0)
    start = max(0, min(current - room // 2, len(rows) - room))
    return rows[start : start + max(1, room)]


def row_line(row: TimetableRow, competency_name: CompetencyNames, width: int) -> Content:
    """A row as wide as ``width``: where, state, number, name, rating, minutes."""
    sign, style = SIGNS[row.state]
    if row.is_current:
        head = Content.styled("▸", "bold $text-accent")
    else:
        head = Content.styled(sign, style)
    position = f"{row.position:>3} " if row.position else "    "
    name = competency_name(row.competency) if row.competency else PAGE_TITLES[row.page]
    rating = "" if row.rating is None else str(row.rating)
    minutes = f"{int(row.used // 60)}/{row.planned:g}" if row.planned else ""
    tail = Content.assemble(
        (f" {rating:>1}", "bold"),
        (f" {'may go' if row.may_go else minutes:>{MINUTES}}", "$muted"),
    )
    title = Content.styled(name, "bold" if row.is_current else "")
    title = title.truncate(max(1, width - 5 - tail.cell_length), ellipsis=True, pad=True)
    line = Content.assemble(head, (position, "bold"), title, tail)
    if row.state is PageState.SKIPPED:
        line = line.stylize("$muted")
    return line.stylize(Style.from_meta({"@click": f"screen.open('{row.page}')"}))
