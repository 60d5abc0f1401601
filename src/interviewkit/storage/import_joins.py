"""How the roles and candidates of an import join those that are in the records."""

import sqlite3

from interviewkit.errors import RefusedImportError
from interviewkit.interview.documents import NOTHING
from interviewkit.interview.people import normalize_name
from interviewkit.storage import audit_log

_COLUMNS = {"role": "title", "candidate": "name"}


class ImportJoins:
    """Ids that documents use → ids of the rows that stand for them here, inside one import."""

    def __init__(self, connection: sqlite3.Connection, at: str, account: str) -> None:
        self._connection = connection
        self._at = at
        self._account = account
        self._ids = _aliases(connection)

    def join(self, place: str, table: str, row_id: str, name: str) -> bool:
        """A role or candidate: known by id, or attached to the one of the same name, or new.

        Gives whether it is new. RefusedImportError when the id is known under another name.
        """
        column = _COLUMNS[table]
        present = self.id_of(table, row_id)
        if present is not None:
            present_name = self._one(f"SELECT {column} FROM {table} WHERE id = ?", present)  # noqa: S608
            if normalize_name(str(present_name)) != normalize_name(name):
                raise RefusedImportError(
                    f"{place}: the {table} {row_id} is called {name!r} here, but is already known "
                    f"as {present_name!r}.",
                    f"{NOTHING} Give one of the two an id of its own, or correct the name.",
                )
            return False
        namesake = self._one(
            f"SELECT id FROM {table} WHERE normalize_name({column}) = normalize_name(?)",  # noqa: S608 - constants
            name,
        )
        self._ids[table][row_id] = str(namesake or row_id)
        if namesake is None:
            self._connection.execute(
                f"INSERT INTO {table} (id, {column}, created_at) VALUES (?, ?, ?)",  # noqa: S608
                (row_id, name, self._at),
            )
            audit_log.append(
                self._connection,
                subject=table,
                subject_id=row_id,
                what=column,
                before=None,
                after=name,
                at=self._at,
                account=self._account,
                candidate_id=row_id if table == "candidate" else None,
            )
        return namesake is None

    def id_of(self, table: str, document_id: str) -> str | None:
        """The row that stands for this id, if there is one."""
        row_id = self._one(f"SELECT id FROM {table} WHERE id = ?", document_id)  # noqa: S608 - constants
        return str(row_id) if row_id is not None else self._ids[table].get(document_id)

    def reference(self, place: str, table: str, document_id: str) -> str:
        """The row that stands for this id; RefusedImportError when there is none."""
        row_id = self.id_of(table, document_id)
        if row_id is None:
            raise RefusedImportError(
                f"{place}: the {table} {document_id} is neither in the files nor in the records.",
                f"{NOTHING} Add its line, with type {table!r}.",
            )
        return row_id

    def _one(self, statement: str, value: str) -> object:
        row = self._connection.execute(statement, (value,)).fetchone()
        return row[0] if row else None


def _aliases(connection: sqlite3.Connection) -> dict[str, dict[str, str]]:
    rows = connection.execute(
        "SELECT DISTINCT sealed_role, role_id, sealed_candidate, candidate_id FROM interview "
        "WHERE submitted_at IS NOT NULL"
    ).fetchall()
    return {
        "role": {row[0]: row[1] for row in rows},
        "candidate": {row[2]: row[3] for row in rows},
    }
