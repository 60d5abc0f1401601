"""Banks that interviews used: read from their text once, afterwards ready."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from interviewkit.errors import NotFoundError
from interviewkit.storage.integrity.check import check_records
from interviewkit.storage.store import Store
from support import begin, shipped

READ = """
import sys
from pathlib import Path
from interviewkit.storage.store import Store
with Store(Path(sys.argv[1])) as store:
    print(store.bank(sys.argv[2]).title)
print(sorted({"yaml", "pydantic"} & set(sys.modules)))
"""


def rows(path: Path, statement: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path)
    with connection:
        found = connection.execute(statement).fetchall()
    connection.close()
    return found


def read_by_another_program(path: Path) -> list[str]:
    args = [sys.executable, "-c", READ, str(path), shipped().sha256]
    return subprocess.run(args, check=True, capture_output=True, text=True).stdout.splitlines()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    place = tmp_path / "records.db"
    with Store(place) as store:
        begin(store)
    return place


def test_read_once_it_needs_no_reading(path: Path) -> None:
    title = shipped().bank.title
    assert read_by_another_program(path) == [title, "['pydantic', 'yaml']"]
    assert read_by_another_program(path) == [title, "[]"]
    with Store(path) as store:
        assert store.bank(shipped().sha256) == shipped().bank
    assert check_records(path).faults == ()


def test_a_form_that_cannot_be_used_is_made_anew(path: Path) -> None:
    read_by_another_program(path)
    rows(path, "UPDATE bank_ready SET ready = '{}'")
    with Store(path) as store:
        assert store.bank(shipped().sha256) == shipped().bank
    assert rows(path, "SELECT ready FROM bank_ready") != [("{}",)]


def test_a_form_that_is_not_what_the_text_says_is_found(path: Path) -> None:
    read_by_another_program(path)
    rows(path, "UPDATE bank_ready SET ready = replace(ready, 'Tell me', 'Sell me')")
    (fault,) = check_records(path).faults
    assert fault.code == "bank"
    assert fault.message == "its form for quick use is not what its text says"


def test_a_bank_nobody_used_is_not_found(path: Path) -> None:
    with Store(path) as store, pytest.raises(NotFoundError):
        store.bank("0" * 64)


def test_who_can_only_read_has_the_bank_all_the_same(path: Path) -> None:
    with Store(path) as store:
        store._connection.execute("PRAGMA query_only = ON")
        assert store.bank(shipped().sha256) == shipped().bank
    assert rows(path, "SELECT * FROM bank_ready") == []
