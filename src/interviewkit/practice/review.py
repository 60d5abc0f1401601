"""The look back on a rehearsal: what there was to hear, and what was asked for it.

Speaks of the answer, never of a person: it counts no points and calls nothing good or bad. That a
story is lived or borrowed can be said here only because it is invented.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from interviewkit.banks.elements import Element
from interviewkit.banks.model import Bank, Kit, Question
from interviewkit.interview.records import Answer
from interviewkit.interview.suggestions import PARTICULAR, SECOND_EXAMPLE
from interviewkit.practice.conversation import AnswerConversation, Conversation, Turn
from interviewkit.practice.model import Script, StoryLevel


class FoundElement(NamedTuple):
    """What was there and was heard. ``opened_by``: ``?3``, or ``??`` and its words."""

    element: Element
    opened_by: str


class UnaskedElement(NamedTuple):
    """What was there and was not asked for; ``probes`` are those of the bank that ask for it."""

    element: Element
    says: str
    probes: tuple[int, ...]


class MissingElement(NamedTuple):
    """What was not there; ``asked_by`` is empty when nothing asked for it."""

    element: Element
    asked_by: str


class RehearsedAnswer(NamedTuple):
    """One question of a rehearsal. ``rating`` is None where none was given.

    ``idle``: probes and follow-ups that brought nothing new, by their labels. ``silence`` is what
    the candidate adds when nothing is said, empty where the script has nothing.
    """

    position: int
    question: Question
    is_heard: bool
    skip_reason: str | None
    level: StoryLevel
    found: tuple[FoundElement, ...]
    unasked: tuple[UnaskedElement, ...]
    missing: tuple[MissingElement, ...]
    idle: tuple[str, ...]
    silence: str
    has_waited: bool
    seconds: float
    planned_minutes: float
    rating: int | None
    expert_rating: int
    because: str
    not_higher: str
    not_lower: str


class RehearsalReview(NamedTuple):
    """The whole rehearsal. ``probes`` counts all that was asked, the bank's and one's own."""

    candidate: str
    summary: str
    bank: str
    kit: str
    seconds: float
    planned_minutes: float
    probes: int
    answers: tuple[RehearsedAnswer, ...]


def review_rehearsal(
    script: Script,
    bank: Bank,
    conversation: Conversation,
    answers: Mapping[str, Answer],
    seconds: Mapping[str, float],
) -> RehearsalReview:
    """What there was and what was asked, question by question in the kit's order.

    ``answers`` are the interview's own by question, ``seconds`` the time used on each page.
    """
    kit = bank.kit(script.kit)
    reviews = tuple(
        _review_answer(position, kit, bank, conversation[entry.question], answers, seconds)
        for position, entry in enumerate(kit.questions, 1)
    )
    return RehearsalReview(
        script.candidate,
        script.summary,
        bank.title,
        kit.name,
        sum(seconds.values()),
        kit.minutes,
        sum(turn.is_reply for answer in conversation.values() for turn in answer.turns),
        reviews,
    )


def _review_answer(
    position: int,
    kit: Kit,
    bank: Bank,
    conversation: AnswerConversation,
    answers: Mapping[str, Answer],
    seconds: Mapping[str, float],
) -> RehearsedAnswer:
    entry = kit.questions[position - 1]
    question, scripted = bank.question(entry.question), conversation.answer
    answer = answers[question.id]
    opened_by = _openers(question, conversation.turns)
    return RehearsedAnswer(
        position=position,
        question=question,
        is_heard=bool(conversation.turns),
        skip_reason=answer.skipped,
        level=scripted.level,
        found=tuple(
            FoundElement(element, opened_by[element])
            for element, reply in scripted.replies.items()
            if reply.exists and element in opened_by
        ),
        unasked=tuple(
            UnaskedElement(element, reply.says, _probes_for(question, element))
            for element, reply in scripted.replies.items()
            if reply.exists and element not in opened_by
        ),
        missing=tuple(
            MissingElement(element, opened_by.get(element, ""))
            for element, reply in scripted.replies.items()
            if not reply.exists
        ),
        idle=_idle_labels(question, conversation.turns),
        silence=scripted.silence or "",
        has_waited=conversation.has_waited,
        seconds=seconds.get(question.id, 0.0),
        planned_minutes=entry.minutes,
        rating=answer.counts,
        expert_rating=scripted.rating,
        because=scripted.because,
        not_higher=scripted.not_higher or "",
        not_lower=scripted.not_lower or "",
    )


def _openers(question: Question, turns: Iterable[Turn]) -> dict[Element, str]:
    return {element: _label(question, turn) for turn in turns for element in turn.elements}


def _idle_labels(question: Question, turns: Sequence[Turn]) -> tuple[str, ...]:
    idle = [turn for turn in turns if turn.is_reply and not turn.elements]
    return tuple(dict.fromkeys(_label(question, turn) for turn in idle))


def _label(question: Question, turn: Turn) -> str:
    """``?3`` for a probe with a number, ``?? its words`` for any other."""
    positions = {probe.id: position for position, probe in enumerate(question.probes, 1)}
    positions |= {PARTICULAR: 0, SECOND_EXAMPLE: len(question.probes) + 1}
    return f"?{positions[turn.probe]}" if turn.probe in positions else f"?? {turn.asked}"


def _probes_for(question: Question, element: Element) -> tuple[int, ...]:
    return tuple(
        position for position, probe in enumerate(question.probes, 1) if element in probe.elicits
    )
