"""The form for a role: its owner, who sees what, and how long records are kept."""

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

The **owner** sees every scorecard of the role, and only the owner changes these settings; leave
the field empty for no owner. **Interviewers see** sets what everybody else sees of each other's
scorecards. While you are still interviewing a candidate, you see nobody else's scorecard for that
candidate, even as the owner.

**Shared with the team** sends the role's plan, scorecards and decisions to the team's folder; the
role needs an owner for that.

**Place** chooses the rule for how long records are kept (`interviewkit data retention` lists the
rules); **months** replaces its period. The period starts with the last thing recorded or, if
later, on the day of the **decision**. Under a **legal hold** nothing is erased; write the reason
for it.

{NOT_ADVICE}
"""
ORDER = list(Visibility)
SHOWN = ("their own", "others' after their own", "all")
SHARED = ("no", "yes")


class RoleScreen(ModalScreen[bool]):
    """Ends with whether the settings were saved."""

    HELP = HELP
    BINDINGS = [
        Binding("escape", "leave", "Cancel", id="role.leave"),
        Binding("ctrl+s", "save", "Save", id="role.save"),
    ]

    def __init__(self, store: Store, role: Role, viewer: Person) -> None:
        super().__init__()
        self._retention = store.retention()
        self._role = role
        self._viewer = viewer
        self._old = self._retention.settings(role)
        self._places = self._retention.places()
        self._chosen = ORDER.index(self._old.visibility)
        self._is_shared = self._old.shared

    def compose(self) -> ComposeResult:
        """The current settings, ready to be changed."""
        old = self._old
        places = [rule.name for rule in self._places]
        with Vertical(classes="dialog") as form:
            form.border_title = Content(f" Role · {self._role.title} ")
            yield Label("Owner")
            yield self._text_field("owner", old.owner, "nobody: the role belongs to everybody")
            yield Label("Interviewers see of each other's scorecards")
            yield OneLineChoice(SHOWN, self._chosen, id="visibility")
            yield Label("Shared with the team")
            yield OneLineChoice(SHARED, int(old.shared), id="shared")
            yield Label("Place, for its retention rule")
            yield self._text_field("place", old.place, ", ".join(places), places)
            yield Label("Months to keep, instead of the place's period")
            months = "" if old.months is None else str(old.months)
            yield self._text_field("months", months, "as the place sets")
            yield Label("Day of the hiring decision")
            yield self._text_field("decided", old.decided, "2026-03-31, or empty")
            yield Label("Legal hold")
            yield self._text_field("hold", old.hold, "no hold; write the reason to start one")
            yield Static(id="fault", classes="fault")
            yield Button("Save", variant="primary", compact=True)
        yield Keys()

    def _text_field(
        self, name: str, value: str, placeholder: str, choices: list[str] | None = None
    ) -> SequentialInput:
        suggester = SuggestFromList(choices, case_sensitive=False) if choices else None
        return SequentialInput(
            value,
            id=name,
            placeholder=placeholder,
            suggester=suggester,
            on_enter=self.focus_next,
        )

    @on(OneLineChoice.Chosen)
    def _choose(self, event: OneLineChoice.Chosen) -> None:
        if event.choice.id == "shared":
            self._is_shared = bool(event.index)
        else:
            self._chosen = event.index

    @on(Button.Pressed)
    def action_save(self) -> None:
        """Save all settings, or say what is wrong and stay open."""
        values = {
            name: self.query_one(f"#{name}", Input).value.strip()
            for name in ("owner", "place", "months", "decided", "hold")
        }
        months = values.pop("months")
        if months and not months.isdecimal():
            self._say(f"{months!r} is not a number of months.", "months")
            return
        settings = RoleSettings(
            owner=values["owner"],
            visibility=ORDER[self._chosen],
            place=values["place"],
            months=int(months) if months else None,
            decided=values["decided"],
            hold=values["hold"],
            shared=self._is_shared,
        )
        try:
            self._retention.change(self._role, settings, self._viewer.name)
        except InterviewKitError as error:
            self._say(str(error))
            return
        self.dismiss(True)

    def _say(self, sentence: str, field: str = "") -> None:
        self.query_one("#fault", Static).update(Content(sentence))
        if field:
            self.query_one(f"#{field}", Input).focus()

    def action_leave(self) -> None:
        """Cancel."""
        self.dismiss(False)
