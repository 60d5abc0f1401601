"""The form for what the panel decided: one of four courses, why, and what comes next."""

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Label, Static

from interviewkit.interview.records import Course
from interviewkit.plurals import count_noun
from interviewkit.tui.content import Content
from interviewkit.tui.widgets.choice import OneLineChoice
from interviewkit.tui.widgets.key_line import Keys
from interviewkit.tui.widgets.text_input import SequentialInput

COURSES = tuple(Course)


@dataclass(frozen=True, slots=True)
class Decided:
    """What was filled in."""

    course: Course
    reason: str
    next_steps: str
    by: str


class DecideScreen(ModalScreen[Decided | None]):
    """Ends with a decision to keep, or None when it was left. Nothing is chosen beforehand."""

    CSS_PATH = "comparison.tcss"
    BINDINGS = [
        Binding("escape", "leave", "Leave", id="decide.leave"),
        Binding("ctrl+s", "decide", "Keep", id="decide.keep"),
    ]

    def __init__(self, candidate: str, by: str, earlier: int, transcripts: int = 0) -> None:
        """``earlier``: decisions that were made already; they stay. ``transcripts`` go with a
        decision to hire or not to hire.
        """
        super().__init__()
        self._candidate, self._by, self._before = candidate, by, earlier
        self._transcripts = transcripts
        self._chosen: int | None = None

    def compose(self) -> ComposeResult:
        """Four answers and a button; Enter goes from one to the next."""
        with Vertical(classes="dialog") as form:
            form.border_title = Content(f" Decision on {self._candidate} ")
            yield Label("The panel's decision")
            yield OneLineChoice([course.words for course in COURSES], None, id="course")
            yield Label("Reason")
            yield SequentialInput(
                id="reason",
                on_enter=self.focus_next,
                placeholder="which answers it is based on, in a sentence",
            )
            yield Label("Next steps")
            yield SequentialInput(
                id="next", on_enter=self.focus_next, placeholder="who does what by when; can wait"
            )
            yield Label("Recorded by")
            yield SequentialInput(self._by, id="by", on_enter=self.action_decide)
            note = "It is kept for good, with the time. Scorecards stay as they are."
            if self._before:
                note += " Earlier decisions are kept, too."
            if self._transcripts:
                transcripts = count_noun(self._transcripts, "transcript")
                note += f" Hire and do not hire delete {transcripts}."
            yield Static(note, classes="quiet")
            yield Static(id="fault", classes="fault")
            yield Button("Keep", variant="primary", compact=True)
        yield Keys()

    def on_mount(self) -> None:
        """Begin at the choice."""
        self.query_one(OneLineChoice).focus()

    @on(OneLineChoice.Chosen)
    def _choose(self, event: OneLineChoice.Chosen) -> None:
        self._chosen = event.index

    @on(Button.Pressed)
    def action_decide(self) -> None:
        """Done when there are a choice, a reason and a name."""
        values = {
            name: self.query_one(f"#{name}", Input).value.strip()
            for name in ("reason", "next", "by")
        }
        if self._chosen is None:
            self._say("Choose one of the four with the arrow keys or 1 to 4.", "course")
        elif not values["reason"]:
            self._say("A decision needs a reason.", "reason")
        elif not values["by"]:
            self._say("Type the name of the person who records this.", "by")
        else:
            course = COURSES[self._chosen]
            self.dismiss(Decided(course, values["reason"], values["next"], values["by"]))

    def action_leave(self) -> None:
        """Nothing was decided."""
        self.dismiss(None)

    def _say(self, sentence: str, field: str) -> None:
        self.query_one("#fault", Static).update(sentence)
        self.query_one(f"#{field}").focus()
