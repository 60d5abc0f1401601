"""The form that makes a bank from a list of questions: a file, or what is pasted."""

import asyncio

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Label, Static

from interviewkit.errors import InterviewKitError
from interviewkit.tui.content import Content
from interviewkit.tui.widgets.text_area import GrowingTextArea
from interviewkit.tui.widgets.text_input import SequentialInput
from interviewkit.workflows.bank_of_list import ListedBank, begin_bank_of_list


class ListForm(ModalScreen[ListedBank | None]):
    """Ends with the bank that was made, or None when it was left. The list is read in a thread."""

    BINDINGS = [
        Binding("escape", "leave", "Leave", id="list_form.leave"),
        Binding("ctrl+s", "make", "Make the bank", id="list_form.make"),
    ]

    def compose(self) -> ComposeResult:
        """Two ways to give the list, and a title."""
        with Vertical(classes="dialog") as form:
            form.border_title = " A bank from a list "
            yield Label("File")
            yield SequentialInput(
                id="file", on_enter=self.focus_next, placeholder=".csv, .xlsx, .md, .docx or text"
            )
            yield Label("Or paste the questions here")
            yield GrowingTextArea("")
            yield Label("Title (default: the list's own)")
            yield SequentialInput(id="title", on_enter=self.action_make)
            yield Static(id="fault", classes="fault")
            yield Button("Make the bank", variant="primary", compact=True)

    @on(Button.Pressed)
    @work(exclusive=True, group="list")
    async def action_make(self) -> None:
        """Make it, or say why it cannot be made."""
        file, title = (self.query_one(f"#{name}", Input).value for name in ("file", "title"))
        text = self.query_one(GrowingTextArea).text
        try:
            listed = await asyncio.to_thread(begin_bank_of_list, file, text, title)
        except InterviewKitError as error:
            if self.is_mounted:
                self.query_one("#fault", Static).update(Content(str(error)))
            return
        self.dismiss(listed)

    def action_leave(self) -> None:
        """None."""
        self.dismiss(None)
