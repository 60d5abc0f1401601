"""A table of two columns, a number and a name, as people keep them in a spreadsheet."""

from pathlib import Path

from interviewkit.errors import InterviewKitError
from interviewkit.intake.foreign_text import decode_text, read_bytes
from interviewkit.intake.list_files import tabular_source
from interviewkit.intake.list_source import Table


def read_names(path: Path) -> dict[str, str]:
    """Number → name; the row of heads, if there is one, is passed over.

    InterviewKitError names a row that is not two cells, and a number with two names.
    """
    (table,) = tabular_source(decode_text(read_bytes(path)))
    assert isinstance(table, Table)  # noqa: S101 - a table is all that a CSV text is
    names: dict[str, str] = {}
    for index, row in enumerate(table.rows):
        cells = [cell.strip() for cell in row.cells if cell.strip()]
        if len(cells) != 2:
            raise InterviewKitError(
                f"{path}, {row.location}: this row does not have two cells.",
                "Each row is a candidate's number in Greenhouse and the name.",
            )
        candidate_key, name = cells
        if index == 0 and not any(letter.isdigit() for letter in candidate_key):
            continue
        if names.setdefault(candidate_key, name) != name:
            raise InterviewKitError(
                f"{path}, {row.location}: {candidate_key} has two names.",
                "Leave one of the rows out.",
            )
    return names
