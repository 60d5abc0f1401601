"""Proof that what was sealed is what is kept, and that what is in force is what was sealed.

Two looks at each document: its bytes against the seal, and the rows against the bytes. Each gives
(where, what is wrong).
"""

import json
import sqlite3
from collections.abc import Iterator
from typing import Any

from interviewkit.errors import StorageError
from interviewkit.interview.people import RecordKind
from interviewkit.interview.records import Amendment
from interviewkit.interview.sealed_document import scorecard_content, seal_of
from interviewkit.storage import audit_log, decisions, merges, rows, sealed_documents

Misfits = Iterator[tuple[str, str]]
# What damaged values raise on their way to a document.
BROKEN = (StorageError, ValueError, TypeError, KeyError, AttributeError, IndexError)
_CHANGED = "its content is not what was sealed"


def seals(connection: sqlite3.Connection) -> Misfits:
    """Scorecards, amendments and decisions that are not what was sealed."""
    yield from _bodies(connection)
    yield from _scorecards(connection)
    yield from _amendments(connection)
    yield from _decisions(connection)


def _bodies(connection: sqlite3.Connection) -> Misfits:
    """Bytes against their seals, and documents without a row."""
    for kind, key, sha256, body in connection.execute(
        "SELECT kind, id, sha256, body FROM sealed_document ORDER BY kind, id"
    ):
        if not isinstance(body, bytes) or seal_of(body) != sha256:
            yield f"{kind} {key}", "its document is not the one that was sealed"
    for kind, table in (
        ("scorecard", "interview"),
        ("amendment", "amendment"),
        ("decision", "decision"),
    ):
        for (key,) in connection.execute(
            "SELECT id FROM sealed_document WHERE kind = ? "  # noqa: S608 - constants
            f"AND id NOT IN (SELECT id FROM {table})",
            (kind,),
        ):
            yield f"{kind} {key}", "its document is here, and the row is gone"


# Scorecards


def _scorecards(connection: sqlite3.Connection) -> Misfits:
    submitted = connection.execute(
        f"{rows.INTERVIEW} WHERE i.submitted_at IS NOT NULL OR i.seal IS NOT NULL "  # noqa: S608
        "OR i.id IN (SELECT id FROM sealed_document WHERE kind = 'scorecard') "
        "ORDER BY i.submitted_at, i.id"
    ).fetchall()
    for row in map(rows.InterviewRow._make, submitted):
        try:
            misfit = _scorecard_misfit(connection, row.id)
        except BROKEN:
            misfit = "holds a value that cannot be read"
        if misfit:
            yield f"scorecard {row.id} of {row.name} by {row.interviewer}", misfit


def is_in_force(connection: sqlite3.Connection, interview_id: str) -> bool:
    """Whether the rows of a scorecard are what was sealed."""
    try:
        return not _scorecard_misfit(connection, interview_id)
    except BROKEN:
        return False


def _scorecard_misfit(connection: sqlite3.Connection, key: str) -> str:
    seal, role, candidate, sealed_role, sealed_candidate = connection.execute(
        "SELECT seal, role_id, candidate_id, sealed_role, sealed_candidate FROM interview "
        "WHERE id = ?",
        (key,),
    ).fetchone()
    logged = connection.execute(
        "SELECT after FROM audit_log WHERE interview_id = ? AND subject = 'seal' AND what = ?",
        (key, audit_log.SEALED),
    ).fetchall()
    if len(logged) != 1:
        return "the log does not say once that it was sealed"
    sealed = json.loads(logged[0][0])
    is_same = merges.stands_for(
        connection, RecordKind.ROLE, role, sealed["role"], sealed_role
    ) and merges.stands_for(
        connection, RecordKind.CANDIDATE, candidate, sealed["candidate"], sealed_candidate
    )
    if sealed["seal"] != seal or not is_same:
        return "its seal, role or candidate is not what the log says"
    stored = connection.execute(
        "SELECT body, sha256, format, origin FROM sealed_document "
        "WHERE kind = 'scorecard' AND id = ?",
        (key,),
    ).fetchone()
    if stored is None:
        return "its sealed document is missing"
    if stored[1] != seal:
        return "its document bears another seal"
    if rows.rows_seal(connection, key) != sealed["rows"]:
        return _CHANGED
    return _own_misfit(connection, key, stored) if stored[3] is None else ""


def _own_misfit(connection: sqlite3.Connection, key: str, stored: tuple[Any, ...]) -> str:
    """What was sealed here stands in the rows word for word."""
    document = json.loads(stored[0])
    row = connection.execute(f"{rows.INTERVIEW} WHERE i.id = ?", (key,)).fetchone()
    content = scorecard_content(rows.interview_from_row(row), rows.checked_answers(connection, key))
    content |= {"role": document["role"], "candidate": document["candidate"]}
    for name, value in content.items():
        if document[name] != json.loads(json.dumps(value)):
            return _CHANGED
    if stored[2] != document.get("format", 1):
        return "its format is not that of its document"
    head = document.get("log_head")
    if head and audit_log.link_at(connection, head["count"]) != head["link"]:
        return "the log is not the one it was sealed with"
    return ""


# Amendments and decisions


def _amendments(connection: sqlite3.Connection) -> Misfits:
    logged = _log_entries(connection, "amendment", audit_log.AMENDED)
    for row in connection.execute(f"SELECT {rows.AMENDMENT} FROM amendment ORDER BY id").fetchall():  # noqa: S608
        amendment = Amendment(*row)
        if not _is_amendment(connection, amendment, logged.pop(amendment.id, None)):
            yield f"interview {amendment.scorecard}", f"the amendment {row[0]} is not what was made"
    for key, (interview, _) in sorted(logged.items()):
        yield f"interview {interview}", f"the amendment {key} is gone"


def _is_amendment(
    connection: sqlite3.Connection, amendment: Amendment, logged: tuple[str, Any] | None
) -> bool:
    stored = _stored_document(connection, "amendment", amendment.id)
    if logged is None or stored is None:
        return False
    document, sha256 = stored
    key, interview, question, field, value, reason, interviewer, at, _ = amendment
    # The rows of the trail that the log took over hold a fingerprint of the row, not the seal.
    fingerprint = audit_log.fingerprint(
        [key, interview, question, at, field, value, reason, interviewer]
    )
    texts = {
        name: text.strip() if name == "reason" else text
        for name, text in amendment._asdict().items()
        if name != "at"  # a moment may stand there in another zone
    }
    document = {"probe": "", **document}  # which no amendment had before format 3
    return logged[1]["sha256"] in (sha256, fingerprint) and all(
        (document[name].strip() if name in ("reason", "interviewer") else document[name]) == text
        for name, text in texts.items()
    )


def _decisions(connection: sqlite3.Connection) -> Misfits:
    logged = _log_entries(connection, "decision", audit_log.DECIDED)
    for decision in decisions.read_decisions(connection):
        _, entry = logged.pop(decision.id, ("", {}))
        stored = _stored_document(connection, "decision", decision.id)
        if stored is None or (entry.get("sha256"), entry.get("rows")) != (
            stored[1],
            decisions.decision_fingerprint(merges.first_decision(connection, decision)),
        ):
            yield f"decision {decision.id}", "it is not what was decided"
    for key in sorted(logged):
        yield f"decision {key}", "it is gone"


def _stored_document(
    connection: sqlite3.Connection, kind: str, key: str
) -> tuple[dict[str, Any], str] | None:
    row = connection.execute(
        "SELECT body, sha256 FROM sealed_document WHERE kind = ? AND id = ?", (kind, key)
    ).fetchone()
    try:
        return (sealed_documents.with_its_seal(*row), row[1]) if row else None
    except (ValueError, TypeError):
        return None


def _log_entries(
    connection: sqlite3.Connection, subject: str, field: str
) -> dict[str, tuple[str, dict[str, Any]]]:
    """Id → (interview, what the log keeps of it)."""
    return {
        key: (interview, json.loads(content))
        for key, interview, content in connection.execute(
            "SELECT subject_id, interview_id, after FROM audit_log WHERE subject = ? AND what = ?",
            (subject, field),
        )
    }
