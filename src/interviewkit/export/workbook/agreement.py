"""What can be told apart, how far interviewers agree, and what would change the order."""

from collections.abc import Iterator, Sequence

from interviewkit.comparison import order_sentences, rater_sentences, sentences
from interviewkit.comparison.estimate import Estimate
from interviewkit.comparison.results import Comparison
from interviewkit.export.workbook import theme
from interviewkit.export.workbook.plan import Contents, stale_note
from interviewkit.export.workbook.xlsx_writer import Book, CellContent, Sheet

_WIDTHS = (46, 12, 12, 12, 10, 40)


def add_agreement_sheet(book: Book, contents: Contents, weights: Sequence[str]) -> None:
    """Write the sheet Agreement. ``weights`` are the addresses of the weights."""
    comparison = contents.comparison
    sheet = book.sheet(book.claim("Agreement"), _WIDTHS, freeze="A2", one_page=True)
    sheet.title("Agreement")
    sheet.paragraph(
        "Calculated with the weights as exported; it does not follow when you change a weight. It "
        "changes no rating; it shows how much a difference means."
    )
    sheet.write([sheet.live(stale_note(weights), "", theme.STALE)], 18)
    sheet.merge(f"A{sheet.row}:F{sheet.row}")
    for head, lines in (
        ("Who can be told apart?", sentences.ties(comparison)),
        ("What would change who is first?", order_sentences.order(comparison)),
    ):
        sheet.section(head)
        for line in lines:
            sheet.paragraph(line)
    _agreement(sheet, comparison)
    _severity(sheet, comparison)
    sheet.section("Worth talking about")
    for item in comparison.talk_about:
        sheet.paragraph(sentences.spread(item))
    if not comparison.talk_about:
        sheet.paragraph("No two interviewers are unusually far apart on anything.")
    sheet.paragraph(sentences.talk_threshold_sentence(comparison))


def _agreement(sheet: Sheet, comparison: Comparison) -> None:
    sheet.section("How far do interviewers agree?")
    for line in rater_sentences.agreement_sentences(comparison):
        sheet.paragraph(line)
    sheet.heads(["From 0 (not at all) to 1 (perfect)", "Value", "95 % from", "to", "n", "n counts"])
    for name, estimate, unit in _estimates(comparison):
        cells: list[CellContent | None] = [sheet.text(name, theme.STRONG_TEXT)]
        if estimate.value is None:
            cells += [sheet.text(estimate.why), None, None]
        else:
            numbers = (estimate.value, estimate.low, estimate.high)
            cells += [sheet.number(value, theme.COEFFICIENT) for value in numbers]
        cells += [sheet.number(estimate.n, theme.COUNT), sheet.text(unit)]
        lines = max(theme.lines_of(name, 44), theme.lines_of(estimate.why, 34))
        sheet.write(cells, theme.height_of(lines, 18))
        if estimate.value is None:  # its reason needs the room of all three numbers
            sheet.merge(f"B{sheet.row}:D{sheet.row}")


def _estimates(comparison: Comparison) -> Iterator[tuple[str, Estimate, str]]:
    reliable = comparison.reliability
    yield "The order of the candidates, with other interviewers", reliable.order, "candidates"
    yield "The same with one interviewer alone", reliable.single, "candidates"
    alpha = comparison.agreement.alpha
    yield "Single answers, all competencies (Krippendorff's α)", alpha, "answers rated by two"
    for item in comparison.competencies:
        alpha = comparison.agreement_on[item.id].alpha
        yield f"Single answers, {item.name}", alpha, "answers rated by two"


def _severity(sheet: Sheet, comparison: Comparison) -> None:
    sheet.section("Do interviewers use the scale alike?")
    sheet.paragraph(
        "Points by which an interviewer's ratings lie above (+) or below (−) those of co-raters "
        f"for the same answers. {rater_sentences.SHOWN_NEVER_APPLIED}: who was given the stronger "
        "candidates is not known."
    )
    sheet.heads(["Interviewer", "Difference", "Answers"])
    for item in comparison.severity:
        cells: list[CellContent | None] = [sheet.text(item.interviewer, theme.STRONG_TEXT)]
        if item.difference is None:
            cells += [sheet.text("–", theme.CENTRE), sheet.number(0, theme.COUNT)]
        else:
            cells.append(sheet.number(item.difference, theme.SIGNED))
            cells.append(sheet.number(item.answers, theme.COUNT))
        sheet.write(cells, theme.height_of(theme.lines_of(item.interviewer, 44), 18))
