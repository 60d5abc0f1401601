"""What a calibration says in words: to its trainer, to one person, and to the whole panel."""

from collections.abc import Iterator, Mapping

from interviewkit.comparison.calibration import (
    LEAST_PAIRED,
    LEAST_RATERS,
    CalibrationStatistics,
    Change,
    Division,
    RaterDistance,
    RoundStatistics,
)
from interviewkit.comparison.calibration_summary import PanelSummary, RoundSummary
from interviewkit.comparison.estimate import Estimate, format_signed
from interviewkit.comparison.means import format_mean
from interviewkit.comparison.rater_profile import LEAST_ANSWERS, LEAST_CANDIDATES
from interviewkit.comparison.rater_sentences import interval
from interviewkit.interview.calibration import CalibrationSet, ExpertKey, WrittenAnswer
from interviewkit.plurals import count_noun

Block = tuple[str, list[str]]
BETWEEN_YOU = (
    "Names stand here for you as the trainer. Everybody else reads the panel without names: talk "
    "with each person alone."
)
HAND_OUT = (
    "Hand out the file of the set, then take in the files that come back: i in the list of sets, "
    "or interviewkit records import FILE."
)
SAME = "the same"
NO_VERDICT = (
    "A rating that is off is a place to talk about an anchor, not a mark for a person. The expert "
    "may be the one who is off."
)


def trainer_blocks(statistics: CalibrationStatistics, key: ExpertKey) -> list[Block]:
    """(Title, sentences) of the last round for the trainer, and how the rounds differ."""
    if not statistics.rounds:
        return [("Nobody has handed in yet", [HAND_OUT])]
    item = statistics.rounds[-1]
    answers = {answer.id: answer for answer in statistics.calibration_set.answers}
    blocks: list[Block] = [
        (f"Round {item.round}: {_people(item.raters)}", list(_panel(item))),
        ("Anchors that divide the panel", list(_divisions(item, answers))),
        ("Answers furthest from the expert", list(_distant(item, answers, key))),
    ]
    if statistics.change is not None:
        blocks.append(_change_block(statistics.change))
    return [*blocks, ("How to read this", [BETWEEN_YOU, NO_VERDICT])]


def summary_blocks(summary: PanelSummary) -> list[Block]:
    """(Title, sentences) for everybody in the panel: no names, nothing from a few people."""
    blocks = [
        (f"Round {item.round}: {_people(item.raters)}", list(_summarized(item)))
        for item in summary.rounds
    ]
    if summary.change is not None:
        blocks.append(_change_block(summary.change))
    return [*blocks, ("How to read this", [NO_VERDICT])]


def person_blocks(
    calibration_set: CalibrationSet, key: ExpertKey, rater: RaterDistance
) -> list[Block]:
    """(Title, sentences) to talk over with one person: their ratings beside the expert's."""
    return [
        (f"Round {rater.round}: your {count_noun(rater.answers, 'rating')}", list(_own(rater))),
        (
            "Where you and the expert differ",
            list(_own_distances(calibration_set, key, rater.ratings)),
        ),
        ("How to read this", [NO_VERDICT]),
    ]


def distance_words(difference: float | None) -> str:
    """``0.42 points higher``, ``the same`` or a dash."""
    if difference is None:
        return "–"
    size = format_mean(abs(difference), "0.01")
    if not float(size):
        return SAME
    return f"{size} points {'lower' if difference < 0 else 'higher'}"


def answer_name(answer: WrittenAnswer) -> str:
    """``Ruth Adeyemi, new-skill``."""
    return f"{answer.candidate}, {answer.question}"


def points_words(points: Mapping[int, int]) -> str:
    """How often each point was given: ``3×2 4×1``."""
    return " ".join(f"{point}×{count}" for point, count in points.items())


def _people(count: int) -> str:
    return count_noun(count, "person", "people")


def _panel(item: RoundStatistics) -> Iterator[str]:
    yield _agreement_sentence(item.agreement.single)
    alpha = item.agreement.alpha
    if alpha.value is not None:
        answers = count_noun(alpha.n, "answer")
        yield f"Krippendorff's α over {answers}: {format_signed(alpha.value)}."
    yield from _expert_sentences(item.distance, item.leniency)


def _agreement_sentence(single: Estimate) -> str:
    return (
        "How far ratings of one answer agree, from 0 (not at all) to 1 (perfectly): "
        f"{interval(single)}."
    )


def _expert_sentences(distance: float | None, leniency: float | None) -> Iterator[str]:
    if distance is None:
        yield "There is no expert's rating here to compare with."
        return
    yield f"Ratings lie {format_mean(distance, '0.01')} points from the expert's on average."
    words = distance_words(leniency)
    beside = "neither higher nor lower" if words == SAME else words
    yield f"Taken together, the panel rates {beside} than the expert."


def _divisions(item: RoundStatistics, answers: Mapping[str, WrittenAnswer]) -> Iterator[str]:
    if item.raters < LEAST_RATERS:
        yield f"Too few to tell: {_people(item.raters)} of {LEAST_RATERS}."
    elif not item.divisions:
        yield "On no answer does a quarter of the panel stand on either side."
    for division in item.divisions:
        yield division_sentence(division, answers[division.answer])


def division_sentence(division: Division, answer: WrittenAnswer) -> str:
    """On what two neighbouring anchors a panel is divided, with their words."""
    below, above = division.below, division.above
    lower = count_noun(division.lower, "person", "people")
    return (
        f"{answer_name(answer)}: {lower} gave {below} or less (“{answer.anchors[below]}”), "
        f"{division.upper} gave more (at {above} stands “{answer.anchors[above]}”)."
    )


def _distant(
    item: RoundStatistics, answers: Mapping[str, WrittenAnswer], key: ExpertKey
) -> Iterator[str]:
    distances = [answer for answer in item.answers if answer.distance]
    if not distances:
        yield "None: every rating is the expert's, or there is no expert's rating."
    for answer in sorted(distances, key=lambda answer: -(answer.distance or 0))[:5]:
        because = key[answer.answer].because.strip()
        yield (
            f"{answer_name(answers[answer.answer])}: the expert gave {answer.expert}, the panel "
            f"{points_words(answer.points)}. {because}"
        )


def _change_block(change: Change) -> Block:
    title = f"From round {change.earlier} to round {change.later}: {_people(change.people)}"
    if change.distance.value is None and change.people < LEAST_PAIRED:
        return title, [f"Too few to tell: {_people(change.people)} of {LEAST_PAIRED}."]
    lines = [
        f"Distance from the expert: {_change_words(change.distance)}.",
        f"Leniency or strictness, whichever way: {_change_words(change.leniency)}.",
        f"Agreement on one answer: {interval(change.agreement_before)} before, "
        f"{interval(change.agreement_after)} after.",
        "The same answers again are remembered: part of a change is that.",
    ]
    return title, lines


def _change_words(estimate: Estimate) -> str:
    if estimate.value is None:
        return estimate.why
    if estimate.low is None or estimate.high is None:
        return f"{format_signed(estimate.value)} points for everybody"
    may_be_chance = estimate.low <= 0 <= estimate.high
    bounds = f"95 %: {format_signed(estimate.low)} to {format_signed(estimate.high)}"
    chance = "; that may be chance" if may_be_chance else ""
    return f"{format_signed(estimate.value)} points ({bounds}{chance})"


def _summarized(item: RoundSummary) -> Iterator[str]:
    if item.raters < LEAST_RATERS:
        yield (
            f"Too few to tell without naming anybody: {_people(item.raters)} of {LEAST_RATERS} in "
            "these records. The trainer can send you the panel's summary."
        )
        return
    yield _agreement_sentence(item.agreement)
    if item.distance is not None:
        yield from _expert_sentences(item.distance, item.leniency)
    yield f"Neighbouring anchors divide the panel on {count_noun(item.divided or 0, 'answer')}."


def _own(rater: RaterDistance) -> Iterator[str]:
    profile = rater.beside_expert
    if rater.distance is None or profile is None:
        yield "There is no expert's rating here to compare with."
        return
    yield (
        f"{rater.exact} of {rater.answers} are the expert's; on average yours lie "
        f"{format_mean(rater.distance, '0.01')} points away."
    )
    if rater.leniency.value is None:
        answers = count_noun(rater.answers, "answer")
        yield f"Leniency: too few to tell, {answers} of {LEAST_ANSWERS}."
    else:
        yield f"Against the expert: {_change_words(rater.leniency)}."
    if profile.spread is not None and profile.coraters_spread is not None:
        yield (
            f"Your ratings lie {format_mean(profile.spread, '0.01')} points around their mean, the "
            f"expert's {format_mean(profile.coraters_spread, '0.01')} (standard deviations)."
        )
    if profile.profile is None or profile.coraters_profile is None:
        yield (
            "One impression over all competencies: too few to tell, "
            f"{count_noun(profile.profiled, 'candidate')} of {LEAST_CANDIDATES}."
        )
    else:
        yield (
            "Within one candidate your ratings lie "
            f"{format_mean(profile.profile, '0.01')} points apart, the expert's "
            f"{format_mean(profile.coraters_profile, '0.01')}."
        )


def _own_distances(
    calibration_set: CalibrationSet, key: ExpertKey, ratings: Mapping[str, int]
) -> Iterator[str]:
    differ = [
        answer
        for answer in calibration_set.answers
        if answer.id in key and ratings.get(answer.id) != key[answer.id].rating
    ]
    if not differ:
        yield "On no answer."
    for answer in sorted(differ, key=lambda item: -abs(ratings[item.id] - key[item.id].rating)):
        expert = key[answer.id]
        side = expert.not_higher if ratings[answer.id] > expert.rating else expert.not_lower
        yield (
            f"{answer_name(answer)}: you gave {ratings[answer.id]}, the expert {expert.rating}. "
            f"{expert.because.strip()} {side.strip()}".rstrip()
        )
