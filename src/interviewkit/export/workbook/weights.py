"""The weights, to be changed, and the order that follows from them."""

from openpyxl.worksheet.datavalidation import DataValidation

from interviewkit.export.workbook import theme
from interviewkit.export.workbook.plan import Contents
from interviewkit.export.workbook.xlsx_writer import Book, CellContent, Sheet

FIRST = 5  # the row of the first weight
LISTED = 200  # candidates up to which the order is listed
_WIDTHS = (30, 11, 12, 9, 10, 6, 30, 10, 3, 30, 8)


def open_weights(book: Book) -> Sheet:
    """The sheet, still empty."""
    return book.sheet(
        book.claim("Weights"), _WIDTHS, freeze=f"A{FIRST}", repeat=f"{FIRST - 1}:{FIRST - 1}"
    )


def addresses(sheet: Sheet, contents: Contents) -> list[str]:
    """The cell of each competency's weight."""
    return [sheet.at(f"$B${FIRST + n}") for n in range(len(contents.comparison.competencies))]


def fill_weights(sheet: Sheet, contents: Contents, summary: Sheet) -> None:
    """Write it: on the left the weights, on the right the candidates in their order now."""
    comparison = contents.comparison
    sheet.title("Weights")
    sheet.paragraph(
        "Change the yellow cells: overall and coverage on the sheet Summary and the order on the "
        "right follow at once. 0 leaves a competency out. Places, ± and the sheet Agreement keep "
        "the values calculated with the weights as exported. The order is not a ranking."
    )
    listed = len(comparison.candidates)
    if listed > LISTED:
        listed = 0
        sheet.paragraph("With so many candidates, sort the sheet Summary by overall.")
    else:
        sheet.skip()
    _heads(sheet, listed)
    for index in range(max(len(comparison.competencies), listed)):
        weight_cells = (
            _weight(sheet, contents, index) if index < len(comparison.competencies) else []
        )
        cells = [*weight_cells, *[None] * (5 - len(weight_cells))]
        if index < listed:
            cells += _line(sheet, contents, summary, index)
        sheet.write(cells, 18)
    _validate(sheet, len(comparison.competencies))


def _heads(sheet: Sheet, listed: int) -> None:
    heads = ["Competency", "Weight", "As exported", "Share"]
    if listed:
        heads += ["", "Line", "Candidate now", "Overall", "", "Candidate", "Line"]
    sheet.write([sheet.text(head, theme.HEADING) if head else None for head in heads], 20)


def _weight(sheet: Sheet, contents: Contents, index: int) -> list[CellContent | None]:
    items = contents.comparison.competencies
    row, item = sheet.row + 1, items[index]
    total = f"SUM(B${FIRST}:B${FIRST + len(items) - 1})"
    whole = sum(competency.weight for competency in items)
    share = item.weight / whole if whole else 0.0
    return [
        sheet.text(item.name, theme.STRONG_TEXT),
        sheet.number(item.weight, theme.INPUT),
        sheet.number(item.weight, theme.CENTRE),
        sheet.live(f"=IF({total}>0,B{row}/{total},0)", share, theme.SHARE),
        sheet.live(f'=IF(B{row}=C{row},"","changed")', "", theme.QUIET_TEXT),
    ]


def _line(sheet: Sheet, contents: Contents, summary: Sheet, index: int) -> list[CellContent | None]:
    """One line of the order now, and on the far right a candidate's place in it.

    Of equal candidates the one higher up on Summary comes first, so that no two share a place.
    """
    row, (top, bottom) = sheet.row + 1, contents.rows
    last_row = FIRST + len(contents.comparison.candidates) - 1
    candidate = contents.comparison.candidates[index]
    score, scores = summary.at(f"C{top + index}"), summary.at(f"C${top}:C${bottom}")
    scores_above = summary.at(f"C${top}:C{top + index}")
    rank_formula = (
        f'=IF(ISNUMBER({score}),RANK({score},{scores})+COUNTIF({scores_above},{score})-1,"")'
    )
    match_formula = f"MATCH(F{row},K${FIRST}:K${last_row},0)"
    overall = "" if candidate.overall is None else round(candidate.overall, 12)
    name = "" if candidate.overall is None else theme.escape_cell(candidate.name)
    return [
        sheet.number(index + 1, theme.COUNT),
        sheet.live(f'=IFERROR(INDEX(J${FIRST}:J${last_row},{match_formula}),"")', name, theme.TEXT),
        sheet.live(
            f'=IFERROR(INDEX({summary.at(f"C${top}:C${bottom}")},{match_formula}),"")',
            overall,
            theme.MEAN,
        ),
        None,
        sheet.text(candidate.name, theme.QUIET_TEXT),
        sheet.live(rank_formula, "" if candidate.overall is None else index + 1, theme.COUNT),
    ]


def _validate(sheet: Sheet, count: int) -> None:
    rule = DataValidation(
        type="decimal",
        operator="between",
        formula1="0",
        formula2="100",
        allow_blank=False,
        showErrorMessage=True,
        errorTitle="Weight",
        error="A weight is a number from 0 to 100.",
        showInputMessage=True,
        promptTitle="Weight",
        prompt="A number from 0 to 100; 1 is usual, 0 leaves the competency out.",
    )
    if count:
        rule.add(f"B{FIRST}:B{FIRST + count - 1}")
        sheet.under.data_validations.append(rule)
