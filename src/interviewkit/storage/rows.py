"""From rows to records: the reads that the store and the notebook share."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from interviewkit.banks.elements import Element
from interviewkit.errors import StorageError
from interviewkit.interview.records import (
    Amendment,
    Answer,
    Asked,
    Candidate,
    Interview,
    Note,
    Outcome,
    Recommendation,
    Role,
)
from interviewkit.storage.file.error_messages import restore_hint

AMENDMENT = "id, interview_id, question, what, value, reason, interviewer, at"
INTERVIEW = """
SELECT i.id, role.id, role.title, candidate.id, candidate.name, i.interviewer, i.bank_id,
       i.bank_sha256, i.kit, i.started_at, i.page, i.draft, i.draft_note, i.submitted_at,
       i.recommendation, i.summary, i.seal, i.reason,
       (SELECT m.value FROM amendment AS m WHERE m.interview_id = i.id
        AND m.what = 'recommendation' ORDER BY m.at DESC, m.id DESC LIMIT 1),
       (SELECT m.reason FROM amendment AS m WHERE m.interview_id = i.id
        AND m.what = 'recommendation' ORDER BY m.at DESC, m.id DESC LIMIT 1)
FROM interview AS i
JOIN role ON role.id = i.role_id
JOIN candidate ON candidate.id = i.candidate_id
"""


@contextmanager
def _readable(interview_id: object) -> Iterator[None]:
    """A value that this program cannot have written was put there by damage, or by hand."""
    try:
        yield
    except (ValueError, TypeError) as error:
        raise StorageError(
            f"The interview {interview_id} is damaged: it holds a value that cannot be read.",
            restore_hint(),
        ) from error


def interview(row: tuple[Any, ...]) -> Interview:
    """An interview from a row of INTERVIEW; StorageError when it holds what cannot be read."""
    with _readable(row[0]):
        return _interview(row)


def _interview(row: tuple[Any, ...]) -> Interview:
    return Interview(
        id=row[0],
        role=Role(row[1], row[2]),
        candidate=Candidate(row[3], row[4]),
        interviewer=row[5],
        bank=row[6],
        bank_sha256=row[7],
        kit=row[8],
        started_at=row[9],
        page=row[10],
        draft=row[11],
        draft_note=row[12],
        submitted_at=row[13],
        recommendation=Recommendation(row[14]) if row[14] else None,
        summary=row[15],
        seal=row[16],
        reason=row[17],
        amended=Recommendation(row[18]) if row[18] else None,
        amended_why=row[19] or "",
    )


def answers(
    connection: sqlite3.Connection, interview_id: str, question: str | None = None
) -> list[Answer]:
    """The answers of an interview in the order of the kit, pages included, or just one of them.

    StorageError when they hold what cannot be read.
    """
    with _readable(interview_id):
        return _answers(connection, interview_id, question)


def _answers(
    connection: sqlite3.Connection, interview_id: str, question: str | None
) -> list[Answer]:
    which, args = "interview_id = ?", [interview_id]
    if question is not None:
        which, args = f"{which} AND question = ?", [interview_id, question]

    def rows(columns: str, table: str, rest: str) -> list[tuple[Any, ...]]:
        return connection.execute(
            f"SELECT question, {columns} FROM {table} WHERE {which} {rest}",  # noqa: S608 - constants
            args,
        ).fetchall()

    notes: dict[str, list[Note]] = {}
    for name, *rest in rows("id, at, text, probe", "note", "AND text IS NOT NULL ORDER BY id"):
        notes.setdefault(name, []).append(Note(*rest))
    asked: dict[str, list[Asked]] = {}
    for name, *rest in rows(
        "probe, text, elicits, at, outcome", "asked", "AND taken_back = 0 ORDER BY at"
    ):
        asked.setdefault(name, []).append(_asked(*rest))
    ticks: dict[str, dict[Element, bool]] = {}
    for name, element, present in rows("element, present", "tick", ""):
        ticks.setdefault(name, {})[Element(element)] = bool(present)
    amended: dict[str, list[Amendment]] = {}
    for name, *rest in rows(AMENDMENT, "amendment", "ORDER BY at, id"):
        amended.setdefault(name, []).append(Amendment(*rest))
    return [
        Answer(
            question=name,
            competency=competency,
            seconds=float(seconds),
            rating=rating,
            assessed=None if assessed is None else bool(assessed),
            skipped=skipped,
            notes=tuple(notes.get(name, ())),
            probes=tuple(asked.get(name, ())),
            ticks=ticks.get(name, {}),
            amendments=tuple(amended.get(name, ())),
        )
        for name, competency, seconds, rating, assessed, skipped in rows(
            "competency, seconds, rating, assessed, skipped", "answer", "ORDER BY position"
        )
    ]


def _asked(probe: str, text: str, elicits: str, at: str, outcome: str | None) -> Asked:
    names = tuple(Element(name) for name in json.loads(elicits))
    return Asked(probe, text, names, at, Outcome(outcome) if outcome else None)
