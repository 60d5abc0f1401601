"""What undo has taken back, in a sentence for the line below the notes."""

from interviewkit.interview.records import OUTCOME_WORDS, Outcome
from interviewkit.storage.notebook_values import TakenBack, Value

QUOTED = 48  # characters of a text that stand in a sentence on one line
_NAMES = {"asked": "probe", "follow_up": "follow-up"}


def undo_sentence(step: TakenBack | None) -> str:
    """``Taken back: note “…”.``; a step that had taken something away says it is back again."""
    if step is None:
        return "There is nothing to undo."
    if step.field == "tick":
        return "Taken back: tick."
    if step.field == "mark":
        return "Taken back: the mark." if step.was else "Marked again."
    if step.field == "note" and step.changes > 1:
        return f"Taken back: {step.changes} notes."
    verb = "Back again" if step.was is None else "Taken back"
    return f"{verb}: {_NAMES.get(step.field, step.field)} {_value(step)}."


def _value(step: TakenBack) -> str:
    value: Value = step.value if step.was is None else step.was
    if step.field == "outcome":
        return OUTCOME_WORDS[Outcome(str(value))]
    if step.field == "rating":
        return str(value)
    text = str(value)
    return f"“{text if len(text) <= QUOTED else f'{text[: QUOTED - 1]}…'}”"
