"""Stored databases of every earlier version are brought up to date whole, with a backup before."""

import shutil
import sqlite3
import threading
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from interviewkit.errors import StorageError
from interviewkit.storage.file import backup as backup_module
from interviewkit.storage.file import database
from interviewkit.storage.file.backup import backups_of, folder_of
from interviewkit.storage.file.file_format import VERSION
from interviewkit.storage.file.restore import restore
from interviewkit.storage.integrity.check import check_records
from interviewkit.storage.schema import migrations
from interviewkit.storage.store import Store
from other_program import open_at_once
from support import START, has_mode

OLD = Path(__file__).parents[1] / "old"
STORED = [*sorted(OLD.glob("records-*.db")), OLD / "round-0.1.0.db"]


@pytest.fixture(params=STORED, ids=lambda path: path.stem)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A stored database as an earlier version left it."""
    path = tmp_path / "records.db"
    shutil.copy(request.param, path)
    path.chmod(0o600)
    return path


def opened(path: Path) -> sqlite3.Connection:
    """A stored file just as it lies there: SQLite would put a log beside it, in the checkout."""
    mode = "immutable=1" if path in STORED else "mode=rw"
    return sqlite3.connect(f"{path.as_uri()}?{mode}", uri=True)


def content(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """The rows of the first version's tables, by the first version's columns."""
    first, connection = opened(STORED[0]), opened(path)
    found = {}
    for (table,) in first.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\' "
        "AND name NOT LIKE 'sqlite%'"
    ).fetchall():
        if table == "trail" and not _has(connection, table):
            continue  # the log took its place
        columns = ", ".join(row[1] for row in first.execute(f"PRAGMA table_info({table})"))
        found[table] = sorted(
            connection.execute(f"SELECT {columns} FROM {table}").fetchall(), key=repr
        )
    first.close()
    connection.close()
    return found


def _has(connection: sqlite3.Connection, table: str) -> bool:
    found = connection.execute("SELECT 1 FROM sqlite_schema WHERE name = ?", (table,))
    return found.fetchone() is not None


def version(path: Path) -> int:
    connection = opened(path)
    found = int(connection.execute("PRAGMA user_version").fetchone()[0])
    connection.close()
    return found


def test_there_is_one_of_every_released_version() -> None:
    # Tables 4 to 7 were never released; those of 0.1.0 are there twice, few rows and every kind.
    assert [version(path) for path in STORED] == [1, 2, 3, 8, 3]


def test_every_row_is_kept_and_every_seal_holds(old: Path) -> None:
    before = content(old)
    with Store(old) as store:
        seals = {s.interview.id: s.interview.seal for s in store._reads.standings()}
        exported = list(store._exchange().sealed_scorecards())
        assert [store._exchange().document(card)["sha256"] for card in exported] == [
            seals[card.id] for card in exported
        ]
    assert version(old) == VERSION
    after = content(old)
    trail = before.pop("trail", [])
    for table in ("role", "candidate"):  # whom an import had joined by name has a row again
        after[table] = [row for row in after[table] if row in before[table]]
    assert after == before
    assert len(logged(old)) > len(trail)
    rows = [(row[1], row[2], row[3], row[4], row[5], row[6], row[7]) for row in trail]
    assert sorted(row for row in logged(old) if row in rows) == sorted(rows)
    found = check_records(old)
    assert found.faults == ()
    assert (found.scorecards, found.under_way) == (len(exported), len(seals) - len(exported))


def logged(path: Path) -> list[tuple[object, ...]]:
    connection = opened(path)
    found = connection.execute(
        "SELECT interview_id, question, what, item, before, after, at FROM audit_log"
    ).fetchall()
    connection.close()
    return found


def test_the_backup_made_before_is_the_file_as_it_was(old: Path) -> None:
    before, was = content(old), version(old)
    Store(old).close()
    (backup,) = backups_of(old)
    assert backup.kind == f"before-update-{was}"
    assert has_mode(backup.path, 0o600)
    assert version(backup.path) == was
    assert content(backup.path) == before
    Store(old).close()
    assert len(backups_of(old)) == 1


def test_the_way_back_and_forth_again(old: Path) -> None:
    Store(old).close()
    (backup,) = backups_of(old)
    restore(old, backup.path, START)
    assert version(old) < VERSION
    with Store(old) as store:
        assert len(store._reads.standings()) == len(content(backup.path)["interview"])
    assert check_records(old).faults == ()


def test_an_update_that_fails_leaves_the_file_and_its_backup(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, was = content(old), version(old)

    def broken(db: Database) -> None:
        db.execute("CREATE TABLE half (id TEXT)")
        db.execute("CREATE TABLE half (id TEXT)")

    grown = Migrations("interviewkit")
    for step in (migrations.m001_records, migrations.m002_kept_in_the_open, broken):
        grown()(step)
    with monkeypatch.context() as patched:
        patched.setattr(migrations, "migrations", grown)
        with pytest.raises(StorageError, match="half"):
            Store(old)
    assert version(old) == was
    assert content(old) == before
    assert len(backups_of(old)) == 1
    Store(old).close()  # and the fixed program goes on from there
    assert check_records(old).faults == ()


def test_without_room_for_the_backup_nothing_is_changed(old: Path) -> None:
    before = old.read_bytes()
    folder_of(old).write_text("in the way")
    with pytest.raises(StorageError, match="could not be written"):
        Store(old)
    assert old.read_bytes() == before


def test_a_newer_database_names_the_backup_to_go_back_to(old: Path) -> None:
    Store(old).close()
    (backup,) = backups_of(old)
    connection = sqlite3.connect(old)
    connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.close()
    before = old.read_bytes()
    with pytest.raises(StorageError, match="newer interviewkit") as refused:
        Store(old)
    assert "Install the newer interviewkit" in refused.value.hint
    assert str(backup.path) in refused.value.hint
    assert old.read_bytes() == before


def test_two_windows_that_open_an_older_file_at_once_both_succeed(old: Path) -> None:
    problems: list[BaseException] = []

    def window() -> None:
        try:
            Store(old).close()
        except StorageError as error:
            problems.append(error)

    threads = [threading.Thread(target=window) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert check_records(old).faults == ()


def test_a_window_that_was_slower_leaves_the_backup_of_the_older_file(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    was = version(old)

    def back_up(*args: Any) -> Path:
        """Only now, when another window has brought the records up to date."""
        monkeypatch.undo()
        Store(old).close()
        return backup_module.back_up(*args)

    monkeypatch.setattr(backup_module, "back_up", back_up)
    Store(old).close()
    assert [version(copy.path) for copy in backups_of(old)] == [was]
    assert check_records(old).faults == ()


def test_two_programs_that_open_an_older_file_at_once_both_succeed(
    old: Path, tmp_path: Path
) -> None:
    copies = [Path(shutil.copy(old, tmp_path / f"{number}.db")) for number in range(10)]
    open_at_once(copies, 2)
    for path in copies:
        assert version(path) == VERSION
        kept = {(backup.kind, version(backup.path)) for backup in backups_of(path)}
        assert kept == {(f"before-update-{version(old)}", version(old))}
        assert check_records(path).faults == ()


def test_a_program_may_be_two_versions_ahead(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def closing(db: Database) -> None:
        db.execute("ALTER TABLE role ADD COLUMN closed_at TEXT")

    grown = Migrations("interviewkit")
    for step in migrations.migrations.pending(Database(memory=True)):
        grown()(step.fn)
    grown()(closing)
    monkeypatch.setattr(migrations, "migrations", grown)
    monkeypatch.setattr(database, "VERSION", VERSION + 1)
    with Store(old) as store:
        assert len(store._reads.standings()) == len(content(old)["interview"])
    assert version(old) == VERSION + 1
