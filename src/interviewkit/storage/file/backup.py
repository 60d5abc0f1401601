"""Backups: whole, compact copies of the records, made while an interview may be running.

A copy is made by SQLite itself (``VACUUM INTO``) out of one moment of the records. It holds no
deleted text, needs no log beside it, stays encrypted under the same key, and is refused by SQLite
when the records are damaged, so that a damaged file never takes a good backup's place.

Those the program makes by itself stand in ``backups/`` beside the records, named
``records.db.20260302T090000Z.daily``; the last part says why it was made.
"""

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from interviewkit import breadcrumbs
from interviewkit.errors import StorageError
from interviewkit.file_names import path_length_fault, refuse_file_name
from interviewkit.files import CLOSE_IT, is_open_elsewhere, rename_over
from interviewkit.scratch_files import noted_in, scratch_name, sweep
from interviewkit.storage import outer_head
from interviewkit.storage.file.connection import connect
from interviewkit.storage.file.error_messages import sqlite_errors, storage_error
from interviewkit.storage.file.file_address import file_name, sqlite_uri
from interviewkit.storage.file.file_format import Unlock
from interviewkit.storage.file.transaction import sqlite_errors_explained

DAILY = "daily"
REPLACED = "replaced"
BEFORE_UPDATE = "before-update-{}"  # of tables of this version
_STAMP = "%Y%m%dT%H%M%SZ"
_ENDING = r"\.(\d{8}T\d{6}Z)\.([a-z]+(?:-[a-z0-9]+)*)"
_DAMAGE = ("SQLITE_CORRUPT", "SQLITE_NOTADB")


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy that the program made by itself; ``made_at`` is in UTC."""

    path: Path
    kind: str
    made_at: datetime


def folder_of(records: Path) -> Path:
    """Where the copies of these records are, whether or not there is one."""
    return records.resolve().parent / "backups"


def backups_of(records: Path) -> list[Backup]:
    """The copies of these records that the program made by itself, the newest first."""
    name = re.compile(re.escape(records.resolve().name) + _ENDING)
    try:
        matches = [(name.fullmatch(path.name), path) for path in folder_of(records).iterdir()]
    except OSError:
        return []  # no folder, or none that may be read: then nothing can be restored from it
    backups = [
        Backup(path, match[2], datetime.strptime(match[1], _STAMP).replace(tzinfo=UTC))
        for match, path in matches
        if match
    ]
    return sorted(backups, key=lambda backup: (backup.made_at, backup.kind), reverse=True)


def is_backup_name(name: str) -> bool:
    """Whether the program names a backup like this, of whatever records."""
    return re.fullmatch(".+" + _ENDING, name) is not None


def backup_path(records: Path, kind: str, moment: datetime) -> Path:
    """The path of a copy made now."""
    suffix = f"{moment.astimezone(UTC).strftime(_STAMP)}.{kind}"
    return folder_of(records) / f"{records.resolve().name}.{suffix}"


class UpdatedMeanwhileError(StorageError):
    """Another program has brought the tables up to date, and made the backup before it did."""


def back_up(
    connection: sqlite3.Connection,
    records: Path,
    kind: str,
    moment: datetime,
    version: int | None = None,
) -> Path:
    """A copy of its kind in ``backups/``, of tables of this ``version`` where it is named.

    UpdatedMeanwhileError where the tables are of another; a copy made in the same second stays.
    """
    target = backup_path(records, kind, moment)
    _make_folder(target.parent)
    write_copy(connection, records, target, version)
    with sqlite_errors_explained(records):
        outer_head.write_outer_head(connection, records, moment)
    breadcrumbs.add_breadcrumb(f"backup {kind}")
    return target


def make_daily_backup(
    records: Path, unlock: Unlock | None, moment: datetime, keep: int
) -> Path | None:
    """Today's copy, unless there is one or nothing to copy; the last ``keep`` of each kind stay.

    Opens the records again, so it may run in any thread. StorageError when none could be made;
    then every earlier one is still there.
    """
    sweep_leftovers(records)
    today = moment.astimezone().date()
    if keep < 1 or any(
        backup.kind == DAILY and backup.made_at.astimezone().date() == today
        for backup in backups_of(records)
    ):
        return None
    connection = connect(records, unlock)
    try:
        with sqlite_errors_explained(records):
            empty = not connection.execute("SELECT EXISTS (SELECT 1 FROM interview)").fetchone()[0]
        backup = None if empty else back_up(connection, records, DAILY, moment)
    finally:
        connection.close()
    if backup:
        prune(records, keep, backup)
    return backup


def prune(records: Path, keep: int, newest: Path) -> None:
    """Take away what is beyond the last ``keep`` of each kind, never the one just made.

    With a clock that was set back, the one just made can look like the oldest.
    """
    counts: dict[str, int] = {}
    for backup in backups_of(records):
        counts[backup.kind] = counts.get(backup.kind, 0) + 1
        if counts[backup.kind] > keep and backup.path != newest:
            with suppress(OSError):  # one that will not go is no reason to stop; check lists it
                backup.path.unlink()


def write_copy(
    connection: sqlite3.Connection, records: Path, target: Path, version: int | None = None
) -> None:
    """Write the records as they are at this moment to ``target``: whole or not at all.

    What stood there stays until the copy is whole, checked and on disk. StorageError otherwise, and
    where its tables are not of the ``version`` that is named.
    """
    _refuse_target(records, target)
    sweep(target.parent)
    with beside(target, records) as copy, _copying(records, target):
        # Records that may only be read refuse all that writes, and this counts as such.
        is_guarded = connection.execute("PRAGMA query_only").fetchone()[0]
        connection.execute("PRAGMA query_only = OFF")
        try:
            connection.execute("VACUUM INTO ?", (file_name(copy),))
        finally:
            connection.execute(f"PRAGMA query_only = {is_guarded:d}")
        # As a file that does not change: on Windows the copy's journal, which is deleted by now, is
        # still seen while another program looks at it, and would be taken for one to roll back.
        still = f"{sqlite_uri(copy.absolute())}?mode=ro&immutable=1"
        connection.execute("ATTACH DATABASE ? AS copy", (still,))
        try:
            faults = connection.execute("PRAGMA copy.quick_check").fetchall()
            copied = connection.execute("PRAGMA copy.user_version").fetchone()[0]
        finally:
            connection.execute("DETACH DATABASE copy")
        if faults != [("ok",)]:
            raise StorageError(
                f"The copy for {target} could not be read back: {faults[0][0]}.",
                "Nothing was replaced. Check the disk, or name another place.",
            )
        if version not in (None, copied):
            raise UpdatedMeanwhileError(f"{records} has tables of version {copied} by now.")
    breadcrumbs.add_breadcrumb("copy of the records written")


@contextmanager
def beside(target: Path, records: Path) -> Iterator[Path]:
    """An empty file of mode 0600 beside ``target`` that takes its place at the end, flushed.

    Whatever fails, it is gone again, and what stood at ``target`` is as it was. A kill leaves it;
    then :func:`sweep_leftovers` of these ``records`` finds it.
    """
    with scratch(target, records) as copy:
        yield copy
        try:
            flush(copy)
            rename_over(copy, target)
            flush(target.parent)
        except OSError as error:
            raise _copy_error(target, error) from error


@contextmanager
def scratch(target: Path, records: Path) -> Iterator[Path]:
    """An empty file of mode 0600 beside ``target`` that is gone at the end; as :func:`beside`."""
    copy = target.parent / scratch_name()
    is_elsewhere = copy.parent.resolve() not in folders_of(records)
    with noted_in(records.resolve().parent, copy) if is_elsewhere else nullcontext():
        try:
            os.close(os.open(copy, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        except OSError as error:
            raise _copy_error(target, error) from error
        try:
            yield copy
        finally:
            for end in ("", "-journal", "-wal", "-shm"):
                with suppress(OSError):
                    copy.with_name(f"{copy.name}{end}").unlink()


def folders_of(records: Path) -> tuple[Path, Path]:
    """Where the program itself writes copies of these records."""
    return records.resolve().parent, folder_of(records)


def sweep_leftovers(records: Path) -> list[Path]:
    """Remove copies of the records that were cut off; gives those that may be under way."""
    return sweep(*folders_of(records))


def flush(path: Path) -> None:
    """Have the disk take a file, or a folder's names, before anything relies on them."""
    if path.is_dir() and os.name != "posix":
        return  # Windows flushes no folders
    # Windows flushes a file only through a handle that may write to it.
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise _copy_error(folder, error) from error


def _refuse_target(records: Path, target: Path) -> None:
    refuse_file_name(target)
    try:
        if target.resolve() == records.resolve():
            raise StorageError(
                f"{target} holds the records themselves.", "Name another file for the backup."
            )
        if target.exists() and not target.is_file():
            kind = "a folder" if target.is_dir() else "a device"
            raise StorageError(f"{target} is {kind}, not a file.", "Name a file for the backup.")
    except OSError as error:
        raise _copy_error(target, error) from error


@contextmanager
def _copying(records: Path, target: Path) -> Iterator[None]:
    try:
        yield
    except sqlite_errors() as error:
        if getattr(error, "sqlite_errorname", "").startswith(_DAMAGE):
            raise storage_error(error, records) from error
        full = "the disk is full" if "FULL" in getattr(error, "sqlite_errorname", "") else error
        raise _copy_error(target, full) from error


def _copy_error(target: Path, cause: object) -> StorageError:
    untouched = "The records and earlier backups are as they were."
    if isinstance(cause, OSError) and is_open_elsewhere(target, cause):
        return StorageError(f"{target} is open in another program.", f"{untouched} {CLOSE_IT}")
    reason = cause.strerror or cause if isinstance(cause, OSError) else cause
    reason = path_length_fault(target) or reason
    return StorageError(
        f"The copy {target} could not be written: {reason}.",
        f"{untouched} Make room, or name another place.",
    )
