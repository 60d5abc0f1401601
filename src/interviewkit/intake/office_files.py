"""Lists of questions in a workbook or a Word document, turned into lines and tables."""

import re
import warnings
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from interviewkit.banks.workbook.file_check import DAMAGE, MOST_COLUMNS, MOST_ROWS, fault_of_file
from interviewkit.errors import InterviewKitError
from interviewkit.intake.foreign_text import clean_line
from interviewkit.intake.line_meaning import asks, strip_bullet, strip_number
from interviewkit.intake.list_source import Line, LineKind, Row, Source, Table

if TYPE_CHECKING:
    from docx.table import Table as WordTable
    from docx.text.paragraph import Paragraph

_SHEET = re.compile(r"(sheet|tabelle|feuil|hoja|foglio|blad)\s*\d*", re.IGNORECASE)


def read_workbook(path: Path) -> Source:
    """Each sheet that holds anything: its name as a heading where it says something, its rows."""
    from openpyxl import load_workbook

    _refuse_hollow(path)
    try:
        # Sheets are unpacked row by row, so what is damaged in them, or left out, shows only then.
        with (
            warnings.catch_warnings(action="ignore"),
            path.open("rb") as file,  # openpyxl leaves a damaged file open that it opens itself
            closing(load_workbook(file, read_only=True, data_only=True)) as book,
        ):
            return [block for sheet in book.worksheets for block in _sheet_blocks(sheet)]
    except (OSError, *DAMAGE) as error:
        raise _unreadable(path, error, ".xlsx") from error


def _sheet_blocks(sheet: Any) -> Iterator[Line | Table]:
    title = clean_line(sheet.title)
    rows = tuple(_sheet_rows(sheet, title))
    if rows and not _SHEET.fullmatch(title):
        yield Line(title, LineKind.HEADING, title, 1)
    if rows:
        yield Table(rows)


def _sheet_rows(sheet: Any, title: str) -> Iterator[Row]:
    rows = sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS, max_row=MOST_ROWS)
    for row_index, values in enumerate(rows, 1):
        cells = [_cell_text(value) for value in values]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield Row(f"{title}!{row_index}", tuple(cells))


def _cell_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "\n".join(filter(None, (clean_line(line) for line in str(value).splitlines())))


def read_document(path: Path) -> Source:
    """The paragraphs and tables of a Word document in their order; levels by style and list."""
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError

    _refuse_hollow(path)
    try:
        with path.open("rb") as file:
            return list(_document_blocks(Document(file).iter_inner_content()))
    except (OSError, PackageNotFoundError, *DAMAGE) as error:
        raise _unreadable(path, error, ".docx") from error


def _document_blocks(content: "Iterable[Paragraph | WordTable]") -> Iterator[Line | Table]:
    from docx.table import Table as WordTable

    paragraphs = tables = 0
    for block in content:
        if isinstance(block, WordTable):
            tables += 1
            yield from _word_table(block, tables)
        else:
            paragraphs += 1
            yield from _paragraph_lines(block, f"paragraph {paragraphs}")


def _word_table(table: "WordTable", index: int) -> Source:
    rows = []
    for row_index, row in enumerate(table.rows, 1):
        if sum(cell.grid_span for cell in row._tr.tc_lst) > MOST_COLUMNS:  # python-docx fills all
            raise ValueError(f"a row of more than {MOST_COLUMNS} columns")
        cells = tuple(_cell_text(cell.text) for cell in row.cells)
        if any(cells):
            rows.append(Row(f"table {index}, row {row_index}", cells))
    return [Table(tuple(rows))] if rows else []


def _paragraph_lines(paragraph: "Paragraph", location: str) -> Iterator[Line]:
    style = (paragraph.style.name if paragraph.style is not None else "") or ""
    heading = re.fullmatch(r"(?:Heading|Überschrift) (\d)", style)
    level = _list_level(paragraph, style)
    for piece in paragraph.text.splitlines():
        has_bullet, text = strip_bullet(clean_line(piece))
        ordinal, text = strip_number(text)
        if not text:
            continue
        if style in ("Title", "Titel") or heading:
            yield Line(location, LineKind.HEADING, text, int(heading[1]) if heading else 1)
        elif level is None and _is_bold(paragraph) and not asks(text) and len(text) < 80:
            yield Line(location, LineKind.HEADING, text.rstrip(":"), 5)
        elif level is not None or has_bullet or ordinal:
            yield Line(location, LineKind.ITEM, text, level or 0, ordinal or "-")
        else:
            yield Line(location, LineKind.TEXT, text)


def _list_level(paragraph: "Paragraph", style: str) -> int | None:
    properties: Any = paragraph._p.pPr  # python-docx shows no level of a list
    numbering = None if properties is None else properties.numPr
    if numbering is not None:
        return int(numbering.ilvl.val) if numbering.ilvl is not None else 0
    listed = re.match(r"(?:List (?:Bullet|Number|Paragraph)|Listen?\w*) ?(\d?)", style)
    if not listed:
        return None
    return int(listed[1]) - 1 if listed[1] else 0


def _is_bold(paragraph: "Paragraph") -> bool:
    runs = [run for run in paragraph.runs if run.text.strip()]
    return bool(runs) and all(run.bold for run in runs)


def _refuse_hollow(path: Path) -> None:
    fault = fault_of_file(path)
    if fault:
        raise InterviewKitError(
            f"{path} cannot be read: {fault}.",
            "Nothing was unpacked. Check where the file comes from.",
        )


def _unreadable(path: Path, error: Exception, kind: str) -> InterviewKitError:
    reason = getattr(error, "strerror", None) or f"it is no file of the kind {kind}, or damaged"
    return InterviewKitError(f"{path} cannot be read: {reason}.", "Check the file.")
