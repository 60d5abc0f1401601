"""The form that starts an interview: who, for what, with which kit."""

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.suggester import SuggestFromList
from textual.widgets import Button, Footer, Input, Label, Select, Static

from interviewkit.banks.library import banks
from interviewkit.banks.reading import BankFile, read_bank
from interviewkit.errors import InterviewKitError
from interviewkit.interview.progress import pages
from interviewkit.storage.store import Store
from interviewkit.tui.widgets.field import Field


class StartScreen(ModalScreen[str | None]):
    """Ends with the id of the interview, new or already under way; None when it was left."""

    BINDINGS = [
        Binding("escape", "leave", "Back", id="start.leave"),
        Binding("ctrl+s", "start", "Start", id="start.start"),
    ]

    def __init__(self, store: Store, whoever: str) -> None:
        super().__init__()
        self._store = store
        self._whoever = whoever
        self._files: dict[str, BankFile] = {}
        self._unusable: list[str] = []
        for found in banks():
            try:
                self._files[found.id] = read_bank(found.path)
            except InterviewKitError as error:
                self._unusable.append(f"{error.message} Run `interviewkit bank check`.")

    def compose(self) -> ComposeResult:
        """Four answers and a button; Enter goes from one to the next."""
        roles = [role.title for role in self._store.roles()]
        names = [candidate.name for candidate in self._store.candidates()]
        with Vertical(classes="dialog") as form:
            form.border_title = " New interview "
            yield Label("Candidate")
            yield Field(
                id="candidate",
                on_enter=self.focus_next,
                suggester=SuggestFromList(names, case_sensitive=False),
                placeholder="full name",
            )
            yield Label("Role")
            yield Field(
                roles[0] if roles else "",
                id="role",
                on_enter=self.focus_next,
                suggester=SuggestFromList(roles, case_sensitive=False),
                placeholder="such as Account executive",
            )
            yield Label("Questions")
            yield Select(self._kits(), id="kit", compact=True, allow_blank=not self._files)
            yield Label("Interviewer")
            yield Field(self._whoever, id="interviewer", on_enter=self.action_start)
            yield Static("\n".join(self._unusable), id="fault", classes="fault", markup=False)
            yield Button("Start", id="start", variant="primary", disabled=not self._files)
        yield Footer(show_command_palette=False)

    def _kits(self) -> list[tuple[Content, str]]:
        return [
            (
                Content(
                    f"{file.bank.title} · {kit.name} · {kit.minutes:g} min, "
                    f"{len(kit.questions)} questions"
                ),
                f"{name}/{kit.id}",
            )
            for name, file in self._files.items()
            for kit in file.bank.kits
        ]

    @on(Button.Pressed, "#start")
    def action_start(self) -> None:
        """Start when everything is there, else say what is missing and go to it."""
        if not self._files:
            return  # what is wrong with the banks stands in the form
        values = {
            name: self.query_one(f"#{name}", Input).value.strip()
            for name in ("candidate", "role", "interviewer")
        }
        for name, value in values.items():
            if not value:
                words = {"candidate": "the candidate's", "role": "the role's"}
                self._say(f"Type {words.get(name, 'your')} name.")
                self.query_one(f"#{name}", Input).focus()
                return
        bank_id, _, kit_id = str(self.query_one(Select).value).partition("/")
        file = self._files[bank_id]
        try:
            interview = self._store.start(
                **values,
                bank=bank_id,
                bank_text=(file.sha256, file.text),
                kit=kit_id,
                pages=pages(file.bank, file.bank.kit(kit_id)),
            )
        except InterviewKitError as error:
            self._say(str(error))
            return
        self.dismiss(interview.id)

    def action_leave(self) -> None:
        """Nothing was begun."""
        self.dismiss(None)

    def _say(self, sentence: str) -> None:
        self.query_one("#fault", Static).update(sentence)
