"""The rows of a scorecard that comes from elsewhere, written all at once."""

import json
import sqlite3
from collections.abc import Sequence
from functools import lru_cache

from interviewkit.banks.elements import Element
from interviewkit.interview.records import Answer, Interview
from interviewkit.storage import rows

_ROWS_AT_ONCE = 64  # times 8 columns is well below the 999 values older SQLite takes at once


def insert_scorecard(
    connection: sqlite3.Connection,
    interview: Interview,
    answers: Sequence[Answer],
    role: str,
    candidate: str,
    person: str | None = None,
) -> None:
    """The rows of one scorecard, attached to this role, candidate and interviewer.

    ``answers`` as :func:`answers_to_keep` gives them.
    """
    connection.execute(
        "INSERT INTO interview (id, role_id, candidate_id, interviewer, bank_id, bank_sha256, kit, "
        "started_at, touched_at, page, recommendation, summary, reason, submitted_at, "
        "sealed_role, sealed_candidate, interviewer_id, draft_sha256, state_sha256) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            interview.id,
            role,
            candidate,
            interview.interviewer,
            interview.bank,
            interview.bank_sha256,
            interview.kit,
            interview.started_at,
            interview.submitted_at,
            interview.page,
            interview.recommendation,
            interview.summary,
            interview.reason,
            interview.submitted_at,
            interview.role.id,
            interview.candidate.id,
            person,
            rows.draft_sha256(interview.id, "", None),
            rows.state_sha256_of(interview, answers),
        ),
    )
    _insert_answers(connection, interview.id, answers)
    # Last: once the seal is there, nothing can be added any more.
    connection.execute("UPDATE interview SET seal = ? WHERE id = ?", (interview.seal, interview.id))


def answers_to_keep(
    connection: sqlite3.Connection, interview: str, answers: Sequence[Answer]
) -> list[Answer]:
    """The answers as they will be read back once their rows are written.

    Probes by the moment they were asked, and of those of one moment by their ids; no negative zero.
    """
    return [
        answer._replace(
            seconds=answer.seconds + 0.0,
            probes=tuple(sorted(answer.probes, key=lambda probe: (probe.at, probe.probe))),
        )
        for answer in _with_own_note_ids(connection, interview, answers)
    ]


def _with_own_note_ids(
    connection: sqlite3.Connection, interview: str, answers: Sequence[Answer]
) -> Sequence[Answer]:
    """The answers with note ids that no other note has and that sort as the notes stand.

    Other programs may number the notes of each scorecard from 1; ours sorts notes by id.
    """
    ids = [note.id for answer in answers for note in answer.notes]
    in_order = all(
        earlier.id < later.id
        for answer in answers
        for earlier, later in zip(answer.notes, answer.notes[1:], strict=False)
    )
    if in_order and len(set(ids)) == len(ids) and not _is_any_known(connection, ids):
        return answers
    return [
        answer._replace(
            notes=tuple(
                note._replace(id=f"{interview}/{answer.question}/{index:06}")
                for index, note in enumerate(answer.notes)
            ),
        )
        for answer in answers
    ]


def _is_any_known(connection: sqlite3.Connection, notes: Sequence[str]) -> bool:
    row = connection.execute(
        "SELECT 1 FROM json_each(?) AS known JOIN note ON note.id = known.value LIMIT 1",
        (json.dumps(notes),),
    ).fetchone()
    return row is not None


@lru_cache(maxsize=1 << 10)  # a bank's probes are asked again and again
def _elements_text(elements: tuple[Element, ...]) -> str:
    return json.dumps(elements)


def _insert_answers(connection: sqlite3.Connection, key: str, answers: Sequence[Answer]) -> None:
    """The rows of everything noted in the interview with this id."""
    _insert_rows(
        connection,
        "answer (interview_id, question, position, competency, seconds, rating, assessed, skipped)",
        [
            (key, a.question, position, a.competency, a.seconds, a.rating, a.assessed, a.skipped)
            for position, a in enumerate(answers)
        ],
    )
    _insert_rows(
        connection,
        "note (id, interview_id, question, probe, at, text, marked)",
        [
            (n.id, key, a.question, n.probe, n.at, n.text, n.is_marked)
            for a in answers
            for n in a.notes
        ],
    )
    _insert_rows(
        connection,
        "asked (interview_id, question, probe, text, elicits, at, outcome, own)",
        [
            (key, a.question, p.probe, p.text, _elements_text(p.elicits), p.at, p.outcome, p.is_own)
            for a in answers
            for p in a.probes
        ],
    )
    _insert_rows(
        connection,
        "tick (interview_id, question, element, present)",
        [(key, a.question, e, present) for a in answers for e, present in a.ticks.items()],
    )


def _insert_rows(
    connection: sqlite3.Connection, into: str, values: Sequence[tuple[object, ...]]
) -> None:
    """The rows, many by one statement: each statement on a table with triggers opens a journal.

    ``into`` is a table with its columns in brackets.
    """
    for start in range(0, len(values), _ROWS_AT_ONCE):
        some = values[start : start + _ROWS_AT_ONCE]
        row = f"({', '.join('?' * len(some[0]))})"
        connection.execute(
            f"INSERT INTO {into} VALUES {', '.join([row] * len(some))}",  # noqa: S608
            [value for one in some for value in one],
        )
