"""A workbook back to a bank's plain values, each fault with its sheet and cell, all at once."""

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell import MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from interviewkit.banks.loader import validate_data
from interviewkit.banks.text.yaml_nodes import KEY, Loc
from interviewkit.banks.validation import nearest
from interviewkit.banks.workbook.columns import (
    BANK_FIELDS,
    OPTIONAL,
    OWN_MARK,
    SHEETS,
    Column,
    Holds,
    split_lines,
)
from interviewkit.banks.workbook.size_check import MOST_ROWS, fault_of_file
from interviewkit.errors import InterviewKitError

_START = "Start here"
# Only these two are ours or Excel's: LibreOffice saves a text such as _x0041_ without escaping it.
_ESCAPED = re.compile("_x(005F|000D)_")
_NUMERAL = re.compile(r"\s*[0-9]+([.,][0-9]+)?\s*\Z")
Row = dict[str, Any]


@dataclass(slots=True)
class _Reader:
    """``cells`` tells where the value at a place of the bank stands: ``Probes!C14``."""

    path: Path
    faults: list[str] = field(default_factory=list)
    cells: dict[Loc, str] = field(default_factory=dict)

    def fault(self, cell: str, message: str) -> None:
        """Note what is wrong in a cell or with a sheet."""
        self.faults.append(f"{self.path.name}, {cell}: {message}")

    def where(self, loc: Loc) -> str:
        """The cell of what stands at ``loc``, or of the nearest thing around it."""
        loc = tuple(step for step in loc if step != KEY)
        for length in range(len(loc), 0, -1):
            if loc[:length] in self.cells:
                return self.cells[loc[:length]]
        return "Bank"


def read_spreadsheet(path: Path) -> tuple[dict[str, Any], str]:
    """The bank's whole plain values and the id of the bank it extends, or "".

    InterviewKitError with every fault when anything in the workbook is none of a bank's.
    """
    fault = fault_of_file(path)
    if fault:
        raise InterviewKitError(
            f"{path} cannot be read: {fault}.",
            "Nothing was unpacked. Check where the file comes from; a bank is much smaller.",
        )
    try:
        book = load_workbook(path)
    except (OSError, InvalidFileException, zipfile.BadZipFile, KeyError, ValueError) as error:
        message = getattr(error, "strerror", None) or "it is not an .xlsx workbook"
        raise InterviewKitError(f"{path} cannot be read: {message}.", "Check the file.") from error
    reader = _Reader(path)
    sheet_names = [_START, "Bank", *SHEETS]
    for name in book.sheetnames:
        if name not in sheet_names:
            reader.fault(name, f"a bank has no such sheet{nearest(name, sheet_names)}")
    for name in sheet_names[1:]:
        if name not in book.sheetnames:
            reader.fault(name, "this sheet is missing")
        elif book[name].max_row > MOST_ROWS:
            reader.fault(
                name,
                f"this sheet extends to row {book[name].max_row}; delete the rows "
                f"below the last one in use (at most {MOST_ROWS:,} are read)",
            )
    _stop(reader)
    rows = {name: _rows(reader, book[name], columns) for name, columns in SHEETS.items()}
    data, extends = _bank(reader, book["Bank"])
    _fill(reader, data, rows)
    _stop(reader)
    for loc, _, message in validate_data(data)[1]:
        reader.fault(reader.where(loc), message)
    _stop(reader)
    return data, extends


def _stop(reader: _Reader) -> None:
    if reader.faults:
        count = len(reader.faults)
        noun = "problem" if count == 1 else "problems"
        message = f"{reader.path}: {count} {noun}, so nothing was written."
        raise InterviewKitError(message, "\n".join(dict.fromkeys(reader.faults)))


def _bank(reader: _Reader, sheet: Worksheet) -> tuple[dict[str, Any], str]:
    by_head = {column.head: column for column in BANK_FIELDS}
    data: dict[str, Any] = {"format": 1}
    scale: dict[int, str] = {}
    extends = ""
    for row in range(2, sheet.max_row + 1):
        head = str(sheet.cell(row, 1).value or "").strip()
        if head.startswith(OWN_MARK) or (not head and sheet.cell(row, 2).value is None):
            continue
        if head not in by_head:
            message = (
                f"{head or 'a row without a name'} is not a field of a bank{nearest(head, by_head)}"
            )
            reader.fault(f"Bank!A{row}", message)
            continue
        value = _value(reader, sheet, row, 2, by_head[head])
        loc: Loc = ("scale", int(head[6:])) if head.startswith("scale ") else (head,)
        reader.cells[loc] = f"Bank!B{row}"
        if value in ("", []):
            continue
        if head == "extends":
            extends = str(value)
        elif loc[0] == "scale":
            scale[int(head[6:])] = str(value)
        else:
            data[head] = value
    if scale:
        data["scale"] = scale
    return data, extends


def _rows(reader: _Reader, sheet: Worksheet, columns: tuple[Column, ...]) -> list[tuple[int, Row]]:
    """The rows that are not empty: head → value, with the number of the row."""
    by_head = {column.head: column for column in columns}
    heads: dict[int, Column] = {}
    for index in range(1, sheet.max_column + 1):
        head = str(sheet.cell(1, index).value or "").strip()
        cell = f"{sheet.title}!{get_column_letter(index)}1"
        if head in [column.head for column in heads.values()]:
            reader.fault(cell, f"the column {head} appears twice")
        elif head in by_head:
            heads[index] = by_head[head]
        elif not head:
            if any(row[0] is not None for row in _column(sheet, index)):
                reader.fault(cell, "a column with values needs a heading; start yours with #")
        elif not head.startswith(OWN_MARK):
            hint = nearest(head, by_head) or "; start the heading of your own columns with #"
            reader.fault(cell, f"a bank has no column {head} here{hint}")
    heads_present = [column.head for column in heads.values()]
    reader.faults += [
        f"{reader.path.name}, {sheet.title}: the column {head} is missing"
        for head in by_head
        if head not in heads_present and not head.startswith(OPTIONAL)
    ]
    result = []
    for row in range(2, sheet.max_row + 1):
        values = {c.head: _value(reader, sheet, row, index, c) for index, c in heads.items()}
        if any(value not in ("", [], None) for value in values.values()):
            result.append((row, values | {"": {c.head: n for n, c in heads.items()}}))
    return result


def _column(sheet: Worksheet, index: int) -> Iterator[tuple[Any, ...]]:
    return sheet.iter_rows(min_row=2, min_col=index, max_col=index, values_only=True)


def _value(reader: _Reader, sheet: Worksheet, row: int, index: int, column: Column) -> Any:
    """What a cell holds, in the way of its column; an empty text, list or None when nothing."""
    cell = sheet.cell(row, index)
    address = f"{sheet.title}!{get_column_letter(index)}{row}"
    if isinstance(cell, MergedCell):
        reader.fault(
            address, "this cell is merged with another; unmerge them and give each its value"
        )
        return ""
    value = cell.value
    if cell.data_type == "f":
        reader.fault(address, "a formula; write its result here instead")
        return ""
    if value is not None and cell.data_type in ("d", "b", "e"):
        kind = {"d": "a date", "b": "true or false", "e": "an error"}[cell.data_type]
        reader.fault(
            address, f"the spreadsheet turned it into {kind}; put an apostrophe (') before it"
        )
        return ""
    if column.holds is Holds.NUMBER:
        return _number(reader, address, value)
    text = _ESCAPED.sub(lambda match: chr(int(match.group(1), 16)), _text(value))
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if column.holds is Holds.LINES:
        return split_lines(text)
    if column.holds is Holds.COMMAS:
        return [piece.strip() for piece in text.split(",") if piece.strip()]
    return text


def _number(reader: _Reader, cell: str, value: Any) -> float | int | None:
    if isinstance(value, int | float) or value is None:
        return value
    if _NUMERAL.match(str(value)):
        parsed = float(str(value).strip().replace(",", "."))
        return int(parsed) if parsed.is_integer() else parsed
    if str(value).strip():
        reader.fault(cell, f"{value!r} is not a number")
    return None


def _text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _fill(reader: _Reader, data: dict[str, Any], rows: Mapping[str, list[tuple[int, Row]]]) -> None:
    """The lists of the bank out of the rows, and the cell of each value."""
    data["competencies"] = [
        _part(reader, "Competencies", row_index, row, ("competencies", index))
        for index, (row_index, row) in enumerate(rows["Competencies"])
    ]
    data["questions"] = [
        _part(reader, "Questions", row_index, row, ("questions", index))
        for index, (row_index, row) in enumerate(rows["Questions"])
    ]
    data["kits"] = [
        _kit(reader, row_index, row, ("kits", index))
        for index, (row_index, row) in enumerate(rows["Kits"])
    ]
    for row_index, row in rows["Probes"]:
        _probe(reader, row_index, row, data["questions"])
    for row_index, row in rows["Kit questions"]:
        _below(reader, "Kit questions", row_index, row, data["kits"], "questions")
    for row_index, row in rows["Panel"]:
        _below(reader, "Panel", row_index, row, data["kits"], "panel")
    for row_index, row in rows["Weights"]:
        _weight(reader, row_index, row, data["kits"])
    bank_words: dict[str, list[str]] = {}
    for row_index, row in rows["Words"]:
        reader.cells["words", row["element"]] = f"Words!A{row_index}"
        bank_words.setdefault(row["element"], []).extend(row["words"])
    if bank_words:
        data["words"] = bank_words
    accepted = [
        _part(reader, "Accepted", row_index, row, ("accepted", index))
        for index, (row_index, row) in enumerate(rows["Accepted"])
    ]
    if accepted:
        data["accepted"] = accepted


def _part(reader: _Reader, sheet: str, row_index: int, row: Row, loc: Loc) -> dict[str, Any]:
    """A mapping out of the row's values; empty cells are fields left out, anchors are gathered."""
    result: dict[str, Any] = {}
    anchors: dict[int, Any] = {}
    reader.cells[loc] = f"{sheet}!A{row_index}"
    for head, cell in row[""].items():
        value = row[head]
        target = anchors if head.startswith("anchor ") else result
        key: Any = int(head[7:]) if head.startswith("anchor ") else head
        at: Loc = (*loc, "anchors", key) if target is anchors else (*loc, key)
        reader.cells[at] = f"{sheet}!{get_column_letter(cell)}{row_index}"
        if value not in ("", [], None) and not head.endswith((" minutes", " say")):
            target[key] = value
    if anchors:
        result["anchors"] = anchors
    return result


def _kit(reader: _Reader, row_index: int, row: Row, loc: Loc) -> dict[str, Any]:
    kit = _part(reader, "Kits", row_index, row, loc)
    for name in ("opening", "closing"):
        page = {field: row[f"{name} {field}"] for field in ("minutes", "say")}
        if any(page.values()):
            kit[name] = {key: value for key, value in page.items() if value not in ("", None)}
            for key in page:
                reader.cells[(*loc, name, key)] = reader.cells[(*loc, f"{name} {key}")]
    kit["questions"] = []
    return kit


def _probe(reader: _Reader, row_index: int, row: Row, questions: list[dict[str, Any]]) -> None:
    index = _owner(reader, "Probes", row_index, row["question"], questions, "question")
    if index is None:
        return
    probes = questions[index].setdefault("probes", [])
    loc: Loc = ("questions", index, "probes", len(probes))
    elicits = [row[f"elicits {n}"] for n in (1, 2, 3)]
    probe = _part(reader, "Probes", row_index, row, loc)
    named = [element for element in elicits if element] + row["more elicits"]
    reader.cells[(*loc, "elicits")] = reader.cells[(*loc, "elicits 1")]
    for element_index, element in enumerate(named):
        column = next((n for n in (1, 2, 3) if row[f"elicits {n}"] == element), None)
        key = f"elicits {column}" if column else "more elicits"
        reader.cells[(*loc, "elicits", element_index)] = reader.cells[(*loc, key)]
    probes.append({name: probe[name] for name in ("id", "ask") if name in probe})
    if named:
        probes[-1]["elicits"] = named


def _below(
    reader: _Reader, sheet: str, row_index: int, row: Row, kits: list[dict[str, Any]], name: str
) -> None:
    index = _owner(reader, sheet, row_index, row["kit"], kits, "kit")
    if index is not None:
        items = kits[index].setdefault(name, [])
        entry = _part(reader, sheet, row_index, row, ("kits", index, name, len(items)))
        entry.pop("kit", None)
        items.append(entry)


def _weight(reader: _Reader, row_index: int, row: Row, kits: list[dict[str, Any]]) -> None:
    index = _owner(reader, "Weights", row_index, row["kit"], kits, "kit")
    if index is None:
        return
    name = row["competency"]
    weight, least = row["weight"], row.get("must have")
    if weight is None and least is None:
        reader.fault(f"Weights!C{row_index}", "the weight is missing")
    for field_name, noun, value in (
        ("weights", "weight", weight),
        ("must_have", "must-have", least),
    ):
        if value is None:
            continue
        by_competency = kits[index].setdefault(field_name, {})
        if name in by_competency:
            reader.fault(f"Weights!B{row_index}", f"{name} already has a {noun} in this kit")
        else:
            by_competency[name] = value
            reader.cells["kits", index, field_name, name] = f"Weights!B{row_index}"


def _owner(
    reader: _Reader,
    sheet: str,
    row_index: int,
    owner_id: str,
    items: list[dict[str, Any]],
    kind: str,
) -> int | None:
    ids = [str(item.get("id")) for item in items]
    if owner_id in ids:
        return ids.index(owner_id)
    message = (
        f"there is no {kind} {owner_id}{nearest(owner_id, ids)}"
        if owner_id
        else f"the {kind} is missing"
    )
    reader.fault(f"{sheet}!A{row_index}", message)
    return None
