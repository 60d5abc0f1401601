"""Proof that what is searched is what was written.

The index may lag behind; what waits to be read in is not compared. Each look gives (where, what is
wrong).
"""

import sqlite3
from collections.abc import Collection, Iterator

from interviewkit.storage.file.error_messages import sqlite_errors
from interviewkit.storage.search import SOURCES

_NOT_WRITTEN = "its passage in the search index is not what was written"
_OF_NOTHING = "a passage in the search index belongs to nothing"
Misfits = Iterator[tuple[str, str]]
_TABLES = {"note": "note", "amendment": "amendment", "summary": "interview"}
_FOLLOW_UPS = (
    "SELECT interview_id || '/' || question || '/' || probe, interview_id, text FROM asked "
    "WHERE own = 1 AND taken_back = 0 ORDER BY 1"
)
_Passages = dict[str, tuple[str, str]]  # item → interview, text


def index(connection: sqlite3.Connection) -> Misfits:
    """Passages that are not what their source says, and sources that have no passage."""
    waiting = set(connection.execute("SELECT kind, item FROM to_read_in"))
    for kind, table in _TABLES.items():
        passages = _passages(connection, kind)
        for (item,) in connection.execute(f"SELECT id FROM {table} ORDER BY id").fetchall():  # noqa: S608
            passage = passages.pop(item, None)
            source = connection.execute(SOURCES[kind], (item,)).fetchone()
            if source is None:  # a damaged table lists what cannot be found in it
                yield f"{kind} {item}", "it is listed but cannot be found by its id"
                continue
            expected = source if source[1] else None
            if passage != expected and (kind, item) not in waiting:
                yield f"{kind} {item}", _NOT_WRITTEN
        for item in sorted(passages):
            if (kind, item) not in waiting:
                yield f"{kind} {item}", _OF_NOTHING
    yield from _follow_ups(connection, {item for kind, item in waiting if kind == "follow_up"})
    yield from _words(connection)


def _passages(connection: sqlite3.Connection, kind: str) -> _Passages:
    rows = connection.execute(
        "SELECT item, interview_id, coalesce(original, text) FROM passage WHERE kind = ?", (kind,)
    )
    return {item: (interview, text) for item, interview, text in rows}


def _follow_ups(connection: sqlite3.Connection, waiting: Collection[str]) -> Misfits:
    """Those of an interview are read in together, so they wait together."""
    passages = _passages(connection, "follow_up")
    for item, interview, text in connection.execute(_FOLLOW_UPS).fetchall():
        if passages.pop(item, None) != (interview, text) and interview not in waiting:
            yield f"follow_up {item}", _NOT_WRITTEN
    for item, (interview, _) in sorted(passages.items()):
        if interview not in waiting:
            yield f"follow_up {item}", _OF_NOTHING


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
