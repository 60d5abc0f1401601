"""Up to four candidates over the competencies, chosen by drop-down, as numbers and as bars."""

from typing import Any

from openpyxl.chart import BarChart, Reference, Series
from openpyxl.chart.data_source import StrRef
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.series import SeriesLabel
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
from openpyxl.drawing.xdr import XDRPositiveSize2D
from openpyxl.worksheet.datavalidation import DataValidation

from interviewkit.export.workbook import theme
from interviewkit.export.workbook.plan import Contents
from interviewkit.export.workbook.xlsx_writer import Book, CellContent, Sheet

_COLUMNS = "BCDE"  # of the chosen names; fewer where there are fewer candidates
SHOWN = len(_COLUMNS)
EMU = 360_000  # a centimetre in the unit of drawings
HEADS = 4  # the row of the chosen names


class _Described(OneCellAnchor):
    """Where a chart stands, with words for anyone who cannot see it."""

    __elements__ = OneCellAnchor.__elements__

    def __init__(self, words: str, **place: Any) -> None:
        super().__init__(**place)
        self._words = words

    def __setattr__(self, name: str, value: Any) -> None:
        if name == "graphicFrame" and value is not None:
            value.nvGraphicFramePr.cNvPr.descr = self._words
        super().__setattr__(name, value)


def add_profile_sheet(book: Book, contents: Contents, summary: Sheet) -> None:
    """Write the sheet; without a candidate there is none."""
    comparison = contents.comparison
    if not comparison.candidates or not comparison.competencies:
        return
    sheet = book.sheet(
        book.claim("Profile"),
        (30, *(20,) * SHOWN),
        freeze=f"B{HEADS + 1}",
        portrait=True,
        one_page=True,
    )
    sheet.title("Profile")
    sheet.paragraph(
        "Choose up to four candidates in the yellow cells. No bar means that nobody assessed the "
        "competency, not zero."
    )
    sheet.skip()
    chosen = [candidate.name for candidate in comparison.candidates[:SHOWN]]
    cells: list[CellContent | None] = [sheet.text("Competency", theme.HEADING)]
    cells += [sheet.text(name, theme.INPUT) for name in chosen]
    sheet.write(cells, theme.height_of(max(theme.lines_of(name, 18) for name in chosen), 20))
    for slot, letter in contents.value_columns:
        sheet.write(_row(sheet, contents, summary, slot, letter), 18)
    top, bottom = contents.rows
    rule = DataValidation(
        type="list",
        formula1=f"={summary.at(f'$A${top}:$A${bottom}')}",
        allow_blank=True,
        showErrorMessage=True,
        errorTitle="Candidate",
        error="Choose a name from the list, or leave the cell empty.",
    )
    rule.add(f"B{HEADS}:{_COLUMNS[len(chosen) - 1]}{HEADS}")
    sheet.under.data_validations.append(rule)
    sheet.under.add_chart(_bars(sheet, contents))


def _row(
    sheet: Sheet, contents: Contents, summary: Sheet, position: int, letter: str
) -> list[CellContent | None]:
    comparison = contents.comparison
    item = comparison.competencies[position]
    top, bottom = contents.rows
    names = summary.at(f"$A${top}:$A${bottom}")
    scores = summary.at(f"${letter}${top}:${letter}${bottom}")
    cells: list[CellContent | None] = [sheet.text(item.name, theme.STRONG_TEXT)]
    for column, candidate in zip(_COLUMNS, comparison.candidates, strict=False):
        match_formula = f"INDEX({scores},MATCH({column}${HEADS},{names},0))"
        mean = candidate.cells[item.id].mean
        formula = f'=IFERROR(IF(ISNUMBER({match_formula}),{match_formula},""),"")'
        cells.append(sheet.live(formula, "" if mean is None else mean, theme.MEAN))
    return cells


def _bars(sheet: Sheet, contents: Contents) -> Any:
    comparison = contents.comparison
    count = len(comparison.competencies)
    chart: Any = BarChart()
    chart.type, chart.grouping, chart.gapWidth, chart.overlap = "bar", "clustered", 60, 0
    chart.title = None
    chart.legend.position = "t"
    chart.y_axis.scaling.min, chart.y_axis.scaling.max = 0, comparison.scale[-1]
    chart.y_axis.majorUnit = 1
    chart.y_axis.number_format = "0"
    chart.y_axis.crosses = "max"  # at the foot, since the other axis runs downwards
    chart.x_axis.scaling.orientation = "maxMin"  # the first competency on top, as in the table
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.dataLabels = DataLabelList(
        showVal=True,
        numFmt="0.0",
        showSerName=False,
        showCatName=False,
        showLegendKey=False,
        showPercent=False,
    )
    chart.layout = Layout(manualLayout=ManualLayout(x=0.28, y=0.08, w=0.68, h=0.86))
    for slot in range(min(SHOWN, len(comparison.candidates))):
        values = Reference(
            sheet.under,
            min_col=2 + slot,
            min_row=HEADS + 1,
            max_row=HEADS + count,
        )
        series = Series(values, title_from_data=False)
        series.tx = _title(sheet, slot)
        series.graphicalProperties.solidFill = theme.SERIES[slot]
        chart.series.append(series)
    chart.set_categories(
        Reference(sheet.under, min_col=1, min_row=HEADS + 1, max_row=HEADS + count)
    )
    width, height = 21.0, min(26.0, 3.0 + 1.5 * count)
    chart.width, chart.height = width, height
    description = (
        f"Bars of the scores of up to four candidates on {count} competencies, from 1 to "
        f"{comparison.scale[-1]}. The table above holds the same numbers."
    )
    chart.anchor = _Described(
        description,
        _from=AnchorMarker(col=0, row=HEADS + count + 1),
        ext=XDRPositiveSize2D(round(width * EMU), round(height * EMU)),
    )
    return chart


def _title(sheet: Sheet, slot: int) -> SeriesLabel:
    return SeriesLabel(strRef=StrRef(sheet.at(f"${_COLUMNS[slot]}${HEADS}")))
