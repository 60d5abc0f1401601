"""Real faults, each tried some times on real files: what was lost, and what the user saw.

A scenario gives a Row. The rows make the table in docs/reliability.md (see table.py), and the
tests hold the page against what the scenarios give.
"""

import ctypes
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import two_programs
from interviewkit.errors import StorageError
from interviewkit.storage.file.backup import backups_of, make_daily_backup
from interviewkit.storage.file.restore import restore
from interviewkit.storage.integrity.check import check_records
from interviewkit.storage.store import Store
from other_program import holding
from support import ROOT, START, HeldClock, begin, complete

if sys.platform != "win32":  # its tests bear the marker posix
    import resource

WRITING = ROOT / "tests" / "storage" / "writing.py"
OLD = ROOT / "tests" / "storage" / "old"
NOTHING = "nothing: the interview resumes where it was"
WHOLE = "nothing: records and backups are whole, each as it was before or after"


class Impossible(Exception):  # noqa: N818 - says that this machine cannot make the fault
    """The fault cannot be made here, and why."""


@dataclass(frozen=True)
class Row:
    """One fault: how often it was made, what was lost, and what the user saw."""

    fault: str
    tried: int
    lost: int
    saw: str


def shown(error: StorageError, path: Path) -> str:
    """The sentence as the table has it, with the file's name alone."""
    return error.message.replace(str(path.parent) + os.sep, "")


def refused(path: Path) -> str:
    """What opening the records says; an error if it says nothing."""
    try:
        Store(path).close()
    except StorageError as error:
        assert error.hint
        return shown(error, path)
    raise AssertionError(f"{path} was opened as if nothing were wrong")


def write(
    path: Path, interview: str, *more: str, before: Callable[[], None] | None = None
) -> "subprocess.Popen[str]":
    """The program that writes notes and says each one's number once it is saved."""
    return subprocess.Popen(
        [sys.executable, str(WRITING), str(path), interview, *more],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=before,
    )


def notes(path: Path, interview: str) -> list[str]:
    """The notes of the page an interview stands at, each by its first word."""
    with Store(path) as store:
        found = store.notebook(interview).answer(store._reads.interview(interview).page).notes
    return [note.text.split()[0] for note in found]


def missing(path: Path, interview: str, said: list[str]) -> int:
    there = notes(path, interview)
    left = [note for note in there if note in set(said)]
    assert left == [note for note in said if note in set(left)], "in another order"
    return len(said) - len(left)


def begun(path: Path) -> str:
    with Store(path, HeldClock()) as store:
        return begin(store).id


# Programs that end, machines that stop


def killed_while_writing(folder: Path, times: int) -> Row:
    path, chance, lost = folder / "records.db", random.Random(1), 0
    interview = begun(path)
    for _ in range(times):
        program = write(path, interview)
        assert program.stdout
        said = [program.stdout.readline().strip() for _ in range(chance.randrange(1, 8))]
        program.kill()
        program.communicate()
        lost += missing(path, interview, said)
        with Store(path) as store:
            assert store._reads.interview(interview).page == "@opening"
    assert check_records(path).faults == ()
    return Row("the program is killed (SIGKILL) while it writes", times, lost, NOTHING)


def torn_log(folder: Path, times: int) -> Row:
    """What a power cut leaves: the log up to the last flush, and any part of what came after."""
    path, chance, lost = folder / "records.db", random.Random(2), 0
    torn = folder / "torn" / "records.db"
    interview = begun(path)
    with Store(path) as store:
        notebook = store.notebook(interview)
        log = path.with_name("records.db-wal")
        for number in range(times):
            notebook.add_note("@opening", f"{number} saved")
            saved = log.stat().st_size
            shutil.rmtree(torn.parent, ignore_errors=True)
            torn.parent.mkdir()
            shutil.copy(path, torn)
            notebook.keep_draft(f"{number} under way " + "x" * chance.randrange(5000))
            content = bytearray(log.read_bytes())
            end = chance.randrange(saved, len(content) + 1)
            for _ in range(chance.randrange(3)):  # sectors reach the disk in any order
                if end > saved:
                    content[chance.randrange(saved, end)] ^= 0xFF
            torn.with_name("records.db-wal").write_bytes(content[:end])
            lost += missing(torn, interview, [str(n) for n in range(number + 1)])
            assert check_records(torn).faults == ()
    return Row("the power goes: the log ends in the middle of an entry", times, lost, NOTHING)


def two_programs_killed(folder: Path, times: int) -> Row:
    path = folder / "records.db"
    said = two_programs.run(path, times, seed=5)
    assert [one.failures for one in said] == [[], []], said
    done = sum(len(one.done) for one in said)
    assert done >= times
    assert check_records(path).faults == ()
    lost = len(two_programs.lost(path, said))
    return Row("two windows, random entries, random SIGKILLs", times, lost, NOTHING)


# Disks that are full, folders that refuse


def full_by_limit(folder: Path, times: int) -> Row:
    path, lost, saw = folder / "records.db", 0, set()
    interview = begun(path)
    for number in range(times):
        room = 60_000 + 7_000 * number
        program = write(path, interview, str(path.stat().st_size + room))
        out, errors = program.communicate()
        assert program.returncode == 0, errors
        said = out.split()
        lost += missing(path, interview, said)
        assert notes(path, interview)[-1] == "after"  # room was made, and the same line went in
        saw.add(errors.splitlines()[0].replace(f"{folder}{os.sep}", ""))
        with Store(path) as store:
            for note in store.notebook(interview).answer("@opening").notes:
                store.notebook(interview).edit_note("@opening", note.id, None)
    assert check_records(path).faults == ()
    return Row("a file may not grow any more (RLIMIT_FSIZE)", times, lost, _one(saw))


def full_disk(folder: Path, times: int) -> Row:
    lost, saw = 0, set()
    for _ in range(times):
        with small_disk(folder / "disk", "2m") as disk:
            path = disk / "records.db"
            interview = begun(path)
            filler = disk / "filler"
            filler.write_bytes(bytes(900_000))
            program = write(path, interview)
            out, errors = program.communicate()
            assert program.returncode == 0, errors
            saw.add(errors.splitlines()[0].replace(f"{disk}{os.sep}", ""))
            filler.unlink()
            lost += missing(path, interview, out.split())
            assert check_records(path).faults == ()
            with Store(path) as store:
                store.notebook(interview).add_note("@opening", "after")
    return Row("the disk is full in mid-interview (a small tmpfs)", times, lost, _one(saw))


def full_disk_at_backup(folder: Path, times: int) -> Row:
    lost, saw = 0, set()
    for _ in range(times):
        with small_disk(folder / "disk", "2m") as disk:
            path = disk / "records.db"
            interview = begun(path)
            with Store(path):  # as while the application runs
                with suppress(OSError):
                    (disk / "filler").write_bytes(bytes(2_000_000))
                try:
                    make_daily_backup(path, None, START, 7)
                except StorageError as error:
                    saw.add(error.message.split(":")[-1].strip(" ."))
                (disk / "filler").unlink()
            assert backups_of(path) == []
            lost += notes(path, interview) != []
            assert check_records(path).faults == ()
    assert saw == {"the disk is full"}, saw
    saying = "The copy … could not be written: the disk is full."
    return Row("the disk is full while a backup is made", times, lost, saying)


def folder_read_only(folder: Path, times: int) -> Row:
    """The folder refuses new files in mid-interview; the next opening is what notices."""
    place = folder / "place"
    place.mkdir()
    path, lost, saw = place / "records.db", 0, set()
    interview = begun(path)
    for _ in range(times):
        program = write(path, interview, before=without_privileges)
        assert program.stdout
        said = [program.stdout.readline().strip() for _ in range(3)]
        place.chmod(0o500)
        try:
            said += [program.stdout.readline().strip() for _ in range(3)]
            program.kill()
            program.communicate()
            assert opened_without_privileges(path) == ""  # its log is there, so it still opens
            place.chmod(0o700)
            lost += missing(path, interview, said)  # and closes, which takes the log away
            place.chmod(0o500)
            assert opened_without_privileges(path) == ""  # and so it does without one
            saw.add(written_without_privileges(path).replace(f"{place}{os.sep}", ""))
        finally:
            place.chmod(0o700)
    assert check_records(path).faults == ()
    return Row("the folder turns read-only in mid-interview", times, lost, _one(saw))


def file_read_only(folder: Path, times: int) -> Row:
    path, lost, saw = folder / "records.db", 0, set()
    interview = begun(path)
    for number in range(times):
        with Store(path) as store:
            store.notebook(interview).add_note("@opening", f"{number} before")
        path.chmod(0o400)
        assert opened_without_privileges(path) == ""
        saw.add(written_without_privileges(path).replace(f"{folder}{os.sep}", ""))
        path.chmod(0o600)
        lost += missing(path, interview, [str(n) for n in range(number + 1)])
    return Row("the file turns read-only", times, lost, _one(saw))


# Others at the same file


def locked(folder: Path, times: int) -> Row:
    path, lost, saw = folder / "records.db", 0, set()
    interview = begun(path)
    with Store(path) as store:
        notebook = store.notebook(interview)
        for number in range(times):
            with holding(path, "BEGIN EXCLUSIVE"):
                try:
                    notebook.add_note("@opening", f"{number} too soon")
                except StorageError as error:
                    saw.add(shown(error, path))
            notebook.add_note("@opening", f"{number} once more")
    lost += missing(path, interview, [str(number) for number in range(times)])
    assert len(notes(path, interview)) == times
    return Row("another program locks the database", times, lost, _one(saw))


def two_windows(folder: Path, times: int) -> Row:
    """Two windows write at once, and each opens the file twice, as when it writes a workbook."""
    path, lost = folder / "records.db", 0
    code = "import sys; from pathlib import Path; from interviewkit.storage.store import Store\n"
    opened = f"{code}Store(Path(sys.argv[1])).close()"
    interview = begun(path)
    with Store(path) as store:
        notebook = store.notebook(interview)
        for number in range(times):
            store.another().close()
            subprocess.run([sys.executable, "-c", opened, str(path)], check=True)
            notebook.add_note("@opening", f"{number} said")
            with Store(path) as other:
                there = other.notebook(interview).answer("@opening").notes
            lost += len(there) != number + 1
    lost += missing(path, interview, [str(number) for number in range(times)])
    return Row("a second window opens and closes while the first one writes", times, lost, NOTHING)


def clock_back(folder: Path, times: int) -> Row:
    path, lost, clock = folder / "records.db", 0, HeldClock()
    interview = begun(path)
    for number in range(times):
        with Store(path, clock) as store:
            notebook = store.notebook(interview)
            notebook.add_note("@opening", f"{2 * number} before")
            clock.moment -= timedelta(days=400 * (number % 2) + 1, seconds=number)
            notebook.add_note("@opening", f"{2 * number + 1} after")
    said = [str(number) for number in range(2 * times)]
    lost += missing(path, interview, said)
    assert notes(path, interview) == said
    assert check_records(path).faults == ()
    return Row("the clock is set back, between entries and between runs", times, lost, NOTHING)


# Files that are no longer whole


def sealed_and_backed_up(folder: Path) -> tuple[Path, Path, bytes]:
    """Records with scorecards, the backup of today, and what an export of them says."""
    path = folder / "records.db"
    with Store(path, HeldClock()) as store:
        for name in ("Ada Okafor", "Bo Lindqvist"):
            complete(store, {"unspoken-need": 4, "broken-promise": 2}, candidate=name)
    made = make_daily_backup(path, None, START, 7)
    assert made
    return path, made, exported(path)


def exported(path: Path) -> bytes:
    from interviewkit.exchange.jsonl import export_lines

    with Store(path) as store:
        door = store._exchange()
        lines = list(
            export_lines(
                store.banks_used(), door.sealed_scorecards(), door.document, door.amendments()
            )
        )
    return b"".join(line for line in lines if b'"type":"scorecard"' in line.replace(b" ", b""))


def flipped_bytes(folder: Path, times: int) -> Row:
    """Bytes of the file change on the disk. Lost is a scorecard that changed and nobody said so."""
    path, backup, before = sealed_and_backed_up(folder)
    whole, chance, lost = path.read_bytes(), random.Random(3), 0
    for number in range(times):
        content = bytearray(whole)
        for _ in range(1 + number % 3):
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        path.write_bytes(content)
        if not found(path) and exported(path) != before:
            lost += 1
        restored(path, backup, START + timedelta(minutes=number))
        lost += exported(path) != before
    saying = "`data check` names the page or the scorecard; `data restore` brings all back"
    return Row("bytes of the file change on the disk", times, lost, saying)


def cut_off(folder: Path, times: int) -> Row:
    path, backup, before = sealed_and_backed_up(folder)
    whole, chance, lost = path.read_bytes(), random.Random(4), 0
    # SQLite takes one byte for none, and a last page that lacks nothing but zeros for whole.
    lengths = [0, 1, len(whole) - 1]
    lengths += [chance.randrange(len(whole)) for _ in range(times - len(lengths))]
    for number, length in enumerate(lengths):
        path.write_bytes(whole[:length])
        assert found(path), "a file cut off was taken for whole"
        restored(path, backup, START + timedelta(minutes=number))
        lost += exported(path) != before
    saying = "a sentence that the file is damaged, empty or no database; `data restore`"
    return Row("the file is cut off at any length", times, lost, saying)


def found(path: Path) -> bool:
    """Whether opening or checking says that something is wrong."""
    try:
        Store(path).close()
        return bool(check_records(path).faults)
    except StorageError as error:
        assert error.hint
        return True


def restored(path: Path, backup: Path, now: object) -> None:
    aside = restore(path, backup, now)  # type: ignore[arg-type]
    assert aside
    for left in aside.parent.glob("*.replaced*"):
        left.unlink()


def log_alone(folder: Path, times: int) -> Row:
    path, lost, saw = folder / "records.db", 0, set()
    kept = folder / "kept"
    interview = begun(path)
    for number in range(times):
        with Store(path) as store:
            store.notebook(interview).add_note("@opening", f"{number} said")
            shutil.rmtree(kept, ignore_errors=True)
            shutil.copytree(folder, kept, ignore=shutil.ignore_patterns("kept"))
        apart = (kept / "records.db").read_bytes()
        if number % 2:
            (kept / "records.db").unlink()
        else:
            (kept / "records.db").write_bytes(b"")
        saw.add(refused(kept / "records.db").split(",")[0].replace("empty", "missing"))
        (kept / "records.db").write_bytes(apart)
        lost += missing(kept / "records.db", interview, [str(n) for n in range(number + 1)])
    saying = f"{_one(saw)}, but the log of what was written to it last is there."
    return Row("the log stands without its file", times, lost, saying)


def killed_while_updating(folder: Path, times: int) -> Row:
    """An older database is being brought up to date when the program is killed."""
    chance, lost, code = random.Random(6), 0, "import sys; sys.path[:0] = [sys.argv[2]]\n"
    code += (
        "import os, threading, time; from pathlib import Path\n"
        "from interviewkit.storage.schema import migrations\n"
        "from interviewkit.storage.store import Store\n"
        "def later():\n    time.sleep(float(sys.argv[3])); os.kill(os.getpid(), 9)\n"
        "threading.Thread(target=later, daemon=True).start()\n"
        "Store(Path(sys.argv[1])).close(); time.sleep(60)\n"
    )
    for number in range(times):
        path = folder / str(number) / "records.db"
        path.parent.mkdir()
        shutil.copy(OLD / "records-1.db", path)
        wait = str(chance.random() * 0.04)
        ran = subprocess.run(
            [sys.executable, "-c", code, str(path), str(ROOT / "tests"), wait], check=False
        )
        assert ran.returncode == -9
        with Store(path) as store:
            lost += 3 - len(store._reads.standings())
            lost += 50 - len(
                [
                    1
                    for s in store._reads.standings()
                    for c in store._reads.history(s.interview.id)
                    if c.what not in ("sealed", "amended")
                ]
            )
        assert {fault.code for fault in check_records(path).faults} <= {"leftover"}
    return Row("the program is killed while it updates an older file", times, lost, NOTHING)


def killed_while_backing_up(folder: Path, times: int) -> Row:
    path, backup, before = sealed_and_backed_up(folder)
    backup.unlink()
    code = (
        "from interviewkit.storage.file.backup import make_daily_backup; from datetime import *\n"
        "day = datetime(2026, 3, 2, tzinfo=UTC); print('ready', flush=True)\n"
        "while True:\n    make_daily_backup(path, None, day, 5); day += timedelta(days=1)\n"
    )
    lost, chance = 0, random.Random(8)
    for _ in range(times):
        _killed(code, path, chance.random() * 0.1)
        for copy in backups_of(path):
            lost += exported(copy.path) != before
            copy.path.unlink()
    lost += exported(path) != before
    assert {fault.code for fault in check_records(path).faults} <= {"leftover"}
    return Row("the program is killed while it makes a backup", times, lost, WHOLE)


def killed_while_restoring(folder: Path, times: int) -> Row:
    path, backup, before = sealed_and_backed_up(folder)
    code = (
        "from interviewkit.storage.file.restore import restore; from datetime import *\n"
        f"backup = Path({str(backup)!r}); day = datetime(2026, 3, 3, tzinfo=UTC)\n"
        "print('ready', flush=True)\n"
        "while True:\n    restore(path, backup, day); day += timedelta(days=1)\n"
    )
    lost, chance = 0, random.Random(9)
    for _ in range(times):
        _killed(code, path, chance.random() * 0.1)
        lost += exported(path) != before
        assert {fault.code for fault in check_records(path).faults} <= {"leftover"}
        for left in [*backup.parent.glob("*.replaced*"), *folder.glob(".interviewkit-*")]:
            left.unlink()
    lost += exported(backup) != before
    return Row("the program is killed while it restores a backup", times, lost, WHOLE)


def _killed(code: str, path: Path, seconds: float) -> None:
    """Run ``code`` with ``path`` and kill it that long after it says that it is ready."""
    head = f"from pathlib import Path\npath = Path({str(path)!r})\n"
    program = subprocess.Popen(
        [sys.executable, "-c", head + code],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert program.stdout
    assert program.stdout.readline() == "ready\n"
    with suppress(subprocess.TimeoutExpired):
        program.wait(seconds)
    program.kill()
    errors = program.communicate()[1]
    assert program.returncode == -9, errors


# How faults are made


@contextmanager
def small_disk(place: Path, size: str) -> Iterator[Path]:
    """A file system of its own; Impossible for anyone who may not mount one."""
    if os.geteuid() != 0:
        raise Impossible("only root mounts a file system")
    place.mkdir(exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)]
    if shutil.which("mount") is None or subprocess.run(mount, check=False).returncode:
        raise Impossible("this system mounts no tmpfs")
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


def without_privileges() -> None:
    """In a child before it starts: root, too, may then do only what the mode of a file says."""
    if os.geteuid() == 0:
        drop, override, read_search = 24, 1, 2  # PR_CAPBSET_DROP, CAP_DAC_OVERRIDE and _READ_SEARCH
        for capability in (override, read_search):
            ctypes.CDLL(None).prctl(drop, capability, 0, 0, 0)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def opened_without_privileges(path: Path) -> str:
    """What the command says when it opens the records as somebody whom modes hold back."""
    return _said_without_privileges(path, "compare", "Account executive")


def written_without_privileges(path: Path) -> str:
    """What a command that writes to them says then."""
    return _said_without_privileges(path, "role", "set", "Account executive", "--months", "3")


def _said_without_privileges(path: Path, *command: str) -> str:
    ran = subprocess.run(
        [sys.executable, "-m", "interviewkit", "--db", str(path), *command],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=without_privileges,
    )
    assert "Traceback" not in ran.stderr
    return ran.stderr.splitlines()[0] if ran.returncode else ""


def _one(saw: set[str]) -> str:
    """The one sentence that was seen each time."""
    (sentence,) = saw
    return sentence


# scenario → how often the table and the soak runs try it, how often every test run does
SCENARIOS: dict[Callable[[Path, int], Row], tuple[int, int]] = {
    killed_while_writing: (200, 4),
    torn_log: (500, 40),
    two_programs_killed: (2_000, 120),
    full_by_limit: (20, 2),
    full_disk: (20, 2),
    full_disk_at_backup: (20, 2),
    folder_read_only: (20, 1),
    file_read_only: (20, 1),
    locked: (20, 1),
    two_windows: (20, 2),
    clock_back: (100, 10),
    flipped_bytes: (1_000, 30),
    cut_off: (300, 20),
    log_alone: (50, 6),
    killed_while_updating: (50, 3),
    killed_while_backing_up: (50, 3),
    killed_while_restoring: (50, 3),
}
