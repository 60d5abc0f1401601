"""Where an interview stands in its kit and in time. Minutes are planned, seconds are used."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from interviewkit.interview.records import CLOSING, OPENING, Answer

if TYPE_CHECKING:
    from interviewkit.banks.model import Bank, Kit


def interview_pages(bank: "Bank", kit: "Kit") -> list[tuple[str, str | None]]:
    """(question or page, competency or None) in the order of the interview."""
    result: list[tuple[str, str | None]] = []
    if kit.opening:
        result.append((OPENING, None))
    result += [
        (entry.question, bank.question(entry.question).competency) for entry in kit.questions
    ]
    if kit.closing:
        result.append((CLOSING, None))
    return result


def planned_minutes(kit: "Kit") -> dict[str, float]:
    """Minutes planned for each page and question of the kit."""
    result = {entry.question: entry.minutes for entry in kit.questions}
    if kit.opening:
        result[OPENING] = kit.opening.minutes
    if kit.closing:
        result[CLOSING] = kit.closing.minutes
    return result


class Pace(NamedTuple):
    """How the time goes. ``used`` and ``left`` are seconds of the whole interview.

    ``short`` is how many seconds the questions still open are planned to need beyond what is
    left, zero when they fit. ``droppable`` are questions that could be left out with every
    competency of the kit still heard, the last first.
    """

    used: float
    left: float
    over: bool
    short: float
    droppable: tuple[str, ...]


def pace(kit: "Kit", answers: Sequence[Answer], current: str, spent: Mapping[str, float]) -> Pace:
    """The pace at page ``here``; ``spent`` maps each page to the seconds used on it so far."""
    plan = planned_minutes(kit)
    used = sum(spent.values())
    seconds_left = kit.minutes * 60 - used
    ahead = [
        answer
        for answer in answers
        if answer.question != current
        and answer.is_open
        and not answer.notes
        and (answer.competency or answer.question == CLOSING)
    ]
    pages = [current, *(answer.question for answer in ahead)]
    need = sum(max(0.0, plan.get(page, 0) * 60 - spent.get(page, 0.0)) for page in pages)
    short = max(0.0, need - seconds_left)
    over = spent.get(current, 0.0) > plan.get(current, 0) * 60 > 0
    return Pace(used, seconds_left, over, short, _droppable(answers, ahead) if short > 0 else ())


def in_words(pace: Pace, questions: Sequence[str]) -> str:
    """A quiet sentence while the questions left do not fit, and what may go; else empty.

    ``questions`` are the kit's, in their order, which gives them their numbers.
    """
    if not pace.short:
        return ""
    minutes = max(1, round(pace.short / 60))
    *most, last_number = [str(questions.index(name) + 1) for name in pace.droppable] or [""]
    if not last_number:
        return f"{minutes} min short; each question left is the only one for its competency."
    numbers = f"questions {', '.join(most)} or {last_number}" if most else f"question {last_number}"
    return f"{minutes} min short; {numbers} may go."


def _droppable(answers: Sequence[Answer], ahead: Sequence[Answer]) -> tuple[str, ...]:
    """From the end: what may go while its competency is heard in another question."""
    waiting = [answer for answer in ahead if answer.competency]
    gone: set[str] = set()
    for answer in reversed(waiting):
        candidates = [
            candidate
            for candidate in answers
            if candidate.competency == answer.competency
            and candidate.question != answer.question
            and candidate.question not in gone
            and candidate.skipped is None
        ]
        if candidates:
            gone.add(answer.question)
    return tuple(answer.question for answer in reversed(waiting) if answer.question in gone)
