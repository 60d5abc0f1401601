"""Interviewers' severity, shrunken: what the order would be if it were taken off.

Best linear unbiased prediction (Robinson 1991) with the round's variance components. Shrunken and
not by least squares: where panels hardly overlap, least squares moves candidates by noise. It is
shown as a line about the order and never applied.
"""

from collections.abc import Sequence

from interviewkit.comparison.matrices import (
    Matrix,
    dot,
    generalized_inverse,
    multiply,
    zeros,
)
from interviewkit.comparison.precision import ErrorTerms
from interviewkit.comparison.variance_components import (
    MOST_SEPARATED,
    PanelScores,
    VarianceComponents,
    cells_of,
    laplacian,
)


def shrunken_severities(
    candidates: Sequence[PanelScores], interviewers: int, components: VarianceComponents
) -> list[float] | None:
    """Points by which each interviewer rates above the others; None where it cannot be told.

    ``u = (Σ W_c L_c + I/S)⁻¹ Σ W_c b_c`` with ``W_c = (E·I + CI·L_c)⁻¹``, all scores counting.
    """
    if not components.within or interviewers > MOST_SEPARATED:
        return None
    matrix, totals = zeros(interviewers), [0.0] * interviewers
    for at in range(interviewers):
        matrix[at][at] = 1 / components.severity
    for candidate in candidates:
        rows = [row for row in candidate.rows if row.n]
        if not rows:
            continue
        cells = cells_of(rows)
        size = len(candidate.panel)
        block = laplacian(size, cells)
        residuals = [0.0] * size
        for row, members in zip(rows, cells, strict=True):
            mean = sum([row.numbers[at] for at in members]) / len(members)
            for at in members:
                residuals[at] += row.numbers[at] - mean
        weights = _weights(block, components)
        for person, values, weighted in zip(
            candidate.panel, weights, multiply(weights, residuals), strict=True
        ):
            totals[person] += weighted
            for corater, column in zip(candidate.panel, block, strict=True):
                matrix[person][corater] += dot(values, column)
    inverse, _ = generalized_inverse(matrix)
    return multiply(inverse, totals)


def adjust_for_severity(overall: float, terms: ErrorTerms, severities: Sequence[float]) -> float:
    """An overall with its interviewers' severity taken off."""
    return overall - sum(
        [load * severities[person] for person, load in zip(terms.panel, terms.loads, strict=True)]
    )


def groups_apart(panels: Sequence[Sequence[int]]) -> int:
    """Into how many groups the interviewers fall that no candidate connects."""
    leader: dict[int, int] = {}

    def find(person: int) -> int:
        while leader[person] != person:
            person = leader[person]
        return person

    for panel in panels:
        for person in panel:
            leader.setdefault(person, person)
        for person in panel[1:]:
            leader[find(person)] = find(panel[0])
    return sum([person == head for person, head in leader.items()])


def _weights(block: Sequence[Sequence[float]], components: VarianceComponents) -> Matrix:
    rows = [[components.opinion * value for value in row] for row in block]
    for at, row in enumerate(rows):
        row[at] += components.remainder
    return generalized_inverse(rows)[0]
