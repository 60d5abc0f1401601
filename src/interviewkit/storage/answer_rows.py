"""The answers of an interview from their rows, as far as damage lets them be read."""

import json
import sqlite3
from typing import Any

from interviewkit.banks.elements import Element
from interviewkit.interview.records import Amendment, Answer, Asked, Note, Outcome

AMENDMENT = "id, interview_id, question, what, value, reason, interviewer, at"


def answers(
    connection: sqlite3.Connection, interview_id: str, question: str | None = None
) -> list[Answer]:
    """The answers of an interview in the order of the kit, pages included, or just one of them.

    ValueError or TypeError when they hold what cannot be read.
    """
    which, args = "interview_id = ?", [interview_id]
    if question is not None:
        which, args = f"{which} AND question = ?", [interview_id, question]

    def rows(columns: str, table: str, clauses: str) -> list[tuple[Any, ...]]:
        return connection.execute(
            f"SELECT question, {columns} FROM {table} WHERE {which} {clauses}",  # noqa: S608 - constants
            args,
        ).fetchall()

    notes: dict[str, list[Note]] = {}
    for name, *values in rows("id, at, text, probe", "note", "AND text IS NOT NULL ORDER BY id"):
        notes.setdefault(name, []).append(Note(*values))
    asked: dict[str, list[Asked]] = {}
    for name, *values in rows(
        "probe, text, elicits, at, outcome", "asked", "AND taken_back = 0 ORDER BY at"
    ):
        asked.setdefault(name, []).append(_asked_probe(*values))
    ticks: dict[str, dict[Element, bool]] = {}
    for name, element, present in rows("element, present", "tick", ""):
        ticks.setdefault(name, {})[Element(element)] = bool(present)
    amended: dict[str, list[Amendment]] = {}
    for name, *values in rows(AMENDMENT, "amendment", "ORDER BY at, id"):
        amended.setdefault(name, []).append(Amendment(*values))
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


def _asked_probe(probe: str, text: str, elicits: str, at: str, outcome: str | None) -> Asked:
    names = tuple(Element(name) for name in json.loads(elicits))
    return Asked(probe, text, names, at, Outcome(outcome) if outcome else None)
