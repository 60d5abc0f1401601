"""Every sentence that is said about a comparison's numbers, on screen, in text, JSON and workbook.

Plain text, for a reader without statistics: a coefficient never stands before its meaning, and a
sentence claims no more than the numbers do.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from interviewkit.comparison.disagreement import Spread
from interviewkit.comparison.means import format_mean, percent
from interviewkit.comparison.name_lists import name_list
from interviewkit.comparison.places import MOST_PLACED, DifferenceRange
from interviewkit.comparison.results import CandidateResult, Comparison, is_unmet
from interviewkit.comparison.weights import CompetencyWeight
from interviewkit.plurals import count_noun

SILENT = (
    "Each competency was rated by only one person, so it is not known how far another would "
    "have differed."
)
TOO_FEW = "Too few interviewers rated the same candidates to tell who is tied."
UNCONNECTED = (
    "Panels that share no interviewer cannot be compared directly, because one may be "
    "stricter. The ± allows for that."
)
MANY = 12  # candidates beyond which places are wide and neighbours are listed


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


def what_is_missing(comparison: Comparison) -> str:
    """Of a comparison without candidates: what no scorecard has done yet."""
    return "counts" if comparison.warnings else "has been submitted"


def headline(comparison: Comparison) -> str:
    """The one line that always stands below the table."""
    if not comparison.candidates:
        nothing = f"No scorecard that you may see {what_is_missing(comparison)} here yet."
        return " ".join([nothing, *comparison.warnings])
    parts = [_leaders(comparison)]
    if unmet := [item.name for item in comparison.candidates if unmet_must_haves(item, comparison)]:
        parts.append(f"must-have not met: {name_list(unmet, 3)}")
    if by_name := comparison.places.by_name:
        parts.append(
            f"differences under about {format_mean(by_name.low)} points cannot be told apart"
        )
    hinges = any(alternative.changed for alternative in comparison.alternatives)
    if hinges or (comparison.adjusted and comparison.adjusted.changed):
        parts.append("who is first depends on weights or interviewers (i)")
    if comparison.warnings:
        parts.append(count_noun(len(comparison.warnings), "warning"))
    if comparison.withheld:
        parts.append(f"withheld: {name_list([item.name for item in comparison.withheld], 2)}")
    return " · ".join(parts)


def unmet_must_haves(candidate: CandidateResult, comparison: Comparison) -> list[CompetencyWeight]:
    """The must-haves of which a candidate's mean falls short."""
    return [item for item in comparison.must_haves if is_unmet(candidate.cells[item.id], item)]


def must_have_sentences(comparison: Comparison) -> list[str]:
    """Each must-have with who does not meet it and of whom it is not known; none, no sentence."""
    result = []
    for item in comparison.must_haves:
        cells = [(candidate.name, candidate.cells[item.id]) for candidate in comparison.candidates]
        unmet = [f"{name} ({format_mean(c.mean)})" for name, c in cells if is_unmet(c, item)]
        unknown = [name for name, cell in cells if cell.mean is None]
        parts = [f"not met by {name_list(unmet, MANY)}" if unmet else ""]
        parts.append(f"not assessed for {name_list(unknown, MANY)}" if unknown else "")
        text = "; ".join(phrase for phrase in parts if phrase) or "met by all"
        result.append(f"{item.name}, at least {item.least:g}: {text}.")
    if result:
        result.append("A must-have counts in no total and moves nobody in the order.")
    return result


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
    if len(leaders) == comparison.placed_count:
        return "any of them could be first"
    return f"could be first: {name_list(leaders, 3)}"


def _unplaced_reason(comparison: Comparison) -> str:
    if comparison.placed_count == 1:
        return "one candidate: no one to compare with"
    if comparison.placed_count > MOST_PLACED:
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
    elif comparison.placed_count > MOST_PLACED:
        result.append(
            f"With more than {MOST_PLACED} candidates, only differences from the first are tested."
        )
    elif comparison.placed_count > 1:
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
        names = name_list([candidate.name for candidate in sparse])
        return [f"{names} were assessed on less than half of the weight: too little for a place."]
    candidate = sparse[0]
    assessed = sum(cell.mean is not None for cell in candidate.cells.values())
    competencies = count_noun(len(candidate.cells), "competency", "competencies")
    return [
        f"{candidate.name} was assessed on {assessed} of {competencies} "
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
    if comparison.placed_count > 2:
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
    for candidate, runner_up in pairwise(placed):
        if candidate.probability_above_next is not None:
            chance = odds(candidate.probability_above_next)
            yield f"{candidate.name} above {runner_up.name} {chance}"


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
        f"{count} {recommendation.words}"
        for recommendation, count in candidate.recommendations.items()
        if count
    ]
    by_interviewer = ", ".join(
        f"{name} {format_mean(score)}" for name, score in candidate.by_interviewer.items()
    )
    error = "" if candidate.error_in_round is None else f" ± {plus_minus(candidate)}"
    if candidate.overall is not None and not candidate.is_placed:
        standing = f"{percent(candidate.coverage)} of the weight assessed: too little for a place"
    else:
        standing = f"place {place_text(candidate)}" if candidate.place else ""
    cards = count_noun(candidate.interviews, "scorecard")
    return " · ".join(
        phrase
        for phrase in (
            f"overall {format_mean(candidate.overall)}{error}",
            standing,
            by_interviewer,
            f"{cards}: {', '.join(recommended) or 'no recommendation'}",
        )
        if phrase
    )
