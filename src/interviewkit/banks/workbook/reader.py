"""A workbook back to a bank's plain values, each fault with its sheet and cell, all at once."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from openpyxl.worksheet.worksheet import Worksheet

from interviewkit.banks.ids import unused_id
from interviewkit.banks.loader import validate_data
from interviewkit.banks.model import FEWEST, MOST, RATINGS
from interviewkit.banks.text.yaml_nodes import Loc
from interviewkit.banks.validation import nearest
from interviewkit.banks.workbook.cells import WorkbookLog, cell_value
from interviewkit.banks.workbook.columns import BANK_FIELDS, OWN_MARK, SHEETS
from interviewkit.banks.workbook.file_check import open_workbook
from interviewkit.banks.workbook.sheet_rows import (
    BANK_SHEET,
    SheetRow,
    find_columns,
    find_sheets,
    head_text,
    is_given,
    read_rows,
    simplify,
)

_TITLES = {"Competencies": "name", "Questions": "ask", "Probes": "ask", "Kits": "name"}
_ROLE_PLAY = {  # head of a column → field
    "candidate_brief": "candidate_brief",
    "interviewer_plays": "interviewer_plays",
    "interviewer_brief": "interviewer_brief",
    "play minutes": "minutes",
}
Item = dict[str, Any]


class SpreadsheetBank(NamedTuple):
    """A bank's whole plain values, the id of the bank it extends or "", and what to tell of it."""

    data: dict[str, Any]
    extends: str
    remarks: Sequence[str]


def read_spreadsheet(path: Path) -> SpreadsheetBank:
    """InterviewKitError with every fault when anything in the workbook is none of a bank's.

    What is wrong with sheets and columns is told first: without them rows cannot be read.
    """
    log = WorkbookLog(path)
    sheets = find_sheets(log, open_workbook(path))
    log.stop()
    data, extends = _bank(log, sheets[BANK_SHEET])
    points = len(data.get("scale", ()))
    points = points if FEWEST <= points <= MOST else len(RATINGS)
    columns = {name: find_columns(log, name, sheets[name], points) for name in SHEETS}
    log.stop()
    _fill(log, data, {name: read_rows(log, name, sheets[name], columns[name]) for name in SHEETS})
    cells_at_fault = {cell for cell, _ in log.faults}
    for loc, code, message in validate_data(data)[1]:
        if code == "missing-field" and log.where(loc) in cells_at_fault:
            continue  # what stands there cannot be used, and that has been told
        log.fault(log.where(loc), _duplicate(log, data, loc) if code == "duplicate-id" else message)
    log.stop()
    return SpreadsheetBank(data, extends, tuple(dict.fromkeys(log.remarks)))


def _bank(log: WorkbookLog, sheet: Worksheet) -> tuple[dict[str, Any], str]:
    by_head = {simplify(column.head): column for column in BANK_FIELDS}
    data: dict[str, Any] = {"format": 1}
    scale: dict[int, str] = {}
    extends = ""
    for row in range(2, sheet.max_row + 1):
        head = head_text(sheet, row, 1)
        if head.startswith(OWN_MARK) or (not head and sheet.cell(row, 2).value is None):
            continue
        column = by_head.get(simplify(head))
        if column is None:
            hint = nearest(head, [column.head for column in BANK_FIELDS])
            log.fault(
                f"Bank!A{row}", f"{head or 'a row without a name'} is not a field of a bank{hint}"
            )
            continue
        value = cell_value(log, sheet, row, 2, column)
        point = int(column.head[6:]) if column.head.startswith("scale ") else None
        loc: Loc = (column.head,) if point is None else ("scale", point)
        if loc in log.cells:
            log.fault(f"Bank!A{row}", f"{column.head} appears twice")
        log.cells[loc] = f"Bank!B{row}"
        if not is_given(value):
            continue
        if column.head == "extends":
            extends = str(value)
        elif point is not None:
            scale[point] = str(value)
        else:
            data[column.head] = value
    if scale:
        data["scale"] = scale
    return data, extends


def _duplicate(log: WorkbookLog, data: Mapping[str, Any], loc: Loc) -> str:
    """Which row has the id already."""
    items: Any = data
    for step in loc[:-2]:
        items = items[step]
    key = str(loc[-1])
    name = items[loc[-2]][key]
    earlier = next(index for index, item in enumerate(items) if item.get(key) == name)
    address = log.where((*loc[:-2], earlier, key)).rpartition("!")[2]
    if key == "id":
        return f"{address} already has the id {name}; give this row another id"
    return f"{address} already has the {key} {name}; a kit can have it only once"


def _fill(log: WorkbookLog, data: dict[str, Any], rows: Mapping[str, Sequence[SheetRow]]) -> None:
    """The lists of the bank out of the rows, and the cell of each value."""
    for name in ("Competencies", "Questions", "Kits"):
        items: list[Item] = []
        for row in rows[name]:
            loc: Loc = (name.lower(), len(items))
            items.append(_MAKERS.get(name, _item)(log, row, loc))
        _give_ids(log, name, rows[name], items)
        data[name.lower()] = items
    _fill_probes(log, rows["Probes"], data["questions"])
    for row in rows["Kit questions"]:
        _add_to_kit(log, row, data["kits"], "questions")
    for row in rows["Panel"]:
        _add_to_kit(log, row, data["kits"], "panel")
    for row in rows["Weights"]:
        _weight(log, row, data["kits"])
    bank_words: dict[str, list[str]] = {}
    for row in rows["Words"]:
        log.cells["words", row.values["element"]] = row.cell("element")
        bank_words.setdefault(row.values["element"], []).extend(row.values["words"])
    accepted = [_item(log, row, ("accepted", index)) for index, row in enumerate(rows["Accepted"])]
    data |= {"words": bank_words} if bank_words else {}
    data |= {"accepted": accepted} if accepted else {}


def _give_ids(
    log: WorkbookLog, sheet: str, rows: Sequence[SheetRow], items: Sequence[Item]
) -> None:
    """An id for each row without one, from its own words."""
    used = {str(item["id"]) for item in items if "id" in item}
    for row, item in zip(rows, items, strict=True):
        if "id" not in item:
            item["id"] = unused_id(str(row.values[_TITLES[sheet]]), used)
            used.add(item["id"])
            log.remark(row.cell("id"), f"the row got the id {item['id']}")


def _item(log: WorkbookLog, row: SheetRow, loc: Loc) -> Item:
    """A mapping out of the row's values; empty cells are fields left out, anchors are gathered."""
    result: Item = {}
    anchors: dict[int, Any] = {}
    log.cells[loc] = f"{row.sheet}!A{row.index}"
    for head, value in row.values.items():
        rating = int(head[7:]) if head.startswith("anchor ") else None
        log.cells[(*loc, head) if rating is None else (*loc, "anchors", rating)] = row.cell(head)
        if not is_given(value) or head.endswith((" minutes", " say")):
            continue
        if rating is None:
            result[head] = value
        else:
            anchors[rating] = value
    if anchors:
        result["anchors"] = anchors
    return result


def _question(log: WorkbookLog, row: SheetRow, loc: Loc) -> Item:
    question = _item(log, row, loc)
    role_play = {}
    for head, name in _ROLE_PLAY.items():
        log.cells[(*loc, "role_play", name)] = row.cell(head)
        if is_given(question.pop(head, row.values.get(head))):
            role_play[name] = row.values[head]
    if role_play:
        question["role_play"] = role_play
        log.cells[(*loc, "role_play")] = row.cell("candidate_brief")
    return question


def _kit(log: WorkbookLog, row: SheetRow, loc: Loc) -> Item:
    kit = _item(log, row, loc)
    for name in ("opening", "closing"):
        page = {field: row.values[f"{name} {field}"] for field in ("minutes", "say")}
        for field in page:
            log.cells[(*loc, name, field)] = row.cell(f"{name} {field}")
        if any(page.values()):
            kit[name] = {field: value for field, value in page.items() if is_given(value)}
    kit["questions"] = []
    return kit


_MAKERS = {"Questions": _question, "Kits": _kit}


def _fill_probes(log: WorkbookLog, rows: Sequence[SheetRow], questions: list[Item]) -> None:
    filled: dict[int, list[tuple[SheetRow, Item]]] = {}
    for row in rows:
        index = _owner(log, row, questions, "question")
        if index is not None:
            probes = questions[index].setdefault("probes", [])
            loc: Loc = ("questions", index, "probes", len(probes))
            probes.append(_probe(log, row, loc))
            filled.setdefault(index, []).append((row, probes[-1]))
    for pairs in filled.values():
        _give_ids(log, "Probes", [row for row, _ in pairs], [probe for _, probe in pairs])


def _probe(log: WorkbookLog, row: SheetRow, loc: Loc) -> Item:
    fields = _item(log, row, loc)
    probe: Item = {name: fields[name] for name in ("id", "ask") if name in fields}
    heads = ("elicits 1", "elicits 2", "elicits 3")
    elicits = [(head, row.values[head]) for head in heads if row.values[head]]
    elicits += [("more elicits", element) for element in row.values["more elicits"]]
    log.cells[(*loc, "elicits")] = row.cell("elicits 1")
    for index, (head, _) in enumerate(elicits):
        log.cells[(*loc, "elicits", index)] = row.cell(head)
    if elicits:
        probe["elicits"] = [element for _, element in elicits]
    return probe


def _add_to_kit(log: WorkbookLog, row: SheetRow, kits: list[Item], name: str) -> None:
    index = _owner(log, row, kits, "kit")
    if index is not None:
        items = kits[index].setdefault(name, [])
        entry = _item(log, row, ("kits", index, name, len(items)))
        entry.pop("kit", None)
        items.append(entry)


def _weight(log: WorkbookLog, row: SheetRow, kits: list[Item]) -> None:
    index = _owner(log, row, kits, "kit")
    if index is None:
        return
    name = row.values["competency"]
    weight, least = row.values["weight"], row.values.get("must have")
    if weight is None and least is None:
        log.fault(row.cell("weight"), "the weight is missing")
    for field, noun, value in (("weights", "weight", weight), ("must_have", "must-have", least)):
        if value is None:
            continue
        by_competency = kits[index].setdefault(field, {})
        if name in by_competency:
            log.fault(row.cell("competency"), f"{name} already has a {noun} in this kit")
        else:
            by_competency[name] = value
            log.cells["kits", index, field, name] = row.cell("competency")


def _owner(log: WorkbookLog, row: SheetRow, items: list[Item], kind: str) -> int | None:
    """The place of the question or kit that a row belongs to; a fault where there is none."""
    owner_id = row.values[kind]
    ids = [str(item.get("id")) for item in items]
    if owner_id in ids:
        return ids.index(owner_id)
    message = f"there is no {kind} {owner_id}{nearest(owner_id, ids)}"
    log.fault(row.cell(kind), message if owner_id else f"the {kind} is missing")
    return None
