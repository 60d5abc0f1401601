"""What each number means, what the workbook was made from, and how to trust it."""

from interviewkit.export.text_report import WITHHELD, weights
from interviewkit.export.workbook import theme
from interviewkit.export.workbook.plan import Contents
from interviewkit.export.workbook.xlsx_writer import Book
from interviewkit.plurals import count_noun

MEANING = (
    (
        "Score",
        "An interviewer's score on a competency is the mean of that interviewer's rated answers in "
        "it; the candidate's is the mean over the interviewers, each of whom counts once, however "
        "many answers or scorecards theirs are.",
    ),
    (
        "n",
        "How many interviewers assessed the candidate on that competency. A mean over one is one "
        "person's view.",
    ),
    ("Blank", "Not assessed. It never counts as zero and is left out of every mean."),
    (
        "Overall",
        "The mean of the candidate's scores over the competencies that were assessed, each score "
        "with the weight of its competency. A formula on the sheet Weights.",
    ),
    ("Coverage", "The weight of the assessed competencies, as a share of the total weight."),
    (
        "Place",
        "1–4: the candidate may stand anywhere from first to fourth. Places hold for all "
        "candidates at once in at least 9 of 10 rounds; a dash means that too little is known, or "
        "less than half of the weight was assessed.",
    ),
    (
        "±",
        "One standard error of the overall against the others of this round. It grows with less "
        "coverage, fewer interviewers and interviewers who disagree.",
    ),
    (
        "Probed",
        "“4 · probed 3, 2 new detail”: rated 4 after three follow-ups, two of which brought new "
        "detail. “1 not noted”: nobody noted what one of them brought. “5 · not probed”: "
        "rated on what the candidate said without follow-ups. It is shown beside the rating and "
        "changes no number.",
    ),
    (
        "Shading and signs",
        "Repeat the number: pale is low, strong is high; ▲ is the upper part of the scale, ▼ the "
        "lower. Means are shown with one decimal; the cell holds the exact value.",
    ),
    (
        "Printing",
        "A page for each candidate, and none of the answers behind them. To print more, clear the "
        "print area of a sheet: Page Layout, Print Area in Excel; Format, Print Ranges in "
        "LibreOffice.",
    ),
    ("Times", "In the time zone of the computer that wrote this workbook."),
    (
        "Seal",
        "The SHA-256 of the scorecard as it was submitted. `interviewkit records export` writes "
        "what it was computed from.",
    ),
)


def add_about_sheet(book: Book, contents: Contents, left_out: int) -> None:
    """Write the sheet. ``left_out`` answers did not fit on Evidence."""
    comparison = contents.comparison
    sheet = book.sheet(book.claim("About"), (24, 96), freeze="A2", repeat="1:1", portrait=True)
    sheet.title("About this workbook")
    rows = [("Role", comparison.role.title), ("Exported", contents.exported)]
    rows += [*contents.settings, *MEANING, ("Weights", weights(comparison))]
    rows += [("Caveats", warning) for warning in comparison.warnings]
    rows += [
        ("Withheld", f"{item.name}: {count_noun(item.scorecards, 'scorecard')} in, {WITHHELD}.")
        for item in comparison.withheld
    ]
    if left_out:
        message = f"{left_out} answers do not fit on an Excel sheet and are left out."
        rows.append(("Left out", message))
    rows += [
        ("Bank", f"{bank.title} ({bank.id}), version {bank.version}\nsha256 {sha256}")
        for sha256, bank in sorted(contents.banks.items(), key=lambda item: (item[1].id, item[0]))
    ]
    for head, text in rows:
        for piece in theme.pieces(text, 96):
            cells = [sheet.text(head, theme.STRONG_TEXT), sheet.text(piece)]
            sheet.write(cells, theme.height_of(theme.lines_of(piece, 96)))
