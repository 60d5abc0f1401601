"""Which scorecards to compare by: rounds, interviewers, comparable answers only."""

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Button, Label, Static

from interviewkit.comparison.ratings import Choice, Ratings
from interviewkit.interview.people import normalize_name
from interviewkit.tui.widgets.key_line import Keys
from interviewkit.tui.widgets.ticks import Ticks


class FilterScreen(ModalScreen[Choice | None]):
    """Ends with a choice, or None when it was left."""

    CSS_PATH = "comparison.tcss"
    BINDINGS = [
        Binding("escape", "leave", "Leave", id="filter.leave"),
        Binding("ctrl+s", "use", "Use", id="filter.use"),
    ]

    def __init__(self, ratings: Ratings, choice: Choice) -> None:
        super().__init__()
        self._ratings = ratings
        self._choice = choice

    def compose(self) -> ComposeResult:
        """Nothing ticked means all, so an empty list cannot hide everybody."""
        people = {normalize_name(name) for name in self._choice.interviewers}
        with Vertical(classes="dialog") as form:
            form.border_title = " Compare by "
            with VerticalScroll(can_focus=False):
                yield Label("Rounds (kits): none ticked is all")
                yield Ticks(list(self._ratings.rounds.items()), self._choice.kits, id="kits")
                yield Label("Interviewers: none ticked is all")
                names = self._ratings.interviewers
                ticked = [name for name in names if normalize_name(name) in people]
                yield Ticks([(name, name) for name in names], ticked, id="people")
                yield Label("Answers")
                label = "only to questions that every candidate was asked alike"
                ticked = ["comparable"] if self._choice.comparable else []
                yield Ticks([("comparable", label)], ticked, id="answers")
            yield Static("Space ticks, Tab goes on, ctrl+s uses it.", classes="quiet")
            with Horizontal(classes="buttons"):
                yield Button("Use", id="use", variant="primary", compact=True)
                yield Button("All scorecards", id="all", compact=True)
        yield Keys()

    @on(Button.Pressed, "#use")
    def action_use(self) -> None:
        """What is ticked."""
        kits, people, answers = (
            self.query_one(f"#{name}", Ticks).ticked for name in ("kits", "people", "answers")
        )
        self.dismiss(Choice(kits, people, bool(answers)))

    @on(Button.Pressed, "#all")
    def _all(self) -> None:
        self.dismiss(Choice())

    def action_leave(self) -> None:
        """As it was."""
        self.dismiss(None)
