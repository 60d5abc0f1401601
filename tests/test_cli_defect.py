"""A defect in a command: a report for its owner, and nothing that somebody typed."""

import os
import subprocess
import sys

from interviewkit.breadcrumbs import state_folder
from interviewkit.crash_report import KEPT, report
from support import has_mode

CODE = """
import sys
from interviewkit.__main__ import main
from interviewkit.cli import settings

def broken():
    raise KeyError(sys.argv[-1])

settings.settings_path = broken
sys.argv[1:1] = ["settings", "path"]
sys.argv, secret = sys.argv[:3], sys.argv[3]
sys.argv.append("--db=" + secret)
main()
"""


def test_a_command_with_a_defect_leaves_a_report_without_what_was_typed() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", CODE, "told-in-confidence"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "has a defect and had to stop. What was saved is safe." in ran.stderr
    assert "Traceback" not in ran.stderr
    (kept,) = state_folder().iterdir()
    assert str(kept) in ran.stderr
    text = kept.read_text(encoding="utf-8")
    assert "in broken\nKeyError" in text
    assert "confidence" not in text + ran.stderr
    assert has_mode(kept, 0o600)


def test_few_reports_are_kept_the_newest() -> None:
    said = [report(ValueError("x")) for _ in range(KEPT + 2)]
    kept = sorted(state_folder().iterdir())
    assert len(kept) == KEPT
    assert str(kept[-1]) in said[-1]


def test_a_folder_that_takes_nothing_does_not_hide_the_defect() -> None:
    state_folder().parent.mkdir(parents=True)
    state_folder().write_text("a file where the folder should be")
    assert "A report could not be saved" in report(ValueError("x"))
