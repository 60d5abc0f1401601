"""The reference panels: small tables of cell scores, and what independent programs make of them.

Sums of squares by R 4.2 and statsmodels, the others by a program with dense matrices and scipy.
"""

import csv
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from interviewkit.comparison.answer_ratings import scores
from interviewkit.comparison.precision import ErrorTerms, Precision, error_terms
from interviewkit.comparison.variance_components import (
    PanelScores,
    VarianceComponents,
    variance_components,
)

FOLDER = Path(__file__).parent / "panels"
NAMES = sorted(path.stem for path in FOLDER.glob("[cd]*_*.csv"))


class Panel(NamedTuple):
    """A table, its variance components and the overalls by equal weights."""

    candidates: list[str]
    interviewers: list[str]
    competencies: list[str]
    scores: list[PanelScores]
    components: VarianceComponents
    terms: list[ErrorTerms]
    overalls: list[float]

    @property
    def precision(self) -> Precision:
        return Precision(self.components, self.terms)


Table = dict[tuple[str, str, str], Fraction]  # candidate, competency, interviewer → score


def read_table(name: str) -> Table:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8") as file:
        return {
            (row["candidate"], row["competency"], row["interviewer"]): Fraction(row["score"])
            for row in csv.DictReader(file)
        }


def expected_values() -> dict[str, dict[str, float]]:
    result: dict[str, dict[str, float]] = {}
    with (FOLDER / "expected.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            result.setdefault(row["data"], {})[row["quantity"]] = float(row["value"])
    return result


def panel_of(
    table: Table,
    weights: dict[str, float] | None = None,
    scale: tuple[float, float] = (1.0, 5.0),
) -> Panel:
    candidates, competencies, interviewers = (sorted({key[at] for key in table}) for at in range(3))
    result = []
    for candidate in candidates:
        own = {key[1:]: score for key, score in table.items() if key[0] == candidate}
        panel = [who for who in interviewers if any(key[1] == who for key in own)]
        rows = []
        for competency in competencies:
            cells = [own.get((competency, who)) for who in panel]
            exact = [None if cell is None else (cell.numerator, cell.denominator) for cell in cells]
            rows.append(scores(tuple(exact)))
        result.append(PanelScores(tuple(interviewers.index(who) for who in panel), tuple(rows)))
    components = variance_components(result, len(interviewers), len(competencies), scale)
    weighed = [(weights or {}).get(name, 1.0) for name in competencies]
    terms = [error_terms(row, weighed, components.levels) for row in result]
    assert all(terms)
    known = [item for item in terms if item]
    overalls = [
        sum(
            share * row.mean[0] / row.mean[1]
            for share, row in zip(item.shares, candidate_scores.rows, strict=True)
            if row.mean
        )
        for item, candidate_scores in zip(known, result, strict=True)
    ]
    return Panel(candidates, interviewers, competencies, result, components, known, overalls)
