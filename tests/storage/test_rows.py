"""Rows are read by name, so the names must stand in the order of the columns."""

from interviewkit.storage import rows
from interviewkit.storage.store import Store


def test_an_interview_row_names_the_columns_in_their_order(store: Store) -> None:
    cursor = store._connection.execute(f"{rows.INTERVIEW} LIMIT 0")
    assert tuple(column[0] for column in cursor.description) == rows.InterviewRow._fields
