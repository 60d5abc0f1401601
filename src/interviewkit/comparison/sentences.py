"""Every sentence that is said about a comparison's numbers, on screen, in text, JSON and workbook.

Plain text, for a reader without statistics: a coefficient never stands before its meaning, and a
sentence claims no more than the numbers do.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from interviewkit.comparison.answer_ratings import Severity
from interviewkit.comparison.counted_names import count_of, name_list
from interviewkit.comparison.disagreement import Spread
from interviewkit.comparison.estimate import Estimate, format_signed
from interviewkit.comparison.means import format_mean, percent
from interviewkit.comparison.places import MOST_PLACED, DifferenceRange
from interviewkit.comparison.results import CandidateResult, Comparison
from interviewkit.comparison.sensitivity import Alternative, WeightRange

SHOWN_NEVER_APPLIED = "Shown, never applied"
SILENT = (
    "Each competency was rated by only one person, so it is not known how far another would "
    "have differed."
)
TOO_FEW = "Too few interviewers rated the same candidates to tell who is tied."
UNCONNECTED = (
    "Panels that share no interviewer cannot be compared directly, because one may be "
    "stricter. The ± allows for that."
)
PUBLISHED_NEED = (
    "In published studies one interviewer alone reaches 0.44, and it takes five to six separate "
    "interviewers to reach 0.80."
)
MANY = 12  # candidates beyond which places are wide and neighbours are listed
_WIDE = 5.0  # times its weight: a range that wide is not worth a line


def place_text(candidate: CandidateResult) -> str:
    """``1–4``, ``2``, or a dash where no place can be told."""
    if candidate.place is None:
        return "–"
    low, high = candidate.place
    return f"{low}" if low == high else f"{low}–{high}"


def plus_minus(candidate: CandidateResult) -> str:
    """The standard error against the others of this round, one decimal; a dash for none."""
    error = candidate.error_in_round
    if error is None:
        return "–"
    return format_mean(error) if error >= 0.05 else "<0.1"


def odds(probability: float) -> str:
    """``7 in 10``; "about even" from 45 to 55 %, and no more than "19 in 20" is ever claimed."""
    if probability < 0.45:
        return f"{round(10 * probability)} in 10" if probability >= 0.05 else "less than 1 in 20"
    if probability <= 0.55:
        return "about even"
    return "more than 19 in 20" if probability >= 0.95 else f"{round(10 * probability)} in 10"


def headline(comparison: Comparison) -> str:
    """The one line that always stands below the table."""
    if not comparison.candidates:
        return "No scorecard that you may see has been submitted here yet."
    parts = [_leaders(comparison)]
    if by_name := comparison.places.by_name:
        parts.append(
            f"differences under about {format_mean(by_name.low)} points cannot be told apart"
        )
    hinges = any(alternative.changed for alternative in comparison.alternatives)
    if hinges or (comparison.adjusted and comparison.adjusted.changed):
        parts.append("who is first depends on weights or interviewers (i)")
    if comparison.warnings:
        parts.append(count_of(len(comparison.warnings), "warning"))
    if comparison.withheld:
        parts.append(f"withheld: {name_list([item.name for item in comparison.withheld], 2)}")
    return " · ".join(parts)


def could_be_first(comparison: Comparison) -> list[str]:
    """The names of those whose places begin with 1."""
    return [c.name for c in comparison.candidates if c.place and c.place[0] == 1]


def _leaders(comparison: Comparison) -> str:
    if not comparison.first:
        return "nothing assessed yet"
    if comparison.is_silent:
        return "rated by one person each: no ± and no place can be given"
    if not comparison.places.places:
        return _unplaced_reason(comparison)
    leaders = could_be_first(comparison)
    if len(leaders) == 1:
        return f"{leaders[0]} is first and can be told apart from all others"
    if len(leaders) == comparison.placed:
        return "any of them could be first"
    return f"could be first: {name_list(leaders, 3)}"


def _unplaced_reason(comparison: Comparison) -> str:
    if comparison.placed == 1:
        return "one candidate: no one to compare with"
    if comparison.placed > MOST_PLACED:
        return f"places are shown for up to {MOST_PLACED} candidates"
    return "too few interviewers to tell who is tied"


def ties(comparison: Comparison) -> list[str]:
    """What can be told apart, what the places mean, and who may be first."""
    if comparison.is_silent:
        return ["There is no ±, tie or place, because no two people rated the same thing."]
    result = []
    if comparison.places.places:
        result = list(_least_differences(comparison))
        result.append(_places_meaning(comparison))
        result.append(f"Could be first: {name_list(could_be_first(comparison))}.")
        result += probability_sentences(comparison)
    elif comparison.placed > MOST_PLACED:
        result.append(
            f"With more than {MOST_PLACED} candidates, only differences from the first are tested."
        )
    elif comparison.placed > 1:
        result.append(TOO_FEW)
    return result


def design_warnings(comparison: Comparison) -> list[str]:
    """What the design of the round does not let anybody know."""
    result = too_little(comparison)
    if len(comparison.candidates) > 1 and comparison.is_silent and comparison.first:
        result.append(SILENT)
    elif comparison.adjusted and comparison.adjusted.groups > 1:
        result.append(UNCONNECTED)
    return result


def too_little(comparison: Comparison) -> list[str]:
    """Who was assessed on less than half of the weight, and what that means for places."""
    sparse = [c for c in comparison.candidates if c.overall is not None and 2 * c.coverage < 1]
    if not sparse:
        return []
    if all(candidate.is_placed for candidate in sparse):
        return [
            "Nobody was assessed on half of the weight: the order assumes that what was not "
            "asked would have gone like what was."
        ]
    if len(sparse) > 1:
        who = name_list([candidate.name for candidate in sparse])
        return [f"{who} were assessed on less than half of the weight: too little for a place."]
    candidate = sparse[0]
    assessed = sum(cell.mean is not None for cell in candidate.cells.values())
    every = count_of(len(candidate.cells), "competency", "competencies")
    return [
        f"{candidate.name} was assessed on {assessed} of {every} "
        f"({percent(candidate.coverage)} of the weight): too little for a place."
    ]


def _least_differences(comparison: Comparison) -> Iterator[str]:
    by_name, in_order = comparison.places.by_name, comparison.places.in_order
    if by_name is None or in_order is None:
        return
    yield (
        f"Two candidates compared by name: differences under about {_points(by_name)} cannot be "
        "told apart."
    )
    if comparison.placed > 2:
        yield f"In the order as a whole it takes about {_points(in_order)}."


def _points(points: DifferenceRange) -> str:
    low, high = format_mean(points.low), format_mean(points.high)
    if low == high:
        return f"{low} points"
    return f"{low} points ({high} where different people saw them or less was assessed)"


def _places_meaning(comparison: Comparison) -> str:
    example = next((c for c in comparison.candidates if c.place and c.place[0] < c.place[1]), None)
    if example is None or example.place is None:
        return "Every candidate can be told apart from every other."
    low, high = example.place
    return (
        f"Place {place_text(example)}: {example.name} may stand anywhere from {low} to {high}. "
        "With six equal candidates, comparing only first and last finds a difference in half of "
        "all rounds. Places allow for that: all of them hold in at least 9 of 10 rounds."
    )


def probability_sentences(comparison: Comparison) -> list[str]:
    """How likely the first is truly above those who may be first, or neighbours where many are."""
    placed = [c for c in comparison.candidates if c.place]
    if len(placed) < 2:
        return []
    if len(placed) > MANY:
        return [
            f"Neighbours in the list: {name_list(list(_neighbours(placed)), MANY)}."
            if any(c.probability_above_next is not None for c in placed)
            else TOO_FEW
        ]
    leader = placed[0]
    rivals = [c for c in placed[1:] if c.place and c.place[0] == 1] or placed[1:2]
    chances = [
        f"{rival.name} {odds(chance)}"
        for rival in rivals
        if (chance := comparison.probability_above(leader, rival)) is not None
    ]
    if not chances:
        return []
    return [f"How likely it is that {leader.name} is truly above: {', '.join(chances)}."]


def _neighbours(placed: Sequence[CandidateResult]) -> Iterator[str]:
    for candidate, below in pairwise(placed):
        if candidate.probability_above_next is not None:
            chance = odds(candidate.probability_above_next)
            yield f"{candidate.name} above {below.name} {chance}"


def order(comparison: Comparison) -> list[str]:
    """Who is first now, and by other rules."""
    by_id = {candidate.id: candidate for candidate in comparison.candidates}
    if not comparison.first:
        return []
    leaders = [by_id[key].name for key in comparison.first]
    result = [f"First now: {name_list(leaders)}."]
    for alternative in comparison.alternatives:
        leaders = [by_id[key].name for key in alternative.first]
        who = name_list(leaders) if alternative.changed else "the same"
        result.append(f"{rule(alternative)}: {who}.")
    result += [text for item in comparison.ranges if (text := weight_range(item, comparison))]
    return [*result, *_severity_off(comparison, by_id)]


def rule(alternative: Alternative) -> str:
    """``With equal weights``, ``Without Tom Becker``."""
    if alternative.without is None:
        return "With equal weights"
    return f"Without {alternative.without}"


def weight_range(bounds: WeightRange, comparison: Comparison) -> str:
    """Between which weights the first stays first; empty where that is nearly always."""
    weight = next(c.weight for c in comparison.competencies if c.id == bounds.competency)
    high = bounds.high if bounds.high and bounds.high <= _WIDE * max(weight, 1) else None
    if bounds.low is None and high is None:
        return ""
    if bounds.low is None:
        text = f"under {format_mean(high)}"
    elif high is None:
        text = f"over {format_mean(bounds.low)}"
    else:
        text = f"between {format_mean(bounds.low)} and {format_mean(high)}"
    leader = next(c.name for c in comparison.candidates if c.id == comparison.first[0])
    return f"{leader} is first as long as {bounds.name} weighs {text} (now {weight:g})."


def _severity_off(comparison: Comparison, by_id: Mapping[str, CandidateResult]) -> Iterator[str]:
    adjusted = comparison.adjusted
    if adjusted is None or len(comparison.candidates) < 2:
        return
    if comparison.same_panel:
        yield "Severity makes no difference: the same people rated everybody."
        return
    head = f"With interviewers' severity removed ({SHOWN_NEVER_APPLIED.lower()})"
    if adjusted.groups > 1:
        yield f"{head}: not known, because some panels share no interviewer."
        return
    if not adjusted.changed:
        yield f"{head}: the same."
        return
    keys = [*adjusted.first[:1], *comparison.first[:1]]
    before = [f"{by_id[key].name} {format_mean(adjusted.overalls[key])}" for key in keys]
    yield f"{head}: {' before '.join(before)}."


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
        f"{_bounded(reliable.single.value)}."
    ]
    alpha = comparison.agreement.alpha
    if alpha.value is not None:
        result.append(
            "How far interviewers agree on single answers, from 0 (chance) to 1 (perfect): "
            f"{format_signed(alpha.value)} over {count_of(alpha.n, 'answer')} (Krippendorff's α)."
        )
    return [*result, interviewers_needed(comparison)]


def interval(estimate: Estimate) -> str:
    """``0.79 (95 %: 0.00 to 0.97, n=6)``; below 0 is said as 0."""
    if estimate.value is None:
        return estimate.why
    text = _bounded(estimate.value)
    if estimate.low is None or estimate.high is None:
        return f"{text} (n={estimate.n})"
    return f"{text} (95 %: {_bounded(estimate.low)} to {_bounded(estimate.high)}, n={estimate.n})"


def _bounded(value: float | None) -> str:
    return "–" if value is None else format_signed(max(value, 0.0))


def interviewers_needed(comparison: Comparison) -> str:
    """How many interviewers a candidate needs for a reliability of .80."""
    reliable = comparison.reliability
    if reliable.same_people is None or reliable.other_people is None:
        return PUBLISHED_NEED
    same, different = (
        max(1, round(need)) for need in (reliable.same_people, reliable.other_people)
    )
    return (
        f"To reach 0.80 a candidate needs about {count_of(same, 'interviewer')} if the same people "
        f"see everybody, about {different} if not."
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
    answers = count_of(item.answers, "answer")
    return f"{item.interviewer} rated {beside} on the same answers (n = {answers})."


def spread(item: Spread) -> str:
    """``Ada Okafor: 2 to 5 on “Tell me …” (Priya Raman 5, Tom Becker 2)``.

    A competency, on which they differ though on no question of it, goes by its name.
    """
    ratings = ", ".join(f"{name} {_rating(value)}" for name, value in item.by_interviewer.items())
    on = f"“{item.ask}”" if item.question else item.ask
    return (
        f"{item.candidate}: {_rating(item.lowest)} to {_rating(item.highest)} on {on} ({ratings})"
    )


def talk_threshold_sentence(comparison: Comparison) -> str:
    """From how many points a difference on an answer is listed."""
    least = comparison.talk_from
    if least <= 2:
        return "Lists differences of 2 points or more between two interviewers of one candidate."
    return (
        f"Lists differences of {format_mean(least)} points or more between two interviewers of "
        "one candidate: smaller ones are usual in this round."
    )


def _rating(value: float) -> str:
    return f"{value:g}" if value == int(value) else format_mean(value)


def candidate_line(candidate: CandidateResult) -> str:
    """Overall, place, recommendations and each interviewer's overall, in a line."""
    recommended = [
        f"{count} {word.words}" for word, count in candidate.recommendations.items() if count
    ]
    by_interviewer = ", ".join(
        f"{name} {format_mean(score)}" for name, score in candidate.by_interviewer.items()
    )
    error = "" if candidate.error_in_round is None else f" ± {plus_minus(candidate)}"
    if candidate.overall is not None and not candidate.is_placed:
        standing = f"{percent(candidate.coverage)} of the weight assessed: too little for a place"
    else:
        standing = f"place {place_text(candidate)}" if candidate.place else ""
    cards = count_of(candidate.interviews, "scorecard")
    return " · ".join(
        part
        for part in (
            f"overall {format_mean(candidate.overall)}{error}",
            standing,
            by_interviewer,
            f"{cards}: {', '.join(recommended) or 'no recommendation'}",
        )
        if part
    )
