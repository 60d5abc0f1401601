"""A comparison for other programs: one JSON object, or long-form CSV. Numbers are not rounded."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence

from interviewkit.comparison.agreement import Agreement
from interviewkit.comparison.alignment import CandidateCells, CellCounts
from interviewkit.comparison.answer_ratings import Scores, Severity
from interviewkit.comparison.disagreement import Spread
from interviewkit.comparison.estimate import Estimate
from interviewkit.comparison.noise import Noise
from interviewkit.comparison.places import Places
from interviewkit.comparison.ratings import Withheld
from interviewkit.comparison.reliability import Reliability
from interviewkit.comparison.results import CandidateResult, Comparison, is_unmet
from interviewkit.comparison.sensitivity import AdjustedOrder, Alternative, WeightRange
from interviewkit.comparison.variance_components import VarianceComponents
from interviewkit.comparison.weights import CompetencyWeight
from interviewkit.export.sanitize import csv_cell

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
    "standard_error_in_round",
    "first_place",
    "last_place",
    "not_noted",
    "must_have",
)
# Nothing here holds itself, and looking whether it does is a fifth of the time.
_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode


def as_json(comparison: Comparison) -> Iterator[str]:
    """What ``compare --json`` prints, piece by piece: a line for each candidate and other entry.

    docs/comparison.md describes its fields.

    The encoder written in C does the work: the one that indents is in Python and far slower.
    """
    yield "{"
    for index, (name, value) in enumerate(_fields(comparison)):
        yield f"{',' if index else ''}\n  {_encode(name)}: "
        if isinstance(value, Iterator):
            yield from _list_items(value)
        else:
            yield _encode(value)
    yield "\n}\n"


def _list_items(entries: Iterable[object]) -> Iterator[str]:
    mark = "["
    for entry in entries:
        yield f"{mark}\n    {entry if isinstance(entry, _Encoded) else _encode(entry)}"
        mark = ","
    yield "[]" if mark == "[" else "\n  ]"


def _fields(comparison: Comparison) -> Iterator[tuple[str, object]]:
    """Each field of the object; long lists as iterators, so that they can be written as they go."""
    agreed = comparison.agreement_on
    yield "role", {"id": comparison.role.id, "title": comparison.role.title}
    yield "scale", list(comparison.scale)
    yield (
        "competencies",
        (_competency(competency, agreed[competency.id]) for competency in comparison.competencies),
    )
    cells, must_haves = _CellText(comparison), comparison.must_haves
    yield "candidates", (_candidate(result, cells, must_haves) for result in comparison.candidates)
    yield "noise", _noise(comparison.noise)
    yield "bands", ({"from": band.first + 1, "to": band.last + 1} for band in comparison.bands)
    yield "agreement", _agreement(comparison.agreement)
    yield "severity", map(_severity, comparison.severity)
    yield "first", list(comparison.first)
    yield "alternatives", map(_alternative, comparison.alternatives)
    yield "adjusted", _adjusted_order_json(comparison.adjusted)
    yield "weight_ranges", map(_weight_range, comparison.ranges)
    yield "least_difference", _least_difference(comparison.places)
    yield "reliability", _reliability(comparison.reliability)
    yield "components", _components(comparison.components)
    yield "withheld", map(_withheld_json, comparison.withheld)
    yield "talk_about", map(_spread, comparison.talk_about)
    yield "warnings", iter(comparison.warnings)


def as_csv(comparison: Comparison) -> str:
    """A row for each candidate and competency; the candidate's own numbers stand in each."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for candidate in comparison.candidates:
        first_band, last_band = candidate.bands or (None, None)
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
                    candidate.standard_error,
                    None if first_band is None else first_band + 1,
                    None if last_band is None else last_band + 1,
                    candidate.coverage,
                    candidate.interviews,
                    candidate.error_in_round,
                    *(candidate.place or (None, None)),
                    cell.not_noted,
                    competency.least,
                ]
            )
    return out.getvalue()


def _competency(item: CompetencyWeight, agreed: Agreement) -> dict[str, object]:
    return {
        "id": item.id,
        "name": item.name,
        "weight": item.weight,
        "must_have": item.least,
        "agreement": _agreement(agreed),
    }


def _candidate(
    candidate: CandidateResult, cells: "_CellText", must_haves: Sequence[CompetencyWeight]
) -> "_Encoded":
    head = {
        "id": candidate.id,
        "name": candidate.name,
        "overall": candidate.overall,
        "standard_error": candidate.standard_error,
        "standard_error_in_round": candidate.error_in_round,
        "place": candidate.place,
        "probability_above_next": candidate.probability_above_next,
        "shrunken": candidate.shrunken,
        "bands": None if candidate.bands is None else [band + 1 for band in candidate.bands],
        "tied_with_first": candidate.tied_with_first,
        "coverage": candidate.coverage,
        "interviews": candidate.interviews,
        "interviewers": candidate.interviewers,
        "by_interviewer": candidate.by_interviewer,
        "recommendations": candidate.recommendations,
        "unmet": [item.id for item in must_haves if is_unmet(candidate.cells[item.id], item)],
    }
    return _Encoded(f'{_encode(head)[:-1]}, "scores": {{{cells.text(candidate.cells)}}}}}')


class _Encoded(str):
    """JSON already."""

    __slots__ = ()


class _CellText:
    """Cells as JSON. There are hundreds of thousands, so what many share is encoded once: what
    stands before the interviewers' scores, the scores themselves, and the interviewers' names.

    Scores are known by their identity: they are few, and the comparison keeps them alive.
    """

    def __init__(self, comparison: Comparison) -> None:
        self._names = [_encode(item.id) for item in comparison.competencies]
        self._error_of = comparison.cell_error
        self._known: dict[tuple[int, CellCounts], tuple[str, tuple[str, ...]]] = {}
        self._labels: dict[str, str] = {}

    def text(self, cells: CandidateCells) -> str:
        """The cells of a candidate, each behind the name of its competency."""
        labels = [self._label(name) for name in cells.panel]
        size, known, texts = len(labels), self._known, []
        template = ", ".join([label.replace("%", "%%") + "%s" for label in labels])
        for name, (row, counts) in zip(self._names, cells.packed_rows(), strict=True):
            key = id(row), counts
            cell = known.get(key)
            if cell is None:
                cell = known[key] = self._head(row, counts), tuple(map(repr, row.numbers))
            head, numbers = cell
            if row.n == size:
                panel = template % numbers
            else:
                panel = ", ".join([labels[at] + numbers[at] for at in row.raters])
            texts.append(f"{name}: {head}{panel}}}}}")
        return ", ".join(texts)

    def _label(self, name: str) -> str:
        label = self._labels.get(name)
        if label is None:
            label = self._labels[name] = f"{_encode(name)}: "
        return label

    def _head(self, row: Scores, counts: CellCounts) -> str:
        ratings, probed, new_detail, not_noted, not_probed = counts
        head = {
            "mean": row.center,
            "n": row.n,
            "standard_error": self._error_of(row.n),
            "ratings": ratings,
            "probed": probed,
            "new_detail": new_detail,
            "not_noted": not_noted,
            "not_probed": not_probed,
        }
        return f'{_encode(head)[:-1]}, "by_interviewer": {{'


def _adjusted_order_json(order: AdjustedOrder | None) -> dict[str, object] | None:
    if order is None:
        return None
    return {
        "first": order.first,
        "order": order.order,
        "changed": order.changed,
        "overalls": order.overalls,
        "groups": order.groups,
    }


def _weight_range(bounds: WeightRange) -> dict[str, object]:
    return {"competency": bounds.competency, "low": bounds.low, "high": bounds.high}


def _least_difference(places: Places) -> dict[str, object]:
    return {"by_name": places.by_name, "in_order": places.in_order}


def _reliability(reliability: Reliability) -> dict[str, object]:
    return {
        "order": estimate(reliability.order),
        "single": estimate(reliability.single),
        "same_people": reliability.same_people,
        "other_people": reliability.other_people,
    }


def _components(components: VarianceComponents) -> dict[str, object]:
    pairs = {
        "severity": (components.severity, components.by_severity.df),
        "opinion": (components.opinion, components.by_opinion.df),
        "remainder": (components.remainder, components.by_remainder.df),
        "profile": (components.profile, components.by_profile.df),
    }
    return {name: {"variance": value, "degrees": df} for name, (value, df) in pairs.items()}


def _noise(noise: Noise) -> dict[str, object]:
    return {
        "spread": noise.spread,
        "degrees": noise.degrees,
        "candidates": noise.candidates,
        "why": noise.why,
    }


def _severity(severity: Severity) -> dict[str, object]:
    return {
        "interviewer": severity.interviewer,
        "difference": severity.difference,
        "answers": severity.answers,
    }


def _alternative(alternative: Alternative) -> dict[str, object]:
    return {
        "without": alternative.without,
        "first": list(alternative.first),
        "order": list(alternative.order),
        "changed": alternative.changed,
    }


def _withheld_json(item: Withheld) -> dict[str, object]:
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


def estimate(value: Estimate) -> dict[str, object]:
    """A number with its interval and n, and why there is none."""
    return {
        "value": value.value,
        "low": value.low,
        "high": value.high,
        "n": value.n,
        "why": value.why,
    }
