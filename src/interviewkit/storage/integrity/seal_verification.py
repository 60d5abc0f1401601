"""Proof that a scorecard is what was sealed and that a trail is what was written.

Three things hold each other: the seal over a scorecard's content, the trail that says what was
sealed, and the values in force, which are the last that the trail put there. Whoever changes one
of them by hand leaves the others to say so. Each look gives (where, what is wrong).
"""

import json
import sqlite3
from collections.abc import Iterator
from typing import Any

from interviewkit.errors import StorageError
from interviewkit.interview.sealed_document import document, seal
from interviewkit.storage import audit_log, rows
from interviewkit.storage.notebook import NOT_ASSESSED

Found = Iterator[tuple[str, str]]
# What damaged values raise on their way to a document.
_BROKEN = (StorageError, ValueError, TypeError, KeyError, AttributeError, IndexError)
_OTHER = "its content is not what was sealed"
# what is changed → (interview_id, question, item, value now) of every interview
_IN_FORCE = {
    "note": "SELECT interview_id, question, id AS item, text FROM note",
    "asked": "SELECT interview_id, question, probe AS item, "
    "CASE taken_back WHEN 0 THEN text END FROM asked",
    "outcome": "SELECT interview_id, question, probe AS item, outcome FROM asked",
    "rating": "SELECT interview_id, question, '' AS item, "  # noqa: S608 - constants
    f"CASE WHEN assessed = 0 THEN '{NOT_ASSESSED}' WHEN assessed = 1 THEN rating "
    "WHEN assessed IS NOT NULL THEN 'assessed ' || assessed END FROM answer",
    "skip": "SELECT interview_id, question, '' AS item, skipped FROM answer",
    "tick": "SELECT interview_id, question, element AS item, present FROM tick",
    "recommendation": "SELECT id AS interview_id, '' AS question, '' AS item, recommendation "
    "FROM interview",
}


def seals(connection: sqlite3.Connection) -> Found:
    """Scorecards whose content is not what their seal was made over."""
    found = connection.execute(
        f"{rows.INTERVIEW} WHERE i.submitted_at IS NOT NULL OR i.seal IS NOT NULL "
        "ORDER BY i.submitted_at, i.id"
    ).fetchall()
    for row in found:
        try:
            why = _broken_seal(connection, row)
        except _BROKEN:
            why = "holds a value that cannot be read"
        if why:
            yield f"scorecard {row[0]} of {row[4]} by {row[5]}", why


def _broken_seal(connection: sqlite3.Connection, row: tuple[Any, ...]) -> str:
    interview = rows.interview(row)
    role, candidate, sealed_role, sealed_candidate = connection.execute(
        "SELECT role_id, candidate_id, sealed_role, sealed_candidate FROM interview WHERE id = ?",
        (interview.id,),
    ).fetchone()
    on_trail = connection.execute(
        "SELECT what, after FROM trail WHERE interview_id = ? AND what IN (?, ?)",
        (interview.id, audit_log.SEALED, audit_log.IMPORTED),
    ).fetchall()
    kept = {what: json.loads(after) for what, after in on_trail}
    sealed = kept.get(audit_log.SEALED)
    if not sealed or len(kept) != len(on_trail):
        return "its trail does not say once that it was sealed"
    if (sealed["seal"], sealed["role"], sealed["candidate"]) != (interview.seal, role, candidate):
        return "its seal, role or candidate is not what its trail says"
    written = document(interview, rows.answers(connection, interview.id))
    written |= {"role": sealed_role, "candidate": sealed_candidate}
    imported = kept.get(audit_log.IMPORTED)
    if imported is not None:  # our tables do not hold it word for word: its own words are kept
        return "" if (seal(imported), seal(written)) == (interview.seal, sealed["rows"]) else _OTHER
    return "" if seal(written) == interview.seal else _OTHER


def trails(connection: sqlite3.Connection) -> Found:
    """Trails with a broken link, and values in force that no trail put there."""
    found = connection.execute(
        "SELECT interview_id, question, what, item, before, after, at, takes_back, account, link "
        "FROM trail ORDER BY interview_id, seq"
    )
    last: dict[str, str | None] = {}
    broken: set[str] = set()
    state: dict[tuple[str, str, str, str], object] = {}
    for *row, link in found:
        key, question, what, item, _, after = row[:6]
        if audit_log.linked(last.get(key), tuple(row)) != link and key not in broken:
            broken.add(key)
            yield f"interview {key}", "its trail was changed, or a part of it is missing"
        last[key] = link
        state[key, question, what, item] = after
        if what == "asked":  # asked anew, a probe has brought nothing yet
            state[key, question, "outcome", item] = "null"
    for name, why in _values(connection, state):
        if name not in broken:
            yield f"interview {name}", why
    yield from _amendments(connection, state)


def _values(
    connection: sqlite3.Connection, state: dict[tuple[str, str, str, str], object]
) -> Found:
    # An imported scorecard brings values and no trail of how they came about.
    imported = {key[0] for key in state if key[2] == audit_log.IMPORTED}
    for what, statement in _IN_FORCE.items():
        there = {
            (key, question, what, item): value
            for key, question, item, value in connection.execute(statement)
        }
        traced = {key: _read(value) for key, value in state.items() if key[2] == what}
        # Every answer has a place for a rating; a note or probe is there only once it was written.
        none: object = "" if what in ("note", "asked") else None
        for key in sorted(there.keys() | traced.keys()):
            if there.get(key) != traced.get(key, none) and key[0] not in imported:
                yield key[0], f"the {what} of {key[1] or 'the whole'} was changed past its trail"


def _read(value: object) -> object:
    try:
        return json.loads(str(value))
    except ValueError:
        return value


def _amendments(
    connection: sqlite3.Connection, state: dict[tuple[str, str, str, str], object]
) -> Found:
    """Amendments that are not what the trail says, or that it says and that are gone."""
    traced = {
        key[3]: (key[0], value) for key, value in state.items() if key[2] == audit_log.AMENDED
    }
    found = connection.execute("SELECT id, interview_id FROM amendment ORDER BY id").fetchall()
    for amendment, interview in found:
        _, said = traced.pop(amendment, ("", None))
        if audit_log.amendment_value(connection, amendment)[3] != said:
            yield f"interview {interview}", f"the amendment {amendment} is not what was made"
    for amendment, (interview, _) in sorted(traced.items()):
        yield f"interview {interview}", f"the amendment {amendment} is gone"
