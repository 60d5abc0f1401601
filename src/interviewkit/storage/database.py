"""One SQLite file: opened safely, refused clearly, and every fault put into a sentence.

Raw ``sqlite3`` once the tables are there; sqlite-utils makes and changes them (see migrations).
The connection is in autocommit mode, so a transaction is open only inside :func:`transaction`.
"""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from interviewkit.errors import StorageError

VERSION = 2
APPLICATION = 0x696B6974  # "ikit" in the file's header: tells our file from another program's
BUSY_MS = 5000  # while opening, when another program may be migrating
WAIT_MS = 500  # afterwards: the screen stands still as long as a write waits
_RIGHTS = "Choose another place with --db PATH or INTERVIEWKIT_DB, or mend the folder's rights."


def default_path() -> Path:
    """Where the records are: ``INTERVIEWKIT_DB``, or the user's data directory."""
    named = os.environ.get("INTERVIEWKIT_DB")
    if named:
        return Path(os.path.expanduser(named))  # noqa: PTH111 - leaves an unknown ~name as it is
    from platformdirs import user_data_path

    return user_data_path("interviewkit", appauthor=False) / "interviewkit.db"


def open_database(path: Path) -> sqlite3.Connection:
    """Open or create the records at ``path``, migrated and private (mode 0600).

    Raises StorageError with a sentence for whatever stands in the way; a file that is not ours,
    or newer than this program, is left untouched.
    """
    _make_private(path)
    with faults(path):
        connection = sqlite3.connect(path, isolation_level=None)
    try:
        with faults(path):
            connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
            _prepare(connection, path)
    except BaseException:
        connection.close()
        raise
    connection.execute(f"PRAGMA busy_timeout = {min(WAIT_MS, BUSY_MS)}")
    return connection


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    # One transaction, so that all three are of one moment while another program creates the file.
    connection.execute("BEGIN")
    found = connection.execute("PRAGMA user_version").fetchone()[0]
    owner = connection.execute("PRAGMA application_id").fetchone()[0]
    tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    connection.execute("COMMIT")
    if tables and owner != APPLICATION:
        raise StorageError(
            f"{path} is a database of another program.",
            "It was left as it is. Name another file with --db PATH or INTERVIEWKIT_DB.",
        )
    if found > VERSION:
        raise StorageError(
            f"{path} was written by a newer interviewkit (tables {found}, here {VERSION}).",
            "It was left as it is. Install the newer interviewkit, or name another file with --db.",
        )
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    if found < VERSION:
        _write_ahead(connection)
        from interviewkit.storage.migrations import migrate

        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        migrate(connection, VERSION)


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Switch to the write-ahead log. SQLite itself does not wait here when the file is in use."""
    until = time.monotonic() + BUSY_MS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            busy = error.sqlite_errorname.startswith("SQLITE_BUSY")
            if not busy or time.monotonic() > until:
                raise
            time.sleep(0.005)
        else:
            return


def _make_private(path: Path) -> None:
    """Create the file with mode 0600 before SQLite would create it with the umask's."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if os.name == "posix" and os.fstat(file).st_uid == os.getuid():
                os.fchmod(file, 0o600)  # a copied file may have come with the umask's rights
        finally:
            os.close(file)
    except IsADirectoryError as error:
        raise StorageError(f"{path} is a folder, not a file.", "Name a file with --db.") from error
    except (FileExistsError, NotADirectoryError) as error:
        raise StorageError(f"A part of {path} is a file, not a folder.", _RIGHTS) from error
    except OSError as error:
        why = error.strerror or str(error)
        raise StorageError(f"{path} cannot be written: {why}.", _RIGHTS) from error


@contextmanager
def faults(path: Path) -> Iterator[None]:
    """Turn what SQLite reports into a sentence with something to do."""
    try:
        yield
    except sqlite3.Error as error:
        raise _spoken(error, path) from error
    except UnicodeEncodeError as error:  # half of a surrogate pair, from an argument or a paste
        raise StorageError(
            "The text holds something that is no character, so it cannot be kept.",
            "What was saved before is safe. Type the text anew.",
        ) from error


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All of it or nothing, on disk when it ends.

    IMMEDIATE: a transaction that reads first and then writes would be refused at once if
    somebody else had committed in between, however long the busy timeout.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # A commit that fails can leave its transaction open, and no other could ever begin.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _spoken(error: sqlite3.Error, path: Path) -> StorageError:
    name = getattr(error, "sqlite_errorname", "") or ""
    said = {
        "SQLITE_NOTADB": (
            f"{path} is not an interviewkit database.",
            "It was left as it is. Name another file with --db PATH or INTERVIEWKIT_DB.",
        ),
        "SQLITE_CORRUPT": (
            f"{path} is damaged: {error}.",
            "Copy the file before anything else, then put a backup in its place.",
        ),
        "SQLITE_FULL": (
            f"The disk is full; the last entry could not be written to {path}.",
            "What was saved before is safe. Make room, then enter the line again.",
        ),
        "SQLITE_READONLY": (f"{path} may only be read, not written.", _RIGHTS),
        "SQLITE_CANTOPEN": (f"{path} cannot be opened.", _RIGHTS),
        "SQLITE_BUSY": (
            f"{path} is locked by another program.",
            "Nothing was lost. Close the other program or wait a moment, then try again.",
        ),
        "SQLITE_IOERR": (
            f"The disk reported an error with {path}.",
            "What was saved before is safe. Check the disk, then try again.",
        ),
    }
    for code, (message, hint) in said.items():
        if name.startswith(code):
            return StorageError(message, hint)
    return StorageError(f"{path}: {error}.", "What was saved before is safe.")
