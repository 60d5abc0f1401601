"""Rows by their names, for work that asks for thousands of them."""

import sqlite3

from interviewkit.interview.people import normalize_name


class NameIndex:
    """The ids of a table's rows by normalized name, read once; anyone who adds a row adds it here.

    ``normalize_name(name) = ?`` in SQL reads the whole table for each name that is looked for.
    """

    def __init__(self, connection: sqlite3.Connection, table: str, column: str) -> None:
        rows = connection.execute(
            f"SELECT {column}, id FROM {table} ORDER BY rowid DESC"  # noqa: S608 - constants
        )
        self._ids = {normalize_name(name): str(row_id) for name, row_id in rows}

    def get(self, name: str) -> str | None:
        """The id of the row with this name, the oldest of several; None when there is none."""
        return self._ids.get(normalize_name(name))

    def add(self, name: str, row_id: str) -> None:
        """A row that was added; one that has the name already stays the one that is given."""
        self._ids.setdefault(normalize_name(name), row_id)
