"""The Excel workbook from a screen: for whom, where, how far it is, and where it lies."""

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
from interviewkit.storage.store import Store
from interviewkit.tui.content import Content
from interviewkit.tui.screens.dialogs import Confirm
from interviewkit.tui.widgets.choice import OneLineChoice
from interviewkit.tui.widgets.key_line import Keys
from interviewkit.tui.widgets.text_input import SequentialInput
from interviewkit.workflows.role_workbook import Wanted, write_role

NAMES = ("with names", "without, for readers outside the panel")


class _StoppedError(Exception):
    """The user wants no workbook after all."""


class ExportScreen(ModalScreen[None]):
    """Writes in a thread with a store of its own, so that nothing waits; Escape stops it."""

    BINDINGS = [
        Binding("escape", "leave", "Leave", id="export.leave"),
        Binding("ctrl+s", "write", "Write", id="export.write"),
        Binding("f2", "anonymous", "With or without names", id="export.anonymous"),
    ]

    def __init__(
        self, store: Store, role: Role, viewer: Person, wanted: Wanted | None = None
    ) -> None:
        super().__init__()
        self._store, self._role, self._viewer = store, role, viewer
        self._wanted = wanted or Wanted()
        self._stop = False
        self._written: Path | None = None

    def compose(self) -> ComposeResult:
        """Where, for whom, and what becomes of it."""
        with Vertical(classes="dialog") as form:
            form.border_title = Content(f" Excel workbook · {self._role.title} ")
            yield Label("Where")
            yield SequentialInput(
                str(Path.cwd() / self._file("")), id="path", on_enter=self.action_write
            )
            yield Label("Names")
            yield OneLineChoice(NAMES, int(self._wanted.anonymous), id="anonymous")
            yield Static(self._said(), id="what", classes="quiet")
            yield ProgressBar(id="progress", show_eta=False)
            yield Static(id="fault", classes="fault", markup=False)
            with Horizontal(classes="buttons"):
                yield Button("Write", id="write", variant="primary", compact=True)
                yield Button("Open folder", id="open", compact=True)
                yield Button("Close", id="close", compact=True)
        yield Keys()

    def on_mount(self) -> None:
        """Nothing is being written yet."""
        self.query_one(ProgressBar).display = False
        self.query_one("#open").display = False

    def _file(self, more: str) -> str:
        plain = "".join(c if c.isalnum() or c in " -_" else "-" for c in self._role.title)
        return f"{plain} comparison{more}.xlsx"

    def _said(self) -> str:
        kept = "Summary, weights, agreement, a page for each candidate, and all the evidence."
        if self._wanted.choice.kits or self._wanted.choice.interviewers or self._wanted.weights:
            kept += " As filtered and weighed on the screen."
        return kept

    @on(OneLineChoice.Chosen)
    def _name_it(self, event: OneLineChoice.Chosen) -> None:
        """The usual name follows; one that was typed stays."""
        field = self.query_one("#path", Input)
        self._wanted = replace(self._wanted, anonymous=bool(event.index))
        for before, after in (("", " without names"), (" without names", "")):
            if field.value.endswith(self._file(before)) and bool(after) == self._wanted.anonymous:
                field.value = field.value.removesuffix(self._file(before)) + self._file(after)
                return

    def action_anonymous(self) -> None:
        """The other way round."""
        self.query_one("#anonymous", OneLineChoice).action_choose(int(not self._wanted.anonymous))

    @on(Button.Pressed, "#write")
    def action_write(self) -> None:
        """Write to the path that stands there; ask before a file is written over."""
        self._begin()

    @work
    async def _ask_to_replace(self, path: Path) -> None:
        words = (
            "A workbook may hold decisions that were filled in. Read them with "
            "`interviewkit records import` first."
        )
        question = Confirm(f"Write over {path.name}?", words, "Write over it", "Cancel")
        if await self.app.push_screen_wait(question):
            self._begin(force=True)

    def _begin(self, *, force: bool = False) -> None:
        path = self.query_one("#path", Input).value.strip()
        if not path:
            self._say("Type where the workbook goes.")
            return
        if self.query_one("#write", Button).disabled:
            return
        target = Path(os.path.expanduser(path))  # noqa: PTH111 - leaves ~unknown as it is
        if target.is_file() and not force:
            self._ask_to_replace(target)
            return
        self.query_one("#write", Button).disabled = True
        self._stop = False
        self._say("")
        bar = self.query_one(ProgressBar)
        bar.update(total=None, progress=0)
        bar.display = True
        self._write(target, replace(self._wanted, force=force))

    @work(thread=True, exit_on_error=False)
    def _write(self, path: Path, wanted: Wanted) -> None:
        def step(done: int, every: int) -> None:
            if self._stop:
                raise _StoppedError
            self.app.call_from_thread(self._progress, done, every)

        try:
            with self._store.another() as store:
                counts = write_role(store, self._role, self._viewer, path, wanted, step)
        except _StoppedError:
            return
        except InterviewKitError as error:
            self.app.call_from_thread(self._done, None, str(error))
            return
        self.app.call_from_thread(self._done, path, f"Wrote {path}: {counts}.")

    def _progress(self, done: int, every: int) -> None:
        self.query_one(ProgressBar).update(total=every, progress=done)

    def _done(self, path: Path | None, said: str) -> None:
        if not self.is_attached:
            return
        self._written = path
        self.query_one(ProgressBar).display = False
        self.query_one("#write", Button).disabled = False
        self.query_one("#open").display = path is not None and _opener() is not None
        self._say(said)

    @on(Button.Pressed, "#open")
    def _open(self) -> None:
        """Show the folder in the system's own file window."""
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
        """Away; what is being written stops and leaves nothing behind."""
        self._stop = True
        self.dismiss()

    def _say(self, sentence: str) -> None:
        self.query_one("#fault", Static).update(sentence)


def _opener() -> str | None:
    """What opens a folder here; on a machine without windows there is none."""
    name = {"darwin": "open", "win32": "explorer"}.get(sys.platform, "xdg-open")
    if name == "xdg-open" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return None
    return which(name)
