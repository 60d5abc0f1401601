"""What the file itself refuses, whichever program asks, and the one door that an erasure has."""

import sqlite3
from collections.abc import Iterator

import pytest

from interviewkit.interview.records import Interview, Outcome
from interviewkit.storage.audit_log import CONTENT
from interviewkit.storage.integrity.check import check_records
from interviewkit.storage.store import Store
from support import PRIYA, begin, complete

QUESTION = "unspoken-need"
TABLES = ("sealed_document", "amendment", "tick", "asked", "note", "answer", "interview")
EMPTY = f"UPDATE audit_log SET {', '.join(f'{column} = NULL' for column in CONTENT)}"


@pytest.fixture
def sealed(store: Store) -> Interview:
    interview = begin(store)
    notebook = store.notebook(interview.id)
    notebook.ask(QUESTION, "own-part", "What was your own part?", ())
    notebook.set_outcome(QUESTION, "own-part", Outcome.NEW_DETAIL)
    notebook.tick(QUESTION, "people", True)  # type: ignore[arg-type]
    complete(store, {QUESTION: 4})
    notebook.amend("rating", QUESTION, "3", "A slip.", PRIYA)
    return store._reads.interview(interview.id)


@pytest.fixture
def plain(store: Store, sealed: Interview) -> Iterator[sqlite3.Connection]:
    """What any other program would use: no foreign keys, nothing of ours."""
    store.close()
    connection = sqlite3.connect(store.path, isolation_level=None)
    yield connection
    connection.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_log SET after = '5'",
        "DELETE FROM audit_log",
        "INSERT OR REPLACE INTO audit_log SELECT * FROM audit_log",
        "UPDATE amendment SET value = '5'",
        "DELETE FROM amendment",
        "INSERT OR REPLACE INTO amendment SELECT * FROM amendment",
        "UPDATE answer SET rating = 5",
        "UPDATE answer SET seconds = 1",
        "DELETE FROM answer",
        "INSERT INTO answer SELECT interview_id, 'new', 99, NULL, 0, NULL, NULL, NULL FROM answer "
        "LIMIT 1",
        "UPDATE note SET text = 'x'",
        "DELETE FROM note",
        "INSERT INTO note (id, interview_id, question, probe, at, text) "
        "SELECT 'new', interview_id, question, probe, at, 'x' FROM note LIMIT 1",
        "UPDATE note SET marked = 1",
        "UPDATE asked SET own = 1",
        "UPDATE asked SET outcome = 'no_answer'",
        "DELETE FROM asked",
        "INSERT INTO asked (interview_id, question, probe, text, elicits, at, outcome, taken_back) "
        "SELECT interview_id, question, 'new', text, elicits, at, outcome, 0 FROM asked",
        "UPDATE tick SET present = 0",
        "DELETE FROM tick",
        "INSERT INTO tick SELECT interview_id, question, 'result', 1 FROM tick",
        "UPDATE interview SET recommendation = 'no'",
        "UPDATE interview SET summary = 'x'",
        "UPDATE interview SET interviewer = 'Mallory'",
        "UPDATE interview SET seal = NULL",
        "UPDATE interview SET submitted_at = NULL",
        "UPDATE interview SET candidate_id = 'another'",
        "DELETE FROM interview",
        "UPDATE sealed_document SET body = x'7b7d'",
        "DELETE FROM sealed_document",
        "INSERT OR REPLACE INTO sealed_document SELECT * FROM sealed_document",
        "UPDATE bank SET text = 'x'",
        "DELETE FROM bank",
    ],
)
def test_any_program_is_refused(plain: sqlite3.Connection, statement: str) -> None:
    before = list(plain.iterdump())
    with pytest.raises(sqlite3.IntegrityError, match=r"never|only ever"):
        plain.execute(statement)
    assert list(plain.iterdump()) == before


def test_what_was_written_in_an_interview_under_way_is_not_deleted(store: Store) -> None:
    notebook = store.notebook(begin(store).id)
    notebook.add_note(QUESTION, "something")
    for statement in ("DELETE FROM note", "DELETE FROM answer", "DELETE FROM interview"):
        with pytest.raises(sqlite3.IntegrityError, match="never deleted, only erased"):
            store._connection.execute(statement)
    notebook.edit_note(QUESTION, notebook.answer(QUESTION).notes[0].id, None)  # as ever


def test_an_erasure_is_let_through_for_its_candidate_alone(
    store: Store, plain: sqlite3.Connection, sealed: Interview
) -> None:
    with Store(store.path) as other:
        kept = complete(other, {QUESTION: 2}, candidate="Bo Lindqvist")
    plain.execute("PRAGMA foreign_keys = ON")
    plain.execute("BEGIN")
    plain.execute("INSERT INTO erasure_under_way VALUES (?)", (sealed.candidate.id,))
    with pytest.raises(sqlite3.IntegrityError, match="only ever added to"):
        plain.execute(f"{EMPTY} WHERE interview_id = ?", (kept.id,))
    plain.execute(f"{EMPTY} WHERE interview_id = ?", (sealed.id,))
    for table in TABLES:
        key = "id" if table == "interview" else "interview_id"
        with pytest.raises(sqlite3.IntegrityError, match=r"never|only ever"):
            if table in ("amendment", "tick", "asked"):
                plain.execute("UPDATE audit_log SET after = '1'")  # Bo has none of these
            else:
                plain.execute(f"DELETE FROM {table} WHERE {key} = ?", (kept.id,))
        plain.execute(f"DELETE FROM {table} WHERE {key} = ?", (sealed.id,))
    plain.execute("DELETE FROM candidate WHERE id = ?", (sealed.candidate.id,))
    plain.execute("DELETE FROM erasure_under_way")
    plain.execute("COMMIT")
    found = check_records(store.path)
    assert {fault.code for fault in found.faults} == {"log", "value"}  # no receipt says why
    assert found.scorecards == 1


def test_an_erasure_still_changes_nothing(plain: sqlite3.Connection, sealed: Interview) -> None:
    plain.execute("INSERT INTO erasure_under_way VALUES (?)", (sealed.candidate.id,))
    for statement in ("UPDATE note SET text = 'x'", "UPDATE audit_log SET after = '1'"):
        with pytest.raises(sqlite3.IntegrityError):
            plain.execute(statement)
