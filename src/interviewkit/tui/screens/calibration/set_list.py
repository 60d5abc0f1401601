"""The sets of written answers: to rate them, to give ratings back, to see what a panel gave."""

from pathlib import Path
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from interviewkit.comparison.calibration_sentences import summary_blocks
from interviewkit.errors import InterviewKitError
from interviewkit.interview.calibration import CalibrationSet
from interviewkit.interview.people import Person
from interviewkit.settings import typed_path
from interviewkit.storage.calibrations import SetStanding
from interviewkit.storage.store import Store
from interviewkit.tui.content import Content
from interviewkit.tui.screens.calibration.rate_answers import RateAnswersScreen
from interviewkit.tui.screens.dialogs import Confirm, TextDialog
from interviewkit.tui.screens.people import OneLine
from interviewkit.tui.widgets.key_line import Keys
from interviewkit.tui.widgets.sentence_blocks import blocks_content

if TYPE_CHECKING:
    from interviewkit.interview.people import NamedRecord
    from interviewkit.storage.import_joins import JoinQuestion

HELP = """
# Calibration

Several interviewers rate the same written answers, each alone. **Enter** rates the set under the
cursor, or goes on where you stopped; once you have handed in, it shows the panel without names.
For the trainer who made the set it shows who gave what.

**i** takes in a file: the answers your trainer handed out, or, as the trainer, the ratings that
came back. **w** writes the ratings you handed in to a file for your trainer.

**n** makes a set out of practice files and writes the file to hand out, without the expert's
ratings.
"""
NOTHING = """There are no written answers to rate yet.

If your trainer sent you a file, press i and give its path. To make a set for others, press n."""


class CalibrationsScreen(Screen[None]):
    """Lists the sets, the newest first; ``rates``: the set to rate at once."""

    CSS_PATH = "calibration.tcss"
    HELP = HELP
    BINDINGS = [
        Binding("enter", "open_set", "Open", id="calibrations.open"),
        Binding("n", "new_set", "Make a set", id="calibrations.new"),
        Binding("i", "take_in", "Take in a file", id="calibrations.take_in"),
        Binding("w", "write", "Write my ratings", id="calibrations.write"),
        Binding("escape,q", "home", "Home", id="calibrations.home"),
    ]

    def __init__(self, store: Store, person: Person, rates: CalibrationSet | None = None) -> None:
        super().__init__()
        self._store, self._person, self._rates = store, person, rates
        self._refused = ""  # a path that could not be read is there again to be corrected
        self._standings = store.seen_by(person).calibrations().standings()

    def compose(self) -> ComposeResult:
        """The list, or a hint when it is empty."""
        yield Static("Calibration", id="heading", classes="title")
        yield OptionList(id="sets", compact=True)
        yield Static(Content(NOTHING), id="nothing")
        yield Keys()

    def on_mount(self) -> None:
        """Show the list; where a set is to be rated at once, its first answer."""
        self._refresh()
        self.query_one("#sets").focus()
        if self._rates is not None:
            self.call_later(self._rate, self._rates)

    def _refresh(self) -> None:
        self._standings = self._store.seen_by(self._person).calibrations().standings()
        sets = self.query_one("#sets", OptionList)
        index = sets.highlighted or 0
        sets.set_options(map(_option, self._standings))
        sets.highlighted = min(index, len(self._standings) - 1) if self._standings else None
        self.query_one("#nothing").display = not self._standings
        self.set_class(not self._standings, "-empty")

    def _standing(self) -> SetStanding | None:
        option = self.query_one("#sets", OptionList).highlighted_option
        return next(
            (item for item in self._standings if option and item.calibration_set.id == option.id),
            None,
        )

    @on(OptionList.OptionSelected, "#sets")
    def action_open_set(self) -> None:
        """Rate the set under the cursor, or show what there is to see of it."""
        standing = self._standing()
        if standing is None:
            return
        if standing.is_trainer:
            from interviewkit.tui.screens.calibration.panel import CalibrationPanelScreen

            self.app.push_screen(
                CalibrationPanelScreen(self._store, self._person, standing.calibration_set),
                lambda rates: self._back_from_panel(standing.calibration_set, rates=bool(rates)),
            )
        elif standing.own is not None and standing.own.submitted_at:
            self._show_summary(standing.calibration_set)
        else:
            self._rate(standing.calibration_set)

    def _back_from_panel(self, calibration_set: CalibrationSet, *, rates: bool) -> None:
        self._refresh()
        if rates:
            calibrations = self._store.seen_by(self._person).calibrations()
            self._rate(calibrations.calibration_set(calibration_set.id))  # a round may be new

    def _rate(self, calibration_set: CalibrationSet) -> None:
        try:
            screen = RateAnswersScreen(self._store, self._person, calibration_set)
        except InterviewKitError as error:
            self.notify(str(error), severity="error", timeout=12)
            return
        self.app.clear_notifications()  # which would cover the answer and the first anchors
        self.app.push_screen(screen, lambda done: self._rated(calibration_set, done=bool(done)))

    def _rated(self, calibration_set: CalibrationSet, *, done: bool) -> None:
        self._refresh()
        is_trainer = self._store.seen_by(self._person).calibrations().is_trainer(calibration_set)
        if done and not is_trainer:
            self._write_ratings(calibration_set)

    def _show_summary(self, calibration_set: CalibrationSet) -> None:
        calibrations = self._store.seen_by(self._person).calibrations()
        try:
            blocks = summary_blocks(calibrations.summary(calibration_set))
        except InterviewKitError as error:
            self.notify(str(error), severity="error", timeout=12)
            return
        self.app.push_screen(
            TextDialog(f"The panel · {calibration_set.title}", blocks_content(blocks))
        )

    def action_write(self) -> None:
        """Write the ratings of the set under the cursor to a file."""
        standing = self._standing()
        if standing is not None:
            self._write_ratings(standing.calibration_set)

    @work
    async def _write_ratings(self, calibration_set: CalibrationSet) -> None:
        from interviewkit.workflows.calibration_files import (
            suggested_ratings_path,
            write_own_ratings,
        )

        suggestion = suggested_ratings_path(calibration_set, self._person)
        title = f"Your ratings, as a file for {calibration_set.trainer.name}"
        path = await self.app.push_screen_wait(OneLine(title, "File", str(suggestion)))
        if not path:
            return
        try:
            write_own_ratings(self._store, self._person, calibration_set.id, typed_path(path))
        except InterviewKitError as error:
            self.notify(str(error), severity="error", timeout=12)
            return
        self.notify(f"Wrote {path}. Send it to {calibration_set.trainer.name}.", timeout=12)

    def action_new_set(self) -> None:
        """Make a set out of practice files."""
        from interviewkit.tui.screens.calibration.new_set import NewSetScreen

        def show(sentence: str | None) -> None:
            if sentence:
                self.notify(sentence, timeout=12)
                self._refresh()

        self.app.push_screen(NewSetScreen(self._store, self._person), show)

    @work
    async def action_take_in(self) -> None:
        """Take in a file: a set that was handed out, or ratings that came back."""
        path = await self.app.push_screen_wait(OneLine("Take in a file", "File", self._refused))
        if not path:
            return
        self._refused = path
        try:
            said = await self._taken_in(typed_path(path))
        except InterviewKitError as error:
            self.notify(str(error), severity="error", timeout=12)
            return
        self._refused = ""
        self.notify(said, timeout=8)
        self._refresh()

    async def _taken_in(self, path: Path) -> str:
        """Take a file in, after asking who in it is whom in the records."""
        from interviewkit.storage.import_joins import JoinAnswers, OpenJoinsError
        from interviewkit.workflows.calibration_files import take_in_file

        try:
            return take_in_file(self._store, path)
        except OpenJoinsError as error:
            questions = error.questions
        same = {
            question.offered.id: record.id
            for question in questions
            if (record := await self._same_as(question)) is not None
        }
        return take_in_file(self._store, path, JoinAnswers(same, apart=True))

    async def _same_as(self, question: "JoinQuestion") -> "NamedRecord | None":
        """Whom of the records the person of a file is, one asked about after the other."""
        offered = question.offered
        for record in question.known:
            words = (
                f"The file names {offered.name}. Your records know {record.label} "
                f"({self._store.registry().describe(record)})."
            )
            dialog = Confirm("Is this the same person?", words, "The same", "Somebody else")
            if await self.app.push_screen_wait(dialog):
                return record
        return None

    def action_home(self) -> None:
        """Go back."""
        self.dismiss()


def _option(standing: SetStanding) -> Option:
    item = standing.calibration_set
    line = Content.assemble(
        (item.title, "bold"),
        f" · round {item.round} · {standing.words}",
        (f" · by {item.trainer.name}", "$muted"),
    )
    return Option(line, id=item.id)
