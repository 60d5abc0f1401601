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
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from interviewkit import breadcrumbs
from interviewkit.errors import StorageError
from interviewkit.storage import outer_head
from interviewkit.storage.file.connection import connect
from interviewkit.storage.file.error_messages import spoken, sqlite_errors
from interviewkit.storage.file.file_format import Unlock
from interviewkit.storage.file.transaction import faults

DAILY = "daily"
REPLACED = "replaced"
BEFORE_UPDATE = "before-update-{}"  # of tables of this version
KEPT = 7  # of each kind, unless the settings say otherwise
_STAMP = "%Y%m%dT%H%M%SZ"
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
    name = re.compile(
        rf"{re.escape(records.resolve().name)}\.(\d{{8}}T\d{{6}}Z)\.([a-z]+(?:-[a-z0-9]+)*)"
    )
    try:
        found = [(name.fullmatch(path.name), path) for path in folder_of(records).iterdir()]
    except OSError:
        return []  # no folder, or none that may be read: then nothing can be restored from it
    backups = [
        Backup(path, match[2], datetime.strptime(match[1], _STAMP).replace(tzinfo=UTC))
        for match, path in found
        if match
    ]
    return sorted(backups, key=lambda backup: (backup.made_at, backup.kind), reverse=True)


def named(records: Path, kind: str, now: datetime) -> Path:
    """The path of a copy made now."""
    moment = now.astimezone(UTC).strftime(_STAMP)
    return folder_of(records) / f"{records.resolve().name}.{moment}.{kind}"


def back_up(connection: sqlite3.Connection, records: Path, kind: str, now: datetime) -> Path:
    """A copy of its kind in ``backups/``."""
    target = named(records, kind, now)
    _make_folder(target.parent)
    write_copy(connection, records, target)
    with faults(records):
        outer_head.write(connection, records, now)
    breadcrumbs.happened(f"backup {kind}")
    return target


def keep_daily(records: Path, unlock: Unlock | None, now: datetime, keep: int) -> Path | None:
    """Today's copy, unless there is one or nothing to copy; the last ``keep`` of each kind stay.

    Opens the records anew, so it may run in any thread. StorageError when none could be made;
    then every earlier one is still there.
    """
    today = now.astimezone().date()
    if keep < 1 or any(
        backup.kind == DAILY and backup.made_at.astimezone().date() == today
        for backup in backups_of(records)
    ):
        return None
    connection = connect(records, unlock)
    try:
        with faults(records):
            empty = not connection.execute("SELECT EXISTS (SELECT 1 FROM interview)").fetchone()[0]
        made = None if empty else back_up(connection, records, DAILY, now)
    finally:
        connection.close()
    if made:
        prune(records, keep, made)
        _sweep_leftovers((records.resolve().parent, made.parent))
    return made


def prune(records: Path, keep: int, made: Path) -> None:
    """Take away what is beyond the last ``keep`` of each kind, never the one just made.

    With a clock that was set back, the one just made can look like the oldest.
    """
    kept: dict[str, int] = {}
    for backup in backups_of(records):
        kept[backup.kind] = kept.get(backup.kind, 0) + 1
        if kept[backup.kind] > keep and backup.path != made:
            with suppress(OSError):  # one that will not go is no reason to stop; check lists it
                backup.path.unlink()


def write_copy(connection: sqlite3.Connection, records: Path, target: Path) -> None:
    """Write the records as they are at this moment to ``target``: whole or not at all.

    What stood there stays until the copy is whole, checked and on disk. StorageError otherwise.
    """
    _refuse_target(records, target)
    with beside(target) as copy, _copying(records, target):
        connection.execute("VACUUM INTO ?", (str(copy),))
        connection.execute("ATTACH DATABASE ? AS copy", (str(copy),))
        try:
            found = connection.execute("PRAGMA copy.quick_check").fetchall()
        finally:
            connection.execute("DETACH DATABASE copy")
        if found != [("ok",)]:
            raise StorageError(
                f"The copy for {target} could not be read back: {found[0][0]}.",
                "Nothing was replaced. Check the disk, or name another place.",
            )
    breadcrumbs.happened("copy of the records written")


@contextmanager
def beside(target: Path) -> Iterator[Path]:
    """An empty file of mode 0600 beside ``target`` that takes its place at the end, flushed.

    Whatever fails, it is gone again, and what stood at ``target`` is as it was.
    """
    with scratch(target) as made:
        yield made
        try:
            flush(made)
            made.replace(target)
            flush(target.parent)
        except OSError as error:
            raise _refused(target, error) from error


@contextmanager
def scratch(target: Path) -> Iterator[Path]:
    """An empty file of mode 0600 beside ``target`` that is gone at the end."""
    try:
        number, name = tempfile.mkstemp(prefix=".interviewkit-", dir=target.parent)
        os.close(number)
    except OSError as error:
        raise _refused(target, error) from error
    made = Path(name)
    try:
        yield made
    finally:
        _sweep(made.with_name(f"{made.name}{end}") for end in ("", "-journal", "-wal", "-shm"))


def flush(path: Path) -> None:
    """Have the disk take a file, or a folder's names, before anything relies on them."""
    if path.is_dir() and os.name != "posix":
        return  # Windows flushes no folders
    # Windows flushes a file only through a handle that may write to it.
    number = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise _refused(folder, error) from error


def _sweep_leftovers(folders: Iterable[Path]) -> None:
    """Take away half-written copies that a kill left behind; they hold people's records, too."""
    stale = time.time() - 86_400
    for folder in folders:
        for path in folder.glob(".interviewkit-*"):
            with suppress(OSError):
                if path.stat().st_mtime < stale:
                    path.unlink()


def _sweep(paths: Iterable[Path]) -> None:
    for path in paths:
        with suppress(OSError):
            path.unlink()


def _refuse_target(records: Path, target: Path) -> None:
    try:
        if target.resolve() == records.resolve():
            raise StorageError(
                f"{target} holds the records themselves.", "Name another file for the backup."
            )
        if target.exists() and not target.is_file():
            kind = "a folder" if target.is_dir() else "a device"
            raise StorageError(f"{target} is {kind}, not a file.", "Name a file for the backup.")
    except OSError as error:
        raise _refused(target, error) from error


@contextmanager
def _copying(records: Path, target: Path) -> Iterator[None]:
    try:
        yield
    except sqlite_errors() as error:
        if getattr(error, "sqlite_errorname", "").startswith(_DAMAGE):
            raise spoken(error, records) from error
        full = "the disk is full" if "FULL" in getattr(error, "sqlite_errorname", "") else error
        raise _refused(target, full) from error


def _refused(target: Path, why: object) -> StorageError:
    reason = why.strerror or why if isinstance(why, OSError) else why
    return StorageError(
        f"The copy {target} could not be written: {reason}.",
        "The records and earlier backups are as they were. Make room, or name another place.",
    )
