"""The screen that lists people, roles and candidates, to rename, tell apart, merge and unmerge."""

from collections.abc import Callable
from typing import NamedTuple

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen, Screen
from textual.widgets import Input, Label, OptionList, Static
from textual.widgets.option_list import Option

from interviewkit.errors import InterviewKitError
from interviewkit.interview.people import Alias, NamedRecord, RecordKind
from interviewkit.storage.store import Store
from interviewkit.tui.content import Content
from interviewkit.tui.screens.dialogs import Confirm
from interviewkit.tui.widgets.key_line import Keys
from interviewkit.tui.widgets.text_input import SequentialInput

HELP = """
# People, roles and candidates

**n** renames the entry under the cursor; the old name still finds it. **e** sets what tells two
entries with the same name apart: a person's e-mail, or the reference of a candidate or role. **m**
merges the entry into another, so that both count as one; **u** undoes a merge. Scorecards stay as
they were sealed.
"""
TITLES = {
    RecordKind.CANDIDATE: "Candidates",
    RecordKind.ROLE: "Roles",
    RecordKind.PERSON: "People",
}


class _Row(NamedTuple):
    record: NamedRecord | None = None
    alias: Alias | None = None


class PeopleScreen(Screen[None]):
    """Lists all people, roles and candidates; merged records are below the one they belong to."""

    HELP = HELP
    BINDINGS = [
        Binding("n", "rename", "Rename", id="people.rename"),
        Binding("e", "reference", "Reference", id="people.reference"),
        Binding("m", "merge", "Merge", id="people.merge"),
        Binding("u", "unmerge", "Unmerge", id="people.unmerge"),
        Binding("escape,q", "home", "Home", id="people.home"),
    ]

    def __init__(self, store: Store, viewer: str) -> None:
        super().__init__()
        self._registry = store.registry()
        self._viewer = viewer
        self._rows: dict[str, _Row] = {}
        self._options = self._read()

    def compose(self) -> ComposeResult:
        """The list."""
        yield Static("People, roles and candidates", id="heading", classes="title")
        yield OptionList(*self._options, id="records", compact=True)
        yield Keys()

    def on_mount(self) -> None:
        """Move to the first record."""
        self.query_one("#records", OptionList).action_first()
        self.query_one("#records").focus()

    def _read(self) -> list[Option]:
        self._rows = {}
        options: list[Option] = []
        for kind, title in TITLES.items():
            options.append(Option(Content.styled(title, "bold $text-primary"), disabled=True))
            aliases: dict[str, list[Alias]] = {}
            for alias in self._registry.aliases(kind):
                if not alias.undone_at:
                    aliases.setdefault(alias.target_id, []).append(alias)
            for record in self._registry.records(kind):
                options.append(self._option(_Row(record), _describe(record)))
                for alias in aliases.get(record.id, ()):
                    line = Content.assemble(("    merged: ", "$muted"), alias.alias_id)
                    options.append(self._option(_Row(alias=alias), line))
        return options

    def _option(self, row: _Row, line: Content) -> Option:
        key = f"row-{len(self._rows)}"
        self._rows[key] = row
        return Option(line, id=key)

    def _refresh(self) -> None:
        records = self.query_one("#records", OptionList)
        highlighted = records.highlighted
        records.set_options(self._read())
        records.highlighted = min(highlighted or 0, records.option_count - 1)

    def _row(self) -> _Row:
        option = self.query_one("#records", OptionList).highlighted_option
        return self._rows.get((option and option.id) or "", _Row())

    @work(exclusive=True)
    async def action_rename(self) -> None:
        """Rename the record under the cursor."""
        record = self._row().record
        if record is None:
            return
        name = await self.app.push_screen_wait(OneLine("Rename", "Name", record.name))
        if name is not None:
            self._try(lambda: self._registry.rename(record, name, self._viewer))

    @work(exclusive=True)
    async def action_reference(self) -> None:
        """Set the e-mail or reference of the record under the cursor."""
        record = self._row().record
        if record is None:
            return
        label = "E-mail" if record.kind is RecordKind.PERSON else "Reference"
        text = await self.app.push_screen_wait(OneLine(record.name, label, record.reference))
        if text is not None:
            self._try(lambda: self._registry.set_reference(record, text, self._viewer))

    @work(exclusive=True)
    async def action_merge(self) -> None:
        """Merge the record under the cursor into another."""
        record = self._row().record
        if record is None:
            return
        try:
            targets = [
                candidate
                for candidate in self._registry.records(record.kind)
                if candidate != record
            ]
        except InterviewKitError as error:
            self.notify(str(error), severity="error", timeout=12)
            return
        target = await self.app.push_screen_wait(MergeInto(record, targets))
        if target is None:
            return
        question = (
            f"{record.label} and {target.label} become one {record.kind}, and "
            f"{target.name} stands for both. You can undo this later."
        )
        if await self.app.push_screen_wait(Confirm("Merge?", question, "Merge", "Cancel")):
            self._try(lambda: self._registry.merge(record, target, self._viewer))

    def action_unmerge(self) -> None:
        """Undo the merge under the cursor."""
        alias = self._row().alias
        if alias is None:
            self.notify("Move to a line marked merged.", timeout=4)
            return
        self._try(lambda: self._registry.unmerge(alias.kind, alias.alias_id, self._viewer))

    def _try(self, change: Callable[[], object]) -> None:
        try:
            change()
        except InterviewKitError as error:
            self.notify(str(error), severity="error", timeout=12)
        else:
            self._refresh()

    def action_home(self) -> None:
        """Go back."""
        self.dismiss()


class OneLine(ModalScreen[str | None]):
    """A dialog with one field, prefilled; ends with its text, or None when cancelled."""

    BINDINGS = [Binding("escape", "leave", "Cancel", id="one_line.leave")]

    def __init__(self, title: str, label: str, text: str) -> None:
        super().__init__()
        self._title, self._label, self._text = title, label, text

    def compose(self) -> ComposeResult:
        """The field; Enter saves it."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content(f" {self._title} ")
            yield Label(self._label)
            yield SequentialInput(self._text, id="text", on_enter=self._keep)
        yield Keys()

    def on_mount(self) -> None:
        """Select the text, so that typing replaces it."""
        self.query_one("#text", Input).select_all()

    def _keep(self) -> None:
        self.dismiss(self.query_one("#text", Input).value.strip())

    def action_leave(self) -> None:
        """Cancel."""
        self.dismiss(None)


class MergeInto(ModalScreen[NamedRecord | None]):
    """Asks which record to merge into; ends with it, or None when cancelled."""

    BINDINGS = [Binding("escape", "leave", "Cancel", id="merge_into.leave")]

    def __init__(self, record: NamedRecord, targets: list[NamedRecord]) -> None:
        super().__init__()
        self._record = record
        self._targets = {target.id: target for target in targets}

    def compose(self) -> ComposeResult:
        """The other records of the same kind."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content(f" Merge {self._record.name} into ")
            options = [Option(_describe(target), id=key) for key, target in self._targets.items()]
            yield OptionList(*options, compact=True)
        yield Keys()

    @on(OptionList.OptionSelected)
    def _choose(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._targets[event.option.id or ""])

    def action_leave(self) -> None:
        """Cancel."""
        self.dismiss(None)


def _describe(record: NamedRecord) -> Content:
    also = f" · also {', '.join(record.spellings)}" if record.spellings else ""
    identifier = record.reference or record.id
    return Content.assemble(f"  {record.name}", (f" · {identifier}{also}", "$muted"))
