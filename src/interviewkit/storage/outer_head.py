"""The head of the log, kept outside the file of the records: beside the settings.

Cutting off the end of the log leaves a chain that holds; what it was at the last seal, export,
backup and close stands here. A head's file is named after the place of the records, so that a copy
elsewhere has a head of its own. It holds nothing that was typed.
"""

import json
import sqlite3
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from interviewkit.errors import InterviewKitError
from interviewkit.interview.clock import stamp
from interviewkit.interview.documents import LogHead
from interviewkit.settings import settings_path
from interviewkit.storage import audit_log

FOLDER = "log-heads"


class OuterHead(NamedTuple):
    """The head of the log as it was at ``at``; ``records`` is the id of that database."""

    records: str
    head: LogHead
    at: str


def outer_head_path(records: Path) -> Path:
    """Where the head of these records is kept."""
    import hashlib  # see storage.audit_log

    name = hashlib.sha256(str(records.resolve()).encode()).hexdigest()[:16]
    return settings_path().parent / FOLDER / f"{name}.json"


def read_outer_head(records: Path) -> OuterHead | None:
    """The head kept last; None where none was, or none that can be read."""
    try:
        content = json.loads(outer_head_path(records).read_text(encoding="utf-8"))
        return OuterHead(
            str(content["records"]),
            LogHead(int(content["count"]), str(content["link"])),
            str(content["at"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_outer_head(connection: sqlite3.Connection, records: Path, moment: datetime) -> None:
    """Keep the head as it is now, unless the log no longer holds what was kept before.

    What does not fit stays for ``data check`` to name. A folder that cannot be written is no
    reason to stop: the log itself is on disk.
    """
    if not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'audit_log'").fetchone():
        return  # the copy made before older tables are brought up to date
    current, outer = audit_log.head(connection), read_outer_head(records)
    own_id = records_id(connection)
    if outer is not None:
        if outer.head == current and outer.records == own_id:
            return
        if misfit(connection, outer) or outer.head.length > current.length:
            return
    content = {
        "path": str(records.resolve()),
        "records": own_id,
        "count": current.length,
        "link": current.link,
        "at": stamp(moment),
    }
    from interviewkit.files import replace_file

    target = outer_head_path(records)
    with suppress(OSError, InterviewKitError):
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with replace_file(target, private=True) as file:
            file.write(json.dumps(content, ensure_ascii=False, indent=2).encode() + b"\n")


def misfit(connection: sqlite3.Connection, outer: OuterHead) -> str:
    """Why the log is not the one whose head was kept; "" when it goes on from there."""
    if outer.records != records_id(connection):
        return "other records stood here"
    link = audit_log.link_at(connection, outer.head.length)
    if link is None:
        return f"its end is missing: it had {outer.head.length} rows"
    return "" if link == outer.head.link else f"its first {outer.head.length} rows were other ones"


def forget(records: Path) -> None:
    """Other records come to this place, by the program's own doing."""
    with suppress(OSError):
        outer_head_path(records).unlink(missing_ok=True)


def records_id(connection: sqlite3.Connection) -> str:
    """The id these records were given when they were made."""
    row = connection.execute("SELECT id FROM records").fetchone()
    return str(row[0]) if row else ""
