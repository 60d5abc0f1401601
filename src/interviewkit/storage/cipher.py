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
from interviewkit.storage import backup, restoring
from interviewkit.storage.database import APPLICATION, BUSY_MS, PAGE, Unlock, faults, replaced
from interviewkit.storage.spoken import spoken, sqlite_errors

PLAIN = b"SQLite format 3\0"
SALT = 16  # bytes
ROUNDS = 256_000  # of PBKDF2-HMAC-SHA512, SQLCipher 4's own number
SHORTEST = 10  # characters of a passphrase
_EXTRA = "Install the extra: python -m pip install 'interviewkit[encrypted]'."


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
    sqlcipher = _sqlcipher(path)
    key = unlock(path)
    connection: sqlite3.Connection = sqlcipher.connect(
        str(path), BUSY_MS / 1000, isolation_level=None
    )
    try:
        with faults(path):
            right = _fits(connection, key)
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


def fits(path: Path, key: str) -> bool:
    """Whether this key opens the file."""
    connection = _sqlcipher(path).connect(str(path), BUSY_MS / 1000, isolation_level=None)
    try:
        with faults(path):
            return _fits(connection, key)
    finally:
        connection.close()


def _fits(connection: sqlite3.Connection, key: str) -> bool:
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")  # it would write to the screen
        connection.execute(f'PRAGMA key = "{key}"')
        connection.execute("PRAGMA schema_version").fetchone()
    except sqlite_errors() as error:
        if getattr(error, "sqlite_errorname", "") == "SQLITE_NOTADB":
            return False
        raise
    return True


def convert(records: Path, unlock: Unlock | None, key: str | None) -> list[Path]:
    """Write the records and their backups anew under ``key``; None takes the encryption away.

    Each file is replaced whole, the records last. Gives the backups that could not be read and
    stayed as they are. StorageError leaves the records as they were.
    """
    sqlcipher = _sqlcipher(records)
    if not records.is_file():
        raise StorageError(f"There is no database at {records}.", "Check --db and INTERVIEWKIT_DB.")
    # Before the records are held: whoever is asked may try the key, and would be locked out.
    old = unlock(records) if unlock and is_encrypted(records) else ""
    with restoring.held(records, unlock) as connection:
        if connection is None:
            raise StorageError(
                f"{records} cannot be read, so nothing was changed.",
                "Run interviewkit data check, or check the passphrase.",
            )
        left = [
            copy.path
            for copy in backup.backups_of(records)
            if not _convert_copy(sqlcipher, copy.path, unlock, key)
        ]
        with backup.beside(records) as fresh, backup.scratch(fresh) as copied:
            backup.write_copy(connection, records, copied)  # under the key of the records
            _export(sqlcipher, copied, old, fresh, key)
            restoring.let_go(connection)
    replaced(records)
    return left


def _convert_copy(
    sqlcipher: ModuleType, copy: Path, unlock: Unlock | None, key: str | None
) -> bool:
    try:
        old = unlock(copy) if unlock and is_encrypted(copy) else ""
        with backup.beside(copy) as fresh:
            _export(sqlcipher, copy, old, fresh, key)
        replaced(copy)
    except StorageError:
        return False
    return True


def _export(sqlcipher: ModuleType, source: Path, old: str, target: Path, key: str | None) -> None:
    """All of ``source``, opened with ``old``, into the empty file ``target`` under ``key``."""
    connection = sqlcipher.connect(str(source), isolation_level=None)
    try:
        if old and not _fits(connection, old):
            raise WrongPassphraseError(f"The passphrase does not open {source}.", "")
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        connection.execute(f'ATTACH DATABASE ? AS fresh KEY "{key or ""}"', (str(target),))
        connection.execute("SELECT sqlcipher_export('fresh')")
        connection.execute(f"PRAGMA fresh.user_version = {version:d}")
        connection.execute(f"PRAGMA fresh.application_id = {APPLICATION}")
        found = connection.execute("PRAGMA fresh.integrity_check").fetchall()
        connection.execute("DETACH DATABASE fresh")
    except sqlite_errors() as error:
        raise spoken(error, source) from error
    finally:
        connection.close()
    if found != [("ok",)]:
        raise StorageError(f"The new copy of {source} is not whole.", "Nothing was replaced.")


def _sqlcipher(path: Path) -> ModuleType:
    try:
        from sqlcipher3 import dbapi2
    except ImportError as error:
        raise StorageError(
            f"{path} is encrypted, or is to be, and this interviewkit has no SQLCipher.", _EXTRA
        ) from error
    module: ModuleType = dbapi2
    return module
