"""The workshop: one bank to read and to change, with what is found in it beside each thing."""

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.screen import Screen
from textual.widgets import Static, Tree

from interviewkit.banks.text.paths import Address
from interviewkit.errors import ChangedOnDiskError, InterviewKitError, NotFoundError
from interviewkit.tui.screens.dialogs import Confirm
from interviewkit.tui.screens.workshop import unsaved as unsaved
from interviewkit.tui.screens.workshop.help_text import HELP
from interviewkit.tui.screens.workshop.prompts import (
    COPY,
    EXTEND,
    AskId,
    Choose,
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


class WorkshopScreen(Screen[None]):
    """One bank. What takes as long as the bank is large is done in a thread, one at a time."""

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
        Binding("t", "try", "Try", id="workshop.try"),
        Binding("ctrl+s", "save", "Save", id="workshop.save"),
        Binding("f5", "reload", "Read again", id="workshop.reload", show=False),
        Binding("escape,f9", "leave", "Banks", id="workshop.leave"),
    ]

    def __init__(self, editor: BankEditor, try_question: Callable[["BankFile", str], None]) -> None:
        super().__init__()
        self._editor = editor
        self._try_question = try_question
        self._turn = asyncio.Lock()
        self._busy = ""
        self._has_warned_outdated = False
        self._last_fault = ""

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
        self._show(HEAD)
        self.query_one(Outline).focus()
        for message in unsaved.waiting(self._editor):
            self.notify(message, severity="warning", timeout=20)
        self._go_on_typing()

    def on_unmount(self) -> None:
        """What is kept waits for anyone who opens the bank next."""
        self._editor.close()

    @property
    def unsaved(self) -> str:
        """What to ask before the program is closed; nothing when everything is in the file."""
        return unsaved.quitting(self._editor) if self._editor.is_changed else ""

    def on_screen_resume(self) -> None:
        """Another program may have been at the file meanwhile."""
        self._check_disk()

    def on_app_focus(self, event: events.AppFocus) -> None:
        """The same, when one comes back to the terminal."""
        self._check_disk()

    def _check_disk(self) -> None:
        try:
            outdated = self._editor.is_outdated
        except InterviewKitError as error:
            self._fail(error)
            return
        if outdated and not self._has_warned_outdated:
            self.notify(unsaved.outdated_warning(self._editor), severity="warning", timeout=12)
        self._has_warned_outdated = outdated

    def on_resize(self) -> None:
        """Wrap again."""
        self.call_after_refresh(self._show_part)

    @on(Tree.NodeHighlighted)
    def _show_highlighted(self) -> None:
        self._show_part()
        self.query_one("#part", VerticalScroll).scroll_home(animate=False)

    def _show(self, cursor: Address | None = None) -> None:
        self.query_one(Outline).show(self._editor.snapshot, cursor)
        self._show_part()
        self._show_heading()

    def _show_part(self) -> None:
        width = self.query_one("#part").scrollable_content_region.width
        content = part_text(self._editor.snapshot, self.query_one(Outline).address, width)
        self.query_one("#words", Static).update(content)

    def _show_heading(self) -> None:
        content = heading_text(self._editor, self._busy, self.size.width - 2)
        self.query_one("#heading", Static).update(content)

    def _fail(self, error: InterviewKitError) -> None:
        self.notify(str(error), severity="error", timeout=12)

    # What changes the bank

    async def change(self, steps: Sequence[Step], cursor: Address | None = None) -> bool:
        """Make a change in a thread and show what came of it; False when it was refused."""
        async with self._turn:
            self._busy = "…"
            self._show_heading()
            try:
                await asyncio.to_thread(self._editor.apply, steps)
            except InterviewKitError as error:
                self._fail(error)
                return False
            finally:
                self._busy = ""
                self._show_heading()
        self._show(cursor)
        self._say_fault()
        return True

    async def keep(self, typed: Callable[[], object]) -> None:
        """Keep what is typed in an open form by the time that its turn comes."""
        async with self._turn:
            await asyncio.to_thread(self._editor.keep_form, typed())
        self._say_fault()

    def _say_fault(self) -> None:
        fault = self._editor.fault
        if fault and fault != self._last_fault:
            message = f"What you change is not kept until you save it with Ctrl+S: {fault}"
            self.notify(message, severity="warning", timeout=20)
        self._last_fault = fault

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
            self._fail(error)
            return False
        self._show()
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
        self._say_fault()

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
            self._fail(error)
            return
        if not await self._may_change():
            return
        message = f"{removal.words} Undo brings it back."
        if await self.app.push_screen_wait(
            Confirm("Take it away?", message, "Take it away", "Leave it")
        ):
            await self.change(removal.steps, removal.next)

    @work
    async def action_move(self, step: int) -> None:
        """What is under the cursor up (-1) or down (1) among its like."""
        address, bank = self.query_one(Outline).address, self._editor.snapshot.bank
        destination = bank_edits.position_after_move(bank, address, step) if bank else None
        if destination is not None and await self._may_change():
            await self.change([lambda draft: draft.move(address, destination.after)], address)

    @work
    async def action_undo(self) -> None:
        """Take back the last change."""
        async with self._turn:
            undone = await asyncio.to_thread(self._editor.undo)
        if undone:
            self._show()
            self._say_fault()
        else:
            self.notify("There is nothing to undo.", timeout=4)

    # What does not

    def action_finding(self) -> None:
        """The next thing about which something is found."""
        outline = self.query_one(Outline)
        if not outline.go_to_next_finding():
            self.notify("Nothing is found in this bank.", timeout=4)

    def action_try(self) -> None:
        """The question under the cursor on the live screen, as it stands here."""
        address, file = self.query_one(Outline).address, self._editor.snapshot.file
        if file is None or address[:1] != ("questions",):
            self.notify("Move to a question first.", timeout=4)
            return
        self._try_question(file, str(address[1]))

    @work
    async def action_save(self) -> None:
        """Write the file."""
        await self.save()

    async def save(self) -> bool:
        """Write the file; when it is no longer what was read, ask. False when it is not saved."""
        if self._editor.shipped:
            self.notify("This bank comes with interviewkit; nothing is changed in it.", timeout=4)
            return False
        over = False
        while True:
            try:
                async with self._turn:
                    await asyncio.to_thread(self._editor.save, over=over)
            except ChangedOnDiskError:
                chosen = await self._ask(unsaved.whose(self._editor.path))
                if chosen in (unsaved.RELOAD, unsaved.BOTH):
                    await self._reload(beside=chosen == unsaved.BOTH)
                if chosen != unsaved.MINE:
                    return False
                over = True
                continue
            except InterviewKitError as error:
                self._fail(error)
                return False
            self._has_warned_outdated = False
            self._show_heading()
            self.notify(f"Saved {self._editor.path}.", timeout=4)
            return True

    @work
    async def action_reload(self) -> None:
        """Read the file again, after asking if that would lose something."""
        if self._editor.is_changed:
            message = "What you changed and have not saved would be gone."
            if not await self.app.push_screen_wait(
                Confirm("Read the file again?", message, "Read it", "Not now")
            ):
                return
        await self._reload()

    async def _ask(self, prompt: Choose) -> str:
        self.app.clear_notifications()  # they would lie over what is asked, which says it again
        return await self.app.push_screen_wait(prompt)

    async def _reload(self, *, beside: bool = False) -> None:
        try:
            async with self._turn:
                if beside:
                    put = await asyncio.to_thread(self._editor.put_beside)
                    self.notify(f"What you changed is in {put}.", timeout=12)
                await asyncio.to_thread(self._editor.reload)
        except InterviewKitError as error:
            self._fail(error)
            return
        self._has_warned_outdated = False
        self._show()

    @work
    async def action_leave(self) -> None:
        """Back to the banks; with unsaved changes ask first."""
        if self.app.screen is not self:
            return
        if self._editor.is_changed:
            chosen = await self._ask(unsaved.leaving(self._editor))
            if not chosen or (chosen == unsaved.SAVE and not await self.save()):
                return
            try:
                if chosen == unsaved.THROW:
                    self._editor.let_go()
            except InterviewKitError as error:
                self._fail(error)
                return
        self.dismiss(None)
