"""The sheets that the numbers rest on: every answer, and every scorecard."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from interviewkit.comparison.comparing import Comparison
from interviewkit.export import theme
from interviewkit.interview.clock import local
from interviewkit.interview.records import OUTCOME_WORDS, Amendment, Answer, Asked, Interview, Note

if TYPE_CHECKING:
    from interviewkit.banks.model import Bank

Card = tuple[Interview, list[Answer]]
Column = tuple[str, float, str]

EVIDENCE: tuple[Column, ...] = (
    ("Candidate", 15, theme.TEXT),
    ("Interviewer", 14, theme.TEXT),
    ("Date", 11, theme.DAY),
    ("Competency", 17, theme.TEXT),
    ("Question", 32, theme.TEXT),
    ("Rating", 9, theme.NUMBER),
    ("Probed", 14, theme.TEXT),
    ("Notes", 54, theme.TEXT),
    ("Probes asked", 38, theme.TEXT),
    ("Skipped", 13, theme.TEXT),
)
SCORECARDS: tuple[Column, ...] = (
    ("Candidate", 18, theme.TEXT),
    ("Interviewer", 18, theme.TEXT),
    ("Kit", 14, theme.TEXT),
    ("Bank", 18, theme.TEXT),
    ("Version", 10, theme.TEXT),
    ("Started", 16, theme.TIME),
    ("Submitted", 16, theme.TIME),
    ("Recommendation", 17, theme.TEXT),
    ("Summary", 56, theme.TEXT),
    ("Opening and closing notes", 36, theme.TEXT),
    ("Seal", 22, theme.TEXT),
)


def add_evidence(
    book: Workbook,
    comparison: Comparison,
    cards: Sequence[Card],
    banks: Mapping[str, "Bank"],
    exported: str,
) -> None:
    """A row for each answer: candidates as in the comparison, each question's answers together."""
    sheet = book.create_sheet("Evidence")
    place: dict[str, int] = {}
    for _, answers in cards:
        for answer in answers:
            place.setdefault(answer.question, len(place))
    order = {candidate.id: number for number, candidate in enumerate(comparison.candidates)}
    found = [
        (interview, answer)
        for interview, answers in cards
        for answer in answers
        if answer.competency is not None
    ]
    found.sort(key=lambda item: (order[item[0].candidate.id], place[item[1].question]))
    rows = [_evidence(interview, answer, banks) for interview, answer in found]
    _fill(sheet, EVIDENCE, rows, repeated=(0, 1, 2, 3, 4))
    _finish(sheet, comparison, EVIDENCE, exported)


def add_scorecards(
    book: Workbook,
    comparison: Comparison,
    cards: Sequence[Card],
    banks: Mapping[str, "Bank"],
    exported: str,
) -> None:
    """A row for each scorecard."""
    sheet = book.create_sheet("Scorecards")
    order = {candidate.id: number for number, candidate in enumerate(comparison.candidates)}
    ordered = sorted(cards, key=lambda card: order[card[0].candidate.id])
    rows = [_scorecard(interview, answers, banks) for interview, answers in ordered]
    _fill(sheet, SCORECARDS, rows, repeated=(0, 1))
    _finish(sheet, comparison, SCORECARDS, exported)


def _evidence(
    interview: Interview, answer: Answer, banks: Mapping[str, "Bank"]
) -> tuple[object, ...]:
    bank = banks[interview.bank_sha256]
    question = bank.question(answer.question)
    return (
        interview.candidate.name,
        interview.interviewer,
        _moment(interview.started_at),
        bank.competency(question.competency).name,
        question.ask,
        answer.counts,
        answer.line,
        "\n".join(
            [
                *(_note(note, answer.probes) for note in answer.notes),
                *(_amendment(one) for one in answer.amendments),
            ]
        ),
        "\n".join(_asked(number, asked) for number, asked in enumerate(answer.probes, start=1)),
        answer.skipped or "",
    )


def _scorecard(
    interview: Interview, answers: Sequence[Answer], banks: Mapping[str, "Bank"]
) -> tuple[object, ...]:
    pages = [answer for answer in answers if answer.competency is None]
    return (
        interview.candidate.name,
        interview.interviewer,
        interview.kit,
        interview.bank,
        banks[interview.bank_sha256].version,
        _moment(interview.started_at),
        _moment(interview.submitted_at or interview.started_at),
        _recommended(interview),
        interview.summary,
        "\n".join(_note(note, ()) for page in pages for note in page.notes),
        interview.seal or "",
    )


def _recommended(interview: Interview) -> str:
    """The recommendation that counts, what it was, why it does not follow the ratings."""
    given = interview.recommendation.words if interview.recommendation else ""
    said = (
        f"{interview.amended.words} (amended, was {given}: {interview.amended_why})"
        if interview.amended
        else given
    )
    return f"{said}: {interview.reason}" if interview.reason else said


def _amendment(one: Amendment) -> str:
    """``amended 02 Mar 09:40, rating 4: why``; what it was stands beside the rating."""
    value = "not assessed" if one.value is None else one.value
    return f"amended {local(one.at):%d %b %H:%M}, {one.what} {value}: {one.reason}"


def _note(note: Note, asked: Sequence[Asked]) -> str:
    """``12:38 text``; under a probe indented, with the probe's number in the next column."""
    numbers = {probe.probe: number for number, probe in enumerate(asked, start=1)}
    if note.probe in numbers:
        return f"    {local(note.at):%H:%M} ({numbers[note.probe]}) {note.text}"
    return f"{local(note.at):%H:%M} {note.text}"


def _asked(number: int, asked: Asked) -> str:
    brought = OUTCOME_WORDS[asked.outcome] if asked.outcome else "outcome not noted"
    return f"({number}) {local(asked.at):%H:%M} {asked.text} – {brought}"


def _moment(kept: str) -> datetime:
    """Local time without its zone, which Excel's moments cannot have."""
    return local(kept).replace(tzinfo=None)


def _fill(
    sheet: Worksheet,
    columns: Sequence[Column],
    rows: Sequence[tuple[object, ...]],
    repeated: Sequence[int],
) -> None:
    """Heads and rows as one table. A text too long for a cell goes on in the row below.

    ``repeated`` are the columns that such a row has again, so that a filter keeps it with its
    first; everything else stands once, so that nothing is counted twice.
    """
    for column, (head, _, _) in enumerate(columns, start=1):
        theme.put_text(sheet, 1, column, head, theme.HEADING)
    row = 1
    for values in rows or [("",) * len(columns)]:
        split = [
            theme.pieces(value, width) if isinstance(value, str) else []
            for value, (_, width, _) in zip(values, columns, strict=True)
        ]
        for part in range(max(map(len, split))):
            row += 1
            most = 1
            for index, (value, (_, width, style)) in enumerate(zip(values, columns, strict=True)):
                again = part == 0 or index in repeated
                if isinstance(value, str):
                    texts = split[index]
                    text = texts[part] if part < len(texts) else texts[-1] if again else ""
                    theme.put_text(sheet, row, index + 1, text, style)
                    most = max(most, theme.lines_of(text, width))
                else:
                    theme.put(sheet, row, index + 1, value if again else None, style)
            theme.height(sheet, row, most)
    table = Table(displayName=sheet.title, ref=f"A1:{get_column_letter(len(columns))}{row}")
    table.tableStyleInfo = TableStyleInfo("TableStyleLight1", showRowStripes=False)
    sheet.add_table(table)


def _finish(
    sheet: Worksheet, comparison: Comparison, columns: Sequence[Column], exported: str
) -> None:
    theme.widths(sheet, (width for _, width, _ in columns))
    sheet.row_dimensions[1].height = 22
    sheet.freeze_panes = "B2"
    theme.page(sheet, comparison.role.title, exported, "1:1", "")
