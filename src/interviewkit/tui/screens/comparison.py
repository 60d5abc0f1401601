"""Candidates by competencies, and behind each value the answers it rests on."""

import os
from pathlib import Path

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.coordinate import Coordinate
from textual.screen import Screen
from textual.widgets import DataTable, Footer, Static

from interviewkit.comparison.comparing import Compared, Comparison
from interviewkit.comparison.kits import Weighed
from interviewkit.comparison.means import percent, shown
from interviewkit.errors import InterviewKitError
from interviewkit.interview.records import Role
from interviewkit.storage.store import Store
from interviewkit.tui.screens.sheet import AskPath, Sheet
from interviewkit.tui.widgets.written import scorecard_text

HELP = """
# Comparison

`4.3 ×3` is the mean over three interviewers; each counts once, however many questions they asked.
A dash was not assessed, which is not zero. **Overall** is the mean of the competencies by their
weights; **covered** says how much of the weight was assessed at all.

Move over the values with the arrows; below stands who rated what. **Enter** shows the answers
behind a value: question, rating, notes, probes and what they brought. **x** writes the workbook.

Candidates you are still interviewing yourself are withheld until you have submitted.
"""
HEAD_WIDTH = 10


class ComparisonScreen(Screen[None]):
    """One role, as one person may see it."""

    HELP = HELP
    BINDINGS = [
        Binding("escape,f9", "app.pop_screen", "Home", id="comparison.home"),
        Binding("x", "workbook", "Excel workbook", id="comparison.workbook"),
    ]

    def __init__(self, store: Store, role: Role, viewer: str) -> None:
        super().__init__()
        self._store = store
        self._role = role
        self._viewer = viewer
        self._comparison: Comparison = store.comparison(role, viewer)

    def compose(self) -> ComposeResult:
        """The table, what is behind its cursor, and what is worth talking about."""
        yield Static(Content(f"Comparison · {self._role.title}"), id="heading", classes="title")
        yield DataTable(id="table", fixed_columns=1, header_height=3, cell_padding=1)
        yield Static(id="detail")
        with VerticalScroll(id="remarks"):
            yield Static(self._remarks())
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Fill the table."""
        table, comparison = self.query_one(DataTable), self._comparison
        longest = max((len(item.name) for item in comparison.candidates), default=0)
        table.add_column("\n\nCandidate", key="candidate", width=min(24, max(9, longest)))
        table.add_column("\n\nOverall", key="overall")
        table.add_column("\n\nCovered", key="covered")
        for competency in comparison.competencies:
            table.add_column(Text(_head(competency.name, competency.weight)), key=competency.id)
        for candidate in comparison.candidates:
            cells = [self._cell(candidate, item.id) for item in comparison.competencies]
            overall = Content.styled(shown(candidate.overall), "bold")
            table.add_row(
                Content(candidate.name),
                overall,
                percent(candidate.coverage),
                *cells,
                key=candidate.id,
            )
        if comparison.candidates:
            table.focus()
        else:
            table.display = False

    @staticmethod
    def _cell(candidate: Compared, competency: str) -> Content:
        cell = candidate.cells[competency]
        if cell.mean is None:
            return Content.styled("–", "$muted")
        return Content.assemble(shown(cell.mean), (f" ×{cell.n}", "$muted"))

    def _remarks(self) -> Content:
        comparison = self._comparison
        lines: list[Content] = []
        if not comparison.candidates:
            lines.append(Content("No scorecard that you may see has been submitted here yet."))
        for spread in comparison.talk_about:
            who = ", ".join(f"{name} {points:g}" for name, points in spread.by_interviewer.items())
            lines.append(
                Content.assemble(
                    ("Worth talking about: ", "bold $text-accent"),
                    f"{spread.candidate}, {spread.question or spread.ask}: {who}",
                )
            )
        lines += [
            Content(f"{item.name}: withheld until you have submitted your own scorecard.")
            for item in comparison.withheld
        ]
        lines += [Content.styled(warning, "$muted") for warning in comparison.warnings]
        return Content("\n").join(lines)

    @on(DataTable.CellHighlighted)
    def _show(self, event: DataTable.CellHighlighted) -> None:
        self.query_one("#detail", Static).update(self._detail(event.coordinate))

    def _detail(self, at: Coordinate) -> Content:
        candidate = self._comparison.candidates[at.row]
        competency = self._competency(at)
        if competency is None:
            words = [
                f"{count} {word.words}"
                for word, count in candidate.recommendations.items()
                if count
            ]
            noun = "scorecard" if candidate.interviews == 1 else "scorecards"
            said = f"{candidate.interviews} {noun}; recommendations: {', '.join(words) or 'none'}"
            return Content.assemble((candidate.name, "bold"), f" · {said}")
        cell = candidate.cells[competency.id]
        head = (f"{candidate.name} · {competency.name}", "bold")
        if cell.mean is None:
            return Content.assemble(head, " · not assessed")
        who = ", ".join(f"{name} {score:g}" for name, score in cell.by_interviewer.items())
        probed = (
            f"probed {cell.probed}, new detail {cell.new_detail}" if cell.probed else "not probed"
        )
        return Content.assemble(head, f" · {shown(cell.mean)} from {who} · {probed}")

    def _competency(self, at: Coordinate) -> Weighed | None:
        index = at.column - 3
        return self._comparison.competencies[index] if index >= 0 else None

    @on(DataTable.CellSelected)
    def _open(self, event: DataTable.CellSelected) -> None:
        candidate = self._comparison.candidates[event.coordinate.row]
        competency = self._competency(event.coordinate)
        wanted = competency.id if competency else None
        try:
            cards = self._store.scorecards(self._role)
            hidden = self._store.sight(self._viewer).hidden
        except InterviewKitError as error:
            self.notify(str(error), severity="error", timeout=12)
            return
        parts = [
            scorecard_text(
                interview,
                [a for a in answers if wanted in (None, a.competency)],
                whole=wanted is None,
            )
            for interview, answers in cards
            if interview.candidate.id == candidate.id and interview.id not in hidden
        ]
        title = f"{candidate.name} · {competency.name}" if competency else candidate.name
        self.app.push_screen(Sheet(title, Content("\n\n").join(parts)))

    @work
    async def action_workbook(self) -> None:
        """Ask where, then write the workbook in a thread with a store of its own."""
        if not self._comparison.candidates:
            self.notify("There is nothing to write yet.")
            return
        name = "".join(c if c.isalnum() or c in " -_" else "-" for c in self._role.title)
        target = await self.app.push_screen_wait(
            AskPath("Excel workbook", str(Path.cwd() / f"{name} comparison.xlsx"))
        )
        if target:
            self.notify("Writing…", timeout=2)
            self._write(Path(os.path.expanduser(target)))  # noqa: PTH111 - leaves an unknown ~name

    @work(thread=True, exit_on_error=False)
    def _write(self, target: Path) -> None:
        from interviewkit.tui.workbook_of_role import write_role

        try:
            with self._store.another() as store:
                counts = write_role(store, self._role, self._viewer, target)
        except InterviewKitError as error:
            self.app.call_from_thread(self.notify, str(error), severity="error", timeout=12)
            return
        self.app.call_from_thread(self.notify, f"Wrote {target}: {counts}.", timeout=12)


def _head(name: str, weight: float) -> str:
    """A competency's name on three lines, the last of them nearest to the values."""
    lines = [""]
    for word in name.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > HEAD_WIDTH:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    if weight != 1:
        lines[-1] += f" (×{weight:g})"
    lines = [*lines[:2], " ".join(lines[2:])] if len(lines) > 3 else lines
    return "\n".join([""] * (3 - len(lines)) + lines)
