"""Sentences on the order: who is first, and what would change that."""

from collections.abc import Iterator, Mapping

from interviewkit.comparison.means import format_mean
from interviewkit.comparison.name_lists import name_list
from interviewkit.comparison.rater_sentences import SHOWN_NEVER_APPLIED
from interviewkit.comparison.results import CandidateResult, Comparison
from interviewkit.comparison.sensitivity import Alternative, WeightRange

_WIDE = 5.0  # times its weight: a range that wide is not worth a line


def order(comparison: Comparison) -> list[str]:
    """Who is first now, and by other rules."""
    by_id = {candidate.id: candidate for candidate in comparison.candidates}
    if not comparison.first:
        return []
    leaders = [by_id[key].name for key in comparison.first]
    result = [f"First now: {name_list(leaders)}."]
    for alternative in comparison.alternatives:
        leaders = [by_id[key].name for key in alternative.first]
        names = name_list(leaders) if alternative.changed else "the same"
        result.append(f"{rule(alternative)}: {names}.")
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
    pair = [f"{by_id[key].name} {format_mean(adjusted.overalls[key])}" for key in keys]
    yield f"{head}: {' before '.join(pair)}."
