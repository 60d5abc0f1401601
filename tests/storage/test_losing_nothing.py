"""A note that was said to be saved is there, whatever happens to the program next."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from interviewkit.storage.store import Store
from support import ROOT, begin

WRITING = str(ROOT / "tests" / "storage" / "writing.py")
COMMAND = [sys.executable, WRITING]


def integrity(path: Path) -> str:
    connection = sqlite3.connect(path)
    found = str(connection.execute("PRAGMA integrity_check").fetchone()[0])
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()
    return found


def kill_after(notes: int, path: Path, interview_id: str) -> list[int]:
    """Run a writing program, kill it once it has said so many; gives the numbers it said."""
    program = subprocess.Popen(
        [*COMMAND, str(path), interview_id], stdout=subprocess.PIPE, text=True
    )
    assert program.stdout
    said = [program.stdout.readline() for _ in range(notes)]
    program.kill()  # nothing of the program runs any more, not even its exits
    rest, _ = program.communicate()
    assert program.returncode == (-9 if os.name == "posix" else 1)
    # The last line may have been cut off by the kill.
    whole = "".join(said) + rest[: rest.rfind("\n") + 1]
    return [int(line) for line in whole.split()]


def survive(kills: int, store: Store) -> None:
    interview = begin(store)
    for kill in range(kills):
        said = kill_after(1 + kill % 7, store.path, interview.id)
        notes = store.notebook(interview.id).answer(interview.page).notes
        found = [int(note.text.split()[0]) for note in notes]
        assert found == list(range(len(found)))  # whole, in order, none twice
        assert said[-1] < len(found) <= said[-1] + 2  # at most one was saved and not yet said
        assert integrity(store.path) == "ok"
        assert store._reads.interview(interview.id).page == interview.page


def test_killing_the_program_loses_no_note_it_said_was_saved(store: Store) -> None:
    survive(10, store)


@pytest.mark.soak
def test_killing_the_program_a_thousand_times_loses_no_note_it_said_was_saved(
    store: Store,
) -> None:
    survive(1_000, store)


@pytest.mark.posix("a limit on a program's files")
def test_a_full_disk_is_told_and_what_was_saved_is_kept_and_writing_goes_on(store: Store) -> None:
    interview = begin(store)
    room = store.path.with_name("records.db-wal").stat().st_size + 100_000
    store.close()
    ran = subprocess.run(
        [*COMMAND, str(store.path), interview.id, str(room)],
        capture_output=True,
        text=True,
        check=True,
    )
    said = [int(line) for line in ran.stdout.split()]
    assert said
    assert ran.stderr.startswith("The disk ")
    assert "What was saved before is safe." in ran.stderr
    with Store(store.path) as again:
        texts = [note.text for note in again.notebook(interview.id).answer(interview.page).notes]
    assert [text.split()[0] for text in texts] == [*map(str, said), "after"]
    assert integrity(store.path) == "ok"
