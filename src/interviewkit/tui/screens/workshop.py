"""The workshop: one bank to read and to change, with what is found in it beside each thing."""

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static, Tree

from interviewkit.banks.addresses import Address
from interviewkit.errors import ChangedOnDiskError, InterviewKitError
from interviewkit.tui import changes
from interviewkit.tui.bench import Bench, Step
from interviewkit.tui.screens.sheet import Confirm
from interviewkit.tui.screens.workshop_ask import AskId, Choose
from interviewkit.tui.widgets.keys import Keys
from interviewkit.tui.widgets.marks import counted
from interviewkit.tui.widgets.outline import HEAD, KITS, Outline
from interviewkit.tui.widgets.part import part_text

if TYPE_CHECKING:
    from interviewkit.banks.model import Bank
    from interviewkit.banks.reading import BankFile
    from interviewkit.tui.forms import Form

HELP = """
# The workshop

On the left the bank: competencies with their questions and probes, then the kits. On the right
what the cursor is on, whole, and under each line what is found about it, with its line in the
file. ✗ is an error, ▲ a warning, › advice. **✓** and **·** say which elements of a story the probes
elicit, and which none does.

**Enter** edits what is under the cursor, **a** adds one like it behind it, **d** copies it,
**Delete** takes it away, Ctrl with the arrows moves it. **u** takes back the last change. Nothing
is on disk until **Ctrl+S**; then only what you changed is different in the file.

Banks that come with interviewkit stay as they are: the first change asks how to make it your own.
**t** tries the question under the cursor on the live screen, with nothing recorded. **Tab** goes
to the right side, to scroll it.
"""
EXTEND, COPY = "extend", "copy"
SAVE, THROW = "save", "throw"
RELOAD, MINE = "reload", "mine"


class WorkshopScreen(Screen[None]):
    """One bank. What takes as long as the bank is large is done in a thread, one at a time."""

    CSS_PATH = "banks.tcss"
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

    def __init__(self, bench: Bench, try_question: Callable[["BankFile", str], None]) -> None:
        super().__init__()
        self._bench = bench
        self._try_question = try_question
        self._turn = asyncio.Lock()
        self._busy = ""
        self._told_outdated = False

    def compose(self) -> ComposeResult:
        """The outline and the thing under its cursor."""
        yield Static(id="heading")
        with Horizontal():
            yield Outline()
            with VerticalScroll(id="part"):
                yield Static(id="words")
        yield Keys()

    def on_mount(self) -> None:
        """Fill the outline."""
        self._show(HEAD)
        self.query_one(Outline).focus()

    @property
    def has_unsaved(self) -> bool:
        """Whether closing the program now would lose something."""
        return self._bench.is_changed

    def on_screen_resume(self) -> None:
        """Another program may have been at the file meanwhile."""
        self._look_outside()

    def on_app_focus(self, event: events.AppFocus) -> None:
        """The same, when one comes back to the terminal."""
        self._look_outside()

    def _look_outside(self) -> None:
        try:
            outdated = self._bench.is_outdated
        except InterviewKitError as error:
            self._fail(error)
            return
        if outdated and not self._told_outdated:
            self.notify(
                f"{self._bench.path} was changed by another program. F5 reads it again; what you "
                "have not saved would be gone. Ctrl+S asks before anything is written over.",
                severity="warning",
                timeout=12,
            )
        self._told_outdated = outdated

    def on_resize(self) -> None:
        """Wrap anew."""
        self.call_after_refresh(self._show_part)

    @on(Tree.NodeHighlighted)
    def _highlighted(self) -> None:
        self._show_part()
        self.query_one("#part", VerticalScroll).scroll_home(animate=False)

    def _show(self, cursor: Address | None = None) -> None:
        self.query_one(Outline).show(self._bench.look, cursor)
        self._show_part()
        self._show_heading()

    def _show_part(self) -> None:
        width = self.query_one("#part").scrollable_content_region.width
        words = part_text(self._bench.look, self.query_one(Outline).address, width)
        self.query_one("#words", Static).update(words)

    def _show_heading(self) -> None:
        bench = self._bench
        title = bench.look.bank.title if bench.look.bank else bench.path.name
        whose = "comes with interviewkit" if bench.shipped else "your own"
        state = ("not saved", "bold $text-warning") if bench.is_changed else ("saved ●", "$muted")
        state = (self._busy, "$muted") if self._busy else state
        counts = counted([finding for _, finding in bench.look.findings])
        found = Content(" ").join(Content.styled(*one) for one in counts) if counts else "clean"
        heading = Content.assemble((title, "bold"), f" · {whose} · ", found)
        right = Content.styled(*state) if not bench.shipped or self._busy else Content("")
        room = self.size.width - right.cell_length - 3
        left = heading.truncate(max(0, room), ellipsis=True, pad=True)
        self.query_one("#heading", Static).update(Content.assemble(left, " ", right))

    def _fail(self, error: InterviewKitError) -> None:
        self.notify(str(error), severity="error", timeout=12)

    # What changes the bank

    async def change(self, steps: Sequence[Step], cursor: Address | None = None) -> bool:
        """Make a change in a thread and show what came of it; False when it was refused."""
        async with self._turn:
            self._busy = "…"
            self._show_heading()
            try:
                await asyncio.to_thread(self._bench.apply, steps)
            except InterviewKitError as error:
                self._fail(error)
                return False
            finally:
                self._busy = ""
                self._show_heading()
        self._show(cursor)
        return True

    async def _may_change(self) -> bool:
        """Whether the bank is the user's, made so now if need be."""
        bench = self._bench
        if bench.look.bank is None:
            self.notify("Mend the file in a text editor first, then press F5.", severity="warning")
            return False
        if not bench.shipped:
            return True
        bank = bench.look.bank
        chosen = await self.app.push_screen_wait(
            Choose(
                "This bank comes with interviewkit",
                "It stays as it is. Changes go into a bank of your own:",
                [
                    (EXTEND, "A small file that builds on it, with only what you change"),
                    (COPY, "A whole copy with another id, to go its own way"),
                ],
            )
        )
        try:
            if chosen == EXTEND:
                await asyncio.to_thread(bench.extend)
            elif chosen == COPY:
                new_id = await self.app.push_screen_wait(AskId("The copy's id", f"{bank.id}-own"))
                if not new_id:
                    return False
                await asyncio.to_thread(bench.copy, new_id)
        except InterviewKitError as error:
            self._fail(error)
            return False
        self._show()
        return bool(chosen)

    @work
    async def action_edit(self) -> None:
        """The form for what is under the cursor."""
        from interviewkit.tui.forms import form_of

        address = self.query_one(Outline).address
        if self.app.screen is self and address != KITS and await self._may_change():
            await self._fill_in(lambda bank: form_of(bank, address))

    async def _fill_in(self, make: Callable[["Bank"], "Form | None"]) -> None:
        from interviewkit.tui.screens.workshop_form import FormScreen

        bank = self._bench.look.bank
        form = make(bank) if bank else None
        if form is not None:
            screen = FormScreen(form, self._bench, self.change, self.save)
            await self.app.push_screen_wait(screen)

    @work
    async def action_add(self) -> None:
        """The form for another one like that under the cursor, to stand behind it."""
        from interviewkit.tui.forms import new_form

        address = self.query_one(Outline).address
        if self.app.screen is not self or not await self._may_change():
            return
        kind = await self._kind_to_add(address)
        if kind:
            await self._fill_in(lambda bank: new_form(bank, address, kind))

    async def _kind_to_add(self, address: Address) -> str:
        kinds = changes.addable(address)
        if len(kinds) == 1:
            return kinds[0]
        named = [(kind, f"A {kind}") for kind in kinds]
        return await self.app.push_screen_wait(Choose("Add", "What is to be added?", named))

    @work
    async def action_duplicate(self) -> None:
        """A copy of what is under the cursor, right behind it."""
        address = self.query_one(Outline).address
        if len(address) < 2 or not await self._may_change():
            return
        bank = self._bench.look.bank
        if bank is None:
            return
        free = changes.free_id(bank, address)
        new_id = await self.app.push_screen_wait(AskId("The copy's id", free))
        if new_id:
            steps = [lambda draft: draft.duplicate(address, new_id)]
            await self.change(steps, (*address[:-1], new_id))

    @work
    async def action_remove(self) -> None:
        """Take away what is under the cursor, after asking."""
        address = self.query_one(Outline).address
        bank = self._bench.look.bank
        if len(address) < 2 or bank is None:
            return
        try:
            removal = changes.removal(bank, address)
        except InterviewKitError as error:
            self._fail(error)
            return
        if not await self._may_change():
            return
        words = f"{removal.words} Undo brings it back."
        if await self.app.push_screen_wait(
            Confirm("Take it away?", words, "Take it away", "Leave it")
        ):
            await self.change(removal.steps, removal.next)

    @work
    async def action_move(self, step: int) -> None:
        """What is under the cursor up (-1) or down (1) among its like."""
        address, bank = self.query_one(Outline).address, self._bench.look.bank
        place = changes.moved(bank, address, step) if bank else None
        if place is not None and await self._may_change():
            await self.change([lambda draft: draft.move(address, place.after)], address)

    @work
    async def action_undo(self) -> None:
        """Take back the last change."""
        async with self._turn:
            undone = await asyncio.to_thread(self._bench.undo)
        if undone:
            self._show()
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
        address, file = self.query_one(Outline).address, self._bench.look.file
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
        if self._bench.shipped:
            self.notify("This bank comes with interviewkit; nothing is changed in it.", timeout=4)
            return False
        over = False
        while True:
            try:
                async with self._turn:
                    await asyncio.to_thread(self._bench.save, over=over)
            except ChangedOnDiskError:
                chosen = await self._ask_whose()
                if chosen == RELOAD:
                    await self._reload()
                if chosen != MINE:
                    return False
                over = True
                continue
            except InterviewKitError as error:
                self._fail(error)
                return False
            self._told_outdated = False
            self._show_heading()
            self.notify(f"Saved {self._bench.path}.", timeout=4)
            return True

    async def _ask_whose(self) -> str:
        return await self.app.push_screen_wait(
            Choose(
                "Changed by another program",
                f"{self._bench.path} is no longer what was read here. Which shall it be?",
                [
                    (RELOAD, "Read the file again; what was not saved here is gone"),
                    (MINE, "Keep mine; what the other program wrote is gone"),
                ],
                "Neither yet",
            )
        )

    @work
    async def action_reload(self) -> None:
        """Read the file again, after asking if that would lose something."""
        if self._bench.is_changed:
            words = "What you changed and have not saved would be gone."
            if not await self.app.push_screen_wait(
                Confirm("Read the file again?", words, "Read it", "Not now")
            ):
                return
        await self._reload()

    async def _reload(self) -> None:
        try:
            async with self._turn:
                await asyncio.to_thread(self._bench.reload)
        except InterviewKitError as error:
            self._fail(error)
            return
        self._told_outdated = False
        self._show()

    @work
    async def action_leave(self) -> None:
        """Back to the banks; with unsaved changes ask first."""
        if self.app.screen is not self:
            return
        if self._bench.is_changed:
            chosen = await self.app.push_screen_wait(
                Choose(
                    "Not saved yet",
                    f"What you changed is not in {self._bench.path} yet.",
                    [(SAVE, "Save and leave"), (THROW, "Leave and throw it away")],
                    "Stay",
                )
            )
            if not chosen or (chosen == SAVE and not await self.save()):
                return
        self.dismiss(None)
