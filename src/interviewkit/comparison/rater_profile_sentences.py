"""What an interviewer reads about their own ratings, in the second person and without a verdict."""

from collections.abc import Iterator, Mapping

from interviewkit.comparison.estimate import format_signed
from interviewkit.comparison.means import format_mean, percent
from interviewkit.comparison.rater_profile import (
    LEAST_ANSWERS,
    LEAST_CANDIDATES,
    LEAST_SCORECARDS,
    RaterProfile,
)
from interviewkit.plurals import count_noun

FOR_YOU_ALONE = (
    "Shown to you alone, and only from scorecards that you may see. It is a mirror, not a verdict: "
    "with few answers chance does a lot, and the others may be the ones who are off."
)


def own_ratings(profile: RaterProfile) -> list[tuple[str, list[str]]]:
    """(Title, sentences) for each thing that can be said; there must be a scorecard."""
    return [
        ("Your use of the scale", list(_scale_use(profile))),
        ("How strictly you rate", list(_severity(profile))),
        ("Your range", list(_range(profile))),
        ("One candidate over the competencies", list(_halo(profile))),
        ("Over time", list(_drift(profile))),
        ("How to read this", [FOR_YOU_ALONE]),
    ]


def _scale_use(profile: RaterProfile) -> Iterator[str]:
    total = sum(profile.points.values())
    yield (
        f"{count_noun(profile.scorecards, 'scorecard')}, {count_noun(total, 'rated answer')}: "
        f"{_shares(profile.points, profile.scale)}."
    )
    if profile.shared >= LEAST_ANSWERS:
        yield f"Others on the same answers: {_shares(profile.coraters, profile.scale)}."
    unused = [str(point) for point in profile.scale if not profile.points.get(point)]
    if unused and total >= LEAST_ANSWERS:
        yield f"You never gave {' or '.join(unused)}."


def _shares(points: Mapping[int, int], scale: tuple[int, ...]) -> str:
    total = sum(points.values())
    if not total:
        return "none"
    return ", ".join(f"{point}: {percent(points.get(point, 0) / total)}" for point in scale)


def _severity(profile: RaterProfile) -> Iterator[str]:
    if profile.difference is None:
        yield _too_few(profile)
        return
    size = format_mean(abs(profile.difference), "0.01")
    basis = (
        f"on {count_noun(profile.shared, 'answer')} of "
        f"{count_noun(profile.candidates, 'candidate')} that others rated too"
    )
    if not float(size):
        yield f"As the others do, {basis}."
        return
    direction = "below" if profile.difference < 0 else "above"
    yield f"{size} points {direction} the others, {basis}."


def _range(profile: RaterProfile) -> Iterator[str]:
    if profile.spread is None or profile.coraters_spread is None:
        yield _too_few(profile)
        return
    yield (
        f"Your ratings lie {format_mean(profile.spread, '0.01')} points around their mean, those "
        f"of the others on the same answers {format_mean(profile.coraters_spread, '0.01')} "
        "(standard deviations)."
    )
    yield "With a much smaller range than theirs, candidates hardly differ by your ratings."


def _halo(profile: RaterProfile) -> Iterator[str]:
    if profile.profile is None or profile.coraters_profile is None:
        count = count_noun(profile.profiled, "candidate")
        yield f"Too few to tell: {count} with three competencies in common, of {LEAST_CANDIDATES}."
        return
    yield (
        f"Within one candidate your scores on the competencies lie "
        f"{format_mean(profile.profile, '0.01')} points apart, those of the others "
        f"{format_mean(profile.coraters_profile, '0.01')} (standard deviations, "
        f"{count_noun(profile.profiled, 'candidate')})."
    )
    yield "Much less apart than the others' may mean that one impression coloured the rest."


def _drift(profile: RaterProfile) -> Iterator[str]:
    drift = profile.drift
    if drift is None:
        yield (
            f"Too few to tell: it takes {2 * LEAST_SCORECARDS} scorecards with answers that others "
            "rated too."
        )
        return
    yield (
        f"Against the others: {format_signed(drift.earlier)} points in the earlier half of your "
        f"{drift.scorecards} scorecards, {format_signed(drift.later)} in the later. A change under "
        f"{format_mean(drift.by_chance, '0.01')} may be chance."
    )


def _too_few(profile: RaterProfile) -> str:
    return (
        f"Too few to tell: {count_noun(profile.shared, 'answer')} that others rated too, of "
        f"{LEAST_ANSWERS}."
    )
