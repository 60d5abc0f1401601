"""A program of its own that is killed at chosen moments of one job, and looks at what is left.

Run with a job, an empty folder and how many kills. Each kill is a process of its own on fresh
files that ends itself with SIGKILL just before one of its calls to SQLite or the file system, or
is ended from outside while such a call runs. Prints what was found, as JSON.
"""

import json
import os
import random
import shutil
import signal
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

from interviewkit.banks.document import Draft
from interviewkit.errors import StorageError
from interviewkit.interview.erasure import Why
from interviewkit.interview.people import Person
from interviewkit.scratch_files import leftovers
from interviewkit.storage.file import backup, restore
from interviewkit.storage.file.connection import connect, forget_file
from interviewkit.storage.file.encryption import new_key
from interviewkit.storage.file.file_format import Unlock
from interviewkit.storage.file.reencrypt import reencrypt
from interviewkit.storage.integrity.check import check_records
from interviewkit.storage.store import Store
from support import ROOT, START, begin, complete

NAME = "Zebulon Quistgaard"  # stands nowhere else, so that a readable copy is seen by its bytes
OLD = ROOT / "tests" / "storage" / "old" / "records-1.db"
SMALL = ROOT / "tests" / "banks" / "small.yaml"
CALLS = {"execute", "executemany", "commit", "open", "close", "write", "fsync"}
CALLS |= {"replace", "rename", "link", "unlink", "mkdir"}
KEY, OTHER_KEY = new_key("correct horse battery"), new_key("another horse battery")
NOW = datetime(2026, 3, 3, 9, tzinfo=UTC)


def giving(key: str) -> Unlock:
    return lambda _: key


class Job:
    """What is done to ``folder``, which ``make`` has filled; ``key`` opens it before or after."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / "records.db"
        self.elsewhere = folder / "elsewhere"

    def make(self) -> None:
        self.elsewhere.mkdir()
        with Store(self.path) as store:
            complete(store, {"unspoken-need": 4}, NAME)
            begin(store, "Bo Lindqvist")
            backup.back_up(store._connection, self.path, backup.DAILY, START)
            backup.write_copy(store._connection, self.path, self.elsewhere / "copy.db")

    def do(self) -> None:
        raise NotImplementedError

    def names(self) -> set[str]:
        """Who is in the records; opening them brings them up to date."""
        for key in (KEY, OTHER_KEY):
            forget_file(self.path)
            with suppress(StorageError), Store(self.path, unlock=giving(key)) as store:
                return {standing.interview.candidate.name for standing in store._reads.standings()}
        raise AssertionError("the records open with neither key")

    def named(self) -> set[str]:
        """Where ``data check`` says that something was cut off; everything else is whole."""
        for key in (KEY, OTHER_KEY):
            forget_file(self.path)
            with suppress(StorageError):
                faults = check_records(self.path, giving(key)).faults
                assert {one.code for one in faults} <= {"leftover", "clear"}, faults
                return {one.where for one in faults if one.code == "leftover"}
        raise AssertionError("the records can be checked with neither key")


class Backup(Job):
    def do(self) -> None:
        connection = connect(self.path)
        backup.write_copy(connection, self.path, self.elsewhere / "new.db")
        connection.close()


class Daily(Job):
    def do(self) -> None:
        backup.make_daily_backup(self.path, None, NOW, 7)


class Restore(Job):
    def do(self) -> None:
        restore.restore(self.path, self.elsewhere / "copy.db", datetime.now(UTC))


class Encrypt(Job):
    def do(self) -> None:
        reencrypt(self.path, giving(KEY), KEY)


class Decrypt(Encrypt):
    def make(self) -> None:
        super().make()
        reencrypt(self.path, None, KEY)
        shutil.rmtree(self.elsewhere)
        self.elsewhere.mkdir()

    def do(self) -> None:
        reencrypt(self.path, giving(KEY), None)


class Rekey(Decrypt):
    def do(self) -> None:
        reencrypt(self.path, giving(KEY), OTHER_KEY)


class Erase(Job):
    def do(self) -> None:
        with Store(self.path) as store:
            if NAME in {candidate.name for candidate in store.candidates()}:
                store.erasing().erase([store.candidate(NAME)], Why.REQUEST)
            elif store.erasing().is_unfinished():
                store.erasing().clean()


class Amend(Job):
    def do(self) -> None:
        with Store(self.path) as store:
            (card,) = [
                one.interview for one in store._reads.standings() if one.interview.submitted_at
            ]
            store.notebook(card.id).amend(
                "rating", "unspoken-need", "5", "a reason", Person("", "Priya Raman")
            )


class Migrate(Job):
    def make(self) -> None:
        shutil.copy(OLD, self.path)
        self.path.chmod(0o600)

    def do(self) -> None:
        Store(self.path).close()


class Workshop(Job):
    """The bank in the workshop is saved; it is the old one or the new one, whole."""

    def make(self) -> None:
        super().make()
        shutil.copy(SMALL, self.folder / "small.yaml")

    def do(self) -> None:
        draft = Draft.open(self.folder / "small.yaml")
        draft.set(("title",), "A new title")
        draft.save()

    def names(self) -> set[str]:
        title = Draft.open(self.folder / "small.yaml").text.split("title: ")[1].splitlines()[0]
        assert title in ("A small bank", "A new title")
        return super().names()


JOBS = {
    job.__name__.lower(): job
    for job in (Backup, Daily, Restore, Encrypt, Decrypt, Rekey, Erase, Amend, Migrate, Workshop)
}


class Killer:
    """A profile that ends this process before its call number ``at`` to SQLite or the files."""

    def __init__(self, at: int) -> None:
        self.at = at
        self.calls = 0

    def __call__(self, frame: FrameType, event: str, function: object) -> None:
        if event == "c_call" and getattr(function, "__name__", "") in CALLS:
            self.calls += 1
            if self.calls == self.at:
                os.kill(os.getpid(), signal.SIGKILL)


def forked(job: Job, at: int, seconds: float | None) -> tuple[int, int, float]:
    """Do the job in a process of its own: (how it ended, how many calls, how long)."""
    reader, writer = os.pipe()
    begun = time.monotonic()
    child = os.fork()
    if not child:
        killer = Killer(at)
        if seconds is None:
            sys.setprofile(killer)
        try:
            job.do()
        finally:
            sys.setprofile(None)
            os.write(writer, str(killer.calls).encode())
            os._exit(0)
    os.close(writer)
    if seconds is not None:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    calls = int(os.read(reader, 20) or b"0")
    os.close(reader)
    return os.waitstatus_to_exitcode(status), calls, time.monotonic() - begun


def readable(folder: Path) -> set[Path]:
    """Every file in which the name can be read, but the records and whole copies of them."""
    return {
        path
        for path in folder.rglob(".interviewkit-*")
        if path.suffix != ".elsewhere" and NAME.encode() in path.read_bytes()
    }


def main() -> None:
    name, folder, kills = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    template = JOBS[name](folder / "template")
    template.folder.mkdir()
    template.make()
    template.named()  # imports what each kill would else import, and count, for itself
    before = template.names()
    dry = JOBS[name](folder / "dry")
    shutil.copytree(template.folder, dry.folder)
    ended, calls, seconds = forked(dry, 0, None)
    assert ended == 0
    after = dry.names()
    chance = random.Random(name)
    killed = cut_off = 0
    for number in range(kills):
        job = JOBS[name](folder / str(number))
        shutil.copytree(template.folder, job.folder)
        is_timed = number % 3 == 2
        at = 1 + number * calls // kills
        ended, _, _ = forked(job, at, chance.random() * seconds / 2 if is_timed else None)
        killed += ended == -signal.SIGKILL
        left = readable(job.folder)
        cut_off += len(left)
        named = job.named()
        unnamed = {str(path) for path in left} - named
        assert not unnamed, (at, unnamed)
        assert job.names() in (before, after), at
        job = JOBS[name](job.folder)
        forked_again(job)
        assert not leftovers(job.folder, job.folder / "backups", job.elsewhere), at
        shutil.rmtree(job.folder)
    print(json.dumps({"job": name, "calls": calls, "killed": killed, "cut_off": cut_off}))


def forked_again(job: Job) -> None:
    """The next run of the same job: it is done, or says that there is nothing to be done."""
    child = os.fork()
    if not child:
        with suppress(StorageError):
            forget_file(job.path)
            job.do()
        os._exit(0)
    os.waitpid(child, 0)


if __name__ == "__main__":
    main()
