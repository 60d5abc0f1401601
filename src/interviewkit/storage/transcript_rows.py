"""The rows of transcripts, unfiltered; :mod:`interviewkit.storage.transcripts` is the door.

What changes rows here is inside a transaction of its caller's.
"""

import json
import sqlite3
from types import MappingProxyType

from interviewkit.errors import InterviewKitError
from interviewkit.interview.transcript import Consent, Cue, DecidedTranscript, Speaker, Transcript
from interviewkit.storage import audit_log

ADDED, REMOVED, OFFSET, SPEAKERS = "added", "removed", "offset", "speakers"
_COLUMNS = (
    "interview_id, file_name, cues, consent_by, consent_day, added_by, added_at, speakers, "
    "hand_offset"
)
# The last decision counts: another round after a refusal means that the panel goes on. A legal
# hold keeps everything.
_DUE = """
WITH closed AS (
    SELECT t.interview_id, max(
        coalesce((SELECT CASE WHEN d.course IN ('hire', 'do_not_hire') THEN d.at ELSE '' END
            FROM decision AS d WHERE d.role_id = i.role_id AND d.candidate_id = i.candidate_id
            ORDER BY d.at DESC, d.id DESC LIMIT 1), ''),
        coalesce(s.decided, '')
    ) AS at
    FROM transcript AS t JOIN interview AS i ON i.id = t.interview_id
    LEFT JOIN role_setting AS s ON s.role_id = i.role_id
    WHERE coalesce(s.hold, '') = ''
)
SELECT i.id, c.name, r.title, i.interviewer, closed.at
FROM closed JOIN interview AS i ON i.id = closed.interview_id
JOIN candidate AS c ON c.id = i.candidate_id JOIN role AS r ON r.id = i.role_id
WHERE closed.at <> '' ORDER BY c.name, r.title, i.id
"""


def select_transcript(connection: sqlite3.Connection, interview_id: str) -> Transcript | None:
    """The transcript of an interview; None where there is none."""
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM transcript WHERE interview_id = ?",  # noqa: S608 - constants
        (interview_id,),
    ).fetchone()
    if row is None:
        return None
    key, file_name, cues, consent_by, consent_day, added_by, added_at, speakers, offset = row
    voices = {name: Speaker(voice) for name, voice in json.loads(speakers).items()}
    consent = Consent(consent_by, consent_day)
    all_cues = tuple(Cue(*cue) for cue in json.loads(cues))
    return Transcript(
        key, file_name, all_cues, consent, added_by, added_at, MappingProxyType(voices), offset
    )


def insert_transcript(connection: sqlite3.Connection, transcript: Transcript, account: str) -> None:
    """Keep a transcript, with its consent in the log and none of its words."""
    connection.execute(
        f"INSERT INTO transcript ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
        (
            transcript.interview,
            transcript.file_name,
            json.dumps(transcript.cues, ensure_ascii=False),
            *transcript.consent,
            transcript.added_by,
            transcript.added_at,
            json.dumps(dict(transcript.speakers), ensure_ascii=False),
            transcript.offset,
        ),
    )
    change = {"lines": len(transcript.cues), "consent": list(transcript.consent)}
    log_transcript(
        connection, transcript.interview, ADDED, transcript.added_at, account, new=change
    )


def delete_transcript(
    connection: sqlite3.Connection, interview_id: str, why: str, at: str, account: str
) -> bool:
    """Delete a transcript so that its bytes are overwritten; whether there was one.

    ``why`` ("hand", "decision" or "retention") is kept in the log.
    """
    connection.execute("PRAGMA secure_delete = ON")
    row = connection.execute("DELETE FROM transcript WHERE interview_id = ?", (interview_id,))
    if row.rowcount:
        log_transcript(connection, interview_id, REMOVED, at, account, new=why)
    return bool(row.rowcount)


def transcribed_interviews(connection: sqlite3.Connection) -> frozenset[str]:
    """The ids of the interviews that have a transcript."""
    return frozenset(key for (key,) in connection.execute("SELECT interview_id FROM transcript"))


def decided_transcripts(connection: sqlite3.Connection) -> list[DecidedTranscript]:
    """Transcripts on which a decision stands, those under a legal hold left out."""
    return [DecidedTranscript(*row) for row in connection.execute(_DUE)]


def delete_with_decision(
    connection: sqlite3.Connection, role_id: str, candidate_id: str, at: str, account: str
) -> int:
    """Delete the transcripts on a candidate for a role that a decision ends; gives how many."""
    ids = {
        row[0]
        for row in connection.execute(
            "SELECT id FROM interview WHERE role_id = ? AND candidate_id = ?",
            (role_id, candidate_id),
        )
    }
    due = [item.interview for item in decided_transcripts(connection) if item.interview in ids]
    return sum(delete_transcript(connection, key, "decision", at, account) for key in due)


def count_with_decision(connection: sqlite3.Connection, role_id: str, candidate_id: str) -> int:
    """How many :func:`delete_with_decision` would delete once a decision stands."""
    (count,) = connection.execute(
        "SELECT count(*) FROM transcript AS t JOIN interview AS i ON i.id = t.interview_id "
        "LEFT JOIN role_setting AS s ON s.role_id = i.role_id "
        "WHERE i.role_id = ? AND i.candidate_id = ? AND coalesce(s.hold, '') = ''",
        (role_id, candidate_id),
    ).fetchone()
    return int(count)


def transcript_days() -> int | None:
    """For how many days after the decision transcripts are kept; None while settings are at fault.

    Then nothing is deleted until they are fixed.
    """
    from interviewkit.settings import valid_setting

    try:
        return int(str(valid_setting("transcript_days")))
    except InterviewKitError:
        return None


def fold_journal(connection: sqlite3.Connection) -> None:
    """Outside a transaction: write the journal back, where a deleted transcript still stands.

    While another window reads, that is left to the next time.
    """
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def set_transcript_value(
    connection: sqlite3.Connection, interview_id: str, column: str, value: object
) -> None:
    """Set a column of a transcript's row; ``column`` is a constant of the caller's."""
    connection.execute(
        f"UPDATE transcript SET {column} = ? WHERE interview_id = ?",  # noqa: S608 - constants
        (value, interview_id),
    )


def log_transcript(
    connection: sqlite3.Connection,
    interview_id: str,
    field: str,
    at: str,
    account: str,
    *,
    old: object = None,
    new: object = None,
) -> None:
    """One change of a transcript in the audit log; an erasure empties it with the interview's."""
    audit_log.append(
        connection,
        subject="transcript",
        subject_id=interview_id,
        interview_id=interview_id,
        field=field,
        old=old,
        new=new,
        at=at,
        account=account,
    )
