"""A kill at any moment of a job leaves whole records, and no readable copy that nobody names."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from support import ROOT

pytestmark = pytest.mark.posix("processes that fork")
PROGRAM = str(ROOT / "tests" / "storage" / "kills.py")
COPYING = ["backup", "daily", "restore", "encrypt", "decrypt", "rekey"]
JOBS = [*COPYING, "erase", "amend", "migrate", "workshop"]


def killed(job: str, folder: Path, kills: int) -> dict[str, int]:
    path = os.pathsep.join([str(ROOT / "tests"), os.environ.get("PYTHONPATH", "")])
    ran = subprocess.run(
        [sys.executable, PROGRAM, job, str(folder), str(kills)],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-3000:]
    found: dict[str, int] = json.loads(ran.stdout)
    assert found["killed"] >= kills // 2  # some moments come after the end
    return found


@pytest.mark.parametrize("job", JOBS)
def test_a_kill_leaves_whole_records_and_what_it_cuts_off_is_named(
    job: str, tmp_path: Path
) -> None:
    killed(job, tmp_path, 4)


@pytest.mark.soak
def test_two_hundred_kills_while_copying_leave_nothing_readable_unnamed(tmp_path: Path) -> None:
    killed_at_all = cut_off = 0
    for job in COPYING:
        (tmp_path / job).mkdir()
        found = killed(job, tmp_path / job, 36)
        killed_at_all += found["killed"]
        cut_off += found["cut_off"]
    assert killed_at_all >= 200
    assert cut_off  # else no kill met a copy, and the test showed nothing
