"""Whether the records are what they were: pages, references, seals, the log, guards and rights.

Looks and never fixes. Each fault is one line: a stable code, where, and what is wrong.
"""

import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from interviewkit.banks.json_cache import bank_from
from interviewkit.errors import StorageError
from interviewkit.interview.documents import LogHead
from interviewkit.storage.file.backup import Backup, backups_of, folder_of
from interviewkit.storage.file.connection import connect
from interviewkit.storage.file.error_messages import sqlite_errors, storage_error
from interviewkit.storage.file.file_format import APPLICATION, VERSION, Unlock
from interviewkit.storage.integrity import (
    index_verification,
    leftovers,
    log_verification,
    seal_verification,
    values_in_force,
)


@dataclass(frozen=True, slots=True)
class Fault:
    """``code`` is stable; ``where`` names the record or file."""

    code: str
    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.code:<10} {self.where}: {self.message}"


@dataclass(frozen=True, slots=True)
class Checked:
    """What was looked at and what was found. ``notes`` are worth knowing and no faults."""

    path: Path
    faults: tuple[Fault, ...]
    scorecards: int
    under_way: int
    changes: int
    backups: tuple[Backup, ...]
    encrypted: bool
    notes: tuple[str, ...] = ()


def check_records(
    path: Path, unlock: Unlock | None = None, outside: tuple[str, LogHead] | None = None
) -> Checked:
    """Look through the records at ``path``. StorageError when they cannot be opened at all.

    ``outside`` is a head of their log that was kept elsewhere, with the name of its file.
    """
    rights = list(_rights(path))  # before SQLite makes files of its own
    connection = connect(path, unlock)
    try:
        connection.execute("PRAGMA query_only = ON")
        version = _refuse_foreign(connection, path)
        faults = list(_pages(connection, path))
        if version == VERSION:
            faults += _run_checks(connection, path, unlock, damage_reported=bool(faults))
            if outside:
                faults += _faults_of("log", lambda c: log_verification.against(c, *outside))(
                    connection
                )
        sealed, under_way, changes = (_count(connection, table) for table in _COUNTED)
        encrypted = not isinstance(connection, sqlite3.Connection)
    except sqlite_errors() as error:
        raise storage_error(error, path) from error
    finally:
        connection.close()
    rights += [Fault("leftover", file, reason) for file, reason in leftovers.cut_off(path)]
    if encrypted:
        rights += list(_in_the_clear(path))
    return Checked(
        path,
        faults=(*rights, *faults),
        scorecards=sealed,
        under_way=under_way,
        changes=changes,
        backups=tuple(backups_of(path)),
        encrypted=encrypted,
        notes=() if version == VERSION else (_behind(version),),
    )


def _run_checks(
    connection: sqlite3.Connection, path: Path, unlock: Unlock | None, *, damage_reported: bool
) -> list[Fault]:
    """What is found as far as the pages can be read; ``known`` is whether damage was named."""
    faults: list[Fault] = []
    at_end = _faults_of("log", lambda records: log_verification.end(records, path))
    in_copies = _faults_of("log", lambda records: log_verification.copies(records, path, unlock))
    for look in (*_LOOKS, at_end, in_copies):
        try:
            faults += look(connection)
        except sqlite_errors() as error:
            if not damage_reported:
                faults.append(Fault("damage", str(path), str(error)))
            damage_reported = True
    return faults


_COUNTED = (
    "interview WHERE seal IS NOT NULL",
    "interview WHERE seal IS NULL",
    "audit_log",
)


def _count(connection: sqlite3.Connection, table: str) -> int:
    try:
        row = connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608
    except sqlite_errors():
        return 0  # damaged pages, which are among the faults
    return int(row[0])


def _behind(version: int) -> str:
    return (
        f"The tables are of version {version}, here {VERSION}: seals and the log are checked once "
        "the records have been opened by this version, which makes a backup first."
    )


def _refuse_foreign(connection: sqlite3.Connection, path: Path) -> int:
    owner = connection.execute("PRAGMA application_id").fetchone()[0]
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if owner != APPLICATION:
        raise StorageError(
            f"{path} is a database of another program.",
            "It was left as it is. Name another file with --db PATH or INTERVIEWKIT_DB.",
        )
    if version > VERSION:
        raise StorageError(
            f"{path} was written by a newer interviewkit (tables {version}, here {VERSION}).",
            "It was left as it is. Install the newer interviewkit to check it.",
        )
    return version


# Files


def _rights(path: Path) -> Iterator[Fault]:
    """Files that others on this computer can read."""
    if os.name != "posix":
        return
    beside = [path.with_name(f"{path.name}{end}") for end in ("", "-wal", "-shm", "-journal")]
    copies = [backup.path for backup in backups_of(path)]
    for file, most in [*((file, 0o600) for file in (*beside, *copies)), (folder_of(path), 0o700)]:
        if file.exists() and file.stat().st_mode & 0o777 & ~most:
            mode = file.stat().st_mode & 0o777
            yield Fault("rights", str(file), f"others can read it (mode {mode:o}, not {most:o})")


def _in_the_clear(path: Path) -> Iterator[Fault]:
    """Backups of encrypted records that anybody can read who gets hold of them."""
    from interviewkit.storage.file.encryption import is_encrypted

    for backup in backups_of(path):
        if not is_encrypted(backup.path):
            yield Fault("clear", str(backup.path), "is not encrypted, though the records are")


# Pages and references


def _pages(connection: sqlite3.Connection, path: Path) -> Iterator[Fault]:
    try:
        # SQLite reads what a page lacks as zeros, so one that ends in zeros is whole to it.
        page_size = int(connection.execute("PRAGMA page_size").fetchone()[0])  # SQLCipher: a string
        if path.stat().st_size % page_size:
            yield Fault("damage", str(path), "the end of its last page is cut off")
        for (line,) in connection.execute("PRAGMA integrity_check").fetchall():
            if line != "ok":
                yield Fault("damage", str(path), line)
    except sqlite_errors() as error:
        yield Fault("damage", str(path), str(error))


def _references(connection: sqlite3.Connection) -> Iterator[Fault]:
    for table, rowid, parent, _ in connection.execute("PRAGMA foreign_key_check").fetchall():
        row = f"row {rowid}" if rowid is not None else "a row"
        yield Fault("orphan", table, f"{row} belongs to no {parent}")


def _erasures(connection: sqlite3.Connection) -> Iterator[Fault]:
    under_way = connection.execute("SELECT candidate_id FROM erasure_under_way").fetchall()
    for (candidate,) in under_way:
        yield Fault("erasure", f"candidate {candidate}", "an erasure was begun and never ended")


def _banks(connection: sqlite3.Connection) -> Iterator[Fault]:
    for sha256, name, text in connection.execute("SELECT sha256, id, text FROM bank").fetchall():
        label = f"bank {name} ({sha256[:12]}…)"
        if hashlib.sha256(text.encode()).hexdigest() != sha256:
            yield Fault("bank", label, "its text is not what was used")
        elif not _ready_as_written(connection, sha256, text):
            yield Fault("bank", label, "its form for quick use is not what its text says")


def _ready_as_written(connection: sqlite3.Connection, sha256: str, text: str) -> bool:
    stored = connection.execute("SELECT ready FROM bank_ready WHERE sha256 = ?", (sha256,))
    ready = stored.fetchone()
    bank = bank_from(ready[0]) if ready else None
    if bank is None:
        return True  # then the text is read
    from interviewkit.banks.loader import parse_bank

    return bank == parse_bank(text, sha256)


# Guards


def _guards(connection: sqlite3.Connection) -> Iterator[Fault]:
    """Tables and triggers are those that this program makes."""
    from interviewkit.storage.schema.migrations import migrate

    fresh = sqlite3.connect(":memory:", isolation_level=None)
    try:
        migrate(fresh, VERSION)
        expected, present = _schema(fresh), _schema(connection)
    finally:
        fresh.close()
    for (kind, name), sql in expected.items():
        if (kind, name) not in present:
            yield Fault("guard", f"{kind} {name}", "is missing")
        elif kind == "trigger" and present[kind, name] != sql:
            yield Fault("guard", f"{kind} {name}", "was changed")
    for kind, name in present.keys() - expected.keys():
        if kind == "trigger":
            yield Fault("guard", f"{kind} {name}", "is not this program's")


def _schema(connection: sqlite3.Connection) -> dict[tuple[str, str], str]:
    definitions = connection.execute(
        "SELECT type, name, sql FROM sqlite_schema "
        "WHERE type IN ('table', 'trigger') AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"
    )
    return {(row[0], row[1]): row[2] for row in definitions}


# Seals, the log, and what is in force


def _faults_of(
    code: str, look: Callable[[sqlite3.Connection], Iterator[tuple[str, str]]]
) -> Callable[[sqlite3.Connection], Iterator[Fault]]:
    """A look whose faults all bear one code."""
    return lambda connection: (Fault(code, subject, reason) for subject, reason in look(connection))


_LOOKS: tuple[Callable[[sqlite3.Connection], Iterator[Fault]], ...] = (
    _guards,
    _references,
    _erasures,
    _banks,
    _faults_of("seal", seal_verification.seals),
    _faults_of("log", log_verification.chain),
    _faults_of("erasure", log_verification.receipts),
    _faults_of("value", values_in_force.values),
    _faults_of("draft", values_in_force.hashes),
    _faults_of("index", index_verification.index),
)
