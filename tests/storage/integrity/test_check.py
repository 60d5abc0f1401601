"""Check finds what was changed past the program, wherever it was changed, and nothing else."""

import shutil
import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interviewkit.errors import StorageError
from interviewkit.interview.records import Interview, Outcome
from interviewkit.storage.file.backup import make_daily_backup
from interviewkit.storage.file.file_format import VERSION
from interviewkit.storage.integrity.check import Fault, check_records
from interviewkit.storage.store import Store
from support import PRIYA, HeldClock, begin, complete

QUESTION = "unspoken-need"


@pytest.fixture
def sealed(store: Store, clock: HeldClock) -> Interview:
    """A scorecard with everything that a scorecard can hold, amended, beside one under way."""
    interview = begin(store)
    notebook = store.notebook(interview.id)
    notebook.ask(QUESTION, "own-part", "What was your own part?", ("own_action",))  # type: ignore[arg-type]
    notebook.add_note(QUESTION, "180 k at risk, kept all of it", "own-part")
    notebook.set_outcome(QUESTION, "own-part", Outcome.NEW_DETAIL)
    notebook.tick(QUESTION, "people", True)  # type: ignore[arg-type]
    notebook.add_note(QUESTION, "a slip")
    notebook.undo()
    notebook.rate(QUESTION, 3)
    notebook.rate(QUESTION, 4)
    notebook.skip("broken-promise", "no time")
    notebook.spend(QUESTION, 90.5)
    notebook.summarise("Clear and checkable.")
    complete(store, {QUESTION: 2}, interviewer="Tom Becker")
    notebook.recommend("yes")  # type: ignore[arg-type]
    clock.pass_(60)
    notebook.submit()
    notebook.amend("rating", QUESTION, "3", "A slip.", PRIYA)
    other = store.notebook(begin(store, candidate="Bo Lindqvist").id)
    other.add_note(QUESTION, "something else")
    other.rate(QUESTION, 5)
    return store._reads.interview(interview.id)


@pytest.fixture
def past(store: Store, sealed: Interview) -> Iterator[sqlite3.Connection]:
    """A plain connection that no trigger holds back and that leaves no trace of that."""
    store.close()
    connection = sqlite3.connect(store.path, isolation_level=None)
    triggers = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
    kept = triggers.fetchall()
    for name, _ in kept:
        connection.execute(f"DROP TRIGGER {name}")
    yield connection
    connection.close()


def faults(path: Path, past: sqlite3.Connection | None = None) -> list[Fault]:
    """The faults, those of the triggers left out when ``past`` took them away."""
    found = check_records(path).faults
    return [fault for fault in found if past is None or fault.code != "guard"]


def test_records_as_they_were_written_have_no_fault(store: Store, sealed: Interview) -> None:
    found = check_records(store.path)
    assert found.faults == ()
    assert (found.scorecards, found.under_way) == (2, 1)
    assert found.changes > 10
    store.close()
    assert check_records(store.path).faults == ()


CHANGES = [
    ("UPDATE answer SET rating = 5 WHERE rating = 4", "seal"),
    ("UPDATE answer SET seconds = 91.5 WHERE seconds = 90.5", "seal"),
    ("UPDATE answer SET skipped = 'no time.' WHERE skipped = 'no time'", "seal"),
    ("UPDATE answer SET competency = 'other' WHERE rating = 4", "seal"),
    ("UPDATE answer SET position = 40 WHERE rating = 4", "seal"),
    ("UPDATE note SET text = '190 k' WHERE text LIKE '180 k%'", "seal"),
    ("UPDATE note SET at = '2026-03-03T09:00:00.000Z' WHERE text LIKE '180 k%'", "seal"),
    ("UPDATE note SET probe = NULL WHERE text LIKE '180 k%'", "seal"),
    ("UPDATE note SET text = 'a slip' WHERE text IS NULL", "seal"),
    ("DELETE FROM note WHERE text LIKE '180 k%'", "seal"),
    ("UPDATE asked SET text = 'Why?' WHERE probe = 'own-part'", "seal"),
    ("UPDATE asked SET outcome = 'no_answer' WHERE probe = 'own-part'", "seal"),
    ("UPDATE asked SET taken_back = 1 WHERE probe = 'own-part'", "seal"),
    ("UPDATE asked SET elicits = '[\"result\"]' WHERE probe = 'own-part'", "seal"),
    ("UPDATE asked SET elicits = 'what' WHERE probe = 'own-part'", "seal"),
    ("UPDATE asked SET elicits = '[\"mood\"]' WHERE probe = 'own-part'", "seal"),
    ("UPDATE tick SET present = 0", "seal"),
    ("UPDATE interview SET recommendation = 'no' WHERE interviewer = 'Priya Raman'", "seal"),
    ("UPDATE interview SET summary = 'Clear.' WHERE summary <> ''", "seal"),
    ("UPDATE interview SET reason = 'So.' WHERE seal IS NOT NULL", "seal"),
    ("UPDATE interview SET interviewer = 'Mallory' WHERE summary <> ''", "seal"),
    ("UPDATE interview SET kit = 'other' WHERE summary <> ''", "seal"),
    ("UPDATE interview SET seal = substr(seal, 2) || '.' WHERE summary <> ''", "seal"),
    ("UPDATE interview SET seal = NULL WHERE summary <> ''", "seal"),
    ("UPDATE interview SET submitted_at = started_at WHERE summary <> ''", "seal"),
    (
        "UPDATE interview SET candidate_id = (SELECT id FROM candidate WHERE name LIKE 'Bo%') "
        "WHERE summary <> ''",
        "seal",
    ),
    ("UPDATE answer SET rating = 1 WHERE rating = 5", "value"),  # in the one under way
    ("UPDATE note SET text = 'more' WHERE text = 'something else'", "value"),
    ("DELETE FROM note WHERE text = 'something else'", "value"),
    ("UPDATE audit_log SET after = '5' WHERE what = 'rating' AND after = '3'", "log"),
    ("UPDATE audit_log SET at = '2026-03-03T09:00:00.000Z' WHERE seq = 2", "log"),
    ("UPDATE audit_log SET account = 'mallory' WHERE seq = 2", "log"),
    ("UPDATE audit_log SET link = digest WHERE seq = 2", "log"),
    ("DELETE FROM audit_log WHERE seq = 2", "log"),
    ("DELETE FROM audit_log WHERE what = 'amended'", "log"),
    ("DELETE FROM amendment", "seal"),
    ("UPDATE amendment SET value = '1'", "seal"),
    ("UPDATE amendment SET reason = 'Because.'", "seal"),
    (
        "INSERT INTO amendment SELECT 'new', interview_id, question, what, '1', reason, "
        "interviewer, at, probe FROM amendment",
        "seal",
    ),
    ("UPDATE bank SET text = text || ' '", "bank"),
    ("DELETE FROM role", "orphan"),
    ("DELETE FROM interview WHERE summary <> ''", "orphan"),
    ("INSERT INTO erasure_under_way VALUES ('somebody')", "erasure"),
]


@pytest.mark.parametrize(("statement", "code"), CHANGES)
def test_a_change_past_the_program_is_found(
    store: Store, past: sqlite3.Connection, statement: str, code: str
) -> None:
    assert past.execute(statement).rowcount > 0
    found = faults(store.path, past)
    assert code in {fault.code for fault in found}


def test_the_changed_scorecard_is_named(
    store: Store, past: sqlite3.Connection, sealed: Interview
) -> None:
    past.execute("UPDATE answer SET rating = 5 WHERE rating = 4")
    (seal,) = [fault for fault in faults(store.path, past) if fault.code == "seal"]
    assert seal.where == f"scorecard {sealed.id} of Ada Okafor by Priya Raman"
    assert "not what was sealed" in seal.message


def test_missing_changed_and_foreign_triggers_are_found(
    store: Store, past: sqlite3.Connection
) -> None:
    past.execute("CREATE TRIGGER log_is_not_changed BEFORE UPDATE ON audit_log BEGIN SELECT 1; END")
    past.execute("CREATE TRIGGER mine BEFORE UPDATE ON audit_log BEGIN SELECT 1; END")
    said = {f"{fault.where} {fault.message}" for fault in check_records(store.path).faults}
    assert "trigger log_is_not_changed was changed" in said
    assert "trigger mine is not this program's" in said
    assert "trigger note_is_not_deleted is missing" in said


def cells(connection: sqlite3.Connection, scorecard: str) -> list[tuple[str, str, str, str]]:
    """(table, column, condition, value) of every cell of a scorecard that holds a text."""
    found = []
    for table, key in (
        ("interview", "id"),
        ("answer", "interview_id"),
        ("note", "interview_id"),
        ("asked", "interview_id"),
        ("tick", "interview_id"),
    ):
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        # Where one stood is no part of a scorecard; of positions only the order is (see CHANGES).
        unsealed = {"touched_at", "page", "draft", "draft_note", "position"}
        for column in set(columns) - unsealed:
            rows = connection.execute(
                f"SELECT DISTINCT {column} FROM {table} WHERE {key} = ? "
                f"AND {column} IS NOT NULL AND {column} <> ''",
                (scorecard,),
            ).fetchall()
            found += [(table, column, key, str(row[0])) for row in rows]
    return sorted(found)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_any_byte_of_a_sealed_scorecard_changed_is_found_and_named(
    store: Store, sealed: Interview, tmp_path: Path, data: st.DataObject
) -> None:
    store.close()
    copy = tmp_path / "copy.db"
    shutil.copy(store.path, copy)
    connection = sqlite3.connect(copy, isolation_level=None)
    for (name,) in connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'trigger'"
    ).fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute("PRAGMA ignore_check_constraints = ON")
    table, column, key, value = data.draw(st.sampled_from(cells(connection, sealed.id)))
    place = data.draw(st.integers(0, len(value) - 1))
    new = data.draw(st.sampled_from([c for c in "0123456789abz-" if c != value[place]]))
    changed = value[:place] + new + value[place + 1 :]
    try:
        connection.execute(
            f"UPDATE {table} SET {column} = ? WHERE {key} = ? AND CAST({column} AS TEXT) = ?",
            (changed, sealed.id, value),
        )
    except sqlite3.IntegrityError:
        return  # a strict table takes no text for a number, anyone who asks
    finally:
        same = connection.execute(
            f"SELECT count(*) FROM {table} WHERE {key} = ? AND CAST({column} AS TEXT) = ?",
            (sealed.id, value),
        ).fetchone()[0]
        connection.close()
    if same:
        return  # 090.5 is the number 90.5
    found = [
        fault
        for fault in check_records(copy).faults
        if fault.code in ("seal", "value", "draft", "orphan")
    ]
    assert found
    assert any(sealed.id in fault.where or fault.code == "orphan" for fault in found)


def test_damaged_pages_are_listed(store: Store, sealed: Interview) -> None:
    store.close()
    content = bytearray(store.path.read_bytes())
    for page in range(8, len(content) // 4096):
        content[page * 4096 : page * 4096 + 64] = b"\xee" * 64
    store.path.write_bytes(content)
    found = check_records(store.path)
    assert "damage" in {fault.code for fault in found.faults}
    assert str(store.path) in found.faults[0].where


@pytest.mark.posix("modes of files")
def test_files_that_others_can_read_are_named(
    store: Store, sealed: Interview, clock: HeldClock
) -> None:
    copy = make_daily_backup(store.path, None, clock.now(), 7)
    assert copy
    for path in (store.path, copy, copy.parent):
        path.chmod(path.stat().st_mode | stat.S_IRGRP)
    said = [(fault.code, fault.where) for fault in check_records(store.path).faults]
    assert said == [("rights", str(path)) for path in (store.path, copy, copy.parent)]
    assert store.path.stat().st_mode & 0o777 == 0o640  # it looks and never fixes


def test_checking_changes_nothing_and_makes_nothing(store: Store, sealed: Interview) -> None:
    store.close()
    before = store.path.read_bytes(), sorted(store.path.parent.iterdir())
    check_records(store.path)
    assert (store.path.read_bytes(), sorted(store.path.parent.iterdir())) == before


def test_older_tables_are_checked_as_far_as_they_go(tmp_path: Path) -> None:
    path = tmp_path / "records.db"
    shutil.copy(Path(__file__).parents[1] / "old" / "records-1.db", path)
    path.chmod(0o600)
    before = path.read_bytes()
    found = check_records(path)
    assert found.faults == ()
    assert "of version 1" in found.notes[0]
    assert path.read_bytes() == before


def test_what_is_not_ours_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "foreign.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE song (title TEXT)")
    connection.commit()
    with pytest.raises(StorageError, match="of another program"):
        check_records(path)
    connection.execute("PRAGMA application_id = 1768647028")
    connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.close()
    with pytest.raises(StorageError, match="newer interviewkit"):
        check_records(path)
