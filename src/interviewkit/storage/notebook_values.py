"""The values of an interview that change one by one: how each is read, written and undone.

Every function is for use inside a transaction of its caller's.
"""

import json
import sqlite3
from collections.abc import Mapping
from typing import NamedTuple

Value = str | int | bool | None
NOT_ASSESSED = "not assessed"

# what is changed → (its value now, how a value is put there); parameters by name
_READ = {
    "note": "SELECT text FROM note WHERE id = :item",
    "asked": "SELECT CASE taken_back WHEN 0 THEN text END FROM asked "
    "WHERE interview_id = :interview AND question = :question AND probe = :item",
    "outcome": "SELECT outcome FROM asked "
    "WHERE interview_id = :interview AND question = :question AND probe = :item",
    "rating": f"SELECT CASE assessed WHEN 0 THEN '{NOT_ASSESSED}' ELSE rating END FROM answer "  # noqa: S608
    "WHERE interview_id = :interview AND question = :question",
    "skip": "SELECT skipped FROM answer WHERE interview_id = :interview AND question = :question",
    "tick": "SELECT present FROM tick "
    "WHERE interview_id = :interview AND question = :question AND element = :item",
    "recommendation": "SELECT recommendation FROM interview WHERE id = :interview",
}
_WRITE = {
    "note": "UPDATE note SET text = :value WHERE id = :item",
    "asked": "UPDATE asked SET taken_back = (:value IS NULL) "
    "WHERE interview_id = :interview AND question = :question AND probe = :item",
    "outcome": "UPDATE asked SET outcome = :value "
    "WHERE interview_id = :interview AND question = :question AND probe = :item",
    "rating": f"UPDATE answer SET rating = nullif(:value, '{NOT_ASSESSED}'), "  # noqa: S608
    f"assessed = CASE WHEN :value IS NULL THEN NULL ELSE :value <> '{NOT_ASSESSED}' END "
    "WHERE interview_id = :interview AND question = :question",
    "skip": "UPDATE answer SET skipped = :value "
    "WHERE interview_id = :interview AND question = :question",
    "tick": "INSERT INTO tick VALUES (:interview, :question, :item, :value) "
    "ON CONFLICT DO UPDATE SET present = excluded.present",
    "untick": "DELETE FROM tick "
    "WHERE interview_id = :interview AND question = :question AND element = :item",
    "recommendation": "UPDATE interview SET recommendation = :value WHERE id = :interview",
}
# Choices of the wrap-up are made in a form, where taking back means choosing again.
_UNDOABLE = ("note", "asked", "outcome", "rating", "skip", "tick")


class TakenBack(NamedTuple):
    """A change that undo reversed: it had set ``was``, and ``now`` stands again."""

    field: str
    question: str
    item: str
    value: Value
    was: Value


def read_value(connection: sqlite3.Connection, kind: str, names: Mapping[str, Value]) -> Value:
    """The value now; None where it is empty or has no row. ``names``: interview, question, item."""
    row = connection.execute(_READ[kind], names).fetchone()
    value: Value = None if row is None else row[0]
    return value


def put_value(
    connection: sqlite3.Connection, kind: str, names: Mapping[str, Value], value: Value
) -> None:
    """Put a value in the place of what stands in a row; ``names`` as in :func:`read_value`."""
    statement = _WRITE["untick" if kind == "tick" and value is None else kind]
    connection.execute(statement, {**names, "value": value})


def last_change(connection: sqlite3.Connection, interview_id: str) -> tuple[int, TakenBack] | None:
    """The last change that undo may reverse, after its place in the log; None when none is."""
    marks = ", ".join("?" * len(_UNDOABLE))
    row = connection.execute(
        "SELECT seq, question, what, item, before, after FROM audit_log "  # noqa: S608 - only marks
        "WHERE interview_id = ? AND subject = 'answer' AND takes_back IS NULL "
        f"AND what IN ({marks}) AND seq NOT IN (SELECT takes_back FROM audit_log "
        "WHERE interview_id = ? AND takes_back IS NOT NULL) "
        "ORDER BY seq DESC LIMIT 1",
        (interview_id, *_UNDOABLE, interview_id),
    ).fetchone()
    if row is None:
        return None
    seq, question, kind, item, value_before, value_set = row
    change = TakenBack(kind, question, item, json.loads(value_before), json.loads(value_set))
    return seq, change
