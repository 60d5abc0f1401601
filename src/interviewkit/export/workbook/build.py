"""The workbook as a whole: which sheets there are, in which order, and how they are filled."""

from typing import IO

from interviewkit.comparison.ratings import Ratings
from interviewkit.export.sanitize import mark_controls
from interviewkit.export.workbook import (
    about,
    agreement,
    candidates,
    decision_sheet,
    profile,
    questions,
    summary,
    weights,
)
from interviewkit.export.workbook.evidence import EvidenceSheets
from interviewkit.export.workbook.plan import Contents
from interviewkit.export.workbook.xlsx_writer import Book

# A candidate may be called Decision, and that sheet is read back by its name.
FIXED = (
    "Summary",
    "Weights",
    "Profile",
    "Agreement",
    "Questions",
    "Decision",
    "Evidence",
    "Scorecards",
    "About",
)


def write_workbook(file: IO[bytes], contents: Contents, ratings: Ratings) -> None:
    """Write the workbook. ``ratings`` are those behind the comparison.

    Scorecards are read and written candidate by candidate; when reading or ``contents.step``
    raises, nothing of the workbook is left but what ``file`` holds, which is the caller's.
    """
    of = contents.comparison
    with Book(of.role.title, contents.exported, of.scale) as book:
        _fill(book, contents, ratings)
        _describe(book, contents)
        book.save(file)


def _fill(book: Book, contents: Contents, ratings: Ratings) -> None:
    summary_sheet = summary.open_summary(book, contents)
    second = weights.open_weights(book)
    pages = {ranked.id: book.claim(ranked.name, FIXED) for ranked in contents.paged}
    links = {key: f"'{name.replace(chr(39), chr(39) * 2)}'!A1" for key, name in pages.items()}
    marks = weights.addresses(second, contents)
    summary.fill_summary(summary_sheet, contents, marks, links)
    weights.fill_weights(second, contents, summary_sheet)
    profile.add_profile_sheet(book, contents, summary_sheet)
    agreement.add_agreement_sheet(book, contents, marks)
    questions.add_questions_sheet(book, contents, ratings)
    if contents.can_decide:
        decision_sheet.add_decision_sheet(book, contents, summary_sheet)
    evidence = EvidenceSheets(book, contents)
    back = {"← Summary": summary_sheet.at("A1"), "Evidence": evidence.answers.sheet.at("A1")}
    for index, candidate in enumerate(contents.comparison.candidates, start=1):
        cards = contents.cards(candidate.id)
        if candidate.id in pages:
            candidates.add_candidate_page(
                book, contents, candidate, cards, pages[candidate.id], back, marks
            )
        evidence.add(cards)
        contents.step(index)
    left_out = evidence.finish()
    book.put_last(evidence.sheets)
    for sheet in evidence.sheets:
        sheet.print_nothing()
    about.add_about_sheet(book, contents, left_out)


def _describe(book: Book, contents: Contents) -> None:
    about_it = book.workbook.properties
    about_it.title = mark_controls(f"{contents.comparison.role.title}: comparison of candidates")
    about_it.subject = "Structured behavioral interviews"
    about_it.creator = about_it.lastModifiedBy = "interviewkit"
    about_it.keywords = "confidential"
    about_it.created = about_it.modified = contents.moment.replace(tzinfo=None)
