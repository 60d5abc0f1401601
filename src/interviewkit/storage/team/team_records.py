"""The door to what the records keep of a team."""

from interviewkit.errors import StorageError
from interviewkit.interview.documents import Document
from interviewkit.storage import sealed_documents
from interviewkit.storage.file.transaction import Database
from interviewkit.storage.team.arrival_files import Incoming
from interviewkit.storage.team.authorship_rows import Authorship
from interviewkit.storage.team.erasure_notices import ErasureNotices
from interviewkit.storage.team.intake import TeamIntake
from interviewkit.storage.team.membership import Membership
from interviewkit.storage.team.offers import Offers
from interviewkit.storage.team.outbox import Outbox


class Sharing:
    """Everything of a team, whether it meets in a folder or at a hub."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.membership = Membership(database)
        self.offers = Offers(database)
        self.outbox = Outbox(database)
        self.incoming = Incoming(database)
        self.intake = TeamIntake(database)
        self.authorship = Authorship(database)
        self.erasures = ErasureNotices(database)

    def sealed_document(self, kind: str, document_id: str) -> Document:
        """A scorecard, amendment or decision as it was sealed; StorageError where it is not."""
        with self._database.errors_explained():
            return sealed_documents.sealed_document(self._database.connection, kind, document_id)

    def bank_text(self, sha256: str) -> tuple[str, str]:
        """(Id, text) of a bank that an interview used; StorageError where it is gone."""
        rows = self._database.rows("SELECT id, text FROM bank WHERE sha256 = ?", sha256)
        if not rows:
            raise StorageError(
                f"The bank {sha256} is not in the records.",
                "The database was changed by another program. Put a backup in its place.",
            )
        return rows[0][0], rows[0][1]
