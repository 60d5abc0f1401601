"""A defect of the program shows where it is, and nothing that somebody typed."""

import asyncio
import os
import sys
import threading
from pathlib import Path

import pytest

from driving import Running, until
from interviewkit.breadcrumbs import state_folder
from interviewkit.crash_report import report
from interviewkit.settings import Settings
from interviewkit.storage.file.file_format import VERSION
from interviewkit.storage.store import Store
from interviewkit.tui import app as application
from interviewkit.tui.error_reporting import watch_threads
from interviewkit.tui.screens.interview_form import StartScreen
from interviewkit.workflows.maintenance import Kept
from support import begin, has_mode
from terminal import Terminal

CODE = """
import sys
from pathlib import Path
from interviewkit.cli import run_app
from interviewkit.storage.store import Store
from interviewkit.tui.screens.home import HomeScreen

def broken(self):
    note = "told in confidence"
    raise KeyError("also in confidence: " + note)

HomeScreen.action_compare = broken
with Store(Path(sys.argv[1])) as store:
    run_app.run_screens(store)
"""


ENTER_SCREEN, LEAVE_SCREEN, SHOW_CURSOR = b"\x1b[?1049h", b"\x1b[?1049l", b"\x1b[?25h"
AT_START = CODE.replace("action_compare", "compose")
IN_INTERVIEW = """
import sys
from pathlib import Path
from interviewkit.cli import run_app
from interviewkit.storage.store import Store
from interviewkit.tui.screens.live.screen import LiveScreen

def broken(self):
    raise KeyError("told in confidence")

LiveScreen.action_pause = broken
with Store(Path(sys.argv[1])) as store:
    run_app.run_screens(store, sys.argv[2])
"""


@pytest.mark.posix("pseudo-terminals")
def test_a_defect_prints_no_note(tmp_path: Path) -> None:
    with Store(tmp_path / "records.db") as store:
        begin(store)
    program = [sys.executable, "-c", CODE, str(tmp_path / "records.db")]
    env = {"PYTHONPATH": os.pathsep.join(sys.path)}
    with Terminal([], env, 200, 300, program) as terminal:
        terminal.until("Ada Okafor")
        terminal.send("c")
        terminal.until("has a defect and had to stop", "KeyError", "in broken")
        assert terminal.ended() == 1
        (kept,) = state_folder().iterdir()
        assert has_mode(kept, 0o600)
        text = kept.read_text(encoding="utf-8")
        assert "in broken" in text
        assert "SQLite 3." in text
        assert f"tables {VERSION}" in text
        assert text.index("screen HomeScreen") < text.index("action HomeScreen.compare")
        assert SHOW_CURSOR in terminal.drawn
        assert terminal.drawn.rindex(LEAVE_SCREEN) > terminal.drawn.rindex(ENTER_SCREEN)
        assert "in confidence" not in text
        assert "in confidence" not in terminal.text.replace("\n", " ").replace(
            'note = "told in confidence"', ""
        ).replace('raise KeyError("also in confidence: " + note)', "")


def test_what_caused_a_defect_is_shown_without_its_words() -> None:
    try:
        try:
            int("a candidate's name")
        except ValueError as error:
            raise RuntimeError("the same name") from error
    except RuntimeError as error:
        said = report(error)
    assert said.index("ValueError") < said.index("RuntimeError")
    assert "invalid literal" not in said
    assert "What was saved is safe." in said


@pytest.mark.posix("pseudo-terminals")
def test_a_defect_while_the_first_screen_is_made_is_reported_as_well(tmp_path: Path) -> None:
    program = [sys.executable, "-c", AT_START, str(tmp_path / "records.db")]
    with Terminal([], {"PYTHONPATH": os.pathsep.join(sys.path)}, 200, 100, program) as terminal:
        terminal.until("has a defect and had to stop", "KeyError")
        assert terminal.ended() == 1
        assert terminal.drawn.rindex(LEAVE_SCREEN) > terminal.drawn.rindex(ENTER_SCREEN)
    assert len(list(state_folder().iterdir())) == 1


@pytest.mark.posix("pseudo-terminals")
def test_a_note_that_was_being_typed_is_not_in_the_report_and_not_lost(tmp_path: Path) -> None:
    with Store(tmp_path / "records.db") as store:
        interview = begin(store).id
    program = [sys.executable, "-c", IN_INTERVIEW, str(tmp_path / "records.db"), interview]
    with Terminal([], {"PYTHONPATH": os.pathsep.join(sys.path)}, 200, 100, program) as terminal:
        terminal.until("Opening")
        terminal.send("Zebedee rang")
        terminal.until("Zebedee rang")
        terminal.send("\x1b[15~")  # F5
        terminal.until("has a defect and had to stop", "KeyError")
        assert terminal.ended() == 1
        assert SHOW_CURSOR in terminal.drawn
        shown = terminal.drawn[terminal.drawn.rindex(LEAVE_SCREEN) :]
    (report_file,) = state_folder().iterdir()
    assert b"Zebedee" not in shown + report_file.read_bytes()
    with Store(tmp_path / "records.db") as store:
        assert store._reads.interview(interview).draft == "Zebedee rang"


@pytest.mark.parametrize("where", ["task", "thread"])
async def test_an_error_in_the_background_is_reported_and_ends_nothing(
    where: str, running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)  # put back at the end
    async with running() as pilot:
        if where == "task":
            context = {"message": "told", "exception": ValueError("told in confidence")}
            asyncio.get_running_loop().call_exception_handler(context)
        else:
            watch_threads(pilot.app)
            thread = threading.Thread(target=int, args=["told in confidence"])
            thread.start()
            thread.join()
        await pilot.pause()
        (said,) = [one.message for one in pilot.app._notifications]
        (kept,) = state_folder().iterdir()
        assert str(kept) in said
        assert "ValueError" in kept.read_text(encoding="utf-8")
        assert "in confidence" not in said + kept.read_text(encoding="utf-8")


async def test_a_worker_that_fails_is_reported_once_and_the_work_goes_on(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_: Store) -> Kept:
        raise ValueError("told in confidence")

    monkeypatch.setattr(application, "UPKEEP_AFTER", 0.01)
    app = application.InterviewKitApp(store, "Priya Raman", None, Settings(), fails)
    async with app.run_test() as pilot:
        await until(pilot, lambda: bool(app._notifications))
        await pilot.pause()
        (said,) = [one.message for one in app._notifications]
        (kept,) = state_folder().iterdir()
        assert str(kept) in said
        assert "in fails\nValueError" in kept.read_text(encoding="utf-8")
        assert "in confidence" not in said + kept.read_text(encoding="utf-8")
        await pilot.press("n")
        await until(pilot, lambda: isinstance(app.screen, StartScreen))
