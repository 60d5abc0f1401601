"""The form in which a trainer makes a set of written answers out of practice files."""

from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Label, Static

from interviewkit.banks.library import banks
from interviewkit.errors import InterviewKitError
from interviewkit.interview.people import Person
from interviewkit.practice.library import practice_locations
from interviewkit.settings import typed_path
from interviewkit.storage.store import Store
from interviewkit.tui.content import Content
from interviewkit.tui.widgets.key_line import Keys
from interviewkit.tui.widgets.multi_select import MultiSelect
from interviewkit.tui.widgets.text_input import SequentialInput


class NewSetScreen(ModalScreen[str | None]):
    """Ends with a sentence on the file that was written, or None when it was left."""

    CSS_PATH = "calibration.tcss"
    BINDINGS = [
        Binding("escape", "leave", "Cancel", id="new_set.leave"),
        Binding("ctrl+s", "make", "Make it", id="new_set.make"),
    ]

    def __init__(self, store: Store, person: Person) -> None:
        super().__init__()
        self._store, self._person = store, person
        self._locations = {location.id: location for location in practice_locations()}

    def compose(self) -> ComposeResult:
        """Who answers, what to call it, and where the file to hand out goes."""
        rows = sorted(self._locations.values(), key=lambda item: (item.bank, item.kit, item.id))
        titles = {bank.id: bank.title for bank in banks()}
        options = [
            (item.id, f"{item.candidate} · {titles.get(item.bank, item.bank)}, {item.kit}")
            for item in rows
        ]
        with Vertical(classes="dialog") as form:
            form.border_title = " Written answers to rate "
            yield Label("Who answers, all for one kit; Space selects")
            with VerticalScroll(id="who", can_focus=False):
                yield MultiSelect(options, [], id="practice")
            yield Label("Title")
            yield SequentialInput(id="title", on_enter=self.focus_next)
            yield Label("File to hand out")
            yield SequentialInput(str(_unused_path()), id="path", on_enter=self.action_make)
            yield Static(id="fault", classes="fault", markup=False)
            yield Button("Make it", variant="primary", compact=True)
        yield Keys()

    @on(Button.Pressed)
    def action_make(self) -> None:
        """Make the set and write its file."""
        from interviewkit.practice.reader import read_practice
        from interviewkit.workflows.calibration_files import make_set

        chosen = self.query_one("#practice", MultiSelect).value
        title = self.query_one("#title", Input).value
        path = typed_path(self.query_one("#path", Input).value)
        if not chosen:
            self._say("Select whose answers are to be rated.")
            self.query_one("#practice").focus()
            return
        try:
            practice_files = [read_practice(self._locations[name].path) for name in chosen]
            make_set(self._store, self._person, practice_files, title, path)
        except InterviewKitError as error:
            self._say(str(error))
            return
        self.dismiss(f"Wrote {path}. Hand it out; press i to take in the files that come back.")

    def _say(self, sentence: str) -> None:
        self.query_one("#fault", Static).update(Content(sentence))

    def action_leave(self) -> None:
        """Cancel."""
        self.dismiss(None)


def _unused_path() -> Path:
    """A suggestion that replaces no set handed out before."""
    from interviewkit.workflows.calibration_files import suggested_path

    names = ("set", *(f"set {number}" for number in range(2, 100)))
    paths = [suggested_path(name, ".jsonl") for name in names]
    return next((path for path in paths if not path.exists()), paths[-1])
