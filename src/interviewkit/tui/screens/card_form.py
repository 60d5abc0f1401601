"""The form for a card: what an interviewer is to verify and to ask about, as plain lines."""

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from interviewkit.errors import InterviewKitError
from interviewkit.interview.plan import PlanEntry
from interviewkit.storage.plan import Planning
from interviewkit.tui.content import Content
from interviewkit.tui.widgets.key_line import Keys
from interviewkit.tui.widgets.text_area import GrowingTextArea

HINT = "Points to verify, what to ask about; never how anyone rated"


class CardForm(ModalScreen[bool]):
    """Ends with whether the card was changed."""

    BINDINGS = [
        Binding("escape", "leave", "Leave", id="card_form.leave"),
        Binding("ctrl+s", "save", "Keep it", id="card_form.save"),
    ]

    def __init__(self, planning: Planning, entry: PlanEntry) -> None:
        super().__init__()
        self._planning = planning
        self._entry = entry

    def compose(self) -> ComposeResult:
        """Whom it is for, and the lines."""
        with Vertical(classes="dialog") as form:
            form.border_title = " Card "
            entry = self._entry
            yield Static(Content(f"For {entry.interviewer.name}, about {entry.candidate.name}"))
            yield GrowingTextArea(entry.card, placeholder=HINT)
            yield Static(id="fault", classes="fault")
            yield Button("Keep it", variant="primary", compact=True)
        yield Keys()

    @on(Button.Pressed)
    def action_save(self) -> None:
        """Keep what stands there; an empty card is taken off."""
        try:
            self._planning.set_card(self._entry, self.query_one(GrowingTextArea).text)
        except InterviewKitError as error:
            self.query_one("#fault", Static).update(Content(str(error)))
            return
        self.dismiss(True)

    def action_leave(self) -> None:
        """The card stays as it was."""
        self.dismiss(False)
