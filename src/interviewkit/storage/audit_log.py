"""The audit log: what was changed, from what to what, by whom and when; only ever added to.

One log for all of the records. Each row carries a ``digest``, the SHA-256 over its salted content,
and a ``link``, the SHA-256 over the link of the row before it and its own digest. A row that was
changed, taken out or slipped in breaks the chain, which ``data check`` finds. An erasure empties
the content of a person's rows; digests and links stay, so the chain can still be verified, and the
salt, which is emptied too, keeps anybody from guessing what a digest was made over.

The last link and the number of rows are the log's head. It is also kept outside the file
(:mod:`interviewkit.storage.outer_head`), so that an end that was cut off is missed.

``what`` is the name of the value that changes, ``after`` the value from then on: whatever is in
force is the last value that the log put there.
"""

import json
import os
import sqlite3
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from interviewkit.interview.documents import LogHead
from interviewkit.interview.people import RecordKind

if TYPE_CHECKING:
    from interviewkit.interview.answer_history import InterviewChange

SEALED = "sealed"
IMPORTED = "imported"
AMENDED = "amended"
DECIDED = "decided"
ERASED = "erased"
DISCARDED = "discarded"
RESTORED = "restored"
BEGUN = "begun"
UNVERIFIED = "unverified"
EMPTY = LogHead(0, "")
# What a digest is made over, in this order, with the row's number before it.
CONTENT = (
    "salt",
    "subject",
    "subject_id",
    "interview_id",
    "candidate_id",
    "question",
    "what",
    "item",
    "before",
    "after",
    "at",
    "takes_back",
    "account",
)
_encode = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode
_INSERT = (
    f"INSERT INTO audit_log (seq, digest, link, {', '.join(CONTENT)}) "  # noqa: S608 - constants
    f"VALUES ({', '.join('?' * (len(CONTENT) + 3))})"
)


def append(
    connection: sqlite3.Connection,
    *,
    subject: str,
    subject_id: str,
    field: str,
    at: str,
    account: str | None,
    old: object = None,
    new: object = None,
    interview_id: str | None = None,
    candidate_id: str | None = None,
    question: str = "",
    item: str = "",
    takes_back: int | None = None,
) -> LogHead:
    """Inside a transaction: one more row; gives the new head.

    ``before`` and ``after`` are values that JSON knows. An erasure empties the rows that bear the
    person's ``candidate_id`` or the ``interview_id`` of one of their interviews, so one of the two
    is given wherever the row speaks of a candidate. Subjects: interview, answer, visit, amendment,
    decision, candidate, role, person, place, plan, transcript, erasure, calibration, authorship,
    log.
    """
    content = (
        os.urandom(16).hex(),
        subject,
        subject_id,
        interview_id,
        candidate_id,
        question,
        field,
        item,
        json.dumps(old, ensure_ascii=False),
        json.dumps(new, ensure_ascii=False),
        at,
        takes_back,
        account,
    )
    return append_row(connection, head(connection), content)


def append_record_change(
    connection: sqlite3.Connection,
    kind: RecordKind,
    record_id: str,
    field: str,
    old: str | None,
    new: str | None,
    at: str,
    account: str,
) -> LogHead:
    """Inside a transaction: one change of a person, a role or a candidate as a record."""
    return append(
        connection,
        subject=kind.value,
        subject_id=record_id,
        field=field,
        old=old,
        new=new,
        at=at,
        account=account,
        candidate_id=record_id if kind is RecordKind.CANDIDATE else None,
    )


def append_row(
    connection: sqlite3.Connection, previous: LogHead, content: Sequence[str | int | None]
) -> LogHead:
    """Inside a transaction: the row with this content behind ``last``; gives the new head."""
    seq = previous.length + 1
    digest = fingerprint([seq, *content])
    link = chain_link(previous.link, digest)
    connection.execute(_INSERT, (seq, digest, link, *content))
    return LogHead(seq, link)


def head(connection: sqlite3.Connection) -> LogHead:
    """How long the log is and the link it ends with."""
    row = connection.execute("SELECT seq, link FROM audit_log ORDER BY seq DESC LIMIT 1").fetchone()
    return LogHead(*row) if row else EMPTY


def link_at(connection: sqlite3.Connection, length: int) -> str | None:
    """The link that the log ended with when it was so long; None when it is shorter."""
    if not length:
        return ""
    row = connection.execute("SELECT link FROM audit_log WHERE seq = ?", (length,)).fetchone()
    return str(row[0]) if row else None


def chain_link(previous: str, digest: str) -> str:
    """The link of a row with this digest after the link ``previous``; "" before the first."""
    import hashlib  # OpenSSL, and a screen that only shows needs none of it

    return hashlib.sha256(f"{previous}{digest}".encode()).hexdigest()


def fingerprint(values: Sequence[object]) -> str:
    """SHA-256 over the values as one line of JSON without white space, in hexadecimal."""
    import hashlib

    return hashlib.sha256(_encode(values).encode()).hexdigest()


def empty(connection: sqlite3.Connection, condition: str, values: Sequence[str | int]) -> list[int]:
    """Inside an erasure: take the content out of the rows ``where``; gives their numbers."""
    rows = connection.execute(f"SELECT seq FROM audit_log WHERE {condition}", values).fetchall()  # noqa: S608 - constants
    blank = ", ".join(f"{column} = NULL" for column in CONTENT)
    for row in rows:
        connection.execute(f"UPDATE audit_log SET {blank} WHERE seq = ?", row)  # noqa: S608
    return [row[0] for row in rows]


def ranges(values: Iterable[int]) -> list[tuple[int, int]]:
    """Numbers as spans, first and last: ``1, 2, 3, 7`` → ``(1, 3), (7, 7)``."""
    spans: list[tuple[int, int]] = []
    for value in sorted(set(values)):
        if spans and value == spans[-1][1] + 1:
            spans[-1] = (spans[-1][0], value)
        else:
            spans.append((value, value))
    return spans


def history(connection: sqlite3.Connection, interview_id: str) -> "list[InterviewChange]":
    """All changes of what an interview says, in the order they were made."""
    from interviewkit.interview.answer_history import InterviewChange  # the live screen needs none

    rows = connection.execute(
        "SELECT interview_id, question, what, item, before, after, at, account, "
        "takes_back IS NOT NULL FROM audit_log "
        "WHERE interview_id = ? AND subject IN ('answer', 'seal', 'amendment') ORDER BY seq",
        (interview_id,),
    )
    return [
        InterviewChange(
            *(key, question, field, item, json.loads(old), json.loads(new), at, account),
            is_undo=bool(is_undo),
        )
        for key, question, field, item, old, new, at, account, is_undo in rows
    ]
