"""The form that starts an interview: who, for what, with which kit of which bank."""

import asyncio
from collections import Counter
from collections.abc import Sequence

from rich.text import Text
from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.suggester import SuggestFromList
from textual.widgets import Button, Input, Label, Select, Static
from textual.worker import Worker

from interviewkit.banks.library import BankLocation, banks
from interviewkit.banks.loader import BankFile, read_bank
from interviewkit.banks.model import Bank, Kit
from interviewkit.errors import InterviewKitError
from interviewkit.interview.clock import local_day_words
from interviewkit.interview.pace import interview_pages
from interviewkit.interview.people import NamedRecord, Person, RecordKind, normalize_name
from interviewkit.interview.plan import PlanEntry
from interviewkit.plurals import count_noun
from interviewkit.storage.store import Store
from interviewkit.tui.screens.name_question import settle_names
from interviewkit.tui.widgets.key_line import Keys
from interviewkit.tui.widgets.text_input import SequentialInput
from interviewkit.visible_text import visible_line

NO_BANK = "There is no question bank. `interviewkit bank new` creates one."
KINDS = {
    "candidate": RecordKind.CANDIDATE,
    "role": RecordKind.ROLE,
    "interviewer": RecordKind.PERSON,
}
NO_KIT = (Text("…"), "")  # until the bank is read, and where it cannot be


class StartScreen(ModalScreen[str | None]):
    """Ends with the id of the interview, new or already under way; None when it was left.

    Only the bank that is chosen is read, and in a thread: the names can be typed meanwhile.
    """

    BINDINGS = [
        Binding("escape", "leave", "Back", id="start.leave"),
        Binding("ctrl+s", "start", "Start", id="start.start"),
    ]

    def __init__(self, store: Store, person: Person, planned: PlanEntry | None = None) -> None:
        """``planned``: an entry of the plan, whose candidate and role stand there at first."""
        super().__init__()
        self._planned = planned
        self._store = store
        self._person = person
        self._roles = store.registry().records(RecordKind.ROLE)
        last_bank, self._kit = self._last_kit(self._roles[0].name if self._roles else "")
        self._found = {
            location.id: location
            for location in sorted(banks(), key=lambda location: location.id != last_bank)
        }  # the one used last comes first, the others as they are
        self._is_bank_chosen = False  # by hand: another role then changes it no more
        self._file: BankFile | None = None
        self._reading: Worker[None] | None = None
        self.leads_on = False

    def compose(self) -> ComposeResult:
        """Five answers and a button; Enter goes from one to the next."""
        registry = self._store.registry()
        roles = suggestions(self._roles)
        names = suggestions(registry.records(RecordKind.CANDIDATE))
        with Vertical(classes="dialog") as form:
            form.border_title = " New interview "
            yield Label("Candidate")
            yield SequentialInput(
                self._planned.candidate.name if self._planned else "",
                id="candidate",
                on_enter=self.focus_next,
                suggester=SuggestFromList(names, case_sensitive=False),
                placeholder="full name",
            )
            yield Label("Role")
            yield SequentialInput(
                self._planned.role.title if self._planned else roles[0] if roles else "",
                id="role",
                on_enter=self.focus_next,
                is_prefilled=True,
                suggester=SuggestFromList(roles, case_sensitive=False),
                placeholder="such as Account executive",
            )
            yield Label("Question bank")
            yield self._banks()
            yield Label("Kit")
            yield Select([NO_KIT], id="kit", compact=True, disabled=True, allow_blank=False)
            yield Label("Interviewer")
            yield SequentialInput(
                self._person.name, id="interviewer", on_enter=self.action_start, is_prefilled=True
            )
            yield Static(id="fault", classes="fault", markup=False)
            yield Button("Start", id="start", variant="primary", compact=True)
        yield Keys()

    def _banks(self) -> Select[str]:
        # Of Textual's two kinds of plain text, a typed letter finds only this one in a list.
        options = [
            (Text(visible_line(location.title)), location.id) for location in self._found.values()
        ]
        return Select(options, id="bank", compact=True, allow_blank=not options)

    def on_mount(self) -> None:
        """Without any bank there is nothing to start."""
        if not self._found:
            self._say(NO_BANK)
            self.query_one("#start", Button).disabled = True

    def _last_kit(self, role_title: str) -> tuple[str, str]:
        """Bank and kit that were used last for the role; empty before any interview."""
        title = normalize_name(role_title)
        ids = [role.id for role in self._roles if normalize_name(role.name) == title]
        return self._store.last_kit(ids[0] if ids else "") or ("", "")

    @on(events.DescendantBlur)
    def _leave_field(self, event: events.DescendantBlur) -> None:
        """A role that is typed brings the bank and kit it was last interviewed with."""
        if event.widget.id != "role" or self._is_bank_chosen:
            return
        bank, self._kit = self._last_kit(self.query_one("#role", Input).value)
        select = self.query_one("#bank", Select)
        if bank in self._found and bank != select.value:
            with self.prevent(Select.Changed):
                select.value = bank
            self._reading = self._read(self._found[bank])
        elif self._file is not None:
            self._choose_kit()

    @on(Select.Changed, "#bank")
    def _choose(self, event: Select.Changed) -> None:
        if event.value in self._found:
            self._choose_by_hand(event)
            self._reading = self._read(self._found[str(event.value)])

    @on(Select.Changed, "#kit")
    def _choose_by_hand(self, event: Select.Changed) -> None:
        """A list with the focus was changed by its user; the first value comes without."""
        focused = self.focused
        self._is_bank_chosen |= focused is not None and event.select in focused.ancestors_with_self

    def _choose_kit(self) -> None:
        """The kit used last, where the bank still has it."""
        select = self.query_one("#kit", Select)
        if self._file and self._kit in [kit.id for kit in self._file.bank.kits]:
            with self.prevent(Select.Changed):
                select.value = self._kit

    @work(exclusive=True, group="bank")
    async def _read(self, location: BankLocation) -> None:
        """The kits of the bank that was chosen, or why it has none to choose from."""
        self._file, fault = None, ""
        try:
            self._file = await asyncio.to_thread(read_bank, location.path)
        except InterviewKitError as error:
            fault = f"{error.message} Run `interviewkit bank check`."
        if self not in self.app.screen_stack:
            return  # the form was left meanwhile, and its widgets are on their way out
        kit = self.query_one("#kit", Select)
        with self.prevent(Select.Changed):
            kit.set_options(_kits(self._file.bank) if self._file else [NO_KIT])
        self._choose_kit()
        kit.disabled = self.query_one("#start", Button).disabled = self._file is None
        self._say(fault)

    @on(Button.Pressed, "#start")
    @work(exclusive=True, group="start")
    async def action_start(self) -> None:
        """Start when everything is there, else say what is missing and go to it."""
        if self._reading is not None:
            self.leads_on = True
            try:
                await self._reading.wait()
            finally:
                self.leads_on = False
        if self._file is None:
            return  # what is wrong with the bank stands in the form
        values = {
            name: self.query_one(f"#{name}", Input).value.strip()
            for name in ("candidate", "role", "interviewer")
        }
        for name, value in values.items():
            if not value:
                possessives = {"candidate": "the candidate's", "role": "the role's"}
                self._say(f"Type {possessives.get(name, 'your')} name.")
                self.query_one(f"#{name}", Input).focus()
                return
        bank, kit = self._file.bank, str(self.query_one("#kit", Select).value)
        try:
            new = await settle_names(self.app, self._store, values, KINDS)
            if new is None:
                return
            if not new and not await self._begins_anyway(bank=bank.id, kit=kit, **values):
                return
            interview = self._store.start(
                candidate=values["candidate"],
                role=values["role"],
                interviewer=values["interviewer"],
                new=new,
                bank=bank.id,
                bank_text=(self._file.sha256, self._file.text),
                kit=kit,
                pages=interview_pages(bank, bank.kit(kit)),
                opener=self._person,
            )
        except InterviewKitError as error:
            self._say(str(error))
            return
        self.dismiss(interview.id)

    async def _begins_anyway(self, **names: str) -> bool:
        """Whether to begin; where these people have submitted this kit already it asks."""
        under_way = self._store.under_way(**names)
        submitted = None if under_way else self._store.submitted_alike(**names)
        if submitted is None:
            return True
        from interviewkit.tui.screens.dialogs import Confirm

        interviewer = self._store.person(names["interviewer"])
        sealed = self._store.seen_by(interviewer).interview(submitted)
        day = local_day_words(sealed.submitted_at or sealed.started_at)
        question = (
            f"Submitted on {day}. To amend it, leave this form, press s on the candidate, then a."
        )
        return await self.app.push_screen_wait(
            Confirm("Start a second interview?", question, "Start a second", "Back", careful=True)
        )

    def action_leave(self) -> None:
        """Cancel."""
        self.dismiss(None)

    def _say(self, sentence: str) -> None:
        self.query_one("#fault", Static).update(sentence)


def suggestions(records: Sequence[NamedRecord]) -> list[str]:
    """Names to complete what is typed; where several share one, with what tells them apart."""
    names = Counter(normalize_name(record.name) for record in records)
    return [
        record.name if names[normalize_name(record.name)] == 1 else record.label
        for record in records
    ]


def _kits(bank: Bank) -> list[tuple[Text, str]]:
    def label(kit: Kit) -> str:
        return f"{kit.name} · {kit.minutes:g} min, {count_noun(len(kit.questions), 'question')}"

    return [(Text(visible_line(label(kit))), kit.id) for kit in bank.kits]
