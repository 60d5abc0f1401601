"""Names out of the records for a shell that completes a word: at once, or none.

Opens nothing that would have to be made, unlocked or waited for.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from interviewkit.storage.file.file_address import sqlite_uri

_WHERE = {
    "candidate": "SELECT name FROM candidate ORDER BY name",
    "role": "SELECT title FROM role ORDER BY title",
    "interviewer": "SELECT DISTINCT interviewer FROM interview ORDER BY interviewer",
    "calibration": "SELECT DISTINCT title FROM calibration_set ORDER BY title",
    "kit": "SELECT DISTINCT kit FROM interview ORDER BY kit",
}


def completion_names(records: Path, kind: str) -> list[str]:
    """The names of a ``kind``: candidate, role, interviewer, calibration or kit.

    Empty for records that are missing, encrypted, damaged or another program's: anyone who presses
    Tab has asked for no explanation.
    """
    try:
        log = records.with_name(f"{records.name}-wal")
        # Without a log the file is whole as it stands, and SQLite would only make an empty one.
        still = "" if log.exists() else "&immutable=1"
        address = f"{sqlite_uri(records.resolve())}?mode=ro{still}"
        with closing(sqlite3.connect(address, timeout=0, uri=True)) as connection:
            return [name for (name,) in connection.execute(_WHERE[kind]) if name.isprintable()]
    except (OSError, ValueError, sqlite3.Error):
        return []
