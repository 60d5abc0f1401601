"""Anyone who changes the file by hand is found: each edit, and the code under which it is named."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from interviewkit.interview.erasure import Why
from interviewkit.interview.people import Person
from interviewkit.interview.records import Course, Recommendation
from interviewkit.interview.role_settings import RoleSettings, Visibility
from interviewkit.storage import outer_head
from interviewkit.storage.audit_log import CONTENT
from interviewkit.storage.file.backup import DAILY, back_up, make_daily_backup
from interviewkit.storage.file.restore import restore
from interviewkit.storage.integrity.check import check_records
from interviewkit.storage.store import Store
from support import HeldClock, begin, complete

Q = "unspoken-need"
ADA, BO, CY = "Ada Okafor", "Bo Lindqvist", "Cy Amari"


@pytest.fixture
def path(store: Store, clock: HeldClock) -> Path:
    """Records with everything that counts, closed again: the last thing written is Cy's draft."""
    sealed = complete(store, {Q: 4}, ADA)
    store.notebook(sealed.id).amend("rating", Q, "3", "A slip.", Person("", "Priya Raman"))
    complete(store, {Q: 2}, BO, interviewer="Tom Becker")
    role = store.role("Account executive")
    store.decide(role, sealed.candidate, Course.HOLD, "Two references first.", "", "Nora Lind")
    store.retention().change(
        role, RoleSettings(owner="Nora Lind", visibility=Visibility.OWN), "Nora Lind"
    )
    store.retention().set_place("Berlin office", 12)
    complete(store, {Q: 1}, "Gone Away")
    store.erasing().erase([store.candidate("Gone Away")], Why.REQUEST)
    clock.pass_(60)
    under_way = begin(store, CY)
    notebook = store.notebook(under_way.id)
    notebook.add_note(Q, "begins well")
    notebook.ask_own(Q, "and then?")
    notebook.rate(Q, 3)
    notebook.recommend(Recommendation.YES)
    notebook.spend(Q, 30.0)
    notebook.summarise("half a summary")
    list(store.search_index().catch_up())
    notebook.keep_draft("half a li")
    store.close()
    return store.path


@contextmanager
def by_hand(path: Path) -> Iterator[sqlite3.Connection]:
    """A plain connection past every trigger, which puts the triggers back when it is done."""
    connection = sqlite3.connect(path, isolation_level=None)
    triggers = connection.execute(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"
    ).fetchall()
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    yield connection
    for _, sql in triggers:
        connection.execute(sql)
    connection.close()


def delete_scorecard(connection: sqlite3.Connection, name: str, *, log: bool = True) -> None:
    """Every row of a candidate's interviews; and those of the log, if ``log``."""
    of = (
        "IN (SELECT i.id FROM interview AS i JOIN candidate AS c ON c.id = i.candidate_id "
        f"WHERE c.name = '{name}')"
    )
    tables = ("passage", "tick", "asked", "note", "answer", "amendment", "sealed_document")
    for table in (*tables, *(["audit_log"] if log else [])):
        with suppress(sqlite3.DatabaseError):
            connection.execute(f"DELETE FROM {table} WHERE interview_id {of}")
    connection.execute(f"DELETE FROM interview WHERE id {of}")
    connection.execute("INSERT INTO search (search) VALUES ('rebuild')")


def cut_off(connection: sqlite3.Connection) -> None:
    """The end of the log with its values, under a forged erasure that is gone again."""
    (cy,) = connection.execute("SELECT id FROM candidate WHERE name = ?", (CY,)).fetchone()
    connection.execute("INSERT INTO erasure_under_way VALUES (?)", (cy,))
    (start,) = connection.execute(
        "SELECT min(seq) FROM audit_log WHERE candidate_id = ? OR interview_id = "
        "(SELECT id FROM interview WHERE candidate_id = ?)",
        (cy, cy),
    ).fetchone()
    delete_scorecard(connection, CY)
    connection.execute("DELETE FROM candidate WHERE id = ?", (cy,))
    connection.execute("DELETE FROM audit_log WHERE seq >= ?", (start,))
    connection.execute("DELETE FROM erasure_under_way")


def statements(*texts: str) -> Callable[[sqlite3.Connection], None]:
    def edit(connection: sqlite3.Connection) -> None:
        changed = [connection.execute(text).rowcount for text in texts]
        assert any(changed)

    return edit


_EMPTY = ", ".join(f"{column} = NULL" for column in CONTENT)
EDITS: dict[str, tuple[Callable[[sqlite3.Connection], None], str]] = {
    "two candidates' names swapped": (
        statements(
            f"UPDATE candidate SET name = 'x' WHERE name = '{ADA}'",
            f"UPDATE candidate SET name = '{ADA}' WHERE name = '{BO}'",
            f"UPDATE candidate SET name = '{BO}' WHERE name = 'x'",
        ),
        "value",
    ),
    "a role's title": (statements("UPDATE role SET title = 'Account director'"), "value"),
    "a role's owner": (statements("UPDATE role_setting SET owner = 'Mallory'"), "value"),
    "a role's visibility": (statements("UPDATE role_setting SET visibility = 'all'"), "value"),
    "a role's settings gone": (statements("DELETE FROM role_setting"), "value"),
    "a place's period": (statements("UPDATE place SET months = 1"), "value"),
    "INSERT OR REPLACE into a decision": (
        statements(
            "INSERT OR REPLACE INTO decision SELECT id, role_id, candidate_id, 'hire', reason, "
            "next_steps, by, at FROM decision"
        ),
        "seal",
    ),
    "a decision gone": (statements("DELETE FROM decision"), "seal"),
    "a decision gone with its document": (
        statements("DELETE FROM decision", "DELETE FROM sealed_document WHERE kind = 'decision'"),
        "seal",
    ),
    "the end of the log cut off under a forged erasure": (cut_off, "log"),
    "an amendment with its row of the log": (
        statements(
            "DELETE FROM amendment",
            "DELETE FROM sealed_document WHERE kind = 'amendment'",
            "DELETE FROM audit_log WHERE subject = 'amendment'",
        ),
        "log",
    ),
    "an amendment added": (
        statements(
            "INSERT INTO amendment SELECT 'new', interview_id, question, what, '5', reason, "
            "interviewer, at, probe FROM amendment"
        ),
        "seal",
    ),
    "a whole sealed scorecard": (lambda c: delete_scorecard(c, BO), "log"),
    "a whole sealed scorecard, the log left": (
        lambda c: delete_scorecard(c, BO, log=False),
        "value",
    ),
    "the row that says an interview is sealed": (
        statements("DELETE FROM audit_log WHERE what = 'sealed' AND seq < 15"),
        "log",
    ),
    "a scorecard opened again": (
        statements(
            "UPDATE interview SET submitted_at = NULL, seal = NULL WHERE interviewer LIKE 'Tom%'"
        ),
        "seal",
    ),
    "a sealed document": (
        statements(
            "UPDATE sealed_document SET body = CAST(replace(CAST(body AS TEXT), 'Tom', 'Tim') "
            "AS BLOB)"
        ),
        "seal",
    ),
    "a sealed document with another seal": (
        statements(f"UPDATE sealed_document SET sha256 = '{'0' * 64}' WHERE kind = 'scorecard'"),
        "seal",
    ),
    "a summary under way": (
        statements("UPDATE interview SET summary = 'half' WHERE seal IS NULL"),
        "draft",
    ),
    "an interviewer under way": (
        statements("UPDATE interview SET interviewer = 'Mallory' WHERE seal IS NULL"),
        "value",
    ),
    "a candidate under way": (
        statements(
            "UPDATE interview SET candidate_id = (SELECT id FROM candidate WHERE name = "
            f"'{ADA}') WHERE seal IS NULL"
        ),
        "value",
    ),
    "a draft": (statements("UPDATE interview SET draft = 'half' WHERE seal IS NULL"), "draft"),
    "when one under way began": (
        statements(
            "UPDATE interview SET started_at = '2026-03-02T08:00:00.000Z' WHERE seal IS NULL"
        ),
        "value",
    ),
    "when one under way was touched": (
        statements(
            "UPDATE interview SET touched_at = '2026-03-02T08:00:00.000Z' WHERE seal IS NULL"
        ),
        "value",
    ),
    "when a note under way was written": (
        statements("UPDATE note SET at = '2026-03-02T08:00:00.000Z' WHERE text = 'begins well'"),
        "value",
    ),
    "the seconds of one under way": (
        statements("UPDATE answer SET seconds = 31 WHERE seconds = 30"),
        "draft",
    ),
    "where one under way stands": (
        statements("UPDATE interview SET page = '@closing' WHERE seal IS NULL"),
        "value",
    ),
    "a note under way": (
        statements("UPDATE note SET text = 'begins badly' WHERE text = 'begins well'"),
        "value",
    ),
    "an erasure's receipt": (statements("UPDATE erasure SET why = 'mistake'"), "erasure"),
    "an erasure's receipt gone": (statements("DELETE FROM erasure"), "erasure"),
    "an erasure's receipt invented": (
        statements("INSERT INTO erasure VALUES ('new', '2026-03-02', 'request', 1, 9, 1)"),
        "erasure",
    ),
    "a passage of the index": (
        statements("UPDATE passage SET text = 'nothing' WHERE kind = 'note'"),
        "index",
    ),
    "a passage of the index gone": (statements("DELETE FROM passage WHERE kind = 'note'"), "index"),
    "an own follow-up of the index": (
        statements("UPDATE passage SET text = 'nothing' WHERE kind = 'follow_up'"),
        "index",
    ),
    "an own follow-up of the index invented": (
        statements(
            "INSERT INTO passage (kind, item, interview_id, text) "
            "SELECT 'follow_up', id || '/q/p', id, 'nothing' FROM interview LIMIT 1"
        ),
        "index",
    ),
    "a word of the index": (
        statements(
            "INSERT INTO search (search, rowid, text) "
            "SELECT 'delete', id, text FROM passage WHERE kind = 'note' LIMIT 1"
        ),
        "index",
    ),
    "a row of the log": (statements("UPDATE audit_log SET after = '5' WHERE seq = 6"), "log"),
    "a row of the log emptied": (statements(f"UPDATE audit_log SET {_EMPTY} WHERE seq = 6"), "log"),
    "a row of the log gone": (statements("DELETE FROM audit_log WHERE seq = 6"), "log"),
    "a row of the log slipped in": (
        statements(
            "INSERT INTO audit_log SELECT seq + 100, digest, link, salt, subject, subject_id, "
            "interview_id, candidate_id, question, what, item, before, after, at, takes_back, "
            "account FROM audit_log ORDER BY seq DESC LIMIT 1"
        ),
        "log",
    ),
}


def codes(path: Path) -> set[str]:
    return {fault.code for fault in check_records(path).faults}


def test_records_as_they_were_written_have_no_fault(path: Path) -> None:
    assert check_records(path).faults == ()


@pytest.mark.parametrize(("edit", "code"), EDITS.values(), ids=EDITS.keys())
def test_an_edit_by_hand_is_found(
    path: Path, edit: Callable[[sqlite3.Connection], None], code: str
) -> None:
    with by_hand(path) as connection:
        edit(connection)
    assert code in codes(path)


def test_the_guards_refuse_to_replace_a_decision(path: Path) -> None:
    connection = sqlite3.connect(path)
    with pytest.raises(sqlite3.IntegrityError, match="only followed by another"):
        connection.execute("INSERT OR REPLACE INTO decision SELECT * FROM decision")
    connection.close()


def test_an_end_cut_off_stays_a_fault_when_the_program_goes_on(path: Path) -> None:
    with by_hand(path) as connection:
        cut_off(connection)
    with Store(path) as store:
        begin(store, "Di New")
    (fault,) = check_records(path).faults
    assert (fault.code, fault.where) == ("log", "log")
    assert str(outer_head.outer_head_path(path)) in fault.message


def test_a_backup_misses_an_end_cut_off_also_without_the_head(path: Path, clock: HeldClock) -> None:
    copy = make_daily_backup(path, None, clock.now(), 7)
    with by_hand(path) as connection:
        cut_off(connection)
    outer_head.outer_head_path(path).unlink()
    (fault,) = check_records(path).faults
    assert (fault.code, str(copy) in fault.message) == ("log", True)


def test_restoring_a_backup_is_no_fault(path: Path, clock: HeldClock) -> None:
    first = make_daily_backup(path, None, clock.now(), 7)
    assert first
    clock.pass_(86_400)
    with Store(path, clock) as store:
        begin(store, "Di New")
    assert make_daily_backup(path, None, clock.now(), 7)
    clock.pass_(60)
    restore(path, first, clock.now())
    assert check_records(path).faults == ()
    with Store(path, clock) as store:
        begin(store, "Eli Newer")
        begin(store, "Fay Newest")
    assert check_records(path).faults == ()
    with by_hand(path) as connection:
        connection.execute("DELETE FROM audit_log WHERE what = 'restored'")
    assert "log" in codes(path)


def test_discarding_an_interview_leaves_a_whole_log_and_no_row_of_it(path: Path) -> None:
    with Store(path) as store:
        interview = begin(store, "Di New")
        store.notebook(interview.id).go_to(Q)
        store.discard(interview.id, interview.interviewer)
        left = store._connection.execute(
            "SELECT count(*) FROM audit_log WHERE interview_id = ?", (interview.id,)
        ).fetchone()
    assert left == (0,)
    assert check_records(path).faults == ()


def test_other_records_in_their_place_are_found(path: Path, tmp_path: Path) -> None:
    Store(tmp_path / "others.db").close()
    shutil.copy(tmp_path / "others.db", path)
    (fault,) = check_records(path).faults
    assert (fault.code, fault.message[:24]) == ("log", "other records stood here")


def test_an_erasure_keeps_the_chain_without_the_person(path: Path) -> None:
    with Store(path) as store:
        before = store._connection.execute("SELECT link FROM audit_log ORDER BY seq").fetchall()
        store.erasing().erase([store.candidate(ADA)], Why.REQUEST)
        after = store._connection.execute("SELECT link FROM audit_log ORDER BY seq").fetchall()
    assert after[: len(before)] == before
    assert check_records(path).faults == ()
    assert b"Okafor" not in path.read_bytes()


def test_the_head_is_written_at_a_seal_a_backup_an_export_and_at_closing(
    store: Store, clock: HeldClock
) -> None:
    notebook = store.notebook(begin(store).id)
    notebook.recommend(Recommendation.YES)
    assert kept(store) == 0
    notebook.submit()
    after_seal = kept(store)
    assert after_seal > 0
    other = store.notebook(begin(store, BO).id)
    back_up(store._connection, store.path, DAILY, clock.now())
    after_backup = kept(store)
    assert after_backup > after_seal
    other.rate(Q, 3)
    assert store._exchange().log_head().length == kept(store) > after_backup
    other.rate(Q, 4)
    before_closing = kept(store)
    store.close()
    assert kept(store) > before_closing


def kept(store: Store) -> int:
    head = outer_head.read_outer_head(store.path)
    return head.head.length if head else 0
