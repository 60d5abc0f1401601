"""What SQLite reports, as a sentence with something to do."""

import sqlite3
import sys
from pathlib import Path

from interviewkit.errors import StorageError

RIGHTS = "Choose another place with --db PATH or INTERVIEWKIT_DB, or fix the folder's rights."
_ELSEWHERE = "It was left as it is. Name another file with --db PATH or INTERVIEWKIT_DB."


def sqlite_errors() -> tuple[type[Exception], ...]:
    """What comes out of SQLite here. SQLCipher's exceptions are no children of sqlite3's.

    A message that quotes damaged text is no UTF-8, and then that is what Python raises.
    """
    cipher = sys.modules.get("sqlcipher3.dbapi2")  # not imported for a file that is not encrypted
    ours = (sqlite3.Error, UnicodeDecodeError)
    return ours if cipher is None else (*ours, cipher.Error)


def storage_error(error: Exception, path: Path) -> StorageError:
    """The sentence for an error of SQLite with the records at ``path``."""
    name = getattr(error, "sqlite_errorname", "") or ""
    messages = {
        "SQLITE_NOTADB": (f"{path} is not an interviewkit database.", _ELSEWHERE),
        "SQLITE_FULL": (
            f"The disk is full; the last entry could not be written to {path}.",
            "What was saved before is safe. Make room, then enter the line again.",
        ),
        "SQLITE_READONLY": (f"{path} may only be read, not written.", RIGHTS),
        "SQLITE_CANTOPEN": (f"{path} cannot be opened.", RIGHTS),
        "SQLITE_BUSY": (
            f"{path} is locked by another program.",
            "Nothing was lost. Close the other program or wait a moment, then try again.",
        ),
        "SQLITE_IOERR": (
            f"The disk reported an error with {path}.",
            "What was saved before is safe. Check the disk, then try again.",
        ),
        "SQLITE_CONSTRAINT_TRIGGER": (
            f"{path} refused the change: {error}.",
            "Nothing was changed. A submitted scorecard is amended, with a reason.",
        ),
    }
    if isinstance(error, UnicodeDecodeError):
        return damage_error(path, "it holds text that is not valid UTF-8")
    if name.startswith("SQLITE_CORRUPT") or "Could not decode to UTF-8" in str(error):
        return damage_error(path, error)
    for code, (message, hint) in messages.items():
        if name.startswith(code):
            return StorageError(message, hint)
    return StorageError(f"{path}: {error}.", "What was saved before is safe.")


def damage_error(path: Path, reason: object) -> StorageError:
    """The sentence for a file, or a record in it, that cannot be relied on any more."""
    return StorageError(f"{path} is damaged: {reason}.", restore_hint())


def restore_hint() -> str:
    """What to do when the file itself cannot be relied on."""
    return (
        "Copy the file and those beside it before anything else. Then put a backup in its place: "
        "interviewkit data restore FILE. interviewkit data check lists the backups there are."
    )
