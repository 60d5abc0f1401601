"""The banks that interviews used, as they stood when they were used.

``bank`` keeps their texts, by content hash, and never changes. ``bank_ready`` holds the same banks
in a form that needs no reading (:mod:`interviewkit.banks.json_cache`): made the first time one is
read, left out of no backup, missed by nobody when it is gone.
"""

import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING

from interviewkit.errors import unknown_name
from interviewkit.storage.file.error_messages import sqlite_errors

if TYPE_CHECKING:
    from interviewkit.banks.model import Bank


def bank_text(connection: sqlite3.Connection, sha256: str) -> str:
    """The text with this hash; NotFoundError when no interview used it."""
    row = connection.execute("SELECT text FROM bank WHERE sha256 = ?", (sha256,)).fetchone()
    if row is None:
        raise unknown_name("bank text", sha256, [])
    return str(row[0])


def keep_text(connection: sqlite3.Connection, sha256: str, text: str, bank: str) -> None:
    """Keep the text an interview uses, under its hash. Known already is not an error."""
    connection.execute(
        "INSERT INTO bank (sha256, id, text) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        (sha256, bank, text),
    )


def bank_of(connection: sqlite3.Connection, sha256: str) -> "Bank":
    """The bank whose text has this hash; NotFoundError when no interview used it."""
    from interviewkit.banks.json_cache import bank_from, made_ready  # not for who needs no bank

    row = connection.execute("SELECT ready FROM bank_ready WHERE sha256 = ?", (sha256,)).fetchone()
    bank = bank_from(row[0]) if row else None
    if bank is None:
        from interviewkit.banks.loader import parse_bank  # YAML and pydantic

        bank = parse_bank(bank_text(connection, sha256), sha256)
        with suppress(*sqlite_errors()):  # locked or read-only: then the next one reads it, too
            connection.execute(
                "INSERT OR REPLACE INTO bank_ready (sha256, ready) VALUES (?, ?)",
                (sha256, made_ready(bank)),
            )
    return bank
