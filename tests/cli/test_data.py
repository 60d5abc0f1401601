"""``interviewkit data``: where the records are, whether they are whole, and copies of them."""

import json
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from interviewkit.cli import passphrase
from interviewkit.cli.main import cli
from interviewkit.exchange.jsonl import dump_line
from interviewkit.shell_line import shell_command
from interviewkit.storage.store import Store
from memory_keyring import MemoryKeyring
from other_program import holding
from support import ROOT, begin, complete, has_mode
from terminal import Terminal


def run(path: Path, *args: str) -> Result:
    result = CliRunner().invoke(cli, ["--db", str(path), "data", *args])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


@pytest.fixture
def records(tmp_path: Path) -> Path:
    """A database with one scorecard and one interview under way, open nowhere."""
    path = tmp_path / "a folder with 'quotes' and ü" / "records.db"
    with Store(path) as store:
        complete(store, {"unspoken-need": 4})
        begin(store, candidate="Bo Lindqvist")
    return path


def path_shown(*args: str) -> str:
    result = CliRunner().invoke(cli, [*args, "data", "path"])
    assert result.exit_code == 0
    return result.stdout.removesuffix("\n")


def test_without_a_word_the_records_are_in_the_users_data(tmp_path: Path) -> None:
    assert path_shown() == str(tmp_path / "home/data/interviewkit/interviewkit.db")


def test_the_environment_names_another_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERVIEWKIT_DB", "/srv/round.db")
    assert path_shown() == str(Path("/srv/round.db"))


def test_the_option_outweighs_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERVIEWKIT_DB", "/srv/round.db")
    assert path_shown("--db", "mine.db") == "mine.db"


def test_asking_for_the_path_creates_nothing(tmp_path: Path) -> None:
    path_shown("--db", str(tmp_path / "new" / "records.db"))
    path_shown()
    assert [found.name for found in tmp_path.iterdir()] == ["home"]
    assert list((tmp_path / "home").iterdir()) == []


class TestCheck:
    def test_whole_records_are_said_to_be(self, records: Path) -> None:
        result = run(records, "check")
        assert (result.exit_code, result.stdout) == (0, "")
        assert "No fault in" in result.stderr
        assert "1 scorecard, 1 under way" in result.stderr
        assert "No backup has been made yet." in result.stderr

    def test_faults_are_lines_and_an_exit_code(self, records: Path) -> None:
        changed_by_hand(records)
        result = run(records, "check")
        assert result.exit_code == 1
        seals = [line for line in result.stdout.splitlines() if line.startswith("seal ")]
        assert len(seals) == 1
        assert "of Ada Okafor by Priya Raman: its content is not what was sealed" in seals[0]
        assert "faults in" in result.stderr

    def test_as_json(self, records: Path) -> None:
        changed_by_hand(records)
        result = run(records, "check", "--json")
        assert result.exit_code == 1
        said = json.loads(result.stdout)
        assert said["clean"] is False
        assert {"seal", "value"} <= {fault["code"] for fault in said["faults"]}
        assert (said["scorecards"], said["under_way"], said["backups"]) == (1, 1, [])

    def test_against_a_head_that_was_kept_elsewhere(self, records: Path, tmp_path: Path) -> None:
        copy, lines = tmp_path / "copy.db", tmp_path / "all.jsonl"
        assert run(records, "backup", str(copy)).exit_code == 0
        with Store(records) as store:
            door = store._exchange()
            length, link = door.log_head()
            lines.write_bytes(dump_line({"type": "log_head", "count": length, "link": link}))
        for file in (copy, lines):
            assert run(records, "check", "--against", str(file)).exit_code == 0
        with Store(tmp_path / "new.db") as other:
            complete(other, {"unspoken-need": 1})
        for file in (copy, lines):
            result = run(tmp_path / "new.db", "check", "--against", str(file))
            assert (result.exit_code, f"which {file} vouches for" in result.stdout) == (1, True)

    def test_what_holds_no_head_is_told(self, records: Path, tmp_path: Path) -> None:
        bank = tmp_path / "bank.jsonl"
        bank.write_bytes(dump_line({"type": "role", "id": "r", "title": "Clerk"}))
        (tmp_path / "text").write_text("no database")
        for name, sentence in (
            ("bank.jsonl", "does not hold the head of a log."),
            ("text", "does not hold the head of a log."),
            ("missing", "cannot be read: No such file"),
        ):
            result = run(records, "check", "--against", str(tmp_path / name))
            assert result.exit_code == 1
            assert sentence in result.stderr
            assert "Name an export or a backup" in result.stderr

    def test_no_records_are_no_crash(self, tmp_path: Path) -> None:
        for args in (["check"], ["backup", str(tmp_path / "copy.db")], ["encrypt"], ["rekey"]):
            result = run(tmp_path / "none.db", *args)
            assert result.exit_code == 1
            assert "There is no database at" in result.stderr

    def test_a_log_without_its_file_is_told(self, records: Path) -> None:
        records.with_name("records.db-wal").write_bytes(b"what was written last")
        records.unlink()
        result = run(records, "check")
        assert result.exit_code == 1
        assert "is missing, but the log" in result.stderr
        assert "data restore" in result.stderr

    def test_a_synchronised_folder_is_told_each_time(self, records: Path, tmp_path: Path) -> None:
        place = tmp_path / "Dropbox" / "records.db"
        place.parent.mkdir()
        shutil.copy(records, place)
        for _ in range(2):
            assert "Dropbox synchronises" in run(place, "check").stderr


class TestBackupAndRestore:
    def test_there_and_back(self, records: Path, tmp_path: Path) -> None:
        copy = tmp_path / "copy ü.db"
        made = run(records, "backup", str(copy))
        assert (made.exit_code, made.stdout) == (0, "")
        assert f"Wrote {copy}" in made.stderr
        assert (
            f"Put it back with: {shell_command('data', 'restore', names=[str(copy)])}"
            in made.stderr
        )
        assert has_mode(copy, 0o600)
        with Store(records) as store:
            begin(store, candidate="Cleo Marsh")
        asked = run(records, "restore", str(copy))
        assert asked.exit_code == 1
        assert "holds 1 entry that" in asked.stderr
        assert "--yes" in asked.stderr
        assert len(names(records)) == 3
        done = run(records, "restore", "--yes", str(copy))
        assert done.exit_code == 0
        assert "The previous file is kept as" in done.stderr
        assert len(names(records)) == 2
        (kept,) = (records.parent / "backups").iterdir()
        assert len(names(kept)) == 3

    def test_records_that_hold_no_more_are_not_asked_for(
        self, records: Path, tmp_path: Path
    ) -> None:
        run(records, "backup", str(tmp_path / "copy.db"))
        assert run(records, "restore", str(tmp_path / "copy.db")).exit_code == 0

    @pytest.mark.posix("pseudo-terminals")
    def test_somebody_at_a_terminal_is_asked(self, records: Path, tmp_path: Path) -> None:
        copy = tmp_path / "copy.db"
        run(records, "backup", str(copy))
        with Store(records) as store:
            begin(store, candidate="Cleo Marsh")
        for answer, code, left in (("n\r", 1, 3), ("y\r", 0, 2)):
            with Terminal(["--db", str(records), "data", "restore", str(copy)]) as terminal:
                terminal.until("Restore anyway?")
                terminal.send(answer)
                assert terminal.ended() == code
            assert len(names(records)) == left

    def test_an_open_window_is_in_the_way(self, records: Path, tmp_path: Path) -> None:
        copy = tmp_path / "copy.db"
        run(records, "backup", str(copy))
        with holding(records, "SELECT count(*) FROM role"):
            result = run(records, "restore", "--yes", str(copy))
        assert result.exit_code == 1
        assert "open in another window" in result.stderr

    def test_wrong_usage_is_two(self, records: Path) -> None:
        assert run(records, "restore").exit_code == 2
        assert run(records, "backup").exit_code == 2
        assert run(records, "backup", str(records.parent)).exit_code == 2

    def test_a_backup_of_older_tables_is_brought_up_to_date(self, tmp_path: Path) -> None:
        path = tmp_path / "records.db"
        old = ROOT / "tests" / "storage" / "old" / "records-1.db"
        assert run(path, "restore", str(old)).exit_code == 0
        assert len(names(path)) == 3
        assert run(path, "check").exit_code == 0


def names(path: Path) -> list[str]:
    with Store(path) as store:
        return [standing.interview.candidate.name for standing in store._reads.standings()]


def changed_by_hand(path: Path) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("DROP TRIGGER answer_is_not_changed_when_sealed")
    connection.execute("UPDATE answer SET rating = 5 WHERE rating = 4")
    connection.close()


class TestEncrypted:
    """Passphrases come from a file, the keyring or a prompt, and never stand in a command."""

    @pytest.fixture(autouse=True)
    def _a_keyring_of_its_own(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        pytest.importorskip("sqlcipher3", reason="the extra is not installed")
        keyring = pytest.importorskip("keyring", reason="the extra is not installed")
        from keyring.backends.fail import Keyring

        monkeypatch.setattr(passphrase, "_keys", {})
        keyring.set_keyring(Keyring())  # type: ignore[no-untyped-call]
        yield
        keyring.set_keyring(Keyring())  # type: ignore[no-untyped-call]

    @pytest.fixture
    def word(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """A file with the passphrase, named for every command."""
        path = secret(tmp_path / "passphrase", PASSPHRASE)
        monkeypatch.setenv("INTERVIEWKIT_PASSPHRASE_FILE", str(path))
        monkeypatch.setenv("INTERVIEWKIT_PASSPHRASE_FILE_NEW", str(path))
        return path

    def test_there_and_back_with_a_file(
        self, records: Path, word: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        done = run(records, "encrypt")
        assert done.exit_code == 0, done.output
        assert "there is no other way in" in done.stderr
        passphrase._keys.clear()
        assert run(records, "check").exit_code == 0
        assert json.loads(run(records, "check", "--json").stdout)["encrypted"] is True
        assert "is encrypted already" in run(records, "encrypt").stderr
        new = secret(word.with_name("new"), "quite another passphrase")
        monkeypatch.setenv("INTERVIEWKIT_PASSPHRASE_FILE_NEW", str(new))
        assert run(records, "rekey").exit_code == 0
        passphrase._keys.clear()
        assert "does not open" in run(records, "check").stderr
        monkeypatch.setenv("INTERVIEWKIT_PASSPHRASE_FILE", str(new))
        assert run(records, "decrypt").exit_code == 0
        assert len(names(records)) == 2
        assert "is not encrypted" in run(records, "rekey").stderr

    def test_other_commands_and_a_restore_use_it_too(
        self, records: Path, word: Path, tmp_path: Path
    ) -> None:
        run(records, "encrypt")
        copy = tmp_path / "copy.db"
        for args in (
            ["compare", "Account executive"],
            ["records", "export", str(tmp_path / "out.jsonl")],
            ["data", "backup", str(copy)],
            ["data", "restore", str(copy)],
        ):
            passphrase._keys.clear()
            result = CliRunner().invoke(cli, ["--db", str(records), *args])
            assert result.exit_code == 0, (args, result.output)
        assert b"Okafor" not in copy.read_bytes()

    def test_without_anybody_to_ask_it_says_so(
        self, records: Path, word: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        run(records, "encrypt")
        for name in ("INTERVIEWKIT_PASSPHRASE_FILE", "INTERVIEWKIT_PASSPHRASE_FILE_NEW"):
            monkeypatch.delenv(name)
        passphrase._keys.clear()
        result = run(records, "check")
        assert result.exit_code == 1
        assert "is encrypted, or it is not an interviewkit database" in result.stderr
        assert "INTERVIEWKIT_PASSPHRASE_FILE" in result.stderr

    @pytest.mark.posix("modes of files")
    def test_a_passphrase_that_others_can_read_is_refused(self, records: Path, word: Path) -> None:
        word.chmod(0o644)
        result = run(records, "encrypt")
        assert result.exit_code == 1
        assert "others can read it" in result.stderr
        assert PASSPHRASE not in result.stderr
        assert len(names(records)) == 2

    def test_a_passphrase_file_that_is_not_there_is_told(self, records: Path, word: Path) -> None:
        word.unlink()
        assert "cannot be read: No such file" in run(records, "encrypt").stderr

    def test_without_a_keyring_nothing_is_encrypted(self, records: Path, word: Path) -> None:
        result = run(records, "encrypt", "--keyring")
        assert result.exit_code == 1
        assert "has no keyring" in result.stderr
        assert len(names(records)) == 2

    def test_the_keyring_keeps_it_and_forgets_it(
        self, records: Path, word: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        import keyring

        keyring.set_keyring(MemoryKeyring())  # type: ignore[no-untyped-call]
        assert run(records, "encrypt", "--keyring").exit_code == 0
        monkeypatch.delenv("INTERVIEWKIT_PASSPHRASE_FILE")
        passphrase._keys.clear()
        assert MemoryKeyring.secrets == {("interviewkit", str(records)): PASSPHRASE}
        assert run(records, "check").exit_code == 0
        assert run(records, "decrypt").exit_code == 0
        assert MemoryKeyring.secrets == {}

    @pytest.mark.posix("pseudo-terminals")
    def test_somebody_at_a_terminal_is_asked_before_the_screens_start(
        self, records: Path, tmp_path: Path
    ) -> None:
        with Terminal(["--db", str(records), "data", "encrypt"]) as terminal:
            terminal.until("New passphrase:")
            terminal.send(f"{PASSPHRASE}\r")
            terminal.until("The same again:")
            terminal.send(f"{PASSPHRASE}\r")
            terminal.until("Encrypted")
            assert terminal.ended() == 0
            assert "battery" not in terminal.text
        with Terminal(["--db", str(records)]) as terminal:
            terminal.until("Passphrase of records.db:")
            terminal.send("not the one\r")
            terminal.until("That is not the passphrase.")
            terminal.until("Passphrase of records.db:", times=2)
            terminal.send(f"{PASSPHRASE}\r")
            terminal.until("Bo Lindqvist")
            terminal.send("q")
            assert terminal.ended() == 0
        with Terminal(["--db", str(records)]) as terminal:
            for number in range(1, 4):
                terminal.until("Passphrase of records.db:", times=number)
                terminal.send("not the one\r")
            assert terminal.ended() == 1
            assert "Without the passphrase nobody can read it" in " ".join(terminal.text.split())


PASSPHRASE = "correct horse battery staple"


def secret(path: Path, text: str) -> Path:
    path.touch(0o600)
    path.write_text(f"{text}\n", encoding="utf-8")
    return path
