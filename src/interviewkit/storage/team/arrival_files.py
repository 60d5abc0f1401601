"""What came from where: each file of a folder, each row of a hub, and what became of it."""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from interviewkit.storage.file.transaction import Database

_COLUMNS = "name, document, kind, candidate_id, state, message, receivers, stamp, noticed_at"


class ArrivalState(StrEnum):
    """What became of something that came in.

    Only ``taken`` and ``erased`` are settled: all else is looked at again.
    """

    TAKEN = "taken"  # in the records, now or before
    ERASED = "erased"  # of somebody erased here
    WAITING = "waiting"  # for something it refers to, or for an answer who is who
    LOCKED = "locked"  # encrypted, and not to this key
    REFUSED = "refused"  # not what it claims to be
    NOT_WHOLE = "not_whole"  # cut off, or not all there yet
    NOT_DOWNLOADED = "not_downloaded"  # a placeholder of the cloud's client
    UNKNOWN = "unknown"  # written by a later version


SETTLED = frozenset({ArrivalState.TAKEN, ArrivalState.ERASED})


class IncomingFile(NamedTuple):
    """One file or row of a source.

    ``receivers`` are keys it is encrypted to, separated by spaces; ``stamp`` tells whether it has
    changed since; ``noticed_at`` is when it was noticed first.
    """

    name: str
    document: str
    kind: str
    candidate: str
    state: ArrivalState
    message: str = ""
    receivers: str = ""
    stamp: str = ""
    noticed_at: str = ""


class Incoming:
    """Keeps what became of everything that a source holds."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def files(self, source: str) -> dict[str, IncomingFile]:
        """All that was noticed of a source, by name."""
        rows = self._database.rows(
            f"SELECT {_COLUMNS} FROM incoming WHERE source = ? ORDER BY name",  # noqa: S608
            source,
        )
        return {row[0]: _incoming_file(row) for row in rows}

    def keep(self, source: str, files: Iterable[IncomingFile]) -> None:
        """Note what became of these; when each was noticed first stays as it is."""
        now = self._database.now()
        with self._database.transaction():
            self._database.connection.executemany(
                "INSERT INTO incoming (source, name, document, kind, candidate_id, state, message, "
                "receivers, stamp, noticed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
                "ON CONFLICT DO UPDATE SET document = excluded.document, kind = excluded.kind, "
                "candidate_id = excluded.candidate_id, state = excluded.state, "
                "message = excluded.message, receivers = excluded.receivers, "
                "stamp = excluded.stamp",
                [
                    (source, *file[:3], file.candidate or None, *file[4:8], file.noticed_at or now)
                    for file in files
                ],
            )

    def forget(self, source: str, names: Iterable[str]) -> None:
        """These are no longer there."""
        with self._database.transaction():
            self._database.connection.executemany(
                "DELETE FROM incoming WHERE source = ? AND name = ?",
                [(source, name) for name in names],
            )


def _incoming_file(row: tuple[str, ...]) -> IncomingFile:
    name, document, kind, candidate, state, *texts = row
    return IncomingFile(name, document, kind, candidate or "", ArrivalState(state), *texts)
