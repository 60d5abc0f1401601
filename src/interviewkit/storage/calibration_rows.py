"""The rows of sets of written answers and of what people gave them; changed inside transactions."""

import json
import sqlite3
from collections.abc import Mapping

from interviewkit.errors import StorageError
from interviewkit.interview.calibration import BlindRatings, CalibrationSet, ExpertKey
from interviewkit.interview.calibration_documents import (
    key_document,
    set_document,
    set_from_document,
)
from interviewkit.interview.people import Person
from interviewkit.storage import audit_log


def insert_set(
    connection: sqlite3.Connection,
    calibration_set: CalibrationSet,
    trainer_id: str,
    key: ExpertKey,
    at: str,
    account: str,
) -> None:
    """Add a set, inside a transaction; ``trainer_id`` is the person's row."""
    content = json.dumps(set_document(calibration_set), ensure_ascii=False)
    connection.execute(
        "INSERT INTO calibration_set (id, title, trainer_id, made_at, round, content, answer_key) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            calibration_set.id,
            calibration_set.title,
            trainer_id,
            calibration_set.made_at,
            calibration_set.round,
            content,
            json.dumps(key_document(key), ensure_ascii=False),
        ),
    )
    log_event(connection, calibration_set.id, "added", calibration_set.title, at, account)


def set_round(
    connection: sqlite3.Connection, set_id: str, round_no: int, at: str, account: str
) -> None:
    """Open a round of a set, inside a transaction."""
    connection.execute("UPDATE calibration_set SET round = ? WHERE id = ?", (round_no, set_id))
    log_event(connection, set_id, "round", round_no, at, account)


def insert_ratings(connection: sqlite3.Connection, blind: BlindRatings, person_id: str) -> None:
    """Add what one person gave, inside a transaction; the ratings before they count as in."""
    connection.execute(
        "INSERT INTO calibration (id, set_id, round, person_id, started_at) VALUES (?, ?, ?, ?, ?)",
        (blind.id, blind.set_id, blind.round, person_id, blind.started_at),
    )
    connection.executemany(
        "INSERT INTO calibration_rating VALUES (?, ?, ?)",
        [(blind.id, answer, rating) for answer, rating in blind.ratings.items()],
    )
    if blind.submitted_at:
        connection.execute(
            "UPDATE calibration SET submitted_at = ? WHERE id = ?", (blind.submitted_at, blind.id)
        )


def select_sets(
    connection: sqlite3.Connection, people: Mapping[str, Person] | None
) -> list[CalibrationSet]:
    """Every set, the newest first; ``people`` are known by id, without them nobody has a name."""
    rows = connection.execute(
        "SELECT id, content, trainer_id, round FROM calibration_set ORDER BY made_at DESC, id"
    )
    return [
        _read_set(key, content)._replace(trainer=_person(trainer, people), round=round_no)
        for key, content, trainer, round_no in rows
    ]


def _read_set(key: str, content: str) -> CalibrationSet:
    try:
        return set_from_document(json.loads(content))
    except (ValueError, TypeError, KeyError) as error:
        raise StorageError(
            f"The written answers of the calibration {key} are damaged.",
            "The database was changed by another program. Put a backup in its place.",
        ) from error


def select_ratings(
    connection: sqlite3.Connection, set_id: str, people: Mapping[str, Person] | None
) -> list[BlindRatings]:
    """What everybody gave: by round, then those handed in first, then those begun first."""
    ratings: dict[str, dict[str, int]] = {}
    for key, answer, rating in connection.execute(
        "SELECT calibration_id, answer, rating FROM calibration_rating JOIN calibration "
        "ON id = calibration_id WHERE set_id = ? ORDER BY answer",
        (set_id,),
    ):
        ratings.setdefault(key, {})[answer] = rating
    rows = connection.execute(
        "SELECT id, set_id, round, person_id, started_at, submitted_at FROM calibration "
        "WHERE set_id = ? ORDER BY round, submitted_at = '', submitted_at, id",
        (set_id,),
    )
    return [
        BlindRatings(key, of, round_no, _person(person, people), began, ended, ratings.get(key, {}))
        for key, of, round_no, person, began, ended in rows
    ]


def _person(person_id: str, people: Mapping[str, Person] | None) -> Person:
    return Person(person_id, "") if people is None else people[person_id]


def delete_ratings(connection: sqlite3.Connection, blind_id: str) -> None:
    """Take out what one person gave in one round, inside a transaction."""
    connection.execute("DELETE FROM calibration_rating WHERE calibration_id = ?", (blind_id,))
    connection.execute("DELETE FROM calibration WHERE id = ?", (blind_id,))
    _forget_merged_row(connection, "calibration", blind_id)


def delete_set(connection: sqlite3.Connection, set_id: str) -> None:
    """Take out a set of which no ratings are left, inside a transaction."""
    connection.execute("DELETE FROM calibration_set WHERE id = ?", (set_id,))
    _forget_merged_row(connection, "calibration_set", set_id)


def _forget_merged_row(connection: sqlite3.Connection, table: str, row_id: str) -> None:
    connection.execute(
        "DELETE FROM merged_row WHERE table_name = ? AND row_id = ?", (table, row_id)
    )


def log_event(
    connection: sqlite3.Connection,
    subject_id: str,
    event: str,
    detail: str | int,
    at: str,
    account: str,
) -> None:
    """That it happened, inside a transaction; what anybody gave stays out of the log."""
    audit_log.append(
        connection,
        subject="calibration",
        subject_id=subject_id,
        field=event,
        new=detail,
        at=at,
        account=account,
    )
