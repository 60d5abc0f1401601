"""The banks there are: one's own and those that come with interviewkit."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen, Screen
from textual.widgets import Button, Input, Label, OptionList, Static
from textual.widgets.option_list import Option

from interviewkit.banks import autosave
from interviewkit.banks.library import BankLocation
from interviewkit.banks.text.paths import Address
from interviewkit.errors import InterviewKitError
from interviewkit.plurals import count_noun
from interviewkit.tui.content import Content
from interviewkit.tui.screens.workshop.prompts import ID, NO_ID
from interviewkit.tui.widgets.badges import level_counts
from interviewkit.tui.widgets.key_line import Keys
from interviewkit.tui.widgets.text_input import SequentialInput

if TYPE_CHECKING:
    from interviewkit.banks.loader import BankFile
    from interviewkit.workflows.bank_editor import BankSnapshot

HELP = """
# Banks

Your own banks come first, then those that come with interviewkit. **Enter** opens one in the
workshop, where you can read it, see its findings, change it, or try a question with **t**.
**n** starts a bank of your own, **l** makes one from a list of questions you have. **/** searches
all banks.

✗ is an error, ▲ a warning, › advice. A bank with an error cannot be used until that is fixed.
"""
UNREADABLE = "Unsaved changes of the workshop cannot be read. They were moved to:"


class BanksScreen(Screen[None]):
    """The list stands at once; what each bank holds follows as they are read, one by one."""

    CSS_PATH = "workshop.tcss"
    HELP = HELP
    BINDINGS = [
        Binding("n", "new", "New bank", id="banks.new"),
        Binding("slash", "search", "Search", id="banks.search"),
        Binding("l", "from_list", "From a list", id="banks.from_list"),
        Binding("escape,f9", "app.pop_screen", "Home", id="banks.home"),
    ]

    def __init__(self, try_question: Callable[["BankFile", str], None]) -> None:
        super().__init__()
        self._try_question = try_question
        self._locations: list[BankLocation] = []
        self._summaries: dict[str, Content] = {}
        self.leads_on = False

    def compose(self) -> ComposeResult:
        """A list."""
        yield Static("Question banks", id="heading", classes="title")
        yield OptionList(id="banks", compact=True)
        yield Keys()

    def on_screen_resume(self) -> None:
        """Look again: a bank may have been made or changed meanwhile."""
        for path in autosave.quarantine_unreadable():
            self.notify(f"{UNREADABLE} {path}", severity="warning", timeout=20)
        self._locations = autosave.banks_to_open()
        rows = self.query_one("#banks", OptionList)
        highlighted = rows.highlighted or 0
        rows.set_options([self._row(location) for location in self._locations])
        if self._locations:
            rows.highlighted = min(highlighted, len(self._locations) - 1)
        rows.focus()
        self._read()

    @work(exclusive=True, group="read")
    async def _read(self) -> None:
        from interviewkit.workflows.bank_editor import read_snapshot

        rows = self.query_one("#banks", OptionList)  # it goes before the screen that is left
        for index, location in enumerate(self._locations):
            try:
                summary = _summary(await asyncio.to_thread(read_snapshot, location))
            except InterviewKitError as error:
                summary = Content.styled(f"✗ {error.message}", "$text-error")
            self._summaries[str(location.path)] = summary
            rows.replace_option_prompt_at_index(index, self._row(location).prompt)

    def _row(self, location: BankLocation) -> Option:
        origin = "comes with interviewkit" if location.shipped else "your own"
        unsaved = " · unsaved changes" if autosave.is_waiting(location.path) else ""
        return Option(
            Content.assemble(
                (location.title, "bold"),
                (f" · {origin}", "$muted"),
                (unsaved, "$text-warning"),
                (f"\n  {location.id}  ", "$muted"),
                self._summaries.get(str(location.path), Content.styled("…", "$muted")),
                "\n",
            )
        )

    @on(OptionList.OptionSelected, "#banks")
    def _select(self, event: OptionList.OptionSelected) -> None:
        self.open_bank(self._locations[event.option_index])

    @work
    async def action_search(self) -> None:
        """Look for words in all banks, and open the workshop there."""
        from interviewkit.tui.screens.workshop.bank_search import BankSearchScreen

        target = await self.app.push_screen_wait(BankSearchScreen(self._locations, {}))
        if target is not None:
            self.open_bank(*target)

    @work
    async def open_bank(self, location: BankLocation, address: Address = ()) -> None:
        """The workshop on this bank, at this address; read in a thread."""
        from interviewkit.tui.screens.workshop.editor import WorkshopScreen
        from interviewkit.workflows.bank_editor import BankEditor

        if self.leads_on:
            return
        self.leads_on = True
        try:
            editor: BankEditor = await asyncio.to_thread(BankEditor, location)
        except InterviewKitError as error:
            self.notify(str(error), severity="error", timeout=12)
            return
        finally:
            self.leads_on = False
        if self.app.screen is self:
            workshop = WorkshopScreen(editor, self._try_question, address)
            self.app.push_screen(workshop, self._open_next)
        else:
            editor.close()

    def _open_next(self, target: "tuple[BankLocation, Address] | None") -> None:
        """What a workshop was left for."""
        if target is not None:
            self.open_bank(*target)

    @work
    async def action_new(self) -> None:
        """Begin a bank of one's own, and open it."""
        from interviewkit.workflows.bank_editor import begin_bank

        id_and_title = await self.app.push_screen_wait(
            NewBankScreen([location.id for location in self._locations])
        )
        if id_and_title is None:
            return
        try:
            self.open_bank(await asyncio.to_thread(begin_bank, *id_and_title))
        except InterviewKitError as error:
            self.notify(str(error), severity="error", timeout=12)

    @work
    async def action_from_list(self) -> None:
        """Make a bank from a list of questions, report on it, and open it."""
        from interviewkit.tui.screens.workshop.list_form import ListForm

        listed = await self.app.push_screen_wait(ListForm())
        if listed is not None:
            self.notify("\n".join(listed.lines), timeout=20)
            self.open_bank(listed.location)


class NewBankScreen(ModalScreen[tuple[str, str] | None]):
    """Ends with (id, title), or None when it was left."""

    BINDINGS = [Binding("escape", "leave", "Leave", id="new_bank.leave")]

    def __init__(self, used_ids: list[str]) -> None:
        super().__init__()
        self._used_ids = used_ids

    def compose(self) -> ComposeResult:
        """Two fields and a button."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = " A new bank "
            yield Label("Title")
            yield SequentialInput(
                id="title", on_enter=self.focus_next, placeholder="such as Selling to hospitals"
            )
            yield Label("Id")
            yield SequentialInput(
                id="id", on_enter=self._enter, placeholder="such as hospital-sales"
            )
            yield Static(id="fault", classes="fault")
            yield Button("Begin", variant="primary", compact=True)

    @on(Button.Pressed)
    def _enter(self) -> None:
        title, name = (
            self.query_one(f"#{field}", Input).value.strip() for field in ("title", "id")
        )
        fault = self.query_one("#fault", Static)
        if not title:
            fault.update("Give it a title.")
        elif not ID.fullmatch(name) or len(name) > 60:
            fault.update(NO_ID)
        elif name in self._used_ids:
            fault.update(Content(f"There is already a bank {name}."))
        else:
            self.dismiss((name, title))

    def action_leave(self) -> None:
        """None."""
        self.dismiss(None)


def _summary(snapshot: "BankSnapshot") -> Content:
    counts = level_counts([finding for _, finding in snapshot.findings])
    badges = Content(" ").join(Content.styled(*badge) for badge in counts) if counts else "clean"
    bank = snapshot.bank
    if bank is None:
        return Content.assemble("cannot be used  ", badges)
    questions = count_noun(len(bank.questions), "question")
    kits = count_noun(len(bank.kits), "kit")
    description = f"{questions} · {kits} · {bank.language} · version {bank.version} · "
    return Content.assemble(description, badges)
