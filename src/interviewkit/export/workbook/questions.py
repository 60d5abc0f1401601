"""Which questions were asked of whom: comparable is only what was asked of everybody."""

from dataclasses import dataclass, field

from interviewkit.comparison.ratings import Ratings, wording
from interviewkit.export.workbook import theme
from interviewkit.export.workbook.plan import Contents
from interviewkit.export.workbook.xlsx_writer import Book, Cell, Sheet

SHOWN = 40  # candidates with a column


@dataclass(slots=True)
class _Asked:
    competency: str
    ask: str
    rated: dict[str, int] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    total: int = 0


def add(book: Book, contents: Contents, ratings: Ratings) -> None:
    """Write the sheet: a row a question, a column a candidate with the ratings given."""
    people = contents.comparison.candidates
    shown = people[:SHOWN]
    sheet = book.sheet(
        book.claim("Questions"),
        (22, 52, 11, 9, 9, *(7.0,) * len(shown)),
        freeze="C4",
        repeat="3:3",
        repeat_columns="A:B",
    )
    sheet.title("Questions")
    sheet.paragraph(
        "How many ratings each candidate got on each question. Blank is not asked or not rated; a "
        "question not asked of everybody cannot be compared between them."
        + ("" if len(shown) == len(people) else f" Columns for the first {SHOWN} candidates."),
        across=5,
    )
    _heads(sheet, [one.name for one in shown])
    for one in _asked(contents, ratings):
        cells: list[Cell | None] = [
            sheet.text(one.competency),
            sheet.text(one.ask),
            sheet.number(len(one.asked) / len(people) if people else None, theme.SHARE),
            sheet.number(sum(one.rated.values()), theme.COUNT),
            sheet.number(one.total / max(1, sum(one.rated.values())) or None, theme.MEAN),
        ]
        cells += [sheet.number(one.rated.get(who.id), theme.COUNT) for who in shown]
        lines = max(theme.lines_of(one.ask, 52), theme.lines_of(one.competency, 22))
        sheet.write(cells, theme.height_of(lines))
    sheet.print_nothing()


def _heads(sheet: Sheet, names: list[str]) -> None:
    """Names stand upright, so that a column may be as narrow as its numbers."""
    heads = ["Competency", "Question", "Asked of", "Ratings", "Mean"]
    cells: list[Cell | None] = [sheet.text(head, theme.HEADING) for head in heads]
    cells += [sheet.text(name, theme.UPRIGHT) for name in names]
    longest = max(map(len, names), default=0)
    sheet.write(cells, min(180.0, max(30.0, 6.0 * longest + 12)))


def _asked(contents: Contents, ratings: Ratings) -> list[_Asked]:
    """In the order of the competencies, then of the banks."""
    names = {item.id: item.name for item in contents.comparison.competencies}
    found: dict[tuple[object, ...], _Asked] = {}
    for card in ratings.cards:
        bank = contents.banks[card.bank_sha256]
        rows = zip(card.questions, card.ratings, card.asked, strict=True)
        for (question, competency), rating, was_asked in rows:
            key = wording(bank, question)
            if key not in found:
                found[key] = _Asked(names[competency], bank.question(question).ask)
            one = found[key]
            if was_asked:
                one.asked.add(card.candidate.id)
            if rating:
                one.rated[card.candidate.id] = one.rated.get(card.candidate.id, 0) + 1
                one.total += rating
    order = list(names.values())
    return sorted(found.values(), key=lambda one: order.index(one.competency))
