"""One SQLite file: opened safely or refused clearly.

Raw ``sqlite3`` once the tables are there; sqlite-utils makes and changes them (see migrations).
The connection is in autocommit mode, so a transaction is open only inside :func:`transaction`.
"""

import os
import sqlite3
import time
from contextlib import suppress
from datetime import UTC, datetime
from errno import EACCES
from pathlib import Path

from interviewkit import breadcrumbs
from interviewkit.errors import StorageError
from interviewkit.settings import named_path
from interviewkit.storage.file.connection import connect
from interviewkit.storage.file.error_messages import RIGHTS, restore_hint, sqlite_errors
from interviewkit.storage.file.file_address import is_read_only
from interviewkit.storage.file.file_format import APPLICATION, BUSY_MS, VERSION, Unlock
from interviewkit.storage.file.location_check import refuse_unusable
from interviewkit.storage.file.transaction import sqlite_errors_explained

_EMPTY = 1  # byte: SQLite takes a file of one byte for empty, too
WAIT_MS = 500  # once it is open: the screen stands still as long as a write waits


def default_path() -> Path:
    """Where the records are: ``INTERVIEWKIT_DB``, the settings, or the user's data directory."""
    named = named_path("records")
    if named:
        return named
    from platformdirs import user_data_path

    return user_data_path("interviewkit", appauthor=False) / "interviewkit.db"


def open_database(path: Path, unlock: Unlock | None = None) -> sqlite3.Connection:
    """Open or create the records at ``path``, migrated and private (mode 0600).

    Records that may only be read are opened as they are, and refuse to be written.

    ``unlock`` gives the key of an encrypted file, and is asked for none other. Raises StorageError
    with a sentence for whatever stands in the way; a file that is not ours, or newer than this
    program, is left untouched.
    """
    refuse_unusable(path)
    _refuse_half(path)
    if not is_read_only(path):
        _make_private(path)
    connection = connect(path, unlock)
    try:
        with sqlite_errors_explained(path):
            connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
            _prepare(connection, path)
    except BaseException:
        connection.close()
        raise
    connection.execute(f"PRAGMA busy_timeout = {min(WAIT_MS, BUSY_MS)}")
    breadcrumbs.fact("SQLite", connection.execute("SELECT sqlite_version()").fetchone()[0])
    breadcrumbs.fact("tables", str(VERSION))
    return connection


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    # One transaction, so that all three are of one moment while another program creates the file.
    connection.execute("BEGIN")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    owner = connection.execute("PRAGMA application_id").fetchone()[0]
    tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    connection.execute("COMMIT")
    if tables and owner != APPLICATION:
        raise StorageError(
            f"{path} is a database of another program.",
            "It was left as it is. Name another file with --db PATH or INTERVIEWKIT_DB.",
        )
    if version > VERSION:
        raise StorageError(
            f"{path} was written by a newer interviewkit (tables {version}, here {VERSION}).",
            _downgrade_hint(path),
        )
    connection.execute("PRAGMA foreign_keys = ON")
    if refuses_writing(connection):
        if version < VERSION:
            raise StorageError(
                f"{path} is older than this interviewkit (tables {version}, here {VERSION}), and "
                "may only be read.",
                "Copy it into a folder that you may write to, and name the copy with --db PATH.",
            )
        return
    connection.execute("PRAGMA synchronous = FULL")
    if connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        _write_ahead(connection)  # also when a backup was put here by hand
    if version < VERSION:
        _bring_up_to_date(connection, path, version)


def _bring_up_to_date(connection: sqlite3.Connection, path: Path, version: int) -> None:
    """Make the tables, or change those of an earlier version, with a backup before."""
    if version:
        from interviewkit.storage.file.backup import (
            BEFORE_UPDATE,
            UpdatedMeanwhileError,
            back_up,
        )

        kind = BEFORE_UPDATE.format(version)
        with suppress(UpdatedMeanwhileError):
            back_up(connection, path, kind, datetime.now(UTC), version)
    from interviewkit.storage import outer_head
    from interviewkit.storage.schema.migrations import migrate

    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    migrate(connection, VERSION)
    if not version:
        outer_head.forget(path)  # that of records which stood here before
    breadcrumbs.add_breadcrumb(f"tables brought from {version} to {VERSION}")


def refuses_writing(connection: sqlite3.Connection) -> bool:
    """Whether the records that are open may only be read."""
    return bool(connection.execute("PRAGMA query_only").fetchone()[0])


def _downgrade_hint(path: Path) -> str:
    from interviewkit.storage.file.backup import BEFORE_UPDATE, backups_of

    kinds = [BEFORE_UPDATE.format(version) for version in range(1, VERSION + 1)]
    fitting = [backup.path for backup in backups_of(path) if backup.kind in kinds]
    older = f" The records as they were before the update: {fitting[0]}." if fitting else ""
    return (
        "It was left as it is. Install the newer interviewkit, or name another file with --db."
        + older
    )


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Switch to the write-ahead log. SQLite itself does not wait here when the file is in use."""
    until = time.monotonic() + BUSY_MS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite_errors() as error:
            busy = getattr(error, "sqlite_errorname", "").startswith("SQLITE_BUSY")
            if not busy or time.monotonic() > until:
                raise
            time.sleep(0.005)
        else:
            return


def _refuse_half(path: Path) -> None:
    """A log without its file holds what was saved last, and SQLite would throw it away.

    So it would with an empty file; and an empty file beside backups was cut off, not new.
    """
    try:
        if path.stat().st_size > _EMPTY:
            return
        fault = "is empty"
    except FileNotFoundError:
        fault = "is missing"
    except OSError:
        return  # _make_private says what is wrong
    log = path.with_name(f"{path.name}-wal")
    if log.is_file() and log.stat().st_size:
        if path.is_file() and path.stat().st_size > _EMPTY:
            return  # another program has just made it
        raise StorageError(
            f"{path} {fault}, but the log of what was written to it last is there: {log}.",
            f"Nothing was touched. {restore_hint()}",
        )
    if fault == "is empty":
        from interviewkit.storage.file.backup import backups_of

        if backups_of(path):
            raise StorageError(
                f"{path} is empty, though there are backups of it.",
                f"Nothing was touched. {restore_hint()}",
            )


def _make_private(path: Path) -> None:
    """Create the file with mode 0600 before SQLite would create it with the umask's."""
    try:
        _settle(path)
    except IsADirectoryError as error:
        raise StorageError(f"{path} is a folder, not a file.", "Name a file with --db.") from error
    except (FileExistsError, NotADirectoryError) as error:
        raise StorageError(f"A part of {path} is a file, not a folder.", RIGHTS) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise StorageError(f"{path} cannot be written: {reason}.", RIGHTS) from error


def _settle(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    real = path.resolve()  # a link to a file that is yet to be made stays a link
    if not real.exists():
        with suppress(FileExistsError):  # by another window, just now
            os.close(os.open(real, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    if real.is_dir():
        raise IsADirectoryError
    about = real.stat()
    if os.name == "posix" and about.st_uid == os.getuid() and about.st_mode & 0o077:
        real.chmod(0o600)  # a copied file may have come with the umask's rights
    if not os.access(real, os.R_OK | os.W_OK):
        raise PermissionError(EACCES, os.strerror(EACCES))
