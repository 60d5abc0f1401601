"""Records that may only be read are read; nothing is left behind, and writing says why it fails."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from interviewkit.storage.file.file_format import VERSION
from interviewkit.storage.store import Store
from scenarios import without_privileges
from support import ROOT, complete
from terminal import Terminal

pytestmark = pytest.mark.posix("modes of files that hold users back")

ROLE = "Account executive"


def run(db: Path, *args: str | Path) -> "subprocess.CompletedProcess[str]":
    """The program as somebody whom the modes of files hold back, as root they do not."""
    return subprocess.run(
        [sys.executable, "-m", "interviewkit", "--db", str(db), *map(str, args)],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=without_privileges,
    )


@pytest.fixture(params=["folder", "file"])
def db(request: pytest.FixtureRequest, store: Store, tmp_path: Path) -> Iterator[Path]:
    """Ada's scorecard, found by a search; either the file or its folder may only be read."""
    complete(store, {"unspoken-need": 4}, interviewer="Tom")
    for _ in store.search_index().catch_up():
        pass
    store.close()
    place = tmp_path / "archive"
    place.mkdir(mode=0o700)
    path = Path(shutil.copy(store.path, place))
    if request.param == "folder":
        place.chmod(0o500)
    else:
        path.chmod(0o400)
    yield path
    place.chmod(0o700)


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (("candidate", "list"), "Ada Okafor"),
        (("candidate", "show", "Ada Okafor"), "submitted"),
        (("role", "list"), ROLE),
        (("compare", ROLE), "Ada Okafor"),
        (("compare", ROLE, "--json"), "Ada Okafor"),
        (("search", "said"), "what Ada Okafor said"),
        (("records", "export", "-"), "scorecard"),
        (("data", "purge"), "no retention period is over"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_everything_that_reads_works(db: Path, command: tuple[str, ...], words: str) -> None:
    content = db.read_bytes()
    ran = run(db, *command)
    assert (ran.returncode, words in ran.stdout) == (0, True), ran.stderr
    assert [path.name for path in db.parent.iterdir()] == [db.name]
    assert db.read_bytes() == content


def test_it_is_checked_exported_and_backed_up(db: Path, tmp_path: Path) -> None:
    assert "No fault" in run(db, "data", "check").stderr
    for command in (
        ("compare", ROLE, "--xlsx", tmp_path / "role.xlsx"),
        ("candidate", "export", "Ada Okafor", tmp_path / "pack"),
        ("data", "backup", tmp_path / "copy.db"),
    ):
        ran = run(db, *command)
        assert ran.returncode == 0, ran.stderr
    assert "Ada Okafor" in run(tmp_path / "copy.db", "candidate", "list").stdout


@pytest.mark.parametrize(
    "command",
    [
        ("role", "set", ROLE, "--months", "3"),
        ("data", "retention", "us", "--months", "4"),
        ("candidate", "erase", "Ada Okafor", "--yes"),
    ],
    ids=" ".join,
)
def test_what_writes_says_why_it_cannot(db: Path, command: tuple[str, ...]) -> None:
    content = db.read_bytes()
    ran = run(db, *command)
    assert ran.returncode == 1
    assert ran.stderr.startswith(f"{db} may only be read, not written.\nChoose another place ")
    assert db.read_bytes() == content


def test_what_is_not_read_in_yet_is_said_by_the_search(store: Store, tmp_path: Path) -> None:
    complete(store, {"unspoken-need": 4})
    store.close()
    store.path.chmod(0o400)
    ran = run(store.path, "search", "said")
    assert ran.returncode == 0
    assert "read-only: what is new is not searched." in ran.stderr


def test_a_log_that_cannot_be_read_in_is_told(store: Store, tmp_path: Path) -> None:
    place = tmp_path / "archive"
    place.mkdir()
    complete(store, {"unspoken-need": 4})
    for end in ("", "-wal"):  # as a copy made while the application ran
        shutil.copy(f"{store.path}{end}", place)
    place.chmod(0o500)
    path = place / store.path.name
    try:
        ran = run(path, "candidate", "list")
    finally:
        place.chmod(0o700)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.splitlines() == [
        f"{path} may only be read, and what was written last is still in {path}-wal.",
        "Copy both into a folder that you may write to, and name the copy with --db PATH.",
    ]
    assert "Ada Okafor" in run(path, "candidate", "list").stdout


def test_tables_that_would_have_to_be_brought_up_to_date_are_told(
    store: Store, tmp_path: Path
) -> None:
    store._connection.execute(f"PRAGMA user_version = {VERSION - 1}")
    store.close()
    store.path.chmod(0o400)
    ran = run(store.path, "candidate", "list")
    assert ran.returncode == 1
    assert ran.stderr.splitlines() == [
        f"{store.path} is older than this interviewkit (tables {VERSION - 1}, here {VERSION}), and "
        "may only be read.",
        "Copy it into a folder that you may write to, and name the copy with --db PATH.",
    ]


def test_the_screens_show_them_and_say_that_nothing_is_kept(store: Store) -> None:
    complete(store, {"unspoken-need": 4}, interviewer="Tom")
    store.close()
    store.path.chmod(0o400)
    code = (
        "import os, sys; from scenarios import without_privileges; without_privileges()\n"
        "os.execv(sys.executable, [sys.executable, '-m', 'interviewkit', *sys.argv[1:]])"
    )
    env = {"PYTHONPATH": f"{ROOT / 'tests'}{os.pathsep}{ROOT / 'tests' / 'faults'}"}
    program = (sys.executable, "-c", code)
    with Terminal(["--db", str(store.path)], env, program=program) as terminal:
        terminal.until("Ada Okafor", "nothing", "saved.")
        terminal.send("/")
        terminal.until("read-only: what is new is not searched")
        terminal.send("\x1b")
        terminal.until("1 scorecard", "n New")
        terminal.send("q")
        assert terminal.ended() == 0
