"""Opening the file: private, checked, refused in a sentence, and untouched when it is not ours."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from interviewkit.errors import StorageError
from interviewkit.storage.file import connection as connection_module
from interviewkit.storage.file import database
from interviewkit.storage.file.database import default_path, open_database
from interviewkit.storage.file.file_format import APPLICATION, VERSION
from interviewkit.storage.file.transaction import sqlite_errors_explained, transaction
from interviewkit.storage.schema import migrations
from interviewkit.storage.store import Store
from other_program import holding, open_at_once
from scenarios import without_privileges
from support import begin, has_mode


def pragma(connection: sqlite3.Connection, name: str) -> object:
    return connection.execute(f"PRAGMA {name}").fetchone()[0]


def refusal(path: Path) -> StorageError:
    with pytest.raises(StorageError) as caught:
        open_database(path)
    assert str(path) in caught.value.message
    assert caught.value.hint
    return caught.value


class TestNew:
    @pytest.fixture(autouse=True)
    def _open_umask(self) -> Iterator[None]:
        before = os.umask(0o000)
        yield
        os.umask(before)

    def test_a_new_file_and_its_folder_are_the_users_alone(self, tmp_path: Path) -> None:
        path = tmp_path / "new" / "records.db"
        with Store(path) as store:
            begin(store)
            assert has_mode(path, 0o600)
            assert has_mode(path.with_name("records.db-wal"), 0o600)
        assert has_mode(path.parent, 0o700)

    def test_it_waits_for_the_disk_and_holds_what_it_promises(self, tmp_path: Path) -> None:
        connection = open_database(tmp_path / "records.db")
        settings = {
            "journal_mode": "wal",
            "foreign_keys": 1,
            "synchronous": 2,
            "application_id": APPLICATION,
            "user_version": VERSION,
            "busy_timeout": database.WAIT_MS,
        }
        assert {name: pragma(connection, name) for name in settings} == settings
        connection.close()

    def test_opening_it_again_changes_nothing(self, tmp_path: Path) -> None:
        path = tmp_path / "records.db"
        open_database(path).close()
        before = path.read_bytes()
        open_database(path).close()
        assert path.read_bytes() == before


def test_the_place_is_named_by_the_environment_or_is_the_users_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert default_path() == tmp_path / "home/data/interviewkit/interviewkit.db"
    monkeypatch.setenv("INTERVIEWKIT_DB", "~/elsewhere.db")
    assert default_path() == tmp_path / "home/elsewhere.db"


class TestRefused:
    def test_a_newer_file_is_left_as_it_is(self, tmp_path: Path) -> None:
        path = tmp_path / "newer.db"
        connection = open_database(path)
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
        connection.close()
        before = path.read_bytes()
        assert "newer interviewkit" in refusal(path).message
        assert path.read_bytes() == before

    def test_another_programs_database_is_left_as_it_is(self, tmp_path: Path) -> None:
        path = tmp_path / "foreign.db"
        with sqlite3.connect(path) as connection:
            connection.execute("CREATE TABLE song (title TEXT)")
        connection.close()
        before = path.read_bytes()
        assert "of another program" in refusal(path).message
        assert path.read_bytes() == before

    @pytest.mark.parametrize("content", [b"Dear diary, " * 100, b"PK\x03\x04" + bytes(2000)])
    def test_a_file_that_is_no_database_is_left_as_it_is(
        self, tmp_path: Path, content: bytes
    ) -> None:
        path = tmp_path / "diary.txt"
        path.write_bytes(content)
        assert "not an interviewkit database" in refusal(path).message
        assert path.read_bytes() == content

    def test_a_folder_is_called_one(self, tmp_path: Path) -> None:
        assert "is a folder" in refusal(tmp_path).message

    def test_a_path_that_leads_through_a_file_is_told(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("in the way")
        assert "is a file, not a folder" in refusal(tmp_path / "file" / "records.db").message
        assert "is a file" in refusal(tmp_path / "file" / "deeper" / "records.db").message

    @pytest.mark.posix("modes of files that hold users back")
    def test_a_folder_without_rights_is_told(self, tmp_path: Path) -> None:
        path = tmp_path / "closed" / "records.db"
        path.parent.mkdir(mode=0o500)
        code = (
            "import sys; from pathlib import Path; from interviewkit.errors import StorageError\n"
            "from interviewkit.storage.file.database import open_database\n"
            "try: open_database(Path(sys.argv[1]))\n"
            "except StorageError as error: print(error.message, error.hint, sep='\\n')\n"
        )
        ran = subprocess.run(
            [sys.executable, "-c", code, str(path)],
            capture_output=True,
            text=True,
            check=True,
            preexec_fn=without_privileges,
        )
        message, hint = ran.stdout.splitlines()
        assert str(path) in message
        assert "cannot be written" in message
        assert hint
        assert list(path.parent.iterdir()) == []

    @pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs a folder nobody may write to")
    def test_a_folder_nobody_may_write_to_is_told(self) -> None:
        assert "cannot be written" in refusal(Path("/proc/records.db")).message

    def test_a_damaged_file_is_told(self, tmp_path: Path) -> None:
        path = tmp_path / "records.db"
        open_database(path).close()
        content = bytearray(path.read_bytes())
        content[100:2000] = b"\xee" * 1900
        path.write_bytes(content)
        assert "is damaged" in refusal(path).message

    def test_a_file_locked_by_another_program_is_told(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for module in (connection_module, database):
            monkeypatch.setattr(module, "BUSY_MS", 50)
        path = tmp_path / "records.db"
        open_database(path).close()
        with holding(path, "BEGIN EXCLUSIVE"):
            connection = open_database(path)  # reading goes on beside a writer
            with (
                pytest.raises(StorageError, match="locked by another program"),
                sqlite_errors_explained(path),
                transaction(connection),
            ):
                connection.execute(
                    "INSERT INTO role (id, title, created_at) VALUES ('1', 'Sales', '')"
                )
            connection.close()

    def test_a_new_file_locked_by_another_program_is_told(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for module in (connection_module, database):
            monkeypatch.setattr(module, "BUSY_MS", 50)
        path = tmp_path / "records.db"
        with holding(path, "BEGIN EXCLUSIVE"):
            assert "locked by another program" in refusal(path).message
        open_database(path).close()


class TestMigrating:
    def test_a_migration_that_fails_rolls_back_whole(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path / "records.db"

        def broken(db: Database) -> None:
            db.execute("CREATE TABLE half (id TEXT)")
            db.execute("CREATE TABLE half (id TEXT)")

        grown = Migrations("interviewkit")
        for step in (migrations.m001_records, broken):
            grown()(step)
        with monkeypatch.context() as patched:
            patched.setattr(migrations, "migrations", grown)
            assert "half" in refusal(path).message
        left = sqlite3.connect(path)
        assert left.execute("SELECT name FROM sqlite_schema").fetchall() == []
        assert pragma(left, "user_version") == 0
        left.close()
        with Store(path) as store:  # and the fixed program goes on from there
            assert begin(store).page

    def test_an_old_file_is_brought_up_to_date_and_keeps_its_rows(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path / "records.db"
        with Store(path) as store:
            interview = begin(store)

        def closing(db: Database) -> None:
            db.execute("ALTER TABLE role ADD COLUMN closed_at TEXT")

        grown = Migrations("interviewkit")
        for step in (migrations.m001_records, closing):
            grown()(step)
        monkeypatch.setattr(migrations, "migrations", grown)
        monkeypatch.setattr(database, "VERSION", VERSION + 1)
        with Store(path) as store:
            assert store._reads.interview(interview.id) == interview
        left = sqlite3.connect(path)
        assert left.execute("SELECT closed_at FROM role").fetchall() == [(None,)]
        assert pragma(left, "user_version") == VERSION + 1
        left.close()

    def test_programs_that_open_a_new_file_at_once_all_succeed(self, tmp_path: Path) -> None:
        open_at_once([tmp_path / f"{number}.db" for number in range(40)], 3)


class TestTransactions:
    def test_what_fails_half_way_leaves_nothing(self, tmp_path: Path) -> None:
        path = tmp_path / "records.db"
        connection = open_database(path)
        with pytest.raises(KeyError), transaction(connection):
            connection.execute("INSERT INTO role (id, title, created_at) VALUES ('1', 'Sales', '')")
            raise KeyError
        assert connection.execute("SELECT count(*) FROM role").fetchone() == (0,)
        connection.close()

    def test_one_that_reads_first_holds_its_place_against_other_writers(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for module in (connection_module, database):
            monkeypatch.setattr(module, "BUSY_MS", 20)
        path = tmp_path / "records.db"
        first, second = open_database(path), open_database(path)
        with transaction(first):
            first.execute("SELECT count(*) FROM role").fetchone()
            with pytest.raises(sqlite3.OperationalError, match="locked"), transaction(second):
                second.execute(
                    "INSERT INTO role (id, title, created_at) VALUES ('2', 'Service', '')"
                )
            first.execute("INSERT INTO role (id, title, created_at) VALUES ('1', 'Sales', '')")
        with transaction(second):
            second.execute("INSERT INTO role (id, title, created_at) VALUES ('2', 'Service', '')")
        assert first.execute("SELECT count(*) FROM role").fetchone() == (2,)
        first.close()
        second.close()

    def test_a_commit_that_fails_does_not_block_the_next_one(self, tmp_path: Path) -> None:
        path = tmp_path / "records.db"
        connection = open_database(path)
        with pytest.raises(StorageError), sqlite_errors_explained(path), transaction(connection):
            connection.execute("PRAGMA defer_foreign_keys = ON")
            connection.execute(
                "INSERT INTO answer (interview_id, question, position) VALUES ('none', 'q', 0)"
            )
        with transaction(connection):
            connection.execute("INSERT INTO role (id, title, created_at) VALUES ('1', 'Sales', '')")
        assert connection.execute("SELECT count(*) FROM role").fetchone() == (1,)
        assert connection.execute("SELECT count(*) FROM answer").fetchone() == (0,)
        connection.close()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("SQLITE_FULL", "disk is full"),
        ("SQLITE_IOERR_WRITE", "disk reported an error"),
        ("SQLITE_READONLY_DBMOVED", "only be read"),
        ("SQLITE_BUSY_SNAPSHOT", "locked by another program"),
        ("SQLITE_CORRUPT_VTAB", "damaged"),
        ("SQLITE_CANTOPEN_ISDIR", "cannot be opened"),
        ("SQLITE_NOTADB", "not an interviewkit database"),
    ],
)
def test_what_sqlite_reports_becomes_a_sentence(tmp_path: Path, name: str, words: str) -> None:
    error = sqlite3.OperationalError("whatever it says")
    error.sqlite_errorname = name
    with (
        pytest.raises(StorageError, match=words) as caught,
        sqlite_errors_explained(tmp_path / "records.db"),
    ):
        raise error
    assert caught.value.hint
    assert caught.value.__cause__ is error
