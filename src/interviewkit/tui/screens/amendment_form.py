"""The form for an amendment: another rating or recommendation, a note, and always a reason."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Button, Input, Label, Static

from interviewkit.interview.records import (
    OUTCOME_WORDS,
    Answer,
    Asked,
    Interview,
    Recommendation,
)
from interviewkit.tui.content import Content
from interviewkit.tui.widgets.choice import OneLineChoice
from interviewkit.tui.widgets.key_line import Keys
from interviewkit.tui.widgets.text_input import SequentialInput
from interviewkit.visible_text import visible_line

NOT_ASSESSED, NOT_NOTED = "not assessed", "not noted"


@dataclass(frozen=True, slots=True)
class AmendmentEntry:
    """What is to be amended: (what, value, probe) triples, and why.

    ``probe`` is the id of what was asked where an outcome is amended, else empty.
    """

    values: tuple[tuple[str, str | None, str], ...]
    reason: str


class AmendScreen(ModalScreen[AmendmentEntry | None]):
    """Of an answer, or of the recommendation when there is no answer."""

    BINDINGS = [
        Binding("escape", "leave", "Leave", id="amend.leave"),
        Binding("ctrl+s", "amend", "Amend", id="amend.amend"),
    ]

    def __init__(self, interview: Interview, answer: Answer | None, ask: str, points: int) -> None:
        """``ask`` is the question of the answer, ``points`` the top of its scale."""
        super().__init__()
        self._ask = ask
        self._outcomes: dict[str, int] = {}
        self._ratings = [*map(str, range(1, points + 1)), NOT_ASSESSED]
        self._interview = interview
        self._answer = answer
        self._chosen: int | None = None

    def compose(self) -> ComposeResult:
        """What it is now stays unless something else is chosen."""
        with Vertical(classes="dialog") as form:
            form.border_title = " Amend "
            if self._answer:
                yield Static(Content.styled(self._ask, "bold"), classes="asked")
                yield Label(Content(f"Rating · {self._answer.line}"))
                digits = "".join(self._ratings[:-1]) + "0"  # as /0 is in the interview
                yield OneLineChoice(self._ratings, None, id="value", digits=digits)
                yield Label("Note")
                yield SequentialInput(id="note", placeholder="leave empty for none")
                if self._answer.asked:
                    with VerticalScroll(id="outcomes", can_focus=False):
                        yield from self._outcome_choices(self._answer.asked)
            else:
                yield Static("The recommendation")
                yield OneLineChoice(
                    [recommendation.words for recommendation in Recommendation], None, id="value"
                )
            yield Label("Reason")
            yield SequentialInput(id="reason", placeholder="why, in a sentence")
            yield Static(id="fault", classes="fault")
            yield Button("Amend", variant="primary", compact=True)
        yield Keys()

    def _outcome_choices(self, probes: Sequence[Asked]) -> Iterator[Widget]:
        """What each probe brought, to be corrected."""
        for position, probe in enumerate(probes):
            brought = OUTCOME_WORDS[probe.outcome] if probe.outcome else NOT_NOTED
            options = [*OUTCOME_WORDS.values(), NOT_NOTED]
            choice = OneLineChoice(options, None, id=f"outcome-{position}")
            # A title of its own scrolls with it: which probe it is for stays in sight.
            choice.border_title = Content(f"{brought} · {visible_line(probe.text)}")
            yield choice

    @on(OneLineChoice.Chosen)
    def _choose(self, event: OneLineChoice.Chosen) -> None:
        name = event.choice.id or ""
        if self._answer and name.startswith("outcome-"):
            probe = self._answer.asked[int(name.removeprefix("outcome-"))]
            self._outcomes[probe.probe] = event.index
        else:
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

    def _values(self) -> list[tuple[str, str | None, str]]:
        """What differs from what counts now."""
        values: list[tuple[str, str | None, str]] = []
        if self._answer is None:
            recommended = None if self._chosen is None else list(Recommendation)[self._chosen]
            if recommended not in (None, self._interview.counts):
                values.append(("recommendation", recommended.value, ""))
            return values
        if self._chosen is not None:
            digit = self._ratings[self._chosen]
            rating = digit if digit.isdecimal() else None
            if rating != (None if self._answer.counts is None else str(self._answer.counts)):
                values.append(("rating", rating, ""))
        note = self.query_one("#note", Input).value
        if note.strip():
            values.append(("note", note, ""))
        current = {probe.probe: probe.outcome for probe in self._answer.asked}
        for probe, index in self._outcomes.items():
            outcome = [*OUTCOME_WORDS, None][index]
            if outcome != current[probe]:
                values.append(("outcome", outcome.value if outcome else None, probe))
        return values

    def action_leave(self) -> None:
        """Cancel."""
        self.dismiss(None)
