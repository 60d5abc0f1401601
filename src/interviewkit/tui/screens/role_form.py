"""The form for a role: who owns it, who sees what, how long its records stay."""

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.suggester import SuggestFromList
from textual.widgets import Button, Input, Label, Static

from interviewkit.errors import InterviewKitError
from interviewkit.interview.people import Person
from interviewkit.interview.records import Role
from interviewkit.interview.retention import NOT_ADVICE
from interviewkit.interview.role_settings import RoleSettings, Visibility
from interviewkit.storage.store import Store
from interviewkit.tui.content import Content
from interviewkit.tui.widgets.choice import OneLineChoice
from interviewkit.tui.widgets.key_line import Keys
from interviewkit.tui.widgets.text_input import SequentialInput

HELP = f"""
# Role

The **owner** sees every scorecard of the role and alone changes these settings; an empty field is
nobody. **Interviewers see** says what all others see of each other's scorecards. Those who still
interview a candidate see nobody else's in any case, owner or not.

**Place** names the rule by which records are kept (`interviewkit data retention` lists them);
**months** overrules it. The clock runs from the last thing recorded or, if later, from the day of
the **decision**. Under a **legal hold** nothing is erased; write the reason for it.

{NOT_ADVICE}
"""
ORDER = list(Visibility)
SHOWN = ("their own", "others' after their own", "all")


class RoleScreen(ModalScreen[bool]):
    """Ends with whether the settings were saved."""

    HELP = HELP
    BINDINGS = [
        Binding("escape", "leave", "Leave", id="role.leave"),
        Binding("ctrl+s", "save", "Save", id="role.save"),
    ]

    def __init__(self, store: Store, role: Role, viewer: Person) -> None:
        super().__init__()
        self._door = store.retention()
        self._role = role
        self._viewer = viewer
        self._old = self._door.settings(role)
        self._places = self._door.places()
        self._chosen = ORDER.index(self._old.visibility)

    def compose(self) -> ComposeResult:
        """What is set now, ready to be changed."""
        old = self._old
        places = [place.name for place in self._places]
        with Vertical(classes="dialog") as form:
            form.border_title = Content(f" Role · {self._role.title} ")
            yield Label("Owner")
            yield self._field("owner", old.owner, "nobody: the role is everybody's")
            yield Label("Interviewers see of each other's scorecards")
            yield OneLineChoice(SHOWN, self._chosen, id="visibility")
            yield Label("Place, whose retention rule counts")
            yield self._field("place", old.place, ", ".join(places), places)
            yield Label("Months to keep, whatever the place says")
            months = "" if old.months is None else str(old.months)
            yield self._field("months", months, "as the place says")
            yield Label("Day of the hiring decision")
            yield self._field("decided", old.decided, "2026-03-31, or empty")
            yield Label("Legal hold")
            yield self._field("hold", old.hold, "no hold; write the reason to begin one")
            yield Static(id="fault", classes="fault")
            yield Button("Save", variant="primary", compact=True)
        yield Keys()

    def _field(
        self, name: str, value: str, placeholder: str, known: list[str] | None = None
    ) -> SequentialInput:
        suggester = SuggestFromList(known, case_sensitive=False) if known else None
        return SequentialInput(
            value,
            id=name,
            placeholder=placeholder,
            suggester=suggester,
            on_enter=self.focus_next,
        )

    @on(OneLineChoice.Chosen)
    def _choose(self, event: OneLineChoice.Chosen) -> None:
        self._chosen = event.index

    @on(Button.Pressed)
    def action_save(self) -> None:
        """Save all of it, or say what is wrong and stay."""
        values = {
            name: self.query_one(f"#{name}", Input).value.strip()
            for name in ("owner", "place", "months", "decided", "hold")
        }
        months = values.pop("months")
        if months and not months.isdecimal():
            self._say(f"{months!r} is no number of months.", "months")
            return
        settings = RoleSettings(
            visibility=ORDER[self._chosen], months=int(months) if months else None, **values
        )
        try:
            self._door.change(self._role, settings, self._viewer.name)
        except InterviewKitError as error:
            self._say(str(error))
            return
        self.dismiss(True)

    def _say(self, sentence: str, field: str = "") -> None:
        self.query_one("#fault", Static).update(Content(sentence))
        if field:
            self.query_one(f"#{field}", Input).focus()

    def action_leave(self) -> None:
        """Nothing is changed."""
        self.dismiss(False)
