"""What a panel gave the same written answers, for the trainer who made the set, and nobody else."""

from pathlib import Path

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from interviewkit.comparison.calibration import RoundStatistics
from interviewkit.comparison.calibration_sentences import trainer_blocks
from interviewkit.comparison.calibration_table import (
    ANSWER_HEADS,
    PEOPLE_HEADS,
    answer_cells,
    person_cells,
)
from interviewkit.errors import InterviewKitError
from interviewkit.interview.calibration import CalibrationSet
from interviewkit.interview.people import Person
from interviewkit.settings import typed_path
from interviewkit.storage.store import Store
from interviewkit.tui.content import Content
from interviewkit.tui.screens.people import OneLine
from interviewkit.tui.widgets.key_line import Keys
from interviewkit.tui.widgets.sentence_blocks import aligned_rows, blocks_content

HELP = """
# A panel's calibration

How each person rated the same written answers, the last round first. **Exact** are ratings that
are the expert's, **Distance** is the mean distance from the expert in points, **Leniency** how much
higher (or, with a minus, lower) the person rates. **Spread** is how far ratings lie around their
mean, **Halo** how far they lie apart within one candidate: each beside the expert's. A dash means
too few to tell.

**x** writes a workbook, **n** opens another round, after a training, and writes the file to hand
out again. **r** rates the set yourself. Talk with each person alone.
"""


class CalibrationPanelScreen(Screen[bool]):
    """One set; ends with whether its trainer wants to rate it, too."""

    CSS_PATH = "calibration.tcss"
    HELP = HELP
    BINDINGS = [
        Binding("x", "workbook", "Workbook", id="calibration_panel.workbook"),
        Binding("n", "open_round", "Next round", id="calibration_panel.round"),
        Binding("r", "rate", "Rate it yourself", id="calibration_panel.rate"),
        Binding("escape,f9", "leave", "Back", id="calibration_panel.leave"),
    ]

    def __init__(self, store: Store, person: Person, calibration_set: CalibrationSet) -> None:
        """BlockedError for anyone but the trainer who made the set."""
        super().__init__()
        self._store, self._person = store, person
        self._set = calibration_set
        calibrations = store.seen_by(person).calibrations()
        self._statistics = calibrations.statistics(calibration_set)
        self._key = calibrations.key(calibration_set)

    def compose(self) -> ComposeResult:
        """One page to read."""
        yield Static(self._title(), id="heading", classes="title")
        with VerticalScroll(id="panel"):
            yield Static(self._page())
        yield Keys()

    def on_mount(self) -> None:
        """The arrows scroll, and nothing covers what a panel gave."""
        self.query_one(VerticalScroll).focus()
        if self._statistics.rounds:
            self.app.clear_notifications()  # which would cover the table

    def _title(self) -> Content:
        count = len(self._set.answers)
        return Content(
            f"Calibration · {self._set.title} · round {self._set.round} · {count} answers"
        )

    def _page(self) -> Content:
        tables = [self._tables(item) for item in reversed(self._statistics.rounds)]
        sentences = blocks_content(trainer_blocks(self._statistics, self._key))
        return Content("\n\n").join([*tables[:1], sentences, *tables[1:]])

    def _tables(self, item: RoundStatistics) -> Content:
        answers = {answer.id: answer for answer in self._set.answers}
        people = [PEOPLE_HEADS, *map(person_cells, item.people)]
        rated = [ANSWER_HEADS, *(answer_cells(answers[a.answer], a) for a in item.answers)]
        head = Content.styled(f"Round {item.round}", "bold $text-accent")
        return Content("\n\n").join([head, aligned_rows(people), aligned_rows(rated)])

    @work
    async def action_workbook(self) -> None:
        """Write the workbook, which names people."""
        from interviewkit.export.workbook.calibration import write_calibration

        path = await self._path("Workbook", ".xlsx")
        if path is None:
            return
        try:
            write_calibration(path, self._statistics, self._key, self._store.path)
        except InterviewKitError as error:
            self.notify(str(error), severity="error", timeout=12)
            return
        self.notify(f"Wrote {path}. It names people: keep it to yourself.", timeout=12)

    @work
    async def action_open_round(self) -> None:
        """Open another round and write its file."""
        from interviewkit.tui.screens.dialogs import Confirm
        from interviewkit.workflows.calibration_files import open_next_round

        question = (
            f"Everybody rates the same answers again, as after a training. Round {self._set.round} "
            "stays as it is; anyone who takes the new file in rates only the new round."
        )
        title = f"Open round {self._set.round + 1}?"
        if not await self.app.push_screen_wait(Confirm(title, question, "Open it", "Not now")):
            return
        path = await self._path("The file to hand out", f"-round-{self._set.round + 1}.jsonl")
        if path is None:
            return
        try:
            self._set = open_next_round(self._store, self._person, self._set, path)
        except InterviewKitError as error:
            self.notify(str(error), severity="error", timeout=12)
            return
        self.query_one("#heading", Static).update(self._title())
        self.notify(f"Wrote {path}: round {self._set.round} of {self._set.title}.", timeout=12)

    async def _path(self, title: str, ending: str) -> Path | None:
        from interviewkit.workflows.calibration_files import suggested_path

        suggestion = suggested_path(self._set.title, ending)
        text = await self.app.push_screen_wait(OneLine(title, "File", str(suggestion)))
        return typed_path(text) if text else None

    def action_rate(self) -> None:
        """Go and rate it."""
        self.dismiss(True)

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss(False)
