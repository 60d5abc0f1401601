"""A page for each candidate: what was asked, what was heard, and how each interviewer rated it."""

from collections.abc import Mapping, Sequence

from interviewkit.comparison.means import percent, person, shown
from interviewkit.comparison.results import CandidateResult
from interviewkit.export.workbook import theme, words
from interviewkit.export.workbook.contents import Card, Contents
from interviewkit.export.workbook.paper import Book, Cell, Sheet
from interviewkit.export.workbook.summary import band
from interviewkit.interview.records import Answer

_WIDTHS = (16.0, 8.0, 23.0, 58.0, 44.0)
HEADS = ("Interviewer", "Rating", "Probed", "Notes", "Probes asked and what they brought")


def add(
    book: Book,
    contents: Contents,
    candidate: CandidateResult,
    cards: Sequence[Card],
    name: str,
    back: Mapping[str, str],
) -> None:
    """Write the page. ``back`` are (words, address) of the places to go back to."""
    sheet = book.sheet(name, _WIDTHS, freeze="A4", repeat="1:3")
    sheet.title(candidate.name)
    sheet.write([sheet.text(_line(candidate), theme.QUIET_TEXT)], 16)
    sheet.merge("A2:E2")
    links: list[Cell | None] = [
        sheet.link(text, address, theme.LINK) for text, address in back.items()
    ]
    sheet.write(links, 18)
    _recommendations(sheet, cards)
    for competency in contents.comparison.competencies:
        cell = candidate.cells[competency.id]
        by_question = _by_question(cards, competency.id)
        if not by_question:
            continue
        who = f"{shown(cell.mean)} over {cell.n}" if cell.n else "not assessed"
        sheet.section(f"{competency.name} · {who}")
        for answers in by_question.values():
            _question(sheet, contents, answers)


def _line(candidate: CandidateResult) -> str:
    overall = "nothing assessed" if candidate.overall is None else shown(candidate.overall)
    tied = f" · band {band(candidate)}" if candidate.bands else ""
    return (
        f"Overall {overall}{tied} · coverage {percent(candidate.coverage)} · interviewers: "
        f"{', '.join(candidate.interviewers)} · as exported"
    )


def _recommendations(sheet: Sheet, cards: Sequence[Card]) -> None:
    sheet.section("Recommendations and summaries")
    for interview, answers in cards:
        pages = words.pages(answers)
        said = "\n".join(part for part in (interview.summary, pages) if part)
        _rows(sheet, [interview.interviewer, None, words.recommended(interview), said, ""])


def _by_question(cards: Sequence[Card], competency: str) -> dict[str, list[tuple[Card, Answer]]]:
    found: dict[str, list[tuple[Card, Answer]]] = {}
    for card in cards:
        for answer in card[1]:
            if answer.competency == competency:
                key = f"{card[0].bank_sha256}/{answer.question}"
                found.setdefault(key, []).append((card, answer))
    return found


def _question(sheet: Sheet, contents: Contents, answers: list[tuple[Card, Answer]]) -> None:
    """The question, its anchors with who gave which, and what each interviewer wrote."""
    (interview, _), first = answers[0]
    bank = contents.banks[interview.bank_sha256]
    question = bank.question(first.question)
    sheet.paragraph(question.ask, theme.STRONG_TEXT)
    given: dict[int, list[str]] = {}
    for (card, _), answer in answers:
        if answer.counts is not None:
            given.setdefault(answer.counts, []).append(card.interviewer)
    for rating, anchor in bank.anchors(question).items():
        mark = f"   ← {', '.join(given[rating])}" if rating in given else ""
        sheet.paragraph(f"{rating}  {anchor}{mark}", theme.QUOTE if mark else theme.QUIET_TEXT)
    sheet.heads(HEADS)
    for (card, _), answer in sorted(answers, key=lambda item: person(item[0][0].interviewer)):
        probed = f"skipped: {answer.skipped}" if answer.skipped is not None else answer.line
        _rows(
            sheet,
            [card.interviewer, answer.counts, probed, words.notes(answer), words.probes(answer)],
        )


def _rows(sheet: Sheet, values: Sequence[str | int | None]) -> None:
    """A row, and further rows for texts that do not fit into one."""
    split = [
        theme.pieces(value, width) if isinstance(value, str) else [value]
        for value, width in zip(values, sheet.widths, strict=True)
    ]
    for part in range(max(map(len, split))):
        cells: list[Cell | None] = []
        lines = 1
        for texts, width in zip(split, sheet.widths, strict=True):
            value = texts[part] if part < len(texts) else ""
            if isinstance(value, str):
                cells.append(sheet.text(value))
                lines = max(lines, theme.lines_of(value, width))
            else:
                cells.append(sheet.number(value, theme.RATING))
        sheet.write(cells, theme.height_of(lines, 18))
