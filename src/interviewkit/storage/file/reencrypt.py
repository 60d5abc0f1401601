"""The records and their backups rewritten: encrypted, under another key, or in the open."""

from pathlib import Path
from types import ModuleType

from interviewkit.errors import StorageError
from interviewkit.storage.file import backup, restore
from interviewkit.storage.file.connection import forget_file
from interviewkit.storage.file.encryption import (
    WrongPassphraseError,
    is_encrypted,
    sqlcipher,
    takes,
)
from interviewkit.storage.file.error_messages import sqlite_errors, storage_error
from interviewkit.storage.file.file_address import file_name
from interviewkit.storage.file.file_format import APPLICATION, Unlock


def reencrypt(records: Path, unlock: Unlock | None, key: str | None) -> list[Path]:
    """Write the records and their backups again under ``key``; None takes the encryption away.

    Each file is replaced whole, the records last. Gives the backups that could not be read and
    stayed as they are. StorageError leaves the records as they were.
    """
    module = sqlcipher(records)
    if not records.is_file():
        raise StorageError(f"There is no database at {records}.", "Check --db and INTERVIEWKIT_DB.")
    backup.sweep_leftovers(records)
    # Before the records are held: anyone who is asked may try the key, and would be locked out.
    old = unlock(records) if unlock and is_encrypted(records) else ""
    with restore.exclusive_records(records, unlock) as connection:
        if connection is None:
            raise StorageError(
                f"{records} cannot be read, so nothing was changed.",
                "Run interviewkit data check, or check the passphrase.",
            )
        remaining = [
            copy.path
            for copy in backup.backups_of(records)
            if not _convert_copy(module, records, copy.path, unlock, key)
        ]
        with (
            backup.beside(records, records) as fresh,
            backup.scratch(fresh, records) as copied,
        ):
            backup.write_copy(connection, records, copied)  # under the key of the records
            _export(module, copied, old, fresh, key)
            restore.let_go(connection)
    forget_file(records)
    return remaining


def _convert_copy(
    module: ModuleType, records: Path, copy: Path, unlock: Unlock | None, key: str | None
) -> bool:
    try:
        old = unlock(copy) if unlock and is_encrypted(copy) else ""
        with backup.beside(copy, records) as fresh:
            _export(module, copy, old, fresh, key)
        forget_file(copy)
    except StorageError:
        return False
    return True


def _export(module: ModuleType, source: Path, old: str, target: Path, key: str | None) -> None:
    """All of ``source``, opened with ``old``, into the empty file ``target`` under ``key``."""
    connection = module.connect(file_name(source), isolation_level=None)
    try:
        if old and not takes(connection, old):
            raise WrongPassphraseError(f"The passphrase does not open {source}.", "")
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        connection.execute(f'ATTACH DATABASE ? AS fresh KEY "{key or ""}"', (file_name(target),))
        connection.execute("SELECT sqlcipher_export('fresh')")
        connection.execute(f"PRAGMA fresh.user_version = {version:d}")
        connection.execute(f"PRAGMA fresh.application_id = {APPLICATION}")
        faults = connection.execute("PRAGMA fresh.integrity_check").fetchall()
        connection.execute("DETACH DATABASE fresh")
    except sqlite_errors() as error:
        raise storage_error(error, source) from error
    finally:
        connection.close()
    if faults != [("ok",)]:
        raise StorageError(f"The new copy of {source} is not whole.", "Nothing was replaced.")
