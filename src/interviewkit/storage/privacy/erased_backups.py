"""The backups that still hold a person who was erased from the records."""

import sqlite3
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from interviewkit.errors import StorageError
from interviewkit.interview.erasure import BackupWithPerson
from interviewkit.scratch_files import PREFIX
from interviewkit.storage.file.backup import backups_of, folder_of, is_backup_name
from interviewkit.storage.file.encryption import connect_encrypted, is_encrypted
from interviewkit.storage.file.error_messages import sqlite_errors
from interviewkit.storage.file.file_address import sqlite_uri
from interviewkit.storage.file.file_format import Unlock


def backups_with(
    path: Path, ids: Sequence[str], roles: Collection[str], unlock: Unlock | None = None
) -> list[BackupWithPerson]:
    """The files in the folder of backups that hold one of these candidates, or may.

    The folder may hold another database's backups, too. Which is whose is told by the name that
    the program gives, and by the ids of ``roles``, those of the records, that stand in it.
    """
    folder = folder_of(path)
    named = {backup.path for backup in backups_of(path)}
    files = sorted(file for file in folder.glob("*") if file.is_file()) if folder.is_dir() else []
    holding = []
    for file in files:
        if file.name.endswith(("-wal", "-shm", "-journal")) or file.name.startswith(PREFIX):
            continue
        is_anothers = file not in named and is_backup_name(file.name)
        content = _content(file, ids, None if is_anothers else unlock)
        if content is None and not is_anothers:
            holding.append(BackupWithPerson(file, is_read=False, is_own=file in named))
        elif content and content.holds:
            is_same = not content.roles.isdisjoint(roles)
            is_copy = bool(content.roles) and content.roles <= set(roles)
            is_own = is_same if file in named else is_copy and not is_anothers
            holding.append(BackupWithPerson(file, is_read=True, is_own=is_own))
    return holding


class _Content(NamedTuple):
    holds: bool  # one of the candidates
    roles: frozenset[str]


def _content(file: Path, ids: Sequence[str], unlock: Unlock | None) -> _Content | None:
    """None when the file cannot be read as records, as one under another passphrase cannot."""
    marks = ", ".join("?" * len(ids))
    try:
        connection = _open_backup(file, unlock)
    except (sqlite3.Error, StorageError):
        return None
    try:
        row = connection.execute(
            f"SELECT 1 FROM candidate WHERE id IN ({marks})",  # noqa: S608 - only marks
            list(ids),
        ).fetchone()
        roles = connection.execute("SELECT id FROM role").fetchall()
    except sqlite_errors():
        return None
    finally:
        connection.close()
    return _Content(row is not None, frozenset(role for (role,) in roles))


def _open_backup(file: Path, unlock: Unlock | None) -> sqlite3.Connection:
    if unlock and is_encrypted(file):
        return connect_encrypted(file, unlock)
    return sqlite3.connect(f"{sqlite_uri(file.resolve())}?mode=ro&immutable=1", uri=True)


def remove_backups(backups: Iterable[BackupWithPerson]) -> list[Path]:
    """Delete these files with whatever SQLite left beside them; gives what was deleted.

    Only one's own: another database's backup in the same folder is not ours to delete.
    """
    removed = []
    for backup in (file for file in backups if file.is_own):
        for name in (backup.path.name, f"{backup.path.name}-wal", f"{backup.path.name}-shm"):
            file = backup.path.with_name(name)
            try:
                file.unlink(missing_ok=True)
            except OSError as error:
                raise StorageError(
                    f"{file} cannot be deleted: {error.strerror or error}.",
                    "The person is erased from the records; delete that file yourself.",
                ) from error
        removed.append(backup.path)
    return removed
