"""How notes, probes, amendments and recommendations are put into cells, alike on every sheet."""

from collections.abc import Sequence

from interviewkit.interview.clock import local
from interviewkit.interview.records import OUTCOME_WORDS, Amendment, Answer, Asked, Interview, Note


def notes(answer: Answer) -> str:
    """Every note and amendment of an answer, a line each; what is tied to the rating first."""
    lines = [_note(note, answer.probes) for note in answer.notes_marked_first]
    return "\n".join([*lines, *map(_amendment, answer.amendments)])


def probes(answer: Answer) -> str:
    """Every probe asked and what it brought, a line each."""
    return "\n".join(
        _asked_text(position, asked) for position, asked in enumerate(answer.asked, start=1)
    )


def page_notes(answers: Sequence[Answer]) -> str:
    """The notes of the opening and the closing."""
    texts = [note for answer in answers if answer.competency is None for note in answer.notes]
    return "\n".join(_note(note, ()) for note in texts)


def recommendation_cell(interview: Interview) -> str:
    """The recommendation that counts, what it was, why it does not follow the ratings."""
    original = interview.recommendation.words if interview.recommendation else ""
    text = (
        f"{interview.amended.words} (amended, was {original}: {interview.amended_why})"
        if interview.amended
        else original
    )
    text = f"{text}: {interview.reason}" if interview.reason else text
    return f"{text} (from {interview.origin})".strip() if interview.origin else text


def _amendment(amendment: Amendment) -> str:
    """``amended 02 Mar 09:40, rating 4: why``; what it was stands beside the rating."""
    moment = f"{local(amendment.at):%d %b %H:%M}"
    return f"amended {moment}, {amendment.what} {amendment.value_words}: {amendment.reason}"


def _note(note: Note, asked: Sequence[Asked]) -> str:
    """``12:38 text``; under a probe indented, with the probe's number in the next column.

    A note that is tied to the rating begins with ``* `` and stands above the others.
    """
    if note.is_marked:
        return f"* {_minute(note.at)} {note.text}"
    if note.probe is not None:
        numbers = {probe.probe: position for position, probe in enumerate(asked, start=1)}
        if note.probe in numbers:
            return f"    {_minute(note.at)} ({numbers[note.probe]}) {note.text}"
    return f"{_minute(note.at)} {note.text}"


def _minute(moment: str) -> str:
    time = local(moment)
    return f"{time.hour:02}:{time.minute:02}"  # in half the time of a format of strftime's


def _asked_text(position: int, asked: Asked) -> str:
    brought = OUTCOME_WORDS[asked.outcome] if asked.outcome else "outcome not noted"
    own = "own words: " if asked.is_own else ""
    return f"({position}) {_minute(asked.at)} {own}{asked.text} – {brought}"
