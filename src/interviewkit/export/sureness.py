"""How sure a comparison may be, in sentences: ties, agreement, severity, and what would change.

Lines of text for people; the same sentences wherever a comparison is shown.
"""

from collections.abc import Iterator, Sequence

from interviewkit.comparison.agreement import Agreement
from interviewkit.comparison.answer_ratings import Severity
from interviewkit.comparison.compare import CandidateResult, Comparison
from interviewkit.comparison.estimate import FEWEST, Estimate, signed
from interviewkit.comparison.means import shown
from interviewkit.comparison.ratings import letters

MOST_LETTERS = 26  # bands; beyond that they have numbers
MOST_NAMED = 6  # candidates in one sentence


def band(candidate: CandidateResult, comparison: Comparison) -> str:
    """``a``, ``ab``, ``b-e``; numbers where there are more bands than letters; a dash for none."""
    if candidate.bands is None:
        return "–"
    first, last = candidate.bands
    if len(comparison.bands) > MOST_LETTERS:
        return f"{first + 1}" if first == last else f"{first + 1}-{last + 1}"
    names = [letters(place).lower() for place in range(first, last + 1)]
    return "".join(names) if len(names) < 4 else f"{names[0]}-{names[-1]}"


def error(candidate: CandidateResult) -> str:
    """The standard error, two decimals."""
    return shown(candidate.error, "0.01")


def ties(comparison: Comparison) -> str:
    """What the bands mean, or that nobody can tell."""
    measured = comparison.noise
    if measured.spread is None:
        return (
            f"Who is tied: {measured.words}. It takes {FEWEST} candidates with two or more "
            "interviewers each to know how far interviewers differ."
        )
    return (
        f"Who shares a band is tied: the difference is within what interviewers of one candidate "
        f"differ by, {shown(measured.spread, '0.01')} points (n={measured.candidates} candidates). "
        "± is the standard error of the overall."
    )


def agreement(comparison: Comparison) -> Iterator[tuple[str, Agreement]]:
    """What is agreed on, and how far: the overall score, then each competency."""
    yield "Overall", comparison.agreement
    for item in comparison.competencies:
        yield item.name, comparison.agreement_on[item.id]


def short(one: Estimate) -> str:
    """``0.83 (0.49 to 0.97)``; why there is none, or no interval, in its words."""
    if one.value is None:
        return one.why
    if one.low is None or one.high is None:
        return signed(one.value)
    return f"{signed(one.value)} ({signed(one.low)} to {signed(one.high)})"


def forms(comparison: Comparison) -> str:
    """How the table of agreement is to be read."""
    every = dict(agreement(comparison))
    same = [name for name, one in every.items() if one.form == "ICC(2)" and one.single.value]
    if len(same) == len(every):
        which = "ICC(2), as the same interviewers saw every candidate"
    elif same:
        which = f"ICC(1), but ICC(2) where the same interviewers rated all: {', '.join(same)}"
    else:
        which = "ICC(1), as panels differ"
    return (
        "1 is wholly, 0 no more than by chance; in brackets 95 % intervals. n are candidates with "
        f"two or more interviewers. {which}; single answers by Krippendorff’s α, ordinal."
    )


def severity(every: Sequence[Severity]) -> Iterator[str]:
    """``Priya Raman: +0.31 beside others (n=24 answers)``."""
    for one in every:
        if one.difference is None:
            yield f"{one.interviewer}: nobody else rated the same answers"
        else:
            sign = "+" if one.difference > 0 else ""
            noun = "answer" if one.answers == 1 else "answers"
            yield (
                f"{one.interviewer}: {sign}{signed(one.difference)} beside others "
                f"(n={one.answers} {noun})"
            )


def order(comparison: Comparison) -> Iterator[str]:
    """Who is first now, with equal weights, and without each interviewer."""
    names = {candidate.id: candidate.name for candidate in comparison.candidates}
    if not comparison.first:
        return
    yield f"First now: {_named(comparison.first, names)}"
    for other in comparison.alternatives:
        rule = "With equal weights" if other.without is None else f"Without {other.without}"
        who = _named(other.first, names) if other.changed else "the same"
        yield f"{rule}: {who}"


def _named(ids: Sequence[str], names: dict[str, str]) -> str:
    listed = [names[one] for one in ids]
    if len(listed) > MOST_NAMED:
        return f"{', '.join(listed[:MOST_NAMED])} and {len(listed) - MOST_NAMED} more, level"
    return " and ".join(listed)
