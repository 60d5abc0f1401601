"""A defect of the program shows where it is, and nothing that somebody typed."""

import os
import sys
from pathlib import Path

from interviewkit.defect import report
from interviewkit.log import state_folder
from interviewkit.storage.store import Store
from support import begin
from terminal import Terminal

CODE = """
import sys
from pathlib import Path
from interviewkit.cli import screen
from interviewkit.storage.store import Store
from interviewkit.tui.screens.home import HomeScreen

def broken(self):
    note = "told in confidence"
    raise KeyError("also in confidence: " + note)

HomeScreen.action_compare = broken
with Store(Path(sys.argv[1])) as store:
    screen.show(store)
"""


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
        assert kept.stat().st_mode & 0o777 == 0o600
        text = kept.read_text(encoding="utf-8")
        assert "in broken" in text
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
