"""The trail of migrations 2 to 5, which had a chain of links for each interview.

Part of migration 2, so never changed once released. The audit log took its place.
"""

import hashlib
import json
import sqlite3

_COLUMNS = "interview_id, question, what, item, before, after, at, takes_back, account"


def link_all(connection: sqlite3.Connection) -> None:
    """Give every row a link in place, before the trigger against it is there."""
    links: dict[str, str] = {}
    rows = connection.execute(f"SELECT seq, {_COLUMNS} FROM trail ORDER BY seq").fetchall()  # noqa: S608
    for seq, *row in rows:
        link = links[row[0]] = _fingerprint([links.get(row[0], ""), *row])
        connection.execute("UPDATE trail SET link = ? WHERE seq = ?", (link, seq))


def add_seals(connection: sqlite3.Connection) -> None:
    """A row for each sealed interview: its seal, and whom it is about."""
    for interview_id, at, seal, role, candidate in connection.execute(
        "SELECT id, submitted_at, seal, role_id, candidate_id FROM interview "
        "WHERE seal IS NOT NULL ORDER BY submitted_at"
    ).fetchall():
        content = {"seal": seal, "role": role, "candidate": candidate, "rows": seal}
        _add(connection, interview_id, "", "sealed", "", json.dumps(content), at)


def add_amendments(connection: sqlite3.Connection) -> None:
    """A row for each amendment, with its fingerprint."""
    for key, interview_id, question, at, *row in connection.execute(
        "SELECT id, interview_id, question, at, what, value, reason, interviewer FROM amendment "
        "ORDER BY id"
    ).fetchall():
        sha256 = _fingerprint([key, interview_id, question, at, *row])
        content = json.dumps({"what": row[0], "sha256": sha256})
        _add(connection, interview_id, question, "amended", key, content, at)


def _add(
    connection: sqlite3.Connection,
    interview_id: str,
    question: str,
    field: str,
    item: str,
    content: str,
    at: str,
) -> None:
    row = [interview_id, question, field, item, "null", content, at, None, ""]
    previous = connection.execute(
        "SELECT link FROM trail WHERE interview_id = ? ORDER BY seq DESC LIMIT 1", (interview_id,)
    ).fetchone()
    connection.execute(
        f"INSERT INTO trail ({_COLUMNS}, link) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
        (*row, _fingerprint([previous[0] if previous else "", *row])),
    )


def _fingerprint(values: list[object]) -> str:
    text = json.dumps(values, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
