"""A workbook written from top to bottom: sheets, rows and the three kinds of cells.

Rows go to disk as they are written, so memory stays flat however many there are. openpyxl makes
all of the file but the rows, for which it is too slow. A formula is written with its value beside
it: programs that only look, such as a mail's preview or Excel's protected view, show the number
before anything was calculated.
"""

import re
from collections.abc import Collection, Generator, Iterable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import IO, Any, NamedTuple, Self
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet._writer import WorksheetWriter, create_temporary_file
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo
from openpyxl.writer.excel import ExcelWriter

from interviewkit.export.sanitize import mark_controls
from interviewkit.export.workbook import theme

ROWS = 1_048_576  # in a sheet of Excel's
EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - Excel's day 0; its moments have no zone
_NOT_IN_NAMES = re.compile(r"[\\/*?:\[\]\x00-\x1f]")
_LONGEST_NAME = 31


class CellContent(NamedTuple):
    """One cell as it will be written: ``kind`` is "s" a text, "n" a number, "f" a formula.

    ``value`` of a formula is what it has now. ``style`` is the number of its style.
    """

    kind: str
    value: str | float | None
    style: str
    formula: str = ""
    link: str = ""


class _Writer(WorksheetWriter):
    """openpyxl's writer of a sheet, into whose file our rows go as they are.

    A cell of openpyxl's is an object, and lxml's elements are four more: together they take ten
    times as long as putting a row's text together.
    """

    def __init__(self, sheet: Any) -> None:
        path = create_temporary_file()
        self._file = Path(path).open("wb")  # noqa: SIM115 - closed when the sheet is
        super().__init__(sheet, self._file)
        self.out: str = path

    def taking(self) -> Generator[None, bytes, None]:
        """Write the rows sent to it into the sheet until it is closed."""
        self.write_top()
        xf: Any = self.xf.send(True)
        with xf.element("sheetData"), suppress(GeneratorExit):
            xf.flush()
            while True:
                self._file.write((yield))
        self.xf.send(None)

    def close(self) -> None:
        """The sheet is complete; now its file is read into the workbook."""
        super().close()
        self._file.close()

    def discard(self) -> None:
        """Take the file away, if it is still there."""
        self.xf.close()
        self._file.close()
        with suppress(OSError):
            Path(self.out).unlink()


@cache
def _letters(count: int) -> list[str]:
    return [get_column_letter(column) for column in range(1, count + 1)]


def _row(index: int, cells: Sequence[CellContent | None], height: float | None) -> bytes:
    tall = "" if height is None else f' ht="{height:g}" customHeight="1"'
    parts = [f'<row r="{index}"{tall}>']
    for letter, cell in zip(_letters(len(cells)), cells, strict=True):
        if cell is None:
            continue
        kind, value, style, formula, _ = cell
        head = f'<c r="{letter}{index}" s="{style}"'
        if value is None or (value == "" and not formula):
            parts.append(f"{head}/>")
        elif formula:
            value_text = escape(value) if isinstance(value, str) else repr(value)
            text = ' t="str"' if isinstance(value, str) else ""
            parts.append(f"{head}{text}><f>{escape(formula[1:])}</f><v>{value_text}</v></c>")
        elif kind == "n":
            parts.append(f"{head}><v>{value!r}</v></c>")
        else:
            assert isinstance(value, str)  # noqa: S101 - for the type checker
            space = ' xml:space="preserve"' if value[0].isspace() or value[-1].isspace() else ""
            parts.append(f'{head} t="inlineStr"><is><t{space}>{escape(value)}</t></is></c>')
    parts.append("</row>")
    return "".join(parts).encode()


class Book:
    """The workbook under way. Who may read it (``for_whom``) stands on every printed page, as do
    ``title`` and ``exported``.

    Its sheets lie in temporary files until the ``with`` around it ends, however it ends.
    """

    def __init__(
        self,
        title: str,
        exported: str,
        scale: tuple[int, ...],
        for_whom: str = theme.CONFIDENTIAL,
    ) -> None:
        self.for_whom = for_whom
        self.workbook: Any = Workbook(write_only=True)
        self.title, self.exported, self.scale = title, exported, scale
        self._styles: dict[tuple[str, bool], str] = {}
        self._names: set[str] = set()
        self._sheets: list[Any] = []
        for style in theme.styles(scale):
            self.workbook.add_named_style(style)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for sheet in self._sheets:
            if sheet._rows is not None:
                sheet._rows.close()
            sheet._writer.discard()

    def sheet(
        self,
        name: str,
        widths: Sequence[float],
        *,
        freeze: str = "",
        repeat: str = "",
        repeat_columns: str = "",
        portrait: bool = False,
        one_page: bool = False,
    ) -> "Sheet":
        """A new sheet at the end, under a name from :meth:`claim`.

        ``repeat`` are the rows printed on top of every page, such as ``1:2``.
        """
        worksheet = self.workbook.create_sheet(name)
        self._sheets.append(worksheet)
        for column, width in enumerate(widths, start=1):
            worksheet.column_dimensions[get_column_letter(column)].width = width
        if freeze:
            worksheet.freeze_panes = freeze
        _page(worksheet, self, portrait=portrait)
        if one_page:
            worksheet.page_setup.fitToHeight = 1
        if repeat:
            worksheet.print_title_rows = repeat
        if repeat_columns:
            worksheet.print_title_cols = repeat_columns
        worksheet._writer = _Writer(worksheet)
        return Sheet(self, worksheet, list(widths))

    def claim(self, title: str, avoid: Collection[str] = ()) -> str:
        """A name that Excel takes for a sheet and that no other sheet has; claimed from now on.

        ``avoid`` are names that are kept for sheets to come.
        """
        used_names = self._names | {name.casefold() for name in avoid} | {"history"}
        plain = " ".join(_NOT_IN_NAMES.sub(" ", mark_controls(title)).split()).strip("'") or "Sheet"
        name, counter = plain[:_LONGEST_NAME].strip("' "), 1
        while name.casefold() in used_names:
            counter += 1
            tail = f" ({counter})"
            name = plain[: _LONGEST_NAME - len(tail)].strip("' ") + tail
        self._names.add(name.casefold())
        return name

    def style(self, name: str, *, quoted: bool = False) -> str:
        """The number of a style; ``quoted`` is the same for what looks like a formula."""
        key = (name, quoted)
        if key not in self._styles:
            cell: Any = WriteOnlyCell(self._sheets[0])
            cell.style = name
            cell.quotePrefix = quoted
            self._styles[key] = f"{cell.style_id}"
        return self._styles[key]

    def put_last(self, sheets: Iterable["Sheet"]) -> None:
        """Move these sheets behind all others, in this order."""
        for sheet in sheets:
            self.workbook._sheets.remove(sheet.under)
            self.workbook._sheets.append(sheet.under)

    def save(self, file: IO[bytes]) -> None:
        """Write the whole of it to ``file``."""
        archive = ZipFile(file, "w", ZIP_DEFLATED, allowZip64=True)
        try:
            ExcelWriter(self.workbook, archive).save()
        except BaseException:
            archive.fp = None  # or it would try to finish the archive when it is collected
            raise


class Sheet:
    """One sheet. ``row`` is the number of the row written last; what is written stays as it is."""

    def __init__(self, book: Book, sheet: Any, widths: list[float]) -> None:
        self.book = book
        self.under = sheet
        self.widths = widths
        self.row = 0

    @property
    def name(self) -> str:
        """The name on the sheet's tab."""
        return str(self.under.title)

    def at(self, address: str) -> str:
        """An address on this sheet, for formulas of other sheets."""
        quoted = self.name.replace("'", "''")
        return f"'{quoted}'!{address}"

    # Cells

    def text(self, text: str, style: str = theme.TEXT) -> CellContent:
        """A cell of plain text, even if it looks like a number or formula."""
        quoted = text.startswith(theme.FORMULA)
        return CellContent("s", theme.escape_cell(text), self.book.style(style, quoted=quoted))

    def number(self, value: float | datetime | None, style: str) -> CellContent:
        """A number or a moment without a zone; None is an empty cell with the style."""
        if isinstance(value, datetime):
            value = (value - EPOCH) / timedelta(days=1)
        return CellContent("n", value, self.book.style(style))

    def live(self, formula: str, value: float | str, style: str) -> CellContent:
        """A formula of ours and the value it has as things stand."""
        return CellContent("f", value, self.book.style(style), formula)

    def link(self, text: str, to: str, style: str = theme.LINK) -> CellContent:
        """A text that leads to a place in this workbook, such as ``'Ada Okafor'!A1``."""
        return self.text(text, style)._replace(link=to)

    # Rows

    def write(self, cells: Sequence[CellContent | None], height: float | None = None) -> int:
        """Write one row from the first column; gives its number."""
        if self.under._rows is None:
            self.under._rows = self.under._writer.taking()
            next(self.under._rows)
        self.row += 1
        self.under._rows.send(_row(self.row, cells, height))
        for column, cell in enumerate(cells, start=1):
            if cell is not None and cell.link:
                ref = f"{get_column_letter(column)}{self.row}"
                link = Hyperlink(ref=ref, location=cell.link, display=str(cell.value)[:250])
                self.under._hyperlinks.append(link)
        return self.row

    def skip(self, rows: int = 1) -> None:
        """Leave rows empty."""
        for _ in range(rows):
            self.write([])

    def title(self, text: str) -> None:
        """The sheet's title."""
        self.write([self.text(text, theme.TITLE)], 26)

    def paragraph(
        self, text: str, style: str = theme.QUIET_TEXT, across: int | None = None
    ) -> None:
        """A text as wide as the sheet, or as its first ``across`` columns; split if it is long."""
        last_column = across or len(self.widths)
        width = sum(self.widths[:last_column])
        for piece in theme.pieces(text, width):
            lines = theme.lines_of(piece, width)
            if lines == 1 and style in theme.ON_ONE_LINE:
                self.write([self.text(piece, theme.one_line(style))], theme.height_of(lines))
                continue
            row = self.write([self.text(piece, style)], theme.height_of(lines))
            if last_column > 1:
                self.merge(f"A{row}:{get_column_letter(last_column)}{row}")

    def section(self, text: str) -> None:
        """A heading among rows, with room above it."""
        self.write([self.text(text, theme.SECTION)], 26)

    def heads(self, heads: Sequence[str]) -> int:
        """A row of column heads."""
        lines = max(
            (
                theme.lines_of(head, width - 1)
                for head, width in zip(heads, self.widths, strict=False)
            ),
            default=1,
        )
        return self.write(
            [self.text(head, theme.HEADING) for head in heads], theme.height_of(lines, 20)
        )

    def print_only(self, cells: str) -> None:
        """What is printed unless somebody asks for more, on one page."""
        self.under.print_area = cells
        self.under.page_setup.fitToHeight = 1

    def print_nothing(self) -> None:
        """Leave the sheet out of a print of the whole workbook: the area is an empty cell."""
        self.under.print_area = f"A{self.row + 2}"

    def merge(self, cells: str) -> None:
        """Merge these cells."""
        self.under.merged_cells.ranges.add(CellRange(cells))

    def table(self, name: str, heads: Sequence[str], first_row: int) -> None:
        """Make a table with filters of the rows from ``first``, which has the heads."""
        last_row = max(self.row, first_row + 1)
        ref = f"A{first_row}:{get_column_letter(len(heads))}{last_row}"
        table = Table(displayName=name, ref=ref)
        table.tableColumns = [
            TableColumn(id=column, name=head) for column, head in enumerate(heads, start=1)
        ]
        table.tableStyleInfo = TableStyleInfo("TableStyleLight1", showRowStripes=False)
        table.autoFilter = AutoFilter(ref=ref)
        self.under._tables.add(table)  # add_table warns of what has been done above


def _page(sheet: Any, book: Book, *, portrait: bool) -> None:
    """A4, one page wide, with a line on who may read it."""
    sheet.page_setup.orientation = "portrait" if portrait else "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top = margins.bottom = 0.75
    margins.header = margins.footer = 0.3
    sheet.oddHeader.left.text = theme.header(book.title)
    sheet.oddHeader.right.text = book.for_whom
    sheet.oddFooter.left.text = f"interviewkit · exported {book.exported}"
    sheet.oddFooter.center.text = "&A"
    sheet.oddFooter.right.text = "Page &P of &N"
    sheet.sheet_view.showGridLines = False
