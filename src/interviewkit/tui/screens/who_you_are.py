"""Who sits at the keyboard: asked at the first start, and changed here later."""

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Label, Static

from interviewkit.errors import InterviewKitError
from interviewkit.interview.people import Person, RecordKind
from interviewkit.storage.store import Store
from interviewkit.tui.content import Content
from interviewkit.tui.screens.name_question import NEW, NameQuestion
from interviewkit.tui.widgets.key_line import Keys
from interviewkit.tui.widgets.text_input import SequentialInput
from interviewkit.workflows.name_choice import name_choice

WORDS = (
    "Your name appears on your scorecards and decides which of the others' you may see. It is "
    "saved only in these records."
)


class FirstStartScreen(ModalScreen[Person | None]):
    """Ends with who it is; None when it was left, and then it is asked again at the next start."""

    BINDINGS = [
        Binding("escape", "leave", "Later", id="first_start.leave"),
        Binding("ctrl+s", "save", "That is me", id="first_start.save"),
    ]

    def __init__(self, store: Store, name: str, email: str = "") -> None:
        """``name`` stands there to begin with, selected, so that typing replaces it."""
        super().__init__()
        self._store = store
        self._guess = name
        self._email = email

    def compose(self) -> ComposeResult:
        """Two fields and a button."""
        with Vertical(classes="dialog") as form:
            form.border_title = " Who are you? "
            yield Static(WORDS)
            yield Label("Your name")
            yield SequentialInput(
                self._guess, id="name", on_enter=self.focus_next, placeholder="full name"
            )
            yield Label("E-mail, if others share your name")
            yield SequentialInput(self._email, id="email", on_enter=self.action_save)
            yield Static(id="fault", classes="fault", markup=False)
            yield Button("That is me", id="save", variant="primary", compact=True)
        yield Keys()

    def on_mount(self) -> None:
        """What was guessed is selected: who types replaces it."""
        name = self.query_one("#name", Input)
        name.focus()
        name.select_all()

    @on(Button.Pressed)
    @work(exclusive=True)
    async def action_save(self) -> None:
        """Keep it, once it is settled whom a name means that is known or nearly so."""
        text = self.query_one("#name", Input).value.strip()
        email = self.query_one("#email", Input).value.strip()
        if not text:
            self._say("Type your name.")
            return
        is_new = False
        try:
            choice = name_choice(self._store, RecordKind.PERSON, email or text)
            if choice.similar:
                question = NameQuestion(
                    RecordKind.PERSON, text, choice.similar, is_same_name=choice.is_same_name
                )
                answer = await self.app.push_screen_wait(question)
                if answer is None:
                    return
                is_new = answer == NEW
                text = answer or text
            person = self._store.registry().identify(text, email, is_new=is_new)
        except InterviewKitError as error:
            self._say(str(error))
            return
        self.dismiss(person)

    def action_leave(self) -> None:
        """Cancel without saving."""
        self.dismiss(None)

    def _say(self, sentence: str) -> None:
        self.query_one("#fault", Static).update(Content(sentence))
