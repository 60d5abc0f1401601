"""The workbook of a calibration, for its trainer: people, answers, and every rating."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from interviewkit.comparison.calibration import (
    CalibrationStatistics,
    RaterDistance,
    RoundStatistics,
)
from interviewkit.comparison.calibration_sentences import trainer_blocks
from interviewkit.export.private_file import replace_private_file
from interviewkit.export.sanitize import mark_controls
from interviewkit.export.workbook import theme
from interviewkit.export.workbook.xlsx_writer import Book, CellContent, Sheet
from interviewkit.interview.calibration import ExpertKey, ExpertRating, WrittenAnswer

FOR_THE_TRAINER = "Confidential: names people; for the trainer alone"
_PEOPLE = (
    *("Person", "Round", "Ratings", "Exact", "Distance", "Leniency", "from", "to"),
    *("Spread", "Expert's", "Halo", "Expert's", "Beside the panel"),
)
_ANSWERS = ("Candidate", "Question", "Round", "Expert", "Mean", "Distance", "Difference")
_REASONS = ("Why the expert's rating", "Why not higher", "Why not lower")


def write_calibration(
    path: Path, statistics: CalibrationStatistics, key: ExpertKey, records: Path
) -> None:
    """Write the workbook to ``path``, readable by its owner alone; one that exists is replaced.

    InterviewKitError when the file cannot be written, or holds the open ``records``.
    """
    of = statistics.calibration_set
    exported = f"{datetime.now().astimezone():%Y-%m-%d %H:%M}"
    with Book(f"Calibration: {of.title}", exported, of.scale, FOR_THE_TRAINER) as book:
        _panel_sheet(book, statistics, key)
        _answers_sheet(book, statistics, key)
        _ratings_sheet(book, statistics, key)
        properties = book.workbook.properties
        properties.title = mark_controls(book.title)
        properties.creator = properties.lastModifiedBy = "interviewkit"
        properties.keywords = "confidential"
        with replace_private_file(path, records) as file:
            book.save(file)


def _panel_sheet(book: Book, statistics: CalibrationStatistics, key: ExpertKey) -> None:
    sheet = book.sheet(book.claim("Panel"), (26, *(10,) * (len(_PEOPLE) - 1)), freeze="A2")
    sheet.title(f"Calibration: {statistics.calibration_set.title}")
    sheet.paragraph(
        "Distance is the mean distance from the expert in points, leniency the mean of rating "
        "minus expert with its 95 % interval, spread the standard deviation of ratings, halo how "
        "far ratings lie apart within one candidate. Empty means too few to tell."
    )
    for item in statistics.rounds:
        sheet.section(f"Round {item.round}")
        sheet.heads(_PEOPLE)
        for rater in item.people:
            sheet.write(_person_row(sheet, rater), 18)
    for head, lines in trainer_blocks(statistics, key):
        sheet.section(head)
        for line in lines:
            sheet.paragraph(line)


def _person_row(sheet: Sheet, rater: RaterDistance) -> list[CellContent | None]:
    profile, leniency = rater.beside_expert, rater.leniency
    beside_expert: tuple[float | None, ...] = (None,) * 4
    if profile is not None:
        beside_expert = (
            profile.spread,
            profile.coraters_spread,
            profile.profile,
            profile.coraters_profile,
        )
    return [
        sheet.text(rater.person.name, theme.STRONG_TEXT),
        sheet.number(rater.round, theme.COUNT),
        sheet.number(rater.answers, theme.COUNT),
        sheet.number(rater.exact, theme.COUNT),
        sheet.number(rater.distance, theme.COEFFICIENT),
        *(
            sheet.number(value, theme.SIGNED)
            for value in (leniency.value, leniency.low, leniency.high)
        ),
        *(sheet.number(value, theme.COEFFICIENT) for value in beside_expert),
        sheet.number(rater.beside_panel.difference, theme.SIGNED),
    ]


def _answers_sheet(book: Book, statistics: CalibrationStatistics, key: ExpertKey) -> None:
    of = statistics.calibration_set
    points = tuple(f"Gave {point}" for point in of.scale)
    heads = (*_ANSWERS, *points, *_REASONS)
    widths = (22, 22, 8, 8, 8, 10, 11, *(7,) * len(points), 44, 44, 44)
    sheet = book.sheet(book.claim("Answers"), widths, freeze="C4", repeat="3:3")
    sheet.title("Answers")
    sheet.paragraph("One row for each answer and round: how often each point was given.", across=7)
    sheet.heads(heads)
    answers = {answer.id: answer for answer in of.answers}
    for item in statistics.rounds:
        for line in item.answers:
            answer = answers[line.answer]
            expert = key.get(line.answer)
            texts = _reasons(expert)
            cells: list[CellContent | None] = [
                sheet.text(answer.candidate),
                sheet.text(answer.question),
                sheet.number(item.round, theme.COUNT),
                sheet.number(line.expert, theme.RATING),
                sheet.number(line.mean, theme.MEAN),
                sheet.number(line.distance, theme.COEFFICIENT),
                sheet.number(line.difference, theme.SIGNED),
                *(sheet.number(line.points.get(point, 0), theme.COUNT) for point in of.scale),
                *map(sheet.text, texts),
            ]
            sheet.write(cells, theme.height_of(max(theme.lines_of(text, 44) for text in texts)))


def _reasons(expert: ExpertRating | None) -> tuple[str, str, str]:
    if expert is None:
        return "", "", ""
    return expert.because, expert.not_higher, expert.not_lower


def _ratings_sheet(book: Book, statistics: CalibrationStatistics, key: ExpertKey) -> None:
    """Every rating, to count with: a row each, as a table."""
    heads = ("Round", "Person", "Candidate", "Question", "Rating", "Expert")
    sheet = book.sheet(book.claim("Ratings"), (8, 26, 22, 24, 8, 8), freeze="A2")
    first_row = sheet.heads(heads)
    answers = {answer.id: answer for answer in statistics.calibration_set.answers}
    for item in statistics.rounds:
        _write_ratings(sheet, item, answers, key)
    sheet.table("Ratings", heads, first_row)
    sheet.print_nothing()


def _write_ratings(
    sheet: Sheet, item: RoundStatistics, answers: Mapping[str, WrittenAnswer], key: ExpertKey
) -> None:
    for rater in item.people:
        for answer_id, answer in answers.items():
            expert = key[answer_id].rating if answer_id in key else None
            sheet.write(
                [
                    sheet.number(item.round, theme.COUNT),
                    sheet.text(rater.person.name),
                    sheet.text(answer.candidate),
                    sheet.text(answer.question),
                    sheet.number(rater.ratings.get(answer_id), theme.RATING),
                    sheet.number(expert, theme.RATING),
                ]
            )
