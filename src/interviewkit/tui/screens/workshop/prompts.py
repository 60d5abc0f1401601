"""Short questions of the workshop: one of a few ways, or an id."""

import re
from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Label, OptionList, Static
from textual.widgets.option_list import Option

from interviewkit.tui.content import Content
from interviewkit.tui.widgets.text_input import SequentialInput

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
EXTEND, COPY = "extend", "copy"
NO_ID = "An id consists of lower-case letters, digits and single hyphens."


class Choose(ModalScreen[str]):
    """One of a few ways to go on; ends with its key, or an empty text for none of them."""

    CSS_PATH = "workshop.tcss"
    BINDINGS = [Binding("escape", "none", "None of these", id="choose.none")]

    def __init__(
        self, title: str, message: str, ways: Sequence[tuple[str, str]], none: str = "Not now"
    ) -> None:
        super().__init__()
        self._title, self._words, self._ways, self._none = title, message, ways, none

    def compose(self) -> ComposeResult:
        """The question, and a row for each way."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content(f" {self._title} ")
            yield Static(Content(self._words), id="question")
            rows = [*self._ways, ("", self._none)]
            yield OptionList(
                *(Option(Content(label), id=key or None) for key, label in rows), compact=True
            )

    @on(OptionList.OptionSelected)
    def _choose(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option.id or "")

    def action_none(self) -> None:
        """None of them."""
        self.dismiss("")


def first_change() -> Choose:
    """How to go on with a bank that stays as it is."""
    return Choose(
        "This bank comes with interviewkit",
        "It stays as it is. Your changes go into a bank of your own:",
        [
            (EXTEND, "A small file that builds on it, with only what you change"),
            (COPY, "A full copy with another id, independent of the original"),
        ],
    )


def adding(kinds: Sequence[str]) -> Choose:
    """Which kind of thing is to be added."""
    return Choose("Add", "What do you want to add?", [(kind, f"A {kind}") for kind in kinds])


class AskId(ModalScreen[str]):
    """An id for something new; ends with an empty text when it was left."""

    CSS_PATH = "workshop.tcss"
    BINDINGS = [Binding("escape", "leave", "Leave", id="ask_id.leave")]

    def __init__(self, title: str, value: str) -> None:
        super().__init__()
        self._title, self._value = title, value

    def compose(self) -> ComposeResult:
        """A field to change or to accept with Enter."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content(f" {self._title} ")
            yield Label("The file and the records use this name.")
            yield SequentialInput(self._value, on_enter=self._enter)
            yield Static(id="fault", classes="fault")
            yield Button("Go on", variant="primary", compact=True)

    @on(Button.Pressed)
    def _enter(self) -> None:
        value = self.query_one(Input).value.strip()
        if ID.fullmatch(value) and len(value) <= 60:
            self.dismiss(value)
        else:
            self.query_one("#fault", Static).update(NO_ID)

    def action_leave(self) -> None:
        """None."""
        self.dismiss("")
