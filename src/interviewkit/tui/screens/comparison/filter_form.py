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
from interviewkit.tui.widgets.multi_select import MultiSelect


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
        """Nothing selected means all, so an empty list cannot hide everybody."""
        people = {normalize_name(name) for name in self._choice.interviewers}
        with Vertical(classes="dialog") as form:
            form.border_title = " Compare by "
            with VerticalScroll(can_focus=False):
                yield Label("Rounds (kits): none selected means all")
                yield MultiSelect(list(self._ratings.rounds.items()), self._choice.kits, id="kits")
                yield Label("Interviewers: none selected means all")
                names = self._ratings.interviewers
                selected = [name for name in names if normalize_name(name) in people]
                yield MultiSelect([(name, name) for name in names], selected, id="people")
                yield Label("Answers")
                label = "only questions that every candidate was asked"
                selected = ["comparable"] if self._choice.comparable else []
                yield MultiSelect([("comparable", label)], selected, id="answers")
            yield Static("Space selects, Tab moves on, ctrl+s applies.", classes="quiet")
            with Horizontal(classes="buttons"):
                yield Button("Use", id="use", variant="primary", compact=True)
                yield Button("All scorecards", id="all", compact=True)
        yield Keys()

    @on(Button.Pressed, "#use")
    def action_use(self) -> None:
        """Compare by what is selected."""
        kits, people, answers = (
            frozenset(self.query_one(f"#{name}", MultiSelect).value)
            for name in ("kits", "people", "answers")
        )
        self.dismiss(Choice(kits, people, bool(answers)))

    @on(Button.Pressed, "#all")
    def _all(self) -> None:
        self.dismiss(Choice())

    def action_leave(self) -> None:
        """Leave the choice as it was."""
        self.dismiss(None)
