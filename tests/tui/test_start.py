"""The first screen pays for nothing that only others need."""

import sys
from pathlib import Path

import pytest

from interviewkit.storage.store import Store
from support import begin, shipped
from terminal import Terminal

pytestmark = pytest.mark.posix("pseudo-terminals")

HEAVY = {"docx", "jsonschema", "openpyxl", "plotext", "pydantic", "sqlite_utils", "yaml"}
CODE = """
import atexit, sys
from pathlib import Path
atexit.register(lambda: Path({kept!r}).write_text(" ".join(sys.modules)))
from interviewkit.__main__ import main
main()
"""
# What only some screens need: the rest of the start does without.
LATER = {
    "click.shell_completion",
    "interviewkit.tui.key_checks",
    "interviewkit.tui.screens.dialogs",
}
INTERVIEW = ["interview", "--bank", "customer-focused-sales", "--role", "Account executive"]
RESUMED = ["--candidate", "Ada Okafor", "--interviewer", "Priya Raman", "--kit", "first-45"]
ANOTHER = ["--candidate", "Bo Lind", "--interviewer", "Priya Raman", "--kit", "screen-30"]


@pytest.fixture
def records(tmp_path: Path) -> Path:
    """Records in which the bank has been used before."""
    path = tmp_path / "records.db"
    with Store(path) as store:
        notebook = store.notebook(begin(store).id)
        notebook.go_to("broken-promise")
        notebook.add_note("broken-promise", "rang Sandra Weiss in March")
        store.bank(shipped().sha256)
    return path


@pytest.mark.parametrize(
    ("args", "wanted"),
    [
        ([], "Ada Okafor"),
        ([*INTERVIEW, *RESUMED], "✓ time"),
        ([*INTERVIEW, *ANOTHER], "Opening"),
    ],
    ids=["home", "an interview resumed", "a new interview on a bank used before"],
)
def test_it_comes_without_what_only_others_need(
    records: Path, tmp_path: Path, args: list[str], wanted: str
) -> None:
    kept = tmp_path / "modules"
    program = [sys.executable, "-c", CODE.format(kept=str(kept)), "--db", str(records)]
    with Terminal(args, program=program) as terminal:
        terminal.until(wanted)
        terminal.send("\x11")
        assert terminal.ended() == 0
    modules = set(kept.read_text().split())
    assert "textual" in modules
    assert not modules & (HEAVY | LATER)
    assert ("click" in modules) is bool(args)  # home is opened without reading a command line


def test_keys_typed_before_the_notes_are_read_are_all_there(records: Path) -> None:
    with Terminal(["--db", str(records), *INTERVIEW, *RESUMED]) as terminal:
        terminal.until("question 3 of 8")
        terminal.send("asked for 180k\r")
        terminal.until("asked for 180k", "✓ numbers")
