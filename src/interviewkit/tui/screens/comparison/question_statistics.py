"""What a bank's questions and probes have done over all submitted interviews, for its trainer."""

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from interviewkit.comparison.means import format_mean, percent
from interviewkit.comparison.question_statistics import QuestionUse, question_statistics
from interviewkit.interview.people import Person
from interviewkit.storage.store import Store
from interviewkit.tui.content import Content
from interviewkit.tui.widgets.grid import Cell, Grid, Head
from interviewkit.tui.widgets.key_line import Keys

HELP = """
# Question use

How each question of a bank did over all submitted interviews that you may see. **Spread** is a
standard deviation in points, **At ends** the share of ratings at either end of the scale, **With
rest** how a candidate's mean on the question agrees with the mean on all others, **New detail** the
share of probes that brought some. A dash means that there is too little data.

Below the table are remarks on the question under the cursor, and what its probes brought. **s**
sorts by a column, **b** goes to the next bank.
"""
HEADS = (
    Head(("Question",), 24),
    Head(("Asked",), 6),
    Head(("Rated",), 6),
    Head(("Mean",), 5),
    Head(("Spread",), 7),
    Head(("At", "ends"), 6),
    Head(("With", "rest"), 6),
    Head(("Agree-", "ment α"), 7),
    Head(("Minutes", "/ plan"), 10),
    Head(("New", "detail"), 7),
)


class QuestionUseScreen(Screen[None]):
    """One bank at a time, in the order of their ids."""

    CSS_PATH = "comparison.tcss"
    HELP = HELP
    BINDINGS = [
        Binding("escape,f9", "app.pop_screen", "Home", id="questions.back"),
        Binding("s", "sort", "Sort", id="questions.sort"),
        Binding("b", "bank", "Next bank", id="questions.bank"),
    ]

    def __init__(self, store: Store, viewer: Person) -> None:
        """The store has used a bank; of several texts of it the one used last comes first."""
        super().__init__()
        self._store, self._viewer = store, viewer
        self._texts = {bank: sha256 for sha256, bank, _ in store.banks_used()}
        self._ids = list(self._texts)
        self._at = 0
        self._sorted_by: int | None = 1  # what was asked most, not what never was
        self._read()

    def compose(self) -> ComposeResult:
        """The table, and what is behind its cursor."""
        yield Static(id="heading", classes="title")
        yield Grid(id="table")
        with VerticalScroll(id="question"):
            yield Static(id="text")
        yield Keys()

    def on_mount(self) -> None:
        """Fill the table."""
        self._show()
        self.query_one(Grid).focus()

    def _read(self) -> None:
        bank_id = self._ids[self._at]
        used = self._store.seen_by(self._viewer).bank_used(bank_id)
        texts = [*used.banks.values()] or [self._store.bank(self._texts[bank_id])]
        self._bank = texts[0]
        self._uses = question_statistics(self._bank, used)

    def _show(self) -> None:
        bank, column = self._bank, self._sorted_by
        self._order: Sequence[QuestionUse] = self._uses
        if column is not None:
            self._order = sorted(self._uses, key=lambda use: _sort_key(use, column))
        by = "" if column is None else f" · by {' '.join(HEADS[column].lines).lower()}"
        heading = f"Question use · {bank.title} · {len(self._uses)} questions{by}"
        self.query_one("#heading", Static).update(Content(heading))
        grid = self.query_one(Grid)
        grid.show(HEADS, len(self._order), lambda row: _cells(self._order[row]))
        grid.move_to(grid.row, grid.column)

    @on(Grid.Moved)
    def _show_use(self, event: Grid.Moved) -> None:
        self.query_one("#text", Static).update(_detail(self._order[event.row]))

    def action_sort(self) -> None:
        """By the column under the cursor, the highest first; again, in the bank's order."""
        self._sort(self.query_one(Grid).column)

    @on(Grid.HeadPressed)
    def _sort_by(self, event: Grid.HeadPressed) -> None:
        self._sort(event.column)

    def _sort(self, column: int) -> None:
        self._sorted_by = None if self._sorted_by == column else column
        self._show()

    def action_bank(self) -> None:
        """The next bank that was used."""
        if len(self._ids) == 1:
            self.notify("Only this bank has been used so far.", timeout=4)
            return
        self._at = (self._at + 1) % len(self._ids)
        self._read()
        self._show()


def _values(use: QuestionUse) -> tuple[float | None, ...]:
    """The numbers of a row, in the order of HEADS without the first."""
    return (
        use.asked,
        use.rated,
        use.mean,
        use.spread,
        use.at_ends,
        use.rest.value,
        use.agreement.value,
        use.minutes,
        use.new_detail,
    )


def _sort_key(use: QuestionUse, column: int) -> tuple[bool, float, str]:
    """Highest first, blanks last, equals in the bank's order; the first column by its letters."""
    if column == 0:
        return False, 0.0, use.question
    value = _values(use)[column - 1]
    return value is None, -(value or 0.0), ""


def _cells(use: QuestionUse) -> Sequence[Cell]:
    minutes = "–"
    if use.minutes is not None:
        planned = "" if use.planned is None else f" / {use.planned:.0f}"
        minutes = f"{use.minutes:.1f}{planned}"
    sign = ("! ", "warning") if use.remarks or any(p.remark for p in use.probes) else ("  ", "")
    texts = (
        str(use.asked),
        str(use.rated),
        format_mean(use.mean),
        format_mean(use.spread),
        "–" if use.at_ends is None else percent(use.at_ends),
        format_mean(use.rest.value, "0.01"),
        format_mean(use.agreement.value, "0.01"),
        minutes,
        "–" if use.new_detail is None else percent(use.new_detail),
    )
    cells: list[Cell] = [((text, "muted" if text == "–" else ""),) for text in texts]
    return [(sign, (use.question, "strong")), *cells]


def _detail(use: QuestionUse) -> Content:
    lines = [Content.styled(use.ask, "bold")]
    if use.is_gone:
        lines.append(Content.styled("no longer in the bank", "$text-warning"))
    lines += [Content.styled(f"! {remark}", "$text-warning") for remark in use.remarks]
    lines.append(Content(f"With the rest: {use.rest.words}. Agreement: {use.agreement.words}."))
    for probe in use.probes:
        brought = (
            f"asked {probe.asked}: new detail {probe.new_detail}, nothing new "
            f"{probe.nothing_new}, no answer {probe.no_answer}"
            f"{f', not noted {probe.not_noted}' if probe.not_noted else ''}"
        )
        remark = f" · {probe.remark}" if probe.remark else ""
        lines.append(
            Content.assemble(
                ("? ", "bold $text-accent"),
                (probe.ask, "italic"),
                f" · {brought if probe.asked else 'never asked'}",
                (remark, "$text-warning"),
            )
        )
    return Content("\n").join(lines)
