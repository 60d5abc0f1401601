"""A table of questions: what its columns hold, by their heads or by their content."""

import re
from collections.abc import Mapping, Sequence

from interviewkit.intake.line_meaning import (
    Label,
    asks,
    label_of,
    minutes_of,
    plain_words,
    strip_bullet,
    strip_minutes,
    strip_number,
)
from interviewkit.intake.list_source import Row, Table
from interviewkit.intake.question_list import ListedQuestion, QuestionList, Unplaced
from interviewkit.intake.text_pieces import split_probes, split_remarks

_HEADS_WITHIN = 10  # rows from the top in which the heads may be
_COUNTING = re.compile(r"#|no\.?|nr\.?|id|number|nummer|lfd\.? ?nr\.?|s\.? ?no\.?", re.IGNORECASE)
_ANCHOR = re.compile(
    r"(?:(?:score|rating|anchor|level|points?|stufe|note)\s*)?([1-7])(?:\s*[-–—=:.(].*)?"
    r"|[^\d]+\(([1-7])\)",
    re.IGNORECASE,
)
Heads = Mapping[int, Label | int | None]  # column → what it holds, an int for a rating's anchor


def read_table(result: QuestionList, table: Table, section: str) -> None:
    """Everything a table holds, put into the list or named as unplaced."""
    start, heads = _heads(table.rows)
    if Label.QUESTION not in heads.values() and _read_scale(result, table.rows, section):
        return
    if Label.QUESTION not in heads.values() and _read_matrix(result, table.rows, start, heads):
        return
    if Label.QUESTION not in heads.values():
        heads = _heads_by_content(table.rows[start:], heads)
    if Label.QUESTION not in heads.values():
        for row in table.rows:
            _leave_out(result, row, " | ".join(filter(None, row.cells)), "a row without a question")
        return
    for row in table.rows[: max(0, start - 1)]:
        _read_title(result, row)
    _Columns(result, heads, table.rows[start - 1].cells if start else (), section).read(
        table.rows[start:]
    )


class _Columns:
    """The rows below the heads, read one by one; an empty competency is that of the row above."""

    def __init__(
        self, result: QuestionList, heads: Heads, names: Sequence[str], section: str
    ) -> None:
        self._result = result
        self._heads = heads
        self._names = names
        self._competency = section
        self._question: ListedQuestion | None = None

    def read(self, rows: Sequence[Row]) -> None:
        """All of them."""
        for row in rows:
            cells = {at: cell for at, cell in enumerate(row.cells) if cell.strip()}
            by_label = {
                label: cells[at] for at, label in self._heads.items() if at in cells and label
            }
            if Label.COMPETENCY in by_label:
                self._competency = plain_words(" ".join(by_label[Label.COMPETENCY].split()))
            if Label.QUESTION in by_label:
                self._start(row, by_label[Label.QUESTION])
            elif len(cells) == 1 and Label.COMPETENCY not in by_label and self._is_section(cells):
                _, self._competency = strip_number(next(iter(cells.values())))
                self._question = None
                continue
            for at, cell in cells.items():
                self._place(row, at, cell)

    def _is_section(self, cells: Mapping[int, str]) -> bool:
        """A row with nothing but a few words at its left end is a heading inside the table."""
        ((at, cell),) = cells.items()
        return (
            at == 0
            and self._heads.get(at) not in (Label.PROBES, Label.LISTEN_FOR)
            and (len(cell) <= 80)
        )

    def _start(self, row: Row, cell: str) -> None:
        counts = self._result.counts
        lines = []
        for line in cell.splitlines():
            has_bullet, text = strip_bullet(line.strip())
            ordinal, text = strip_number(text)
            counts.bullets += has_bullet
            counts.numberings += bool(ordinal)
            lines.append(text)
        at = next((at for at, text in enumerate(lines) if asks(text)), 0)
        minutes, ask = strip_minutes(plain_words(lines[at]))
        self._question = ListedQuestion(row.location, ask, self._competency, minutes=minutes)
        self._result.questions.append(self._question)
        for text in [*lines[:at], *lines[at + 1 :]]:
            if asks(text):
                self._question.probes += split_probes(text)
            else:
                self._question.listen_for += split_remarks(text)
                counts.unlabelled += 1

    def _place(self, row: Row, at: int, cell: str) -> None:
        label, question = self._heads.get(at), self._question
        if label in (Label.QUESTION, Label.COMPETENCY):
            return
        if label is None and self._is_counting(at, cell):
            self._result.counts.numberings += 1
            return
        if question is None or label is None or not _fill_field(question, label, cell):
            name = " ".join(self._names[at].split()) if at < len(self._names) else ""
            column = f"the column {name}" if name else f"column {at + 1}, which has no head"
            reason = f"no field for {column}" if label is None else "belongs to no question"
            _leave_out(self._result, row, cell, reason)

    def _is_counting(self, at: int, cell: str) -> bool:
        name = self._names[at].strip() if at < len(self._names) else ""
        return bool(_COUNTING.fullmatch(name)) or (not name and cell.strip(" .").isdigit())


def _fill_field(question: ListedQuestion, label: Label | int, cell: str) -> bool:
    """Put a cell where its column belongs; False where it says nothing that can be kept."""
    if isinstance(label, int):
        question.anchors[label] = " ".join(cell.split())
    elif label is Label.PROBES:
        question.probes += split_probes(cell)
    elif label is Label.LISTEN_FOR:
        question.listen_for += split_remarks(cell)
    elif label is Label.WATCH_FOR:
        question.watch_for += split_remarks(cell)
    elif label is Label.MINUTES and minutes_of(cell):
        question.minutes = minutes_of(cell)
    else:
        return False
    return True


def _heads(rows: Sequence[Row]) -> tuple[int, Heads]:
    """(How many rows are above the content, what each column holds): 0 without heads."""
    for row_index, row in enumerate(rows[:_HEADS_WITHIN], 1):
        heads: dict[int, Label | int | None] = {}
        for at, cell in enumerate(row.cells):
            label: Label | int | None = label_of(" ".join(cell.split()))
            anchor = _ANCHOR.fullmatch(" ".join(cell.split()))
            if anchor:
                label = int(anchor[1] or anchor[2])
            # Of two columns that could hold the question or the competency the left one does.
            is_repeat = label in heads.values() and label in (Label.QUESTION, Label.COMPETENCY)
            heads[at] = None if is_repeat else label
        labels = [label for label in heads.values() if label is not None]
        is_content = any(asks(cell) and len(cell.split()) > 3 for cell in row.cells)
        if not is_content and (Label.QUESTION in labels or len(labels) > 1):
            return row_index, heads
    return 0, {}


def _heads_by_content(rows: Sequence[Row], heads: Heads) -> Heads:
    """The column that asks most holds the questions; one left of it, if it repeats, the areas."""
    width = max((len(row.cells) for row in rows), default=0)
    columns = [
        [row.cells[at] if at < len(row.cells) else "" for row in rows] for at in range(width)
    ]
    scores = [sum(asks(cell) for cell in column if cell) for column in columns]
    if not any(scores):
        return heads
    best = scores.index(max(scores))
    guessed = {**heads, best: Label.QUESTION}
    for at in range(best):
        names = [cell for cell in columns[at] if cell and not cell.strip(" .").isdigit()]
        is_area = names and max(map(len, names)) <= 80 and len(set(names)) * 2 <= len(rows) + 1
        if is_area and Label.COMPETENCY not in guessed.values():
            guessed[at] = Label.COMPETENCY
    return guessed


def _read_scale(result: QuestionList, rows: Sequence[Row], section: str) -> bool:
    """A table whose first column counts 1, 2, 3 …: names of the scale, and what each is for."""
    points = {}
    for row in rows:
        rating = re.match(r"([1-7])\b", row.cells[0].strip()) if row.cells else None
        if rating and len(row.cells) > 1 and int(rating[1]) not in points:
            name = re.sub(r"^[1-7]\s*[-–—=:.)]*\s*", "", row.cells[0].strip())
            points[int(rating[1])] = [text for text in (name, *row.cells[1:]) if text]
    if not _is_whole(points) or result.scale or len(points) < len(rows) - 1:
        return False
    result.scale = {point: texts[0] for point, texts in sorted(points.items()) if texts}
    anchors = {point: ": ".join(texts[1:]) for point, texts in points.items() if texts[1:]}
    if anchors:
        result.anchors[""] = anchors
    if not _is_whole(result.scale):
        result.scale = {}
    return True


def _read_matrix(result: QuestionList, rows: Sequence[Row], start: int, heads: Heads) -> bool:
    """Areas down the side, ratings across the top: the anchors of each area."""
    columns = {at: label for at, label in heads.items() if isinstance(label, int)}
    if not _is_whole(dict.fromkeys(columns.values())):
        return False
    for row in rows[start:]:
        names = [cell for at, cell in enumerate(row.cells) if at not in columns and cell]
        texts = {
            rating: " ".join(row.cells[at].split())
            for at, rating in columns.items()
            if at < len(row.cells) and row.cells[at].strip()
        }
        if names and texts:
            result.anchors[" ".join(names[0].split())] = texts
        elif any(row.cells):
            _leave_out(result, row, " | ".join(filter(None, row.cells)), "names no competency")
    return True


def _is_whole(points: Mapping[int, object]) -> bool:
    """Whether they run from 1 without a gap, three to seven of them."""
    return 3 <= len(points) <= 7 and sorted(points) == list(range(1, len(points) + 1))


def _read_title(result: QuestionList, row: Row) -> None:
    texts = [cell for cell in row.cells if cell]
    if len(texts) == 1 and not result.title and len(texts[0]) <= 120:
        result.title = texts[0]
    else:
        _leave_out(result, row, " | ".join(texts), "is above the heads of the table")


def _leave_out(result: QuestionList, row: Row, text: str, reason: str) -> None:
    result.unplaced.append(Unplaced(row.location, " ".join(text.split()), reason))
