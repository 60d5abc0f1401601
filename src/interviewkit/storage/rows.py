"""From rows to records and back: what the store, the notebook and the import share."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

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

INTERVIEW = """
SELECT i.id, role.id, role.title, candidate.id, candidate.name, i.interviewer, i.bank_id,
       i.bank_sha256, i.kit, i.started_at, i.page, i.draft, i.draft_note, i.submitted_at,
       i.recommendation, i.summary, i.seal, i.reason,
       (SELECT m.value FROM amendment AS m WHERE m.interview_id = i.id
        AND m.what = 'recommendation' ORDER BY m.at DESC, m.id DESC LIMIT 1),
       (SELECT m.reason FROM amendment AS m WHERE m.interview_id = i.id
        AND m.what = 'recommendation' ORDER BY m.at DESC, m.id DESC LIMIT 1),
       candidate.reference,
       (SELECT d.origin FROM sealed_document AS d WHERE d.kind = 'scorecard' AND d.id = i.id
        AND d.origin <> 'import')
FROM interview AS i
JOIN role ON role.id = i.role_id
JOIN candidate ON candidate.id = i.candidate_id
"""


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


def interview_from_row(row: tuple[Any, ...]) -> Interview:
    """An interview from a row of INTERVIEW; StorageError when it holds what cannot be read."""
    with _readable(row[0]):
        return _interview(row)


def _interview(row: tuple[Any, ...]) -> Interview:
    return Interview(
        id=row[0],
        role=Role(row[1], row[2]),
        candidate=Candidate(row[3], row[4], row[20]),
        interviewer=row[5],
        bank=row[6],
        bank_sha256=row[7],
        kit=row[8],
        started_at=row[9],
        page=row[10],
        draft=row[11],
        draft_note=row[12],
        submitted_at=row[13],
        recommendation=Recommendation(row[14]) if row[14] else None,
        summary=row[15],
        seal=row[16],
        reason=row[17],
        amended=Recommendation(row[18]) if row[18] else None,
        amended_why=row[19] or "",
        origin=(row[21] or "").partition(", as of ")[0],
    )


def checked_answers(
    connection: sqlite3.Connection, interview_id: str, question: str | None = None
) -> list[Answer]:
    """The answers of an interview in the order of the kit, pages included, or just one of them.

    StorageError when they hold what cannot be read.
    """
    with _readable(interview_id):
        return answer_rows.answers(connection, interview_id, question)


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


def begun(connection: sqlite3.Connection, interview_id: str) -> dict[str, object]:
    """What the log keeps of how an interview began."""
    columns = ("role", "candidate", "interviewer", "bank", "bank_sha256", "kit", "started_at")
    row = connection.execute(
        "SELECT role_id, candidate_id, interviewer, bank_id, bank_sha256, kit, started_at "
        "FROM interview WHERE id = ?",
        (interview_id,),
    ).fetchone()
    return dict(zip(columns, row, strict=True))


def log_seal(connection: sqlite3.Connection, interview_id: str, at: str, account: str) -> None:
    """Inside a transaction, once an interview is sealed: its seal, whom it is about, and the
    seal over what the tables hold, which differs where an import is not kept word for word.
    """
    seal_made, role, candidate = connection.execute(
        "SELECT seal, role_id, candidate_id FROM interview WHERE id = ?", (interview_id,)
    ).fetchone()
    after = {
        "seal": seal_made,
        "role": role,
        "candidate": candidate,
        "rows": rows_seal(connection, interview_id),
    }
    audit_log.append(
        connection,
        subject="seal",
        subject_id=interview_id,
        interview_id=interview_id,
        what=audit_log.SEALED,
        after=after,
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


def insert_amendment(
    connection: sqlite3.Connection,
    amendment: Amendment,
    document: Document,
    account: str,
    received_at: str | None = None,
) -> None:
    """Inside a transaction: an amendment with its document, and in the log that it was made."""
    connection.execute("INSERT INTO amendment VALUES (?, ?, ?, ?, ?, ?, ?, ?)", amendment)
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
        what=audit_log.AMENDED,
        question=amendment.question,
        item=amendment.id,
        after={"what": amendment.what, "sha256": sha256},
        at=received_at or amendment.at,
        account=account,
    )


def greatest_id(connection: sqlite3.Connection) -> str:
    """The greatest id of a note or amendment; later ones must sort behind it."""
    latest = "(SELECT id FROM {} WHERE id GLOB '????????-????-7*' ORDER BY id DESC LIMIT 1)"
    ids = ", ".join(f"coalesce({latest.format(table)}, '')" for table in ("note", "amendment"))
    return str(connection.execute(f"SELECT max({ids})").fetchone()[0])
