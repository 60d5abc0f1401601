"""A connection to the records or to a copy of them, encrypted or not."""

import sqlite3
from pathlib import Path

from interviewkit.storage.file.error_messages import spoken
from interviewkit.storage.file.file_format import BUSY_MS, PAGE, Unlock, file_name
from interviewkit.storage.file.transaction import faults

_encrypted: set[Path] = set()  # files that this process has opened with SQLCipher


def connect(path: Path, unlock: Unlock | None = None) -> sqlite3.Connection:
    """A connection in autocommit mode that can read the file, encrypted or not.

    Whether it is encrypted is asked of SQLite, never by reading the file: closing a file takes
    every lock this process holds on it away (fcntl's rule), also those of another connection.
    A second window would then take itself for the only one and throw away the first one's log.
    SQLCipher is a library of its own, so sqlite3 is not shown an encrypted file again.
    """
    if path.resolve() in _encrypted:
        return _connect_encrypted(path, unlock)
    with faults(path):
        connection = sqlite3.connect(file_name(path), timeout=BUSY_MS / 1000, isolation_level=None)
    try:
        connection.execute("PRAGMA schema_version")
    except sqlite3.Error as error:
        connection.close()
        if error.sqlite_errorname != "SQLITE_NOTADB" or path.stat().st_size % PAGE:
            raise spoken(error, path) from error
        connection = _connect_encrypted(path, unlock)
        _encrypted.add(path.resolve())
    return connection


def replaced(path: Path) -> None:
    """Another file has come to ``path``: whether it is encrypted is to be asked anew."""
    _encrypted.discard(path.resolve())


def _connect_encrypted(path: Path, unlock: Unlock | None) -> sqlite3.Connection:
    from interviewkit.storage.file.encryption import connect_encrypted  # SQLCipher and OpenSSL

    return connect_encrypted(path, unlock)
