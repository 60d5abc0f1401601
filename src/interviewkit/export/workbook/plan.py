"""What a workbook is made from, and where each part of it will stand."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter

from interviewkit.comparison.results import CandidateResult, Comparison
from interviewkit.interview.clock import local
from interviewkit.interview.records import Answer, Decision, Interview

if TYPE_CHECKING:
    from interviewkit.banks.model import Bank

Card = tuple[Interview, list[Answer]]
PAGES = 60  # candidates with a page of their own; the others are in Evidence
FACTS = ("Candidate", "Place", "Overall", "±", "Coverage", "Inter-\nviewers")
STALE = "Stale: a weight was changed after this was calculated."
WEIGHTS_ROW, FIRST_ROW = 6, 7  # of Summary: the weights, the first candidate
COLUMN = len(FACTS) + 1  # of Summary: the first competency's value; its n stands beside it


@dataclass(frozen=True, slots=True)
class Contents:
    """What goes into the workbook; only what the viewer may see.

    ``cards`` gives a candidate's scorecards by candidate id, read when they are written.
    ``settings`` are (what, value) lines on how the comparison was chosen. ``step`` is called with
    the number of candidates written so far and may raise to stop. Without ``can_decide`` there is
    no sheet for decisions: ids on it would lead back to names.
    """

    comparison: Comparison
    cards: Callable[[str], Sequence[Card]]
    banks: Mapping[str, "Bank"]
    moment: datetime
    settings: Sequence[tuple[str, str]] = ()
    decisions: Mapping[str, Sequence[Decision]] = field(default_factory=dict)
    can_decide: bool = True
    step: Callable[[int], None] = lambda _: None

    @property
    def exported(self) -> str:
        """The time of the export, in local time."""
        return f"{self.moment.astimezone():%Y-%m-%d %H:%M}"

    @property
    def paged(self) -> Sequence[CandidateResult]:
        """The candidates with a page of their own."""
        return self.comparison.candidates[:PAGES]

    @property
    def rows(self) -> tuple[int, int]:
        """The first and the last row of candidates on Summary."""
        return FIRST_ROW, FIRST_ROW + max(1, len(self.comparison.candidates)) - 1

    @property
    def value_columns(self) -> Iterator[tuple[int, str]]:
        """(Place of a competency, letter of its value's column on Summary)."""
        for index in range(len(self.comparison.competencies)):
            yield index, get_column_letter(COLUMN + 2 * index)

    @property
    def span(self) -> tuple[str, str]:
        """The letters of the first and the last column of competencies on Summary."""
        count = max(1, len(self.comparison.competencies))
        return get_column_letter(COLUMN), get_column_letter(COLUMN + 2 * count - 1)


def are_changed(weights: Sequence[str]) -> str:
    """A condition for formulas: whether any weight is no longer as it was exported.

    ``weights`` are the addresses of the weights; those as exported stand one column on.
    """
    if not weights:
        return "FALSE"
    start, end = weights[0], weights[-1].rpartition("!")[2]
    exported, exported_end = start.replace("$B$", "$C$"), end.replace("$B$", "$C$")
    return f"SUMPRODUCT(--({start}:{end}<>{exported}:{exported_end}))>0"


def stale_note(weights: Sequence[str]) -> str:
    """A formula that is empty until a weight is changed, and then says so."""
    return f'=IF({are_changed(weights)},"{STALE}","")'


def moment(stamp_text: str) -> datetime:
    """Local time without its zone, which Excel's moments cannot have."""
    return local(stamp_text).replace(tzinfo=None)
