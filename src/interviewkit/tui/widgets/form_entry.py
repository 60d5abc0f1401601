"""One line of a form: what it is called, where it is typed, and below what is found about it.

An entry knows its field's name, never the bank. Its ``value`` is what a bank file would hold there,
None for nothing; whatever is typed stays in its field, right or wrong.
"""

from collections.abc import Mapping, Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Select, Static

from interviewkit.errors import Finding
from interviewkit.tui.content import Content
from interviewkit.tui.widgets.badges import finding_line
from interviewkit.tui.widgets.choice import OneLineChoice
from interviewkit.tui.widgets.multi_select import MultiSelect
from interviewkit.tui.widgets.text_area import GrowingTextArea
from interviewkit.tui.widgets.text_input import SequentialInput

Name = tuple[str | int, ...]  # the field's address within the thing that the form is about


class FormEntry(Horizontal):
    """Subclasses give the fields and read the value out of them."""

    def __init__(self, name: Name, label: str) -> None:
        super().__init__(classes="entry")
        self.field_name = name
        self._label = label
        self._findings = Static(classes="found")
        self._initial_value: object = None

    def compose(self) -> ComposeResult:
        """The name on the left, the fields and what is found on the right."""
        yield Static(Content(self._label), classes="label")
        with Vertical():
            yield from self.fields()
            yield self._findings

    def fields(self) -> Sequence[Widget]:
        """The widgets to type into."""
        raise NotImplementedError

    @property
    def value(self) -> object:
        """The value that the file would contain."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Remember the value at the start."""
        self._initial_value = self.value

    @property
    def is_changed(self) -> bool:
        """Whether it now says something else than at first."""
        return self.value != self._initial_value

    def show_findings(self, findings: Sequence[tuple[Name, Finding]]) -> None:
        """Show these below the field, each with its place within the thing."""
        lines = [
            Content.assemble(
                self.label_within(at[len(self.field_name) :]),
                finding_line(finding, with_line=False),
            )
            for at, finding in findings
        ]
        self._findings.update(Content("\n").join(lines))
        self._findings.display = bool(findings)

    def label_within(self, within: Name) -> str:
        """Which part of the field it is about; nothing where that is plain to see."""
        return ""


class LineEntry(FormEntry):
    """A text on one line."""

    def __init__(self, name: Name, label: str, text: str | None, *, hint: str = "") -> None:
        super().__init__(name, label)
        self._field = SequentialInput(text or "", placeholder=hint)

    def fields(self) -> Sequence[Widget]:
        """One field."""
        return [self._field]

    @property
    def value(self) -> object:
        """The text without blanks around it; None when there is none."""
        return self._field.value.strip() or None


class NeededLine(LineEntry):
    """A line that a bank cannot be without: empty it is empty, not absent."""

    @property
    def value(self) -> object:
        """The text without blanks around it."""
        return self._field.value.strip()


class NumberEntry(NeededLine):
    """A number; what is none stays as it was typed and is told."""

    def __init__(self, name: Name, label: str, value: float | None) -> None:
        super().__init__(name, label, "" if value is None else f"{value:g}")

    @property
    def value(self) -> object:
        """The number, or the text that is none."""
        return number(self._field.value)


class ProseEntry(FormEntry):
    """A text of a few lines; ``joined`` makes one paragraph of it."""

    def __init__(self, name: Name, label: str, text: str, *, joined: bool = True) -> None:
        super().__init__(name, label)
        self._area = GrowingTextArea(text.strip())
        self._joined = joined

    def fields(self) -> Sequence[Widget]:
        """One area."""
        return [self._area]

    @property
    def value(self) -> object:
        """The text."""
        return " ".join(self._area.text.split()) if self._joined else self._area.text.strip()


class PointsEntry(FormEntry):
    """Several short texts, one on each line."""

    def __init__(self, name: Name, label: str, points: Sequence[str], *, hint: str = "") -> None:
        super().__init__(name, label)
        self._area = GrowingTextArea(
            "\n".join(" ".join(point.split()) for point in points), placeholder=hint
        )

    def fields(self) -> Sequence[Widget]:
        """One area."""
        return [self._area]

    @property
    def value(self) -> object:
        """The texts; None when there is none."""
        return [line.strip() for line in self._area.text.splitlines() if line.strip()] or None


class SeatsEntry(PointsEntry):
    """A panel, one seat on each line: its name, a colon, the competencies it covers."""

    def __init__(self, name: Name, label: str, seats: Mapping[str, Sequence[str]]) -> None:
        lines = [f"{seat}: {', '.join(focus)}" for seat, focus in seats.items()]
        hint = "one seat per line, such as Peer: ownership, learning"
        super().__init__(name, label, lines, hint=hint)

    @property
    def value(self) -> object:
        """Seats with what each covers; None when there is none."""
        seats = []
        for line in self._area.text.splitlines():
            seat, _, focus = line.partition(":")
            names = [name.strip() for name in focus.split(",") if name.strip()]
            if line.strip():
                seats.append({"seat": seat.strip(), "focus": names})
        return seats or None


class ChoiceEntry(FormEntry):
    """One of a few, the first of which is the default."""

    def __init__(
        self, name: Name, label: str, options: Mapping[str, str], chosen: str | None
    ) -> None:
        super().__init__(name, label)
        self._values = list(options)
        self._index = self._values.index(chosen or self._values[0])
        self._choice = OneLineChoice(list(options.values()), self._index, id="choice")

    def fields(self) -> Sequence[Widget]:
        """A row of options."""
        return [self._choice]

    def on_choice_chosen(self, event: OneLineChoice.Chosen) -> None:
        """Note which; the form hears of it, too."""
        self._index = event.index

    @property
    def value(self) -> object:
        """The value chosen; None for the first."""
        return self._values[self._index] if self._index else None


class PickEntry(FormEntry):
    """A choice from a long list."""

    def __init__(self, name: Name, label: str, options: Mapping[str, str], chosen: str) -> None:
        super().__init__(name, label)
        rows = [(Content(label), value) for value, label in options.items()]
        self._select = Select(rows, value=chosen, allow_blank=False, compact=True)

    def fields(self) -> Sequence[Widget]:
        """A list that opens."""
        return [self._select]

    @property
    def value(self) -> object:
        """What is chosen."""
        return str(self._select.value)


class TogglesEntry(FormEntry):
    """Some of a few; ``needed`` when there must be one."""

    def __init__(
        self,
        name: Name,
        label: str,
        options: Mapping[str, str],
        on: Sequence[str],
        *,
        needed: bool = True,
    ) -> None:
        super().__init__(name, label)
        self._toggles = MultiSelect(list(options.items()), on)
        self._initial_order = list(on)
        self._needed = needed

    def fields(self) -> Sequence[Widget]:
        """A row of marks."""
        return [self._toggles]

    @property
    def value(self) -> object:
        """What is on; in the order it was written in as long as it is the same."""
        on = self._toggles.value
        still_on = [name for name in self._initial_order if name in on]
        return still_on + [name for name in on if name not in still_on] or (
            [] if self._needed else None
        )


class AnchorsEntry(FormEntry):
    """A line for each rating; ``instead`` stands there where nothing is typed."""

    def __init__(
        self,
        name: Name,
        label: str,
        anchors: Mapping[int, str],
        ratings: Sequence[int],
        *,
        instead: Mapping[int, str] | None = None,
    ) -> None:
        super().__init__(name, label)
        hints = instead or {}
        self._optional = instead is not None
        self._lines = {
            rating: GrowingTextArea(
                anchors.get(rating, "").strip(), placeholder=hints.get(rating, "")
            )
            for rating in ratings
        }

    def fields(self) -> Sequence[Widget]:
        """The rating and its words, for each of them."""
        return [
            Horizontal(Static(f"{rating} ", classes="rating"), field, classes="anchor")
            for rating, field in self._lines.items()
        ]

    @property
    def value(self) -> object:
        """Words by rating; None when there are none and none are needed."""
        texts = {rating: " ".join(area.text.split()) for rating, area in self._lines.items()}
        non_empty = {rating: text for rating, text in texts.items() if text}
        return non_empty or (None if self._optional else {})

    def label_within(self, within: Name) -> str:
        """The rating."""
        return f"{within[0]} " if within else ""


def number(text: str) -> object:
    """The number that ``text`` is, else the text."""
    try:
        return plain_value(float(text.strip().replace(",", ".")))
    except ValueError:
        return text.strip()


def plain_value(value: float) -> float | int:
    """Without a point where it is whole."""
    return int(value) if value == value and abs(value) < 1e9 and value == int(value) else value
