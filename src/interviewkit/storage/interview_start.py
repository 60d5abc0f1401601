"""The rows of an interview that begins, written inside a transaction of the caller's."""

import sqlite3
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, NamedTuple

from interviewkit.interview.people import (
    NamedRecord,
    Person,
    RecordKind,
    is_same_person,
    normalize_name,
)
from interviewkit.interview.records import Interview
from interviewkit.storage import audit_log, bank_texts, rows
from interviewkit.storage.file.transaction import Database

if TYPE_CHECKING:
    from interviewkit.storage.people import Registry


class InterviewKey(NamedTuple):
    """What makes an interview the same; the first three are ids, references or names."""

    candidate: str
    role: str
    interviewer: str
    bank: str
    kit: str


class InterviewRequest(NamedTuple):
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

    @property
    def key(self) -> InterviewKey:
        """What an interview under way has to be the same in to be this one."""
        candidate = self.reference or self.candidate
        return InterviewKey(candidate, self.role, self.interviewer, self.bank, self.kit)


def begin_interview(database: Database, registry: "Registry", request: InterviewRequest) -> str:
    """The id of the interview under way that is requested; begun where there is none.

    Records that it needs are made with it. One that asks for a new record is always begun.
    """
    connection = database.connection
    if not request.new:
        under_way = interviews_alike(connection, registry, request.key, is_submitted=False)
        if under_way:
            return under_way[0].id
    role, candidate, person = (
        registry.ensure(kind, text, reference, is_new=kind in request.new)
        for kind, text, reference in (
            (RecordKind.ROLE, request.role, ""),
            (RecordKind.CANDIDATE, request.candidate, request.reference),
            (RecordKind.PERSON, request.interviewer, ""),
        )
    )
    bank_texts.keep_text(connection, *request.bank_text, request.bank)
    interview_id, at = database.new_id(), database.now()
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
    _log_beginning(connection, interview_id, page, at, database.account)
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
    """Interviews with this key, the last submitted last.

    AmbiguousNameError where a name could mean several.
    """
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
        "AND i.candidate_id = ? AND i.interviewer_id = ? AND i.bank_id = ? AND i.kit = ? "
        "ORDER BY i.submitted_at, i.id",
        (*ids, key.bank, key.kit),
    )
    return [rows.interview_from_row(row) for row in rows_alike]
