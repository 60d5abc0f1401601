"""A comparison for other programs: one JSON object, or long-form CSV. Numbers are not rounded."""

import csv
import io
import json
from collections.abc import Iterable, Iterator

from interviewkit.comparison.aggregate import Spread
from interviewkit.comparison.agreement import Agreement
from interviewkit.comparison.answer_ratings import Severity
from interviewkit.comparison.compare import CandidateResult, Comparison
from interviewkit.comparison.estimate import Estimate
from interviewkit.comparison.means import Cell
from interviewkit.comparison.ratings import Withheld
from interviewkit.comparison.sensitivity import Alternative
from interviewkit.comparison.ties import Noise
from interviewkit.comparison.weights import CompetencyWeight
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
    "standard_error",
    "first_band",
    "last_band",
    "coverage",
    "interviews",
)
# Nothing here holds itself, and looking whether it does is a fifth of the time.
_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode


def as_json(comparison: Comparison) -> Iterator[str]:
    """What ``compare --json`` prints, piece by piece: a line for each candidate and other entry.

    docs/comparison.md describes its fields.

    The encoder written in C does the work: the one that indents is in Python and far slower.
    """
    yield "{"
    for place, (name, value) in enumerate(_fields(comparison)):
        yield f"{',' if place else ''}\n  {_encode(name)}: "
        if isinstance(value, Iterator):
            yield from _listed(value)
        else:
            yield _encode(value)
    yield "\n}\n"


def _listed(entries: Iterable[object]) -> Iterator[str]:
    mark = "["
    for entry in entries:
        yield f"{mark}\n    {_encode(entry)}"
        mark = ","
    yield "[]" if mark == "[" else "\n  ]"


def _fields(comparison: Comparison) -> Iterator[tuple[str, object]]:
    """Each field of the object; long lists as iterators, so that they can be written as they go."""
    agreed = comparison.agreement_on
    yield "role", {"id": comparison.role.id, "title": comparison.role.title}
    yield "scale", list(comparison.scale)
    yield "competencies", (_competency(one, agreed[one.id]) for one in comparison.competencies)
    yield "candidates", map(_candidate, comparison.candidates)
    yield "noise", _noise(comparison.noise)
    yield "bands", ({"from": band.first + 1, "to": band.last + 1} for band in comparison.bands)
    yield "agreement", _agreement(comparison.agreement)
    yield "severity", map(_severity, comparison.severity)
    yield "first", list(comparison.first)
    yield "alternatives", map(_alternative, comparison.alternatives)
    yield "withheld", map(_withheld, comparison.withheld)
    yield "talk_about", map(_spread, comparison.talk_about)
    yield "warnings", iter(comparison.warnings)


def as_csv(comparison: Comparison) -> str:
    """A row for each candidate and competency; the candidate's own numbers stand in each."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for candidate in comparison.candidates:
        first, last = candidate.bands or (None, None)
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
                    candidate.error,
                    None if first is None else first + 1,
                    None if last is None else last + 1,
                    candidate.coverage,
                    candidate.interviews,
                ]
            )
    return out.getvalue()


def _competency(item: CompetencyWeight, agreed: Agreement) -> dict[str, object]:
    return {
        "id": item.id,
        "name": item.name,
        "weight": item.weight,
        "agreement": _agreement(agreed),
    }


def _candidate(candidate: CandidateResult) -> dict[str, object]:
    return {
        "id": candidate.id,
        "name": candidate.name,
        "overall": candidate.overall,
        "standard_error": candidate.error,
        "bands": None if candidate.bands is None else [band + 1 for band in candidate.bands],
        "tied_with_first": candidate.tied_with_first,
        "coverage": candidate.coverage,
        "interviews": candidate.interviews,
        "interviewers": candidate.interviewers,
        "by_interviewer": candidate.by_interviewer,
        "recommendations": candidate.recommendations,
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
        "by_interviewer": cell.by_interviewer,
    }


def _noise(noise: Noise) -> dict[str, object]:
    return {
        "spread": noise.spread,
        "degrees": noise.degrees,
        "candidates": noise.candidates,
        "why": "" if noise.spread is not None else noise.words,
    }


def _severity(one: Severity) -> dict[str, object]:
    return {"interviewer": one.interviewer, "difference": one.difference, "answers": one.answers}


def _alternative(one: Alternative) -> dict[str, object]:
    return {
        "without": one.without,
        "first": list(one.first),
        "order": list(one.order),
        "changed": one.changed,
    }


def _withheld(item: Withheld) -> dict[str, object]:
    return {"name": item.name, "scorecards": item.scorecards}


def _spread(item: Spread) -> dict[str, object]:
    return {
        "candidate": item.candidate,
        "competency": item.competency,
        "question": item.question,
        "ask": item.ask,
        "lowest": item.lowest,
        "highest": item.highest,
        "by_interviewer": item.by_interviewer,
    }


def _agreement(agreement: Agreement) -> dict[str, object]:
    return {
        "form": agreement.form,
        "interviewers": agreement.interviewers,
        "single": estimate(agreement.single),
        "panel": estimate(agreement.panel),
        "alpha": estimate(agreement.alpha),
    }


def estimate(one: Estimate) -> dict[str, object]:
    """A number with its interval and n, and why there is none."""
    return {"value": one.value, "low": one.low, "high": one.high, "n": one.n, "why": one.why}
