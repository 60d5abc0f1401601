"""An interview taken out again before it was submitted: begun by mistake, or for the wrong person.

What was written in it goes with its history, since a half interview that nobody stands by is no
record of anybody. That it was there, and how much was in it, stays in the history of its role.
"""

import sqlite3
from typing import NamedTuple

from interviewkit.errors import BlockedError, unknown_name
from interviewkit.interview.people import normalize_name
from interviewkit.plurals import count_noun
from interviewkit.storage import audit_log
from interviewkit.storage.file.transaction import transaction
from interviewkit.storage.privacy.erasure import tables_with

DISCARDED = "interview discarded"  # in the history of a role
_COUNTS = """
SELECT (SELECT count(*) FROM note WHERE interview_id = :id AND text IS NOT NULL),
       (SELECT count(*) FROM answer WHERE interview_id = :id AND rating IS NOT NULL),
       (SELECT count(*) FROM asked WHERE interview_id = :id AND taken_back = 0),
       (SELECT count(*) FROM answer WHERE interview_id = :id AND skipped IS NOT NULL),
       (SELECT count(*) FROM transcript WHERE interview_id = :id),
       summary <> '', draft <> '', recommendation IS NOT NULL,
       (SELECT count(*) FROM audit_log WHERE interview_id = :id AND subject = 'answer')
FROM interview WHERE id = :id
"""


class InterviewContents(NamedTuple):
    """What is written in an interview under way; ``changes`` are its answers' rows in the log."""

    notes: int
    ratings: int
    probes: int
    skipped: int
    transcripts: int
    has_summary: bool
    has_draft: bool
    has_recommendation: bool
    changes: int

    @property
    def is_empty(self) -> bool:
        """Whether nothing was ever written in it."""
        return not any(self)

    @property
    def words(self) -> str:
        """``4 notes, 1 rating, the summary``; what there is none of goes unsaid."""
        counts = (
            (self.notes, "note", "notes"),
            (self.ratings, "rating", "ratings"),
            (self.probes, "probe asked", "probes asked"),
            (self.skipped, "skipped question", "skipped questions"),
            (self.transcripts, "transcript", "transcripts"),
        )
        parts = [count_noun(count, noun, nouns) for count, noun, nouns in counts if count]
        parts += ["the half-typed line"] * self.has_draft
        parts += ["the recommendation"] * self.has_recommendation
        parts += ["the summary"] * self.has_summary
        return ", ".join(parts) or "only what was taken back"


def contents(connection: sqlite3.Connection, interview_id: str, by: str) -> InterviewContents:
    """What discarding the interview would take, for ``by``, who wants to.

    BlockedError for one that is submitted, under a legal hold, or in which somebody else wrote.
    """
    row = connection.execute(
        "SELECT interviewer, submitted_at, title, coalesce(hold, '') FROM interview AS i "
        "JOIN role ON role.id = i.role_id LEFT JOIN role_setting AS s ON s.role_id = i.role_id "
        "WHERE i.id = ?",
        (interview_id,),
    ).fetchone()
    if row is None:
        raise unknown_name("interview", interview_id, [])
    interviewer, submitted_at, title, hold = row
    if submitted_at is not None:
        raise BlockedError("This scorecard has been submitted and sealed.", "It can be amended.")
    written = InterviewContents(*connection.execute(_COUNTS, {"id": interview_id}).fetchone())
    if not written.is_empty and normalize_name(interviewer) != normalize_name(by):
        raise BlockedError(
            f"This is the interview of {interviewer}, and something is written in it.",
            "Only its interviewer can discard it.",
        )
    if not written.is_empty and hold:
        raise BlockedError(
            f"{title} is under a legal hold: {hold}.",
            "Nothing was discarded. `interviewkit role set` ends a hold with --no-hold.",
        )
    return written


def discard(
    connection: sqlite3.Connection, interview_id: str, by: str, at: str, account: str
) -> None:
    """Take the interview out of every table, all of it or nothing. Errors as :func:`contents`."""
    connection.execute("PRAGMA secure_delete = ON")
    with transaction(connection):
        _take_out(connection, interview_id, by, at, account)


def _take_out(
    connection: sqlite3.Connection, interview_id: str, by: str, at: str, account: str
) -> None:
    written = contents(connection, interview_id, by)
    role_id, candidate_id, kit = connection.execute(
        "SELECT role_id, candidate_id, kit FROM interview WHERE id = ?", (interview_id,)
    ).fetchone()
    connection.execute("PRAGMA defer_foreign_keys = ON")
    connection.execute("INSERT INTO erasure_under_way VALUES (?)", (candidate_id,))
    _forget_in_search(connection, interview_id)
    emptied = audit_log.empty(connection, "interview_id = ?", [interview_id])
    for table in tables_with(connection, "interview_id"):
        connection.execute(f"DELETE FROM {table} WHERE interview_id = ?", (interview_id,))  # noqa: S608
    connection.execute("DELETE FROM interview WHERE id = ?", (interview_id,))
    connection.execute("DELETE FROM erasure_under_way WHERE candidate_id = ?", (candidate_id,))
    audit_log.append(
        connection,
        subject="interview",
        subject_id=interview_id,
        field=audit_log.DISCARDED,
        new={"emptied": audit_log.ranges(emptied)},
        at=at,
        account=account,
    )
    if not written.is_empty:
        connection.execute(
            "INSERT INTO role_change (role_id, what, before, after, by, at) "
            "VALUES (?, ?, ?, '', ?, ?)",
            (role_id, DISCARDED, f"{kit}: {written.words}", by, at),
        )


def _forget_in_search(connection: sqlite3.Connection, interview_id: str) -> None:
    connection.execute(
        "DELETE FROM to_read_in WHERE item = :id OR (kind = 'note' AND item IN "
        "(SELECT id FROM note WHERE interview_id = :id))",
        {"id": interview_id},
    )
    connection.execute(
        "INSERT INTO search (search, rowid, text) "
        "SELECT 'delete', id, text FROM passage WHERE interview_id = ?",
        (interview_id,),
    )
