"""A scorecard for the system a company hires with: text to copy, and rows of a CSV file.

A competency's rating is the mean of its rated answers, as everywhere. Where that system has four
points, the rating there is worked out, and the true one always stands beside it: 1 → 1, 2 → 2,
3 → 2 or 3 as the user says, 4 → 3, 5 → 4; a mean is taken to the nearest whole first, half upwards.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from interviewkit.comparison.means import format_mean
from interviewkit.export.sanitize import csv_cell, mark_controls
from interviewkit.interview.clock import local_day
from interviewkit.interview.records import Answer, Interview

if TYPE_CHECKING:
    from interviewkit.banks.model import Bank

COLUMNS = (
    *("scorecard", "candidate", "reference", "role", "interviewer", "submitted_at"),
    *("recommendation", "competency", "rating", "of", "rating_of_4", "evidence"),
)


class RatedCompetency(NamedTuple):
    """One competency of a scorecard; ``rating`` is None where nothing of it was assessed."""

    name: str
    rating: float | None
    points: int
    evidence: tuple[str, ...]


def rated_competencies(answers: Iterable[Answer], bank: "Bank") -> list[RatedCompetency]:
    """The competencies that were asked about, in the bank's order, with what was noted."""
    by_competency: dict[str, list[Answer]] = {}
    for answer in answers:
        if answer.competency:
            by_competency.setdefault(answer.competency, []).append(answer)
    rated = []
    for competency in bank.competencies:
        asked = by_competency.get(competency.id)
        if asked is None:
            continue
        ratings = [answer.counts for answer in asked if answer.counts is not None]
        mean = sum(ratings) / len(ratings) if ratings else None
        evidence = tuple(text for answer in asked for text in _evidence(answer))
        rated.append(RatedCompetency(competency.name, mean, bank.ratings[-1], evidence))
    return rated


def on_four_points(competency: RatedCompetency, three: int) -> int | None:
    """The rating on four points; ``three`` is what a 3 of 5 becomes there.

    None where nothing was assessed, or the bank's scale has neither five points nor four.
    """
    if competency.rating is None or competency.points not in (4, 5):
        return None
    whole = int(competency.rating + 0.5)
    return whole if competency.points == 4 else {1: 1, 2: 2, 3: three, 4: 3, 5: 4}[whole]


def ats_text(
    interview: Interview, answers: Iterable[Answer], bank: "Bank", three: int | None = None
) -> str:
    """A scorecard as text to paste; with ``three`` ratings on four points come first."""
    day = local_day(interview.submitted_at or interview.started_at)
    recommendation = interview.counts
    lines = [
        f"{interview.candidate.name} · {interview.role.title}",
        f"Interviewer: {interview.interviewer} · {day}",
        f"Recommendation: {recommendation.words if recommendation else 'none'}",
    ]
    if interview.origin:
        lines.append(f"From: {interview.origin}")
    if interview.summary.strip():
        lines.append(f"Summary: {interview.summary.strip()}")
    for competency in rated_competencies(answers, bank):
        lines += ["", f"{competency.name}: {rating_words(competency, three)}"]
        lines += [f"- {text}" for text in competency.evidence]
    return mark_controls("\n".join(lines)) + "\n"


def rating_words(competency: RatedCompetency, three: int | None) -> str:
    """``4 of 5``, ``not assessed``, or with four points ``3 of 4 (true rating: 4 of 5)``."""
    if competency.rating is None:
        return "not assessed"
    true = f"{_number(competency.rating)} of {competency.points}"
    if three is None:
        return true
    scaled = on_four_points(competency, three)
    if scaled is None:
        return f"{true} (not put on four points)"
    return f"{scaled} of 4 (true rating: {true})"


def ats_csv(
    scorecards: Iterable[tuple[Interview, Sequence[Answer], "Bank"]], three: int | None = None
) -> str:
    """Rows of scorecards, one for each competency, with a row of heads."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for interview, answers, bank in scorecards:
        for row in _rows(interview, answers, bank, three):
            writer.writerow([csv_cell(cell) for cell in row])
    return out.getvalue()


def _rows(
    interview: Interview, answers: Sequence[Answer], bank: "Bank", three: int | None
) -> Iterator[list[str]]:
    recommendation = interview.counts
    head = [
        interview.id,
        interview.candidate.name,
        interview.candidate.reference,
        interview.role.title,
        interview.interviewer,
        interview.submitted_at or "",
        recommendation.value if recommendation else "",
    ]
    for competency in rated_competencies(answers, bank):
        scaled = None if three is None else on_four_points(competency, three)
        yield [
            *head,
            competency.name,
            "" if competency.rating is None else _number(competency.rating),
            str(competency.points),
            "" if scaled is None else str(scaled),
            "\n".join(competency.evidence),
        ]


def _evidence(answer: Answer) -> list[str]:
    """What was noted, then and later."""
    added = [a.value for a in answer.amendments if a.what == "note" and a.value]
    return [*(note.text for note in answer.notes), *added]


def _number(rating: float) -> str:
    return str(int(rating)) if rating.is_integer() else format_mean(rating)
