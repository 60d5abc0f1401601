"""The history of one answer in sentences: who changed what, when, and what was there before.

From the rows of the audit log, in their order; pure. What the log calls by an id, a note or a
probe, is named by the words it had at that moment.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from interviewkit.banks.elements import LABELS, Element
from interviewkit.interview.records import OUTCOME_WORDS, Amendment, Outcome

QUOTED = 80  # characters of a text that stand in a sentence
_OF_THE_WHOLE = ("sealed", "imported")
_VERBS = {
    "mark": ("marked {text}", "no longer marked {text}"),
    "asked": ("asked {text}", "not asked {text}"),
    "follow_up": ("asked in own words {text}", "not asked {text}"),
    "sealed": ("submitted and sealed", ""),
    "imported": ("came in from elsewhere, without what was changed before", ""),
}


class InterviewChange(NamedTuple):
    """One change in an interview, as the audit log has it.

    ``account`` is the computer's account that wrote it: None for what was written before accounts
    were kept, and "" where the system has none. ``before`` and ``after`` are values, None where
    there was or is none. ``is_undo``: it took an earlier change back.
    """

    interview_id: str
    question: str
    what: str
    item: str
    before: object
    after: object
    at: str
    account: str | None
    is_undo: bool = False


class AnswerChange(NamedTuple):
    """One change of an answer. ``who`` is its interviewer; ``words`` says what was changed.

    ``what`` is note, mark, asked, follow_up, outcome, rating, skip, tick, amended, or sealed and
    imported, which stand for the whole scorecard.
    """

    at: str
    who: str
    account: str
    what: str
    words: str


def answer_changes(
    log: Iterable[InterviewChange],
    amendments: Sequence[Amendment],
    question: str,
    interviewer: str,
) -> list[AnswerChange]:
    """Every change of the answer to ``question``, the oldest first, and when it was sealed."""
    texts: dict[str, str] = {}
    amended = {amendment.id: amendment for amendment in amendments}
    changes = []
    rows = [row for row in log if row.question == question or row.what in _OF_THE_WHOLE]
    if any(row.what == "imported" for row in rows):  # it was sealed elsewhere, and before
        rows = [row for row in rows if row.what != "sealed"]
    for row in rows:
        if row.what in ("note", "asked", "follow_up"):
            texts[row.item] = str(row.after or row.before)
        sentence = _words(row, texts, amended)
        if sentence:
            undo = "taken back: " if row.is_undo else ""
            account = row.account or ""
            changes.append(AnswerChange(row.at, interviewer, account, row.what, undo + sentence))
    return changes


def _words(row: InterviewChange, texts: Mapping[str, str], amended: Mapping[str, Amendment]) -> str:
    text = _quote(texts.get(row.item, row.item))
    match row.what:
        case "note":
            return _note(row.before, row.after)
        case "outcome":
            return f"outcome {_change_words(_outcome(row.before), _outcome(row.after))}, of {text}"
        case "rating":
            return f"rating {_change_words(_rating(row.before), _rating(row.after))}"
        case "skip":
            return f"skipped: {row.after}" if row.after is not None else "not skipped"
        case "tick":
            return f"{LABELS[Element(row.item)]}: {_tick(row.after)}"
        case "amended":
            return _amendment(amended[row.item], texts) if row.item in amended else ""
    done, undone = _VERBS.get(row.what, ("", ""))
    return (done if row.after else undone).replace("{text}", text)


def _note(old: object, new: object) -> str:
    if old is None:
        return f"note {_quote(new)}"
    if new is None:
        return f"note taken away {_quote(old)}"
    return f"note {_quote(new)}, was {_quote(old)}"


def _change_words(old: str, new: str) -> str:
    return f"{new or 'taken away'}, was {old}" if old else new


def _outcome(value: object) -> str:
    return OUTCOME_WORDS[Outcome(str(value))] if value else "not noted"


def _rating(value: object) -> str:
    return "" if value is None else str(value)


def _tick(value: object) -> str:
    if value is None:
        return "left to the notes"
    return "ticked as there" if value else "ticked as not there"


def _amendment(amendment: Amendment, texts: Mapping[str, str]) -> str:
    of = f", of {_quote(texts.get(amendment.probe, amendment.probe))}" if amendment.probe else ""
    value = amendment.value_words if amendment.what != "note" else _quote(amendment.value)
    return f"amended: {amendment.what} {value}{of}. Reason: {amendment.reason}"


def _quote(value: object) -> str:
    text = " ".join(str(value).split())
    return f"“{text if len(text) <= QUOTED else f'{text[: QUOTED - 1]}…'}”"
