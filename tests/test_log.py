"""The log of ``--verbose``: what the program did, and nothing of what anybody typed."""

import sys
from pathlib import Path

import pytest

from interviewkit.breadcrumbs import state_folder
from interviewkit.log_file import writing_to
from interviewkit.storage.store import Store
from program import MAIN, imported, program
from support import begin, has_mode, shipped
from terminal import Terminal

SECRET = "Zebedee"
INTERVIEW = ["--role", "Seller", "--bank", "customer-focused-sales", "--kit", "first-45"]


def logged() -> str:
    return (state_folder() / "interviewkit.log").read_text(encoding="utf-8")


@pytest.mark.parametrize("place", [0, 1, 2])
def test_it_may_stand_anywhere_and_says_where_the_log_is(place: int) -> None:
    args = ["bank", "list"]
    args.insert(place, "--verbose")
    ran = program(*args)
    assert ran.returncode == 0
    path = state_folder() / "interviewkit.log"
    assert ran.stderr.endswith(f"The log is in {path}.\n")
    assert has_mode(path, 0o600)
    assert "command bank list" in logged()
    assert f"Python {sys.version.split()[0]} on " in logged()


def test_a_path_that_is_called_so_stays_a_path(tmp_path: Path) -> None:
    ran = program("--db", "--verbose", "data", "path")
    assert ran.stdout == "--verbose\n"
    assert not state_folder().exists()


def test_without_it_nothing_is_written_and_logging_is_not_imported() -> None:
    modules = imported(MAIN, "settings", "path")
    assert "interviewkit.breadcrumbs" in modules
    assert not modules & {"logging", "interviewkit.log_file", "traceback"}
    assert not state_folder().exists()


def test_a_folder_that_takes_nothing_is_a_sentence() -> None:
    state_folder().parent.mkdir(parents=True)
    state_folder().write_text("a file where the folder should be")
    ran = program("--verbose", "bank", "list")
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "cannot be written" in ran.stderr
    assert "Run without --verbose" in ran.stderr


def test_records_in_and_out_are_counted_and_errors_are_told_by_their_places(tmp_path: Path) -> None:
    db, file = str(tmp_path / f"{SECRET}.db"), tmp_path / f"{SECRET}.jsonl"
    assert program("demo", "--write", db).returncode == 0
    assert program("--db", db, "records", "export", str(file)).returncode == 0
    other = str(tmp_path / "other.db")
    assert program("--verbose", "--db", other, "records", "import", str(file)).returncode == 0
    assert program("--verbose", "--db", other, "data", "backup", f"{file}.copy").returncode == 0
    assert program("--verbose", "--db", other, "candidate", "show", SECRET).returncode == 1
    assert program("--verbose", "--db", other, "search", SECRET).returncode in {0, 1}
    assert program("--verbose", SECRET).returncode == 2
    text = logged()
    assert "tables brought from 0 to " in text
    assert "candidate=6 " in text
    assert "copy of the records written" in text
    assert "command candidate show" in text
    assert "stopped by" in text
    assert "NotFoundError" in text
    assert "command search" in text
    assert SECRET not in text


@pytest.mark.posix("pseudo-terminals")
def test_an_interview_leaves_its_screens_and_actions_and_no_word(tmp_path: Path) -> None:
    args = ["--verbose", "--db", str(tmp_path / "records.db"), "interview", *INTERVIEW]
    args += ["--candidate", f"{SECRET} Ames", "--interviewer", f"{SECRET} Brook"]
    with Terminal(args, columns=120, rows=36) as terminal:
        terminal.until("Opening")
        terminal.send(f"{SECRET} rang\r")
        terminal.until(f"{SECRET} rang")
        terminal.send("\x1b[6~")
        terminal.until("question 1 of 8")
        terminal.send(f"half a {SECRET}")
        terminal.until(f"half a {SECRET}")
        terminal.send("\x1b[15~")  # whatever F5 does, its name may be kept
        terminal.send("\x11")
        assert terminal.ended() == 0
        terminal.until("The log is in")
    text = logged()
    for wanted in (
        "screens imported",
        "first screen drawn",
        "screen LiveScreen",
        "action LiveScreen.move",
    ):
        assert wanted in text
    assert "InterviewKitApp.quit" in text
    assert SECRET not in text


@pytest.mark.posix("pseudo-terminals")
def test_searching_and_editing_a_bank_leave_no_word(tmp_path: Path) -> None:
    with Store(tmp_path / "records.db") as store:
        begin(store)
    folder = state_folder().parents[1] / "data" / "interviewkit" / "question_banks"
    folder.mkdir(parents=True)
    mine = shipped().text.replace("id: customer-focused-sales", "id: mine", 1)
    (folder / "mine.yaml").write_text(mine, encoding="utf-8")
    args = ["--verbose", "--db", str(tmp_path / "records.db")]
    with Terminal(args, columns=120, rows=36) as terminal:
        terminal.until("Okafor")
        terminal.send("/")
        terminal.until("Search notes, questions")
        terminal.send(SECRET)
        terminal.until("No passage that you may see")
        terminal.send("\x1b")
        terminal.until("Okafor", "n New")
        terminal.send("b")
        terminal.until("mine")
        terminal.send("\r")
        terminal.until("Finding")
        terminal.send("e")
        terminal.until("^s Save  esc Back")
        terminal.send(SECRET)
        terminal.until(SECRET)
        terminal.send("\x13")
        terminal.until("Saved", SECRET)
        terminal.send("\x11")
        assert terminal.ended() == 0
    assert "screen SearchScreen" in logged()
    assert "screen BanksScreen" in logged()
    assert SECRET not in logged()


def test_the_file_is_bounded_and_private_and_survives_a_full_disk(tmp_path: Path) -> None:
    path = tmp_path / "state" / "some.log"
    write = writing_to(path, most=1000)
    for number in range(100):
        write(f"line {number}")
    files = sorted(path.parent.iterdir())
    assert [one.name for one in files] == ["some.log", "some.log.1", "some.log.2"]
    assert all(one.stat().st_size <= 1000 for one in files)
    assert all(has_mode(one, 0o600) for one in files)
    assert "line 99" in path.read_text(encoding="utf-8")
