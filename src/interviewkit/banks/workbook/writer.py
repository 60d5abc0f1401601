"""A bank as a workbook that a trainer edits in Excel or LibreOffice.

Every cell is text or a number, never a formula, and holds what the bank holds, not a cut of it:
what a workbook cannot hold is refused. Rows that come from a base are grey and say so in a column
of their own, which reading back passes over.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import asdict
from typing import IO, Any

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from interviewkit.banks.loader import BankFile
from interviewkit.banks.model import Bank, Kit, Question
from interviewkit.banks.workbook.columns import (
    BANK_FIELDS,
    ELEMENTS,
    KINDS,
    OWN_MARK,
    SHEETS,
    Column,
    Holds,
    join_lines,
)
from interviewkit.errors import InterviewKitError

_INK, _QUIET, _LINE, _HEAD, _PALE = "FF1F2933", "FF52606D", "FFCBD2D9", "FFE4E7EB", "FFF1F3F5"
_TEXT, _NUMBER, _FROM_BASE, _HEADING, _TITLE = (
    "bank text",
    "bank number",
    "bank from base",
    "bank heading",
    "bank title",
)
MOST_UNITS = 32_767  # UTF-16 units: no cell holds more
ROWS = 2000  # as far down as the drop-downs reach, for rows that are still to come
_POINTS = 14.0  # the height of a line
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NOT_IN_A_CELL = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_SAID = (
    ("How to edit this bank", ""),
    (
        "Sheets",
        "One sheet for each kind of item, one row for each item. The order of the rows is "
        "the order in the bank. To move an item, cut its row and insert it elsewhere.",
    ),
    (
        "Ids",
        "Small letters, digits and single hyphens. Other sheets refer to an item by its id; the "
        "drop-downs list the ids. If you change an id, change it everywhere. A new row may leave "
        "its id empty: an id is made from its words.",
    ),
    (
        "Probes",
        "elicits 1 to 3 say what a full reply would give; pick them from the drop-down. More "
        "than three go into “more elicits”, separated by commas.",
    ),
    (
        "Lists",
        "listen_for, watch_for, authors and words hold one item a line (Alt+Enter in Excel, "
        "Ctrl+Enter in LibreOffice). The sign ⏎ is a line break within an item.",
    ),
    (
        "Anchors",
        "One for each point of the scale. On the sheet Questions, leave them all empty to "
        "use the competency's anchors.",
    ),
    (
        "Scale",
        "Three to seven names on the sheet Bank; leave them empty for five points without names.",
    ),
    (
        "Role plays",
        "A question of kind role_play has its own anchors and fills in the four columns after "
        "them: what the candidate reads, who the interviewer plays, what that person knows, and "
        "the minutes of the role play.",
    ),
    (
        "Weights",
        "A competency not listed for a kit, or without a weight, has the weight 1. “must have” is "
        "the lowest acceptable mean on it: shown if not met, in no total.",
    ),
    (
        "Your own columns",
        "A column whose heading starts with #, or a sheet whose name does, is yours: it is not "
        "read and does not become part of the bank. Any other new column or sheet is refused. "
        "Comments on cells are not read; struck-through text is refused.",
    ),
    (
        "Grey rows",
        "They come from the bank that this one extends. Change a cell to override it in "
        "your bank; delete the row to drop it from your bank. The base stays as it is.",
    ),
    ("Texts", "Everything is plain text: = at the beginning does not start a formula."),
    (
        "Back into the bank",
        "interviewkit bank from-xlsx THIS-FILE.xlsx BANK.yaml: comments and order "
        "of an existing file are kept, and nothing is written while anything is wrong.",
    ),
)


def write_spreadsheet(out: IO[bytes], file: BankFile) -> None:
    """Write the workbook of a bank; InterviewKitError, with every place, when it cannot hold it."""
    rows = {name: list(_rows(name, file.bank)) for name in SHEETS}
    book = Workbook()
    book.remove(book.worksheets[0])
    _add_styles(book)
    faults: list[str] = []
    _add_start(book, file)
    _add_bank(book, file, faults)
    for name, columns in SHEETS.items():
        columns = _columns_used(columns, len(file.bank.ratings))
        _add_sheet(book, name, columns, rows[name], file, faults)
    if faults:
        raise InterviewKitError("This bank does not fit into a workbook.", "\n".join(faults))
    book.properties.title = file.bank.title.translate({0: None})[:200]
    book.properties.creator = "interviewkit"
    book.save(out)


def _columns_used(columns: tuple[Column, ...], points: int) -> tuple[Column, ...]:
    """Without the anchors of ratings that the scale does not have."""
    beyond = {f"anchor {rating}" for rating in range(points + 1, 8)}
    return tuple(column for column in columns if column.head not in beyond)


def bank_values(file: BankFile) -> dict[str, object]:
    """The rows of the sheet Bank: head → what its cell holds."""
    bank = file.bank
    source = re.search(r"^extends:\s*[\"']?([a-z0-9-]+)", file.source, re.MULTILINE)
    values: dict[str, object] = {
        "id": bank.id,
        "extends": source.group(1) if file.extends and source else "",
        "title": bank.title,
        "about": bank.about,
        "language": bank.language,
        "version": bank.version,
        "authors": join_lines(bank.authors),
        "licence": bank.licence or "",
        "jurisdictions": ", ".join(bank.jurisdictions),
    }
    return values | {f"scale {rating}": text for rating, text in (bank.scale or {}).items()}


def _rows(name: str, bank: Bank) -> Iterator[tuple[dict[str, object], tuple[str | int, ...]]]:
    """The rows of a sheet, each with the place in the bank that it stands for."""
    if name == "Competencies":
        for index, competency in enumerate(bank.competencies):
            row = {"id": competency.id, "name": competency.name, "about": competency.about}
            yield row | _anchors(competency.anchors), ("competencies", index)
    elif name == "Questions":
        for index, question in enumerate(bank.questions):
            yield _question(question), ("questions", index)
    elif name == "Probes":
        yield from _probes(bank)
    elif name == "Words":
        for element, texts in (bank.words or {}).items():
            yield {"element": element.value, "words": join_lines(texts)}, ("words", element.value)
    elif name == "Accepted":
        for index, accepted in enumerate(bank.accepted):
            yield asdict(accepted), ("accepted", index)
    else:
        yield from (
            (row, ("kits", i)) for i, kit in enumerate(bank.kits) for row in _of_kit(name, kit)
        )


def _probes(bank: Bank) -> Iterator[tuple[dict[str, object], tuple[str | int, ...]]]:
    for index, question in enumerate(bank.questions):
        for probe_index, probe in enumerate(question.probes):
            row: dict[str, object] = {"question": question.id, "id": probe.id, "ask": probe.ask}
            row |= {f"elicits {n}": element.value for n, element in enumerate(probe.elicits[:3], 1)}
            row["more elicits"] = ", ".join(probe.elicits[3:])
            yield row, ("questions", index, "probes", probe_index)


def _of_kit(name: str, kit: Kit) -> Iterator[dict[str, object]]:
    if name == "Kits":
        row: dict[str, object] = {"id": kit.id, "name": kit.name, "minutes": kit.minutes}
        for name_of_page in ("opening", "closing"):
            page = getattr(kit, name_of_page)
            if page:
                row |= {
                    f"{name_of_page} minutes": page.minutes,
                    f"{name_of_page} say": page.say,
                }
        yield row
    elif name == "Kit questions":
        for entry in kit.questions:
            yield {"kit": kit.id, "question": entry.question, "minutes": entry.minutes}
    elif name == "Weights":
        for competency in dict.fromkeys([*kit.weights, *kit.must_have]):
            yield {
                "kit": kit.id,
                "competency": competency,
                "weight": kit.weights.get(competency),
                "must have": kit.must_have.get(competency),
            }
    else:
        for seat in kit.panel:
            yield {"kit": kit.id, "seat": seat.seat, "focus": ", ".join(seat.focus)}


def _question(question: Question) -> dict[str, object]:
    row: dict[str, object] = {
        "id": question.id,
        "competency": question.competency,
        "kind": question.kind,
        "ask": question.ask,
        "listen_for": join_lines(question.listen_for),
        "watch_for": join_lines(question.watch_for),
    }
    play = question.role_play
    if play:
        row |= {
            "candidate_brief": play.candidate_brief,
            "interviewer_plays": play.interviewer_plays,
            "interviewer_brief": play.interviewer_brief,
            "play minutes": play.minutes,
        }
    return row | _anchors(question.anchors or {})


def _anchors(anchors: dict[int, str]) -> dict[str, object]:
    return {f"anchor {rating}": text for rating, text in anchors.items()}


def _add_styles(book: Workbook) -> None:
    side = Side("thin", _LINE)
    line = Border(left=side, right=side, top=side, bottom=side)
    top, fill = Alignment("left", "top", wrap_text=True), PatternFill("solid", _PALE)
    ink, quiet = Font("Calibri", 10, color=_INK), Font("Calibri", 10, color=_QUIET)
    bold = Font("Calibri", 10, bold=True, color=_INK)
    add = book.add_named_style
    add(NamedStyle(_TEXT, font=ink, alignment=top, border=line, number_format="@"))
    add(NamedStyle(_NUMBER, font=ink, alignment=Alignment("center", "top"), border=line))
    add(NamedStyle(_FROM_BASE, font=quiet, alignment=top, border=line, fill=fill))
    add(NamedStyle(_HEADING, font=bold, alignment=top, fill=PatternFill("solid", _HEAD)))
    add(NamedStyle(_TITLE, font=Font("Calibri", 16, bold=True, color=_INK)))


def _add_start(book: Workbook, file: BankFile) -> None:
    sheet = book.create_sheet("Start here")
    faults: list[str] = []
    for row, (head, text) in enumerate(_SAID, 1):
        _write_cell(sheet, row, 1, head, _TITLE if row == 1 else _HEADING, faults)
        if row > 1:
            _write_cell(sheet, row, 2, text, _TEXT, faults)
            sheet.row_dimensions[row].height = _height([(text, 90)])
    _widths(sheet, (20, 90))
    sheet.row_dimensions[1].height = 26
    _set_up(sheet, file, "1:1")


def _add_bank(book: Workbook, file: BankFile, faults: list[str]) -> None:
    sheet = book.create_sheet("Bank")
    _write_cell(sheet, 1, 1, "field", _HEADING, faults)
    _write_cell(sheet, 1, 2, "value", _HEADING, faults)
    values = bank_values(file)
    for row, column in enumerate(BANK_FIELDS, 2):
        text = str(values.get(column.head) or "")
        _write_cell(sheet, row, 1, column.head, _HEADING, faults)
        _write_cell(sheet, row, 2, text, _TEXT, faults)
        sheet.row_dimensions[row].height = _height([(text, 90)])
    _widths(sheet, (20, 90))
    _set_up(sheet, file, "1:1")
    sheet.freeze_panes = "B2"


def _add_sheet(
    book: Workbook,
    name: str,
    columns: tuple[Column, ...],
    rows: list[tuple[dict[str, object], tuple[str | int, ...]]],
    file: BankFile,
    faults: list[str],
) -> None:
    sheet = book.create_sheet(name)
    heads = [column.head for column in columns]
    if file.extends:
        heads.append(f"{OWN_MARK} from")
    for head_index, head in enumerate(heads, 1):
        _write_cell(sheet, 1, head_index, head, _HEADING, faults)
    base = bank_values(file)["extends"]
    for head_index, (values, loc) in enumerate(rows, 2):
        inherited = file.extends and file.where(loc)[0] != str(file.path)
        for column_index, column in enumerate(columns, 1):
            style = _NUMBER if column.holds is Holds.NUMBER else _TEXT
            style = _FROM_BASE if inherited else style
            _write_cell(sheet, head_index, column_index, values.get(column.head), style, faults)
        if inherited:
            _write_cell(sheet, head_index, len(heads), base, _FROM_BASE, faults)
        cells = [(str(values.get(column.head) or ""), column.width) for column in columns]
        sheet.row_dimensions[head_index].height = _height(cells)
    _widths(sheet, [*(column.width for column in columns), *([24] if file.extends else [])])
    _offer(sheet, columns)
    _set_up(sheet, file, "1:1")
    sheet.freeze_panes = "C2" if name == "Probes" else "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(heads))}{max(2, len(rows) + 1)}"


def _offer(sheet: Worksheet, columns: tuple[Column, ...]) -> None:
    """Drop-downs; they advise, so that an id still to be written can be typed first."""
    lists = {"elements": ELEMENTS, "kinds": KINDS}
    for column_index, column in enumerate(columns, 1):
        if not column.choice:
            continue
        choices = lists.get(column.choice)
        formula = f'"{",".join(choices)}"' if choices else f"'{column.choice}'!$A$2:$A${ROWS}"
        offer = DataValidation("list", formula1=formula, allow_blank=True, showErrorMessage=True)
        offer.errorStyle = "stop" if choices else "warning"
        offer.errorTitle = f"{column.head}"
        offer.error = "Choose one from the list." if choices else "No row has this id yet."
        letter = get_column_letter(column_index)
        offer.add(f"{letter}2:{letter}{ROWS}")
        sheet.add_data_validation(offer)


def _write_cell(
    sheet: Worksheet, row: int, column: int, value: Any, style: str, faults: list[str]
) -> None:
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)  # noqa: S101 - a new sheet has no merged cells
    cell.style = style
    if value is None or value == "":
        return
    if not isinstance(value, str):
        cell.value = int(value) if float(value).is_integer() else value
        return
    address = f"{sheet.title}!{cell.coordinate}"
    if _NOT_IN_A_CELL.search(value):
        faults.append(
            f"{address}: a control character, which a cell cannot hold; remove it from the text"
        )
    elif len(value.encode("utf-16-le")) // 2 > MOST_UNITS:
        faults.append(
            f"{address}: longer than the {MOST_UNITS:,} characters a cell holds; shorten it"
        )
    else:
        # Excel reads _x0041_ as the letter A; escaped, it is what was written.
        cell.value = _ESCAPE.sub("_x005F_", value)
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(("=", "+", "-", "@"))


def _height(texts: list[tuple[str, int]]) -> float:
    lines = max(
        sum(max(1, math.ceil(len(line) / (width * 0.95))) for line in text.split("\n"))
        for text, width in texts
    )
    return max(17.0, min(409.0, lines * _POINTS + 4))


def _widths(sheet: Worksheet, widths: "list[int] | tuple[int, ...]") -> None:
    for column_index, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column_index)].width = width


def _set_up(sheet: Worksheet, file: BankFile, rows: str) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = rows
    sheet.sheet_view.showGridLines = False
    footer = sheet.oddFooter
    assert footer is not None  # noqa: S101 - a new sheet has one
    footer.left.text, footer.center.text, footer.right.text = file.bank.id, "&A", "Page &P of &N"
