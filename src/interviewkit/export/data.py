"""A comparison for other programs: one JSON object, or long-form CSV. Numbers are not rounded."""

import csv
import io

from interviewkit.comparison.comparing import Compared, Comparison
from interviewkit.comparison.means import Cell
from interviewkit.export.safe import csv_cell

COLUMNS = (
    "candidate",
    "competency",
    "competency_name",
    "mean",
    "n",
    "ratings",
    "weight",
    "probed",
    "new_detail",
    "overall",
    "coverage",
    "interviews",
)


def as_data(comparison: Comparison) -> dict[str, object]:
    """The object that ``compare --json`` prints; docs/comparison.md describes its fields."""
    return {
        "role": {"id": comparison.role.id, "title": comparison.role.title},
        "competencies": [
            {"id": item.id, "name": item.name, "weight": item.weight}
            for item in comparison.competencies
        ],
        "candidates": [_candidate(candidate) for candidate in comparison.candidates],
        "withheld": [
            {"name": item.name, "scorecards": item.scorecards} for item in comparison.withheld
        ],
        "talk_about": [
            {
                "candidate": item.candidate,
                "question": item.question,
                "ask": item.ask,
                "lowest": item.lowest,
                "highest": item.highest,
                "by_interviewer": dict(item.by_interviewer),
            }
            for item in comparison.talk_about
        ],
        "warnings": list(comparison.warnings),
    }


def as_csv(comparison: Comparison) -> str:
    """A row for each candidate and competency; the candidate's overall stands in each of them."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for candidate in comparison.candidates:
        for competency in comparison.competencies:
            cell = candidate.cells[competency.id]
            writer.writerow(
                [
                    csv_cell(candidate.name),
                    competency.id,
                    csv_cell(competency.name),
                    cell.mean,
                    cell.n,
                    cell.ratings,
                    competency.weight,
                    cell.probed,
                    cell.new_detail,
                    candidate.overall,
                    candidate.coverage,
                    candidate.interviews,
                ]
            )
    return out.getvalue()


def _candidate(candidate: Compared) -> dict[str, object]:
    return {
        "id": candidate.id,
        "name": candidate.name,
        "overall": candidate.overall,
        "coverage": candidate.coverage,
        "interviews": candidate.interviews,
        "interviewers": list(candidate.interviewers),
        "recommendations": {word.value: count for word, count in candidate.recommendations.items()},
        "scores": {name: _cell(cell) for name, cell in candidate.cells.items()},
    }


def _cell(cell: Cell) -> dict[str, object]:
    return {
        "mean": cell.mean,
        "n": cell.n,
        "ratings": cell.ratings,
        "probed": cell.probed,
        "new_detail": cell.new_detail,
        "not_probed": cell.not_probed,
        "by_interviewer": dict(cell.by_interviewer),
    }
