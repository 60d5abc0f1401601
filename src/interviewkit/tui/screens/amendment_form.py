"""The form for an amendment: another rating or recommendation, a note, and always a reason."""

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Label, Static

from interviewkit.interview.records import Answer, Interview, Recommendation
from interviewkit.tui.content import Content
from interviewkit.tui.widgets.choice import OneLineChoice
from interviewkit.tui.widgets.key_line import Keys
from interviewkit.tui.widgets.text_input import SequentialInput

NOT_ASSESSED = "not assessed"


@dataclass(frozen=True, slots=True)
class AmendmentEntry:
    """What is to be amended: (what, value) pairs, and why."""

    values: tuple[tuple[str, str | None], ...]
    reason: str


class AmendScreen(ModalScreen[AmendmentEntry | None]):
    """Of an answer, or of the recommendation when there is no answer."""

    BINDINGS = [
        Binding("escape", "leave", "Leave", id="amend.leave"),
        Binding("ctrl+s", "amend", "Amend", id="amend.amend"),
    ]

    def __init__(self, interview: Interview, answer: Answer | None, points: int) -> None:
        super().__init__()
        self._ratings = [*map(str, range(1, points + 1)), NOT_ASSESSED]
        self._interview = interview
        self._answer = answer
        self._chosen: int | None = None

    def compose(self) -> ComposeResult:
        """What it is now stays unless something else is chosen."""
        with Vertical(classes="dialog") as form:
            form.border_title = " Amend "
            if self._answer:
                yield Static(Content(f"{self._answer.question}  {self._answer.line}"))
                yield Label("Rating")
                digits = "".join(self._ratings[:-1]) + "0"  # as /0 is in the interview
                yield OneLineChoice(self._ratings, None, id="value", digits=digits)
                yield Label("Note")
                yield SequentialInput(id="note", placeholder="leave empty for none")
            else:
                yield Static("The recommendation")
                yield OneLineChoice([one.words for one in Recommendation], None, id="value")
            yield Label("Reason")
            yield SequentialInput(id="reason", placeholder="why, in a sentence")
            yield Static(id="fault", classes="fault")
            yield Button("Amend", variant="primary", compact=True)
        yield Keys()

    @on(OneLineChoice.Chosen)
    def _choose(self, event: OneLineChoice.Chosen) -> None:
        self._chosen = event.index

    @on(Input.Submitted)
    @on(Button.Pressed)
    def action_amend(self) -> None:
        """Done when there is a change and a reason."""
        values, reason = self._values(), self.query_one("#reason", Input).value.strip()
        fault = self.query_one("#fault", Static)
        if not values:
            fault.update("Nothing has changed yet: choose another value or write a note.")
        elif not reason:
            fault.update("An amendment needs a reason.")
            self.query_one("#reason", Input).focus()
        else:
            self.dismiss(AmendmentEntry(tuple(values), reason))

    def _values(self) -> list[tuple[str, str | None]]:
        values: list[tuple[str, str | None]] = []
        if self._answer is None:
            if self._chosen is not None:
                values.append(("recommendation", list(Recommendation)[self._chosen].value))
            return values
        if self._chosen is not None:
            rated = self._ratings[self._chosen]
            values.append(("rating", rated if rated.isdecimal() else None))
        note = self.query_one("#note", Input).value
        if note.strip():
            values.append(("note", note))
        return values

    def action_leave(self) -> None:
        """Cancel."""
        self.dismiss(None)
