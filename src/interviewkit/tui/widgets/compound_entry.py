"""Entries of a form that have several fields or a list: kits, their pages, role plays."""

from collections.abc import Mapping, Sequence

from textual.widget import Widget
from textual.widgets import Static

from interviewkit.plurals import count_noun
from interviewkit.tui.widgets.form_entry import FormEntry, Name, number, plain_value
from interviewkit.tui.widgets.ordered_picker import CompetencyPicker, OrderedPicker, Pickable
from interviewkit.tui.widgets.text_area import GrowingTextArea
from interviewkit.tui.widgets.text_input import SequentialInput


class KitPageEntry(FormEntry):
    """Words to read aloud, and the minutes planned for them."""

    def __init__(self, name: Name, label: str, minutes: float | None, say: str) -> None:
        super().__init__(name, label)
        self._minutes = SequentialInput(
            "" if minutes is None else f"{minutes:g}", placeholder="minutes"
        )
        self._say = GrowingTextArea(say.strip(), placeholder="the words to read aloud")

    def fields(self) -> Sequence[Widget]:
        """The minutes, the words."""
        return [self._minutes, self._say]

    @property
    def value(self) -> object:
        """The minutes and the words; None when neither is given."""
        say = self._say.text.strip()
        if not say and not self._minutes.value.strip():
            return None
        return {"minutes": number(self._minutes.value), "say": say}


class RolePlayEntry(FormEntry):
    """What both sides of a role play know, and its minutes; nothing for any other question."""

    def __init__(
        self, name: Name, label: str, texts: Mapping[str, str], minutes: float | None
    ) -> None:
        """``texts`` by field, in the order in which they are typed."""
        super().__init__(name, label)
        self._minutes = SequentialInput(
            "" if minutes is None else f"{minutes:g}", placeholder="minutes of a role play"
        )
        self._areas = {
            field: GrowingTextArea(text.strip(), placeholder=field.replace("_", " "))
            for field, text in texts.items()
        }

    def fields(self) -> Sequence[Widget]:
        """The minutes, then a text each."""
        return [self._minutes, *self._areas.values()]

    @property
    def value(self) -> object:
        """All of it; None when nothing is typed."""
        texts = {field: area.text.strip() for field, area in self._areas.items()}
        minutes = self._minutes.value.strip()
        if not minutes and not any(texts.values()):
            return None
        return {
            **{field: text for field, text in texts.items() if text},
            "minutes": number(minutes),
        }

    def label_within(self, within: Name) -> str:
        """Which of the fields."""
        return f"{str(within[0]).replace('_', ' ')}: " if within else ""


class KitQuestionsEntry(FormEntry):
    """The questions of a kit."""

    def __init__(
        self, name: Name, label: str, questions: Sequence[Pickable], picked: Mapping[str, float]
    ) -> None:
        super().__init__(name, label)
        self._picking = OrderedPicker(questions, picked)
        self._sum = Static(classes="sum")

    def fields(self) -> Sequence[Widget]:
        """How much is picked, and the list."""
        self.on_ordered_picker_changed()
        return [self._sum, self._picking]

    def on_ordered_picker_changed(self) -> None:
        """Say how much is picked; the form hears of it, too."""
        picked = self._picking.value
        questions, minutes = count_noun(len(picked), "question"), sum(picked.values())
        self._sum.update(f"{questions}, {minutes:g} minutes without opening and closing")

    @property
    def value(self) -> object:
        """The questions as a kit lists them."""
        return [
            {"question": name, "minutes": plain_value(minutes)}
            for name, minutes in self._picking.value.items()
        ]


class CompetencyFiguresEntry(FormEntry):
    """The weights or the must-haves of a kit."""

    def __init__(self, name: Name, label: str, picker: CompetencyPicker) -> None:
        super().__init__(name, label)
        self._picker = picker

    def fields(self) -> Sequence[Widget]:
        """The list."""
        return [self._picker]

    @property
    def value(self) -> object:
        """Figure by competency; None when there is none."""
        return {name: plain_value(figure) for name, figure in self._picker.value.items()} or None

    def label_within(self, within: Name) -> str:
        """Which competency."""
        return f"{within[0]}: " if within else ""
