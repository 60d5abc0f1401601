"""What seals a scorecard, and who may add to one that is sealed."""

import sqlite3

from interviewkit.errors import BlockedError
from interviewkit.interview.people import Person, is_same_person
from interviewkit.interview.records import Amendment, Interview
from interviewkit.interview.sealed_document import amendment_document, scorecard_document
from interviewkit.storage import audit_log, rows, sealed_documents, visits


def seal_scorecard(connection: sqlite3.Connection, interview_id: str, at: str, account: str) -> str:
    """Submit an interview as of ``at``, inside a transaction; gives the seal of its document."""
    connection.execute(
        "UPDATE interview SET submitted_at = ?, touched_at = ?, sealed_role = role_id, "
        "sealed_candidate = candidate_id, draft = '', draft_note = NULL, draft_sha256 = ? "
        "WHERE id = ?",
        (at, at, rows.draft_sha256(interview_id, "", None), interview_id),
    )
    seal = _keep_document(connection, interview_id)
    connection.execute("UPDATE interview SET seal = ? WHERE id = ?", (seal, interview_id))
    rows.log_seal(connection, interview_id, at, account)
    return seal


def _keep_document(connection: sqlite3.Connection, interview_id: str) -> str:
    """The scorecard's document as it is kept from now on; gives its hash."""
    row = connection.execute(f"{rows.INTERVIEW} WHERE i.id = ?", (interview_id,)).fetchone()
    interview = rows.interview_from_row(row)
    document = scorecard_document(
        interview,
        rows.checked_answers(connection, interview_id),
        visits.visits(connection, interview_id, str(interview.submitted_at)),
        audit_log.head(connection),
        candidate_reference=interview.candidate.reference,
        interviewer_id=interviewer_id(connection, interview_id),
    )
    return sealed_documents.store_document(
        connection,
        document,
        interview=interview_id,
        candidate=interview.candidate.id,
        role=interview.role.id,
    )


def interviewer_id(connection: sqlite3.Connection, interview_id: str) -> str:
    """The id of the person whose interview it is; "" in records that do not say it."""
    (person_id,) = connection.execute(
        "SELECT coalesce(interviewer_id, '') FROM interview WHERE id = ?", (interview_id,)
    ).fetchone()
    return str(person_id)


def refuse_amendment(interview: Interview, reason: str, by: Person) -> None:
    """BlockedError before it is submitted, without a reason, or by anybody but its interviewer."""
    if interview.submitted_at is None:
        raise BlockedError("This interview is still under way.", "Change it directly.")
    if not reason.strip():
        raise BlockedError("An amendment needs a reason.", "Write a sentence that says why.")
    if not is_same_person(by, interview.interviewer):
        raise BlockedError(
            f"This is the scorecard of {interview.interviewer}.",
            "Only its interviewer can amend it.",
        )


def add_amendment(connection: sqlite3.Connection, amendment: Amendment, account: str) -> None:
    """Inside a transaction: an amendment made here; BlockedError where its probe was not asked."""
    if not is_asked(connection, amendment):
        raise BlockedError(
            "This probe was not asked in this interview.", "Choose one that was asked."
        )
    document = amendment_document(amendment, interviewer_id(connection, amendment.scorecard))
    rows.insert_amendment(connection, amendment, document, account)


def is_asked(connection: sqlite3.Connection, amendment: Amendment) -> bool:
    """Whether the probe of an amended outcome was asked; true of any other amendment."""
    row = connection.execute(
        "SELECT 1 FROM asked WHERE interview_id = ? AND question = ? AND probe = ? "
        "AND taken_back = 0",
        (amendment.scorecard, amendment.question, amendment.probe),
    ).fetchone()
    return amendment.what != "outcome" or row is not None


def refuse_sealed(connection: sqlite3.Connection, interview_id: str) -> None:
    """BlockedError for a scorecard that was submitted, and for an interview no longer there."""
    row = connection.execute(
        "SELECT submitted_at FROM interview WHERE id = ?", (interview_id,)
    ).fetchone()
    if row is None:
        raise discarded_interview()
    if row[0] is not None:
        raise BlockedError(
            "This scorecard has been submitted and sealed.",
            "It stays as it was submitted.",
        )


def discarded_interview() -> BlockedError:
    """What to say of an interview that is gone."""
    return BlockedError("This interview was discarded in another window.", "Leave it with F9.")
