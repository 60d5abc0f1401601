"""A page for each candidate: what was asked, what was heard, and how each interviewer rated it."""

import textwrap
from collections.abc import Mapping, Sequence

from interviewkit.banks.elements import LABELS, Element
from interviewkit.comparison.debrief import points
from interviewkit.comparison.means import format_mean
from interviewkit.comparison.results import CandidateResult, is_unmet
from interviewkit.comparison.sentences import candidate_line
from interviewkit.export.workbook import cell_text, theme
from interviewkit.export.workbook.plan import Card, Contents, stale_note
from interviewkit.export.workbook.xlsx_writer import Book, CellContent, Sheet
from interviewkit.interview.people import normalize_name
from interviewkit.interview.records import Answer

_WIDTHS = (16.0, 8.0, 23.0, 58.0, 44.0)
OVERVIEW = ("Competency", "Score", "How sure", "Heard, by rating", "Rated by")
_HEARD, _MOST_HEARD, _SUMMARY = 100, 4, 280  # letters of a note, notes a competency, letters
HEADS = ("Interviewer", "Rating", "Probed", "Notes", "Probes asked and what they brought")


def add_candidate_page(
    book: Book,
    contents: Contents,
    candidate: CandidateResult,
    cards: Sequence[Card],
    name: str,
    back: Mapping[str, str],
    weights: Sequence[str],
) -> None:
    """Write the page. ``back`` are (words, address) of the places to go back to, ``weights`` the
    addresses of the weights.

    The first part is one printed page; the answers behind it follow on the sheet, and are printed
    only when somebody clears the print area.
    """
    sheet = book.sheet(name, _WIDTHS, freeze="A4", repeat="1:3")
    sheet.title(candidate.name)
    sheet.write([sheet.text(f"{candidate_line(candidate)} · as exported", theme.QUIET_TEXT)], 16)
    sheet.merge("A2:E2")
    links: list[CellContent | None] = [
        sheet.link(text, address, theme.LINK) for text, address in back.items()
    ]
    sheet.write([*links, sheet.live(stale_note(weights), "", theme.STALE)], 18)
    _overview(sheet, contents, candidate, cards)
    _recommendations(sheet, cards)
    sheet.print_only(f"A1:E{sheet.row}")
    sheet.section("The answers behind it")
    sheet.paragraph("Not printed by default: to print it, clear the print area of this sheet.")
    for competency in contents.comparison.competencies:
        cell = candidate.cells[competency.id]
        by_question = _by_question(cards, competency.id)
        if not by_question:
            continue
        detail = f"{format_mean(cell.mean)} over {cell.n}" if cell.n else "not assessed"
        sheet.section(f"{competency.name} · {detail}")
        for answers in by_question.values():
            _question(sheet, contents, answers)


def _overview(
    sheet: Sheet, contents: Contents, candidate: CandidateResult, cards: Sequence[Card]
) -> None:
    """A row for each competency: the score, how sure it is, who gave it, and what was heard."""
    sheet.heads(OVERVIEW)
    for competency in contents.comparison.competencies:
        cell = candidate.cells[competency.id]
        error = contents.comparison.cell_error(cell.n)
        missing = len(candidate.interviewers) - cell.n
        sure = [f"± {format_mean(error)}"] if error is not None else []
        sure += [f"not rated by {missing} of {len(candidate.interviewers)}"] if missing else []
        gaps = _not_asked(contents, cards, competency.id)
        by = ", ".join(
            f"{name} {format_mean(score)}" for name, score in cell.by_interviewer.items()
        )
        texts = (
            competency.label,
            "\n".join(sure),
            _heard(cards, competency.id),
            "\n".join([by, f"To probe next: {gaps}"] if gaps else [by]),
        )
        columns = [sheet.widths[at] for at in (0, 2, 3, 4)]
        lines = max(theme.lines_of(text, width) for text, width in zip(texts, columns, strict=True))
        name, errors, heard, people = (sheet.text(text) for text in texts)
        look = theme.UNMET if is_unmet(cell, competency) else theme.LEVEL
        score = sheet.number(cell.mean, look)
        sheet.write([name, score, errors, heard, people], theme.height_of(lines, 18))


def _heard(cards: Sequence[Card], competency: str) -> str:
    """A line noted on each answer, a marked one where there is one, the highest rated first."""
    lines = [
        (answer.counts, interview.interviewer, answer.notes_marked_first[0].text)
        for interview, answers in cards
        for answer in answers
        if answer.competency == competency and answer.counts is not None and answer.notes
    ]
    lines.sort(key=lambda line: (-(line[0] or 0), normalize_name(line[1])))
    chosen = [
        f"{rating} ({name}): {textwrap.shorten(text, _HEARD, placeholder=' …')}"
        for rating, name, text in lines[:_MOST_HEARD]
    ]
    if len(lines) > _MOST_HEARD:
        chosen.append(f"and {len(lines) - _MOST_HEARD} more below")
    return "\n".join(chosen)


def _not_asked(contents: Contents, cards: Sequence[Card], competency: str) -> str:
    """The elements of a story that no notes of this competency show and nobody asked for."""
    gaps = [set(point.not_asked_about) for point in points(cards, contents.banks, competency)]
    common = set.intersection(*gaps) if gaps else set()
    return ", ".join(LABELS[element] for element in Element if element in common)


def _recommendations(sheet: Sheet, cards: Sequence[Card]) -> None:
    sheet.section("Recommendations")
    for interview, answers in cards:
        texts = [interview.summary, cell_text.page_notes(answers)]
        summary = textwrap.shorten(" · ".join(t for t in texts if t), _SUMMARY, placeholder=" …")
        _rows(
            sheet,
            [interview.interviewer, None, cell_text.recommendation_cell(interview), summary, ""],
        )


def _by_question(cards: Sequence[Card], competency: str) -> dict[str, list[tuple[Card, Answer]]]:
    by_question: dict[str, list[tuple[Card, Answer]]] = {}
    for card in cards:
        for answer in card[1]:
            if answer.competency == competency:
                key = f"{card[0].bank_sha256}/{answer.question}"
                by_question.setdefault(key, []).append((card, answer))
    return by_question


def _question(sheet: Sheet, contents: Contents, answers: list[tuple[Card, Answer]]) -> None:
    """The question, its anchors with who gave which, and what each interviewer wrote."""
    (interview, _), example = answers[0]
    bank = contents.banks[interview.bank_sha256]
    question = bank.question(example.question)
    sheet.paragraph(question.ask, theme.STRONG_TEXT)
    names_by_rating: dict[int, list[str]] = {}
    for (card, _), answer in answers:
        if answer.counts is not None:
            names_by_rating.setdefault(answer.counts, []).append(card.interviewer)
    for rating, anchor in bank.anchors(question).items():
        mark = f"   ← {', '.join(names_by_rating[rating])}" if rating in names_by_rating else ""
        sheet.paragraph(f"{rating}  {anchor}{mark}", theme.QUOTE if mark else theme.QUIET_TEXT)
    sheet.heads(HEADS)
    for (card, _), answer in sorted(
        answers, key=lambda item: normalize_name(item[0][0].interviewer)
    ):
        probed = f"skipped: {answer.skipped}" if answer.skipped is not None else answer.line
        _rows(
            sheet,
            [
                card.interviewer,
                answer.counts,
                probed,
                cell_text.notes(answer),
                cell_text.probes(answer),
            ],
        )


def _rows(sheet: Sheet, values: Sequence[str | int | None]) -> None:
    """A row, and further rows for texts that do not fit into one."""
    split = [
        theme.pieces(value, width) if isinstance(value, str) else [value]
        for value, width in zip(values, sheet.widths, strict=True)
    ]
    for row_index in range(max(map(len, split))):
        cells: list[CellContent | None] = []
        lines = 1
        for texts, width in zip(split, sheet.widths, strict=True):
            value = texts[row_index] if row_index < len(texts) else ""
            if isinstance(value, str):
                cells.append(sheet.text(value))
                lines = max(lines, theme.lines_of(value, width))
            else:
                cells.append(sheet.number(value, theme.RATING))
        sheet.write(cells, theme.height_of(lines, 18))
