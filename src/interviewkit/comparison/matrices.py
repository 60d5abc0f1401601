"""The little linear algebra that panels need: the base install brings no numpy."""

from collections.abc import Sequence
from operator import mul

Matrix = list[list[float]]

_DEPENDENT = 1e-9  # of the diagonal: a pivot below it is rounding, the column depends on others


def zeros(size: int) -> Matrix:
    """A square matrix of nothing."""
    return [[0.0] * size for _ in range(size)]


def generalized_inverse(matrix: Sequence[Sequence[float]]) -> tuple[Matrix, int]:
    """(A reflexive g-inverse, the rank) of a symmetric matrix without negative eigenvalues.

    Goodnight's (1979) sweep: columns that depend on earlier ones are left out, which for sums of
    squares is as good as the Moore-Penrose inverse (Searle, Casella & McCulloch 1992, appendix M).
    """
    size, rank = len(matrix), 0
    rows = [list(row) for row in matrix]
    for at in range(size):
        pivot = rows[at][at]
        if pivot <= _DEPENDENT * matrix[at][at]:
            rows[at] = [0.0] * size
            for row in rows:
                row[at] = 0.0
            continue
        rank += 1
        pivot_row = [value / pivot for value in rows[at]]
        pivot_row[at] = 1 / pivot
        for index, row in enumerate(rows):
            if index != at and (factor := row[at]):
                rows[index] = [a - factor * b for a, b in zip(row, pivot_row, strict=True)]
                rows[index][at] = -factor / pivot
        rows[at] = pivot_row
    return rows, rank


def quadratic_form(matrix: Sequence[Sequence[float]], vector: Sequence[float]) -> tuple[float, int]:
    """(v' M⁻ v, the rank of M) for a vector in the range of such a matrix, by elimination."""
    rows, v = list(matrix), list(vector)
    size, value, rank = len(rows), 0.0, 0
    for at in range(size):
        row = rows[at]
        pivot = row[at]
        if pivot <= _DEPENDENT * matrix[at][at]:
            continue
        rank += 1
        value += v[at] * v[at] / pivot
        for lower in range(at + 1, size):
            if factor := rows[lower][at] / pivot:
                rows[lower] = [a - factor * b for a, b in zip(rows[lower], row, strict=True)]
                v[lower] -= factor * v[at]
    return value, rank


def multiply(matrix: Sequence[Sequence[float]], vector: Sequence[float]) -> list[float]:
    """Matrix times column vector."""
    return [dot(row, vector) for row in matrix]


def dot(u: Sequence[float], v: Sequence[float]) -> float:
    """The sum of products."""
    return float(sum(map(mul, u, v)))


def square(matrix: Sequence[Sequence[float]]) -> Matrix:
    """A symmetric matrix times itself."""
    size = len(matrix)
    result = zeros(size)
    for at, row in enumerate(matrix):
        for beside in range(at, size):
            result[at][beside] = result[beside][at] = sum(map(mul, row, matrix[beside]))
    return result


def laplacian_pseudo_inverse(matrix: Sequence[Sequence[float]]) -> tuple[Matrix, int]:
    """(Moore-Penrose inverse, rank) of a graph's Laplacian, which need not be connected."""
    inverse, rank = generalized_inverse(matrix)
    group = _components(matrix)
    for _ in range(2):  # centre rows, then, as columns, the others
        for members in group:
            means = [
                sum([inverse[at][column] for at in members]) / len(members)
                for column in range(len(matrix))
            ]
            for at in members:
                inverse[at] = [a - b for a, b in zip(inverse[at], means, strict=True)]
        inverse = [list(column) for column in zip(*inverse, strict=True)]
    return inverse, rank


def _components(matrix: Sequence[Sequence[float]]) -> list[list[int]]:
    """The nodes of a graph in groups that hang together."""
    waiting, result = set(range(len(matrix))), []
    while waiting:
        members, edge = [], [min(waiting)]
        waiting.discard(edge[0])
        while edge:
            node = edge.pop()
            members.append(node)
            reached = [at for at in waiting if abs(matrix[node][at]) > _DEPENDENT]
            waiting.difference_update(reached)
            edge += reached
        result.append(sorted(members))
    return result
