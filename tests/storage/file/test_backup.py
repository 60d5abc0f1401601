"""Copies of the records: whole, private, one a day, and never at the cost of an earlier one."""

import os
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from interviewkit.errors import StorageError
from interviewkit.storage.file.backup import (
    Backup,
    back_up,
    backups_of,
    folder_of,
    make_daily_backup,
    write_copy,
)
from interviewkit.storage.file.connection import connect
from interviewkit.storage.store import Store
from support import START, HeldClock, begin, complete, has_mode

# Windows takes no quotes.
COPY = 'a folder\'s "copy" ü.db' if os.name == "posix" else "a folder's copy ü.db"
WRITING = Path(__file__).parents[1] / "writing.py"


def copy_of(store: Store, target: Path) -> None:
    connection = connect(store.path)
    try:
        write_copy(connection, store.path, target)
    finally:
        connection.close()


def test_a_copy_is_one_private_file_with_everything_in_it(store: Store, tmp_path: Path) -> None:
    interview = complete(store, {"unspoken-need": 4})
    target = tmp_path / COPY
    before = os.umask(0)
    try:
        copy_of(store, target)
    finally:
        os.umask(before)
    assert has_mode(target, 0o600)
    with Store(target) as copy:
        assert copy._reads.interview(interview.id) == interview
        assert copy._reads.answers(interview.id) == store._reads.answers(interview.id)
        assert copy._reads.history(interview.id) == store._reads.history(interview.id)


def test_a_copy_holds_nothing_that_was_deleted(store: Store, tmp_path: Path) -> None:
    notebook = store.notebook(begin(store).id)
    notebook.keep_draft("Somebody Discarded")
    notebook.keep_draft("")
    copy_of(store, tmp_path / "copy.db")
    assert b"Somebody Discarded" in store.path.read_bytes() + log(store)
    assert b"Somebody Discarded" not in (tmp_path / "copy.db").read_bytes()


def log(store: Store) -> bytes:
    return store.path.with_name(f"{store.path.name}-wal").read_bytes()


def test_copies_are_whole_while_another_program_writes(store: Store, tmp_path: Path) -> None:
    interview = begin(store)
    program = subprocess.Popen(
        [sys.executable, str(WRITING), str(store.path), interview.id],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert program.stdout
    try:
        for number in range(5):
            said = int(program.stdout.readline())
            copy_of(store, tmp_path / f"{number}.db")
            with Store(tmp_path / f"{number}.db") as copy:
                notes = copy.notebook(interview.id).answer(interview.page).notes
            assert len(notes) > said
            assert [int(note.text.split()[0]) for note in notes] == list(range(len(notes)))
        assert program.poll() is None
    finally:
        program.kill()
        program.communicate()


def test_a_copy_replaces_an_earlier_one_and_never_the_records(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    copy_of(store, target)
    interview = begin(store)
    copy_of(store, target)
    with Store(target) as copy:
        assert copy._reads.interview(interview.id).page
    for place, words in (
        (store.path, "holds the records themselves"),
        (tmp_path / "home", "is a folder"),
        (tmp_path / "none" / "copy.db", "could not be written: No such file"),
    ):
        with pytest.raises(StorageError, match=words) as refused:
            copy_of(store, place)
        assert refused.value.hint


@pytest.mark.posix("links that any user may make")
def test_a_link_to_the_records_is_the_records(store: Store, tmp_path: Path) -> None:
    (tmp_path / "link.db").symlink_to(store.path)
    with pytest.raises(StorageError, match="holds the records themselves"):
        copy_of(store, tmp_path / "link.db")


def test_a_damaged_file_never_takes_a_good_copys_place(store: Store, tmp_path: Path) -> None:
    complete(store, {"unspoken-need": 4})
    target = tmp_path / "copy.db"
    copy_of(store, target)
    good = target.read_bytes()
    store.close()
    content = bytearray(store.path.read_bytes())
    for page in range(4, len(content) // 4096):
        content[page * 4096 : page * 4096 + 64] = b"\xee" * 64
    store.path.write_bytes(content)
    with pytest.raises(StorageError, match="is damaged"):
        copy_of(store, target)
    assert target.read_bytes() == good
    assert sorted(path.name for path in tmp_path.glob(".interviewkit-*")) == []


class TestDaily:
    def test_one_a_day_of_records_that_hold_something(self, store: Store, clock: HeldClock) -> None:
        assert make_daily_backup(store.path, None, clock.now(), 7) is None
        begin(store)
        made = make_daily_backup(store.path, None, clock.now(), 7)
        assert made == folder_of(store.path) / "records.db.20260302T090000Z.daily"
        assert backups_of(store.path) == [Backup(made, "daily", START)]
        assert has_mode(made, 0o600)
        assert has_mode(made.parent, 0o700)
        clock.pass_(3600)
        assert make_daily_backup(store.path, None, clock.now(), 7) is None
        assert len(backups_of(store.path)) == 1

    def test_the_last_ones_stay_and_none_is_made_when_none_is_wanted(
        self, store: Store, clock: HeldClock
    ) -> None:
        begin(store)
        assert make_daily_backup(store.path, None, clock.now(), 0) is None
        for _ in range(6):
            make_daily_backup(store.path, None, clock.now(), 3)
            clock.pass_(86_400)
        days = [backup.made_at.day for backup in backups_of(store.path)]
        assert days == [7, 6, 5]

    def test_a_clock_set_back_takes_away_no_new_copy(self, store: Store, clock: HeldClock) -> None:
        begin(store)
        for _ in range(3):
            make_daily_backup(store.path, None, clock.now(), 3)
            clock.pass_(86_400)
        made = make_daily_backup(store.path, None, START - timedelta(days=400), 3)
        assert made is not None
        assert made.exists()

    def test_other_files_in_the_folder_are_none_of_ours(
        self, store: Store, clock: HeldClock
    ) -> None:
        folder_of(store.path).mkdir()
        for name in ("other.db.20260302T090000Z.daily", "records.db.daily", "notes.txt"):
            (folder_of(store.path) / name).write_text("mine")
        begin(store)
        assert make_daily_backup(store.path, None, clock.now(), 1)
        assert len(backups_of(store.path)) == 1
        assert len(list(folder_of(store.path).iterdir())) == 4

    def test_it_can_be_made_in_another_thread(self, store: Store, clock: HeldClock) -> None:
        begin(store)
        made: list[Path | None] = []
        thread = threading.Thread(
            target=lambda: made.append(make_daily_backup(store.path, None, clock.now(), 7))
        )
        thread.start()
        thread.join()
        assert made[0]
        begin(store, candidate="Bo Lindqvist")  # and writing goes on

    def test_a_folder_in_the_way_is_told_and_nothing_is_lost(
        self, store: Store, clock: HeldClock
    ) -> None:
        begin(store)
        folder_of(store.path).write_text("in the way")
        with pytest.raises(StorageError, match="could not be written"):
            make_daily_backup(store.path, None, clock.now(), 7)

    def test_half_written_copies_of_yesterday_are_swept_away(
        self, store: Store, clock: HeldClock
    ) -> None:
        old, new = (store.path.with_name(f".interviewkit-{name}") for name in ("old", "new"))
        for path in (old, new):
            path.write_text("half a copy")
        os.utime(old, (0, 0))
        begin(store)
        make_daily_backup(store.path, None, clock.now(), 1)
        assert (old.exists(), new.exists()) == (False, True)

    def test_kinds_are_counted_apart(self, store: Store, clock: HeldClock) -> None:
        begin(store)
        connection = connect(store.path)
        back_up(connection, store.path, "before-update-1", clock.now())
        connection.close()
        for _ in range(3):
            clock.pass_(86_400)
            make_daily_backup(store.path, None, clock.now(), 1)
        assert [backup.kind for backup in backups_of(store.path)] == ["daily", "before-update-1"]
