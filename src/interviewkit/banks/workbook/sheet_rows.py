"""The sheets of a workbook and their rows, found by name and head in any capitals."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from interviewkit.banks.validation import nearest
from interviewkit.banks.workbook.cells import WorkbookLog, cell_address, cell_value
from interviewkit.banks.workbook.columns import OWN_MARK, SHEETS, Column
from interviewkit.banks.workbook.file_check import MOST_COLUMNS, MOST_ROWS

BANK_SHEET, START_SHEET = "Bank", "Start here"
_AGAIN = "put it back, or write the workbook again with bank to-xlsx"


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row that is not empty: values by head, and the address of each of its cells."""

    sheet: str
    index: int
    values: Mapping[str, Any]
    letters: Mapping[str, str]

    def cell(self, head: str) -> str:
        """``Probes!C14``; the row's first cell where it has no such column."""
        return f"{self.sheet}!{self.letters.get(head, 'A')}{self.index}"


def find_sheets(log: WorkbookLog, book: Workbook) -> dict[str, Worksheet]:
    """The sheets of a bank by the names that we give them; what is missing is a fault."""
    names = {simplify(name): name for name in (START_SHEET, BANK_SHEET, *SHEETS)}
    sheets: dict[str, Worksheet] = {}
    for title in book.sheetnames:
        name = names.get(simplify(title))
        sheet = book[title]
        if title.strip().startswith(OWN_MARK):
            continue
        if name is None:
            hint = nearest(title, names.values()) or f"; start the name of your own with {OWN_MARK}"
            log.fault(title, f"a bank has no such sheet{hint}")
        elif name in sheets:
            log.fault(title, f"there are two sheets {name}; put all rows on one")
        elif isinstance(sheet, Worksheet):
            sheets[name] = sheet
    for name in (BANK_SHEET, *SHEETS):
        if name not in sheets:
            log.fault(name, f"this sheet is missing; {_AGAIN}")
        else:
            _check_size(log, name, sheets[name])
    return sheets


def _check_size(log: WorkbookLog, name: str, sheet: Worksheet) -> None:
    if sheet.max_row > MOST_ROWS:
        log.fault(
            name,
            f"this sheet extends to row {sheet.max_row}; delete the rows "
            f"below the last one in use (at most {MOST_ROWS:,} are read)",
        )
    elif sheet.max_column > MOST_COLUMNS:
        log.fault(
            name,
            f"this sheet extends to column {get_column_letter(sheet.max_column)}; delete the "
            f"columns after the last one in use (at most {MOST_COLUMNS} are read)",
        )


def find_columns(log: WorkbookLog, name: str, sheet: Worksheet, points: int) -> dict[int, Column]:
    """The columns of a bank by their place; without an anchor that no scale of so many has."""
    by_head = {simplify(column.head): column for column in SHEETS[name]}
    columns: dict[int, Column] = {}
    for index in range(1, sheet.max_column + 1):
        head = head_text(sheet, 1, index)
        address = cell_address(sheet, 1, index)
        column = by_head.get(simplify(head))
        if column in columns.values():
            log.fault(address, f"the column {head} appears twice")
        elif column is not None:
            columns[index] = column
        elif not head:
            if _holds_values(sheet, index):
                log.fault(address, "a column with values needs a heading; start yours with #")
        elif not head.startswith(OWN_MARK):
            heads = [column.head for column in SHEETS[name]]
            hint = nearest(head, heads) or "; start the heading of your own columns with #"
            log.fault(address, f"a bank has no column {head} here{hint}")
    beyond = {f"anchor {rating}" for rating in range(points + 1, 8)}
    for column in SHEETS[name]:
        is_needed = not column.optional and column.head not in beyond
        if is_needed and column not in columns.values():
            log.fault(name, f"the column {column.head} is missing; {_AGAIN}")
    return columns


def read_rows(
    log: WorkbookLog, name: str, sheet: Worksheet, columns: Mapping[int, Column]
) -> list[SheetRow]:
    """The rows that are not empty."""
    letters = {column.head: get_column_letter(index) for index, column in columns.items()}
    rows = []
    for index in range(2, sheet.max_row + 1):
        values = {
            column.head: cell_value(log, sheet, index, column_index, column)
            for column_index, column in columns.items()
        }
        if any(is_given(value) for value in values.values()):
            rows.append(SheetRow(name, index, values, letters))
    return rows


def is_given(value: object) -> bool:
    """Whether a cell says anything; nought does."""
    return value not in ("", [], None)


def head_text(sheet: Worksheet, row: int, column: int) -> str:
    """The name in a cell, "" where there is none."""
    cell = sheet.cell(row, column)
    return "" if isinstance(cell, MergedCell) or cell.value is None else str(cell.value).strip()


def simplify(name: str) -> str:
    """A head or a name without what people change in it: capitals, underscores, blanks."""
    return " ".join(name.casefold().replace("_", " ").split())


def _holds_values(sheet: Worksheet, index: int) -> bool:
    rows: Iterable[tuple[Any, ...]] = sheet.iter_rows(
        min_row=2, min_col=index, max_col=index, values_only=True
    )
    return any(row[0] is not None for row in rows)
