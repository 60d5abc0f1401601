"""Which question of which bank to try."""

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from interviewkit.banks.library import banks
from interviewkit.banks.reading import BankFile, read_bank
from interviewkit.errors import InterviewKitError

Chosen = tuple[BankFile, str]


class ChooseQuestionScreen(ModalScreen[Chosen | None]):
    """Ends with (bank, question id), or None when it was left."""

    BINDINGS = [Binding("escape", "leave", "Leave", id="choose.leave")]

    def compose(self) -> ComposeResult:
        """Every question of every bank that can be used."""
        self._chosen: dict[str, Chosen] = {}
        options: list[Option] = []
        for found in banks():
            try:
                file = read_bank(found.path)
            except InterviewKitError:
                continue  # the form for a new interview names it
            for question in file.bank.questions:
                key = f"{file.bank.id}/{question.id}"
                self._chosen[key] = (file, question.id)
                name = file.bank.competency(question.competency).name
                text = Content.assemble((f"{name}  ", "bold"), question.ask)
                options.append(Option(text, id=key))
        with Vertical(classes="dialog tall") as dialog:
            dialog.border_title = " Try a question · nothing is recorded "
            yield OptionList(*options, compact=True)

    @on(OptionList.OptionSelected)
    def _choose(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._chosen[event.option.id or ""])

    def action_leave(self) -> None:
        """None."""
        self.dismiss(None)
