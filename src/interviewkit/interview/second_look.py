"""What somebody else's window changed in an interview between two looks at it."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from interviewkit.interview.record_kinds import tell_kinds_apart
from interviewkit.interview.records import CLOSING, OPENING, Answer, Interview
from interviewkit.plurals import count_noun


class InterviewSnapshot(NamedTuple):
    """An interview and all its answers, pages included, as they were read at one moment."""

    interview: Interview
    answers: tuple[Answer, ...]


def changes(earlier: InterviewSnapshot, later: InterviewSnapshot) -> list[str]:
    """A sentence for each thing that differs and is sealed with a scorecard; the time used is not.

    Empty when what would be sealed is what was seen.
    """
    old = {answer.question: answer for answer in earlier.answers}
    numbers = [answer.question for answer in later.answers if answer.competency is not None]
    lines = []
    for answer in later.answers:
        parts = list(_parts(old[answer.question], answer))
        if parts:
            lines.append(f"{_name(answer.question, numbers)}: {', '.join(parts)}.")
    return [*lines, *_of_the_whole(earlier.interview, later.interview)]


def _name(page: str, numbers: Sequence[str]) -> str:
    names = {OPENING: "Opening", CLOSING: "Closing"}
    return names.get(page) or f"Question {numbers.index(page) + 1}"


def _parts(old: Answer, new: Answer) -> Iterator[str]:
    if _verdict(old) != _verdict(new):
        yield f"{_verdict(new)}, was {_verdict(old)}"
    texts = {note.id: note.text for note in old.notes}
    ids = {note.id for note in new.notes}
    counts = {
        "new": sum(note.id not in texts for note in new.notes),
        "changed": sum(texts.get(note.id, note.text) != note.text for note in new.notes),
        "taken away": sum(key not in ids for key in texts),
    }
    for change, count in counts.items():
        if count:
            yield f"{count_noun(count, 'note')} {change}"
    marks = {note.id for note in old.notes if note.is_marked}
    if marks != {note.id for note in new.notes if note.is_marked}:
        yield "other marks"
    if old.probes != new.probes:
        yield "other probes"
    if old.ticks != new.ticks:
        yield "other ticks"


def _verdict(answer: Answer) -> str:
    if answer.skipped is not None:
        return f"skipped ({answer.skipped})"
    if answer.assessed is None:
        return "no rating"
    return "not assessed" if answer.rating is None else f"rated {answer.rating}"


def _of_the_whole(old: Interview, new: Interview) -> Iterator[str]:
    if old.recommendation != new.recommendation:
        recommended = new.recommendation.words if new.recommendation else "none"
        replaced = f", was {old.recommendation.words}" if old.recommendation else ""
        yield f"The recommendation: {recommended}{replaced}."
    if old.reason != new.reason:
        yield "The reason for the recommendation was changed."
    if old.summary != new.summary:
        yield "The summary was changed."


tell_kinds_apart(globals())
