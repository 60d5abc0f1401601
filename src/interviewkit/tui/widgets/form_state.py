"""What stands in the fields of a form, right or wrong, to be kept and put back."""

from collections.abc import Sequence
from contextlib import suppress

from textual.widget import Widget
from textual.widgets import Select
from textual.widgets.select import InvalidSelectValueError

from interviewkit.tui.widgets.choice import OneLineChoice
from interviewkit.tui.widgets.multi_select import MultiSelect
from interviewkit.tui.widgets.ordered_picker import CompetencyPicker, OrderedPicker
from interviewkit.tui.widgets.text_area import GrowingTextArea
from interviewkit.tui.widgets.text_input import SequentialInput


def fields_of(form: Widget) -> list[Widget]:
    """Everything that is typed into or chosen from, in its order on the screen."""
    return list(
        form.query(
            "SequentialInput, GrowingTextArea, OneLineChoice, Select, MultiSelect, "
            "OrderedPicker, CompetencyPicker"
        )
    )


def field_values(fields: Sequence[Widget]) -> list[object]:
    """What stands in each of them, in JSON's values."""
    return [_field_value(field) for field in fields]


def put_back(fields: Sequence[Widget], state: object) -> bool:
    """Put it into the same fields again; False, and nothing is put, where they are not the same.

    A choice that is not offered any more stays as it is in the bank.
    """
    if not isinstance(state, list) or len(state) != len(fields):
        return False
    if any(
        type(_field_value(field)) is not type(value)
        for field, value in zip(fields, state, strict=True)
    ):
        return False
    for field, value in zip(fields, state, strict=True):
        if _field_value(field) != value:
            _fill_field(field, value)
    return True


def _field_value(field: Widget) -> object:
    match field:
        case SequentialInput():
            return field.value
        case GrowingTextArea():
            return field.text
        case OneLineChoice():
            return field.chosen_index
        case MultiSelect():
            return field.value
        case OrderedPicker() | CompetencyPicker():
            return [list(pair) for pair in field.value.items()]
    assert isinstance(field, Select)  # noqa: S101 - the last that is asked for
    return str(field.value)


def _fill_field(field: Widget, state: object) -> None:
    match field, state:
        case SequentialInput(), str(text):
            field.value = text
            field.cursor_position = len(text)
        case GrowingTextArea(), str(text):
            field.text = text
            field.move_cursor(field.document.end)
        case OneLineChoice(), int(index):
            field.action_choose(index)
        case Select(), str(value):
            with suppress(InvalidSelectValueError):
                field.value = value
        case MultiSelect(), list(values):
            field.set_value(values)
        case ((OrderedPicker() | CompetencyPicker()), list(pairs)):
            field.put(dict(pairs))
