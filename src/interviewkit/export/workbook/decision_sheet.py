"""What the panel decides, filled in during the debrief and read back with `records import`."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.worksheet.datavalidation import DataValidation

from interviewkit.banks.workbook.file_check import fault_of_file
from interviewkit.errors import RefusedImportError
from interviewkit.export.workbook import theme
from interviewkit.export.workbook.plan import Contents
from interviewkit.export.workbook.xlsx_writer import Book, CellContent, Sheet
from interviewkit.files import READ_HINT
from interviewkit.interview.clock import local_day
from interviewkit.interview.records import Course, Decision

NAME = "Decision"
HEADS = (
    "Candidate id",
    "Candidate",
    "Overall",
    "Decided so far",
    "Decision",
    "Reason",
    "Next steps",
    "Decided by",
)
SIGNED_BY = ("Date of the debrief", "Present", "Signature")
_HEAD = 5  # the row of the heads
_WIDTHS = (17.0, 24.0, 9.0, 34.0, 18.0, 44.0, 30.0, 20.0)
_ROLE = "Role id"
NOTHING = "Nothing was imported."


@dataclass(frozen=True, slots=True)
class Filled:
    """One row of the sheet in which a decision was chosen. ``place`` is for messages."""

    place: str
    role: str
    candidate: str
    course: Course
    reason: str
    next_steps: str
    by: str


def add_decision_sheet(book: Book, contents: Contents, summary: Sheet) -> None:
    """Write the sheet, a row a candidate."""
    comparison = contents.comparison
    sheet = book.sheet(book.claim(NAME), _WIDTHS, freeze=f"C{_HEAD + 1}", repeat=f"{_HEAD}:{_HEAD}")
    sheet.title(NAME)
    sheet.paragraph(
        "Fill in the yellow cells during the debrief: a decision needs its reason. Afterwards "
        "`interviewkit records import` with this file adds the decisions to the records; ratings "
        "stay as they are. Leave a row empty if nothing was decided."
    )
    sheet.write([sheet.text(_ROLE, theme.QUIET_TEXT), sheet.text(comparison.role.id, theme.QUOTE)])
    sheet.skip()
    sheet.heads(HEADS)
    top, _ = contents.rows
    for index, candidate in enumerate(comparison.candidates):
        overall = "" if candidate.overall is None else round(candidate.overall, 12)
        decided = "\n".join(map(_decision_text, contents.decisions.get(candidate.id, ())))
        cells: list[CellContent | None] = [
            sheet.text(candidate.id),
            sheet.text(candidate.name, theme.STRONG_TEXT),
            sheet.live(f"={summary.at(f'C{top + index}')}", overall, theme.MEAN),
            sheet.text(decided),
            *(sheet.text("", theme.FILL_IN) for _ in HEADS[4:]),
        ]
        lines = max(theme.lines_of(decided, 34), theme.lines_of(candidate.name, 22), 2)
        sheet.write(cells, theme.height_of(lines))
    _validate(sheet, len(comparison.candidates))
    sheet.skip()
    for label in SIGNED_BY:
        # Beside what is read back, so that a signature is never taken for a decision.
        line: list[CellContent | None] = [None, sheet.text(label, theme.STRONG_TEXT)]
        sheet.write([*line, *(sheet.text("", theme.FILL_IN) for _ in range(2))], theme.height_of(2))


def _decision_text(decision: Decision) -> str:
    return f"{local_day(decision.at)} {decision.course.words}, {decision.by}: {decision.reason}"


def _validate(sheet: Sheet, count: int) -> None:
    rule = DataValidation(
        type="list",
        formula1=f'"{",".join(course.words for course in Course)}"',
        allow_blank=True,
        showErrorMessage=True,
        errorTitle="Decision",
        error="Choose one from the list, or leave the cell empty.",
    )
    if count:
        rule.add(f"E{_HEAD + 1}:E{_HEAD + count}")
        sheet.under.data_validations.append(rule)


def read_decision_sheet(path: Path) -> list[Filled]:
    """The decisions filled in. RefusedImportError names every cell at fault; nothing is skipped."""
    fault = fault_of_file(path)
    if fault:
        raise RefusedImportError(
            f"{path} cannot be read: {fault}.",
            f"{NOTHING} Copy the sheet {NAME} into a workbook of its own.",
        )
    try:
        with path.open("rb") as file:  # openpyxl leaves a damaged file open that it opens itself
            book = load_workbook(file, data_only=True)
    except PermissionError as error:
        raise RefusedImportError(
            f"{path} cannot be read: {error.strerror}.", f"{NOTHING} {READ_HINT}"
        ) from error
    except (OSError, BadZipFile, KeyError, ValueError) as error:
        raise RefusedImportError(
            f"{path} is not an Excel workbook that can be read.",
            f"{NOTHING} Save it as an Excel workbook (.xlsx) and try again.",
        ) from error
    if NAME not in book.sheetnames:
        raise RefusedImportError(
            f"{path} has no sheet called {NAME}.",
            f"{NOTHING} Only a workbook that interviewkit wrote with names can be read back.",
        )
    rows = [list(row) for row in book[NAME].iter_rows(values_only=True)]
    role = _role(path, rows)
    faults: list[str] = []
    filled = list(_filled_rows(path, role, rows, faults))
    if faults:
        raise RefusedImportError("\n".join(faults), f"{NOTHING} Fix these cells.")
    return filled


def _role(path: Path, rows: Sequence[Sequence[object]]) -> str:
    heads = [_text(value) for value in rows[_HEAD - 1]] if len(rows) >= _HEAD else []
    if heads[: len(HEADS)] != list(HEADS):
        raise RefusedImportError(
            f"{path}, {NAME}!A{_HEAD}: the column headings are not the original ones.",
            f"{NOTHING} They are: {', '.join(HEADS)}.",
        )
    named = [_text(row[1]) for row in rows[: _HEAD - 1] if _text(row[0]) == _ROLE]
    if not named or not named[0]:
        raise RefusedImportError(
            f"{path}, {NAME}: the line “{_ROLE}” above the headings is missing.",
            f"{NOTHING} Export the workbook again and copy the decisions over.",
        )
    return named[0]


def _filled_rows(
    path: Path, role: str, rows: Sequence[Sequence[object]], faults: list[str]
) -> Iterator[Filled]:
    courses = {course.words: course for course in Course}
    for row_index, row in enumerate(rows[_HEAD:], start=_HEAD + 1):
        candidate, _, _, _, course_text, reason, steps, by = map(_text, [*row, *[None] * 8][:8])
        location = f"{path}, {NAME}!"
        if not course_text:
            if reason or steps:
                faults.append(
                    f"{location}E{row_index}: something is written here, but the decision is "
                    "missing."
                )
        elif course_text.casefold() not in courses:
            course_names = ", ".join(courses)
            faults.append(
                f"{location}E{row_index}: {course_text!r} is not a decision; choose one of "
                f"{course_names}."
            )
        elif not reason:
            faults.append(f"{location}F{row_index}: a decision needs its reason.")
        elif not candidate:
            faults.append(f"{location}A{row_index}: the candidate's id is missing.")
        else:
            course = courses[course_text.casefold()]
            yield Filled(f"{location}A{row_index}", role, candidate, course, reason, steps, by)


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()


def by_candidate(decisions: Sequence[Decision]) -> Mapping[str, list[Decision]]:
    """Candidate id → decisions in the order they were made."""
    grouped: dict[str, list[Decision]] = {}
    for decision in decisions:
        grouped.setdefault(decision.candidate, []).append(decision)
    return grouped
