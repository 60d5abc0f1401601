"""A search over all banks, as you type."""

import asyncio
from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from interviewkit.banks.library import BankLocation
from interviewkit.banks.text.paths import Address
from interviewkit.errors import InterviewKitError
from interviewkit.plurals import count_noun
from interviewkit.tui.content import Content
from interviewkit.tui.widgets.key_line import Keys
from interviewkit.tui.widgets.text_input import SequentialInput
from interviewkit.workflows.bank_editor import BankSnapshot, read_snapshot
from interviewkit.workflows.bank_search import BankEntry, bank_entries, find_entries

HELP = """
# Search the banks

Type words: the list shows every item of any bank that contains all of them. "Words in quotes" stay
together; capitals and accents do not matter.

- **competency:** before a word searches the competency that is rated: `competency:pricing`
- **element:** searches the elements that a probe elicits: `element:setback`
- **finding:** searches the findings, by code, text or level: `finding:double-barrelled`

**↓** goes to the results, **Enter** opens the workshop there, **/** goes back to the search field.
"""
HINT = "words, or competency:… element:… finding:…"
MOST_ROWS = 200
Target = tuple[BankLocation, Address]


class BankSearchInput(SequentialInput):
    """Where one types; a text field would take the arrow for scrolling."""

    BINDINGS = [Binding("down", "screen.results", "To the results", id="bank_search.results")]


class BankSearchScreen(Screen[Target | None]):
    """Ends with what was chosen. ``snapshots`` are banks as they stand unsaved, by their file."""

    CSS_PATH = "workshop.tcss"
    HELP = HELP
    BINDINGS = [
        Binding("slash", "words", "Search field", id="bank_search.words"),
        Binding("escape,f9", "leave", "Back", id="bank_search.leave"),
    ]

    def __init__(
        self, locations: Sequence[BankLocation], snapshots: Mapping[Path, BankSnapshot]
    ) -> None:
        super().__init__()
        self._locations = locations
        self._snapshots = snapshots
        self._entries: list[BankEntry] = []
        self._rows: list[BankEntry] = []
        self._unread = len(locations)

    def compose(self) -> ComposeResult:
        """The words, how many things hold them, and these."""
        yield Static("Search all banks", id="heading", classes="title")
        yield BankSearchInput(id="query", placeholder=HINT, on_enter=self.action_results)
        yield Static(id="count")
        yield OptionList(id="hits", compact=True)
        yield Keys()

    def on_mount(self) -> None:
        """Read one bank after the other; what is read can be found at once."""
        self.query_one("#query").focus()
        self._read()

    @work(exclusive=True)
    async def _read(self) -> None:
        for location in self._locations:
            try:
                snapshot = self._snapshots.get(location.path) or await asyncio.to_thread(
                    read_snapshot, location
                )
            except InterviewKitError:  # the list of banks says why it cannot be read
                snapshot = None
            if snapshot is not None:
                self._entries += await asyncio.to_thread(bank_entries, location, snapshot)
            self._unread -= 1
            self._find()

    @on(Input.Changed, "#query")
    def _find(self) -> None:
        query = self.query_one("#query", Input).value
        hits = list(islice(find_entries(self._entries, query), MOST_ROWS + 1))
        rows = self.query_one("#hits", OptionList)
        chosen = self._rows[rows.highlighted] if rows.highlighted is not None else None
        self._rows = hits[:MOST_ROWS]
        rows.set_options([self._row(entry) for entry in self._rows])
        if chosen in self._rows:
            rows.highlighted = self._rows.index(chosen)
        self.query_one("#count", Static).update(self._count(query, len(hits)))

    def _count(self, query: str, count: int) -> str:
        if not query.strip():
            text = "Type a word."
        elif count > MOST_ROWS:
            text = f"More than {MOST_ROWS} results; add a word to narrow the search."
        else:
            text = f"{count} found" if count else "No results."
        unread = count_noun(self._unread, "bank")
        return f"{text} · {unread} still to be read" if self._unread else text

    def _row(self, entry: BankEntry) -> Option:
        return Option(
            Content.assemble(
                (entry.label, "bold"),
                (f" · {entry.bank_title}", "$muted"),
                f"\n  {' '.join(entry.text.split())}",
            )
        )

    @on(OptionList.OptionSelected, "#hits")
    def _choose(self, event: OptionList.OptionSelected) -> None:
        entry = self._rows[event.option_index]
        self.dismiss((entry.location, entry.address))

    def action_results(self) -> None:
        """Go to the results."""
        rows = self.query_one("#hits", OptionList)
        if self._rows:
            rows.focus()
            if rows.highlighted is None:
                rows.highlighted = 0

    def action_words(self) -> None:
        """Back to the search field."""
        self.query_one("#query").focus()

    def action_leave(self) -> None:
        """Back, with nothing chosen."""
        self.dismiss(None)
