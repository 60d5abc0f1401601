"""People, roles and candidates as records: renamed, told apart, merged and taken apart again."""

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

**n** gives what is under the cursor another name; the old one still finds it. **e** sets what
tells two of one name apart: a person's e-mail, a candidate's or role's reference. **m** merges it
into another: both are the same from then on, and **u** takes what was merged apart again. No
scorecard changes; it stays as it was sealed.
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
    """A list of all records that bear names; what was merged stands below whom it is part of."""

    HELP = HELP
    BINDINGS = [
        Binding("n", "rename", "Rename", id="people.rename"),
        Binding("e", "reference", "Reference", id="people.reference"),
        Binding("m", "merge", "Merge", id="people.merge"),
        Binding("u", "unmerge", "Take apart", id="people.unmerge"),
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
        """To the first record."""
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
                options.append(self._option(_Row(record), _words(record)))
                for alias in aliases.get(record.id, ()):
                    words = Content.assemble(("    merged: ", "$muted"), alias.alias_id)
                    options.append(self._option(_Row(alias=alias), words))
        return options

    def _option(self, row: _Row, words: Content) -> Option:
        key = f"row-{len(self._rows)}"
        self._rows[key] = row
        return Option(words, id=key)

    def _refresh(self) -> None:
        records = self.query_one("#records", OptionList)
        place = records.highlighted
        records.set_options(self._read())
        records.highlighted = min(place or 0, records.option_count - 1)

    def _row(self) -> _Row:
        option = self.query_one("#records", OptionList).highlighted_option
        return self._rows.get((option and option.id) or "", _Row())

    @work(exclusive=True)
    async def action_rename(self) -> None:
        """Another name for the record under the cursor."""
        record = self._row().record
        if record is None:
            return
        name = await self.app.push_screen_wait(OneLine("Rename", "Name", record.name))
        if name is not None:
            self._try(lambda: self._registry.rename(record, name, self._viewer))

    @work(exclusive=True)
    async def action_reference(self) -> None:
        """What tells the record under the cursor from others of its name."""
        record = self._row().record
        if record is None:
            return
        label = "E-mail" if record.kind is RecordKind.PERSON else "Reference"
        text = await self.app.push_screen_wait(OneLine(record.name, label, record.reference))
        if text is not None:
            self._try(lambda: self._registry.set_reference(record, text, self._viewer))

    @work(exclusive=True)
    async def action_merge(self) -> None:
        """Let another record stand for the one under the cursor."""
        record = self._row().record
        if record is None:
            return
        try:
            others = [other for other in self._registry.records(record.kind) if other != record]
        except InterviewKitError as error:
            self.notify(str(error), severity="error", timeout=12)
            return
        target = await self.app.push_screen_wait(MergeInto(record, others))
        if target is None:
            return
        question = (
            f"{record.label} and {target.label} are the same {record.kind} from then on, and "
            f"{target.name} stands for both. You can take them apart again."
        )
        if await self.app.push_screen_wait(Confirm("Merge?", question, "Merge", "Leave")):
            self._try(lambda: self._registry.merge(record, target, self._viewer))

    def action_unmerge(self) -> None:
        """Take what was merged, under the cursor, apart again."""
        alias = self._row().alias
        if alias is None:
            self.notify("Move to a line that says merged.", timeout=4)
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
        """Back."""
        self.dismiss()


class OneLine(ModalScreen[str | None]):
    """One field, with what stands there now; ends with what was typed, None when it was left."""

    BINDINGS = [Binding("escape", "leave", "Leave", id="one_line.leave")]

    def __init__(self, title: str, label: str, text: str) -> None:
        super().__init__()
        self._title, self._label, self._text = title, label, text

    def compose(self) -> ComposeResult:
        """The field; Enter keeps it."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content(f" {self._title} ")
            yield Label(self._label)
            yield SequentialInput(self._text, id="text", on_enter=self._keep)
        yield Keys()

    def on_mount(self) -> None:
        """What stands there is selected: who types replaces it."""
        self.query_one("#text", Input).select_all()

    def _keep(self) -> None:
        self.dismiss(self.query_one("#text", Input).value.strip())

    def action_leave(self) -> None:
        """Nothing is changed."""
        self.dismiss(None)


class MergeInto(ModalScreen[NamedRecord | None]):
    """Whom a record is merged into; None when it was left."""

    BINDINGS = [Binding("escape", "leave", "Leave", id="merge_into.leave")]

    def __init__(self, record: NamedRecord, others: list[NamedRecord]) -> None:
        super().__init__()
        self._record = record
        self._others = {other.id: other for other in others}

    def compose(self) -> ComposeResult:
        """The others of the kind."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content(f" Merge {self._record.name} into ")
            options = [Option(_words(other), id=key) for key, other in self._others.items()]
            yield OptionList(*options, compact=True)
        yield Keys()

    @on(OptionList.OptionSelected)
    def _choose(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._others[event.option.id or ""])

    def action_leave(self) -> None:
        """Nothing is merged."""
        self.dismiss(None)


def _words(record: NamedRecord) -> Content:
    also = f" · also {', '.join(record.spellings)}" if record.spellings else ""
    told_by = record.reference or record.id
    return Content.assemble(f"  {record.name}", (f" · {told_by}{also}", "$muted"))
