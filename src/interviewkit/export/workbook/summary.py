"""The first sheet: candidates in order, live totals, and what to talk over."""

from collections.abc import Mapping, Sequence

from openpyxl.formatting.rule import ColorScaleRule
from openpyxl.utils import get_column_letter

from interviewkit.comparison.means import Cell as Scored
from interviewkit.comparison.results import CandidateResult, is_unmet
from interviewkit.comparison.sentences import (
    must_have_sentences,
    place_text,
    plus_minus,
    spread,
    what_is_missing,
)
from interviewkit.comparison.weights import CompetencyWeight
from interviewkit.export.text_report import WITHHELD, comparison_counts
from interviewkit.export.workbook import theme
from interviewkit.export.workbook.plan import (
    COLUMN,
    FACTS,
    FIRST_ROW,
    PAGES,
    WEIGHTS_ROW,
    Contents,
    are_changed,
)
from interviewkit.export.workbook.xlsx_writer import Book, CellContent, Sheet
from interviewkit.interview.records import Recommendation
from interviewkit.plurals import count_noun

WORDS = tuple(reversed(Recommendation))
MOST_SAID = 12  # points to talk over on the sheet; all of them are on Agreement
_WIDTHS = (24.0, 6.5, 8.5, 7.5, 9.5, 8.0)


def open_summary(book: Book, contents: Contents) -> Sheet:
    """The sheet, still empty: others refer to its name."""
    competencies = len(contents.comparison.competencies)
    widths = [*_WIDTHS, *(8.5, 3.6) * competencies, *(9.0,) * len(WORDS)]
    return book.sheet(
        book.claim("Summary"),
        widths,
        freeze=f"B{FIRST_ROW}",
        repeat=f"{WEIGHTS_ROW - 2}:{WEIGHTS_ROW}",
        repeat_columns="A:A",
    )


def fill_summary(
    sheet: Sheet, contents: Contents, weights: Sequence[str], pages: Mapping[str, str]
) -> None:
    """Write it. ``weights`` are the addresses of the weights, ``pages`` candidate id → address."""
    comparison = contents.comparison
    _top(sheet, contents)
    _heads(sheet, contents, weights)
    for candidate in comparison.candidates:
        sheet.write(
            _candidate(sheet, contents, candidate, are_changed(weights), pages),
            theme.height_of(theme.lines_of(candidate.name, 21), 19),
        )
    if comparison.candidates:
        _shading(sheet, contents)
    else:
        sheet.write([])
    sheet.skip()
    _below(sheet, contents)


def _top(sheet: Sheet, contents: Contents) -> None:
    comparison = contents.comparison
    sheet.title(comparison.role.title)
    counts = comparison_counts(comparison)
    sheet.write([sheet.text(f"{counts} · exported {contents.exported}", theme.QUIET_TEXT)], 16)
    sheet.merge(f"A2:{get_column_letter(len(sheet.widths))}2")
    low, high = comparison.scale[0], comparison.scale[-1]
    unmet = ", ! a mean below its must-have (≥)" if comparison.must_haves else ""
    explanation = (
        f"Scores run from {low} to {high}; beside each is n, the number of interviewers who "
        "assessed it. Blank means not assessed, never zero. ▲ and ▼ mark the upper and lower part "
        f"of the scale{unmet}. "
        "Overall and coverage follow the sheet Weights. Place 1–4 says that the candidate may "
        "stand anywhere from first to fourth; ± is one standard error. Both apply to the "
        "weights as exported, and say “stale” when you change a weight."
    )
    width = sum(sheet.widths)
    sheet.write(
        [sheet.text(explanation, theme.QUIET_TEXT)],
        theme.height_of(theme.lines_of(explanation, width)),
    )
    sheet.merge(f"A3:{get_column_letter(len(sheet.widths))}3")


def _heads(sheet: Sheet, contents: Contents, weights: Sequence[str]) -> None:
    """Names and, below, what the columns are; then the row of weights the totals are made with."""
    upper = [sheet.text(head, theme.HEADING) for head in FACTS]
    lower = [sheet.text("", theme.HEADING) for _ in FACTS]
    row = WEIGHTS_ROW - 2
    for column in range(1, len(FACTS) + 1):
        letter = get_column_letter(column)
        sheet.merge(f"{letter}{row}:{letter}{row + 1}")
    tallest = 2
    for index, letter in contents.value_columns:
        name = contents.comparison.competencies[index].label
        upper += [sheet.text(name, theme.HEADING), sheet.text("", theme.HEADING)]
        lower += [sheet.text("score", theme.HEADING), sheet.text("n", theme.HEADING)]
        beside = get_column_letter(COLUMN + 2 * index + 1)
        sheet.merge(f"{letter}{row}:{beside}{row}")
        longest = max(len(recommendation) for recommendation in name.split() or [""])
        tallest = max(tallest, theme.lines_of(name, 9.5), -(-longest // 12) + 1)
    for head_column, recommendation in enumerate(WORDS, start=len(upper) + 1):
        letter = get_column_letter(head_column)
        upper.append(sheet.text(recommendation.words.capitalize(), theme.HEADING))
        lower.append(sheet.text("", theme.HEADING))
        sheet.merge(f"{letter}{row}:{letter}{row + 1}")
    sheet.write(upper, theme.height_of(tallest))
    sheet.write(lower, 16)
    marks: list[CellContent | None] = [sheet.text("Weight", theme.WEIGHT)]
    marks += [sheet.number(None, theme.WEIGHT) for _ in FACTS[1:]]
    for item, address in zip(contents.comparison.competencies, weights, strict=True):
        marks.append(sheet.live(f"={address}", item.weight, theme.WEIGHT))
        marks.append(sheet.number(None, theme.WEIGHT))
    marks += [sheet.number(None, theme.WEIGHT) for _ in WORDS]
    sheet.write(marks, 15)


def _candidate(
    sheet: Sheet,
    contents: Contents,
    candidate: CandidateResult,
    changed: str,
    pages: Mapping[str, str],
) -> list[CellContent | None]:
    row = sheet.row + 1
    first_row, last_row = contents.span
    scores = f"{first_row}{row}:{last_row}{row}"
    weights = f"{first_row}${WEIGHTS_ROW}:{last_row}${WEIGHTS_ROW}"
    assessed = f"SUMPRODUCT(ISNUMBER({scores})*{weights})"
    page = pages.get(candidate.id)
    overall = f'=IF({assessed}>0,ROUND(SUMPRODUCT({scores},{weights})/{assessed},12),"")'
    coverage = f"=IF(SUM({weights})>0,{assessed}/SUM({weights}),0)"
    score = "" if candidate.overall is None else round(candidate.overall, 12)
    cells: list[CellContent | None] = [
        sheet.link(candidate.name, page) if page else sheet.text(candidate.name, theme.STRONG_TEXT),
        sheet.live(
            _as_exported(changed, place_text(candidate)), place_text(candidate), theme.CENTRE
        ),
        sheet.live(overall, score, theme.OVERALL),
        sheet.live(
            _as_exported(changed, plus_minus(candidate)), plus_minus(candidate), theme.CENTRE
        ),
        sheet.live(coverage, candidate.coverage, theme.SHARE),
        sheet.number(len(candidate.interviewers), theme.COUNT),
    ]
    for competency in contents.comparison.competencies:
        cells += _score(sheet, candidate.cells[competency.id], competency)
    cells += [
        sheet.number(candidate.recommendations[recommendation] or None, theme.COUNT)
        for recommendation in WORDS
    ]
    return cells


def _as_exported(changed: str, text: str) -> str:
    """What holds only for the weights as exported."""
    return f'=IF({changed},"stale","{text}")'


def _score(sheet: Sheet, cell: Scored, item: CompetencyWeight) -> list[CellContent | None]:
    look = theme.UNMET if is_unmet(cell, item) else theme.LEVEL
    return [sheet.number(cell.mean, look), sheet.number(cell.n or None, theme.COUNT)]


def _shading(sheet: Sheet, contents: Contents) -> None:
    top, bottom = contents.rows
    low, high = contents.comparison.scale[0], contents.comparison.scale[-1]
    for _, letter in contents.value_columns:
        rule = ColorScaleRule(  # type: ignore[no-untyped-call]
            start_type="num",
            start_value=low,
            start_color=theme.PALE,
            mid_type="num",
            mid_value=(low + high) / 2,
            mid_color=theme.MIDDLE,
            end_type="num",
            end_value=high,
            end_color=theme.STRONG,
        )
        sheet.under.conditional_formatting.add(f"{letter}{top}:{letter}{bottom}", rule)


def _below(sheet: Sheet, contents: Contents) -> None:
    """Under the table: whom it leaves out, what to talk over, what to mind."""
    comparison = contents.comparison
    if not comparison.candidates and not comparison.withheld:
        sheet.paragraph(f"No scorecard {what_is_missing(comparison)} for this role yet.")
    disputes = [spread(item) for item in comparison.talk_about]
    unlisted = len(disputes) - MOST_SAID
    if unlisted > 0:
        disputes = [*disputes[:MOST_SAID], f"and {unlisted} more; the sheet Agreement lists them."]
    without_page = len(comparison.candidates) - PAGES
    for head, lines in (
        (
            WITHHELD.capitalize(),
            [
                f"{item.name}: {count_noun(item.scorecards, 'scorecard')} in"
                for item in comparison.withheld
            ],
        ),
        ("Must-haves", must_have_sentences(comparison)),
        ("Worth talking about", disputes),
        ("Caveats", comparison.warnings),
        (
            "Left out",
            [
                f"{count_noun(without_page, 'candidate')} beyond the first {PAGES} have no page of "
                "their own; their answers are on the sheet Evidence."
            ]
            if without_page > 0
            else [],
        ),
    ):
        if lines:
            sheet.section(head)
            for line in lines:
                sheet.paragraph(line)
