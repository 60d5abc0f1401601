"""The form that writes a fillable kit for an entry of the plan: where, and with which kit."""

from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Label, Static

from interviewkit.errors import InterviewKitError
from interviewkit.interview.plan import PlanEntry
from interviewkit.settings import expand_home
from interviewkit.storage.store import Store
from interviewkit.tui.content import Content
from interviewkit.tui.widgets.key_line import Keys
from interviewkit.tui.widgets.text_input import SequentialInput


class KitForm(ModalScreen[str]):
    """Ends with what was written, in sentences; "" when nothing was."""

    BINDINGS = [
        Binding("escape", "leave", "Leave", id="kit_form.leave"),
        Binding("ctrl+s", "write", "Write", id="kit_form.write"),
    ]

    def __init__(self, store: Store, entry: PlanEntry) -> None:
        super().__init__()
        self._store = store
        self._entry = entry

    def compose(self) -> ComposeResult:
        """Whom it is for, where to write it, and the kit where the entry names none."""
        entry = self._entry
        with Vertical(classes="dialog") as form:
            form.border_title = " Fillable kit "
            yield Static(Content(f"For {entry.interviewer.name}, about {entry.candidate.name}"))
            yield Static(
                "One file to send to them. It works offline in a browser; what it saves comes in "
                "with `interviewkit records import`.",
                classes="quiet",
                markup=False,
            )
            if not entry.kit:
                yield Label("Kit")
                yield SequentialInput(id="kit", on_enter=self.focus_next, placeholder="bank/kit")
            yield Label("Where")
            yield SequentialInput(
                str(Path.cwd() / self._file_name()), id="path", on_enter=self.action_write
            )
            yield Static(id="fault", classes="fault", markup=False)
            yield Button("Write", variant="primary", compact=True)
        yield Keys()

    def _file_name(self) -> str:
        name = f"{self._entry.candidate.name} {self._entry.interviewer.name}"
        return "".join(c if c.isalnum() or c in " -_" else "-" for c in name)[:120] + ".html"

    @on(Button.Pressed)
    def action_write(self) -> None:
        """Write the file, or say why not."""
        from interviewkit.banks.library import find_bank
        from interviewkit.banks.loader import read_bank
        from interviewkit.workflows.fillable_kit import write_fillable_kit

        bank_id, kit_id = self._entry.bank, self._entry.kit
        if not kit_id:
            bank_id, _, kit_id = self.query_one("#kit", Input).value.strip().partition("/")
        path = self.query_one("#path", Input).value.strip()
        if not (bank_id and kit_id and path):
            self._say("Name the kit as bank/kit." if path else "Type where to save the kit.")
            return
        try:
            file = read_bank(find_bank(bank_id).path)
            kit = write_fillable_kit(self._store, self._entry, file, kit_id, expand_home(path))
        except InterviewKitError as error:
            self._say(str(error))
            return
        self.dismiss("\n".join([f"Wrote {path}.", *kit.warnings()]))

    def _say(self, sentence: str) -> None:
        self.query_one("#fault", Static).update(Content(sentence))

    def action_leave(self) -> None:
        """Nothing is written."""
        self.dismiss("")
