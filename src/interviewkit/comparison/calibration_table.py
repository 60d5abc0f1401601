"""The two tables of a calibration, as texts: a row for each person, a row for each answer."""

from interviewkit.comparison.calibration import AnswerDistance, RaterDistance
from interviewkit.comparison.calibration_sentences import points_words
from interviewkit.comparison.estimate import format_signed
from interviewkit.comparison.means import format_mean
from interviewkit.interview.calibration import WrittenAnswer

PEOPLE_HEADS = ("Person", "Exact", "Distance", "Leniency", "Spread / expert", "Halo / expert")
ANSWER_HEADS = ("Answer", "Question", "Expert", "Mean", "Distance", "Ratings")


def person_cells(rater: RaterDistance) -> tuple[str, ...]:
    """As PEOPLE_HEADS has them; spread and halo stand beside the expert's, ``1.10 / 1.25``."""
    profile = rater.beside_expert
    spread = halo = "–"
    if profile is not None and profile.spread is not None:
        spread = _beside(profile.spread, profile.coraters_spread)
    if profile is not None and profile.profile is not None:
        halo = _beside(profile.profile, profile.coraters_profile)
    exact = "–" if rater.exact is None else f"{rater.exact} of {rater.answers}"
    leniency = "–" if rater.leniency.value is None else format_signed(rater.leniency.value)
    return (
        rater.person.name,
        exact,
        format_mean(rater.distance, "0.01"),
        leniency,
        spread,
        halo,
    )


def answer_cells(answer: WrittenAnswer, item: AnswerDistance) -> tuple[str, ...]:
    """As ANSWER_HEADS has them; ratings as ``3×2 4×1``."""
    return (
        answer.candidate,
        answer.question,
        "–" if item.expert is None else str(item.expert),
        format_mean(item.mean),
        format_mean(item.distance, "0.01"),
        points_words(item.points),
    )


def _beside(own: float, expert: float | None) -> str:
    return f"{format_mean(own, '0.01')} / {format_mean(expert, '0.01')}"
