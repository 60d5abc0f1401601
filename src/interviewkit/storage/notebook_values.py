"""The values of an interview that change one by one: how each is read, written and undone.

Every function is for use inside a transaction of its caller's.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from interviewkit.banks.elements import Element
from interviewkit.errors import BlockedError
from interviewkit.interview.clock import stamp
from interviewkit.interview.records import CLOSING, OPENING

Value = str | int | bool | None
NOT_ASSESSED = "not assessed"

_READ_ASKED = (
    "SELECT CASE taken_back WHEN 0 THEN text END FROM asked "
    "WHERE interview_id = :interview AND question = :question AND probe = :item"
)
_WRITE_ASKED = (
    "UPDATE asked SET taken_back = (:value IS NULL) "
    "WHERE interview_id = :interview AND question = :question AND probe = :item"
)
# what is changed → how its value is read; parameters by name
_READ = {
    "note": "SELECT text FROM note WHERE id = :item",
    "asked": _READ_ASKED,
    "follow_up": _READ_ASKED,
    "mark": "SELECT nullif(marked, 0) FROM note WHERE id = :item",
    "outcome": "SELECT outcome FROM asked "
    "WHERE interview_id = :interview AND question = :question AND probe = :item",
    "rating": f"SELECT CASE assessed WHEN 0 THEN '{NOT_ASSESSED}' ELSE rating END FROM answer "  # noqa: S608
    "WHERE interview_id = :interview AND question = :question",
    "skip": "SELECT skipped FROM answer WHERE interview_id = :interview AND question = :question",
    "tick": "SELECT present FROM tick "
    "WHERE interview_id = :interview AND question = :question AND element = :item",
    "recommendation": "SELECT recommendation FROM interview WHERE id = :interview",
}
# … and how another is put there
_WRITE = {
    "note": "UPDATE note SET text = :value WHERE id = :item",
    "asked": _WRITE_ASKED,
    "follow_up": _WRITE_ASKED,
    "mark": "UPDATE note SET marked = (:value IS NOT NULL) WHERE id = :item",
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
_UNDOABLE = ("note", "mark", "asked", "follow_up", "outcome", "rating", "skip", "tick")


class TakenBack(NamedTuple):
    """A step that undo reversed: it had set ``was``, and ``value`` stands again.

    Of several changes in a step it is the last: of a rating over a skip the rating, of many notes
    the last note. ``changes`` says how many there were.
    """

    field: str
    question: str
    item: str
    value: Value
    was: Value
    changes: int = 1


def read_value(connection: sqlite3.Connection, kind: str, names: Mapping[str, Value]) -> Value:
    """The value now; None where it is empty or has no row. ``names``: interview, question, item."""
    row = connection.execute(_READ[kind], names).fetchone()
    value: Value = None if row is None else row[0]
    return value


def insert_note(
    connection: sqlite3.Connection, names: Mapping[str, Value], probe: str | None, at: str
) -> None:
    """The row of a note without its text yet; ``names`` as in :func:`read_value`."""
    connection.execute(
        "INSERT INTO note (id, interview_id, question, probe, at) "
        "VALUES (:item, :interview, :question, :probe, :at)",
        {**names, "probe": probe, "at": at},
    )


def insert_asked(
    connection: sqlite3.Connection,
    names: Mapping[str, Value],
    text: str,
    elicits: Iterable[Element],
    at: str,
    *,
    is_own: bool = False,
) -> None:
    """The row of a probe, taken back until its change is put; ``names`` as in read_value.

    BlockedError for an own follow-up on a page, where nothing is asked.
    """
    if is_own:
        _refuse_page(names)
    connection.execute(
        "INSERT INTO asked (interview_id, question, probe, text, elicits, at, taken_back, own) "
        "VALUES (:interview, :question, :item, :text, :elicits, :at, 1, :own) "
        "ON CONFLICT DO UPDATE SET at = excluded.at, outcome = NULL",
        {**names, "text": text, "elicits": json.dumps(list(elicits)), "at": at, "own": is_own},
    )


def put_value(
    connection: sqlite3.Connection, kind: str, names: Mapping[str, Value], value: Value
) -> None:
    """Put a value in the place of what stands in a row; ``names`` as in :func:`read_value`.

    BlockedError for a mark on a page, where nothing is rated.
    """
    if kind == "mark":
        _refuse_page(names)
    statement = _WRITE["untick" if kind == "tick" and value is None else kind]
    connection.execute(statement, {**names, "value": value})


def _refuse_page(names: Mapping[str, Value]) -> None:
    if names["question"] in (OPENING, CLOSING):
        raise BlockedError(
            "Nothing is asked or rated on the opening and the closing.", "Go to a question first."
        )


def last_step(connection: sqlite3.Connection, interview_id: str) -> list[tuple[int, TakenBack]]:
    """The changes of the last step that undo may reverse, the last first; none when there is none.

    Each stands behind its row in the log.
    """
    marks = ", ".join("?" * len(_UNDOABLE))
    rows = connection.execute(
        "SELECT seq, question, what, item, before, after FROM audit_log AS l "  # noqa: S608 - only marks
        "WHERE interview_id = ? AND subject = 'answer' AND takes_back IS NULL "
        f"AND what IN ({marks}) AND seq NOT IN (SELECT takes_back FROM audit_log "
        "WHERE interview_id = ? AND takes_back IS NOT NULL) "
        "ORDER BY seq DESC",
        (interview_id, *_UNDOABLE, interview_id),
    )
    step: list[tuple[int, TakenBack]] = []
    begin = None
    for seq, question, kind, item, value_before, value_set in rows:
        if begin is None:
            begin = _step_begin(connection, interview_id, seq)
        if seq < begin:
            break
        step.append(
            (
                seq,
                TakenBack(kind, question, item, json.loads(value_before), json.loads(value_set)),
            )
        )
    return step


def _step_begin(connection: sqlite3.Connection, interview_id: str, seq: int) -> int:
    """The first row of the step that a change belongs to."""
    row = connection.execute(
        "SELECT first_seq FROM undo_step WHERE interview_id = ? AND ? BETWEEN first_seq "
        "AND last_seq",
        (interview_id, seq),
    ).fetchone()
    return seq if row is None else int(row[0])


def join_step(connection: sqlite3.Connection, interview_id: str, first_seq: int) -> None:
    """What this interview's log holds from a row on is one step for undo."""
    connection.execute(
        "INSERT INTO undo_step SELECT * FROM (SELECT ?, ?, max(seq) AS last_seq FROM audit_log "
        "WHERE interview_id = ?) WHERE last_seq > ?",
        (interview_id, first_seq, interview_id, first_seq),
    )


def moment_after_last(
    connection: sqlite3.Connection, table: str, interview_id: str, moment: datetime
) -> str:
    """``moment``, or just after the last row of ``table``: they are read in the order of times.

    A clock that was set back would otherwise put what came last before what it follows.
    """
    latest = connection.execute(
        f"SELECT max(at) FROM {table} WHERE interview_id = ?",  # noqa: S608 - constants
        (interview_id,),
    ).fetchone()[0]
    if latest and stamp(moment) <= latest:
        moment = datetime.fromisoformat(latest) + timedelta(milliseconds=1)
    return stamp(moment)
