"""The answers behind a value, side by side; from there to the whole scorecards."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from interviewkit.comparison.debrief import Point, points
from interviewkit.interview.people import Person
from interviewkit.interview.records import Candidate, Role
from interviewkit.storage.store import Store
from interviewkit.tui.content import Content
from interviewkit.tui.widgets.key_line import Keys
from interviewkit.tui.widgets.side_by_side import answers_abreast, question_text
from interviewkit.workflows.visible_scorecards import cards_and_banks

HELP = """
# Answers side by side

One question after the other: its anchors with the ratings given, then what each interviewer wrote.
✓ marks elements of the story that the notes show, ~ those that they may show, – those asked for and
not found, · those not found. Under a probe is what it brought.

**Left** and **right** go to the previous and the next competency. **o** opens the full scorecards,
and so does a click on an interviewer's name.
"""


class AnswersScreen(Screen[None]):
    """One candidate's answers on a competency, or (``competency`` None) on all of them."""

    CSS_PATH = "comparison.tcss"
    HELP = HELP
    BINDINGS = [
        Binding("escape,enter,f9", "app.pop_screen", "Back", id="answers.back"),
        Binding("left", "step(-1)", "Previous competency", id="answers.before"),
        Binding("right", "step(1)", "Next competency", id="answers.after"),
        Binding("o", "scorecard", "Full scorecards", id="answers.scorecards"),
    ]

    def __init__(
        self, store: Store, role: Role, candidate: Candidate, viewer: Person, competency: str | None
    ) -> None:
        """BlockedError while the candidate is withheld from ``viewer``."""
        super().__init__()
        self._store, self._role, self._candidate, self._viewer = store, role, candidate, viewer
        all_points = points(*cards_and_banks(store, role, candidate, viewer))
        self._groups: dict[str, list[Point]] = {}
        for point in all_points:
            self._groups.setdefault(point.competency, []).append(point)
        self._places = [None, *self._groups]
        self._at = self._places.index(competency) if competency in self._groups else 0
        self._absent = competency if competency and competency not in self._groups else ""

    def compose(self) -> ComposeResult:
        """A heading, and everything else in one place that scrolls."""
        yield Static(id="heading", classes="title")
        with VerticalScroll(id="answers"):
            yield Static(id="text")
        yield Keys()

    def on_mount(self) -> None:
        """The arrows up and down scroll."""
        self.query_one(VerticalScroll).focus()

    def on_resize(self) -> None:
        """Columns take the room there is."""
        self.call_after_refresh(self._show)

    def action_step(self, step: int) -> None:
        """To the neighbouring competency; before the first stand all of them."""
        self._at = (self._at + step) % len(self._places)
        self._absent = ""
        self._show()
        self.query_one(VerticalScroll).scroll_home(animate=False)

    def action_scorecard(self, interview_id: str = "") -> None:
        """The whole scorecards, beginning with that of the interviewer clicked on."""
        from interviewkit.tui.screens.scorecards import ScorecardsScreen

        self.app.push_screen(
            ScorecardsScreen(
                self._store, self._role, self._candidate, self._viewer, f"{interview_id}/"
            )
        )

    def _show(self) -> None:
        position = self._places[self._at]
        group = [point for points in self._groups.values() for point in points]
        name = "all answers"
        if position is not None:
            group = self._groups[position]
            name = group[0].competency_name
        title = f"{self._candidate.name} · {name} · {self._role.title}"
        self.query_one("#heading", Static).update(Content(title))
        width = max(20, self.query_one(VerticalScroll).scrollable_content_region.width - 3)
        parts = []
        if self._absent:
            parts.append(Content("Nobody asked about this competency; here is everything else."))
        for point in group:
            parts.append(question_text(point, width))
            parts.append(answers_abreast(point.said, width))
        self.query_one("#text", Static).update(Content("\n\n").join(parts))
