"""What panels decided: added to, never changed; the debrief screen and the exchange read it."""

import sqlite3
from collections.abc import Collection

from interviewkit.errors import BlockedError
from interviewkit.interview.documents import Document
from interviewkit.interview.people import Person
from interviewkit.interview.records import Candidate, Course, Decision
from interviewkit.storage import audit_log, sealed_documents
from interviewkit.storage.privacy.visibility import sight

# The columns in the order of Decision's fields.
_COLUMNS = "id, role_id, candidate_id, course, reason, next_steps, by, at"
_READ = f"SELECT {_COLUMNS} FROM decision"  # noqa: S608 - constants


def read_decisions(
    connection: sqlite3.Connection, role: str | None = None, candidate: str | None = None
) -> list[Decision]:
    """Decisions in the order they were made: all, of one role, or of one candidate for it."""
    found_rows = connection.execute(
        f"{_READ} WHERE (:role IS NULL OR role_id = :role) "
        "AND (:candidate IS NULL OR candidate_id = :candidate) ORDER BY at, id",
        {"role": role, "candidate": candidate},
    )
    return [_decision(row) for row in found_rows]


def refuse_decision(
    connection: sqlite3.Connection, candidate: Candidate, reason: str, by: str
) -> None:
    """BlockedError without a reason or a name, and while ``by`` still owes a judgement."""
    if not reason.strip():
        raise BlockedError("A decision needs a reason.", "Write a sentence that says why.")
    if not by.strip():
        raise BlockedError(
            "A decision needs the name of the person who records it.", "Give a name."
        )
    if candidate.id in sight(connection, Person("", by)).busy:
        raise BlockedError(
            f"{by.strip()} has an interview with {candidate.name} under way.",
            "Submit your own scorecard first, then debrief.",
        )


def store_decision(
    connection: sqlite3.Connection,
    decision: Decision,
    document: Document,
    account: str,
    received_at: str | None = None,
) -> None:
    """Add one with its document, inside a transaction. ``received_at``: when it came in.

    With a decision that ends the round the candidate's transcripts go, unless the settings keep
    them longer.
    """
    connection.execute(
        f"INSERT INTO decision ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
        decision,
    )
    sha256 = sealed_documents.store_document(
        connection,
        document,
        candidate=decision.candidate,
        role=decision.role,
        received_at=received_at,
    )
    audit_log.append(
        connection,
        subject="decision",
        subject_id=decision.id,
        candidate_id=decision.candidate,
        field=audit_log.DECIDED,
        new={"sha256": sha256, "rows": decision_fingerprint(decision)},
        at=received_at or decision.at,
        account=account,
    )
    from interviewkit.storage import transcript_rows  # the first screen decides nothing

    if transcript_rows.transcript_days() == 0:
        transcript_rows.delete_with_decision(
            *(connection, decision.role, decision.candidate),
            *(received_at or decision.at, account),
        )


def decision_fingerprint(decision: Decision) -> str:
    """What the log keeps of the row, whose role and candidate may have other ids here."""
    return audit_log.fingerprint(list(decision))


def with_content(connection: sqlite3.Connection, decision: Decision) -> Decision | None:
    """The decision that already says the same, whatever its id and time."""
    row = connection.execute(
        f"{_READ} WHERE role_id = ? AND candidate_id = ? AND course = ? AND reason = ? "
        "AND next_steps = ? AND by = ? ORDER BY at DESC, id DESC LIMIT 1",
        decision[1:7],
    ).fetchone()
    return _decision(row) if row else None


def with_id(connection: sqlite3.Connection, decision_id: str) -> Decision | None:
    """The decision with this id, if it is known."""
    row = connection.execute(f"{_READ} WHERE id = ?", (decision_id,)).fetchone()
    return _decision(row) if row else None


def parties(
    connection: sqlite3.Connection, only: Collection[str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Id → title of the roles, and id → name of the candidates, that decisions on ``only`` name."""
    roles: dict[str, str] = {}
    candidates: dict[str, str] = {}
    for role, title, candidate, name in connection.execute(
        "SELECT DISTINCT r.id, r.title, c.id, c.name FROM decision AS d "
        "JOIN role AS r ON r.id = d.role_id JOIN candidate AS c ON c.id = d.candidate_id"
    ):
        if candidate in only:
            roles[role], candidates[candidate] = title, name
    return roles, candidates


def _decision(row: tuple[str, ...]) -> Decision:
    key, role, candidate, course, reason, next_steps, by, at = row
    return Decision(key, role, candidate, Course(course), reason, next_steps, by, at)
