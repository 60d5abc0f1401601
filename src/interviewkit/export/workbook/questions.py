"""Which questions were asked of whom: comparable is only what was asked of everybody."""

from dataclasses import dataclass, field

from interviewkit.comparison.ratings import Ratings, wording
from interviewkit.export.workbook import theme
from interviewkit.export.workbook.plan import Contents
from interviewkit.export.workbook.xlsx_writer import Book, CellContent, Sheet

SHOWN = 40  # candidates with a column


@dataclass(slots=True)
class _Asked:
    competency: str
    ask: str
    rated: dict[str, int] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    total: int = 0


def add_questions_sheet(book: Book, contents: Contents, ratings: Ratings) -> None:
    """Write the sheet: a row a question, a column a candidate with the ratings given."""
    people = contents.comparison.candidates
    interviewers = people[:SHOWN]
    sheet = book.sheet(
        book.claim("Questions"),
        (22, 52, 11, 9, 9, *(7.0,) * len(interviewers)),
        freeze="C4",
        repeat="3:3",
        repeat_columns="A:B",
    )
    sheet.title("Questions")
    sheet.paragraph(
        "How many ratings each candidate got on each question. Blank means not asked or not "
        "rated. Questions that were not asked of everybody cannot be compared."
        + (
            ""
            if len(interviewers) == len(people)
            else f" Columns for the first {SHOWN} candidates."
        ),
        across=5,
    )
    _heads(sheet, [question.name for question in interviewers])
    for question in _question_rows(contents, ratings):
        cells: list[CellContent | None] = [
            sheet.text(question.competency),
            sheet.text(question.ask),
            sheet.number(len(question.asked) / len(people) if people else None, theme.SHARE),
            sheet.number(sum(question.rated.values()), theme.COUNT),
            sheet.number(question.total / max(1, sum(question.rated.values())) or None, theme.MEAN),
        ]
        cells += [
            sheet.number(question.rated.get(interviewer.id), theme.COUNT)
            for interviewer in interviewers
        ]
        lines = max(theme.lines_of(question.ask, 52), theme.lines_of(question.competency, 22))
        sheet.write(cells, theme.height_of(lines))
    sheet.print_nothing()


def _heads(sheet: Sheet, names: list[str]) -> None:
    """Names stand upright, so that a column may be as narrow as its numbers."""
    heads = ["Competency", "Question", "Asked of", "Ratings", "Mean"]
    cells: list[CellContent | None] = [sheet.text(head, theme.HEADING) for head in heads]
    cells += [sheet.text(name, theme.UPRIGHT) for name in names]
    longest = max(map(len, names), default=0)
    sheet.write(cells, min(180.0, max(30.0, 6.0 * longest + 12)))


def _question_rows(contents: Contents, ratings: Ratings) -> list[_Asked]:
    """In the order of the competencies, then of the banks."""
    names = {item.id: item.name for item in contents.comparison.competencies}
    by_question: dict[tuple[object, ...], _Asked] = {}
    for card in ratings.cards:
        bank = contents.banks[card.bank_sha256]
        rows = zip(card.questions, card.ratings, card.asked, strict=True)
        for (question, competency), rating, was_asked in rows:
            key = wording(bank, question)
            if key not in by_question:
                by_question[key] = _Asked(names[competency], bank.question(question).ask)
            asked = by_question[key]
            if was_asked:
                asked.asked.add(card.candidate.id)
            if rating:
                asked.rated[card.candidate.id] = asked.rated.get(card.candidate.id, 0) + 1
                asked.total += rating
    order = list(names.values())
    return sorted(by_question.values(), key=lambda row: order.index(row.competency))
