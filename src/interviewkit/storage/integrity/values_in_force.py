"""Proof that what is in force is what the log put there, and what it does not hold fits its hash.

Each look gives (where, what is wrong).
"""

import json
import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from interviewkit.interview.people import RecordKind
from interviewkit.storage import audit_log, merges, rows
from interviewkit.storage.kit_signatures import SIGNATURE
from interviewkit.storage.notebook_values import NOT_ASSESSED

Misfits = Iterator[tuple[str, str]]
# what is changed → (interview_id, question, item, value now) of every interview
_ANSWERS = {
    "note": "SELECT interview_id, question, id AS item, text FROM note",
    "mark": "SELECT interview_id, question, id AS item, nullif(marked, 0) FROM note",
    "asked": "SELECT interview_id, question, probe AS item, "
    "CASE taken_back WHEN 0 THEN text END FROM asked WHERE own = 0",
    "follow_up": "SELECT interview_id, question, probe AS item, "
    "CASE taken_back WHEN 0 THEN text END FROM asked WHERE own <> 0",
    "outcome": "SELECT interview_id, question, probe AS item, outcome FROM asked",
    "rating": "SELECT interview_id, question, '' AS item, "  # noqa: S608 - constants
    f"CASE WHEN assessed = 0 THEN '{NOT_ASSESSED}' WHEN assessed = 1 THEN rating "
    "WHEN assessed IS NOT NULL THEN 'assessed ' || assessed END FROM answer",
    "skip": "SELECT interview_id, question, '' AS item, skipped FROM answer",
    "tick": "SELECT interview_id, question, element AS item, present FROM tick",
    "recommendation": "SELECT id AS interview_id, '' AS question, '' AS item, recommendation "
    "FROM interview",
}
# subject → (its table, its key, its columns that the log follows, what each is without a row)
_RECORDS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "role": ("role", "id", ("title", "reference")),
    "candidate": ("candidate", "id", ("name", "reference")),
    "person": ("person", "id", ("name", "email")),
    "plan": ("plan", "id", ("state", "card", "starts_at", "kit_key", "bank_sha256")),
    "place": ("place", "name", ("months",)),
}
_SETTINGS = {
    "owner": "",
    "visibility": "after_own",
    "place": "",
    "months": None,
    "decided": "",
    "hold": "",
    "shared": 0,
}
Key = tuple[str, str, str, str]


class _Last(NamedTuple):
    """What the log put in place last, and when it first and last did."""

    value: object
    began: str
    at: str


def values(connection: sqlite3.Connection) -> Misfits:
    """Everything in force that the log did not put there."""
    yield from _answers(connection)
    yield from _names(connection)
    yield from _merges(connection)
    yield from _role_settings(connection)
    yield from _interviews(connection)
    yield from _signatures(connection)


def hashes(connection: sqlite3.Connection) -> Misfits:
    """Interviews whose draft, summary or times do not fit the hash in their row."""
    for key, draft, note, draft_sha256, state_sha256 in connection.execute(
        "SELECT id, draft, draft_note, draft_sha256, state_sha256 FROM interview ORDER BY id"
    ).fetchall():
        if rows.draft_sha256(key, draft, note) != draft_sha256:
            yield f"interview {key}", "its draft was changed by another program"
        if rows.state_sha256(connection, key) != state_sha256:
            yield f"interview {key}", "its summary, reason or times were changed"


# Answers


def _answers(connection: sqlite3.Connection) -> Misfits:
    logged = _logged_answers(connection)
    # An imported scorecard brings values and no history of how they came about.
    imported = {
        row[0]
        for row in connection.execute(
            "SELECT subject_id FROM audit_log WHERE subject = 'seal' AND what = ?",
            (audit_log.IMPORTED,),
        )
    }
    for field, statement in _ANSWERS.items():
        present = {
            (key, question, field, item): value
            for key, question, item, value in connection.execute(statement)
        }
        # Every answer has a place for a rating; a note or probe is there only once it was written.
        missing: object = "" if field in ("note", "asked", "follow_up") else None
        expected = {key: latest.value for key, latest in logged.items() if key[2] == field}
        for key in sorted(present.keys() | expected.keys()):
            if present.get(key) != expected.get(key, missing) and key[0] not in imported:
                yield (
                    f"interview {key[0]}",
                    f"the {field} of {key[1] or 'the whole'} is not what the log says",
                )
    yield from _moments(connection, logged)


def _logged_answers(connection: sqlite3.Connection) -> dict[Key, _Last]:
    state: dict[Key, _Last] = {}
    for key, question, field, item, new, at in connection.execute(
        "SELECT interview_id, question, what, item, after, at FROM audit_log "
        "WHERE subject = 'answer' ORDER BY seq"
    ):
        name = (key, question, field, item)
        began = state[name].began if name in state else at
        state[name] = _Last(_value_of_json(new), began, at)
        if field == "asked":  # asked again, a probe has brought nothing yet
            state[key, question, "outcome", item] = _Last(None, at, at)
    return state


def _moments(connection: sqlite3.Connection, logged: dict[Key, _Last]) -> Misfits:
    """When a note was written and an interview last touched, while it is under way."""
    for key, question, item, at in connection.execute(
        "SELECT interview_id, question, note.id, at FROM note "
        "JOIN interview ON interview.id = interview_id WHERE seal IS NULL ORDER BY note.id"
    ):
        latest = logged.get((key, question, "note", item))
        if latest and latest.began != at:
            yield f"interview {key}", f"the time of a note on {question} is not what the log says"
    for key, touched, begun, logged_at in connection.execute(
        "SELECT id, touched_at, started_at, (SELECT at FROM audit_log AS l "
        "WHERE l.interview_id = interview.id AND subject = 'answer' ORDER BY seq DESC LIMIT 1) "
        "FROM interview WHERE seal IS NULL ORDER BY id"
    ):
        if touched != (logged_at or begun):
            yield f"interview {key}", "the time it was last touched is not what the log says"


# Names and settings


def _names(connection: sqlite3.Connection) -> Misfits:
    for subject, (table, key, columns) in _RECORDS.items():
        for column in columns:
            logged = _last(connection, subject, column)
            present = dict(
                connection.execute(f"SELECT {key}, {column} FROM {table}")  # noqa: S608 - constants
            )
            for name in sorted(present.keys() | logged.keys()):
                if (present.get(name) or None) != (logged.get(name) or None):
                    yield f"{subject} {name}", f"its {column} is not what the log says"


def _merges(connection: sqlite3.Connection) -> Misfits:
    for kind in RecordKind:
        logged = _last(connection, kind.value, "merged")
        present = {
            alias.alias_id: alias.target_id
            for alias in merges.aliases(connection, kind)
            if not alias.undone_at
        }
        for key in sorted(present.keys() | logged.keys()):
            if present.get(key) != logged.get(key):
                yield f"{kind} {key}", "whom it was merged into is not what the log says"


def _role_settings(connection: sqlite3.Connection) -> Misfits:
    for column, unset in _SETTINGS.items():
        logged = _last(connection, "role", column)
        present = dict(
            connection.execute(f"SELECT role_id, {column} FROM role_setting")  # noqa: S608 - constants
        )
        for role in sorted(present.keys() | logged.keys()):
            if present.get(role, unset) != logged.get(role, unset):
                yield f"role {role}", f"its {column} is not what the log says"


def _last(connection: sqlite3.Connection, subject: str, field: str) -> dict[str, object]:
    return {
        key: _value_of_json(new)
        for key, new in connection.execute(
            "SELECT subject_id, after FROM audit_log WHERE subject = ? AND what = ? ORDER BY seq",
            (subject, field),
        )
    }


# Interviews


def _interviews(connection: sqlite3.Connection) -> Misfits:
    """How each was begun, where it stands, and whether it is still there."""
    begun = _last(connection, "interview", audit_log.BEGUN)
    pages = _last(connection, "visit", "page")
    for key, page, seal in connection.execute(
        "SELECT id, page, seal FROM interview ORDER BY id"
    ).fetchall():
        if not _is_begun(connection, key, begun.pop(key, None)):
            yield f"interview {key}", "who, for what, with what or when it began was changed"
        if seal is None and page != pages.get(key):
            yield f"interview {key}", "the page it stands at is not what the log says"
    for key in sorted(begun):
        yield f"interview {key}", "it is gone"


def _is_begun(connection: sqlite3.Connection, key: str, logged: object) -> bool:
    """Whether an interview is the one that was begun; merges may have moved it since."""
    present = rows.beginning(connection, key)
    if not isinstance(logged, dict) or present != logged | {
        name: present[name] for name in ("role", "candidate")
    }:
        return False
    sealed = connection.execute(
        "SELECT sealed_role, sealed_candidate FROM interview WHERE id = ?", (key,)
    ).fetchone()
    return all(
        merges.stands_for(connection, kind, present[kind.value], logged[kind.value], sealed_id)
        for kind, sealed_id in zip((RecordKind.ROLE, RecordKind.CANDIDATE), sealed, strict=True)
    )


def _value_of_json(value: object) -> object:
    try:
        return json.loads(str(value))
    except ValueError:
        return value


# Signatures


def _signatures(connection: sqlite3.Connection) -> Misfits:
    """What is known of a scorecard's signature is what the import that verified it logged."""
    logged = dict(
        connection.execute(
            "SELECT subject_id, after FROM audit_log WHERE subject = 'seal' AND what = ? "
            "ORDER BY seq",
            (SIGNATURE,),
        )
    )
    for key, state in connection.execute(
        "SELECT interview_id, state FROM kit_signature ORDER BY interview_id"
    ):
        if logged.get(key) != json.dumps(state):
            yield f"interview {key}", "what it says of its signature is not what the log says"
