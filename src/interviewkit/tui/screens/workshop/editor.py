"""The workshop: one bank to read and to change, with what is found in it beside each thing."""

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Static, Tree

from interviewkit.banks import autosave
from interviewkit.banks.text.paths import Address
from interviewkit.errors import InterviewKitError, NotFoundError
from interviewkit.tui.screens.dialogs import Confirm
from interviewkit.tui.screens.workshop import unsaved_changes as unsaved
from interviewkit.tui.screens.workshop.bank_file import BankFileScreen
from interviewkit.tui.screens.workshop.help_text import HELP
from interviewkit.tui.screens.workshop.prompts import (
    COPY,
    EXTEND,
    AskId,
    adding,
    first_change,
)
from interviewkit.tui.widgets.bank_detail import heading_text, part_text
from interviewkit.tui.widgets.key_line import Keys
from interviewkit.tui.widgets.outline import HEAD, KITS, Outline
from interviewkit.workflows import bank_edits
from interviewkit.workflows.bank_editor import BankEditor, Step

if TYPE_CHECKING:
    from interviewkit.banks.loader import BankFile


class WorkshopScreen(BankFileScreen):
    """One bank, as an outline and the thing under its cursor."""

    CSS_PATH = "workshop.tcss"
    HELP = HELP
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]
    BINDINGS = [
        Binding("enter,e", "edit", "Edit", id="workshop.edit"),
        Binding("a", "add", "Add", id="workshop.add"),
        Binding("d", "duplicate", "Copy", id="workshop.duplicate"),
        Binding("delete", "remove", "Remove", id="workshop.remove", show=False),
        Binding("ctrl+up", "move(-1)", "Move up", id="workshop.up", show=False),
        Binding("ctrl+down", "move(1)", "Move down", id="workshop.down", show=False),
        Binding("u", "undo", "Undo", id="workshop.undo"),
        Binding("f", "finding", "Finding", id="workshop.finding"),
        Binding("slash", "search", "Search", id="workshop.search"),
        Binding("t", "try", "Try", id="workshop.try"),
        Binding("ctrl+s", "save", "Save", id="workshop.save"),
        Binding("f5", "reload", "Reload", id="workshop.reload", show=False),
        Binding("escape,f9", "leave", "Banks", id="workshop.leave"),
    ]

    def __init__(
        self,
        editor: BankEditor,
        try_question: Callable[["BankFile", str], None],
        address: Address = HEAD,
    ) -> None:
        """``address`` is where the cursor begins."""
        super().__init__(editor)
        self._try_question = try_question
        self._start = address

    def compose(self) -> ComposeResult:
        """The outline and the thing under its cursor."""
        yield Static(id="heading")
        with Horizontal():
            yield Outline()
            with VerticalScroll(id="part"):
                yield Static(id="words")
        yield Keys()

    def on_mount(self) -> None:
        """Fill the outline; go on with what was not saved the last time."""
        self.show(self._start)
        self.query_one(Outline).focus()
        for message in unsaved.waiting(self._editor):
            self.notify(message, severity="warning", timeout=20)
        self._go_on_typing()

    def on_resize(self) -> None:
        """Wrap again."""
        self.call_after_refresh(self._show_part)

    @on(Tree.NodeHighlighted)
    def _show_highlighted(self) -> None:
        self._show_part()
        self.query_one("#part", VerticalScroll).scroll_home(animate=False)

    def show(self, cursor: Address | None = None) -> None:
        """The bank as it stands now."""
        self.query_one(Outline).show(self._editor.snapshot, cursor)
        self._show_highlighted()
        self.show_heading()

    def _show_part(self) -> None:
        width = self.query_one("#part").scrollable_content_region.width
        content = part_text(self._editor.snapshot, self.query_one(Outline).address, width)
        self.query_one("#words", Static).update(content)

    def show_heading(self) -> None:
        """The line above: the title, and whether it is saved."""
        content = heading_text(self._editor, self.busy, self.size.width - 2)
        self.query_one("#heading", Static).update(content)

    async def change(self, steps: Sequence[Step], cursor: Address | None = None) -> bool:
        """Make a change in a thread and show what came of it; False when it was refused."""
        async with self.turn:
            self.busy = "…"
            self.show_heading()
            try:
                await asyncio.to_thread(self._editor.apply, steps)
            except InterviewKitError as error:
                self.fail(error)
                return False
            finally:
                self.busy = ""
                self.show_heading()
        self.show(cursor)
        self.say_fault()
        return True

    async def _may_change(self) -> bool:
        """Whether the bank is the user's, made so now if need be."""
        editor = self._editor
        if editor.snapshot.bank is None:
            self.notify(unsaved.how_to_fix(editor), severity="warning")
            return False
        if not editor.shipped:
            return True
        bank = editor.snapshot.bank
        chosen = await self.app.push_screen_wait(first_change())
        try:
            if chosen == EXTEND:
                await asyncio.to_thread(editor.extend)
            elif chosen == COPY:
                new_id = await self.app.push_screen_wait(AskId("The copy's id", f"{bank.id}-own"))
                if not new_id:
                    return False
                await asyncio.to_thread(editor.copy, new_id)
        except InterviewKitError as error:
            self.fail(error)
            return False
        self.show()
        return bool(chosen)

    @work
    async def action_edit(self) -> None:
        """The form for what is under the cursor."""
        address = self.query_one(Outline).address
        if self.app.screen is self and address != KITS and await self._may_change():
            await self._fill_in(address)

    async def _fill_in(self, address: Address, kind: str = "", state: object = None) -> None:
        """The form for what is there or, with a ``kind``, for a new one behind it."""
        from interviewkit.tui.forms import form_of, new_form
        from interviewkit.tui.screens.workshop.form import FormScreen

        bank = self._editor.snapshot.bank
        if bank is None:
            return
        form = new_form(bank, address, kind) if kind else form_of(bank, address)
        if form is not None:
            await self.app.push_screen_wait(FormScreen(form, self._editor, self, state))

    @work
    async def _go_on_typing(self) -> None:
        """The form that was open when the program ended, with what stood in it."""
        match self._editor.form:
            case {"at": list(at), "kind": str(kind), "fields": fields} if (
                self._editor.snapshot.bank
            ):
                try:
                    await self._fill_in(tuple(at), kind, fields)
                except NotFoundError:
                    self.set_aside()
            case something if something is not None:
                self.set_aside()

    def set_aside(self) -> None:
        """What stood in a form has no place in the bank any more; it is not thrown away."""
        target = self._editor.set_aside()
        self.notify(f"{unsaved.NO_PLACE} {target}", severity="warning", timeout=20)
        self.say_fault()

    @work
    async def action_add(self) -> None:
        """The form for another one like that under the cursor, to stand behind it."""
        address = self.query_one(Outline).address
        if self.app.screen is not self or not await self._may_change():
            return
        kind = await self._kind_to_add(address)
        if kind:
            await self._fill_in(address, kind)

    async def _kind_to_add(self, address: Address) -> str:
        kinds = bank_edits.addable(address)
        return kinds[0] if len(kinds) == 1 else await self.app.push_screen_wait(adding(kinds))

    @work
    async def action_duplicate(self) -> None:
        """A copy of what is under the cursor, right behind it."""
        address = self.query_one(Outline).address
        if len(address) < 2 or not await self._may_change():
            return
        bank = self._editor.snapshot.bank
        if bank is None:
            return
        free = bank_edits.free_id(bank, address)
        new_id = await self.app.push_screen_wait(AskId("The copy's id", free))
        if new_id:
            steps = [lambda draft: draft.duplicate(address, new_id)]
            await self.change(steps, (*address[:-1], new_id))

    @work
    async def action_remove(self) -> None:
        """Take away what is under the cursor, after asking."""
        address = self.query_one(Outline).address
        bank = self._editor.snapshot.bank
        if len(address) < 2 or bank is None:
            return
        try:
            removal = bank_edits.removal(bank, address)
        except InterviewKitError as error:
            self.fail(error)
            return
        if not await self._may_change():
            return
        message = f"{removal.description} Undo restores it."
        if await self.app.push_screen_wait(Confirm("Delete it?", message, "Delete", "Cancel")):
            await self.change(removal.steps, removal.next)

    @work
    async def action_move(self, step: int) -> None:
        """What is under the cursor up (-1) or down (1) among its like."""
        address, bank = self.query_one(Outline).address, self._editor.snapshot.bank
        destination = bank_edits.position_after_move(bank, address, step) if bank else None
        if destination is not None and await self._may_change():
            await self.change([lambda draft: draft.move(address, destination.previous)], address)

    @work
    async def action_undo(self) -> None:
        """Take back the last change."""
        async with self.turn:
            undone = await asyncio.to_thread(self._editor.undo)
        if undone:
            self.show()
            self.say_fault()
        else:
            self.notify("There is nothing to undo.", timeout=4)

    def action_finding(self) -> None:
        """The next thing about which something is found."""
        outline = self.query_one(Outline)
        if not outline.go_to_next_finding():
            self.notify("There are no findings in this bank.", timeout=4)

    def action_try(self) -> None:
        """The question under the cursor on the live screen, as it stands here."""
        address, file = self.query_one(Outline).address, self._editor.snapshot.file
        if file is None or address[:1] != ("questions",):
            self.notify("Move to a question first.", timeout=4)
            return
        self._try_question(file, str(address[1]))

    @work
    async def action_search(self) -> None:
        """Look for words in all banks; another bank than this one is opened in its place."""
        from interviewkit.tui.screens.workshop.bank_search import BankSearchScreen

        snapshots = {self._editor.path: self._editor.snapshot}
        target = await self.app.push_screen_wait(
            BankSearchScreen(autosave.banks_to_open(), snapshots)
        )
        if target is None:
            return
        location, address = target
        if location.path == self._editor.path:
            self.query_one(Outline).go(address)
        elif await self.may_leave():
            self.dismiss(target)

    @work
    async def action_leave(self) -> None:
        """Back to the banks; with unsaved changes ask first."""
        if self.app.screen is self and await self.may_leave():
            self.dismiss(None)
