"""From rows to records and back: what the store, the notebook and the import share."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from interviewkit.errors import StorageError
from interviewkit.interview.documents import Document
from interviewkit.interview.records import (
    Amendment,
    Answer,
    Candidate,
    Interview,
    Recommendation,
    Role,
)
from interviewkit.interview.sealed_document import scorecard_content, seal
from interviewkit.storage import answer_rows, audit_log, sealed_documents
from interviewkit.storage.answer_rows import AMENDMENT as AMENDMENT
from interviewkit.storage.file.error_messages import restore_hint

_BEGINNING = ("role", "candidate", "interviewer", "bank", "bank_sha256", "kit", "started_at")
INTERVIEW = """
SELECT i.id AS id, role.id AS role_id, role.title AS title, candidate.id AS candidate_id,
       candidate.name AS name, candidate.reference AS reference, i.interviewer AS interviewer,
       i.bank_id AS bank, i.bank_sha256 AS bank_sha256, i.kit AS kit, i.started_at AS started_at,
       i.page AS page, i.draft AS draft, i.draft_note AS draft_note,
       i.submitted_at AS submitted_at, i.recommendation AS recommendation, i.summary AS summary,
       i.seal AS seal, i.reason AS reason,
       (SELECT m.value FROM amendment AS m WHERE m.interview_id = i.id
        AND m.what = 'recommendation' ORDER BY m.at DESC, m.id DESC LIMIT 1) AS amended,
       (SELECT m.reason FROM amendment AS m WHERE m.interview_id = i.id
        AND m.what = 'recommendation' ORDER BY m.at DESC, m.id DESC LIMIT 1) AS amended_why,
       (SELECT CASE WHEN d.origin = 'a fillable kit' THEN d.origin || ', ' || coalesce(
            (SELECT s.state FROM kit_signature AS s WHERE s.interview_id = d.id), 'unsigned')
        ELSE d.origin END FROM sealed_document AS d WHERE d.kind = 'scorecard' AND d.id = i.id
        AND d.origin <> 'import') AS origin
FROM interview AS i
JOIN role ON role.id = i.role_id
JOIN candidate ON candidate.id = i.candidate_id
"""


class InterviewRow(NamedTuple):
    """A row of INTERVIEW, column by column in the same order."""

    id: str
    role_id: str
    title: str
    candidate_id: str
    name: str
    reference: str
    interviewer: str
    bank: str
    bank_sha256: str
    kit: str
    started_at: str
    page: str
    draft: str
    draft_note: str | None
    submitted_at: str | None
    recommendation: str | None
    summary: str
    seal: str | None
    reason: str
    amended: str | None
    amended_why: str | None
    origin: str | None


@contextmanager
def _readable(interview_id: object) -> Iterator[None]:
    """A value that this program cannot have written was put there by damage, or by hand."""
    try:
        yield
    except (ValueError, TypeError) as error:
        raise StorageError(
            f"The interview {interview_id} is damaged: it holds a value that cannot be read.",
            restore_hint(),
        ) from error


def interview_from_row(values: tuple[Any, ...]) -> Interview:
    """An interview from a row of INTERVIEW; StorageError when it holds what cannot be read."""
    row = InterviewRow(*values)
    with _readable(row.id):
        return Interview(
            id=row.id,
            role=Role(row.role_id, row.title),
            candidate=Candidate(row.candidate_id, row.name, row.reference),
            interviewer=row.interviewer,
            bank=row.bank,
            bank_sha256=row.bank_sha256,
            kit=row.kit,
            started_at=row.started_at,
            page=row.page,
            draft=row.draft,
            draft_note=row.draft_note,
            submitted_at=row.submitted_at,
            recommendation=Recommendation(row.recommendation) if row.recommendation else None,
            summary=row.summary,
            seal=row.seal,
            reason=row.reason,
            amended=Recommendation(row.amended) if row.amended else None,
            amended_why=row.amended_why or "",
            origin=sealed_documents.origin_parts(row.origin or "")[0],
        )


def checked_answers(
    connection: sqlite3.Connection, interview_id: str, question: str | None = None
) -> list[Answer]:
    """The answers of an interview in the order of the kit, pages included, or just one of them.

    StorageError when they hold what cannot be read.
    """
    with _readable(interview_id):
        return answer_rows.answers(connection, interview_id, question)


def checked_answers_by_interview(
    connection: sqlite3.Connection, interview_ids: Sequence[str]
) -> dict[str, list[Answer]]:
    """Id → answers, of many interviews at once; StorageError as in :func:`checked_answers`."""
    try:
        return answer_rows.answers_by_interview(connection, interview_ids)
    except (ValueError, TypeError):  # read again one by one, to say which of them is damaged
        return {key: checked_answers(connection, key) for key in interview_ids}


# Written


def draft_sha256(interview_id: str, draft: str, note: str | None) -> str:
    """The hash that covers the uncommitted line of an interview under way."""
    return audit_log.fingerprint([interview_id, draft, note])


def state_sha256(connection: sqlite3.Connection, interview_id: str) -> str:
    """The hash that covers what is neither logged nor sealed yet: summary, reason and seconds."""
    texts = connection.execute(
        "SELECT summary, reason FROM interview WHERE id = ?", (interview_id,)
    ).fetchone()
    seconds = connection.execute(
        "SELECT question, seconds FROM answer WHERE interview_id = ? ORDER BY question",
        (interview_id,),
    ).fetchall()
    return audit_log.fingerprint([interview_id, *texts, seconds])


def state_sha256_of(interview: Interview, answers: Sequence[Answer]) -> str:
    """The same of a scorecard whose rows are still to be written."""
    seconds = sorted((answer.question, answer.seconds) for answer in answers)
    return audit_log.fingerprint([interview.id, interview.summary, interview.reason, seconds])


def beginning(connection: sqlite3.Connection, interview_id: str) -> dict[str, object]:
    """What the log keeps of how an interview began."""
    row = connection.execute(
        "SELECT role_id, candidate_id, interviewer, bank_id, bank_sha256, kit, started_at "
        "FROM interview WHERE id = ?",
        (interview_id,),
    ).fetchone()
    return dict(zip(_BEGINNING, row, strict=True))


def beginning_of(interview: Interview, role: str, candidate: str) -> dict[str, object]:
    """The same of a scorecard that came in, under the role and candidate of the records."""
    bank, started_at = (interview.bank, interview.bank_sha256), interview.started_at
    values = (role, candidate, interview.interviewer, *bank, interview.kit, started_at)
    return dict(zip(_BEGINNING, values, strict=True))


def log_seal(
    connection: sqlite3.Connection,
    interview_id: str,
    at: str,
    account: str,
    written_seal: str | None = None,
) -> None:
    """Inside a transaction, once an interview is sealed: its seal, whom it is about, and the
    seal over what the tables hold, which differs where an import is not kept word for word.

    ``written_seal`` is the last, where it was made from the rows as they were written.
    """
    seal_made, role, candidate = connection.execute(
        "SELECT seal, role_id, candidate_id FROM interview WHERE id = ?", (interview_id,)
    ).fetchone()
    content = {
        "seal": seal_made,
        "role": role,
        "candidate": candidate,
        "rows": written_seal or rows_seal(connection, interview_id),
    }
    audit_log.append(
        connection,
        subject="seal",
        subject_id=interview_id,
        interview_id=interview_id,
        field=audit_log.SEALED,
        new=content,
        at=at,
        account=account,
    )


def rows_seal(connection: sqlite3.Connection, interview_id: str) -> str:
    """The seal over what the tables hold of a submitted interview, with the ids sealed in."""
    row = connection.execute(f"{INTERVIEW} WHERE i.id = ?", (interview_id,)).fetchone()
    role, candidate = connection.execute(
        "SELECT sealed_role, sealed_candidate FROM interview WHERE id = ?", (interview_id,)
    ).fetchone()
    content = scorecard_content(interview_from_row(row), checked_answers(connection, interview_id))
    return seal(content | {"role": role, "candidate": candidate})


def rows_seal_of(interview: Interview, answers: Iterable[Answer]) -> str:
    """The same of a scorecard whose rows are still to be written; ``answers`` as they are kept."""
    return seal(scorecard_content(interview, answers))


def insert_amendment(
    connection: sqlite3.Connection,
    amendment: Amendment,
    document: Document,
    account: str,
    received_at: str | None = None,
) -> None:
    """Inside a transaction: an amendment with its document, and in the log that it was made."""
    marks = ", ".join("?" * len(amendment))
    connection.execute(f"INSERT INTO amendment ({AMENDMENT}) VALUES ({marks})", amendment)  # noqa: S608
    role, candidate = connection.execute(
        "SELECT role_id, candidate_id FROM interview WHERE id = ?", (amendment.scorecard,)
    ).fetchone()
    sha256 = sealed_documents.store_document(
        connection,
        document,
        interview=amendment.scorecard,
        candidate=candidate,
        role=role,
        received_at=received_at,
    )
    audit_log.append(
        connection,
        subject="amendment",
        subject_id=amendment.id,
        interview_id=amendment.scorecard,
        field=audit_log.AMENDED,
        question=amendment.question,
        item=amendment.id,
        new={"what": amendment.what, "sha256": sha256},
        at=received_at or amendment.at,
        account=account,
    )


def greatest_id(connection: sqlite3.Connection) -> str:
    """The greatest id of a note or amendment; later ones must sort behind it."""
    latest = "(SELECT id FROM {} WHERE id GLOB '????????-????-7*' ORDER BY id DESC LIMIT 1)"
    ids = ", ".join(f"coalesce({latest.format(table)}, '')" for table in ("note", "amendment"))
    return str(connection.execute(f"SELECT max({ids})").fetchone()[0])
