"""The answers of an interview from their rows, as far as damage lets them be read."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from interviewkit.banks.elements import Element
from interviewkit.interview.records import Amendment, Answer, Asked, Note, Outcome

Key = tuple[str, str]  # (interview, question)
AMENDMENT = "id, interview_id, question, what, value, reason, interviewer, at, probe"


def answers(
    connection: sqlite3.Connection, interview_id: str, question: str | None = None
) -> list[Answer]:
    """The answers of an interview in the order of the kit, pages included, or just one of them.

    ValueError or TypeError when they hold what cannot be read.
    """
    which, args = "interview_id = ?", [interview_id]
    if question is not None:
        which, args = f"{which} AND question = ?", [interview_id, question]
    return _answers(connection, which, args).get(interview_id, [])


def answers_by_interview(
    connection: sqlite3.Connection, interview_ids: Sequence[str]
) -> dict[str, list[Answer]]:
    """Id → answers as :func:`answers` gives them, of many interviews in five statements."""
    which = "interview_id IN (SELECT value FROM json_each(?))"
    return _answers(connection, which, [json.dumps(list(interview_ids))])


def _answers(
    connection: sqlite3.Connection, which: str, args: Sequence[str]
) -> dict[str, list[Answer]]:
    """Each table is read once; what belongs to an answer is found by its interview and question."""

    def rows(columns: str, table: str, clauses: str) -> Iterator[tuple[Key, tuple[Any, ...]]]:
        for interview, question, *values in connection.execute(
            f"SELECT interview_id, question, {columns} FROM {table} WHERE {which} {clauses}",  # noqa: S608 - constants
            args,
        ):
            yield (interview, question), tuple(values)

    notes: dict[Key, list[Note]] = {}
    for key, (note_id, at, text, probe, marked) in rows(
        "id, at, text, probe, marked", "note", "AND text IS NOT NULL ORDER BY id"
    ):
        notes.setdefault(key, []).append(Note(note_id, at, text, probe, bool(marked)))
    asked: dict[Key, list[Asked]] = {}
    for key, values in rows(
        "probe, text, elicits, at, outcome, own", "asked", "AND taken_back = 0 ORDER BY at"
    ):
        asked.setdefault(key, []).append(_asked_probe(*values))
    ticks: dict[Key, dict[Element, bool]] = {}
    for key, (element, present) in rows("element, present", "tick", ""):
        ticks.setdefault(key, {})[Element(element)] = bool(present)
    amended: dict[Key, list[Amendment]] = {}
    for key, values in rows(AMENDMENT, "amendment", "ORDER BY at, id"):
        amended.setdefault(key, []).append(Amendment(*values))
    result: dict[str, list[Answer]] = {}
    for key, (competency, seconds, rating, assessed, skipped) in rows(
        "competency, seconds, rating, assessed, skipped", "answer", "ORDER BY position"
    ):
        answer = Answer(
            question=key[1],
            competency=competency,
            seconds=float(seconds),
            rating=rating,
            assessed=None if assessed is None else bool(assessed),
            skipped=skipped,
            notes=tuple(notes.get(key, ())),
            probes=tuple(asked.get(key, ())),
            ticks=ticks.get(key, {}),
            amendments=tuple(amended.get(key, ())),
        )
        result.setdefault(key[0], []).append(answer)
    return result


def _asked_probe(
    probe: str, text: str, elicits: str, at: str, outcome: str | None, own: int
) -> Asked:
    names = tuple(Element(name) for name in json.loads(elicits))
    return Asked(probe, text, names, at, Outcome(outcome) if outcome else None, bool(own))
