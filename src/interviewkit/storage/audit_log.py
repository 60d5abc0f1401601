"""The trail: what was changed, from what to what, by whom and when; only ever added to.

Each row carries a ``link``: the SHA-256 over the link of the row before it in the same interview
and its own content. A row that was changed, taken out or slipped in afterwards breaks the chain,
which ``data check`` finds. The chains are per interview, so that an erasure, which takes a
candidate's whole interviews, leaves every other chain whole.

A link proves that nobody changed the file by hand; it is no proof against somebody who rewrites
the file with this program's own code. That would take a key kept elsewhere.
"""

import json
import sqlite3
from typing import NamedTuple

Kept = str | int | bool | None
SEALED = "sealed"
IMPORTED = "imported"
AMENDED = "amended"
_COLUMNS = "interview_id, question, what, item, before, after, at, takes_back, account, link"


class Change(NamedTuple):
    """One row of a trail. ``account`` is the computer's account that wrote it.

    It is None for what was written before accounts were kept, and "" where the system has none.
    ``before`` and ``after`` are values, None where there was or is none.
    """

    interview_id: str
    question: str
    what: str
    item: str
    before: object
    after: object
    at: str
    account: str | None


def add(
    connection: sqlite3.Connection,
    interview_id: str,
    what: str,
    *,
    at: str,
    account: str,
    question: str = "",
    item: str = "",
    before: str = "null",
    after: str = "null",
    takes_back: int | None = None,
) -> None:
    """Inside a transaction: one more row. ``before`` and ``after`` are JSON."""
    row = (interview_id, question, what, item, before, after, at, takes_back, account)
    found = connection.execute(
        "SELECT link FROM trail WHERE interview_id = ? ORDER BY seq DESC LIMIT 1", (interview_id,)
    ).fetchone()
    connection.execute(
        f"INSERT INTO trail ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
        (*row, linked(found[0] if found else None, row)),
    )


def add_seal(
    connection: sqlite3.Connection,
    interview_id: str,
    at: str,
    account: str,
    rows: str | None = None,
) -> None:
    """Inside a transaction, once an interview is sealed: its seal, and whom it is about.

    ``rows`` is the seal over what the tables hold, where that is not what was sealed: an import
    that they cannot hold word for word.
    """
    seal, role, candidate = connection.execute(
        "SELECT seal, role_id, candidate_id FROM interview WHERE id = ?", (interview_id,)
    ).fetchone()
    after = json.dumps({"seal": seal, "role": role, "candidate": candidate, "rows": rows or seal})
    add(connection, interview_id, SEALED, at=at, account=account, after=after)


def add_amendment(connection: sqlite3.Connection, amendment_id: str, account: str) -> None:
    """Inside a transaction, once an amendment is there: that it was made, and its fingerprint."""
    interview_id, question, at, value = amendment_value(connection, amendment_id)
    add(
        connection,
        interview_id,
        AMENDED,
        at=at,
        account=account,
        question=question,
        item=amendment_id,
        after=value,
    )


def amendment_value(connection: sqlite3.Connection, amendment_id: str) -> tuple[str, str, str, str]:
    """An amendment's interview, question and time, and what the trail keeps of it, as JSON."""
    row = connection.execute(
        "SELECT interview_id, question, at, what, value, reason, interviewer FROM amendment "
        "WHERE id = ?",
        (amendment_id,),
    ).fetchone()
    value = json.dumps({"what": row[3], "sha256": fingerprint([amendment_id, *row])})
    return row[0], row[1], row[2], value


def linked(previous: str | None, row: tuple[object, ...]) -> str:
    """The link of ``row`` (interview_id … account, as in the table) after ``previous``."""
    return fingerprint([previous or "", *row])


def fingerprint(values: list[object]) -> str:
    """SHA-256 over the values as one line of JSON without white space, in hexadecimal."""
    text = json.dumps(values, separators=(",", ":"), ensure_ascii=False)
    import hashlib  # OpenSSL, and a screen that only shows needs none of it

    return hashlib.sha256(text.encode()).hexdigest()


def link_all(connection: sqlite3.Connection) -> None:
    """Give every row a link in place: for a migration, before the trigger against it is there."""
    last: dict[str, str] = {}
    found = connection.execute(
        "SELECT seq, interview_id, question, what, item, before, after, at, takes_back, account "
        "FROM trail ORDER BY seq"
    ).fetchall()
    for seq, *row in found:
        link = last[row[0]] = linked(last.get(row[0]), tuple(row))
        connection.execute("UPDATE trail SET link = ? WHERE seq = ?", (link, seq))


def history(connection: sqlite3.Connection, interview_id: str) -> list[Change]:
    """All changes of an interview in the order they were made."""
    found = connection.execute(
        "SELECT interview_id, question, what, item, before, after, at, account FROM trail "
        "WHERE interview_id = ? ORDER BY seq",
        (interview_id,),
    )
    return [
        Change(key, question, what, item, json.loads(before), json.loads(after), at, account)
        for key, question, what, item, before, after, at, account in found
    ]
