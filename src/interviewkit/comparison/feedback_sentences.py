"""What an interviewer reads about how they interview, in the second person, without a verdict."""

from collections.abc import Iterator

from interviewkit.banks.elements import LABELS
from interviewkit.comparison.estimate import Estimate
from interviewkit.comparison.interviewer_feedback import (
    InterviewerFeedback,
    QuestionHabit,
    furthest_from_plan,
    most_left_out,
    never_asked,
)
from interviewkit.comparison.means import format_mean, percent
from interviewkit.comparison.name_lists import name_list
from interviewkit.comparison.question_statistics import LEAST_RATED
from interviewkit.comparison.rater_profile import LEAST_ANSWERS
from interviewkit.plurals import count_noun

OVER_OWN_ALONE = (
    "Counted over the scorecards you submitted, and shown to you alone. An outcome that was not "
    "noted counts nowhere, so noting them makes this more worth reading."
)


def feedback_blocks(feedback: InterviewerFeedback) -> list[tuple[str, list[str]]]:
    """(Title, sentences) on asking, leaving out and time; there must be a scorecard."""
    return [
        ("Your interviews", [_counts(feedback), OVER_OWN_ALONE]),
        ("What you ask, and what it brings", list(_probes(feedback))),
        ("What your probes ask for", list(_elements(feedback))),
        ("What you leave out", list(_left_out(feedback))),
        ("Time for a question", list(_time(feedback))),
    ]


def share_words(share: Estimate) -> str:
    """``67 % (95 %: 42 % to 85 %, n=12)``, or ``too few to tell (n=3)``."""
    if share.value is None or share.low is None or share.high is None:
        return share.why
    return (
        f"{percent(share.value)} (95 %: {percent(share.low)} to {percent(share.high)}, n={share.n})"
    )


def _counts(feedback: InterviewerFeedback) -> str:
    return (
        f"{count_noun(feedback.scorecards, 'scorecard')}, "
        f"{count_noun(feedback.answers, 'answer')}, {feedback.rated} of them rated."
    )


def _probes(feedback: InterviewerFeedback) -> Iterator[str]:
    if not feedback.answers:
        yield "No question was asked yet."
        return
    mean = format_mean(feedback.probes / feedback.answers)
    yield f"{count_noun(feedback.probes, 'follow-up')}, {mean} for an answer."
    yield (
        f"{feedback.unprobed} of {count_noun(feedback.rated, 'rated answer')} had none: the first "
        "answer was rated as it came."
    )
    if feedback.probes:
        yield f"New detail, of the outcomes noted: {share_words(feedback.share)}."
    if feedback.own:
        yield f"In your own words: {feedback.own}; new detail: {share_words(feedback.own_share)}."
    if feedback.not_noted:
        yield f"What {feedback.not_noted} of them brought was not noted."


def _elements(feedback: InterviewerFeedback) -> Iterator[str]:
    rare = []
    for use in feedback.elements:
        if use.share.value is not None:
            yield f"{LABELS[use.element]}: asked {use.asked}; new detail: {share_words(use.share)}."
        elif use.asked:
            rare.append(f"{LABELS[use.element]} {use.asked}")
    if rare:
        yield f"Too few to tell what they bring: {name_list(rare, len(rare))}."
    missing = never_asked(feedback)
    if feedback.answers < LEAST_ANSWERS:
        yield (
            "What you never ask for: too few to tell, "
            f"{count_noun(feedback.answers, 'answer')} of {LEAST_ANSWERS}."
        )
    elif missing:
        names = name_list([LABELS[element] for element in missing], len(missing))
        yield f"Never asked for: {names}."


def _left_out(feedback: InterviewerFeedback) -> Iterator[str]:
    planned = sum(habit.planned for habit in feedback.questions)
    yield f"{feedback.left_out} of {count_noun(planned, 'question')} in your kits."
    for habit in most_left_out(feedback):
        times = count_noun(habit.planned, "time")
        yield f"{habit.question}: left out {habit.left_out} of {times}. {habit.ask}"


def _time(feedback: InterviewerFeedback) -> Iterator[str]:
    if feedback.minutes is None:
        yield f"Too few to tell: it takes {LEAST_RATED} answers with a time."
        return
    yield (
        f"{format_mean(feedback.minutes)} minutes on average; the kits plan "
        f"{format_mean(feedback.minutes_planned)}."
    )
    habits = furthest_from_plan(feedback)
    yield from map(_minutes, habits)
    if not habits:
        yield f"Question by question: too few to tell, none was asked {LEAST_RATED} times."


def _minutes(habit: QuestionHabit) -> str:
    return (
        f"{habit.question}: {format_mean(habit.minutes)} minutes, planned "
        f"{format_mean(habit.minutes_planned)}."
    )
