"""The long sheets that the numbers rest on: every answer, and every scorecard.

Both are tables with filters, filled candidate by candidate as the scorecards are read.
"""

from collections.abc import Sequence
from datetime import datetime

from interviewkit.banks.model import Bank
from interviewkit.export.workbook import cell_text, theme
from interviewkit.export.workbook.plan import Card, Contents, moment
from interviewkit.export.workbook.xlsx_writer import ROWS, Book, CellContent, Sheet
from interviewkit.interview.records import Answer, Interview

Column = tuple[str, float, str]
Value = str | float | datetime | None

EVIDENCE: tuple[Column, ...] = (
    ("Candidate", 15, theme.TEXT),
    ("Interviewer", 14, theme.TEXT),
    ("Date", 11, theme.DAY),
    ("Competency", 17, theme.TEXT),
    ("Question", 32, theme.TEXT),
    ("Rating", 9, theme.RATING),
    ("Probed", 16, theme.TEXT),
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
_SPARE = 50  # rows kept free at the end of a sheet


class Rows:
    """A table filled from above: texts too long for a cell go on in the row below.

    ``repeated`` are the columns that such a row has again, so that a filter keeps it with its
    first; everything else stands once, so that nothing is counted twice. What no longer fits in a
    sheet of Excel's is counted in ``left_out``.
    """

    def __init__(
        self, book: Book, name: str, columns: Sequence[Column], repeated: Sequence[int]
    ) -> None:
        widths = [width for _, width, _ in columns]
        self.sheet = book.sheet(book.claim(name), widths, freeze="B2", repeat="1:1")
        self._columns = columns
        self._repeated = frozenset(repeated)
        self.left_out = 0
        self.sheet.write([self.sheet.text(head, theme.HEADING) for head, _, _ in columns], 22)

    def add(self, values: Sequence[Value]) -> None:
        """One row of values: texts, numbers, moments or None."""
        if self.sheet.row >= ROWS - _SPARE:
            self.left_out += 1
            return
        split = [
            theme.pieces(value, width) if isinstance(value, str) else None
            for value, (_, width, _) in zip(values, self._columns, strict=True)
        ]
        for row_index in range(max(len(texts) if texts else 1 for texts in split)):
            self._write(values, split, row_index)

    def _write(
        self, values: Sequence[Value], split: list[list[str] | None], row_index: int
    ) -> None:
        sheet, most = self.sheet, 1
        cells: list[CellContent | None] = []
        for index, (value, texts) in enumerate(zip(values, split, strict=True)):
            _, width, style = self._columns[index]
            again = row_index == 0 or index in self._repeated
            if texts is None:
                assert not isinstance(value, str)  # noqa: S101 - those have texts
                cells.append(sheet.number(value if again else None, style))
                continue
            text = texts[row_index] if row_index < len(texts) else texts[-1] if again else ""
            cells.append(sheet.text(text, style))
            most = max(most, theme.lines_of(text, width))
        sheet.write(cells, theme.height_of(most))

    def finish(self) -> None:
        """Make a table of it; one without rows gets an empty one."""
        if self.sheet.row == 1:
            self.add([""] * len(self._columns))
        self.sheet.table(self.sheet.name, [head for head, _, _ in self._columns], 1)


class EvidenceSheets:
    """The two sheets, Evidence and Scorecards."""

    def __init__(self, book: Book, contents: Contents) -> None:
        self.answers = Rows(book, "Evidence", EVIDENCE, repeated=(0, 1, 2, 3, 4))
        self._cards = Rows(book, "Scorecards", SCORECARDS, repeated=(0, 1))
        self._banks = contents.banks

    @property
    def sheets(self) -> tuple[Sheet, Sheet]:
        """Both, as they stand in the workbook."""
        return self.answers.sheet, self._cards.sheet

    def add(self, cards: Sequence[Card]) -> None:
        """One candidate's scorecards: each question's answers together, in the kits' order."""
        positions: dict[str, int] = {}
        for _, answers in cards:
            for answer in answers:
                positions.setdefault(answer.question, len(positions))
        pairs = [(card, answer) for card, answers in cards for answer in answers]
        pairs.sort(key=lambda item: positions[item[1].question])
        for interview, answer in pairs:
            if answer.competency is not None:
                self.answers.add(_answer(interview, answer, self._banks[interview.bank_sha256]))
        for interview, answers in cards:
            bank = self._banks[interview.bank_sha256]
            self._cards.add(_scorecard(interview, answers, bank))

    def finish(self) -> int:
        """Close both tables; how many answers no longer fitted."""
        self.answers.finish()
        self._cards.finish()
        return self.answers.left_out


def _answer(interview: Interview, answer: Answer, bank: Bank) -> tuple[Value, ...]:
    question = bank.question(answer.question)
    return (
        interview.candidate.name,
        interview.interviewer,
        moment(interview.started_at),
        bank.competency(question.competency).name,
        question.ask,
        answer.counts,
        answer.line,
        cell_text.notes(answer),
        cell_text.probes(answer),
        answer.skipped or "",
    )


def _scorecard(interview: Interview, answers: Sequence[Answer], bank: Bank) -> tuple[Value, ...]:
    return (
        interview.candidate.name,
        interview.interviewer,
        interview.kit,
        interview.bank,
        bank.version,
        moment(interview.started_at),
        moment(interview.submitted_at or interview.started_at),
        cell_text.recommendation_cell(interview),
        interview.summary,
        cell_text.page_notes(answers),
        interview.seal or "",
    )
