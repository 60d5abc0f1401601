"""What one cell of a bank's workbook holds, and what is wrong with it, by its address."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl.cell import Cell, MergedCell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from interviewkit.banks.text.yaml_nodes import KEY, Loc
from interviewkit.banks.workbook.columns import SHEETS, Column, Holds, split_lines
from interviewkit.errors import InterviewKitError
from interviewkit.plurals import count_noun

# Only these two are ours or Excel's: LibreOffice saves a text such as _x0041_ without escaping it.
_ESCAPED = re.compile("_x(005F|000D)_")
_NUMERAL = re.compile(r"\s*[0-9]+([.,][0-9]+)?\s*\Z")
_MADE = {"d": "a date", "b": "true or false", "e": "an error"}


@dataclass(slots=True)
class WorkbookLog:
    """What is wrong (``faults``) and what is worth knowing (``remarks``), a sentence each.

    ``cells`` tells where the value at a place of the bank stands: ``Probes!C14``.
    """

    path: Path
    faults: list[tuple[str, str]] = field(default_factory=list)  # cell, message
    remarks: list[str] = field(default_factory=list)
    cells: dict[Loc, str] = field(default_factory=dict)

    def fault(self, cell: str, message: str) -> None:
        """Note what is wrong in a cell or with a sheet."""
        self.faults.append((cell, message))

    def remark(self, cell: str, message: str) -> None:
        """Note what does no harm."""
        self.remarks.append(f"{self.path.name}, {cell}: {message}")

    def where(self, loc: Loc) -> str:
        """The cell of what stands at ``loc``, or of the nearest thing around it."""
        loc = tuple(step for step in loc if step != KEY)
        for length in range(len(loc), 0, -1):
            if loc[:length] in self.cells:
                return self.cells[loc[:length]]
        return "Bank"

    def stop(self) -> None:
        """InterviewKitError with every fault, if there is any."""
        if self.faults:
            ordered = sorted(self.faults, key=lambda fault: _reading_order(fault[0]))
            faults = [f"{self.path.name}, {cell}: {text}" for cell, text in dict.fromkeys(ordered)]
            problems = count_noun(len(faults), "problem")
            message = f"{self.path}: {problems}, so nothing was written."
            raise InterviewKitError(message, "\n".join(faults))


def _reading_order(cell: str) -> tuple[int, int]:
    """By sheet, then by row; what is about a whole sheet stands before its cells."""
    name, _, address = cell.partition("!")
    row = int(re.sub(r"\D", "", address) or 0)
    return (list(SHEETS).index(name) + 1 if name in SHEETS else 0), row


def cell_address(sheet: Worksheet, row: int, column: int) -> str:
    """``Probes!C14``."""
    return f"{sheet.title}!{get_column_letter(column)}{row}"


def cell_value(log: WorkbookLog, sheet: Worksheet, row: int, index: int, column: Column) -> Any:
    """What a cell holds, in the way of its column; an empty text, list or None when nothing."""
    cell = sheet.cell(row, index)
    address = cell_address(sheet, row, index)
    if isinstance(cell, MergedCell):
        log.fault(address, "this cell is merged with another; unmerge them and give each its value")
        return ""
    if cell.comment is not None:
        log.remark(address, "its comment does not become part of the bank")
    fault = _fault_of_cell(cell)
    if fault:
        log.fault(address, fault)
        return ""
    if column.holds is Holds.NUMBER:
        return _number(log, address, cell.value)
    text = _ESCAPED.sub(lambda match: chr(int(match.group(1), 16)), _text(cell.value))
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if column.holds is Holds.LINES:
        return split_lines(text)
    if column.holds is Holds.COMMAS:
        return [piece.strip() for piece in text.split(",") if piece.strip()]
    return text


def _fault_of_cell(cell: Cell) -> str:
    if cell.data_type == "f":
        return "a formula; write its result here instead"
    if cell.value is None:
        return ""
    if cell.data_type in _MADE:
        kind = _MADE[cell.data_type]
        return f"the spreadsheet turned it into {kind}; put an apostrophe (') before it"
    if any(_struck_texts(cell)):
        return "struck-through text; delete it, or remove the strikethrough"
    return ""


def _struck_texts(cell: Cell) -> Iterator[str]:
    """The texts of a cell with a line through them; blanks do not count."""
    if isinstance(cell.value, CellRichText):
        runs = [run for run in cell.value if isinstance(run, TextBlock)]
        yield from (run.text for run in runs if run.font.strike and run.text.strip())
    try:
        is_struck = cell.font.strike
    except IndexError:  # a damaged workbook may name a font that it does not have
        return
    if is_struck and str(cell.value).strip():
        yield str(cell.value)


def _number(log: WorkbookLog, address: str, value: Any) -> float | int | None:
    if isinstance(value, int | float) or value is None:
        return value
    if _NUMERAL.match(str(value)):
        parsed = float(str(value).strip().replace(",", "."))
        return int(parsed) if parsed.is_integer() else parsed
    if str(value).strip():
        log.fault(address, f"{str(value)!r} is not a number")
    return None


def _text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)
