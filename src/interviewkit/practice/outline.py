"""A whole script as text, for the trainer who chooses one."""

from collections.abc import Iterator

from interviewkit.banks.elements import LABELS
from interviewkit.practice.model import LEVEL_LABELS, ScriptedAnswer
from interviewkit.practice.reader import PracticeFile


def outline_script(file: PracticeFile) -> Iterator[str]:
    """Line by line: who it is, then each question with all that can be heard, and the rating."""
    script, bank = file.script, file.bank
    yield f"{script.candidate}  ({script.id}, {script.language})"
    yield f"{bank.title}, kit {script.kit}: {file.kit.name}, {file.kit.minutes:g} minutes"
    yield _flat(script.summary)
    for position, entry in enumerate(file.kit.questions, 1):
        question = bank.question(entry.question)
        yield f"\n{position} {question.id}: {question.ask}"
        yield from _answer(script.by_question[question.id])


def _answer(answer: ScriptedAnswer) -> Iterator[str]:
    yield f"  {LEVEL_LABELS[answer.level]}"
    yield f"  “{_flat(answer.opening)}”"
    for element, reply in answer.replies.items():
        note = "" if reply.exists else " (does not exist)"
        yield f"    {LABELS[element]}{note}: “{_flat(reply.says)}”"
    if answer.silence:
        yield f"    after a silence: “{_flat(answer.silence)}”"
    yield f"    otherwise: “{_flat(answer.otherwise)}”"
    yield f"  Rating {answer.rating}: {_flat(answer.because)}"
    if answer.not_higher:
        yield f"    not {answer.rating + 1}: {_flat(answer.not_higher)}"
    if answer.not_lower:
        yield f"    not {answer.rating - 1}: {_flat(answer.not_lower)}"


def _flat(text: str) -> str:
    return " ".join(text.split())
