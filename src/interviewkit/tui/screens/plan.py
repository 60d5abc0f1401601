"""The screen of planned interviews, to add and cancel them, and the form for a new one."""

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen, Screen
from textual.suggester import SuggestFromList
from textual.widgets import Button, Input, Label, OptionList, Static
from textual.widgets.option_list import Option

from interviewkit.errors import InterviewKitError
from interviewkit.interview.people import RecordKind
from interviewkit.interview.plan import PlanEntry
from interviewkit.storage.store import Store
from interviewkit.tui.content import Content
from interviewkit.tui.screens.card_form import CardForm
from interviewkit.tui.screens.interview_form import suggestions
from interviewkit.tui.screens.name_question import settle_names
from interviewkit.tui.widgets.key_line import Keys
from interviewkit.tui.widgets.text_input import SequentialInput

HELP = """
# Plan

Who interviews which candidate. While an entry is open and its interviewer has not submitted a
scorecard, they see nobody else's for that candidate, just as during an interview. **n** adds an
entry, **Delete** cancels the one under the cursor.

**c** opens the entry's card, which its interviewer reads before the interview: what to verify and
what to ask about. Its reader has not judged yet, so write no rating and no recommendation on it.

**k** writes the entry's kit as a file for an interviewer who installs nothing: it opens in a
browser, works offline, and saves a sealed scorecard that `interviewkit records import` takes.
"""
FIELDS = {
    "candidate": (RecordKind.CANDIDATE, "Candidate"),
    "role": (RecordKind.ROLE, "Role"),
    "interviewer": (RecordKind.PERSON, "Interviewer"),
}


class PlanScreen(Screen[None]):
    """Lists the open entries, the newest last."""

    HELP = HELP
    BINDINGS = [
        Binding("n", "add", "Add", id="plan.add"),
        Binding("c", "card", "Card", id="plan.card"),
        Binding("k", "kit", "Kit file", id="plan.kit"),
        Binding("delete", "cancel", "Cancel entry", id="plan.cancel"),
        Binding("escape,q", "home", "Home", id="plan.home"),
    ]

    def __init__(self, store: Store, viewer: str) -> None:
        super().__init__()
        self._store = store
        self._viewer = viewer
        self._entries = store.planning().entries()

    def compose(self) -> ComposeResult:
        """The list, or a hint when it is empty."""
        yield Static("Plan", id="heading", classes="title")
        yield OptionList(*map(_option, self._entries), id="entries", compact=True)
        yield Static("Nothing is planned. Press n to add an interview.", id="nothing")
        yield Keys()

    def on_mount(self) -> None:
        """Move to the first entry."""
        self.query_one("#nothing").display = not self._entries
        self.query_one("#entries").focus()

    def _refresh(self) -> None:
        self._entries = self._store.planning().entries()
        entries = self.query_one("#entries", OptionList)
        index = entries.highlighted
        entries.set_options(map(_option, self._entries))
        entries.highlighted = index if index is None else min(index, len(self._entries) - 1)
        self.query_one("#nothing").display = not self._entries

    def action_add(self) -> None:
        """Open the form for a new entry."""

        def show(is_added: bool | None) -> None:
            if is_added:
                self._refresh()

        self.app.push_screen(PlanForm(self._store, self._viewer), show)

    def _entry(self) -> PlanEntry | None:
        """The entry under the cursor."""
        option = self.query_one("#entries", OptionList).highlighted_option
        return next((e for e in self._entries if option and e.id == option.id), None)

    def action_card(self) -> None:
        """The card of the entry under the cursor."""
        entry = self._entry()
        if entry is None:
            return

        def show(is_changed: bool | None) -> None:
            if is_changed:
                self._refresh()

        self.app.push_screen(CardForm(self._store.planning(), entry), show)

    def action_kit(self) -> None:
        """A file to fill in, for the interviewer of the entry under the cursor."""
        entry = self._entry()
        if entry is None:
            return
        from interviewkit.tui.screens.kit_form import KitForm

        def report(sentences: str | None) -> None:
            if sentences:
                self._refresh()
                self.notify(sentences, timeout=12)

        self.app.push_screen(KitForm(self._store, entry), report)

    def action_cancel(self) -> None:
        """Cancel the entry under the cursor."""
        entry = self._entry()
        if entry is None:
            return
        planning = self._store.planning()
        try:
            planning.cancel(planning.entry(entry.id))
        except InterviewKitError as error:
            self.notify(str(error), severity="error", timeout=12)
            return
        self._refresh()

    def action_home(self) -> None:
        """Go back."""
        self.dismiss()


class PlanForm(ModalScreen[bool]):
    """Ends with whether an entry was added."""

    BINDINGS = [
        Binding("escape", "leave", "Cancel", id="plan_form.leave"),
        Binding("ctrl+s", "save", "Plan", id="plan_form.save"),
    ]

    def __init__(self, store: Store, viewer: str) -> None:
        super().__init__()
        self._store = store
        registry = store.registry()
        self._known = {
            field: suggestions(registry.records(kind)) for field, (kind, _) in FIELDS.items()
        }
        self._texts = {"interviewer": viewer}

    def compose(self) -> ComposeResult:
        """Three names, and the kit if it is known."""
        with Vertical(classes="dialog") as form:
            form.border_title = " Plan an interview "
            for field, (_, label) in FIELDS.items():
                yield Label(label)
                yield SequentialInput(
                    self._texts.get(field, ""),
                    id=field,
                    on_enter=self.focus_next,
                    suggester=SuggestFromList(self._known[field], case_sensitive=False),
                )
            yield Label("Kit, if already chosen")
            yield SequentialInput(
                id="kit", on_enter=self.action_save, placeholder="bank/kit, or empty"
            )
            yield Static(id="fault", classes="fault", markup=False)
            yield Button("Plan", variant="primary", compact=True)
        yield Keys()

    @on(Button.Pressed)
    @work(exclusive=True)
    async def action_save(self) -> None:
        """Add the entry, after asking about ambiguous names."""
        values = {field: self.query_one(f"#{field}", Input).value.strip() for field in FIELDS}
        for field, (_, label) in FIELDS.items():
            if not values[field]:
                self._say(f"{label} is empty.", field)
                return
        bank, _, kit = self.query_one("#kit", Input).value.strip().partition("/")
        try:
            kinds = {field: kind for field, (kind, _) in FIELDS.items()}
            new = await settle_names(self.app, self._store, values, kinds)
            if new is None:
                return
            self._store.planning().add(
                candidate=values["candidate"],
                role=values["role"],
                interviewer=values["interviewer"],
                bank=bank,
                kit=kit,
                new=new,
            )
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


def _option(entry: PlanEntry) -> Option:
    reference = f" · {entry.candidate.reference}" if entry.candidate.reference else ""
    line = Content.assemble(
        (f"{entry.candidate.name}{reference}", "bold"),
        f" · {entry.role.title} · {entry.interviewer.name}",
        (f" · {entry.kit or 'any kit'} · {entry.words}", "$muted"),
        " · card" if entry.card else "",
    )
    return Option(line, id=entry.id)
