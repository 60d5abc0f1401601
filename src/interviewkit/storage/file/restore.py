"""A backup put in the place of the records, which are kept aside.

Only while nobody else has them open, and in an order in which no moment is without a whole file
at the records' place.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from interviewkit import breadcrumbs
from interviewkit.errors import StorageError
from interviewkit.files import is_open_elsewhere, rename_over
from interviewkit.interview.clock import stamp
from interviewkit.storage import audit_log, outer_head
from interviewkit.storage.file.backup import (
    REPLACED,
    backup_path,
    beside,
    flush,
    folder_of,
    sweep_leftovers,
    write_copy,
)
from interviewkit.storage.file.connection import connect, forget_file
from interviewkit.storage.file.error_messages import sqlite_errors
from interviewkit.storage.file.file_format import APPLICATION, VERSION, Unlock
from interviewkit.storage.file.transaction import sqlite_errors_explained, transaction

_LOGS = ("-wal", "-shm", "-journal")
_RENAMES_OPEN_FILES = os.name == "posix"  # Windows does not
_ENTRIES = (
    "SELECT id, touched_at || draft || summary || reason || page || coalesce(seal, '') "
    "FROM interview UNION ALL SELECT id, '' FROM amendment"
)


@dataclass(frozen=True, slots=True)
class Newer:
    """What the records hold that a backup does not.

    ``entries`` counts interviews and amendments, ``last`` is when one was last touched. ``unread``
    says in words why the records could not be compared, and is empty otherwise.
    """

    entries: int = 0
    newest: str = ""
    unread: str = ""

    def __bool__(self) -> bool:
        return bool(self.entries or self.unread)


def newer(records: Path, backup: Path, unlock: Unlock | None = None) -> Newer:
    """What restoring ``backup`` would put out of sight. StorageError if ``backup`` is unusable."""
    offered = _usable(backup, unlock)
    if not records.exists():
        log = records.with_name(f"{records.name}-wal")
        return Newer(unread=f"only {log} is left of them") if log.exists() else Newer()
    if not records.stat().st_size:
        return Newer()
    try:
        with _reading(records, unlock) as connection:
            present = dict(connection.execute(_ENTRIES).fetchall())
            touched = dict(connection.execute("SELECT id, touched_at FROM interview").fetchall())
    except StorageError as error:
        return Newer(unread=error.message.removesuffix("."))
    missing = [key for key, entry in present.items() if offered.get(key) != entry]
    newest = max((touched[key] for key in missing if key in touched), default="")
    return Newer(len(missing), newest)


def restore(
    records: Path, backup: Path, moment: datetime, unlock: Unlock | None = None
) -> Path | None:
    """Put ``backup`` in the records' place; gives where these are kept, None if there were none.

    Says nothing of what is newer: ask :func:`newer` first. StorageError leaves all as it was.
    """
    _usable(backup, unlock)
    if backup.resolve() == records.resolve():
        raise StorageError(f"{backup} is in use as the records.", "Name a backup.")
    records = records.resolve()
    _make_folder(records.parent)
    sweep_leftovers(records)
    with exclusive_records(records, unlock) as connection, beside(records, records) as fresh:
        source = connect(backup, unlock)
        try:
            write_copy(source, backup, fresh)
        finally:
            source.close()
        _log_restoring(fresh, moment, unlock)
        let_go(connection)
        outer_head.forget(records)  # the log that comes back ends where the backup was made
        aside = put_aside(records, moment)
        forget_file(records)
        breadcrumbs.add_breadcrumb("records restored")
        return aside


def _log_restoring(fresh: Path, moment: datetime, unlock: Unlock | None) -> None:
    """In the copy that takes the records' place: from here on its log is another one."""
    connection = connect(fresh, unlock)
    try:
        with sqlite_errors_explained(fresh):
            if connection.execute("PRAGMA user_version").fetchone()[0] < VERSION:
                return  # brought up to date when it is opened, which begins a new log
            with transaction(connection):
                audit_log.append(
                    connection,
                    subject="log",
                    subject_id="",
                    field=audit_log.RESTORED,
                    at=stamp(moment),
                    account="",
                )
    finally:
        connection.close()


@contextmanager
def exclusive_records(records: Path, unlock: Unlock | None) -> Iterator[sqlite3.Connection | None]:
    """The records to oneself, with nothing left in their log; None for damaged ones, as they are.

    StorageError when another window or program has them open. Leaving the log mode is what SQLite
    only does for the last one who has the file open.
    """
    connection = _alone(records, unlock)
    try:
        yield connection
    finally:
        if connection is not None:
            connection.close()


def let_go(connection: sqlite3.Connection | None) -> None:
    """Just before the records are given another name, where a file that is open keeps its own.

    Nothing is lost by it: anyone who opens them in that moment keeps the name in place, and the
    failure is told. Elsewhere they stay held until the new file is there.
    """
    if connection is not None and not _RENAMES_OPEN_FILES:
        connection.close()


def _alone(records: Path, unlock: Unlock | None) -> sqlite3.Connection | None:
    """A connection that keeps everybody else out; None where there is nothing to be opened."""
    if not records.exists() or not records.stat().st_size:
        return None
    try:
        connection = connect(records, unlock)
    except StorageError:
        return None  # damaged, foreign, or under another passphrase: it is kept aside untouched
    try:
        connection.execute("PRAGMA busy_timeout = 500")
        connection.execute("PRAGMA journal_mode = DELETE")
        # Kept until the connection is closed, also after the end of the transaction.
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")
    except sqlite_errors() as error:
        connection.close()
        if getattr(error, "sqlite_errorname", "").startswith("SQLITE_BUSY"):
            raise _open_elsewhere_error(records) from error
        return None  # damaged further in than its first page
    return connection


def _open_elsewhere_error(records: Path) -> StorageError:
    """The sentence for records that somebody else has open."""
    return StorageError(
        f"{records} is open in another window or program.",
        "Nothing was changed. Close it there, then try again.",
    )


def put_aside(records: Path, moment: datetime) -> Path | None:
    """Give the records a second name in ``backups/``, and take their logs there.

    A log left behind would be played into whatever file comes in their place.
    """
    names = [records, *(records.with_name(f"{records.name}{end}") for end in _LOGS)]
    if not any(name.exists() for name in names):
        return None
    try:
        folder_of(records).mkdir(mode=0o700, exist_ok=True)
        aside = backup_path(records, REPLACED, moment)
        if aside.exists():
            raise FileExistsError(0, "another was put there this very second", str(aside))
        for end in _LOGS:
            log = records.with_name(f"{records.name}{end}")
            if log.exists():
                rename_over(log, aside.with_name(f"{aside.name}{end}"))
        if records.exists():
            _second_name(records, aside)
        flush(aside.parent)
    except OSError as error:
        if is_open_elsewhere(records, error):
            raise _open_elsewhere_error(records) from error
        raise StorageError(
            f"The records at {records} could not be kept aside: {error.strerror or error}.",
            "Nothing was replaced. Try again, or fix the rights of the folder.",
        ) from error
    return aside


def _second_name(records: Path, aside: Path) -> None:
    """Both names at once, so that no moment is without records; else the new name alone."""
    with suppress(FileNotFoundError):
        try:
            os.link(records, aside)
        except OSError:  # a file system without links, such as a memory stick's
            rename_over(records, aside)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or error
        raise StorageError(f"{folder} cannot be made: {reason}.", "Name another place.") from error


@contextmanager
def _reading(path: Path, unlock: Unlock | None) -> Iterator[sqlite3.Connection]:
    connection = connect(path, unlock)
    try:
        with sqlite_errors_explained(path):
            yield connection
    finally:
        connection.close()


def _usable(backup: Path, unlock: Unlock | None) -> dict[str, str]:
    """The entries of a file that can be restored; StorageError says why one cannot."""
    nothing = "Nothing was changed."
    if not backup.is_file():
        raise StorageError(f"There is no file {backup}.", f"{nothing} Name a backup.")
    if not backup.stat().st_size:
        raise StorageError(f"{backup} is empty.", f"{nothing} Name another backup.")
    with _reading(backup, unlock) as connection:
        owner = connection.execute("PRAGMA application_id").fetchone()[0]
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if owner != APPLICATION:
            raise StorageError(
                f"{backup} is not a backup of interviewkit's records.",
                f"{nothing} Name another file.",
            )
        if version > VERSION:
            raise StorageError(
                f"{backup} was written by a newer interviewkit (tables {version}, here {VERSION}).",
                f"{nothing} Install the newer interviewkit first.",
            )
        faults = connection.execute("PRAGMA integrity_check").fetchall()
        if faults != [("ok",)]:
            raise StorageError(
                f"{backup} is damaged: {faults[0][0]}.", f"{nothing} Name another backup."
            )
        return dict(connection.execute(_ENTRIES).fetchall())
