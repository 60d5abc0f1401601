"""What goes out to a target, a folder or a hub, and whether it is there yet.

A document is named by its hash (see workflows.team_documents); its bytes are made from the records
when it goes, so nothing stands here twice and an erasure has nothing more to find.
"""

from collections.abc import Collection
from typing import NamedTuple

from interviewkit.storage.file.transaction import Database


class OutboxEntry(NamedTuple):
    """A document that waits for a target; ``message`` says what the last try met with."""

    document: str
    target: str
    kind: str
    queued_at: str
    tried_at: str = ""
    message: str = ""


class Outbox:
    """Documents on their way out, for each target apart."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def queue(self, target: str, documents: Collection[tuple[str, str, str]]) -> None:
        """Let exactly these (document, kind, candidate) wait for a target, but those that went.

        What waits and is not among them is forgotten: another state of it took its turn.
        """
        now = self._database.now()
        rows = self._database.rows("SELECT document FROM outbox WHERE target = ?", target)
        known = {row[0] for row in rows}
        new = [
            (document, target, kind, candidate or None, now)
            for document, kind, candidate in documents
            if document not in known
        ]
        offered = {document for document, _, _ in documents}
        stale = [
            (target, entry.document)
            for entry in self.waiting(target)
            if entry.document not in offered
        ]
        if not new and not stale:
            return
        with self._database.transaction():
            self._database.connection.executemany(
                "INSERT INTO outbox (document, target, kind, candidate_id, queued_at) "
                "VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                new,
            )
            self._database.connection.executemany(
                "DELETE FROM outbox WHERE target = ? AND document = ?", stale
            )

    def waiting(self, target: str | None = None) -> list[OutboxEntry]:
        """What is not there yet, the longest waiting first: for one target, else for all."""
        rows = self._database.rows(
            "SELECT document, target, kind, queued_at, tried_at, message FROM outbox "
            "WHERE delivered_at = '' ORDER BY queued_at, document"
        )
        entries = [OutboxEntry(*row) for row in rows]
        return [entry for entry in entries if target in (None, entry.target)]

    def mark_delivered(self, target: str, documents: Collection[str]) -> None:
        """These are at the target now."""
        now = self._database.now()
        with self._database.transaction():
            self._database.connection.executemany(
                "UPDATE outbox SET delivered_at = ?, tried_at = ?, message = '' "
                "WHERE target = ? AND document = ?",
                [(now, now, target, document) for document in documents],
            )

    def mark_all_failed(self, target: str, message: str) -> None:
        """All that waits for a target was tried and waits on."""
        self.mark_failed(target, [entry.document for entry in self.waiting(target)], message)

    def mark_failed(self, target: str, documents: Collection[str], message: str) -> None:
        """These were tried and wait on; ``message`` is a sentence for the user."""
        now = self._database.now()
        with self._database.transaction():
            self._database.connection.executemany(
                "UPDATE outbox SET tried_at = ?, message = ? WHERE target = ? AND document = ?",
                [(now, message, target, document) for document in documents],
            )
