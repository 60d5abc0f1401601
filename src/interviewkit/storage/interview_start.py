"""The rows of an interview that begins, written inside a transaction of the caller's."""

import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from interviewkit.interview.clock import Clock, IdMaker, stamp
from interviewkit.interview.people import (
    NamedRecord,
    Person,
    RecordKind,
    is_same_person,
    normalize_name,
)
from interviewkit.interview.records import Interview
from interviewkit.storage import audit_log, bank_texts, rows

if TYPE_CHECKING:
    from interviewkit.storage.people import Registry


@dataclass(frozen=True, slots=True)
class InterviewRequest:
    """An interview to begin; role, candidate and interviewer are ids, references or names.

    ``bank_text`` is (sha256, text); ``pages`` are (question or page, competency or None);
    ``reference`` is the candidate's, and ``new`` are kinds of which another of the name is made.
    """

    candidate: str
    role: str
    interviewer: str
    bank: str
    bank_text: tuple[str, str]
    kit: str
    pages: Sequence[tuple[str, str | None]]
    reference: str
    new: Collection[RecordKind]


class InterviewKey(NamedTuple):
    """What makes an interview the same; the first three are ids, references or names."""

    candidate: str
    role: str
    interviewer: str
    bank: str
    kit: str


def begin_interview(
    connection: sqlite3.Connection,
    registry: "Registry",
    request: InterviewRequest,
    new_id: IdMaker,
    clock: Clock,
    account: str,
) -> str:
    """Add an interview with its questions and whatever records it needs; gives its id."""
    role, candidate, person = (
        registry.ensure(kind, text, reference, is_new=kind in request.new)
        for kind, text, reference in (
            (RecordKind.ROLE, request.role, ""),
            (RecordKind.CANDIDATE, request.candidate, request.reference),
            (RecordKind.PERSON, request.interviewer, ""),
        )
    )
    bank_texts.keep_text(connection, *request.bank_text, request.bank)
    interview_id, at = new_id(), stamp(clock.now())
    page, name = request.pages[0][0], _name_used(person, request.interviewer)
    connection.execute(
        "INSERT INTO interview (id, role_id, candidate_id, interviewer, interviewer_id, "
        "bank_id, bank_sha256, kit, started_at, touched_at, page) "
        "VALUES (?,?,?,?,?,?,?,?,?,?,?)",
        (
            *(interview_id, role.id, candidate.id, name, person.id),
            *(request.bank, request.bank_text[0], request.kit, at, at, page),
        ),
    )
    connection.executemany(
        "INSERT INTO answer (interview_id, question, position, competency) VALUES (?, ?, ?, ?)",
        [(interview_id, key, i, competency) for i, (key, competency) in enumerate(request.pages)],
    )
    _log_beginning(connection, interview_id, page, at, account)
    return interview_id


def _log_beginning(
    connection: sqlite3.Connection, interview_id: str, page: str, at: str, account: str
) -> None:
    """How the interview began, and the hashes in its own row."""
    for subject, change, value in (
        ("interview", audit_log.BEGUN, rows.beginning(connection, interview_id)),
        ("visit", "page", page),
    ):
        audit_log.append(
            connection,
            subject=subject,
            subject_id=interview_id,
            interview_id=interview_id,
            field=change,
            new=value,
            at=at,
            account=account,
        )
    connection.execute(
        "UPDATE interview SET draft_sha256 = ?, state_sha256 = ? WHERE id = ?",
        (
            rows.draft_sha256(interview_id, "", None),
            rows.state_sha256(connection, interview_id),
            interview_id,
        ),
    )


def _name_used(person: NamedRecord, text: str) -> str:
    """The name an interview bears: as it was typed, unless an id or an e-mail was."""
    typed = " ".join(text.split())
    names = {normalize_name(name) for name in (person.name, *person.spellings)}
    return typed if normalize_name(typed) in names else person.name


def keep_opener(
    connection: sqlite3.Connection, interview: Interview, opener: Person | None
) -> None:
    """Keep who opened an interview; nothing is kept of an interviewer under their own name."""
    if opener and opener.name.strip() and not is_same_person(opener, interview.interviewer):
        connection.execute(
            "INSERT INTO interview_opener VALUES (?, ?) ON CONFLICT DO NOTHING",
            (interview.id, opener.name.strip()),
        )


def interviews_alike(
    connection: sqlite3.Connection, registry: "Registry", key: InterviewKey, *, is_submitted: bool
) -> list[Interview]:
    """Interviews of these three; AmbiguousNameError where a name could mean several."""
    records = [
        registry.lookup(kind, text)
        for kind, text in (
            (RecordKind.ROLE, key.role),
            (RecordKind.CANDIDATE, key.candidate),
            (RecordKind.PERSON, key.interviewer),
        )
    ]
    if None in records:
        return []
    ids = [record.id for record in records if record]
    state = "NOT NULL" if is_submitted else "NULL"
    rows_alike = connection.execute(
        f"{rows.INTERVIEW} WHERE i.submitted_at IS {state} AND i.role_id = ? "
        "AND i.candidate_id = ? AND i.interviewer_id = ? AND i.bank_id = ? AND i.kit = ?",
        (*ids, key.bank, key.kit),
    )
    return [rows.interview_from_row(row) for row in rows_alike]
