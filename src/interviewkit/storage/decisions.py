"""What panels decided: added to, never changed; the debrief screen and the exchange read it."""

import sqlite3
from collections.abc import Collection

from interviewkit.interview.documents import Document
from interviewkit.interview.records import Course, Decision
from interviewkit.storage import audit_log, sealed_documents

_READ = "SELECT id, role_id, candidate_id, course, reason, next_steps, by, at FROM decision"


def kept(
    connection: sqlite3.Connection, role: str | None = None, candidate: str | None = None
) -> list[Decision]:
    """Decisions in the order they were made: all, of one role, or of one candidate for it."""
    found = connection.execute(
        f"{_READ} WHERE (:role IS NULL OR role_id = :role) "
        "AND (:candidate IS NULL OR candidate_id = :candidate) ORDER BY at, id",
        {"role": role, "candidate": candidate},
    )
    return [_decision(row) for row in found]


def keep(
    connection: sqlite3.Connection,
    decision: Decision,
    document: Document,
    account: str,
    received_at: str | None = None,
) -> None:
    """Add one with its document, inside a transaction. ``received_at``: when it came in."""
    connection.execute("INSERT INTO decision VALUES (?, ?, ?, ?, ?, ?, ?, ?)", decision)
    sha256 = sealed_documents.keep(
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
        what=audit_log.DECIDED,
        after={"sha256": sha256, "rows": fingerprint(decision)},
        at=received_at or decision.at,
        account=account,
    )


def fingerprint(decision: Decision) -> str:
    """What the log keeps of the row, whose role and candidate may have other ids here."""
    return audit_log.fingerprint(list(decision))


def with_id(connection: sqlite3.Connection, wanted: str) -> Decision | None:
    """The decision with this id, if it is known."""
    row = connection.execute(f"{_READ} WHERE id = ?", (wanted,)).fetchone()
    return _decision(row) if row else None


def parties(
    connection: sqlite3.Connection, without: Collection[str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Id → title of the roles, and id → name of the candidates, that decisions speak of."""
    roles: dict[str, str] = {}
    candidates: dict[str, str] = {}
    for role, title, candidate, name in connection.execute(
        "SELECT DISTINCT r.id, r.title, c.id, c.name FROM decision AS d "
        "JOIN role AS r ON r.id = d.role_id JOIN candidate AS c ON c.id = d.candidate_id"
    ):
        if candidate not in without:
            roles[role], candidates[candidate] = title, name
    return roles, candidates


def _decision(row: tuple[str, ...]) -> Decision:
    key, role, candidate, course, reason, next_steps, by, at = row
    return Decision(key, role, candidate, Course(course), reason, next_steps, by, at)
