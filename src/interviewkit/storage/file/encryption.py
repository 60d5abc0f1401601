"""Records encrypted at rest, with SQLCipher: the optional extra ``interviewkit[encrypted]``.

A key is SQLCipher's raw form, ``x'<key><salt>'`` in hexadecimal, worked out here from the
passphrase as SQLCipher 4 itself does, so that it takes a tenth of a second once and not at each
opening, and any SQLCipher opens the file with the passphrase alone. The salt is the file's first
16 bytes. Copies keep key and salt.
"""

import hashlib
import os
import sqlite3
from pathlib import Path
from types import ModuleType

from interviewkit.errors import StorageError
from interviewkit.shell_line import extra_install_line
from interviewkit.storage.file.error_messages import sqlite_errors
from interviewkit.storage.file.file_address import sqlite_address
from interviewkit.storage.file.file_format import BUSY_MS, PAGE, Unlock
from interviewkit.storage.file.transaction import sqlite_errors_explained

PLAIN = b"SQLite format 3\0"
SALT = 16  # bytes
ROUNDS = 256_000  # of PBKDF2-HMAC-SHA512, SQLCipher 4's own number
SHORTEST = 10  # characters of a passphrase


class WrongPassphraseError(StorageError):
    """The passphrase does not open the file; nothing was changed."""


def is_encrypted(path: Path) -> bool:
    """Whether a file looks encrypted. Only for files that this process has not open as records.

    Reading a file and closing it takes this process's locks on it away.
    """
    with path.open("rb") as file:
        head = file.read(SALT)
    return bool(head) and head != PLAIN and path.stat().st_size % PAGE == 0


def key_of(path: Path, passphrase: str) -> str:
    """The key of an encrypted file under this passphrase, right or wrong; see is_encrypted."""
    with path.open("rb") as file:
        return _key(passphrase, file.read(SALT))


def new_key(passphrase: str) -> str:
    """A key with a salt of its own. StorageError for a passphrase that is too short."""
    if len(passphrase) < SHORTEST:
        raise StorageError(
            f"A passphrase has at least {SHORTEST} characters.",
            "Nothing was changed. Four or five words that belong to no sentence are easy to keep.",
        )
    return _key(passphrase, os.urandom(SALT))


def _key(passphrase: str, salt: bytes) -> str:
    secret = hashlib.pbkdf2_hmac("sha512", passphrase.encode(), salt, ROUNDS, 32)
    return f"x'{secret.hex()}{salt.hex()}'"


def connect_encrypted(path: Path, unlock: Unlock | None) -> sqlite3.Connection:
    """A connection to an encrypted file; WrongPassphraseError when the key does not fit.

    It is SQLCipher's own class, which does all that sqlite3's does and raises other errors.
    """
    if unlock is None:
        raise StorageError(
            f"{path} is encrypted, or it is not an interviewkit database.",
            "It was left as it is. Give its passphrase, or name another file with --db PATH.",
        )
    module = sqlcipher(path)  # before anybody is asked for a passphrase
    key = unlock(path)
    connection = _connection(module, path)
    try:
        with sqlite_errors_explained(path):
            right = takes(connection, key)
    except StorageError:
        connection.close()
        raise
    if not right:
        connection.close()
        raise WrongPassphraseError(
            f"The passphrase does not open {path}, or it is not an interviewkit database.",
            "It was left as it is. Try again; without the passphrase nobody can read it.",
        )
    return connection


def _connection(module: ModuleType, path: Path) -> sqlite3.Connection:
    connection: sqlite3.Connection = module.connect(
        sqlite_address(path), BUSY_MS / 1000, isolation_level=None, uri=True
    )
    return connection


def fits(path: Path, key: str) -> bool:
    """Whether this key opens the file."""
    connection = _connection(sqlcipher(path), path)
    try:
        with sqlite_errors_explained(path):
            return takes(connection, key)
    finally:
        connection.close()


def takes(connection: sqlite3.Connection, key: str) -> bool:
    """Give a connection of SQLCipher its key: whether it is the file's."""
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")  # it would write to the screen
        connection.execute(f'PRAGMA key = "{key}"')
        connection.execute("PRAGMA schema_version").fetchone()
    except sqlite_errors() as error:
        if getattr(error, "sqlite_errorname", "") == "SQLITE_NOTADB":
            return False
        raise
    return True


def sqlcipher(path: Path) -> ModuleType:
    """SQLCipher's module; StorageError where it is not installed."""
    try:
        from sqlcipher3 import dbapi2
    except ImportError as error:
        raise StorageError(
            f"{path} is encrypted, or is to be, and this interviewkit has no SQLCipher.",
            f"Install the extra: {extra_install_line('encrypted')}",
        ) from error
    module: ModuleType = dbapi2
    return module
