"""The questions of a kit, picked out of the bank's and put in order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from textual.binding import Binding
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from interviewkit.tui.content import Content

MINUTES = 5  # of a question that is picked
LONGEST = 240


@dataclass(frozen=True, slots=True)
class Pickable:
    """A question as it stands in the list."""

    id: str
    competency: str
    ask: str


class OrderedPicker(OptionList):
    """What is picked stands first, in its order; the others below, as they are in the bank."""

    BINDINGS = [
        Binding("space", "pick", "Pick or drop", id="picking.pick"),
        Binding("ctrl+up", "shift(-1)", "Earlier", id="picking.up"),
        Binding("ctrl+down", "shift(1)", "Later", id="picking.down", show=False),
        Binding("plus", "minutes(1)", "One minute more", key_display="+", id="picking.more"),
        Binding(
            "minus",
            "minutes(-1)",
            "One minute less",
            key_display="-",
            id="picking.less",
            show=False,
        ),
    ]

    class Changed(Message):
        """Another choice, order or time."""

    def __init__(self, questions: Sequence[Pickable], picked: Mapping[str, float]) -> None:
        """``picked`` maps ids to minutes, in the kit's order."""
        super().__init__(compact=True)
        self._questions = {question.id: question for question in questions}
        self._picked = dict(picked)

    @property
    def value(self) -> dict[str, float]:
        """Minutes by question, in the kit's order."""
        return dict(self._picked)

    def put(self, picked: Mapping[str, float]) -> None:
        """Pick these, in this order."""
        self._picked = dict(picked)
        self._redraw(0)

    def on_mount(self) -> None:
        """Show them."""
        self._draw(0)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter and a click pick, too."""
        event.stop()
        self.action_pick()

    def action_pick(self) -> None:
        """Pick the question under the cursor, as the last of the kit, or leave it out."""
        index, name = self.highlighted, self._highlighted_id()
        if index is None or name is None:
            return
        if name in self._picked:
            del self._picked[name]
        else:
            self._picked[name] = MINUTES
        # The cursor stays where it is, so that several can be picked one after the other.
        self._redraw(min(index + (name in self._picked), len(self._questions) - 1))

    def action_shift(self, step: int) -> None:
        """One place earlier (-1) or later (1)."""
        name, order = self._highlighted_id(), list(self._picked)
        if name not in self._picked or name is None:
            return
        index = order.index(name)
        target = max(0, min(len(order) - 1, index + step))
        order[index], order[target] = order[target], order[index]
        self._picked = {name: self._picked[name] for name in order}
        self._redraw(target)

    def action_minutes(self, step: int) -> None:
        """One minute more or less; never none."""
        name, index = self._highlighted_id(), self.highlighted
        if name is not None and name in self._picked and index is not None:
            self._picked[name] = max(1, min(LONGEST, self._picked[name] + step))
            self._redraw(index)

    def _highlighted_id(self) -> str | None:
        option = self.highlighted_option
        return option.id if option else None

    def _redraw(self, cursor: int) -> None:
        self._draw(cursor)
        self.post_message(self.Changed())

    def _draw(self, cursor: int) -> None:
        unpicked = [
            question_id for question_id in self._questions if question_id not in self._picked
        ]
        rows = [self._row(name, position) for position, name in enumerate(self._picked, 1)]
        rows += [self._row(name, 0) for name in unpicked]
        offset = self.scroll_offset.y
        self.set_options(rows)
        self.highlighted = cursor if rows else None
        # New options begin at the top; what is looked at stays where it is.
        self.call_after_refresh(self._scroll_back, offset)

    def _scroll_back(self, offset: int) -> None:
        self.scroll_to(y=offset, animate=False)
        self.scroll_to_highlight()

    def _row(self, name: str, position: int) -> Option:
        question = self._questions.get(name, Pickable(name, "", "is not in this bank"))
        if position:
            minutes = f"{self._picked[name]:g} min"
            head = Content.styled(f"[x] {position:>2} {minutes:>7}  ", "bold $text-accent")
        else:
            head = Content(f"[ ]{'':>12} ")
        description = f"  {question.competency} · {question.ask}"
        return Option(Content.assemble(head, name, (description, "$muted")), id=name)


class CompetencyPicker(OptionList):
    """A figure for each competency, changed by + and -; subclasses say what none means."""

    STEP = 0.5

    class Changed(Message):
        """Another figure."""

    def __init__(self, names: Mapping[str, str], figures: Mapping[str, float]) -> None:
        """``names`` are those of the competencies by id; not all have a figure."""
        super().__init__(compact=True)
        self._names = names
        self._figures = dict(figures)

    @property
    def value(self) -> dict[str, float]:
        """Figures that were given, in the order they were, new ones behind."""
        return dict(self._figures)

    def put(self, figures: Mapping[str, float]) -> None:
        """These figures, and none for all others."""
        self._figures = dict(figures)
        self.on_mount()
        self.post_message(self.Changed())

    def on_mount(self) -> None:
        """Show them."""
        self.set_options([self._row(name) for name in self._names])
        self.highlighted = 0

    def action_step(self, direction: int) -> None:
        """Half a point more or less for the competency under the cursor."""
        option, index = self.highlighted_option, self.highlighted
        if option is None or index is None or option.id is None:
            return
        figure = self._changed(self._figures.get(option.id), direction * self.STEP)
        if figure is None:
            self._figures.pop(option.id, None)
        else:
            self._figures[option.id] = figure
        self.replace_option_prompt_at_index(index, self._row(option.id).prompt)
        self.post_message(self.Changed())

    def _changed(self, figure: float | None, change: float) -> float | None:
        raise NotImplementedError

    def _cell(self, figure: float | None) -> str:
        raise NotImplementedError

    def _row(self, name: str) -> Option:
        figure = self._figures.get(name)
        style = "" if figure is None else "bold $text-accent"
        return Option(
            Content.assemble((f"{self._cell(figure):<5} ", style), self._names[name]), id=name
        )


class WeightPicker(CompetencyPicker):
    """A weight for each competency: 1 unless somebody says otherwise."""

    HEAVIEST = 100.0
    BINDINGS = [
        Binding("plus", "step(1)", "More", key_display="+", id="weights.more"),
        Binding("minus", "step(-1)", "Less", key_display="-", id="weights.less"),
    ]

    def _changed(self, figure: float | None, change: float) -> float | None:
        weight = max(0.0, min(self.HEAVIEST, (1 if figure is None else figure) + change))
        return None if weight == 1 else weight

    def _cell(self, figure: float | None) -> str:
        return f"×{1 if figure is None else figure:g}"


class MustHavePicker(CompetencyPicker):
    """The lowest mean that is accepted on a competency, half-way up the scale to begin with."""

    BINDINGS = [
        Binding("plus", "step(1)", "Must have more", key_display="+", id="must_haves.more"),
        Binding("minus", "step(-1)", "Less, or none", key_display="-", id="must_haves.less"),
    ]

    def __init__(
        self, names: Mapping[str, str], figures: Mapping[str, float], scale: tuple[float, float]
    ) -> None:
        """``scale`` is its lowest and its highest rating."""
        super().__init__(names, figures)
        self._lowest, self._highest = scale

    def _changed(self, figure: float | None, change: float) -> float | None:
        if figure is None:
            return (self._lowest + self._highest) / 2 if change > 0 else None
        least = min(self._highest, figure + change)
        return least if least > self._lowest else None  # every mean is at least the lowest rating

    def _cell(self, figure: float | None) -> str:
        return "–" if figure is None else f"≥{figure:g}"
