"""All of it or nothing, and every fault of SQLite in a sentence."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from interviewkit.errors import StorageError
from interviewkit.interview.clock import Clock, IdMaker, stamp
from interviewkit.storage.file.error_messages import sqlite_errors, storage_error


@contextmanager
def sqlite_errors_explained(path: Path) -> Iterator[None]:
    """Turn what SQLite reports into a sentence with something to do."""
    try:
        yield
    except sqlite_errors() as error:
        raise storage_error(error, path) from error
    except UnicodeEncodeError as error:  # half of a surrogate pair, from an argument or a paste
        raise StorageError(
            "The text holds something that is no character, so it cannot be kept.",
            "What was saved before is safe. Type the text again.",
        ) from error


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All of it or nothing, on disk when it ends.

    IMMEDIATE: a transaction that reads first and then writes would be refused at once if
    somebody else had committed in between, however long the busy timeout.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # A commit that fails can leave its transaction open, and no other could ever begin.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@dataclass(frozen=True, slots=True)
class Database:
    """Open records with what each read and each write of them needs; it belongs to one thread."""

    connection: sqlite3.Connection
    path: Path
    clock: Clock
    new_id: IdMaker
    account: str

    def now(self) -> str:
        """The moment as the records keep it."""
        return stamp(self.clock.now())

    @contextmanager
    def errors_explained(self) -> Iterator[None]:
        """What SQLite reports becomes a StorageError that names these records."""
        with sqlite_errors_explained(self.path):
            yield

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of it or nothing, on disk when it ends; StorageError as in errors_explained."""
        with sqlite_errors_explained(self.path), transaction(self.connection):
            yield

    def rows(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """All rows of one statement."""
        with sqlite_errors_explained(self.path):
            return self.connection.execute(statement, values).fetchall()
