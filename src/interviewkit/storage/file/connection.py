"""A connection to the records or to a copy of them, encrypted or not."""

import sqlite3
from pathlib import Path

from interviewkit.errors import StorageError
from interviewkit.storage.file.error_messages import storage_error
from interviewkit.storage.file.file_address import is_read_only, log_of, sqlite_address
from interviewkit.storage.file.file_format import BUSY_MS, PAGE, Unlock
from interviewkit.storage.file.transaction import sqlite_errors_explained

_encrypted: set[Path] = set()  # files that this process has opened with SQLCipher


def connect(path: Path, unlock: Unlock | None = None) -> sqlite3.Connection:
    """A connection in autocommit mode that can read the file, encrypted or not.

    One that refuses to write where the file or its folder may only be read; StorageError then when
    a log that holds what was written last cannot be read along with the file.

    Whether it is encrypted is asked of SQLite, never by reading the file: closing a file takes
    every lock this process holds on it away (fcntl's rule), also those of another connection.
    A second window would then take itself for the only one and throw away the first one's log.
    SQLCipher is a library of its own, so sqlite3 is not shown an encrypted file again.
    """
    connection = _connect(path, unlock)
    connection.execute("PRAGMA secure_delete = ON")  # some builds of SQLite leave what is deleted
    if is_read_only(path):
        connection.execute("PRAGMA query_only = ON")
    return connection


def _connect(path: Path, unlock: Unlock | None) -> sqlite3.Connection:
    if path.resolve() in _encrypted:
        return _connect_encrypted(path, unlock)
    address = sqlite_address(path)
    with sqlite_errors_explained(path):
        connection = sqlite3.connect(
            address, timeout=BUSY_MS / 1000, isolation_level=None, uri=True
        )
    try:
        connection.execute("PRAGMA schema_version")
    except sqlite3.Error as error:
        connection.close()
        if error.sqlite_errorname == "SQLITE_CANTOPEN" and is_read_only(path) and log_of(path):
            raise StorageError(
                f"{path} may only be read, and what was written last is still in {log_of(path)}.",
                "Copy both into a folder that you may write to, and name the copy with --db PATH.",
            ) from error
        if error.sqlite_errorname != "SQLITE_NOTADB" or path.stat().st_size % PAGE:
            raise storage_error(error, path) from error
        connection = _connect_encrypted(path, unlock)
        _encrypted.add(path.resolve())
    return connection


def forget_file(path: Path) -> None:
    """Another file has come to ``path``: whether it is encrypted is to be asked again."""
    _encrypted.discard(path.resolve())


def _connect_encrypted(path: Path, unlock: Unlock | None) -> sqlite3.Connection:
    from interviewkit.storage.file.encryption import connect_encrypted  # SQLCipher and OpenSSL

    return connect_encrypted(path, unlock)
