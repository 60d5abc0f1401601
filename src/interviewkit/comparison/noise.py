"""Version 0.1.0's pooled noise, which ``compare --json`` still gives for those who read it.

Superseded: it takes severity for noise where one panel saw all, and knows nothing of coverage. The
errors of this edition come from :mod:`~interviewkit.comparison.precision`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from interviewkit.comparison.estimate import FEWEST


@dataclass(frozen=True, slots=True)
class Noise:
    """How far interviewers of the same candidate differ, pooled over the role.

    ``spread`` is a standard deviation in points of the scale, None when fewer than three
    ``candidates`` have two or more interviewers. ``degrees`` are its degrees of freedom.
    """

    spread: float | None
    degrees: int
    candidates: int

    @property
    def why(self) -> str:
        """Why there is no spread; empty where there is."""
        return f"too few to tell (n={self.candidates})" if self.spread is None else ""


def noise(candidates: Sequence[Sequence[float]]) -> Noise:
    """The noise in each candidate's overall scores by interviewer; rows may be of any length."""
    counted, degrees, squares = 0, 0, 0.0
    for scores in candidates:
        if len(scores) < 2:
            continue
        mean = sum(scores) / len(scores)
        counted += 1
        degrees += len(scores) - 1
        squares += sum([(score - mean) ** 2 for score in scores])
    spread = sqrt(squares / degrees) if counted >= FEWEST else None
    return Noise(spread, degrees, counted)
