"""Proof that what is searched is what was written.

The index may lag behind; what waits to be read in is not compared. Each look gives (where, what is
wrong).
"""

import sqlite3
from collections.abc import Iterator

from interviewkit.storage.file.error_messages import sqlite_errors
from interviewkit.storage.search import SOURCES

Misfits = Iterator[tuple[str, str]]
_TABLES = {"note": "note", "amendment": "amendment", "summary": "interview"}


def index(connection: sqlite3.Connection) -> Misfits:
    """Passages that are not what their source says, and sources that have no passage."""
    waiting = set(connection.execute("SELECT kind, item FROM to_read_in"))
    for kind, table in _TABLES.items():
        passages = {
            item: (interview, text)
            for item, interview, text in connection.execute(
                "SELECT item, interview_id, text FROM passage WHERE kind = ?", (kind,)
            )
        }
        for (item,) in connection.execute(f"SELECT id FROM {table} ORDER BY id").fetchall():  # noqa: S608
            passage = passages.pop(item, None)
            source = connection.execute(SOURCES[kind], (item,)).fetchone()
            if source is None:  # a damaged table lists what cannot be found in it
                yield f"{kind} {item}", "it is listed but cannot be found by its id"
                continue
            expected = source if source[1] else None
            if passage != expected and (kind, item) not in waiting:
                yield f"{kind} {item}", "its passage in the search index is not what was written"
        for item in sorted(passages):
            if (kind, item) not in waiting:
                yield f"{kind} {item}", "a passage in the search index belongs to nothing"
    yield from _words(connection)


def _words(connection: sqlite3.Connection) -> Misfits:
    """Whether the words of the index are those of its passages, as SQLite itself compares them."""
    connection.execute("PRAGMA query_only = OFF")
    try:
        connection.execute("BEGIN")
        try:
            connection.execute("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")
        except sqlite_errors() as error:
            if getattr(error, "sqlite_errorname", "").startswith("SQLITE_CORRUPT"):
                yield "search", "the words in the search index are not those of its passages"
            # Locked or read-only: then only the passages were compared.
        finally:
            connection.execute("ROLLBACK")
    finally:
        connection.execute("PRAGMA query_only = ON")
