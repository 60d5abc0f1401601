"""Candidates by competencies: value, level, n, and what to be careful with, cell by cell.

``▆4.3▲×3○≠`` is a mean of 4.3 (a bar for its place on the scale, ▲ in the upper part of it) over
three interviewers; ○ no answer behind it was probed, ◐ some were not; ≠ two of them are far
apart; ! in place of ▲ says that the mean is below its must-have. Colour only repeats a sign.
"""

from collections.abc import Callable, Sequence
from textwrap import wrap

from interviewkit.comparison.means import HIGH, LOW, format_mean, percent
from interviewkit.comparison.means import Cell as Measured
from interviewkit.comparison.results import CandidateResult, Comparison, is_unmet
from interviewkit.comparison.sentences import place_text, plus_minus
from interviewkit.comparison.weights import CompetencyWeight
from interviewkit.tui.widgets.grid import HEAD_LINES, Cell, Grid, Head

CANDIDATE, OVERALL, COVERED, FIRST = 0, 1, 2, 3  # columns; from FIRST on competencies
PLACE = 6  # columns for a place such as 11–30
MOST_MARKED = 4
NARROWEST, WIDEST = 10, 13  # columns of competencies
NAME_NARROW, NAME_WIDE = 17, 26
BARS = "▁▂▃▄▅▆▇█"
NOT_PROBED, PARTLY_PROBED, APART, UNMET = "○", "◐", "≠", "!"


class ComparisonTable(Grid):
    """Shows a comparison in the order by overall, or sorted by a column."""

    def __init__(self) -> None:
        super().__init__(id="table")
        self._comparison: Comparison | None = None
        self._order: tuple[CandidateResult, ...] = ()
        self._apart: set[tuple[str, str]] = set()
        self._moved: Callable[[str], int] = lambda _: 0
        self.sorted_by: tuple[int, bool] | None = None  # (column, the other way round)
        self.marked: tuple[str, ...] = ()

    def compare(self, comparison: Comparison, moved: Callable[[str], int] = lambda _: 0) -> None:
        """Show this comparison; the cursor stays with its candidate. ``moved``: places gone up."""
        highlighted = self.candidate
        self._comparison, self._moved = comparison, moved
        ids = {candidate.id for candidate in comparison.candidates}
        self.marked = tuple(item for item in self.marked if item in ids)
        self._apart = {(item.candidate_id, item.competency) for item in comparison.talk_about}
        if self.sorted_by and self.sorted_by[0] >= FIRST + len(comparison.competencies):
            self.sorted_by = None
        self._arrange(highlighted)

    @property
    def candidate(self) -> CandidateResult | None:
        """The candidate under the cursor."""
        return self._order[self.row] if self.row < len(self._order) else None

    @property
    def competency(self) -> CompetencyWeight | None:
        """The competency under the cursor, if it stands on one."""
        if self._comparison is None or self.column < FIRST:
            return None
        return self._comparison.competencies[self.column - FIRST]

    @property
    def sorting(self) -> str:
        """What the rows are sorted by, in words; empty for overall."""
        if self.sorted_by is None or self._comparison is None:
            return ""
        column, other_way = self.sorted_by
        names = ["name", "overall", "coverage"]
        names += [item.name for item in self._comparison.competencies]
        return f"{names[column]}{', lowest first' if other_way and column else ''}" + (
            ", from Z to A" if other_way and not column else ""
        )

    def sort(self, column: int) -> None:
        """By this column; once more, the other way round; a third time, by overall again."""
        if self.sorted_by is None or self.sorted_by[0] != column:
            self.sorted_by = (column, column == OVERALL)
        else:
            self.sorted_by = None if self.sorted_by[1] else (column, True)
        self._arrange(self.candidate)

    def mark(self) -> bool:
        """Mark the candidate under the cursor, or take the mark away; False when four are."""
        candidate = self.candidate
        if candidate is None:
            return True
        if candidate.id in self.marked:
            self.marked = tuple(key for key in self.marked if key != candidate.id)
        elif len(self.marked) == MOST_MARKED:
            return False
        else:
            self.marked = (*self.marked, candidate.id)
        self._arrange(candidate)
        return True

    def on_resize(self) -> None:
        """Names get the room that there is."""
        self._arrange(self.candidate)
        super().on_resize()

    # Inside

    def _arrange(self, highlighted: CandidateResult | None) -> None:
        comparison = self._comparison
        if comparison is None:
            return
        self._order = tuple(_sort_candidates(comparison, self.sorted_by))
        self.show(self._make_heads(comparison), len(self._order), self._cells, self._sign_of)
        places = {candidate.id: at for at, candidate in enumerate(self._order)}
        self.move_to(places.get(highlighted.id, 0) if highlighted else 0, self.column)

    def _make_heads(self, comparison: Comparison) -> list[Head]:
        longest = max((len(candidate.name) for candidate in self._order), default=0)
        most = NAME_WIDE if self.size.width >= 110 else NAME_NARROW
        name = max(len("Candidate ↑"), min(most, longest)) + PLACE + 2
        heads = [
            Head((self._head_with_arrow(f"{'Place':<{PLACE + 2}}Candidate", CANDIDATE),), name),
            Head((self._head_with_arrow("Overall", OVERALL),), 11),
            Head((self._head_with_arrow("Covered", COVERED),), 8),
        ]
        for column, item in enumerate(comparison.competencies, FIRST):
            heads.append(competency_head(self._head_with_arrow(_name_with_weight(item), column)))
        return heads

    def _head_with_arrow(self, label: str, column: int) -> str:
        if self.sorted_by is None:
            return f"{label} ↓" if column == OVERALL else label
        if column != self.sorted_by[0]:
            return label
        rising = self.sorted_by[1] != (column == CANDIDATE)
        return f"{label} {'↑' if rising else '↓'}"

    def _cells(self, row: int) -> Sequence[Cell]:
        comparison, candidate = self._comparison, self._order[row]
        assert comparison is not None  # noqa: S101 - there are rows
        scale = comparison.scale
        mark = "●" if candidate.id in self.marked else " "
        places = f"{place_text(candidate):<{PLACE}}"
        name_cell: Cell = ((places, "accent"), (f"{mark} ", "accent"), (candidate.name, ""))
        covered = (percent(candidate.coverage), "" if candidate.coverage == 1 else "warning")
        cells = [
            measured_cell(
                candidate.cells[item.id],
                scale,
                (candidate.id, item.id) in self._apart,
                is_unmet(candidate.cells[item.id], item),
            )
            for item in comparison.competencies
        ]
        return (name_cell, self._overall(candidate, scale), (covered,), *cells)

    def _overall(self, candidate: CandidateResult, scale: Sequence[int]) -> Cell:
        parts = list(level(candidate.overall, scale, "strong"))
        if candidate.error_in_round is not None:
            parts.append((f"±{plus_minus(candidate)}", "muted"))
        if (places := self._moved(candidate.id)) and candidate.overall is not None:
            parts.append((f"{'↑' if places > 0 else '↓'}{abs(places)}", "accent"))
        return tuple(parts)

    def _sign_of(self, row: int) -> tuple[str, str]:
        """Who is tied with the candidate under the cursor, asked about by name."""
        if row == self.row:
            return "›", "accent"
        highlighted, comparison = self.candidate, self._comparison
        if highlighted is None or comparison is None:
            return " ", ""
        return ("=", "accent") if comparison.are_tied(highlighted, self._order[row]) else (" ", "")


def level(value: float | None, scale: Sequence[int], tone: str = "") -> Cell:
    """``▆4.3▲``: a bar, the value, and a sign in the upper and in the lower part of the scale."""
    if value is None:
        return (("–", "muted"),)
    share = (value - scale[0]) / (scale[-1] - scale[0])
    bar = BARS[max(0, min(len(BARS) - 1, round(share * (len(BARS) - 1))))]
    if share >= HIGH:
        return ((bar, "high"), (format_mean(value), tone), ("▲", "high"))
    if share <= LOW:
        return ((bar, "low"), (format_mean(value), tone), ("▼", "low"))
    return ((bar, "muted"), (format_mean(value), tone), (" ", ""))


def measured_cell(
    cell: Measured, scale: Sequence[int], apart: bool, is_short: bool = False
) -> Cell:
    """A candidate on a competency; nobody assessed it is a dash, never a zero."""
    if cell.mean is None:
        return (("–", "muted"),)
    probed = ""
    if cell.not_probed:
        probed = NOT_PROBED if cell.not_probed == cell.ratings else PARTLY_PROBED
    beside = ((f"×{cell.n}", "muted"), (probed, "warning"), (APART if apart else "", "accent"))
    bar, value, sign = level(cell.mean, scale)
    return (bar, value, (UNMET, "warning") if is_short else sign, *beside)


def competency_head(name: str) -> Head:
    """A name on at most three lines, the last of them nearest to the values."""
    longest = max(len(piece) for piece in name.split()) if name.split() else 0
    width = max(NARROWEST, min(WIDEST, longest))
    lines = wrap(name, width) or [""]
    if len(lines) > HEAD_LINES:
        lines = wrap(name, WIDEST)
        width = WIDEST
    if len(lines) > HEAD_LINES:
        lines = [*lines[: HEAD_LINES - 1], " ".join(lines[HEAD_LINES - 1 :])]
    return Head(tuple(lines), width)


def _name_with_weight(item: CompetencyWeight) -> str:
    return item.label if item.weight == 1 else f"{item.label} ×{item.weight:g}"


def _sort_candidates(
    comparison: Comparison, by: tuple[int, bool] | None
) -> Sequence[CandidateResult]:
    """Blanks stand last, whichever way round; equals in the order by overall."""
    if by is None:
        return comparison.candidates
    column, other_way = by
    if column == CANDIDATE:
        by_name = sorted(comparison.candidates, key=lambda candidate: candidate.name.casefold())
        return by_name[::-1] if other_way else by_name

    def value(candidate: CandidateResult) -> float | None:
        if column == OVERALL:
            return candidate.overall
        if column == COVERED:
            return candidate.coverage
        return candidate.cells[comparison.competencies[column - FIRST].id].mean

    pairs = [
        (amount, candidate)
        for candidate in comparison.candidates
        if (amount := value(candidate)) is not None
    ]
    pairs.sort(key=lambda pair: pair[0] if other_way else -pair[0])
    return [candidate for _, candidate in pairs] + [
        candidate for candidate in comparison.candidates if value(candidate) is None
    ]
