"""Locks that windows hold on a name. The tests of drafts kill one that holds a lock."""

from pathlib import Path

import pytest

from interviewkit.file_lock import FileLock


def test_only_one_holds_it(tmp_path: Path) -> None:
    path = tmp_path / "draft.lock"
    ours, theirs = FileLock(path), FileLock(path)
    ours.acquire()
    ours.acquire()
    with pytest.raises(BlockingIOError):
        theirs.acquire()
    theirs.release()
    assert path.exists()
    ours.release()
    assert not path.exists()
    theirs.acquire()
    with pytest.raises(BlockingIOError):
        ours.acquire()
    theirs.release()


def test_a_file_left_by_a_kill_is_free(tmp_path: Path) -> None:
    path = tmp_path / "draft.lock"
    path.touch()
    lock = FileLock(path)
    lock.acquire()
    with pytest.raises(BlockingIOError):
        FileLock(path).acquire()
    lock.release()
    assert not path.exists()


def test_where_no_file_can_be_made_nothing_is_held(tmp_path: Path) -> None:
    lock = FileLock(tmp_path / "missing" / "draft.lock")
    lock.acquire()
    lock.release()
