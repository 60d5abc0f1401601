"""The debrief's workbook: the comparison, the evidence under it, and what the numbers mean.

Only what it is given is in it: whoever calls leaves withheld scorecards out.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import IO, TYPE_CHECKING

from openpyxl.workbook import Workbook

from interviewkit.comparison.comparing import Comparison
from interviewkit.export import comparison_sheet, record_sheets, theme
from interviewkit.export.plain import WITHHELD, scorecards, weights
from interviewkit.export.record_sheets import Card
from interviewkit.export.safe import marked

if TYPE_CHECKING:
    from interviewkit.banks.model import Bank

MEANING = (
    (
        "Score of a cell",
        "An interviewer's score on a competency is the mean of that interviewer's rated answers in "
        "it; the candidate's is the mean over the interviewers, each of whom counts once, however "
        "many answers or scorecards theirs are.",
    ),
    (
        "n",
        "How many interviewers assessed the candidate on that competency. A mean over one is one "
        "person's view.",
    ),
    ("–", "Not assessed. It is never zero and takes no part in any mean."),
    (
        "Overall",
        "The mean of the candidate's scores over the competencies that were assessed, each score "
        "with the weight of its competency.",
    ),
    ("Coverage", "The weight of the competencies assessed, as a share of the weight of all."),
    (
        "Order",
        "By overall, then by name. Differences between neighbours may be no more than chance; the "
        "order claims no rank.",
    ),
    (
        "Probed",
        "“4 · probed 3, new detail 2”: rated 4 after three follow-ups, two of which brought new "
        "detail. “5 · not probed”: rated on what was said unasked. It stands beside the rating and "
        "changes no number.",
    ),
    (
        "Shading",
        "Repeats the number: pale is 1, strong is 5. Means are shown with one decimal and kept "
        "whole in the cell.",
    ),
    ("Times", "In the time zone of the computer that wrote this workbook."),
    (
        "Seal",
        "The SHA-256 of the scorecard as it was submitted. `interviewkit records export` writes "
        "what it was computed from.",
    ),
)


def write_workbook(
    file: IO[bytes],
    comparison: Comparison,
    cards: Sequence[Card],
    banks: Mapping[str, "Bank"],
    moment: datetime,
) -> None:
    """Write the workbook. ``cards`` are the scorecards behind the comparison, ``banks`` by hash.

    ``moment`` is when it is exported, aware.
    """
    book = theme.new_workbook()
    here = moment.astimezone().replace(tzinfo=None)
    exported = f"{here:%Y-%m-%d %H:%M}"
    comparison_sheet.add(book, comparison, here)
    record_sheets.add_evidence(book, comparison, cards, banks, exported)
    record_sheets.add_scorecards(book, comparison, cards, banks, exported)
    _add_about(book, comparison, banks, exported)
    about = book.properties
    about.title = marked(f"{comparison.role.title}: comparison of candidates")
    about.subject = "Structured behavioral interviews"
    about.creator = about.lastModifiedBy = "interviewkit"
    about.keywords = "confidential"
    about.created = moment.replace(tzinfo=None)
    book.save(file)


def _add_about(
    book: Workbook, comparison: Comparison, banks: Mapping[str, "Bank"], exported: str
) -> None:
    sheet = book.create_sheet("About")
    theme.widths(sheet, (24, 96))
    theme.put_text(sheet, 1, 1, "What these numbers are", theme.TITLE)
    sheet.row_dimensions[1].height = 26
    rows = [("Role", comparison.role.title), ("Exported", exported), *MEANING]
    rows.append(("Weights", weights(comparison)))
    rows += [("Bear in mind", warning) for warning in comparison.warnings]
    rows += [
        ("Withheld", f"{item.name}: {scorecards(item.scorecards)} in, {WITHHELD}.")
        for item in comparison.withheld
    ]
    rows += [
        ("Bank", f"{bank.title} ({bank.id}), version {bank.version}\nsha256 {sha256}")
        for sha256, bank in sorted(banks.items(), key=lambda item: (item[1].id, item[0]))
    ]
    row = 2
    for head, text in rows:
        for part in theme.pieces(text, 96):
            theme.put_text(sheet, row, 1, head)
            theme.put_text(sheet, row, 2, part)
            theme.height(sheet, row, theme.lines_of(part, 96))
            row += 1
    sheet.freeze_panes = "A2"
    theme.page(sheet, comparison.role.title, exported, "1:1", "")
