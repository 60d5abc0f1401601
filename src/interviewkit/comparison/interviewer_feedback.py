"""How one person interviews, over their own scorecards: what they ask, leave out, and how long.

For that person alone. Counts are of submitted scorecards; shares and means are silent below a
least number. Pure.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from interviewkit.banks.elements import CHECKABLE, STORY, Element
from interviewkit.banks.model import Bank
from interviewkit.comparison.estimate import Estimate
from interviewkit.comparison.question_statistics import LEAST_RATED, wilson
from interviewkit.interview.records import Answer, Asked, Interview, Outcome

ELEMENTS = (*STORY, *CHECKABLE)
Scorecards = Sequence[tuple[Interview, Sequence[Answer]]]


@dataclass(frozen=True, slots=True)
class ElementUse:
    """How often a probe for an element was asked; ``share`` of those with an outcome that brought
    new detail, with Wilson's 95 % interval.
    """

    element: Element
    asked: int
    share: Estimate


@dataclass(frozen=True, slots=True)
class QuestionHabit:
    """What one person does with one question of a bank.

    ``left_out`` counts the times it was skipped, or nothing was asked, noted or rated, of
    ``planned`` scorecards whose kit has it. ``minutes`` is the mean used where it was asked and
    ``minutes_planned`` the mean the kits plan for it; both None below LEAST_RATED.
    """

    bank: str
    question: str
    ask: str
    planned: int
    left_out: int
    minutes: float | None
    minutes_planned: float | None


@dataclass(frozen=True, slots=True)
class InterviewerFeedback:
    """One person's interviews. ``answers`` are the questions asked, ``rated`` those with a rating.

    ``unprobed`` counts rated answers for which nothing was asked. ``probes`` counts what was asked,
    own words included; ``not_noted`` of these have no outcome. ``share`` is new detail over
    outcomes, ``own_share`` the same for follow-ups in the person's own words, of which there are
    ``own``. ``minutes`` is the mean a question took, ``minutes_planned`` what the kits plan.
    """

    interviewer: str
    scorecards: int
    answers: int
    rated: int
    unprobed: int
    probes: int
    not_noted: int
    share: Estimate
    own: int
    own_share: Estimate
    elements: tuple[ElementUse, ...]
    left_out: int
    questions: tuple[QuestionHabit, ...]
    minutes: float | None
    minutes_planned: float | None


@dataclass(slots=True)
class _Question:
    """What is gathered of a question: a (seconds, minutes planned) for each time it was asked."""

    ask: str
    planned: int
    left_out: int
    times: list[tuple[float, float | None]]


def interviewer_feedback(
    interviewer: str, scorecards: Scorecards, banks: Mapping[str, Bank]
) -> InterviewerFeedback:
    """The feedback of these scorecards, which are all by one person; ``banks`` by their hash."""
    questions = _gather(scorecards, banks)
    asked_answers = [
        answer
        for _, answers in scorecards
        for answer in _of_questions(answers)
        if _is_asked(answer)
    ]
    rated = [answer for answer in asked_answers if answer.counts is not None]
    probes = [probe for answer in asked_answers for probe in answer.asked]
    own = [probe for probe in probes if probe.is_own]
    times = [time for question in questions.values() for time in question.times]
    minutes, minutes_planned = _mean_minutes(times)
    return InterviewerFeedback(
        interviewer=interviewer,
        scorecards=len(scorecards),
        answers=len(asked_answers),
        rated=len(rated),
        unprobed=sum(not answer.asked for answer in rated),
        probes=len(probes),
        not_noted=sum(probe.outcome is None for probe in probes),
        share=_share(probes),
        own=len(own),
        own_share=_share(own),
        elements=tuple(_element_use(element, probes) for element in ELEMENTS),
        left_out=sum(question.left_out for question in questions.values()),
        questions=tuple(
            QuestionHabit(
                bank,
                name,
                question.ask,
                question.planned,
                question.left_out,
                *_mean_minutes(question.times),
            )
            for (bank, name), question in questions.items()
        ),
        minutes=minutes,
        minutes_planned=minutes_planned,
    )


def _gather(scorecards: Scorecards, banks: Mapping[str, Bank]) -> dict[tuple[str, str], _Question]:
    """By bank and question, in the order in which they came up; the last words count."""
    questions: dict[tuple[str, str], _Question] = {}
    for interview, answers in scorecards:
        bank = banks[interview.bank_sha256]
        plan = {entry.question: entry.minutes for entry in bank.kit(interview.kit).questions}
        for answer in _of_questions(answers):
            ask = bank.question(answer.question).ask
            question = questions.setdefault((bank.id, answer.question), _Question(ask, 0, 0, []))
            question.ask = ask
            question.planned += 1
            if not _is_asked(answer):
                question.left_out += 1
            elif answer.seconds > 0:
                question.times.append((answer.seconds, plan.get(answer.question)))
    return questions


def _of_questions(answers: Iterable[Answer]) -> list[Answer]:
    return [answer for answer in answers if answer.competency is not None]


def _is_asked(answer: Answer) -> bool:
    """Not skipped, and something was asked, noted or rated."""
    if answer.counts is not None:
        return True
    return answer.skipped is None and bool(answer.notes or answer.asked)


def _share(probes: Iterable[Asked]) -> Estimate:
    outcomes = [probe.outcome for probe in probes if probe.outcome is not None]
    return wilson(outcomes.count(Outcome.NEW_DETAIL), len(outcomes))


def _element_use(element: Element, probes: Sequence[Asked]) -> ElementUse:
    fitting = [probe for probe in probes if element in probe.elicits]
    return ElementUse(element, len(fitting), _share(fitting))


def _mean_minutes(
    times: Sequence[tuple[float, float | None]],
) -> tuple[float | None, float | None]:
    """(Minutes used, minutes planned) on average, over the times that a kit plans minutes for."""
    planned = [(seconds, minutes) for seconds, minutes in times if minutes is not None]
    if len(planned) < LEAST_RATED:
        return None, None
    used = sum(seconds for seconds, _ in planned) / 60 / len(planned)
    return used, sum(minutes for _, minutes in planned) / len(planned)


def most_left_out(feedback: InterviewerFeedback, most: int = 5) -> list[QuestionHabit]:
    """The questions most often left out, as a share of the times they were planned."""
    habits = [habit for habit in feedback.questions if habit.left_out]
    return sorted(habits, key=lambda habit: (-habit.left_out / habit.planned, -habit.left_out))[
        :most
    ]


def furthest_from_plan(feedback: InterviewerFeedback, most: int = 5) -> list[QuestionHabit]:
    """The questions whose minutes lie furthest from the plan, those over it first."""
    timed = [habit for habit in feedback.questions if habit.minutes is not None]
    furthest = sorted(timed, key=lambda habit: -abs(_overrun(habit)))[:most]
    return sorted(furthest, key=lambda habit: -_overrun(habit))


def _overrun(habit: QuestionHabit) -> float:
    return (habit.minutes or 0.0) - (habit.minutes_planned or 0.0)


def never_asked(feedback: InterviewerFeedback) -> list[Element]:
    """The elements for which no probe of a bank was asked."""
    return [use.element for use in feedback.elements if not use.asked]
