"""Proof that the log is what was written: its chain, its end, and what erasures emptied.

Each look gives (where, what is wrong).
"""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from interviewkit.errors import StorageError
from interviewkit.interview.clock import stamp
from interviewkit.interview.documents import LogHead
from interviewkit.storage import audit_log, outer_head
from interviewkit.storage.file.backup import backups_of
from interviewkit.storage.file.connection import connect
from interviewkit.storage.file.error_messages import sqlite_errors
from interviewkit.storage.file.file_format import Unlock

Misfits = Iterator[tuple[str, str]]
_READ = (
    f"SELECT seq, digest, link, {', '.join(audit_log.CONTENT)} FROM audit_log "  # noqa: S608 - constants
    "ORDER BY seq"
)


def chain(connection: sqlite3.Connection) -> Misfits:
    """Rows that were changed, taken out or slipped in, the first of each kind in a run."""
    previous, expected = "", 1
    emptied: list[int] = []
    for seq, digest, link, *content in connection.execute(_READ):
        if seq != expected:
            yield f"row {expected}", "rows of the log are missing from here on"
        elif audit_log.chain_link(previous, digest) != link:
            yield f"row {seq}", "the log was changed before this row"
        if all(value is None for value in content):
            emptied.append(seq)
        elif audit_log.fingerprint([seq, *content]) != digest:
            yield _row_label(seq, content), "this row of the log was changed"
        elif content[6] == audit_log.UNVERIFIED:
            yield (
                f"interview {content[3]}",
                "its history did not hold when these records were brought up to date",
            )
        previous, expected = link, seq + 1
    yield from _unaccounted_rows(connection, emptied)


def _row_label(seq: int, content: list[object]) -> str:
    interview = content[3]
    return f"row {seq}" + (f", interview {interview}" if interview else "")


def _unaccounted_rows(connection: sqlite3.Connection, emptied: list[int]) -> Misfits:
    """Rows without content for which nothing erased or discarded in the log accounts."""
    accounted: set[int] = set()
    for (content,) in connection.execute(
        "SELECT after FROM audit_log WHERE what IN (?, ?) AND subject IN ('erasure', 'interview')",
        (audit_log.ERASED, audit_log.DISCARDED),
    ):
        for start, end in json.loads(content)["emptied"]:
            accounted |= set(range(start, end + 1))
    for start, end in audit_log.ranges(set(emptied) - accounted):
        span = f"row {start}" if start == end else f"rows {start} to {end}"
        yield span, "the content was taken out, and no erasure accounts for it"


def _erasures(connection: sqlite3.Connection) -> dict[str, dict[str, list[list[int]]]]:
    logged = {}
    for key, content in connection.execute(
        "SELECT subject_id, after FROM audit_log WHERE subject = 'erasure' AND what = ?",
        (audit_log.ERASED,),
    ):
        logged[key] = json.loads(content)
    return logged


def receipts(connection: sqlite3.Connection) -> Misfits:
    """Receipts of erasures that are not what the log says."""
    logged = _erasures(connection)
    for key, *row in connection.execute(
        "SELECT id, at, why, interviews, rows FROM erasure ORDER BY at, id"
    ):
        content = dict(logged.pop(key, {}))
        content.pop("emptied", None)
        if content != dict(zip(("at", "why", "interviews", "rows"), row, strict=True)):
            yield f"erasure {key}", "its receipt is not what the log says"
    for key in sorted(logged):
        yield f"erasure {key}", "its receipt is gone"


def end(connection: sqlite3.Connection, records: Path) -> Misfits:
    """Whether the log goes on from where it was when its head was last kept outside the file."""
    outer = outer_head.read_outer_head(records)
    reason = outer_head.misfit(connection, outer) if outer else ""
    if outer and reason:
        yield (
            "log",
            f"{reason}, says {outer_head.outer_head_path(records)}, written {outer.at}",
        )


def against(connection: sqlite3.Connection, name: str, head: LogHead) -> Misfits:
    """Whether the log goes on from a head that was kept elsewhere, in the file ``name``."""
    if audit_log.link_at(connection, head.length) != head.link:
        yield (
            "log",
            f"it does not go on from its first {head.length} rows, which {name} vouches for",
        )


def copies(connection: sqlite3.Connection, records: Path, unlock: Unlock | None) -> Misfits:
    """Whether the log holds all that the backups beside the records hold of it."""
    restored = connection.execute(
        "SELECT seq, at FROM audit_log WHERE subject = 'log' AND what = ? ORDER BY seq",
        (audit_log.RESTORED,),
    ).fetchall()
    own_id = outer_head.records_id(connection)
    for backup in backups_of(records):
        copy = head_of(backup.path, unlock)
        if copy is None or copy[0] != own_id:
            continue
        head = copy[1]
        if audit_log.link_at(connection, head.length) == head.link:
            continue
        made_at = stamp(backup.made_at)
        if not any(seq <= head.length and made_at <= at for seq, at in restored):
            yield "log", f"the backup {backup.path} has rows of it that are missing here"


def head_of(file: Path, unlock: Unlock | None) -> tuple[str, LogHead] | None:
    """The id and the log's head of a file; None for one that cannot be read, or an older one."""
    try:
        connection = connect(file, unlock)
    except StorageError:
        return None
    try:
        return outer_head.records_id(connection), audit_log.head(connection)
    except sqlite_errors():
        return None
    finally:
        connection.close()
