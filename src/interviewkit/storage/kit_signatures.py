"""Signatures of scorecards that were filled in as a file: verified when they come in, and kept."""

import sqlite3
from collections.abc import Collection

from interviewkit.errors import RefusedImportError
from interviewkit.interview.documents import NOTHING, Document, DocumentSignature
from interviewkit.interview.kit_signature import KIT_ORIGIN, SignatureState, is_genuine
from interviewkit.interview.people import RecordKind
from interviewkit.interview.records import Interview
from interviewkit.storage import audit_log, merges

SIGNATURE = "signature"  # what the log calls the state of a signature
_PARTIES = (RecordKind.ROLE, RecordKind.CANDIDATE, RecordKind.PERSON)


class KitSignatures:
    """The signatures of one import, inside its transaction.

    ``accepts_second``: whether a second scorecard from the same kit may come in.
    """

    def __init__(
        self, connection: sqlite3.Connection, at: str, account: str, *, accepts_second: bool
    ) -> None:
        self._connection = connection
        self._at = at
        self._account = account
        self._accepts_second = accepts_second

    def refuse_second(self, location: str, interview: Interview, document: Document) -> None:
        """RefusedImportError where one scorecard from a kit for these people is in already."""
        if document.get("origin") != KIT_ORIGIN or self._accepts_second:
            return
        row = self._connection.execute(
            "SELECT i.id FROM interview AS i JOIN sealed_document AS d "
            "ON d.kind = 'scorecard' AND d.id = i.id AND d.origin = ? "
            "WHERE i.sealed_role = ? AND i.sealed_candidate = ? AND i.interviewer = ? "
            "AND i.kit = ? AND i.bank_id = ?",
            (
                *(KIT_ORIGIN, interview.role.id, interview.candidate.id),
                *(interview.interviewer, interview.kit, interview.bank),
            ),
        ).fetchone()
        if row:
            raise RefusedImportError(
                f"{location}: a scorecard by {interview.interviewer} from this kit is in the "
                f"records already ({row[0]}).",
                f"{NOTHING} Ask {interview.interviewer} which of the two counts. If both do, "
                "import it with --second.",
            )

    def take(self, location: str, offer: DocumentSignature) -> bool:
        """Keep a signature with what is known of it; gives whether that is new.

        RefusedImportError where its scorecard is not there, or it is not the one that was signed.
        """
        row = self._connection.execute(
            "SELECT i.seal, d.origin, i.role_id, i.candidate_id, i.interviewer_id "
            "FROM interview AS i JOIN sealed_document AS d "
            "ON d.kind = 'scorecard' AND d.id = i.id WHERE i.id = ?",
            (offer.document,),
        ).fetchone()
        if row is None or row[0] != offer.sha256:
            raise RefusedImportError(
                f"{location}: the scorecard {offer.document} that was signed is neither in the "
                "files nor in the records.",
                f"{NOTHING} Import the file as it was saved.",
            )
        if row[1] != KIT_ORIGIN:
            raise RefusedImportError(
                f"{location}: the scorecard {offer.document} was not filled in as a file, so no "
                "file signs it.",
                f"{NOTHING} Remove the line.",
            )
        state = self._state(location, offer, row[2:])
        stored = self._connection.execute(
            "SELECT key, signature, state FROM kit_signature WHERE interview_id = ?",
            (offer.document,),
        ).fetchone()
        if stored and stored[:2] != (offer.key, offer.signature):
            raise RefusedImportError(
                f"{location}: the scorecard {offer.document} is known with another signature.",
                f"{NOTHING} A scorecard is signed once, where it was sealed.",
            )
        if stored and (stored[2] == state or state is SignatureState.UNCHECKED):
            return False
        self._keep(offer, state, stored[2] if stored else None)
        return True

    def _keep(self, offer: DocumentSignature, state: SignatureState, old: str | None) -> None:
        if old is None:
            self._connection.execute(
                "INSERT INTO kit_signature (interview_id, key, signature, state) "
                "VALUES (?, ?, ?, ?)",
                (offer.document, offer.key, offer.signature, state),
            )
        else:
            self._connection.execute(
                "UPDATE kit_signature SET state = ? WHERE interview_id = ?", (state, offer.document)
            )
        audit_log.append(
            self._connection,
            subject="seal",
            subject_id=offer.document,
            interview_id=offer.document,
            field=SIGNATURE,
            old=old,
            new=state.value,
            at=self._at,
            account=self._account,
        )

    def _state(
        self, location: str, offer: DocumentSignature, parties: tuple[str, ...]
    ) -> SignatureState:
        genuine = is_genuine(offer)
        if genuine is None:
            return SignatureState.UNCHECKED
        if not genuine:
            raise RefusedImportError(
                f"{location}: the signature of the scorecard {offer.document} does not fit it: one "
                "of them was changed.",
                f"{NOTHING} Ask for the file as it was saved.",
            )
        planned = self._connection.execute(
            "SELECT role_id, candidate_id, interviewer_id FROM plan WHERE kit_key = ?",
            (offer.key,),
        ).fetchone()
        if planned is None:
            return SignatureState.UNSIGNED  # a key that no plan knows proves nothing
        for kind, planned_id, signed_id in zip(_PARTIES, planned, parties, strict=True):
            ends = merges.targets(self._connection, kind)
            if ends.get(planned_id, planned_id) != ends.get(signed_id, signed_id):
                raise RefusedImportError(
                    f"{location}: the key that signed the scorecard {offer.document} was made for "
                    f"another {kind}.",
                    f"{NOTHING} Ask its interviewer which kit they filled in.",
                )
        return SignatureState.SIGNED


def kit_states(
    connection: sqlite3.Connection, interviews: Collection[str]
) -> dict[str, SignatureState]:
    """Id → state of those of these scorecards that were filled in as a file."""
    rows = connection.execute(
        "SELECT d.id, coalesce(s.state, ?) FROM sealed_document AS d "
        "LEFT JOIN kit_signature AS s ON s.interview_id = d.id "
        "WHERE d.kind = 'scorecard' AND d.origin = ?",
        (SignatureState.UNSIGNED, KIT_ORIGIN),
    )
    return {key: SignatureState(state) for key, state in rows if key in interviews}


def signatures(connection: sqlite3.Connection) -> list[DocumentSignature]:
    """Every signature, by the id of its scorecard."""
    rows = connection.execute(
        "SELECT s.interview_id, d.sha256, s.key, s.signature FROM kit_signature AS s "
        "JOIN sealed_document AS d ON d.kind = 'scorecard' AND d.id = s.interview_id "
        "ORDER BY s.interview_id"
    )
    return [DocumentSignature(*row) for row in rows]
