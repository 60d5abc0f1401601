"""A part of a bank to fill in, with what is found about each field below it while one types."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Protocol

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, Select, Static, TextArea

from interviewkit.banks.finding_locations import within
from interviewkit.banks.text.paths import Address
from interviewkit.errors import Finding, InterviewKitError
from interviewkit.tui.content import Content
from interviewkit.tui.forms import Form
from interviewkit.tui.screens.workshop.prompts import Choose
from interviewkit.tui.screens.workshop.unsaved_changes import quitting
from interviewkit.tui.widgets.badges import finding_line
from interviewkit.tui.widgets.choice import OneLineChoice
from interviewkit.tui.widgets.form_state import field_values, fields_of, put_back
from interviewkit.tui.widgets.key_line import Keys
from interviewkit.tui.widgets.multi_select import MultiSelect
from interviewkit.tui.widgets.ordered_picker import CompetencyPicker, OrderedPicker
from interviewkit.workflows.bank_editor import BankEditor, Step

HELP = """
# A form of the workshop

Below each field are the findings about its current text: ✗ keeps the bank from being used, ▲
would trip up a candidate, › could be better. **Tab** goes on to the next field. A bank of some
hundred questions is checked when you leave a field, so that typing stays quick.

In a kit, **Space** picks a question; **+** and **-** change its minutes and, further down, a
competency's weight and its must-have: the lowest mean that the role accepts. It counts in no total;
the comparison marks who is below it.

**Ctrl+S** puts what you typed into the bank and saves it. **Esc** goes back; if you typed anything,
it asks whether to keep it. While there is an ✗, what you typed stays here. It is saved as you type:
however the program ends, it is here again next time.
"""
KEEP, THROW = "keep", "throw"
KEEP_AFTER = 0.15  # seconds behind the first key that is not on disk yet
AGAIN_AFTER = 2.0  # the same when it could not be kept


class FormHost(Protocol):
    """The workshop, of which a form is a part."""

    async def change(self, steps: Sequence[Step], cursor: Address) -> bool:
        """Into the bank; False when it was refused."""

    async def save(self) -> bool:
        """Into the file; False when it is not."""

    async def keep(self, values: Callable[[], object]) -> None:
        """Keep what stands in the form by the time that it is written."""

    def set_aside(self) -> None:
        """Put what was typed before where nothing is lost, since the form has no room for it."""


class FormScreen(Screen[None]):
    """Makes its changes and writes them through ``desk``; ``there`` is what was typed before.

    A form has ended once what was typed is in the bank or thrown away: from then on there is
    nothing of it to keep.
    """

    CSS_PATH = "workshop.tcss"
    HELP = HELP
    BINDINGS = [
        Binding("ctrl+s", "save", "Save", id="form.save", priority=True),
        Binding("escape", "leave", "Back", id="form.leave"),
    ]

    def __init__(
        self, form: Form, editor: BankEditor, desk: FormHost, state: object = None
    ) -> None:
        super().__init__()
        self._form = form
        self._editor = editor
        self._desk = desk
        self._there = state
        self._has_ended = False
        self._keeping: Timer | None = None
        self._fields: list[Widget] = []
        self._is_stale = False
        self._is_checking = False

    @property
    def unsaved(self) -> str:
        """What to ask before the program is closed; nothing when nothing was typed."""
        return quitting(self._editor) if self._form.is_changed else ""

    def to_keep(self) -> object:
        """What is to be kept of the form, in JSON's values; None when nothing is."""
        if self._has_ended or not self._form.is_changed:
            return None
        at = self._form.beside if self._form.is_new else self._form.address
        return {"at": list(at), "kind": self._form.kind, "fields": field_values(self._fields)}

    @property
    def is_checked(self) -> bool:
        """Whether what is shown is about what is typed."""
        return not (self._is_stale or self._is_checking)

    def compose(self) -> ComposeResult:
        """The entries one below the other."""
        yield Static(Content(self._form.title), id="heading", classes="title")
        yield Static(id="general")
        with VerticalScroll(id="entries", can_focus=False):
            yield from self._form.entries
        yield Keys()

    def on_mount(self) -> None:
        """Say what is found from the start, in what was typed before if there is any."""
        self._fields = fields_of(self)
        if self._there is not None and not put_back(self._fields, self._there):
            self._desk.set_aside()
        self._check_again()

    def on_unmount(self) -> None:
        """The program ends: keep what the last pause in typing has not kept."""
        if not self._has_ended:
            self._editor.keep_form(self.to_keep())

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Select.Changed)
    @on(OneLineChoice.Chosen)
    @on(MultiSelect.Changed)
    @on(OrderedPicker.Changed)
    @on(CompetencyPicker.Changed)
    def _check_again(self) -> None:
        """Check again, once the check that runs has ended; a large bank when a field is left."""
        self._is_stale = True
        if not self._editor.is_large:
            self._start_check()
        if self._keeping is None:
            self._keeping = self.set_timer(KEEP_AFTER, self._keep)

    @work(group="keep")
    async def _keep(self) -> None:
        self._keeping = None
        await self._desk.keep(self.to_keep)
        if self._editor.fault and self._keeping is None:
            self._keeping = self.set_timer(AGAIN_AFTER, self._keep)

    def on_descendant_blur(self) -> None:
        """What was typed into the field is complete."""
        if self._is_stale:
            self._start_check()

    def _start_check(self) -> None:
        if not self._is_checking:
            self._check()

    @work(group="check")
    async def _check(self) -> None:
        self._is_checking = True
        while self._is_stale:
            self._is_stale = False
            thing, steps = self._form.thing, self._form.steps()
            if self._form.is_new and not self._form.is_changed:
                continue  # an empty form is no fault yet
            try:
                snapshot = await asyncio.to_thread(self._editor.preview, steps)
            except InterviewKitError as error:
                self._show_general([], error)
                continue
            self._show_findings(thing, snapshot.findings)
        self._is_checking = False

    def _show_findings(self, thing: Address, located: Sequence[tuple[Address, Finding]]) -> None:
        mine = [(at[len(thing) :], finding) for at, finding in located if within(at, thing)]
        elsewhere = [
            finding for at, finding in located if not within(at, thing) and finding.level == "error"
        ]
        for entry in self._form.entries:
            matching = [(at, finding) for at, finding in mine if within(at, entry.field_name)]
            entry.show_findings(matching)
            mine = [(at, finding) for at, finding in mine if not within(at, entry.field_name)]
        self._show_general([*elsewhere, *(finding for _, finding in mine)])

    def _show_general(
        self, findings: Sequence[Finding], error: InterviewKitError | None = None
    ) -> None:
        lines = [finding_line(finding) for finding in findings]
        if error is not None:
            lines = [Content.styled(f"✗ {error}", "$text-error")]
        general = self.query_one("#general", Static)
        general.update(Content("\n").join(lines))
        general.display = bool(lines)

    async def _apply(self) -> bool:
        """What is typed into the bank; False when it cannot be used so."""
        steps = self._form.steps()
        if self._form.is_changed and not await self._desk.change(steps, self._form.thing):
            return False
        self._has_ended = True
        return True

    @work(exclusive=True)
    async def action_save(self) -> None:
        """Into the bank and into its file; then back."""
        if self.app.screen is not self or not await self._apply():
            return
        if await self._desk.save() or self._editor.is_changed:
            self.dismiss(None)
            return
        self._has_ended = False  # the file was read again: what was typed is only here
        self._check_again()

    @work(exclusive=True)
    async def action_leave(self) -> None:
        """Back; what was typed is kept or thrown away as one says."""
        if self.app.screen is not self:
            return
        if self._form.is_changed:
            ways = [(KEEP, "Keep it, to be saved with the other changes"), (THROW, "Discard it")]
            chosen = await self.app.push_screen_wait(
                Choose("What you typed here", "It is not in the bank yet.", ways, "Go on typing")
            )
            if not chosen or (chosen == KEEP and not await self._apply()):
                return
        self._has_ended = True
        await self._desk.keep(self.to_keep)
        self.dismiss(None)
