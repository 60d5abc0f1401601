"""The rows of earlier versions brought into the audit log and the sealed documents.

What the earlier trail cannot vouch for is said in the log, for ``data check`` to name: a conversion
that linked everything afresh would hide what was changed by hand before it.

Part of migration 6, so never changed once released.
"""

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from interviewkit.interview.clock import stamp
from interviewkit.interview.documents import LogHead
from interviewkit.storage.schema.format_1_answers import format_1_entries

_SUBJECTS = {"sealed": "seal", "imported": "seal", "amended": "amendment"}
_SETTINGS = ("owner", "visibility", "place", "months", "decided", "hold")


def convert_log(connection: sqlite3.Connection) -> None:
    """Fill the new tables, inside the migration's transaction."""
    connection.execute("INSERT INTO records VALUES (?)", (os.urandom(16).hex(),))
    log = _Log(connection)
    doubtful = _copy_trail(connection, log)
    at = stamp(datetime.now(UTC))
    for interview in doubtful:
        log.add("interview", interview, "unverified", True, at, interview_id=interview)
    _state_of_names(connection, log, at)
    _state_of_roles(connection, log, at)
    _state_of_interviews(connection, log, at)
    for row in connection.execute(
        "SELECT id, at, why, interviews, rows FROM erasure ORDER BY at, id"
    ).fetchall():
        after = dict(zip(("at", "why", "interviews", "rows"), row[1:], strict=True))
        log.add("erasure", row[0], "erased", after | {"emptied": []}, at)
    _documents(connection, log, at)


class _Log:
    """The log's end. A copy of how this version writes it, which later versions may not change."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.head = LogHead(0, "")

    def add(
        self,
        subject: str,
        subject_id: str,
        what: str,
        after: object,
        at: str,
        *,
        interview_id: str | None = None,
        candidate_id: str | None = None,
    ) -> None:
        """A value as it was found."""
        value = json.dumps(after, ensure_ascii=False)
        content = (subject, subject_id, interview_id, candidate_id, "", what, "", "null", value)
        self.write((*content, at, None, ""))

    def write(self, content: tuple[object, ...]) -> int:
        salted = (os.urandom(16).hex(), *content)
        seq = self.head.length + 1
        text = json.dumps([seq, *salted], separators=(",", ":"), ensure_ascii=False)
        digest = hashlib.sha256(text.encode()).hexdigest()
        link = hashlib.sha256(f"{self.head.link}{digest}".encode()).hexdigest()
        marks = ", ".join("?" * (len(salted) + 3))
        self._connection.execute(
            "INSERT INTO audit_log (seq, digest, link, salt, subject, subject_id, interview_id, "  # noqa: S608
            "candidate_id, question, what, item, before, after, at, takes_back, account) "
            f"VALUES ({marks})",
            (seq, digest, link, *salted),
        )
        self.head = LogHead(seq, link)
        return seq


def _copy_trail(connection: sqlite3.Connection, log: _Log) -> list[str]:
    """Every row of the trail in its order; gives interviews whose chain did not hold."""
    numbers: dict[int, int] = {}
    last: dict[str, str | None] = {}
    doubtful: dict[str, None] = {}
    for seq, *row, link in connection.execute(
        "SELECT seq, interview_id, question, what, item, before, after, at, takes_back, account, "
        "link FROM trail ORDER BY seq"
    ).fetchall():
        interview, question, what, item, before, after, at, takes_back, account = row
        text = json.dumps(
            [last.get(interview) or "", *row], separators=(",", ":"), ensure_ascii=False
        )
        if hashlib.sha256(text.encode()).hexdigest() != link:
            doubtful[interview] = None
        last[interview] = link
        subject = _SUBJECTS.get(what, "answer")
        subject_id = item if subject == "amendment" else interview
        numbers[seq] = log.write(
            (
                *(subject, subject_id, interview, None, question, what, item, before, after, at),
                numbers.get(takes_back),
                account,
            )
        )
    return list(doubtful)


def _state_of_names(connection: sqlite3.Connection, log: _Log, at: str) -> None:
    for table, column in (("role", "title"), ("candidate", "name")):
        for key, name in connection.execute(f"SELECT id, {column} FROM {table}").fetchall():  # noqa: S608
            person = key if table == "candidate" else None
            log.add(table, key, column, name, at, candidate_id=person)


def _state_of_roles(connection: sqlite3.Connection, log: _Log, at: str) -> None:
    columns = ", ".join(_SETTINGS)
    for role, *values in connection.execute(
        f"SELECT role_id, {columns} FROM role_setting"  # noqa: S608 - constants
    ).fetchall():
        for name, value in zip(_SETTINGS, values, strict=True):
            log.add("role", role, name, value, at)
    for name, months in connection.execute("SELECT name, months FROM place").fetchall():
        log.add("place", name, "months", months, at)


def _state_of_interviews(connection: sqlite3.Connection, log: _Log, at: str) -> None:
    """How each was begun, the texts that were on no trail, and the hashes of what is under way."""
    names = ("role", "candidate", "interviewer", "bank", "bank_sha256", "kit", "started_at")
    for key, *row in connection.execute(
        "SELECT id, role_id, candidate_id, interviewer, bank_id, bank_sha256, kit, started_at "
        "FROM interview ORDER BY started_at, id"
    ).fetchall():
        begun = dict(zip(names, row, strict=True))
        log.add("interview", key, "begun", begun, at, interview_id=key)
    for key, page in connection.execute("SELECT id, page FROM interview").fetchall():
        log.add("visit", key, "page", page, at, interview_id=key)
    for key, draft, note, summary, reason in connection.execute(
        "SELECT id, draft, draft_note, summary, reason FROM interview"
    ).fetchall():
        seconds = connection.execute(
            "SELECT question, seconds FROM answer WHERE interview_id = ? ORDER BY question", (key,)
        ).fetchall()
        connection.execute(
            "UPDATE interview SET draft_sha256 = ?, state_sha256 = ? WHERE id = ?",
            (_hash([key, draft, note]), _hash([key, summary, reason, seconds]), key),
        )


def _hash(values: list[object]) -> str:
    text = json.dumps(values, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


# Documents


def _documents(connection: sqlite3.Connection, log: _Log, at: str) -> None:
    for key, *rest in _sealed_scorecards(connection):
        _store(connection, "scorecard", key, *rest)
    for key, *row, candidate, role in connection.execute(
        "SELECT a.id, a.interview_id, question, what, value, a.reason, a.interviewer, at, "
        "i.candidate_id, i.role_id FROM amendment AS a "
        "JOIN interview AS i ON i.id = a.interview_id ORDER BY a.id"
    ).fetchall():
        names = ("scorecard", "question", "what", "value", "reason", "interviewer", "at")
        document = {"type": "amendment", "id": key, **dict(zip(names, row, strict=True))}
        if _is_amendment(connection, key, row):
            _store(connection, "amendment", key, document, row[0], candidate, role)
    for key, *row in connection.execute(
        "SELECT id, role_id, candidate_id, course, reason, next_steps, by, at FROM decision "
        "ORDER BY at, id"
    ).fetchall():
        names = ("role", "candidate", "course", "reason", "next_steps", "by", "at")
        document = {"type": "decision", "id": key, **dict(zip(names, row, strict=True))}
        sha256 = _store(connection, "decision", key, document, None, row[1], row[0])
        after = {"sha256": sha256, "rows": _hash([key, *row])}
        log.add("decision", key, "decided", after, at, candidate_id=row[1])


def _store(
    connection: sqlite3.Connection,
    kind: str,
    key: str,
    document: dict[str, Any],
    interview: str | None,
    candidate: str,
    role: str,
    origin: str | None = None,
) -> str:
    unsealed = {name: value for name, value in document.items() if name != "sha256"}
    body = json.dumps(unsealed, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    sha256 = hashlib.sha256(body).hexdigest()
    connection.execute(
        "INSERT INTO sealed_document VALUES (?, ?, 1, ?, ?, ?, NULL, ?, ?, ?)",
        (key, kind, body, sha256, origin, interview, candidate, role),
    )
    return sha256


def _is_amendment(connection: sqlite3.Connection, key: str, row: list[Any]) -> bool:
    """Whether the trail vouches for it: it keeps a fingerprint of each."""
    interview, question, what, value, reason, interviewer, at = row
    fingerprint = _hash([key, interview, question, at, what, value, reason, interviewer])
    vouched = connection.execute(
        "SELECT after FROM trail WHERE what = 'amended' AND item = ?", (key,)
    ).fetchall()
    return [json.loads(after)["sha256"] for (after,) in vouched] == [fingerprint]


def _sealed_scorecards(connection: sqlite3.Connection) -> Iterator[tuple[Any, ...]]:
    """(id, document, interview, candidate, role, origin) of those whose seal fits."""
    for row in connection.execute(
        "SELECT id, sealed_candidate, sealed_role, bank_id, bank_sha256, kit, interviewer, "
        "started_at, submitted_at, recommendation, summary, reason, seal, candidate_id, role_id "
        "FROM interview WHERE seal IS NOT NULL ORDER BY submitted_at, id"
    ).fetchall():
        imported = connection.execute(
            "SELECT after FROM trail WHERE interview_id = ? AND what = 'imported'", row[:1]
        ).fetchone()
        document = json.loads(imported[0]) if imported else None
        try:
            document = document or _scorecard(connection, row)
        except (ValueError, TypeError):
            continue  # damaged: `data check` names it
        unsealed = {name: value for name, value in document.items() if name != "sha256"}
        text = json.dumps(unsealed, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        if hashlib.sha256(text.encode()).hexdigest() == row[12]:
            origin = "import" if imported else None
            yield row[0], document, row[0], row[13], row[14], origin


def _scorecard(connection: sqlite3.Connection, row: tuple[Any, ...]) -> dict[str, Any]:
    """The document of format 1 as the tables have it."""
    return {
        "type": "scorecard",
        "id": row[0],
        "candidate": row[1],
        "role": row[2],
        "bank": {"id": row[3], "sha256": row[4]},
        "kit": row[5],
        "interviewer": row[6],
        "started_at": row[7],
        "submitted_at": row[8],
        "recommendation": row[9],
        "summary": row[10],
        "reason": row[11],
        **format_1_entries(connection, row[0]),
    }
