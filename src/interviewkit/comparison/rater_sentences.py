"""Sentences on interviewers: how far they agree, how many it takes, how each of them rates."""

from interviewkit.comparison.answer_ratings import Severity
from interviewkit.comparison.estimate import Estimate, format_signed
from interviewkit.comparison.means import format_mean
from interviewkit.comparison.results import Comparison
from interviewkit.plurals import count_noun

MOST_SHRUNKEN = 12  # overalls in one sentence
SHOWN_NEVER_APPLIED = "Shown, never applied"
PUBLISHED_NEED = (
    "In published studies one interviewer alone reaches 0.44, and it takes five to six separate "
    "interviewers to reach 0.80."
)


def agreement_sentences(comparison: Comparison) -> list[str]:
    """How well the order would hold with other interviewers, and what one answer is worth."""
    if comparison.is_silent:
        return ["No two people rated the same thing, so agreement cannot be measured."]
    reliable = comparison.reliability
    if reliable.order.value is None:
        return [f"Whether the order would hold with other interviewers: {reliable.order.why}."]
    result = [
        "How well the order would hold with other interviewers, from 0 (not at all) to 1 "
        f"(perfectly): {interval(reliable.order)}; by one interviewer alone "
        f"{_non_negative(reliable.single.value)}."
    ]
    alpha = comparison.agreement.alpha
    if alpha.value is not None:
        result.append(
            "How far interviewers agree on single answers, from 0 (chance) to 1 (perfect): "
            f"{format_signed(alpha.value)} over {count_noun(alpha.n, 'answer')} (Krippendorff's α)."
        )
    return [*result, interviewers_needed(comparison), *shrunken_sentences(comparison)]


def shrunken_sentences(comparison: Comparison) -> list[str]:
    """Overalls of the placed beside what is left of them, where these are few enough to read."""
    pairs = [
        f"{candidate.name} {format_mean(candidate.overall)} → {format_mean(candidate.shrunken)}"
        for candidate in comparison.candidates
        if candidate.shrunken is not None and candidate.is_placed
    ]
    if not 1 < len(pairs) <= MOST_SHRUNKEN:
        return []
    return [
        "Few ratings exaggerate differences. Each overall, and what is left of it when it is drawn "
        f"towards the mean, the more so the less is known: {', '.join(pairs)}."
    ]


def interval(estimate: Estimate) -> str:
    """``0.79 (95 %: 0.00 to 0.97, n=6)``; below 0 is said as 0."""
    if estimate.value is None:
        return estimate.why
    text = _non_negative(estimate.value)
    if estimate.low is None or estimate.high is None:
        return f"{text} (n={estimate.n})"
    low, high = _non_negative(estimate.low), _non_negative(estimate.high)
    return f"{text} (95 %: {low} to {high}, n={estimate.n})"


def _non_negative(value: float | None) -> str:
    return "–" if value is None else format_signed(max(value, 0.0))


def interviewers_needed(comparison: Comparison) -> str:
    """How many interviewers a candidate needs for a reliability of .80."""
    reliable = comparison.reliability
    if reliable.same_people is None or reliable.other_people is None:
        return PUBLISHED_NEED
    shared, different = (
        max(1, round(need)) for need in (reliable.same_people, reliable.other_people)
    )
    return (
        f"To reach 0.80 a candidate needs about {count_noun(shared, 'interviewer')} if the same "
        f"people see everybody, about {different} if not."
    )


def severity(comparison: Comparison) -> list[str]:
    """How each interviewer rates beside others on the same answers."""
    rated = [item for item in comparison.severity if item.difference is not None]
    if not rated:
        return ["No answer was rated by two interviewers."]
    return [
        f"{SHOWN_NEVER_APPLIED}: who was given the stronger candidates is not known.",
        *(severity_of(item) for item in comparison.severity),
    ]


def severity_of(item: Severity) -> str:
    """``Tom Becker rated 0.54 points lower than co-raters on the same answers (n = 45 …)``."""
    if item.difference is None:
        return f"No one else rated the answers that {item.interviewer} rated."
    size = format_mean(abs(item.difference), "0.01")
    if not float(size):
        beside = "as co-raters did"
    else:
        direction = "lower" if item.difference < 0 else "higher"
        beside = f"{size} points {direction} than co-raters"
    answers = count_noun(item.answers, "answer")
    return f"{item.interviewer} rated {beside} on the same answers (n = {answers})."
