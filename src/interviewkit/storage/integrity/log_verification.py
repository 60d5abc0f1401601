"""Proof that the log is what was written: its chain, its end, and what erasures emptied.

Each look gives (where, what is wrong).
"""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from interviewkit.storage import audit_log, outer_head

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
        elif audit_log.linked(previous, digest) != link:
            yield f"row {seq}", "the log was changed before this row"
        if all(value is None for value in content):
            emptied.append(seq)
        elif audit_log.fingerprint([seq, *content]) != digest:
            yield _where(seq, content), "this row of the log was changed"
        elif content[6] == audit_log.UNVERIFIED:
            yield (
                f"interview {content[3]}",
                "its history did not hold when these records were brought up to date",
            )
        previous, expected = link, seq + 1
    yield from _emptied(connection, emptied)


def _where(seq: int, content: list[object]) -> str:
    interview = content[3]
    return f"row {seq}" + (f", interview {interview}" if interview else "")


def _emptied(connection: sqlite3.Connection, emptied: list[int]) -> Misfits:
    """Rows without content for which no erasure in the log accounts."""
    accounted: set[int] = set()
    for after in _erasures(connection).values():
        for start, end in after["emptied"]:
            accounted |= set(range(start, end + 1))
    for start, end in audit_log.ranges(set(emptied) - accounted):
        span = f"row {start}" if start == end else f"rows {start} to {end}"
        yield span, "the content was taken out, and no erasure accounts for it"


def _erasures(connection: sqlite3.Connection) -> dict[str, dict[str, list[list[int]]]]:
    logged = {}
    for key, after in connection.execute(
        "SELECT subject_id, after FROM audit_log WHERE subject = 'erasure' AND what = ?",
        (audit_log.ERASED,),
    ):
        logged[key] = json.loads(after)
    return logged


def receipts(connection: sqlite3.Connection) -> Misfits:
    """Receipts of erasures that are not what the log says."""
    logged = _erasures(connection)
    for key, *row in connection.execute(
        "SELECT id, at, why, interviews, rows FROM erasure ORDER BY at, id"
    ):
        after = dict(logged.pop(key, {}))
        after.pop("emptied", None)
        if after != dict(zip(("at", "why", "interviews", "rows"), row, strict=True)):
            yield f"erasure {key}", "its receipt is not what the log says"
    for key in sorted(logged):
        yield f"erasure {key}", "its receipt is gone"


def end(connection: sqlite3.Connection, records: Path) -> Misfits:
    """Whether the log goes on from where it was when its head was last kept outside the file."""
    kept = outer_head.read(records)
    why = outer_head.misfit(connection, kept) if kept else ""
    if kept and why:
        yield (
            "log",
            f"{why}, says {outer_head.file_of(records)}, written {kept.at}",
        )
