"""A screen on a bank's file: what is kept, saved, read again, and changed by other programs."""

import asyncio
from collections.abc import Callable

from textual import events, work
from textual.screen import Screen

from interviewkit.banks.library import BankLocation
from interviewkit.banks.text.paths import Address
from interviewkit.errors import ChangedOnDiskError, InterviewKitError
from interviewkit.tui.screens.dialogs import Confirm
from interviewkit.tui.screens.workshop import unsaved_changes as unsaved
from interviewkit.tui.screens.workshop.prompts import Choose
from interviewkit.workflows.bank_editor import BankEditor


class BankFileScreen(Screen[tuple[BankLocation, Address] | None]):
    """What takes as long as the bank is large is done in a thread, one at a time (``turn``).

    Ends with the bank and the address to go to next, or None. A subclass shows the bank.
    """

    def __init__(self, editor: BankEditor) -> None:
        super().__init__()
        self._editor = editor
        self.turn = asyncio.Lock()
        self.busy = ""
        self._has_warned_outdated = False
        self._last_fault = ""

    def show(self, cursor: Address | None = None) -> None:
        """The bank as it stands now."""
        raise NotImplementedError

    def show_heading(self) -> None:
        """Whether it is saved."""
        raise NotImplementedError

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
            self.fail(error)
            return
        if outdated and not self._has_warned_outdated:
            self.notify(unsaved.outdated_warning(self._editor), severity="warning", timeout=12)
        self._has_warned_outdated = outdated

    def fail(self, error: InterviewKitError) -> None:
        """Say what went wrong."""
        self.notify(str(error), severity="error", timeout=12)

    async def keep(self, typed: Callable[[], object]) -> None:
        """Keep what is typed in an open form by the time that its turn comes."""
        async with self.turn:
            await asyncio.to_thread(self._editor.keep_form, typed())
        self.say_fault()

    def say_fault(self) -> None:
        """Say once why changes cannot be kept."""
        fault = self._editor.fault
        if fault and fault != self._last_fault:
            message = f"Your changes are not kept until you save them with Ctrl+S: {fault}"
            self.notify(message, severity="warning", timeout=20)
        self._last_fault = fault

    @work
    async def action_save(self) -> None:
        """Write the file."""
        await self.save()

    async def save(self) -> bool:
        """Write the file; when it is no longer what was read, ask. False when it is not saved."""
        if self._editor.shipped:
            self.notify("This bank comes with interviewkit and stays as it is.", timeout=4)
            return False
        over = False
        while True:
            try:
                async with self.turn:
                    await asyncio.to_thread(self._editor.save, over=over)
            except ChangedOnDiskError:
                conflicts = await self._merge()
                if conflicts is not None and not conflicts:
                    continue
                chosen = await self._ask(unsaved.whose(self._editor.path, conflicts or ()))
                if chosen in (unsaved.RELOAD, unsaved.BOTH):
                    await self._reload(beside=chosen == unsaved.BOTH)
                if chosen != unsaved.MINE:
                    return False
                over = True
                continue
            except InterviewKitError as error:
                self.fail(error)
                return False
            self._has_warned_outdated = False
            self.show_heading()
            self.notify(f"Saved {self._editor.path}.", timeout=4)
            return True

    @work
    async def action_reload(self) -> None:
        """Read the file again: with what is changed here where that can be, else after asking."""
        if self._editor.is_changed:
            if self._editor.is_outdated and await self._merge() == ():
                return
            message = "Your unsaved changes would be lost."
            if not await self.app.push_screen_wait(
                Confirm("Reload the file?", message, "Reload", "Not now")
            ):
                return
        await self._reload()

    async def _merge(self) -> tuple[Address, ...] | None:
        """Join both changes: entries that both changed, () when joined, None if it cannot be."""
        try:
            async with self.turn:
                conflicts = await asyncio.to_thread(self._editor.merge_disk)
        except InterviewKitError:  # the prompt that follows says what can be done
            return None
        if not conflicts:
            self._has_warned_outdated = False
            self.show()
            self.notify(unsaved.MERGED, timeout=8)
        return conflicts

    async def _ask(self, prompt: Choose) -> str:
        self.app.clear_notifications()  # they would lie over what is asked, which says it again
        return await self.app.push_screen_wait(prompt)

    async def _reload(self, *, beside: bool = False) -> None:
        try:
            async with self.turn:
                if beside:
                    put = await asyncio.to_thread(self._editor.put_beside)
                    self.notify(f"Your changes are in {put}.", timeout=12)
                await asyncio.to_thread(self._editor.reload)
        except InterviewKitError as error:
            self.fail(error)
            return
        self._has_warned_outdated = False
        self.show()

    async def may_leave(self) -> bool:
        """Whether nothing is to be saved, or it was said what becomes of it."""
        if self._editor.is_changed:
            chosen = await self._ask(unsaved.leaving(self._editor))
            if not chosen or (chosen == unsaved.SAVE and not await self.save()):
                return False
            try:
                if chosen == unsaved.THROW:
                    self._editor.let_go()
            except InterviewKitError as error:
                self.fail(error)
                return False
        return True
