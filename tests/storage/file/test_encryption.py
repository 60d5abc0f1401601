"""Encrypted records: unreadable without the passphrase, and otherwise like any other."""

import hashlib
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from interviewkit.errors import StorageError
from interviewkit.storage.file.backup import backups_of, make_daily_backup, write_copy
from interviewkit.storage.file.connection import connect
from interviewkit.storage.file.encryption import (
    WrongPassphraseError,
    fits,
    is_encrypted,
    key_of,
    new_key,
)
from interviewkit.storage.file.file_format import Unlock
from interviewkit.storage.file.reencrypt import reencrypt
from interviewkit.storage.file.restore import restore
from interviewkit.storage.integrity.check import check_records
from interviewkit.storage.store import Store
from other_program import holding
from support import START, HeldClock, begin, complete

sqlcipher = pytest.importorskip("sqlcipher3.dbapi2", reason="the extra is not installed")
SECRET = "told in confidence"
PASSPHRASE = "correct horse battery staple"


def under(key: str) -> Unlock:
    return lambda _: key


@pytest.fixture
def records(tmp_path: Path, clock: HeldClock) -> Path:
    """Plain records with a secret in them and a backup."""
    path = tmp_path / "records.db"
    with Store(path, clock) as store:
        complete(store, {"unspoken-need": 4})
        store.notebook(begin(store, candidate="Bo Lindqvist").id).add_note("@opening", SECRET)
    assert make_daily_backup(path, None, clock.now(), 7)
    return path


def everything(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_nothing_readable_is_left_in_any_file(records: Path) -> None:
    assert SECRET.encode() in everything(records.parent)
    key = new_key(PASSPHRASE)
    assert reencrypt(records, None, key) == []
    assert SECRET.encode() not in everything(records.parent)
    with Store(records, unlock=under(key)) as store:
        store.notebook(store._reads.standings()[0].interview.id).add_note("@opening", SECRET)
        assert make_daily_backup(records, under(key), START.replace(day=9), 7)
        assert SECRET.encode() not in everything(records.parent)
        assert b"Okafor" not in everything(records.parent)


def test_it_is_the_same_records_afterwards_and_back_again(records: Path) -> None:
    with Store(records) as store:
        before = [(s, store._reads.history(s.interview.id)) for s in store._reads.standings()]
    key = new_key(PASSPHRASE)
    reencrypt(records, None, key)
    for unlock in (under(key), None):
        with Store(records, unlock=unlock) as store:
            assert [
                (s, store._reads.history(s.interview.id)) for s in store._reads.standings()
            ] == before
        assert check_records(records, unlock).faults == ()
        assert check_records(records, unlock).encrypted is (unlock is not None)
        if unlock:
            assert reencrypt(records, unlock, None) == []
    assert SECRET.encode() in everything(records.parent)
    assert [is_encrypted(one.path) for one in backups_of(records)] == [False]


def test_any_sqlcipher_opens_it_with_the_passphrase(records: Path) -> None:
    reencrypt(records, None, new_key(PASSPHRASE))
    for path in (records, backups_of(records)[0].path):
        connection = sqlcipher.connect(str(path))
        connection.execute(f"PRAGMA key = '{PASSPHRASE}'")
        assert connection.execute("SELECT count(*) FROM interview").fetchone() == (2,)
        connection.close()


def test_a_wrong_passphrase_is_a_sentence_and_changes_nothing(records: Path) -> None:
    reencrypt(records, None, new_key(PASSPHRASE))
    before = records.read_bytes()
    wrong = key_of(records, "another one")
    assert not fits(records, wrong)
    for refuse in (
        lambda: Store(records, unlock=under(wrong)),
        lambda: check_records(records, under(wrong)),
        lambda: reencrypt(records, under(wrong), None),
    ):
        with pytest.raises(StorageError) as refused:
            refuse()
        assert str(records) in refused.value.message
        assert refused.value.hint
        assert PASSPHRASE not in str(refused.value)
        assert wrong not in str(refused.value)
    with pytest.raises(WrongPassphraseError, match="does not open"):
        Store(records, unlock=under(wrong))
    with pytest.raises(StorageError, match="is encrypted, or it is not"):
        Store(records)
    assert records.read_bytes() == before


def test_another_passphrase_replaces_the_first_everywhere(records: Path) -> None:
    first, second = new_key(PASSPHRASE), new_key("quite another passphrase")
    reencrypt(records, None, first)
    assert reencrypt(records, under(first), second) == []
    for path in (records, backups_of(records)[0].path):
        assert (fits(path, first), fits(path, second)) == (False, True)
    assert check_records(records, under(second)).faults == ()


def test_a_copy_keeps_the_key_and_can_be_restored(records: Path, tmp_path: Path) -> None:
    key = new_key(PASSPHRASE)
    reencrypt(records, None, key)
    connection = connect(records, under(key))
    write_copy(connection, records, tmp_path / "copy.db")
    connection.close()
    assert key_of(tmp_path / "copy.db", PASSPHRASE) == key
    assert restore(records, tmp_path / "copy.db", START, under(key))
    assert check_records(records, under(key)).faults == ()


def test_a_readable_backup_beside_encrypted_records_is_a_fault(records: Path) -> None:
    backup = backups_of(records)[0].path
    readable = backup.read_bytes()
    key = new_key(PASSPHRASE)
    reencrypt(records, None, key)
    backup.write_bytes(readable)
    (fault,) = check_records(records, under(key)).faults
    assert (fault.code, fault.where) == ("clear", str(backup))


def test_a_backup_that_cannot_be_read_is_named_and_left(records: Path) -> None:
    backup = backups_of(records)[0].path
    backup.write_bytes(b"\xee" * 4096)
    assert reencrypt(records, None, new_key(PASSPHRASE)) == [backup]
    assert backup.read_bytes() == b"\xee" * 4096


def test_an_open_window_is_in_the_way(records: Path) -> None:
    before = records.read_bytes()
    with (
        holding(records, "SELECT count(*) FROM role"),
        pytest.raises(StorageError, match="open in another window"),
    ):
        reencrypt(records, None, new_key(PASSPHRASE))
    assert records.read_bytes() == before


def test_a_second_opening_beside_the_first_loses_nothing(records: Path) -> None:
    key = new_key(PASSPHRASE)
    reencrypt(records, None, key)
    with Store(records, unlock=under(key)) as store:
        notebook = store.notebook(store._reads.standings()[0].interview.id)
        for number in range(3):
            store.another().close()
            notebook.add_note("@opening", f"{number} more")
            with store.another() as other:
                there = other.notebook(notebook.interview_id).answer("@opening").notes
            assert there[-1].text == f"{number} more"
    assert check_records(records, under(key)).faults == ()


def test_a_passphrase_that_is_too_short_is_refused() -> None:
    with pytest.raises(StorageError, match="at least 10 characters"):
        new_key("short")


def test_a_key_is_what_sqlcipher_works_out_itself(records: Path) -> None:
    key = new_key(PASSPHRASE)
    salt = bytes.fromhex(key[2 + 64 : -1])
    secret = hashlib.pbkdf2_hmac("sha512", PASSPHRASE.encode(), salt, 256_000, 32)
    assert key == f"x'{secret.hex()}{salt.hex()}'"


def test_damage_in_encrypted_records_is_said(records: Path) -> None:
    key = new_key(PASSPHRASE)
    reencrypt(records, None, key)
    content = bytearray(records.read_bytes())
    content[3 * 4096 + 100] ^= 1
    records.write_bytes(content)
    try:
        found = [fault.code for fault in check_records(records, under(key)).faults]
    except StorageError as error:
        assert "damaged" in error.message
    else:
        assert "damage" in found


def test_without_the_extra_it_is_said_what_to_install(records: Path) -> None:
    code = (
        "import sys; sys.modules['sqlcipher3'] = None\n"
        "from pathlib import Path; from interviewkit.errors import StorageError\n"
        "from interviewkit.storage.file.encryption import new_key\n"
        "from interviewkit.storage.file.reencrypt import reencrypt\n"
        "try: reencrypt(Path(sys.argv[1]), None, new_key('correct horse battery'))\n"
        "except StorageError as error: print(error)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, str(records)], capture_output=True, text=True, check=True
    )
    assert "interviewkit[encrypted]" in ran.stdout
    assert sqlite3.connect(records).execute("SELECT 1").fetchone() == (1,)


def test_plain_records_pay_nothing_for_it(records: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from interviewkit.storage.store import Store\n"
        "Store(Path(sys.argv[1])).close()\n"
        "print([n for n in ('sqlcipher3', 'keyring', 'sqlite_utils', 'hashlib.pbkdf2',"
        " 'interviewkit.storage.file.encryption', 'interviewkit.storage.file.backup',"
        " 'interviewkit.storage.integrity.check') if n in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, str(records)], capture_output=True, text=True, check=True
    )
    assert ran.stdout == "[]\n"
