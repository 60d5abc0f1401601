"""A backup put back: asked for when it is behind, and what it replaces is kept."""

import os
import subprocess
from datetime import datetime
from pathlib import Path

import pytest

from interviewkit.errors import StorageError
from interviewkit.storage.file import restore as restore_module
from interviewkit.storage.file.backup import backups_of, write_copy
from interviewkit.storage.file.connection import connect
from interviewkit.storage.file.file_format import VERSION
from interviewkit.storage.file.restore import Newer, newer, put_aside, restore
from interviewkit.storage.integrity.check import check_records
from interviewkit.storage.store import Store
from other_program import holding
from support import PRIYA, START, begin, complete, has_mode


@pytest.fixture
def backup(store: Store, tmp_path: Path) -> Path:
    """A copy from when one interview was under way."""
    begin(store)
    target = tmp_path / "copy.db"
    connection = connect(store.path)
    write_copy(connection, store.path, target)
    connection.close()
    return target


def names(path: Path) -> list[str]:
    with Store(path) as store:
        return [standing.interview.candidate.name for standing in store._reads.standings()]


def test_what_the_records_hold_more_is_counted(store: Store, backup: Path) -> None:
    assert not newer(store.path, backup)
    interview = complete(store, {"unspoken-need": 4}, candidate="Bo Lindqvist")
    store.notebook(interview.id).amend("rating", "unspoken-need", "2", "A slip.", PRIYA)
    ahead = newer(store.path, backup)
    assert ahead == Newer(2, "2026-03-02T09:00:00.000Z")


def test_a_draft_alone_is_more(store: Store, backup: Path) -> None:
    (standing,) = store._reads.standings()
    store.notebook(standing.interview.id).keep_draft("half a li")
    assert newer(store.path, backup).entries == 1


def test_the_replaced_records_are_kept_and_all_is_whole(store: Store, backup: Path) -> None:
    begin(store, candidate="Bo Lindqvist")
    store.close()
    aside = restore(store.path, backup, START)
    assert aside
    assert names(store.path) == ["Ada Okafor"]
    assert names(aside) == ["Bo Lindqvist", "Ada Okafor"]
    assert [one.kind for one in backups_of(store.path)] == ["replaced"]
    assert check_records(store.path).faults == ()
    assert has_mode(store.path, 0o600)


@pytest.mark.posix("a list of a program's open files")
@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="open files are listed elsewhere")
def test_where_open_files_keep_their_names_none_is_open_when_the_names_change(
    store: Store, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.close()
    monkeypatch.setattr(restore_module, "_RENAMES_OPEN_FILES", False)
    seen: list[bool] = []

    def looked(records: Path, now: datetime) -> Path | None:
        links = [one for one in Path("/proc/self/fd").iterdir() if one.is_symlink()]
        seen.append(any(os.path.realpath(one) == str(records) for one in links))
        return put_aside(records, now)

    monkeypatch.setattr(restore_module, "put_aside", looked)
    aside = restore(store.path, backup, START)
    assert seen == [False]
    assert aside
    assert names(aside) == names(store.path) == ["Ada Okafor"]


def test_the_way_back_is_the_same_way(store: Store, backup: Path) -> None:
    begin(store, candidate="Bo Lindqvist")
    store.close()
    aside = restore(store.path, backup, START)
    assert aside
    assert newer(store.path, aside) == Newer()
    restore(store.path, aside, START.replace(hour=10))
    assert names(store.path) == ["Bo Lindqvist", "Ada Okafor"]


def test_nothing_there_is_nothing_kept(backup: Path, tmp_path: Path) -> None:
    fresh = tmp_path / "new" / "records.db"
    assert newer(fresh, backup) == Newer()
    assert restore(fresh, backup, START) is None
    assert names(fresh) == ["Ada Okafor"]


def test_records_that_another_window_has_open_are_not_replaced(store: Store, backup: Path) -> None:
    before = names(store.path)
    with pytest.raises(StorageError, match="open in another window"):
        restore(store.path, backup, START)
    store.close()
    with (
        holding(store.path, "SELECT count(*) FROM role"),
        pytest.raises(StorageError, match="open in another window"),
    ):
        restore(store.path, backup, START)
    assert names(store.path) == before
    assert backups_of(store.path) == []
    restore(store.path, backup, START)


def test_damaged_records_are_kept_as_they_are(store: Store, backup: Path) -> None:
    store.close()
    store.path.write_bytes(b"\xee" * 8192)
    assert newer(store.path, backup).unread.startswith(str(store.path))
    aside = restore(store.path, backup, START)
    assert aside
    assert aside.read_bytes() == b"\xee" * 8192
    assert names(store.path) == ["Ada Okafor"]


def test_damage_that_the_log_mends_is_no_damage(store: Store, backup: Path) -> None:
    begin(store, candidate="Bo Lindqvist")
    store._connection.execute("VACUUM")  # then every page is in the log
    log = store.path.with_name("records.db-wal")
    content = log.read_bytes()
    store.close()
    store.path.write_bytes(b"\xee" * 8192)
    log.write_bytes(content)
    assert newer(store.path, backup).entries == 1
    assert names(store.path) == ["Bo Lindqvist", "Ada Okafor"]


def test_a_log_without_its_file_is_kept(store: Store, backup: Path, tmp_path: Path) -> None:
    log = store.path.with_name("records.db-wal")
    content = log.read_bytes()
    store.close()
    store.path.unlink()
    log.write_bytes(content)
    assert newer(store.path, backup).unread == f"only {log} is left of them"
    aside = restore(store.path, backup, START)
    assert aside
    assert aside.with_name(f"{aside.name}-wal").read_bytes() == content
    assert names(store.path) == ["Ada Okafor"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "There is no file"),
        (b"", "is empty"),
        (b"Dear diary", "is not an interviewkit database"),
        (b"foreign", "is not a backup of interviewkit's records"),
        (b"newer", "was written by a newer interviewkit"),
        (b"damaged", "is damaged"),
    ],
)
def test_what_is_no_usable_backup_changes_nothing(
    store: Store, backup: Path, tmp_path: Path, content: bytes | None, words: str
) -> None:
    store.close()
    before = store.path.read_bytes()
    offered = tmp_path / "offered.db"
    if content in (b"foreign", b"newer"):
        offered.write_bytes(backup.read_bytes())
        pragma = "application_id = 7" if content == b"foreign" else f"user_version = {VERSION + 1}"
        connection = connect(offered)
        connection.execute(f"PRAGMA {pragma}")
        connection.close()
    elif content == b"damaged":
        spoilt = bytearray(backup.read_bytes())
        for page in range(4, len(spoilt) // 4096):
            spoilt[page * 4096 : page * 4096 + 64] = b"\xee" * 64
        offered.write_bytes(spoilt)
    elif content is not None:
        offered.write_bytes(content)
    for offer in (newer, lambda records, file: restore(records, file, START)):
        with pytest.raises(StorageError, match=words) as refused:
            offer(store.path, offered)
        assert refused.value.hint
    assert store.path.read_bytes() == before


def test_the_records_themselves_are_no_backup(store: Store) -> None:
    with pytest.raises(StorageError, match="is in use as the records"):
        restore(store.path, store.path, START)


def test_a_kill_in_the_middle_leaves_whole_records(store: Store, backup: Path) -> None:
    import sys

    begin(store, candidate="Bo Lindqvist")
    store.close()
    code = (
        "import os, sys; from pathlib import Path; from datetime import datetime, UTC\n"
        "from interviewkit.storage.file import restore as restoring\n"
        "real, at = restoring.put_aside, sys.argv[3]\n"
        "def aside(*args):\n"
        "    if at == 'before': os.kill(os.getpid(), 9)\n"
        "    real(*args); os.kill(os.getpid(), 9)\n"
        "restoring.put_aside = aside\n"
        "restoring.restore(Path(sys.argv[1]), Path(sys.argv[2]), datetime.now(UTC))\n"
    )
    for at in ("before", "after"):
        ran = subprocess.run(
            [sys.executable, "-c", code, str(store.path), str(backup), at], check=False
        )
        assert ran.returncode in (-9, 9)  # the second is Windows's
        assert names(store.path) == ["Bo Lindqvist", "Ada Okafor"]
