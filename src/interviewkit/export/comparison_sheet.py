"""The first sheet: candidates by competencies, and what to talk over."""

from collections.abc import Sequence
from datetime import datetime

from openpyxl.cell import Cell as SheetCell
from openpyxl.formatting.rule import ColorScaleRule
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from interviewkit.comparison.comparing import Compared, Comparison
from interviewkit.comparison.means import Cell
from interviewkit.export import theme
from interviewkit.export.plain import WITHHELD, candidates, scorecards, spread, weights
from interviewkit.interview.records import Recommendation

HEAD = 4  # the row of heads; the weights stand in the row below
FACTS = ("Candidate", "Overall", "Coverage", "Inter-\nviewers")
WORDS = tuple(reversed(Recommendation))


def add(book: Workbook, comparison: Comparison, moment: datetime) -> None:
    """Add the sheet. ``moment`` is local time."""
    sheet = book.create_sheet("Comparison")
    last = _heads(sheet, comparison)
    row = HEAD + 2
    for candidate in comparison.candidates:
        _candidate(sheet, row, comparison, candidate)
        row += 1
    _shading(sheet, comparison, row - 1)
    _below(sheet, comparison, row + 1, last)
    counts = f"{candidates(len(comparison.candidates))} · {scorecards(comparison.scorecards)}"
    theme.put_text(sheet, 1, 1, comparison.role.title, theme.TITLE)
    exported = f"{moment:%Y-%m-%d %H:%M}"
    _paragraph(sheet, 2, last, f"{counts} · exported {exported}")
    _paragraph(
        sheet,
        3,
        last,
        f"Scores run from {comparison.scale[0]} to {comparison.scale[-1]}. Beside each mean "
        "stands n, the interviewers who assessed it. – is not assessed, never zero. "
        f"{weights(comparison)} The order claims no rank.",
    )
    sheet.row_dimensions[1].height = 26
    sheet.freeze_panes = sheet.cell(HEAD + 2, 2)
    theme.page(sheet, comparison.role.title, exported, f"{HEAD}:{HEAD + 1}", "A:A")


def _heads(sheet: Worksheet, comparison: Comparison) -> int:
    """The two rows of heads and the widths of the columns; gives the last column."""
    each = [24.0, 8.5, 9.5, 8.5]
    for column, head in enumerate(FACTS, start=1):
        theme.put_text(sheet, HEAD, column, head, theme.HEADING)
        theme.put_text(sheet, HEAD + 1, column, "", theme.HEADING)
        sheet.merge_cells(start_row=HEAD, end_row=HEAD + 1, start_column=column, end_column=column)
    column = len(FACTS) + 1
    tallest = 2
    for competency in comparison.competencies:
        theme.put_text(sheet, HEAD, column, competency.name, theme.HEADING)
        theme.put_text(sheet, HEAD, column + 1, "", theme.HEADING)
        sheet.merge_cells(start_row=HEAD, end_row=HEAD, start_column=column, end_column=column + 1)
        theme.put_text(sheet, HEAD + 1, column, "mean", theme.HEADING)
        theme.put_text(sheet, HEAD + 1, column + 1, "n", theme.HEADING)
        each += [9.0, 5.0]
        tallest = max(tallest, *(len(word) // 13 + 1 for word in competency.name.split()))
        tallest = max(tallest, theme.lines_of(competency.name, 10))
        column += 2
    for word in WORDS:
        theme.put_text(sheet, HEAD, column, word.words.capitalize(), theme.HEADING)
        theme.put_text(sheet, HEAD + 1, column, "", theme.HEADING)
        sheet.merge_cells(start_row=HEAD, end_row=HEAD + 1, start_column=column, end_column=column)
        each.append(10.0)
        column += 1
    theme.widths(sheet, each)
    theme.height(sheet, HEAD, tallest)
    theme.height(sheet, HEAD + 1, 1)
    return column - 1


def _candidate(sheet: Worksheet, row: int, comparison: Comparison, candidate: Compared) -> None:
    theme.put_text(sheet, row, 1, candidate.name, theme.NAME)
    if candidate.overall is None:
        theme.put_text(sheet, row, 2, "–", theme.COUNT)
    else:
        theme.put(sheet, row, 2, candidate.overall, theme.OVERALL)
    theme.put(sheet, row, 3, candidate.coverage, theme.SHARE)
    theme.put(sheet, row, 4, len(candidate.interviewers), theme.COUNT)
    column = len(FACTS) + 1
    for competency in comparison.competencies:
        _cell(sheet, row, column, candidate.cells[competency.id])
        column += 2
    for word in WORDS:
        theme.put(sheet, row, column, candidate.recommendations[word], theme.COUNT)
        column += 1
    theme.height(sheet, row, theme.lines_of(candidate.name, 21), least=20)


def _cell(sheet: Worksheet, row: int, column: int, cell: Cell) -> None:
    if cell.mean is None:
        # A text, not an empty cell: arithmetic over it fails aloud instead of counting zero.
        theme.put_text(sheet, row, column, "–", theme.COUNT)
    else:
        theme.put(sheet, row, column, cell.mean, theme.MEAN)
    theme.put(sheet, row, column + 1, cell.n, theme.COUNT)


def _shading(sheet: Worksheet, comparison: Comparison, last: int) -> None:
    if last < HEAD + 2:
        return
    low, high = comparison.scale[0], comparison.scale[-1]
    for number in range(len(comparison.competencies)):
        letter = get_column_letter(len(FACTS) + 1 + 2 * number)
        sheet.conditional_formatting.add(
            f"{letter}{HEAD + 2}:{letter}{last}",
            ColorScaleRule(  # type: ignore[no-untyped-call]
                start_type="num",
                start_value=low,
                start_color=theme.PALE,
                mid_type="num",
                mid_value=(low + high) / 2,
                mid_color=theme.MIDDLE,
                end_type="num",
                end_value=high,
                end_color=theme.STRONG,
            ),
        )


def _below(sheet: Worksheet, comparison: Comparison, row: int, last: int) -> None:
    """Under the table: whom it leaves out, what to talk over, what to mind."""
    if not comparison.candidates and not comparison.withheld:
        _paragraph(sheet, row, last, "No scorecard has been submitted for this role yet.")
        return
    withheld = [f"{item.name}: {scorecards(item.scorecards)} in" for item in comparison.withheld]
    for head, said in (
        (WITHHELD.capitalize(), withheld),
        ("Worth talking about", [spread(item) for item in comparison.talk_about]),
        ("Bear in mind", comparison.warnings),
    ):
        row = _section(sheet, row, last, head, said)


def _section(sheet: Worksheet, row: int, last: int, head: str, said: Sequence[str]) -> int:
    if not said:
        return row
    _paragraph(sheet, row, last, head).font = theme.bold()
    for text in said:
        row += 1
        _paragraph(sheet, row, last, text)
    return row + 2


def _paragraph(sheet: Worksheet, row: int, last: int, text: str) -> SheetCell:
    """A text as wide as the table. Merging is slow, so only one that needs several lines is."""
    width = sum(sheet.column_dimensions[get_column_letter(i)].width for i in range(1, last + 1))
    lines = theme.lines_of(text, width)
    cell = theme.put_text(sheet, row, 1, text, theme.PLAIN if lines == 1 else theme.SMALL)
    if lines > 1:
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=last)
        theme.height(sheet, row, lines)
    return cell
