"""Sealed documents on their way out.

A document goes out exactly as it was sealed, wherever it was written: from the bytes that the seal
was made over.
"""

from collections.abc import Callable, Collection, Iterable, Iterator

from interviewkit.errors import StorageError
from interviewkit.interview.documents import Document, DocumentSignature, LogHead
from interviewkit.interview.records import Interview
from interviewkit.interview.shared_records import SharedRecord
from interviewkit.storage import (
    audit_log,
    decisions,
    kit_signatures,
    rows,
    sealed_documents,
    shared_export,
)
from interviewkit.storage.file.transaction import Database
from interviewkit.storage.integrity import seal_verification


class Exchange:
    """The door through which scorecards leave the records."""

    def __init__(self, database: Database, keep_head: Callable[[], None]) -> None:
        self._keep_head = keep_head
        self._database = database
        self._connection = database.connection

    def sealed_scorecards(self) -> Iterator[Interview]:
        """Scorecards by submission, role and candidate under the ids they were sealed with."""
        with self._database.errors_explained():
            sealed_rows = self._connection.execute(
                f"{rows.INTERVIEW} WHERE i.submitted_at IS NOT NULL ORDER BY i.submitted_at, i.id"
            ).fetchall()
            ids = self._sealed_ids()
        for row in sealed_rows:
            interview = rows.interview_from_row(row)
            role, candidate = ids[interview.id]
            yield interview._replace(
                role=interview.role._replace(id=role),
                candidate=interview.candidate._replace(id=candidate),
            )

    def document(self, interview: Interview) -> Document:
        """The scorecard as it was sealed; ``interview`` from :meth:`sealed_scorecards`.

        StorageError when it no longer is what was sealed: then somebody wrote to the file past
        this program.
        """
        with self._database.errors_explained():
            result = sealed_documents.sealed_document(self._connection, "scorecard", interview.id)
            is_whole = result["sha256"] == interview.seal and seal_verification.is_in_force(
                self._connection, interview.id
            )
        if not is_whole:
            raise StorageError(
                f"The scorecard of {interview.candidate.name} by {interview.interviewer} "
                f"({interview.id}) is not what was sealed.",
                "The database was changed by another program. Put a backup in its place.",
            )
        return result

    def amendments(self, withheld: Collection[str] = ()) -> list[Document]:
        """Amendments, the first made first, without those of scorecards ``withheld`` by id."""
        with self._database.errors_explained():
            ids = self._connection.execute(
                "SELECT id, interview_id FROM amendment ORDER BY id"
            ).fetchall()
            return [
                sealed_documents.sealed_document(self._connection, "amendment", key)
                for key, scorecard in ids
                if scorecard not in withheld
            ]

    def signatures(self, interviews: Iterable[Interview]) -> list[DocumentSignature]:
        """The signatures of those of these scorecards that were filled in as a file."""
        ids = {interview.id for interview in interviews}
        with self._database.errors_explained():
            signatures = kit_signatures.signatures(self._connection)
        return [signature for signature in signatures if signature.document in ids]

    def decisions(self, ids: Iterable[str]) -> list[Document]:
        """The decisions with these ids as they were sealed, in the same order."""
        with self._database.errors_explained():
            return [
                sealed_documents.sealed_document(self._connection, "decision", key) for key in ids
            ]

    def log_head(self) -> LogHead:
        """The head of the log, which goes out with what is exported and is kept beside it."""
        with self._database.errors_explained():
            self._keep_head()
            return audit_log.head(self._connection)

    def parties(self, candidates: Collection[str]) -> tuple[dict[str, str], dict[str, str]]:
        """The roles and names, by id, that the decisions on these candidates refer to."""
        with self._database.errors_explained():
            return decisions.parties(self._connection, candidates)

    def shared_records(
        self,
        interviews: Iterable[Interview],
        decided_on: Collection[str],
        withheld: Collection[str],
    ) -> list[SharedRecord]:
        """People, names, merges, settings and plans that go with these scorecards.

        Of decisions those on the candidates ``decided_on`` go out; of plans those with the
        candidates ``withheld`` do not.
        """
        ids = {interview.id for interview in interviews}
        with self._database.errors_explained():
            return shared_export.shared_records(self._connection, ids, decided_on, withheld)

    def _sealed_ids(self) -> dict[str, tuple[str, str]]:
        sealed_ids = self._connection.execute(
            "SELECT id, sealed_role, sealed_candidate FROM interview WHERE submitted_at IS NOT NULL"
        )
        return {row[0]: (row[1], row[2]) for row in sealed_ids}
