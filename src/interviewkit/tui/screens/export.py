"""The dialog that writes the Excel workbook: with or without names, where, and progress."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from shutil import which

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Label, ProgressBar, Static

from interviewkit.errors import InterviewKitError
from interviewkit.interview.people import Person
from interviewkit.interview.records import Role
from interviewkit.settings import expand_home
from interviewkit.storage.store import Store
from interviewkit.tui.content import Content
from interviewkit.tui.screens.dialogs import Confirm
from interviewkit.tui.widgets.choice import OneLineChoice
from interviewkit.tui.widgets.key_line import Keys
from interviewkit.tui.widgets.text_input import SequentialInput
from interviewkit.workflows.role_workbook import Wanted, write_role

NAMES = ("with names", "without, for readers outside the panel")


class _StoppedError(Exception):
    """The user cancelled the export."""


class ExportScreen(ModalScreen[None]):
    """Writes the workbook in a thread with its own store, so the screen stays usable.

    Escape cancels; a cancelled export leaves no file.
    """

    BINDINGS = [
        Binding("escape", "leave", "Cancel", id="export.leave"),
        Binding("ctrl+s", "write", "Write", id="export.write"),
        Binding("f2", "anonymous", "With or without names", id="export.anonymous"),
    ]

    def __init__(
        self, store: Store, role: Role, viewer: Person, request: Wanted | None = None
    ) -> None:
        super().__init__()
        self._store, self._role, self._viewer = store, role, viewer
        self._request = request or Wanted()
        self._stop = False
        self._written: Path | None = None

    def compose(self) -> ComposeResult:
        """The path, with or without names, progress, and the result."""
        with Vertical(classes="dialog") as form:
            form.border_title = Content(f" Excel workbook · {self._role.title} ")
            yield Label("Where")
            yield SequentialInput(
                str(Path.cwd() / self._file("")), id="path", on_enter=self.action_write
            )
            yield Label("Names")
            yield OneLineChoice(NAMES, int(self._request.anonymous), id="anonymous")
            yield Static(self._summary(), id="what", classes="quiet")
            yield ProgressBar(id="progress", show_eta=False)
            yield Static(id="fault", classes="fault", markup=False)
            with Horizontal(classes="buttons"):
                yield Button("Write", id="write", variant="primary", compact=True)
                yield Button("Open folder", id="open", compact=True)
                yield Button("Close", id="close", compact=True)
        yield Keys()

    def on_mount(self) -> None:
        """Hide the progress bar and the button until they are needed."""
        self.query_one(ProgressBar).display = False
        self.query_one("#open").display = False

    def _file(self, suffix: str) -> str:
        plain = "".join(c if c.isalnum() or c in " -_" else "-" for c in self._role.title)
        return f"{plain} comparison{suffix}.xlsx"  # with the word no name of a device

    def _summary(self) -> str:
        text = "Summary, weights, agreement, a page for each candidate, and all the evidence."
        if self._request.choice.kits or self._request.choice.interviewers or self._request.weights:
            text += " As filtered and weighted on the screen."
        return text

    @on(OneLineChoice.Chosen)
    def _update_name(self, event: OneLineChoice.Chosen) -> None:
        """Adapt the suggested file name; keep one that was typed."""
        field = self.query_one("#path", Input)
        self._request = replace(self._request, anonymous=bool(event.index))
        for old_suffix, new_suffix in (("", " without names"), (" without names", "")):
            old_name = self._file(old_suffix)
            if field.value.endswith(old_name) and bool(new_suffix) == self._request.anonymous:
                field.value = field.value.removesuffix(old_name) + self._file(new_suffix)
                return

    def action_anonymous(self) -> None:
        """Switch between with and without names."""
        self.query_one("#anonymous", OneLineChoice).action_choose(int(not self._request.anonymous))

    @on(Button.Pressed, "#write")
    def action_write(self) -> None:
        """Write to the path in the field; ask before overwriting a file."""
        self._begin()

    @work
    async def _ask_to_replace(self, path: Path) -> None:
        warning = (
            "The workbook may hold decisions that were filled in. Import them with "
            "`interviewkit records import` first."
        )
        question = Confirm(f"Overwrite {path.name}?", warning, "Overwrite", "Cancel")
        if await self.app.push_screen_wait(question):
            self._begin(force=True)

    def _begin(self, *, force: bool = False) -> None:
        path = self.query_one("#path", Input).value.strip()
        if not path:
            self._say("Type where to save the workbook.")
            return
        if self.query_one("#write", Button).disabled:
            return
        target = expand_home(path)
        if target.is_file() and not force:
            self._ask_to_replace(target)
            return
        self.query_one("#write", Button).disabled = True
        self._stop = False
        self._say("")
        bar = self.query_one(ProgressBar)
        bar.update(total=None, progress=0)
        bar.display = True
        self._write(target, replace(self._request, force=force))

    @work(thread=True, exit_on_error=False)
    def _write(self, path: Path, request: Wanted) -> None:
        def step(done: int, total: int) -> None:
            if self._stop:
                raise _StoppedError
            self.app.call_from_thread(self._progress, done, total)

        try:
            with self._store.another() as store:
                counts = write_role(store, self._role, self._viewer, path, request, step)
        except _StoppedError:
            return
        except InterviewKitError as error:
            self.app.call_from_thread(self._finish, None, str(error))
            return
        self.app.call_from_thread(self._finish, path, f"Wrote {path}: {counts}.")

    def _progress(self, done: int, total: int) -> None:
        self.query_one(ProgressBar).update(total=total, progress=done)

    def _finish(self, path: Path | None, sentence: str) -> None:
        if not self.is_attached:
            return
        self._written = path
        self.query_one(ProgressBar).display = False
        self.query_one("#write", Button).disabled = False
        self.query_one("#open").display = path is not None and _opener() is not None
        self._say(sentence)

    @on(Button.Pressed, "#open")
    def _open_folder(self) -> None:
        """Open the folder in the system's file manager."""
        opener = _opener()
        if opener and self._written:
            subprocess.Popen(  # noqa: S603 - a program of the system, and a path as its argument
                [opener, str(self._written.resolve().parent)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )

    @on(Button.Pressed, "#close")
    def action_leave(self) -> None:
        """Close; an export under way stops and leaves no file."""
        self._stop = True
        self.dismiss()

    def _say(self, sentence: str) -> None:
        self.query_one("#fault", Static).update(sentence)


def _opener() -> str | None:
    """The program that opens a folder; None without a desktop."""
    name = {"darwin": "open", "win32": "explorer"}.get(sys.platform, "xdg-open")
    if name == "xdg-open" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return None
    return which(name)
