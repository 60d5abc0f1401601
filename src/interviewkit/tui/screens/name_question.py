"""The dialog that asks whether a typed name means a known record or a new one."""

from collections.abc import Mapping, Sequence
from typing import Any

from textual import on
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from interviewkit.interview.people import NamedRecord, RecordKind
from interviewkit.storage.store import Store
from interviewkit.tui.content import Content
from interviewkit.tui.widgets.key_line import Keys
from interviewkit.workflows.name_choice import name_choice

NEW = ""  # the answer that means a new record


class NameQuestion(ModalScreen[str | None]):
    """Ends with the id of the record that was meant, NEW for a new one, None when cancelled."""

    BINDINGS = [Binding("escape", "leave", "Back", id="name_question.leave")]

    def __init__(
        self,
        kind: RecordKind,
        text: str,
        matches: Sequence[tuple[NamedRecord, str]],
        *,
        is_same_name: bool,
    ) -> None:
        """``matches``: records it may mean, each with a few words about it."""
        super().__init__()
        self._kind = kind
        self._text = text
        self._matches = matches
        self._is_same_name = is_same_name

    def compose(self) -> ComposeResult:
        """The question, then the records it may mean, and a new one last."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = f" Which {self._kind}? "
            yield Static(Content(self._question()))
            options = [
                Option(_line(record, about), id=record.id) for record, about in self._matches
            ]
            new = f"Another {self._kind}" if self._is_same_name else f"A new {self._kind}"
            new_option = Option(Content(f"{new}: {self._text}"), id="new")
            yield OptionList(*options, new_option, compact=True)
        yield Keys()

    def _question(self) -> str:
        if self._is_same_name:
            return (
                f"{len(self._matches)} {self._kind.plural} have this name. Which one do you mean?"
            )
        return f"New {self._kind}: {self._text}. Did you mean one of these?"

    @on(OptionList.OptionSelected)
    def _choose(self, event: OptionList.OptionSelected) -> None:
        chosen = event.option.id or ""
        self.dismiss(NEW if chosen == "new" else chosen)

    def action_leave(self) -> None:
        """Go back to typing the name."""
        self.dismiss(None)


async def settle_names(
    app: App[Any], store: Store, values: dict[str, str], kinds: Mapping[str, RecordKind]
) -> list[RecordKind] | None:
    """Ask which record each name means that several records share, or that resembles another's.

    Replaces names in ``values`` by the ids that were chosen. Returns the kinds of which a new
    record is wanted, or None when a question was cancelled. ``kinds`` gives the kind of record that
    each field names.
    """
    new = []
    for field, kind in kinds.items():
        choice = name_choice(store, kind, values[field])
        if choice.meant:
            values[field] = choice.meant.id
        if not choice.similar:
            continue
        question = NameQuestion(
            kind, values[field], choice.similar, is_same_name=choice.is_same_name
        )
        answer = await app.push_screen_wait(question)
        if answer is None:
            return None
        if answer == NEW:
            new.append(kind)
        else:
            values[field] = answer
    return new


def _line(record: NamedRecord, about: str) -> Content:
    reference = f" · {record.reference}" if record.reference else ""
    return Content.assemble(record.name, reference, (f" · {about}", "$muted"))
