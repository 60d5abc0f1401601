"""What a comparison's numbers carry, in words: ties, what would change the order, agreement.

The same numbers as in the table and in ``compare --json``; a sentence claims no more than they do.
"""

from collections.abc import Iterable, Sequence

from textual.content import Content

from interviewkit.comparison.compare import CandidateResult, Comparison
from interviewkit.comparison.means import shown
from interviewkit.comparison.sensitivity import Alternative

MOST = 5  # names in a row, the rest are counted


def headline(comparison: Comparison) -> str:
    """The one line that always stands below the table."""
    if not comparison.candidates:
        return "No scorecard that you may see has been submitted here yet."
    parts = [_first(comparison)]
    if any(one.changed for one in comparison.alternatives):
        parts.append("who is first hinges on weights or on one interviewer")
    parts.append(f"agreement {comparison.agreement.panel.words}")
    if comparison.warnings:
        parts.append(_counted(len(comparison.warnings), "warning"))
    if comparison.withheld:
        parts.append(f"withheld: {_names([one.name for one in comparison.withheld], 2)}")
    return " · ".join(parts)


def carried(comparison: Comparison, undrawn: int = 0) -> Content:
    """All of it, a paragraph for each thing. ``undrawn`` tie bands are not in the table."""
    parts = [_withheld(comparison)]
    if comparison.candidates:
        parts = [
            _paragraph("Ties", _ties(comparison, undrawn)),
            _paragraph("The order", _order(comparison)),
            _paragraph("Bear in mind", comparison.warnings),
            *parts,
            _paragraph("Worth talking about", _talk(comparison)),
            _paragraph("Agreement", _agreement(comparison)),
            _paragraph("Severity", _severity(comparison)),
        ]
    else:
        parts = [Content(headline(comparison)), *parts]
    return Content("\n").join(part for part in parts if part)


def _paragraph(title: str, sentences: Iterable[str]) -> Content:
    lines = [Content(sentence) for sentence in sentences]
    return Content("\n").join([Content.styled(title, "bold $text-accent"), *lines] if lines else [])


def _first(comparison: Comparison) -> str:
    leading = [one for one in comparison.candidates if one.id in comparison.first]
    if not leading:
        return "nothing assessed yet"
    if comparison.noise.spread is None:
        return f"who is tied: {comparison.noise.words}"
    tied = [one.name for one in comparison.candidates if one.tied_with_first]
    if len(tied) > 1:
        return f"{_names(tied, 2)} are tied"
    return f"{leading[0].name} stands apart"


def _ties(comparison: Comparison, undrawn: int) -> list[str]:
    if comparison.noise.spread is None:
        return [
            f"Who is tied cannot be told: {comparison.noise.words}. It takes three candidates "
            "with two or more interviewers."
        ]
    first = next((one for one in comparison.candidates if one.overall is not None), None)
    tied = [one.name for one in comparison.candidates if one.tied_with_first and one is not first]
    said = [
        f"Interviewers of one candidate differ by {comparison.noise.words}; a difference within "
        "that noise is a tie."
    ]
    if first and tied:
        said.append(f"Tied with {first.name}: {_names(tied)}.")
    elif first and len(comparison.candidates) > 1:
        said.append(f"Nobody is tied with {first.name}.")
    if undrawn:
        said.append(
            f"{_counted(undrawn, 'further band')} found no room at the left edge; "
            "= marks exactly who is tied with the candidate under the cursor."
        )
    return said


def _order(comparison: Comparison) -> list[str]:
    names = {one.id: one.name for one in comparison.candidates}
    changed = [one for one in comparison.alternatives if one.changed and one.first]
    if changed:
        return [f"{_rule(one)}, first: {_names([names[i] for i in one.first])}." for one in changed]
    if not comparison.first:
        return []
    if len(comparison.alternatives) > 1:
        return ["The same would be first with equal weights, and without any one interviewer."]
    return ["The same would be first with equal weights. There is only one interviewer."]


def _rule(one: Alternative) -> str:
    return "With equal weights" if one.without is None else f"Without {one.without}"


def _agreement(comparison: Comparison) -> list[str]:
    whole = comparison.agreement
    said = [
        f"Overall score, one interviewer: {whole.single.words}, as {whole.form}.",
        f"Overall score, the panel's mean: {whole.panel.words}.",
        f"Single answers, Krippendorff's α: {whole.alpha.words}.",
    ]
    names = {item.id: item.name for item in comparison.competencies}
    said += [
        f"{names[key]}, one interviewer: {one.single.words}."
        for key, one in comparison.agreement_on.items()
        if one.single.value is not None
    ]
    return said


def _severity(comparison: Comparison) -> list[str]:
    there = [one for one in comparison.severity if one.difference is not None]
    if not there:
        return ["No answer was rated by two interviewers."]
    return [
        "Shown, never applied: who was given the stronger candidates is not known.",
        *[
            f"{one.interviewer} rated {_beside(one.difference or 0.0)} on the same answers "
            f"(n={one.answers})."
            for one in there
        ],
    ]


def _beside(difference: float) -> str:
    """Two decimals and a direction; what rounds to nothing has none."""
    points = f"{abs(difference):.2f}"
    if not float(points):
        return "as co-raters did"
    return f"{points} points {'below' if difference < 0 else 'above'} co-raters"


def _talk(comparison: Comparison) -> list[str]:
    said = []
    for spread in comparison.talk_about:
        who = ", ".join(f"{name} {points:g}" for name, points in spread.by_interviewer.items())
        said.append(f"{spread.candidate}, {spread.question or spread.ask}: {who}.")
    return said


def _withheld(comparison: Comparison) -> Content:
    lines = [
        f"{item.name}: {_counted(item.scorecards, 'scorecard')} in, withheld until you have "
        "submitted your own."
        for item in comparison.withheld
    ]
    return _paragraph("Withheld", lines)


def candidate_words(candidate: CandidateResult) -> str:
    """Scorecards, recommendations and each interviewer's overall, in a line."""
    words = [f"{count} {word.words}" for word, count in candidate.recommendations.items() if count]
    each = ", ".join(f"{who} {shown(score)}" for who, score in candidate.by_interviewer.items())
    error = "" if candidate.error is None else f" ± {shown(candidate.error)} (standard error)"
    return " · ".join(
        part
        for part in (
            f"overall {shown(candidate.overall)}{error}",
            each,
            f"{_counted(candidate.interviews, 'scorecard')}: {', '.join(words) or 'nothing said'}",
        )
        if part
    )


def _names(names: Sequence[str], most: int = MOST) -> str:
    if len(names) > most:
        return f"{', '.join(names[: most - 1])} and {len(names) - most + 1} more"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else list(names))


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
